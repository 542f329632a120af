"""The posts of a client or of all: what came out, what is planned, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import BindingType
from textual.message import Message

from goals.model import ClientId
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import Log, Sync
from tui.commands.posts import Accept, MarkTopics, Refuse
from tui.jobs import start_job
from tui.keyed import first_key
from tui.posts.changes import Marking, Marks, Removing, pieces
from tui.posts.lines import SHOWN_NAMES, PostLine, PostRowLine, Posts, Shown, read_posts, shown_rows
from tui.posts.texts import Keys, PostPainter, post_sentence, topics_sentence
from tui.screens.marking import MarkingScreen
from tui.screens.work import SectionScreen, Selection
from tui.widgets.filter_box import FilterBox
from tui.widgets.heads import Crumbs, KeyBar
from tui.widgets.row_list import RowHeads, RowList
from tui.widgets.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.worker import Worker

    from goals.board import Board
    from goals.model import PostId
    from goals.topics.verdict import Evidence
    from tui.services import Services

#: The cells of the column for networks, whatever stands in it: its name has as many.
_LEAST_PLACE = 6


@dataclass
class PostsRead(Message):
    """The posts of a client (None: of all) as they are stored now."""

    client_id: ClientId | None
    posts: Posts


@dataclass
class WhyRead(Message):
    """Why a post is perhaps about its suggested topics."""

    post_id: PostId
    why: Mapping[str, tuple[Evidence, ...]]


class PostsScreen(SectionScreen):
    """Posts by day, with what they are about; `topic` leaves those about it."""

    AREA: ClassVar[Area | None] = Area.POSTS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.POSTS))
    AUTO_FOCUS = "RowList"

    def __init__(self, services: Services, client_id: ClientId | None, topic: str | None = None) -> None:
        super().__init__(services, client_id)
        words = services.words
        self.topic = topic
        self.shown = Shown.ALL
        self.needles: tuple[str, ...] = ()
        self.posts: Posts | None = None
        self.box: FilterBox | None = None
        self.why: dict[PostId, Mapping[str, tuple[Evidence, ...]]] = {}
        self._home = client_id
        self._job: Worker[None] | None = None
        self._read_again = False
        painter = self._painter()
        self.crumbs = Crumbs(words)
        self.list: RowList[PostRowLine] = RowList(words, painter.draw, selects=True)
        self.heads = RowHeads(words, painter.titles, self.list.lead)
        self.sentence = Said(words)
        self.about = Said(words)

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        yield self.crumbs
        yield self.heads
        yield self.list
        yield self.sentence
        yield self.about
        yield KeyBar(self.services.words, [*commands_of(Area.POSTS), Log])

    def _painter(self) -> PostPainter:
        today = self.services.now().astimezone(self.services.zone).date()
        every = self.client_id is None
        lines = self.posts.lines if self.posts is not None else ()
        places = {f"{line.client} · {line.place}" if every else line.place for line in lines}
        longest = max(map(cell_len, places), default=_LEAST_PLACE)
        return PostPainter(self.services.words, today, max(longest, _LEAST_PLACE), every_client=every)

    def watch_board(self, board: Board | None) -> None:
        """Something was written: read the posts again."""
        if board is None:
            return
        self.crumbs.demo = board.demo
        self._read()

    def _read(self) -> None:
        """Read the posts in a thread; while that lasts, another reading waits for its end."""
        if self._job is not None and not self._job.is_finished:
            self._read_again = True
            return
        self._read_again = False
        work = partial(self._posts_of, self.client_id)
        self._job = start_job(self, work, group="posts", description="reading the posts")

    def _posts_of(self, client_id: ClientId | None) -> Message:
        with self.services.open_reader() as reader:
            return PostsRead(
                client_id, read_posts(self.services.words, reader, client_id, self.services.now())
            )

    @on(PostsRead)
    def _take(self, message: PostsRead) -> None:
        self._job = None
        if message.client_id == self.client_id:
            self.posts = message.posts
            self._show()
        if self._read_again or message.client_id != self.client_id:
            self._read()

    def _show(self) -> None:
        """Draw what the filters leave."""
        if self.posts is None:
            return
        words = self.services.words
        painter = self._painter()
        self.list.draw_with(painter.draw)
        self.heads.titles = painter.titles
        self.heads.refresh()
        rows = shown_rows(words, self.posts.lines, self.shown, self.needles, self.topic)
        self.list.show(rows, self._nothing())
        self._entitle()

    def _nothing(self) -> str:
        """What is said where no post is left."""
        text = self.services.words.text
        if self.posts is not None and not self.posts.lines:
            return text(
                "No posts yet: {sync} collects them, {log} plans one",
                sync=first_key(self, Sync),
                log=first_key(self, Log),
            )
        if self.topic and not self._is_narrowed:
            return text("Nothing is about «{topic}» yet", topic=self.topic)
        return text("No such posts: Esc shows all")

    @property
    def _is_narrowed(self) -> bool:
        """Whether a filter that Esc takes away is on."""
        return bool(self.needles) or self.shown is not Shown.ALL

    def _entitle(self) -> None:
        """Whose posts these are, and which of them."""
        words, posts = self.services.words, self.posts
        if posts is None:
            return
        client = posts.clients.get(self.client_id) if self.client_id is not None else None
        which = words.text("Posts")
        narrowed = [words.text(SHOWN_NAMES[self.shown])] if self.shown is not Shown.ALL else []
        narrowed += [f"«{self.topic}»"] if self.topic else []
        narrowed += [" ".join(self.needles)] if self.needles else []
        if narrowed:
            left = sum(not row.is_head for row in self.list.rows)
            count = words.text("{n} of {total}", n=words.number(left), total=words.number(len(posts.lines)))
            which = f"{which}: {', '.join(narrowed)} · {count}"
        if self.list.selected:
            which += " · " + words.plural("{n} chosen", "{n} chosen", len(self.list.selected))
        self.crumbs.parts = (client.name if client else words.text("All clients"), which)

    @on(RowList.Chose)
    def _chose(self) -> None:
        self._entitle()

    @on(RowList.Moved)
    def _describe(self) -> None:
        row = self.list.current
        if not isinstance(row, PostLine):
            self.sentence.said = self.about.said = ()
            return
        words, why = self.services.words, self.why.get(row.post_id)
        keys = Keys(*(first_key(self, command) for command in (MarkTopics, Accept, Refuse)))
        self.sentence.said = tuple(post_sentence(words, row, every_client=self.client_id is None))
        self.about.said = tuple(topics_sentence(words, row, why or {}, keys))
        if row.perhaps and why is None:
            start_job(self, partial(self._find_why, row), group="why", description="finding out why")

    def _find_why(self, row: PostLine) -> Message:
        with self.services.open_reader() as reader:
            topics = [topic for topic in reader.topics(row.client_id) if topic.name in row.perhaps]
            posts = reader.suggestions(row.client_id)
        text = next((post.text for post, _ in posts if post.id == row.post_id), "")
        found = {topic.name: self.services.recognise(topic, [text])[0] for topic in topics}
        return WhyRead(row.post_id, {name: match.evidence for name, match in found.items() if match})

    @on(WhyRead)
    def _take_why(self, message: WhyRead) -> None:
        self.why[message.post_id] = message.why
        self._describe()

    def selection(self) -> Selection:
        """The client of the post under the cursor."""
        row = self.list.current
        return Selection(row.client_id if isinstance(row, PostLine) else self.client_id, None)

    def chosen(self) -> tuple[PostLine, ...]:
        """The posts that a command is about."""
        return tuple(row for row in self.list.chosen if isinstance(row, PostLine))

    def tell(self, sentence: str) -> None:
        """Say why nothing is done."""
        self.writing.tell(sentence, severity="warning")

    def action_choose(self) -> None:
        """Choose the post under the cursor, and go on to the next."""
        self.list.toggle()
        self.list.action_cursor(1)

    def action_choose_all(self) -> None:
        """Choose every post that is shown, or none."""
        everything = {row.key for row in self.list.rows if not row.is_head}
        self.list.choose_all(() if self.list.selected == everything else everything)

    @on(RowList.Opened)
    def action_mark_topics(self) -> None:
        """Say what the chosen posts are about."""
        lines, words = self.chosen(), self.services.words
        if not lines or self.posts is None:
            return
        owners = {line.client_id for line in lines}
        if len(owners) > 1:
            self.tell(words.text("Topics belong to one client: choose posts of one client only"))
            return
        topics = self.posts.topics.get(owners.pop(), ())
        heading = words.text("What it is about: {what}", what=pieces(words, lines))
        popup = MarkingScreen(self.services, lines, topics, heading)
        self.app.push_screen(popup, partial(self._mark, lines))

    def _mark(self, lines: tuple[PostLine, ...], marks: dict[PostId, Marks] | None) -> None:
        if marks:
            lines = tuple(line for line in lines if line.post_id in marks)
            self.writing.change(Marking(self.services, lines, marks))
            self.list.choose_all(())

    def action_accept(self) -> None:
        """The chosen posts are about what they are suggested for."""
        self._answer(about=True)

    def action_refuse(self) -> None:
        """The chosen posts are not about what they are suggested for."""
        self._answer(about=False)

    def _answer(self, *, about: bool) -> None:
        marks: dict[PostId, Marks] = {
            line.post_id: dict.fromkeys(line.perhaps, about) for line in self.chosen() if line.perhaps
        }
        if not marks:
            key = first_key(self, MarkTopics)
            self.tell(
                self.services.words.text("Nothing is suggested here: {key} says what it is about", key=key)
            )
            return
        answered = {line.post_id for line in self.chosen()}
        self._mark(self.chosen(), marks)
        self.list.jump(
            lambda row: isinstance(row, PostLine) and bool(row.perhaps) and row.post_id not in answered
        )

    def action_next_asking(self, step: int) -> None:
        """To the next post that needs an answer."""
        if not self.list.jump(lambda row: isinstance(row, PostLine) and row.asks, step):
            self.tell(self.services.words.text("Every post here has its topic"))

    def action_next_shown(self) -> None:
        """Show all, the planned ones, those without a topic, the suggestions, and all again."""
        every = list(Shown)
        self.shown = every[(every.index(self.shown) + 1) % len(every)]
        self._show()

    def action_every_client(self) -> None:
        """The posts of all clients, or again those of one."""
        here = self.selection().client_id
        self.client_id = None if self.client_id is not None else ClientId(here) if here else self._home
        self.topic = None
        self.list.choose_all(())
        self._read()

    def action_open_link(self) -> None:
        """Open the post in the browser."""
        row, text = self.list.current, self.services.words.text
        if not isinstance(row, PostLine):
            return
        if not row.url.startswith(("http://", "https://")):
            self.tell(text("This post has no link"))
            return
        self.app.open_url(row.url)
        self.writing.tell(text("In the browser: {link}", link=row.url))

    def action_remove(self) -> None:
        """Take back the post under the cursor, where it was added by hand."""
        row = self.list.current
        if isinstance(row, PostLine):
            self.writing.change(Removing(self.services, row))

    def action_filter(self) -> None:
        """Type words to leave only the posts that hold them."""
        if self.box is None:
            self.box = FilterBox(self.services.words, self.needles)
            self.box.placeholder = self.services.words.text(
                "words of the text, network, format, state, topic"
            )
            self.mount(self.box, before=self.sentence)
        self.box.focus()

    def on_filter_box_filtered(self, message: FilterBox.Filtered) -> None:
        """Show only the posts that hold all words."""
        if message.words != self.needles:
            self.needles = message.words
            self._show()

    def on_filter_box_left(self, message: FilterBox.Left) -> None:
        """Back to the list, with the filter or without it."""
        if message.cleared:
            self._take_filter_away()
        self.list.focus()

    def _take_filter_away(self) -> None:
        if self.box is not None:
            self.box.remove()
            self.box = None
        self.needles, self.shown = (), Shown.ALL
        self._show()

    def go_back(self) -> None:
        """Let go of what is chosen, then of the filter; then leave the screen."""
        if self.list.selected:
            self.list.choose_all(())
        elif self._is_narrowed or self.box is not None:
            self._take_filter_away()
            self.list.focus()
        else:
            self.dismiss()
