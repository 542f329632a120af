"""A fake Mastodon server: accounts and statuses, behind a real HTTP server.

By hand:

    python -m tests.fakes.mastodon --port 8097
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.fakes.server import LoopbackServer, Reply, Request

TOKEN = "masto-fake-token"
HOST = "mastodon.example"


@dataclass(frozen=True, slots=True)
class Status:
    """A status; `quotes` is None where the server does not count them, `figures` replace the told ones."""

    id: int
    when: datetime
    html: str = ""
    likes: int = 0
    boosts: int = 0
    replies: int = 0
    quotes: int | None = None
    visibility: str = "public"
    reply_to: str | None = None
    boosted: bool = False
    media: tuple[str, ...] = ()
    warning: str = ""


@dataclass(slots=True)
class Account:
    """An account of this server, its statuses oldest first."""

    name: str
    number: int
    title: str = ""
    note: str = ""
    followers: int | None = 0
    statuses: list[Status] = field(default_factory=list)
    fields: Mapping[str, str] = field(default_factory=dict)
    suspended: bool = False


class MastodonFake(LoopbackServer):
    """Serves `accounts/lookup`, `accounts/ID/statuses` and both `verify_credentials`.

    `closed` demands the token for everything; `always_next` names an older page on the last one too;
    `heeds_filters` is false for a server that knows neither `exclude_reblogs` nor `exclude_replies`.
    """

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.accounts: dict[str, Account] = {}
        self.closed = False
        self.always_next = False
        self.heeds_filters = True

    def add(self, account: Account) -> Account:
        """Put an account into the world."""
        self.accounts[account.name] = account
        return account

    def respond(self, request: Request) -> Reply:
        """Answer a call."""
        given = request.headers.get("authorization", "")
        if given not in {"", f"Bearer {TOKEN}"}:
            return _json({"error": "The access token is invalid"}, 401)
        if self.closed and not given:
            return _json({"error": "This method requires an authenticated user"}, 401)
        match request.path.removeprefix("/api/v1/").split("/"):
            case ["accounts", "verify_credentials"] if given:
                return _json({"id": "1", "username": "anna", "acct": "anna"})
            case ["apps", "verify_credentials"] if given:
                return _json({"id": "7", "name": "smm"})
            case ["accounts", "lookup"]:
                found = self.accounts.get(request.query.get("acct", ""))
                return _json(account_entity(found)) if found else _missing()
            case ["accounts", number, "statuses"]:
                return self._statuses(number, request.query)
        return _missing()

    def _statuses(self, number: str, query: Mapping[str, str]) -> Reply:
        account = next((each for each in self.accounts.values() if str(each.number) == number), None)
        if account is None:
            return _missing()
        before = int(query.get("max_id", "9" * 18))
        older = [status for status in reversed(account.statuses) if status.id < before]
        if self.heeds_filters:
            older = [status for status in older if not (status.boosted or status.reply_to == "other")]
        page = older[: int(query.get("limit", "20"))]
        headers = {}
        if page and (self.always_next or len(older) > len(page)):
            last = f"https://{HOST}/api/v1/accounts/{number}/statuses?limit=40&max_id={page[-1].id}"
            headers["Link"] = f'<{last}>; rel="next", <https://{HOST}/x?min_id={page[0].id}>; rel="prev"'
        return _json([status_entity(account, status) for status in page], headers=headers)


def account_entity(account: Account) -> dict[str, Any]:
    """An entity `Account`."""
    picture = f"https://{HOST}/avatar.png"
    entity: dict[str, Any] = {
        "id": str(account.number),
        "username": account.name,
        "acct": account.name,
        "uri": f"https://{HOST}/users/{account.name}",
        "url": f"https://{HOST}/@{account.name}",
        "display_name": account.title,
        "note": account.note,
        "fields": [{"name": k, "value": v, "verified_at": None} for k, v in account.fields.items()],
        "following_count": 3,
        "statuses_count": len(account.statuses),
        "last_status_at": account.statuses[-1].when.date().isoformat() if account.statuses else None,
        "created_at": "2024-01-02T00:00:00.000Z",
        **dict.fromkeys(("avatar", "avatar_static", "header", "header_static"), picture),
        **dict.fromkeys(("bot", "group", "locked", "indexable"), False),
        "emojis": [],
    }
    if account.suspended:
        entity["suspended"] = True
    return entity if account.followers is None else {**entity, "followers_count": account.followers}


def status_entity(account: Account, status: Status) -> dict[str, Any]:
    """An entity `Status`."""
    author = Account("somebody", 31_337, followers=5) if status.boosted else account
    address = f"https://{HOST}/@{account.name}/{status.id}"
    entity: dict[str, Any] = {
        "id": str(status.id),
        "uri": f"https://{HOST}/users/{account.name}/statuses/{status.id}",
        "url": address,
        "created_at": status.when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "account": account_entity(account),
        "content": status.html,
        "visibility": status.visibility,
        "sensitive": bool(status.warning),
        "spoiler_text": status.warning,
        "media_attachments": [media_entity(number, kind) for number, kind in enumerate(status.media)],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "favourites_count": status.likes,
        "reblogs_count": status.boosts,
        "replies_count": status.replies,
        "in_reply_to_id": "77" if status.reply_to else None,
        "in_reply_to_account_id": str(account.number if status.reply_to == "self" else 5)
        if status.reply_to
        else None,
        "reblog": None,
    }
    if status.quotes is not None:
        entity["quotes_count"] = status.quotes
    if status.boosted:
        entity["reblog"] = status_entity(author, Status(status.id - 1, status.when, "<p>чужое</p>"))
    return entity


def media_entity(number: int, kind: str) -> dict[str, Any]:
    """An entity `MediaAttachment`."""
    address = f"https://{HOST}/media/{number}"
    return {"id": str(number), "type": kind, "url": address, "preview_url": address, "meta": {}}


def history(count: int, newest: datetime, *, apart: timedelta = timedelta(hours=12)) -> list[Status]:
    """`count` statuses, the last one at `newest`."""
    return [
        Status(
            112_000_000_000 + 10 * n,
            newest - apart * (count - 1 - n),
            f"<p>Пост {n + 1}</p>",
            likes=5 + n,
            boosts=2,
            replies=n % 3,
            quotes=1,
        )
        for n in range(count)
    ]


def _missing() -> Reply:
    return _json({"error": "Record not found"}, 404)


def _json(body: object, status: int = 200, *, headers: Mapping[str, str] | None = None) -> Reply:
    limits = {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": "290",
        "X-RateLimit-Reset": "2026-11-24T06:05:00.000000Z",
    }
    return Reply(json.dumps(body).encode(), status, headers={**limits, **(headers or {})})


def main(arguments: list[str]) -> int:
    """Serve a few accounts until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.mastodon")
    parser.add_argument("--port", type=int, default=8097)
    fake = MastodonFake(port=parser.parse_args(arguments).port)
    now = datetime.now(UTC).replace(microsecond=0)
    fake.add(Account("zerno", 1, "Кофейня «Зерно»", "<p>Кофе</p>", 481, history(90, now)))
    fake.add(Account("svecha", 2, "Свеча", "<p>t.me/svecha</p>", 93, history(400, now)))
    with fake:
        names = ", ".join(f"{name}@{HOST}" for name in fake.accounts)
        sys.stdout.write(f"{fake.url}  accounts: {names}  token: {TOKEN}\n")
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
