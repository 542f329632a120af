"""Forms: what is typed becomes a goal; nothing typed is ever lost."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Select

from goals.model import Goal, GoalKind, Period
from store.changes import NewClient
from store.errors import StoreBusyError
from store.opening import open_reader, open_writer
from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tests.support.store import AUTHOR, NOW, TODAY, add_account
from tui.app import SmmApp
from tui.screens.form import FormScreen
from tui.screens.goal_form import GoalForm
from tui.screens.overview import OverviewScreen


def goals(path: Path) -> list[Goal]:
    with open_reader(path) as store:
        return store.goals(dropped=True)


def form(app: SmmApp) -> FormScreen:
    assert isinstance(app.screen, FormScreen)
    return app.screen


def put(app: SmmApp, name: str, value: str) -> None:
    widget = form(app).fields[name].widget
    if isinstance(widget, Select):
        widget.value = value
    else:
        widget.value = value


@pytest.mark.parametrize("key", ["n", "т"])
async def test_a_new_goal(store_path: Path, key: str) -> None:
    before = goals(store_path)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press(key, "tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        form(app).fields["amount"].widget.focus()
        await type_text(pilot, "+1,5 тыс")
        form(app).fields["deadline"].widget.focus()
        await type_text(pilot, "31.12")
        await shows(pilot, "+1 500 подписчиков", "39 дней")
        await pilot.press("enter")
        await shows(pilot, "Сохранено:")
        assert isinstance(app.screen, OverviewScreen)
        await shows(pilot, "+1 500 подп")
    [new] = [goal for goal in goals(store_path) if goal.id not in {old.id for old in before}]
    assert (new.metric, new.kind, new.amount) == ("audience", GoalKind.GAIN, 1500.0)
    assert (new.start, new.deadline, new.author) == (TODAY, date(2026, 12, 31), AUTHOR)
    assert new.baseline is not None


async def test_the_form_calls_a_goal_as_the_list_does(store_path: Path) -> None:
    with open_writer(store_path) as store:
        client = next(client for client in store.clients() if client.name == "Кофейня «Зерно»")
        add_account(store, client.id, "zerno_second", network_id="79")
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("n", "tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        put(app, "amount", "700")
        put(app, "deadline", "31.12")
        form(app).fields["amount"].widget.focus()
        await shows(pilot, "zerno: +700 подписчиков до 31.12")
        await pilot.press("enter")
        await shows(pilot, "Сохранено: zerno: +700", "zerno: +700 подп")


async def test_a_rate_needs_a_period_and_no_deadline(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("n", "tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        assert not form(app).fields["period"].display
        put(app, "metric", "stories")
        await pilot.pause()
        put(app, "kind", GoalKind.KEEP_RATE.value)
        put(app, "period", Period.WEEK.value)
        put(app, "amount", "3")
        await pilot.pause()
        assert form(app).fields["period"].display
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    goal = goals(store_path)[-1]
    assert (goal.metric, goal.kind, goal.period, goal.deadline) == (
        "stories", GoalKind.KEEP_RATE, Period.WEEK, None,
    )  # fmt: skip


async def test_problems_are_told_under_their_fields_and_saving_goes_to_the_first(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("n", "tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        assert "сколько? Например" not in screen_text(app)
        await pilot.press("f2")
        await shows(pilot, "сколько? Например", "до какого дня?")
        assert form(app).fields["amount"].widget.has_focus
        await type_text(pilot, "много")
        await shows(pilot, "нужно целое число")
        put(app, "deadline", "01.11.2026")
        await shows(pilot, "срок 01.11 раньше начала 23.11")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    assert len(goals(store_path)) == 5


async def test_a_manual_metric_has_no_account(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("n", "tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        put(app, "scope", "network:vk")
        put(app, "metric", "sales")
        await pilot.pause()
        assert not form(app).fields["scope"].display
        put(app, "kind", GoalKind.TOTAL_IN_PERIOD.value)
        put(app, "amount", "20")
        put(app, "deadline", "30.11")
        await pilot.pause()
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    goal = goals(store_path)[-1]
    assert (goal.metric, goal.network, goal.account_id) == ("sales", None, None)


async def edit_first_goal(app: SmmApp, pilot: object) -> None:
    from textual.pilot import Pilot

    assert isinstance(pilot, Pilot)
    await pilot.press("down", "e")
    await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)


async def test_an_edit_asks_why_and_whether_the_client_agreed(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await edit_first_goal(app, pilot)
        put(app, "amount", "10")
        await pilot.press("f2")
        await shows(pilot, "напишите почему")
        put(app, "why", "партия меньше")
        put(app, "agreed", "20.11")
        await pilot.pause()
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await shows(pilot, ": 10 пост")
    goal = next(goal for goal in goals(store_path) if goal.topic)
    with open_reader(store_path) as store:
        [revision] = store.revisions(goal.id)
    assert goal.amount == 10.0
    assert (revision.why, revision.agreed_on, revision.author) == (
        "партия меньше",
        date(2026, 11, 20),
        AUTHOR,
    )


async def test_an_edit_over_somebody_elses_keeps_what_was_typed(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await edit_first_goal(app, pilot)
        with open_writer(store_path) as store:
            goal = next(goal for goal in store.goals() if goal.topic)
            store.update_goal(replace(goal, amount=15.0), author="Пётр", now=NOW, why="иначе")
        put(app, "amount", "10")
        put(app, "why", "партия меньше")
        await pilot.pause()
        await pilot.press("f2")
        await shows(pilot, "Цель тем временем изменили (Пётр): число: 12 → 15", "Набранное вами")
        assert form(app).fields["amount"].value == "10"
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    goal = next(goal for goal in goals(store_path) if goal.topic)
    assert goal.amount == 10.0
    with open_reader(store_path) as store:
        assert [revision.author for revision in store.revisions(goal.id)] == ["Пётр", AUTHOR]


async def test_after_a_conflict_only_what_was_touched_here_is_written(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await edit_first_goal(app, pilot)
        agreed = date(2026, 11, 19)
        with open_writer(store_path) as store:
            goal = next(goal for goal in store.goals() if goal.topic)
            theirs = replace(goal, amount=15.0, network="vk", agreed_on=agreed)
            store.update_goal(theirs, author="Анна", now=NOW, why="иначе", agreed_on=agreed)
        put(app, "deadline", "20.12")
        put(app, "why", "позже")
        await pilot.pause()
        await pilot.press("f2")
        await shows(pilot, "изменили (Анна): ", "число: 12 → 15")
        assert form(app).fields["amount"].value == "15"
        assert form(app).fields["deadline"].value == "20.12"
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    goal = next(goal for goal in goals(store_path) if goal.topic)
    assert (goal.amount, goal.network, goal.agreed_on, goal.deadline) == (
        15.0, "vk", agreed, date(2026, 12, 20),
    )  # fmt: skip
    with open_reader(store_path) as store:
        [_, mine] = store.revisions(goal.id)
    assert list(mine.changes) == ["deadline"]


async def test_a_change_without_a_new_yes_does_not_deny_the_old_one(store_path: Path) -> None:
    with open_writer(store_path) as store:
        goal = next(goal for goal in store.goals() if goal.topic)
        agreed = date(2026, 11, 5)
        store.update_goal(replace(goal, agreed_on=agreed), author="Анна", now=NOW, agreed_on=agreed)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 40)) as pilot:
        await edit_first_goal(app, pilot)
        await shows(pilot, "правку одобрили", "сама цель согласована 05.11")
        put(app, "amount", "10")
        put(app, "why", "партия меньше")
        await pilot.pause()
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await pilot.press("enter")
        await shows(pilot, "цель смягчили 23.11 (12 → 10), согласия клиента пока нет")
    with open_reader(store_path) as store:
        assert [revision.agreed_on for revision in store.revisions(goal.id)] == [agreed, None]


async def test_dropping_a_goal_that_was_changed_meanwhile_is_asked_again(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "d")
        await shows(pilot, "уйдёт из списка")
        with open_writer(store_path) as store:
            goal = next(goal for goal in store.goals() if goal.topic)
            store.update_goal(replace(goal, amount=15.0), author="Пётр", now=NOW, why="иначе")
        await type_text(pilot, "передумали")
        await pilot.press("f2")
        await shows(pilot, "Пётр")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    goal = next(goal for goal in goals(store_path) if goal.topic)
    assert (goal.dropped, goal.amount) == (True, 15.0)


async def test_a_busy_store_keeps_what_was_typed(store_path: Path) -> None:
    busy = threading.Event()
    busy.set()

    def writer() -> object:
        if busy.is_set():
            raise StoreBusyError(str(store_path))
        return open_writer(store_path)

    app = SmmApp(services_on(store_path, open_writer=writer))
    async with app.run_test(size=(80, 30)) as pilot:
        await edit_first_goal(app, pilot)
        put(app, "amount", "10")
        put(app, "why", "партия меньше")
        await pilot.pause()
        await pilot.press("f2")
        await shows(pilot, "Ничего не потеряно")
        busy.clear()
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    assert next(goal for goal in goals(store_path) if goal.topic).amount == 10.0


async def test_a_commit_meanwhile_does_not_touch_what_is_being_typed(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("n", "tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        form(app).fields["amount"].widget.focus()
        await type_text(pilot, "12")
        before = app.board
        with open_writer(store_path) as store:
            store.add_client(NewClient("Новый"), author="Пётр", now=NOW)
        await until(pilot, lambda: app.board is not before)
        await type_text(pilot, "34")
        assert form(app).fields["amount"].value == "1234"
        assert form(app).fields["amount"].widget.has_focus


async def test_dropping_a_goal_asks_first(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("down", "d")
        await shows(pilot, "уйдёт из списка")
        await pilot.press("enter")
        await shows(pilot, "напишите почему")
        await type_text(pilot, "передумали")
        await pilot.press("enter")
        await shows(pilot, "Цель снята")
        await until(pilot, lambda: "Старая партия: 12" not in screen_text(app).split("Цель снята")[0])
    assert next(goal for goal in goals(store_path) if goal.topic).dropped


async def test_commands_on_goals_need_a_goal(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("e")
        await shows(pilot, "поставьте курсор на цель")
        assert isinstance(app.screen, OverviewScreen)


async def test_a_form_that_waits_for_another_process_says_so_and_saves_after_it(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.form._SLOW", 0.01)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await edit_first_goal(app, pilot)
        put(app, "amount", "10")
        put(app, "why", "партия меньше")
        await pilot.pause()
        with closing(sqlite3.connect(store_path)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("f2")
            await shows(pilot, "похоже, базу занял другой процесс. Ничего не потеряно")
            other.rollback()
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    assert next(goal for goal in goals(store_path) if goal.topic).amount == 10.0
