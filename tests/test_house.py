"""The shape of the house: short files, no broad excepts but at the edges, nothing left for later."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("cli", "connectors", "goals", "reports", "store", "sync", "tui", "wording", "work")
FILES = sorted(
    path for name in (*PACKAGES, "tests", "bench", "tools") for path in (ROOT / name).rglob("*.py")
)
CODE = [path for path in FILES if path.relative_to(ROOT).parts[0] in PACKAGES]
MAX_LINES = 400
#: Where any exception may be caught, logged with its traceback: the edge of the process, of a thread,
#: of one network, account, token or request, so that the others go on.
EDGES = {
    "cli/__main__.py",
    "connectors/accounts.py",
    "connectors/vk/caller.py",
    "connectors/vk/connector.py",
    "connectors/vk/transport.py",
    "sync/engine.py",
    "sync/settings.py",
    "sync/threads.py",
    "tui/jobs.py",
}


def _names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", FILES, ids=_names(FILES))
def test_a_file_is_short_enough_to_be_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", CODE, ids=_names(CODE))
def test_nothing_is_left_for_later(path: Path) -> None:
    found = re.findall(r"\b(?:TODO|FIXME|XXX)\b", path.read_text(encoding="utf-8"))
    assert not found


def test_every_exception_is_caught_only_at_the_edges() -> None:
    broad = {
        str(path.relative_to(ROOT))
        for path in CODE
        if re.search(r"noqa: .*BLE001", path.read_text(encoding="utf-8"))
    }
    assert broad <= EDGES


def test_both_readmes_open_with_the_two_commands() -> None:
    for name in ("README.md", "README.ru.md"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert [line.split("#")[0].strip() for line in lines[2:6]] == [
            "```sh",
            "make demo",
            "make test",
            "```",
        ]
