"""`smm today`: only what one can do."""

from __future__ import annotations

import pytest

from goals.model import AccountId
from store.changes import UnitOutcome
from store.opening import open_writer
from store.values import TroubleRecord, UnitStatus
from tests.support.program import Program
from tests.support.store import NOW


@pytest.fixture
def cafe(ready: Program) -> Program:
    """A client of Anna's with an account and a goal of twelve posts."""
    ready.ok("client", "add", "Кофейня «Зерно»", "--manager", "Анна")
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    goal = ("--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--deadline", "30.11")
    ready.ok("goal", "add", "--client", "зерно", *goal)
    return ready


def test_content_due_and_content_planned_are_listed(cafe: Program) -> None:
    cafe.ok("post", "add", "--client", "зерно", "--planned", "--text", "Про вкус")
    due, planned = cafe.ok("today", "--json").json()
    assert list(due) == ["client", "goal_id", "kind", "what", "amount", "unit", "planned", "deadline"]
    assert (due["client"], due["goal_id"], due["kind"]) == ("Кофейня «Зерно»", 1, "publish")
    assert (due["amount"], due["unit"], due["planned"], due["deadline"]) == (2, "count", 1, "2026-11-30")
    assert (planned["goal_id"], planned["kind"], planned["amount"]) == (None, "publish", 1)
    assert "Про вкус" in planned["what"]
    shown = cafe.ok("today").out
    assert "Опубликовать 2, в плане 1" in shown
    assert "Про вкус" in shown


def test_what_is_done_is_no_task(cafe: Program) -> None:
    for _ in range(2):
        cafe.ok("post", "add", "--client", "зерно")
    assert cafe.ok("today", "--json").json() == []
    assert "дел нет" in cafe.ok("today").out


def test_a_goal_that_nobody_logs_for_asks_for_its_figure(cafe: Program) -> None:
    goal = ("--metric", "sales", "--kind", "total_in_period", "--amount", "10", "--deadline", "31.12")
    cafe.ok("goal", "add", "--client", "зерно", *goal)
    cafe.ok("log", "sales", "3", "--client", "зерно")
    later = {"SMM_NOW": "2026-12-10T09:00+03:00"}
    tasks = cafe.ok("today", "--json", env=later).json()
    assert [(task["kind"], task["goal_id"], task["amount"]) for task in tasks] == [("log", 2, None)]
    assert "smm log" in cafe.ok("today", env=later).out


def test_an_account_without_a_token_asks_for_one(cafe: Program) -> None:
    with open_writer(cafe.db) as store:
        account_id = AccountId(cafe.ok("account", "list", "--json").json()[0]["id"])
        run = store.start_run(NOW)
        store.claim(run, [account_id])
        trouble = TroubleRecord("auth", "vk.5", "User authorization failed")
        store.commit_unit(UnitOutcome(account_id, UnitStatus.FAILED, NOW, trouble=trouble), run)
    tasks = cafe.ok("today", "--json").json()
    assert [task["kind"] for task in tasks] == ["publish", "token"]
    assert "vk:zerno" in tasks[1]["what"]


def test_only_the_clients_of_a_manager_or_one_client(cafe: Program) -> None:
    cafe.ok("client", "add", "Свеча", "--manager", "Пётр")
    cafe.ok("goal", "add", "--client", "Свеча", "--metric", "posts", "--kind", "keep_rate", "--amount", "5")
    assert len(cafe.ok("today", "--json").json()) == 2
    assert [task["client"] for task in cafe.ok("today", "--manager", "петр", "--json").json()] == ["Свеча"]
    assert [task["client"] for task in cafe.ok("today", "--client", "зерно", "--json").json()] == [
        "Кофейня «Зерно»"
    ]
