"""What a swap takes off and adds, summed over the goals, is what its draft says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from goals.agreement.shift import shifted, uneven
from goals.agreement.terms import Dates, Priority, Terms, TopicLine
from goals.model import ClientId, Goal, GoalId, GoalKind, Period
from goals.workcalendar import EVERYDAY
from work.agreements import follow

TODAY = date(2026, 11, 1)
MONTHS = ((TODAY, date(2026, 11, 30)), (date(2026, 12, 1), date(2026, 12, 31)))
NAMES = ("Партия", "Дегустации")
pieces = st.integers(1, 30)


def goal(place: int, month: int, amount: int) -> Goal:
    first, last = MONTHS[month]
    number = GoalId(place * 2 + month + 1)
    term = f"topic:{NAMES[place].casefold()}:*:post"
    return Goal(
        number, ClientId(1), "posts", GoalKind.TOTAL_IN_PERIOD, amount, first,
        topic=NAMES[place], deadline=last, priority=place + 1, term=term,
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.tuples(pieces, pieces), st.none() | pieces, st.none() | st.integers(0, 30))
def test_the_goals_give_up_and_get_what_the_draft_says(
    amounts: tuple[int, int], decided: int | None, done: int | None
) -> None:
    lines = tuple(
        TopicLine(name, amount=amount, format="post", period=Period.MONTH, priority=rank)
        for rank, (name, amount) in enumerate(zip(NAMES, amounts, strict=True), 1)
    )
    terms = Terms(priorities=tuple(map(Priority, NAMES)), topics=lines, dates=Dates(TODAY, renews=True))
    goals = [goal(place, month, amounts[place]) for place in (0, 1) for month in (0, 1)]
    amended = set()
    if decided is not None:
        goals[0] = replace(goals[0], amount=decided)
        amended = {str(goals[0].term)}
    figures = {} if done is None else {goals[0].id: float(done)}
    found = shifted(terms, (2, 1), goals, figures, TODAY)
    pairs = follow(terms, found.terms, goals, TODAY, EVERYDAY, amended)
    said, moved = uneven(found.moves, pairs), sum(move.a_month for move in found.moves)
    for _, last in MONTHS:
        more = [(new.amount or 0) - (old.amount or 0) for old, new in pairs if old.deadline == last]
        off, on = -sum(n for n in more if n < 0), sum(n for n in more if n > 0)
        assert said.get(last, (moved, moved)) == (off, on)
    assert not (decided is None and said), "only a decision makes the months differ"
