"""The five letters: each state of each letter, the order of questions, and the third of two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.draft import Draft, Letter, Wish
from goals.drafting import goal_of
from goals.effort import Effort, effort_of
from goals.measure import baseline_of
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
from goals.workcalendar import EVERYDAY
from tests.goals.build import DEADLINE, TODAY, goal, levels, published

KNOWN = Evidence(TODAY, networks=("vk",), baseline=4812.0)
WHOLE = Wish(
    "прирост 300 подписчиков в вк к концу месяца",
    Draft("vk", "audience", GoalKind.GAIN, 300, "people", deadline=DEADLINE),
)


def letter(of: Letter, wish: Wish = WHOLE, evidence: Evidence = KNOWN) -> Finding:
    return check(wish, evidence)[of]


def changed(**changes: object) -> Wish:
    return replace(WHOLE, draft=replace(WHOLE.draft, **changes))  # type: ignore[arg-type]


def growing(a_day: float, amount: float) -> Evidence:
    """An audience that grew by so many a day for 90 days, and a goal of so many more."""
    facts = levels([4000 + a_day * day for day in range(90)])
    subject = goal(amount=amount, start=TODAY, baseline=facts.days[-1].value)
    return replace(KNOWN, attainability=attainability(subject, facts, TODAY))


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


@pytest.mark.parametrize(
    ("a_day", "amount", "state", "why"),
    [
        (50.0, 100, State.OK, Why.LIKELY),
        (5.0, 35, State.WEAK, Why.AT_RISK),
        (5.0, 900, State.WEAK, Why.UNLIKELY),
    ],
)
def test_attainable_by_the_accounts_own_history(a_day: float, amount: float, state: State, why: Why) -> None:
    found = letter(Letter.ATTAINABLE, changed(amount=amount), growing(a_day, amount))
    assert (found.state, found.why) == (state, why), found.facts


def test_what_stands_there_already_is_no_goal() -> None:
    subject = goal(kind=GoalKind.REACH_LEVEL, amount=4100, start=TODAY)
    facts = levels([4000.0 + 5 * day for day in range(90)])
    evidence = replace(KNOWN, attainability=attainability(subject, facts, TODAY))
    assert letter(Letter.ATTAINABLE, changed(amount=4100), evidence).why is Why.ALREADY


def test_attainable_without_history_says_from_which_day_it_can_tell() -> None:
    facts = levels([4000.0, 4010.0, 4020.0])
    found = letter(
        Letter.ATTAINABLE,
        evidence=replace(KNOWN, attainability=attainability(goal(start=TODAY), facts, TODAY)),
    )
    assert (found.state, found.why, found.facts["missing"]) == (State.WEAK, Why.NO_HISTORY, 5)
    assert found.facts["from"] == TODAY + timedelta(days=5)


@pytest.mark.parametrize(
    ("effort", "state", "why"),
    [
        (Effort(2.0, 1.0, 1.5), State.OK, Why.EFFORT_FITS),
        (Effort(2.0, 0.5, 1.0), State.WEAK, Why.EFFORT_HARD),
        (Effort(2.0), State.WEAK, Why.NO_HISTORY),
    ],
)
def test_attainable_for_content_is_effort(effort: Effort, state: State, why: Why) -> None:
    wish = changed(metric="posts", kind=GoalKind.TOTAL_IN_PERIOD)
    found = letter(Letter.ATTAINABLE, wish, replace(KNOWN, effort=effort))
    assert (found.state, found.why) == (state, why)


def test_an_absurd_wish_is_missing_until_history_says_otherwise() -> None:
    absurd = replace(WHOLE, missing=(Letter.ATTAINABLE,))
    assert letter(Letter.ATTAINABLE, absurd).why is Why.ABSURD
    assert letter(Letter.ATTAINABLE, absurd, growing(50.0, 100)).why is Why.LIKELY


def test_without_number_or_date_attainability_waits() -> None:
    assert letter(Letter.ATTAINABLE, changed(amount=None)).why is Why.NOT_YET
    assert letter(Letter.ATTAINABLE, changed(deadline=None)).why is Why.NOT_YET
    assert letter(Letter.ATTAINABLE).why is Why.NOT_FORECAST
    own = replace(KNOWN, own=True)
    assert letter(Letter.ATTAINABLE, evidence=own).why is Why.OWN_NOT_FORECAST


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
    assert weighed(wish, 4812.0) == Wish("1000 подписчиков", gain)
    assert weighed(wish, 400.0) == wish
    assert weighed(wish, None) == wish
    assert weighed(replace(wish, alternatives=()), 4812.0).draft == level


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


def test_an_absurd_wish_that_history_calls_unlikely_is_missing() -> None:
    absurd = replace(changed(amount=900), missing=(Letter.ATTAINABLE,))
    found = letter(Letter.ATTAINABLE, absurd, growing(5.0, 900))
    assert (found.state, found.why) == (State.MISSING, Why.UNLIKELY)


def test_a_goal_of_the_next_month_starts_from_the_figures_of_now() -> None:
    days = [200.0] * 23 + [700.0] * 7
    subject = goal(
        "reach",
        GoalKind.GAIN_PERCENT,
        20,
        start=date(2026, 12, 1),
        deadline=date(2026, 12, 31),
        baseline=None,
    )
    assert baseline_of(subject, levels(days, TODAY - timedelta(days=1)), TODAY) == 700


def test_the_effort_of_content_is_told_by_working_days() -> None:
    weekly = [date(2026, 11, 2) + timedelta(days=n) for n in (0, 1, 2, 3, 4)]
    twelve = goal("posts", GoalKind.TOTAL_IN_PERIOD, 12, start=TODAY, baseline=None)
    found = effort_of(twelve, published(weekly), EVERYDAY, TODAY)
    assert found is not None
    assert (found.needed, found.most) == (2.0, 1.0)
    assert found.lately == pytest.approx(5 / 20)
    assert effort_of(twelve, published([]), EVERYDAY, TODAY) == Effort(2.0)
    rate = goal("posts", GoalKind.KEEP_RATE, 10, period=Period.WEEK, deadline=None, baseline=None)
    assert effort_of(rate, published(weekly), EVERYDAY, TODAY) == replace(found, needed=2.0)
    assert effort_of(goal(), levels([1.0]), EVERYDAY, TODAY) is None
    assert effort_of(replace(twelve, amount=None), published(weekly), EVERYDAY, TODAY) is None


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
