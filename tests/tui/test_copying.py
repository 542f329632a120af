"""A line about a goal or a client in the clipboard."""

from __future__ import annotations

from pathlib import Path

from goals.records import Material
from store.opening import open_writer
from tests.support.dashboard import services_on, shows, until
from tests.support.store import AUTHOR, NOW, days_ago
from tui.app import SmmApp


def ask_for_photos(path: Path) -> None:
    with open_writer(path) as writer:
        client = writer.clients()[0].id
        writer.add_material(Material(0, client, "фото партии", days_ago(5)), author=AUTHOR, now=NOW)


async def test_a_goal_is_copied_with_what_is_awaited(store_path: Path) -> None:
    ask_for_photos(store_path)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("down", "ч")
        await until(pilot, lambda: bool(app.clipboard))
        assert app.clipboard.replace("\xa0", " ") == (
            "Старая партия: 12 постов до 30.11: сделано 3/12, сегодня 2, отстаём 10 дней, "
            "ждём фото партии с 18.11"
        )
        await shows(pilot, "Скопировано: Старая партия")


async def test_a_client_is_copied_goal_by_goal(store_path: Path) -> None:
    app = SmmApp(services_on(store_path, "en"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("x")
        await until(pilot, lambda: bool(app.clipboard))
        first, *goals = app.clipboard.splitlines()
        assert first == "Кофейня «Зерно», Nov 23"
        assert len(goals) == 2
        assert all(line.startswith("• ") for line in goals)


async def test_the_language_changes_at_once(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await shows(pilot, "сделано")
        await pilot.press("L")
        await shows(pilot, "done", "Кофейня «Зерно»")
        await pilot.press("Д")
        await shows(pilot, "сделано")
