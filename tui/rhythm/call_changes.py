"""What is written at a call: decisions line by line, what they make of goals, notes; each with its undo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from store.days import today_of
from tui.changes import Done, Undo, goal_undo
from work.agreements import By
from work.call_goals import DecisionError, decision, goal_change
from work.calls import change_text, keep_call

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.dom import DOMNode

    from goals.model import Client
    from store.contract import Writer
    from tui.services import Services
    from work.call_goals import Said

#: «3=200», «3=31.12: ждём фото»: a goal's number, what becomes of it, and why.
_OF_GOAL = re.compile(r"\s*#?(\d+)\s*=\s*([^:]+?)\s*(?::\s*(.+))?", re.DOTALL)


@dataclass
class NotKept(Message):
    """Nothing was kept of what was typed, for this reason."""

    typed: str
    why: str


def read_decision(typed: str) -> list[Said]:
    """A typed line as what was decided: in words, or of a goal with its reason."""
    found = _OF_GOAL.fullmatch(typed)
    if found is None:
        return [decision(typed)]
    number, value, why = found.groups()
    return [*([decision(why)] if why else []), goal_change(f"{number}={value}")]


@dataclass(frozen=True, slots=True)
class Keeping:
    """A line that was typed at a call with a client: a decision, or (`is_note`) what else was said."""

    services: Services
    client: Client
    typed: str
    screen: DOMNode
    is_note: bool = False

    def __call__(self, writer: Writer) -> Done:
        """Keep the call, change the goals that it decided about, and say it."""
        services, words = self.services, self.services.words
        now = services.now()
        today = today_of(self.client, now)
        said = [] if self.is_note else read_decision(self.typed)
        by = By(words, services.author, now)
        try:
            kept = keep_call(
                writer,
                self.client,
                said,
                by,
                day=today,
                today=today,
                notes=self.typed if self.is_note else "",
            )
        except DecisionError as error:
            self.screen.post_message(NotKept(self.typed, error.message))
            return Done(words.text("{problem}. Write: a decision, or {examples}", problem=error.message,
                                   examples=self._examples()))  # fmt: skip
        told = [change_text(words, each, today) for each in kept.goals]
        sentence = words.text("Kept: {what}", what=" · ".join(told) or self.typed)
        undos = [found for each in kept.goals if (found := goal_undo(services, writer, each.after.id))]
        number = kept.call.id
        return Done(sentence, Undo(lambda later: self._take_back(later, number, undos, sentence)))

    def _examples(self) -> str:
        return self.services.words.text("3=200, 3=31.12, 3=yes, 3=drop")

    def _take_back(self, writer: Writer, number: int, undos: Sequence[Undo], sentence: str) -> str:
        with writer.together():
            for undo in undos:
                undo.work(writer)
            writer.remove_call(number)
        return self.services.words.text("{what}: taken back", what=sentence)
