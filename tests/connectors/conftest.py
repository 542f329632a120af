"""The fake networks and a connector on Telegram's, for each test that asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.ok import OkFake
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


@pytest.fixture
def fake_ok() -> Iterator[OkFake]:
    """An Odnoklassniki on loopback."""
    with OkFake() as running:
        yield running
