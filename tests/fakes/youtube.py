"""A fake YouTube: channels, their uploads, owners' reports and Google's OAuth, behind a real HTTP server.

By hand:

    python -m tests.fakes.youtube --port 8097
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.fakes.server import LoopbackServer, Reply, Request

PAGE_SIZE = 50
KEY = "AIzaFakeYoutubeKey-canary-0001"
CLIENT_ID = "fake.apps.googleusercontent.com"
CLIENT_SECRET = "GOCSPX-fake-client-secret-canary"
REFRESH_TOKEN = "1//0fake-refresh-token-canary"
ACCESS_LIFE = 3599

Json = Any


@dataclass(slots=True)
class Video:
    """A video; a count that is None is not shown. `live` is none, upcoming or live."""

    id: str
    published: datetime
    title: str = "Видео"
    about: str = ""
    views: int | None = 0
    likes: int | None = 0
    comments: int | None = 0
    duration: str = "PT4M13S"
    width: int = 1280
    height: int = 720
    live: str = "none"
    streaming: Mapping[str, str] | None = None
    private: bool = False


@dataclass(slots=True)
class FakeChannel:
    """A channel, its videos with the newest first; `days` are the owner's figures (came, left)."""

    id: str
    handle: str
    title: str
    subscribers: int
    about: str = ""
    hides_subscribers: bool = False
    never_uploaded: bool = False
    videos: list[Video] = field(default_factory=list)
    days: dict[date, tuple[int, int]] = field(default_factory=dict)
    owner: str = REFRESH_TOKEN

    @property
    def uploads(self) -> str:
        """The id of the list of uploads."""
        return f"UU{self.id[2:]}"


class YoutubeFake(LoopbackServer):
    """Serves `/youtube/v3/...`, `/v2/reports` and `/token`. `units` are those that were asked for."""

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.channels: dict[str, FakeChannel] = {}
        self.keys = {KEY}
        self.refresh_tokens = {REFRESH_TOKEN}
        self.access: dict[str, str] = {}
        self.units = 0
        self.units_a_day = 10_000

    def add(self, channel: FakeChannel) -> FakeChannel:
        """Put a channel into the world."""
        self.channels[channel.id] = channel
        return channel

    def asked(self, path: str) -> list[Request]:
        """The requests of a path's end, oldest first."""
        with self.lock:
            return [request for request in self.requests if request.path.endswith(path)]

    def respond(self, request: Request) -> Reply:
        """Answer a call as Google does."""
        if request.path == "/token":
            return self._buy(request.form)
        refused = self._refusal(request)
        if refused is not None:
            return refused
        if request.path == "/v2/reports":
            return self._report(request)
        with self.lock:
            self.units += 1
            if self.units > self.units_a_day:
                return error(403, "quotaExceeded", "The request cannot be completed", domain="youtube.quota")
        answers = {
            "/youtube/v3/channels": self._channels,
            "/youtube/v3/playlistItems": self._uploads,
            "/youtube/v3/videos": self._videos,
        }
        answer = answers.get(request.path)
        return answer(request) if answer else Reply(status=404, content_type="text/html")

    def _refusal(self, request: Request) -> Reply | None:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer:
            return None if bearer in self.access else error(401, "authError", "Invalid Credentials")
        if request.headers.get("x-goog-api-key") in self.keys and request.path != "/v2/reports":
            return None
        return error(400, "badRequest", "API key not valid.", closer="API_KEY_INVALID")

    def _buy(self, form: Mapping[str, str]) -> Reply:
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return json_reply({"error": "invalid_client", "error_description": "Unauthorized"}, 401)
        refresh = form.get("refresh_token", "")
        if form.get("grant_type") != "refresh_token" or refresh not in self.refresh_tokens:
            return json_reply({"error": "invalid_grant", "error_description": "Token has been expired"}, 400)
        with self.lock:
            access = f"ya29.fake-access-canary-{len(self.access) + 1}"
            self.access[access] = refresh
        return json_reply({"access_token": access, "expires_in": ACCESS_LIFE, "token_type": "Bearer"})

    def _channels(self, request: Request) -> Reply:
        query = request.query
        if "id" in query:
            if len(query["id"].split(",")) > PAGE_SIZE:
                return error(400, "invalidFilters", "Too many ids")
            found = [self.channels[number] for number in query["id"].split(",") if number in self.channels]
        elif query.get("mine") == "true":
            owner = self.access[request.headers["authorization"].removeprefix("Bearer ")]
            found = [channel for channel in self.channels.values() if channel.owner == owner][:1]
        else:
            handle = query.get("forHandle", "").removeprefix("@").lower()
            found = [channel for channel in self.channels.values() if channel.handle == handle]
        # the order of the answer is not that of the question
        return json_reply(channels_answer(found[::-1]))

    def _uploads(self, request: Request) -> Reply:
        number = request.query.get("playlistId", "")
        channel = next((c for c in self.channels.values() if c.uploads == number), None)
        if channel is None or channel.never_uploaded:
            return error(
                404, "playlistNotFound", "The playlist cannot be found.", domain="youtube.playlistItem"
            )
        token = request.query.get("pageToken", "P0")
        if not token[1:].isdigit():
            return error(400, "invalidPageToken", "The page token is not valid.")
        return json_reply(uploads_answer(channel, int(token[1:])))

    def _videos(self, request: Request) -> Reply:
        asked = request.query.get("id", "").split(",")
        if len(asked) > PAGE_SIZE:
            return error(400, "invalidFilters", "Too many ids")
        known = {v.id: (c, v) for c in self.channels.values() for v in c.videos if not v.private}
        items = [_video(*known[number]) for number in asked if number in known]
        return json_reply({"kind": "youtube#videoListResponse", "etag": "e", "items": items, **_info(items)})

    def _report(self, request: Request) -> Reply:
        query = request.query
        channel = self.channels.get(query.get("ids", "").removeprefix("channel=="))
        owner = self.access[request.headers["authorization"].removeprefix("Bearer ")]
        if channel is None or channel.owner != owner:
            return error(403, "forbidden", "Forbidden")
        first, last = (date.fromisoformat(query[name]) for name in ("startDate", "endDate"))
        rows = [
            [day.isoformat(), came, left]
            for day, (came, left) in sorted(channel.days.items())
            if first <= day <= last
        ]
        heads = [
            {"name": "day", "columnType": "DIMENSION", "dataType": "STRING"},
            {"name": "subscribersGained", "columnType": "METRIC", "dataType": "INTEGER"},
            {"name": "subscribersLost", "columnType": "METRIC", "dataType": "INTEGER"},
        ]
        told = {"rows": rows} if rows else {}
        return json_reply({"kind": "youtubeAnalytics#resultTable", "columnHeaders": heads, **told})


def channels_answer(channels: list[FakeChannel]) -> Json:
    """What `channels.list` says; without any there are no items at all."""
    items = [_channel(channel) for channel in channels]
    told = {"items": items} if items else {}
    return {"kind": "youtube#channelListResponse", "etag": "e", **_info(items), **told}


def uploads_answer(channel: FakeChannel, start: int) -> Json:
    """A page of `playlistItems.list`, from a place of the list on."""
    page = channel.videos[start : start + PAGE_SIZE]
    following = start + PAGE_SIZE
    more = {"nextPageToken": f"P{following}"} if following < len(channel.videos) else {}
    items = [
        {
            "kind": "youtube#playlistItem",
            "etag": "e",
            "id": f"item-{video.id}",
            "contentDetails": {"videoId": video.id, "videoPublishedAt": _stamp(video.published)},
        }
        for video in page
    ]
    info = {"pageInfo": {"totalResults": len(channel.videos), "resultsPerPage": PAGE_SIZE}}
    return {"kind": "youtube#playlistItemListResponse", "etag": "e", "items": items, **info, **more}


def error(
    status: int, reason: str, message: str, *, closer: str = "", domain: str = "youtube", **told: str
) -> Reply:
    """A refusal as Google writes it; `closer` is the reason among its details."""
    body: dict[str, Json] = {"code": status, "message": message, **told}
    body["errors"] = [{"message": message, "domain": domain, "reason": reason}]
    if closer:
        kind = "type.googleapis.com/google.rpc.ErrorInfo"
        body["details"] = [{"@type": kind, "reason": closer, "domain": "googleapis.com"}]
    return json_reply({"error": body}, status)


def json_reply(body: Json, status: int = 200) -> Reply:
    """A JSON answer."""
    return Reply(json.dumps(body, ensure_ascii=True).encode(), status)


def channel_id(number: int) -> str:
    """A channel's id."""
    return f"UC{number:022d}"


def uploads(
    count: int, newest: datetime, *, prefix: str = "v", apart: timedelta = timedelta(hours=12)
) -> list[Video]:
    """`count` videos, the newest first."""
    return [
        Video(
            id=f"{prefix}{count - n:06d}",
            published=newest - apart * n,
            title=f"Видео {count - n}",
            views=400 + 37 * n,
            likes=12 + n % 5,
            comments=n % 7,
        )
        for n in range(count)
    ]


def _info(items: list[Json]) -> Json:
    return {"pageInfo": {"totalResults": len(items), "resultsPerPage": PAGE_SIZE}}


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _shown(count: int) -> int:
    """Subscribers as the network shows them: cut to three digits."""
    scale = int(10 ** max(len(str(count)) - 3, 0))
    return count // scale * scale


def _channel(channel: FakeChannel) -> Json:
    statistics: dict[str, Json] = {
        "viewCount": "123456",
        "subscriberCount": "0" if channel.hides_subscribers else str(_shown(channel.subscribers)),
        "hiddenSubscriberCount": channel.hides_subscribers,
        "videoCount": str(len(channel.videos)),
    }
    snippet = {"title": channel.title, "description": channel.about, "publishedAt": "2015-09-18T22:37:10Z"}
    if channel.handle:
        snippet["customUrl"] = f"@{channel.handle}"
    return {
        "kind": "youtube#channel",
        "etag": "e",
        "id": channel.id,
        "snippet": snippet,
        "contentDetails": {"relatedPlaylists": {"likes": "", "uploads": channel.uploads}},
        "statistics": statistics,
    }


def _video(channel: FakeChannel, video: Video) -> Json:
    counts = {"viewCount": video.views, "likeCount": video.likes, "commentCount": video.comments}
    item = {
        "kind": "youtube#video",
        "etag": "e",
        "id": video.id,
        "snippet": {
            "publishedAt": _stamp(video.published),
            "channelId": channel.id,
            "title": video.title,
            "description": video.about,
            "liveBroadcastContent": video.live,
        },
        "contentDetails": {"duration": video.duration, "dimension": "2d"},
        "statistics": {name: str(count) for name, count in counts.items() if count is not None},
        "player": {"embedWidth": str(video.width), "embedHeight": str(video.height), "embedHtml": "<iframe>"},
    }
    return item if video.streaming is None else {**item, "liveStreamingDetails": dict(video.streaming)}


def demo_channels(now: datetime) -> list[FakeChannel]:
    """Channels to try the program on: an ordinary one, a long one, one that hides its subscribers."""
    today = now.date()
    days = {today - timedelta(days=n): (20 + n % 7, 3 + n % 4) for n in range(3, 90)}
    return [
        FakeChannel(
            channel_id(1), "zerno_kofe", "Кофейня «Зерно»", 12_345, "Кофе", videos=uploads(40, now), days=days
        ),
        FakeChannel(
            channel_id(2), "long_story", "Длинная история", 853_412, videos=uploads(1500, now, prefix="w")
        ),
        FakeChannel(channel_id(3), "hidden", "Скрытный", 500, hides_subscribers=True),
    ]


def main(arguments: list[str]) -> int:
    """Serve the demo channels until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.youtube")
    parser.add_argument("--port", type=int, default=8097)
    fake = YoutubeFake(port=parser.parse_args(arguments).port)
    for channel in demo_channels(datetime.now(UTC).replace(microsecond=0)):
        fake.add(channel)
    with fake:
        names = ", ".join(channel.handle for channel in fake.channels.values())
        sys.stdout.write(
            f"{fake.url}  channels: {names}  key: {KEY}  client_id: {CLIENT_ID}  "
            f"oauth: {CLIENT_SECRET}:{REFRESH_TOKEN}\n"
        )
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
