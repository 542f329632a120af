"""A client with an agreement of two versions, goals on some of its lines, days off and logged hours."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from goals.agreement.plain import to_stored
from goals.agreement.terms import (
    ContentLine,
    Dates,
    Hours,
    KpiLine,
    MaterialLine,
    Priority,
    Report,
    Scope,
    Terms,
    TopicLine,
)
from goals.model import GoalKind, Period, PostKind, PostState
from goals.records import DayOff, Entry, Material
from store.opening import open_writer
from store.refresh import refresh_all
from tests.support.dashboard import DEADLINE, START, fill
from tests.support.store import AUTHOR, NOW, TODAY, add_goal, days_ago, post, sync_unit

if TYPE_CHECKING:
    from goals.model import Client
    from store.contract import Reader

FIRST = Terms(
    priorities=(Priority("Распродать старую партию"), Priority("Имя в городе")),
    topics=(
        TopicLine("Старая партия", amount=12, format="post", period=Period.MONTH, priority=1),
        TopicLine("Обжарка", share=0.3, priority=2),
    ),
    content=(
        ContentLine("post", 3, network="vk", period=Period.WEEK),
        ContentLine("story", 20, network="vk", period=Period.MONTH),
    ),
    kpis=(KpiLine("audience", GoalKind.GAIN, network="vk", amount=300, until=DEADLINE, priority=2),),
    dates=Dates(start=START, renews=True),
    materials=(MaterialLine("Фото новой партии", who="Ольга", by_day=25),),
    hours=Hours(month=30.0),
    scope=Scope(("съёмка", "реклама")),
    report=Report(day=3),
)


def zerno(store: Reader) -> Client:
    """The client with the agreement."""
    return next(client for client in store.clients() if client.name == "Кофейня «Зерно»")


def fill_agreed(path: Path) -> None:
    """The store of `fill` with the agreement."""
    fill(path)
    agree(path)


def agree(path: Path) -> None:
    """Add the agreement and what goes with it to the store of `tests.support.dashboard.fill`."""
    with open_writer(path) as store:
        client = zerno(store)
        number = store.add_agreement(
            client.id, to_stored(FIRST), reason="первая встреча", based_on=0, author=AUTHOR, now=NOW
        )
        on = date(2026, 11, 1)
        store.accept_agreement(client.id, number, by="Ольга", on=on, author=AUTHOR, now=NOW)
        vk = next(each for each in store.accounts(client.id) if each.network == "vk")
        stories = [post(f"s{n}", days_ago(n + 3), kind=PostKind.STORY, text=f"История {n}") for n in range(4)]
        more = [
            post(f"r{n}", days_ago(4 * n + 6), text="Обжарка недели", topics=("Обжарка",)) for n in range(3)
        ]
        plan = [
            post(
                None,
                TODAY + timedelta(days=n),
                state=PostState.PLANNED,
                text=f"План {n}",
                topics=("Старая партия",),
            )
            for n in (1, 3)
        ]
        sync_unit(store, vk.id, posts=[*stories, *more, *plan])
        add_goal(
            store, client.id, "stories", GoalKind.KEEP_RATE, 20.0, network="vk", period=Period.MONTH,
            start=START, deadline=DEADLINE, term="content:vk:story:month",
        )  # fmt: skip
        store.add_day_off(
            DayOff(0, client.id, date(2026, 11, 26), date(2026, 11, 27), "отпуск"), author=AUTHOR, now=NOW
        )
        store.log_entry(Entry(0, client.id, "hours", days_ago(4), 26.0, "", AUTHOR, NOW))
        store.log_entry(Entry(0, client.id, "income", days_ago(4), 40_000.0, "", AUTHOR, NOW))
        awaited = Material(0, client.id, "прайс на декабрь", days_ago(5))
        store.add_material(awaited, author=AUTHOR, now=NOW)
        refresh_all(store, NOW)
