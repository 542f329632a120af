"""The simplest Textual programs, to compare with.

`python -m bench.apps` shows one Static, `python -m bench.apps counting` one that counts what is typed.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

READY = "bench-is-ready"


class OneStatic(App[None]):
    """An app with one Static."""

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Static(READY)


class Counting(OneStatic):
    """The same with a key that changes it."""

    BINDINGS: ClassVar[list[BindingType]] = [("j", "count", "count")]
    count = 0

    def action_count(self) -> None:
        """One more."""
        self.count += 1
        self.query_one(Static).update(str(self.count))


if __name__ == "__main__":
    (Counting if sys.argv[1:] == ["counting"] else OneStatic)().run()
