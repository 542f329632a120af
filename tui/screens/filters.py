"""The window of saved filters: one is chosen, or what is shown now is given a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from connectors.clean import clean
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import Help
from tui.commands.filters import Leave
from tui.commands.list import Filter
from tui.drawing.cells import cell, fit
from tui.jobs import start_job
from tui.keyed import first_key
from tui.overview.lines import Grouping
from tui.overview.saved_filters import (
    NAME_LENGTH,
    SavedFilter,
    forget_filter,
    keep_filter,
    read_filters,
)
from tui.widgets.heads import KeyBar
from tui.widgets.row_list import RowList
from wording.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tui.overview.lines import View
    from tui.services import Services
    from tui.widgets.line import Span
    from wording.words import Words

_GROUPINGS = {
    Grouping.CLIENT: mark("by client"),
    Grouping.MANAGER: mark("by manager"),
    Grouping.FLAT: mark("by urgency"),
}
_MOST_SHOWN = 12


@dataclass
class FiltersRead(Message):
    """The saved filters as they are now."""

    filters: tuple[SavedFilter, ...]


class FiltersScreen(ModalScreen[SavedFilter | None]):
    """Saved filters by name; gives back the chosen one, or None."""

    AREA: ClassVar[Area] = Area.FILTERS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Area.FILTERS), Help.binding()]
    AUTO_FOCUS = "RowList"
    DEFAULT_CSS = """
    FiltersScreen {
        & Vertical {
            width: 72; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
        }
        & Input { background: $panel; margin-top: 1; }
    }
    """

    def __init__(self, services: Services, view: View) -> None:
        super().__init__()
        words = services.words
        self.services = services
        self.shown = SavedFilter("", view.words, view.grouping)
        self.list: RowList[SavedFilter] = RowList(words, self._draw)
        self.name_box = Input(
            placeholder=words.text("a name for what is shown: {what}", what=filter_text(words, self.shown)),
            compact=True,
            max_length=NAME_LENGTH,
        )
        self.keys = KeyBar(words, commands_of(Area.FILTERS))

    def compose(self) -> ComposeResult:
        """The filters, a box for a name, the keys."""
        words = self.services.words
        with Vertical() as box:
            box.border_title = Content(words.text("Saved filters")).markup
            yield self.list
            yield self.name_box
            yield self.keys

    def on_mount(self) -> None:
        """Read what is saved."""
        self.list.styles.height = 1
        self._with_file(read_filters)

    def on_descendant_focus(self) -> None:
        """In the box letters are letters: the keys of the list are not offered there."""
        self.keys.offered = (Leave,) if self.name_box.has_focus else ()

    def _with_file(self, work: Callable[..., tuple[SavedFilter, ...]], *values: object) -> None:
        task = partial(work, self.services.filters_path(), *values)
        start_job(
            self, lambda: FiltersRead(task()), group="filters", description="the saved filters", writes=True
        )

    @on(FiltersRead)
    def _show(self, message: FiltersRead) -> None:
        rows = message.filters
        empty = self.services.words.text(
            "None yet: filter the overview with {key} and name it here", key=first_key(self, Filter)
        )
        self.list.styles.height = max(1, min(len(rows), _MOST_SHOWN))
        self.list.show(rows, empty)
        if not rows:
            self.name_box.focus()

    def _draw(self, row: SavedFilter, width: int) -> list[Span]:
        name = min(NAME_LENGTH, width // 2)
        what = filter_text(self.services.words, row)
        return [(fit(cell(row.name), name) + " ", "strong"), (fit(what, width - name - 1), "dim")]

    def action_apply(self) -> None:
        """Give back the filter under the cursor."""
        if self.list.current is not None:
            self.dismiss(self.list.current)

    @on(RowList.Opened)
    def _clicked(self) -> None:
        self.action_apply()

    def action_forget(self) -> None:
        """Remove the filter under the cursor."""
        if self.list.current is not None:
            self._with_file(forget_filter, self.list.current.key)

    def action_type_name(self) -> None:
        """To the box for a name, and back."""
        (self.list if self.name_box.has_focus else self.name_box).focus()

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        """Save what is shown under the name that was typed."""
        name = " ".join(clean(event.value).split())
        if name:
            new = SavedFilter(name, self.shown.words, self.shown.grouping)
            self._with_file(keep_filter, new)
            self.name_box.clear()
            self.list.focus()

    def action_leave(self) -> None:
        """Back from the box; from the list, leave without a change."""
        if self.name_box.has_focus and self.list.rows:
            self.list.focus()
        else:
            self.dismiss(None)


def filter_text(words: Words, row: SavedFilter) -> str:
    """What a filter shows: «зерно отстаёт · по менеджерам»."""
    text = words.text(_GROUPINGS[row.grouping])
    return f"«{cell(' '.join(row.words))}» · {text}" if row.words else text
