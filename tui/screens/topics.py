"""The topics of a client or of all: what they are told by, and how much content is about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from goals.model import ClientId
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import Help, NewClient, Undo
from tui.commands.topics import NewTopic
from tui.jobs import start_job
from tui.keyed import first_key
from tui.screens.posts import PostsScreen
from tui.screens.topic_form import TopicForm, read_topic_facts
from tui.screens.work import SectionScreen, Selection
from tui.topics.changes import RemovingTopic
from tui.topics.lines import (
    TopicLine,
    TopicPainter,
    TopicRowLine,
    TopicsData,
    goals_sentence,
    month_sentence,
    read_topics,
)
from tui.widgets.heads import Crumbs, KeyBar
from tui.widgets.row_list import RowHeads, RowList
from tui.widgets.said import Said

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from goals.board import Board
    from goals.model import Topic
    from tui.screens.topic_form import TopicFacts
    from tui.services import Services


@dataclass
class TopicsRead(Message):
    """The topics of a client (None: of all) as they are stored now."""

    client_id: ClientId | None
    data: TopicsData


@dataclass
class FactsRead(Message):
    """What the form of a topic needs."""

    facts: TopicFacts


class TopicsScreen(SectionScreen):
    """Topics by client."""

    AREA: ClassVar[Area | None] = Area.TOPICS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.TOPICS))
    AUTO_FOCUS = "RowList"

    def __init__(self, services: Services, client_id: ClientId | None) -> None:
        super().__init__(services, client_id)
        words = services.words
        painter = TopicPainter(words)
        self.data: TopicsData | None = None
        self._home = client_id
        self.crumbs = Crumbs(words)
        self.list: RowList[TopicRowLine] = RowList(words, painter.draw)
        self.heads = RowHeads(words, painter.titles, self.list.lead)
        self.month = Said(words)
        self.goals = Said(words)

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        yield self.crumbs
        yield self.heads
        yield self.list
        yield self.month
        yield self.goals
        yield KeyBar(self.services.words, [*commands_of(Area.TOPICS), Undo, Help])

    def watch_board(self, board: Board | None) -> None:
        """Something was written: read the topics again."""
        if board is None:
            return
        self.crumbs.demo = board.demo
        self._read()

    def _read(self) -> None:
        client_id = self.client_id

        def work() -> Message:
            with self.services.open_reader() as reader:
                now = self.services.now()
                return TopicsRead(client_id, read_topics(self.services.words, reader, client_id, now))

        start_job(self, work, group="topics", description="reading the topics")

    @on(TopicsRead)
    def _take(self, message: TopicsRead) -> None:
        if message.client_id != self.client_id:
            return
        self.data = message.data
        words = self.services.words
        client = self.data.clients.get(self.client_id) if self.client_id is not None else None
        self.crumbs.parts = (client.name if client else words.text("All clients"), words.text("Topics"))
        empty = words.text("No topics yet: {key} adds one", key=first_key(self, NewTopic))
        self.list.show(self.data.rows, empty)

    @on(RowList.Moved)
    def _describe(self) -> None:
        row, words = self.list.current, self.services.words
        self.month.said = tuple(month_sentence(words, row)) if isinstance(row, TopicLine) else ()
        self.goals.said = tuple(goals_sentence(words, row)) if isinstance(row, TopicLine) else ()

    def selection(self) -> Selection:
        """The client of the topic under the cursor."""
        row = self.list.current
        return Selection(row.topic.client_id if isinstance(row, TopicLine) else self.client_id, None)

    def action_new_topic(self) -> None:
        """Add a topic."""
        client_id = self.selection().client_id
        if client_id is None:
            key = first_key(self, NewClient)
            self.writing.tell(
                self.services.words.text("Add a client first: {key}", key=key), severity="warning"
            )
            return
        self._open_form(ClientId(client_id), None)

    @on(RowList.Opened)
    def action_edit_topic(self) -> None:
        """Change the topic under the cursor."""
        row = self.list.current
        if isinstance(row, TopicLine):
            self._open_form(row.topic.client_id, row.topic)

    def _open_form(self, client_id: ClientId, topic: Topic | None) -> None:
        def work() -> Message:
            with self.services.open_reader() as reader:
                return FactsRead(read_topic_facts(reader, client_id, topic, self.services.now()))

        self.writing.typeahead.hold()
        start_job(self, work, group="topic-form", description="reading what the form needs")

    @on(FactsRead)
    async def _show_form(self, message: FactsRead) -> None:
        await self.app.push_screen(TopicForm(self.services, message.facts), self.writing.finished)
        self.writing.typeahead.release()

    def action_topic_posts(self) -> None:
        """To the posts about the topic under the cursor."""
        from tui.app import SmmApp

        row = self.list.current
        if isinstance(row, TopicLine):
            screen = PostsScreen(self.services, row.topic.client_id, row.topic.name)
            self.app.push_screen(screen.data_bind(SmmApp.board, SmmApp.sync_state))

    def action_every_client(self) -> None:
        """The topics of all clients, or again those of one."""
        here = self.selection().client_id
        self.client_id = None if self.client_id is not None else ClientId(here) if here else self._home
        self._read()

    def action_remove_topic(self) -> None:
        """Remove the topic under the cursor, where nothing names it."""
        row = self.list.current
        if isinstance(row, TopicLine):
            self.writing.change(RemovingTopic(self.services, row.topic))
