"""A field of a form: a label, an input or a choice, and a sentence under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Select, Static

from tui.drawing.cells import cell

if TYPE_CHECKING:
    from textual.app import ComposeResult

#: Longer texts are pasted by mistake.
MAX_LENGTH = 200
#: How many cells the label of a field takes.
LABEL = 19
#: What stands before the label of the field that has the focus, and before the others'.
_MARKED, _UNMARKED = "▸ ", "  "


class Field(Vertical):
    """A labelled field. `value` is text; a choice's value is the id of what was chosen, or empty.

    `is_day` says that a day is typed, which may be chosen in a calendar.
    """

    DEFAULT_CSS = f"""
    Field {{
        height: auto;
        & Horizontal {{ height: 1; }}
        & .field--label {{ width: {LABEL}; color: $text-muted; }}
        & .field--message {{ display: none; margin-left: {LABEL}; color: $text-error; height: auto; }}
        & .field--message.-shown {{ display: block; }}
        & Input, & Select {{ width: 1fr; }}
        &.-focused .field--label {{ color: $foreground; background: $boost; text-style: bold; }}
    }}
    """

    @dataclass
    class Changed(Message):
        """The field holds another value."""

        field: Field

    def __init__(
        self,
        name: str,
        label: str,
        widget: Input | Select[str],
        offered: Iterable[str] = (),
        *,
        is_day: bool = False,
    ) -> None:
        super().__init__(id=f"field-{name}")
        self.key = name
        self.widget = widget
        self.is_day = is_day
        self.is_wrong = False
        self._offered = list(offered)
        self._label_text = label
        self._label = Static(_UNMARKED + label, markup=False, classes="field--label")
        self._message = Static(markup=False, classes="field--message")

    def compose(self) -> ComposeResult:
        """Label and widget on a line, the message under it."""
        with Horizontal():
            yield self._label
            yield self.widget
        yield self._message

    @property
    def is_ready(self) -> bool:
        """Whether there is a value; only a choice that was not drawn yet has none."""
        return isinstance(self.widget.value, str)

    @property
    def value(self) -> str:
        """What was typed or chosen."""
        value = self.widget.value
        return value if isinstance(value, str) else ""

    def judge(self, problem: str, *, told: bool) -> None:
        """Take note of what is wrong (empty: nothing), and show it under the field where it is to be told."""
        self.is_wrong = bool(problem)
        self._message.update(Content(problem))
        self._message.set_class(bool(problem) and told, "-shown")

    def offer(self, options: Iterable[tuple[str, str]]) -> None:
        """Replace the choices of a choice (id, text); the chosen one stays where it still is offered."""
        if not isinstance(self.widget, Select):
            raise TypeError(self.key)
        before = self.value
        pairs = list(options)
        self.widget.set_options(_prompts(pairs))
        keys = self._offered = [key for key, _ in pairs]
        if before in keys:
            self.widget.value = before
        elif keys:
            self.widget.value = keys[0]

    def put(self, value: str) -> None:
        """Take another value; a choice takes only what it offers."""
        if not isinstance(self.widget, Select) or value in self._offered:
            self.widget.value = value

    def on_descendant_focus(self) -> None:
        """Mark the field that is typed in."""
        self._mark_focus(focused=True)

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        self._mark_focus(focused=False)

    def _mark_focus(self, *, focused: bool) -> None:
        self.set_class(focused, "-focused")
        self._label.update((_MARKED if focused else _UNMARKED) + self._label_text)

    @on(Input.Changed)
    @on(Select.Changed)
    def _changed(self, event: Input.Changed | Select.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self))


def text_field(
    name: str, label: str, value: str = "", placeholder: str = "", suggestions: Iterable[str] = ()
) -> Field:
    """A field to type in."""
    known = [cell(text) for text in suggestions]
    return Field(
        name,
        label,
        Input(
            value,
            placeholder=placeholder,
            compact=True,
            max_length=MAX_LENGTH,
            suggester=SuggestFromList(known, case_sensitive=False) if known else None,
        ),
    )


def day_field(name: str, label: str, value: str = "", placeholder: str = "") -> Field:
    """A field to type a day in, or to choose it in a calendar."""
    widget = Input(value, placeholder=placeholder, compact=True, max_length=MAX_LENGTH)
    return Field(name, label, widget, is_day=True)


def choice_field(name: str, label: str, options: Iterable[tuple[str, str]], value: str) -> Field:
    """A field to choose from (id, text)."""
    pairs = list(options)
    chosen = value if value in {key for key, _ in pairs} else pairs[0][0]
    widget: Select[str] = Select(_prompts(pairs), value=chosen, allow_blank=False, compact=True)
    return Field(name, label, widget, [key for key, _ in pairs])


def _prompts(pairs: Iterable[tuple[str, str]]) -> list[tuple[Text, str]]:
    """The options as Rich's texts: Textual searches what is typed in these, but not in its own Content."""
    return [(Text(cell(text)), key) for key, text in pairs]
