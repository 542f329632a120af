"""A fake of Meta's API for Instagram: both logins behind one real HTTP server.

By hand:

    python -m tests.fakes.instagram --port 8098
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.fakes.server import LoopbackServer, Reply, Request

FACEBOOK_TOKEN = "EAAfake-facebook-canary"
INSTAGRAM_TOKEN = "IGAAfake-instagram-canary"
PAGE = 50

_DISCOVERY = re.compile(
    r"business_discovery\.username\(([a-z0-9_.]+)\)\{([a-z_,]+?)"
    r"(?:,media\.limit\((\d+)\)(?:\.after\(([^)]+)\))?\{([a-z_,]+)\})?\}"
)
_PACIFIC = ZoneInfo("America/Los_Angeles")
#: Metrics that the network took away: whoever asks for one is refused.
_GONE = {"impressions", "plays", "video_views", "profile_views"}


@dataclass(slots=True)
class Media:
    """A piece of content; `likes` None: hidden. `insights` None: too few viewers."""

    id: str
    when: datetime
    caption: str = ""
    likes: int | None = 3
    comments: int | None = 1
    media_type: str = "IMAGE"
    product: str = "FEED"
    insights: Mapping[str, int] | None = field(default_factory=dict)


@dataclass(slots=True)
class Account:
    """A business account, its media and stories newest first; `days` are reach and new followers."""

    id: str
    username: str
    name: str = ""
    biography: str = ""
    followers: int | None = 0
    media: list[Media] = field(default_factory=list)
    stories: list[Media] = field(default_factory=list)
    days: dict[date, tuple[int, int]] = field(default_factory=dict)


class InstagramFake(LoopbackServer):
    """Serves both logins: `owners` are the accounts of each token, by username.

    `usage` is the share of the limits, percent, that is told with every answer; `may_insights` is false for
    tokens without that right.
    """

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.accounts: dict[str, Account] = {}
        self.owners: dict[str, list[str]] = {FACEBOOK_TOKEN: [], INSTAGRAM_TOKEN: []}
        self.usage = 5
        self.may_insights = True

    def add(self, account: Account, *tokens: str) -> Account:
        """Put an account into the world, owned by these tokens."""
        self.accounts[account.username] = account
        for token in tokens:
            self.owners[token].append(account.username)
        return account

    def asked(self, end: str) -> list[Request]:
        """The requests whose paths end so."""
        return [request for request in self.requests if request.path.endswith(end)]

    def respond(self, request: Request) -> Reply:
        """Answer a call."""
        if request.path == "/refresh_access_token":
            return self._refresh(request.query)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.owners:
            return error(190, "Invalid OAuth access token - Cannot parse access token")
        match request.path.strip("/").split("/")[1:]:
            case ["me"] if token.startswith("IG"):
                [own] = self.owners[token][:1]
                told = account_fields(self.accounts[own], request.query["fields"].split(","))
                return self._told({**told, "id": "9" + self.accounts[own].id})
            case ["me", "accounts"] if token.startswith("EAA"):
                return self._told(self._pages(token, request.query["fields"]))
            case [number]:
                return self._discovery(token, number, request.query["fields"])
            case [number, kind]:
                return self._own(token, number, kind, request.query)
        return error(100, "Unsupported get request", 33)

    def _refresh(self, query: Mapping[str, str]) -> Reply:
        old = query.get("access_token", "")
        if old not in self.owners or query.get("grant_type") != "ig_refresh_token":
            return error(190, "Invalid OAuth access token")
        new = f"{INSTAGRAM_TOKEN}-{len(self.owners)}"
        self.owners[new] = self.owners[old]
        return _json({"access_token": new, "token_type": "bearer", "expires_in": 5_183_944})

    def _pages(self, token: str, fields: str) -> dict[str, Any]:
        names = fields.removeprefix("instagram_business_account{").removesuffix("}").split(",")
        own = [account_fields(self.accounts[name], names) for name in self.owners[token]]
        pages = [{"instagram_business_account": told, "id": f"p{told['id']}"} for told in own]
        return {"data": [{"id": "a page without one"}, *pages], "paging": {"cursors": {"after": "QQ"}}}

    def _discovery(self, token: str, number: str, fields: str) -> Reply:
        asked = _DISCOVERY.fullmatch(fields)
        if number not in self._numbers(token) or token.startswith("IG") or asked is None:
            return error(100, f"Tried accessing nonexisting field {fields}")
        username, names, limit, after, media_names = asked.groups()
        account = self.accounts.get(username)
        if account is None:
            return error(110, "Invalid user id", 2_207_013)
        told = account_fields(account, names.split(","))
        if limit is not None:
            told["media"] = page_of(account.media, media_names, after, int(limit), tells_next=False)
        return self._told({"business_discovery": told, "id": number})

    def _own(self, token: str, number: str, kind: str, query: Mapping[str, str]) -> Reply:
        own = [self.accounts[name] for name in self.owners[token]]
        account = next((account for account in own if account.id == number), None)
        if kind == "insights":
            return self._insights(own, account, number, query)
        if account is None:
            return error(100, "Unsupported get request", 33)
        listed = account.media if kind == "media" else account.stories
        after, limit = query.get("after"), int(query.get("limit", "25"))
        return self._told(page_of(listed, query["fields"], after, limit, tells_next=True))

    def _insights(
        self, own: list[Account], account: Account | None, number: str, query: Mapping[str, str]
    ) -> Reply:
        metrics = query["metric"].split(",")
        if not self.may_insights:
            return error(10, "(#10) Application does not have permission for this action")
        if _GONE & set(metrics):
            return error(100, "(#100) metric[0] must be one of the following values: reach, views")
        if account is not None:
            return self._days(account, metrics, query)
        media = {item.id: item for each in own for item in (*each.media, *each.stories)}
        item = media.get(number)
        if item is None:
            return error(100, "Unsupported get request", 33)
        if item.insights is None:
            return error(10, "(#10) Not enough viewers for the media to show insights")
        told = [
            {
                "name": name,
                "period": "lifetime",
                "values": [{"value": item.insights[name]}],
                "id": f"{number}/x",
            }
            for name in metrics
            if name in item.insights
        ]
        return self._told({"data": told})

    def _days(self, account: Account, metrics: list[str], query: Mapping[str, str]) -> Reply:
        since, until = int(query["since"]), int(query["until"])
        if until - since > 2_592_000:
            return error(100, "(#100) There cannot be more than 30 days between since and until")
        data = []
        for name in metrics:
            values = []
            for day, told in sorted(account.days.items()):
                end = datetime.combine(day + timedelta(days=1), time(), _PACIFIC).astimezone(UTC)
                if since < end.timestamp() <= until:
                    value = told[0] if name == "reach" else told[1]
                    values.append({"value": value, "end_time": end.strftime("%Y-%m-%dT%H:%M:%S+0000")})
            if values:
                data.append({"name": name, "period": "day", "values": values, "id": f"{account.id}/x"})
        return self._told({"data": data})

    def _numbers(self, token: str) -> set[str]:
        return {self.accounts[name].id for name in self.owners[token]}

    def _told(self, body: Mapping[str, Any]) -> Reply:
        used = {"call_count": self.usage, "total_cputime": 2, "total_time": 3}
        business = {"178414": [{"type": "instagram", "estimated_time_to_regain_access": 0, **used}]}
        headers = {"X-App-Usage": json.dumps(used), "X-Business-Use-Case-Usage": json.dumps(business)}
        return _json(body, headers=headers)


def account_fields(account: Account, names: list[str]) -> dict[str, Any]:
    """The fields of an account that were asked for, as far as it has them."""
    known = {
        "id": account.id,
        "user_id": account.id,
        "username": account.username,
        "name": account.name,
        "biography": account.biography,
        "followers_count": account.followers,
        "media_count": len(account.media),
    }
    return {name: known[name] for name in names if known.get(name) is not None}


def page_of(
    media: list[Media], names: str, after: str | None, limit: int, *, tells_next: bool
) -> dict[str, Any]:
    """A page of media, named by the place of its last one."""
    start = int(after[1:]) if after else 0
    shown = media[start : start + limit]
    if not shown:
        return {"data": []}
    end = start + len(shown)
    paging: dict[str, Any] = {"cursors": {"before": f"c{start}", "after": f"c{end}"}}
    if tells_next and end < len(media):
        paging["next"] = "https://graph.facebook.com/next"
    return {"data": [media_fields(item, names.split(",")) for item in shown], "paging": paging}


def media_fields(item: Media, names: list[str]) -> dict[str, Any]:
    """The fields of a piece of content that were asked for, as far as it has them."""
    known = {
        "id": item.id,
        "caption": item.caption,
        "media_type": item.media_type,
        "media_product_type": item.product,
        "permalink": f"https://www.instagram.com/p/{item.id}/",
        "timestamp": item.when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "like_count": item.likes,
        "comments_count": item.comments,
    }
    return {name: known[name] for name in names if known[name] is not None}


def history(count: int, newest: datetime, *, first: int = 1000) -> list[Media]:
    """`count` posts a day apart, the newest first, with their insights."""
    return [
        Media(
            str(first + count - n),
            newest - timedelta(days=n),
            f"Пост {count - n}",
            insights={"views": 100 + n, "reach": 80 + n, "saved": 4, "shares": 2},
        )
        for n in range(count)
    ]


def error(code: int, message: str, subcode: int | None = None, status: int = 400) -> Reply:
    """An error as the network writes it."""
    told: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A1"}
    if subcode is not None:
        told["error_subcode"] = subcode
    return _json({"error": told}, status)


def _json(body: object, status: int = 200, *, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(json.dumps(body).encode(), status, headers=headers or {})


def main(arguments: list[str]) -> int:
    """Serve a few accounts until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.instagram")
    parser.add_argument("--port", type=int, default=8098)
    fake = InstagramFake(port=parser.parse_args(arguments).port)
    now = datetime.now(UTC).replace(microsecond=0)
    days = {now.date() - timedelta(days=n): (200 + n, n % 4) for n in range(40)}
    zerno = Account("178414001", "zerno", "Кофейня «Зерно»", "Кофе", 481, history(90, now), days=days)
    fake.add(zerno, FACEBOOK_TOKEN, INSTAGRAM_TOKEN)
    fake.add(Account("178414002", "svecha", "Свеча", "t.me/svecha", 93, history(200, now, first=5000)))
    with fake:
        tokens = f"tokens: {FACEBOOK_TOKEN} {INSTAGRAM_TOKEN}"
        sys.stdout.write(f"{fake.url}  accounts: {', '.join(fake.accounts)}  {tokens}\n")
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
