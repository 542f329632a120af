"""The program as its users run it: through its real entry point, in this process or in one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cli.__main__ import main

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    def json(self) -> Any:  # noqa: ANN401 - whatever the command answers
        """The answer of a command with --json."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Program:
    """The program with a store and settings of its own under `folder`."""

    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def db(self) -> Path:
        """The store's file."""
        return self.folder / "smm.db"

    @property
    def config(self) -> Path:
        """The settings' file."""
        return self.folder / "config.toml"

    def run(self, *args: str, stdin: str | bytes = "", env: Mapping[str, str] | None = None) -> Outcome:
        """Run a command in this process (fast)."""
        out, err = io.StringIO(), io.StringIO()
        variables = {**self.env, **(env or {})}
        with patch.dict(os.environ, variables), _stdin(stdin), redirect_stdout(out), redirect_stderr(err):
            code = main([*self._files(), *args])
        return Outcome(int(code), out.getvalue(), err.getvalue())

    def ok(self, *args: str, stdin: str | bytes = "", env: Mapping[str, str] | None = None) -> Outcome:
        """Run a command that must succeed."""
        outcome = self.run(*args, stdin=stdin, env=env)
        assert outcome.code == 0, f"{args}: {outcome.code}\n{outcome.out}{outcome.err}"
        return outcome

    def process(
        self,
        *args: str,
        stdin: str | bytes = "",
        env: Mapping[str, str] | None = None,
        options: tuple[str, ...] = (),
    ) -> Outcome:
        """Run a command in a process of its own; `options` are Python's."""
        done = subprocess.run(
            self.argv(*args, options=options),
            input=_bytes(stdin),
            capture_output=True,
            env={**os.environ, **self.env, **(env or {})},
            timeout=60,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    def argv(self, *args: str, options: tuple[str, ...] = ()) -> list[str]:
        """The command line of a process of its own."""
        return [sys.executable, *options, "-P", "-m", "cli", *self._files(), *args]

    def write_config(self, text: str) -> Path:
        """Write the settings."""
        self.config.parent.mkdir(parents=True, exist_ok=True)
        self.config.write_text(text, encoding="utf-8")
        return self.config

    def _files(self) -> list[str]:
        files = ["--db", str(self.db)]
        return [*files, "--config", str(self.config)] if self.config.exists() else files


def made_once(fixture: Callable[[Program], Program]) -> Callable[..., Program]:
    """A fixture that runs its commands for the first test of a process; later ones get copies of its files.

    It may leave nothing but files in the folder of the program that it is given and gives back.
    """
    made: dict[str, tuple[int, bytes]] = {}

    @wraps(fixture)
    def copied(**given: Program) -> Program:
        (program,) = given.values()
        for name, (mode, content) in made.items():
            (program.folder / name).touch(mode)
            (program.folder / name).write_bytes(content)
        if not made:
            program = fixture(program)
            for file in filter(Path.is_file, program.folder.iterdir()):
                made[file.name] = (file.stat().st_mode & 0o777, file.read_bytes())
        return program

    return copied


@contextmanager
def _stdin(content: str | bytes) -> Iterator[None]:
    with patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(_bytes(content)), encoding="utf-8")):
        yield


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
