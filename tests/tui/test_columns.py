"""Columns stay aligned whatever stands in them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from goals.board import GoalRow
from goals.model import ClientId, GoalKind, GoalStatus
from tests.support.store import TODAY
from tui.drawing.cells import cell, fit, fit_right
from tui.drawing.ink import inks
from tui.overview.columns import columns_for
from tui.overview.lines import OTHER_PHRASES, TROUBLED, ClientLine
from tui.themes import DARK
from tui.widgets.goal_strips import Painter
from wording.words import Words

STYLES = inks(DARK.to_color_system().generate())
names = st.text(max_size=60) | st.sampled_from(
    [
        "東京ラーメン 🍜",
        "👨‍👩‍👧‍👦 семья",
        "a\u0301\u0302\u0303\u0304\u0305\u0306",
        "\x1b[31mred",
        "[/x]",
        "\u202eשלום",
        "a\nb",
    ]
)


def goal_row(title: str = "", **more: object) -> GoalRow:
    values: dict[str, object] = dict.fromkeys(GoalRow._fields)
    values |= {
        "goal_id": 1, "client_id": 1, "metric": "audience", "kind": GoalKind.GAIN.value, "amount": 300.0,
        "title": title, "start": TODAY.toordinal() - 20, "deadline": TODAY.toordinal() + 7, "baseline": 100.0,
        "status": "behind", "current": 212.0, "target": 400.0, "progress": 0.37, "expected": 0.7,
        "safe_days": -4, "needed_per_day": 11.0, "planned_today": 0, "chance": 0.41,
        "urgency": 3004,
    }  # fmt: skip
    return GoalRow(**(values | more))  # type: ignore[arg-type]


def painter(width: int, lang: str = "ru") -> Painter:
    return Painter(Words(lang), columns_for(width), width, TODAY, Style(), STYLES)


@given(names, st.integers(20, 220), st.sampled_from(("ru", "en")))
def test_every_line_is_as_wide_as_the_list(name: str, width: int, lang: str) -> None:
    paint = painter(width, lang)
    client = ClientLine(ClientId(1), name, 4, ((GoalStatus.BEHIND.value, 2),), True)
    for line in (goal_row(name), client):
        strip = paint.paint(line, at_cursor=False, focused=True)
        assert strip.cell_length == width
        assert sum(cell_len(segment.text) for segment in strip) == width


def test_a_clients_goals_that_do_not_fit_are_cut_with_a_sign() -> None:
    counts = tuple((status.value, 11) for status in TROUBLED)
    line = ClientLine(ClientId(1), "Каналы", 30, counts, True, tuple((name, 12) for name in OTHER_PHRASES))
    text = painter(79).paint(line, at_cursor=False, focused=False).text.rstrip()
    assert text.startswith(" ▾ Каналы  30")
    assert text.endswith("…")


@given(names, st.integers(80, 220))
def test_what_follows_the_title_stands_at_the_same_place(name: str, width: int) -> None:
    def tail(title: str) -> str:
        columns = columns_for(width)
        strip = painter(width).paint(goal_row(title), at_cursor=False, focused=False)
        return strip.crop(4 + columns.title).text

    assert tail(name or "x") == tail("x")


@given(st.text(), st.integers(0, 60))
def test_a_cell_is_one_safe_line_of_its_width(text: str, width: int) -> None:
    clean = cell(text)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in clean)
    assert cell_len(fit(clean, width)) == width
    assert cell_len(fit_right(clean, width)) == width


@pytest.mark.parametrize("width", range(20, 240))
def test_columns_never_need_more_than_there_is(width: int) -> None:
    columns = columns_for(width)
    fixed = [size for size in columns[1:7] if size]
    assert 4 + columns.title + sum(fixed) + columns.gap * len(fixed) <= max(width, 33)


def test_eighty_columns_show_everything() -> None:
    columns = columns_for(79)
    assert all(columns[1:7])
    assert columns.title >= 23


@pytest.mark.parametrize("status", list(GoalStatus))
def test_each_status_has_its_own_glyph_and_a_word(status: GoalStatus) -> None:
    glyphs = set()
    for each in GoalStatus:
        text = painter(140).paint(goal_row(status=each.value), at_cursor=False, focused=False).text
        glyphs.add(text.strip()[0])
    assert len(glyphs) == len(GoalStatus)
    words = Words("ru")
    text = (
        painter(140).paint(goal_row(status=status.value, safe_days=None), at_cursor=False, focused=False).text
    )
    from wording.goals import status_word

    assert status_word(words, status.value) in text.replace("\xa0", " ")


def test_a_deadline_of_another_year_is_told_apart() -> None:
    text = (
        painter(79)
        .paint(goal_row(deadline=date(2027, 1, 31).toordinal()), at_cursor=False, focused=False)
        .text
    )
    assert "янв\u00a027" in text
