"""Colours of our themes can be read, sixteen colours and none do as well, nasty names move no column."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorType
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from goals.model import ClientId, GoalKind, GoalStatus
from tests.support.store import TODAY
from tests.tui.test_columns import STYLES, goal_row
from tests.tui.test_terminal import Terminal
from tui.drawing.ink import inks
from tui.overview.columns import columns_for
from tui.overview.lines import OTHER_PHRASES, ClientLine, ManagerLine
from tui.themes import DARK, LIGHT, find_theme, first_theme, theme_after
from tui.widgets.goal_strips import Painter
from wording.words import Words

#: WCAG: ordinary text; marks and faint drawings.
_TEXT, _MARK = 4.5, 3.0
NASTY = [
    "東京ラーメン 🍜 新規",
    "👨‍👩‍👧‍👦 семья",
    "a\u0301\u0302\u0303\u0304\u0305\u0306",
    "👍🏽 ❤️ ☕️ 🇷🇺",
    "नमस्ते ไทย",
    "\x1b[31mred\x1b]52;c;aGk=\x07",
    "[/x][@click=app.quit]",
    "\u202eשלום",
    "a\nb\tc\u200b",
]


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    "ink",
    ["name", "good", "behind", "bad", "calm", "trouble", "unread", "sync", "key", "strong", "dim", "stale"],
)
def test_each_ink_can_be_read_on_every_ground_of_our_themes(theme: Theme, ink: str) -> None:
    variables = theme.to_color_system().generate()
    styles = inks(variables)
    colour = styles[ink].color
    assert colour is not None
    text = Color.from_rich_color(colour)
    least = _MARK if ink in {"dim", "stale"} else _TEXT
    grounds = [Color.parse(variables["background"]), Color.parse(variables["panel"])]
    for mark in ("cursor", "focus"):
        under = styles[mark].bgcolor
        assert under is not None
        grounds.append(Color.from_rich_color(under))
    for ground in grounds if ink != "stale" else grounds[:1]:
        assert _contrast(text, ground) >= least, (ink, ground.hex, round(_contrast(text, ground), 2))


def _contrast(one: Color, other: Color) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    parts = [value / 255 for value in colour.rgb]
    red, green, blue = (v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["ansi-dark", "ansi-light"])
def test_in_sixteen_colours_nothing_asks_for_more(name: str) -> None:
    for ink, style in inks(BUILTIN_THEMES[name].to_color_system().generate()).items():
        for colour in (style.color, style.bgcolor):
            assert colour is None or colour.type in {ColorType.STANDARD, ColorType.DEFAULT}, ink


@pytest.mark.parametrize(
    ("environ", "theme"),
    [
        ({"TERM": "xterm-256color"}, "smm-dark"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "smm-dark"),
        ({"TERM": "xterm"}, "ansi-dark"),
        ({"TERM": "linux"}, "ansi-dark"),
        ({"TERM": "dumb"}, "ansi-dark"),
        ({}, "ansi-dark"),
    ],
)
def test_the_first_theme_is_one_that_the_terminal_can_show(environ: dict[str, str], theme: str) -> None:
    assert first_theme(environ) == theme
    assert find_theme(theme) == theme


def test_the_key_goes_from_dark_to_light_and_back_in_as_many_colours() -> None:
    assert [theme_after(name) for name in ("smm-dark", "smm-light", "ansi-dark", "ansi-light", "nord")] == [
        "smm-light",
        "smm-dark",
        "ansi-light",
        "ansi-dark",
        "smm-dark",
    ]


@pytest.mark.e2e
@pytest.mark.parametrize(
    "environ", [{"TERM": "xterm"}, {"TERM": "xterm-256color", "NO_COLOR": "1"}], ids=["16", "none"]
)
def test_on_a_poor_terminal_every_word_stands_out(store_path: Path, environ: dict[str, str]) -> None:
    rest = {name: value for name, value in os.environ.items() if name not in {"COLORTERM", "NO_COLOR"}}
    usual = {"LANG": "ru_RU.UTF-8", "PYTHONUTF8": "1", "SMM_NOW": "2026-11-23T09:00+03:00"}
    terminal = Terminal([sys.executable, "-m", "cli", "--db", str(store_path)], rest | usual | environ)
    terminal.wait_for("Старая партия: 12", "отстаёт", "выход")
    cells = [cell for row in terminal.screen.buffer.values() for cell in row.values() if cell.data.strip()]
    assert cells
    for cell in cells:
        if environ["TERM"] == "xterm":
            assert not (set(cell.fg + cell.bg) <= set("0123456789abcdef") and len(cell.fg) == 6), cell
        elif len(cell.fg) == len(cell.bg) == 6:
            assert cell.fg[:2] == cell.fg[2:4] == cell.fg[4:]
        assert cell.fg != cell.bg or cell.fg == "default", cell
    first = next(y for y, text in enumerate(terminal.screen.display) if text.startswith("›"))
    here, other = (terminal.screen.buffer[y][40] for y in (first, first + 1))
    assert (here.bg, here.reverse) != (other.bg, other.reverse)
    terminal.type("q")
    assert terminal.ended() == 0


@given(
    st.sampled_from(NASTY), st.sampled_from((60, 79, 119, 199)), st.booleans(), st.sampled_from(GoalStatus)
)
def test_nasty_names_in_every_column_move_none(name: str, width: int, flat: bool, status: GoalStatus) -> None:
    columns = columns_for(width, with_client=flat)
    names = {1: name} if flat else {}
    painter = Painter(Words("ru"), columns, width, TODAY, Style(), STYLES, names)
    plain = Painter(Words("ru"), columns, width, TODAY, Style(), STYLES, {1: "x"} if flat else {})
    nasty = goal_row(name, status=status.value)
    content = {"metric": "posts", "kind": GoalKind.TOTAL_IN_PERIOD.value, "status": status.value}
    topic = goal_row("", topic=name, account=name, network="vk", **content)
    begin = 4 + columns.title + (columns.client + columns.gap if flat else 0)
    for row, other in ((nasty, nasty._replace(title="x")), (topic, topic._replace(topic="x", account="x"))):
        strip = painter.paint(row, at_cursor=False, focused=False)
        assert sum(cell_len(segment.text) for segment in strip) == width
        assert strip.crop(begin).text == plain.paint(other, at_cursor=False, focused=False).crop(begin).text
        assert not any(ord(char) < 32 for char in strip.text)
    others = tuple((status, 12) for status in OTHER_PHRASES)
    for head in (
        ClientLine(ClientId(1), name, 60, (), True, others),
        ManagerLine(name, 3, 60, (), True, others),
    ):
        assert painter.paint(head, at_cursor=True, focused=True).cell_length == width
