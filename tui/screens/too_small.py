"""What a terminal that is too small says; what is under it stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.commands.everywhere import Quit

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
        sentence = self.words.text(
            "The window is too small: {width} × {height} is needed", width=self.least[0], height=self.least[1]
        )
        yield Static(Content(sentence))
