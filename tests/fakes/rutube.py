"""A fake of Rutube's public JSON: `python -m tests.fakes.rutube --port 8093` serves two channels."""

from __future__ import annotations

import argparse
import json
import re
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.fakes.server import LoopbackServer, Reply, Request

PAGE = 20
_MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True, slots=True)
class Video:
    """A video; `hits` None: the answer has no views."""

    id: str
    when: datetime
    title: str = ""
    hits: int | None = 0
    likes: int | None = 0
    shorts: bool = False
    live: bool = False
    hidden: bool = False


@dataclass(slots=True)
class Channel:
    """A channel; videos are kept oldest first."""

    number: int
    name: str
    subscribers: int | None
    videos: list[Video] = field(default_factory=list)
    slug: str = ""
    about: str = ""


class RutubeFake(LoopbackServer):
    """Serves profiles, pages of videos and votes."""

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.channels: list[Channel] = []

    def add(self, channel: Channel) -> Channel:
        """Put a channel into the world."""
        self.channels.append(channel)
        return channel

    def respond(self, request: Request) -> Reply:
        """The answer of the site."""
        profile = re.fullmatch(r"/api/profile/user/([^/]+)/", request.path)
        videos = re.fullmatch(r"/api/video/person/(\d+)/", request.path)
        vote = re.fullmatch(r"/api/numerator/video/([^/]+)/vote", request.path)
        if profile:
            channel = self._channel(profile[1])
            return _json(_card(channel)) if channel else _missing()
        if videos and (channel := self._channel(videos[1])):
            return _json(_page(channel, int(request.query.get("page", 1))))
        if vote:
            likes = next((v.likes for c in self.channels for v in c.videos if v.id == vote[1]), None)
            return _json({} if likes is None else {"positive": likes, "negative": 0})
        return _missing()

    def _channel(self, name: str) -> Channel | None:
        return next((each for each in self.channels if name in {str(each.number), each.slug or "?"}), None)


def _card(channel: Channel) -> dict[str, object]:
    card: dict[str, object] = {
        "id": channel.number,
        "name": channel.name,
        "description": channel.about,
        "video_count": len(channel.videos),
    }
    return card if channel.subscribers is None else card | {"subscribers_count": channel.subscribers}


def _page(channel: Channel, number: int) -> dict[str, object]:
    newest_first = channel.videos[::-1]
    shown = newest_first[PAGE * (number - 1) : PAGE * number]
    has_next = len(newest_first) > PAGE * number
    return {"has_next": has_next, "page": number, "per_page": PAGE, "results": [_video(v) for v in shown]}


def _video(video: Video) -> dict[str, object]:
    told: dict[str, object] = {
        "id": video.id,
        "title": video.title,
        "description": "",
        "publication_ts": video.when.astimezone(_MOSCOW).replace(tzinfo=None).isoformat(),
        "is_livestream": video.live,
        "is_shorts": video.shorts,
        "is_hidden": video.hidden,
        "is_deleted": False,
    }
    return told if video.hits is None else told | {"hits": video.hits}


def _json(value: object) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode())


def _missing() -> Reply:
    return Reply(b'{"detail": "Not found."}', 404)


def history(count: int, newest: datetime, apart: timedelta = timedelta(hours=20)) -> list[Video]:
    """So many videos up to `newest`, oldest first."""
    return [
        Video(f"{n:032x}", newest - apart * (count - 1 - n), f"Видео {n + 1}", 100 + 7 * n, 3 + n % 5)
        for n in range(count)
    ]


def main(arguments: Sequence[str]) -> int:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.rutube")
    parser.add_argument("--port", type=int, default=8093)
    fake = RutubeFake(port=parser.parse_args(arguments).port)
    now = datetime.now(UTC).replace(microsecond=0)
    fake.add(Channel(23460655, "Кофейня «Зерно»", 4812, history(45, now), "zerno"))
    fake.add(Channel(23460656, "Длинная история", 53_412, history(1200, now)))
    with fake:
        sys.stdout.write(f"{fake.url}  channels: {', '.join(str(c.number) for c in fake.channels)}\n")
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
