"""A fake of the JSON that Dzen's site asks for: `python -m tests.fakes.dzen --port 8094`."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.fakes.server import LoopbackServer, Reply, Request

PAGE = 20
WALL = Reply(b"<html><body>Sign in</body></html>", 200, "text/html; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of content; figures that are None are not in the answer."""

    id: str
    when: datetime
    title: str = ""
    kind: str = "article"
    views: int | None = 0
    likes: int | None = 0
    comments: int | None = None


@dataclass(slots=True)
class Channel:
    """A channel; pieces are kept oldest first."""

    name: str
    identity: str
    title: str
    subscribers: int | None
    pieces: list[Piece] = field(default_factory=list)
    about: str = ""


class DzenFake(LoopbackServer):
    """Serves the first page of a channel and the pages after it."""

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.channels: list[Channel] = []

    def add(self, channel: Channel) -> Channel:
        """Put a channel into the world."""
        self.channels.append(channel)
        return channel

    def respond(self, request: Request) -> Reply:
        """The answer of the site; who does not call itself a browser is sent to the sign-in."""
        if not request.headers.get("user-agent", "").startswith("Mozilla/"):
            return WALL
        name = request.query.get("channel_name") or request.query.get("channel_id")
        channel = next((each for each in self.channels if name in {each.name, each.identity}), None)
        if channel is None:
            return Reply(b'{"error": "not found"}', 404)
        start = int(request.query.get("start", 0))
        return Reply(json.dumps(_page(channel, start), ensure_ascii=False).encode())


def _page(channel: Channel, start: int) -> dict[str, object]:
    newest_first = channel.pieces[::-1]
    shown = newest_first[start : start + PAGE]
    page: dict[str, object] = {"items": [_item(piece) for piece in shown]}
    if start == 0:
        source = {"id": channel.identity, "title": channel.title, "description": channel.about}
        counts = {} if channel.subscribers is None else {"subscribers": channel.subscribers}
        page["source"] = source | counts
        page["items"] = [{"type": "ad"}, *[_item(piece) for piece in shown]]
    if len(newest_first) > start + PAGE:
        query = f"channel_name={channel.name}&start={start + PAGE}"
        page["more"] = {"link": f"https://elsewhere.example/api/v3/launcher/more?{query}"}
    return page


def _item(piece: Piece) -> dict[str, object]:
    figures = {"views": piece.views, "likes": piece.likes, "comments": piece.comments}
    return {
        "id": piece.id,
        "type": piece.kind,
        "title": piece.title,
        "text": "",
        "publication_date": str(int(piece.when.timestamp())),
        "share_link": f"https://dzen.ru/a/{piece.id}?share_to=link",
        "stats": {name: value for name, value in figures.items() if value is not None},
    }


def history(count: int, newest: datetime, apart: timedelta = timedelta(hours=20)) -> list[Piece]:
    """So many articles up to `newest`, oldest first."""
    return [
        Piece(
            f"piece{n:06}", newest - apart * (count - 1 - n), f"Статья {n + 1}", "article", 100 + 7 * n, n % 9
        )
        for n in range(count)
    ]


def main(arguments: Sequence[str]) -> int:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.dzen")
    parser.add_argument("--port", type=int, default=8094)
    fake = DzenFake(port=parser.parse_args(arguments).port)
    now = datetime.now(UTC).replace(microsecond=0)
    fake.add(Channel("zerno", "5f" * 12, "Кофейня «Зерно»", 4812, history(45, now)))
    with fake:
        sys.stdout.write(f"{fake.url}  channel: zerno\n")
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
