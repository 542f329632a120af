"""The goals of a month that nobody has set, as a task of the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from goals.agreement.terms import ContentLine, Dates, Terms
from goals.model import Client, Period
from store.contract import Writer
from tests.support.rhythm_day import agree_on
from tests.support.store import NOW, TODAY, add_client, add_goal, days_ago, make_store
from wording.words import Words
from work.day import day_of_client, tasks_of
from work.day_lines import task_line
from work.day_values import Rank, Ranked

RU = Words("ru")
POSTS = Terms(content=(ContentLine("post", 12, "vk", Period.MONTH),), dates=Dates(start=days_ago(60)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Writer]:
    with make_store(tmp_path / "smm.db") as store:
        yield store


@pytest.fixture
def cafe(store: Writer) -> Client:
    add_client(store)
    return store.clients()[0]


def task(store: Writer, client: Client, days: int = 0) -> tuple[Ranked, str] | None:
    """The task about the month so many days from now, and its line."""
    day = day_of_client(RU, store, client, [], NOW + timedelta(days=days))
    found = [each for each in tasks_of(store, day) if each.task.kind in {"renew", "set_goals"}]
    assert len(found) <= 1
    return (found[0], task_line(day, found[0].task)) if found else None


def test_the_month_of_the_agreement_is_renewed_until_it_has_goals(store: Writer, cafe: Client) -> None:
    agree_on(store, cafe.id, POSTS)
    found = task(store, cafe)
    assert found is not None
    (rank, one, _, _), line = found
    assert (rank, one.kind, one.amount, one.deadline) == (Rank.DATED, "renew", 1, TODAY.replace(day=1))
    assert line.replace("\xa0", " ") == f'Поставить цели на ноябрь: smm renew "{cafe.name}" --period 2026-11'
    add_goal(store, cafe.id, start=TODAY.replace(day=1), deadline=TODAY.replace(day=30))
    assert task(store, cafe) is None


def test_without_an_agreement_the_next_month_is_set_by_hand(store: Writer, cafe: Client) -> None:
    assert task(store, cafe) is None
    add_goal(store, cafe.id, start=TODAY.replace(day=1), deadline=TODAY.replace(day=30))
    assert task(store, cafe, 2) is None
    found = task(store, cafe, 3)
    assert found is not None
    assert (found[0].rank, found[0].task.kind) == (Rank.SOON, "set_goals")
    assert "smm goal add" in found[1]
    assert task(store, cafe, 5) is None, "nobody works on Saturday"
