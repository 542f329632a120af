"""The calls that are made of Telegram's own protocol: a thin edge over Telethon, which nobody else sees.

Answers are Telethon's objects, taken apart in `tl`; errors are told as `rpc.RpcError`.
"""

from __future__ import annotations

import asyncio
import logging
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote, urlsplit

from connectors.base import ConnectorError, Secret, Trouble, TroubleKind
from connectors.clean import clean
from connectors.telegram.mtproto.application import Application
from connectors.telegram.mtproto.rpc import RpcError
from connectors.telegram.mtproto.sessions import Address

if TYPE_CHECKING:
    from telethon import TelegramClient

#: Seconds that one call may take, the connecting too.
CALL_SECONDS = 30.0
#: Seconds for a connection, and how often it is tried.
CONNECT_SECONDS = 10
TRIES = 2
#: A call is repeated when the network itself fails, or sends us to another data centre.
_CALL_TRIES = 3
#: Messages of one page of a history: the most that the network gives.
PAGE_SIZE = 100

_PROXIES = {"socks5": "socks5", "socks5h": "socks5", "http": "http"}
_PLAIN = frozenset({"object", "BaseException", "Exception"})
_Answer = TypeVar("_Answer")

#: What Telethon itself says is of requests and addresses; what matters of it becomes a failure.
_telethon_log = logging.getLogger("connectors.telegram.telethon")
_telethon_log.setLevel(logging.CRITICAL)


@dataclass(slots=True)
class Calls:
    """One connection with one session, or the beginning of a new one; `proxy` is the network's."""

    application: Application
    session: Secret | None
    proxy: str | None = None
    version: str = ""
    _client: TelegramClient | None = field(default=None, init=False)

    async def connect(self) -> None:
        """Connect to Telegram.

        Raises:
            ConnectorError: `telegram.no_telethon` where the optional part is not installed.
            RpcError: the connection fails, or the session is none.
        """
        client = self._made()
        try:
            await self._guarded(client.connect)
        except BaseException:
            await client.disconnect()
            raise
        self._client = client

    async def aclose(self) -> None:
        """Give the connection back."""
        if self._client is not None and self._client.session is not None:
            await self._client.disconnect()
        self._client = None

    def kept(self) -> Secret:
        """The session as it is now, to be used another time."""
        return Secret(str(self._connected().session.save()))

    async def me(self) -> Any:  # noqa: ANN401 - an answer of Telethon, which has no types
        """The user to whom the session belongs, the only one of a list. Raises RpcError."""
        from telethon.tl import functions, types

        return await self._ask(functions.users.GetUsersRequest([types.InputUserSelf()]))

    async def resolve(self, handle: str) -> Any:  # noqa: ANN401
        """What stands behind a public name. Raises RpcError."""
        from telethon.tl import functions

        return await self._ask(functions.contacts.ResolveUsernameRequest(handle))

    async def full_channel(self, address: Address) -> Any:  # noqa: ANN401
        """What a channel tells of itself. Raises RpcError."""
        from telethon.tl import functions, types

        return await self._ask(functions.channels.GetFullChannelRequest(types.InputChannel(*address)))

    async def history(self, address: Address, before: int | None) -> Any:  # noqa: ANN401
        """A page of a channel's messages, the newest or those before one. Raises RpcError."""
        from telethon.tl import functions, types

        request = functions.messages.GetHistoryRequest(
            peer=types.InputPeerChannel(*address),
            offset_id=before or 0,
            offset_date=None,
            add_offset=0,
            limit=PAGE_SIZE,
            max_id=0,
            min_id=0,
            hash=0,
        )
        return await self._ask(request)

    async def stats(self, address: Address, dc: int | None) -> Any:  # noqa: ANN401
        """A channel's statistics, which the data centre `dc` keeps (None: the session's). Raises RpcError."""
        from telethon.tl import functions, types

        return await self._ask(functions.stats.GetBroadcastStatsRequest(types.InputChannel(*address)), dc)

    async def graph(self, token: str, dc: int | None) -> Any:  # noqa: ANN401
        """A graph that the statistics only name. Raises RpcError."""
        from telethon.tl import functions

        return await self._ask(functions.stats.LoadAsyncGraphRequest(token), dc)

    async def send_code(self, phone: str) -> Any:  # noqa: ANN401
        """Have a code sent to a user; the answer's `phone_code_hash` belongs to it. Raises RpcError."""
        from telethon.tl import functions, types

        api_id, api_hash = self.application.api_id, self.application.api_hash.reveal()
        return await self._ask(functions.auth.SendCodeRequest(phone, api_id, api_hash, types.CodeSettings()))

    async def sign_in(self, phone: str, code_hash: str, code: str) -> Any:  # noqa: ANN401
        """Log in by the code. Raises RpcError, `SessionPasswordNeededError` where a password is set too."""
        from telethon.tl import functions

        return await self._ask(functions.auth.SignInRequest(phone, code_hash, code))

    async def give_password(self, password: Secret) -> Any:  # noqa: ANN401
        """Log in by the password of the second step; it is not sent, a proof of it is. Raises RpcError."""
        from telethon.password import compute_check
        from telethon.tl import functions

        asked = await self._ask(functions.account.GetPasswordRequest())
        proof = await self._guarded(lambda: asyncio.to_thread(compute_check, asked, password.reveal()))
        return await self._ask(functions.auth.CheckPasswordRequest(proof))

    async def log_out(self) -> None:
        """End the session for good. Raises RpcError."""
        from telethon.tl import functions

        await self._ask(functions.auth.LogOutRequest())

    def _made(self) -> TelegramClient:
        try:
            from telethon import TelegramClient
            from telethon.sessions import StringSession
        except ImportError:
            raise ConnectorError(Trouble(TroubleKind.CONFIG, "telegram.no_telethon")) from None
        try:
            session = StringSession(self.session.reveal() if self.session is not None else None)
        except (ValueError, struct.error):
            raise RpcError(["bad_session"]) from None
        return TelegramClient(
            session,
            self.application.api_id,
            self.application.api_hash.reveal(),
            proxy=proxy_of(self.proxy),
            timeout=CONNECT_SECONDS,
            request_retries=_CALL_TRIES,
            connection_retries=TRIES,
            retry_delay=0,
            auto_reconnect=False,
            flood_sleep_threshold=0,
            raise_last_call_error=True,
            device_model="SMART SMM",
            app_version=self.version or None,
            base_logger=_telethon_log,
            receive_updates=False,
        )

    def _connected(self) -> TelegramClient:
        if self._client is None:
            raise RpcError(["unreachable"])
        return self._client

    async def _ask(self, request: object, dc: int | None = None) -> Any:  # noqa: ANN401
        client = self._connected()
        if dc is None:
            return await self._guarded(lambda: client(request))
        return await self._guarded(lambda: _ask_elsewhere(client, dc, request))

    async def _guarded(self, ask: Callable[[], Awaitable[_Answer]]) -> _Answer:
        """What is asked for, in time, with its errors told as failures."""
        from telethon import errors

        try:
            async with asyncio.timeout(CALL_SECONDS):
                return await _uncancelled(ask)
        except TimeoutError:
            raise RpcError(["timeout"]) from None
        except (OSError, EOFError) as error:
            way = "unreachable" if self.proxy is None else "proxy"
            raise RpcError(
                [way], detail=clean(error.strerror or "" if isinstance(error, OSError) else "")
            ) from None
        except (
            errors.RPCError,
            errors.AuthKeyNotFound,
            errors.SecurityError,
            errors.TypeNotFoundError,
            errors.InvalidChecksumError,
            BufferError,
            ValueError,
        ) as error:
            raise _failure(error) from None
        except _proxy_errors() as error:
            raise RpcError(["proxy"], detail=clean(str(error))) from None


async def _ask_elsewhere(client: TelegramClient, dc: int, request: object) -> Any:  # noqa: ANN401
    """Ask in another data centre, where Telethon takes the session along: it gives that no public name."""
    sender = await client._borrow_exported_sender(dc)
    try:
        return await client._call(sender, request)
    finally:
        await client._return_exported_sender(sender)


async def _uncancelled(ask: Callable[[], Awaitable[_Answer]]) -> _Answer:
    """What is asked for; calls that Telethon cancels with a lost connection end no task of ours."""
    try:
        return await ask()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        raise ConnectionError from None


def _failure(error: Exception) -> RpcError:
    names = [kind.__name__ for kind in type(error).__mro__ if kind.__name__ not in _PLAIN]
    told = [getattr(error, name, None) for name in ("seconds", "new_dc", "dc")]
    number = next((value for value in told if isinstance(value, int)), None)
    return RpcError(names, number, clean(str(error)))


def _proxy_errors() -> tuple[type[Exception], ...]:
    """The errors of proxies; none where no proxy can be used."""
    try:
        from python_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
    except ImportError:
        return ()
    return ProxyError, ProxyConnectionError, ProxyTimeoutError


def proxy_of(address: str | None) -> tuple[object, ...] | None:
    """The proxy of the settings as Telethon takes it: kind, host, port, names asked there, user, password.

    Raises:
        RpcError: `bad_proxy` for a kind of proxy that cannot lead there, `no_proxies` where none can be used.
    """
    if address is None:
        return None
    parts = urlsplit(address)
    try:
        kind, port = _PROXIES.get(parts.scheme), parts.port
    except ValueError:
        kind, port = None, None
    if kind is None or not parts.hostname:
        raise RpcError(["bad_proxy"])
    if find_spec("python_socks") is None:  # Telethon would go without the proxy then
        raise RpcError(["no_proxies"])
    user, password = (None if part is None else unquote(part) for part in (parts.username, parts.password))
    usual = 1080 if kind == "socks5" else 8080
    return kind, parts.hostname, port or usual, True, user, password
