"""A child in a terminal of its own: what it draws, what it may be sent, what it used."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.harness import CannotMeasureError, ProgramFailedError

COLUMNS, ROWS = 120, 40
_PATIENCE_SECONDS = 60.0
_CHUNK = 65_536
_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


class TerminalError(ProgramFailedError):
    """The child ended, or did not draw what was waited for."""


class Terminal:
    """A program in a pseudo-terminal of 120x40. Leaving the block kills it."""

    def __init__(self, argv: Sequence[str], environ: Mapping[str, str]) -> None:
        self._argv, self._environ = list(argv), dict(environ)
        self._screen = b""
        self.cpu_ms = 0.0

    def __enter__(self) -> Self:
        self._fd, end = pty.openpty()
        fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._child = subprocess.Popen(
            self._argv, env=self._environ, stdin=end, stdout=end, stderr=end, start_new_session=True
        )
        os.close(end)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill the child; `cpu_ms` is then what it used in all."""
        os.kill(self._child.pid, signal.SIGKILL)  # Popen's own kill would reap it and lose its usage
        _, status, usage = os.wait4(self._child.pid, 0)
        self._child.returncode = os.waitstatus_to_exitcode(status)
        os.close(self._fd)
        self.cpu_ms = (usage.ru_utime + usage.ru_stime) * 1000

    def wait_for(self, seen: Callable[[str], bool]) -> None:
        """Read until what was drawn since the last wait satisfies `seen`. Raises TerminalError."""
        give_up = time.monotonic() + _PATIENCE_SECONDS
        while not seen(self.drawn):
            ready, _, _ = select.select([self._fd], [], [], max(0.0, give_up - time.monotonic()))
            try:
                chunk = os.read(self._fd, _CHUNK) if ready else b""
            except OSError as error:
                raise TerminalError(f"{self._argv[0]} ended: {self.drawn[-500:]}") from error
            if not chunk:
                raise TerminalError(f"{self._argv[0]} drew nothing more: {self.drawn[-500:]}")
            self._screen += chunk

    def settle(self, seconds: float) -> None:
        """Let the child go on for a while, reading what it draws."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([self._fd], [], [], left)
            if ready:
                self._screen += os.read(self._fd, _CHUNK)

    def send(self, keys: str) -> None:
        """Type `keys`; what was drawn so far is forgotten."""
        self._screen = b""
        os.write(self._fd, keys.encode())

    @property
    def drawn(self) -> str:
        """The text drawn since the start or the last `send`, without escape codes."""
        return _ESCAPES.sub(b"", self._screen).decode(errors="replace")

    @property
    def raw(self) -> bytes:
        """The same with the escape codes."""
        return self._screen

    @property
    def peak_mib(self) -> float:
        """The most memory the child has held so far, in MiB. Raises CannotMeasureError."""
        status = Path(f"/proc/{self._child.pid}/status")
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
        if found is None:
            raise CannotMeasureError("this system does not tell the peak memory of a running process")
        return int(found[1]) / 1024
