"""Yandex Metrica: a counter's visits from networks and the goals they reach, by day."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import ConnectorError, Fetched, Part, Secret, Token, TokenKind
from connectors.metrika import MetrikaConnector, filter_of, parse_days, parse_sources
from goals.model import Exactness
from tests.fakes.metrika import TOKEN, Counter, MetrikaFake, daily
from tests.fakes.server import Reply
from tests.support.desk import NOW, Desk, code_of, target

TODAY = date(2026, 11, 23)
OAUTH = Token("zerno-metrika", TokenKind.OAUTH, Secret(TOKEN))


@pytest.fixture
def fake() -> Iterator[MetrikaFake]:
    with MetrikaFake() as made:
        yield made


@pytest.fixture
def desk(fake: MetrikaFake) -> Desk:
    return Desk(MetrikaConnector, fake.url, [OAUTH])


def figures(fetched: Fetched) -> dict[tuple[str, date], tuple[float, Exactness]]:
    return {(each.metric, each.day): (each.value, each.exactness) for each in fetched.figures}


async def test_visits_are_clicks_and_goals_leads_day_by_day(fake: MetrikaFake, desk: Desk) -> None:
    fake.add(Counter(7, "Зерно", {TODAY: (5, 0), TODAY - timedelta(days=1): (12, 3)}))
    found = await desk.read(target("7", since=TODAY - timedelta(days=2)))
    assert found[1, Part.PROFILE].title == "Зерно"
    assert figures(found[1, Part.STATS]) == {
        ("clicks", date(2026, 11, 21)): (0, Exactness.EXACT),
        ("clicks", date(2026, 11, 22)): (12, Exactness.EXACT),
        ("clicks", TODAY): (5, Exactness.PARTIAL),
        ("leads", date(2026, 11, 21)): (0, Exactness.EXACT),
        ("leads", date(2026, 11, 22)): (3, Exactness.EXACT),
        ("leads", TODAY): (0, Exactness.PARTIAL),
    }


async def test_the_first_reading_goes_back_a_year_in_one_call(fake: MetrikaFake, desk: Desk) -> None:
    fake.add(Counter(7, "Зерно", daily(900, TODAY)))
    found = await desk.read(target("7"))
    assert min(each.day for each in found[1, Part.STATS].figures) == TODAY - timedelta(days=365)
    assert len(fake.requests) == 2


async def test_figures_out_of_a_sample_are_rounded(fake: MetrikaFake, desk: Desk) -> None:
    fake.add(Counter(7, "Зерно", daily(9, TODAY), sampled=True))
    found = await desk.read(target("7", since=TODAY - timedelta(days=1)))
    assert figures(found[1, Part.STATS])["clicks", TODAY - timedelta(days=1)][1] is Exactness.ROUNDED


async def test_the_sources_of_the_token_choose_the_visits(fake: MetrikaFake, desk: Desk) -> None:
    fake.add(Counter(7, "Зерно"))
    own = Token("own", TokenKind.OAUTH, Secret(TOKEN), {"utm_source": "vk, zerno-tg"})
    await desk.read(target("7"), tokens=[own])
    assert fake.requests[-1].query["filters"] == "ym:s:lastsignUTMSource=.('vk','zerno-tg')"
    assert filter_of(()).startswith("ym:s:lastsignTrafficSource=='social' OR ")


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(b'{"errors":[{"error_type":"invalid_token"}],"message":"x"}', 401), "metrika.bad_token"),
        (Reply(b'{"errors":[{"error_type":"access_denied"}],"message":"x"}', 403), "metrika.no_access"),
        (Reply(b'{"errors":[],"message":"x"}', 404), "metrika.not_found"),
        (Reply(b'{"errors":[{"error_type":"query_error"}],"message":"x"}', 400), "metrika.api"),
        (Reply(status=429, headers={"Retry-After": "900"}), "http.rate_limited"),
    ],
)
async def test_a_refusal_says_what_to_do(fake: MetrikaFake, desk: Desk, reply: Reply, code: str) -> None:
    fake.script(reply, times=None)
    assert {code_of(each) for each in (await desk.read(target("7"))).values()} == {code}


async def test_a_token_is_checked_with_one_call(fake: MetrikaFake, desk: Desk) -> None:
    connector = desk.connector()
    tokens = [
        OAUTH,
        Token("old", TokenKind.OAUTH, Secret("canary")),
        Token("key", TokenKind.KEY, Secret("canary")),
        Token("odd", TokenKind.OAUTH, Secret(TOKEN), {"utm_source": "vk'); drop"}),
    ]
    checks = [await connector.check(token) for token in tokens]
    await connector.aclose()
    assert [each.trouble.code if each.trouble else None for each in checks] == [
        None, "metrika.bad_token", "metrika.token_kind", "metrika.bad_source",
    ]  # fmt: skip
    assert len(fake.requests) == 2


async def test_an_account_is_found_by_its_number(fake: MetrikaFake, desk: Desk) -> None:
    fake.add(Counter(7, "Зерно"))
    fake.add(Counter(8, "Чужой", seen=False))
    connector = desk.connector()
    found, denied = [await connector.resolve(target(number)) for number in ("7", "8")]
    await connector.aclose()
    assert (found.network_id, found.handle, found.title) == ("7", "7", "Зерно")
    assert code_of(denied) == "metrika.no_access"


async def test_a_reading_that_is_cancelled_ends(fake: MetrikaFake, desk: Desk) -> None:
    fake.script(Reply(hang=True), times=None)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1):
            await desk.read(target("7"))
    assert fake.requests


def test_days_come_in_the_clients_time_only_up_to_today() -> None:
    intervals = [["2026-11-23", "2026-11-23"], ["2026-11-24", "2026-11-24"], ["вчера"], None]
    told = parse_days({"time_intervals": intervals, "totals": [[1, 2, 3, 4], [None, True, "5", -1]]}, TODAY)
    assert [(each.metric, each.day, each.value) for each in told] == [("clicks", TODAY, 1)]
    assert NOW.date() == TODAY


@given(st.text(max_size=40))
def test_any_parameter_is_a_list_of_names_or_refused(text: str) -> None:
    with suppress(ConnectorError):
        assert "'" not in "".join(parse_sources(text))
