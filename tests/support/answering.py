"""The program on a terminal at which somebody answers its questions."""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Mapping

from tests.support.program import Program


def answered(
    program: Program, *args: str, typed: str, env: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run a command on a terminal of its own.

    Args:
        program: the program.
        args: the command.
        typed: what is typed ahead, line by line; Ctrl+D is `\\x04`.
        env: variables beside the program's own.

    Returns:
        The exit code, and all that the terminal showed.
    """
    near, far = pty.openpty()
    try:
        os.write(near, typed.encode())
        child = subprocess.Popen(
            program.argv(*args),
            stdin=far,
            stdout=far,
            stderr=far,
            env={**os.environ, **program.env, **(env or {})},
        )
        os.close(far)
        shown = b""
        while part := _read(near):
            shown += part
        return child.wait(timeout=60), shown.decode().replace("\r\n", "\n")
    finally:
        os.close(near)


def _read(terminal: int) -> bytes:
    """The next bytes; none when nobody writes to the terminal any more."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
