"""Help: what each key does, the focused widget's first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui.commands.command import AREA_TITLES, Area, Command, commands_of
from tui.commands.everywhere import Back, Help
from tui.drawing.cells import fit
from tui.keyed import keys_of
from tui.keys import shown, with_twins
from tui.screens.form import FormScreen
from tui.widgets.block import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from wording.words import Words

_KEYS_WIDTH = 15
#: The panel at its widest; its frame, the blanks beside it and the scroll bar.
_WIDTH, _AROUND = 78, 5


class HelpScreen(ModalScreen[None]):
    """The keys, by where they work."""

    BINDINGS: ClassVar[list[BindingType]] = [
        (with_twins((*Back.keys, *Help.keys, "q", "enter")), "dismiss", Back.title),
    ]
    DEFAULT_CSS = f"""
    HelpScreen {{
        & Vertical {{
            width: {_WIDTH}; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
        }}
        & VerticalScroll {{ height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }}
    }}
    """

    def __init__(self, words: Words, over: Screen[object]) -> None:
        super().__init__()
        self.words = words
        self.areas = areas_of(over)
        self.text = Static(markup=False)

    def compose(self) -> ComposeResult:
        """The keys, and how to leave."""
        self._fold()
        with Vertical() as box:
            box.border_title = Content(self.words.text("Help")).markup
            with VerticalScroll():
                yield self.text

    def on_resize(self) -> None:
        """Fold it anew for another width."""
        self._fold()

    def _fold(self) -> None:
        """Fold what the keys do to the width that there is."""
        width = min(_WIDTH, self.app.size.width) - _AROUND
        self.text.update(help_text(self, self.words, self.areas, width))

    async def action_dismiss(self, result: None = None) -> None:
        """Leave."""
        self.dismiss(result)


def areas_of(screen: Screen[object]) -> tuple[Area, ...]:
    """Where a person is: the focused widget's area, then the screen's; outside forms also everywhere."""
    places = [getattr(place, "AREA", None) for place in (screen.focused, screen)]
    if not isinstance(screen, FormScreen):
        places.append(Area.EVERYWHERE)
    return tuple(dict.fromkeys(area for area in places if area is not None))


def help_text(node: DOMNode, words: Words, areas: tuple[Area, ...], width: int) -> Content:
    """What each key does, by area, in lines of `width` cells."""
    lines: list[Content] = []
    for area, entries in working_keys(node, areas):
        lines.append(Content.assemble((words.text(AREA_TITLES[area]), "bold $text-primary")))
        lines += [_entry(words, command, keys, width) for command, keys in entries]
        lines.append(Content(""))
    lines.append(
        Content.assemble((words.text("Every letter also works in the Russian layout."), "$foreground-muted"))
    )
    return Content("\n").join(lines)


def working_keys(
    node: DOMNode, areas: tuple[Area, ...]
) -> Iterator[tuple[Area, list[tuple[type[Command], tuple[str, ...]]]]]:
    """The commands of each area with the keys that no area before it has taken for something else."""
    taken: set[str] = set()
    for area in areas:
        entries = []
        for command in commands_of(area):
            free = tuple(key for key in keys_of(node, command) if key not in taken)
            entries += [(command, free)] if free else []
        yield area, entries
        taken.update(key for command, _ in entries for key in keys_of(node, command))


def _entry(words: Words, command: type[Command], keys: tuple[str, ...], width: int) -> Content:
    title = f"{words.text(command.title)}."
    first, *more = folded(f"{title} {words.text(command.help)}", max(20, width - _KEYS_WIDTH))
    said = Content(first)
    return Content("\n").join(
        [
            Content.assemble(
                (fit(" ".join(map(shown, keys)), _KEYS_WIDTH), "bold $text-accent"),
                said.stylize("bold", 0, len(title)),
            ),
            *(Content(" " * _KEYS_WIDTH + line) for line in more),
        ]
    )
