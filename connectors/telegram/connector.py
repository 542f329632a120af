"""Telegram channels: posts and rounded figures from the public preview, exact ones by a user or a bot.

The preview needs no token. A user's session makes all figures exact and tells those by day; a bot's
token makes the audience exact. Both may be the network's or the account's. When one of them fails, the
preview stands and the trouble beside it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import quote

from connectors.accounts import AccountsConnector
from connectors.base import (
    ConnectorError,
    Fetched,
    FetchedGap,
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
from connectors.http import CallOptions
from connectors.telegram.bot import Bot
from connectors.telegram.exact import ExactReading, Users, covered
from connectors.telegram.history import Reader, parse_cursor
from connectors.telegram.mtproto.rpc import REFUSALS
from connectors.telegram.preview import Contact, ContactKind, Page, parse_contact, parse_preview
from goals.model import Exactness

PREVIEW_URL = "https://t.me"
#: Seconds between pages of one host, after a first few at once.
PAGE_INTERVAL = 1.0
PAGES_AT_ONCE = 5
#: Seconds between calls of the Bot API.
BOT_INTERVAL = 0.05

#: The pages' words for counters are read, so they are asked for in one language.
_HEADERS = {"Accept-Language": "en"}

_NO_CHANNEL = {
    ContactKind.CHANNEL: "telegram.no_preview",
    ContactKind.GROUP: "telegram.group",
    ContactKind.OTHER: "telegram.not_channel",
    ContactKind.NOBODY: "telegram.not_found",
}
_UNREACHABLE = frozenset({"http.unreachable", "http.timeout"})


@dataclass(frozen=True, slots=True)
class _Front:
    """What the channel's first page told: the page, or the contact card, or a trouble."""

    page: Page | None = None
    contact: Contact | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class _Plan:
    """How an account is read in this run: by whose session, and which parts were open when it began."""

    token: Token | None
    parts: frozenset[Part]


class TelegramConnector(AccountsConnector):
    """Reads public channels."""

    name = "telegram"
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        Part.PROFILE: frozenset(),
        Part.POSTS: frozenset(),
        Part.STATS: frozenset({TokenKind.USER}),
    }
    metrics = frozenset({"audience", "views", "reactions", "forwards", "comments", "joins", "leaves"})
    also_takes = frozenset({TokenKind.BOT, TokenKind.USER})
    refusals: ClassVar[Mapping[str, Refusal]] = {
        "telegram.bad_token": Refusal.TOKEN,
        "telegram.bot_kicked": Refusal.RIGHT,
        **REFUSALS,
    }

    def __init__(
        self,
        setup: Setup,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the settings; `sleep` and the monotonic `clock` may be replaced."""
        super().__init__(setup, sleep=sleep, clock=clock)
        self._pace = self.pace(PAGE_INTERVAL, PAGES_AT_ONCE)
        self._bot = Bot(self.http, setup, self.pace(BOT_INTERVAL))
        self._users = Users(setup, self.pace, sleep)
        self._plans: dict[int, _Plan] = {}
        self._limited: Trouble | None = None
        self._preview_url = (setup.preview_base_url or PREVIEW_URL).rstrip("/")

    def routes(self, target: Target) -> tuple[Route, ...]:
        """Profile and posts are open without a token, which makes them exact; days need a user's."""
        return tuple(self._route(target, part) for part in self.reads if part in target.parts)

    def begin(self, targets: Sequence[Target]) -> None:
        """Settle how each account is read, whatever happens to the sessions meanwhile."""
        for target in targets:
            parts = frozenset(route.part for route in self.routes(target) if route.is_open)
            self._plans[target.key] = _Plan(self._users.usable(target), parts)

    async def end(self) -> None:
        """Forget how the accounts are read."""
        self._plans.clear()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._users.aclose()
        await super().aclose()

    async def check(self, token: Token) -> TokenCheck:
        """Ask whose token it is: the Bot API for a bot, Telegram itself for a user."""
        try:
            if token.kind is TokenKind.BOT:
                return TokenCheck(ok=True, kind=TokenKind.BOT, name=await self._bot.username(token))
            if token.kind is TokenKind.USER:
                return TokenCheck(ok=True, kind=TokenKind.USER, name=await self._users.of(token).name())
        except ConnectorError as error:
            return TokenCheck(ok=False, trouble=error.trouble)
        facts = {"token": token.name, "kind": str(token.kind)}
        return TokenCheck(ok=False, trouble=Trouble(TroubleKind.CONFIG, "telegram.token_kind", facts=facts))

    async def read(self, target: Target) -> list[Fetched]:
        """Read the account exactly where a user's session may, and from its public preview where not."""
        plan = self._plans[target.key]
        if plan.token is None:
            return await self._shown(target, plan.parts)

        def result(part: Part, trouble: Trouble | None, spent: RequestCount) -> Fetched:
            return self.result(target, part, trouble=trouble, spent=spent)

        reading = ExactReading(self._users.of(plan.token), self.setup, target, result)
        exact = await reading.read(plan.parts)
        shown = await self._shown(target, plan.parts - exact.results.keys())
        return [
            *exact.results.values(),
            *(replace(found, trouble=found.trouble or exact.trouble) for found in shown),
        ]

    def _route(self, target: Target, part: Part) -> Route:
        user = self._users.usable(target)
        if part is Part.STATS:
            refused = self._users.refusals(target, user)
            if user is None or refused:
                return Route(part, None, (TokenKind.USER,), refused)
        return Route(part, user or (self._bot_token(target) if part is Part.PROFILE else None))

    def _bot_token(self, target: Target) -> Token | None:
        tokens = (*target.tokens, *self.setup.tokens)
        return next((t for t in tokens if t.kind is TokenKind.BOT and self._bot.may_count(t)), None)

    async def _shown(self, target: Target, parts: frozenset[Part]) -> list[Fetched]:
        """The channel's audience and posts from its public preview."""
        if not parts:
            return []
        spent = RequestCount()
        front = await self._front(target.handle, spent)
        results = []
        if Part.PROFILE in parts:
            results.append(await self._profile(target, front, spent))
            spent = RequestCount()
        if Part.POSTS in parts:
            results.append(await self._posts(target, front, spent))
        return results

    async def _profile(self, target: Target, front: _Front, spent: RequestCount) -> Fetched:
        page, contact = front.page, front.contact
        count, exactness = _shown_audience(front)
        trouble = front.trouble
        if count is None and trouble is None and page is None:
            trouble = _no_preview(target.handle, contact)
        token = self._bot_token(target)
        if token is not None:
            try:
                count = await self._bot.member_count(token, target.handle, spent)
            except ConnectorError as error:
                trouble = trouble or error.trouble
            else:
                exactness, trouble = Exactness.EXACT, None
        day = self.setup.now().astimezone(target.zone).date()
        hidden = page is not None and count is None
        shown = page or contact
        return replace(
            self._result(target, Part.PROFILE, page=page, trouble=trouble, spent=spent),
            title=shown.title if shown is not None else "",
            about=shown.about if shown is not None else "",
            figures=() if count is None else (Figure("audience", day, count, exactness),),
            gaps=(FetchedGap("audience", day, day, "hidden"),) if hidden else (),
        )

    async def _posts(self, target: Target, front: _Front, spent: RequestCount) -> Fetched:
        first = front.page
        if first is None:
            trouble = front.trouble or _no_preview(target.handle, front.contact)
            return self._result(target, Part.POSTS, trouble=trouble, spent=spent)

        async def older(before: int) -> Page:
            return await self._page(target.handle, spent, before)

        cursor = parse_cursor(target.cursors.get(Part.POSTS))
        history = await Reader(target.zone, older).read(first, cursor, target.since)
        return replace(
            self._result(target, Part.POSTS, page=first, trouble=history.trouble, spent=spent),
            posts=history.posts,
            cursor=history.cursor.dump(),
            goes_on=history.cursor.back is not None,
            complete_since=covered(history.complete_since),
        )

    async def _front(self, handle: str, spent: RequestCount) -> _Front:
        """The newest page, or what stands there instead."""
        try:
            return _Front(page=await self._page(handle, spent))
        except ConnectorError as error:
            trouble = error.trouble
        if trouble.code != "telegram.no_preview":
            return _Front(trouble=trouble)
        try:
            html = await self.http.get_text(
                f"{self._preview_url}/{quote(handle)}", headers=_HEADERS, options=self._options(spent)
            )
        except ConnectorError:
            return _Front(trouble=trouble)
        contact = parse_contact(html)
        if contact is None or contact.kind is ContactKind.CHANNEL:
            return _Front(contact=contact)
        return _Front(contact=contact, trouble=_no_preview(handle, contact))

    async def _page(self, handle: str, spent: RequestCount, before: int | None = None) -> Page:
        """One page of the preview. Raises ConnectorError, `telegram.no_preview` for what is none."""
        if self._limited is not None:
            raise ConnectorError(self._limited)
        params = None if before is None else {"before": str(before)}
        url = f"{self._preview_url}/s/{quote(handle)}"
        try:
            html = await self.http.get_text(
                url, params=params, headers=_HEADERS, options=self._options(spent)
            )
        except ConnectorError as error:
            raise ConnectorError(self._preview_trouble(handle, error.trouble)) from None
        page = parse_preview(html)
        if page is not None:
            return page
        if parse_contact(html) is None:
            facts = {"handle": handle}
            raise ConnectorError(Trouble(TroubleKind.RETRY, "telegram.unexpected_page", facts=facts))
        raise ConnectorError(_no_preview(handle, None))

    def _preview_trouble(self, handle: str, trouble: Trouble) -> Trouble:
        """What a failed call means for the preview: a redirect to the contact card is no preview."""
        facts = trouble.facts
        if trouble.code == "http.rate_limited":
            self._limited = trouble  # the host said it to all of us: the rest waits for the next run
        if trouble.code == "http.redirect" and facts.get("to") == facts.get("host"):
            return _no_preview(handle, None)
        if trouble.code == "http.status" and facts.get("status") == "404":
            return Trouble(TroubleKind.SKIP, "telegram.not_found", facts={"handle": handle})
        if trouble.code in _UNREACHABLE and self.setup.proxy is None:
            return replace(trouble, code="telegram.unreachable")
        return trouble

    def _options(self, spent: RequestCount) -> CallOptions:
        return CallOptions(pace=self._pace, spent=spent)

    def _result(
        self,
        target: Target,
        part: Part,
        *,
        page: Page | None = None,
        trouble: Trouble | None = None,
        spent: RequestCount | None = None,
    ) -> Fetched:
        empty = self.result(target, part, trouble=trouble, spent=spent)
        if page is None:
            return empty
        return replace(empty, network_id=page.channel_id, handle=page.handle)


def _shown_audience(front: _Front) -> tuple[float | None, Exactness]:
    if front.page is not None and front.page.audience is not None:
        shown = front.page.audience
        return shown.value, Exactness.EXACT if shown.exact else Exactness.ROUNDED
    if front.contact is not None:
        return front.contact.audience, Exactness.EXACT
    return None, Exactness.EXACT


def _no_preview(handle: str, contact: Contact | None) -> Trouble:
    code = "telegram.no_preview" if contact is None else _NO_CHANNEL[contact.kind]
    return Trouble(TroubleKind.SKIP, code, facts={"handle": handle})
