"""A question before something is taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.cells import cell
from tui.screens.form import FormScreen
from tui.widgets.field import Field, text_field
from wording.goals import row_title

if TYPE_CHECKING:
    from goals.board import GoalRow
    from goals.model import Goal
    from store.contract import Writer
    from tui.services import Services


class DropForm(FormScreen):
    """Asks why a goal is dropped; the answer stays in its history."""

    def __init__(self, services: Services, goal: Goal, row: GoalRow) -> None:
        super().__init__(services, services.words.text("Drop the goal"))
        self.goal = goal
        self.goal_title = cell(row_title(services.words, row))

    def build(self) -> list[Field]:
        """The reason."""
        text = self.services.words.text
        return [text_field("why", text("why"), placeholder=text("the reason for the change"))]

    def check(self) -> Callable[[Writer], str] | None:
        """Check the reason; what drops the goal, or None."""
        text = self.services.words.text
        why = self.value("why")
        self.judge("why", "" if why else text("say why in a few words: it stays in the goal's history"))
        self.verdict(text("{goal} leaves the list; its history stays", goal=self.goal_title))
        if not why:
            return None

        def save(writer: Writer) -> str:
            dropped = replace(self.goal, dropped=True)
            writer.update_goal(dropped, author=self.services.author, now=self.services.now(), why=why)
            return text("Dropped: {goal}", goal=self.goal_title)

        return save
