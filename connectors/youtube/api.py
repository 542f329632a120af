"""The calls: by a key in a header or by OAuth, with the day's units counted and kept below the limit.

Neither secret ever stands in an address. The network counts units by project from midnight to midnight
of the Pacific; the program counts them by token over the last 24 hours, which is never less on a day of
24 hours, and stops well before the limit: that is room for the one day of 25 hours, for what is being
asked at that moment and for other programs with the same key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from connectors.base import ConnectorError, Secret, Setup, Token, TokenKind, Trouble, TroubleKind
from connectors.counting import RequestCount
from connectors.http import CallOptions, Document, Http
from connectors.pace import Pace
from connectors.youtube.access import AccessTokens
from connectors.youtube.errors import is_of_token, parse_refusal, trouble_of

DATA_URL = "https://youtube.googleapis.com"
ANALYTICS_URL = "https://youtubeanalytics.googleapis.com"
#: The units of a day that the network gives a project, and those that the program takes of them.
UNITS_GIVEN = 10_000
UNITS_A_DAY = 9_500
#: What the units are counted under; a list call costs one.
UNITS = "units"
#: The scope under which a pause is remembered, so that it is not taken for a refusal.
PAUSE_SCOPE = "pause"

_PACIFIC = ZoneInfo("America/Los_Angeles")
_EXPLAINED = frozenset({400, 401, 403, 404})
_Parsed = TypeVar("_Parsed")


@dataclass(frozen=True, slots=True)
class Call:
    """A call: what is asked, with which parameters, and of which account (for troubles)."""

    path: str
    params: Mapping[str, str]
    handle: str = ""
    host: str = DATA_URL

    @property
    def costs_units(self) -> bool:
        """Whether it counts against the day's units; reports of owners have a quota of their own."""
        return self.host == DATA_URL


@dataclass(slots=True)
class Api:
    """Calls with any token. `stopped` are the troubles that ended the use of a token in this run."""

    http: Http
    setup: Setup
    pace: Pace
    access: AccessTokens
    stopped: dict[tuple[str, str], Trouble] = field(default_factory=dict)

    async def ask(
        self, tokens: Sequence[Token], call: Call, parse: Callable[[object], _Parsed], spent: RequestCount
    ) -> _Parsed:
        """The answer by the first token that gets one; there is at least one token.

        Raises:
            ConnectorError: the trouble of the first token, `youtube.*` or `http.*`.
        """
        failures: list[Trouble] = []
        for token in tokens:
            try:
                return parse(await self._by(token, call, spent))
            except ConnectorError as error:
                failures.append(error.trouble)
                if not is_of_token(error.trouble):
                    break
        raise ConnectorError(failures[0])

    async def _by(self, token: Token, call: Call, spent: RequestCount) -> object:
        self._must_be_free(token, call)
        document, access = await self._send(token, call, spent)
        if document.status == 401 and access is not None:  # an access token may end before its time
            self.access.forget(token, access)
            document, access = await self._send(token, call, spent)
        if document.status == 200 and isinstance(document.value, dict):
            return document.value
        rule, detail = parse_refusal(document.value, document.status)
        secret = access or token.secret
        trouble = trouble_of(rule, detail.replace(secret.reveal(), "***"), token.name, call.handle)
        self._remember(token, call, trouble)
        raise ConnectorError(trouble)

    async def _send(self, token: Token, call: Call, spent: RequestCount) -> tuple[Document, Secret | None]:
        access = None
        if token.kind is TokenKind.OAUTH:
            access = await self._access(token, spent)
            headers = {"Authorization": f"Bearer {access.reveal()}"}
        else:
            headers = {"X-Goog-Api-Key": _header_value(token)}
        tries = RequestCount()
        options = CallOptions(pace=self.pace, spent=tries, answers=_EXPLAINED)
        url = f"{(self.setup.base_url or call.host).rstrip('/')}/{call.path}"
        try:
            document = await self.http.get_document(url, params=call.params, headers=headers, options=options)
        except ConnectorError as error:
            raise ConnectorError(self._of_network(token, call, error.trouble)) from None
        finally:
            spent.made += tries.made
            if call.costs_units and tries.made:
                self.setup.memory.count(token.name, UNITS, tries.made)
        return document, access

    async def _access(self, token: Token, spent: RequestCount) -> Secret:
        try:
            return await self.access.of(token, spent)
        except ConnectorError as error:
            if is_of_token(error.trouble):
                self.stopped[token.name, ""] = error.trouble
            raise

    def _must_be_free(self, token: Token, call: Call) -> None:
        """Raise the trouble for which the token must not be used now."""
        stopped = self.stopped.get((token.name, "")) or self.stopped.get((token.name, call.host))
        if stopped is not None:
            raise ConnectorError(replace(stopped, facts={**stopped.facts, "handle": call.handle}))
        if not call.costs_units:
            return
        facts = {"token": token.name, "handle": call.handle, "asked": str(UNITS_A_DAY)}
        memory = self.setup.memory
        if memory.blocked_until(token.name, UNITS, PAUSE_SCOPE) is not None:
            raise ConnectorError(Trouble(TroubleKind.RETRY, "youtube.quota", facts=facts))
        if memory.calls_today(token.name, UNITS) >= UNITS_A_DAY:
            raise ConnectorError(Trouble(TroubleKind.RETRY, "youtube.quota_kept", facts=facts))

    def _of_network(self, token: Token, call: Call, trouble: Trouble) -> Trouble:
        if trouble.code != "http.rate_limited":
            return trouble
        facts = {"token": token.name, "handle": call.handle}
        limited = Trouble(TroubleKind.RETRY, "youtube.rate", trouble.detail, facts)
        self.stopped[token.name, call.host] = limited
        return limited

    def _remember(self, token: Token, call: Call, trouble: Trouble) -> None:
        """A token that is refused as such, or is told to wait, is not used again in this run."""
        if trouble.code in {"youtube.bad_key", "youtube.access_lost"}:
            self.stopped[token.name, ""] = trouble
        elif trouble.code in {"youtube.api_off", "youtube.key_restricted", "youtube.rate", "youtube.quota"}:
            self.stopped[token.name, call.host] = trouble
        if trouble.code == "youtube.quota" and call.costs_units:
            until = next_reset(self.setup.now())
            self.setup.memory.block(token.name, UNITS, until, trouble.code, PAUSE_SCOPE)


def next_reset(now: datetime) -> datetime:
    """When the network gives new units: the next midnight of the Pacific, in UTC."""
    tomorrow = now.astimezone(_PACIFIC).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), _PACIFIC).astimezone(UTC)


def _header_value(token: Token) -> str:
    """The key as it may stand in a header."""
    key = token.secret.reveal()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        facts = {"token": token.name}
        raise ConnectorError(Trouble(TroubleKind.AUTH, "youtube.bad_key", facts=facts))
    return key
