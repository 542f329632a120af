"""A running update account by account: what is read, what waits, how long each network still takes."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from store.values import RunStatus, UnitStatus
from tui.accounts.lines import RESULTS
from tui.drawing import bar
from tui.drawing.cells import cell, fit
from tui.sync_state import left_text
from wording.goals import network_name
from wording.words import mark

if TYPE_CHECKING:
    from store.contract import Reader
    from store.values import UnitRecord
    from tui.services import Services, SyncScope
    from wording.words import Words

_BAR, _NAME, _NETWORK = 16, 26, 13
#: So many accounts of a network are shown that were read, and so many that wait.
_SHOWN = 5
#: The frames of the wheel that turns as long as a network is read.
WHEEL = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_WAITS = ("·", mark("waits"), "dim")
_STYLES = {
    "good": "$text-success",
    "behind": "$text-warning",
    "bad": "$text-error",
    "dim": "$foreground-muted",
}


class AccountRun(NamedTuple):
    """An account of a running update, by its name; `unit` is what became of it, None as long as it waits."""

    name: str
    unit: UnitRecord | None

    @property
    def is_troubled(self) -> bool:
        """Whether not all of it could be read."""
        return self.unit is not None and self.unit.status in {UnitStatus.FAILED, UnitStatus.PARTIAL}


@dataclass(frozen=True, slots=True)
class NetworkRun:
    """A network of a running update; `left` is how long it still takes, in seconds (None: not known)."""

    network: str
    accounts: tuple[AccountRun, ...]
    left: float | None

    @property
    def done(self) -> int:
        """How many accounts are finished."""
        return sum(one.unit is not None for one in self.accounts)


def read_running(services: Services, reader: Reader, scope: SyncScope) -> tuple[NetworkRun, ...]:
    """The networks of the update that runs now, as far as it has come; nothing where none runs."""
    runs = reader.runs(1)
    if not runs or runs[0].status is not RunStatus.RUNNING:
        return ()
    units = {unit.account_id: unit for unit in reader.units(runs[0].id)}
    clients = {client.id: client.name for client in reader.clients()}
    networks: dict[str, list[AccountRun]] = {}
    for account in reader.accounts():
        wanted = scope.account in {None, account.id} and scope.client in {
            None,
            clients.get(account.client_id),
        }
        if wanted and account.client_id in clients:
            row = AccountRun(cell(account.title or account.handle), units.get(account.id))
            networks.setdefault(account.network, []).append(row)
    seconds = (services.now() - runs[0].started_at).total_seconds()
    return tuple(
        NetworkRun(name, tuple(rows), _left(rows, seconds)) for name, rows in sorted(networks.items())
    )


def _left(rows: list[AccountRun], seconds: float) -> float | None:
    """The rest at the pace so far."""
    done = sum(row.unit is not None for row in rows)
    return seconds / done * (len(rows) - done) if done and seconds > 0 else None


def running_text(words: Words, networks: tuple[NetworkRun, ...], wheel: str, width: int) -> Content:
    """Each network with its bar, then its accounts: those in trouble, those that wait, those just read."""
    lines = [line for each in networks for line in _network(words, each, wheel, width)]
    return Content("\n").join(lines)


def _network(words: Words, run: NetworkRun, wheel: str, width: int) -> list[Content]:
    total, done = len(run.accounts), run.done
    glyph, style = ("✓", "$text-success") if done == total else (wheel, "$text-accent")
    drawn = "".join(piece.text for piece in bar.draw(done / total, None, _BAR))
    left = "" if run.left is None or done == total else left_text(words, run.left)
    told = " · ".join(part for part in (f"{done}/{total}", left) if part)
    name = fit(network_name(words, run.network), _NETWORK)
    lines = [Content.assemble((f"{glyph} ", style), (name, "bold"), (f" {drawn} ", "$text-accent"), told)]
    read = [(one.unit.finished_at, one) for one in run.accounts if one.unit and not one.is_troubled]
    read.sort(key=itemgetter(0), reverse=True)
    lines += [_account(words, one, width) for one in run.accounts if one.is_troubled]
    lines += _some(words, [one for one in run.accounts if one.unit is None], width)
    return [*lines, *_some(words, [one for _, one in read], width)]


def _some(words: Words, accounts: list[AccountRun], width: int) -> list[Content]:
    """The first accounts of a kind, and how many more there are."""
    lines = [_account(words, one, width) for one in accounts[:_SHOWN]]
    more = len(accounts) - _SHOWN
    if more > 0:
        told = words.plural("and {n} account more", "and {n} accounts more", more)
        lines.append(Content.styled(f"    {told}", "$foreground-muted"))
    return lines


def _account(words: Words, run: AccountRun, width: int) -> Content:
    glyph, word, ink = RESULTS[run.unit.status] if run.unit is not None else _WAITS
    said = f"{glyph} {words.text(word)}"
    brought = f" · {_brought(words, run.unit)}" if run.unit is not None and run.unit.readings else ""
    room = max(10, width - _NAME - 5)
    return Content.assemble(
        (f"  {fit(run.name, _NAME)}  ", ""), (fit(f"{said}{brought}", room).rstrip(), _STYLES[ink])
    )


def _brought(words: Words, unit: UnitRecord) -> str:
    figures = words.plural("{n} figure", "{n} figures", unit.readings)
    return ", ".join([figures, *([words.plural("{n} post", "{n} posts", unit.posts)] if unit.posts else [])])
