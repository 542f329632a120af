"""The store's file is replaced or deleted while the dashboard shows it."""

from __future__ import annotations

from pathlib import Path

from store.changes import NewClient
from store.opening import open_reader, open_writer
from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tests.support.store import NOW, make_store
from tui.app import SmmApp
from tui.screens.form import FormScreen
from tui.screens.overview import OverviewScreen


def swap(path: Path) -> None:
    """Another store takes the place of the one at `path`."""
    other = path.with_name("other.db")
    with make_store(other) as store:
        store.add_client(NewClient("Пекарня"), author="Пётр", now=NOW)
    other.replace(path)
    for rest in ("-wal", "-shm"):
        path.with_name(path.name + rest).unlink(missing_ok=True)


def remove(path: Path) -> None:
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


async def test_a_replaced_store_is_shown_at_once(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await shows(pilot, "Зерно")
        swap(store_path)
        await until(pilot, lambda: "Пекарня" in screen_text(app) and "Зерно" not in screen_text(app))
        with open_writer(store_path) as store:
            store.add_client(NewClient("Аптека"), author="Пётр", now=NOW)
        await shows(pilot, "Аптека")


async def test_a_form_opened_on_another_store_saves_nothing(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.is_ready)
        await type_text(pilot, "Цветы")
        swap(store_path)
        await pilot.press("f2")
        await shows(pilot, "заменили", "ничего не сохранено")
    with open_reader(store_path) as store:
        assert [client.name for client in store.clients()] == ["Пекарня"]


async def test_a_deleted_store_is_told_once_at_the_next_look_and_nothing_is_written(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await app.workers.wait_for_complete()
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.is_ready)
        await type_text(pilot, "Цветы")
        remove(store_path)
        for _ in range(3):
            app.feed.poll()
            app.feed.reload()
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert screen_text(app).count("База данных исчезла") == 1
        await pilot.press("f2")
        await until(pilot, lambda: screen_text(app).count("База данных исчезла") == 2)
        assert isinstance(app.screen, FormScreen)
    assert not list(store_path.parent.glob("smm.db*"))


async def test_a_store_that_comes_back_is_shown_again(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        remove(store_path)
        await shows(pilot, "База данных исчезла")
        swap(store_path)
        await shows(pilot, "Пекарня")
        assert isinstance(app.screen, OverviewScreen)
