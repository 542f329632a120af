"""The agreement card: what was promised line by line, and how far it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len

from goals.model import GoalStatus
from tui.drawing import bar
from tui.drawing.cells import cell, fit
from tui.overview.shares import shares
from tui.widgets.block import Row
from tui.widgets.goal_strips import TONES
from wording.agreements.lists import line_texts
from wording.agreements.phrases import percent_text
from wording.goals import GLYPHS, done_cell, reserve_cell, standing_word

if TYPE_CHECKING:
    from goals.agreement.terms import Terms
    from goals.warnings.coverage import Coverage
    from tui.client.promises import Card, Promise
    from tui.widgets.line import Span
    from wording.words import Words

_BAR, _LEAST_TITLE = 10, 22


def agreement_note(words: Words, card: Card | None, today: date) -> str:
    """The version in force and the client's yes: «версия 2, да: Ольга 02.11»."""
    if card is None:
        return ""
    agreement = card.agreement
    yes = agreement.acceptance
    said = words.text("version {n}", n=agreement.version)
    if yes is None:
        said += words.text(", no yes yet")
    else:
        said += words.text(", yes: {name} {day}", name=cell(yes.by), day=words.day(yes.on, today))
    if card.newest != agreement.version:
        said += words.text(" · version {n} waits for a yes", n=card.newest)
    return said


def agreement_rows(words: Words, card: Card | None, width: int) -> list[Row]:
    """The priorities, then each line with what was done of it; unmet ones with a bar, and first."""
    if card is None:
        said = words.text("Nothing is agreed yet: a writes it down")
        return [Row(((said, "dim"),), "none")]
    terms = card.agreement.terms
    rows = [
        Row(((f"{rank} ", "key"), (fit(cell(priority.text), width - 2).rstrip(), "")))
        for rank, priority in enumerate(terms.priorities, 1)
    ]
    texts = line_texts(words, _without_ranks(terms))
    ordered = sorted(card.promises, key=lambda each: not each.is_short)
    told = [(each, texts.get(each.term, each.term), _figures(words, each)) for each in ordered]
    size = max((cell_len(figures) for _, _, figures in told), default=0)
    longest = max((cell_len(title) for _, title, _ in told), default=0)
    room = min(width - 2 - 2 - _BAR - 2 - size, max(longest, _LEAST_TITLE))
    for promise, title, figures in told:
        rows += _promise_rows(card, promise, title, (figures, room), width)
    return rows


def _without_ranks(terms: Terms) -> Terms:
    """The terms without the priorities of their lines, which stand above them."""
    return replace(
        terms,
        topics=tuple(replace(line, priority=None) for line in terms.topics),
        content=tuple(replace(line, priority=None) for line in terms.content),
        kpis=tuple(replace(line, priority=None) for line in terms.kpis),
    )


def _promise_rows(
    card: Card, promise: Promise, title: str, beside: tuple[str, int], width: int
) -> Iterator[Row]:
    """«▲ Старая партия: 12 постов в месяц  ███▒░░┃░░  3/12 · в плане 2 · отстаём 4 дня», or on two lines.

    `beside` are the figures, and the cells that are left for the title before the bar and them.
    """
    glyph, tone = _glyph(promise)
    figures, room = beside
    drawn = promise_bar(promise, card.today) if promise.is_short else []
    ink = tone if promise.is_short else "dim"
    if room >= _LEAST_TITLE:
        spans: list[Span] = [(f"{glyph} ", tone), (fit(title, room), ""), ("  ", "")]
        spans += drawn or [(" " * _BAR, "")]
        yield Row((*spans, ("  ", ""), (figures, ink)), promise.term)
    else:
        yield Row(((f"{glyph} ", tone), (fit(title, width - 2).rstrip(), "")), promise.term)
        under = fit(figures, max(1, width - 2 - (_BAR + 2 if drawn else 0))).rstrip()
        yield Row((("  ", ""), *drawn, ("  " if drawn else "", ""), (under, ink)))
    decided = card.decided.get(promise.term)
    if decided:
        yield Row((("  " + fit(cell(decided), width - 2).rstrip(), "dim"),))


def _glyph(promise: Promise) -> tuple[str, str]:
    if promise.row is not None:
        status = GoalStatus(promise.row.status)
        if promise.is_short and TONES[status] not in {"behind", "bad"}:
            status = GoalStatus.BEHIND
        return GLYPHS[status], TONES[status]
    short = GoalStatus.BEHIND if promise.is_short else GoalStatus.ON_TRACK
    return GLYPHS[short], TONES[short]


def _figures(words: Words, promise: Promise) -> str:
    """What is done of the line, what is planned, and where that stands."""
    row, coverage = promise.row, promise.coverage
    parts: list[str] = []
    if row is None or (promise.goal_id is None and coverage is not None):
        parts.append(coverage_text(words, coverage) if coverage is not None else "")
    else:
        done = done_cell(words, row)
        if row.current is not None and row.target is not None and "/" not in done:
            target = row.target - (row.baseline or 0.0) if done[:1] in "+−" else row.target
            done = words.text("{n} of {total}", n=done, total=words.short_number(target))
        parts.append(words.text("no data") if row.current is None else done)
    if promise.planned:
        parts.append(words.text("planned {n}", n=promise.planned))
    if row is not None and promise.goal_id is not None:
        stands = reserve_cell(words, row)
        parts.append(standing_word(words, row) if stands == "—" else stands)
    return " · ".join(part for part in parts if part)


def coverage_text(words: Words, coverage: Coverage) -> str:
    """How far content is about a topic: «3 из 12, к сегодня 8», «18 % из 30 %», «10 дней ничего»."""
    if coverage.agreed_share is not None and coverage.done_share is not None:
        done, agreed = (percent_text(words, part) for part in (coverage.done_share, coverage.agreed_share))
        return words.text("{n} of {total}", n=done, total=agreed)
    if coverage.agreed is not None:
        said = words.text("{n} of {total}", n=coverage.done, total=coverage.agreed)
        return words.text("{said}, {n} by now", said=said, n=coverage.due) if coverage.is_short else said
    if coverage.is_idle and coverage.idle_days is not None:
        return words.plural("nothing for {n} day", "nothing for {n} days", coverage.idle_days)
    return words.text("{n} lately", n=coverage.done)


def promise_bar(promise: Promise, today: date, width: int = _BAR) -> list[Span]:
    """Done, then planned, against what was promised by now (┃); empty where the line has no amount."""
    progress, expected, planned = _fractions(promise, today)
    if progress is None:
        return []
    cells: list[tuple[str, str]] = []
    ink = _glyph(promise)[1]
    for piece in bar.draw(progress, expected, width):
        name = {bar.Role.DONE: ink, bar.Role.MARK: "mark", bar.Role.REST: "rest"}[piece.role]
        cells += [(char, name) for char in piece.text]
    first = next((place for place, (_, name) in enumerate(cells) if name == "rest"), width)
    until = min(width, round((max(progress, 0.0) + planned) * width)) if planned else 0
    for place in range(first, until):
        if cells[place][1] == "rest":
            cells[place] = ("▒", "calm")
    return cells


def _fractions(promise: Promise, today: date) -> tuple[float | None, float | None, float]:
    """The parts that are done, that were promised by now, and that are planned."""
    row, coverage = promise.row, promise.coverage
    if coverage is not None and (row is None or promise.goal_id is None):
        if coverage.agreed_share and coverage.done_share is not None:
            return coverage.done_share / coverage.agreed_share, 1.0, 0.0
        if coverage.agreed:
            whole = coverage.agreed
            return coverage.done / whole, coverage.due / whole, promise.planned / whole
    if row is None or row.status == GoalStatus.DRAFT:
        return None, None, 0.0
    progress, expected = shares(row, today)
    return progress, expected, promise.planned / row.target if row.target else 0.0
