"""What the list says is so: summaries, folds, shortened titles, figures, bars, the first steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from goals.board import build_board
from goals.facts import Facts, PostValue
from goals.model import Client, ClientId, Goal, GoalId, GoalKind, GoalStatus, Period, PostState
from goals.pace import pace_of, period_of
from goals.workcalendar import WorkCalendar
from store.changes import ImportBatch
from store.opening import open_writer
from store.refresh import refresh_all
from store.values import UnitStatus
from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    add_account,
    add_client,
    add_goal,
    days_ago,
    make_store,
    post,
    series,
    sync_unit,
)
from tests.tui.test_columns import goal_row
from tui.app import SmmApp
from tui.overview.lines import ClientLine, Haystack, View, fitting, lines_of, tally
from tui.overview.shares import shares
from tui.overview.texts import client_summary, goal_cells
from tui.screens.client import ClientScreen
from tui.screens.goal import GoalScreen
from tui.screens.overview import OverviewScreen
from wording.goals import needed_phrase
from wording.words import Words

RU = Words("ru")


def summary(*statuses: GoalStatus, words: tuple[str, ...] = ()) -> str:
    rows = [
        goal_row(f"Цель {n}", goal_id=n, client_id=1, status=status.value)
        for n, status in enumerate(statuses, 1)
    ]
    board = build_board([Client(ClientId(1), "Зерно")], rows, now=NOW, today=TODAY)
    line = lines_of(board, View(words=words), Haystack(RU))[0]
    assert isinstance(line, ClientLine)
    return client_summary(RU, line).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ((GoalStatus.ON_TRACK, GoalStatus.MET), "2 цели · всё по плану"),
        ((GoalStatus.ON_TRACK, GoalStatus.MISSED), "2 цели · 1 не достигнута"),
        ((GoalStatus.EARLY,), "1 цель · 1 рано судить"),
        ((GoalStatus.BEHIND, GoalStatus.EARLY), "2 цели · 1 отстаёт · 1 рано судить"),
        ((GoalStatus.DRAFT,), "1 цель · 1 черновик"),
    ],
)
def test_a_client_is_said_to_be_on_track_only_when_every_goal_is(
    statuses: tuple[GoalStatus, ...], said: str
) -> None:
    assert summary(*statuses) == said


def test_a_filter_that_hides_goals_says_so() -> None:
    statuses = (GoalStatus.ON_TRACK, GoalStatus.BEHIND, GoalStatus.MET)
    assert summary(*statuses, words=("цель", "3")) == "показана 1 из 3"


def test_a_goal_by_hand_without_a_figure_is_no_trouble() -> None:
    waiting = goal_row(metric="sales", kind="total_in_period", status="stale", as_of=None, goal_id=1)
    old = waiting._replace(goal_id=2, as_of=1)
    board = build_board([Client(ClientId(1), "Зерно")], [waiting, old], now=NOW, today=TODAY)
    assert tally(board.groups[0].goals).troubles == (("stale", 1),)
    assert goal_cells(RU, waiting, TODAY, wide=True).reserve == "данных ещё нет"
    assert goal_cells(RU, waiting, TODAY, wide=False).reserve == "нет цифр"
    assert goal_cells(RU, old, TODAY, wide=False).reserve == "устарело"
    line = lines_of(board, View(), Haystack(RU))[0]
    assert isinstance(line, ClientLine)
    assert client_summary(RU, line).endswith("1\xa0без свежих данных · 1\xa0ещё без данных")


def test_what_fits_is_unfolded_in_the_order_of_urgency() -> None:
    clients = [Client(ClientId(n), f"Клиент {n}") for n in (1, 2, 3)]
    rows = [
        goal_row(goal_id=10 * n + k, client_id=n, status="behind" if n == 1 else "on_track", urgency=-n)
        for n in (1, 2, 3)
        for k in (0, 1)
    ]
    board = build_board(clients, rows, now=NOW, today=TODAY)
    assert fitting(board, 9) == {1, 2, 3}
    assert fitting(board, 8) == {2}
    assert fitting(board, 6) == frozenset()
    assert fitting(board, 0) == frozenset()


def test_folds_outlive_a_filter() -> None:
    view = View().folded(ClientId(1), is_open=False)
    found = view.filtered(("зерно",)).folded(ClientId(2), is_open=False)
    assert found.shown_folds == {2: False}
    assert found.filtered(()) == view


@pytest.mark.parametrize(
    ("current", "narrow"),
    [(18_900.0, "18,9к"), (118_900.0, "118,9к"), (81_000.0, "81\xa0тыс."), (1e7, "10\xa0млн")],
)
def test_a_figure_is_never_cut(current: float, narrow: str) -> None:
    row = goal_row(metric="revenue", kind="total_in_period", current=current, target=1e8)
    assert goal_cells(RU, row, TODAY, wide=False).done == narrow
    assert cell_len(goal_cells(RU, row, TODAY, wide=True).done) <= 9


def test_a_large_gain_keeps_its_sign() -> None:
    row = goal_row(current=128_900.0, baseline=10_000.0, target=1e6)
    assert goal_cells(RU, row, TODAY, wide=False).done == "+118,9к"


def test_both_widths_say_the_same_need() -> None:
    row = goal_row(metric="posts", needed_per_day=0.02, current=4.0, target=5.0, due_today=None)
    assert goal_cells(RU, row, TODAY, wide=False).today.replace("\xa0", " ") == "ещё 1"
    assert goal_cells(RU, row, TODAY, wide=True).today.replace("\xa0", " ") == "нужно ещё 1"
    many = goal_row(metric="revenue", needed_per_day=12.4)
    assert needed_phrase(RU, many, short=True).replace("\xa0", " ") == "13 в день"


def test_the_bar_of_a_rate_is_of_its_running_period() -> None:
    row = goal_row(
        metric="posts", kind=GoalKind.KEEP_RATE.value, period=Period.WEEK.value, current=1.0, target=5.0,
        progress=0.9, expected=1.0, safe_days=1,
    )  # fmt: skip
    monday = TODAY - timedelta(days=TODAY.weekday())
    assert shares(row, monday) == (0.2, 0.0)
    assert shares(row._replace(safe_days=-2), monday + timedelta(days=3)) == (0.2, 0.6)
    assert shares(row._replace(safe_days=None), monday + timedelta(days=3)) == (0.2, 0.6)
    assert shares(row._replace(current=None), monday) == (None, None)
    assert shares(goal_row(), TODAY) == (0.37, 0.7)


@given(
    st.sampled_from(["posts", "views"]), st.sampled_from(list(Period)), st.integers(0, 8), st.integers(0, 30),
    st.sets(st.integers(0, 30), max_size=12),
)  # fmt: skip
def test_the_mark_of_a_rate_agrees_with_its_safe_days_in_holiday_weeks_too(
    metric: str, period: Period, done: int, offset: int, free: set[int]
) -> None:
    today = date(2027, 1, 1) + timedelta(days=offset)
    calendar = WorkCalendar.of(free=[date(2027, 1, 1) + timedelta(days=day) for day in free])
    goal = Goal(GoalId(1), ClientId(1), metric, GoalKind.KEEP_RATE, 5.0, date(2026, 12, 1), period=period)
    first, _ = period_of(period, today)
    posts = tuple(PostValue(first, PostState.PUBLISHED, 1.0) for _ in range(done))
    pace = pace_of(goal, Facts(posts=posts, as_of=NOW), calendar, today)
    row = goal_row(
        metric=metric, kind="keep_rate", period=period.value, current=pace.current, target=pace.target,
        safe_days=pace.safe_days,
    )  # fmt: skip
    share, mark = shares(row, today)
    if pace.safe_days is None or share is None or mark is None:
        return
    if pace.safe_days < 0:
        assert mark > share
    else:
        assert mark <= share or mark == 0.0


async def test_a_client_leads_to_its_goals_one_after_another(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientScreen))
        await shows(pilot, "Аккаунты", "› ")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, GoalScreen))
        await shows(pilot, "› Старая партия: 12 постов", "l следующая")
        await pilot.press("right")
        await shows(pilot, "› ВК: +300 подписчиков")
        await pilot.press("right")
        await shows(pilot, "› Старая партия: 12 постов")
        await pilot.press("left")
        await shows(pilot, "› ВК: +300 подписчиков")


async def test_escape_leaves_the_folds_as_they_are(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, OverviewScreen)
        await pilot.press("space")
        folded = list(screen.list.lines)
        await pilot.press("escape")
        await pilot.pause()
        assert screen.list.lines == folded
        await pilot.press("/")
        await type_text(pilot, "партия")
        await until(pilot, lambda: len(screen.list.lines) == 2)
        await shows(pilot, "показана 1 из 2")
        await pilot.press("escape")
        await until(pilot, lambda: screen.list.lines == folded)


async def test_the_client_of_a_goal_just_added_is_opened(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, OverviewScreen)
        await pilot.press("space")
        assert app.board is not None
        group = app.board.groups[0]
        more = group.goals[0]._replace(goal_id=4711, title="Новая цель")
        groups = (replace(group, goals=(*group.goals, more)), *app.board.groups[1:])
        app.board = replace(app.board, groups=groups)
        await shows(pilot, "Новая цель")


async def test_clients_without_goals_are_told_the_next_steps(tmp_path: Path) -> None:
    with make_store(tmp_path / "new.db") as store:
        add_client(store, "Кофейня «Зерно»")
    app = SmmApp(services_on(tmp_path / "new.db"))
    async with app.run_test(size=(100, 24)) as pilot:
        await shows(
            pilot,
            "✓ 1  клиент      Кофейня «Зерно»",
            "▸ 2  аккаунт     Enter: вставьте ссылку",
            "3  цель",
            "smm demo",
            "c новый клиент",
            "целей пока нет",
        )


async def test_an_imported_account_and_an_unread_one(store_path: Path) -> None:
    with open_writer(store_path) as store:
        client = next(c for c in store.clients() if c.name == "Кофейня «Зерно»")
        account = add_account(store, client.id, "from_a_file", network="ok")
        store.import_batches([ImportBatch(account, posts=[post("1", days_ago(7))])], now=NOW)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await shows(pilot, "данные: ", "⚠ 1 не прочитан")
        await pilot.press("enter")
        await shows(pilot, "из файла, по 16.11")


async def test_an_account_that_is_only_ever_read_in_part_says_when(store_path: Path) -> None:
    with open_writer(store_path) as store:
        client = next(c for c in store.clients() if c.name == "Кофейня «Зерно»")
        account = add_account(store, client.id, "closed_wall", network_id="77")
        early = NOW - timedelta(minutes=5)
        sync_unit(store, account, readings=series(account, [5, 6]), status=UnitStatus.PARTIAL, now=early)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        await shows(pilot, "5 мин назад, не всё")
        assert "из файла" not in screen_text(app)


async def test_a_goal_without_a_figure_to_start_from_says_what_to_do(store_path: Path) -> None:
    with open_writer(store_path) as store:
        client = next(c for c in store.clients() if c.name == "Кофейня «Зерно»")
        account = add_account(store, client.id, "young", network_id="78")
        sync_unit(store, account, readings=series(account, [5, 6]))
        span = {"start": days_ago(40), "deadline": TODAY + timedelta(days=9)}
        add_goal(store, client.id, "audience", GoalKind.GAIN, 50.0, network="vk", account_id=account, **span)
        refresh_all(store, NOW)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await shows(pilot, "young: +50", "нет начальной цифры")
        await pilot.press("enter", "end")
        await shows(pilot, "Нет начальной цифры: впишите её (e, «отсчёт от»)")
        await pilot.press("enter")
        await shows(pilot, "неизвестно, сколько сейчас", "Ответить: Space")


async def test_posts_that_count_are_the_newest_first(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("down", "enter")
        await shows(pilot, "Пост 0", "Пост 1", "Пост 2")
        text = screen_text(app)
        assert text.index("Пост 0") < text.index("Пост 1") < text.index("Пост 2")


async def test_a_revision_tells_days_as_people_do(store_path: Path) -> None:
    with open_writer(store_path) as store:
        goal = next(goal for goal in store.goals() if goal.topic)
        store.update_goal(
            replace(goal, deadline=date(2026, 12, 10)), author=AUTHOR, now=NOW, why="перенос", agreed_on=None
        )
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("down", "enter")
        await shows(pilot, "30.11 → 10.12")
