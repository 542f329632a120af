"""From a server of Mastodon to the dashboard: mastodon-mock, which others wrote, is read as a real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from goals.measure import RECENT_POSTS
from tests.e2e.servers import Api, answers, free_port, python_with, running, waits_for
from tests.e2e.specialist import Specialist
from tests.support.program import Program

pytestmark = pytest.mark.e2e

METRICS = ("audience", "likes", "shares")
GOALS = ("подписчик", "лайк", "репост")


class Person:
    """Somebody with an account on the server."""

    def __init__(self, url: str, name: str) -> None:
        made = Api(url).post("/api/v1/_mock/dev_user", username=name, display_name=name.title())
        self.id: str = made["id"]
        self.api = Api(url, made["access_token"])

    def writes(self, text: str) -> str:
        return str(self.api.post("/api/v1/statuses", status=text)["id"])

    def likes(self, status: str) -> None:
        self.api.post(f"/api/v1/statuses/{status}/favourite")

    def boosts(self, status: str) -> None:
        self.api.post(f"/api/v1/statuses/{status}/reblog")

    def follows(self, other: Person) -> None:
        self.api.post(f"/api/v1/accounts/{other.id}/follow")

    def answers(self, status: str, text: str) -> None:
        self.api.post("/api/v1/statuses", status=text, in_reply_to_id=status)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a mastodon-mock with nobody in it."""
    python, port = python_with("mastodon-mock==0.6.1"), free_port()
    url = f"http://127.0.0.1:{port}"
    argv = [str(python), "-m", "mastodon_mock", "serve", "--in-memory", "--log-level", "critical"]
    with running([*argv, "--host", "127.0.0.1", "--port", str(port)]):
        waits_for(lambda: answers(f"{url}/api/v1/instance"), "mastodon-mock")
        yield url


async def test_what_was_made_on_the_server_stands_on_the_dashboard(server: str, tmp_path: Path) -> None:
    zerno, fans = Person(server, "zerno"), [Person(server, name) for name in ("anna", "boris", "vera")]
    made = [zerno.writes(f"Пост {n}") for n in range(50)]  # more than a page
    for status in made:
        fans[0].likes(status)
    for status in made[-10:]:
        fans[1].likes(status)
    for status in made[-8:]:
        fans[0].boosts(status)
    for fan in fans[:2]:
        fan.follows(zerno)
    fans[0].answers(made[-1], "Вкусно")
    zerno.answers(made[0], "И ещё")
    zerno.boosts(fans[0].writes("Чужое"))
    desk = Specialist(Program(tmp_path))
    desk.begin("mastodon", server, "zerno@kofe.example", METRICS)
    desk.smm("sync")

    posts = desk.posts()
    assert set(posts) == {f"Пост {n}" for n in range(50)}
    assert posts["Пост 0"] == {"likes": 1, "comments": 1, "shares": 0}
    assert posts["Пост 49"] == {"likes": 2, "comments": 1, "shares": 1}
    assert await desk.done("Mastodon", *GOALS) == [2, (20 + 10) / RECENT_POSTS, 8 / RECENT_POSTS]

    fans[2].follows(zerno)
    for status in made:
        fans[2].likes(status)
    desk.smm("sync")
    assert desk.posts()["Пост 0"]["likes"] == 2
    assert await desk.done("Mastodon", *GOALS) == [3, (40 + 10) / RECENT_POSTS, 8 / RECENT_POSTS]


async def test_the_limit_of_the_server_is_obeyed(server: str, tmp_path: Path) -> None:
    Person(server, "svecha").writes("Свеча")
    effect = {"type": "ratelimit"}
    Api(server).post("/api/v1/_mock/faults", match={"path": "/api/v1/accounts/*"}, effect=effect)
    desk = Specialist(Program(tmp_path))
    desk.settle("mastodon", server)
    outcome = desk.program.process("account", "add", "svecha@kofe.example", "--client", "Зерно")
    assert outcome.code == 3
    assert "слишком много запросов" in outcome.err
    Api(server).delete("/api/v1/_mock/faults")
    desk.smm("sync")
    assert set(desk.posts()) == {"Свеча"}
