"""A login step by step: nothing is kept before the last one, and one that is broken off is ended."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import TypeVar

from connectors.base import ConnectorError, Secret, Setup
from connectors.telegram.mtproto.application import Application
from connectors.telegram.mtproto.calls import Calls
from connectors.telegram.mtproto.rpc import PASSWORD_NEEDED, RpcError, trouble_of
from connectors.telegram.mtproto.sessions import Session, Sessions
from connectors.telegram.mtproto.tl import parse_name

_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class Login:
    """The login of a user on behalf of an application, for the token `name`."""

    name: str
    setup: Setup
    application: Application
    _calls: Calls | None = field(default=None, init=False)
    _phone: str = field(default="", init=False)
    _code_hash: str = field(default="", init=False)
    _is_in: bool = field(default=False, init=False)

    async def send_code(self, phone: str) -> None:
        """Have Telegram send a code to a user. Raises ConnectorError."""
        calls = await self._connected()
        sent = await self._told(calls.send_code(phone))
        self._phone, self._code_hash = phone, sent.phone_code_hash

    async def send_code_again(self) -> None:
        """Have another code sent to the same user. Raises ConnectorError."""
        await self.send_code(self._phone)

    async def give_code(self, code: str) -> bool:
        """Log in by the code; whether that was all, and no password is wanted. Raises ConnectorError."""
        calls = await self._connected()
        try:
            answer = await calls.sign_in(self._phone, self._code_hash, code)
        except RpcError as failure:
            if PASSWORD_NEEDED in failure.names:
                return False
            raise ConnectorError(trouble_of(failure, self.name)) from None
        if type(answer).__name__ == "AuthorizationSignUpRequired":
            raise ConnectorError(trouble_of(RpcError(["PhoneNumberUnoccupiedError"]), self.name))
        self._is_in = True
        return True

    async def give_password(self, password: Secret) -> None:
        """Log in by the password of the second step. Raises ConnectorError."""
        calls = await self._connected()
        await self._told(calls.give_password(password))
        self._is_in = True

    async def keep(self) -> str:
        """Keep the session; who is logged in. Raises ConnectorError, OSError."""
        calls = await self._connected()
        name = parse_name(await self._told(calls.me()))
        Sessions(self.setup.state_dir).write(self.name, Session(calls.kept()))
        self._is_in = False
        return name

    async def aclose(self) -> None:
        """Give the connection back; a session that was not kept is ended. Raises ConnectorError."""
        calls, self._calls = self._calls, None
        if calls is None:
            return
        try:
            if self._is_in:
                await self._told(calls.log_out())
        finally:
            await calls.aclose()

    async def _connected(self) -> Calls:
        if self._calls is None:
            calls = Calls(self.application, None, self.setup.proxy)
            await self._told(calls.connect())
            self._calls = calls
        return self._calls

    async def _told(self, asked: Awaitable[_Answer]) -> _Answer:
        try:
            return await asked
        except RpcError as failure:
            raise ConnectorError(trouble_of(failure, self.name)) from None
