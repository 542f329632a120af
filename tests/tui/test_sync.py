"""A sync started from the dashboard: its progress, its end, and being stopped."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from cli.commands.dashboard import run_sync
from store.changes import UnitOutcome
from store.opening import open_reader, open_writer
from store.values import TroubleRecord, UnitStatus
from tests.support.dashboard import screen_text, services_on, shows, until
from tests.support.store import NOW, add_account, days_ago, make_store, reading
from tui.accounts.running import AccountRun, NetworkRun, read_running, running_text
from tui.app import SmmApp
from tui.screens.overview import OverviewScreen
from tui.screens.sync import SyncScreen, progress_text
from tui.services import EVERYTHING, SyncScope
from tui.sync_state import Ending, SyncState, eta_text, short_text
from wording.words import Words

RU = Words("ru")


class FakeSync:
    """A run whose events come when the test says so."""

    def __init__(self) -> None:
        self.events: asyncio.Queue[Mapping[str, object]] = asyncio.Queue()
        self.runs = 0
        self.closed = False
        self.scope: SyncScope | None = None

    def __call__(self, scope: SyncScope = EVERYTHING) -> AsyncGenerator[Mapping[str, object], None]:
        self.runs += 1
        self.scope = scope
        return self._run()

    async def _run(self) -> AsyncGenerator[Mapping[str, object], None]:
        try:
            while True:
                event = await self.events.get()
                yield event
                if event["event"] == "exit":
                    return
        finally:
            self.closed = True


def step(done: int, **more: object) -> dict[str, object]:
    return {"event": "unit", "done": done, "total": 40, "unit": "ВК zerno", "eta_seconds": 90.0} | more


@pytest.fixture
def fake() -> FakeSync:
    return FakeSync()


def begin_run(path: Path) -> None:
    """A run half a minute old that has read one account of three and failed at another."""
    with open_writer(path) as store:
        known = {account.handle: account.id for account in store.accounts()}
        vk, telegram, candle = known["zerno"], known["zerno_tg"], known["svecha"]
        run = store.start_run(NOW - timedelta(seconds=30))
        store.claim(run, [vk, telegram, candle])
        figures = [reading(vk, days_ago(0), 5_100.0)]
        store.commit_unit(UnitOutcome(vk, UnitStatus.OK, NOW, figures), run)
        timeout = TroubleRecord("retry", "http.timeout", facts={"network": "telegram"})
        store.commit_unit(UnitOutcome(telegram, UnitStatus.FAILED, NOW, trouble=timeout), run)


def test_a_running_update_is_told_by_network_and_account(store_path: Path) -> None:
    begin_run(store_path)
    services = services_on(store_path)
    with open_reader(store_path) as store:
        networks = read_running(services, store, EVERYTHING)
        one = read_running(services, store, SyncScope(client="Мастерская «Свеча»"))
    assert [(each.network, each.done, len(each.accounts), each.left) for each in networks] == [
        ("telegram", 1, 1, 0.0),
        ("vk", 1, 2, 30.0),
    ]
    told = running_text(RU, networks, "*", 60).plain.replace("\xa0", " ").splitlines()
    assert told == [
        f"✓ Telegram      {'█' * 16} 1/1",
        f"  {'zerno_tg':<26}  ▲ не прочитан",
        f"* ВК            {'█' * 8}{'░' * 8} 1/2 · осталось 30 с",
        f"  {'svecha':<26}  · ждёт",
        f"  {'zerno':<26}  ✓ прочитан · 1 показатель",
    ]
    assert [[account.name for account in each.accounts] for each in one] == [["svecha"]]


def test_many_accounts_are_counted_and_no_run_shows_nothing(tmp_path: Path) -> None:
    with make_store(tmp_path / "empty.db") as store:
        assert read_running(services_on(tmp_path / "empty.db"), store, EVERYTHING) == ()
    many = NetworkRun("vk", tuple(AccountRun(f"vk_{n}", None) for n in range(9)), None)
    assert running_text(RU, (many,), "*", 60).plain.splitlines()[-1].strip() == "и ещё 4\xa0аккаунта"


@pytest.mark.parametrize("key", ["s", "ы"])
async def test_progress_is_live_and_the_end_is_a_sentence(store_path: Path, fake: FakeSync, key: str) -> None:
    begin_run(store_path)
    app = SmmApp(services_on(store_path, sync=fake))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await shows(pilot, "Обновление данных", "начинаю…")
        fake.events.put_nowait(step(10))
        await shows(pilot, "██████████░", "10/40", "ВК zerno", "осталось 2 мин")
        await shows(pilot, "Telegram", "▲ не прочитан", "1/2 · осталось 30 с", "· ждёт", "✓ прочитан")
        fake.events.put_nowait(step(20, event="wait"))
        await shows(pilot, "пауза по просьбе сети")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await shows(pilot, "обновляю ████░░░░ 20/40")
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SyncScreen))
        assert fake.runs == 1
        fake.events.put_nowait({"event": "exit", "code": 3, "message": ""})
        await shows(pilot, "прочитать удалось не всё", "Telegram", "→")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        assert "обновляю" not in screen_text(app)


async def test_all_is_well(store_path: Path, fake: FakeSync) -> None:
    app = SmmApp(services_on(store_path, sync=fake))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        fake.events.put_nowait({"event": "exit", "code": 0, "message": ""})
        await shows(pilot, "Все данные свежие")


async def test_stopping_ends_the_process_and_says_so(store_path: Path, fake: FakeSync) -> None:
    app = SmmApp(services_on(store_path, sync=fake))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        fake.events.put_nowait(step(3))
        await shows(pilot, "3/40")
        await pilot.press("x")
        await shows(pilot, "Остановлено")
        assert fake.closed
        assert not app.sync_state.running


async def test_what_the_process_says_of_itself_is_shown(store_path: Path, fake: FakeSync) -> None:
    app = SmmApp(services_on(store_path, sync=fake))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        fake.events.put_nowait({"event": "exit", "code": 2, "message": "config.toml: [/x]\n→ smm doctor"})
        await shows(pilot, "Прочитать ничего не удалось:", "config.toml: [/x]", "→ smm doctor")


async def test_a_run_that_read_nothing_tells_every_account_and_can_be_scrolled(
    store_path: Path, fake: FakeSync
) -> None:
    with open_writer(store_path) as store:
        client = store.clients()[0].id
        accounts = [add_account(store, client, f"closed_{n:02}", network="telegram") for n in range(12)]
        run = store.start_run(NOW)
        store.claim(run, accounts)
        refused = TroubleRecord("auth", "vk.15", "Access denied")
        for account in accounts:
            store.commit_unit(UnitOutcome(account, UnitStatus.FAILED, NOW, trouble=refused), run)
    app = SmmApp(services_on(store_path, sync=fake))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        fake.events.put_nowait(step(40))
        said = "\n".join(f"строка {n}" for n in range(30))
        fake.events.put_nowait({"event": "exit", "code": 1, "message": said})
        await shows(pilot, "Прочитать ничего не удалось:", "closed_00", "→", "Esc закрыть")
        assert "closed_11" not in screen_text(app)
        await pilot.press("end")
        await shows(pilot, "Прочитать ничего не удалось:", "closed_11", "Esc закрыть")


async def test_a_runner_that_cannot_start_is_no_crash(store_path: Path) -> None:
    async def broken(scope: SyncScope = EVERYTHING) -> AsyncGenerator[Mapping[str, object], None]:
        for missing in (f"no such program {scope.account or ''}".strip(),):
            raise OSError(missing)
        yield {}

    app = SmmApp(services_on(store_path, sync=broken))
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await pilot.press("s")
        await shows(pilot, "no such program")
        assert not app.sync_state.running


async def test_quitting_stops_it_and_is_remembered(store_path: Path, fake: FakeSync) -> None:
    app = SmmApp(services_on(store_path, sync=fake))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        fake.events.put_nowait(step(3))
        await shows(pilot, "3/40")
        await pilot.press("escape", "q")
        await pilot.pause()
    assert app.return_value is not None
    assert app.return_value.sync_stopped
    assert fake.closed


@pytest.mark.parametrize("key", ["q", "й"])
async def test_quitting_from_the_panel_ends_the_sync(store_path: Path, fake: FakeSync, key: str) -> None:
    app = SmmApp(services_on(store_path, sync=fake))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        fake.events.put_nowait(step(3))
        await shows(pilot, "3/40", "x остановить")
        await pilot.press(key)
        await pilot.pause()
    assert app.return_value is not None
    assert app.return_value.sync_stopped
    assert fake.closed


async def test_an_ended_sync_has_nothing_to_stop(store_path: Path, fake: FakeSync) -> None:
    app = SmmApp(services_on(store_path, sync=fake))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        await shows(pilot, "x остановить")
        fake.events.put_nowait({"event": "exit", "code": 0, "message": ""})
        await shows(pilot, "Все данные свежие", "Esc закрыть")
        assert "остановить" not in screen_text(app)


@pytest.mark.parametrize(
    ("eta", "text"), [(None, ""), (0.2, "осталось 0 с"), (59.4, "осталось 59 с"), (61, "осталось 2 мин")]
)
def test_the_time_left(eta: float | None, text: str) -> None:
    assert eta_text(RU, SyncState(running=True, eta=eta)).replace("\xa0", " ") == text


def test_strange_events_change_nothing_they_do_not_say() -> None:
    state = SyncState(running=True, done=3, total=9, unit="a").after(
        {"event": "unit", "done": "x", "unit": None}
    )
    assert (state.done, state.total, state.unit) == (3, 9, "a")
    assert short_text(RU, SyncState()) == ""


@pytest.mark.parametrize("ending", list(Ending))
def test_every_ending_has_its_sentence(ending: Ending) -> None:
    text = progress_text(RU, SyncState(total=4, done=4, ended=ending)).plain
    assert "Прочитать ничего не удалось" not in text


async def collect(command: list[str]) -> list[Mapping[str, object]]:
    return [event async for event in run_sync(command)]


async def test_the_process_is_followed_line_by_line() -> None:
    code = (
        "import sys; print('{\"event\": \"start\", \"total\": 2}'); print('no json'); print('[1]');"
        "sys.stderr.write('плохо\\n'); sys.exit(3)"
    )
    events = await collect([sys.executable, "-X", "utf8", "-c", code])
    assert events == [
        {"event": "start", "total": 2},
        {"event": "exit", "code": 3, "message": "плохо"},
    ]


async def test_closing_ends_the_process(tmp_path: Path) -> None:
    mark = tmp_path / "ended"
    code = (
        "import signal, sys, pathlib, time\n"
        f"def end(*_): pathlib.Path({str(mark)!r}).touch(); sys.exit(130)\n"
        "signal.signal(signal.SIGTERM, end)\n"
        'print(\'{"event": "start"}\', flush=True)\n'
        "signal.pause()"
    )
    run = run_sync([sys.executable, "-c", code])
    assert (await anext(run))["event"] == "start"
    await run.aclose()
    assert mark.exists()
