"""What if: amount, date and weekly rate in a row that arrows move, and the chance under them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from goals.evaluate import UNLIKELY_CHANCE
from goals.measure import counted_from_zero
from goals.metrics import METRICS, Nature
from goals.pace import target_of
from goals.smart import GOOD_CHANCE
from tui.commands.command import Area, bindings_of
from tui.drawing.bar import Role, draw
from tui.drawing.fan import Part, fan
from tui.goal.editor_texts import LEAD, amount_text
from wording.smart import chance_text, dated, target_text
from work.goal_draft import Answers, Said
from work.what_if import rate_of, with_amount_moved, with_date_moved, with_rate_moved

if TYPE_CHECKING:
    from textual.binding import BindingType

    from wording.words import Words

_BAR_WIDTH = 24
_LEAST_FAN, _MOST_FAN = 12, 48
_FAN = {
    Part.WAY: "$foreground-muted",
    Part.BAND: "$primary",
    Part.MIDDLE: "$text-primary",
    Part.TARGET: "bold",
}


class WhatIf(Widget, can_focus=True):
    """Draws a goal's three figures and its chance; where the keys move a figure, the screen takes it.

    `lead` is how many cells stand before the figures.
    """

    AREA: ClassVar[Area] = Area.WHAT_IF
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.WHAT_IF))
    DEFAULT_CSS = """
    WhatIf { height: 3; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    WhatIf:focus { background: $boost; }
    """

    said: reactive[Said | None] = reactive(None)

    @dataclass
    class Moved(Message):
        """A key has moved the amount or the deadline (None: stays)."""

        amount: float | None
        deadline: date | None

    def __init__(self, words: Words, today: date, lead: int = LEAD) -> None:
        super().__init__()
        self.words = words
        self.today = today
        self.lead = lead

    def action_move_amount(self, steps: int) -> None:
        """Make the amount larger or smaller."""
        if self.said is not None:
            self._move(with_amount_moved(self.said, Answers(), steps))

    def action_move_date(self, days: int) -> None:
        """Move the deadline."""
        if self.said is not None:
            self._move(with_date_moved(self.said, Answers(), days, self.today))

    def action_move_rate(self, steps: int) -> None:
        """Make it more or less a week."""
        if self.said is not None:
            self._move(with_rate_moved(self.said, Answers(), steps, self.today))

    def _move(self, answers: Answers) -> None:
        self.post_message(self.Moved(answers.amount, answers.deadline))

    def render(self) -> Content:
        """Three lines; without a goal, what one may say."""
        said = self.said
        if said is None:
            return self._examples()
        lines = [self._figures(said), self._chance(said), self._fan(said)]
        return Content("\n").join(lines)

    def _head(self, name: str) -> Content:
        return Content.assemble((f"  {name}".ljust(self.lead), "$foreground-muted"))

    def _examples(self) -> Content:
        text = self.words.text
        examples = (
            text("12 posts and 6 stories about the sale by 15.12"),
            text("engagement of 3 % in VK by the end of the month"),
            text("120K of income in December"),
        )
        heads = (self._head(text("or so")), self._head(""), self._head(""))
        lines = (head + Content(each) for head, each in zip(heads, examples, strict=True))
        return Content("\n").join(lines)

    def _figures(self, said: Said) -> Content:
        """Amount, date and rate, with the keys that move each."""
        words, text, at = self.words, self.words.text, self.has_focus
        colour = "bold $text-accent" if at else ""
        deadline = said.draft.deadline
        day = dated(words, deadline, self.today) if deadline else text("which day?")
        rate = rate_of(said, self.today)
        head = text("what if")
        parts: list[Content | tuple[str, str]] = [
            ((("▸ " if at else "  ") + head).ljust(self.lead), ""),
            ("← ", "$foreground-muted"), (amount_text(words, said), colour), (" →", "$foreground-muted"),
            ("   ↓ ", "$foreground-muted"), (day, colour), (" ↑", "$foreground-muted"),
        ]  # fmt: skip
        if rate is not None:
            shown = text("{n} a week", n=words.number(rate, 0 if rate >= 10 else 1))
            parts += [("   − ", "$foreground-muted"), (shown, colour), (" +", "$foreground-muted")]
        return Content.assemble(*parts)

    def _chance(self, said: Said) -> Content:
        """The chance as a bar and in per cent."""
        head, found = self._head(self.words.text("chance")), said.outlook
        chance = found.outlook.chance if found is not None else None
        if chance is None:
            return head + Content.styled(self._no_chance(said), "$foreground-muted")
        colour = (
            "$text-success"
            if chance >= GOOD_CHANCE
            else "$text-warning"
            if chance >= UNLIKELY_CHANCE
            else "$text-error"
        )
        bar = [
            (piece.text, colour if piece.role is Role.DONE else "$foreground-muted")
            for piece in draw(chance, None, _BAR_WIDTH)
        ]
        return head + Content.assemble(*bar, (f" {chance_text(self.words, chance)}", f"bold {colour}"))

    def _no_chance(self, said: Said) -> str:
        metric = said.draft.metric
        if metric is not None and METRICS[metric].nature is Nature.CONTENT:
            return self.words.text("your own work has none: mind the weekly rate")
        return "…" if said.waits else "—"

    def _fan(self, said: Said) -> Content:
        """From the figure of now to where it may end, beside the target."""
        found = said.outlook
        band = found.outlook.band if found is not None else None
        metric, start = said.draft.metric, _start_of(said)
        if band is None or metric is None or start is None:
            return Content("")
        words, now = self.words, start + said.done
        low, high = (target_text(words, value, metric, None) for value in band)
        left = target_text(words, now, metric, None)
        legend = words.text("likely {low}–{high}", low=low, high=high)
        room = self.size.width - self.lead - cell_len(left) - cell_len(legend) - 3
        if room < _LEAST_FAN:
            return self._head("") + Content(legend)
        target = target_of(replace(said.goal, baseline=start))
        pieces = [(piece.text, _FAN[piece.part]) for piece in fan(now, band, target, min(room, _MOST_FAN))]
        return self._head(words.text("by then")) + Content.assemble(
            (f"{left} ", "$foreground-muted"), *pieces, f" {legend}"
        )


def _start_of(said: Said) -> float | None:
    """The figure that the way begins with; what adds up begins with nothing."""
    metric = said.draft.metric
    if metric is not None and counted_from_zero(METRICS[metric], said.goal.kind):
        return 0.0
    return said.baseline
