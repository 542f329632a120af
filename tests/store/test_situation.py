"""The facts for the rules, out of a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from goals.agreement.plain import to_stored
from goals.agreement.terms import Dates, Hours, Priority, TopicLine
from goals.model import Client, ClientId, GoalKind, Period, PostState
from goals.records import CheckIn, Confidence, Entry, Material
from goals.warnings.situation import Situation
from store.changes import ImportBatch, UnitOutcome
from store.contract import Writer
from store.refresh import refresh_all
from store.situation import all_warnings, situation_of, warnings_of
from store.values import TroubleRecord, UnitStatus
from tests.goals.warnings.build import agreed
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    add_account,
    add_client,
    add_goal,
    days_ago,
    make_store,
    post,
    series,
    sync_unit,
)
from work.warnings import acknowledge
from work.warnings import look as look_at_all

FIRST = TopicLine("Старая партия", amount=12, format="post", period=Period.MONTH, priority=1)
LATER = TopicLine("Меню", share=0.2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Writer]:
    with make_store(tmp_path / "smm.db") as store:
        yield store


@pytest.fixture
def cafe(store: Writer) -> Client:
    add_client(store)
    return store.clients()[0]


def look(store: Writer, cafe: Client) -> Situation:
    return situation_of(store, cafe, NOW)


def refuse_token(store: Writer, client_id: ClientId, handle: str) -> None:
    """An account that was read six days ago and is refused since."""
    account_id = add_account(store, client_id, handle)
    sync_unit(store, account_id, readings=series(account_id, [100.0, 101.0]), now=NOW - timedelta(days=6))
    run = store.start_run(NOW)
    store.claim(run, [account_id])
    trouble = TroubleRecord("auth", "vk.5", "failed", {"token": "vk-main"})
    store.commit_unit(UnitOutcome(account_id, UnitStatus.FAILED, NOW, trouble=trouble), run)


def test_a_new_client_is_a_situation_without_facts(store: Writer, cafe: Client) -> None:
    at = look(store, cafe)
    assert (at.client, at.today, at.terms, at.goals, at.hours) == (cafe, TODAY, None, (), None)
    assert warnings_of(store, cafe, NOW) == []


def test_lines_hold_from_the_yes_to_the_first_version_that_has_them(store: Writer, cafe: Client) -> None:
    for number, topics in enumerate(([FIRST], [FIRST, LATER], [FIRST, LATER])):
        terms = to_stored(agreed(topics=topics, priorities=[Priority("распродать")]))
        store.add_agreement(cafe.id, terms, reason="", based_on=number, author=AUTHOR, now=NOW)
        if number < 2:
            on = date(2026, 10, 1 + number)
            store.accept_agreement(cafe.id, number + 1, by="Ольга", on=on, author=AUTHOR, now=NOW)
    at = look(store, cafe)
    assert at.since == {"topic:старая партия:*:post": date(2026, 10, 1), "topic:меню": date(2026, 10, 2)}
    assert at.terms is not None
    assert at.terms.topics == (FIRST, LATER)


@pytest.mark.parametrize(("renews", "holds"), [(True, True), (None, False)])
def test_an_agreement_that_is_over_asks_for_nothing(
    store: Writer, cafe: Client, *, renews: bool | None, holds: bool
) -> None:
    dates = Dates(start=days_ago(90), end=days_ago(1), renews=renews)
    terms = to_stored(agreed(dates=dates, priorities=[Priority("распродать")]))
    store.add_agreement(cafe.id, terms, reason="", based_on=0, author=AUTHOR, now=NOW)
    assert (look(store, cafe).terms is not None) is holds
    assert bool(warnings_of(store, cafe, NOW)) is holds


def test_content_comes_with_its_topics_and_engagement(store: Writer, cafe: Client) -> None:
    account_id = add_account(store, cafe.id)
    figures = {"likes": 10.0, "comments": 2.0, "views": 400.0}
    known = post("1", days_ago(2), topics=("Старая партия",), figures=figures)
    bare = post("2", days_ago(1))
    plan = post(None, days_ago(-1), state=PostState.PLANNED)
    sync_unit(store, account_id, posts=[known, bare, plan, post("3", days_ago(70))])
    one, other, planned = look(store, cafe).content
    assert (one.topics, one.engagement, one.views) == (frozenset({"старая партия"}), 12.0, 400.0)
    assert (other.topics, other.engagement, other.views) == (frozenset(), None, None)
    assert (planned.state, planned.day, planned.network) == (PostState.PLANNED, days_ago(-1), "vk")


def test_accounts_come_with_series_and_trouble(store: Writer, cafe: Client) -> None:
    refuse_token(store, cafe.id, "zerno")
    (state,) = look(store, cafe).accounts
    assert [point.value for point in state.series["audience"]] == [100.0, 101.0]
    assert state.trouble is not None
    assert (state.trouble.token, state.trouble.code) == ("vk-main", "vk.5")


def test_goals_come_with_verdicts_check_ins_and_changes(store: Writer, cafe: Client) -> None:
    number = add_goal(store, cafe.id, agreed_on=days_ago(20))
    add_goal(store, cafe.id, amount=10.0, dropped=True)
    goal = store.goal(number)
    store.update_goal(replace(goal, amount=200.0), author=AUTHOR, now=NOW, why="не успеваем")
    store.add_check_ins([CheckIn(0, number, TODAY, NOW, AUTHOR, Confidence.RISK, "лето")])
    refresh_all(store, NOW)
    (state,) = look(store, cafe).goals
    assert (state.goal.amount, state.row.goal_id) == (200.0, number)
    assert [verdict.day for verdict in state.verdicts] == [TODAY]
    assert [check_in.why for check_in in state.check_ins] == ["лето"]
    assert [revision.changes for revision in state.revisions] == [{"amount": ("300", "200")}]
    assert "eased" in {warning.rule for warning in warnings_of(store, cafe, NOW)}


def test_hours_are_those_of_this_month(store: Writer, cafe: Client) -> None:
    for day, amount in ((days_ago(40), 30.0), (days_ago(1), 33.0)):
        store.log_entry(Entry(0, cafe.id, "hours", day, amount, "", AUTHOR, NOW))
    terms = to_stored(agreed(hours=Hours(month=40)))
    store.add_agreement(cafe.id, terms, reason="", based_on=0, author=AUTHOR, now=NOW)
    assert look(store, cafe).hours == 33.0
    assert [warning.rule for warning in warnings_of(store, cafe, NOW)] == ["hours"]


def test_what_came_is_awaited_no_more(store: Writer, cafe: Client) -> None:
    number = store.add_material(Material(0, cafe.id, "фото", days_ago(9)), author=AUTHOR, now=NOW)
    (warning,) = warnings_of(store, cafe, NOW)
    assert (warning.rule, warning.facts["days"]) == ("materials", 9)
    (asked,) = store.materials(cafe.id)
    assert asked.id == number
    store.update_material(replace(asked, received_on=TODAY), author=AUTHOR, now=NOW)
    assert warnings_of(store, cafe, NOW) == []


def test_a_token_of_several_clients_is_told_once_for_all(store: Writer, cafe: Client) -> None:
    refuse_token(store, cafe.id, "zerno")
    refuse_token(store, add_client(store, "Мастерская «Свеча»"), "svecha")
    (found,) = all_warnings(store, NOW)
    assert found.warning.key == "stale:token:vk-main"
    assert found.warning.client_id is None
    assert [client.name for client in found.clients] == ["Кофейня «Зерно»", "Мастерская «Свеча»"]


def test_the_gravest_come_first_over_all_clients(store: Writer, cafe: Client) -> None:
    add_goal(store, cafe.id, "posts", GoalKind.TOTAL_IN_PERIOD, None)
    refuse_token(store, add_client(store, "Мастерская «Свеча»"), "svecha")
    refresh_all(store, NOW)
    assert [found.warning.severity for found in all_warnings(store, NOW)] == ["high", "low"]


def test_what_a_file_brought_after_a_refused_reading_is_data(store: Writer, cafe: Client) -> None:
    account_id = add_account(store, cafe.id)
    run_id = store.start_run(NOW)
    store.claim(run_id, [account_id])
    trouble = TroubleRecord("auth", "vk.no_token", "")
    store.commit_unit(UnitOutcome(account_id, UnitStatus.FAILED, NOW, trouble=trouble), run_id)
    (warning,) = warnings_of(store, cafe, NOW)
    assert (warning.rule, warning.facts["since"]) == ("stale", None)
    store.import_batches([ImportBatch(account_id, series(account_id, [100.0, 101.0]))], now=NOW)
    assert warnings_of(store, cafe, NOW) == []
    (later,) = warnings_of(store, cafe, NOW + timedelta(days=5))
    assert (later.rule, later.facts["since"]) == ("stale", TODAY)


def test_an_unlikely_goal_is_told_on_the_first_day_that_is_looked_at(store: Writer, cafe: Client) -> None:
    account_id = add_account(store, cafe.id)
    add_goal(store, cafe.id, account_id=account_id, amount=500.0)
    sync_unit(store, account_id, readings=series(account_id, [1000.0 + day for day in range(60)]))
    refresh_all(store, NOW)
    (warning,) = warnings_of(store, cafe, NOW)
    assert (warning.rule, warning.facts["days"]) == ("unlikely", 2)


def test_a_jump_is_told_and_kept_out_of_the_chance_until_somebody_confirms_it(
    store: Writer, cafe: Client
) -> None:
    account_id = add_account(store, cafe.id)
    number = add_goal(store, cafe.id, account_id=account_id, amount=9000.0)
    values = [5000.0 + day for day in range(60)]
    sync_unit(store, account_id, readings=series(account_id, [*values, *[9700.0] * 10]))
    (verdict,) = refresh_all(store, NOW)
    assert verdict.band_high is not None
    assert verdict.band_high < 5200
    jump = next(warning for warning in warnings_of(store, cafe, NOW) if warning.rule == "jump")
    assert jump.facts["day"] == days_ago(9)
    lines, states = look_at_all(store, NOW, TODAY)
    store.put_warning_states(states)
    acknowledge(store, jump, author=AUTHOR, now=NOW)
    assert store.facts(store.goal(number), days_ago(60), TODAY).doubtful_from is None
    assert store.bands(cafe.id)[int(number)][1] > 9000
    assert "jump" in {line.warning.rule for line in lines}
