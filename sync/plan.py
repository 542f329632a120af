"""Which accounts a run reads, in which order, and from which day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from connectors.base import Part, Refusal, Target, Token
from connectors.clean import clean
from goals.model import Account, AccountId, Client, ClientId
from store.contract import Reader
from store.values import TroubleRecord, UnitCounts, UnitStatus
from sync.report import UnitReport

#: Figures of posts of this many days are read anew once a day: by then they have settled.
RECENT_POSTS_DAYS = 30
#: What every run reads anew: networks correct their last days.
RECENT_DAYS = 3
#: The parts that have a past which can be read; the others tell only what is now.
HISTORY = frozenset({Part.POSTS, Part.STATS, Part.SALES})

NOTHING = UnitCounts(0, 0)
_NEVER = datetime.min.replace(tzinfo=UTC)
_READ_AT = "read_at"
_WHOLE_DAY = "whole_day"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which accounts to read; None means all. `stories_only` reads nothing but stories."""

    client_id: ClientId | None = None
    network: str | None = None
    account_id: AccountId | None = None
    stories_only: bool = False

    @property
    def parts(self) -> frozenset[Part]:
        """The parts of each account that are wanted."""
        return frozenset({Part.STORIES}) if self.stories_only else frozenset(Part)


@dataclass(frozen=True, slots=True)
class Job:
    """One account to read, with its client, where its last readings ended, and their trouble."""

    account: Account
    client: Client
    cursors: Mapping[str, str]
    last_trouble: TroubleRecord | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the client's days are counted."""
        return ZoneInfo(self.client.timezone)

    @property
    def label(self) -> str:
        """The account's name for a person: client, network, handle."""
        return clean(f"{self.client.name} · {self.account.network} {self.account.handle}")

    def report(
        self,
        status: UnitStatus,
        counts: UnitCounts = NOTHING,
        requests: int = 0,
        trouble: TroubleRecord | None = None,
        refusals: Mapping[str, Refusal] | None = None,
    ) -> UnitReport:
        """How the account's part of a run ended; `refusals` are what its network's troubles refuse."""
        account = self.account
        return UnitReport(
            self.client.name,
            account.network,
            account.handle,
            status,
            *counts,
            requests,
            trouble,
            as_before=self._is_as_before(trouble),
            refusal=refusals.get(trouble.code) if trouble and refusals else None,
        )

    def _is_as_before(self, trouble: TroubleRecord | None) -> bool:
        last = self.last_trouble
        if trouble is None or last is None:
            return False
        return (trouble.kind, trouble.code) == (last.kind, last.code)

    def target(self, tokens: tuple[Token, ...], parts: frozenset[Part]) -> Target:
        """What a connector is asked for; from which day on is said later (see `since_of`)."""
        return Target(
            key=int(self.account.id),
            handle=self.account.handle,
            network_id=self.account.network_id,
            zone=self.zone,
            cursors={str(part): self.cursors[part] for part in Part if self.cursors.get(part)},
            tokens=tokens,
            parts=parts,
        )


def plan(reader: Reader, selection: Selection) -> list[Job]:
    """The accounts to read, those longest unread first; archived ones are left out."""
    clients = {client.id: client for client in reader.clients()}
    chosen = [
        account
        for account in reader.accounts(selection.client_id)
        if account.client_id in clients
        and selection.network in {None, account.network}
        and selection.account_id in {None, account.id}
    ]
    chosen.sort(key=lambda account: account.last_ok_at or _NEVER)
    troubles = {unit.account_id: unit.trouble for unit in reader.last_units()}
    return [
        Job(account, clients[account.client_id], reader.cursors(account.id), troubles.get(account.id))
        for account in chosen
    ]


def by_network(jobs: Iterable[Job]) -> dict[str, list[Job]]:
    """The jobs of each network, in their order."""
    networks: dict[str, list[Job]] = {}
    for job in jobs:
        networks.setdefault(job.account.network, []).append(job)
    return networks


def since_of(job: Job, open_parts: Iterable[Part], now: datetime) -> date | None:
    """From which day on an account is read: None for as far back as can be had.

    A part that was never read well is read whole. Otherwise the last days are read anew, and once
    a day those of RECENT_POSTS_DAYS, counted from when every part was last read well.
    """
    today = now.astimezone(job.zone).date()
    last = [read_at(job.cursors, part) for part in open_parts if part in HISTORY]
    known = [moment for moment in last if moment is not None]
    if len(known) < len(last):
        return None
    day = min([today, *(moment.astimezone(job.zone).date() for moment in known)])
    whole = job.cursors.get(_WHOLE_DAY) != today.isoformat()
    return day - timedelta(days=RECENT_POSTS_DAYS if whole else RECENT_DAYS)


def read_at(cursors: Mapping[str, str], part: Part) -> datetime | None:
    """When a part was last read without trouble; None for never."""
    text = cursors.get(f"{part}.{_READ_AT}")
    return datetime.fromisoformat(text) if text else None


def progress_cursors(parts: Iterable[Part], since: date | None, now: datetime, today: date) -> dict[str, str]:
    """What a run remembers of the parts that it read without trouble, from `since` on."""
    done = set(parts)
    cursors = {f"{part}.{_READ_AT}": now.isoformat() for part in done}
    if Part.POSTS in done and (since is None or since <= today - timedelta(days=RECENT_POSTS_DAYS)):
        cursors[_WHOLE_DAY] = today.isoformat()
    return cursors
