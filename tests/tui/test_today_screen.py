"""The list of today: what stands there, and what a tick does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from goals.model import AccountId, PostState
from goals.records import DoneMark
from store.changes import UnitOutcome
from store.opening import open_reader, open_writer
from store.values import TroubleRecord, UnitStatus
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, type_text, until
from tests.support.rhythm_day import ZERNO, fill_day, posts_of_today
from tests.support.store import NOW, TODAY, add_client, add_goal, make_store, post, sync_unit
from tui.app import SmmApp
from tui.screens.client import ClientScreen
from tui.screens.goal import GoalScreen
from tui.screens.log_form import LogForm
from tui.screens.publish_form import PublishForm
from tui.screens.today import TodayScreen
from tui.services import ExitState

Compare = Callable[..., bool]


@pytest.fixture
def day_path(store_path: Path) -> Path:
    """The filled store with a day of work."""
    fill_day(store_path)
    return store_path


async def opened(pilot: Pilot[ExitState], key: str = "1") -> TodayScreen:
    await pilot.press(key)
    screen = pilot.app.screen
    assert isinstance(screen, TodayScreen)
    await until(pilot, lambda: screen.today is not None)
    await pilot.pause()
    return screen


def go_to(screen: TodayScreen, words: str) -> None:
    place = next(n for n, row in enumerate(screen.list.rows) if words in f"{row.verb} {row.what}")
    screen.list.move_to(place)


async def test_the_most_urgent_comes_first_with_what_is_left(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        lines = screen_lines(app)
        assert "осталось" in lines[0]
        assert "▲ опубликовать 2 поста, план 0 · Старая партия: 12 постов" in lines[2]
        await shows(pilot, "☐ в плане", "Новинка недели", "☐ напомнить", "фото склада · ждём 5 дней")
        await shows(pilot, "Нужный темп", "ВК: +300 подписчиков — нужно")
        assert screen.selection().client_id == ZERNO


async def test_a_planned_piece_comes_out_with_its_link_and_back(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot)
        go_to(screen, "Новинка")
        await pilot.press("space")
        await until(pilot, lambda: isinstance(app.screen, PublishForm) and app.screen.is_ready)
        await pilot.press("ctrl+u")
        await type_text(pilot, "vk.com/1")
        await shows(pilot, "ссылка начинается с https://")
        await pilot.press("ctrl+u")
        await type_text(pilot, "https://vk.com/wall-1_9")
        await pilot.press("enter")
        await shows(pilot, "Вышло: пост", "✓ опубликовано")
        [out] = posts_of_today(day_path)
        assert (out.state, out.url, out.text) == (
            PostState.PUBLISHED, "https://vk.com/wall-1_9", "Новинка недели",
        )  # fmt: skip
        await pilot.press("u")
        await until(pilot, lambda: posts_of_today(day_path)[0].state is PostState.PLANNED)
        [back] = posts_of_today(day_path)
        assert (back.url, back.text) == ("https://vk.com/plan", "Новинка недели")
        await until(pilot, lambda: "✓ опубликовано" not in screen_text(app))


async def test_what_the_network_has_planned_is_left_to_it(day_path: Path) -> None:
    with open_writer(day_path) as store:
        planned = post("77", TODAY, state=PostState.PLANNED, text="Отложено в сети")
        sync_unit(store, AccountId(1), posts=[planned])
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        go_to(await opened(pilot), "Отложено")
        await pilot.press("space")
        await shows(pilot, "Соцсеть опубликует это сама")


async def test_a_material_is_asked_for_and_received(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot)
        assert screen.today is not None
        left = screen.today.left
        go_to(screen, "фото склада")
        await pilot.press("space")
        await shows(pilot, "Пришло: фото склада", "✓ получено")
        with open_reader(day_path) as store:
            [material] = store.materials(ZERNO, received=True)
        assert material.received_on == TODAY
        await until(pilot, lambda: screen.today is not None and screen.today.left == left - 1)
        await pilot.press("u")
        await until(pilot, lambda: screen.today is not None and screen.today.left == left)


async def test_content_of_a_goal_opens_the_form_that_logs_it(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "1")
        await pilot.press("space")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.is_ready)
        form = app.screen
        assert isinstance(form, LogForm)
        assert form.value("topic") == "Старая партия"
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))
        await shows(pilot, "✓ опубликовано")


async def test_enter_opens_the_cause(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, GoalScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))
        screen = app.screen
        assert isinstance(screen, TodayScreen)
        go_to(screen, "фото склада")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientScreen))


async def test_from_client_to_client_and_to_the_paces(day_path: Path) -> None:
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        first = screen.selection().client_id
        await pilot.press("ъ")
        assert screen.selection().client_id != first
        await pilot.press("х")
        assert screen.selection().client_id == first
        await pilot.press("tab")
        assert screen.paces.has_focus
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, GoalScreen))


async def test_a_check_in_and_an_account_without_a_token_open_their_screens(day_path: Path) -> None:
    with open_writer(day_path) as store:
        run = store.start_run(NOW)
        store.claim(run, [AccountId(2)])
        trouble = TroubleRecord("auth", "vk.token_invalid", facts={"network": "telegram", "token": "main"})
        unit = UnitOutcome(AccountId(2), UnitStatus.FAILED, NOW + timedelta(minutes=1), trouble=trouble)
        store.commit_unit(unit, run)
    app = SmmApp(services_on(day_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        go_to(screen, "сверка")
        await pilot.press("space")
        await until(pilot, lambda: type(app.screen).__name__ == "CheckInScreen")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        go_to(screen, "новый токен")
        await pilot.press("space")
        await until(pilot, lambda: type(app.screen).__name__ == "AccountsScreen")


async def test_what_leaves_no_trace_is_ticked_and_back_also_by_another_process(day_path: Path) -> None:
    with open_writer(day_path) as store:
        planned = post(None, TODAY + timedelta(days=1), state=PostState.PLANNED, text="На завтра")
        store.add_post(AccountId(1), planned, author="Мария", now=NOW)
    app = SmmApp(services_on(day_path))

    def ticks() -> list[DoneMark]:
        with open_reader(day_path) as store:
            return store.done_marks(ZERNO, TODAY)

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot)
        assert screen.today is not None
        left = screen.today.left
        go_to(screen, "На завтра")
        await pilot.press("space")
        await shows(pilot, "Подготовлено: Кофейня «Зерно»", "✓ подготовлено")
        await until(pilot, lambda: screen.today is not None and screen.today.left == left - 1)
        [tick] = ticks()
        assert (tick.kind, tick.day, tick.made_at) == ("prepare", TODAY + timedelta(days=1), NOW)
        await pilot.press("u")
        await until(pilot, lambda: "✓ подготовлено" not in screen_text(app))
        with open_writer(day_path) as store:
            store.add_done_mark(replace(tick, author="Ольга"))
        await until(pilot, lambda: "✓ подготовлено" in screen_text(app))
        go_to(screen, "На завтра")
        await shows(pilot, "Отмечено: Ольга · Space вернуть в дела")
        await pilot.press("space")
        await until(pilot, lambda: not ticks())
        await pilot.press("u")
        await until(pilot, lambda: [each.author for each in ticks()] == ["Ольга"])


async def test_an_empty_day_leads_on(tmp_path: Path) -> None:
    make_store(tmp_path / "empty.db").close()
    app = SmmApp(services_on(tmp_path / "empty.db"))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await shows(pilot, "Клиентов ещё нет: c — добавить")


async def test_a_client_without_goals_leads_on(tmp_path: Path) -> None:
    with make_store(tmp_path / "new.db") as store:
        add_client(store)
    app = SmmApp(services_on(tmp_path / "new.db"))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await shows(pilot, "Целей ещё нет: n — добавить")
    with open_writer(tmp_path / "new.db") as store:
        add_goal(store, ZERNO)
    app = SmmApp(services_on(tmp_path / "new.db"))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await shows(pilot, "На сегодня дел нет: 2 — все цели, s — обновить цифры")


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_looks(snap_compare: Compare, day_path: Path, lang: str, size: tuple[int, int]) -> None:
    async def today(pilot: Pilot[ExitState]) -> None:
        await opened(pilot)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(SmmApp(services_on(day_path, lang)), terminal_size=size, run_before=today)
