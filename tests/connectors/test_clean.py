from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.clean import TEXT_LIMIT, clean
from tests.support.steps import HANGS

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Кофейня «Зерно»", "Кофейня «Зерно»"),
        ("[/x]", "[/x]"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("[31m typed by hand", "[31m typed by hand"),
        ("\x1b[1;38;5;208mrich\x1b[0m \x1b(Bset", "rich set"),
        ("\x1b[Зерно", "Зерно"),
        ("\x1b]0;title\x1b\\ok \x9d2;x\x9cok", "ok ok"),
        ("\x1b]0;no end", "0;no end"),
        ("\x1b]52;c;AAAA\x07x", "x"),
        ("\x1bPq\x1b\\", ""),
        ("\x9b31mC1", "C1"),
        ("a\x00b\x7f\x08", "ab"),
        ("\u202eоборот\u2066\u2069\u200e\u200f\ufeff", "оборот"),
        ("одна\r\nстрока\tтут\u2028и", "одна строка тут и"),
        ("пол\ud800овина", "половина"),
        ("\ue000\U0010ffff\ufdd0частное", "частное"),
        ("и\u0306", "й"),
        ("семья 👨\u200d👩\u200d👧 ❤\ufe0f", "семья 👨\u200d👩\u200d👧 ❤\ufe0f"),
        ("  много   пробелов ", "много пробелов"),
    ],
)
def test_what_is_left_of_a_title(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_heaps_of_marks_are_capped() -> None:
    heap = clean("z" + "\u0335\u0336\u0337" * 100_000 + "y")
    assert len(heap) == 6
    assert heap[0] == "z"
    assert heap[-1] == "y"


HOSTILE = {
    "spaces": " " * 1_000_000 + "!",
    "commands without an end": "\x90" * 1_000_000,
    "commands in commands": "\x1b]\x9d" * 333_333,
    "lines of spaces": "\n \n" * 333_333,
    "marks that are sorted": "\u302e\U0001d16d" * 500_000,
    "visible text": "я" * 1_000_000,
}


@pytest.mark.parametrize("multiline", [False, True])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_made_to_hang_the_program_takes_no_time(name: str, multiline: bool) -> None:
    began = time.process_time()
    assert len(clean(HOSTILE[name], TEXT_LIMIT, multiline=multiline)) <= TEXT_LIMIT
    assert time.process_time() - began < HANGS


def test_a_title_behind_any_amount_of_nothing_is_not_lost() -> None:
    assert clean(" \u200b\x00\n" * 50_000 + "Зерно", 40) == "Зерно"


def test_a_command_ends_where_the_next_one_begins() -> None:
    assert clean("\x90начало\x9dконец\x9cok") == "началоok"


def test_a_post_keeps_its_lines() -> None:
    raw = "Заголовок  \r\n\r\n\r\n\r\nтекст\x1b[2J\tдальше\n"
    assert clean(raw, multiline=True) == "Заголовок\n\nтекст дальше"


def test_a_long_text_ends_in_an_ellipsis() -> None:
    assert clean("абвгд", 4) == "абв…"
    assert clean("абвг", 4) == "абвг"


@given(ANY_TEXT, st.booleans(), st.integers(2, 60))
def test_clean_text_is_safe_and_stays_as_it_is(raw: str, multiline: bool, limit: int) -> None:
    text = clean(raw, limit, multiline=multiline)
    assert clean(text, limit, multiline=multiline) == text
    assert len(text) <= limit
    assert unicodedata.is_normalized("NFC", text)
    allowed = {"\u200d", "\n"} if multiline else {"\u200d"}
    for char in text:
        assert char in allowed or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    text.encode("utf-8")
