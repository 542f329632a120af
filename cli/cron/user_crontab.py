"""The user's crontab: a marked line for each run of a store; all other lines stay as they are."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from cli.cron.schedule import SYNC


class CrontabError(Exception):
    """The crontab cannot be used; `missing` where the computer has no program for it."""

    def __init__(self, detail: str = "", *, missing: bool = False) -> None:
        super().__init__(detail or "there is no program crontab")
        self.detail = detail
        self.missing = missing


class UserCrontab:
    """The crontab of the user, through the program `crontab` of the PATH.

    `store` is what `--db` names in this store's line, and `name` marks which of its runs it is; lines of
    other stores and runs are not touched.
    """

    def __init__(self, environ: Mapping[str, str], store: str, name: str = SYNC) -> None:
        program = shutil.which("crontab", path=environ.get("PATH"))
        if program is None:
            raise CrontabError(missing=True)
        self._program = program
        self._environ = {**environ, "LC_ALL": "C"}
        self._store = store
        self._mark = re.compile(rf"\s*(?:#\s*)?[\d*@].*#\s*{name}\s*")

    def lines(self) -> list[str]:
        """This store's lines as they stand there. Raises CrontabError."""
        return [line.rstrip("\r\n") for line in self._all() if self._is_ours(line)]

    def install(self, line: str) -> None:
        """Put this store's line in the place of an older one, or at the end. Raises CrontabError."""
        old = self._all()
        others = [kept for kept in old if not self._is_ours(kept)]
        place = next((index for index, kept in enumerate(old) if self._is_ours(kept)), len(others))
        if others and not others[-1].endswith("\n"):
            others[-1] += "\n"
        new = [*others[:place], f"{line}\n", *others[place:]]
        if new != old:
            self._write("".join(new))

    def remove(self) -> bool:
        """Take this store's line away; whether there was one. Raises CrontabError."""
        old = self._all()
        others = [kept for kept in old if not self._is_ours(kept)]
        if others == old:
            return False
        self._write("".join(others))
        return True

    def _all(self) -> list[str]:
        done = self._run("-l")
        said = done.stderr.decode("utf-8", "replace").strip()
        if done.returncode and "no crontab" not in said.lower():
            raise CrontabError(said)
        text = done.stdout if not done.returncode else b""
        return text.decode("utf-8", "surrogateescape").splitlines(keepends=True)

    def _write(self, text: str) -> None:
        handle, name = tempfile.mkstemp(prefix=f"{SYNC}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8", "surrogateescape"))
            done = self._run(name)
        finally:
            Path(name).unlink()
        if done.returncode:
            raise CrontabError(done.stderr.decode("utf-8", "replace").strip())

    def _is_ours(self, line: str) -> bool:
        """Whether the line, also one switched off, carries our mark and runs this store or names none."""
        is_marked = self._mark.fullmatch(line.rstrip("\r\n")) is not None
        return is_marked and _store_of(line) in {None, self._store}

    def _run(self, argument: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - crontab itself, without a shell
                [self._program, argument],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=self._environ,
                timeout=30,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CrontabError(str(error)) from error


def our_line(times: str, argv: Sequence[str], name: str = SYNC) -> str:
    """A line for a crontab, marked as ours: quoted for the shell, with no % at which cron would cut it."""
    from crontab import CronTab

    job = CronTab(tab="").new(command=shlex.join(argv), comment=name)
    job.setall(times)
    return str(job)


def _store_of(line: str) -> str | None:
    """The store that a line of ours names; None where it names none."""
    try:
        words = shlex.split(line.replace(r"\%", "%"))
    except ValueError:  # a quote without its end, put in by hand
        return None
    return dict(pairwise(words)).get("--db")
