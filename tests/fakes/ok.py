"""A fake Odnoklassniki: groups with statistics behind the signed REST API, on a real HTTP server.

By hand:

    python -m tests.fakes.ok --port 8093
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.fakes.server import LoopbackServer, Reply, Request

APPLICATION_KEY = "CBAFAKEKEYBABABABA"
ACCESS_TOKEN = "tkn1-fake-admin-canary"
SESSION_SECRET = "0123456789abcdef0123456789abcdef"
NETWORK_ZONE = ZoneInfo("Europe/Moscow")
MOST_IDS = 100

_OF_BOTH = {
    "COMMENTS", "COMPLAINTS", "CONTENT_OPENS", "ENGAGEMENT", "FEEDBACK", "HIDES_FROM_FEED", "LIKES",
    "LINK_CLICKS", "MUSIC_PLAYS", "NEGATIVES", "REACH", "REACH_EARNED", "REACH_OWN", "RENDERINGS",
    "RESHARES", "VIDEO_PLAYS",
}  # fmt: skip
TREND_FIELDS = frozenset(
    {"LEFT_MEMBERS", "MEMBERS_COUNT", "MEMBERS_DIFF", "NEW_MEMBERS", "PAGE_VISITS", "PHOTO_OPENS",
     "REACH_MOB", "REACH_MOBWEB", "REACH_WEB", "TOPIC_OPENS", "VOTES", *_OF_BOTH}
)  # fmt: skip
TOPIC_FIELDS = frozenset({"CREATED_MS", "ID", "VIEWS", *_OF_BOTH})
GROUP_FIELDS = frozenset({"UID", "NAME", "SHORTNAME", "DESCRIPTION", "MEMBERS_COUNT"})


@dataclass(frozen=True, slots=True)
class Topic:
    """A post; a figure that is None is not told."""

    id: int
    when: datetime
    text: str = ""
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Group:
    """A group; `days` are figures by field and moment, `admins` the access tokens that see statistics."""

    number: int
    title: str
    members: int | None = 0
    shortname: str = ""
    about: str = ""
    topics: list[Topic] = field(default_factory=list)
    days: dict[str, list[tuple[datetime, object]]] = field(default_factory=dict)
    admins: set[str] = field(default_factory=lambda: {ACCESS_TOKEN})


class ApiError(Exception):
    """An error as the network tells it."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class OkFake(LoopbackServer):
    """Serves `/fb.do`. `tokens` are the session secrets and names of people, by access token."""

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.groups: dict[str, Group] = {}
        self.tokens = {ACCESS_TOKEN: (SESSION_SECRET, "Анна Зернова")}
        self.expired: set[str] = set()
        self.application_keys = {APPLICATION_KEY}
        self.methods: Mapping[str, Callable[[str, Mapping[str, str]], object]] = {
            "users.getCurrentUser": self._current_user,
            "url.getInfo": self._url_info,
            "group.getInfo": self._group_info,
            "group.getStatTrends": self._trends,
            "group.getStatTopics": self._topics,
            "mediatopic.getByIds": self._texts,
        }

    def add(self, group: Group) -> Group:
        """Put a group into the world."""
        self.groups[str(group.number)] = group
        return group

    def calls(self, method: str = "") -> list[Mapping[str, str]]:
        """The parameters of the calls, oldest first; of one method or of all."""
        with self.lock:
            return [r.form for r in self.requests if not method or r.form.get("method") == method]

    def respond(self, request: Request) -> Reply:
        """Answer a call: errors come with the status 200 too."""
        if request.path != "/fb.do":
            return Reply(b"<html>", 404, "text/html")
        params = {**request.query, **request.form}
        try:
            token = self._checked(params)
            return _json(self.methods.get(params.get("method", ""), _no_method)(token, params))
        except ApiError as error:
            return refusal(error.code, error.message)

    def _checked(self, params: Mapping[str, str]) -> str:
        """The access token of a call that is signed as it must be."""
        if params.get("application_key") not in self.application_keys:
            raise ApiError(101, "PARAM_API_KEY : No application key")
        token = params.get("access_token", "")
        if token not in self.tokens:
            raise ApiError(103, "PARAM_SESSION_KEY : Invalid session key")
        if token in self.expired:
            raise ApiError(102, "PARAM_SESSION_EXPIRED : Session expired")
        signed = "".join(f"{k}={params[k]}" for k in sorted(params) if k not in {"sig", "access_token"})
        sig = hashlib.md5((signed + self.tokens[token][0]).encode()).hexdigest()
        if params.get("sig") != sig:
            raise ApiError(104, "PARAM_SIGNATURE : Invalid signature")
        return token

    def _current_user(self, token: str, params: Mapping[str, str]) -> object:
        return {"uid": "571234567890", "name": self.tokens[token][1]}

    def _url_info(self, token: str, params: Mapping[str, str]) -> object:
        name = params["url"].rpartition("/")[2].lower()
        for group in self.groups.values():
            if group.shortname == name:
                return {"type": "GROUP", "objectId": group.number, "objectIdStr": str(group.number)}
        return {"type": "UNKNOWN"}

    def _group_info(self, token: str, params: Mapping[str, str]) -> object:
        fields = _fields(params, GROUP_FIELDS)
        known = (self.groups.get(number) for number in _ids(params["uids"]))
        return [_only(fields, _presented(group)) for group in known if group is not None]

    def _trends(self, token: str, params: Mapping[str, str]) -> object:
        group, fields = self._of_admin(token, params), _fields(params, TREND_FIELDS)
        first, last = int(params["start_time"]), int(params["end_time"])
        told: dict[str, object] = {"gid": params["gid"]}
        for name in fields & {name.upper() for name in group.days}:
            points = [(_ms(when), value) for when, value in group.days[name.lower()]]
            told[name.lower()] = [{"time": at, "value": value} for at, value in points if first <= at <= last]
        return told

    def _topics(self, token: str, params: Mapping[str, str]) -> object:
        group, fields = self._of_admin(token, params), _fields(params, TOPIC_FIELDS)
        first, last = int(params.get("start_time", 0)), int(params.get("end_time", 2**60))
        topics = sorted(group.topics, key=lambda topic: topic.when, reverse=True)
        topics = [topic for topic in topics if first <= _ms(topic.when) <= last]
        start, count = _offset(params.get("anchor", "")), int(params.get("count", "10"))
        page = topics[start : start + count]
        more = start + count < len(topics)
        return {
            "topics": [_only(fields, _row(topic)) for topic in page],
            "anchor": f"n{start + count}" if page else "",
            "has_more": more,
            "totalCount": len(topics),
        }

    def _texts(self, token: str, params: Mapping[str, str]) -> object:
        known = {str(topic.id): topic for group in self.groups.values() for topic in group.topics}
        found = [known[number] for number in _ids(params["topic_ids"]) if number in known]
        return {"media_topics": [_media_topic(topic) for topic in found], "entities": {}}

    def _of_admin(self, token: str, params: Mapping[str, str]) -> Group:
        group = self.groups.get(params.get("gid", ""))
        if group is None:
            raise ApiError(300, "NOT_FOUND : Group not found")
        if token not in group.admins:
            raise ApiError(10, "PERMISSION_DENIED : User must be an administrator of the group")
        return group


def _no_method(token: str, params: Mapping[str, str]) -> object:
    raise ApiError(3, f"METHOD : Method {params.get('method')} not found")


def refusal(code: int, message: str = "SOME : error") -> Reply:
    """An error, with the status 200 as ever."""
    return _json({"error_code": code, "error_msg": message, "error_data": None})


def is_method(name: str) -> Callable[[Request], bool]:
    """Whether a request is a call of a method, for scripted faults."""
    return lambda request: request.form.get("method") == name


def history(count: int, newest: datetime, *, apart: timedelta = timedelta(hours=12)) -> list[Topic]:
    """`count` posts, the last one at `newest`."""
    return [
        Topic(
            id=150_000_000_000_000 + n,
            when=newest - apart * (count - 1 - n),
            text=f"Пост {n + 1}",
            figures={"views": 400 + n, "reach": 300 + n, "likes": 7, "comments": 2, "reshares": 1},
        )
        for n in range(count)
    ]


def daily(count: int, newest: datetime, members: int = 4812) -> dict[str, list[tuple[datetime, object]]]:
    """Figures of `count` days, the last that of `newest`; each stands at its midnight in Moscow."""
    begun = newest.astimezone(NETWORK_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [begun - timedelta(days=count - 1 - n) for n in range(count)]
    figures = {"reach": 900, "page_visits": 70, "new_members": 5, "left_members": 2, "likes": 30,
               "comments": 4, "reshares": 3, "engagement": 25, "feedback": 37}  # fmt: skip
    told: dict[str, list[tuple[datetime, object]]] = {
        name: [(day, value + n % 7) for n, day in enumerate(days)] for name, value in figures.items()
    }
    told["members_count"] = [(day, members - 3 * (count - 1 - n)) for n, day in enumerate(days)]
    return told


def _presented(group: Group) -> dict[str, object]:
    told: dict[str, object] = {"uid": str(group.number), "name": group.title, "description": group.about}
    if group.shortname:
        told["shortname"] = group.shortname
    if group.members is not None:
        told["members_count"] = group.members
    return told


def _row(topic: Topic) -> dict[str, object]:
    return {"id": str(topic.id), "created_ms": _ms(topic.when), **topic.figures}


def _media_topic(topic: Topic) -> dict[str, object]:
    media: list[dict[str, object]] = [{"type": "photo", "photo_refs": ["group_photo:1"]}]
    if topic.text:
        media.insert(0, {"type": "text", "text": topic.text})
    return {"id": str(topic.id), "created_ms": _ms(topic.when), "media": media}


def _fields(params: Mapping[str, str], known: frozenset[str]) -> frozenset[str]:
    fields = frozenset(params.get("fields", "").split(","))
    if not fields <= known:
        raise ApiError(100, f"PARAM : Invalid parameter fields value  : {sorted(fields - known)}")
    return fields


def _only(fields: frozenset[str], told: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in told.items() if name.upper() in fields}


def _ids(text: str) -> list[str]:
    ids = text.split(",")
    if len(ids) > MOST_IDS or not all(map(str.isdigit, ids)):
        raise ApiError(100, "PARAM : Invalid list of ids")
    return ids


def _offset(anchor: str) -> int:
    if anchor and not anchor[1:].isdigit():
        raise ApiError(100, "PARAM : Invalid anchor")
    return int(anchor[1:] or 0)


def _ms(when: datetime) -> int:
    return int(when.timestamp() * 1000)


def _json(body: object) -> Reply:
    return Reply(json.dumps(body).encode(), content_type="application/json;charset=utf-8")


def demo_groups(now: datetime) -> list[Group]:
    """Groups to try the program on: an ordinary one, a long one, and one of somebody else."""
    return [
        Group(53_100_000_000_001, "Кофейня «Зерно»", 4812, "zerno", "Кофе у дома. vk.com/zerno",
              history(120, now), daily(200, now)),
        Group(53_100_000_000_002, "Длинная история", 51_003, "longstory", "",
              history(4000, now, apart=timedelta(hours=6)), daily(1500, now, 51_003)),
        Group(53_100_000_000_003, "Чужая группа", 731, "foreign", "", history(8, now), daily(8, now), set()),
    ]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Serve the demo groups until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.ok")
    parser.add_argument("--port", type=int, default=8093)
    fake = OkFake(port=parser.parse_args(arguments).port)
    for group in demo_groups(datetime.now(UTC).replace(microsecond=0)):
        fake.add(group)
    with fake:
        names = ", ".join(group.shortname for group in fake.groups.values())
        secret = f"{ACCESS_TOKEN}:{SESSION_SECRET}"
        sys.stdout.write(
            f"{fake.url}  groups: {names}  token: {secret}  application_key: {APPLICATION_KEY}\n"
        )
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
