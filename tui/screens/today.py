"""What one can do today over all clients, the most urgent first: ticked off by doing it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from goals.model import GoalId
from goals.rhythm import AwaitedMaterial
from store.values import PostRow
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import NewClient, NewGoal, Overview, Sync
from tui.commands.today import OpenCause, Tick
from tui.keyed import first_key
from tui.overview.texts import day_in_words
from tui.rewriting import Rereader, Rewritten, telling
from tui.rhythm.today_lines import TodayLine, read_today
from tui.rhythm.today_texts import TodayPainter, pace_rows, task_sentence, tick_sentence
from tui.rhythm.today_ticks import Ticking, material_change
from tui.screens.work import OpenClient, OpenGoal, OpenSection, SectionScreen, Selection, row_of
from tui.widgets.block import Block
from tui.widgets.heads import Crumbs, KeyBar
from tui.widgets.row_list import RowList
from tui.widgets.said import Said
from work.day_done import TICKED

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from goals.board import Board
    from goals.model import ClientId
    from tui.rhythm.today_lines import Today, Todo
    from tui.services import Services

#: Lower screens show fewer of the paces.
_TALL = 30
_SECTIONS = {
    "check_in": "checkin",
    "call": "call",
    "report": "call",
    "token": "accounts",
    "renew": "agreement",
}


@dataclass
class TodayRead(Message):
    """What there is to do, as the store has it now."""

    today: Today


class TodayScreen(SectionScreen):
    """The list of today; under it the goals that need more pace than a day can give."""

    AREA: ClassVar[Area | None] = Area.TODAY
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.TODAY))
    AUTO_FOCUS = "RowList"
    DEFAULT_CSS = """
    TodayScreen Block { margin: 0; border-top: solid $panel; }
    """

    def __init__(self, services: Services, client_id: ClientId | None) -> None:
        super().__init__(services, client_id)
        words = services.words
        self.today: Today | None = None
        self.reading = Rereader(self, self._read_today, group="today", description="reading what to do today")
        self.crumbs = Crumbs(words)
        self.list: RowList[TodayLine] = RowList(words, TodayPainter(words).draw)
        self.paces = Block(words, words.text("The pace that is needed"), id="paces")
        self.sentence = Said(words)
        self.about = Said(words)
        self.keys = KeyBar(words, commands_of(Area.TODAY, Area.EVERYWHERE))

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        yield self.crumbs
        yield self.list
        yield self.paces
        yield self.sentence
        yield self.about
        yield self.keys

    def watch_board(self, board: Board | None) -> None:
        """Something was written: read the day again."""
        if board is not None:
            self.crumbs.demo = board.demo
            self._read()

    @on(Rewritten)
    def _read(self) -> None:
        self.reading.ask()

    def _read_today(self) -> Message:
        services = self.services
        with services.open_reader() as reader:
            return TodayRead(read_today(services.words, reader, services.now(), services.zone))

    @on(TodayRead)
    def _take(self, message: TodayRead) -> None:
        self.reading.taken()
        self.today = message.today
        self.list.show(message.today.lines, self._nothing())
        self._show_paces()
        self._entitle()

    def _show_paces(self) -> None:
        if self.today is not None:
            most = 5 if self.size.height >= _TALL else 2
            self.paces.show(partial(pace_rows, self.services.words, self.today, most))

    def on_resize(self) -> None:
        """Another height: more or fewer paces."""
        self._show_paces()

    def _entitle(self) -> None:
        """The day, and how much of it is left."""
        words, today = self.services.words, self.today
        if today is None:
            return
        day = self.services.now().astimezone(self.services.zone).date()
        left = words.text("{n} of {total} left", n=words.number(today.left), total=words.number(today.total))
        if today.total and not today.left:
            left = words.text("everything is done")
        parts = (words.text("Today"), day_in_words(words, day), left if today.total else "")
        self.crumbs.parts = tuple(part for part in parts if part)

    def _nothing(self) -> str:
        """What is said where nothing is to be done."""
        text, clients = self.services.words.text, self.board.clients if self.board else ()
        if not clients:
            return text("No client yet: {key} adds one", key=first_key(self, NewClient))
        if self.board is not None and not self.board.goal_count:
            return text("No goal yet: {key} adds one", key=first_key(self, NewGoal))
        return text(
            "Nothing is to be done today: {goals} shows all goals, {sync} updates the figures",
            goals=first_key(self, Overview),
            sync=first_key(self, Sync),
        )

    def todo(self) -> Todo | None:
        """The task under the cursor, ticked off or not."""
        row, today = self.list.current, self.today
        if today is None or row is None:
            return None
        return today.todo.get(row.key) or today.ticked.get(row.key)

    @on(RowList.Moved)
    def _describe(self) -> None:
        words, row, todo = self.services.words, self.list.current, self.todo()
        if todo is not None:
            self.sentence.said = tuple(task_sentence(words, todo))
            tick, opens = first_key(self, Tick), first_key(self, OpenCause)
            self.about.said = tuple(tick_sentence(words, todo, tick, opens))
        elif row is not None:
            self.sentence.said = ((f"{row.verb[:1].upper()}{row.verb[1:]}", "strong"), (f": {row.what}", ""))
            self.about.said = ((words.text("Done today"), "dim"),)
        else:
            self.sentence.said = self.about.said = ()

    def selection(self) -> Selection:
        """The client, and the goal, of the task under the cursor."""
        row, todo = self.list.current, self.todo()
        goal = row_of(self.board, todo.ranked.task.goal_id) if todo and todo.ranked.task.goal_id else None
        return Selection(row.client_id if row is not None else self.client_id, goal)

    def tell(self, sentence: str) -> None:
        """Say why nothing is done."""
        self.writing.tell(sentence, severity="warning")

    async def action_tick(self) -> None:
        """Tick the task under the cursor off, by doing it where it leaves a trace; or take its tick back."""
        todo, text = self.todo(), self.services.words.text
        if todo is None:
            if self.list.current is not None:
                self.tell(text("This is done already: u takes back what you have just done"))
            return
        task, about = todo.ranked.task, todo.ranked.about
        if task.kind in TICKED:
            self.writing.change(telling(self, Ticking(self.services, todo)))
        elif isinstance(about, AwaitedMaterial):
            change = material_change(self.services, todo.day.client, about, todo.day.today)
            self.writing.change(telling(self, change))
        elif isinstance(about, PostRow):
            self._publish(todo, about)
        elif task.kind in _SECTIONS:
            self._open_section(_SECTIONS[task.kind])
        else:
            await self.run_action("app.new_goal" if task.kind == "set_goals" else "app.log")

    def _open_section(self, name: str) -> None:
        """Open a section over this one, so that Esc comes back to the list."""
        row = self.list.current
        self.post_message(OpenSection(name, row.client_id if row is not None else None))

    def _publish(self, todo: Todo, row: PostRow) -> None:
        from tui.screens.publish_form import PublishForm

        if row.post.network_id is not None:
            key = first_key(self, Sync)
            self.tell(self.services.words.text("The network publishes it by itself: {key} updates", key=key))
            return
        form = PublishForm(self.services, todo.day.client, row, todo.day.today, self)
        self.app.push_screen(form, self.writing.finished)

    @on(RowList.Opened)
    def action_open(self) -> None:
        """Open what the task under the cursor is about."""
        row, todo = self.list.current, self.todo()
        if row is None:
            return
        task = todo.ranked.task if todo is not None else None
        if task is not None and task.goal_id is not None:
            self.post_message(OpenGoal(GoalId(task.goal_id)))
        elif task is not None and task.kind in _SECTIONS:
            self._open_section(_SECTIONS[task.kind])
        else:
            self.post_message(OpenClient(row.client_id))

    @on(Block.Opened)
    def _open_pace(self, message: Block.Opened) -> None:
        if isinstance(message.key, int):
            self.post_message(OpenGoal(GoalId(message.key)))

    @on(Block.Left)
    def _back_to_list(self) -> None:
        self.list.focus()

    def action_next_client(self, step: int) -> None:
        """To the first task of another client."""
        here = self.list.current
        if here is None:
            return
        heads = {
            line.client_id: place
            for place, line in reversed(list(enumerate(self.list.rows)))
            if not line.is_head
        }
        clients = list(dict.fromkeys(line.client_id for line in self.list.rows))
        place = (clients.index(here.client_id) + step) % len(clients)
        self.list.move_to(heads[clients[place]])
