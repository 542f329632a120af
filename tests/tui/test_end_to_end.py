"""The installed program in tmux, on a screen of 80x24, by somebody whose keyboard is Russian."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shlex import join
from shutil import which
from time import monotonic, sleep

import pytest

from store.opening import open_reader
from store.values import Filter, MarkedBy
from tests.support.dashboard import DEADLINE
from tests.support.rhythm_day import ZERNO, fill_day

pytestmark = pytest.mark.e2e

ENDED = "КОД"


class Tmux:
    """A terminal of 80x24 on a tmux server of its own, which ends with it."""

    def __init__(self, folder: Path, argv: list[str], environ: dict[str, str]) -> None:
        self.socket = str(folder / "tmux")
        shell = f"{join(argv)}; echo {ENDED} $?; exec cat"
        self(
            "-f", os.devnull, "new-session", "-d", "-x", "80", "-y", "24", "sh", "-c", shell, environ=environ
        )
        self("set-option", "-g", "status", "off")
        self("resize-window", "-x", "80", "-y", "24")

    def __call__(self, *arguments: str, environ: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-S", self.socket, *arguments],
            env=environ, capture_output=True, encoding="utf-8", timeout=10, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self("capture-pane", "-p").replace("\xa0", " ")

    def shows(self, *texts: str, seconds: float = 12.0) -> str:
        """Wait until all texts are on the screen."""
        return self.waits_for(lambda text: all(each in text for each in texts), seconds)

    def waits_for(self, condition: Callable[[str], bool], seconds: float = 12.0) -> str:
        """Wait until the screen is as it has to be."""
        give_up = monotonic() + seconds
        while not condition(text := self.text):
            assert monotonic() < give_up, text
            sleep(0.05)
        return text

    def type(self, text: str) -> None:
        """Type letters."""
        self("send-keys", "-l", text)

    def press(self, *keys: str) -> None:
        """Press keys by their names."""
        self("send-keys", *keys)

    def end(self) -> None:
        """End the server, with all that runs in it."""
        self("kill-server")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[list[str]], Tmux]]:
    """Starts programs in terminals; all are ended after the test."""
    if which("tmux") is None:
        pytest.skip("SKIPPED LOUDLY: tmux is not installed")
    started: list[Tmux] = []

    def begin(argv: list[str]) -> Tmux:
        environ = os.environ | {
            "TERM": "xterm-256color",
            "LANG": "ru_RU.UTF-8",
            "LC_ALL": "ru_RU.UTF-8",
            "PYTHONUTF8": "1",
            "SMM_NOW": "2026-11-23T09:00+03:00",
        }
        started.append(Tmux(tmp_path, argv, environ))
        return started[-1]

    yield begin
    for tmux in started:
        tmux.end()


def installed(path: Path) -> list[str]:
    """The program as it was installed."""
    return [str(Path(sys.executable).with_name("smm")), "--db", str(path)]


def make_a_goal(tmux: Tmux) -> None:
    """By one line."""
    tmux.type("т")  # n
    tmux.shows("Новая цель")
    tmux.type("5 историй в вк к концу месяца")
    tmux.shows("ВК: 5 историй, до 30.11")
    tmux.press("Enter")
    tmux.shows("Сохранено: ВК: 5 историй")


def edit_it(tmux: Tmux) -> None:
    """Find it, change its amount, say why."""
    tmux.type(".истори")  # / and words
    tmux.press("Enter")
    tmux.waits_for(lambda text: "показана 1 из 3" in text and "Старая партия" not in text)
    tmux.press("Down")
    tmux.shows("› ○ ВК: 5 историй")
    tmux.type("у")  # e
    tmux.shows("Изменить цель", "причина изменения")
    tmux.press("Tab", "Tab", "Tab", "Tab")
    tmux.shows("▸ число")
    tmux.press("End", "BSpace")
    tmux.type("7")
    tmux.press("Tab", "Tab", "Tab", "Tab", "Tab")
    tmux.type("клиент просит чаще")
    tmux.shows("клиент просит чаще")
    tmux.press("F2")
    tmux.waits_for(lambda text: "Изменить цель" not in text and "› ○ ВК: 7 историй" in text)


def mark_a_post(tmux: Tmux) -> None:
    """Say that a planned post is about a topic."""
    tmux.type("з")  # p
    tmux.waits_for(lambda text: marked_row(text).rstrip().endswith("без темы"))
    tmux.type("е")  # t
    tmux.shows("О чём: пост 23.11")
    tmux.type("1")
    tmux.press("Enter")
    tmux.waits_for(lambda text: marked_row(text).rstrip().endswith("Старая партия"))


def marked_row(text: str) -> str:
    """The line of the post that is marked."""
    return next((line for line in text.splitlines() if line.startswith("›") and "Новинка" in line), "")


def tick_and_take_back(tmux: Tmux) -> None:
    """Tick a material that came; it had not."""
    tmux.type("1")
    tmux.shows("Сегодня", "напомнить", "осталось 7 из 7")
    tmux.type("ооо")  # j three times
    tmux.shows("› ☐ напомнить")
    tmux.press("Space")
    tmux.shows("осталось 6 из 7")
    tmux.type("г")  # u
    tmux.shows("осталось 7 из 7", "отменено")


def test_a_morning_in_the_russian_layout(start: Callable[[list[str]], Tmux], store_path: Path) -> None:
    fill_day(store_path)
    tmux = start(installed(store_path))
    tmux.shows("Старая партия: 12", "пн 23 ноября")
    make_a_goal(tmux)
    edit_it(tmux)
    mark_a_post(tmux)
    tick_and_take_back(tmux)
    tmux.type("й")  # q
    tmux.shows(f"{ENDED} 0")
    with open_reader(store_path) as store:
        [goal] = [goal for goal in store.goals() if goal.metric == "stories"]
        assert (goal.amount, goal.deadline) == (7.0, DEADLINE)
        [revision] = store.revisions(goal.id)
        assert (revision.why, list(revision.changes)) == ("клиент просит чаще", ["amount"])
        [post] = [row.post for row in store.posts(Filter()) if row.post.text == "Новинка недели"]
        [mark] = [mark for mark in store.topic_marks() if mark.post_id == post.id]
        assert (mark.topic, mark.about, mark.by) == ("Старая партия", True, MarkedBy.HAND)
        [material] = store.materials(ZERNO, received=True)
        assert material.received_on is None


CRASH = """
import sys
from cli.__main__ import main
from tui.app import SmmApp

def broken(self):
    token = "vk1.a." + "hunter2"
    raise RuntimeError("the handler fell down")

SmmApp.action_next_theme = broken
sys.exit(main(sys.argv[1:]))
"""


def test_a_crash_of_a_key_ends_with_a_code_and_shows_no_token(
    start: Callable[[list[str]], Tmux], store_path: Path
) -> None:
    tmux = start([sys.executable, "-X", "utf8", "-c", CRASH, "--db", str(store_path)])
    tmux.shows("Старая партия: 12")
    tmux.type("Е")  # T
    text = tmux.shows(f"{ENDED} 1", "the handler fell down")
    assert "hunter2" not in text
