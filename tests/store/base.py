"""What the parts of the contract stand on: a store of the kind under test, with a client and an account."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from goals.evaluate import Evaluation
from goals.model import AccountId, ClientId, GoalId, GoalStatus
from store.contract import Reader, Writer
from tests.support.store import TODAY, add_account, add_client


def early(goal_id: GoalId) -> Evaluation:
    """A verdict of TODAY that says nothing yet."""
    return Evaluation(
        goal_id=goal_id,
        judged_on=TODAY,
        status=GoalStatus.EARLY,
        current=None,
        target=None,
        progress=None,
        expected=None,
        safe_days=None,
        needed_per_day=None,
        due_today=None,
        planned_today=0,
        chance=None,
        band_low=None,
        band_high=None,
        as_of=None,
        urgency=0,
    )


class StoreCase(ABC):
    """A store's own test class says how it is made and opened."""

    @abstractmethod
    def make(self, path: Path) -> Writer:
        """A new, empty store at the path."""

    @abstractmethod
    def open_reader(self, path: Path) -> Reader:
        """The same store, for reading."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / "smm.db"

    @pytest.fixture
    def store(self, path: Path) -> Iterator[Writer]:
        with closing(self.make(path)) as store:
            yield store

    @pytest.fixture
    def client(self, store: Writer) -> ClientId:
        return add_client(store)

    @pytest.fixture
    def zerno(self, store: Writer, client: ClientId) -> AccountId:
        return add_account(store, client)
