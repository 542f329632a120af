"""The month in which a day is chosen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.opening import open_writer
from tests.support.dashboard import services_on, shows, until
from tests.support.editor import say, zerno
from tests.support.store import TODAY
from tui.app import SmmApp
from tui.screens.date_picker import DatePicker
from tui.screens.goal_form import GoalForm
from wording.words import Words


async def test_the_deadline_is_chosen_in_the_clients_calendar(store_path: Path) -> None:
    with open_writer(store_path) as store:
        free, working = [date(2026, 12, 31)], [date(2026, 12, 26)]
        store.set_holidays(zerno(store_path), free=free, working=working, until=date(2027, 12, 31))
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await say(pilot, "+40 подписчиков в вк")
        await pilot.press("f3")
        await shows(pilot, "Ноябрь 2026", "[23 ]", "28·")
        await pilot.press("pagedown", "end")
        await shows(pilot, "Декабрь 2026", "[31×]", "26+", "31.12, чт", "39 дней, считая сегодня")
        await pilot.press("left", "enter")
        await shows(pilot, "ВК: +40 подписчиков, до 30.12, ср")
        await pilot.press("f3", "escape")
        await shows(pilot, "до 30.12, ср")


async def test_a_field_with_a_day_opens_the_calendar_and_a_click_takes_a_day(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("n", "tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        form = app.screen
        assert isinstance(form, GoalForm)
        form.fields["deadline"].widget.focus()
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, DatePicker))
        await pilot.click("#month", offset=(16, 6))
        await until(pilot, lambda: app.screen is form)
        assert form.value("deadline") == "03.12.2026"


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        (("l",), date(2026, 2, 1)),
        (("д",), date(2026, 2, 1)),
        (("pagedown",), date(2026, 2, 28)),
        (("pageup",), date(2025, 12, 31)),
        (("j", "k", "h"), date(2026, 1, 30)),
        (("down", "home"), TODAY),
        (("left", "end"), date(2026, 1, 31)),
    ],
)
async def test_days_are_gone_through(store_path: Path, keys: tuple[str, ...], day: date) -> None:
    from goals.workcalendar import EVERYDAY

    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        taken: list[date | None] = []
        app.push_screen(DatePicker(Words("ru"), TODAY, date(2026, 1, 31), EVERYDAY), taken.append)
        await pilot.pause()
        await pilot.press(*keys, "enter")
        assert taken == [day]
