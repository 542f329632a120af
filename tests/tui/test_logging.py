"""A figure far beyond what there was is asked about before it is logged; hours are typed as on a clock."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.opening import open_reader
from tests.support.dashboard import services_on, shows, until
from tests.tui.test_forms import form, put
from tui.app import SmmApp
from tui.screens.log_form import LogForm
from tui.screens.overview import OverviewScreen
from tui.services import ExitState


def amounts(path: Path, metric: str) -> list[float]:
    with open_reader(path) as store:
        return [entry.amount for client in store.clients() for entry in store.entries(client.id, metric)]


async def opened(pilot: Pilot[ExitState], app: SmmApp, metric: str, amount: str) -> LogForm:
    """The form of the specialist, with the figure typed."""
    screen = app.screen
    assert isinstance(screen, OverviewScreen)
    own = next(i for i, line in enumerate(screen.list.lines) if getattr(line, "metric", "") == "income")
    screen.list.move_to(own)
    await pilot.press("+")
    await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.is_ready)
    await app.workers.wait_for_complete()
    await pilot.pause()
    put(app, "what", metric)
    await pilot.pause()
    put(app, "amount", amount)
    await pilot.pause()
    form(app).fields["amount"].widget.focus()
    assert isinstance(app.screen, LogForm)
    return app.screen


@pytest.mark.parametrize(
    ("metric", "amount", "question", "value"),
    [
        ("income", "9 000 000", "до сих пор", 9_000_000.0),
        ("sales", "2 000 000", "это очень много", 2_000_000.0),
    ],
)
async def test_an_absurd_figure_is_asked_about_once(
    store_path: Path, metric: str, amount: str, question: str, value: float
) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await opened(pilot, app, metric, amount)
        await pilot.press("enter")
        await shows(pilot, question, "ещё раз")
        assert value not in amounts(store_path, metric)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    assert value in amounts(store_path, metric)


async def test_another_absurd_figure_is_asked_about_again(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        screen = await opened(pilot, app, "income", "9 000 000")
        await pilot.press("enter")
        await shows(pilot, "ещё раз")
        put(app, "amount", "90 000 000")
        await pilot.pause()
        await pilot.press("enter")
        await shows(pilot, "ещё раз")
        assert app.screen is screen
    assert amounts(store_path, "income") == [81_000.0]


@pytest.mark.parametrize(("typed", "hours"), [("2:30", 2.5), ("2 ч 30 мин", 2.5), ("полтора часа", 1.5)])
async def test_hours_are_typed_as_people_say_them(store_path: Path, typed: str, hours: float) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await opened(pilot, app, "hours", typed)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    assert amounts(store_path, "hours") == [hours]


async def test_a_day_has_no_more_than_its_hours(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await opened(pilot, app, "hours", "25")
        await pilot.press("enter", "enter")
        await shows(pilot, "25")
        assert isinstance(app.screen, LogForm)
        await app.workers.wait_for_complete()
    assert amounts(store_path, "hours") == []
