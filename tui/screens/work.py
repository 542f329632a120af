"""What the overview, the client and the goal screen have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from goals.board import Board, ClientGroup, GoalRow
from tui.commands.command import Area, bindings_of
from tui.sync_state import SyncState
from tui.writing import Writing

if TYPE_CHECKING:
    from goals.model import ClientId
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


@dataclass
class OpenSection(Message):
    """A section is to be shown over this screen, to come back from."""

    name: str
    client_id: int | None


class WorkScreen(Screen[None]):
    """A screen with a selected client or goal, on which the commands work."""

    #: What can be done here beside what can be done everywhere.
    AREA: ClassVar[Area | None] = None
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.EVERYWHERE))

    board: reactive[Board | None] = reactive(None)
    sync_state: reactive[SyncState] = reactive(SyncState)

    def __init__(self, services: Services, board: Board | None = None) -> None:
        super().__init__()
        self.services = services
        self.set_reactive(WorkScreen.board, board)

    @property
    def writing(self) -> Writing:
        """The app, as what is written through."""
        app = self.app
        if not isinstance(app, Writing):
            raise TypeError(type(app).__name__)
        return app

    def selection(self) -> Selection:
        """What the commands are about just now."""
        raise NotImplementedError

    def go_back(self) -> None:
        """Leave the screen, or what is open on it."""
        self.dismiss()


class SectionScreen(WorkScreen):
    """A screen that a key opens from everywhere; another section takes its place.

    `client_id` is the client that the cursor was on; None where it was on none.
    """

    def __init__(self, services: Services, client_id: ClientId | None) -> None:
        super().__init__(services)
        self.client_id = client_id


def group_of(board: Board | None, client_id: int) -> ClientGroup | None:
    """A client with its goals; None where the board does not have it."""
    groups = board.groups if board else ()
    return next((group for group in groups if group.client.id == client_id), None)


def row_of(board: Board | None, goal_id: int) -> GoalRow | None:
    """A goal's row; None where the board does not have it."""
    groups = board.groups if board else ()
    return next((row for group in groups for row in group.goals if row.goal_id == goal_id), None)
