"""The login of a user to Telegram, led through at a terminal; what was not finished leaves nothing behind."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

from cli.ask import can_ask
from cli.exits import Exit, UserError
from cli.troubles import user_error

if TYPE_CHECKING:
    from cli.context import Context
    from connectors.base import Secret, Setup
    from connectors.telegram.mtproto.application import Application
    from connectors.telegram.mtproto.login import Login

NETWORK, KIND = "telegram", "user"
#: How often an answer may be wrong.
TRIES = 3

_BAD_APPLICATION = "telegram.bad_application"

_Answer = TypeVar("_Answer")


def is_session(ctx: Context, name: str) -> bool:
    """Whether a token of the settings is that of a user of Telegram, who logs in."""
    from cli.config.values import NetworkSettings
    from connectors.telegram.mtproto.sessions import Sessions

    if ctx.config.tokens[name].kind != KIND:
        return False
    settings = ctx.config.networks.get(NETWORK, NetworkSettings())
    return name in settings.tokens or Sessions(ctx.state_folder()).exists(name)


@contextmanager
def new_session(ctx: Context, name: str) -> Iterator[Secret]:
    """Lead through a login: the token's secret, while which is put away; the session is kept after that.

    Raises:
        UserError: no terminal, no Telethon, a login that fails or is broken off.
    """
    _refuse_no_terminal(ctx)
    _refuse_no_telethon(ctx)
    with asyncio.Runner() as runner:
        dialogue = _Dialogue(ctx, name, runner)
        try:
            application = dialogue.lead()
            yield application.text
            who = dialogue.keep()
        except EOFError:
            raise UserError(
                ctx.words.text("The login was broken off; nothing is kept"),
                ctx.words.text("Repeat the command when you have the code at hand"),
            ) from None
        finally:
            dialogue.close()
    ctx.say(ctx.words.text("Logged in to Telegram: {name}", name=who))


def end_session(ctx: Context, name: str) -> None:
    """Log a user out and delete the session; tells what could not be done."""
    from connectors.base import ConnectorError
    from connectors.telegram.mtproto.sessions import Sessions

    sessions = Sessions(ctx.state_folder())
    if not sessions.exists(name):
        return
    try:
        asyncio.run(_log_out(ctx, name))
        ctx.say(ctx.words.text("Logged out of Telegram"))
    except (ConnectorError, UserError) as error:
        told = error if isinstance(error, UserError) else user_error(ctx.words, error)
        _say_not_ended(ctx, told.message)
    try:
        sessions.remove(name)
    except OSError as error:
        raise _not_written(ctx, error) from None


async def _log_out(ctx: Context, name: str) -> None:
    from connectors.pace import Pace
    from connectors.telegram.mtproto.user import User

    user = User(ctx.secrets.token(name), _setup(ctx), Pace(0.0), asyncio.sleep)
    try:
        await user.log_out()
    finally:
        await user.aclose()


def _setup(ctx: Context) -> Setup:
    from cli.online import network_setup

    return network_setup(ctx, NETWORK, ())


def _refuse_no_terminal(ctx: Context) -> None:
    if not can_ask(ctx):
        raise UserError(
            ctx.words.text("A login to Telegram asks questions, so it needs a terminal"),
            ctx.words.text("Run this command in a terminal window, without a pipe"),
            Exit.USAGE,
        )


def _refuse_no_telethon(ctx: Context) -> None:
    from connectors.base import ConnectorError, Trouble, TroubleKind

    if find_spec("telethon") is None:
        raise user_error(ctx.words, ConnectorError(Trouble(TroubleKind.CONFIG, "telegram.no_telethon")))


def _say_not_ended(ctx: Context, why: str) -> None:
    ctx.say(ctx.words.text("The session is not ended in Telegram: {why}", why=why))
    ctx.say("→ " + ctx.words.text("End it there: Settings, Devices, «SMART SMM»"))


def _not_written(ctx: Context, error: OSError) -> UserError:
    from wording.details import os_detail

    detail = os_detail(ctx.words, error)
    folder = ctx.state_folder() / NETWORK
    return UserError(
        ctx.words.text(
            "The session cannot be written or deleted: {path} ({detail})", path=folder, detail=detail
        ),
        ctx.words.text("See to the rights of that folder, then repeat the command"),
    )


class _Dialogue:
    """Questions and answers of one login; the loop runs only while Telegram is asked."""

    def __init__(self, ctx: Context, name: str, runner: asyncio.Runner) -> None:
        self._ctx, self._name, self._runner = ctx, name, runner
        self._login: Login | None = None

    def lead(self) -> Application:
        """Ask until somebody is logged in; the application. Raises UserError, EOFError."""
        from connectors.base import ConnectorError

        text = self._ctx.words.text
        self._ctx.say(text("api_id and api_hash are given at my.telegram.org: API development tools"))
        try:
            application = self._tried(self._begin, {_BAD_APPLICATION})
            if not self._tried(self._code, {"telegram.bad_code", "telegram.old_code"}):
                self._ctx.say(text("The account has two-step verification"))
                self._tried(self._password, {"telegram.bad_password"})
        except ConnectorError as error:
            told = user_error(self._ctx.words, error, Exit.FAILED)
            if error.trouble.code == _BAD_APPLICATION:  # there is no such token yet whose secret to replace
                told.next_step = text("Repeat the command when you have it at hand")
            raise told from None
        return application

    def keep(self) -> str:
        """Keep the session; who is logged in. Raises UserError."""
        login = self._started()
        try:
            return self._asked(login.keep())
        except OSError as error:
            raise _not_written(self._ctx, error) from None

    def close(self) -> None:
        """Give the connection back; a session that was not kept is ended."""
        from connectors.base import ConnectorError

        login, self._login = self._login, None
        if login is None:
            return
        try:
            self._runner.run(login.aclose())
        except ConnectorError as error:
            _say_not_ended(self._ctx, user_error(self._ctx.words, error).message)

    def _tried(self, step: Callable[[], _Answer], mistakes: set[str]) -> _Answer:
        """A step, repeated after a mistake that is told. Raises ConnectorError for what else goes wrong."""
        from connectors.base import ConnectorError

        for tries_left in reversed(range(TRIES)):
            try:
                return step()
            except ConnectorError as error:
                if error.trouble.code not in mistakes or not tries_left:
                    raise
                told = user_error(self._ctx.words, error)
            is_next_known = told.next_step and mistakes != {_BAD_APPLICATION}
            self._ctx.say(f"{told.message}. {told.next_step}" if is_next_known else told.message)
        raise AssertionError

    def _begin(self) -> Application:
        """Take an application, and have a code sent to a phone number on its behalf."""
        from connectors.telegram.mtproto.login import Login

        application = self._application()
        self.close()
        self._login = Login(self._name, _setup(self._ctx), application)
        self._tried(self._phone, {"telegram.bad_phone", "telegram.no_user"})
        text = self._ctx.words.text
        self._ctx.say(text("Telegram has sent a code to your other devices, or by SMS"))
        return application

    def _application(self) -> Application:
        from connectors.telegram.mtproto.application import is_api_hash, is_api_id, parse_application

        text = self._ctx.words.text
        wrong_id = text("api_id is a number, like 1234567")
        wrong_hash = text("api_hash is 32 digits and letters from a to f")
        unseen = text("api_hash (it is not shown): ")
        api_id = self._answer(lambda: self._typed("api_id: "), is_api_id, wrong_id)
        api_hash = self._answer(lambda: self._hidden(unseen), is_api_hash, wrong_hash)
        application = parse_application(api_id, api_hash)
        assert application is not None  # noqa: S101 - both parts were looked at just now
        return application

    def _phone(self) -> None:
        prompt = self._ctx.words.text("Phone number with the country's code: ")
        wrong = self._ctx.words.text("Type the number like this: +79991234567")
        phone = self._answer(lambda: self._typed(prompt), lambda typed: len(_digits(typed)) > 6, wrong)
        self._asked(self._started().send_code(f"+{_digits(phone)}"))

    def _code(self) -> bool:
        from connectors.base import ConnectorError

        prompt, wrong = self._ctx.words.text("Code: "), self._ctx.words.text("The code is a few digits")
        code = _digits(self._answer(lambda: self._typed(prompt), lambda typed: bool(_digits(typed)), wrong))
        login = self._started()
        try:
            return self._asked(login.give_code(code))
        except ConnectorError as error:
            if error.trouble.code == "telegram.old_code":
                self._asked(login.send_code_again())
            raise

    def _password(self) -> None:
        from connectors.base import Secret

        prompt, wrong = (
            self._ctx.words.text("Password (it is not shown): "),
            self._ctx.words.text("The password is not empty"),
        )
        password = self._answer(lambda: self._hidden(prompt), bool, wrong)
        self._asked(self._started().give_password(Secret(password)))

    def _answer(self, ask: Callable[[], str], is_right: Callable[[str], bool], wrong: str) -> str:
        for _ in range(TRIES):
            answer = ask()
            if is_right(answer):
                return answer
            self._ctx.say(wrong)
        raise UserError(
            wrong, self._ctx.words.text("Repeat the command when you have it at hand"), Exit.USAGE
        )

    def _typed(self, prompt: str) -> str:
        self._ctx.stderr.write(prompt)
        self._ctx.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            self._ctx.say("")
            raise EOFError
        return line.strip()

    def _hidden(self, prompt: str) -> str:
        from getpass import getpass

        return getpass(prompt, stream=self._ctx.stderr).strip()

    def _asked(self, question: Coroutine[Any, Any, _Answer]) -> _Answer:
        """What Telegram answers; between the questions an interrupt ends the program at once."""
        return self._runner.run(question)

    def _started(self) -> Login:
        assert self._login is not None  # noqa: S101 - every step follows the first
        return self._login


def _digits(typed: str) -> str:
    return re.sub(r"[^0-9]", "", typed)
