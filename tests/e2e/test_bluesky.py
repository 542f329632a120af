"""From the real servers of Bluesky to the dashboard."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.servers import (
    HERE,
    Api,
    cache,
    install_step,
    postgres,
    redis,
    running,
    skip,
    tool,
    waits_for,
)
from tests.e2e.specialist import Specialist
from tests.support.program import Program

pytestmark = pytest.mark.e2e

METRICS = ("audience", "likes", "shares")
GOALS = ("подписчик", "лайк", "репост")
_HEADERS_OF_NODE = "/usr"


class Place(NamedTuple):
    """The addresses of the personal data server and of the AppView."""

    pds: str
    appview: str


class Person:
    """Somebody with an account."""

    def __init__(self, place: Place, name: str) -> None:
        self.handle = f"{name}.test"
        account = {"handle": self.handle, "email": f"{name}@mail.test", "password": "correct-horse-battery"}
        made = Api(place.pds).post("/xrpc/com.atproto.server.createAccount", **account)
        self.did: str = made["did"]
        self.api = Api(place.pds, made["accessJwt"])

    def makes(self, collection: str, **more: object) -> dict[str, str]:
        now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        record = {**more, "$type": collection, "createdAt": now}
        made = self.api.post(
            "/xrpc/com.atproto.repo.createRecord", repo=self.did, collection=collection, record=record
        )
        return {"uri": made["uri"], "cid": made["cid"]}

    def writes(self, text: str, **more: object) -> dict[str, str]:
        return self.makes("app.bsky.feed.post", text=text, **more)

    def likes(self, post: dict[str, str]) -> None:
        self.makes("app.bsky.feed.like", subject=post)

    def reposts(self, post: dict[str, str]) -> None:
        self.makes("app.bsky.feed.repost", subject=post)

    def follows(self, other: Person) -> None:
        self.makes("app.bsky.graph.follow", subject=other.did)


def _install(folder: Path) -> None:
    """Install the servers; npm leaves install scripts out, so the one native module is built apart."""
    shutil.copy(HERE / "bluesky" / "package.json", folder)
    quiet = ("--no-audit", "--no-fund", "--loglevel=error")
    install_step(tool("npm"), "install", *quiet, cwd=folder)
    install_step(
        tool("npm"), "rebuild", "better-sqlite3", *quiet, cwd=folder, npm_config_nodedir=_HEADERS_OF_NODE
    )


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """Bluesky with nobody in it."""
    node, _ = tool("node"), [tool(name) for name in ("npm", "redis-server", "initdb", "postgres", "psql")]
    installed = cache("bluesky-dev-env-0.3.215", _install)
    with (
        tempfile.TemporaryDirectory(prefix="smm-pg-", dir="/tmp") as folder,
        postgres(Path(folder)) as database,
        redis() as keys,
    ):
        env = {"DB_POSTGRES_URL": database, "REDIS_HOST": keys, "LOG_ENABLED": "false"}
        argv = [node, "--no-warnings", str(HERE / "bluesky" / "start.cjs"), str(installed)]
        with running(argv, env=env) as server:
            line = server.stdout.readline() if server.stdout else ""
            if not line:
                skip("the servers of Bluesky did not start")
            yield Place(**json.loads(line))


def counted(place: Place, person: Person, followers: int, likes: int) -> bool:
    """Whether the AppView has counted what was made."""
    view = Api(place.appview)
    profile = view.get("/xrpc/app.bsky.actor.getProfile", actor=person.did)
    feed = view.get("/xrpc/app.bsky.feed.getAuthorFeed", actor=person.did, limit="100")["feed"]
    told = sum(item["post"]["likeCount"] for item in feed if item["post"]["author"]["did"] == person.did)
    return profile.get("followersCount") == followers and told == likes


async def test_what_was_made_on_bluesky_stands_on_the_dashboard(place: Place, tmp_path: Path) -> None:
    zerno, fans = Person(place, "zerno"), [Person(place, name) for name in ("anna", "boris", "vera")]
    made = [zerno.writes(f"Пост {n}") for n in range(10)]
    for post in made:
        fans[0].likes(post)
    for post in made[-5:]:
        fans[1].likes(post)
    for post in made[-4:]:
        fans[0].reposts(post)
    for post in made[-2:]:
        fans[1].writes("Цитата", embed={"$type": "app.bsky.embed.record", "record": post})
    for fan in fans[:2]:
        fan.follows(zerno)
    fans[0].writes("Вкусно", reply={"root": made[-1], "parent": made[-1]})
    zerno.writes("И ещё", reply={"root": made[0], "parent": made[0]})
    zerno.reposts(fans[0].writes("Чужое"))
    waits_for(lambda: counted(place, zerno, 2, 15), "the AppView")
    desk = Specialist(Program(tmp_path))
    desk.begin("bluesky", place.appview, zerno.handle, METRICS)
    desk.smm("sync")

    posts = desk.posts()
    assert set(posts) == {f"Пост {n}" for n in range(10)}
    assert posts["Пост 0"].items() >= {"likes": 1, "comments": 1, "shares": 0}.items()
    assert posts["Пост 9"].items() >= {"likes": 2, "comments": 1, "shares": 2}.items()
    assert await desk.done("Bluesky", *GOALS) == [2, 15 / 10, (4 + 2) / 10]

    fans[2].follows(zerno)
    for post in made:
        fans[2].likes(post)
    waits_for(lambda: counted(place, zerno, 3, 25), "the AppView")
    desk.smm("sync")
    assert desk.posts()["Пост 0"]["likes"] == 2
    assert await desk.done("Bluesky", *GOALS) == [3, 25 / 10, (4 + 2) / 10]


def test_an_account_that_is_not_there_is_told(place: Place, tmp_path: Path) -> None:
    desk = Specialist(Program(tmp_path))
    desk.settle("bluesky", place.appview)
    outcome = desk.program.process(
        "account", "add", "nobody.test", "--network", "bluesky", "--client", "Зерно"
    )
    assert outcome.code != 0
    assert "nobody.test" in outcome.out + outcome.err
