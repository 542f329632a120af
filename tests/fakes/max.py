"""A fake of MAX's Bot API: `python -m tests.fakes.max --port 8092` serves a few channels."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.fakes.server import LoopbackServer, Reply, Request

BOT_TOKEN = "f9LHodD0cOK-fake-max-bot"
HOSTILE_TITLE = "[/x] \x1b[31mсбой\x1b[0m \x1b]52;c;AAAA\x07[@click=app.quit]да[/]"


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a channel; `views` None: the message has no `stat`."""

    mid: str
    when: datetime
    text: str = ""
    views: int | None = 0
    video: bool = False
    forwarded: str = ""


@dataclass(slots=True)
class Channel:
    """A channel; the bot is in it where `has_bot`. Messages are kept oldest first."""

    number: int
    name: str
    title: str
    members: int
    messages: list[Message] = field(default_factory=list)
    kind: str = "channel"
    has_bot: bool = True
    about: str = ""


class MaxFake(LoopbackServer):
    """Serves `/me`, `/chats/{link or id}` and `/messages`."""

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.channels: list[Channel] = []

    def add(self, channel: Channel) -> Channel:
        """Put a channel into the world."""
        self.channels.append(channel)
        return channel

    def respond(self, request: Request) -> Reply:
        """The answer of the service."""
        if request.headers.get("authorization") != BOT_TOKEN:
            return _error(401, "verify.token", "Invalid access_token")
        first, _, name = request.path.strip("/").partition("/")
        if first == "me":
            return _json(
                {
                    "user_id": 7,
                    "first_name": "Зерно",
                    "name": "Зерно",
                    "username": "zerno_bot",
                    "is_bot": True,
                    "last_activity_time": 1_763_800_000_000,
                }
            )
        if first == "messages":
            return self._messages(request)
        channel = next((each for each in self.channels if name in {each.name, str(each.number)}), None)
        return _error(404, "chat.not.found", f"Chat {name} not found") if channel is None else _chat(channel)

    def _messages(self, request: Request) -> Reply:
        number = request.query.get("chat_id")
        channel = next((each for each in self.channels if str(each.number) == number), None)
        if channel is None:
            return _error(404, "chat.not.found", "Chat not found")
        if not channel.has_bot:
            return _error(403, "chat.denied", "Bot is not a member of the chat")
        until = int(request.query.get("to", 2**62))
        newest_first = [m for m in reversed(channel.messages) if _stamp(m.when) <= until]
        page = newest_first[: int(request.query.get("count", 50))]
        return _json({"messages": [_message(channel, message) for message in page]})


def _stamp(when: datetime) -> int:
    return round(when.timestamp() * 1000)


def _chat(channel: Channel) -> Reply:
    return _json(
        {
            "chat_id": channel.number,
            "type": channel.kind,
            "status": "active" if channel.has_bot else "left",
            "title": channel.title,
            "icon": None,
            "last_event_time": _stamp(channel.messages[-1].when) if channel.messages else 0,
            "participants_count": channel.members,
            "is_public": True,
            "link": f"https://max.ru/{channel.name}",
            "description": channel.about or None,
            "messages_count": len(channel.messages),
        }
    )


def _message(channel: Channel, message: Message) -> dict[str, object]:
    told: dict[str, object] = {
        "recipient": {"chat_id": channel.number, "chat_type": "channel", "user_id": None},
        "timestamp": _stamp(message.when),
        "body": {
            "mid": message.mid,
            "seq": _stamp(message.when),
            "text": message.text or None,
            "attachments": [{"type": "video", "payload": {"url": "https://max.example/v", "token": "x"}}]
            if message.video
            else None,
        },
        "url": f"https://max.ru/{channel.name}/{message.mid}",
    }
    if message.forwarded:
        body = {"mid": f"{message.mid}.f", "seq": 1, "text": message.forwarded, "attachments": None}
        told["link"] = {"type": "forward", "message": body}
    if message.views is not None:
        told["stat"] = {"views": message.views}
    return told


def _json(value: object, status: int = 200) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode(), status)


def _error(status: int, code: str, message: str) -> Reply:
    return _json({"code": code, "message": message}, status)


def history(count: int, newest: datetime, apart: timedelta = timedelta(hours=9)) -> list[Message]:
    """So many messages up to `newest`, oldest first."""
    return [
        Message(f"mid.{n:06}", newest - apart * (count - 1 - n), f"Пост {n + 1}", 400 + 37 * n)
        for n in range(count)
    ]


def main(arguments: Sequence[str]) -> int:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.max")
    parser.add_argument("--port", type=int, default=8092)
    fake = MaxFake(port=parser.parse_args(arguments).port)
    now = datetime.now(UTC).replace(microsecond=0)
    fake.add(Channel(-70998871122, "zerno_kofe", "Кофейня «Зерно»", 4812, history(90, now)))
    fake.add(Channel(-70998871123, "long_story", "Длинная история", 53_412, history(1500, now)))
    fake.add(Channel(-70998871124, "hostile", HOSTILE_TITLE, 731, history(8, now)))
    fake.add(Channel(-70998871125, "no_bot", "Без бота", 2_345, has_bot=False))
    with fake:
        names = ", ".join(channel.name for channel in fake.channels)
        sys.stdout.write(f"{fake.url}  channels: {names}  bot token: {BOT_TOKEN}\n")
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
