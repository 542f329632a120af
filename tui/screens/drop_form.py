"""A question before something is taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on

from tui.changes import Done, goal_undo
from tui.commands.command import Area, Command, commands_of
from tui.commands.form import Save
from tui.drawing.cells import cell
from tui.screens.form import FormScreen, Newest, NotSaved, read_newest
from tui.widgets.field import Field, text_field
from wording.goals import row_title
from wording.words import mark

if TYPE_CHECKING:
    from goals.board import GoalRow
    from goals.model import Goal
    from store.contract import Reader, Writer
    from tui.changes import Change
    from tui.services import Services


class ConfirmDrop(Save):
    """What saving means here, by its word in the footer."""

    short = mark("drop")


class DropForm(FormScreen):
    """Asks why a goal is dropped; the answer stays in its history."""

    commands: ClassVar[tuple[type[Command], ...]] = tuple(
        ConfirmDrop if command is Save else command for command in commands_of(Area.FORM)
    )

    def __init__(self, services: Services, goal: Goal, row: GoalRow) -> None:
        super().__init__(services, services.words.text("Drop the goal"))
        self.goal = goal
        self.goal_title = cell(row_title(services.words, row))

    def build(self) -> list[Field]:
        """The reason."""
        text = self.services.words.text
        return [text_field("why", text("why"), placeholder=text("the reason for the change"))]

    def check(self) -> Change | None:
        """Check the reason; what drops the goal, or None."""
        text = self.services.words.text
        why = self.value("why")
        self.judge("why", "" if why else text("say why in a few words: it stays in the goal's history"))
        self.verdict(text("{goal} leaves the list; its history stays", goal=self.goal_title))
        if not why:
            return None

        def save(writer: Writer) -> Done:
            dropped = replace(self.goal, dropped=True)
            writer.update_goal(dropped, author=self.services.author, now=self.services.now(), why=why)
            undo = goal_undo(self.services, writer, self.goal.id)
            return Done(text("Dropped: {goal}", goal=self.goal_title), undo)

        return save

    def newest(self, reader: Reader) -> Newest:
        """What became of the goal."""
        return read_newest(reader, self.goal)

    @on(NotSaved)
    def _take_newest(self, message: NotSaved) -> None:
        """After a conflict, the next save drops the goal as it has become."""
        if message.newest is not None:
            self.goal = message.newest.goal
