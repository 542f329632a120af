"""The fake VK is as strict as the real one."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.vk import VkFake
from tests.fakes.vk_world import World
from tests.support.vk_tools import VirtualClock, world_of

Json = Any
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def vk(clock: VirtualClock) -> Iterator[VkFake]:
    with VkFake(world_of(30), clock=clock.monotonic) as fake:
        yield fake


def post(url: str, method: str, token: str, **params: object) -> Json:
    form = urllib.parse.urlencode({"access_token": token, "v": "5.199", **params})
    request = urllib.request.Request(f"{url}/method/{method}", form.encode())
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10) as answer:
        return json.load(answer)


def code_of(answer: Json) -> int:
    return int(answer["error"]["error_code"])


@pytest.mark.parametrize(("kind", "rate"), [("service", 3), ("user", 3), ("community", 20)])
def test_it_counts_the_calls_of_a_second(vk: VkFake, clock: VirtualClock, kind: str, rate: int) -> None:
    token = vk.world.token(kind).secret
    for _ in range(rate):
        assert "response" in post(vk.url, "groups.getById", token, group_ids="1")
    assert code_of(post(vk.url, "groups.getById", token, group_ids="1")) == 6
    assert "response" in post(vk.url, "groups.getById", vk.world.token(kind).secret, group_ids="1")
    clock.sleep(1)
    assert "response" in post(vk.url, "groups.getById", token, group_ids="1")


@pytest.mark.parametrize(
    ("kind", "method", "code"),
    [
        ("community", "wall.get", 27),
        ("community", "stats.get", 27),
        ("service", "stats.get", 28),
        ("service", "stories.get", 28),
        ("service", "stories.getStats", 28),
        ("user", "groups.getTokenPermissions", 15),
    ],
)
def test_a_token_of_the_wrong_kind_is_refused(vk: VkFake, kind: str, method: str, code: int) -> None:
    token = vk.world.token(kind).secret
    assert code_of(post(vk.url, method, token, owner_id=-1, group_id=1, story_id=1)) == code


def test_an_unknown_token_a_missing_version_and_an_unknown_method_are_refused(vk: VkFake) -> None:
    token = vk.world.token("user").secret
    assert code_of(post(vk.url, "users.get", "nonsense")) == 5
    assert code_of(post(vk.url, "users.get", token, v="")) == 8
    assert code_of(post(vk.url, "wall.post", token)) == 3


def script(calls: int, wanted: str = "") -> str:
    lines = [f'var w{n}=API.wall.get({{"owner_id":-{n + 1},"count":100}});' for n in range(calls)]
    return "".join([*lines, f"return [{wanted or ','.join(f'w{n}.count' for n in range(calls))}];"])


def test_execute_takes_25_calls_of_the_one_form(vk: VkFake) -> None:
    token = vk.world.token("user").secret
    assert post(vk.url, "execute", token, code=script(25))["response"] == [3] * 25
    assert code_of(post(vk.url, "execute", token, code=script(26))) == 13
    assert code_of(post(vk.url, "execute", token, code="return API.users.get();")) == 12


def test_execute_has_limits_of_operations_and_size(vk: VkFake) -> None:
    token = vk.world.token("user").secret
    many = ",".join(["w0.items@.views@.count"] * 400)
    assert code_of(post(vk.url, "execute", token, code=script(1, many))) == 13
    vk.limits.size = 100
    assert code_of(post(vk.url, "execute", token, code=script(1, "w0"))) == 13


def test_execute_tells_the_errors_of_its_calls(vk: VkFake) -> None:
    vk.world.communities[2].wall_error = 15
    answer = post(vk.url, "execute", vk.world.token("user").secret, code=script(3, "w0.count,w1,w2.count"))
    assert answer["response"] == [3, False, 3]
    assert [(e["method"], e["error_code"]) for e in answer["execute_errors"]] == [("wall.get", 15)]


def test_it_runs_by_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fakes.vk", "--communities", "4", "--posts", "5"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            answer = post(url, "groups.getById", "service-token", group_ids="4", fields="members_count")
            assert answer["response"]["groups"][0]["members_count"] == 1052
            assert post(url, "wall.get", "user-token", owner_id=-4)["response"]["count"] == 5
        finally:
            process.terminate()


def test_a_world_finds_by_number_and_name() -> None:
    world = world_of(2)
    assert world.find("2") is world.find("FAKE2") is world.communities[2]
    assert World().find("1") is None
