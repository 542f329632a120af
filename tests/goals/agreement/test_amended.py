"""What was decided about a line's goal since: it holds, and is told beside the line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from goals.agreement.amended import Amendment, amendments, with_amounts
from goals.agreement.terms import Dates, Hours, Terms, TopicLine
from goals.model import ClientId, Goal, GoalId, GoalKind, Period
from goals.revision import Revision

CALL, OTHER = date(2026, 11, 23), date(2026, 11, 20)
LINE = TopicLine("Партия", amount=12, format="post", until=date(2026, 11, 30))
TERMS = Terms(dates=Dates(date(2026, 11, 1)), topics=(LINE,), hours=Hours(30))
TERM = "topic:партия:*:post"
GOAL = Goal(
    GoalId(1),
    ClientId(1),
    "posts",
    GoalKind.TOTAL_IN_PERIOD,
    8,
    date(2026, 11, 1),
    deadline=date(2026, 11, 30),
    topic="Партия",
    term=TERM,
)


def revision(number: int = 1, on: date | None = CALL, undoes: int | None = None, **changes: str) -> Revision:
    pairs: dict[str, tuple[str | None, str | None]] = {name: ("?", new) for name, new in changes.items()}
    made = datetime(2026, 11, 23, 9, number, tzinfo=UTC)
    return Revision(GoalId(1), number, made, "Анна", "", on, pairs, undoes)


def found(*revisions: Revision, goal: Goal = GOAL, terms: Terms = TERMS) -> Amendment | None:
    return amendments(terms, [goal], {goal.id: revisions}, {CALL}).get(TERM)


def test_an_amount_of_a_call_is_told_with_its_day() -> None:
    known = found(revision(amount="8"))
    assert known is not None
    assert (known.amount, known.on, known.by_call, known.dropped) == ((8, 12), CALL, True, False)
    by_letter = found(revision(amount="8", on=OTHER))
    assert by_letter is not None
    assert (by_letter.on, by_letter.by_call) == (OTHER, False)


@pytest.mark.parametrize(
    "revisions",
    [
        (),
        (revision(amount="8", on=None),),
        (revision(amount="12"),),
        (revision(priority="2"),),
        (revision(amount="8"), revision(2, on=None, undoes=1, amount="12")),
        (revision(amount="8"), revision(2, amount="12")),
    ],
)
def test_what_nobody_agreed_or_what_the_line_says_is_no_amendment(revisions: tuple[Revision, ...]) -> None:
    assert found(*revisions) is None


def test_the_clients_last_word_counts_even_where_the_goal_was_changed_again_without_him() -> None:
    known = found(revision(amount="8"), revision(2, on=None, amount="5"), goal=replace(GOAL, amount=5))
    assert known is not None
    assert known.amount == (8, 12)


def test_a_later_deadline_and_a_goal_that_was_dropped() -> None:
    later = found(revision(deadline="2026-12-10"))
    assert later is not None
    assert (later.amount, later.deadline) == (None, (date(2026, 12, 10), date(2026, 11, 30)))
    assert (later.on, later.by_call) == (CALL, True), "the day of the yes, not the goal's first one"
    dropped = replace(GOAL, dropped=True)
    gone = found(revision(dropped="True"), goal=dropped)
    assert gone is not None
    assert (gone.dropped, gone.on) == (True, CALL)
    assert found(revision(dropped="True", on=None), goal=dropped) is None
    assert found(revision(dropped="True"), goal=GOAL) is None, "it was taken up again"


def test_a_newer_goal_of_the_same_days_takes_the_place_of_a_dropped_one() -> None:
    dropped, again = replace(GOAL, dropped=True), replace(GOAL, id=GoalId(2), amount=12)
    december = replace(again, start=date(2026, 12, 1), deadline=date(2026, 12, 31))
    revisions = {GOAL.id: [revision(dropped="True")]}
    assert amendments(TERMS, [dropped, again], revisions, {CALL}) == {}
    assert TERM in amendments(TERMS, [dropped, december], revisions, {CALL})


def test_a_goal_that_began_before_the_agreement_is_held_against_its_first_month() -> None:
    early = replace(GOAL, start=date(2026, 9, 1))
    known = found(revision(amount="8"), goal=early)
    assert known is not None
    assert known.amount == (8, 12)


def test_what_was_decided_about_all_days_of_a_line_is_taken_in_and_about_a_month_stays_there() -> None:
    held = {TERM: Amendment(TERM, GOAL, CALL, by_call=True, amount=(8, 12))}
    assert [line.amount for line in with_amounts(TERMS, held).topics] == [8]
    for other in (replace(held[TERM], dropped=True), replace(held[TERM], until=GOAL.deadline)):
        assert with_amounts(TERMS, {TERM: other}) == TERMS


def test_what_was_decided_about_a_share_of_a_month_says_nothing_of_the_line() -> None:
    monthly = replace(LINE, until=None, period=Period.MONTH)
    terms = Terms(topics=(monthly,))
    share = replace(GOAL, start=date(2026, 11, 16), amount=6)
    changed = replace(revision(), changes={"amount": ("6", "8")})
    known = found(changed, goal=share, terms=terms)
    assert known is not None
    assert (known.amount, known.partial) == ((8, 6), True)
    assert known.until == GOAL.deadline
