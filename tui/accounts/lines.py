"""The rows of the list of accounts, what is said of one, and the last updates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from store.days import today_of
from store.values import RunStatus, UnitStatus
from tui.drawing.cells import cell, fit
from tui.posts.lines import HeadLine
from tui.widgets.block import Row, folded
from wording.freshness import read_phrase
from wording.goals import network_name
from wording.troubles import trouble_sentence
from wording.words import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goals.model import Account, AccountId, Client, ClientId
    from store.contract import Reader
    from store.values import RunRecord, UnitRecord
    from tui.services import Services
    from tui.widgets.line import Span
    from wording.troubles import Sentence
    from wording.words import Words

#: So many of the last updates are told.
_RUNS = 8
_WIDE = 96

RESULTS = {
    UnitStatus.OK: ("✓", mark("read"), "good"),
    UnitStatus.PARTIAL: ("△", mark("not all of it"), "behind"),
    UnitStatus.FAILED: ("▲", mark("not read"), "bad"),
    UnitStatus.SKIPPED: ("·", mark("nothing to read"), "dim"),
    UnitStatus.CANCELLED: ("·", mark("stopped before it"), "dim"),
}
_NEVER = ("·", mark("never read yet"), "dim")
_RUN_RESULTS = {
    RunStatus.OK: ("✓", mark("all read"), "good"),
    RunStatus.INCOMPLETE: ("△", mark("not everything"), "behind"),
    RunStatus.FAILED: ("▲", mark("nothing could be read"), "bad"),
    RunStatus.LOCKED: ("·", mark("another update was running"), "dim"),
    RunStatus.RUNNING: ("…", mark("running, or cut short"), "calm"),
}


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as the list draws it."""

    key: AccountId
    network: str
    name: str
    fresh: str
    result: tuple[str, str, str]
    error: str

    @property
    def is_head(self) -> bool:
        """An account is no head."""
        return False


AccountRowLine = AccountRow | HeadLine


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """An account with its client and what the last update brought; `trouble` in words."""

    account: Account
    client: Client
    unit: UnitRecord | None
    trouble: Sentence | None
    row: AccountRow


class RunSeen(NamedTuple):
    """An update: its accounts by how they ended."""

    run: RunRecord
    counts: Mapping[UnitStatus, int]


class AccountsData(NamedTuple):
    """All accounts in the order of clients; the last updates; what a running one has done by network."""

    rows: tuple[AccountRowLine, ...]
    seen: Mapping[AccountId, AccountSeen]
    runs: tuple[RunSeen, ...]
    running: Mapping[str, int]
    clients: Mapping[ClientId, Client]


def read_accounts(services: Services, reader: Reader, client_id: ClientId | None) -> AccountsData:
    """Read the accounts of a client, or of all clients that are not put away, each under its name."""
    words, now = services.words, services.now()
    clients = {client.id: client for client in reader.clients() if client_id in {None, client.id}}
    accounts = [account for account in reader.accounts(client_id) if account.client_id in clients]
    units = {unit.account_id: unit for unit in reader.last_units()}
    reads = reader.last_reads()
    imported: dict[AccountId, date] = {}
    for figure in reader.latest(account.id for account in accounts if account.id not in reads):
        imported[figure.account_id] = max(figure.day, imported.get(figure.account_id, figure.day))
    seen: dict[AccountId, AccountSeen] = {}
    rows: list[AccountRowLine] = []
    for client in clients.values():
        own = [account for account in accounts if account.client_id == client.id]
        rows += [HeadLine(client.name, len(own))] if client_id is None and own else []
        for account in own:
            fresh = read_phrase(
                words,
                account,
                reads.get(account.id),
                now,
                imported=imported.get(account.id),
                today=today_of(client, now),
            )
            one = _seen(words, account, client, units.get(account.id), fresh)
            seen[account.id] = one
            rows.append(one.row)
    runs, running = _runs(reader)
    return AccountsData(tuple(rows), seen, runs, running, clients)


def _seen(words: Words, account: Account, client: Client, unit: UnitRecord | None, fresh: str) -> AccountSeen:
    told = unit.trouble if unit is not None else None
    sentence = None
    if told is not None:
        facts = {"network": account.network, **told.facts}
        sentence = trouble_sentence(words, told.kind, told.code, told.detail, facts)
    glyph, word, ink = RESULTS[unit.status] if unit is not None else _NEVER
    row = AccountRow(
        account.id,
        network_name(words, account.network),
        cell(account.title or account.handle),
        fresh,
        (glyph, words.text(word), ink),
        cell(sentence.message) if sentence is not None else "",
    )
    return AccountSeen(account, client, unit, sentence, row)


def _runs(reader: Reader) -> tuple[tuple[RunSeen, ...], dict[str, int]]:
    """The last updates, and how many accounts of each network the newest has done, where it runs still."""
    runs, done = [], Counter[str]()
    for place, run in enumerate(reader.runs(_RUNS)):
        units = reader.units(run.id)
        runs.append(RunSeen(run, Counter(unit.status for unit in units)))
        if not place and run.status is RunStatus.RUNNING:
            networks = {account.id: account.network for account in reader.accounts(archived=True)}
            done.update(networks.get(unit.account_id, "") for unit in units)
    return tuple(runs), dict(done)


class Columns(NamedTuple):
    """Widths in cells; `error` 0 where it has no room."""

    network: int
    name: int
    fresh: int
    result: int
    error: int


def columns_for(width: int) -> Columns:
    """The columns of a list that is `width` cells wide."""
    if width < _WIDE:
        return Columns(9, max(8, width - 9 - 20 - 15 - 6), 20, 15, 0)
    left = width - 12 - 22 - 18 - 8
    return Columns(12, left // 2, 22, 18, left - left // 2)


class AccountPainter:
    """Draws the rows of the list of accounts in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def titles(self, width: int) -> list[Span]:
        """The names of the columns."""
        text, columns = self.words.text, columns_for(width)
        names = [
            fit(text("network"), columns.network),
            fit(text("account"), columns.name),
            fit(text("figures"), columns.fresh),
            fit(text("last update"), columns.result),
        ]
        return [("  ".join([*names, fit(text("why"), columns.error)] if columns.error else names), "")]

    def draw(self, row: AccountRowLine, width: int) -> list[Span]:
        """A client's name or an account."""
        if isinstance(row, HeadLine):
            return [(cell(row.text), "strong"), (f"  {self.words.number(row.count)}", "dim")]
        columns = columns_for(width)
        glyph, word, ink = row.result
        spans = [
            (fit(row.network, columns.network) + "  ", ""),
            (fit(row.name, columns.name) + "  ", ""),
            (fit(row.fresh, columns.fresh) + "  ", ""),
            (fit(f"{glyph} {word}", columns.result), ink),
        ]
        return [*spans, ("  " + fit(row.error, columns.error), "dim")] if columns.error else spans


def account_rows(services: Services, seen: AccountSeen, width: int) -> list[Row]:
    """All about the account under the cursor: where it is, what came last, what is wrong, its tokens."""
    words, account = services.words, seen.account
    place = cell(account.url or account.handle)
    rows = [Row(((seen.row.name, "strong"), (fit(f" · {place}", width - 30).rstrip(), "dim")))]
    if seen.trouble is not None:
        glyph, _, ink = seen.row.result
        first, *rest = folded(cell(seen.trouble.message), width - 2)
        rows += [Row(((f"{glyph} ", ink), (first, ""))), *(Row(((f"  {line}", ""),)) for line in rest)]
        first, *rest = folded(cell(seen.trouble.next_step), width - 2)
        rows += [Row((("→ ", "good"), (first, "good"))), *(Row(((f"  {line}", "good"),)) for line in rest)]
    rows += [Row(((line, ""),)) for line in folded(_brought(words, seen), width)]
    return [*rows, *(Row(((line, "dim"),)) for line in folded(_tokens(services, account), width))]


def _brought(words: Words, seen: AccountSeen) -> str:
    unit = seen.unit
    if unit is None:
        return words.text("No update has read it yet")
    parts = (
        words.plural("{n} figure", "{n} figures", unit.readings),
        words.plural("{n} post", "{n} posts", unit.posts),
        words.plural("{n} request", "{n} requests", unit.requests),
    )
    return words.text("New in the last update: {parts}", parts=", ".join(parts))


def _tokens(services: Services, account: Account) -> str:
    """Which tokens serve an account, by their names."""
    text = services.words.text
    network = services.network_tokens.get(account.network, ())
    parts = []
    if account.tokens:
        parts.append(text("its own: {names}", names=", ".join(map(cell, account.tokens))))
    if network:
        parts.append(text("of the network: {names}", names=", ".join(map(cell, network))))
    if not parts:
        return text("Tokens: none in the settings, only what is open to all")
    return text("Tokens: {parts}", parts="; ".join(parts))


def run_rows(services: Services, runs: Sequence[RunSeen], width: int) -> list[Row]:
    """The last updates, a line each: when, how it ended, how many accounts, how much was asked."""
    words, now = services.words, services.now()
    today = now.astimezone(services.zone).date()
    rows = []
    for run, counts in runs:
        glyph, word, ink = _RUN_RESULTS[run.status]
        read = counts.get(UnitStatus.OK, 0) + counts.get(UnitStatus.PARTIAL, 0)
        parts = [words.plural("{n} read", "{n} read", read)]
        if failed := counts.get(UnitStatus.FAILED, 0):
            parts.append(words.plural("{n} failed", "{n} failed", failed))
        parts.append(words.plural("{n} request", "{n} requests", run.requests))
        if run.finished_at is not None:
            parts.append(lasted(words, run.finished_at - run.started_at))
        when = fit(words.moment(run.started_at, services.zone, today), 13)
        while len(parts) > 1 and cell_len(" · ".join(parts)) > width - 36:
            parts.pop()
        told = " · ".join(parts)
        rows.append(
            Row(((f"{when} ", ""), (fit(f"{glyph} {words.text(word)}", 21) + " ", ink), (told, "dim")))
        )
    return rows


def lasted(words: Words, time: timedelta) -> str:
    """How long something took: «12 с», «3 мин»."""
    seconds = round(time.total_seconds())
    if seconds < 60:
        return words.text("{n} s", n=seconds)
    return words.text("{n} min", n=round(seconds / 60))
