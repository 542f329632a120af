"""`smm token`: a secret reaches its file and no other place; each token is tried against real servers."""

from __future__ import annotations

import asyncio
import os
import pty
import stat
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from cli.commands.token import USUAL_KIND
from cli.exits import Exit
from connectors.base import Token, TokenCheck
from connectors.registry import connector_class, network_names
from connectors.telegram import TelegramConnector
from connectors.vk.clock import SystemClock
from store.opening import open_writer
from store.values import Block
from tests.fakes.telegram import BOT_TOKEN, TelegramFake
from tests.fakes.vk import VkFake
from tests.fakes.vk_world import World, big_world
from tests.support.program import Program
from tests.support.store import NOW, add_account

CANARY = "vk1.a.canary-5d21"


def settings(program: Program) -> dict[str, Any]:
    return tomllib.loads(program.config.read_text(encoding="utf-8"))


@pytest.fixture
def vk() -> Iterator[VkFake]:
    with VkFake(big_world(2, posts=3, now=time.time())) as fake:
        yield fake


def secret_of(world: World, kind: str) -> str:
    return next(token.secret for token in world.tokens.values() if token.kind == kind)


def test_a_secret_goes_into_a_closed_file_and_nowhere_else(ready: Program) -> None:
    outcome = ready.ok("token", "add", "vk-main", "--kind", "service", "--network", "vk", stdin=f"{CANARY}\n")
    path = ready.folder / "tokens" / "vk-main"
    assert path.read_text() == f"{CANARY}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert settings(ready)["tokens"]["vk-main"] == {"kind": "service", "file": "tokens/vk-main"}
    assert settings(ready)["networks"]["vk"] == {"token": "vk-main"}
    assert CANARY not in outcome.out + outcome.err + ready.config.read_text()
    for command in (("token", "list"), ("token", "list", "--json"), ("doctor", "--offline")):
        shown = ready.run(*command)
        assert CANARY not in shown.out + shown.err
    assert not [file for file in ready.folder.rglob(".*") if file.is_file()]


def test_the_network_and_the_kind_are_guessed_from_the_name(ready: Program) -> None:
    ready.ok("token", "add", "telegram", stdin="1:abc")
    ready.ok("token", "add", "zerno-community", stdin="x")
    tree = settings(ready)
    assert tree["tokens"]["telegram"]["kind"] == "bot"
    assert tree["networks"]["telegram"]["token"] == "telegram"
    assert tree["tokens"]["zerno-community"]["kind"] == "community"
    assert ready.run("token", "add", "main", stdin="x").code == 2


def test_a_second_token_of_a_network_stands_beside_the_first(ready: Program) -> None:
    with ready.config.open("a", encoding="utf-8") as file:
        file.write('# моё\n[networks.vk] # сеть\nproxy = "http://127.0.0.1:1"  # через прокси\n')
    for name in ("one", "two", "three"):
        ready.ok("token", "add", name, "--kind", "service", "--network", "vk", stdin=name)
    text = ready.config.read_text(encoding="utf-8")
    assert settings(ready)["networks"]["vk"]["token"] == ["one", "two", "three"]
    for comment in ("# моё", "# сеть", "# через прокси"):
        assert comment in text
    found = ready.ok("token", "list", "--json").json()
    assert [(token["name"], token["source"], token["networks"]) for token in found] == [
        (name, "file", ["vk"]) for name in ("one", "two", "three")
    ]


def test_inline_settings_are_left_alone_and_the_lines_are_told(ready: Program) -> None:
    ready.write_config("tokens = {}\nnetworks = { vk = { proxy = 'http://h' } }\n")
    before = ready.config.read_bytes()
    outcome = ready.run("token", "add", "vk", stdin=CANARY)
    assert outcome.code == 2
    assert "[tokens.vk]" in outcome.err
    assert ready.config.read_bytes() == before
    assert not (ready.folder / "tokens").exists()


@pytest.mark.parametrize("secret", ["", "\n", "two words", "two\nlines", "токен"])
def test_what_is_no_secret_changes_nothing(ready: Program, secret: str) -> None:
    before = ready.config.read_bytes()
    outcome = ready.run("token", "add", "vk", stdin=secret)
    assert outcome.code == 2
    assert "Нужен только сам токен" in outcome.err
    assert ready.config.read_bytes() == before
    assert not (ready.folder / "tokens").exists()


@pytest.mark.parametrize("name", ["../vk", "a/b", "", "a b", ".", "a.b", "x" * 61, CANARY])
def test_a_name_that_is_none_is_refused_before_the_secret_is_read(ready: Program, name: str) -> None:
    outcome = ready.run("token", "add", name, "--kind", "bot", stdin="secret")
    assert outcome.code == 2
    assert not (ready.folder / "tokens").exists()


def test_a_name_is_there_once(ready: Program) -> None:
    ready.ok("token", "add", "vk", stdin="first")
    outcome = ready.run("token", "add", "VK", stdin="second")
    assert outcome.code == 1
    assert "smm token replace" in outcome.err
    assert (ready.folder / "tokens" / "vk").read_text() == "first\n"


def test_an_unknown_network_is_told(ready: Program) -> None:
    outcome = ready.run("token", "add", "x", "--kind", "bot", "--network", "telegramm", stdin="s")
    assert outcome.code == 2
    assert "telegram" in outcome.err


def test_a_link_to_the_settings_stays_a_link(ready: Program) -> None:
    real = ready.folder / "dotfiles.toml"
    ready.config.rename(real)
    ready.config.symlink_to(real)
    ready.ok("token", "add", "vk", stdin="x")
    assert ready.config.is_symlink()
    assert "tokens.vk" in real.read_text()


def test_replace_puts_a_new_secret_in_and_forgets_what_was_held_against_the_old(ready: Program) -> None:
    ready.ok("token", "add", "vk", stdin="old")
    path = ready.folder / "tokens" / "vk"
    path.chmod(0o644)
    with open_writer(ready.db) as store:
        store.block(Block("vk", "*", NOW.replace(year=2030), "vk.5"))
        assert store.blocks(NOW)
    ready.ok("token", "replace", "VK", stdin="new")
    assert path.read_text() == "new\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with open_writer(ready.db) as store:
        assert not store.blocks(NOW)
    assert ready.run("token", "replace", "nobody", stdin="x").code == Exit.FAILED


def test_a_secret_that_lies_elsewhere_is_not_replaced_here(ready: Program) -> None:
    ready.write_config('[tokens.vk]\nkind = "service"\ncmd = ["pass", "show", "vk"]\n')
    outcome = ready.run("token", "replace", "vk", stdin="x")
    assert outcome.code == 2
    assert "pass show vk" in outcome.err


@pytest.mark.parametrize(
    ("network", "kind", "known"),
    [("vk", "bot", "community / service / user"), ("telegram", "service", "bot")],
)
def test_a_kind_that_the_network_does_not_have_is_refused(
    ready: Program, network: str, kind: str, known: str
) -> None:
    before = ready.config.read_bytes()
    outcome = ready.run("token", "add", "wrong", "--kind", kind, "--network", network, stdin="x")
    assert outcome.code == 2
    assert f"--kind {known}" in outcome.err
    assert ready.config.read_bytes() == before
    assert not (ready.folder / "tokens").exists()


def test_a_removed_token_leaves_the_settings_the_accounts_and_its_file(ready: Program) -> None:
    with ready.config.open("a", encoding="utf-8") as file:
        file.write("\n# сеть\n[networks.vk]\nproxy = 'http://127.0.0.1:1'\n")
    before = settings(ready)
    ready.ok("token", "add", "one", "--kind", "service", "--network", "vk", stdin="1")
    ready.ok("token", "add", "two", "--kind", "community", "--network", "vk", stdin="2")
    ready.ok("client", "add", "Кофейня")
    with open_writer(ready.db) as store:
        client = next(client for client in store.clients() if client.name == "Кофейня")
        add_account(store, client.id, "zerno", tokens=("two", "one"))
        store.block(Block("two", "*", NOW.replace(year=2030), "vk.5"))
    outcome = ready.ok("token", "remove", "TWO")
    assert "Кофейня, ВК zerno" in outcome.err
    assert "сети: ВК" in outcome.err
    assert list(settings(ready)["tokens"]) == ["one"]
    assert settings(ready)["networks"]["vk"] == {"proxy": "http://127.0.0.1:1", "token": ["one"]}
    assert not (ready.folder / "tokens" / "two").exists()
    assert (ready.folder / "tokens" / "one").exists()
    with open_writer(ready.db) as store:
        assert [account.tokens for account in store.accounts()] == [("one",)]
        assert not store.blocks(NOW)
    ready.ok("token", "remove", "one")
    assert settings(ready) == before
    assert "# сеть" in ready.config.read_text(encoding="utf-8")
    assert ready.run("token", "remove", "one").code == Exit.FAILED


def test_a_secret_that_is_not_ours_outlives_its_token(ready: Program) -> None:
    secret = ready.folder / "mine"
    secret.write_text("x")
    ready.write_config(f"[tokens.vk]\nkind = 'service'\nfile = '{secret}'\n")
    assert str(secret) in ready.ok("token", "remove", "vk").err
    assert secret.exists()
    assert "vk" not in settings(ready).get("tokens", {})


def use_vk(program: Program, vk: VkFake, secret: str, kind: str = "service") -> None:
    program.write_config(f'[general]\nlanguage = "ru"\n[networks.vk]\nbase_url = "{vk.url}"\n')
    program.ok("token", "add", "vk", "--kind", kind, stdin=secret)


def test_a_good_token_is_checked_with_one_call_and_its_clients(ready: Program, vk: VkFake) -> None:
    ready.ok("client", "add", "Кофейня")
    with open_writer(ready.db) as store:
        client = next(client for client in store.clients() if client.name == "Кофейня")
        add_account(store, client.id)
    use_vk(ready, vk, secret_of(vk.world, "service"))
    outcome = ready.ok("token", "check")
    assert outcome.out.startswith("✓ vk")
    assert "Кофейня" in outcome.out
    assert len(vk.requests) == 1
    assert secret_of(vk.world, "service") not in outcome.out + outcome.err
    (answer,) = ready.ok("token", "check", "vk", "--json").json()
    assert (answer["ok"], answer["network"], answer["clients"]) == (True, "vk", ["Кофейня"])
    (listed,) = ready.ok("token", "list", "--json").json()
    assert [account["client"] for account in listed["accounts"]] == ["Кофейня"]


def test_a_refused_token_ends_with_12(ready: Program, vk: VkFake) -> None:
    use_vk(ready, vk, CANARY)
    outcome = ready.run("token", "check")
    assert outcome.code == 12
    assert outcome.out.startswith("✗ vk")
    assert "→" in outcome.out
    assert CANARY not in outcome.out + outcome.err


def test_a_network_that_is_away_is_tried_again_and_fails_with_1(
    ready: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def pause(_clock: SystemClock, seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(SystemClock, "pause", pause)
    ready.write_config('[networks.vk]\nbase_url = "http://127.0.0.1:9"\n')
    ready.ok("token", "add", "vk", stdin=CANARY)
    outcome = ready.run("token", "check")
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    assert CANARY not in outcome.out + outcome.err
    assert pauses == sorted(pauses)
    assert len(pauses) > 1


def test_a_check_without_an_end_is_given_up_and_names_the_network(
    ready: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(_connector: TelegramConnector, _token: Token) -> TokenCheck:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr("cli.online._SECONDS", 0.01)
    monkeypatch.setattr(TelegramConnector, "check", hang)
    ready.ok("token", "add", "telegram", stdin=BOT_TOKEN)
    outcome = ready.run("token", "check")
    assert outcome.code == 1
    assert "Telegram не отвечает" in outcome.out


def test_a_bot_is_checked_at_telegram(ready: Program) -> None:
    with TelegramFake() as fake:
        ready.write_config(f'[networks.telegram]\nbase_url = "{fake.url}"\n')
        ready.ok("token", "add", "telegram", stdin=BOT_TOKEN)
        assert ready.run("token", "check").out.startswith("✓ telegram")


def test_tokens_that_cannot_be_read_are_told_beside_the_others(ready: Program, vk: VkFake) -> None:
    use_vk(ready, vk, secret_of(vk.world, "service"))
    with ready.config.open("a") as file:
        file.write(
            "[tokens.gone]\nkind = 'service'\nenv = 'NO_SUCH'\n[tokens.lost]\nkind = 'key'\nenv = 'X'\n"
        )
    outcome = ready.run("token", "check")
    assert outcome.code == 1
    assert [line[0] for line in outcome.out.splitlines() if line[0] in "✓✗"] == ["✓", "✗", "✗"]
    assert "«gone»" in outcome.out
    assert "NO_SUCH" not in outcome.out


def test_without_tokens_the_next_step_is_told(program: Program, tmp_path: Path) -> None:
    assert "smm token add" in program.run("token", "list").err
    assert "smm token add" in program.run("token", "check").err
    assert program.ok("token", "list", "--json").json() == []


@pytest.mark.parametrize(("typed", "code"), [(f"{CANARY}\n", 0), ("\x04", 2), ("\x03", 130)])
def test_at_a_terminal_the_secret_is_typed_unseen(ready: Program, typed: str, code: int) -> None:
    own_terminal = (
        "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", own_terminal, *ready.argv("token", "add", "vk")],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    try:
        while "не виден".encode() not in shown:
            shown += os.read(ours, 1024)
        os.write(ours, typed.encode())
        assert process.wait(30) == code
        with suppress(OSError):  # Linux tells the end of a terminal so
            while chunk := os.read(ours, 1024):
                shown += chunk
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert CANARY.encode() not in shown
    assert (ready.folder / "tokens" / "vk").exists() == (code == 0)


def test_every_network_that_takes_tokens_has_a_usual_kind_that_it_takes() -> None:
    kinds = {name: connector_class(name).token_kinds() for name in network_names()}
    assert set(USUAL_KIND) == {name for name, taken in kinds.items() if taken}
    for name, kind in USUAL_KIND.items():
        assert kind in kinds[name]
