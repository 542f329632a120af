"""The small window in which topics are marked for one or several posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from goals.model import PostId
from store.values import MarkedBy
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import Help
from tui.commands.marking import LeaveMarks, Number, SaveMarks
from tui.drawing.cells import cell, fit
from tui.posts.changes import Marks
from tui.posts.texts import NO, PERHAPS, YES
from tui.widgets.heads import KeyBar
from tui.widgets.row_list import RowList
from wording.names import NAME_LIMIT, folded, read_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from store.values import TopicMark
    from tui.posts.lines import PostLine
    from tui.services import Services
    from tui.widgets.line import Span

#: As many topics as there are digits have a key of their own.
_NUMBERED = 9
_MOST_SHOWN = 12
_SIGN, _NAME = 3, 34


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic with what is said of the posts.

    `said` is what the person has just said ("about", "not", "rules", or nothing); the counts are of the
    posts as they stand.
    """

    number: int
    name: str
    said: str
    about: int
    by_hand: int
    refused: int
    perhaps: int
    count: int

    @property
    def key(self) -> str:
        """The topic's name."""
        return self.name

    @property
    def is_head(self) -> bool:
        """A topic is no head."""
        return False

    @property
    def is_about(self) -> bool:
        """Whether all the posts are about it as it is marked now."""
        return self.said == "about" or (not self.said and self.about == self.count)


class MarkingScreen(ModalScreen[dict[PostId, Marks] | None]):
    """Topics with numbers; gives back what is to be marked, or None."""

    AREA: ClassVar[Area] = Area.MARKING
    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding for binding in bindings_of(Area.MARKING) if binding.id != Number.id),
        *(Binding(key, f"number({key})", show=False) for key in Number.keys),
        Help.binding(),
    ]
    AUTO_FOCUS = "RowList"
    DEFAULT_CSS = """
    MarkingScreen {
        & Vertical {
            width: 80; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
        }
        & Input { background: $panel; margin-top: 1; }
    }
    """

    def __init__(
        self, services: Services, lines: Sequence[PostLine], topics: Sequence[str], title: str
    ) -> None:
        super().__init__()
        words = services.words
        self.words = words
        self.heading = title
        self.lines = tuple(lines)
        self.topics = list(topics)
        self.said: dict[str, bool | None] = {}
        self.list: RowList[TopicChoice] = RowList(
            words, self._draw, empty=words.text("No topics yet: type the name of the first below")
        )
        self.name_box = Input(
            placeholder=words.text("a new topic, by its name")
            if topics
            else words.text("name of the first topic"),
            compact=True,
            max_length=NAME_LIMIT,
        )

    def compose(self) -> ComposeResult:
        """The topics, a box for a new one, the keys."""
        with Vertical() as box:
            box.border_title = Content(self.heading).markup
            yield self.list
            yield self.name_box
            keys = commands_of(Area.MARKING) if self.topics else [SaveMarks, LeaveMarks]
            yield KeyBar(self.words, keys)

    def on_mount(self) -> None:
        """The topics; where there is none, the name of the first is typed."""
        self._show()
        if not self.topics:
            self.name_box.focus()

    def _show(self) -> None:
        self.list.styles.height = max(1, min(len(self.topics), _MOST_SHOWN))
        self.list.show([self._choice(place, name) for place, name in enumerate(self.topics, 1)])

    def _choice(self, number: int, name: str) -> TopicChoice:
        marks = [mark for line in self.lines for mark in line.marks if mark.topic == name]
        said = {True: "about", False: "not", None: "rules"}[self.said[name]] if name in self.said else ""
        return TopicChoice(
            number=number,
            name=name,
            said=said,
            about=sum(mark.about is True for mark in marks),
            by_hand=sum(mark.by is MarkedBy.HAND for mark in marks),
            refused=sum(mark.about is False for mark in marks),
            perhaps=sum(mark.about is None for mark in marks),
            count=len(self.lines),
        )

    def _draw(self, row: TopicChoice, width: int) -> list[Span]:
        number = str(row.number) if row.number <= _NUMBERED else " "
        sign, ink = self._sign(row)
        name = min(_NAME, width // 2)
        rest = width - 2 - _SIGN - name - 1
        return [
            (f"{number} ", "key"),
            (fit(f" {sign}", _SIGN), ink),
            (fit(cell(row.name), name) + " ", ink if row.said else ""),
            (fit(self._state(row), rest), "strong" if row.said else "dim"),
        ]

    def _sign(self, row: TopicChoice) -> tuple[str, str]:
        if row.said:
            return {"about": (YES, "good"), "not": (NO, "bad"), "rules": ("·", "dim")}[row.said]
        if row.about == row.count:
            return (YES, "good") if row.by_hand == row.count else ("·", "good")
        if row.about:
            return ("~", "behind")
        return (NO, "stale") if row.refused else (PERHAPS, "behind") if row.perhaps else (" ", "")

    def _state(self, row: TopicChoice) -> str:
        text = self.words.text
        if row.said:
            return {
                "about": text("about it"),
                "not": text("not about it"),
                "rules": text("its words decide"),
            }[row.said]
        if row.count > 1 and 0 < row.about < row.count:
            return text("{n} of {total}", n=row.about, total=row.count)
        if row.about:
            return text("by hand") if row.by_hand == row.count else text("by its words")
        if row.refused:
            return text("not about it, by hand")
        return text("perhaps") if row.perhaps else ""

    def _turn(self, name: str) -> None:
        choice = self._choice(0, name)
        self.said[name] = not choice.is_about
        self._show()

    def action_number(self, number: int) -> None:
        """Turn the topic of a number."""
        if number <= len(self.topics):
            self._turn(self.topics[number - 1])
            self.list.move_to(number - 1)

    def action_turn(self) -> None:
        """Turn the topic under the cursor."""
        if self.list.current is not None:
            self._turn(self.list.current.name)

    @on(RowList.Opened)
    def _clicked(self) -> None:
        self.action_turn()

    def action_forget(self) -> None:
        """Take the mark by hand away from the topic under the cursor."""
        if self.list.current is not None:
            self.said[self.list.current.name] = None
            self._show()

    def action_type_name(self) -> None:
        """To the box for a new topic, and back."""
        (self.list if self.name_box.has_focus else self.name_box).focus()

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        """A new topic is marked at once; with an empty box, the marks are saved."""
        name = read_name(event.value)
        if not name:
            self.action_save()
            return
        if not any(char.isalnum() for char in name):
            return
        known = next((topic for topic in self.topics if folded(topic) == folded(name)), None)
        if known is None:
            self.topics.append(name)
        self.said[known or name] = True
        self.action_save()

    def action_save(self) -> None:
        """Give back what is new."""
        marks = {line.post_id: self._news(line) for line in self.lines}
        marks = {post_id: said for post_id, said in marks.items() if said}
        self.dismiss(marks or None)

    def _news(self, line: PostLine) -> Marks:
        """What was said that is not said of this post by hand already."""
        return {name: about for name, about in self.said.items() if _is_news(line.marks, name, about)}

    def action_leave(self) -> None:
        """Back from the box; from the list, leave without a change."""
        if self.name_box.has_focus and self.topics:
            self.list.focus()
        else:
            self.dismiss(None)


def _is_news(marks: Sequence[TopicMark], name: str, about: bool | None) -> bool:  # noqa: FBT001 - a mark
    found = next((mark for mark in marks if mark.topic == name), None)
    by_hand = found is not None and found.by is MarkedBy.HAND
    if about is None:
        return by_hand
    return not by_hand or found is None or found.about is not about
