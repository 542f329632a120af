"""A fake Telegram: channels with a public preview and a Bot API, behind a real HTTP server.

By hand:

    python -m tests.fakes.telegram --port 8091
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape

from tests.fakes.server import LoopbackServer, Reply, Request

PAGE_SIZE = 20
BOT_TOKEN = "7000000001:fake-bot-token"
HOSTILE_TITLE = "[/x] \x1b[31mсбой\x1b[0m \x1b]52;c;AAAA\x07[@click=app.quit]да[/]"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a channel; `reactions` by emoji, None for a channel without them."""

    id: int
    when: datetime
    text: str = ""
    views: int | None = 0
    reactions: Mapping[str, int] | None = None
    stars: int = 0
    video: bool = False
    quoted: str = ""
    service: bool = False


@dataclass(slots=True)
class Channel:
    """A channel; `kind` says what its contact card shows when it has no preview."""

    name: str
    title: str
    members: int
    number: int
    messages: list[Message] = field(default_factory=list)
    preview: bool = True
    kind: str = "channel"
    hides_members: bool = False
    knows_bot: bool = True
    about: str = ""


class TelegramFake(LoopbackServer):
    """Serves `/s/NAME?before=ID`, `/NAME` and `/bot<TOKEN>/METHOD`."""

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.channels: dict[str, Channel] = {}
        self.bots = {BOT_TOKEN: "zerno_stat_bot"}

    def add(self, channel: Channel) -> Channel:
        """Put a channel into the world."""
        self.channels[channel.name.lower()] = channel
        return channel

    def paths(self) -> list[str]:
        """What was asked, oldest first, with `before`."""
        with self.lock:
            return [
                r.path + (f"?before={r.query['before']}" if "before" in r.query else "")
                for r in self.requests
            ]

    def respond(self, request: Request) -> Reply:
        """Answer a page or a method."""
        bot = re.fullmatch(r"/bot([^/]+)/(\w+)", request.path)
        if bot:
            return _json(*self._method(bot[1], bot[2], {**request.query, **request.form}))
        preview = re.fullmatch(r"/s/(\w+)", request.path)
        if not preview:
            return _html(contact_page(self.channels.get(request.path[1:].lower()), request.path[1:]))
        channel = self.channels.get(preview[1].lower())
        if channel is None or not channel.preview:
            return Reply(status=302, headers={"Location": f"{self.url}/{preview[1]}"})
        before = request.query.get("before", "")
        return _html(preview_page(channel, int(before) if before.isdigit() else None))

    def _method(self, token: str, method: str, params: Mapping[str, str]) -> tuple[int, object]:
        name = self.bots.get(token)
        if name is None:
            return _refusal(401, "Unauthorized")
        if method == "getMe":
            user = {
                "id": int(token.partition(":")[0]),
                "is_bot": True,
                "first_name": "Зерно",
                "username": name,
            }
            return 200, {"ok": True, "result": user}
        if method != "getChatMemberCount":
            return _refusal(404, "Not Found")
        channel = self.channels.get(params.get("chat_id", "").removeprefix("@").lower())
        if channel is None:
            return _refusal(400, "Bad Request: chat not found")
        if not channel.knows_bot:
            return _refusal(403, "Forbidden: bot was kicked from the channel chat")
        return 200, {"ok": True, "result": channel.members}


def shown(number: int) -> str:
    """A figure as the preview shows it: three digits at most, cut."""
    for size, letter in ((1_000_000, "M"), (1_000, "K")):
        if number >= size:
            digits = 2 - (len(str(number // size)) - 1)
            cut = number * 10**digits // size / 10**digits
            return f"{cut:.{digits}f}".rstrip("0").rstrip(".") + letter if digits else f"{int(cut)}{letter}"
    return str(number)


def preview_page(channel: Channel, before: int | None = None) -> str:
    """A page of the preview, the newest or the one before a message."""
    older = [m for m in channel.messages if before is None or m.id < before]
    messages = older[-PAGE_SIZE:]
    more = ""
    if len(older) > len(messages):
        link = f"/s/{channel.name}?before={messages[0].id}"
        more = (
            f'<a href="{link}" class="tme_messages_more js-messages_more" data-before="{messages[0].id}"></a>'
        )
    members = "" if channel.hides_members else _counter(channel.members, "subscribers")
    return f"""<!DOCTYPE html><html><body class="tgme_webpreview"><div class="tgme_channel_info">
<div class="tgme_channel_info_header_title"><span dir="auto">{escape(channel.title)}</span></div>
<div class="tgme_channel_info_header_username"><a href="https://t.me/{channel.name}">@{channel.name}</a></div>
<div class="tgme_channel_info_description">{_lines(channel.about)}</div>
<div class="tgme_channel_info_counters">{members}{_counter(1200, "photos")}</div></div>
<section class="tgme_channel_history">{more}
{"".join(_message(channel, message) for message in messages)}</section></body></html>"""


def contact_page(channel: Channel | None, name: str) -> str:
    """The card of a name without a preview."""
    if channel is None:
        return f'<html><body><div class="tgme_page">Contact @{escape(name)}</div></body></html>'
    grouped = f"{channel.members:,}".replace(",", " ")
    extra = {
        "channel": f"{grouped} subscribers",
        "group": f"{grouped} members, 12 online",
        "person": f"@{name}",
    }[channel.kind]
    return f"""<html><body><div class="tgme_page">
<div class="tgme_page_title"><span dir="auto">{escape(channel.title)}</span></div>
<div class="tgme_page_extra">{extra}</div>
<div class="tgme_page_description">{_lines(channel.about)}</div></div></body></html>"""


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


def _counter(number: int, kind: str) -> str:
    value = f'<span class="counter_value">{shown(number)}</span>'
    return f'<div class="tgme_channel_info_counter">{value} <span class="counter_type">{kind}</span></div>'


def _message(channel: Channel, message: Message) -> str:
    view = json.dumps({"c": -channel.number, "p": message.id, "t": 0, "h": "x"}).encode()
    data = base64.urlsafe_b64encode(view).decode().rstrip("=")
    kind = "service_message" if message.service else "text_not_supported_wrap"
    views = ""
    if message.views is not None and not message.service:
        views = f'<span class="tgme_widget_message_views">{shown(message.views)}</span>'
    return f"""<div class="tgme_widget_message {kind} js-widget_message"
data-post="{channel.name}/{message.id}" data-view="{data}">{_content(message)}{_reactions(message)}
<div class="tgme_widget_message_info">{views}<a class="tgme_widget_message_date"
href="https://t.me/{channel.name}/{message.id}"><time datetime="{message.when.isoformat()}"></time></a>
</div></div>"""


def _content(message: Message) -> str:
    content = ""
    if message.quoted:
        quoted = f'<div class="tgme_widget_message_text js-message_reply_text">{escape(message.quoted)}</div>'
        content += f'<a class="tgme_widget_message_reply">{quoted}</a>'
    if message.video:
        content += '<a class="tgme_widget_message_video_player js-message_video_player"></a>'
    if message.text:
        broken = escape(message.text).replace("\n", "<br/>")
        content += f'<div class="tgme_widget_message_text js-message_text" dir="auto">{broken}</div>'
    return content


def _reactions(message: Message) -> str:
    if message.reactions is None:
        return ""
    row = "".join(
        f'<span class="tgme_reaction"><i class="emoji"><b>{emoji}</b></i>{shown(count)}</span>'
        for emoji, count in message.reactions.items()
    )
    if message.stars:
        row += f'<span class="tgme_reaction tgme_reaction_paid"><i><b></b></i>{shown(message.stars)}</span>'
    return f'<div class="tgme_widget_message_reactions js-message_reactions">{row}</div>'


def _refusal(code: int, description: str) -> tuple[int, object]:
    return code, {"ok": False, "error_code": code, "description": description}


def _json(status: int, body: object) -> Reply:
    return Reply(json.dumps(body).encode(), status)


def _html(page: str) -> Reply:
    return Reply(page.encode(), content_type="text/html; charset=utf-8")


def history(count: int, newest: datetime, *, apart: timedelta = timedelta(hours=12)) -> list[Message]:
    """`count` messages, the last one at `newest`; ids have gaps, as albums leave them."""
    return [
        Message(
            id=10 + 3 * n,
            when=newest - apart * (count - 1 - n),
            text=f"Пост {n + 1}",
            views=400 + 37 * n,
            reactions={"👍": 3 + n % 5, "❤": 1},
        )
        for n in range(count)
    ]


def demo_channels(now: datetime) -> list[Channel]:
    """Channels to try the program on: an ordinary one, a long one, a hostile one, one without a preview."""
    return [
        Channel("zerno_kofe", "Кофейня «Зерно»", 4812, 1001, history(90, now)),
        Channel("long_story", "Длинная история", 53_412, 1002, history(1500, now, apart=timedelta(hours=2))),
        Channel("hostile", HOSTILE_TITLE, 731, 1003, history(8, now)),
        Channel("closed_one", "Без витрины", 2_345, 1004, preview=False),
        Channel("some_chat", "Чат", 300, 1005, preview=False, kind="group"),
    ]


def main(arguments: list[str]) -> int:
    """Serve the demo channels until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.telegram")
    parser.add_argument("--port", type=int, default=8091)
    fake = TelegramFake(port=parser.parse_args(arguments).port)
    for channel in demo_channels(datetime.now(UTC).replace(microsecond=0)):
        fake.add(channel)
    with fake:
        names = ", ".join(fake.channels)
        sys.stdout.write(f"{fake.url}  channels: {names}  bot token: {BOT_TOKEN}\n")
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
