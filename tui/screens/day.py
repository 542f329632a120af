"""The posts of one day, over the client screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from goals.model import PostState
from tui.commands.command import Area
from tui.commands.everywhere import Back
from tui.drawing.cells import cell, fit
from tui.keys import shown
from tui.overview.texts import day_in_words
from tui.widgets.heat_calendar import day_sentence
from wording.content import POST_FIGURES, post_kind_word, post_state_word
from wording.goals import metric_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from goals.model import Post
    from tui.client.month import DayPlan
    from tui.services import Services

#: How many cells of a text are shown.
_TEXT = 44


class DayScreen(ModalScreen[None]):
    """What came out and what is planned on a day; each piece with its topics and link."""

    AREA: ClassVar[Area] = Area.CALENDAR
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace,enter", "dismiss", show=False)]
    AUTO_FOCUS = "#day-posts"
    DEFAULT_CSS = """
    DayScreen {
        align: center middle;
        & #dialog {
            width: 90; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
        }
        & #day-posts { height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }
        & Static { height: auto; }
    }
    """

    def __init__(self, services: Services, plan: DayPlan, posts: Sequence[Post]) -> None:
        super().__init__()
        self.services = services
        self.plan = plan
        self.posts = posts

    def compose(self) -> ComposeResult:
        """The day in a sentence, then its posts."""
        words = self.services.words
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(day_in_words(words, self.plan.day)).markup
            dialog.border_subtitle = f"{shown(Back.keys[0])} {words.text('back')}"
            yield Static(Content(day_sentence(words, self.plan, self.plan.day)))
            with VerticalScroll(id="day-posts"):
                yield Static(Content("\n").join(self._lines()))

    def _lines(self) -> list[Content]:
        words = self.services.words
        if not self.posts:
            return [Content("\n" + words.text("nothing on this day: + adds a post or a story"))]
        lines: list[Content] = []
        for post in self.posts:
            lines += [Content(""), self._line(post)]
            about = ", ".join(cell(topic) for topic in post.topics) or words.text("about no topic yet")
            lines.append(Content.assemble((f"      {about}", "$text-muted")))
            if post.url:
                lines.append(Content.assemble((f"      {cell(post.url)}", "$text-muted")))
        return lines

    def _line(self, post: Post) -> Content:
        """A piece: its format, its text, its figures or that it is planned."""
        words = self.services.words
        text = cell(post.text) or cell(post.url) or words.text("without text")
        is_planned = post.state is PostState.PLANNED
        figures = "  ".join(
            f"{metric_name(words, name)} {words.short_number(post.figures[name])}"
            for name in POST_FIGURES
            if name in post.figures
        )
        return Content.assemble(
            (fit(post_kind_word(words, post.kind), 9), "$text-accent" if is_planned else "bold"),
            (fit(text, _TEXT).rstrip(), ""),
            (f"  {post_state_word(words, post.state) if is_planned else figures}", "$text-muted"),
        )
