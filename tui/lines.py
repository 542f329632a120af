"""The lines of the goal list: which clients and goals are on show, folded and filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from goals.board import GoalRow
from goals.model import ClientId, GoalStatus
from tui.cells import cell
from wording.goals import network_name, row_title, status_word
from wording.words import mark_plural

if TYPE_CHECKING:
    from goals.board import Board
    from goals.model import Client
    from wording.words import Words

#: How the goals in a troubled status are counted.
TROUBLE_PHRASES = {
    GoalStatus.UNLIKELY.value: mark_plural("{n} is unlikely", "{n} are unlikely"),
    GoalStatus.BEHIND.value: mark_plural("{n} is behind", "{n} are behind"),
    GoalStatus.STALE.value: mark_plural("{n} has no fresh data", "{n} have no fresh data"),
}
#: The statuses that ask for attention, the worst first.
TROUBLED = (GoalStatus.UNLIKELY, GoalStatus.BEHIND, GoalStatus.STALE)
_WORST_FIRST = tuple(status.value for status in TROUBLED)
_TROUBLED = frozenset(_WORST_FIRST)
_status = itemgetter(GoalRow._fields.index("status"))


class ClientLine(NamedTuple):
    """A client's line; `counts` are its goals by status, for those that ask for attention."""

    client_id: ClientId
    name: str
    goals: int
    counts: tuple[tuple[str, int], ...]
    is_open: bool


Line = ClientLine | GoalRow


class Key(NamedTuple):
    """What a line is about, the same while figures change. `goal_id` 0 is the client's own line."""

    client_id: int
    goal_id: int


def key_of(line: Line) -> Key:
    """The key of a line."""
    return Key(line.client_id, line.goal_id if isinstance(line, GoalRow) else 0)


@dataclass(frozen=True, slots=True)
class View:
    """How the board is looked at: folds that a person set, and the words of the filter."""

    folds: Mapping[ClientId, bool] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    def folded(self, client_id: ClientId, *, is_open: bool) -> View:
        """The view with one client opened or closed."""
        return View({**self.folds, client_id: is_open}, self.words)


class Haystack:
    """Finds goals by words. The text of each goal is made once and kept while the goal stays the same."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._texts: dict[int, tuple[GoalRow, str]] = {}

    def matching(
        self, client: Client, goals: tuple[GoalRow, ...], needles: tuple[str, ...]
    ) -> tuple[GoalRow, ...]:
        """The client's goals that hold all needles (lower case), counting the client's name."""
        name = client.name.casefold()
        rest = [needle for needle in needles if needle not in name]
        if not rest:
            return goals
        return tuple(row for row in goals if self._holds(row, rest))

    def _holds(self, row: GoalRow, needles: list[str]) -> bool:
        kept = self._texts.get(row.goal_id)
        if kept is None or kept[0] is not row:
            kept = (row, self._text(row))
            self._texts[row.goal_id] = kept
        return all(needle in kept[1] for needle in needles)

    def _text(self, row: GoalRow) -> str:
        parts = [row_title(self._words, row), status_word(self._words, row.status), row.topic or ""]
        if row.status in TROUBLE_PHRASES:
            parts.append(self._words.plural(*TROUBLE_PHRASES[row.status], 1))
        if row.network:
            parts += [network_name(self._words, row.network), row.network]
        return cell(" ".join(parts)).replace("\xa0", " ").casefold()


def lines_of(board: Board, view: View, haystack: Haystack) -> list[Line]:
    """The lines to draw, top to bottom."""
    lines: list[Line] = []
    folds, words = view.folds, view.words
    unfold = bool(words) or len(board.groups) == 1
    for group in board.groups:
        client, goals = group.client, group.goals
        if words:
            goals = haystack.matching(client, goals, words)
            if not goals and not all(word in client.name.casefold() for word in words):
                continue
        counts = count_troubles(goals)
        is_open = folds.get(client.id, unfold or bool(counts))
        lines.append(ClientLine(client.id, client.name, len(goals), counts, is_open))
        if is_open:
            lines += goals
    return lines


def count_troubles(goals: tuple[GoalRow, ...]) -> tuple[tuple[str, int], ...]:
    """How many goals are in each troubled status, the worst first; statuses without a goal are left out."""
    statuses = list(map(_status, goals))
    if _TROUBLED.isdisjoint(statuses):
        return ()
    return tuple([(status, statuses.count(status)) for status in _WORST_FIRST if status in statuses])


def troubled(board: Board) -> int:
    """How many goals of the board ask for attention."""
    found = Counter(map(_status, chain.from_iterable(group.goals for group in board.groups)))
    return sum(found[status] for status in _WORST_FIRST)
