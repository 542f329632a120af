"""The calendar of content: a month by weeks, each day with what came out, is planned and lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType
from textual.color import Color
from textual.message import Message

from goals.model import Period
from goals.pace import period_of
from tui.client.month import DayKind
from tui.commands.command import Area, bindings_of
from tui.drawing.cells import cell, fit
from tui.widgets.block import Block, Row, folded
from tui.widgets.line import Span
from wording.agreements.phrases import weekday_text
from wording.content import post_kind_word
from wording.words import mark

if TYPE_CHECKING:
    from textual import events

    from goals.model import Post
    from tui.client.details import ClientMonth
    from tui.client.month import DayPlan, MonthPlan, Sum
    from wording.words import Words

DONE, PLANNED, MISSED, OPEN = "●", "○", "▲", "△"
#: How strongly a day is coloured by its first, second and further pieces.
_HEATS = (0.13, 0.22, 0.32)
_CELL, _LEAST_CELL = 9, 6
#: The cells of a week's sum at the end of its line.
_SUM, _LEAST_SUM = 12, 8
_POSTS_SHOWN = 3
_KINDS = {
    DayKind.OFF: mark("off"),
    DayKind.HOLIDAY: mark("hol."),
}


class HeatCalendar(Block):
    """A month of days; the day under the cursor is told in a sentence under it."""

    AREA: ClassVar[Area] = Area.CALENDAR
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.CALENDAR))

    @dataclass
    class MonthWanted(Message):
        """The month of this day is to be shown."""

        day: date

    def __init__(self, words: Words, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(words, id=id)
        self.month: ClientMonth | None = None
        self.day = date.min

    def show_month(self, month: ClientMonth) -> None:
        """Draw a month; the cursor stays on its day, else it goes to today or the month's nearest day."""
        plan = month.plan
        if self.day == date.min:
            self.day = plan.today
        self.day = min(max(self.day, plan.first), plan.days[-1].day)
        self.month = month
        self.title = self.words.text("Content: {month}", month=month_name(self.words, plan.first))
        self._draw()

    def _draw(self) -> None:
        month = self.month
        if month is not None:
            self.show(lambda width: list(self._lines(month, width)), _legend(self.words))

    def move_to(self, day: date) -> None:
        """Put the cursor on a day, of whichever month."""
        self.day = day
        if self.month is not None and self.month.plan.day(day) is None:
            self.post_message(self.MonthWanted(day))
        self._draw()

    def _lines(self, month: ClientMonth, width: int) -> Iterator[Row]:
        size = max(_LEAST_CELL, min(_CELL, (width - _LEAST_SUM) // 7))
        total = min(_SUM, width - 7 * size)
        names = "".join(fit(" " + weekday_text(self.words, number), size) for number in range(7))
        yield Row(((names, "dim"), (fit(" " + self.words.text("kept"), total), "dim")))
        for week, told in zip(month.plan.weeks, month.plan.sums, strict=True):
            spans = [span for plan in week for span in self._cell(plan, size, month.plan)]
            yield Row((*spans, _sum(self.words, week, told, month.plan.today, total)))
        plan = month.plan.day(self.day)
        if plan is not None:
            yield from self._told(plan, month, width)

    def _cell(self, plan: DayPlan | None, size: int, month: MonthPlan) -> Iterator[Span]:
        """A day in exactly `size` cells."""
        if plan is None:
            yield " " * size, ""
            return
        under = f"heat{min(plan.done, len(_HEATS))}" if plan.done else ""
        if plan.day == self.day:
            under = "picked" if self.has_focus else "pick"
        number = "strong" if plan.day == month.today else "" if plan.kind is DayKind.WORK else "dim"
        shown = [(f"{plan.day.day:>2}", number), *_marks(self.words, plan, month.today)]
        room = size - 1
        for text, ink in shown:
            if cell_len(text) <= room:
                yield text, _joined(ink, under)
                room -= cell_len(text)
        yield " " * room, under
        yield " ", ""

    def _told(self, plan: DayPlan, month: ClientMonth, width: int) -> Iterator[Row]:
        """The day under the cursor in a sentence, and its posts."""
        for place, line in enumerate(folded(day_sentence(self.words, plan, month.plan.today), width - 2)):
            yield Row((("› " if not place else "  ", "dim"), (line, "")))
        posts = month.posts.get(plan.day, ())
        for post in posts[:_POSTS_SHOWN]:
            yield Row(((f"  {fit(_post_text(self.words, post), width - 2)}", "dim"),))
        more = len(posts) - _POSTS_SHOWN
        if more > 0:
            yield Row((("  " + self.words.text("and {n} more: Enter", n=more), "dim"),))

    def styles_of(self) -> dict[str, Style]:
        """The colours of the theme, with those of days."""
        styles = super().styles_of()
        if "pick" not in styles:
            styles |= _heat_styles(self.app.theme_variables, styles)
        return styles

    def on_focus(self) -> None:
        """Mark the day as the one that keys are about."""
        self._draw()

    def on_blur(self) -> None:
        """Mark it less."""
        self._draw()

    def action_day(self, step: int) -> None:
        """Move the cursor by days."""
        self.move_to(self.day + timedelta(days=step))

    def action_month(self, step: int) -> None:
        """Show the next month or the one before, the cursor on the same day of it."""
        first, last = period_of(Period.MONTH, self.day)
        other = last + timedelta(days=1) if step > 0 else first - timedelta(days=1)
        begin, end = period_of(Period.MONTH, other)
        self.move_to(min(begin + timedelta(days=self.day.day - 1), end))

    def action_home(self) -> None:
        """Back to today."""
        if self.month is not None:
            self.move_to(self.month.plan.today)

    def action_open(self) -> None:
        """The posts of the day."""
        self.post_message(self.Opened(self, self.day))

    def on_click(self, event: events.Click) -> None:
        """One click moves the cursor to a day; two show its posts."""
        if self.month is None:
            return
        size = max(_LEAST_CELL, min(_CELL, (self.content_width - _LEAST_SUM) // 7))
        week, place = event.y - 2, (event.x - 1) // size
        weeks = self.month.plan.weeks
        plan = weeks[week][place] if 0 <= week < len(weeks) and 0 <= place < 7 else None
        if plan is not None:
            self.move_to(plan.day)
            if event.chain >= 2:
                self.action_open()


def month_name(words: Words, day: date) -> str:
    """The month of a day as a heading has it: «ноябрь 2026»."""
    from babel.dates import format_date

    return str(format_date(day, "LLLL y", locale=words.lang))


def day_sentence(words: Words, plan: DayPlan, today: date) -> str:
    """All that the calendar says of a day: «пн 23.11: вышло 2, в плане 1; обещано 3, не хватает 1»."""
    parts = [words.text("out: {n}", n=plan.done)] if plan.day <= today else []
    if plan.planned or plan.day > today:
        parts.append(words.text("planned: {n}", n=plan.planned))
    if plan.due:
        parts.append(words.text("promised: {n}", n=plan.due))
    if plan.lacking:
        parts.append(words.text("lacking: {n}", n=plan.lacking))
    if plan.kind is DayKind.OFF:
        whose = words.text("day off of all clients") if plan.for_all else words.text("day off")
        is_told = plan.reason.casefold() not in {"", whose.casefold()}
        parts.append(f"{whose}: {cell(plan.reason)}" if is_told else whose)
    elif plan.kind is not DayKind.WORK:
        word = words.text("public holiday") if plan.kind is DayKind.HOLIDAY else words.text("no working day")
        parts.append(word)
    head = f"{weekday_text(words, plan.day.weekday())} {words.day(plan.day, today)}"
    return f"{head}: {', '.join(parts)}"


def _post_text(words: Words, post: Post) -> str:
    text = cell(post.text) or cell(post.url) or words.text("without text")
    return f"{post_kind_word(words, post.kind)}: {text}"


def _marks(words: Words, plan: DayPlan, today: date) -> Iterator[Span]:
    """The signs of a day with their numbers; what matters most first, for what does not fit is left out."""
    if plan.done:
        yield f"{DONE}{_digit(plan.done)}", "good"
    if plan.lacking:
        late = plan.day < today
        yield f"{MISSED if late else OPEN}{_digit(plan.lacking)}", "bad" if late else "behind"
    if plan.planned:
        yield f"{PLANNED}{_digit(plan.planned)}", "calm"
    if plan.kind in _KINDS:
        yield " " + words.text(_KINDS[plan.kind]), "dim"


def _digit(number: int) -> str:
    return str(number) if number < 10 else "+"


def _sum(words: Words, week: Sequence[DayPlan | None], told: Sum, today: date, size: int) -> Span:
    """A week's sum: how much of what was promised for it is out or planned."""
    if not told.due:
        return " " * size, ""
    last = max(plan.day for plan in week if plan is not None)
    ink = "good" if told.kept == told.due else "bad" if last < today else "behind"
    return fit(" " + words.text("{n} of {total}", n=told.kept, total=told.due), size), ink


def _legend(words: Words) -> str:
    told = (
        (DONE, words.text("out")),
        (PLANNED, words.text("plan")),
        (MISSED, words.text("lacked")),
        (OPEN, words.text("no plan yet")),
    )
    return "  ".join(f"{sign} {name}" for sign, name in told)


def _joined(*inks: str) -> str:
    return "+".join(ink for ink in inks if ink)


def _heat_styles(variables: Mapping[str, str], styles: Mapping[str, Style]) -> dict[str, Style]:
    """The grounds of days; a terminal of few colours has only the cursor's."""
    found = {"pick": styles["cursor"], "picked": styles["focus"]}
    ground, warm = (Color.parse(variables[name].partition(" ")[0]) for name in ("background", "success"))
    for place, share in enumerate(_HEATS, 1):
        plain = ground.ansi is not None
        found[f"heat{place}"] = Style() if plain else Style(bgcolor=ground.blend(warm, share).rich_color)
    return found
