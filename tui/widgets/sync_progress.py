"""How the running update goes: one bar for all, and one for each network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from tui.drawing import bar
from tui.sync_state import ending_sentence, eta_text
from wording.goals import network_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goals.model import Account
    from tui.services import SyncScope
    from tui.sync_state import SyncState
    from wording.words import Words

_BAR, _SMALL_BAR = 30, 10


class SyncProgress(Static):
    """Is not seen as long as no update was started here."""

    DEFAULT_CSS = """
    SyncProgress { display: none; height: auto; padding: 0 1; background: $boost; }
    SyncProgress.-shown { display: block; }
    """

    def __init__(self, words: Words) -> None:
        super().__init__(markup=False)
        self.words = words

    def show_state(self, state: SyncState, totals: Mapping[str, int], done: Mapping[str, int]) -> None:
        """Draw how it goes: `totals` and `done` are accounts by network."""
        self.set_class(state.running or state.ended is not None, "-shown")
        lines = [self._all(state)]
        if state.running and len(totals) > 1:
            lines += self._networks(totals, done)
        self.update(Content("\n").join(lines))

    def _all(self, state: SyncState) -> Content:
        words = self.words
        if not state.running:
            return Content(ending_sentence(words, state))
        line = "".join(piece.text for piece in bar.draw(state.fraction, None, _BAR))
        counted = f"{state.done}/{state.total}" if state.total else ""
        told = " · ".join(part for part in (counted, eta_text(words, state), state.unit) if part)
        return Content.assemble((line, "$text-accent"), f" {told or words.text('starting…')}")

    def _networks(self, totals: Mapping[str, int], done: Mapping[str, int]) -> list[Content]:
        """The networks side by side, as many on a line as there is room for."""
        lines, room = [""], max(20, self.size.width - 2)
        for network, total in sorted(totals.items()):
            read = min(done.get(network, 0), total)
            small = "".join(piece.text for piece in bar.draw(read / total, None, _SMALL_BAR))
            told = f"{network_name(self.words, network)} {small} {read}/{total}"
            if lines[-1] and cell_len(lines[-1]) + 3 + cell_len(told) > room:
                lines.append("")
            lines[-1] += f"   {told}" if lines[-1] else told
        return [Content(line) for line in lines]


def totals_of(accounts: Iterable[tuple[Account, str]], scope: SyncScope) -> dict[str, int]:
    """How many accounts of each network an update reads; each account comes with its client's name."""
    return dict(
        Counter(
            account.network
            for account, client in accounts
            if scope.account in {None, account.id} and scope.client in {None, client}
        )
    )
