"""One goal: where it stands in five lines, its plot, the posts that count, its changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from goals.model import GoalId
from store.errors import NotFoundError
from tui.commands import Area, bindings_of, commands_of
from tui.details import GoalDetail, read_goal
from tui.goal_texts import caption_text, posts_text, revisions_text, summary_text, title_of
from tui.jobs import start_job
from tui.screens.work import OpenClient, Selection, WorkScreen, group_of, row_of
from tui.widgets.heads import Crumbs, KeyBar
from tui.widgets.road_plot import RoadPlot

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from goals.board import Board
    from tui.services import Services


@dataclass
class GoalRead(Message):
    """What is known about the goal; None when it is no longer there."""

    goal_id: GoalId
    detail: GoalDetail | None


class GoalScreen(WorkScreen):
    """A goal's own screen."""

    AUTO_FOCUS = "#goal-page"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.GOAL))
    DEFAULT_CSS = """
    GoalScreen {
        & #goal-page { height: 1fr; scrollbar-size-vertical: 1; }
        & Static { padding: 0 1; height: auto; }
        & RoadPlot { height: 12; margin: 1 1 0 1; }
        &.-tall RoadPlot { height: 22; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (40, "-tall")]  # noqa: RUF012 - declared so by Textual

    def __init__(self, services: Services, goal_id: GoalId) -> None:
        super().__init__(services)
        words = services.words
        self.goal_id = goal_id
        self.detail: GoalDetail | None = None
        self.crumbs = Crumbs(words)
        self.summary = Static(markup=False)
        self.plot = RoadPlot(words)
        self.caption = Static(markup=False)
        self.posts = Static(markup=False)
        self.revisions = Static(markup=False)

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        yield self.crumbs
        with VerticalScroll(id="goal-page"):
            yield self.summary
            yield self.plot
            yield self.caption
            yield self.posts
            yield self.revisions
        yield KeyBar(self.services.words, commands_of(Area.GOAL, Area.EVERYWHERE))

    def watch_board(self, board: Board | None) -> None:
        """New figures: read the goal again."""
        if board is not None:
            self.crumbs.demo = board.demo
            start_job(self, self._read, group="goal", description="reading the goal")

    def _read(self) -> Message:
        services, goal_id = self.services, self.goal_id
        with services.open_reader() as reader:
            try:
                return GoalRead(goal_id, read_goal(services.words, reader, goal_id, services.now()))
            except NotFoundError:
                return GoalRead(goal_id, None)

    @on(GoalRead)
    def _show(self, message: GoalRead) -> None:
        detail = message.detail
        if message.goal_id != self.goal_id:
            return
        if detail is None:
            self.dismiss()
            return
        self.detail = detail
        words, today = self.services.words, detail.today
        self.crumbs.parts = (detail.client.name, title_of(words, detail))
        self.summary.update(summary_text(words, detail, today))
        self.plot.show(detail.road, today)
        self.caption.update(caption_text(words, detail.road))
        self.posts.update(posts_text(words, detail, today))
        self.revisions.update(revisions_text(words, detail, today, self.services.zone))

    def selection(self) -> Selection:
        """This goal."""
        row = row_of(self.board, self.goal_id) or (self.detail.row if self.detail else None)
        return Selection(row.client_id if row else None, row)

    def action_open_client(self) -> None:
        """Open the client of this goal."""
        if self.detail is not None:
            self.dismiss()
            self.post_message(OpenClient(self.detail.client.id))

    def action_neighbour(self, step: int) -> None:
        """To another goal of the client, by places in its list; after the last comes the first."""
        row = row_of(self.board, self.goal_id)
        group = group_of(self.board, row.client_id) if row else None
        if group is None:
            return
        if len(group.goals) == 1:
            self.notify(self.services.words.text("This client has no other goal"), markup=False)
            return
        ids = [each.goal_id for each in group.goals]
        self.goal_id = GoalId(ids[(ids.index(self.goal_id) + step) % len(ids)])
        self.query_one("#goal-page").scroll_home(animate=False)
        start_job(self, self._read, group="goal", description="reading the goal")

    def action_scroll_page(self, step: int) -> None:
        """Scroll by some lines."""
        self.query_one("#goal-page").scroll_relative(y=3 * step, animate=False)
