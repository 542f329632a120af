"""Writes the fictional clients into a store, through the same contract as real ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from cli.demo.agree import SELF_AUTHOR, agree
from cli.demo.cast import CAST
from cli.demo.history import content, dice, piece_figures, readings
from cli.demo.model import Page, Part, Piece, Single, Spread, Steady
from cli.demo.moment import Moment
from cli.topic.topics import match_new
from goals.model import Account, AccountId, ClientId, ClientKind, Gap, PostState
from goals.records import DayOff, Entry
from goals.workcalendar import WorkCalendar
from store.changes import NewAccount, NewClient, ObservedPost, Profile, UnitOutcome
from store.contract import Writer
from store.refresh import refresh_all
from store.values import Filter, RunStatus, TroubleRecord, UnitStatus
from sync.holidays import ensure_holidays

#: How long ago the demo's last sync ended.
SYNCED_AGO = timedelta(minutes=12)
_REFUSED = TroubleRecord(
    "auth", "vk.5", "User authorization failed: invalid access_token (4).", {"token": "vk-service"}
)


def build_demo(store: Writer, now: datetime) -> None:
    """Fill the empty `store` with the fictional clients as they stand at `now` (UTC)."""
    store.mark_demo()
    runs = _Runs(store, now - SYNCED_AGO)
    for part in CAST:
        _add_client(store, part, _moment(part, now))
    for client in store.clients():
        ensure_holidays(store, client, now.date())
    for part, client_id in zip(CAST, _clients(store), strict=True):
        moment = _moment(part, now)
        for page in part.pages:
            account_id = _add_account(store, client_id, page, moment)
            runs.add(part, page, account_id, moment)
        _log(store, client_id, part, moment)
        _add_topics(store, client_id, part, moment)
    runs.finish()
    for part, client_id in zip(CAST, _clients(store), strict=True):
        moment = _moment(part, now)
        _plan_by_hand(store, client_id, part, moment)
        _mark_by_hand(store, client_id, part, moment)
        agree(store, client_id, part, moment)
    match_new(store, now)
    refresh_all(store, now)


def _moment(part: Part, now: datetime) -> Moment:
    return Moment(now - SYNCED_AGO, ZoneInfo(part.timezone))


def _clients(store: Writer) -> list[ClientId]:
    known = {client.name: client.id for client in store.clients()}
    return [known[part.name] for part in CAST]


def _add_client(store: Writer, part: Part, moment: Moment) -> None:
    first = moment.at(-120, 10)
    new = NewClient(
        part.name,
        kind=ClientKind.SELF if part.is_self else ClientKind.CLIENT,
        timezone=part.timezone,
        manager=part.manager,
    )
    client_id = store.add_client(new, author=part.manager or SELF_AUTHOR, now=first)
    for rest in part.rests:
        scope = None if part.is_self else client_id
        days = DayOff(0, scope, moment.day(rest.first), moment.day(rest.last), rest.reason)
        store.add_day_off(days, author=part.manager or SELF_AUTHOR, now=first)


def _add_account(store: Writer, client_id: ClientId, page: Page, moment: Moment) -> AccountId:
    new = NewAccount(client_id, page.network, page.handle, str(page.number), page.title)
    return store.add_account(new, author=SELF_AUTHOR, now=moment.at(-120, 11))


def _add_topics(store: Writer, client_id: ClientId, part: Part, moment: Moment) -> None:
    numbers = {store.topic(client_id, name): words for name, words in part.topics.items()}
    for topic in store.topics(client_id):
        told = replace(topic, words=numbers[topic.id])
        store.update_topic(told, author=part.manager or SELF_AUTHOR, now=moment.at(-120, 12))


class _Runs:
    """Two syncs: one from when everything could still be read, and the newest one."""

    def __init__(self, store: Writer, now: datetime) -> None:
        self._store = store
        self._now = now
        self._fresh: list[UnitOutcome] = []
        self._past: list[UnitOutcome] = []

    def add(self, part: Part, page: Page, account_id: AccountId, moment: Moment) -> None:
        """Put what the page brought into the run that brought it."""
        unit = _unit(part, page, account_id, moment)
        if not page.stale_days:
            self._fresh.append(unit)
            return
        self._past.append(unit)
        self._fresh.append(
            UnitOutcome(account_id, UnitStatus.FAILED, self._now, requests=1, trouble=_REFUSED)
        )

    def finish(self) -> None:
        """Write both runs."""
        if self._past:
            self._write(self._past, max(unit.finished_at for unit in self._past))
        self._write(self._fresh, self._now)

    def _write(self, units: list[UnitOutcome], now: datetime) -> None:
        run = self._store.start_run(now)
        self._store.claim(run, [unit.account_id for unit in units])
        for unit in units:
            self._store.commit_unit(unit, run)
        failed = any(unit.status is UnitStatus.FAILED for unit in units)
        status = RunStatus.INCOMPLETE if failed else RunStatus.OK
        self._store.finish_run(run, status, sum(unit.requests for unit in units), now)


def _unit(part: Part, page: Page, account_id: AccountId, moment: Moment) -> UnitOutcome:
    posts = [post for post in content(part, page, moment) if page.network == "vk" or not _is_planned(post)]
    posts += [_observed(part, page, number, piece, moment) for number, piece in _pieces(part, page)]
    gaps: tuple[Gap, ...] = ()
    if part.missed_stories and page.stories:
        first, last = part.missed_stories
        gaps = (Gap(account_id, "stories", moment.day(first), moment.day(last), "not_collected"),)
    return UnitOutcome(
        account_id=account_id,
        status=UnitStatus.OK,
        finished_at=moment.seen(-page.stale_days),
        readings=readings(page, account_id, moment),
        posts=posts,
        gaps=gaps,
        profile=Profile(str(page.number), page.handle, page.title),
        requests=3 if page.network == "vk" else 2,
    )


def _is_planned(post: ObservedPost) -> bool:
    return post.state is PostState.PLANNED


def _pieces(part: Part, page: Page) -> Iterator[tuple[int, Piece]]:
    return ((n, piece) for n, piece in enumerate(part.pieces, 1) if piece.handle == page.handle)


def _observed(part: Part, page: Page, number: int, piece: Piece, moment: Moment) -> ObservedPost:
    figures = piece_figures(page, piece.kind, piece.day, moment, dice(f"{part.name} {number}"))
    return ObservedPost(
        network_id=_piece_id(number),
        kind=piece.kind,
        state=PostState.PUBLISHED,
        day=moment.day(piece.day),
        published_at=moment.at(piece.day, 17, number),
        text=piece.text,
        figures=figures,
    )


def _piece_id(number: int) -> str:
    return str(9_000 + number)


def _plan_by_hand(store: Writer, client_id: ClientId, part: Part, moment: Moment) -> None:
    """Telegram tells nothing of what is planned there: those posts are entered by hand."""
    for account, page in _accounts(store, client_id, part):
        if page.network == "vk":
            continue
        for post in content(part, page, moment):
            if _is_planned(post):
                by_hand = replace(post, network_id=None, published_at=None)
                store.add_post(account.id, by_hand, author=part.manager or SELF_AUTHOR, now=moment.at(-1, 18))


def _accounts(store: Writer, client_id: ClientId, part: Part) -> Iterator[tuple[Account, Page]]:
    pages = {page.handle: page for page in part.pages}
    return ((account, pages[account.handle]) for account in store.accounts(client_id))


def _mark_by_hand(store: Writer, client_id: ClientId, part: Part, moment: Moment) -> None:
    marks = {_piece_id(n): piece for n, piece in enumerate(part.pieces, 1) if piece.marked}
    if not marks:
        return
    for row in store.posts(Filter(client_id=client_id)):
        piece = marks.get(row.post.network_id or "")
        if piece is not None and piece.marked:
            when = moment.at(piece.day + 1, 10)
            store.mark_topics(row.post.id, {piece.marked: True}, author=part.manager or SELF_AUTHOR, now=when)


def _log(store: Writer, client_id: ClientId, part: Part, moment: Moment) -> None:
    rng = dice(f"log {part.name}")
    calendar = store.calendar(client_id)
    for offset, metric, amount, note in sorted(_logged(part, calendar, moment, rng)):
        entry = Entry(
            id=0,
            client_id=client_id,
            metric=metric,
            day=moment.day(offset),
            amount=amount,
            note=note,
            author=part.manager or SELF_AUTHOR,
            made_at=moment.seen(offset),
        )
        store.log_entry(entry)


def _logged(
    part: Part, calendar: WorkCalendar, moment: Moment, rng: Random
) -> Iterator[tuple[int, str, float, str]]:
    for log in part.log:
        match log:
            case Single():
                yield log.day, log.metric, log.amount, log.note
            case Spread():
                days = Counter(rng.randint(log.first, log.last) for _ in range(log.total))
                for offset, count in days.items():
                    yield offset, log.metric, float(count), ""
            case Steady():
                for offset in range(log.first, log.last + 1):
                    if calendar.is_working(moment.day(offset)):
                        amount = max(0.0, rng.gauss(log.mean, log.deviation))
                        yield offset, log.metric, round(amount, log.digits), ""
