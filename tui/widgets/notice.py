"""The offer to update old figures, at the top of the overview."""

from __future__ import annotations

from textual.reactive import reactive

from tui.commands import Sync
from tui.keys import shown
from tui.widgets.line import Line, Span


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
