"""`smm sync` through its real entry point, against fake networks on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.exits import Exit
from store.values import Filter
from sync.lock import lock_file_of, only_run
from tests.fakes.server import Reply
from tests.support.sync_place import Place, run, sync_place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    with sync_place(tmp_path, monkeypatch) as place:
        yield place


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


@pytest.mark.parametrize("beside", [True, False])
def test_what_a_network_does_not_give_is_said_once_and_then_all_is_well(
    place: Place, capsys: pytest.CaptureFixture[str], beside: bool
) -> None:
    if beside:
        place.community(1, "zerno")
    place.community(2, "gone", deactivated="deleted")
    code, _out, err = run(place, capsys)
    assert code == (Exit.INCOMPLETE if beside else Exit.FAILED)
    assert "ВК gone" in err
    assert run(place, capsys) == (Exit.OK, "", "")


def test_what_a_token_would_open_is_counted_at_every_run(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, (handle, error) in enumerate((("zerno", 15), ("svecha", 15), ("open", 0)), 1):
        place.community(number, handle, wall_error=error)
    code, _out, err = run(place, capsys)
    assert (code, len(err.splitlines())) == (Exit.INCOMPLETE, 1)
    for _again in range(2):
        code, out, err = run(place, capsys)
        assert (code, out, len(err.splitlines())) == (Exit.INCOMPLETE, "", 1)
        assert "2\xa0аккаунта" in err
        assert "smm doctor" in err


def test_a_run_for_stories_alone_has_nothing_to_say_of_what_is_closed(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.community(1, "zerno", wall_error=15)
    run(place, capsys)
    assert run(place, capsys, "--stories") == (Exit.OK, "", "")


def test_a_demo_is_not_updated(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.community(1, "zerno")
    place.channel("svecha")
    with place.open() as store:
        store.mark_demo()
    before = place.db.read_bytes()
    code, out, err = run(place, capsys, "--json")
    told = json.loads(out)
    assert (code, told["status"], told["units"], told["requests"]) == (Exit.OK, "ok", [], 0)
    assert "обновлять нечего" in err
    assert run(place, capsys)[:2] == (Exit.OK, "")
    assert not place.vk.requests
    assert not place.telegram.requests
    assert place.db.read_bytes() == before


def test_html_instead_of_json(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.community(1, "zerno")
    place.channel("svecha")
    page = Reply(b"<html><h1>Are you a robot?</h1></html>", content_type="text/html")
    place.telegram.script(page, times=None)
    code, out, err = run(place, capsys, "--json")
    assert code == Exit.INCOMPLETE
    units = {unit["network"]: unit for unit in json.loads(out)["units"]}
    assert units["vk"]["status"] == "ok"
    assert (units["telegram"]["status"], units["telegram"]["error"]["kind"]) == ("failed", "retry")
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
    assert "5\xa0аккаунтов" in line
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
    assert units["vk"]["error"]["code"] == "token.no_variable"
    assert "VK_KEY" not in out + err


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
