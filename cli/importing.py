"""From the rows of a file to what is written: whose each row is, on which day, and what it says.

Figures of one account, metric and day are one: the last taken wins, and of equals the last row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from connectors.base import ConnectorError, Link
from connectors.clean import clean
from connectors.filerows import BadRow, FileRow, refused
from connectors.links import VK, LinkError, may_be_of, parse_link, split_post_link
from connectors.numbers import ShownNumber
from goals.metrics import METRICS, Source
from goals.model import Account, AccountId, Client, Exactness, PostKind, PostReading, PostState, Reading
from store.changes import ImportBatch, NewAccount, ObservedPost
from store.contract import Writer
from store.values import ImportCounts

#: A post of VK by the numbers of its community and of itself.
_VK_POST = re.compile(r"-[0-9]+_[0-9]+")
#: A day further ahead than this is a slip of the pen.
_FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a row is: an account, one still to be added, or (neither) a client's manual metrics."""

    client: Client
    account: Account | NewAccount | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the client's days are counted."""
        return ZoneInfo(self.client.timezone)


class _Figure(NamedTuple):
    taken_at: datetime
    value: float
    exactness: Exactness


@dataclass(slots=True)
class _Gathered:
    """What the file holds for one owner."""

    figures: dict[tuple[str, date], _Figure] = field(default_factory=dict)
    posts: dict[str, tuple[ObservedPost, dict[str, ShownNumber], datetime | None]] = field(
        default_factory=dict
    )


class Accounts:
    """Finds the account that a row names, by link, handle or the network's own id."""

    def __init__(
        self,
        clients: Iterable[Client],
        accounts: Iterable[Account],
        *,
        client: Client | None = None,
        network: str | None = None,
        account: Account | NewAccount | None = None,
    ) -> None:
        self._clients = {known.id: known for known in clients}
        self._client = client
        self._network = network
        scope = [
            known
            for known in accounts
            if client is None or known.client_id == client.id
            if network is None or known.network == network
            if known.client_id in self._clients
        ]
        only = scope[0] if client and len(scope) == 1 else None
        self._fixed = self._owner(account or only)
        self._by_name: dict[str, list[Account]] = {}
        for known in scope:
            names = {known.handle, known.network_id or "", f"{known.network}:{known.handle}", known.url}
            for name in {name.casefold() for name in names if name}:
                self._by_name.setdefault(name, []).append(known)
        self._found: dict[str, Owner | tuple[str, str]] = {}
        self._new: dict[str, Owner] = {}
        self._always = account is not None

    def _owner(self, account: Account | NewAccount | None) -> Owner | None:
        if account is None:
            return None
        return Owner(self._clients[account.client_id], account)

    def manual(self, line: int) -> Owner | BadRow:
        """Whose a figure without an account is."""
        client = self._client or (self._fixed.client if self._fixed else None)
        return Owner(client) if client else refused(line, "file.no_client")

    def find(self, row: FileRow) -> Owner | BadRow:
        """Whose the row is; the answer for a name is remembered."""
        if self._always or not row.account:
            return self._fixed or refused(row.line, "file.no_account")
        if row.account not in self._found:
            self._found[row.account] = self._search(row.account)
        found = self._found[row.account]
        return (
            found
            if isinstance(found, Owner)
            else refused(row.line, found[0], account=row.account, link=found[1])
        )

    def _search(self, name: str) -> Owner | tuple[str, str]:
        known = self._by_name.get(name.casefold().removeprefix("@"))
        if known is None:
            try:
                link = parse_link(name, self._network)
            except LinkError as error:
                if self._client and self._network:
                    return error.code, error.facts.get("link", name)
                return "file.unknown_account", name
            names = (link.network_id or "", f"{link.network}:{link.handle}".casefold())
            known = next((self._by_name[key] for key in names if key in self._by_name), None)
            if known is None:
                if not (self._client and self._network):
                    return "file.unknown_account", name
                return self._new.setdefault(names[1], self._added(self._client, name, link))
        if len(known) > 1:
            known = _told_apart(known)
        if len(known) > 1:
            return _why_several(known), name
        return Owner(self._clients[known[0].client_id], known[0])

    def _added(self, client: Client, name: str, link: Link) -> Owner:
        """The account to be added, under its name as it is written where that is no link."""
        bare = name.removeprefix("@")
        handle = bare if bare.casefold() == link.handle.casefold() else link.handle
        return Owner(client, NewAccount(client.id, link.network, handle, link.network_id, url=link.url))


def _told_apart(known: list[Account]) -> list[Account]:
    """Without those of which the network has not told yet that they are one that is there already."""
    told = [account for account in known if account.network_id is not None]
    same = {(account.client_id, account.network) for account in known}
    return told if len(same) == 1 and told else known


def _why_several(known: Iterable[Account]) -> str:
    """The code of what several accounts of one name have in common."""
    if len({account.client_id for account in known}) > 1:
        return "file.several_accounts"
    return (
        "file.several_networks" if len({account.network for account in known}) > 1 else "file.twin_accounts"
    )


class Gathering:
    """Takes rows one by one; `write` puts all of them into the store."""

    def __init__(self, accounts: Accounts, now: datetime, *, only_accounts: bool = False) -> None:
        self._accounts = accounts
        self._now = now
        self._only_accounts = only_accounts
        self._owners: dict[Owner, _Gathered] = {}
        self._newest: datetime | None = None
        self.read = 0
        self.unused = 0
        self.left_out = 0
        self.superseded = 0
        self.skipped: list[BadRow] = []

    def take(self, row: FileRow | BadRow) -> None:
        """Take one row.

        What of it cannot be used is kept in `skipped`; `unused` counts the rows of which nothing can,
        `left_out` the figures of the other rows that cannot, and `superseded` the figures of a day and
        the posts in whose place another row of the file stands.
        """
        self.read += 1
        if isinstance(row, BadRow):
            self.unused += 1
            self.skipped.append(row)
            return
        self.skipped += [BadRow(row.line, trouble) for trouble in row.troubles]
        if row.troubles and not row.figures and not row.is_content:
            self.unused += 1
            return
        trouble = self._place(row)
        if trouble is not None:
            self.unused += 1
            self.skipped.append(trouble)
        else:
            self.left_out += len(row.troubles)

    def _place(self, row: FileRow) -> BadRow | None:
        by_hand, rest = _split(row.figures)
        owner = self._accounts.find(row) if rest or row.is_content or row.account else None
        if isinstance(owner, BadRow):
            return owner
        if self._only_accounts and owner:
            self._owners.setdefault(owner, _Gathered())
            return None
        if not row.figures and not row.is_content:
            return refused(row.line, "file.no_figures")
        trouble = None
        if by_hand:
            hand = Owner(owner.client) if owner else self._accounts.manual(row.line)
            trouble = hand if isinstance(hand, BadRow) else self._take_figures(row, hand, by_hand)
        if trouble is not None or owner is None:
            return trouble
        if row.is_content:
            return self._take_post(row, owner, rest)
        return self._take_figures(row, owner, rest) if rest else None

    def _take_figures(self, row: FileRow, owner: Owner, figures: Mapping[str, ShownNumber]) -> BadRow | None:
        day = row.day or (row.taken_at or row.published_at or self._now).astimezone(owner.zone).date()
        if not (row.day or row.taken_at or row.published_at):
            return refused(row.line, "file.no_date")
        if day > self._today(owner):
            return refused(row.line, "file.future", value=day.isoformat())
        evening = datetime.combine(day, time(23, 59, 59), owner.zone).astimezone(UTC)
        taken_at = row.taken_at or min(self._now, evening)
        self._note(taken_at)
        gathered = self._owners.setdefault(owner, _Gathered()).figures
        for metric, number in figures.items():
            known = gathered.get((metric, day))
            self.superseded += known is not None
            if known is None or known.taken_at <= taken_at:
                gathered[metric, day] = _Figure(taken_at, number.value, _exactness(number))
        return None

    def _take_post(self, row: FileRow, owner: Owner, figures: Mapping[str, ShownNumber]) -> BadRow | None:
        moment = self._moment(row, owner)
        day = moment.astimezone(owner.zone).date() if moment else row.published_day or row.day
        if day is None:
            return refused(row.line, "file.no_date")
        ahead = moment > self._now if moment else day > self._today(owner)
        state = row.state or (PostState.PLANNED if ahead else PostState.PUBLISHED)
        if day > self._today(owner) + (_FARTHEST if state is PostState.PLANNED else timedelta()):
            return refused(row.line, "file.future", value=day.isoformat())
        if moment and state is not PostState.PLANNED:
            self._note(moment)
        if row.taken_at:
            self._note(row.taken_at)
        of_day = {
            metric: number for metric, number in figures.items() if METRICS[metric].source is Source.READING
        }
        post_id = _post_id(row, owner)
        if isinstance(post_id, BadRow):
            return post_id
        trouble = self._take_figures(replace(row, day=day), owner, of_day) if of_day else None
        post = ObservedPost(
            network_id=post_id,
            kind=row.kind or PostKind.POST,
            state=state,
            day=day,
            published_at=moment,
            url=row.url,
            text=row.text,
            topics=(row.topic,) if row.topic else (),
        )
        of_post = {metric: number for metric, number in figures.items() if metric not in of_day}
        self._keep_post(row, owner, post, of_post)
        return trouble

    def _keep_post(
        self, row: FileRow, owner: Owner, post: ObservedPost, figures: dict[str, ShownNumber]
    ) -> None:
        """Keep the post, unless an earlier row tells a later state of it."""
        key = post.network_id or f"line {row.line}"
        posts = self._owners.setdefault(owner, _Gathered()).posts
        known = posts.get(key)
        self.superseded += known is not None
        taken = known[2] if known else None
        if taken is None or row.taken_at is None or taken <= row.taken_at:
            posts[key] = (post, figures, row.taken_at)

    def _moment(self, row: FileRow, owner: Owner) -> datetime | None:
        """When the post was published or is to be.

        Exports of networks write UTC, and people plan by the clock of the client: a time that names
        no zone is the client's where the post is planned, or would be still to come in UTC.
        """
        moment = row.published_at or (None if row.day or row.published_day else row.taken_at)
        if moment is None or not row.is_bare:
            return moment
        is_plan = row.state is PostState.PLANNED or (row.state is None and moment > self._now)
        return moment.replace(tzinfo=owner.zone).astimezone(UTC) if is_plan else moment

    def _today(self, owner: Owner) -> date:
        return self._now.astimezone(owner.zone).date()

    def _note(self, moment: datetime) -> None:
        if moment <= self._now and (self._newest is None or moment > self._newest):
            self._newest = moment

    def write(self, store: Writer, *, author: str) -> tuple[ImportCounts, list[AccountId]]:
        """Add the accounts that are new and write everything.

        Returns:
            What was new, changed and known or superseded (of a bare list of accounts: the accounts),
            and the accounts that the file touches.
        """
        touched: list[AccountId] = []
        batches: list[ImportBatch] = []
        added = 0
        for owner, gathered in self._owners.items():
            if isinstance(owner.account, NewAccount):
                account_id = store.add_account(owner.account, author=author, now=self._now)
                added += 1
            else:
                account_id = owner.account.id if owner.account else store.manual_account(owner.client.id)
            touched.append(account_id)
            if gathered.figures or gathered.posts:
                batches.append(self._batch(account_id, owner, gathered))
        counts = store.import_batches(batches, now=self._now)
        counts = counts._replace(unchanged=counts.unchanged + self.superseded)
        if self._only_accounts:
            counts = ImportCounts(added, 0, len(self._owners) - added)
        return counts, touched

    @property
    def holds(self) -> tuple[bool, bool]:
        """Whether the file holds figures of days, and whether posts."""
        gathered = self._owners.values()
        return any(one.figures for one in gathered), any(one.posts for one in gathered)

    def _batch(self, account_id: AccountId, owner: Owner, gathered: _Gathered) -> ImportBatch:
        readings = [
            Reading(account_id, metric, day, figure.value, figure.exactness, figure.taken_at)
            for (metric, day), figure in gathered.figures.items()
        ]
        posts = [self._observed(owner, *entry) for entry in gathered.posts.values()]
        moments = [figure.taken_at for figure in gathered.figures.values()]
        if gathered.posts:
            moments.append(self._newest or self._now)
        return ImportBatch(account_id, readings, posts, max(moments))

    def _observed(
        self, owner: Owner, post: ObservedPost, figures: Mapping[str, ShownNumber], taken_at: datetime | None
    ) -> ObservedPost:
        """The post with its figures, as old as the newest row of a file that does not say it."""
        seen = taken_at or self._newest or self._now
        day = seen.astimezone(owner.zone).date()
        told = tuple(
            PostReading(metric, day, number.value, _exactness(number), seen)
            for metric, number in figures.items()
        )
        return replace(post, figures=told)


def _split(figures: Mapping[str, ShownNumber]) -> tuple[dict[str, ShownNumber], dict[str, ShownNumber]]:
    """The figures that belong to a client, and those of an account or a post."""
    by_hand = {name: number for name, number in figures.items() if METRICS[name].source is Source.MANUAL}
    return by_hand, {name: number for name, number in figures.items() if name not in by_hand}


def _post_id(row: FileRow, owner: Owner) -> str | BadRow | None:
    """The network's id of the post: as given, out of a link, or out of `-123_45` of VK."""
    account = owner.account
    for text in (row.post, row.url):
        full = f"https://vk.com/wall{text}" if _VK_POST.fullmatch(text) and _is_vk(owner) else text
        if account is None or "/" not in full:
            continue
        try:
            link, post = split_post_link(full)
        except ConnectorError:
            continue
        if not may_be_of(link, account.network, account.handle, account.network_id):
            name = f"{account.network}:{account.handle}"
            return refused(row.line, "file.other_account", link=clean(text), account=name)
        return post
    if "/" in row.post:
        return row.post
    return row.post.rpartition("_")[2] or None


def _is_vk(owner: Owner) -> bool:
    return owner.account is not None and owner.account.network == VK


def _exactness(number: ShownNumber) -> Exactness:
    return Exactness.EXACT if number.exact else Exactness.ROUNDED
