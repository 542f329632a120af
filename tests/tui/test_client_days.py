"""The day is the client's: forms, screens and verdicts go by it, not by the specialist's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from goals.model import ClientId, GoalKind
from goals.records import Entry
from store.changes import NewClient
from store.errors import StoreBusyError
from store.opening import open_reader, open_writer
from store.refresh import refresh_all
from tests.support.dashboard import screen_text, services_on, shows, until
from tests.support.store import AUTHOR, add_goal, make_store
from tui.app import SmmApp
from tui.client.details import read_client
from tui.goal.details import read_goal
from tui.screens.form import FormScreen
from tui.screens.goal_form import GoalForm, read_form_facts
from tui.screens.log_form import LogForm
from wording.words import Words

#: In Moscow it is the evening of Monday the 23rd, in Vladivostok the morning of the 24th.
EVENING = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
YESTERDAY, TODAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def far_east(tmp_path: Path) -> Path:
    """A store with one client in Vladivostok and its one goal."""
    path = tmp_path / "far.db"
    with make_store(path) as store:
        new = NewClient("Порт", timezone="Asia/Vladivostok")
        client = store.add_client(new, author=AUTHOR, now=EVENING)
        span = {"start": date(2026, 11, 1), "deadline": date(2026, 11, 30)}
        add_goal(store, client, "income", GoalKind.TOTAL_IN_PERIOD, 100.0, **span)
        store.log_entry(Entry(0, client, "income", date(2026, 11, 10), 5.0, "", AUTHOR, EVENING))
        refresh_all(store, EVENING)
    return path


def judged_on(path: Path, day: date) -> bool:
    with open_reader(path) as store:
        return not store.not_judged_on({client.id: day for client in store.clients()})


def test_a_form_takes_the_clients_day(far_east: Path) -> None:
    services = services_on(far_east, now=lambda: EVENING)
    with open_reader(far_east) as store:
        (client,) = store.clients()
        facts = read_form_facts(store, client.id, None)
    assert GoalForm(services, facts, client.id).today == TODAY
    assert LogForm(services, facts, client.id, None).today == TODAY


async def test_a_figure_may_be_logged_for_the_clients_today(far_east: Path) -> None:
    app = SmmApp(services_on(far_east, now=lambda: EVENING))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "+")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.is_ready)
        form = app.screen
        assert isinstance(form, FormScreen)
        assert form.fields["day"].value == "24.11.2026"
        form.fields["amount"].widget.value = "7"
        await pilot.pause()
        await pilot.press("f2")
        await until(pilot, lambda: not isinstance(app.screen, FormScreen))
    with open_reader(far_east) as store:
        assert [entry.day for entry in store.entries(ClientId(1), "income")] == [date(2026, 11, 10), TODAY]


def test_the_screens_of_a_goal_and_a_client_read_the_clients_day(far_east: Path) -> None:
    with open_reader(far_east) as store:
        (client,), (goal,) = store.clients(), store.goals()
        assert read_goal(Words("ru"), store, goal.id, EVENING).today == TODAY
        assert read_client(Words("ru"), store, client, EVENING).today == TODAY


async def test_the_sentence_under_the_list_counts_the_clients_days(far_east: Path) -> None:
    app = SmmApp(services_on(far_east, now=lambda: EVENING))
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("down")
        await shows(pilot, "осталось 7 дней, считая сегодня")


async def test_verdicts_come_when_the_day_of_any_client_changes(far_east: Path) -> None:
    clock = [EVENING - timedelta(hours=5)]
    with open_writer(far_east) as store:
        refresh_all(store, clock[0])
    app = SmmApp(services_on(far_east, now=lambda: clock[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert judged_on(far_east, YESTERDAY)
        clock[0] = EVENING
        await until(pilot, lambda: judged_on(far_east, TODAY))
        assert "23 ноября" in screen_text(app)


async def test_verdicts_that_a_busy_store_refused_are_asked_for_again(far_east: Path) -> None:
    clock, busy = [EVENING + timedelta(days=1)], [True]

    def writer() -> object:
        if busy:
            raise StoreBusyError(str(far_east))
        return open_writer(far_east)

    app = SmmApp(services_on(far_east, now=lambda: clock[0], open_writer=writer))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await app.workers.wait_for_complete()
        assert not judged_on(far_east, TODAY + timedelta(days=1))
        busy.clear()
        clock[0] += timedelta(minutes=1)
        await until(pilot, lambda: judged_on(far_east, TODAY + timedelta(days=1)))
