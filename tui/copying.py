"""What can be copied to be sent: how a goal or a client stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.goal_commands import GoalCommands
from tui.jobs import start_job
from tui.screens.work import group_of

if TYPE_CHECKING:
    from textual.reactive import reactive

    from goals.board import Board


@dataclass
class Copied(Message):
    """A text for the clipboard."""

    text: str


class Copying(GoalCommands):
    """What the app copies."""

    board: reactive[Board | None]

    def action_copy_line(self) -> None:
        """Copy how the goal or the client under the cursor stands, to be sent as it is."""
        selection, board = self.selection(), self.board
        group = group_of(board, selection.client_id) if selection.client_id is not None else None
        if group is None:
            self.tell(
                self.services.words.text("Put the cursor on a goal or a client first"), severity="warning"
            )
            return
        services, row = self.services, selection.goal

        def work() -> Message:
            from store.days import today_of
            from wording.messenger import client_message, goal_message

            words, today = services.words, today_of(group.client, services.now())
            with services.open_reader() as reader:
                materials = reader.materials(group.client.id)
            if row is not None:
                return Copied(goal_message(words, row, materials, today))
            return Copied(client_message(words, group.client.name, group.goals, materials, today))

        start_job(self, work, group="copy", description="wording the line to copy")

    @on(Copied)
    def _copy(self, message: Copied) -> None:
        self.copy_to_clipboard(message.text)
        first, *more = message.text.splitlines()
        self.tell(self.services.words.text("Copied: {line}", line=f"{first} …" if more else first))
