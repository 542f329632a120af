"""The offer to update old figures, at the top of the overview."""

from __future__ import annotations

from datetime import timedelta

from textual.reactive import reactive

from goals.board import Board
from tui.commands.everywhere import Sync
from tui.keyed import first_key
from tui.widgets.line import Line, Span

#: Older figures are offered to be updated.
OLD_DATA = timedelta(hours=6)


class Notice(Line):
    """Offers a sync where the figures are old, or where there never were any."""

    DEFAULT_CSS = """
    Notice {
        display: none; background: $warning-muted; color: $text-warning;
        &.-shown { display: block; }
    }
    """

    board: reactive[Board | None] = reactive(None)
    busy: reactive[bool] = reactive(bool)

    def watch_board(self) -> None:
        """Show or hide."""
        self._show()

    def watch_busy(self) -> None:
        """Show or hide."""
        self._show()

    def _show(self) -> None:
        self.set_class(bool(self._offer()) and not self.busy, "-shown")

    def _offer(self) -> str:
        """The offer, empty where there is none to make."""
        board, key = self.board, first_key(self, Sync)
        if board is None or board.demo or not board.goal_count:
            return ""
        if board.data_as_of is None:
            return self.words.text("No figures have arrived yet: press {key} to collect them", key=key)
        if board.now - board.data_as_of <= OLD_DATA:
            return ""
        hours = int(OLD_DATA / timedelta(hours=1))
        return self.words.plural(
            "The figures are over {n} hour old: press {key} to update",
            "The figures are over {n} hours old: press {key} to update",
            hours,
            key=key,
        )

    def spans(self, width: int) -> list[Span]:  # noqa: ARG002 - one shape for all lines
        """The offer."""
        return [(f" {self._offer()}", "")]
