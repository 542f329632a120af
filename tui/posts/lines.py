"""The rows of the list of posts: what is read for it, and what a filter leaves."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from goals.metrics import ENGAGEMENT_PARTS
from goals.model import AccountId, ClientId, PostId, PostKind, PostState
from store.days import today_of
from store.values import Filter, MarkedBy, TopicMark
from wording.content import post_kind_word, post_state_word
from wording.goals import network_name
from wording.words import mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from goals.model import Account, Client, Post
    from store.contract import Reader
    from store.values import PostRow
    from wording.words import Words

#: How far back the list of all clients goes, in days; a client's own has everything.
ALL_DAYS = 92
_SHOWN_TEXT = 400


class Shown(StrEnum):
    """Which posts are left in the list; a key goes from one to the next."""

    ALL = "all"
    PLANNED = "planned"
    UNMARKED = "unmarked"
    PERHAPS = "perhaps"


SHOWN_NAMES: dict[Shown, str] = {
    Shown.ALL: mark("all posts"),
    Shown.PLANNED: mark("planned ones"),
    Shown.UNMARKED: mark("without a topic"),
    Shown.PERHAPS: mark("suggestions"),
}


@dataclass(frozen=True, slots=True)
class PostLine:
    """A piece of content. `clock` is the hour it came out at, empty where unknown; `text` is as it came.

    `place` names the network, with the account where the client has several there; `rate` is the engagement
    in per cent of views; `is_late`: its day has passed, and it is still only planned.
    """

    post_id: PostId
    client_id: ClientId
    account_id: AccountId
    client: str
    network: str
    place: str
    kind: PostKind
    state: PostState
    day: date
    clock: str
    text: str
    url: str
    marks: tuple[TopicMark, ...]
    views: float | None
    rate: float | None
    is_late: bool
    haystack: str = field(compare=False, repr=False, default="")

    @property
    def key(self) -> PostId:
        """The post."""
        return self.post_id

    @property
    def is_head(self) -> bool:
        """A post is no head."""
        return False

    @property
    def perhaps(self) -> tuple[str, ...]:
        """The topics that it is perhaps about."""
        return tuple(each.topic for each in self.marks if each.about is None)

    @property
    def is_unmarked(self) -> bool:
        """Whether it is about no topic and nobody has said by hand that it is not."""
        said = any(each.about or each.by is MarkedBy.HAND for each in self.marks)
        return not said and self.state is not PostState.DELETED

    @property
    def asks(self) -> bool:
        """Whether a person is needed to say what it is about."""
        return self.state is not PostState.DELETED and (bool(self.perhaps) or self.is_unmarked)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """What stands over some rows."""

    text: str
    count: int

    @property
    def key(self) -> tuple[str, str]:
        """The head."""
        return ("head", self.text)

    @property
    def is_head(self) -> bool:
        """It is one."""
        return True


PostRowLine = PostLine | HeadLine


class Posts(NamedTuple):
    """All that the list may show; `lines` are planned ones by day, then the others, the newest first.

    `topics` are the names of each client's topics, `clients` those whose posts are read.
    """

    lines: tuple[PostLine, ...]
    topics: Mapping[ClientId, tuple[str, ...]]
    clients: Mapping[ClientId, Client]


def read_posts(words: Words, reader: Reader, client_id: ClientId | None, now: datetime) -> Posts:
    """Read the posts of a client, or the late ones of all clients that are not put away."""
    clients = {
        client.id: client
        for client in reader.clients(archived=client_id is not None)
        if client_id in {None, client.id}
    }
    accounts = [a for a in reader.accounts(client_id, archived=True) if a.client_id in clients]
    places = _places(words, accounts)
    owners = {account.id: account.client_id for account in accounts}
    marks: dict[PostId, list[TopicMark]] = defaultdict(list)
    for each in reader.topic_marks(client_id):
        marks[each.post_id].append(each)
    days = {client.id: today_of(client, now) for client in clients.values()}
    since = None if client_id is not None else min(days.values(), default=now.date()) - timedelta(ALL_DAYS)
    lines = [
        _line(words, row, clients[owners[row.post.account_id]], places, marks[row.post.id], days)
        for row in reader.posts(Filter(client_id=client_id, since=since))
        if row.post.account_id in owners
    ]
    topics: dict[ClientId, list[str]] = defaultdict(list)
    for topic in reader.topics(client_id):
        topics[topic.client_id].append(topic.name)
    return Posts(
        tuple(sorted(lines, key=_order)), {owner: tuple(names) for owner, names in topics.items()}, clients
    )


def _order(line: PostLine) -> tuple[bool, int, int, int]:
    hours, _, minutes = line.clock.partition(":")
    moment = int(hours) * 60 + int(minutes) if minutes else -1
    if line.state is PostState.PLANNED:
        return False, line.day.toordinal(), moment, line.post_id
    return True, -line.day.toordinal(), -moment, -line.post_id


def _places(words: Words, accounts: Iterable[Account]) -> dict[AccountId, str]:
    """The network of each account, with the account's name where its client has several there."""
    known = list(accounts)
    several = Counter((account.client_id, account.network) for account in known if not account.archived)
    return {
        account.id: network_name(words, account.network)
        + (f": {account.title or account.handle}" if several[account.client_id, account.network] > 1 else "")
        for account in known
    }


def _line(
    words: Words,
    row: PostRow,
    client: Client,
    places: Mapping[AccountId, str],
    marks: Sequence[TopicMark],
    days: Mapping[ClientId, date],
) -> PostLine:
    post = row.post
    line = PostLine(
        post_id=post.id,
        client_id=client.id,
        account_id=post.account_id,
        client=client.name,
        network=row.network,
        place=places[post.account_id],
        kind=post.kind,
        state=post.state,
        day=post.day,
        clock=_clock(post, client),
        text=post.text[:_SHOWN_TEXT],
        url=post.url,
        marks=tuple(marks),
        views=post.figures.get("views"),
        rate=_rate(post),
        is_late=post.state is PostState.PLANNED and post.day < days[client.id],
    )
    return replace(line, haystack=_haystack(words, line, row))


def _clock(post: Post, client: Client) -> str:
    if post.published_at is None:
        return ""
    return post.published_at.astimezone(ZoneInfo(client.timezone)).strftime("%H:%M")


def _rate(post: Post) -> float | None:
    """The engagement in per cent of views; a part that is not known is left out."""
    parts = [post.figures[name] for name in ENGAGEMENT_PARTS if name in post.figures]
    views = post.figures.get("views")
    return 100 * sum(parts) / views if parts and views else None


def _haystack(words: Words, line: PostLine, row: PostRow) -> str:
    """Everything that the filter finds a post by."""
    said = [each.topic for each in line.marks if each.about is not False]
    return " ".join(
        (
            row.post.text,
            line.client,
            line.place,
            row.network,
            row.account,
            post_kind_word(words, line.kind),
            post_state_word(words, line.state),
            *said,
            words.text(SHOWN_NAMES[Shown.UNMARKED]) if line.is_unmarked else "",
        )
    ).casefold()


def shown_rows(
    words: Words, lines: Sequence[PostLine], shown: Shown, needles: Collection[str], topic: str | None
) -> list[PostRowLine]:
    """The lines that the filters leave, planned ones and the others each under a head.

    Args:
        words: the language of the heads.
        lines: all lines, planned ones first.
        shown: which state they are in.
        needles: words in small letters that each must hold.
        topic: what they are to be about, be it only perhaps; None for anything.
    """
    left = [
        line
        for line in lines
        if _is_shown(line, shown)
        and all(needle in line.haystack for needle in needles)
        and (topic is None or any(each.topic == topic and each.about is not False for each in line.marks))
    ]
    rows: list[PostRowLine] = []
    for is_planned, name in ((True, words.text("Planned")), (False, words.text("Published"))):
        part = [line for line in left if (line.state is PostState.PLANNED) == is_planned]
        if part:
            rows += [HeadLine(name, len(part)), *part]
    return rows


def _is_shown(line: PostLine, shown: Shown) -> bool:
    if shown is Shown.PLANNED:
        return line.state is PostState.PLANNED
    if shown is Shown.UNMARKED:
        return line.is_unmarked
    if shown is Shown.PERHAPS:
        return bool(line.perhaps) and line.state is not PostState.DELETED
    return True
