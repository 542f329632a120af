"""The client and the goal screen, help and the palette."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.events import Key

from goals.model import Gap, GoalKind
from store.changes import UnitOutcome
from store.opening import open_writer
from store.refresh import refresh_goals
from store.values import UnitStatus
from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tests.support.store import AUTHOR, NOW, TODAY, days_ago
from tui.app import SmmApp
from tui.screens.client import ClientScreen
from tui.screens.goal import GoalScreen
from tui.screens.goal_form import GoalForm
from tui.screens.help import HelpScreen
from tui.screens.overview import OverviewScreen


async def test_the_goal_screen_tells_the_whole_story(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 45)) as pilot:
        await pilot.press("down", "enter")
        await shows(
            pilot,
            "Кофейня «Зерно» › Старая партия: 12 постов",
            "в плане пока нет",
            "на сегодня нужно",
            "3 из 12 · 25 %",
            "01.11 – 30.11",
            "с клиентом ещё не согласовано",
            "дорога к цели",
            "Что идёт в зачёт",
            "Пост 2",
        )


async def test_the_goal_screen_works_at_eighty_by_twenty_four(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter")
        await shows(pilot, "3 из 12", "дорога к цели")
        for _ in range(8):
            await pilot.press("о")
        await shows(pilot, "Пост 0")


async def test_a_change_of_the_goal_is_told_with_its_reason(store_path: Path) -> None:
    with open_writer(store_path) as store:
        goal = next(goal for goal in store.goals() if goal.topic)
        store.update_goal(
            replace(goal, amount=10.0), author=AUTHOR, now=NOW, why="клиент уменьшил партию", agreed_on=TODAY
        )
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("down", "enter")
        await shows(pilot, "Изменения", "клиент уменьшил партию", "согласовано 23.11", AUTHOR, "12 → 10")


async def test_from_a_goal_to_its_client(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter")
        await shows(pilot, "дорога к цели")
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, ClientScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))


async def test_a_goal_that_somebody_drops_meanwhile_closes_its_screen(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter")
        await shows(pilot, "дорога к цели")
        with open_writer(store_path) as store:
            goal = next(goal for goal in store.goals() if goal.topic)
            store.update_goal(replace(goal, dropped=True), author="Пётр", now=NOW, why="не нужна")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))


async def test_a_count_with_days_that_were_not_collected_is_told_as_at_least(store_path: Path) -> None:
    with open_writer(store_path) as store:
        account = next(account for account in store.accounts() if account.network == "vk")
        run = store.start_run(NOW)
        store.claim(run, [account.id])
        gaps = [Gap(account.id, "stories", days_ago(12), days_ago(11), "not_collected")]
        store.commit_unit(UnitOutcome(account.id, UnitStatus.OK, NOW, gaps=gaps), run)
        goal = next(goal for goal in store.goals() if goal.topic)
        changed = replace(goal, metric="stories", kind=GoalKind.TOTAL_IN_PERIOD)
        store.update_goal(changed, author="Пётр", now=NOW, why="истории")
        refresh_goals(store, [store.goal(goal.id)], NOW)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("down", "enter")
        await shows(pilot, "Не меньше 0: нет данных за 11–12 ноября")


async def test_the_client_screen(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("enter")
        await shows(
            pilot,
            "Старая партия",
            "Аккаунты",
            "12 мин назад",
            "ещё не читали",
            "→",
            "В плане на две недели",
            "Дегустация",
        )
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, GoalScreen))


@pytest.mark.parametrize("key", ["f1", "question_mark", "comma"])
async def test_help_begins_with_where_one_is(store_path: Path, key: str) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await shows(pilot, "В списке целей", "Прячет или показывает цели")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))


async def test_help_on_the_goal_screen(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("down", "enter")
        await shows(pilot, "дорога к цели")
        await pilot.press("f1")
        await shows(pilot, "На экране цели", "Открывает клиента этой цели")


@pytest.mark.parametrize("key", ["ctrl+p", "colon", "Ж"])
async def test_the_palette_runs_a_command_by_a_part_of_its_name(store_path: Path, key: str) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await type_text(pilot, "новый кли")
        await shows(pilot, "Добавляет клиента по имени")
        await pilot.press("down", "enter")
        await shows(pilot, "как вы называете клиента")


async def test_the_palette_reaches_the_list(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await type_text(pilot, "развернуть всё")
        await shows(pilot, "Показывает только клиентов")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await until(pilot, lambda: "Старая партия" not in screen_text(app))


async def test_the_palette_says_when_there_is_no_such_command(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await type_text(pilot, "xyz")
        await shows(pilot, "Такой команды нет")


async def test_ctrl_c_says_how_to_leave(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("ctrl+c")
        await shows(pilot, "Чтобы выйти, нажмите q")


async def test_keys_typed_ahead_go_where_they_were_meant(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in (".", "с", "в", "е", "ч", "а"):
            app.post_message(Key("full_stop" if key == "." else key, key))
        await shows(pilot, "1", "Свеча")
        screen = app.screen
        assert isinstance(screen, OverviewScreen)
        await until(pilot, lambda: screen.list.view.words == ("свеча",))
        for key in ("escape", "n", "tab", "tab", "tab", "tab", "7", "7"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        form = app.screen
        assert isinstance(form, GoalForm)
        await until(pilot, lambda: form.fields["amount"].value == "77")
