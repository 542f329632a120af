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
from goals.model import Client, ClientId, GoalKind, GoalStatus, Period
from store.changes import ImportBatch
from store.opening import open_writer
from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    add_account,
    add_client,
    days_ago,
    make_store,
    post,
)
from tests.tui.test_columns import goal_row
from tui.app import SmmApp
from tui.cells import fit_title
from tui.lines import ClientLine, Haystack, View, fitting, lines_of, troubled
from tui.screens.client import ClientScreen
from tui.screens.goal import GoalScreen
from tui.screens.overview import OverviewScreen
from tui.shares import shares
from tui.texts import client_summary, goal_cells
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
    assert troubled(board) == 1
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
    ("title", "width", "shown"),
    [
        ("analyticsgrowthmindset: +300 подписчиков", 23, "analytic…: +300 подпис…"),
        ("Очень длинная тема: 12 постов", 24, "Очень длинна…: 12 постов"),
        ("Старая партия: 12 постов", 23, "Старая партия: 12 пост…"),
        ("ВК: +300 подписчиков", 24, "ВК: +300 подписчиков    "),
        ("Просто длинное название", 10, "Просто дл…"),
    ],
)
def test_the_amount_of_a_title_stays_in_sight(title: str, width: int, shown: str) -> None:
    assert fit_title(title, width) == shown


@given(st.text(), st.text(), st.integers(0, 60))
def test_a_shortened_title_fills_its_column(head: str, body: str, width: int) -> None:
    assert cell_len(fit_title(f"{head}: {body}", width)) == width


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
    assert needed_phrase(RU, many, short=True).replace("\xa0", " ") == "12 в день"


def test_the_bar_of_a_rate_is_of_its_running_period() -> None:
    row = goal_row(
        metric="posts", kind=GoalKind.KEEP_RATE.value, period=Period.WEEK.value, current=1.0, target=5.0,
        progress=0.9, expected=1.0,
    )  # fmt: skip
    monday = TODAY - timedelta(days=TODAY.weekday())
    assert shares(row, monday) == (0.2, 0.0)
    assert shares(row, monday + timedelta(days=3)) == (0.2, 0.6)
    assert shares(row._replace(current=None), monday) == (None, None)
    assert shares(goal_row(), TODAY) == (0.37, 0.7)


async def test_enter_leads_from_a_client_to_its_goals_one_after_another(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientScreen))
        await shows(pilot, "Аккаунты", "› ")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, GoalScreen))
        await shows(pilot, "› Старая партия: 12 постов", "→ следующая")
        await pilot.press("enter")
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
            "✓ 1. Добавьте клиента: нажмите c",
            'smm account add ССЫЛКА --client "Кофейня «Зерно»"',
            "нажмите n",
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
