"""`smm sync` as a process: signals, kill -9, a terminal, what it imports and what it never tells."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.exits import Exit
from store.values import Filter, RunStatus
from sync.lock import lock_file_of, only_run
from tests.fakes.server import Reply
from tests.support.store import NOW
from tests.support.sync_place import SECRET, Place, hang_on, run, sync_place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    with sync_place(tmp_path, monkeypatch) as place:
        yield place


def wait_for(condition: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait until the condition holds; the process must live on."""
    limit = time.monotonic() + 30
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < limit
        time.sleep(0.01)


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
        out, err = process.communicate(timeout=10)  # the networks would hang for longer
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


def test_a_wait_that_is_no_time_is_refused(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    for wait in ("-1", "nan"):
        code, _out, err = run(place, capsys, f"--wait={wait}")
        assert code == Exit.USAGE
        assert "--wait 600" in err


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
        "print(code, sorted({'textual', 'sqlite_utils', 'babel'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *place.argv],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "SMM_NOW": NOW.isoformat()},
    )
    assert done.stdout == "0 []\n"


@dataclass
class Watched:
    """A run whose stderr is a terminal; `seen` is what stood there so far."""

    process: subprocess.Popen[bytes]
    terminal: int
    seen: bytearray

    def shows(self, text: str) -> None:
        """Read on until the text is there."""
        limit = time.monotonic() + 30
        while text.encode() not in self.seen and time.monotonic() < limit:
            assert self.process.poll() is None, bytes(self.seen)
            if select.select([self.terminal], [], [], 0.01)[0]:
                self.seen.extend(os.read(self.terminal, 65536))

    def ended(self) -> tuple[bytes, str]:
        """Its stdout, and all that stood on the terminal."""
        out, _ = self.process.communicate(timeout=10)
        with suppress(OSError):  # the other end is closed: everything was read
            while rest := os.read(self.terminal, 65536):
                self.seen.extend(rest)
        return out, self.seen.decode()


@contextmanager
def watched(place: Place, *options: str) -> Iterator[Watched]:
    """A run that somebody watches; it does not outlive the block."""
    pty = pytest.importorskip("pty", reason="SKIPPED LOUDLY: no pseudo-terminals on this system")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "cli", *place.argv, *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "SMM_NOW": NOW.isoformat(), "TERM": "xterm-256color", "COLUMNS": "100"},
    ) as process:
        os.close(theirs)
        try:
            yield Watched(process, ours, bytearray())
        finally:
            process.kill()
            os.close(ours)


def test_on_a_terminal_there_is_a_bar_and_a_summary(place: Place) -> None:
    place.channel("svecha")
    place.channel("zerno")
    hang_on(place, "zerno")
    with watched(place) as run_:
        run_.shows("1/2")
        run_.process.send_signal(signal.SIGINT)
        out, text = run_.ended()
    assert "Собираю цифры" in text
    assert "1/2" in text
    assert "Собрано: 1\xa0аккаунт" in text
    assert out == b""


def test_a_run_for_stories_waits_for_the_sync_that_is_running(place: Place) -> None:
    place.channel("svecha")
    with ExitStack() as other:
        other.enter_context(only_run(lock_file_of(place.db)))
        with watched(place, "--stories") as run_:
            run_.shows("ждём")
            other.close()
            _out, text = run_.ended()
    assert run_.process.returncode == Exit.OK
    assert text.count("ждём") == 1


def test_who_waits_may_be_stopped(place: Place) -> None:
    place.channel("svecha")
    with only_run(lock_file_of(place.db)), watched(place, "--stories") as run_:
        run_.shows("ждём")
        run_.process.send_signal(signal.SIGINT)
        run_.ended()
    assert run_.process.returncode == Exit.INTERRUPTED
