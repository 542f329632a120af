"""The program with files of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.agreed import CLIENT
from tests.support.program import Program, made_once

NOW = "2026-11-23T09:00+03:00"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program without settings and without a store, on Monday 2026-11-23 at nine in Moscow."""
    folder = tmp_path / "smm"
    folder.mkdir()
    return Program(folder, {"SMM_NOW": NOW})


@pytest.fixture
@made_once
def ready(program: Program) -> Program:
    """The program after `smm init`, in Russian."""
    program.write_config('[general]\nlanguage = "ru"\n')
    program.ok("init")
    return program


@pytest.fixture
@made_once
def coffee(ready: Program) -> Program:
    """The program with a client of whom nothing else is known."""
    ready.ok("client", "add", CLIENT)
    return ready


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """The program with a client that has an account in VK."""
    ready.ok("client", "add", CLIENT)
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    return ready
