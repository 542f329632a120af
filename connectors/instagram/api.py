"""The calls: by a token in a header, with what is used up of the limits watched.

The network tells with every answer how much of what a token may ask is used up. The program stops before
all of it is, and remembers until when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from connectors.base import ConnectorError, Refusal, Setup, Token, Trouble, TroubleKind
from connectors.counting import RequestCount
from connectors.http import CallOptions, Document, Http
from connectors.instagram.access import HOSTS, AccessTokens, login_of
from connectors.instagram.errors import REFUSALS, parse_refusal, refusal_of
from connectors.instagram.parse import parse_usage
from connectors.pace import Pace

VERSION = "v24.0"
#: The share of what is allowed, percent, at which the program stops.
NEAR_LIMIT = 95.0
#: Minutes that a token rests where the network does not say how long.
REST = 60
#: What a pause is remembered under, so that it is not taken for a refusal.
CALLS = "calls"
PAUSE_SCOPE = "pause"

_EXPLAINED = frozenset({400, 401, 403, 404})


@dataclass(slots=True)
class Api:
    """Calls with any token. `stopped` are the troubles that ended the use of a token in this run."""

    http: Http
    setup: Setup
    pace: Pace
    access: AccessTokens
    stopped: dict[str, Trouble] = field(default_factory=dict)

    async def ask(
        self, token: Token, path: str, params: Mapping[str, str], spent: RequestCount, handle: str = ""
    ) -> Mapping[str, Any]:
        """The answer to a call; `handle` is the account that it is about, for troubles.

        Raises:
            ConnectorError: `instagram.*` or `http.*`; an AbsentError where there are no such figures.
        """
        facts = {"token": token.name, "handle": handle}
        self._must_be_free(token, facts)
        secret = await self.access.of(token, spent)
        url = f"{(self.setup.base_url or HOSTS[login_of(token)]).rstrip('/')}/{VERSION}/{path}"
        headers = {"Authorization": f"Bearer {secret.reveal()}", "Accept": "application/json"}
        options = CallOptions(pace=self.pace, spent=spent, answers=_EXPLAINED)
        try:
            document = await self.http.get_document(url, params=params, headers=headers, options=options)
        except ConnectorError as error:
            if error.trouble.code != "http.rate_limited":
                raise
            raise ConnectorError(self._rest(token, facts, 0)) from None
        return self._answer(token, document, facts, secret.reveal())

    def _answer(
        self, token: Token, document: Document, facts: Mapping[str, str], secret: str
    ) -> Mapping[str, Any]:
        usage = parse_usage(document.headers)
        value = document.value
        if document.status == 200 and isinstance(value, dict) and "error" not in value:
            if usage.percent >= NEAR_LIMIT:
                self._rest(token, facts, usage.minutes)
            return value
        rule, detail = parse_refusal(value, document.status)
        error = refusal_of(rule, detail.replace(secret, "***"), facts)
        if rule.code == "instagram.limit":
            raise ConnectorError(self._rest(token, facts, usage.minutes))
        if REFUSALS.get(rule.code) is Refusal.TOKEN:
            self.stopped[token.name] = error.trouble
        raise error

    def _must_be_free(self, token: Token, facts: Mapping[str, str]) -> None:
        """Raise the trouble for which the token must not be used now."""
        stopped = self.stopped.get(token.name)
        if stopped is not None:
            raise ConnectorError(replace(stopped, facts={**stopped.facts, **facts}))
        until = self.setup.memory.blocked_until(token.name, CALLS, PAUSE_SCOPE)
        if until is not None:
            minutes = -(-(until - self.setup.now()) // timedelta(minutes=1))
            raise ConnectorError(_limit(facts, minutes))

    def _rest(self, token: Token, facts: Mapping[str, str], minutes: int) -> Trouble:
        """Let a token rest for as long as the network says; the trouble for those who wanted it."""
        minutes = min(minutes, 24 * 60) or REST
        until = self.setup.now() + timedelta(minutes=minutes)
        self.setup.memory.block(token.name, CALLS, until, "instagram.limit", PAUSE_SCOPE)
        return _limit(facts, minutes)


def _limit(facts: Mapping[str, str], minutes: int) -> Trouble:
    told = {**facts, "minutes": str(minutes)}
    return Trouble(TroubleKind.RETRY, "instagram.limit", facts=told)
