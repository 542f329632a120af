"""The connector itself: groups by the hundred, then the posts and the days of each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import ClassVar

from connectors.accounts import AccountsConnector, Together
from connectors.base import (
    ConnectorError,
    Fetched,
    FetchedPost,
    Figure,
    Part,
    Refusal,
    Route,
    Setup,
    Target,
    Token,
    TokenCheck,
    TokenKind,
    Trouble,
    TroubleKind,
)
from connectors.counting import RequestCount
from connectors.ok.api import Api, Call
from connectors.ok.errors import REFUSALS
from connectors.ok.groups import GROUPS_A_CALL, Found, find_groups, not_found
from connectors.ok.parse import (
    DAY_METRICS,
    TOPIC_METRICS,
    Group,
    TopicsPage,
    Trends,
    parse_texts,
    parse_topics,
    parse_trends,
    parse_user_name,
)
from connectors.ok.topics import PAGE, TopicsReader, Walk, parse_topics_cursor
from connectors.ok.trends import BEGINNING, DaysReader, parse_days_cursor
from goals.model import Exactness, PostKind, PostState

#: Seconds between two calls, after a first few at once: the network names no pace of its own.
INTERVAL = 0.2
AT_ONCE = 3

_KINDS = frozenset({TokenKind.USER})
_DAY_FIELDS = ",".join(name.upper() for name in DAY_METRICS)
_TOPIC_FIELDS = ",".join(("ID", "CREATED_MS", *(name.upper() for name in TOPIC_METRICS)))
#: The days of the network may begin earlier than the account's.
_SLACK = timedelta(hours=12)


class OkConnector(AccountsConnector):
    """Reads groups of Odnoklassniki with the tokens of their administrators."""

    name = "ok"
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        Part.PROFILE: _KINDS,
        Part.POSTS: _KINDS,
        Part.STATS: _KINDS,
    }
    metrics = frozenset({*DAY_METRICS.values(), *TOPIC_METRICS.values()})
    refusals: ClassVar[Mapping[str, Refusal]] = REFUSALS

    def __init__(
        self,
        setup: Setup,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the settings; `sleep` and the monotonic `clock` may be replaced."""
        super().__init__(setup, sleep=sleep, clock=clock)
        self._api = Api(self.http, setup, self.pace(INTERVAL, AT_ONCE), sleep)
        self._groups: dict[int, Together[Found]] = {}
        self._spent: dict[int, RequestCount] = {}

    def routes(self, target: Target) -> tuple[Route, ...]:
        """Every part needs a token of a user; statistics need one of the group's administrator."""
        token = next(iter(self._tokens(target)), None)
        needs = () if token else (TokenKind.USER,)
        return tuple(Route(part, token, needs) for part in self.reads if part in target.parts)

    async def check(self, token: Token) -> TokenCheck:
        """Ask whose token it is; a call that prolongs its life as any other."""
        if token.kind not in _KINDS:
            facts = {"token": token.name, "kind": str(token.kind)}
            return TokenCheck(ok=False, trouble=Trouble(TroubleKind.CONFIG, "ok.token_kind", facts=facts))
        call = Call(token, "users.getCurrentUser", {"fields": "UID,NAME"})
        try:
            name = await self._api.ask(call, parse_user_name, RequestCount())
        except ConnectorError as error:
            return TokenCheck(ok=False, trouble=error.trouble)
        return TokenCheck(ok=True, kind=token.kind, name=name)

    async def resolve(self, target: Target) -> Fetched:
        """The group's number, short name, title and members, or the trouble."""
        if self._tokens(target):
            return await super().resolve(target)
        facts = {"handle": target.handle, "kinds": str(TokenKind.USER)}
        return self.result(
            target, Part.PROFILE, trouble=Trouble(TroubleKind.AUTH, "ok.no_token", facts=facts)
        )

    def begin(self, targets: Sequence[Target]) -> None:
        """Prepare the calls that tell of many groups: those that one token may ask for go together."""
        by_token: dict[str, list[Target]] = {}
        tokens: dict[str, Token] = {}
        for target in targets:
            if self._tokens(target) and (Part.PROFILE in target.parts or _number_of(target) is None):
                token = self._tokens(target)[0]
                tokens[token.name] = token
                by_token.setdefault(token.name, []).append(target)
        for name, mine in by_token.items():
            together = Together(mine, GROUPS_A_CALL, self._finder(tokens[name]))
            self._groups.update((target.key, together) for target in mine)

    async def end(self) -> None:
        """End the calls that nobody waits for any more."""
        running = {id(together): together for together in self._groups.values()}
        self._groups.clear()
        self._spent.clear()
        for together in running.values():
            await together.aclose()

    async def read(self, target: Target) -> list[Fetched]:
        """Read the group itself, its posts and its days, as far as they are wanted."""
        tokens = self._tokens(target)
        if not tokens:
            return []
        group, trouble = await self._group(target)
        number = group.id if group is not None else _number_of(target)
        if number is None or (trouble is not None and trouble.kind is TroubleKind.SKIP):
            raise ConnectorError(trouble or not_found(target.handle))
        spent = self._spent.pop(target.key, RequestCount())
        results = []
        if Part.PROFILE in target.parts:
            results.append(self._profile(target, group, trouble, spent))
        readers = {Part.POSTS: self._posts, Part.STATS: self._days}
        for part, reader in readers.items():
            if part in target.parts:
                results.append(await self._by_any(tokens, part, target, number, reader, spent))
        return results

    async def _by_any(
        self,
        tokens: Sequence[Token],
        part: Part,
        target: Target,
        number: str,
        reader: Callable[[Token, Target, str, RequestCount], Awaitable[Fetched]],
        spent: RequestCount,
    ) -> Fetched:
        """Read a part with the first token that may; the trouble of the first one where none may."""
        failures: list[Trouble] = []
        for token in tokens:
            try:
                return replace(await reader(token, target, number, spent), network_id=number)
            except ConnectorError as error:
                failures.append(error.trouble)
                if not _is_of_token(error.trouble):
                    break
        return self.result(target, part, trouble=failures[0], spent=spent)

    def _profile(
        self, target: Target, group: Group | None, trouble: Trouble | None, spent: RequestCount
    ) -> Fetched:
        result = self.result(target, Part.PROFILE, trouble=trouble, spent=spent)
        if group is None:
            return result
        day = self._today(target)
        return replace(
            result,
            network_id=group.id,
            handle=group.handle,
            title=group.title,
            about=group.about,
            figures=() if group.members is None else (Figure("audience", day, group.members),),
        )

    async def _posts(self, token: Token, target: Target, number: str, spent: RequestCount) -> Fetched:
        async def page(walk: Walk) -> TopicsPage:
            params = {"gid": number, "fields": _TOPIC_FIELDS, "count": str(PAGE), "end_time": str(walk.end)}
            if walk.start is not None:
                params["start_time"] = str(walk.start)
            if walk.anchor:
                params["anchor"] = walk.anchor
            call = Call(token, "group.getStatTopics", params, target.handle)
            return await self._api.ask(call, parse_topics, spent)

        reader = TopicsReader(page)
        since = None if target.since is None else _milliseconds(_midnight(target.since, target))
        now = _milliseconds(self.setup.now())
        cursor = await reader.read(parse_topics_cursor(target.cursors.get(Part.POSTS)), since, now)
        texts, trouble = await self._texts(token, target, list(reader.topics), spent)
        posts = [
            FetchedPost(
                network_id=topic.id,
                kind=PostKind.POST,
                state=PostState.PUBLISHED,
                when=topic.when,
                url=f"https://ok.ru/group/{number}/topic/{topic.id}",
                text=texts.get(topic.id, ""),
                figures=topic.figures,
            )
            for topic in sorted(reader.topics.values(), key=lambda topic: (topic.when, topic.id))
        ]
        whole = _whole_since(reader.whole_from, target)
        trouble = reader.trouble or trouble or _odd_values(reader.odd)
        return replace(
            self.result(target, Part.POSTS, trouble=trouble, spent=spent),
            posts=posts,
            cursor=cursor.dump(),
            goes_on=bool(cursor.walks),
            complete_since={} if whole is None else {(PostState.PUBLISHED, PostKind.POST): whole},
        )

    async def _texts(
        self, token: Token, target: Target, topics: Sequence[str], spent: RequestCount
    ) -> tuple[dict[str, str], Trouble | None]:
        """The texts of posts, by number, as far as they can be read."""
        texts: dict[str, str] = {}
        for place in range(0, len(topics), PAGE):
            params = {"topic_ids": ",".join(topics[place : place + PAGE]), "fields": "media_topic.*"}
            call = Call(token, "mediatopic.getByIds", params, target.handle)
            try:
                texts |= await self._api.ask(call, parse_texts, spent)
            except ConnectorError as error:
                return texts, error.trouble
        return texts, None

    async def _days(self, token: Token, target: Target, number: str, spent: RequestCount) -> Fetched:
        async def days(first: date, last: date) -> Trends:
            start = _milliseconds(_midnight(first, target) - _SLACK)
            end = _milliseconds(min(_midnight(last + timedelta(days=1), target), self.setup.now()))
            params = {"gid": number, "fields": _DAY_FIELDS, "start_time": str(start), "end_time": str(end)}
            call = Call(token, "group.getStatTrends", params, target.handle)
            return await self._api.ask(call, lambda answer: parse_trends(answer, target.zone), spent)

        today = self._today(target)
        reader = DaysReader(today, days)
        cursor = await reader.read(parse_days_cursor(target.cursors.get(Part.STATS)), target.since)
        figures = [
            Figure(metric, day, value, Exactness.PARTIAL if day == today else Exactness.EXACT)
            for (metric, day), value in sorted(reader.figures.items(), key=lambda told: told[0][::-1])
            if (metric, day) != ("audience", today)  # the group itself tells today's
        ]
        return replace(
            self.result(target, Part.STATS, trouble=reader.trouble or _odd_values(reader.odd), spent=spent),
            figures=figures,
            cursor=cursor.dump(),
            goes_on=cursor.back is not None,
        )

    def _tokens(self, target: Target) -> list[Token]:
        """The tokens that may read an account, its own first."""
        named = {token.name: token for token in (*target.tokens, *self.setup.tokens) if token.kind in _KINDS}
        return list(named.values())

    def _finder(self, token: Token) -> Callable[[Sequence[Target]], Awaitable[Mapping[int, Found]]]:
        async def find(chunk: Sequence[Target]) -> Mapping[int, Found]:
            spent = self._spent.setdefault(chunk[0].key, RequestCount())
            return await find_groups(
                self._api, token, {t.key: (t.handle, _number_of(t)) for t in chunk}, spent
            )

        return find

    async def _group(self, target: Target) -> tuple[Group | None, Trouble | None]:
        """What is known of the group itself; nothing where only its posts or days are asked for."""
        if target.key not in self._groups:
            return None, None
        failures: list[Trouble] = []
        try:
            found = await self._groups[target.key].of(target)
            return _told(found, target)
        except ConnectorError as error:
            failures.append(error.trouble)
        spent = self._spent.setdefault(target.key, RequestCount())
        for token in self._tokens(target)[1:]:
            if not _is_of_token(failures[-1]):
                break
            try:
                asked = {target.key: (target.handle, _number_of(target))}
                return _told((await find_groups(self._api, token, asked, spent)).get(target.key), target)
            except ConnectorError as error:
                failures.append(error.trouble)
        return None, failures[0]

    def _today(self, target: Target) -> date:
        return self.setup.now().astimezone(target.zone).date()


def _told(found: Found | None, target: Target) -> tuple[Group | None, Trouble | None]:
    if isinstance(found, Group):
        return found, None
    return None, found or not_found(target.handle)


def _is_of_token(trouble: Trouble) -> bool:
    """Whether another token may succeed where this one failed."""
    return "token" in trouble.facts and trouble.kind is not TroubleKind.SKIP


def _number_of(target: Target) -> str | None:
    """The group's number, where it is known."""
    return target.network_id or (target.handle if target.handle.isdecimal() else None)


def _midnight(day: date, target: Target) -> datetime:
    return datetime.combine(day, clock_time(), target.zone)


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _whole_since(whole_from: int | None, target: Target) -> date | None:
    """The first day of which every post is known, for the moment from when on they are."""
    if whole_from is None:
        return None
    if whole_from == 0:
        return BEGINNING
    begun = datetime.fromtimestamp(whole_from / 1000, UTC).astimezone(target.zone)
    midnight = _midnight(begun.date(), target)
    return begun.date() if begun == midnight else begun.date() + timedelta(days=1)


def _odd_values(names: Mapping[str, None]) -> Trouble | None:
    """The trouble of values that are no counts; they were left out, the rest stands."""
    if not names:
        return None
    return Trouble(TroubleKind.RETRY, "ok.odd_values", facts={"fields": ", ".join(names)})
