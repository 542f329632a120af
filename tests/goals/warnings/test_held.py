"""Since when a line holds, and for how many pieces, through the versions of an agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from goals.agreement.terms import Agreement, ContentLine, Dates, Hours, KpiLine, Terms, TopicLine
from goals.model import ClientId, GoalKind, Period
from goals.records import Acceptance
from goals.warnings.held import Held, held_lines

FIRST, SECOND, THIRD = date(2026, 10, 5), date(2026, 11, 16), date(2026, 11, 23)
BATCH = TopicLine("Старая партия", amount=12, format="post", period=Period.MONTH)
SHARE = replace(BATCH, amount=None, period=None, share=0.3)
TERM = "topic:старая партия:*:post"


def version(on: date | None, *topics: TopicLine, start: date | None = None, made: date = FIRST) -> Agreement:
    """A version with a yes on that day, or made on a day and without one."""
    terms = Terms(topics=topics, dates=Dates(start=start))
    made_at = datetime(made.year, made.month, made.day, tzinfo=UTC)
    yes = Acceptance("Ольга", on, "Мария", made_at) if on else None
    return Agreement(ClientId(7), 1, made_at, "Мария", "", terms, yes)


def since(*versions: Agreement) -> date:
    return held_lines(versions)[TERM].since


def test_a_line_holds_from_the_agreed_start_else_from_the_yes_else_from_its_day() -> None:
    assert since(version(SECOND, BATCH, start=FIRST)) == FIRST
    assert since(version(SECOND, BATCH)) == SECOND
    assert since(version(None, BATCH, made=THIRD)) == THIRD


@pytest.mark.parametrize(
    "second",
    [
        version(THIRD, BATCH),
        version(THIRD, BATCH, start=THIRD),
        version(THIRD, replace(BATCH, amount=20)),
        version(None, BATCH, made=THIRD),
    ],
)
def test_a_line_that_goes_on_counts_from_its_first_start(second: Agreement) -> None:
    assert since(version(SECOND, BATCH), second) == SECOND


@pytest.mark.parametrize("second", [version(FIRST, BATCH), version(THIRD, BATCH, start=FIRST)])
def test_a_line_that_is_dated_earlier_counts_from_then(second: Agreement) -> None:
    assert since(version(SECOND, BATCH), second) == FIRST


def test_what_a_later_version_adds_holds_from_the_yes_to_it() -> None:
    plain = version(FIRST, start=FIRST)
    added = version(SECOND, BATCH, start=FIRST)
    assert since(plain, added) == SECOND
    assert since(plain, added, version(THIRD, BATCH, start=FIRST)) == SECOND
    assert since(plain, version(THIRD, BATCH, start=SECOND)) == SECOND


@pytest.mark.parametrize("other", [(), (replace(BATCH, period=Period.WEEK),), (SHARE,)])
def test_what_was_left_out_or_counts_otherwise_begins_anew(other: tuple[TopicLine, ...]) -> None:
    assert since(version(FIRST, BATCH), version(SECOND, *other), version(THIRD, BATCH)) == THIRD


def test_a_share_goes_on_unless_it_is_raised() -> None:
    less, more = (replace(SHARE, share=share) for share in (0.2, 0.5))
    assert since(version(FIRST, SHARE), version(SECOND, less)) == FIRST
    assert since(version(FIRST, SHARE), version(SECOND, more)) == SECOND


def test_amounts_are_kept_with_their_days() -> None:
    more = replace(BATCH, amount=20)
    held = held_lines([version(FIRST, BATCH), version(SECOND, BATCH), version(THIRD, more)])
    assert held == {TERM: Held(more, FIRST, ((FIRST, 12), (THIRD, 20)))}


def test_lines_of_content_have_their_days_too() -> None:
    terms = Terms(content=(ContentLine("story", 3, period=Period.WEEK),))
    held = held_lines([replace(version(FIRST), terms=terms)])
    assert {term: line.since for term, line in held.items()} == {"content:*:story:week": FIRST}


def test_figures_and_hours_have_their_days_and_no_pieces() -> None:
    figure = KpiLine("audience", GoalKind.GAIN, "vk", amount=300, period=Period.MONTH)
    first = replace(version(FIRST), terms=Terms(kpis=(figure,), hours=Hours(30)))
    more = Terms(kpis=(replace(figure, amount=400), replace(figure, metric="leads")), hours=Hours(40))
    held = held_lines([first, replace(version(SECOND), terms=more)])
    assert {term: (line.since, line.amounts) for term, line in held.items()} == {
        "kpi:audience:vk:gain": (FIRST, ()),
        "kpi:leads:vk:gain": (SECOND, ()),
        "hours": (FIRST, ()),
    }
