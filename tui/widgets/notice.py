"""What a person is told at the top of the overview: old figures, or how to begin."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.commands import NewClient, Sync
from tui.keys import shown
from tui.widgets.line import Line, Span
from wording.words import Words


class Notice(Line):
    """Offers a sync where the figures are old."""

    DEFAULT_CSS = """
    Notice {
        display: none; background: $warning-muted; color: $text-warning;
        &.-shown { display: block; }
    }
    """

    offer: reactive[bool] = reactive(bool)
    busy: reactive[bool] = reactive(bool)

    def watch_offer(self) -> None:
        """Show or hide."""
        self.set_class(self.offer and not self.busy, "-shown")

    def watch_busy(self) -> None:
        """Show or hide."""
        self.set_class(self.offer and not self.busy, "-shown")

    def spans(self, width: int) -> list[Span]:  # noqa: ARG002 - one shape for all lines
        """The offer."""
        key = shown(Sync.keys[0])
        return [
            (" " + self.words.text("The figures are over 6 hours old: press {key} to update", key=key), "")
        ]


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
