"""The client screen: what was promised beside what was done, the calendar of content, days off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from goals.model import Goal, GoalId, GoalKind, Period, PostKind, PostState
from goals.records import DayOff
from goals.warnings.situation import Piece
from goals.workcalendar import WorkCalendar
from store.opening import open_reader, open_writer
from tests.support.agreements import zerno
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, type_text, until
from tests.support.store import AUTHOR, NOW, TODAY
from tui.app import SmmApp
from tui.client.details import read_client
from tui.client.month import DayKind, DayPlan, month_of
from tui.screens.agreement import AgreementScreen
from tui.screens.client import ClientScreen
from tui.screens.day import DayScreen
from tui.screens.days_off_form import DaysOffForm
from tui.screens.goal import GoalScreen
from tui.services import ExitState
from tui.widgets.heat_calendar import day_sentence
from wording.words import Words

SIZES = [(80, 24), (120, 40)]


async def opened(pilot: Pilot[ExitState], *keys: str) -> ClientScreen:
    """The screen of the first client with everything read, after some keys."""
    app = pilot.app
    assert isinstance(app, SmmApp)
    await until(pilot, lambda: app.feed.is_watching)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ClientScreen) and app.screen.detail is not None)
    screen = app.screen
    assert isinstance(screen, ClientScreen)
    await app.workers.wait_for_complete()
    await pilot.press(*keys)
    await pilot.pause()
    return screen


def days_off(path: Path) -> list[tuple[date, date, str]]:
    with open_reader(path) as store:
        return [(off.first, off.last, off.reason) for off in store.days_off()]


async def test_the_card_shows_what_is_behind_with_bars_and_what_is_kept_without(agreed: Path) -> None:
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(80, 70)) as pilot:
        await opened(pilot)
        await shows(
            pilot,
            "версия 1, согласие: Ольга, 01.11",
            "1 Распродать старую партию",
            "3 из 12, к сегодня 9 · в плане 2",
            "18,8 % из 30 %",
            "отстаём 12 дней",
            "26 из 30",
            "ждём 5 дней",
            "1 538 ₽/ч",
        )
        lines = screen_lines(app)
        unmet = next(line for line in lines if "к сегодня 9" in line)
        kept = next(line for line in lines if "3 поста в неделю" in line)
        assert "┃" in unmet
        assert "▒" in unmet, "what is planned stands in the bar"
        assert "┃" not in kept


async def test_a_line_of_the_card_opens_its_goal_and_any_other_the_agreement(agreed: Path) -> None:
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await opened(pilot)
        card = screen.blocks["agreement"]
        card.focus()
        await pilot.press("j", "j")
        assert card.key == "content:vk:story:month"
        assert screen.selection().goal is not None
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, GoalScreen))
        await pilot.press("escape", "k", "enter")
        await until(pilot, lambda: isinstance(app.screen, AgreementScreen))


async def test_tab_and_the_arrows_go_from_part_to_part(agreed: Path) -> None:
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        screen.blocks["agreement"].focus()
        await pilot.press("tab")
        assert screen.focused is screen.calendar
        await pilot.press("tab")
        assert screen.focused is screen.blocks["topics"]
        await shows(pilot, "▸ О чём контент")
        await pilot.press("down", "down")
        assert screen.focused is screen.blocks["work"]
        await pilot.press("up", "shift+tab")
        assert screen.focused is screen.calendar


async def test_one_key_makes_a_day_off_and_another_takes_it_back(agreed: Path) -> None:
    before = days_off(agreed)
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await opened(pilot, "м", "right", "щ")
        assert screen.calendar.day == TODAY + timedelta(days=1)
        tomorrow = TODAY + timedelta(days=1)
        await until(pilot, lambda: (tomorrow, tomorrow, "выходной") in days_off(agreed))
        await shows(pilot, "вт 24.11: в плане: 1, выходной")
        await pilot.press("u")
        await until(pilot, lambda: days_off(agreed) == before)


async def test_a_day_is_taken_out_of_a_longer_stretch_and_put_back(agreed: Path) -> None:
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        screen = await opened(pilot, "v", "right", "right", "right")
        plan = screen.calendar.month.plan.day(screen.calendar.day) if screen.calendar.month else None
        assert plan is not None
        assert plan.kind is DayKind.OFF
        await pilot.press("o")
        friday = date(2026, 11, 27)
        await until(pilot, lambda: days_off(agreed) == [(friday, friday, "отпуск")])
        await shows(pilot, "Снова рабочий день")
        await pilot.press("u")
        await until(pilot, lambda: days_off(agreed) == [(date(2026, 11, 26), friday, "отпуск")])


async def test_a_day_off_of_all_clients_is_left_to_the_command(agreed: Path) -> None:
    with open_writer(agreed) as store:
        store.add_day_off(DayOff(0, None, TODAY, TODAY, "день рождения"), author=AUTHOR, now=NOW)
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await opened(pilot, "v", "o")
        await shows(pilot, "Это выходной у всех клиентов")
        assert (TODAY, TODAY, "день рождения") in days_off(agreed)


async def test_days_off_with_a_reason(agreed: Path) -> None:
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot, "v", "O")
        await until(pilot, lambda: isinstance(app.screen, DaysOffForm) and app.screen.is_ready)
        form = app.screen
        assert isinstance(form, DaysOffForm)
        await type_text(pilot, "болезнь")
        form.fields["last"].widget.value = "22.11.2026"
        await pilot.press("f2")
        await shows(pilot, "последний день раньше первого")
        form.fields["last"].widget.value = "25.11.2026"
        await pilot.press("f2")
        await until(pilot, lambda: (TODAY, date(2026, 11, 25), "болезнь") in days_off(agreed))


async def test_months_and_the_posts_of_a_day(agreed: Path) -> None:
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await opened(pilot, "v", "pagedown")
        await shows(pilot, "Контент: декабрь 2026")
        await pilot.press("pageup", "pageup")
        await shows(pilot, "Контент: октябрь 2026")
        await pilot.press("home")
        await shows(pilot, "Контент: ноябрь 2026")
        await pilot.press("up", "left", "left", "left", "left")
        await until(pilot, lambda: screen.calendar.day == date(2026, 11, 12))
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, DayScreen))
        await shows(pilot, "пт 13 ноября 2026", "Обжарка недели")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)


async def test_a_client_with_hardly_anything_says_what_to_do(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 70)) as pilot:
        await opened(pilot)
        await shows(pilot, "Пока ни о чём не договорились: a записать", "Аккаунты", "Контент: ноябрь 2026")
        assert "Ждём от клиента" not in screen_text(app)


WEEKDAYS = WorkCalendar()


def promised(**more: object) -> Goal:
    fields: dict[str, object] = {
        "kind": GoalKind.TOTAL_IN_PERIOD, "amount": 10.0,
        "start": date(2026, 11, 2), "deadline": date(2026, 11, 13),
    }  # fmt: skip
    return Goal(id=GoalId(1), client_id=1, metric="posts", **(fields | more))  # type: ignore[arg-type]


def piece(day: int, state: PostState = PostState.PUBLISHED, network: str = "vk") -> Piece:
    return Piece(date(2026, 11, day), PostKind.POST, state, network, 1)  # type: ignore[arg-type]


def test_what_is_due_comes_evenly_on_working_days_and_lacks_until_it_is_made_up() -> None:
    today = date(2026, 11, 6)
    content = [piece(2), piece(3), piece(10, PostState.PLANNED)]
    plan = month_of(today, goals=[promised()], content=content, calendar=WEEKDAYS, days_off=[], today=today)
    assert [day.due for day in plan.days[1:15]] == [1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0]
    assert [day.lacking for day in plan.days[1:10]] == [0, 0, 1, 1, 1, 0, 0, 1, 0]
    assert plan.sums[1] == (2, 5)
    assert plan.days[9].planned == 1


def test_promises_of_all_networks_and_of_one_are_not_added_up() -> None:
    today = date(2026, 11, 2)
    goals = [promised(), promised(network="vk"), promised(network="telegram", amount=20.0)]
    plan = month_of(today, goals=goals, content=[], calendar=WEEKDAYS, days_off=[], today=today)
    assert plan.days[1].due == 3


def test_a_day_off_says_its_reason_where_there_is_one() -> None:
    off = DayPlan(date(2026, 11, 24), DayKind.OFF, reason="выходной")
    today = date(2026, 11, 23)
    assert day_sentence(Words("ru"), off, today).endswith("в плане: 0, выходной")
    sick = off._replace(reason="болею")
    assert day_sentence(Words("ru"), sick, today).endswith("выходной: болею")


def test_a_week_has_its_own_pieces_and_what_was_made_ahead() -> None:
    today = date(2026, 11, 13)
    late = [piece(day) for day in (9, 10, 11)]
    plan = month_of(today, goals=[promised()], content=late, calendar=WEEKDAYS, days_off=[], today=today)
    assert plan.sums[1:3] == ((0, 5), (3, 5))
    ahead = [piece(day) for day in (2, 2, 3, 3, 4, 4, 5, 5)]
    plan = month_of(today, goals=[promised()], content=ahead, calendar=WEEKDAYS, days_off=[], today=today)
    assert plan.sums[1:3] == ((5, 5), (3, 5))


def test_what_a_topic_lacks_is_not_made_up_by_other_posts() -> None:
    today = date(2026, 11, 6)
    goals = [promised(), promised(topic="остатки")]
    content = [piece(day) for day in (2, 3, 4, 5, 6)]
    plan = month_of(today, goals=goals, content=content, calendar=WEEKDAYS, days_off=[], today=today)
    assert plan.sums[1] == (0, 5)
    about = [each._replace(topics=frozenset({"остатки"})) for each in content]
    plan = month_of(today, goals=goals, content=about, calendar=WEEKDAYS, days_off=[], today=today)
    assert plan.sums[1] == (5, 5)


def test_a_weekly_promise_begins_anew_each_monday() -> None:
    today = date(2026, 11, 13)
    weekly = promised(kind=GoalKind.KEEP_RATE, amount=5.0, period=Period.WEEK, deadline=None)
    plan = month_of(today, goals=[weekly], content=[], calendar=WEEKDAYS, days_off=[], today=today)
    assert [total.due for total in plan.sums] == [0, 5, 5, 5, 5, 1]


def test_days_off_and_holidays_are_told_apart() -> None:
    today = date(2026, 11, 2)
    off = DayOff(1, None, date(2026, 11, 5), date(2026, 11, 5), "праздник фирмы")
    calendar = WorkCalendar.of(free=[date(2026, 11, 4), date(2026, 11, 5)])
    plan = month_of(today, goals=[], content=[], calendar=calendar, days_off=[off], today=today)
    kinds = [day.kind for day in plan.days[2:7]]
    assert kinds == [DayKind.WORK, DayKind.HOLIDAY, DayKind.OFF, DayKind.WORK, DayKind.WEEKEND]
    assert plan.days[4].for_all


def test_the_card_counts_a_topic_as_its_warning_does(agreed: Path) -> None:
    with open_reader(agreed) as store:
        detail = read_client(Words("ru"), store, zerno(store), NOW)
    assert detail.card is not None
    topic = next(each for each in detail.card.promises if each.term.startswith("topic:старая партия"))
    warning = next(each for each in detail.warnings if each.topic == "Старая партия")
    assert topic.coverage is not None
    assert (topic.coverage.done, topic.coverage.due) == (warning.facts["done"], warning.facts["due"])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_looks(snap_compare: Callable[..., bool], agreed: Path, lang: str, size: tuple[int, int]) -> None:
    async def calendar(pilot: Pilot[ExitState]) -> None:
        await opened(pilot, "v")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    before: Callable[[Pilot[ExitState]], Awaitable[None]] = calendar
    assert snap_compare(SmmApp(services_on(agreed, lang)), terminal_size=size, run_before=before)
