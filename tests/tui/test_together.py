"""Two dashboards on one store lose no edit; a held store is waited for; leaving waits for no reading."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest
from textual.message import Message

from goals.model import GoalId
from store.opening import open_reader
from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tui.app import SmmApp
from tui.jobs import start_job
from tui.screens.client_form import ClientForm
from tui.screens.goal_editor import GoalEditor

LEAVING = """
import sys, time
from pathlib import Path
from tests.support.dashboard import services_on
from tui.app import SmmApp
from tui.jobs import start_job

class Leaving(SmmApp):
    def on_ready(self):
        def work():
            if sys.argv[2] == "writes":
                time.sleep(0.5)
                print("WRITTEN", file=sys.__stderr__, flush=True)
                return
            time.sleep(60)
        start_job(self, work, group="x", description="x", writes=sys.argv[2] == "writes")
        self.set_timer(0.2, self.action_quit)

app = Leaving(services_on(Path(sys.argv[1])))
app.run(headless=True)
sys.exit(app.return_code)
"""


def names(path: Path) -> set[str]:
    with open_reader(path) as store:
        return {client.name for client in store.clients()}


async def add(pilot_app: SmmApp, pilot: object, name: str) -> None:
    from textual.pilot import Pilot

    assert isinstance(pilot, Pilot)
    await pilot.press("c")
    await until(pilot, lambda: isinstance(pilot_app.screen, ClientForm) and pilot_app.screen.is_ready)
    await type_text(pilot, name)
    await pilot.press("f2")


async def test_two_dashboards_show_each_others_edits(store_path: Path) -> None:
    one, two = SmmApp(services_on(store_path)), SmmApp(services_on(store_path, author="Пётр"))
    async with one.run_test(size=(80, 24)) as first:
        await until(first, lambda: one.feed.is_watching)
        async with two.run_test(size=(80, 24)) as second:
            await until(second, lambda: two.feed.is_watching)
            await add(two, second, "Вторая")
            await until(second, lambda: "Вторая" in screen_text(two))
        await until(first, lambda: "Вторая" in screen_text(one))
        await add(one, first, "Первая")
        await until(first, lambda: "Первая" in screen_text(one))
    assert {"Первая", "Вторая"} <= names(store_path)


async def test_what_is_typed_stays_while_another_commits(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, ClientForm) and app.screen.is_ready)
        await type_text(pilot, "Атель")
        before = app.board
        with services_on(store_path).open_writer() as store:
            store.set_baseline(GoalId(2), 4_700.0)
            from store.refresh import refresh_all
            from tests.support.store import NOW

            refresh_all(store, NOW)
        await until(pilot, lambda: app.board is not before)
        await type_text(pilot, "е")
        assert isinstance(app.screen, ClientForm)
        assert app.screen.value("name") == "Ателье"


async def test_a_write_waits_for_a_held_store(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await app.workers.wait_for_complete()
        held, let_go = Event(), Event()

        def hold() -> None:
            holder = sqlite3.connect(store_path, isolation_level=None)
            holder.execute("BEGIN IMMEDIATE")
            held.set()
            let_go.wait(20)
            holder.execute("ROLLBACK")
            holder.close()

        holding = Thread(target=hold)
        holding.start()
        held.wait(20)
        await add(app, pilot, "Ателье")
        await pilot.press("n")
        await shows(pilot, "Сохраняю…")
        assert isinstance(app.screen, ClientForm)
        assert app.screen.value("name") == "Ателье"
        assert "Ателье" not in names(store_path)
        let_go.set()
        holding.join()
        await until(pilot, lambda: isinstance(app.screen, GoalEditor))
    assert "Ателье" in names(store_path)


@pytest.mark.parametrize(("kind", "written"), [("reads", False), ("writes", True)])
def test_leaving_waits_for_writing_only(store_path: Path, kind: str, written: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", LEAVING, str(store_path), kind],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=50,  # the reading takes 60 s
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert ("WRITTEN" in done.stderr) is written


class Came(Message):
    """A job's answer."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


async def test_only_the_newest_of_a_group_answers(store_path: Path) -> None:
    came: list[int] = []

    class Listening(SmmApp):
        def on_came(self, message: Came) -> None:
            came.append(message.number)

    app = Listening(services_on(store_path))
    async with app.run_test() as pilot:
        go = Event()

        def work(number: int) -> Message:
            go.wait(20)
            return Came(number)

        for number in range(20):
            start_job(app, lambda number=number: work(number), group="same", description="x")  # type: ignore[misc]
            await pilot.pause()
        go.set()
        await until(pilot, lambda: bool(came))
        await app.workers.wait_for_complete()
        assert came == [19]


async def test_a_failure_of_a_job_is_told(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:

        def work() -> Message | None:
            raise RuntimeError("сломалось [/x]")

        start_job(app, work, group="broken", description="x")
        await shows(pilot, "RuntimeError", "[/x]", "smm doctor")
