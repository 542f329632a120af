"""The pieces of a run: its memory, its progress, its lock, its keyring, holidays."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import ConnectorError, Secret, Token, TokenKind, Trouble, TroubleKind
from goals.model import Client, ClientId
from goals.workcalendar import WorkCalendar
from store.contract import Writer
from store.errors import StoreBusyError
from store.opening import open_writer
from store.values import Filter
from sync.holidays import country_of, ensure_holidays
from sync.lock import LockedError, Patience, lock_file_of, only_run
from sync.memory import StoreMemory
from sync.progress import Event, EventKind, Progress, json_lines
from sync.settings import Keyring
from sync.stop import Stop
from tests.support.store import NOW, TODAY, add_client, make_store


def client_of(store: Writer, number: ClientId) -> Client:
    return next(client for client in store.clients() if client.id == number)


class TestMemory:
    def test_blocks_outlive_the_run_until_their_time(self, tmp_path: Path) -> None:
        make_store(tmp_path / "smm.db").close()
        until = NOW + timedelta(hours=1)
        with StoreMemory(open_writer(tmp_path / "smm.db"), lambda: NOW) as memory:
            memory.block("key", "wall.get", until, "vk.29")
            memory.block("key", "*", until, "vk.14", scope="7")
            assert memory.blocked_until("key", "wall.get") == until
            assert memory.blocked_by("key", "wall.get") == "vk.29"
        with StoreMemory(open_writer(tmp_path / "smm.db"), lambda: NOW) as memory:
            assert memory.blocked_until("key", "wall.get") == until
            assert memory.blocked_until("key", "*") is None
            assert memory.blocked_until("key", "*", "7") == until
            assert memory.blocked_until("other", "wall.get") is None
            assert [block.code for block in memory.blocks_of("key", "8")] == ["vk.29"]
        with StoreMemory(open_writer(tmp_path / "smm.db"), lambda: until) as memory:
            assert memory.blocked_until("key", "wall.get") is None
            assert memory.blocked_by("key", "wall.get") is None

    def test_longer_block_holds(self, tmp_path: Path) -> None:
        make_store(tmp_path / "smm.db").close()
        day, hour = NOW + timedelta(days=1), NOW + timedelta(hours=1)
        with StoreMemory(open_writer(tmp_path / "smm.db"), lambda: NOW) as memory:
            memory.block("key", "*", day, "vk.17")
            memory.block("key", "*", hour, "vk.14")
            assert memory.blocked_until("key", "*") == day
        with open_writer(tmp_path / "smm.db") as store:
            assert [(block.until, block.code) for block in store.blocks(NOW)] == [(day, "vk.17")]

    def test_calls_of_a_day_are_counted_from_many_threads(self, tmp_path: Path) -> None:
        make_store(tmp_path / "smm.db").close()
        with StoreMemory(open_writer(tmp_path / "smm.db"), lambda: NOW) as memory:
            with ThreadPoolExecutor(8) as threads:
                for done in [threads.submit(memory.count, "key", "wall.get", 3) for _ in range(40)]:
                    done.result()
            assert memory.calls_today("key", "wall.get") == 120
        later = NOW + timedelta(hours=23)
        with StoreMemory(open_writer(tmp_path / "smm.db"), lambda: later) as memory:
            memory.count("key", "wall.get", 1)
            assert memory.calls_today("key", "wall.get") == 121
            assert memory.calls_today("key", "stats.get") == 0
        with StoreMemory(open_writer(tmp_path / "smm.db"), lambda: later + timedelta(hours=2)) as memory:
            assert memory.calls_today("key", "wall.get") == 1

    def test_thread_that_outlives_the_run_is_answered(self, tmp_path: Path) -> None:
        make_store(tmp_path / "smm.db").close()
        with StoreMemory(open_writer(tmp_path / "smm.db"), lambda: NOW) as memory:
            memory.count("key", "wall.get", 2)
        memory.block("key", "*", NOW + timedelta(days=1), "vk.5")
        memory.count("key", "wall.get", 1)
        assert memory.calls_today("key", "wall.get") == 3
        with open_writer(tmp_path / "smm.db") as store:
            assert store.blocks(NOW) == []
            assert store.calls_since("key", "wall.get", NOW) == 2

    def test_busy_store_costs_no_run(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        make_store(tmp_path / "smm.db").close()
        store = open_writer(tmp_path / "smm.db")

        def busy(*_: object) -> None:
            raise StoreBusyError("smm.db")

        monkeypatch.setattr(store, "block", busy)
        until = NOW + timedelta(hours=1)
        with StoreMemory(store, lambda: NOW) as memory:
            memory.block("key", "*", until, "vk.14")
            assert memory.blocked_until("key", "*") == until
        assert "cannot be remembered" in caplog.text


class TestProgress:
    def test_the_time_left_is_from_the_pace_so_far(self) -> None:
        told: list[Event] = []
        clock = iter([0.0, 0.0, 10.0, 30.0, 30.0])
        progress = Progress(4, told.append, clock=lambda: next(clock))
        progress.start()
        progress.unit("one")
        progress.unit("two")
        progress.wait(5)
        assert [event.eta_seconds for event in told] == [None, 30.0, 30.0, 35.0]

    @given(st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=30))
    def test_done_never_falls_or_passes_the_total(self, steps: list[float | None]) -> None:
        told: list[Event] = []
        total = sum(step is None for step in steps)
        progress = Progress(total, told.append, clock=lambda: 0.0)
        progress.start()
        for step in steps:
            if step is None:
                progress.unit("one")
            else:
                progress.wait(step)
        progress.end()
        counts = [event.done for event in told]
        assert counts == sorted(counts)
        assert counts[-1] == total
        assert all(event.total == total for event in told)
        assert told[-1].eta_seconds == 0.0

    def test_usual_pauses_are_not_told(self) -> None:
        told: list[Event] = []
        progress = Progress(1, told.append)
        progress.wait(0.34)
        assert told == []

    def test_json_lines(self) -> None:
        stream = io.StringIO()
        json_lines(stream)(Event(EventKind.UNIT, 1, 2, "Кофейня · vk zerno", 3.5))
        assert stream.getvalue().endswith("}\n")
        assert "Кофейня" in stream.getvalue()
        assert json.loads(stream.getvalue()) == {
            "event": "unit",
            "done": 1,
            "total": 2,
            "unit": "Кофейня · vk zerno",
            "eta_seconds": 3.5,
        }


class TestLock:
    def test_second_holder_is_told_at_once(self, tmp_path: Path) -> None:
        file = lock_file_of(tmp_path / "smm.db")
        with only_run(file), pytest.raises(LockedError), only_run(file):
            pass
        with only_run(file):
            pass
        assert file.name == "smm.db.sync.lock"

    def test_who_waits_gets_it_when_the_other_run_ends(self, tmp_path: Path) -> None:
        file = lock_file_of(tmp_path / "smm.db")
        with ExitStack() as other:
            other.enter_context(only_run(file))
            with only_run(file, Patience(60, told=other.close)), pytest.raises(LockedError), only_run(file):
                pass

    def test_who_waits_is_told_once_and_may_give_up(self, tmp_path: Path) -> None:
        file = lock_file_of(tmp_path / "smm.db")
        told: list[str] = []
        asked = iter([False, False, True])
        patience = Patience(60, told=lambda: told.append("waits"))
        with (
            only_run(file),
            pytest.raises(LockedError),
            only_run(file, patience, gives_up=lambda: next(asked)),
        ):
            pass
        assert told == ["waits"]
        assert list(asked) == []

    def test_waiting_ends_with_its_time(self, tmp_path: Path) -> None:
        file = lock_file_of(tmp_path / "smm.db")
        with only_run(file), pytest.raises(LockedError), only_run(file, Patience(0.01)):
            pass

    def test_child_process_does_not_keep_it(self, tmp_path: Path) -> None:
        file = lock_file_of(tmp_path / "smm.db")
        with only_run(file):
            child = subprocess.Popen(
                [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False
            )
        with child:
            try:
                with only_run(file):
                    assert child.poll() is None
            finally:
                child.kill()


class TestKeyring:
    def test_each_token_is_opened_once(self) -> None:
        asked: list[str] = []

        def open_token(name: str) -> Token:
            asked.append(name)
            if name == "lost":
                raise ConnectorError(Trouble(TroubleKind.CONFIG, "token.empty"))
            return Token(name, TokenKind.USER, Secret("s"))

        keyring = Keyring(open_token)
        tokens, troubles = keyring.take(["one", "lost", "one"])
        assert [token.name for token in tokens] == ["one"]
        assert [trouble.code for trouble in troubles] == ["token.empty"]
        keyring.take(["lost", "one"])
        assert asked == ["one", "lost"]

    def test_token_whose_program_breaks_is_a_trouble(self, caplog: pytest.LogCaptureFixture) -> None:
        def open_token(name: str) -> Token:
            raise RuntimeError("unexpected")

        _tokens, [trouble] = Keyring(open_token).take(["one"])
        assert (trouble.code, trouble.facts) == ("sync.token_broken", {"token": "one"})
        assert "unexpected" in caplog.text


def calling(called: list[str]) -> Callable[[], None]:
    return lambda: called.append("woken")


def test_stop_wakes_also_who_comes_late() -> None:
    called: list[str] = []
    stop = Stop()
    stop.set()
    stop.on_set(calling(called))
    assert called == ["woken"]
    stop.on_set(None)
    stop.set()
    assert called == ["woken"]


class TestHolidays:
    @pytest.mark.parametrize(
        ("timezone", "country"),
        [
            ("Europe/Moscow", "RU"),
            ("Asia/Vladivostok", "RU"),
            ("Europe/Minsk", "BY"),
            ("Asia/Almaty", "KZ"),
            ("America/New_York", "RU"),
        ],
    )
    def test_country(self, timezone: str, country: str) -> None:
        assert country_of(timezone) == country

    def test_moved_days_and_new_year(self, tmp_path: Path) -> None:
        with make_store(tmp_path / "smm.db") as store:
            number = add_client(store)
            assert ensure_holidays(store, client_of(store, number), TODAY)
            calendar: WorkCalendar = store.calendar(number)
            assert not calendar.is_working(date(2026, 12, 31))  # moved from a Sunday
            assert not calendar.is_working(date(2027, 1, 8))
            assert calendar.is_working(date(2027, 2, 20))  # a Saturday that is worked
            assert not calendar.is_working(date(2027, 2, 22))
            assert not calendar.is_working(date(2025, 11, 3))  # of last year, for goals that began then
            until = store.holidays_until(number)
            assert until is not None
            assert until >= TODAY + timedelta(days=2 * 365)

    def test_looked_up_again_only_in_time(self, tmp_path: Path) -> None:
        with make_store(tmp_path / "smm.db") as store:
            number = add_client(store, timezone="Europe/Minsk")
            client = client_of(store, number)
            assert ensure_holidays(store, client, TODAY)
            assert not ensure_holidays(store, client, TODAY)
            until = store.holidays_until(number)
            assert until is not None
            assert not ensure_holidays(store, client, until - timedelta(days=183))
            assert ensure_holidays(store, client, until - timedelta(days=182))

    def test_a_run_looks_them_up(self, tmp_path: Path) -> None:
        from sync.api import run_sync
        from sync.plan import Selection
        from sync.settings import SyncSettings
        from tests.support.store import add_account
        from tests.sync.scripted import no_tokens

        path = tmp_path / "smm.db"
        with make_store(path) as store:
            number = add_client(store)
            add_account(store, number, "photos", network="tiktok")
            alone = add_client(store, "Без аккаунтов")
        moment: datetime = NOW
        run_sync(
            lambda: open_writer(path),
            SyncSettings(lock_file_of(path), no_tokens),
            Selection(),
            now=lambda: moment,
            stop=Stop(),
        )
        with open_writer(path) as store:
            assert store.holidays_until(number) is not None
            assert store.holidays_until(alone) is not None
            assert list(store.readings(Filter())) == []
