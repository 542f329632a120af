"""A real store with clients, accounts, goals and figures in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from goals.model import (
    Account,
    AccountId,
    ClientId,
    ClientKind,
    Exactness,
    Goal,
    GoalId,
    GoalKind,
    PostKind,
    PostReading,
    PostState,
    Reading,
)
from store.changes import NewAccount, NewClient, ObservedPost, UnitOutcome
from store.contract import Writer
from store.opening import open_writer, prepare
from store.values import UnitCounts, UnitStatus

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
AUTHOR = "Мария"


@cache
def _filled(fill: Callable[[Path], object]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "smm.db"
        fill(path)
        return path.read_bytes()


def filled_copy(path: Path, fill: Callable[[Path], object]) -> Path:
    """The store that `fill` makes, at `path`: filled once in a process, then copied."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(_filled(fill))
    return path


def prepare_copy(path: Path) -> None:
    """A new, empty store at `path`, as `prepare` makes one."""
    filled_copy(path, prepare)


def make_store(path: Path) -> Writer:
    """A new, empty store at `path`, open for writing."""
    prepare_copy(path)
    return open_writer(path)


def days_ago(days: int) -> date:
    """The day so many days before TODAY."""
    return TODAY - timedelta(days=days)


def add_client(store: Writer, name: str = "Кофейня «Зерно»", **more: str) -> ClientId:
    """A client; `timezone` and `manager` may be given."""
    return store.add_client(NewClient(name, **more), author=AUTHOR, now=NOW)  # type: ignore[arg-type]


def add_self(store: Writer) -> ClientId:
    """The specialist."""
    return store.add_client(NewClient("Я", kind=ClientKind.SELF), author=AUTHOR, now=NOW)


def add_account(
    store: Writer,
    client_id: ClientId,
    handle: str = "zerno",
    *,
    network: str = "vk",
    network_id: str | None = None,
    tokens: tuple[str, ...] = (),
) -> AccountId:
    """An account of the client."""
    new = NewAccount(client_id, network, handle, network_id, tokens=tokens)
    return store.add_account(new, author=AUTHOR, now=NOW)


def account(store: Writer, account_id: AccountId) -> Account:
    """The account as it is stored."""
    return next(item for item in store.accounts(archived=True) if item.id == account_id)


def add_goal(
    store: Writer,
    client_id: ClientId,
    metric: str = "audience",
    kind: GoalKind = GoalKind.GAIN,
    amount: float | None = 300.0,
    **more: object,
) -> GoalId:
    """A goal from 20 days ago until a week from TODAY; any field of Goal may be given."""
    goal = Goal(
        id=GoalId(0), client_id=client_id, metric=metric, kind=kind, amount=amount,
        **({"start": days_ago(20), "deadline": days_ago(-7)} | more),  # type: ignore[arg-type]
    )  # fmt: skip
    return store.add_goal(goal, author=AUTHOR, now=NOW)


def reading(
    account_id: AccountId,
    day: date,
    value: float,
    metric: str = "audience",
    *,
    exactness: Exactness = Exactness.EXACT,
    taken_at: datetime = NOW,
) -> Reading:
    """One figure."""
    return Reading(account_id, metric, day, value, exactness, taken_at)


def series(account_id: AccountId, values: Sequence[float], metric: str = "audience") -> list[Reading]:
    """A figure for each day up to TODAY, oldest first."""
    return [
        reading(account_id, days_ago(len(values) - 1 - place), value, metric)
        for place, value in enumerate(values)
    ]


def post(
    network_id: str | None,
    day: date = TODAY,
    *,
    kind: PostKind = PostKind.POST,
    state: PostState = PostState.PUBLISHED,
    text: str = "",
    url: str = "",
    at: datetime | None = None,
    topics: tuple[str, ...] = (),
    figures: Mapping[str, float] | None = None,
    told: date | None = None,
) -> ObservedPost:
    """A post as a network or a file tells it; its figures are those of the day `told` (TODAY)."""
    return ObservedPost(
        network_id=network_id,
        kind=kind,
        state=state,
        day=day,
        published_at=at,
        url=url,
        text=text,
        topics=topics,
        figures=tuple(
            PostReading(metric, told or TODAY, value, Exactness.EXACT, NOW)
            for metric, value in (figures or {}).items()
        ),
    )


def sync_unit(
    store: Writer,
    account_id: AccountId,
    *,
    readings: Sequence[Reading] = (),
    posts: Sequence[ObservedPost] = (),
    status: UnitStatus = UnitStatus.OK,
    now: datetime = NOW,
    complete_since: date | Mapping[tuple[PostState, PostKind], date] | None = None,
) -> UnitCounts:
    """Commit one unit under a run of its own; a day in `complete_since` is that of published posts."""
    if isinstance(complete_since, date):
        complete_since = {(PostState.PUBLISHED, PostKind.POST): complete_since}
    run_id = store.start_run(now)
    store.claim(run_id, [account_id])
    unit = UnitOutcome(account_id, status, now, readings=readings, posts=posts, complete_since=complete_since)
    return store.commit_unit(unit, run_id)
