"""A store that several processes have open: none of them pulls the log from under another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from store.opening import open_writer
from tests.support.store import add_client, make_store

_LOOK = (
    "import sys; from store.opening import open_reader, open_writer;"
    "open_writer(sys.argv[1]).close();"
    "print([client.name for client in open_reader(sys.argv[1]).clients()])"
)


def look(path: Path) -> str:
    """What another process sees, which opens the store for writing first."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", _LOOK, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={"PYTHONUTF8": "1"},
    )
    return done.stdout.strip()


def test_second_connection_keeps_the_locks_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "smm.db"
    with make_store(path) as first:
        open_writer(path).close()
        look(path)
        add_client(first, "Кофейня")
        assert look(path) == "['Кофейня']"
