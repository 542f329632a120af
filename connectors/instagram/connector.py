"""The connector itself: who may read an account, what everybody sees of it, and what only its owner does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from connectors.accounts import AccountsConnector
from connectors.base import (
    ConnectorError,
    Fetched,
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
from connectors.feed import Feed, FeedCursor, FeedPage
from connectors.instagram.access import AccessTokens
from connectors.instagram.api import Api
from connectors.instagram.errors import REFUSALS, AbsentError
from connectors.instagram.logins import ACCOUNT_FIELDS, Logins
from connectors.instagram.owner import INSIGHTS, MEDIA_FIELDS, REFUSED_FOR, Owner
from connectors.instagram.parse import (
    CURSOR,
    DAY_METRICS,
    POST_METRICS,
    STORY_METRICS,
    USERNAME,
    Account,
    parse_account,
    parse_media,
)
from goals.model import PostKind

#: Seconds between two calls, after a first few at once: the network names no pace of its own.
INTERVAL = 0.1
AT_ONCE = 10
#: Posts of one page, and the most pages that one run reads of an account.
PAGE = 50
PAGES_A_RUN = 20
#: What is remembered of an account that is not a token's own.
OWN = "own"

_KINDS = frozenset({TokenKind.OAUTH})
_OWNERS = frozenset({Part.STATS, Part.STORIES})
_POSTS = (PostKind.POST, PostKind.CLIP, PostKind.VIDEO)


@dataclass(frozen=True, slots=True)
class _Seat:
    """By which token an account is read: as its owner (`own`), or as the account `asker` asks about it."""

    token: Token
    asker: str
    own: Account | None = None


class InstagramConnector(AccountsConnector):
    """Reads business and creator accounts with the tokens of Facebook Login and of Instagram Login."""

    name = "instagram"
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = dict.fromkeys(
        (Part.PROFILE, Part.POSTS, Part.STORIES, Part.STATS), _KINDS
    )
    metrics = frozenset(
        {"audience", "likes", "comments"}
        | {*POST_METRICS.values(), *STORY_METRICS.values(), *DAY_METRICS.values()}
    )
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
        self._api = Api(self.http, setup, self.pace(INTERVAL, AT_ONCE), AccessTokens(self.http, setup))
        self._logins = Logins(self._api)

    def routes(self, target: Target) -> tuple[Route, ...]:
        """Every part by OAuth; stories and days by the owner's alone, which the first reading finds out."""
        return tuple(self._route(target, part) for part in self.reads if part in target.parts)

    async def check(self, token: Token) -> TokenCheck:
        """Ask which accounts are the token's own."""
        if token.kind not in _KINDS:
            facts = {"token": token.name, "kind": str(token.kind)}
            trouble = Trouble(TroubleKind.CONFIG, "instagram.token_kind", facts=facts)
            return TokenCheck(ok=False, trouble=trouble)
        try:
            login = await self._logins.of(token, RequestCount())
        except ConnectorError as error:
            return TokenCheck(ok=False, trouble=error.trouble)
        names = ", ".join(account.username for account in login.accounts[:5])
        return TokenCheck(ok=True, kind=token.kind, name=names)

    async def resolve(self, target: Target) -> Fetched:
        """The account's id, username, title and followers, or the trouble."""
        if self._tokens(target):
            return await super().resolve(target)
        facts = {"handle": target.handle, "kinds": str(TokenKind.OAUTH)}
        trouble = Trouble(TroubleKind.AUTH, "instagram.no_token", facts=facts)
        return self.result(target, Part.PROFILE, trouble=trouble)

    async def read(self, target: Target) -> list[Fetched]:
        """Read what everybody sees, then what only the owner does."""
        wanted = [route.part for route in self.routes(target) if route.is_open]
        if not wanted:
            return []
        spent = RequestCount()
        seat = await self._seat(target, spent)
        results = await self._public(target, seat, spent) if target.parts - _OWNERS else []
        owner = None if seat.own is None else Owner(self, self._api, seat.token, target, seat.own.id, spent)
        if owner is None:
            trouble = self._not_own(target)
            results += [self.result(target, part, trouble=trouble) for part in wanted if part in _OWNERS]
        else:
            readers = {Part.STORIES: owner.stories, Part.STATS: owner.days}
            results += [await reader() for part, reader in readers.items() if part in wanted]
        return results

    async def _public(self, target: Target, seat: _Seat, spent: RequestCount) -> list[Fetched]:
        """The profile and the posts; one call tells of both where the account is another's."""
        account, first = seat.own, None
        if account is None:
            account, first = await self._discover(target, seat, None, spent)
        results = []
        if Part.PROFILE in target.parts:
            results.append(self._profile(target, account, spent))
        if Part.POSTS in target.parts:
            results.append(await self._posts(target, seat, account, first, spent))
        return results

    def _profile(self, target: Target, account: Account, spent: RequestCount) -> Fetched:
        day, count = self.setup.now().astimezone(target.zone).date(), account.audience
        return replace(
            self.result(target, Part.PROFILE, spent=spent),
            network_id=account.id,
            handle=account.username,
            title=account.title,
            about=account.about,
            figures=() if count is None else (Figure("audience", day, count),),
        )

    async def _posts(
        self, target: Target, seat: _Seat, account: Account, first: FeedPage | None, spent: RequestCount
    ) -> Fetched:
        async def load(after: str | None) -> FeedPage:
            if after is None and first is not None:
                return first
            try:
                if seat.own is None:
                    return (await self._discover(target, seat, after, spent))[1]
                params = {"fields": MEDIA_FIELDS, "limit": str(PAGE), **({"after": after} if after else {})}
                path = f"{account.id}/media"
                answer = await self._api.ask(seat.token, path, params, spent, target.handle)
            except AbsentError as error:
                if after is None:
                    raise
                raise ConnectorError(replace(error.trouble, code="instagram.bad_page")) from None
            return parse_media(answer, asks_next=True)

        feed = Feed(target.zone, load, _POSTS, PAGES_A_RUN)
        empty = replace(self.result(target, Part.POSTS), network_id=account.id, handle=account.username)
        read = await feed.read(empty, target.cursors.get(Part.POSTS), target.since)
        if read.trouble is not None and read.trouble.code == "instagram.bad_page":
            read = replace(read, cursor=FeedCursor().dump(), goes_on=False)
        if seat.own is not None and read.posts:
            owner = Owner(self, self._api, seat.token, target, account.id, spent)
            posts, trouble = await owner.with_insights(read.posts)
            read = replace(read, posts=posts, trouble=read.trouble or trouble)
        return replace(read, requests=spent.take())

    async def _discover(
        self, target: Target, seat: _Seat, after: str | None, spent: RequestCount
    ) -> tuple[Account, FeedPage]:
        """Another's account, and a page of its posts where they are wanted."""
        username = target.handle.lower()
        if not USERNAME.fullmatch(username):
            facts = {"handle": target.handle}
            raise ConnectorError(Trouble(TroubleKind.SKIP, "instagram.not_business", facts=facts))
        fields = ACCOUNT_FIELDS
        if Part.POSTS in target.parts:
            page = f".after({after})" if after is not None and CURSOR.fullmatch(after) else ""
            fields += f",media.limit({PAGE}){page}{{{MEDIA_FIELDS}}}"
        params = {"fields": f"business_discovery.username({username}){{{fields}}}"}
        answer = await self._api.ask(seat.token, seat.asker, params, spent, target.handle)
        told = answer.get("business_discovery")
        account = parse_account(told)
        if account is None or not isinstance(told, dict):
            facts = {"token": seat.token.name, "handle": target.handle}
            trouble = Trouble(TroubleKind.RETRY, "instagram.api", "business_discovery", facts)
            raise ConnectorError(trouble)
        return account, parse_media(told.get("media"), asks_next=False)

    async def _seat(self, target: Target, spent: RequestCount) -> _Seat:
        """Who reads an account: its owner, else the first that may ask about others.

        Raises:
            ConnectorError: the trouble of the first token, or `instagram.own_only`.
        """
        failures: list[Trouble] = []
        seats: list[_Seat] = []
        for token in self._tokens(target):
            try:
                login = await self._logins.of(token, spent)
            except ConnectorError as error:
                failures.append(
                    replace(error.trouble, facts={**error.trouble.facts, "handle": target.handle})
                )
                continue
            own = login.own(target)
            if own is not None:
                return _Seat(token, own.id, own)
            if login.may_ask:
                seats.append(_Seat(token, login.accounts[0].id))
        if seats:
            return seats[0]
        facts = {"token": self._tokens(target)[0].name, "handle": target.handle}
        raise ConnectorError(
            failures[0] if failures else Trouble(TroubleKind.AUTH, "instagram.own_only", facts=facts)
        )

    def _not_own(self, target: Target) -> Trouble:
        """Remember that none of the tokens is the owner's, and say so."""
        tokens = self._tokens(target)
        for token in tokens:
            until = self.setup.now() + REFUSED_FOR
            self.setup.memory.block(token.name, OWN, until, "instagram.not_own", target.handle)
        facts = {"token": tokens[0].name, "handle": target.handle}
        return Trouble(TroubleKind.AUTH, "instagram.not_own", facts=facts)

    def _route(self, target: Target, part: Part) -> Route:
        tokens = self._tokens(target)
        refused = [
            Trouble(TroubleKind.AUTH, code, facts={"token": token.name, "handle": target.handle})
            for token in tokens
            if (code := self._refusal(token, target, part)) is not None
        ]
        if len(refused) < len(tokens):
            names = {trouble.facts["token"] for trouble in refused}
            return Route(part, next(token for token in tokens if token.name not in names))
        return Route(part, None, (TokenKind.OAUTH,), tuple(refused))

    def _refusal(self, token: Token, target: Target, part: Part) -> str | None:
        """The refusal that is remembered of a token for a part that only the owner may read."""
        memory = self.setup.memory
        denied = memory.blocked_by(token.name, OWN, target.handle) if part in _OWNERS else None
        if denied is None and part is Part.STATS:
            denied = memory.blocked_by(token.name, INSIGHTS, target.handle)
        return denied

    def _tokens(self, target: Target) -> list[Token]:
        """The tokens that may read an account, its own first."""
        named = {token.name: token for token in (*target.tokens, *self.setup.tokens) if token.kind in _KINDS}
        return list(named.values())
