"""The five letters: each state of each letter, the order of questions, and the third of two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.draft import Draft, Letter, Wish
from goals.drafting import goal_of
from goals.metrics import UNNAMED
from goals.model import Account, AccountId, ClientId, GoalKind, Period
from goals.outlook import attainability
from goals.phrase import read
from goals.smart import (
    Evidence,
    Finding,
    State,
    Why,
    check,
    is_complete,
    next_question,
    weighed,
)
from goals.third import with_rate
from tests.goals.build import DEADLINE, TODAY, goal, levels
from tests.goals.wishes import KNOWN, WHOLE, changed, growing, letter


@pytest.mark.parametrize(
    ("wish", "evidence", "state", "why"),
    [
        (WHOLE, KNOWN, State.OK, Why.NAMED),
        (Wish("помогите", Draft(), missing=(Letter.SPECIFIC,)), KNOWN, State.MISSING, Why.NOT_NAMED),
        (
            Wish("узнаваемость", Draft(metric="awareness"), missing=(Letter.SPECIFIC,)),
            KNOWN,
            State.MISSING,
            Why.NOT_MEASURABLE,
        ),
        (
            changed(network=None),
            replace(KNOWN, networks=("vk", "telegram")),
            State.WEAK,
            Why.WHICH_NETWORK,
        ),
        (changed(network="ok"), KNOWN, State.WEAK, Why.NO_ACCOUNT),
        (changed(metric="sales", network=None), replace(KNOWN, networks=("a", "b")), State.OK, Why.NAMED),
    ],
)
def test_specific(wish: Wish, evidence: Evidence, state: State, why: Why) -> None:
    found = letter(Letter.SPECIFIC, wish, evidence)
    assert (found.state, found.why) == (state, why)


@pytest.mark.parametrize(
    ("wish", "evidence", "state", "why"),
    [
        (WHOLE, KNOWN, State.OK, Why.COUNTED),
        (changed(amount=None), KNOWN, State.MISSING, Why.NO_AMOUNT),
        (WHOLE, Evidence(TODAY), State.WEAK, Why.NO_BASELINE),
        (changed(unit="USD", metric="revenue"), KNOWN, State.WEAK, Why.OTHER_CURRENCY),
        (
            changed(metric="posts", kind=GoalKind.TOTAL_IN_PERIOD, unit="count"),
            Evidence(TODAY),
            State.OK,
            Why.COUNTED,
        ),
        (
            replace(WHOLE, alternatives=(replace(WHOLE.draft, kind=GoalKind.REACH_LEVEL),)),
            KNOWN,
            State.WEAK,
            Why.TWO_READINGS,
        ),
    ],
)
def test_measurable(wish: Wish, evidence: Evidence, state: State, why: Why) -> None:
    found = letter(Letter.MEASURABLE, wish, evidence)
    assert (found.state, found.why) == (state, why)


def test_measurable_tells_the_way_from_now_to_the_target() -> None:
    facts = letter(Letter.MEASURABLE).facts
    assert (facts["baseline"], facts["target"]) == (4812, 5112)
    percent = letter(Letter.MEASURABLE, changed(kind=GoalKind.GAIN_PERCENT, amount=50)).facts
    assert percent["target"] == 4812 * 1.5


@pytest.mark.parametrize(
    ("wish", "state", "why"),
    [
        (WHOLE, State.OK, Why.DATED),
        (
            Wish("x", replace(WHOLE.draft, deadline=None), missing=(Letter.TIMED,)),
            State.MISSING,
            Why.NO_DATE,
        ),
        (
            changed(kind=GoalKind.KEEP_RATE, period=Period.WEEK, deadline=None),
            State.OK,
            Why.RECURRING,
        ),
        (changed(deadline=TODAY - timedelta(days=1)), State.MISSING, Why.PAST),
        (changed(deadline=TODAY), State.OK, Why.DATED),
        (changed(deadline=TODAY + timedelta(days=400)), State.WEAK, Why.FAR_AWAY),
        (
            replace(WHOLE, alternatives=(replace(WHOLE.draft, deadline=date(2026, 12, 31)),)),
            State.WEAK,
            Why.TWO_READINGS,
        ),
    ],
)
def test_timed(wish: Wish, state: State, why: Why) -> None:
    found = letter(Letter.TIMED, wish)
    assert (found.state, found.why) == (state, why)


@pytest.mark.parametrize(
    ("wish", "evidence", "state", "why"),
    [
        (WHOLE, replace(KNOWN, priorities=("распродать",), priority=1), State.OK, Why.PRIORITY),
        (WHOLE, replace(KNOWN, priorities=("распродать",), priority=2), State.WEAK, Why.NO_LINK),
        (changed(purpose="чтобы распродать"), KNOWN, State.OK, Why.PURPOSE),
        (replace(WHOLE, missing=(Letter.RELEVANT,)), KNOWN, State.MISSING, Why.EMPTY_WISH),
        (WHOLE, replace(KNOWN, own=True), State.OK, Why.OWN),
        (WHOLE, KNOWN, State.WEAK, Why.NO_LINK),
    ],
)
def test_relevant(wish: Wish, evidence: Evidence, state: State, why: Why) -> None:
    found = letter(Letter.RELEVANT, wish, evidence)
    assert (found.state, found.why) == (state, why)


def test_one_question_at_a_time_what_is_missing_first() -> None:
    vague = Wish("хочу больше", Draft(), missing=(Letter.SPECIFIC, Letter.MEASURABLE, Letter.TIMED))
    asked = next_question(check(vague, KNOWN))
    assert asked is not None
    assert asked.letter is Letter.SPECIFIC
    no_date = Wish("x", replace(WHOLE.draft, deadline=None, network="ok"), missing=(Letter.TIMED,))
    asked = next_question(check(no_date, KNOWN))
    assert asked is not None
    assert asked.letter is Letter.TIMED
    assert not is_complete(check(no_date, KNOWN))
    done = replace(KNOWN, own=True, attainability=growing(50.0, 100).attainability)
    assert next_question(check(changed(amount=100), done)) is None


@given(st.text(max_size=60), st.booleans())
def test_every_line_gets_five_letters(line: str, own: bool) -> None:
    for wish in read(line, TODAY):
        findings = check(wish, replace(KNOWN, own=own))
        assert list(findings) == list(Letter)
        assert is_complete(findings) is not any(f.state is State.MISSING for f in findings.values())


def test_a_level_that_is_reached_already_is_not_meant() -> None:
    level = replace(WHOLE.draft, kind=GoalKind.REACH_LEVEL, amount=1000.0)
    gain = replace(WHOLE.draft, amount=1000.0)
    wish = Wish("1000 подписчиков", level, (gain,))
    assert weighed(wish, lambda _: 4812.0) == Wish("1000 подписчиков", gain)
    assert weighed(wish, lambda _: 400.0) == wish
    assert weighed(wish, lambda _: None) == wish
    assert weighed(replace(wish, alternatives=()), lambda _: 4812.0).draft == level


SHOWN = replace(KNOWN, networks=("telegram",), baseline=None, offers=frozenset({"audience", "views"}))
REACH = replace(WHOLE.draft, network="telegram", metric="reach")


@pytest.mark.parametrize(
    ("draft", "evidence", "why"),
    [
        (REACH, SHOWN, Why.NOT_SHOWN),
        (REACH, replace(SHOWN, offers=None), Why.NAMED),
        (REACH, replace(SHOWN, baseline=120.0), Why.NAMED),
        (replace(REACH, metric="audience"), SHOWN, Why.NAMED),
        (replace(REACH, metric="posts"), SHOWN, Why.NAMED),
        (replace(REACH, metric="leads"), SHOWN, Why.NAMED),
        (replace(REACH, metric="topic_share", topic="вазы"), SHOWN, Why.NAMED),
        (replace(REACH, metric="engagement_rate"), SHOWN, Why.NOT_SHOWN),
        (
            replace(REACH, metric="engagement_rate"),
            replace(SHOWN, offers=frozenset({"views", "likes"})),
            Why.NAMED,
        ),
    ],
)
def test_a_figure_that_the_network_does_not_show_is_told(draft: Draft, evidence: Evidence, why: Why) -> None:
    found = letter(Letter.SPECIFIC, Wish("x", draft), evidence)
    assert (found.why, found.state) == (why, State.OK if why is Why.NAMED else State.WEAK)
    if why is Why.NOT_SHOWN:
        assert found.facts["networks"] == ("telegram",)
        assert found.facts["shown"] == ("audience", "views")


def test_figures_that_came_from_a_file_are_there() -> None:
    totals = replace(REACH, metric="page_views", kind=GoalKind.TOTAL_IN_PERIOD)
    assert letter(Letter.SPECIFIC, Wish("x", totals), SHOWN).why is Why.NOT_SHOWN
    subject = goal("page_views", GoalKind.TOTAL_IN_PERIOD, 300, start=TODAY, baseline=None)
    known = replace(SHOWN, attainability=attainability(subject, levels([5.0] * 30), TODAY))
    assert letter(Letter.SPECIFIC, Wish("x", totals), known).why is Why.NAMED


def said(line: str, about: Letter, evidence: Evidence = KNOWN) -> Finding:
    """A letter of a line, with what its weekly rate adds."""
    return letter(about, with_rate(read(line, TODAY)[0], None, TODAY, evidence.baseline), evidence)


@pytest.mark.parametrize(
    ("line", "about", "state", "why"),
    [
        ("конверсия 3 % к 30.11", Letter.SPECIFIC, State.MISSING, Why.NOT_COUNTED),
        ("300 лайков или 20 заявок до 30.11", Letter.SPECIFIC, State.WEAK, Why.WHICH_GOAL),
        ("300 лайков или 20 заявок до 30.11", Letter.MEASURABLE, State.OK, Why.COUNTED),
        ("не больше 30 часов в неделю", Letter.MEASURABLE, State.OK, Why.CEILING),
        ("не больше 3 постов в неделю", Letter.MEASURABLE, State.WEAK, Why.NO_CEILING),
        ("не больше 3 клиентов до 30.11", Letter.MEASURABLE, State.WEAK, Why.NO_CEILING),
        ("выйти на доход 200к в месяц", Letter.MEASURABLE, State.OK, Why.COUNTED),
        ("12 постов до 15.11", Letter.TIMED, State.WEAK, Why.PASSED),
        ("12 постов до 31 ноября", Letter.TIMED, State.MISSING, Why.NO_SUCH_DAY),
        ("3 поста в неделю до 31 ноября", Letter.TIMED, State.MISSING, Why.NO_SUCH_DAY),
        ("12 постов до 30.11, по 5 в неделю", Letter.TIMED, State.WEAK, Why.CONTRADICTION),
        ("12 постов до 30.11, по 5 в неделю", Letter.MEASURABLE, State.OK, Why.COUNTED),
        ("12 постов по 5 в неделю", Letter.TIMED, State.OK, Why.DATED),
    ],
)
def test_what_a_line_says_beyond_its_goal(line: str, about: Letter, state: State, why: Why) -> None:
    found = said(line, about)
    assert (found.state, found.why) == (state, why)


def test_a_chosen_reading_settles_the_line() -> None:
    wish = with_rate(read("12 постов до 30.11, по 5 в неделю", TODAY)[0], None, TODAY)
    for reading in (wish.draft, *wish.alternatives):
        assert letter(Letter.TIMED, replace(wish, draft=reading, alternatives=())).why is Why.DATED
    late = read("12 постов до 15.11", TODAY)[0]
    assert letter(Letter.TIMED, replace(late, draft=late.alternatives[0], alternatives=())).why is Why.DATED


def test_the_days_of_a_window_are_its_own() -> None:
    assert said("500 заявок за декабрь", Letter.TIMED).facts["days"] == 31
    assert said("500 заявок за ноябрь", Letter.TIMED).facts["days"] == 8


def test_a_wish_becomes_a_goal_and_stays_a_draft_where_it_is_vague() -> None:
    account = Account(AccountId(7), ClientId(1), "vk", "zerno")
    made = goal_of(WHOLE.draft, ClientId(1), TODAY, account=account, wish=WHOLE.text, priority=1)
    assert (made.metric, made.amount, made.deadline, made.account_id) == ("audience", 300, DEADLINE, 7)
    assert (made.wish, made.priority, made.title, made.start) == (WHOLE.text, 1, "", TODAY)
    vague = goal_of(Draft(), ClientId(1), TODAY, account=account, wish="хочу раскрутиться")
    assert (vague.metric, vague.title, vague.kind) == (UNNAMED, "хочу раскрутиться", GoalKind.GAIN)
    sales = goal_of(Draft("vk", "sales", amount=5, topic="вазы"), ClientId(1), TODAY, account=account)
    assert (sales.network, sales.account_id, sales.topic) == (None, None, None)
    rate = goal_of(Draft(metric="posts", kind=GoalKind.KEEP_RATE, amount=3), ClientId(1), TODAY)
    assert rate.period is Period.WEEK


def test_one_of_two_networks_is_to_be_chosen() -> None:
    [wish] = read("1000 подписчиков в вк или телеге до 30.11", TODAY)
    both = replace(KNOWN, networks=("vk", "telegram"))
    found = letter(Letter.SPECIFIC, wish, both)
    assert (found.state, found.why) == (State.WEAK, Why.EITHER_NETWORK)
    assert found.facts["networks"] == ("vk", "telegram")
    readings = letter(Letter.MEASURABLE, wish, both).facts["readings"]
    assert isinstance(readings, tuple)
    assert {reading.network for reading in readings} == {"vk"}


def test_the_priority_of_the_topic_is_named_where_the_goal_is_not_linked() -> None:
    evidence = replace(KNOWN, priorities=("запись", "распродать"), priority=None, likely=2)
    found = check(WHOLE, evidence)[Letter.RELEVANT]
    assert (found.state, found.why) == (State.WEAK, Why.NO_LINK)
    assert (found.facts["rank"], found.facts["priority"]) == (2, "распродать")
