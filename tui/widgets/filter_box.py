"""The box in which the filter is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tui.widgets.field import MAX_LENGTH

if TYPE_CHECKING:
    from wording.words import Words


class FilterBox(Input):
    """Takes words; Enter goes back to the list, Esc takes the filter away."""

    DEFAULT_CSS = """
    FilterBox { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear_filter", show=False),
        Binding("enter,down", "to_list", show=False),
    ]

    @dataclass
    class Filtered(Message):
        """Other words are to be looked for."""

        words: tuple[str, ...]

    @dataclass
    class Left(Message):
        """The person is done with typing; `cleared` takes the filter away."""

        cleared: bool

    def __init__(self, words: Words, typed: tuple[str, ...]) -> None:
        super().__init__(
            " ".join(typed),
            placeholder=words.text("client, goal, network or status"),
            compact=True,
            max_length=MAX_LENGTH,
            select_on_focus=False,
        )

    def watch_value(self, value: str) -> None:
        """Filter as it is typed."""
        self.post_message(self.Filtered(tuple(value.casefold().split())))

    def action_clear_filter(self) -> None:
        """Take the filter away."""
        self.post_message(self.Left(cleared=True))

    def action_to_list(self) -> None:
        """Back to the list."""
        self.post_message(self.Left(cleared=False))
