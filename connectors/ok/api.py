"""The calls of Odnoklassniki: signed, paced, retried, and stopped where the network says so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from connectors.base import ConnectorError, Setup, Token, Trouble, TroubleKind
from connectors.counting import RequestCount
from connectors.http import CallOptions, Http
from connectors.ok.credentials import credentials_of
from connectors.ok.errors import NOT_FOUND, RULES, UNKNOWN, Action, Rule
from connectors.ok.parse import ShapeError, parse_error
from connectors.pace import Pace

BASE_URL = "https://api.ok.ru"
#: Every method of a token, where it rests.
EVERY_METHOD = "*"

_TRIES = 3
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method with a token, for one account (`handle` stands in what is told of it)."""

    token: Token
    method: str
    params: Mapping[str, str]
    handle: str = ""


@dataclass(slots=True)
class Api:
    """Makes the calls of a run. `stopped` are the tokens that were refused in it, `limited` the host."""

    http: Http
    setup: Setup
    pace: Pace
    sleep: Callable[[float], Awaitable[None]]
    stopped: dict[str, Trouble] = field(default_factory=dict)
    limited: Trouble | None = None

    async def ask(self, call: Call, parse: Callable[[object], _T], spent: RequestCount) -> _T:
        """The answer to a call, read by `parse`.

        Raises:
            ConnectorError: `ok.NUMBER` for an error of the table, `ok.api` for another one, `ok.paused`,
                `ok.token_form`, `ok.no_application_key`, `ok.odd_answer`, or one of `http.*`.
        """
        answer = await self._answer(call, spent)
        try:
            return parse(answer)
        except ShapeError as error:
            facts = {"method": call.method}
            raise ConnectorError(Trouble(TroubleKind.RETRY, "ok.odd_answer", str(error), facts)) from None

    async def _answer(self, call: Call, spent: RequestCount) -> object:
        credentials = credentials_of(call.token)
        url = f"{(self.setup.base_url or BASE_URL).rstrip('/')}/fb.do"
        tries = 0
        while True:
            self._refuse(call)
            form = credentials.signed({**call.params, "method": call.method})
            answer = await self._post(url, form, spent)
            error = parse_error(answer)
            if error is None:
                return answer
            number, message = error
            rule = RULES.get(number, UNKNOWN)
            tries += 1
            if rule.action is Action.RETRY and tries < _TRIES:
                await self._pause(2.0 ** (tries - 1))
                continue
            raise ConnectorError(self._noted(call, number, rule, credentials.hidden_in(message)))

    async def _post(self, url: str, form: Mapping[str, str], spent: RequestCount) -> object:
        try:
            document = await self.http.get_document(url, form=form, options=CallOptions(self.pace, spent))
        except ConnectorError as error:
            if error.trouble.code == "http.rate_limited":
                self.limited = error.trouble  # the host said it to all of us: the rest waits for the next run
            raise
        return document.value

    async def _pause(self, seconds: float) -> None:
        if self.setup.waiting is not None:
            self.setup.waiting(seconds)
        await self.sleep(seconds)

    def _refuse(self, call: Call) -> None:
        """Raise where the call must not be made now."""
        known = self.limited or self.stopped.get(call.token.name)
        if known is not None:
            raise ConnectorError(known)
        for method in (EVERY_METHOD, call.method):
            until = self.setup.memory.blocked_until(call.token.name, method)
            if until is not None and until > self.setup.now():
                minutes = round((until - self.setup.now()).total_seconds() / 60) or 1
                facts = {"token": call.token.name, "minutes": str(minutes)}
                raise ConnectorError(Trouble(TroubleKind.RETRY, "ok.paused", facts=facts))

    def _noted(self, call: Call, number: int, rule: Rule, message: str) -> Trouble:
        """The trouble of an error, and what it means for the next calls."""
        name = call.token.name
        facts = {"token": name, "method": call.method, "handle": call.handle}
        code = f"ok.{number}" if number in RULES else "ok.api"
        if number == NOT_FOUND:
            code = "ok.not_found"
        if code == "ok.api":
            facts["code"] = str(number)
        trouble = Trouble(rule.kind, code, message, facts)
        if rule.action is Action.STOP_TOKEN:
            self.stopped[name] = trouble
        elif rule.action in {Action.PAUSE_TOKEN, Action.PAUSE_METHOD}:
            method = EVERY_METHOD if rule.action is Action.PAUSE_TOKEN else call.method
            self.setup.memory.block(name, method, self.setup.now() + rule.rest, code)
        return trouble
