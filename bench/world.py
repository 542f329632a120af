"""What the budgets are measured on: stores that are built once a run, and the children's environment."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from goals.evaluate import Evaluation
from goals.metrics import METRICS, Nature
from goals.model import AccountId, ClientId, Goal, GoalId, GoalKind, GoalStatus
from store.changes import NewAccount, NewClient
from store.contract import Writer
from store.opening import open_writer, prepare
from store.sqlite import driver

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CLIENTS, ACCOUNTS, GOALS = 1_000, 2_500, 10_000
READ = ("audience", "reach", "visitors", "page_views")
ROOT = Path(__file__).parent.parent

_FILL = """
WITH RECURSIVE past(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM past WHERE n + 1 < :days)
INSERT INTO reading (account_id, metric_id, day, value, exactness, taken_at)
SELECT account.id, metric.id, :first + past.n, 1000.0 + past.n * 3 + account.id % 7, :exact, :taken
FROM account CROSS JOIN metric CROSS JOIN past
"""
_LATEST = """
INSERT INTO latest (account_id, metric_id, day, value, exactness, taken_at)
SELECT account_id, metric_id, day, value, exactness, taken_at FROM reading WHERE day = :last
"""
_PATTERNS: tuple[tuple[str, GoalKind, float], ...] = (
    ("audience", GoalKind.GAIN, 300),
    ("posts", GoalKind.TOTAL_IN_PERIOD, 12),
    ("stories", GoalKind.TOTAL_IN_PERIOD, 6),
    ("reach", GoalKind.AVERAGE, 1_500),
    ("audience", GoalKind.REACH_LEVEL, 5_000),
    ("likes", GoalKind.TOTAL_IN_PERIOD, 1_300),
    ("audience", GoalKind.GAIN_PERCENT, 10),
    ("income", GoalKind.TOTAL_IN_PERIOD, 120_000),
    ("hours", GoalKind.TOTAL_IN_PERIOD, 110),
    ("page_views", GoalKind.TOTAL_IN_PERIOD, 40_000),
)
_STATUSES = (GoalStatus.ON_TRACK, GoalStatus.BEHIND, GoalStatus.UNLIKELY, GoalStatus.EARLY, GoalStatus.STALE)


class World:
    """One run's folder and what is built in it; `readings` is how many the large store holds."""

    def __init__(self, folder: Path, readings: int) -> None:
        self.folder = folder
        self.readings = readings

    @property
    def python(self) -> str:
        """The interpreter that runs this."""
        return sys.executable

    @property
    def smm(self) -> str:
        """The installed program."""
        return str(Path(sys.executable).with_name("smm"))

    def environ(self, **more: str) -> dict[str, str]:
        """The children's environment: a home of their own, Russian, the clock frozen, no colour switches."""
        kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        return {
            **kept,
            "HOME": str(home),
            "LANG": "ru_RU.UTF-8",
            "LC_ALL": "C.UTF-8",
            "PYTHONUTF8": "1",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "SMM_NOW": NOW.isoformat(),
            **more,
        }

    @cached_property
    def large(self) -> Path:
        """1,000 clients, 2,500 accounts, 10,000 judged goals, and all the readings."""
        path = self.folder / "large.db"
        prepare(path)
        with open_writer(path) as store:
            clients = [
                store.add_client(NewClient(f"Клиент {n:04}"), author="bench", now=NOW) for n in range(CLIENTS)
            ]
            accounts = [_add_account(store, n, clients[n % CLIENTS]) for n in range(ACCOUNTS)]
            goals = [_add_goal(store, n, clients[n % CLIENTS], accounts[n % CLIENTS]) for n in range(GOALS)]
            store.put_evaluations(_evaluations(goals))
        self._fill(path)
        return path

    @cached_property
    def demo(self) -> Path:
        """The demo store."""
        from cli.demo.files import create_demo

        path = self.folder / "demo.db"
        create_demo(path, NOW)
        return path

    def _fill(self, path: Path) -> None:
        days = self.readings // (ACCOUNTS * len(READ))
        first = TODAY.toordinal() - days + 1
        session = driver.connect(path, write=True)
        try:
            session.run("PRAGMA journal_mode = OFF")
            session.run("PRAGMA synchronous = OFF")
            with session.transaction():
                session.many("INSERT OR IGNORE INTO metric (name) VALUES (?)", [(name,) for name in READ])
                values = {"days": days, "first": first, "exact": 0, "taken": int(NOW.timestamp())}
                session.connection.execute(_FILL, values)
                session.connection.execute(_LATEST, {"last": TODAY.toordinal()})
                session.run(
                    "UPDATE account SET data_at = ?, last_ok_at = ?", (values["taken"], values["taken"])
                )
            session.run("PRAGMA journal_mode = WAL")
        finally:
            session.close()


def _pattern(number: int) -> tuple[str, GoalKind, float]:
    return _PATTERNS[number // CLIENTS % len(_PATTERNS)]


def _add_account(store: Writer, number: int, client: ClientId) -> AccountId:
    new = NewAccount(client, "vk", f"bench_{number}", str(900_000_000 + number), f"Сообщество {number}")
    return store.add_account(new, author="bench", now=NOW)


def _add_goal(store: Writer, number: int, client: ClientId, account: AccountId) -> GoalId:
    metric, kind, amount = _pattern(number)
    of_account = metric in READ
    goal = Goal(
        id=GoalId(0),
        client_id=client,
        metric=metric,
        kind=kind,
        amount=amount,
        start=TODAY - timedelta(days=22),
        deadline=TODAY + timedelta(days=7 + number % 20),
        network="vk" if of_account else None,
        account_id=account if of_account else None,
        baseline=4_000.0 if metric == "audience" else None,
        agreed_on=TODAY - timedelta(days=23),
    )
    return store.add_goal(goal, author="bench", now=NOW)


def _evaluations(goals: list[GoalId]) -> Iterator[Evaluation]:
    dice = random.Random(20261123)
    for number, goal in enumerate(goals):
        status = dice.choice(_STATUSES)
        progress, expected = dice.uniform(0.1, 0.95), dice.uniform(0.4, 0.9)
        metric, _, _ = _pattern(number)
        is_content = METRICS[metric].nature is Nature.CONTENT
        yield Evaluation(
            goal_id=goal,
            judged_on=TODAY,
            status=status,
            current=round(progress * 5_000),
            target=5_000.0,
            progress=progress,
            expected=expected,
            safe_days=round((progress - expected) * 30),
            needed_per_day=11.0,
            due_today=2 if is_content else None,
            planned_today=number % 2,
            chance=None if is_content else dice.uniform(0.03, 0.97),
            band_low=4_000.0,
            band_high=6_000.0,
            as_of=NOW - timedelta(minutes=12),
            urgency=dice.randint(-1_000, 3_400),
        )
