"""The inbox of warnings: what it shows, where Enter leads, what is said of one and taken back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets._toast import Toast

from goals.model import AccountId, ClientId
from goals.records import WarningState
from goals.warnings.finding import Severity, Step, Warning  # noqa: A004 - the word of the trade
from store.opening import open_reader, open_writer
from tests.support.dashboard import services_on, shows, type_text, until
from tests.support.store import NOW, TODAY, filled_copy
from tests.support.warnings import fill_warnings
from tests.tui.test_columns import goal_row
from tui.app import SmmApp
from tui.screens.accounts import AccountsScreen
from tui.screens.client import ClientScreen
from tui.screens.goal import GoalScreen
from tui.screens.overview import OverviewScreen
from tui.screens.posts import PostsScreen
from tui.screens.snooze_form import SnoozeForm, read_until
from tui.screens.warnings import WarningsScreen
from tui.warnings.lines import Cause, cause_of
from work.told_warnings import count_stored
from work.warnings import count_shown

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from textual.pilot import Pilot

    from tui.services import ExitState

Compare = Callable[..., bool]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of which several rules have something to say."""
    return filled_copy(tmp_path / "smm.db", fill_warnings)


@asynccontextmanager
async def inbox(
    path: Path, key: str = "w", size: tuple[int, int] = (100, 30)
) -> AsyncGenerator[Pilot[ExitState]]:
    app = SmmApp(services_on(path))
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, WarningsScreen) and bool(app.screen.list.rows))
        yield pilot


def screen(pilot: Pilot[ExitState]) -> WarningsScreen:
    assert isinstance(pilot.app.screen, WarningsScreen), pilot.app.screen
    return pilot.app.screen


def to_rule(pilot: Pilot[ExitState], rule: str) -> str:
    """Put the cursor on the first warning of a rule; its key."""
    here = screen(pilot)
    assert here.data is not None
    key = next(seen.row.key for seen in here.data.seen.values() if seen.line.warning.rule == rule)
    assert here.list.move_to_key(key)
    return key


def state(path: Path, key: str) -> WarningState:
    with open_reader(path) as reader:
        return next(each for each in reader.warning_states() if each.key == key)


def shown_count(path: Path) -> int:
    with open_reader(path) as reader:
        return count_shown(reader, NOW, TODAY)


async def test_the_count_of_the_headline_leads_to_as_many(path: Path) -> None:
    app = SmmApp(services_on(path))
    count = shown_count(path)
    async with app.run_test(size=(120, 30)) as pilot:
        await shows(pilot, f"⚠ {count} ")
        await pilot.press("ц")
        await until(pilot, lambda: isinstance(app.screen, WarningsScreen) and bool(app.screen.list.rows))
        assert len(screen(pilot).list.rows) == count
        await until(pilot, lambda: _stored(path) == count)
        await pilot.press("space")
        await until(pilot, lambda: len(screen(pilot).list.rows) == count - 1)
        await pilot.press("escape")
        await shows(pilot, f"⚠ {count - 1} ")


def _stored(path: Path) -> int:
    with open_reader(path) as reader:
        return count_stored(reader, TODAY)


async def test_the_gravest_come_first_with_word_and_next_step(path: Path) -> None:
    async with inbox(path) as pilot:
        ranks = [row.severity.rank for row in screen(pilot).list.rows]
        assert ranks == sorted(ranks)
        await shows(pilot, "▲ срочно", "△ важно", "→ ", "Enter — ")
        to_rule(pilot, "behind")
        await shows(pilot, "сделано 3/12")


@pytest.mark.parametrize(
    ("rule", "opened"),
    [
        ("behind", GoalScreen),
        ("wrong_work", PostsScreen),
        ("stale", AccountsScreen),
        ("materials", ClientScreen),
    ],
)
async def test_enter_jumps_to_the_cause_and_esc_comes_back(path: Path, rule: str, opened: type) -> None:
    async with inbox(path) as pilot:
        key = to_rule(pilot, rule)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, opened))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, WarningsScreen))
        row = screen(pilot).list.current
        assert row is not None
        assert row.key == key


async def test_what_is_known_is_hidden_shown_again_and_taken_back(path: Path) -> None:
    async with inbox(path) as pilot:
        key = to_rule(pilot, "behind")
        count = len(screen(pilot).list.rows)
        await pilot.press("space")
        await until(pilot, lambda: len(screen(pilot).list.rows) == count - 1)
        assert state(path, key).acknowledged_by == "Мария"
        await until(pilot, lambda: bool(pilot.app.screen.query(Toast)))
        (toast,) = pilot.app.screen.query(Toast)
        assert (toast.region.height, toast.region.bottom) == (1, pilot.app.size.height)
        await pilot.press("р")
        await shows(pilot, "[знает Мария]", "скрыто 1")
        await pilot.press("u")
        await until(pilot, lambda: state(path, key).acknowledged_by is None)
        await shows(pilot, "снова как было")
        assert screen(pilot).list.move_to_key(key)
        await pilot.press("м")
        await until(pilot, lambda: state(path, key).acknowledged_by == "Мария")
        await until(pilot, lambda: any(row.hidden for row in screen(pilot).list.rows))
        assert screen(pilot).list.move_to_key(key)
        await pilot.press("space")
        await until(pilot, lambda: state(path, key).acknowledged_by is None)
        await pilot.press("u")
        await until(pilot, lambda: state(path, key).acknowledged_by == "Мария")


async def test_it_is_not_taken_back_what_somebody_else_has_said_since(path: Path) -> None:
    async with inbox(path) as pilot:
        key = to_rule(pilot, "behind")
        await pilot.press("Z")
        await until(pilot, lambda: state(path, key).snoozed_until == TODAY + timedelta(days=7))
        with open_writer(path) as other:
            other.snooze_warning(key, TODAY + timedelta(days=2), author="Ольга")
        await pilot.press("u")
        await shows(pilot, "Ольга")
        assert state(path, key).snoozed_until == TODAY + timedelta(days=2)


async def test_a_day_is_asked_for_and_a_week_may_be_said(path: Path) -> None:
    async with inbox(path) as pilot:
        key = to_rule(pilot, "behind")
        await pilot.press("z")
        await until(pilot, lambda: isinstance(pilot.app.screen, SnoozeForm) and pilot.app.screen.is_ready)
        await shows(pilot, "Тихо 1 день")
        field = pilot.app.screen.query_one("#field-until Input")
        field.value = "вчера"  # type: ignore[attr-defined]
        await shows(pilot, "день должен быть впереди")
        field.value = "неделя"  # type: ignore[attr-defined]
        await shows(pilot, "Тихо 7 дней")
        await pilot.press("enter")
        await until(pilot, lambda: state(path, key).snoozed_until == TODAY + timedelta(days=7))
        await pilot.press("u")
        await until(pilot, lambda: state(path, key).snoozed_until is None)


async def test_the_filter_finds_clients_managers_and_words(path: Path) -> None:
    async with inbox(path) as pilot:
        count = len(screen(pilot).list.rows)
        await pilot.press("/")
        await type_text(pilot, "ольга")
        await until(pilot, lambda: {row.client for row in screen(pilot).list.rows} == {"Мастерская «Свеча»"})
        await pilot.press("enter", "escape")
        await until(pilot, lambda: len(screen(pilot).list.rows) == count)
        await pilot.press(".")
        await type_text(pilot, "xyz")
        await shows(pilot, "Таких предупреждений нет")


async def test_one_client_or_all(path: Path) -> None:
    async with inbox(path) as pilot:
        to_rule(pilot, "behind")
        every = len(screen(pilot).list.rows)
        await pilot.press("A")
        await until(pilot, lambda: {row.client for row in screen(pilot).list.rows} == {"Кофейня «Зерно»"})
        await pilot.press("A")
        await until(pilot, lambda: len(screen(pilot).list.rows) == every)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, OverviewScreen)
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ClientScreen))
        await pilot.press("w")
        await until(
            pilot, lambda: isinstance(pilot.app.screen, WarningsScreen) and bool(screen(pilot).list.rows)
        )
        assert len({row.client_id for row in screen(pilot).list.rows}) == 1


async def test_all_is_quiet_in_a_store_without_trouble(tmp_path: Path) -> None:
    from tests.support.store import add_client, make_store

    path = tmp_path / "quiet.db"
    with make_store(path) as store:
        add_client(store)
    app = SmmApp(services_on(path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await shows(pilot, "Всё спокойно", "0 предупреждений")
        await pilot.press("space", "z", "Z", "enter")
        assert isinstance(app.screen, WarningsScreen)


ROW = goal_row()
PLAIN = Warning("x", Severity.LOW, "x:1", ClientId(1), Step.LOG)


@pytest.mark.parametrize(
    ("warning", "own", "cause"),
    [
        (replace(PLAIN, step=Step.PLAN_TOPIC, topic="a"), False, Cause.POSTS),
        (replace(PLAIN, step=Step.AGREE_HOURS), False, Cause.AGREEMENT),
        (replace(PLAIN, step=Step.AGREE_HOURS), True, Cause.CLIENT),
        (replace(PLAIN, account_id=AccountId(3)), False, Cause.ACCOUNT),
        (replace(PLAIN, goal=ROW), False, Cause.GOAL),
        (replace(PLAIN, step=Step.RENEGOTIATE), False, Cause.CALL),
        (replace(PLAIN, step=Step.RENEGOTIATE), True, Cause.CLIENT),
        (PLAIN, False, Cause.CLIENT),
    ],
)
def test_where_a_warning_leads(warning: Warning, own: bool, cause: Cause) -> None:
    assert cause_of(warning, own=own) is cause


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("завтра", date(2026, 11, 24)),
        ("день", date(2026, 11, 24)),
        ("через неделю", date(2026, 11, 30)),
        ("a week", date(2026, 11, 30)),
        ("30.11", date(2026, 11, 30)),
        ("xyz", None),
    ],
)
def test_until_when(typed: str, day: date | None) -> None:
    assert read_until(typed, TODAY) == day


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_looks(snap_compare: Compare, path: Path, size: tuple[int, int], lang: str) -> None:
    async def opened(pilot: Pilot[ExitState]) -> None:
        app = pilot.app
        assert isinstance(app, SmmApp)
        await until(pilot, lambda: app.feed.is_watching)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, WarningsScreen) and bool(app.screen.list.rows))
        await shows(pilot, "▲ срочно" if lang == "ru" else "▲ urgent", "→")
        await app.workers.wait_for_complete()
        await pilot.pause()

    services = services_on(path, lang)
    assert snap_compare(SmmApp(services), terminal_size=size, run_before=opened)
