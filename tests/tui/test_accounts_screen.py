"""Accounts and updates: what is said of each account, updates of all or a part, adding, removing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from cli.commands.dashboard import run_command, scope_options
from goals.model import AccountId
from store.changes import UnitOutcome
from store.opening import open_reader, open_writer
from store.values import RunStatus, UnitStatus
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, type_text, until
from tests.support.store import NOW, add_account, filled_copy, make_store
from tests.support.warnings import REFUSED, fill_warnings
from tests.tui.test_sync import FakeSync, step
from tui.accounts.lines import AccountRow
from tui.app import SmmApp
from tui.screens.account_changes import RemoveAccountForm, RenameAccountForm
from tui.screens.account_form import AccountForm
from tui.screens.accounts import AccountsScreen
from tui.screens.client import ClientScreen
from tui.screens.overview import OverviewScreen
from tui.services import EVERYTHING, Ran, SyncScope

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from textual.pilot import Pilot

    from tui.services import ExitState

Compare = Callable[..., bool]


class FakeCommand:
    """A program that adds what it is told to, as `smm account add` answers."""

    def __init__(self, path: Path, refusal: str = "") -> None:
        self.path = path
        self.refusal = refusal
        self.asked: list[tuple[str, ...]] = []

    async def __call__(self, *arguments: str) -> Ran:
        self.asked.append(arguments)
        if self.refusal:
            return Ran(1, "", self.refusal)
        with open_writer(self.path) as store:
            client = next(c for c in store.clients() if f"--client={c.name}" in arguments)
            number = add_account(store, client.id, "zerno_new", network="telegram")
        answer = {"id": number, "network": "telegram", "handle": "zerno_new", "title": "Зерно"}
        return Ran(0, json.dumps(answer), "Получено: 3 записи с 22.11")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of which several rules have something to say."""
    return filled_copy(tmp_path / "smm.db", fill_warnings)


@asynccontextmanager
async def opened(path: Path, key: str = "8", **more: object) -> AsyncGenerator[Pilot[ExitState]]:
    app = SmmApp(services_on(path, "ru", **more))
    async with app.run_test(size=(110, 32), notifications=True) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, AccountsScreen) and bool(app.screen.list.rows))
        yield pilot


def screen(pilot: Pilot[ExitState]) -> AccountsScreen:
    assert isinstance(pilot.app.screen, AccountsScreen), pilot.app.screen
    return pilot.app.screen


def to_account(pilot: Pilot[ExitState], name: str) -> AccountId:
    """Put the cursor on an account by what the list calls it."""
    here = screen(pilot)
    key = next(row.key for row in here.list.rows if isinstance(row, AccountRow) and row.name == name)
    assert here.list.move_to_key(key)
    return key


def handles(path: Path) -> set[str]:
    with open_reader(path) as reader:
        return {account.handle for account in reader.accounts()}


async def test_each_account_says_how_fresh_it_is_and_what_to_do(path: Path) -> None:
    async with opened(path, "Ы", network_tokens={"vk": ("main-key",)}) as pilot:
        await shows(pilot, "Студия «Рассвет»", "▲ не прочитан", "✓ прочитан", "Последние обновления")
        to_account(pilot, "rassvet")
        await shows(pilot, "→ ", "smm token replace", "свои: vk-main; сети: main-key")
        to_account(pilot, "zerno_tg")
        await shows(pilot, "Telegram не отвечает", "в настройках нет")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ClientScreen))


async def test_all_one_or_a_client_is_updated_here_and_stopped(path: Path) -> None:
    fake = FakeSync()
    async with opened(path, sync=fake) as pilot:
        number = to_account(pilot, "rassvet")
        await pilot.press("щ")
        await shows(pilot, "начинаю…", "x остановить")
        assert fake.scope == SyncScope(account=number)
        await pilot.press("s")
        await shows(pilot, "Обновление уже идёт")
        assert fake.runs == 1
        await pilot.press("x")
        await shows(pilot, "Остановлено")
        assert fake.closed
        await pilot.press("x")
        await shows(pilot, "Отсюда сейчас ничего не обновляется")
        await pilot.press("O")
        await until(pilot, lambda: fake.runs == 2)
        assert fake.scope == SyncScope(client="Студия «Рассвет»")
        fake.events.put_nowait({"event": "exit", "code": 0, "message": ""})
        await shows(pilot, "Все данные свежие")
        await pilot.press("s")
        await until(pilot, lambda: fake.runs == 3)
        assert fake.scope == EVERYTHING


async def test_a_running_update_is_drawn_for_all_and_by_network(path: Path) -> None:
    fake = FakeSync()
    with open_writer(path) as store:
        run = store.start_run(NOW)
        telegram = next(account for account in store.accounts() if account.network == "telegram")
        store.claim(run, [telegram.id])
        store.commit_unit(UnitOutcome(telegram.id, UnitStatus.FAILED, NOW, trouble=REFUSED), run)
    async with opened(path, sync=fake) as pilot:
        await pilot.press("s")
        fake.events.put_nowait(step(10))
        await shows(pilot, "10/40", "осталось 2 мин", "Telegram ██████████ 1/1", "ВК ░░░░░░░░░░ 0/3")
        with open_writer(path) as store:
            store.finish_run(run, RunStatus.FAILED, 1, NOW)
        fake.events.put_nowait({"event": "exit", "code": 3, "message": ""})
        await shows(pilot, "прочитать удалось не всё")


async def test_a_link_is_checked_before_anything_is_asked(path: Path) -> None:
    fake = FakeCommand(path)
    async with opened(path, command=fake) as pilot:
        to_account(pilot, "zerno_tg")
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountForm) and pilot.app.screen.is_ready)
        form = pilot.app.screen
        assert isinstance(form, AccountForm)
        link = form.query_one("#field-link Input", Input)
        for typed, told in (
            ("https://example.com/x", "→"),
            ("t.me/zerno_tg", "уже есть"),
            ("vk.com/zerno_two", "нужен токен"),
            ("t.me/zerno_new", "токен не нужен"),
        ):
            link.value = typed
            if told != "→":
                await shows(pilot, told)
            else:
                await until(pilot, lambda: form.fields["link"].is_wrong)
        assert not fake.asked
        link.value = "zerno_bare"
        await until(pilot, lambda: form.fields["network"].display)
        link.value = "t.me/zerno_new"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountsScreen))
        assert fake.asked == [
            ("account", "add", "--client=Кофейня «Зерно»", "--json", "--", "t.me/zerno_new")
        ]
        await shows(pilot, "Добавлено: Telegram Зерно", "3 записи")
        assert "zerno_new" in handles(path)
        await pilot.press("u")
        await until(pilot, lambda: "zerno_new" not in handles(path))


async def test_a_refusal_is_told_in_the_form_and_the_link_stays(path: Path) -> None:
    fake = FakeCommand(path, "Канала нет. Аккаунт не добавлен\n→ Проверьте ссылку")
    async with opened(path, command=fake) as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountForm) and pilot.app.screen.is_ready)
        await type_text(pilot, "@nobody_here")
        await pilot.press("enter")
        await shows(pilot, "Канала нет", "→ Проверьте ссылку", "@nobody_here")
        await type_text(pilot, "x")  # it takes edits again
        await shows(pilot, "@nobody_herex")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountsScreen))


async def test_an_account_is_put_away_after_a_question_and_comes_back(path: Path) -> None:
    async with opened(path) as pilot:
        to_account(pilot, "rassvet")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, RemoveAccountForm))
        await shows(pilot, "больше не читается", "Его считает 1 цель", "Enter убрать")
        await pilot.press("enter")
        await until(pilot, lambda: "rassvet" not in handles(path))
        await shows(pilot, "История осталась")
        await pilot.press("u")
        await until(pilot, lambda: "rassvet" in handles(path))


async def test_only_what_no_network_names_is_renamed(path: Path) -> None:
    with open_writer(path) as store:
        client = next(client for client in store.clients() if "Зерно" in client.name)
        add_account(store, client.id, "zerno_insta", network="instagram")
    async with opened(path) as pilot:
        to_account(pilot, "rassvet")
        await pilot.press("e")
        await shows(pilot, "Название даёт сама сеть")
        to_account(pilot, "zerno_insta")
        await pilot.press("e")
        await until(
            pilot, lambda: isinstance(pilot.app.screen, RenameAccountForm) and pilot.app.screen.is_ready
        )
        pilot.app.screen.query_one("#field-title Input", Input).value = "Зерно в фото"
        await pilot.press("enter")
        await shows(pilot, "Переименовано: Зерно в фото")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountsScreen))
        await pilot.press("u")
        await until(pilot, lambda: "Зерно в фото" not in "".join(screen_lines(pilot.app)[:20]))


async def test_from_a_client_only_its_accounts_are_shown(path: Path) -> None:
    app = SmmApp(services_on(path))
    async with app.run_test(size=(110, 32)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen) and app.feed.is_watching)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientScreen))
        await pilot.press("8")
        await until(pilot, lambda: isinstance(app.screen, AccountsScreen) and bool(app.screen.list.rows))
        shown = len(screen(pilot).list.rows)
        await pilot.press("A")
        await until(pilot, lambda: len(screen(pilot).list.rows) > shown)


async def test_without_clients_there_is_a_next_step(tmp_path: Path) -> None:
    path = tmp_path / "bare.db"
    make_store(path).close()
    app = SmmApp(services_on(path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("8")
        await shows(pilot, "0 аккаунтов")
        for key in ("o", "O", "e", "d", "enter"):
            await pilot.press(key)
        assert isinstance(app.screen, AccountsScreen), screen_text(app)


@pytest.mark.parametrize(
    ("scope", "options"),
    [
        (EVERYTHING, []),
        (SyncScope(client="Зерно"), ["--client=Зерно"]),
        (SyncScope(account=AccountId(7)), ["--account=#7"]),
    ],
)
def test_what_the_sync_is_told(scope: SyncScope, options: list[str]) -> None:
    assert scope_options(scope) == options


async def test_a_command_answers_and_says() -> None:
    code = "import sys; print('{}'); sys.stderr.write('плохо\\n'); sys.exit(3)"
    assert await run_command([sys.executable, "-X", "utf8", "-c", code]) == Ran(3, "{}", "плохо")


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_looks(snap_compare: Compare, path: Path, size: tuple[int, int], lang: str) -> None:
    async def shown(pilot: Pilot[ExitState]) -> None:
        app = pilot.app
        assert isinstance(app, SmmApp)
        await until(pilot, lambda: app.feed.is_watching)
        await pilot.press("8")
        await until(pilot, lambda: isinstance(app.screen, AccountsScreen) and bool(app.screen.list.rows))
        to_account(pilot, "rassvet")
        await shows(pilot, "smm token replace")
        await app.workers.wait_for_complete()
        await pilot.pause()

    services = services_on(path, lang)
    assert snap_compare(SmmApp(services), terminal_size=size, run_before=shown)
