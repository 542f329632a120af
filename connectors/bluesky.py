"""Bluesky: profiles by 25 and the posts of each, from the public AppView; no token is needed.

The figures are exact; views are told to nobody. Reposts of others and replies are left out, an author's own
too, so that a thread is one post.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from connectors.accounts import AccountsConnector, Together
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
from connectors.links import LinkError, account_url, parse_link
from connectors.numbers import parse_count
from goals.model import PostKind, PostState

BASE_URL = "https://public.api.bsky.app"
#: Profiles of one call and posts of one page, the most that the network gives.
PROFILES_A_CALL = 25
PAGE = 100
#: The most pages that one run reads of an account.
PAGES_A_RUN = 30
#: Seconds between calls, after a first few at once: the network allows 3,000 in 5 minutes.
INTERVAL = 0.101
CALLS_AT_ONCE = 10

#: Root posts alone: no replies; reposts are in the answer all the same and are left out here.
FILTER = "posts_no_replies"

_EXPLAINED = frozenset({400, 401, 403, 404})
_BROKEN_HANDLE = "handle.invalid"
_POST = "app.bsky.feed.post"
_VIDEO = "app.bsky.embed.video#view"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the network says of an account; `audience` is None where it does not say."""

    did: str
    handle: str
    title: str
    about: str
    audience: int | None


class BlueskyConnector(AccountsConnector):
    """Reads public accounts."""

    name = "bluesky"
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        Part.PROFILE: frozenset(),
        Part.POSTS: frozenset(),
    }
    metrics = frozenset({"audience", "likes", "comments", "shares", "saves"})

    def __init__(
        self,
        setup: Setup,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the settings; `sleep` and the monotonic `clock` may be replaced."""
        super().__init__(setup, sleep=sleep, clock=clock)
        self._url = (setup.base_url or BASE_URL).rstrip("/")
        self._pace = self.pace(INTERVAL, CALLS_AT_ONCE)
        self._limited: Trouble | None = None
        self._profiles: Together[Profile | Trouble] | None = None
        self._shared = RequestCount()

    def routes(self, target: Target) -> tuple[Route, ...]:
        """Both parts are open without a token."""
        return tuple(Route(part, None) for part in self.reads if part in target.parts)

    def begin(self, targets: Sequence[Target]) -> None:
        """Prepare to ask for the profiles by 25."""
        self._profiles = Together(targets, PROFILES_A_CALL, self._load)

    async def end(self) -> None:
        """End the calls that nobody waits for."""
        if self._profiles is not None:
            await self._profiles.aclose()

    async def read(self, target: Target) -> list[Fetched]:
        """Read the account's profile and its posts."""
        found = await self._profiles.of(target) if self._profiles is not None else None
        spent = RequestCount(self._shared.take())
        if found is None:
            found = _not_found(target.handle)
        if isinstance(found, Trouble):
            parts = [part for part in self.reads if part in target.parts]
            return [self.result(target, part, trouble=found, spent=spent) for part in parts]
        results = []
        if Part.PROFILE in target.parts:
            results.append(self._profile(target, found, spent))
        if Part.POSTS in target.parts:
            results.append(await self._posts(target, found, spent))
        return results

    async def check(self, token: Token) -> TokenCheck:
        """Say that no token is of use."""
        trouble = Trouble(TroubleKind.CONFIG, "bluesky.no_tokens", facts={"token": token.name})
        return TokenCheck(ok=False, trouble=trouble)

    async def _load(self, targets: Sequence[Target]) -> Mapping[int, Profile | Trouble]:
        """The profiles of up to 25 accounts, by key; those that the network left out are not among them.

        A handle that the network takes for none fails the whole call, so each is then asked for alone.
        """
        actors = {target.key: actor for target in targets if (actor := _actor(target)) is not None}
        if not actors:
            return {}
        try:
            answer = await self._call(
                "app.bsky.actor.getProfiles", {"actors": list(dict.fromkeys(actors.values()))}
            )
        except ConnectorError as error:
            if error.trouble.code != "bluesky.refused":
                raise
            if len(targets) == 1:
                return {targets[0].key: error.trouble}
            alone = await asyncio.gather(*(self._load([target]) for target in targets))
            return {key: found for each in alone for key, found in each.items()}
        found = parse_profiles(answer)
        return {key: found[actor] for key, actor in actors.items() if actor in found}

    def _profile(self, target: Target, profile: Profile, spent: RequestCount) -> Fetched:
        day = self.setup.now().astimezone(target.zone).date()
        count = profile.audience
        return replace(
            self.result(target, Part.PROFILE, spent=spent),
            network_id=profile.did,
            handle=profile.handle,
            title=profile.title,
            about=profile.about,
            figures=() if count is None else (Figure("audience", day, count),),
        )

    async def _posts(self, target: Target, profile: Profile, spent: RequestCount) -> Fetched:
        async def load(cursor: str | None) -> FeedPage:
            params = {"actor": profile.did, "limit": str(PAGE), "filter": FILTER}
            if cursor is not None:
                params["cursor"] = cursor
            try:
                answer = await self._call("app.bsky.feed.getAuthorFeed", params, spent)
            except ConnectorError as error:
                raise ConnectorError(_told_of(target.handle, error.trouble)) from None
            return parse_feed(answer, profile.did, target.zone)

        feed = Feed(target.zone, load, (PostKind.POST, PostKind.VIDEO), PAGES_A_RUN)
        empty = replace(
            self.result(target, Part.POSTS),
            network_id=profile.did,
            handle=profile.handle,
            title=profile.title,
        )
        read = await feed.read(empty, target.cursors.get(Part.POSTS), target.since)
        return replace(read, requests=spent.take())

    async def _call(
        self, method: str, params: Mapping[str, str | list[str]], spent: RequestCount | None = None
    ) -> Mapping[str, Any]:
        """One query. Raises ConnectorError with a code `bluesky.*` or `http.*`."""
        if self._limited is not None:
            raise ConnectorError(self._limited)
        options = CallOptions(pace=self._pace, spent=spent or self._shared, answers=_EXPLAINED)
        try:
            document = await self.http.get_document(
                f"{self._url}/xrpc/{method}", params=params, options=options
            )
        except ConnectorError as error:
            if error.trouble.code == "http.rate_limited":
                self._limited = error.trouble  # said to all of us: the rest waits for the next run
            if error.trouble.code == "http.unreachable" and self.setup.base_url is None:
                raise ConnectorError(replace(error.trouble, code="bluesky.unreachable")) from None
            raise
        value = document.value if isinstance(document.value, dict) else {}
        if document.status < 300:
            return value
        raise ConnectorError(parse_refusal(document.status, value))


def parse_refusal(status: int, body: Mapping[str, Any]) -> Trouble:
    """The trouble of an answer that is an error: `error` and `message` stand in its body."""
    detail = clean(": ".join(str(body[name]) for name in ("error", "message") if body.get(name)))
    kind = TroubleKind.SKIP if status in {400, 404} else TroubleKind.RETRY
    return Trouble(kind, "bluesky.refused", detail or str(status))


def parse_profiles(answer: Mapping[str, Any]) -> dict[str, Profile]:
    """The profiles of an answer, each by its did and by its handle."""
    found: dict[str, Profile] = {}
    for value in _objects(answer.get("profiles")):
        did, handle = _text(value.get("did")), _text(value.get("handle")).lower()
        if not did:
            continue
        handle = "" if handle == _BROKEN_HANDLE else handle
        profile = Profile(
            did=did,
            handle=handle,
            title=_text(value.get("displayName")) or handle,
            about=_body(value.get("description")),
            audience=parse_count(value.get("followersCount")),
        )
        found.update({name: profile for name in (did, handle) if name})
    return found


def parse_feed(answer: Mapping[str, Any], did: str, zone: ZoneInfo) -> FeedPage:
    """A page of an account's feed, newest first, without what others wrote and without replies."""
    items = _objects(answer.get("feed"))
    cursor = answer.get("cursor")
    moments = [moment for item in items if (moment := _moment_of_item(item)) is not None]
    return FeedPage(
        posts=[post for item in items if (post := parse_item(item, did)) is not None],
        older=cursor if isinstance(cursor, str) and cursor else None,
        is_empty=not items,
        last=min(moments).astimezone(zone).date() if moments else None,
    )


def parse_item(item: Mapping[str, Any], did: str) -> FetchedPost | None:
    """An item of a feed as a post of the account; None for a repost, a reply and what is no post."""
    post = _object(item.get("post"))
    record = _object(post.get("record"))
    when = parse_moment(post)
    key = _record_key(post.get("uri"))
    if item.get("reason") or record.get("reply") or _object(post.get("author")).get("did") != did:
        return None
    if when is None or key is None:
        return None
    text = _body(record.get("text"))
    is_video = not text and _object(post.get("embed")).get("$type") == _VIDEO
    return FetchedPost(
        network_id=key,
        kind=PostKind.VIDEO if is_video else PostKind.POST,
        state=PostState.PUBLISHED,
        when=when,
        url=f"{account_url('bluesky', did)}/post/{key}",
        text=text,
        figures=parse_figures(post),
    )


def parse_figures(post: Mapping[str, Any]) -> dict[str, float]:
    """The figures of a post that the network tells; quotes are shares, as the network itself shows them."""
    reposts, quotes = parse_count(post.get("repostCount")), parse_count(post.get("quoteCount"))
    told = {
        "likes": parse_count(post.get("likeCount")),
        "comments": parse_count(post.get("replyCount")),
        "shares": None if reposts is None else reposts + (quotes or 0),
        "saves": parse_count(post.get("bookmarkCount")),
    }
    return {name: float(count) for name, count in told.items() if count is not None}


def parse_moment(post: Mapping[str, Any]) -> datetime | None:
    """When a post was published, UTC: authors may date a post as they like, but not into the future."""
    told = (_object(post.get("record")).get("createdAt"), post.get("indexedAt"))
    return min(filter(None, map(_moment, told)), default=None)


def _moment_of_item(item: Mapping[str, Any]) -> datetime | None:
    """By which moment the feed has the item in its order: a repost stands where it was reposted."""
    reposted = _moment(_object(item.get("reason")).get("indexedAt"))
    return reposted or parse_moment(_object(item.get("post")))


def _actor(target: Target) -> str | None:
    """By what the account is asked for; None for a handle that can be nobody's."""
    if target.network_id is not None:
        return target.network_id
    try:
        return parse_link(target.handle, "bluesky").handle
    except LinkError:
        return None


def _told_of(handle: str, trouble: Trouble) -> Trouble:
    """What a refusal means for one account: the network says 400 of those that are no more."""
    is_gone = trouble.code == "bluesky.refused" and trouble.detail.casefold().endswith("profile not found")
    return _not_found(handle) if is_gone else trouble


def _not_found(handle: str) -> Trouble:
    return Trouble(TroubleKind.SKIP, "bluesky.not_found", facts={"handle": handle})


def _record_key(uri: object) -> str | None:
    """The key of a post out of `at://DID/app.bsky.feed.post/KEY`."""
    parts = uri.removeprefix("at://").split("/") if isinstance(uri, str) else []
    return clean(parts[2]) if len(parts) == 3 and parts[1] == _POST and parts[2] else None


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _body(value: object) -> str:
    return clean(value, TEXT_LIMIT, multiline=True) if isinstance(value, str) else ""
