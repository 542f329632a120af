"""The installed program in a real terminal: drawn, driven in the Russian layout, quit."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path
from time import monotonic

import pyte
import pytest

from store.opening import open_reader

pytestmark = pytest.mark.e2e


class Terminal:
    """A program on a pty, with a screen that understands what it draws."""

    def __init__(self, argv: list[str], environ: dict[str, str], columns: int = 80, lines: int = 24) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.pid, self.fd = pty.fork()
        if not self.pid:
            os.execve(argv[0], argv, environ)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display).replace("\xa0", " ")

    def read(self, seconds: float) -> bool:
        """Draw what arrives; False once the program has ended."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        self.stream.feed(data)
        return bool(data)

    def wait_for(self, *texts: str, seconds: float = 20.0) -> None:
        give_up = monotonic() + seconds
        while not all(text in self.text for text in texts):
            assert monotonic() < give_up, self.text
            self.read(0.1)

    def type(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def ended(self, seconds: float = 10.0) -> int:
        """The exit code."""
        give_up = monotonic() + seconds
        while self.read(0.1):
            assert monotonic() < give_up, self.text
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def terminal(store_path: Path) -> Terminal:
    environ = dict(os.environ) | {
        "TERM": "xterm-256color",
        "LANG": "ru_RU.UTF-8",
        "PYTHONUTF8": "1",
        "SMM_NOW": "2026-11-23T09:00+03:00",
    }
    return Terminal([sys.executable, "-m", "cli", "--db", str(store_path)], environ)


def test_a_goal_is_added_in_the_russian_layout(terminal: Terminal, store_path: Path) -> None:
    terminal.wait_for("Старая партия: 12", "пн 23 ноября")
    terminal.type("т\t")  # n, then the fields
    terminal.wait_for("Новая цель", "показатель")
    terminal.type("\t\t\t\t250\t\t30.11")
    terminal.wait_for("+250 подписчиков до 30.11")
    terminal.type("\r")
    terminal.wait_for("Сохранено", "ВК: +250 подписчиков")
    terminal.type("й")  # q
    assert terminal.ended() == 0
    with open_reader(store_path) as store:
        assert [goal.amount for goal in store.goals()].count(250.0) == 1


def test_filter_help_and_leaving_it_as_it_was(terminal: Terminal) -> None:
    terminal.wait_for("Старая партия: 12")
    terminal.type(".свеча\r")  # / in the Russian layout
    terminal.wait_for("Мастерская")
    terminal.type(",")  # ?
    terminal.wait_for("Справка", "В списке целей")
    terminal.type("\x1b")
    terminal.wait_for("данные:")
    terminal.type("q")
    assert terminal.ended() == 0
    assert b"\x1b[?1049l" in terminal.raw


def test_a_hangup_ends_it(terminal: Terminal) -> None:
    terminal.wait_for("Старая партия: 12")
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.ended() != 0


def test_without_a_terminal_it_says_so(store_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli", "--db", str(store_path)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "терминал" in done.stderr
    assert "smm goal list --json" in done.stderr
