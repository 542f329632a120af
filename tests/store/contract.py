"""What every store must do: subclass `StoreContract`, and every promise of store.contract is tested."""

from __future__ import annotations

from tests.store.content import ContentContract
from tests.store.figures import FigureContract
from tests.store.goals import GoalContract
from tests.store.merging import MergeContract
from tests.store.people import PeopleContract
from tests.store.runs import RunContract


class StoreContract(
    PeopleContract, GoalContract, FigureContract, RunContract, ContentContract, MergeContract
):
    """A store's test class gives `make` and `open_reader` (see tests/store/base.py)."""
