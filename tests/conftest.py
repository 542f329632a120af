"""What every test stands on: the shared data beside the checkout, and no view of the user's own files."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

#: A busy machine must fail no rule: speed is measured in bench/, never by tests.
settings.register_profile("smm", deadline=None)
settings.load_profile("smm")

ROOT = Path(__file__).parent.parent


def pytest_configure() -> None:
    """Let Ctrl+C reach what the tests start: a script in the background begins with it ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int | None:
    """Two workers a core: a test of the dashboard or of a process waits for half of its time."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else 2 * (os.cpu_count() or 1)


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of real data, samples and contracts beside the checkout; skips loudly without it."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("SKIPPED LOUDLY: ../shared (real data, samples and contracts) is not beside the checkout")
    return folder


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Config, data and state folders of each test are its own; the language is Russian."""
    home = tmp_path / "home"
    for name in ("SMM_DB", "SMM_CONFIG", "SMM_NOW", "NO_COLOR", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / ".local" / "share"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / ".local" / "state"))
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
