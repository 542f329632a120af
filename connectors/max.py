"""MAX: public channels through the Bot API, subscribers and the views of posts.

A channel is found by its public name or its number; posts are read where the bot is in the channel. The
figures are exact; of a post without `stat` the views are not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import quote

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
from connectors.http import CallOptions
from connectors.numbers import parse_count
from goals.model import PostKind, PostState

BASE_URL = "https://platform-api2.max.ru"
#: Messages of one page, the most that the service gives.
PAGE = 100
#: The most pages that one run reads of a channel.
PAGES_A_RUN = 30
#: Seconds between calls: the service allows 30 a second to a bot, a few are left for the bot itself.
INTERVAL = 1 / 20

_EXPLAINED = frozenset({400, 401, 403, 404})
_CODES = {
    401: (TroubleKind.AUTH, "max.bad_token"),
    403: (TroubleKind.AUTH, "max.not_in_channel"),
    404: (TroubleKind.SKIP, "max.not_found"),
}
_VIDEO = "video"
_LEAST_MILLISECONDS = 10**11
#: 2001 and 2100, in seconds.
_FIRST, _LAST = 10**9, 4_102_444_800


class MaxConnector(AccountsConnector):
    """Reads channels with the token of a bot."""

    name = "max"
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        Part.PROFILE: frozenset({TokenKind.BOT}),
        Part.POSTS: frozenset({TokenKind.BOT}),
    }
    metrics = frozenset({"audience", "views"})
    refusals: ClassVar[Mapping[str, Refusal]] = {
        "max.bad_token": Refusal.TOKEN,
        "max.not_in_channel": Refusal.RIGHT,
    }

    def __init__(self, setup: Setup, **replaced: Any) -> None:  # noqa: ANN401 - those of the base class
        """Take the settings; what is replaced is as `AccountsConnector` has it."""
        super().__init__(setup, **replaced)
        self._url = (setup.base_url or BASE_URL).rstrip("/")
        self._pace = self.pace(INTERVAL)
        self._refused: dict[str, Trouble] = {}

    def routes(self, target: Target) -> tuple[Route, ...]:
        """Both parts are read with a bot's token, the account's own before the network's."""
        token = self._token(target)
        needs = () if token is not None else (TokenKind.BOT,)
        return tuple(Route(part, token, needs) for part in self.reads if part in target.parts)

    async def read(self, target: Target) -> list[Fetched]:
        """Read the channel's card and its messages."""
        token = self._token(target)
        if token is None:
            return []
        spent = RequestCount()
        chat = await self._chat(target, token, spent)
        results = []
        if Part.PROFILE in target.parts:
            results.append(self._profile(target, chat, spent))
        if Part.POSTS in target.parts:
            results.append(await self._posts(target, chat, token, spent))
        return results

    async def check(self, token: Token) -> TokenCheck:
        """Ask whose token it is."""
        if token.kind is not TokenKind.BOT:
            facts = {"token": token.name, "kind": str(token.kind)}
            return TokenCheck(ok=False, trouble=Trouble(TroubleKind.CONFIG, "max.token_kind", facts=facts))
        try:
            me = await self._call("me", {}, token, RequestCount())
        except ConnectorError as error:
            return TokenCheck(ok=False, trouble=error.trouble)
        name = me.get("username") or me.get("first_name")
        return TokenCheck(ok=True, kind=TokenKind.BOT, name=clean(name) if isinstance(name, str) else "")

    def _token(self, target: Target) -> Token | None:
        tokens = (*target.tokens, *self.setup.tokens)
        return next((token for token in tokens if token.kind is TokenKind.BOT), None)

    async def _chat(self, target: Target, token: Token, spent: RequestCount) -> Mapping[str, Any]:
        """The channel's card. Raises ConnectorError, `max.not_channel` for a chat."""
        name = quote(target.network_id or target.handle)
        chat = await self._call(f"chats/{name}", {}, token, spent, target)
        if chat.get("type") == "dialog" or parse_chat_id(chat) is None:
            facts = {"handle": target.handle}
            raise ConnectorError(Trouble(TroubleKind.SKIP, "max.not_channel", facts=facts))
        return chat

    def _profile(self, target: Target, chat: Mapping[str, Any], spent: RequestCount) -> Fetched:
        count = parse_count(chat.get("participants_count"))
        day = self.setup.now().astimezone(target.zone).date()
        return replace(
            self.result(target, Part.PROFILE, spent=spent),
            network_id=parse_chat_id(chat),
            handle=parse_handle(chat),
            title=_text(chat.get("title")),
            about=clean(str(chat.get("description") or ""), TEXT_LIMIT, multiline=True),
            figures=() if count is None else (Figure("audience", day, count),),
        )

    async def _posts(
        self, target: Target, chat: Mapping[str, Any], token: Token, spent: RequestCount
    ) -> Fetched:
        number = parse_chat_id(chat) or ""

        async def load(until: str | None) -> FeedPage:
            params = {"chat_id": number, "count": str(PAGE), **({} if until is None else {"to": until})}
            return parse_messages(await self._call("messages", params, token, spent, target))

        feed = Feed(target.zone, load, (PostKind.POST, PostKind.VIDEO), PAGES_A_RUN)
        read = await feed.read(self.result(target, Part.POSTS), target.cursors.get(Part.POSTS), target.since)
        return replace(read, network_id=number, handle=parse_handle(chat), requests=spent.take())

    async def _call(
        self,
        path: str,
        params: Mapping[str, str],
        token: Token,
        spent: RequestCount,
        target: Target | None = None,
    ) -> Mapping[str, Any]:
        """One GET of the API. Raises ConnectorError with a code `max.*` or `http.*`."""
        if token.name in self._refused:
            raise ConnectorError(self._refused[token.name])
        document = await self.http.get_document(
            f"{self._url}/{path}",
            params=params,
            headers={"Authorization": token.secret.reveal()},
            options=CallOptions(pace=self._pace, spent=spent, answers=_EXPLAINED),
        )
        value = document.value if isinstance(document.value, dict) else {}
        if document.status < 300:
            return value
        trouble = parse_refusal(document.status, value, token.name, target.handle if target else "")
        if trouble.code == "max.bad_token":
            self._refused[token.name] = trouble
        raise ConnectorError(trouble)


def parse_refusal(status: int, body: Mapping[str, Any], token: str, handle: str) -> Trouble:
    """The trouble of an answer that is an error: `code` and `message` stand in its body."""
    kind, code = _CODES.get(status, (TroubleKind.RETRY, "max.api"))
    detail = clean(f"{body.get('code', status)}: {body.get('message', '')}").rstrip(": ")
    if body.get("code") == "chat.not.found":
        kind, code = _CODES[404]
    return Trouble(kind, code, detail, {"token": token, "handle": handle})


def parse_chat_id(chat: Mapping[str, Any]) -> str | None:
    """The channel's number as text; None for what is none."""
    number = chat.get("chat_id")
    return str(number) if isinstance(number, int) and not isinstance(number, bool) and number else None


def parse_handle(chat: Mapping[str, Any]) -> str:
    """The channel's public name out of its link; empty where it has none."""
    link = chat.get("link")
    name = link.rstrip("/").rpartition("/")[2] if isinstance(link, str) else ""
    return clean(name).lower() if name.isascii() and "join" not in str(link) else ""


def parse_messages(answer: Mapping[str, Any]) -> FeedPage:
    """A page of messages, newest first; the page that follows ends where the oldest of them begins."""
    messages = answer.get("messages")
    if not isinstance(messages, Sequence) or isinstance(messages, str) or not messages:
        return FeedPage((), is_empty=True)
    found = [post for message in messages if isinstance(message, dict) and (post := parse_message(message))]
    told: list[Any] = [message.get("timestamp") for message in messages if isinstance(message, dict)]
    stamps = [stamp for stamp in told if parse_moment(stamp) is not None]
    return FeedPage(found, str(min(stamps)) if stamps else None)


def parse_message(message: Mapping[str, Any]) -> FetchedPost | None:
    """A message as a post; None for what is no message of a channel."""
    body, when = message.get("body"), parse_moment(message.get("timestamp"))
    if when is None or not isinstance(body, dict) or not isinstance(body.get("mid"), str):
        return None
    stat = message.get("stat")
    views = parse_count(stat.get("views")) if isinstance(stat, dict) else None
    return FetchedPost(
        network_id=clean(body["mid"]),
        kind=PostKind.VIDEO if _is_video(body) else PostKind.POST,
        state=PostState.PUBLISHED,
        when=when,
        url=clean(message["url"], 500) if isinstance(message.get("url"), str) else "",
        text=clean(_body_text(body) or _forwarded_text(message), TEXT_LIMIT, multiline=True),
        figures={} if views is None else {"views": float(views)},
    )


def parse_moment(value: object) -> datetime | None:
    """A moment of this century in milliseconds or in seconds: the schema says no more than "Unix time"."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    seconds = value / 1000 if value >= _LEAST_MILLISECONDS else value
    return datetime.fromtimestamp(seconds, UTC) if _FIRST <= seconds < _LAST else None


def _is_video(body: Mapping[str, Any]) -> bool:
    attachments = body.get("attachments")
    kinds = [each.get("type") for each in attachments or () if isinstance(each, dict)]
    return kinds == [_VIDEO] and not _body_text(body)


def _body_text(body: Mapping[str, Any]) -> str:
    text = body.get("text")
    return text if isinstance(text, str) else ""


def _forwarded_text(message: Mapping[str, Any]) -> str:
    """The text of what was forwarded: the message itself has none."""
    link = message.get("link")
    body = link.get("message") if isinstance(link, dict) else None
    return _body_text(body) if isinstance(body, dict) else ""


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""
