"""The lines of the goal list: which clients and goals are on show, folded and filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from goals.board import GoalRow
from goals.model import ClientId, GoalStatus
from tui.drawing.cells import cell
from wording.goals import WAITING, is_waiting, network_name, row_title, standing_word
from wording.words import mark_plural

if TYPE_CHECKING:
    from goals.board import Board, ClientGroup
    from goals.model import Client
    from wording.words import Words

#: How the goals in a troubled status are counted.
TROUBLE_PHRASES = {
    GoalStatus.UNLIKELY.value: mark_plural("{n} unlikely", "{n} unlikely"),
    GoalStatus.BEHIND.value: mark_plural("{n} behind", "{n} behind"),
    GoalStatus.STALE.value: mark_plural("{n} without fresh data", "{n} without fresh data"),
}
#: How the goals are counted that neither ask for attention nor are on track.
OTHER_PHRASES = {
    GoalStatus.MISSED.value: mark_plural("{n} missed", "{n} missed"),
    GoalStatus.UNKNOWN.value: mark_plural("{n} ended without data", "{n} ended without data"),
    GoalStatus.EARLY.value: mark_plural("{n} too early to tell", "{n} too early to tell"),
    WAITING: mark_plural("{n} without data yet", "{n} without data yet"),
    GoalStatus.DRAFT.value: mark_plural("{n} draft", "{n} drafts"),
}
#: The statuses that ask for attention, the worst first.
TROUBLED = (GoalStatus.UNLIKELY, GoalStatus.BEHIND, GoalStatus.STALE)
_WORST_FIRST = tuple(status.value for status in TROUBLED)
_FINE = frozenset({GoalStatus.ON_TRACK.value, GoalStatus.MET.value})
_STALE = GoalStatus.STALE.value
_status = itemgetter(GoalRow._fields.index("status"))
_urgency = itemgetter(GoalRow._fields.index("urgency"))


class Grouping(StrEnum):
    """What the goals stand under: their client, first its manager, or nothing (by urgency over all)."""

    CLIENT = "client"
    MANAGER = "manager"
    FLAT = "flat"

    @property
    def following(self) -> Grouping:
        """The one that the key goes to next."""
        order = list(Grouping)
        return order[(order.index(self) + 1) % len(order)]


class ClientLine(NamedTuple):
    """A client's line; `counts` are its goals by status, for those that ask for attention.

    `others` counts those that neither do nor are on track; `hidden` goals are left out by the filter.
    """

    client_id: ClientId
    name: str
    goals: int
    counts: tuple[tuple[str, int], ...]
    is_open: bool
    others: tuple[tuple[str, int], ...] = ()
    hidden: int = 0


class ManagerLine(NamedTuple):
    """The line over the clients of a manager (None: of nobody); the counts are as a client's."""

    manager: str | None
    clients: int
    goals: int
    counts: tuple[tuple[str, int], ...]
    is_open: bool
    others: tuple[tuple[str, int], ...] = ()


HeadLine = ClientLine | ManagerLine
Line = ClientLine | GoalRow | ManagerLine


class Key(NamedTuple):
    """What a line is about, the same while figures change.

    `goal_id` 0 is the client's own line, `client_id` 0 the line of the manager.
    """

    client_id: int
    goal_id: int
    manager: str | None = None


def key_of(line: Line) -> Key:
    """The key of a line."""
    if isinstance(line, ManagerLine):
        return Key(0, 0, line.manager)
    return Key(line.client_id, line.goal_id if isinstance(line, GoalRow) else 0)


@dataclass(frozen=True, slots=True)
class View:
    """How the board is looked at: folds that a person set, the words of the filter, the grouping.

    Folds set under a filter are `filter_folds`: they end with it, and `folds` are as they were. `closed`
    are the managers whose clients are folded away.
    """

    folds: Mapping[ClientId, bool] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    filter_folds: Mapping[ClientId, bool] = field(default_factory=dict)
    grouping: Grouping = Grouping.CLIENT
    closed: frozenset[str | None] = frozenset()

    @property
    def shown_folds(self) -> Mapping[ClientId, bool]:
        """The folds that hold just now."""
        return self.filter_folds if self.words else self.folds

    def with_folds(self, folds: Mapping[ClientId, bool]) -> View:
        """The view with other folds for what it shows just now."""
        return replace(self, filter_folds=folds) if self.words else replace(self, folds=folds)

    def filtered(self, words: tuple[str, ...]) -> View:
        """The view under another filter; no words end the filter."""
        return replace(self, words=words, filter_folds={})

    def grouped(self, grouping: Grouping) -> View:
        """The view under another grouping."""
        return replace(self, grouping=grouping)

    def managed(self, manager: str | None, *, is_open: bool) -> View:
        """The view with the clients of one manager shown or folded away."""
        return replace(self, closed=self.closed - {manager} if is_open else self.closed | {manager})

    def folded(self, client_id: ClientId, *, is_open: bool) -> View:
        """The view with one client opened or closed."""
        return self.with_folds({**self.shown_folds, client_id: is_open})


class Haystack:
    """Finds goals by words. The text of each goal is made once and kept while the goal stays the same."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._texts: dict[int, tuple[GoalRow, str]] = {}

    def matching(
        self, client: Client, goals: tuple[GoalRow, ...], needles: tuple[str, ...]
    ) -> tuple[GoalRow, ...]:
        """The client's goals that hold all needles (lower case), counting the names of client and manager."""
        name = _name_of(client)
        rest = [needle for needle in needles if needle not in name]
        if not rest:
            return goals
        return tuple(row for row in goals if self._holds(row, rest))

    @staticmethod
    def names(client: Client, needles: tuple[str, ...]) -> bool:
        """Whether the client's and the manager's name alone hold all needles."""
        name = _name_of(client)
        return all(needle in name for needle in needles)

    def _holds(self, row: GoalRow, needles: list[str]) -> bool:
        kept = self._texts.get(row.goal_id)
        if kept is None or kept[0] is not row:
            kept = (row, self._text(row))
            self._texts[row.goal_id] = kept
        return all(needle in kept[1] for needle in needles)

    def _text(self, row: GoalRow) -> str:
        parts = [row_title(self._words, row), standing_word(self._words, row), row.topic or ""]
        if row.status in TROUBLE_PHRASES and not is_waiting(row):
            parts.append(self._words.plural(*TROUBLE_PHRASES[row.status], 1))
        if row.network:
            parts += [network_name(self._words, row.network), row.network]
        return cell(" ".join(parts)).replace("\xa0", " ").casefold()


def _name_of(client: Client) -> str:
    return f"{client.name} {client.manager or ''}".casefold()


def fitting(board: Board, height: int) -> frozenset[ClientId]:
    """The clients that may be open though nothing is urgent there, because `height` lines hold them too."""
    clients = [group.client.id for group in board.groups]
    if len(clients) + board.goal_count <= height:
        return frozenset(clients)
    room = height - len(clients)
    if room <= 0:
        return frozenset()
    calm = []
    for group in board.groups:
        if tally(group.goals).troubles:
            room -= len(group.goals)
        else:
            calm.append(group)
    found: set[ClientId] = set()
    for group in calm:
        if len(group.goals) <= room:
            room -= len(group.goals)
            found.add(group.client.id)
    return frozenset(found)


def lines_of(
    board: Board, view: View, haystack: Haystack, unfolded: frozenset[ClientId] = frozenset()
) -> list[Line]:
    """The lines to draw, top to bottom; `unfolded` clients are open unless a person folded them."""
    shown = [(group, goals) for group in board.groups if (goals := _found(group, view, haystack)) is not None]
    if view.grouping is Grouping.FLAT:
        return sorted(chain.from_iterable(goals for _, goals in shown), key=_urgency, reverse=True)
    if len(board.groups) == 1:
        unfolded = frozenset({board.groups[0].client.id})
    if view.grouping is Grouping.CLIENT:
        return [line for each in shown for line in _lines_of_client(*each, view, unfolded)]
    managers: dict[str | None, list[tuple[ClientGroup, tuple[GoalRow, ...]]]] = {}
    for each in shown:
        managers.setdefault(each[0].client.manager, []).append(each)
    lines: list[Line] = []
    for manager, theirs in managers.items():
        goals = tuple(chain.from_iterable(goals for _, goals in theirs))
        counts, others = tally(goals)
        is_open = manager not in view.closed
        lines.append(ManagerLine(manager, len(theirs), len(goals), counts, is_open, others))
        if is_open:
            lines += [line for each in theirs for line in _lines_of_client(*each, view, unfolded)]
    return lines


def _found(group: ClientGroup, view: View, haystack: Haystack) -> tuple[GoalRow, ...] | None:
    """The client's goals that the filter leaves; None where it leaves nothing of the client."""
    if not view.words:
        return group.goals
    goals = haystack.matching(group.client, group.goals, view.words)
    return goals or (() if haystack.names(group.client, view.words) else None)


def _lines_of_client(
    group: ClientGroup, goals: tuple[GoalRow, ...], view: View, unfolded: frozenset[ClientId]
) -> list[Line]:
    client = group.client
    counts, others = tally(goals)
    is_open = view.shown_folds.get(client.id, bool(view.words or counts) or client.id in unfolded)
    hidden = len(group.goals) - len(goals)
    head = ClientLine(client.id, client.name, len(goals), counts, is_open, others, hidden)
    return [head, *goals] if is_open else [head]


class Tally(NamedTuple):
    """Goals by standing: `troubles` ask for attention, `others` neither do nor are on track."""

    troubles: tuple[tuple[str, int], ...] = ()
    others: tuple[tuple[str, int], ...] = ()


_ALL_FINE = Tally()


def tally(goals: tuple[GoalRow, ...]) -> Tally:
    """How many goals are in each troubled status and in each other one (or `WAITING`); no zeros."""
    standings = list(map(_status, goals))
    distinct = set(standings)
    if distinct <= _FINE:
        return _ALL_FINE
    if _STALE in distinct:
        standings = [WAITING if row.status == _STALE and is_waiting(row) else row.status for row in goals]
        distinct = set(standings)
    return Tally(
        tuple([(name, standings.count(name)) for name in _WORST_FIRST if name in distinct]),
        tuple([(name, standings.count(name)) for name in OTHER_PHRASES if name in distinct]),
    )
