"""The pure parts: what the list shows, what a form's texts mean, what a plot draws."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.board import Board, build_board
from goals.metrics import CATALOGUE, UNNAMED, Metric
from goals.model import (
    Account,
    AccountId,
    Client,
    ClientId,
    Goal,
    GoalId,
    GoalKind,
    GoalStatus,
    Period,
)
from tests.support.store import NOW, TODAY
from tests.tui.test_columns import goal_row
from tui.goal.values import FormValues, kind_choices, metric_choices, needs_baseline, scope_id, scope_of
from tui.overview.lines import ClientLine, Haystack, Key, View, key_of, lines_of, tally
from wording.typed import day_text, number_text
from wording.words import Words

RU = Words("ru")
VK = Account(AccountId(7), ClientId(1), "vk", "zerno")
TELEGRAM = Account(AccountId(8), ClientId(1), "telegram", "zerno_tg")


def board(*statuses: GoalStatus) -> Board:
    clients = [Client(ClientId(1), "Зерно"), Client(ClientId(2), "Свеча")]
    rows = [goal_row(goal_id=n, client_id=1, status=status.value) for n, status in enumerate(statuses, 1)]
    rows.append(goal_row("Вторая", goal_id=99, client_id=2, status=GoalStatus.ON_TRACK.value, urgency=0))
    return build_board(clients, rows, now=NOW, today=TODAY)


def test_a_client_whose_goals_are_fine_is_folded() -> None:
    lines = lines_of(board(GoalStatus.BEHIND, GoalStatus.MET), View(), Haystack(RU))
    assert [type(line).__name__ for line in lines] == ["ClientLine", "GoalRow", "GoalRow", "ClientLine"]
    assert lines[0] == ClientLine(ClientId(1), "Зерно", 2, (("behind", 1),), True)
    assert lines[-1].is_open is False  # type: ignore[union-attr]


@given(st.lists(st.sampled_from(list(GoalStatus))))
def test_troubles_are_counted_the_worst_first(statuses: list[GoalStatus]) -> None:
    rows = tuple(goal_row(status=status.value) for status in statuses)
    counts = dict(tally(rows).troubles)
    for status in (GoalStatus.UNLIKELY, GoalStatus.BEHIND, GoalStatus.STALE):
        assert counts.get(status.value, 0) == statuses.count(status)


def test_folds_are_kept_and_keys_do_not_change_with_figures() -> None:
    view = View().folded(ClientId(1), is_open=False)
    one = lines_of(board(GoalStatus.BEHIND), view, Haystack(RU))
    assert len(one) == 2
    assert key_of(one[0]) == Key(1, 0)
    assert key_of(goal_row(current=1.0)) == key_of(goal_row(current=2.0))


@pytest.mark.parametrize(
    ("words", "found"), [("зерно", 2), ("вторая", 1), ("отста", 1), ("зерно отста", 1), ("свеча отста", 0)]
)
def test_the_filter_wants_all_words(words: str, found: int) -> None:
    needles = tuple(words.split())
    lines = lines_of(board(GoalStatus.BEHIND, GoalStatus.MET), View(words=needles), Haystack(RU))
    assert sum(not isinstance(line, ClientLine) for line in lines) == found


def texts(**more: str) -> Mapping[str, str]:
    usual = {
        "client": "1", "scope": "all", "metric": "audience", "kind": "gain", "amount": "+300",
        "period": "week",
        "topic": "", "start": "", "deadline": "30.11", "baseline": "", "agreed": "", "why": "",
    }  # fmt: skip
    return usual | more


def values(base: Goal | None = None, words: Words = RU) -> FormValues:
    return FormValues(words, TODAY, base, [VK, TELEGRAM], ["Старая партия"])


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("+300", 300), ("10к", 10_000), ("1,5 млн", 1_500_000), ("2 500", 2500)],
)
def test_amounts_are_typed_as_people_do(typed: str, amount: float) -> None:
    goal = values().check(texts(amount=typed)).goal
    assert goal is not None
    assert goal.amount == amount
    assert (goal.start, goal.deadline) == (TODAY, date(2026, 11, 30))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("amount", ""), ("amount", "много"), ("amount", "0"), ("amount", "1,7"), ("deadline", ""),
        ("deadline", "скоро"), ("deadline", "22.11.2026"), ("deadline", "30.11.2126"), ("start", "32.13"),
        ("baseline", "x"), ("agreed", "25.11.2026"), ("amount", "-50"),
    ],
)  # fmt: skip
def test_each_problem_is_told_by_its_field(field: str, typed: str) -> None:
    checked = values().check(texts(**{field: typed}))
    assert checked.goal is None
    assert set(checked.problems) == {field}


def test_an_edit_keeps_what_the_form_does_not_show_and_wants_a_reason() -> None:
    base = Goal(
        GoalId(5), ClientId(1), "audience", GoalKind.GAIN, 10, TODAY, title="Моя", priority=2, version=4,
        agreed_on=TODAY,
    )  # fmt: skip
    assert set(values(base).check(texts()).problems) == {"why"}
    goal = values(base).check(texts(why="надо")).goal
    assert goal is not None
    assert (goal.id, goal.title, goal.priority, goal.version, goal.agreed_on) == (
        GoalId(5),
        "Моя",
        2,
        4,
        TODAY,
    )


def test_a_form_and_a_command_read_the_same_day_for_a_deadline() -> None:
    goal = values().check(texts(start="01.12.2026", deadline="05.01")).goal
    assert goal is not None
    assert goal.deadline == date(2027, 1, 5)


def test_a_deadline_that_is_over_is_refused_for_a_new_goal() -> None:
    problems = values().check(texts(start="01.10.2026", deadline="31.10.2026")).problems
    assert set(problems) == {"deadline"}
    assert "прошёл" in problems["deadline"]


def test_a_topic_is_the_clients_own_in_any_case() -> None:
    goal = (
        values()
        .check(texts(metric="posts", kind="total_in_period", amount="12", topic=" СТАРАЯ партия"))
        .goal
    )
    assert goal is not None
    assert goal.topic == "Старая партия"


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("kind", GoalKind)
def test_a_goal_that_is_opened_and_saved_stays_as_it_is(lang: str, kind: GoalKind) -> None:
    words = Words(lang)
    for metric in CATALOGUE:
        if metric.name == UNNAMED or kind not in kind_choices(metric):
            continue
        whole = metric.whole and kind not in {GoalKind.GAIN_PERCENT, GoalKind.AVERAGE}
        for amount in (120_000.0, 1234.0) if whole else (120_000.0, 99.125, 4.333333333333333):
            base = Goal(
                GoalId(5), ClientId(1), metric.name, kind, amount, TODAY, deadline=TODAY + timedelta(days=7),
                period=Period.WEEK if kind is GoalKind.KEEP_RATE else None,
                baseline=1512.375 if needs_baseline(metric, kind) and not metric.whole else None,
            )  # fmt: skip
            shown = texts(
                metric=metric.name, kind=kind.value, amount=number_text(words, base.amount), why="так",
                start=day_text(base.start), deadline=day_text(base.deadline),
                baseline=number_text(words, base.baseline),
            )  # fmt: skip
            assert values(base, words).check(shown).goal == base, metric.name


@pytest.mark.parametrize("scope", ["all", "network:vk", "account:8"])
def test_a_scope_goes_into_the_goal_and_back(scope: str) -> None:
    network, account = scope_of(scope, [VK, TELEGRAM])
    goal = Goal(
        GoalId(1), ClientId(1), "audience", GoalKind.GAIN, 1, TODAY, network=network, account_id=account
    )
    assert scope_id(goal) == scope


def test_without_accounts_only_what_is_logged_by_hand_can_be_measured() -> None:
    assert all(metric.source.value == "manual" for metric in metric_choices([], set()))
    offered = {metric.name for metric in metric_choices([VK], {"reach"})}
    assert {"audience", "reach", "posts", "sales"} <= offered
    assert "visitors" not in offered


@pytest.mark.parametrize("metric", [metric for metric in CATALOGUE if metric.name != UNNAMED])
def test_every_metric_has_a_kind_and_the_form_takes_it(metric: Metric) -> None:
    kinds = kind_choices(metric)
    assert kinds
    topic = "Старая партия" if metric.needs_topic else ""
    for kind in kinds:
        goal = values().check(texts(metric=metric.name, kind=kind.value, amount="5", topic=topic)).goal
        assert goal is not None
        assert (goal.period is Period.WEEK) == (kind is GoalKind.KEEP_RATE)
        assert needs_baseline(metric, kind) or goal.baseline is None


def test_a_wish_may_stay_a_draft_and_goes_by_its_measure_once_that_is_named() -> None:
    wish = Goal(
        GoalId(5), ClientId(1), UNNAMED, GoalKind.GAIN, None, TODAY, title="чтобы было хорошо",
        wish="чтобы было хорошо",
    )  # fmt: skip
    checked = values(wish).check(texts(metric=UNNAMED, amount="", deadline="31.12", why="срок"))
    assert checked.goal is not None
    assert (checked.goal.amount, checked.goal.title) == (None, wish.title)
    named = values(wish).check(texts(amount="300", deadline="", why="уточнили")).goal
    assert named is not None
    assert (named.metric, named.deadline, named.title, named.wish) == ("audience", None, "", wish.wish)
