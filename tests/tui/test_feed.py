"""The dashboard follows what other processes write, and survives what the store may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from goals.model import ClientId
from store.changes import NewClient, UnitOutcome
from store.errors import StoreBusyError, StoreDamagedError
from store.opening import open_reader, open_writer
from store.refresh import refresh_accounts
from store.values import UnitStatus
from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tests.support.store import NOW, TODAY, days_ago, post
from tui.app import SmmApp
from tui.feed import POLL_SECONDS, read_board
from tui.screens.overview import OverviewScreen


def publish(path: Path, number: int) -> None:
    """Another process syncs: one more post about the old batch."""
    with open_writer(path) as store:
        account = next(a for a in store.accounts() if a.network == "vk")
        run = store.start_run(NOW)
        store.claim(run, [account.id])
        new = post(f"new{number}", days_ago(0), topics=("Старая партия",))
        store.commit_unit(UnitOutcome(account.id, UnitStatus.OK, NOW, posts=[new]), run)
        refresh_accounts(store, [account.id], NOW)


def shows_verdicts_of(app: SmmApp, path: Path, day: date) -> bool:
    """Whether every goal is judged on the day, and the board shows just that."""
    with open_reader(path) as store:
        waiting = store.not_judged_on({client.id: day for client in store.clients()})
        stored = set(store.board_rows())
    shown = {row for group in (app.board.groups if app.board else ()) for row in group.goals}
    return not waiting and shown == stored


async def test_another_process_commit_shows_at_the_next_look_and_the_cursor_stays(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "3/12")
        await until(pilot, lambda: app.feed.is_watching)
        await app.workers.wait_for_complete()
        screen = app.screen
        assert isinstance(screen, OverviewScreen)
        screen.list.move_to(1)
        goal = screen.list.current
        publish(store_path, 1)
        app.feed.poll()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "4/12" in screen_text(app)
        assert getattr(screen.list.current, "goal_id", 0) == getattr(goal, "goal_id", 1)


def test_the_store_is_looked_at_twice_a_second() -> None:
    assert POLL_SECONDS <= 0.5


async def test_a_commit_between_the_first_picture_and_the_first_look_is_not_missed(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    publish(store_path, 1)
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "4/12")


def test_only_the_clients_whose_goals_were_written_are_read_again(store_path: Path) -> None:
    services = services_on(store_path)
    before = read_board(services, None)
    publish(store_path, 1)
    after = read_board(services, before)
    kept = {group.client.name for group in after.groups if any(group is g for g in before.groups)}
    assert kept == {group.client.name for group in before.groups} - {"Кофейня «Зерно»"}
    assert after == read_board(services, None)


def test_a_client_added_and_one_put_away_are_seen(store_path: Path) -> None:
    services = services_on(store_path)
    before = read_board(services, None)
    with open_writer(store_path) as store:
        zerno = next(client for client in store.clients() if "Зерно" in client.name)
        store.update_client(replace(zerno, archived=True), author="Пётр", now=NOW)
        store.add_client(NewClient("Новый"), author="Пётр", now=NOW)
    gone = read_board(services, before)
    assert gone == read_board(services, None)
    assert "Новый" in {group.client.name for group in gone.groups}
    with open_writer(store_path) as store:
        zerno = next(client for client in store.clients(archived=True) if "Зерно" in client.name)
        store.update_client(replace(zerno, archived=False), author="Пётр", now=NOW)
    assert read_board(services, gone) == read_board(services, None)


async def test_the_goal_screen_follows_too(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter")
        await shows(pilot, "3 из 12")
        publish(store_path, 1)
        await shows(pilot, "4 из 12")


async def test_many_commits_do_not_keep_keys_waiting(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("/")
        for number, letter in enumerate("зерно"):
            publish(store_path, number)
            await type_text(pilot, letter)
        screen = app.screen
        assert isinstance(screen, OverviewScreen)
        await until(pilot, lambda: screen.list.view.words == ("зерно",))
        await shows(pilot, "8/12")


async def test_a_new_day_is_judged_anew(store_path: Path) -> None:
    clock = [NOW]
    app = SmmApp(services_on(store_path, now=lambda: clock[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "23 ноября")
        clock[0] = NOW + timedelta(days=1)
        await shows(pilot, "24 ноября")
        await until(pilot, lambda: shows_verdicts_of(app, store_path, TODAY + timedelta(days=1)))


async def test_the_age_of_the_figures_grows_by_itself(store_path: Path) -> None:
    clock = [NOW]
    app = SmmApp(services_on(store_path, now=lambda: clock[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        clock[0] = NOW + timedelta(minutes=40)
        await shows(pilot, "40 мин назад")


async def test_a_busy_store_at_the_start_is_no_trouble(store_path: Path) -> None:
    def writer() -> object:
        raise StoreBusyError(str(store_path))

    app = SmmApp(services_on(store_path, open_writer=writer))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await app.workers.wait_for_complete()
        await shows(pilot, "3/12")
        assert "занята" not in screen_text(app)


async def test_a_damaged_store_is_told_once_and_the_picture_stays(store_path: Path) -> None:
    services = services_on(store_path)
    broken: list[bool] = []

    def reader() -> object:
        if broken:
            raise StoreDamagedError(str(store_path))
        return services.open_reader()

    app = SmmApp(services_on(store_path, open_reader=reader))
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        broken.append(True)
        publish(store_path, 1)
        await shows(pilot, "База данных повреждена", "smm doctor", "3/12")


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (500, 200), (59, 14)])
async def test_any_size_and_back(store_path: Path, size: tuple[int, int]) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        if size == (59, 14):
            assert "Окно слишком мало: сейчас 59 × 14, нужно 60 × 15" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await shows(pilot, "Старая партия")
        screen = app.screen
        assert isinstance(screen, OverviewScreen)
        assert screen.list.cursor == 1


@pytest.mark.parametrize("size", [(1, 1), (20, 5)])
async def test_it_may_start_tiny(store_path: Path, size: tuple[int, int]) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await shows(pilot, "Старая партия")


HOSTILE = [
    "[/x]",
    "[red]x[/]",
    "[@click=app.quit]да[/]",
    "\x1b[31mred\x1b]52;c;aGk=\x07",
    "a\nb\u202ec",
    "👨‍👩‍👧 東京",
]


@pytest.mark.parametrize("name", HOSTILE)
async def test_names_are_shown_as_typed_and_obeyed_never(store_path: Path, name: str) -> None:
    with open_writer(store_path) as store:
        zerno = next(client for client in store.clients() if "Зерно" in client.name)
        store.add_client(NewClient(f"Клиент {name}"), author="Пётр", now=NOW)
        for account in store.accounts(ClientId(zerno.id)):
            store.update_account(replace(account, title=name), author="Пётр", now=NOW)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await shows(pilot, "Клиент ")
        await pilot.press("enter")
        await shows(pilot, "Аккаунты")
        text = screen_text(app)
        assert not any(ord(char) < 32 and char != "\n" for char in text)
        assert "\u202e" not in text
        if name.startswith("["):
            assert name in text
        await pilot.press("n")
        await shows(pilot, "Новая цель")
        await pilot.press("escape", "+")
        await shows(pilot, "Записать вручную")
