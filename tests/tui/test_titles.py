"""Titles that do not fit: goals can still be told apart, and their amounts stay in sight."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from goals.metrics import CATALOGUE, UNNAMED
from goals.model import GoalKind
from goals.validity import kind_flaw
from store.opening import open_writer
from store.refresh import refresh_all
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, until
from tests.support.store import AUTHOR, NOW
from tui.app import SmmApp
from tui.drawing.cells import fit_title
from tui.overview.columns import columns_for
from wording.goals import title
from wording.words import Words

RU = Words("ru")
#: The column of titles in a terminal of 80 columns.
NARROW = columns_for(79).title


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("analyticsgrowthmindset: +300 подписчиков", 23, "analyticsgr…: +300 под…"),
        ("Очень длинная тема: 12 постов", 24, "Очень длинная…: 12 пост…"),
        ("Старая партия: 12 постов", 23, "Старая партия: 12 пост…"),
        ("ВК: +300 подписчиков", 24, "ВК: +300 подписчиков    "),
        ("Просто длинное название", 10, "Просто дл…"),
        ("Цена заявки в среднем 350 ₽", 24, "Цена заявки в сре… 350 ₽"),
        ("ВК: вовлечённость (ER) 4,5 % в среднем", 24, "ВК: вовлечён… 4,5 % в с…"),
        ("Скидки: доход 120 000 ₽", 16, "доход 120 000 ₽ "),
    ],
)
def test_the_amount_of_a_title_stays_in_sight(text: str, width: int, shown: str) -> None:
    assert fit_title(text, width) == shown


@given(st.text(), st.text(), st.integers(0, 60))
def test_a_shortened_title_fills_its_column(head: str, body: str, width: int) -> None:
    assert cell_len(fit_title(f"{head}: {body}", width)) == width


@pytest.mark.parametrize("head", [None, "ВК", "Старая партия из Эфиопии"])
@pytest.mark.parametrize("kind", list(GoalKind))
def test_every_figure_keeps_its_amount_in_eighty_columns(kind: GoalKind, head: str | None) -> None:
    for metric in CATALOGUE:
        if metric.name == UNNAMED or kind_flaw(metric, kind) is not None:
            continue
        whole = title(RU, metric=metric.name, kind=kind.value, amount=120_000, period="week", head=head)
        assert "120\xa0000" in fit_title(whole, NARROW), whole


def test_real_channels_are_told_apart_in_eighty_columns(shared_dir: Path) -> None:
    with (shared_dir / "data" / "telegram_channels" / "channels.csv").open(encoding="utf-8") as file:
        handles = {row["channel"] for row in csv.DictReader(file)}
    assert len(handles) == 26
    titles = {
        fit_title(title(RU, metric="audience", kind="gain", amount=300, head=handle), NARROW)
        for handle in handles
    }
    assert len(titles) == len(handles)
    assert all("+300" in text for text in titles)


async def test_the_line_under_the_list_tells_a_title_whole_that_the_list_cuts(store_path: Path) -> None:
    long = "Распродать остатки прошлогодней партии к празднику"
    with open_writer(store_path) as store:
        goal = store.goals()[0]
        store.update_goal(replace(goal, title=long), author=AUTHOR, now=NOW, why="имя")
        refresh_all(store, NOW)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        await until(pilot, lambda: long in screen_lines(app)[-2])
        await pilot.press("down")
        await until(pilot, lambda: long not in screen_text(app))
        assert "подписчиков" not in screen_lines(app)[-2]
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(200, 24)) as pilot:
        await pilot.press("down")
        await shows(pilot, long)
        assert long not in screen_lines(app)[-2]
