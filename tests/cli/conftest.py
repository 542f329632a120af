"""The program with files of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.program import Program

NOW = "2026-11-23T09:00+03:00"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program without settings and without a store, on Monday 2026-11-23 at nine in Moscow."""
    folder = tmp_path / "smm"
    folder.mkdir()
    return Program(folder, {"SMM_NOW": NOW})


@pytest.fixture
def ready(program: Program) -> Program:
    """The program after `smm init`, in Russian."""
    program.write_config('[general]\nlanguage = "ru"\n')
    program.ok("init")
    return program
