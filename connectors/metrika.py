"""Yandex Metrica: visits to a client's site that come from social networks, and the goals they reach.

Visits are a client's clicks, reached goals its leads. Which visits count stands in the parameters of the
token: `utm_source`, a list of names with commas between; without it those that Metrica itself attributes
to social networks, and those whose UTM source is the name of one. Attribution is the last significant
source. Figures out of a sample are rounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar

from connectors.accounts import AccountsConnector
from connectors.base import (
    ConnectorError,
    Fetched,
    Figure,
    Part,
    Refusal,
    Route,
    Setup,
    Target,
    Token,
    TokenCheck,
    TokenKind,
    Trouble,
    TroubleKind,
)
from connectors.clean import clean
from connectors.counting import RequestCount
from connectors.http import CallOptions
from goals.model import Exactness

BASE_URL = "https://api-metrika.yandex.net"
#: How far back the first reading goes, and the days of one call.
DAYS_BACK = 365
#: Seconds between calls; the service allows 30 a second and three at once to an address.
INTERVAL = 0.1
#: The names by which people mark their links to networks.
SOURCES = (
    "vk", "vkontakte", "vk.com", "telegram", "tg", "t.me", "max", "ok", "odnoklassniki", "youtube", "rutube",
    "dzen", "zen", "instagram", "inst", "tiktok", "bluesky", "mastodon",
)  # fmt: skip

_METRICS = {"clicks": "ym:s:visits", "leads": "ym:s:sumGoalReachesAny"}
_EXPLAINED = frozenset({400, 401, 403, 404})
_SOURCE = re.compile(r"[\w.-]{1,60}")


class MetrikaConnector(AccountsConnector):
    """Reads counters with the OAuth token of somebody who may see them."""

    name = "metrika"
    at_once = 3
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        Part.PROFILE: frozenset({TokenKind.OAUTH}),
        Part.STATS: frozenset({TokenKind.OAUTH}),
    }
    metrics = frozenset(_METRICS)
    refusals: ClassVar[Mapping[str, Refusal]] = {
        "metrika.bad_token": Refusal.TOKEN,
        "metrika.no_access": Refusal.RIGHT,
    }

    def __init__(self, setup: Setup, **replaced: Any) -> None:  # noqa: ANN401 - those of the base class
        """Take the settings; what is replaced is as `AccountsConnector` has it."""
        super().__init__(setup, **replaced)
        self._url = (setup.base_url or BASE_URL).rstrip("/")
        self._pace = self.pace(INTERVAL)
        self._refused: dict[str, Trouble] = {}

    def routes(self, target: Target) -> tuple[Route, ...]:
        """Both parts are read with an OAuth token, the account's own before the network's."""
        token = self._token(target)
        needs = () if token is not None else (TokenKind.OAUTH,)
        return tuple(Route(part, token, needs) for part in self.reads if part in target.parts)

    async def read(self, target: Target) -> list[Fetched]:
        """Read the counter's name and its days."""
        token = self._token(target)
        if token is None:
            return []
        spent = RequestCount()
        results = []
        if Part.PROFILE in target.parts:
            counter = await self._counter(target, token, spent)
            results.append(
                replace(
                    self.result(target, Part.PROFILE, spent=spent),
                    network_id=target.handle,
                    handle=target.handle,
                    title=clean(str(counter.get("name") or counter.get("site") or "")),
                )
            )
        if Part.STATS in target.parts:
            results.append(await self._days(target, token, spent))
        return results

    async def check(self, token: Token) -> TokenCheck:
        """Ask which counters the token may see."""
        if token.kind is not TokenKind.OAUTH:
            facts = {"token": token.name, "kind": str(token.kind)}
            return TokenCheck(
                ok=False, trouble=Trouble(TroubleKind.CONFIG, "metrika.token_kind", facts=facts)
            )
        try:
            parse_sources(token.params.get("utm_source"))
            await self._get("management/v1/counters", {"per_page": "1"}, token, RequestCount())
        except ConnectorError as error:
            return TokenCheck(ok=False, trouble=error.trouble)
        return TokenCheck(ok=True, kind=TokenKind.OAUTH)

    def _token(self, target: Target) -> Token | None:
        tokens = (*target.tokens, *self.setup.tokens)
        return next((token for token in tokens if token.kind is TokenKind.OAUTH), None)

    async def _counter(self, target: Target, token: Token, spent: RequestCount) -> Mapping[str, Any]:
        answer = await self._get(f"management/v1/counter/{target.handle}", {}, token, spent, target)
        counter = answer.get("counter")
        return counter if isinstance(counter, dict) else {}

    async def _days(self, target: Target, token: Token, spent: RequestCount) -> Fetched:
        """The figures of each day from the one that is wanted on; what is not over yet is marked so."""
        today = self.setup.now().astimezone(target.zone).date()
        first = max(target.since or date.min, today - timedelta(days=DAYS_BACK))
        params = {
            "ids": target.handle,
            "metrics": ",".join(_METRICS.values()),
            "filters": filter_of(parse_sources(token.params.get("utm_source"))),
            "group": "day",
            "date1": first.isoformat(),
            "date2": today.isoformat(),
            "accuracy": "full",
        }
        answer = await self._get("stat/v1/data/bytime", params, token, spent, target)
        figures = parse_days(answer, today)
        return replace(self.result(target, Part.STATS, spent=spent), figures=figures)

    async def _get(
        self,
        path: str,
        params: Mapping[str, str],
        token: Token,
        spent: RequestCount,
        target: Target | None = None,
    ) -> Mapping[str, Any]:
        """One call. Raises ConnectorError with a code `metrika.*` or `http.*`."""
        if token.name in self._refused:
            raise ConnectorError(self._refused[token.name])
        document = await self.http.get_document(
            f"{self._url}/{path}",
            params=params,
            headers={"Authorization": f"OAuth {token.secret.reveal()}"},
            options=CallOptions(pace=self._pace, spent=spent, answers=_EXPLAINED),
        )
        value = document.value if isinstance(document.value, dict) else {}
        if document.status < 300:
            return value
        trouble = parse_refusal(document.status, value, token.name, target.handle if target else "")
        if trouble.code == "metrika.bad_token":
            self._refused[token.name] = trouble
        raise ConnectorError(trouble)


def parse_sources(text: str | None) -> tuple[str, ...]:
    """The UTM sources that a token's parameter names; none of them for no parameter.

    Raises:
        ConnectorError: `metrika.bad_source` for a name that cannot be one.
    """
    names = tuple(name.strip() for name in (text or "").split(",") if name.strip())
    odd = next((name for name in names if not _SOURCE.fullmatch(name)), None)
    if odd is not None:
        facts = {"source": clean(odd, 60)}
        raise ConnectorError(Trouble(TroubleKind.CONFIG, "metrika.bad_source", facts=facts))
    return names


def filter_of(sources: tuple[str, ...]) -> str:
    """Which visits count, as the service's filters say it."""
    names = ",".join(f"'{name}'" for name in sources or SOURCES)
    by_mark = f"ym:s:lastsignUTMSource=.({names})"
    return by_mark if sources else f"ym:s:lastsignTrafficSource=='social' OR {by_mark}"


def parse_days(answer: Mapping[str, Any], today: date) -> list[Figure]:
    """The figures by day. Raises ConnectorError `metrika.api` for an answer built in another way."""
    intervals, totals = answer.get("time_intervals"), answer.get("totals")
    if not isinstance(intervals, list) or not isinstance(totals, list) or len(totals) != len(_METRICS):
        raise ConnectorError(Trouble(TroubleKind.RETRY, "metrika.api", "totals"))
    exactness = Exactness.ROUNDED if answer.get("sampled") is True else Exactness.EXACT
    figures = []
    for metric, row in zip(_METRICS, totals, strict=True):
        for interval, value in zip(intervals, row if isinstance(row, list) else (), strict=False):
            day = _day(interval)
            if day is not None and day <= today and _is_count(value):
                told = Exactness.PARTIAL if day == today else exactness
                figures.append(Figure(metric, day, float(value), told))
    return figures


def parse_refusal(status: int, body: Mapping[str, Any], token: str, handle: str) -> Trouble:
    """The trouble of an answer that is an error."""
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    reason = str(first.get("error_type") or "")
    detail = clean(f"{reason}: {body.get('message') or first.get('message') or status}").lstrip(": ")
    facts = {"token": token, "handle": handle}
    if status == 401 or reason == "invalid_token":
        return Trouble(TroubleKind.AUTH, "metrika.bad_token", detail, facts)
    if status == 403:
        return Trouble(TroubleKind.AUTH, "metrika.no_access", detail, facts)
    if status == 404:
        return Trouble(TroubleKind.SKIP, "metrika.not_found", detail, facts)
    return Trouble(TroubleKind.RETRY, "metrika.api", detail, facts)


def _day(interval: object) -> date | None:
    """The day of an interval `[first, last]` that is one day long."""
    if not isinstance(interval, list) or not interval or not isinstance(interval[0], str):
        return None
    try:
        return date.fromisoformat(interval[0])
    except ValueError:
        return None


def _is_count(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**15
