"""The dashboard's eyes on the store: notices commits of other processes and brings a new Board."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.app import App
from textual.message import Message
from textual.reactive import reactive

from goals.board import Board, build_board
from store.errors import StoreBusyError, StoreError, StoreMissingError
from tui.jobs import start_job

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goals.board import ClientGroup, GoalRow
    from goals.model import Client, ClientId
    from store.contract import Reader
    from tui.services import Services

POLL_SECONDS = 0.5
#: The first picture shows at most so many clients; a terminal has fewer lines.
TOP_CLIENTS = 80
#: How often the shown age of the figures is brought up to date.
_TICK = timedelta(seconds=30)
#: After a busy store, how long until the verdicts are worked out again.
_RETRY = timedelta(seconds=30)

_log = logging.getLogger(__name__)


@dataclass
class BoardChanged(Message):
    """There is a new board to draw."""

    board: Board

    def can_replace(self, message: Message) -> bool:
        """Only the newest board counts."""
        return isinstance(message, BoardChanged)


@dataclass
class DaysJudged(Message):
    """Every goal has its verdict for its client's day at `now`."""

    now: datetime


@dataclass
class StoreTrouble(Message):
    """The store could not be read."""

    error: StoreError


class BoardApp(App[None]):
    """An app that shows a board."""

    board: reactive[Board | None] = reactive(None)


def read_top(services: Services) -> Board:
    """What the first picture needs: the most urgent clients. Raises StoreError."""
    with services.open_reader() as reader:
        clients = reader.clients()
        if len(clients) <= TOP_CLIENTS:
            mark = reader.changes_since(0).mark
            return _board(services, reader, clients, reader.board_rows(), mark=mark)
        rows = reader.urgent_rows(TOP_CLIENTS)
        urgent = {row.client_id for row in rows}
        return _board(services, reader, [c for c in clients if c.id in urgent], rows)


def read_board(services: Services, before: Board | None) -> Board:
    """Everything evaluated, as stored now; only what was written since `before` is read. Raises StoreError.

    The mark is read first: what is written meanwhile is read once more the next time.
    """
    with services.open_reader() as reader:
        if before is None or not before.mark:
            mark = reader.changes_since(0).mark
            return _board(services, reader, reader.clients(), reader.board_rows(), mark=mark)
        changes = reader.changes_since(before.mark)
        clients = reader.clients() if changes.clients else before.clients
        kept = {group.client.id: group for group in before.groups if group.client.id not in changes.goals_of}
        rows = reader.board_rows(changes.goals_of)
        return _board(services, reader, clients, rows, mark=changes.mark, kept=kept)


def _board(
    services: Services,
    reader: Reader,
    clients: Sequence[Client],
    rows: list[GoalRow],
    *,
    mark: int = 0,
    kept: Mapping[ClientId, ClientGroup] | None = None,
) -> Board:
    now = services.now()
    return build_board(
        clients,
        rows,
        now=now,
        today=now.astimezone(services.zone).date(),
        data_as_of=reader.data_as_of(),
        demo=reader.is_demo(),
        mark=mark,
        kept=kept,
    )


class Feed:
    """Polls the store for the app. Lives in the app's thread; reading is done in jobs.

    `_judged_for` is the moment of whose days every goal has its verdict, `_tried_at` when that was last
    asked for (another process may have held the store).
    """

    def __init__(self, app: BoardApp, services: Services) -> None:
        self._app = app
        self._services = services
        self._reader: Reader | None = None
        self._identity: tuple[int, int] | None = None
        self._token = 0
        self._judged_for: datetime | None = None
        self._tried_at: datetime | None = None
        self._loading = False
        self._silent = False

    def start(self) -> None:
        """Begin to look: the whole board is read, and verdicts on a new day are asked for."""
        self._watch()
        self.reload()
        self._app.set_interval(POLL_SECONDS, self.poll)
        self._app.call_later(self._judge)

    @property
    def is_watching(self) -> bool:
        """Whether commits of others are noticed."""
        return self._reader is not None

    def stop(self) -> None:
        """Give the store back."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def poll(self) -> None:
        """Look once: another file, another's commit, a new day, or just a later minute.

        Of a store that is gone the reader is kept: as long as it holds the old file, no new one can
        be taken for it.
        """
        try:
            self._look()
        except StoreMissingError as error:
            self._tell_once(error)
        except StoreError as error:
            self.stop()
            self._tell_once(error)

    def _tell_once(self, error: StoreError) -> None:
        if not self._silent:
            self._silent = True
            self._app.post_message(StoreTrouble(error))

    def reload(self, *, anew: bool = False) -> None:
        """Read the board now: what was written since the one on show, or (another store) all of it."""
        self._loading = True
        load = partial(self._load, None if anew else self._app.board)
        start_job(self._app, load, group="board", description="reading the board")

    def loaded(self) -> None:
        """The board that was asked for has arrived (or failed to)."""
        self._loading = False

    def _watch(self) -> None:
        self._identity = self._services.store_identity()
        self._reader = self._services.open_reader()
        self._token = self._reader.change_token()
        self._silent = False

    def _look(self) -> None:
        found = self._services.store_identity()
        if found is None:
            raise StoreMissingError(str(self._services.path))
        if self._reader is None or found != self._identity:
            self.stop()
            self._watch()
            self.reload(anew=True)
            self._judge()
            return
        self._silent = False
        token = self._reader.change_token()
        if token != self._token and not self._loading:
            self._token = token
            self.reload()
        board = self._app.board
        now = self._services.now()
        if board is None:
            return
        if self._is_another_day(board, now) and self._may_judge(now):
            self._judge()
        if now.astimezone(self._services.zone).date() != board.today:
            if not self._loading:
                self.reload()
        elif now - board.now >= _TICK:
            self._app.board = replace(board, now=now)

    def _is_another_day(self, board: Board, now: datetime) -> bool:
        """Whether the day of any client has changed since the goals were judged."""
        judged = self._judged_for
        if judged is None:
            return True
        zones = {client.timezone for client in board.clients}
        return any(
            now.astimezone(zone).date() != judged.astimezone(zone).date() for zone in map(ZoneInfo, zones)
        )

    def _may_judge(self, now: datetime) -> bool:
        return self._tried_at is None or now - self._tried_at >= _RETRY

    def judged(self, now: datetime) -> None:
        """The verdicts that were asked for are there, for the clients' days at `now`."""
        self._judged_for = now

    def _load(self, before: Board | None) -> Message:
        try:
            return BoardChanged(read_board(self._services, before))
        except StoreError as error:
            return StoreTrouble(error)

    def _judge(self) -> None:
        self._tried_at = self._services.now()
        start_job(self._app, self._refresh, group="verdicts", description="judging the goals for the day")

    def _refresh(self) -> Message | None:
        from store.refresh import refresh_stale_days

        now = self._services.now()
        try:
            with self._services.open_writer() as writer:
                refresh_stale_days(writer, now)
        except StoreBusyError:
            _log.info("another process writes; the verdicts are refreshed later")
            return None
        return DaysJudged(now)
