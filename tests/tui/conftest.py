"""A filled store for each test of the dashboard."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.dashboard import fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One filled store, never changed."""
    path = tmp_path_factory.mktemp("filled") / "smm.db"
    fill(path)
    return path


@pytest.fixture
def store_path(filled: Path, tmp_path: Path) -> Path:
    """The test's own copy of the filled store."""
    path = tmp_path / "smm.db"
    shutil.copyfile(filled, path)
    return path
