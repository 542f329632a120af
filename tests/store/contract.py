"""What every store must do: subclass `StoreContract`, and every promise of store.contract is tested."""

from __future__ import annotations

from tests.store.agreements import AgreementContract
from tests.store.calendars import CalendarContract
from tests.store.content import ContentContract
from tests.store.figures import FigureContract
from tests.store.goals import GoalContract
from tests.store.imports import ImportContract
from tests.store.merging import MergeContract
from tests.store.own import OwnContract
from tests.store.people import PeopleContract
from tests.store.rhythm import RhythmContract
from tests.store.runs import RunContract
from tests.store.topics import TopicContract
from tests.store.undo import UndoContract
from tests.store.verdicts import VerdictContract
from tests.store.warnings import WarningContract


class StoreContract(
    PeopleContract,
    GoalContract,
    UndoContract,
    VerdictContract,
    FigureContract,
    ImportContract,
    OwnContract,
    RunContract,
    ContentContract,
    TopicContract,
    MergeContract,
    AgreementContract,
    CalendarContract,
    RhythmContract,
    WarningContract,
):
    """A store's test class gives `make` and `open_reader` (see tests/store/base.py)."""
