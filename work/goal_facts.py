"""The figures of a goal's page and what was agreed about it, each with its label."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from connectors.clean import clean
from goals.model import GoalKind, GoalStatus
from goals.pace import PROGRESS, is_falling
from wording.goals import chance_cell, done_cell, needed, reserve_cell
from wording.limits import exceeded, figure_text, rounds_to_nothing, shows_gain
from wording.topics import at_least
from wording.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goals.board import GoalRow
    from goals.revision import Revision
    from wording.words import Words
    from work.goal_page import Page


class Fact(NamedTuple):
    """A label, in English as it stands in the catalogues, and what is said under it."""

    label: str
    text: str


CHANCE = mark("Chance")
EASED = mark("Made easier")


def figures(words: Words, page: Page) -> Iterator[Fact]:
    """What is done, due and needed, the reserve and the chance; empty texts are left out."""
    return (fact for fact in _figures(words, page) if fact.text)


def _figures(words: Words, page: Page) -> Iterator[Fact]:
    row = page.row
    over = GoalStatus(row.status).is_over
    if row.current is not None or not page.goal.dropped:
        yield Fact(mark("Done so far"), done_text(words, page))
    yield Fact(mark("Kept"), page.kept)
    if not over and row.start <= page.today.toordinal():
        yield Fact(mark("Due by now"), _due(words, page))
    if over:
        return
    if row.needed_per_day:
        yield _needed(words, row)
    if row.due_today is not None:
        due = words.text("{n}, planned {planned}", n=row.due_today, planned=row.planned_today)
        yield Fact(mark("Today"), due)
    reserve = reserve_cell(words, row)
    if not exceeded(words, row) and reserve != "—":
        yield Fact(mark("Reserve"), reserve)
    yield Fact(CHANCE, chance_of(words, page))
    if page.falls_on is not None:
        day = words.day(page.falls_on, page.today)
        yield Fact(mark("Falls behind"), words.text("on {day}, at the pace of late", day=day))


def _needed(words: Words, row: GoalRow) -> Fact:
    """What each day has to bring; where that rounds to nothing, what is needed at all."""
    each = needed(words, row)
    if rounds_to_nothing(each) and row.current is not None and row.target is not None:
        return Fact(mark("Still needed"), words.number(row.target - row.current))
    return Fact(mark("Needed a day"), each)


def done_text(words: Words, page: Page) -> str:
    """What is done of how much: «+212 из +300 (71 %): было 4 812, сейчас 5 024, цель 5 112»."""
    row = page.row
    if row.current is None:
        return words.text("no figures yet")
    over = exceeded(words, row)
    now, parts = figure_text(words, row, row.current), []
    if shows_gain(row) and row.amount is not None:
        said = words.text("{n} of {total}", n=done_cell(words, row), total=_amount(words, page))
        parts = [words.text("{n} now", n=now)]
        if row.baseline is not None:
            parts.insert(0, words.text("from {n}", n=figure_text(words, row, row.baseline)))
        if row.target is not None:
            parts.append(words.text("target {n}", n=figure_text(words, row, row.target)))
    elif row.target is None:
        said = now
    elif row.kind == GoalKind.AVERAGE:
        said = words.text("{n} now, target {total}", n=now, total=figure_text(words, row, row.target))
    else:
        said = words.text("{n} of {total}", n=now, total=figure_text(words, row, row.target))
    if row.progress is not None and PROGRESS[GoalKind(row.kind)].by_road:
        said += f" ({words.percent(row.progress)})"
    lines = [f"{said}: {', '.join(parts)}" if parts else said]
    if over:
        lines.append(over[:1].upper() + over[1:])
    if page.missing:
        lines.append(at_least(words, row.current, page.missing, page.today))
    return "\n".join(lines)


def _amount(words: Words, page: Page) -> str:
    row = page.row
    amount = words.signed(row.amount or 0.0)
    return words.text("{n}%", n=amount) if row.kind == GoalKind.GAIN_PERCENT else amount


def _due(words: Words, page: Page) -> str:
    """What should be done by now: «73 %: 5 031»."""
    row = page.row
    if not row.expected or row.target is None or not PROGRESS[GoalKind(row.kind)].by_road:
        return ""
    start = (row.baseline or 0.0) if shows_gain(row) or row.kind == GoalKind.REACH_LEVEL else 0.0
    figure = figure_text(words, row, start + row.expected * (row.target - start))
    return words.text("{share} of the way: {n}", share=words.percent(row.expected), n=figure)


def chance_of(words: Words, page: Page) -> str:
    """The chance with the band in which the figure most likely ends; empty where there is none."""
    row = page.row
    if row.chance is None:
        return ""
    chance = chance_cell(words, row)
    if is_falling(row):
        chance = words.text("{chance}, a rough one", chance=chance)
    if page.band is None:
        return chance
    low, high = (figure_text(words, row, end) for end in page.band)
    return words.text(
        "{chance}; most likely {low}–{high} on the last day (80 %)",
        chance=chance,
        low=low,
        high=high,
    )


def agreed(words: Words, page: Page, not_yet: str) -> Iterator[Fact]:
    """What was agreed: the priority, the line, who said yes; `not_yet` says what to do where nobody did."""
    goal = page.goal
    if goal.priority is not None:
        name = page.priority or words.text("not in the agreement any more")
        yield Fact(mark("Priority"), f"{goal.priority} {name}")
    if page.line:
        yield Fact(mark("Agreement"), page.line)
    yield Fact(mark("Agreed"), _yes(words, page) or not_yet)
    if page.eased:
        yield Fact(EASED, _eased(words, page))
    if goal.wish:
        yield Fact(mark("As it was said"), f"«{clean(goal.wish)}»")


def _yes(words: Words, page: Page) -> str:
    goal = page.goal
    if goal.agreed_on is None:
        return ""
    day = words.day(goal.agreed_on, page.today)
    said = f"{clean(goal.agreed_by)}, {day}" if goal.agreed_by else day
    if not page.changed:
        return said
    return words.text(
        "changed without the client's yes on {days} (the yes before: {said})",
        days=_days(words, page, page.changed),
        said=said,
    )


def _eased(words: Words, page: Page) -> str:
    return words.plural(
        "{n} time without the client's yes: {days}",
        "{n} times without the client's yes: {days}",
        len(page.eased),
        days=_days(words, page, page.eased),
    )


def _days(words: Words, page: Page, revisions: Iterable[Revision]) -> str:
    """The client's local days of changes."""
    zone = ZoneInfo(page.client.timezone)
    days = (words.day(revision.made_at.astimezone(zone).date(), page.today) for revision in revisions)
    return ", ".join(dict.fromkeys(days))
