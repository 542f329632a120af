"""From the rows of a file to what is written: on which day each is, and what it says.

Figures of one account, metric and day are one: the last taken wins, and of equals the last row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from cli.importing.accounts import Accounts, Owner
from cli.importing.skipped import Skipped
from connectors.base import ConnectorError
from connectors.clean import clean
from connectors.files.rows import BadRow, FileRow, refused
from connectors.links import VK, may_be_of, split_post_link
from connectors.numbers import ShownNumber
from goals.metrics import METRICS, Source
from goals.model import AccountId, Exactness, PostKind, PostReading, PostState, Reading
from store.changes import ImportBatch, NewAccount, ObservedPost
from store.contract import Writer
from store.values import ImportCounts

#: A post of VK by the numbers of its community and of itself.
_VK_POST = re.compile(r"-[0-9]+_[0-9]+")
#: A day further ahead than this is a slip of the pen.
_FARTHEST = timedelta(days=366)
#: So many posts of a long export are written at a time.
_MOST_WAITING = 2_000


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


class Gathering:
    """Takes rows one by one; `write` puts those that were taken into the store, as often as it is called.

    Args:
        accounts: whose the rows are.
        now: the time of the import.
        only_accounts: the file is a list of accounts.
        kind: what a post is of which the file does not say it.
        newest: how old the file is, where that is known before its rows are.
    """

    def __init__(
        self,
        accounts: Accounts,
        now: datetime,
        *,
        only_accounts: bool = False,
        kind: PostKind = PostKind.POST,
        newest: datetime | None = None,
    ) -> None:
        self._accounts = accounts
        self._now = now
        self._only_accounts = only_accounts
        self._kind = kind
        self._owners: dict[Owner, _Gathered] = {}
        self._ids: dict[Owner, AccountId] = {}
        self._newest = min(newest, now) if newest else None
        self._added = self._pending = 0
        self._counts = ImportCounts(0, 0, 0)
        self.holds_figures = self.holds_posts = False
        self.read = 0
        self.unused = 0
        self.left_out = 0
        self.superseded = 0
        self.skipped = Skipped()

    @property
    def is_full(self) -> bool:
        """Whether so many posts wait that it is time to write them."""
        return self._pending >= _MOST_WAITING

    def take(self, row: FileRow | BadRow) -> None:
        """Take one row.

        What of it cannot be used is kept in `skipped`; `unused` counts the rows of which nothing can,
        `left_out` the figures of the other rows that cannot, and `superseded` the figures of a day and
        the posts in whose place another row of the file stands.
        """
        self.read += 1
        if isinstance(row, BadRow):
            self.unused += 1
            self.skipped.add(row)
            return
        for trouble in row.troubles:
            self.skipped.add(BadRow(row.line, trouble))
        if row.troubles and not row.figures and not row.is_content:
            self.unused += 1
            return
        refusal = self._place(row)
        if refusal is not None:
            self.unused += 1
            self.skipped.add(refusal)
        else:
            self.left_out += len(row.troubles)

    def take_post(self, row: FileRow | BadRow, owner: Owner) -> None:
        """Take a post of which it is known whose it is."""
        self.read += 1
        trouble = row if isinstance(row, BadRow) else self._take_post(row, owner, row.figures)
        if trouble is not None:
            self.unused += 1
            self.skipped.add(trouble)

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
            kind=row.kind or self._kind,
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
        self._pending += known is None

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

    def write(self, store: Writer, *, author: str) -> None:
        """Add the accounts that are new, write what was taken, and forget it."""
        batches: list[ImportBatch] = []
        for owner, gathered in self._owners.items():
            account_id = self._account_id(owner, store, author)
            if gathered.figures or gathered.posts:
                batches.append(self._batch(account_id, owner, gathered))
            self.holds_figures |= bool(gathered.figures)
            self.holds_posts |= bool(gathered.posts)
        counts = store.import_batches(batches, now=self._now)
        self._counts = ImportCounts(*map(sum, zip(self._counts, counts, strict=True)))
        self._owners = {}
        self._pending = 0

    @property
    def counts(self) -> ImportCounts:
        """What was new, changed and known or superseded (of a bare list of accounts: the accounts)."""
        if self._only_accounts:
            return ImportCounts(self._added, 0, len(self._ids) - self._added)
        return self._counts._replace(unchanged=self._counts.unchanged + self.superseded)

    @property
    def touched(self) -> list[AccountId]:
        """The accounts that were written to."""
        return list(self._ids.values())

    def _account_id(self, owner: Owner, store: Writer, author: str) -> AccountId:
        if owner not in self._ids:
            if isinstance(owner.account, NewAccount):
                self._ids[owner] = store.add_account(owner.account, author=author, now=self._now)
                self._added += 1
            else:
                known = owner.account.id if owner.account else store.manual_account(owner.client.id)
                self._ids[owner] = known
        return self._ids[owner]

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
    if _VK_POST.fullmatch(row.post):
        return row.post.rpartition("_")[2]
    return row.post or None


def _is_vk(owner: Owner) -> bool:
    return owner.account is not None and owner.account.network == VK


def _exactness(number: ShownNumber) -> Exactness:
    return Exactness.EXACT if number.exact else Exactness.ROUNDED
