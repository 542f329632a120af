"""Running a program that answers with one line, and not waiting for one that hangs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from threading import Thread

_GRACE = 1.0


class ProgramError(Exception):
    """The program gave no answer: `why` is `missing`, `slow` or `failed` (then `code` is its own)."""

    def __init__(self, why: str, code: int = 0) -> None:
        super().__init__(f"{why} {code}" if code else why)
        self.why = why
        self.code = code


def first_line(argv: Sequence[str], environ: Mapping[str, str], *, seconds: float, most_bytes: int) -> bytes:
    """Run a program without a shell, in a session of its own, and give the first line it prints.

    Its standard input is empty and what it says on stderr is not kept. After `seconds` it is killed
    with everything that it started.

    Raises:
        ProgramError: it is not there, took too long, or ended with a code other than 0.
    """
    output, its_end = os.pipe()
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own settings name it, and no shell reads it
            list(argv),
            stdin=subprocess.DEVNULL,
            stdout=its_end,
            stderr=subprocess.DEVNULL,
            env=dict(environ),
            start_new_session=True,
        )
    except (OSError, ValueError):
        os.close(output)
        raise ProgramError("missing") from None
    finally:
        os.close(its_end)
    answer = bytearray()
    reader = Thread(target=_read_into, args=(output, answer, most_bytes), daemon=True)
    reader.start()
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise ProgramError("slow") from None
    finally:
        if process.poll() is None:
            _kill_group(process)
    reader.join(_GRACE)  # one that it left in the background may hold its output open
    if code != 0:
        raise ProgramError("failed", code)
    return bytes(answer).partition(b"\n")[0]


def _read_into(output: int, answer: bytearray, most_bytes: int) -> None:
    """Keep the beginning of what is printed, and take the rest away so that the printing can end."""
    try:
        while chunk := os.read(output, 4096):
            answer += chunk[: most_bytes + 1 - len(answer)]
    finally:
        os.close(output)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
