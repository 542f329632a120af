"""The check-in: answers one after another, each kept at once; the rest with one key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from goals.model import GoalId
from goals.records import CheckIn, Confidence
from store.opening import open_reader, open_writer
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, type_text, until
from tests.support.rhythm_day import ME, fill_day
from tests.support.store import AUTHOR, NOW, TODAY, days_ago, make_store
from tui.app import SmmApp
from tui.screens.checkin import CheckInScreen
from tui.screens.overview import OverviewScreen
from tui.services import ExitState

Compare = Callable[..., bool]


@pytest.fixture
def day_path(store_path: Path) -> Path:
    """The filled store with a manager, and with two check-ins of the first goal, the second less sure."""
    fill_day(store_path)
    said = [
        CheckIn(0, GoalId(1), days_ago(14), NOW, AUTHOR, Confidence.ON_TRACK),
        CheckIn(0, GoalId(1), days_ago(7), NOW, AUTHOR, Confidence.RISK, "ждём фото"),
    ]
    with open_writer(store_path) as store:
        store.add_check_ins(said)
    return store_path


def said_today(path: Path) -> dict[int, tuple[Confidence, str, bool]]:
    with open_reader(path) as store:
        found = store.check_ins(None, TODAY)
    return {int(each.goal_id): (each.confidence, each.why, each.by_rule) for each in found}


async def opened(pilot: Pilot[ExitState], key: str = "6") -> CheckInScreen:
    await pilot.press(key)
    screen = pilot.app.screen
    assert isinstance(screen, CheckInScreen)
    await until(pilot, lambda: screen.goals is not None)
    await pilot.pause()
    return screen


async def test_one_goal_after_another(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert "0 из 3" in screen_lines(app)[0]
        await shows(
            pilot,
            "Старая партия: 12 постов",
            "16.11 под угрозой: ждём фото",
            "▸r под угрозой",
            "o по плану",
            "b срывается",
            "l позже",
        )
        await pilot.press("r")
        await shows(pilot, "Enter — как в прошлый раз: ждём фото")
        await pilot.press("enter")
        await until(pilot, lambda: said_today(day_path) == {1: (Confidence.RISK, "ждём фото", False)})
        await until(pilot, lambda: "1 из 3" in screen_lines(app)[0])
        assert screen.selection().goal is not None
        assert screen.selection().goal.goal_id == 2  # type: ignore[union-attr]
        await pilot.press("щ", "enter", "b")
        await type_text(pilot, "нет заказов")
        await pilot.press("enter")
        await shows(pilot, "3 из 3", "Ответы есть по всем целям")
        assert said_today(day_path)[2] == (Confidence.ON_TRACK, "", False)
        assert (Confidence.OFF, "нет заказов", False) in said_today(day_path).values()


async def test_a_risk_needs_a_word_and_escape_leaves_the_question(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot)
        await pilot.press("b", "enter")
        await shows(pilot, "Хватит одной строки")
        assert said_today(day_path) == {}
        await pilot.press("escape")
        await until(pilot, lambda: screen.list.has_focus and screen.chosen is None)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))


async def test_two_falls_running_are_told(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("b")
        await type_text(pilot, "фото не будет")
        await pilot.press("enter")
        await shows(pilot, "второй раз", "⚠ срывается")


async def test_an_answer_is_changed_and_taken_back(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("o", "enter")
        await until(pilot, lambda: 1 in said_today(day_path))
        await shows(pilot, "1 из 3")
        await pilot.press("g", "к", "enter")
        await until(pilot, lambda: said_today(day_path)[1][0] is Confidence.RISK)
        await shows(pilot, "1 из 3")
        await pilot.press("u")
        await until(pilot, lambda: said_today(day_path)[1][0] is Confidence.ON_TRACK)
        await pilot.press("u")
        await until(pilot, lambda: said_today(day_path) == {})
        await shows(pilot, "0 из 3")


async def test_later_goes_on_without_an_answer(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "н")
        first = screen.list.current
        await pilot.press("l")
        assert screen.list.current != first
        assert said_today(day_path) == {}


async def test_the_rest_is_confirmed_with_one_key(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        await shows(pilot, "идут по плану: Space подтвердить")
        await pilot.press("space")
        await shows(pilot, "остальные подтверждены")
        sure = said_today(day_path)
        assert sure
        assert all(by_rule for _, _, by_rule in sure.values())
        await pilot.press("space")
        await shows(pilot, "Подтверждать больше нечего")
        await pilot.press("u")
        await until(pilot, lambda: said_today(day_path) == {})


async def test_only_the_clients_of_a_manager(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("f")
        await shows(pilot, "Сверка › Анна › 0 из 2")
        assert all(goal.client.id != ME for goal in screen.asked())
        await pilot.press("а")
        await shows(pilot, "Сверка › 0 из 3")


async def test_without_goals_it_leads_on(tmp_path: Path) -> None:
    make_store(tmp_path / "empty.db").close()
    app = SmmApp(services_on(tmp_path / "empty.db"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        await shows(pilot, "Целей ещё нет: n — добавить")
        await pilot.press("f")
        await shows(pilot, "Менеджеров у клиентов нет")
        assert "1 из" not in screen_text(app)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_looks(snap_compare: Compare, day_path: Path, lang: str, size: tuple[int, int]) -> None:
    async def check_in(pilot: Pilot[ExitState]) -> None:
        await opened(pilot)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(SmmApp(services_on(day_path, lang)), terminal_size=size, run_before=check_in)
