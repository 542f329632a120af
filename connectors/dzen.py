"""Dzen, unofficially: subscribers and content with figures out of the JSON that its site asks for itself.

No key is needed. Dzen gives a page of sign-in to whom it takes for a robot, so the account may be closed for
days: see `connectors.unofficial`. Names of fields differ from year to year; those known are tried in turn,
and what has none of them stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from connectors.accounts import AccountsConnector
from connectors.base import (
    ConnectorError,
    Fetched,
    FetchedPost,
    Figure,
    Part,
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
from connectors.http import CallOptions
from connectors.numbers import parse_count
from connectors.unofficial import changed, get_object
from goals.model import PostKind, PostState

BASE_URL = "https://dzen.ru"
_EXPORT = "/api/v3/launcher/export"
_MORE = "/api/v3/launcher/more"
#: The most pages that one run reads of a channel; one is some twenty pieces and a megabyte.
PAGES_A_RUN = 20
#: Seconds between pages of a megabyte each.
INTERVAL = 1.5
#: Without a browser's name Dzen sends everybody to its sign-in.
_HEADERS = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}

_KINDS = {
    "article": PostKind.ARTICLE,
    "brief": PostKind.POST,
    "post": PostKind.POST,
    "video": PostKind.VIDEO,
    "gif": PostKind.VIDEO,
    "short_video": PostKind.CLIP,
    "short": PostKind.CLIP,
    "live": PostKind.STREAM,
}
_FIGURES: Mapping[str, tuple[str, ...]] = {
    "views": ("views", "view_count", "viewsCount"),
    "likes": ("likes", "like_count", "likesCount"),
    "comments": ("comments", "comment_count", "commentsCount"),
}
_MOMENTS = ("publication_date", "publicationDate", "creation_time")
_SUBSCRIBERS = ("subscribers", "subscriber_count", "subscribersCount")


class DzenConnector(AccountsConnector):
    """Reads public channels."""

    name = "dzen"
    at_once = 2
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        Part.PROFILE: frozenset(),
        Part.POSTS: frozenset(),
    }
    metrics = frozenset({"audience", *_FIGURES})

    def __init__(self, setup: Setup, **replaced: Any) -> None:  # noqa: ANN401 - those of the base class
        """Take the settings; what is replaced is as `AccountsConnector` has it."""
        super().__init__(setup, **replaced)
        self._url = (setup.base_url or BASE_URL).rstrip("/")
        self._pace = self.pace(INTERVAL)
        self._wall: Trouble | None = None

    def routes(self, target: Target) -> tuple[Route, ...]:
        """Both parts are open without a token."""
        return tuple(Route(part, None) for part in self.reads if part in target.parts)

    async def read(self, target: Target) -> list[Fetched]:
        """Read the channel's first page, which tells of the channel too, and the pages after it."""
        spent = RequestCount()
        front = await self._get(_EXPORT, _named(target.handle), target, spent)
        results = []
        if Part.PROFILE in target.parts:
            results.append(self._profile(target, front, spent))
        if Part.POSTS in target.parts:
            results.append(await self._content(target, front, spent))
        return results

    async def check(self, token: Token) -> TokenCheck:
        """No token is of any use here."""
        facts = {"token": token.name, "kind": str(token.kind)}
        return TokenCheck(ok=False, trouble=Trouble(TroubleKind.CONFIG, "dzen.no_tokens", facts=facts))

    def _profile(self, target: Target, front: Mapping[str, Any], spent: RequestCount) -> Fetched:
        source = parse_source(front)
        count = _first_count(source, _SUBSCRIBERS)
        day = self.setup.now().astimezone(target.zone).date()
        identity = source.get("publisher_id") or source.get("id")
        return replace(
            self.result(target, Part.PROFILE, spent=spent),
            network_id=clean(identity, 64) if isinstance(identity, str) and identity else None,
            handle=target.handle,
            title=clean(str(source.get("title") or source.get("name") or "")),
            about=clean(str(source.get("description") or ""), TEXT_LIMIT, multiline=True),
            figures=() if count is None else (Figure("audience", day, count),),
            trouble=None if count is not None else changed(self.name, "source.subscribers").trouble,
        )

    async def _content(self, target: Target, front: Mapping[str, Any], spent: RequestCount) -> Fetched:
        async def load(query: str | None) -> FeedPage:
            if query is None:
                return parse_page(front)
            return parse_page(await self._get(_MORE, dict(parse_qsl(query)), target, spent))

        kinds = tuple(dict.fromkeys(_KINDS.values()))
        read = await Feed(target.zone, load, kinds, PAGES_A_RUN).read(
            self.result(target, Part.POSTS), target.cursors.get(Part.POSTS), target.since
        )
        return replace(read, requests=spent.take())

    async def _get(
        self, path: str, params: Mapping[str, str], target: Target, spent: RequestCount
    ) -> dict[str, Any]:
        """One page; after a wall no other account is tried in this run. Raises ConnectorError."""
        if self._wall is not None:
            raise ConnectorError(self._wall)
        try:
            return await get_object(
                self.name,
                self.http,
                self._url + path,
                params=dict(params),
                headers=_HEADERS,
                options=CallOptions(pace=self._pace, spent=spent),
                handle=target.handle,
            )
        except ConnectorError as error:
            if error.trouble.code == "dzen.wall":
                self._wall = error.trouble
            raise


def _named(handle: str) -> dict[str, str]:
    kind, _, identity = handle.partition("/")
    return {"channel_id": identity} if kind == "id" and identity else {"channel_name": handle}


def parse_source(front: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the first page says of the channel; empty where it says nothing."""
    candidates = [front.get("source"), front.get("channel"), *(item.get("source") for item in _items(front))]
    return next((each for each in candidates if isinstance(each, dict)), {})


def parse_page(answer: Mapping[str, Any]) -> FeedPage:
    """A page of content, newest first. Raises ConnectorError `dzen.changed`."""
    items = answer.get("items")
    if not isinstance(items, list):
        raise changed("dzen", "items")
    posts = [post for item in _items(answer) if (post := parse_item(item))]
    if items and not posts and not any("id" in item or "publication_id" in item for item in _items(answer)):
        raise changed("dzen", "items.id")
    return FeedPage(posts, parse_more(answer), is_empty=not items)


def parse_more(answer: Mapping[str, Any]) -> str | None:
    """The parameters of the page that follows; its address is not followed, whatever host it names."""
    more = answer.get("more")
    link = more.get("link") if isinstance(more, dict) else None
    if not isinstance(link, str):
        return None
    try:
        return urlsplit(link).query or None
    except ValueError:  # a broken IPv6 address
        return None


def parse_item(item: Mapping[str, Any]) -> FetchedPost | None:
    """A piece of content; None for what is none (an advertisement, a block of the feed)."""
    identity = item.get("publication_id") or item.get("id")
    stamp = _first_count(item, _MOMENTS)
    kind = _KINDS.get(str(item.get("type") or item.get("item_type") or "article"))
    if not isinstance(identity, str) or not identity or kind is None or stamp is None or stamp > 4 * 10**12:
        return None
    texts = [text for text in (item.get("title"), item.get("text")) if isinstance(text, str)]
    return FetchedPost(
        network_id=clean(identity, 64),
        kind=kind,
        state=PostState.PUBLISHED,
        when=datetime.fromtimestamp(stamp / 1000 if stamp >= 10**11 else stamp, UTC),
        url=_address(item.get("share_link") or item.get("link")),
        text=clean("\n".join(texts), TEXT_LIMIT, multiline=True),
        figures=dict(_figures(item)),
    )


def _items(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    items = answer.get("items")
    yield from (item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()


def _figures(item: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    stats = item.get("stats") or item.get("socialInfo") or item.get("social_info")
    places = [place for place in (stats, item) if isinstance(place, dict)]
    for metric, names in _FIGURES.items():
        found = (_first_count(place, names) for place in places)
        value = next((number for number in found if number is not None), None)
        if value is not None:
            yield metric, float(value)


def _first_count(values: Mapping[str, Any], names: Sequence[str]) -> int | None:
    """The first of several names that holds a count; None where none does."""
    counts = (parse_count(values.get(name)) for name in names)
    return next((count for count in counts if count is not None), None)


def _address(link: object) -> str:
    """The address of a piece without what counts visits; empty for one that is not of Dzen."""
    if not isinstance(link, str) or not link.startswith("https://dzen.ru/"):
        return ""
    return clean(link.partition("?")[0], 500)
