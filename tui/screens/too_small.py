"""What a terminal that is too small says; what is under it stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.commands.everywhere import Quit
from tui.keyed import first_key

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wording.words import Words


class TooSmallScreen(Screen[None]):
    """Says how large the terminal has to be; goes by itself when it is.

    It is no modal screen: nothing of what is under it may shine through.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Quit.binding()]
    DEFAULT_CSS = """
    TooSmallScreen { align: center middle; }
    TooSmallScreen Static { width: auto; max-width: 100%; height: auto; text-align: center; }
    """

    def __init__(self, words: Words, least: tuple[int, int]) -> None:
        super().__init__()
        self.words = words
        self.least = least

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static()

    def on_resize(self) -> None:
        """Say it of the size that the terminal has now."""
        sentence = self.words.text(
            "The window is too small: {now} now, {least} is needed. {key} leaves",
            now=" × ".join(map(str, self.app.size)),
            least=" × ".join(map(str, self.least)),
            key=first_key(self, Quit),
        )
        self.query_one(Static).update(Content(sentence))
