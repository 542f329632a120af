"""One goal: where it stands, its plot and where it leads, its letters, posts, check-ins and changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message

from goals.model import ClientKind, GoalId, PostId
from store.errors import NotFoundError
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import EditGoal, Warnings
from tui.commands.goal import Agree, Answer, Sure
from tui.goal.details import GoalDetail, read_goal
from tui.goal.steps import AnswerBy, answer_by
from tui.goal.texts import (
    caption_rows,
    check_in_rows,
    fact_rows,
    head_rows,
    letter_rows,
    post_rows,
    revision_rows,
    title_of,
    warning_rows,
)
from tui.jobs import start_job
from tui.keyed import first_key
from tui.rewriting import Rewritten, telling
from tui.screens.work import OpenClient, Selection, WorkScreen, group_of, row_of
from tui.warnings.steps import step_text
from tui.widgets.block import Block
from tui.widgets.heads import Crumbs, KeyBar
from tui.widgets.road_plot import RoadPlot

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from goals.board import Board
    from goals.model import Post
    from goals.revision import Revision
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from tui.posts.changes import Marks
    from tui.posts.lines import PostLine
    from tui.screens.form import FormScreen
    from tui.services import Services

#: The blocks that the cursor comes to, and those that are only read.
_PARTS = ("warnings", "letters", "posts", "check-ins", "revisions")
_READ_ONLY = ("head", "caption", "facts")
#: From this width on the letters stand beside the plot.
_WIDE = 120
_LEAST_PLOT, _MOST_PLOT = 10, 34


@dataclass
class GoalRead(Message):
    """What is known about the goal; None when it is no longer there."""

    goal_id: GoalId
    detail: GoalDetail | None


@dataclass
class MarkingRead(Message):
    """What is said of a post, and the topics of its client."""

    line: PostLine
    topics: tuple[str, ...]


class Side(Vertical):
    """One of two columns; tells when it has another size."""

    @dataclass
    class Resized(Message):
        """The column has another size."""

    def on_resize(self) -> None:
        """Tell it."""
        self.post_message(self.Resized())


class GoalScreen(WorkScreen):
    """A goal's own screen: parts of a page, side by side where there is room."""

    AREA: ClassVar[Area | None] = Area.GOAL
    AUTO_FOCUS = "RoadPlot"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.GOAL))
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - declared so by Textual
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012
    DEFAULT_CSS = """
    GoalScreen {
        & #goal-page { height: 1fr; scrollbar-size-vertical: 1; }
        & #head, & #warnings, & #caption { margin: 0; }
        & .columns { height: auto; layout: vertical; }
        & .columns > Vertical { height: auto; width: 1fr; }
        & RoadPlot { padding: 0 1; }
        &.-tall #warnings, &.-tall RoadPlot { margin: 1 0 0 0; }
        &.-wide .columns { layout: horizontal; }
        &.-wide .right { width: 2fr; max-width: 84; margin: 0 0 0 1; }
        &.-wide .left { width: 3fr; }
    }
    """

    def __init__(self, services: Services, goal_id: GoalId) -> None:
        super().__init__(services)
        words, text = services.words, services.words.text
        self.goal_id = goal_id
        self.detail: GoalDetail | None = None
        self.crumbs = Crumbs(words)
        self.plot = RoadPlot(words, id="plot")
        titles = {
            "letters": text("Five letters"),
            "facts": text("Figures and agreement"),
            "posts": text("Posts that count"),
            "check-ins": text("Check-ins"),
            "revisions": text("Changes"),
        }
        self.blocks = {name: Block(words, titles.get(name, ""), id=name) for name in (*_PARTS, *_READ_ONLY)}
        for name in _READ_ONLY:
            self.blocks[name].can_focus = False

    def compose(self) -> ComposeResult:
        """The page from top to bottom; on a wide screen what is said stands beside the plot."""
        blocks = self.blocks
        yield self.crumbs
        with VerticalScroll(id="goal-page", can_focus=False):
            yield blocks["head"]
            yield blocks["warnings"]
            with Vertical(classes="columns"):
                with Side(classes="left"):
                    yield self.plot
                    yield blocks["caption"]
                with Side(classes="right"):
                    yield blocks["letters"]
                    yield blocks["facts"]
            with Vertical(classes="columns"):
                with Vertical(classes="left"):
                    yield blocks["posts"]
                with Vertical(classes="right"):
                    yield blocks["check-ins"]
                    yield blocks["revisions"]
        yield KeyBar(self.services.words, commands_of(Area.GOAL, Area.EVERYWHERE))

    def watch_board(self, board: Board | None) -> None:
        """New figures: read the goal again."""
        if board is not None:
            self.crumbs.demo = board.demo
            self._read_again()

    @on(Rewritten)
    def _read_again(self) -> None:
        start_job(self, self._read, group="goal", description="reading the goal")

    def _read(self) -> Message:
        services, goal_id = self.services, self.goal_id
        with services.open_reader() as reader:
            try:
                detail = read_goal(services.words, reader, goal_id, services.now(), services.offers)
            except NotFoundError:
                return GoalRead(goal_id, None)
        return GoalRead(goal_id, detail)

    @on(GoalRead)
    def _show(self, message: GoalRead) -> None:
        if message.goal_id != self.goal_id:
            return
        if message.detail is None:
            self.dismiss()
            return
        self.detail = detail = message.detail
        words, blocks, key = self.services.words, self.blocks, partial(first_key, self)
        self.crumbs.parts = (detail.page.client.name, title_of(words, detail))
        blocks["head"].show(partial(head_rows, words, detail, key(EditGoal)))
        client = detail.page.client

        def step(warning: Warning) -> str:
            own = client.kind is ClientKind.SELF
            return step_text(words, warning, client.name, key, Area.GOAL, own=own)

        blocks["warnings"].show(partial(warning_rows, words, detail, step, key(Warnings)))
        self.plot.show(detail.road)
        blocks["caption"].show(partial(caption_rows, words, detail.road))
        blocks["caption"].display = not detail.road.is_empty
        blocks["letters"].show(partial(letter_rows, words, detail, key(Answer)))
        blocks["facts"].show(partial(fact_rows, words, detail, key(Agree)))
        blocks["posts"].show(partial(post_rows, words, detail), self._posts_note(detail))
        blocks["check-ins"].show(partial(check_in_rows, words, detail, key(Sure)))
        blocks["revisions"].show(partial(revision_rows, words, detail))

    @on(Side.Resized)
    def _fit_plot(self) -> None:
        """Beside the letters the plot is as high as they are; alone it leaves room for them."""
        caption = self.blocks["caption"].size.height
        if self.size.width >= _WIDE:
            beside = self.query_one(".right").size.height - caption - 1
            height = max(_LEAST_PLOT, min(_MOST_PLOT, max(beside, self.size.height // 2)))
        else:
            height = max(_LEAST_PLOT, min(_MOST_PLOT, self.size.height * 2 // 5 + 1))
        self.plot.styles.height = height

    def _posts_note(self, detail: GoalDetail) -> str:
        """How many posts there are beside those that are listed."""
        count = len(detail.page.posts)
        return self.services.words.plural("{n} piece", "{n} pieces", count) if count else ""

    def selection(self) -> Selection:
        """This goal."""
        row = row_of(self.board, self.goal_id) or (self.detail.row if self.detail else None)
        return Selection(row.client_id if row else None, row)

    def action_open_client(self) -> None:
        """Open the client of this goal; on a post, its link."""
        if self.blocks["posts"].has_focus:
            self._open_link()
        elif self.detail is not None:
            self.dismiss()
            self.post_message(OpenClient(self.detail.page.client.id))

    def action_neighbour(self, step: int) -> None:
        """To another goal of the client, by places in its list; after the last comes the first."""
        row = row_of(self.board, self.goal_id)
        group = group_of(self.board, row.client_id) if row else None
        if group is None:
            return
        if len(group.goals) == 1:
            self.writing.tell(self.services.words.text("This client has no other goal"))
            return
        ids = [each.goal_id for each in group.goals]
        self.goal_id = GoalId(ids[(ids.index(self.goal_id) + step) % len(ids)])
        self.plot.focus()
        self.query_one("#goal-page").scroll_home(animate=False)
        self._read_again()

    def action_scroll_page(self, lines: int) -> None:
        """Scroll by some lines."""
        self.query_one("#goal-page").scroll_relative(y=lines, animate=False)

    def action_part(self, step: int) -> None:
        """To the next part of the page, or the one before."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    @on(Block.Left)
    def _leave_block(self, message: Block.Left) -> None:
        self.action_part(message.step)

    @on(Block.Opened)
    async def _open_row(self, message: Block.Opened) -> None:
        name = message.block.id
        if name == "posts":
            self._open_link()
        elif name == "warnings":
            await self.run_action("app.section('warnings')")
        elif name == "letters":
            await self.action_answer()
        elif name == "revisions":
            self._tell_revision(message.key)
        else:
            self.action_check_in()

    def _post(self) -> Post | None:
        """The post under the cursor."""
        key = self.blocks["posts"].key
        posts = [row.post for row in self.detail.page.posts] if self.detail else []
        return next((post for post in posts if key == ("post", int(post.id))), None)

    def _open_link(self) -> None:
        post, text = self._post(), self.services.words.text
        if post is None:
            return
        if not post.url.startswith(("http://", "https://")):
            self.writing.tell(text("This post has no link"), severity="warning")
            return
        self.app.open_url(post.url)
        self.writing.tell(text("In the browser: {link}", link=post.url))

    def _tell_revision(self, key: object) -> None:
        """How a change is taken back: only the newest one of all can be, and from where it was made."""
        revisions: list[Revision] = list(self.detail.page.revisions) if self.detail else []
        newest = revisions and key == ("revision", revisions[-1].number)
        words = self.services.words
        said = words.text("Edit the goal to change it again: {key}", key=first_key(self, EditGoal))
        if newest:
            command = f"smm goal undo {self.goal_id}"
            said += " · " + words.text("in the terminal, {command} takes it back", command=command)
        self.writing.tell(said)

    async def action_mark_topics(self) -> None:
        """Say what the post under the cursor is about; elsewhere open the client's topics."""
        post = self._post() if self.blocks["posts"].has_focus else None
        if post is None or self.detail is None:
            await self.run_action("app.section('topics')")
            return
        work = partial(self._read_marks, post.id)
        start_job(self, work, group="marks", description="reading what a post is about")

    def _read_marks(self, post_id: PostId) -> Message | None:
        from tui.posts.lines import read_posts

        services, detail = self.services, self.detail
        if detail is None:
            return None
        client_id = detail.page.client.id
        with services.open_reader() as reader:
            posts = read_posts(services.words, reader, client_id, services.now())
        line = next((line for line in posts.lines if line.post_id == post_id), None)
        return None if line is None else MarkingRead(line, posts.topics.get(client_id, ()))

    @on(MarkingRead)
    def _offer_marks(self, message: MarkingRead) -> None:
        from tui.posts.changes import Marking, pieces
        from tui.screens.marking import MarkingScreen

        words, lines = self.services.words, (message.line,)

        def mark(marks: dict[PostId, Marks] | None) -> None:
            if marks:
                self.writing.change(telling(self, Marking(self.services, lines, marks)))

        title = words.text("What it is about: {what}", what=pieces(words, lines))
        self.app.push_screen(MarkingScreen(self.services, lines, message.topics, title), mark)

    def _ask(self, make: Callable[[GoalDetail], FormScreen]) -> None:
        if self.detail is not None:
            self.app.push_screen(make(self.detail), self.writing.finished)

    def action_agree(self) -> None:
        """Note that the client said yes."""
        from goals.evaluate import is_complete
        from tui.screens.goal_forms import AgreeForm

        text = self.services.words.text
        if self.detail is None:
            return
        page = self.detail.page
        if page.client.kind is ClientKind.SELF:
            self.writing.tell(text("Your own goal: nobody has to say yes to it"))
        elif not is_complete(page.goal):
            said = text("The goal is a draft: finish it first ({key})", key=first_key(self, EditGoal))
            self.writing.tell(said, severity="warning")
        else:
            self._ask(lambda detail: AgreeForm(self.services, page.goal, page.client, detail.page.revisions))

    def action_check_in(self) -> None:
        """Note how sure one is of this goal."""
        from tui.screens.goal_forms import SureForm

        check = self.detail.check if self.detail else None
        if check is None:
            self.writing.tell(self.services.words.text("The goal is over: there is nothing to be sure of"))
            return
        self._ask(lambda detail: SureForm(self.services, check, detail.page.goal, partial(telling, self)))

    async def action_answer(self) -> None:
        """Open what answers the next question of the letters."""
        from tui.screens.goal_forms import PriorityForm

        words = self.services.words
        by = answer_by(self.detail) if self.detail else None
        if by is None or self.detail is None:
            over = self.detail is not None and self.detail.page.letters is None
            stands = words.text("All five letters stand: there is nothing to answer")
            self.writing.tell(words.text("The goal is over: it asks nothing more") if over else stands)
        elif by is AnswerBy.PRIORITY:
            names = self.detail.priorities
            self._ask(lambda detail: PriorityForm(self.services, detail.page.goal, names))
        elif by is AnswerBy.FORM:
            await self.run_action("app.edit_goal")
        else:
            await self.run_action(f"app.section('{by.value}')")

    def action_history(self) -> None:
        """To the changes of the goal."""
        block = self.blocks["revisions"]
        if block.display:
            block.focus()
        else:
            self.writing.tell(self.services.words.text("The goal has not been changed since it was set"))
