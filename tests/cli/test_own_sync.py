"""The one command line of the program's own sync."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cli.commands.cron import crontab_command
from cli.context import Context
from cli.exits import UserError
from cli.own_sync import sync_command


def test_the_command_names_the_store_and_the_settings_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ctx = Context(db="smm.db", config_path="config.toml")
    plain = [sys.executable, "-P", "-m", "cli", "--db", str(tmp_path / "smm.db")]
    assert sync_command(ctx) == [*plain, "sync"]
    (tmp_path / "config.toml").touch()
    assert sync_command(ctx) == [*plain, "--config", str(tmp_path / "config.toml"), "sync"]


def test_a_line_break_cannot_stand_in_a_crontab(tmp_path: Path) -> None:
    ctx = Context(db=str(tmp_path / "a\nb.db"), config_path=str(tmp_path / "none.toml"))
    assert sync_command(ctx)[-1] == "sync"
    with pytest.raises(UserError):
        crontab_command(ctx)
