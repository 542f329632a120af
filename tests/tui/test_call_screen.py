"""A call with a client: the page, decisions line by line, what they make of goals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from goals.agreement.terms import ClientSide, Priority, Report, Terms
from goals.model import Goal, GoalId
from goals.records import Call, CheckIn, Confidence
from store.opening import open_reader, open_writer
from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tests.support.rhythm_day import ZERNO, agree_on, fill_day
from tests.support.store import AUTHOR, NOW, TODAY, days_ago, make_store
from tui.app import SmmApp
from tui.rhythm.call_changes import read_decision
from tui.screens.call import CallScreen
from tui.screens.overview import OverviewScreen
from tui.services import ExitState

Compare = Callable[..., bool]
TERMS = Terms(
    client=ClientSide(approver="Ольга"),
    priorities=(Priority("Распродать старую партию"),),
    report=Report(questions=("Что делаем дальше?",)),
)


@pytest.fixture
def call_path(store_path: Path) -> Path:
    """The filled store with an agreement, an earlier call and a check-in of the first goal."""
    fill_day(store_path)
    with open_writer(store_path) as store:
        agree_on(store, ZERNO, TERMS)
        store.add_call(Call(0, ZERNO, days_ago(13), NOW, AUTHOR, "", ("Фото пришлёт Ольга",)))
        said = CheckIn(0, GoalId(1), days_ago(7), NOW, AUTHOR, Confidence.RISK, "ждём фото")
        store.add_check_ins([said])
    return store_path


def goal(path: Path, number: int = 1) -> Goal:
    with open_reader(path) as store:
        return store.goal(GoalId(number))


def decided(path: Path) -> list[str]:
    with open_reader(path) as store:
        return [each for call in store.calls(ZERNO) if call.day == TODAY for each in call.decisions]


async def opened(pilot: Pilot[ExitState], key: str = "7") -> CallScreen:
    await pilot.press(key)
    screen = pilot.app.screen
    assert isinstance(screen, CallScreen)
    await until(pilot, lambda: screen.page is not None)
    await pilot.pause()
    return screen


async def test_the_page_is_for_the_client_too(call_path: Path) -> None:
    app = SmmApp(services_on(call_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await shows(pilot, "Что хотели", "1. Распродать старую партию", "1. Старая партия: 12 постов")
        await shows(
            pilot,
            "3/12",
            "Почему",
            "ждём фото",
            "Решили раньше",
            "Фото пришлёт Ольга",
            "? Что делаем дальше?",
        )
        assert "шанс" not in screen_text(app)
        assert "вряд ли" not in screen_text(app)
        await pilot.press("i")
        await shows(pilot, "вряд ли успеем")
        await pilot.press("ш")
        await until(pilot, lambda: "вряд ли" not in screen_text(app))


async def test_decisions_are_kept_line_by_line(call_path: Path) -> None:
    app = SmmApp(services_on(call_path))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        screen.blocks["ask"].focus()
        await pilot.press("enter")
        await type_text(pilot, "Съёмка в среду")
        await pilot.press("enter")
        await until(pilot, lambda: decided(call_path) == ["Съёмка в среду"])
        await type_text(pilot, "Скидка до пятницы")
        await pilot.press("enter")
        await shows(pilot, "Решили сегодня", "✓ Съёмка в среду", "✓ Скидка до пятницы")
        await pilot.press("escape", "u")
        await until(pilot, lambda: decided(call_path) == ["Съёмка в среду"])


async def test_a_decision_about_a_goal_has_the_clients_yes_of_today(call_path: Path) -> None:
    app = SmmApp(services_on(call_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        screen.blocks["done"].focus()
        await pilot.press("enter")
        assert screen.line.value == "1="
        await type_text(pilot, "8: нет фото")
        await pilot.press("enter")
        await until(pilot, lambda: goal(call_path).amount == 8)
        changed = goal(call_path)
        assert (changed.agreed_on, changed.agreed_by) == (TODAY, "Ольга")
        with open_reader(call_path) as store:
            assert store.revisions(GoalId(1))[-1].why == "нет фото"
        assert decided(call_path) == ["нет фото"]
        await shows(pilot, "✓ нет фото")
        await pilot.press("escape", "u")
        await until(pilot, lambda: goal(call_path).amount == 12)
        await until(pilot, lambda: decided(call_path) == [])


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [("1=15.12", "deadline", date(2026, 12, 15)), ("1=да", "agreed_on", TODAY), ("1=снять", "dropped", True)],
)
async def test_a_day_a_yes_and_a_drop(call_path: Path, typed: str, field: str, value: object) -> None:
    app = SmmApp(services_on(call_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        screen.action_decide()
        await type_text(pilot, typed)
        await pilot.press("enter")
        await until(pilot, lambda: getattr(goal(call_path), field) == value)


async def test_what_cannot_be_kept_stands_in_the_line_again(call_path: Path) -> None:
    app = SmmApp(services_on(call_path))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await opened(pilot)
        screen.action_decide()
        await type_text(pilot, "99=5")
        await pilot.press("enter")
        await until(pilot, lambda: screen.line.value == "99=5")
        await shows(pilot, "нет цели «99»")
        assert decided(call_path) == []


async def test_a_note_and_escape(call_path: Path) -> None:
    app = SmmApp(services_on(call_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("N")
        await type_text(pilot, "звонить после обеда")
        await pilot.press("enter")
        await shows(pilot, "Заметка: звонить после обеда")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))


async def test_from_client_to_client(call_path: Path) -> None:
    app = SmmApp(services_on(call_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("]")
        await shows(pilot, "Созвон › Мастерская «Свеча»")
        await pilot.press("х")
        await shows(pilot, "Созвон › Кофейня «Зерно»")


async def test_without_clients_it_leads_on(tmp_path: Path) -> None:
    make_store(tmp_path / "empty.db").close()
    app = SmmApp(services_on(tmp_path / "empty.db"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7")
        await shows(pilot, "Клиентов ещё нет: c — добавить")
        await pilot.press("enter")
        assert "-asked" not in app.screen.query_one("#line").classes


@given(
    st.integers(1, 999), st.sampled_from(["200", "31.12", "да", "drop"]), st.sampled_from(["", "нет фото"])
)
def test_a_line_about_a_goal_is_read_with_its_reason(number: int, value: str, why: str) -> None:
    said = read_decision(f"{number} = {value}" + (f": {why}" if why else ""))
    assert [(each.text, each.is_goal) for each in said] == [
        *([(why, False)] if why else []),
        (f"{number}={value}", True),
    ]


@pytest.mark.parametrize("typed", ["Съёмка в среду", "в 2 раза = больше", "скидка = 20 %"])
def test_any_other_line_is_a_decision_in_words(typed: str) -> None:
    [said] = read_decision(typed)
    assert (said.text, said.is_goal) == (typed, False)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_looks(snap_compare: Compare, call_path: Path, lang: str, size: tuple[int, int]) -> None:
    async def call(pilot: Pilot[ExitState]) -> None:
        await opened(pilot)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(SmmApp(services_on(call_path, lang)), terminal_size=size, run_before=call)
