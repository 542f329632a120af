"""What the overview, the client and the goal screen have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from goals.board import Board, ClientGroup, GoalRow
from tui.commands import Area, bindings_of
from tui.sync_state import SyncState

if TYPE_CHECKING:
    from tui.services import Services


class Selection(NamedTuple):
    """What commands are about: a client and one of its goals, as far as there is one."""

    client_id: int | None
    goal: GoalRow | None


@dataclass
class OpenClient(Message):
    """A client is to be shown."""

    client_id: int


@dataclass
class OpenGoal(Message):
    """A goal is to be shown."""

    goal_id: int


class WorkScreen(Screen[None]):
    """A screen with a selected client or goal, on which the commands work."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.EVERYWHERE))

    board: reactive[Board | None] = reactive(None)
    sync_state: reactive[SyncState] = reactive(SyncState)

    def __init__(self, services: Services, board: Board | None = None) -> None:
        super().__init__()
        self.services = services
        self.set_reactive(WorkScreen.board, board)

    def selection(self) -> Selection:
        """What the commands are about just now."""
        raise NotImplementedError

    def go_back(self) -> None:
        """Leave the screen, or what is open on it."""
        self.dismiss()


def group_of(board: Board | None, client_id: int) -> ClientGroup | None:
    """A client with its goals; None where the board does not have it."""
    groups = board.groups if board else ()
    return next((group for group in groups if group.client.id == client_id), None)


def row_of(board: Board | None, goal_id: int) -> GoalRow | None:
    """A goal's row; None where the board does not have it."""
    groups = board.groups if board else ()
    return next((row for group in groups for row in group.goals if row.goal_id == goal_id), None)
