"""A fake Bluesky: profiles and feeds of the public AppView, behind a real HTTP server.

By hand:

    python -m tests.fakes.bluesky --port 8096
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

_CID = "bafyreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass(frozen=True, slots=True)
class Post:
    """A post; a `reposted` one was written by somebody else, `figures` are by the network's names."""

    key: str
    when: datetime
    text: str = ""
    figures: Mapping[str, int] = field(default_factory=dict)
    video: bool = False
    reply: bool = False
    reposted: bool = False
    indexed: datetime | None = None


@dataclass(slots=True)
class Account:
    """An account, its posts oldest first; `gone` ones are left out of answers."""

    handle: str
    number: int
    title: str = ""
    about: str = ""
    followers: int | None = 0
    posts: list[Post] = field(default_factory=list)
    gone: bool = False

    @property
    def did(self) -> str:
        """The account's id, made of its number."""
        digits = [_ALPHABET[(self.number >> (5 * place)) % 32] for place in range(4)]
        return "did:plc:" + "".join(digits).rjust(24, "a")


class BlueskyFake(LoopbackServer):
    """Serves `app.bsky.actor.getProfiles` and `app.bsky.feed.getAuthorFeed`.

    `empty_last` gives a cursor with every page, so that an empty one ends the feed, as older servers do.
    """

    def __init__(self, *, port: int = 0, empty_last: bool = False) -> None:
        super().__init__(port=port)
        self.accounts: dict[str, Account] = {}
        self.empty_last = empty_last
        self.asked: list[list[str]] = []

    def add(self, account: Account) -> Account:
        """Put an account into the world."""
        self.accounts[account.handle] = account
        return account

    def respond(self, request: Request) -> Reply:
        """Answer a query."""
        if request.path == "/xrpc/app.bsky.actor.getProfiles":
            return self._profiles([value for name, value in request.pairs if name == "actors"])
        if request.path == "/xrpc/app.bsky.feed.getAuthorFeed":
            return self._feed(request.query)
        return _json({"error": "MethodNotImplemented", "message": "Method Not Implemented"}, 501)

    def _profiles(self, actors: list[str]) -> Reply:
        self.asked.append(actors)
        if len(actors) > 25:
            return _refusal("actors must not have more than 25 elements")
        for actor in actors:
            if not actor.startswith("did:") and "." not in actor:
                return _refusal("Error: actors must be a valid did or a handle")
        found = [account for actor in actors if (account := self._account(actor)) is not None]
        return _json({"profiles": [profile_view(account) for account in found]})

    def _feed(self, query: Mapping[str, str]) -> Reply:
        account = self._account(query.get("actor", ""))
        if account is None:
            return _refusal("Profile not found")
        posts = sorted(account.posts, key=lambda post: post.indexed or post.when, reverse=True)
        if query.get("filter") == "posts_no_replies":
            posts = [post for post in posts if not post.reply]
        start, size = int(query.get("cursor", "0")), int(query.get("limit", "50"))
        page = posts[start : start + size]
        answer: dict[str, Any] = {"feed": [feed_item(account, post) for post in page]}
        if page and (self.empty_last or start + size < len(posts)):
            answer["cursor"] = str(start + size)
        return _json(answer)

    def _account(self, actor: str) -> Account | None:
        for account in self.accounts.values():
            if actor.lower() in {account.handle, account.did} and not account.gone:
                return account
        return None


def profile_view(account: Account) -> dict[str, Any]:
    """A `profileViewDetailed`."""
    view: dict[str, Any] = {
        "did": account.did,
        "handle": account.handle,
        "displayName": account.title,
        "description": account.about,
        "followsCount": 12,
        "postsCount": len(account.posts),
        "indexedAt": "2024-01-02T03:04:05.678Z",
        "createdAt": "2024-01-02T03:04:05.678Z",
        "labels": [],
    }
    return view if account.followers is None else {**view, "followersCount": account.followers}


def feed_item(account: Account, post: Post) -> dict[str, Any]:
    """A `feedViewPost`."""
    author = Account("somebody.bsky.social", 31_337) if post.reposted else account
    uri = f"at://{author.did}/app.bsky.feed.post/{post.key}"
    basic = {"did": author.did, "handle": author.handle, "displayName": author.title, "labels": []}
    record: dict[str, Any] = {
        "$type": "app.bsky.feed.post",
        "createdAt": _stamp(post.when),
        "text": post.text,
        "langs": ["ru"],
    }
    if post.reply:
        parent = {"cid": _CID, "uri": f"at://{account.did}/app.bsky.feed.post/3kparent"}
        record["reply"] = {"root": parent, "parent": parent}
    view: dict[str, Any] = {
        "uri": uri,
        "cid": _CID,
        "author": basic,
        "record": record,
        "indexedAt": _stamp(post.indexed or post.when),
        "labels": [],
        **post.figures,
    }
    if post.video:
        playlist = "https://video.bsky.app/watch/x/playlist.m3u8"
        view["embed"] = {"$type": "app.bsky.embed.video#view", "cid": _CID, "playlist": playlist}
    item: dict[str, Any] = {"post": view}
    if post.reposted:
        by = {"did": account.did, "handle": account.handle, "labels": []}
        item["reason"] = {
            "$type": "app.bsky.feed.defs#reasonRepost",
            "by": by,
            "indexedAt": _stamp(post.when),
        }
    return item


def history(count: int, newest: datetime, *, apart: timedelta = timedelta(hours=12)) -> list[Post]:
    """`count` posts, the last one at `newest`."""
    return [
        Post(
            f"3k{n:09d}",
            newest - apart * (count - 1 - n),
            f"Пост {n + 1}",
            {"likeCount": 5 + n, "repostCount": 2, "quoteCount": 1, "replyCount": n % 3, "bookmarkCount": 4},
        )
        for n in range(count)
    ]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _refusal(message: str) -> Reply:
    return _json({"error": "InvalidRequest", "message": message}, 400)


def _json(body: object, status: int = 200) -> Reply:
    limits = {"RateLimit-Limit": "3000", "RateLimit-Remaining": "2990", "RateLimit-Policy": "3000;w=300"}
    return Reply(json.dumps(body).encode(), status, headers=limits)


def main(arguments: list[str]) -> int:
    """Serve a few accounts until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.bluesky")
    parser.add_argument("--port", type=int, default=8096)
    fake = BlueskyFake(port=parser.parse_args(arguments).port)
    now = datetime.now(UTC).replace(microsecond=0)
    fake.add(Account("zerno.bsky.social", 1, "Кофейня «Зерно»", "zerno.ru", 481, history(90, now)))
    fake.add(Account("svecha.ru", 2, "Свеча", "t.me/svecha", 93, history(400, now)))
    with fake:
        sys.stdout.write(f"{fake.url}  accounts: {', '.join(fake.accounts)}\n")
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
