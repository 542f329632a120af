"""The first screen of an empty store: how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from tui.commands import NewClient
from tui.keys import shown

if TYPE_CHECKING:
    from textual.app import RenderResult

    from wording.words import Words


class Welcome(Widget):
    """The first screen of an empty store: the next three steps."""

    DEFAULT_CSS = """
    Welcome { height: 1fr; width: 1fr; padding: 1 3; }
    """

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    def render(self) -> RenderResult:
        """The steps."""
        text = self.words.text
        steps = [
            text("Add a client: press {key} here, or smm client add NAME", key=shown(NewClient.keys[0])),
            text("Add its account: smm account add t.me/NAME --client CLIENT"),
            text("Collect the figures: smm sync; every day by itself: smm cron install"),
        ]
        lines = [text("Nothing here yet. Three steps to the first live goal:"), ""]
        lines += [f"  {number}. {step}" for number, step in enumerate(steps, 1)]
        lines += ["", text("Then press n for the first goal. To look around first: smm demo")]
        return Content("\n".join(lines))
