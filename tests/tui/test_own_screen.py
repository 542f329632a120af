"""Own goals: the goals, the month of the clients, and what is logged in seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from goals.agreement.terms import Hours, Terms
from goals.model import ClientKind, GoalKind, Period
from goals.records import Entry
from store.opening import open_reader, open_writer
from store.refresh import refresh_all
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, type_text, until
from tests.support.rhythm_day import ME, ZERNO, agree_on
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    add_account,
    add_client,
    add_goal,
    days_ago,
    make_store,
    post,
)
from tui.app import SmmApp
from tui.screens.client import ClientScreen
from tui.screens.goal import GoalScreen
from tui.screens.own import OwnScreen
from tui.screens.work_form import WorkForm
from tui.services import ExitState

Compare = Callable[..., bool]


@pytest.fixture
def own_path(store_path: Path) -> Path:
    """The filled store with hours of a client, and a rate of one's own."""
    with open_writer(store_path) as store:
        for metric, amount, day in (("hours", 27.0, TODAY), ("income", 18_000.0, TODAY)):
            store.log_entry(Entry(0, ZERNO, metric, day, amount, "", AUTHOR, NOW))
        store.log_entry(Entry(0, ZERNO, "income", date(2026, 10, 5), 9_000.0, "", AUTHOR, NOW))
        agree_on(store, ZERNO, Terms(hours=Hours(month=30.0)))
        blog = add_account(store, ME, "my_blog", network="telegram")
        for age in (9, 16):
            store.add_post(blog, post(None, days_ago(age), text="Кейс"), author=AUTHOR, now=NOW)
        add_goal(
            store, ME, "posts", GoalKind.KEEP_RATE, 1.0, period=Period.WEEK, start=days_ago(30), deadline=None
        )
        refresh_all(store, NOW)
    return store_path


def entries(path: Path, client: int = ME) -> list[tuple[str, float]]:
    with open_reader(path) as store:
        return [
            (each.metric, each.amount)
            for owner in store.clients()
            if owner.id == client
            for each in store.entries(owner.id)
            if each.day == TODAY
        ]


async def opened(pilot: Pilot[ExitState], key: str = "9") -> OwnScreen:
    await pilot.press(key)
    screen = pilot.app.screen
    assert isinstance(screen, OwnScreen)
    await until(pilot, lambda: screen.own is not None)
    await pilot.pause()
    return screen


async def test_goals_and_the_month_with_what_an_hour_brings(own_path: Path) -> None:
    app = SmmApp(services_on(own_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await shows(pilot, "Свои цели › ноябрь 2026", "Доход 120 000 ₽", "Регулярность")
        line = next(line for line in screen_lines(app) if "18 000 ₽" in line)
        for part in ("Кофейня «Зерно»", "27", "⚠90 % из 30", "667 ₽/ч"):
            assert part in line
        await shows(pilot, "всего", "99 000 ₽")


async def test_the_month_before_and_back(own_path: Path) -> None:
    app = SmmApp(services_on(own_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("pageup")
        await shows(pilot, "октябрь 2026", "9 000 ₽", "оговорено 30")
        await pilot.press("pageup")
        await shows(pilot, "сентябрь 2026")
        await pilot.press("pagedown", "pagedown")
        await shows(pilot, "ноябрь 2026", "18 000 ₽")
        await pilot.press("pagedown")
        await shows(pilot, "Это последний месяц")


@pytest.mark.parametrize(
    ("typed", "logged"),
    [("15000", ("income", 15_000.0)), ("2,5", ("hours", 2.5)), ("90 мин", ("hours", 1.5)),
     ("20 руб", ("income", 20.0))],
)  # fmt: skip
async def test_income_and_hours_are_logged_in_seconds(
    own_path: Path, typed: str, logged: tuple[str, float]
) -> None:
    app = SmmApp(services_on(own_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("+")
        await until(pilot, lambda: isinstance(app.screen, WorkForm) and app.screen.is_ready)
        await type_text(pilot, typed)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OwnScreen))
        await until(pilot, lambda: entries(own_path) == [logged])
        await pilot.press("u")
        await until(pilot, lambda: entries(own_path) == [])


async def test_a_figure_of_the_client_under_the_cursor(own_path: Path) -> None:
    app = SmmApp(services_on(own_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "ь")
        await pilot.press("tab")
        assert screen.list.has_focus
        await pilot.press("+")
        await until(pilot, lambda: isinstance(app.screen, WorkForm) and app.screen.is_ready)
        await type_text(pilot, "25:00")
        await shows(pilot, "В сутках не бывает 25")
        await pilot.press("ctrl+u")
        await type_text(pilot, "1:30")
        await pilot.press("enter")
        await until(pilot, lambda: ("hours", 1.5) in entries(own_path, ZERNO))
        await shows(pilot, "28,5")


async def test_enter_opens_the_goal_or_the_client(own_path: Path) -> None:
    app = SmmApp(services_on(own_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, GoalScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        screen.list.focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientScreen))


async def test_one_key_makes_a_place_for_own_goals(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with make_store(path) as store:
        add_client(store)
    app = SmmApp(services_on(path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await shows(pilot, "Раздела своих целей ещё нет: Enter — создать")
        await pilot.press("enter")
        await shows(pilot, "Своих целей ещё нет: n — добавить")
        with open_reader(path) as store:
            assert [client.name for client in store.clients() if client.kind is ClientKind.SELF] == ["Я"]
        assert "Регулярность" not in screen_text(app)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_looks(snap_compare: Compare, own_path: Path, lang: str, size: tuple[int, int]) -> None:
    async def own(pilot: Pilot[ExitState]) -> None:
        await opened(pilot)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(SmmApp(services_on(own_path, lang)), terminal_size=size, run_before=own)
