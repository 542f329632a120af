"""The fake Telegram and a connector on it, for each test that asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.telegram import TelegramFake
from tests.support.telegram_desk import Desk


@pytest.fixture
def fake() -> Iterator[TelegramFake]:
    """A Telegram on loopback."""
    with TelegramFake() as running:
        yield running


@pytest.fixture
def desk(fake: TelegramFake) -> Desk:
    """A connector on it."""
    return Desk(fake)
