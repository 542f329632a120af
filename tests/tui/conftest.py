"""A filled store for each test of the dashboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.agreements import fill_agreed
from tests.support.dashboard import fill
from tests.support.store import filled_copy


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """The test's own copy of the filled store."""
    return filled_copy(tmp_path / "smm.db", fill)


@pytest.fixture
def agreed(tmp_path: Path) -> Path:
    """The test's own copy of the filled store with an agreement."""
    return filled_copy(tmp_path / "agreed.db", fill_agreed)
