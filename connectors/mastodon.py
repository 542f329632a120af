"""Mastodon: public accounts and their posts, each from its own server; most servers need no token.

The figures are exact; views are told to nobody. Boosts and replies are left out, an author's own too, so
that a thread is one post. Handles are typed by people, so no server is asked that can be none on the
internet, no address out of an answer is followed, and a token goes to the server it is for and to no other.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from connectors.accounts import AccountsConnector
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
from connectors.clean import TEXT_LIMIT, clean
from connectors.counting import RequestCount
from connectors.feed import Feed, FeedPage
from connectors.http import CallOptions, Document
from connectors.links.mastodon import is_handle
from connectors.numbers import parse_count
from connectors.pace import Pace
from goals.model import PostKind, PostState

#: Posts of one page, the most that a server gives.
PAGE = 40
#: The most pages that one run reads of an account.
PAGES_A_RUN = 30
#: Seconds between calls to one server, after a first few at once: servers allow 300 in 5 minutes.
INTERVAL = 1.1
CALLS_AT_ONCE = 20

#: Which parameter of a token says whose it is.
HOST = "host"

_KINDS = frozenset({TokenKind.USER, TokenKind.KEY})
#: Where a token of a kind is told whose it is.
_WHO = {TokenKind.USER: "accounts/verify_credentials", TokenKind.KEY: "apps/verify_credentials"}
#: Names that lead to no server on the internet.
_INSIDE = re.compile(
    r".*\.(?:localhost|local|internal|intranet|lan|home|corp|private|arpa|test|invalid|onion)"
)
_SHOWN = frozenset({"public", "unlisted"})
_VIDEOS = frozenset({"video", "gifv"})
_NEXT = re.compile(r"<([^<>]*)>([^<]*)")
_RELATION = re.compile(r';\s*rel\s*=\s*"?next"?\s*(?:;|,|$)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Account:
    """What a server says of an account; `audience` is None where it does not say."""

    id: str
    title: str
    about: str
    audience: int | None
    suspended: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """An account's name on its server, and how the server is asked."""

    user: str
    host: str
    url: str
    token: Token | None

    @property
    def handle(self) -> str:
        return f"{self.user}@{self.host}"


class MastodonConnector(AccountsConnector):
    """Reads public accounts of any server that speaks Mastodon's API."""

    name = "mastodon"
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        Part.PROFILE: frozenset(),
        Part.POSTS: frozenset(),
    }
    metrics = frozenset({"audience", "likes", "comments", "shares"})
    also_takes = _KINDS
    refusals: ClassVar[Mapping[str, Refusal]] = {
        "mastodon.bad_token": Refusal.TOKEN,
        "mastodon.forbidden": Refusal.RIGHT,
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
        self._base_url = setup.base_url.rstrip("/") if setup.base_url else None
        self._paces: dict[str, Pace] = {}
        self._limited: dict[str, Trouble] = {}

    def routes(self, target: Target) -> tuple[Route, ...]:
        """Both parts are open without a token; one for the account's server opens a closed one."""
        token = self._token(target)
        return tuple(Route(part, token) for part in self.reads if part in target.parts)

    async def read(self, target: Target) -> list[Fetched]:
        """Look the account up on its server and read its posts."""
        spent = RequestCount()
        place = self._place(target)
        account = await self._account(place, spent)
        results = []
        if Part.PROFILE in target.parts:
            results.append(self._profile(target, place, account, spent))
        if Part.POSTS in target.parts:
            results.append(await self._posts(target, place, account, spent))
        return results

    async def check(self, token: Token) -> TokenCheck:
        """Ask the token's server whose it is."""
        facts = {"token": token.name, "kind": str(token.kind)}
        who, host = _WHO.get(token.kind), token.params.get(HOST, "").strip().lower()
        if who is None:
            return TokenCheck(
                ok=False, trouble=Trouble(TroubleKind.CONFIG, "mastodon.token_kind", facts=facts)
            )
        url = self._base_url or (f"https://{host}" if is_server(host) else None)
        if url is None:
            return TokenCheck(
                ok=False, trouble=Trouble(TroubleKind.CONFIG, "mastodon.token_host", facts=facts)
            )
        try:
            document = await self._ask(_Place("", host, url, token), who, {}, RequestCount())
        except ConnectorError as error:
            if error.trouble.code == "mastodon.forbidden":  # it works, and may not tell whose it is
                return TokenCheck(ok=True, kind=token.kind)
            return TokenCheck(ok=False, trouble=error.trouble)
        told = _object(document.value)
        return TokenCheck(ok=True, kind=token.kind, name=_text(told.get("acct") or told.get("name")))

    def _token(self, target: Target) -> Token | None:
        """The token for the account's server: one that names it, or the account's own that names none."""
        host = target.handle.lower().partition("@")[2]
        for tokens, default in ((target.tokens, host), (self.setup.tokens, host if self._base_url else "")):
            for token in tokens:
                if token.kind in _KINDS and token.params.get(HOST, default).strip().lower() == host:
                    return token
        return None

    def _place(self, target: Target) -> _Place:
        """Where the account is read. Raises ConnectorError, `mastodon.bad_host` for no server."""
        user, _, host = target.handle.lower().partition("@")
        is_name = is_handle(target.handle) and not target.handle.startswith("@")
        if not is_name or (self._base_url is None and not is_server(host)):
            facts = {"handle": target.handle, "host": host}
            raise ConnectorError(Trouble(TroubleKind.CONFIG, "mastodon.bad_host", facts=facts))
        return _Place(user, host, self._base_url or f"https://{host}", self._token(target))

    async def _account(self, place: _Place, spent: RequestCount) -> Account:
        """The account by its name. Raises ConnectorError, `mastodon.suspended` for one that is shut."""
        document = await self._ask(place, "accounts/lookup", {"acct": place.user}, spent)
        account = parse_account(_object(document.value))
        if account is None:
            raise ConnectorError(_trouble(TroubleKind.RETRY, "mastodon.strange_answer", place))
        if account.suspended:
            raise ConnectorError(_trouble(TroubleKind.SKIP, "mastodon.suspended", place))
        return account

    def _profile(self, target: Target, place: _Place, account: Account, spent: RequestCount) -> Fetched:
        day = self.setup.now().astimezone(target.zone).date()
        count = account.audience
        return replace(
            self.result(target, Part.PROFILE, spent=spent),
            network_id=f"{account.id}@{place.host}",
            handle=place.handle,
            title=account.title,
            about=account.about,
            figures=() if count is None else (Figure("audience", day, count),),
        )

    async def _posts(self, target: Target, place: _Place, account: Account, spent: RequestCount) -> Fetched:
        async def load(before: str | None) -> FeedPage:
            params = {"limit": str(PAGE), "exclude_reblogs": "true", "exclude_replies": "true"}
            if before is not None:
                params["max_id"] = before
            document = await self._ask(place, f"accounts/{account.id}/statuses", params, spent)
            return parse_statuses(document.value, document.headers.get("link", ""))

        feed = Feed(target.zone, load, (PostKind.POST, PostKind.VIDEO), PAGES_A_RUN)
        empty = replace(
            self.result(target, Part.POSTS), network_id=f"{account.id}@{place.host}", handle=place.handle
        )
        read = await feed.read(empty, target.cursors.get(Part.POSTS), target.since)
        return replace(read, requests=spent.take())

    async def _ask(
        self, place: _Place, path: str, params: Mapping[str, str], spent: RequestCount
    ) -> Document:
        """One GET of the server's API. Raises ConnectorError with a code `mastodon.*` or `http.*`."""
        if place.host in self._limited:
            raise ConnectorError(self._limited[place.host])
        pace = self._paces.setdefault(place.host, self.pace(INTERVAL, CALLS_AT_ONCE))
        headers = {"Authorization": f"Bearer {place.token.secret.reveal()}"} if place.token else {}
        try:
            return await self.http.get_document(
                f"{place.url}/api/v1/{path}",
                params=params,
                headers=headers,
                options=CallOptions(pace=pace, spent=spent),
            )
        except ConnectorError as error:
            if error.trouble.code == "http.rate_limited":
                self._limited[place.host] = error.trouble  # said to all of us: the rest waits
            raise ConnectorError(_explained(error.trouble, place)) from None


def is_server(host: str) -> bool:
    """Whether a name can be a server on the internet: no address, no port, no name of a local network."""
    return is_handle(f"someone@{host}") and len(host) <= 253 and not _INSIDE.fullmatch(host)


def parse_account(value: Mapping[str, Any]) -> Account | None:
    """An account out of a server's answer; None for what is none."""
    number = value.get("id")
    if not isinstance(number, str) or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", number):
        return None
    fields = [field for field in _list(value.get("fields")) if isinstance(field, dict)]
    lines = [f"{html_text(field.get('name'))}: {html_text(field.get('value'))}" for field in fields]
    return Account(
        id=number,
        title=_text(value.get("display_name")) or _text(value.get("username")),
        about=clean("\n".join([html_text(value.get("note")), *lines]), TEXT_LIMIT, multiline=True),
        audience=parse_count(value.get("followers_count")),
        suspended=value.get("suspended") is True,
    )


def parse_statuses(value: object, link: str) -> FeedPage:
    """A page of an account's posts, newest first; `link` is the header that names the older page."""
    statuses = [status for status in _list(value) if isinstance(status, dict)]
    return FeedPage(
        posts=[post for status in statuses if (post := parse_status(status)) is not None],
        older=parse_next(link),
        is_empty=not statuses,
    )


def parse_status(status: Mapping[str, Any]) -> FetchedPost | None:
    """A post for everybody; None for a boost, a reply and what only some may see."""
    number, when = status.get("id"), _moment(status.get("created_at"))
    if not isinstance(number, str) or not number or when is None:
        return None
    if status.get("reblog") or status.get("in_reply_to_id") or status.get("visibility") not in _SHOWN:
        return None
    warning = _text(status.get("spoiler_text"))
    text = clean(f"{warning}\n{html_text(status.get('content'))}", TEXT_LIMIT, multiline=True)
    media = {each.get("type") for each in _list(status.get("media_attachments")) if isinstance(each, dict)}
    return FetchedPost(
        network_id=clean(number),
        kind=PostKind.VIDEO if media and media <= _VIDEOS and not text else PostKind.POST,
        state=PostState.PUBLISHED,
        when=when,
        url=_address(status.get("url")) or _address(status.get("uri")),
        text=text,
        figures=parse_figures(status),
    )


def parse_figures(status: Mapping[str, Any]) -> dict[str, float]:
    """The figures of a post that the server tells; quotes, where it counts them, are shares."""
    boosts, quotes = parse_count(status.get("reblogs_count")), parse_count(status.get("quotes_count"))
    told = {
        "likes": parse_count(status.get("favourites_count")),
        "comments": parse_count(status.get("replies_count")),
        "shares": None if boosts is None else boosts + (quotes or 0),
    }
    return {name: float(count) for name, count in told.items() if count is not None}


def parse_next(link: str) -> str | None:
    """The `max_id` of the older page out of a header `Link`; None where there is none.

    Only the id is taken: the address itself may lead anywhere.
    """
    for address, rest in _NEXT.findall(link):
        if not _RELATION.search(rest):
            continue
        try:
            return next(iter(parse_qs(urlsplit(address).query).get("max_id", ())), None)
        except ValueError:  # a broken IPv6 address
            return None
    return None


def html_text(value: object) -> str:
    """The text of a piece of a server's HTML: paragraphs and breaks are lines."""
    if not isinstance(value, str):
        return ""
    from selectolax.lexbor import LexborHTMLParser

    lines = re.sub(r"<br\s*/?>|</p>\s*(?=<p)", "\n", value, flags=re.IGNORECASE)
    body = LexborHTMLParser(lines).body
    return body.text() if body is not None else ""


def _explained(trouble: Trouble, place: _Place) -> Trouble:
    """What a failed call means here: servers explain their refusals in JSON, in HTML or in plain text."""
    status = trouble.facts.get("status")
    if trouble.code == "http.redirect" and trouble.facts.get("to") != trouble.facts.get("host"):
        return _trouble(
            TroubleKind.CONFIG, "mastodon.other_host", place, link=f"{place.user}@{trouble.facts['to']}"
        )
    if trouble.code == "http.not_json":
        return _trouble(TroubleKind.RETRY, "mastodon.strange_answer", place)
    if trouble.code != "http.status":
        return trouble
    if status in {"404", "410"}:
        return _trouble(TroubleKind.SKIP, "mastodon.not_found", place)
    if status in {"401", "403", "422"} and place.token is None:
        return _trouble(TroubleKind.AUTH, "mastodon.closed", place)
    if status in {"400", "401"} and place.token is not None:
        return _trouble(TroubleKind.AUTH, "mastodon.bad_token", place)
    if status in {"403", "422"}:
        return _trouble(TroubleKind.AUTH, "mastodon.forbidden", place)
    return trouble


def _trouble(kind: TroubleKind, code: str, place: _Place, **facts: str) -> Trouble:
    told = {"handle": place.handle, "host": place.host, **facts}
    return Trouble(kind, code, facts={**told, "token": place.token.name} if place.token else told)


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _address(value: object) -> str:
    return clean(value, 500) if isinstance(value, str) and value.startswith(("https://", "http://")) else ""


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""
