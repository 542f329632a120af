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
from tui.keyed import key_text
from tui.keys import with_twins
from tui.screens.form import FormScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from wording.words import Words

_KEYS_WIDTH = 15


class HelpScreen(ModalScreen[None]):
    """The keys, by where they work."""

    BINDINGS: ClassVar[list[BindingType]] = [
        (with_twins((*Back.keys, *Help.keys, "q", "enter")), "dismiss", Back.title),
    ]
    DEFAULT_CSS = """
    HelpScreen {
        & Vertical {
            width: 78; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
        }
        & VerticalScroll { height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }
    }
    """

    def __init__(self, words: Words, over: Screen[object]) -> None:
        super().__init__()
        self.words = words
        self.areas = areas_of(over)

    def compose(self) -> ComposeResult:
        """The keys, and how to leave."""
        with Vertical() as box:
            box.border_title = Content(self.words.text("Help")).markup
            with VerticalScroll():
                yield Static(help_text(self, self.words, self.areas), markup=False)

    async def action_dismiss(self, result: None = None) -> None:
        """Leave."""
        self.dismiss(result)


def areas_of(screen: Screen[object]) -> tuple[Area, ...]:
    """Where a person is: the focused widget's area, then the screen's; outside forms also everywhere."""
    places = [getattr(place, "AREA", None) for place in (screen.focused, screen)]
    if not isinstance(screen, FormScreen):
        places.append(Area.EVERYWHERE)
    return tuple(dict.fromkeys(area for area in places if area is not None))


def help_text(node: DOMNode, words: Words, areas: tuple[Area, ...]) -> Content:
    """What each key does, by area."""
    lines: list[Content] = []
    for area in areas:
        lines.append(Content.assemble((words.text(AREA_TITLES[area]), "bold $text-primary")))
        lines += [_entry(node, words, command) for command in commands_of(area)]
        lines.append(Content(""))
    lines.append(
        Content.assemble((words.text("Every letter also works in the Russian layout."), "$text-muted"))
    )
    return Content("\n").join(lines)


def _entry(node: DOMNode, words: Words, command: type[Command]) -> Content:
    return Content.assemble(
        (fit(key_text(node, command), _KEYS_WIDTH), "bold $text-accent"),
        (words.text(command.title), "bold"),
        (f". {words.text(command.help)}", ""),
    )
