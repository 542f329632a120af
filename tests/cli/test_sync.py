"""`smm sync` through its real entry point, against fake networks on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from cli.__main__ import main
from cli.exits import Exit
from store.contract import Filter, RunStatus, Writer
from store.opening import open_writer, prepare
from sync.lock import lock_file_of, only_run
from tests.fakes.server import Reply
from tests.fakes.telegram import Channel, Message, TelegramFake
from tests.fakes.vk import VkFake
from tests.fakes.vk_world import FakeCommunity, World, wall_of
from tests.support.store import NOW, add_account, add_client

SECRET = "vk1.a.canary-service-key"
SOON = 2.0


@dataclass(slots=True)
class Place:
    """A store and settings that lead to the fakes."""

    folder: Path
    vk: VkFake
    telegram: TelegramFake

    @property
    def db(self) -> Path:
        return self.folder / "smm.db"

    @property
    def argv(self) -> list[str]:
        return ["--db", str(self.db), "--config", str(self.folder / "config.toml"), "sync"]

    def open(self) -> Writer:
        return open_writer(self.db)

    @contextmanager
    def start(self, *options: str) -> Iterator[subprocess.Popen[str]]:
        """A run in a process of its own, which does not outlive the block."""
        with subprocess.Popen(
            [sys.executable, "-P", "-m", "cli", *self.argv, *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "SMM_NOW": NOW.isoformat()},
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def account(self, handle: str, *, network: str = "vk", client: str = "Кофейня «Зерно»") -> None:
        with self.open() as store:
            known = {one.name: one.id for one in store.clients()}
            add_account(store, known.get(client) or add_client(store, client), handle, network=network)

    def community(self, number: int, handle: str, **more: object) -> None:
        walls = wall_of(3, int((NOW - timedelta(hours=1)).timestamp()))
        self.vk.world.add(FakeCommunity(number, handle.title(), handle, posts=walls, **more))  # type: ignore[arg-type]
        self.account(handle)

    def channel(self, name: str) -> None:
        messages = [Message(n, NOW - timedelta(hours=20 - n), f"Пост {n}", views=10 * n) for n in (1, 2, 3)]
        self.telegram.add(Channel(name, name.title(), 4812, 100, messages))
        self.account(name, network="telegram")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setenv("SMM_NOW", NOW.isoformat())
    monkeypatch.setenv("VK_KEY", SECRET)
    world = World()
    world.token("service", SECRET)
    with VkFake(world) as vk, TelegramFake() as telegram:
        place = Place(tmp_path, vk, telegram)
        prepare(place.db)
        (tmp_path / "config.toml").write_text(
            f"""
[tokens.key]
kind = "service"
env = "VK_KEY"

[networks.vk]
token = "key"
base_url = "{vk.url}"

[networks.telegram]
base_url = "{telegram.url}"
preview_base_url = "{telegram.url}"
""",
            encoding="utf-8",
        )
        yield place


def run(place: Place, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    code = main([*place.argv, *options])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_cron_hears_nothing_when_all_is_well(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.community(1, "zerno")
    place.channel("svecha")
    assert run(place, capsys) == (Exit.OK, "", "")
    with place.open() as store:
        newest = {(row.network, row.metric): row.value for row in store.readings(Filter())}
        assert newest["vk", "audience"] == 1000
        assert newest["telegram", "audience"] == 4810
        assert len(list(store.posts(Filter(network="vk")))) == 3
        assert len(list(store.posts(Filter(network="telegram")))) == 3


def test_json_is_exactly_what_was_promised(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.community(1, "zerno")
    place.channel("svecha")
    code, out, err = run(place, capsys, "--json")
    assert (code, err) == (Exit.OK, "")
    told = json.loads(out)
    assert list(told) == ["status", "units", "requests", "seconds"]
    assert told["status"] == "ok"
    for unit in told["units"]:
        assert list(unit) == [
            "client", "network", "account", "status", "readings", "posts", "requests", "error",
        ]  # fmt: skip
        assert (unit["client"], unit["status"], unit["error"]) == ("Кофейня «Зерно»", "ok", None)
        assert (unit["readings"], unit["posts"]) == (1, 3)
    assert {(unit["network"], unit["account"]) for unit in told["units"]} == {
        ("vk", "zerno"),
        ("telegram", "svecha"),
    }
    made = len(place.vk.requests) + len(place.telegram.requests)
    assert told["requests"] == sum(unit["requests"] for unit in told["units"]) == made
    assert 0 < told["seconds"] < 60


def test_second_run_changes_nothing_and_asks_little(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.community(1, "zerno")
    place.channel("svecha")
    run(place, capsys)
    place.vk.requests.clear()
    place.telegram.requests.clear()
    _code, out, _err = run(place, capsys, "--json")
    assert [(unit["readings"], unit["posts"]) for unit in json.loads(out)["units"]] == [(0, 0), (0, 0)]
    assert len(place.vk.requests) <= 2
    assert len(place.telegram.requests) == 1


def test_deleted_community_fails_alone(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.community(1, "zerno")
    place.community(2, "gone", deactivated="deleted")
    code, out, err = run(place, capsys, "--json")
    assert code == Exit.INCOMPLETE
    told = json.loads(out)
    units = {unit["account"]: unit for unit in told["units"]}
    assert told["status"] == "incomplete"
    assert (units["zerno"]["status"], units["gone"]["status"]) == ("ok", "failed")
    error = units["gone"]["error"]
    assert list(error) == ["kind", "code", "message", "next_step"]
    assert error["kind"] == "skip"
    assert error["message"]
    assert error["next_step"]
    [line] = err.splitlines()
    assert "gone" in line
    assert error["message"] in line
    assert error["next_step"] in line


def test_html_instead_of_json(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.community(1, "zerno")
    place.channel("svecha")
    page = Reply(b"<html><h1>Are you a robot?</h1></html>", content_type="text/html")
    place.vk.script(page, times=None)
    code, out, err = run(place, capsys, "--json")
    assert code == Exit.INCOMPLETE
    units = {unit["network"]: unit for unit in json.loads(out)["units"]}
    assert units["telegram"]["status"] == "ok"
    assert (units["vk"]["status"], units["vk"]["error"]["kind"]) == ("failed", "retry")
    assert "Traceback" not in err
    assert "<h1>" not in err
    assert len(err.splitlines()) == 1


def test_too_many_requests(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.channel("svecha")
    place.telegram.script(Reply(b"slow down", status=429, headers={"Retry-After": "99999"}), times=None)
    code, out, _err = run(place, capsys, "--json")
    assert code == Exit.FAILED
    [unit] = json.loads(out)["units"]
    assert (unit["status"], unit["error"]["kind"]) == ("failed", "retry")
    place.telegram.clear_script()
    with place.open() as store:
        assert list(store.readings(Filter())) == []


def test_refused_token_is_one_line_for_all_its_accounts(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VK_KEY", "vk1.a.revoked-canary")
    for number in range(1, 6):
        place.community(number, f"club{number}x")
    code, out, err = run(place, capsys)
    assert (code, out) == (Exit.AUTH, "")
    [line] = err.splitlines()
    assert "5 аккаунтов" in line
    assert "revoked-canary" not in err


def test_account_without_any_token(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.community(1, "zerno")
    config = place.folder / "config.toml"
    text = config.read_text(encoding="utf-8").replace('token = "key"\n', "")
    config.write_text(text, encoding="utf-8")
    code, _out, err = run(place, capsys)
    assert code == Exit.FAILED
    [line] = err.splitlines()
    assert "service" in line
    assert "smm token add" in line
    assert not place.vk.requests


def test_token_whose_secret_is_lost(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place.community(1, "zerno")
    place.channel("svecha")
    monkeypatch.delenv("VK_KEY")
    code, out, err = run(place, capsys, "--json")
    assert code == Exit.INCOMPLETE
    units = {unit["network"]: unit for unit in json.loads(out)["units"]}
    assert units["telegram"]["status"] == "ok"
    assert units["vk"]["error"]["code"] == "sync.token_unreadable"
    assert "VK_KEY" in err


def test_no_accounts(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, capsys) == (Exit.OK, "", "")
    code, out, _err = run(place, capsys, "--json")
    assert code == Exit.OK
    assert json.loads(out) == {
        "status": "ok", "units": [], "requests": 0, "seconds": json.loads(out)["seconds"],
    }  # fmt: skip


def test_no_store(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.db.unlink()
    code, out, err = run(place, capsys)
    assert (code, out) == (Exit.NO_STORE, "")
    assert "smm init" in err
    assert not lock_file_of(place.db).exists()


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--client", "нет такого"], "нет такого"),
        (["--network", "vkk"], "vkk"),
        (["--account", "nobody"], "nobody"),
        (["--deadline", "0"], "--deadline"),
        (["--deadline", "nan"], "--deadline"),
        (["--progress", "loud"], "loud"),
    ],
)
def test_wrong_options_say_what_to_do(
    place: Place, capsys: pytest.CaptureFixture[str], options: list[str], part: str
) -> None:
    place.channel("svecha")
    code, out, err = run(place, capsys, *options)
    assert code in {Exit.USAGE, Exit.FAILED}
    assert out == ""
    assert part in err
    assert "→" in err
    assert "Traceback" not in err


def test_one_account_alone(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.channel("svecha")
    place.channel("zerno")
    _code, out, _err = run(place, capsys, "--account", "t.me/zerno", "--json")
    assert [unit["account"] for unit in json.loads(out)["units"]] == ["zerno"]


def test_progress_as_json_lines_before_the_result(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.channel("svecha")
    place.channel("zerno")
    code, out, err = run(place, capsys, "--progress", "jsonl", "--json")
    assert (code, err) == (Exit.OK, "")
    *events, result = [json.loads(line) for line in out.splitlines()]
    assert [event["event"] for event in events] == ["start", "unit", "unit", "end"]
    assert [event["done"] for event in events] == [0, 1, 2, 2]
    for event in events:
        assert list(event) == ["event", "done", "total", "unit", "eta_seconds"]
        assert event["total"] == 2
    assert result["status"] == "ok"


def test_two_at_once(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.channel("svecha")
    with only_run(lock_file_of(place.db)):
        code, out, err = run(place, capsys, "--json")
        assert code == Exit.LOCKED
        told = json.loads(out)
        assert (told["status"], told["units"], told["requests"]) == ("locked", [], 0)
        assert err.count("\n") == 1
    assert not place.telegram.requests
    assert run(place, capsys)[0] == Exit.OK


def wait_for(condition: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait until the condition holds; the process must live on."""
    limit = time.monotonic() + 30
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < limit
        time.sleep(0.01)


def hang_on(place: Place, name: str) -> None:
    """The channel's page never comes."""
    place.telegram.script(Reply(hang=True), when=lambda request: request.path == f"/s/{name}", times=None)


def known_channels(place: Place) -> set[str]:
    with place.open() as store:
        return {row.account for row in store.readings(Filter())}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_it_at_once_with_the_finished_accounts_kept(place: Place, number: signal.Signals) -> None:
    place.channel("first")
    place.channel("second")
    place.community(1, "zerno")
    hang_on(place, "second")
    place.vk.script(Reply(hang=True), times=None)
    with place.start("--json") as process:
        wait_for(lambda: "first" in known_channels(place) and place.vk.requests, process)
        process.send_signal(number)
        began = time.monotonic()
        out, err = process.communicate(timeout=10)
    assert time.monotonic() - began < SOON
    assert process.returncode == Exit.INTERRUPTED
    told = json.loads(out)
    assert told["status"] == "incomplete"
    assert {unit["account"]: unit["status"] for unit in told["units"]} == {
        "first": "ok",
        "second": "cancelled",
        "zerno": "cancelled",
    }
    assert "Traceback" not in err
    assert known_channels(place) == {"first"}


def test_killed_run_frees_the_lock_and_loses_nothing(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.channel("first")
    place.channel("second")
    hang_on(place, "second")
    with place.start() as process:
        wait_for(lambda: "first" in known_channels(place), process)
        second, out, _err = run(place, capsys, "--json")
        assert (second, json.loads(out)["status"]) == (Exit.LOCKED, "locked")
        process.kill()
        process.communicate()
    place.telegram.clear_script()
    assert run(place, capsys)[0] == Exit.OK
    assert known_channels(place) == {"first", "second"}
    with place.open() as store:
        assert [entry.status for entry in store.runs()] == [RunStatus.OK, RunStatus.RUNNING]


def test_no_secret_is_told_anywhere(place: Place) -> None:
    place.community(1, "zerno", wall_error=15)
    with place.start("--json", "--progress", "jsonl") as process:
        out, err = process.communicate(timeout=60)
    assert SECRET not in out + err
    for file in place.folder.iterdir():
        if file.is_file():
            assert SECRET.encode() not in file.read_bytes(), file


def test_sync_never_imports_textual(place: Place) -> None:
    place.community(1, "zerno")
    place.channel("svecha")
    code = (
        "import sys; from cli.__main__ import main; code = main(sys.argv[1:]);"
        "print(code, sorted({'textual', 'rich', 'sqlite_utils', 'babel'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *place.argv],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "SMM_NOW": NOW.isoformat()},
    )
    assert done.stdout == "0 []\n"
