"""What tokens may not read: told by the sync, kept in mind, and explained by the doctor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.__main__ import main
from cli.exits import Exit
from tests.support.sync_place import Place, run, sync_place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    with sync_place(tmp_path, monkeypatch) as place:
        yield place


def with_token(place: Place, monkeypatch: pytest.MonkeyPatch, name: str, kind: str, secret: str) -> None:
    """One more token of the whole network."""
    monkeypatch.setenv(name.upper(), secret)
    config = place.folder / "config.toml"
    text = config.read_text(encoding="utf-8").replace('token = "key"', f'token = ["key", "{name}"]')
    added = f'[tokens.{name}]\nkind = "{kind}"\nenv = "{name.upper()}"\n'
    config.write_text(added + text, encoding="utf-8")


def unit(place: Place, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    """One sync of the one account: the exit code and the unit."""
    code, out, _err = run(place, capsys, "--json")
    [told] = json.loads(out)["units"]
    return code, told


def doctor(place: Place, capsys: pytest.CaptureFixture[str], account: str) -> list[dict[str, Any]]:
    """What the doctor says of an account, in its order."""
    main([*place.argv[:-1], "doctor", "--offline", "--json"])
    found = json.loads(capsys.readouterr().out)
    return [finding for finding in found if finding["check"] == f"account {account}"]


def accounts(place: Place, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    main([*place.argv[:-1], "account", "list", "--json"])
    listed: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return listed


def test_a_closed_wall_stays_a_trouble_and_is_named(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.community(1, "zerno", wall_error=15)
    first = unit(place, capsys)
    place.vk.calls.clear()
    second = unit(place, capsys)
    assert "wall.get" not in {call.method for call in place.vk.calls}
    assert first[0] == second[0] == Exit.INCOMPLETE
    assert first[1]["status"] == second[1]["status"] == "partial"
    assert first[1]["error"]["code"] == "vk.15"
    assert second[1]["error"] == first[1]["error"]
    assert [account["error"] for account in accounts(place, capsys)] == [first[1]["error"]]
    [closed] = doctor(place, capsys, "vk:zerno")
    assert "посты (отказано: key, нужен токен пользователя с правами" in closed["message"]
    assert "подписчики" not in closed["message"]
    assert "--kind" in closed["next_step"]
    assert "service" not in closed["next_step"]
    assert first[1]["error"]["message"] in closed["message"]


def test_a_remembered_refusal_is_told_to_cron_in_full_once_and_then_counted(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.community(1, "zerno", wall_error=15)
    first, second = run(place, capsys), run(place, capsys)
    assert "zerno" in first[2]
    assert second[0] == Exit.INCOMPLETE
    assert "1\xa0аккаунт," in second[2]
    assert "smm doctor" in second[2]


def test_a_service_key_alone_is_all_well(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.community(1, "zerno")
    assert [unit(place, capsys)[1]["status"] for _ in range(2)] == ["ok", "ok"]
    [closed] = doctor(place, capsys, "vk:zerno")
    assert "отказано" not in closed["message"]
    assert "истории" in closed["message"]


def test_a_user_who_is_no_administrator_costs_nothing_and_is_named(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_token(place, monkeypatch, "me", "user", "vk1.a.me")
    place.vk.world.token("user", "vk1.a.me", groups=frozenset())
    place.community(1, "zerno")
    for _ in range(2):
        code, told = unit(place, capsys)
        assert (code, told["status"], told["error"]) == (Exit.OK, "ok", None)
    [closed] = doctor(place, capsys, "vk:zerno")
    assert (
        "статистика по дням, охват постов (отказано: me, нужен токен пользователя с правами"
        in closed["message"]
    )
    assert "истории" in closed["message"]
    assert closed["status"] == "warn"


def test_the_key_of_another_community_is_named(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_token(place, monkeypatch, "foreign", "community", "vk1.a.foreign")
    place.vk.world.token("community", "vk1.a.foreign", groups=frozenset({99}))
    place.community(1, "zerno")
    assert unit(place, capsys)[1]["status"] == "ok"
    [closed] = doctor(place, capsys, "vk:zerno")
    assert (
        "истории, заказы (отказано: foreign, нужен ключ сообщества или токен пользователя"
        in closed["message"]
    )


@pytest.mark.parametrize("state", ["deleted", "banned"])
def test_of_a_community_that_is_gone_only_that_is_said(
    place: Place, capsys: pytest.CaptureFixture[str], state: str
) -> None:
    place.community(1, "zerno", deactivated=state)
    unit(place, capsys)
    [gone] = doctor(place, capsys, "vk:zerno")
    assert gone["status"] == "warn"
    assert "читается" not in gone["message"]
    assert gone["next_step"]


def test_all_can_be_read_is_not_said_above_a_trouble(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_token(place, monkeypatch, "me", "user", "vk1.a.me")
    place.vk.world.token("user", "vk1.a.me")
    place.community(1, "zerno")
    [well] = doctor(place, capsys, "vk:zerno")
    assert (well["status"], well["message"]) == ("ok", "Кофейня «Зерно», ВК zerno: читается всё")
    place.vk.fail(10, "wall.get", times=None)
    place.vk.fail(10, "execute", times=None)
    monkeypatch.setattr("connectors.vk.clock.SystemClock.pause", _no_pause)
    unit(place, capsys)
    [last] = doctor(place, capsys, "vk:zerno")
    assert last["status"] == "warn"


async def _no_pause(_self: object, _seconds: float) -> None:
    return


@pytest.mark.parametrize(("code", "ended"), [(7, Exit.FAILED), (14, Exit.FAILED), (5, Exit.AUTH)])
def test_only_a_token_that_is_refused_itself_ends_with_its_own_code(
    place: Place, capsys: pytest.CaptureFixture[str], code: int, ended: Exit
) -> None:
    place.community(1, "zerno")
    place.community(2, "svecha")
    for method in ("execute", "wall.get", "groups.getById"):
        place.vk.fail(code, method, times=None)
    told, out, _err = run(place, capsys, "--json")
    assert told == ended
    assert {unit["error"]["code"] for unit in json.loads(out)["units"]} == {f"vk.{code}"}
