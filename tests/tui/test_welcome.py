"""From nothing to a first client, account and goal, with a fake program and with the real one."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from cli.commands.dashboard import run_command
from goals.model import Account, AccountId, Client, ClientId, Exactness
from store.changes import UnitOutcome
from store.opening import open_reader, open_writer
from store.values import UnitStatus
from tests.fakes.telegram import Channel, Message, TelegramFake
from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tests.support.store import NOW, add_account, add_client, days_ago, make_store, reading
from tests.tui.test_accounts_screen import FakeCommand
from tui.app import SmmApp
from tui.screens.account_form import AccountForm
from tui.screens.client_form import ClientForm
from tui.screens.goal_editor import GoalEditor
from tui.screens.overview import OverviewScreen
from tui.services import Ran
from tui.widgets.welcome import Begun, Welcome, example_goal, read_begun
from wording.words import Words

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.services import CommandRunner, ExitState

Compare = Callable[..., bool]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A store with nothing in it."""
    path = tmp_path / "smm.db"
    make_store(path).close()
    return path


class FakeTelegram(FakeCommand):
    """A program that adds a channel and reads it at once."""

    async def __call__(self, *arguments: str) -> Ran:
        ran = await super().__call__(*arguments)
        with open_writer(self.path) as store:
            (account,) = store.accounts()
            run = store.start_run(NOW)
            store.claim(run, [account.id])
            figures = [reading(account.id, days_ago(0), 4_810.0)]
            store.commit_unit(UnitOutcome(account.id, UnitStatus.OK, NOW, figures), run)
        return ran


async def begin(path: Path, pilot: Pilot[ExitState], link: str) -> None:
    """Walk through the three steps with Enter alone, apart from what is typed."""
    app = pilot.app
    await shows(pilot, "▸ 1", "Enter: ", "smm demo")
    await until(pilot, lambda: isinstance(app.focused, Welcome))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ClientForm) and app.screen.is_ready)
    await type_text(pilot, "Кофейня Зерно")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    await shows(pilot, "✓ 1", "▸ 2", "Telegram читается без токена")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, AccountForm) and app.screen.is_ready)
    app.screen.query_one("#field-link Input", Input).value = link
    await shows(pilot, "токен не нужен")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, OverviewScreen), 30.0)
    await shows(pilot, "✓ 2", "4 810 подписчиков", "▸ 3", "+200 подписчиков в Telegram")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, GoalEditor))
    editor = app.screen
    assert isinstance(editor, GoalEditor)
    await until(pilot, lambda: bool(editor.goals))
    assert editor.line.value == "+200 подписчиков в Telegram к концу месяца"
    assert editor.said is not None
    assert (editor.said.draft.metric, editor.said.draft.amount) == ("audience", 200.0)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    await until(pilot, lambda: not app.screen.query(Welcome))
    await shows(pilot, "Telegram: +200")
    with open_reader(path) as store:
        (goal,) = store.goals()
        assert goal.baseline == 4_810.0


async def test_from_nothing_to_the_first_goal(empty: Path) -> None:
    command = FakeTelegram(empty)
    app = SmmApp(services_on(empty, command=command))
    async with app.run_test(size=(100, 30)) as pilot:
        await begin(empty, pilot, "https://t.me/zerno_new")
        assert len(command.asked) == 1


def real_command(path: Path, config: Path) -> CommandRunner:
    """The program itself, in a process of its own."""
    argv = [sys.executable, "-P", "-m", "cli", "--db", str(path), "--config", str(config)]

    async def run(*arguments: str) -> Ran:
        return await run_command([*argv, *arguments])

    return run


async def test_the_real_program_reads_the_channel(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMM_NOW", NOW.isoformat())
    config = tmp_path / "config.toml"
    with TelegramFake() as telegram:
        messages = [Message(n, NOW - timedelta(hours=20 - n), f"Пост {n}", views=10 * n) for n in (1, 2, 3)]
        telegram.add(Channel("zerno_cafe", "Зерно", 4_810, 100, messages))
        settings = f'[networks.telegram]\npreview_base_url = "{telegram.url}"\n'
        config.write_text(f'[general]\nlanguage = "ru"\n{settings}', encoding="utf-8")
        app = SmmApp(services_on(empty, command=real_command(empty, config)))
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await begin(empty, pilot, "@zerno_cafe")
    with open_reader(empty) as store:
        (account,) = store.accounts()
        assert (account.handle, account.title, account.last_ok_at) == ("zerno_cafe", "Зерно", NOW)


async def test_the_form_may_be_left_while_the_network_is_asked(empty: Path) -> None:
    gate = asyncio.Event()
    command = FakeTelegram(empty)

    async def slow(*arguments: str) -> Ran:
        await gate.wait()
        return await command(*arguments)

    with open_writer(empty) as store:
        add_client(store)
    app = SmmApp(services_on(empty, command=slow))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await shows(pilot, "▸ 2")
        await until(pilot, lambda: isinstance(app.focused, Welcome))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AccountForm) and app.screen.is_ready)
        app.screen.query_one("#field-link Input", Input).value = "t.me/zerno_new"
        await pilot.press("enter")
        await shows(pilot, "Спрашиваю: Telegram")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        gate.set()
        await shows(pilot, "Добавлено: Telegram Зерно", "✓ 2", "4 810 подписчиков")


@pytest.mark.parametrize(("exactness", "sign"), [(Exactness.ROUNDED, "≈\xa0"), (Exactness.EXACT, "")])
def test_a_rounded_figure_says_so(empty: Path, exactness: Exactness, sign: str) -> None:
    with open_writer(empty) as store:
        account = add_account(store, add_client(store), "zerno", network="telegram")
        run = store.start_run(NOW)
        store.claim(run, [account])
        figure = reading(account, days_ago(0), 12_300.0)._replace(exactness=exactness)
        store.commit_unit(UnitOutcome(account, UnitStatus.OK, NOW, [figure]), run)
    welcome = Welcome(services_on(empty))
    with open_reader(empty) as store:
        welcome.set_reactive(Welcome.begun, read_begun(store))
    assert welcome.account_text() == f"Telegram zerno: {sign}12\xa0300\xa0подписчиков"


CLIENT = Client(ClientId(1), "Зерно")
CHANNEL = Account(AccountId(1), ClientId(1), "telegram", "zerno")


@pytest.mark.parametrize(
    ("begun", "example"),
    [
        (Begun(), ""),
        (Begun(CLIENT), ""),
        (Begun(CLIENT, CHANNEL), "+10 подписчиков в Telegram к концу месяца"),
        (Begun(CLIENT, CHANNEL, 4_812), "+200 подписчиков в Telegram к концу месяца"),
        (Begun(CLIENT, CHANNEL, 90), "+10 подписчиков в Telegram к концу месяца"),
    ],
)
def test_the_example(begun: Begun, example: str) -> None:
    assert example_goal(Words("ru"), begun) == example


async def test_what_was_added_without_figures_says_so(empty: Path) -> None:
    with open_writer(empty) as store:
        add_account(store, add_client(store))
    app = SmmApp(services_on(empty))
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "цифр пока нет, s — обновить", "▸ 3")
        assert "4 812" not in screen_text(app)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_looks(snap_compare: Compare, empty: Path, size: tuple[int, int], lang: str) -> None:
    async def shown(pilot: Pilot[ExitState], app: SmmApp) -> None:
        await until(pilot, lambda: app.feed.is_watching and isinstance(app.focused, Welcome))
        await app.workers.wait_for_complete()
        await pilot.pause()

    app = SmmApp(services_on(empty, lang))
    assert snap_compare(app, terminal_size=size, run_before=partial(shown, app=app))
