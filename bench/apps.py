"""The simplest Textual program, to compare with: `python -m bench.apps` shows one Static."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

READY = "bench-is-ready"


class OneStatic(App[None]):
    """An app with one Static."""

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Static(READY)


if __name__ == "__main__":
    OneStatic().run()
