"""`smm token add --kind user --network telegram`: the login at a terminal, against real MTProto."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import pytest
from telethon import TelegramClient
from telethon.client import telegrambaseclient

from cli.exits import Exit
from tests.fakes.mtproto_world import API_HASH, API_ID, CODE, PASSWORD, PHONE, MtprotoWorld
from tests.support.program import Outcome, Program

ADD = ("token", "add", "tg-user", "--kind", "user", "--network", "telegram")


class Terminal:
    """Somebody at a terminal: what he types unseen, and the program that he uses."""

    def __init__(self, program: Program, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.program, self.state = program, state
        self.unseen: list[str] = []
        monkeypatch.setattr("cli.telegram_login.can_ask", lambda _ctx: True)
        monkeypatch.setattr("getpass.getpass", self.hidden)

    def hidden(self, prompt: str, stream: TextIO) -> str:
        stream.write(prompt)
        if not self.unseen:
            raise EOFError
        return self.unseen.pop(0)

    def run(self, *args: str, typed: tuple[str, ...] = (), unseen: tuple[str, ...] = ()) -> Outcome:
        self.unseen = list(unseen)
        stdin = "".join(f"{line}\n" for line in typed)
        return self.program.run(*args, stdin=stdin, env={"XDG_STATE_HOME": str(self.state)})

    @property
    def session(self) -> Path:
        return self.state / "smart-smm" / "telegram" / "tg-user.json"

    @property
    def secret(self) -> Path:
        return self.program.folder / "tokens" / "tg-user"

    def expect_nothing_kept(self) -> None:
        assert not self.session.exists()
        assert not self.secret.exists()
        assert "tokens" not in tomllib.loads(self.program.config.read_text(encoding="utf-8"))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[MtprotoWorld]:
    made = MtprotoWorld({})
    monkeypatch.setattr(TelegramClient, "_config", None)
    monkeypatch.setattr(telegrambaseclient, "DEFAULT_IPV4_IP", "127.0.0.1")
    with made.server:
        monkeypatch.setattr(telegrambaseclient, "DEFAULT_PORT", made.server.port)
        yield made


@pytest.fixture
def terminal(
    ready: Program, world: MtprotoWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    return Terminal(ready, tmp_path / "state", monkeypatch)


def log_in(terminal: Terminal) -> Outcome:
    outcome = terminal.run(*ADD, typed=(str(API_ID), PHONE, CODE), unseen=(API_HASH,))
    assert outcome.code == Exit.OK, outcome.err
    return outcome


def test_a_login_is_led_through(terminal: Terminal, world: MtprotoWorld) -> None:
    outcome = log_in(terminal)
    assert "my.telegram.org" in outcome.err
    assert "Вход в Telegram выполнен: @anna_smm" in outcome.err
    kept = json.loads(terminal.session.read_text())
    assert terminal.secret.read_text() == f"{API_ID}:{API_HASH}\n"
    assert stat.S_IMODE(terminal.session.stat().st_mode) == 0o600
    tree = tomllib.loads(terminal.program.config.read_text(encoding="utf-8"))
    assert tree["tokens"]["tg-user"] == {"kind": "user", "file": "tokens/tg-user"}
    assert tree["networks"]["telegram"] == {"token": "tg-user"}
    told = outcome.out + outcome.err + terminal.program.config.read_text()
    assert [secret for secret in (API_HASH, kept["session"], CODE) if secret in told] == []
    assert len(world.logged_in) == 1
    check = terminal.run("token", "check", "tg-user")
    assert check.code == Exit.OK
    assert "@anna_smm" in check.out


def test_wrong_answers_are_asked_for_again(terminal: Terminal, world: MtprotoWorld) -> None:
    world.password = PASSWORD
    wrong = ("app", "1", PHONE, str(API_ID), "номер", "+7 999 123-45-67")
    typed = (*wrong, "+7 999 000-11-22", "11111", CODE)
    unseen = ("short", "0" * 32, API_HASH, "мимо", PASSWORD)
    outcome = terminal.run(*ADD, typed=typed, unseen=unseen)
    assert outcome.code == Exit.OK, outcome.err
    for told in (
        "api_id — это число",
        "api_hash — это 32 знака",
        "Telegram не принимает приложение",
        "Введите номер так",
        "Telegram не принимает этот номер",
        "Код неверный",
        "двухэтапная",
        "Облачный пароль неверный",
    ):
        assert told in outcome.err
    assert PASSWORD not in outcome.err
    assert terminal.session.exists()


@pytest.mark.parametrize(
    ("typed", "unseen"),
    [
        ((), ()),
        ((str(API_ID),), ()),
        ((str(API_ID),), (API_HASH,)),
        ((str(API_ID), PHONE), (API_HASH,)),
        ((str(API_ID), PHONE, CODE), (API_HASH,)),
    ],
)
def test_a_login_that_is_broken_off_leaves_nothing(
    terminal: Terminal, world: MtprotoWorld, typed: tuple[str, ...], unseen: tuple[str, ...]
) -> None:
    world.password = PASSWORD
    outcome = terminal.run(*ADD, typed=typed, unseen=unseen)
    assert outcome.code == Exit.FAILED
    assert "Вход прерван, ничего не сохранено" in outcome.err
    terminal.expect_nothing_kept()
    assert world.logged_in == set()


@pytest.mark.parametrize(
    ("method", "error", "told"),
    [
        ("SendCode", "FLOOD_WAIT_86400", "подождать 86400"),
        ("SendCode", "PHONE_NUMBER_BANNED", "удалён или заблокирован"),
        ("SendCode", "PHONE_NUMBER_FLOOD", "слишком часто"),
        ("SignIn", "PHONE_CODE_EXPIRED", "больше не действует"),
        ("SignIn", "SOMETHING_NEW", "SOMETHING_NEW"),
    ],
)
def test_a_refusal_is_told(
    terminal: Terminal, world: MtprotoWorld, method: str, error: str, told: str
) -> None:
    world.script(method, error, times=None)
    outcome = terminal.run(*ADD, typed=(str(API_ID), PHONE, CODE, CODE, CODE), unseen=(API_HASH,))
    assert outcome.code == Exit.FAILED
    assert told in outcome.err
    terminal.expect_nothing_kept()


def test_an_old_code_is_followed_by_another(terminal: Terminal, world: MtprotoWorld) -> None:
    world.script("SignIn", "PHONE_CODE_EXPIRED")
    outcome = terminal.run(*ADD, typed=(str(API_ID), PHONE, "11111", CODE), unseen=(API_HASH,))
    assert outcome.code == Exit.OK, outcome.err
    assert world.calls.count("SendCode") == 2


def test_a_login_that_cannot_be_written_down_is_ended(
    terminal: Terminal, world: MtprotoWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cli.config.file.write_secret", full)
    outcome = terminal.run(*ADD, typed=(str(API_ID), PHONE, CODE), unseen=(API_HASH,))
    assert outcome.code == Exit.FAILED
    terminal.expect_nothing_kept()
    assert world.logged_in == set()


def test_removing_a_token_logs_out(terminal: Terminal, world: MtprotoWorld) -> None:
    log_in(terminal)
    outcome = terminal.run("token", "remove", "tg-user")
    assert outcome.code == Exit.OK
    assert "Выход из Telegram выполнен" in outcome.err
    assert not terminal.session.exists()
    assert not terminal.secret.exists()
    assert world.logged_in == set()


def test_a_session_that_cannot_be_ended_is_deleted_all_the_same(
    terminal: Terminal, world: MtprotoWorld
) -> None:
    log_in(terminal)
    world.end_sessions()
    outcome = terminal.run("token", "remove", "tg-user")
    assert outcome.code == Exit.OK
    assert "Сессия в Telegram не завершена" in outcome.err
    assert "Устройства" in outcome.err
    assert not terminal.session.exists()


def test_replacing_logs_in_anew(terminal: Terminal, world: MtprotoWorld) -> None:
    log_in(terminal)
    before = terminal.session.read_text()
    broken = terminal.run("token", "replace", "tg-user", typed=(str(API_ID), PHONE), unseen=(API_HASH,))
    assert broken.code == Exit.FAILED
    assert terminal.session.read_text() == before
    outcome = terminal.run(
        "token", "replace", "tg-user", typed=(str(API_ID), PHONE, CODE), unseen=(API_HASH,)
    )
    assert outcome.code == Exit.OK, outcome.err
    assert terminal.session.read_text() != before


def test_without_a_terminal_nothing_is_asked(ready: Program, world: MtprotoWorld) -> None:
    outcome = ready.run(*ADD, stdin=f"{API_ID}\n{API_HASH}\n")
    assert outcome.code == Exit.USAGE
    assert "нужен терминал" in outcome.err
    assert world.calls == []


def test_without_telethon_nothing_is_asked(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.telegram_login.find_spec", lambda _name: None)
    outcome = terminal.run(*ADD)
    assert outcome.code == Exit.USAGE
    assert "pip install 'smart-smm[telegram]'" in outcome.err


def test_other_users_tokens_are_typed_as_ever(terminal: Terminal) -> None:
    outcome = terminal.run("token", "add", "vk-user", "--kind", "user", "--network", "vk", typed=("secret",))
    assert outcome.code == Exit.OK, outcome.err
    assert not terminal.session.exists()


def test_at_a_real_terminal_the_hash_is_not_shown(ready: Program) -> None:
    own_terminal = (
        "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", own_terminal, *ready.argv(*ADD)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    try:
        for prompt, typed in (("api_id: ", "94575\n"), ("не виден", f"{API_HASH}\n"), ("Номер", "\x04")):
            while prompt.encode() not in shown:
                shown += os.read(ours, 1024)
            os.write(ours, typed.encode())
        assert process.wait(30) == Exit.FAILED
        with suppress(OSError):  # Linux tells the end of a terminal so
            while chunk := os.read(ours, 1024):
                shown += chunk
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert API_HASH.encode() not in shown
    assert "Вход прерван".encode() in shown
