"""The bar: always as wide as asked, never a lie about what is done."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.drawing.bar import ABOVE, BELOW, FULL, MARK, REST, UNKNOWN, Piece, Role, draw

fractions = st.floats(-3, 5) | st.none()


def text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@given(fractions, fractions, st.integers(1, 80))
def test_a_bar_fills_its_width_exactly(progress: float | None, expected: float | None, width: int) -> None:
    assert cell_len(text(draw(progress, expected, width))) == width


@given(fractions, fractions, st.integers(1, 80))
def test_neighbouring_pieces_differ(progress: float | None, expected: float | None, width: int) -> None:
    roles = [piece.role for piece in draw(progress, expected, width)]
    assert all(a is not b for a, b in itertools.pairwise(roles))


@given(st.floats(0.0001, 0.9999), st.integers(1, 80))
def test_begun_is_never_empty_and_unfinished_never_full(progress: float, width: int) -> None:
    drawn = text(draw(progress, None, width))
    assert drawn != REST * width
    assert drawn != FULL * width


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 80))
def test_more_progress_never_draws_less(one: float, other: float, width: int) -> None:
    low, high = sorted((one, other))

    def done(progress: float) -> int:
        return sum(len(p.text) for p in draw(progress, None, width) if p.role is Role.DONE)

    assert done(low) <= done(high)


@given(st.floats(0.01, 3), st.integers(1, 80))
def test_there_is_one_mark_where_something_is_expected(expected: float, width: int) -> None:
    drawn = draw(0.5, expected, width)
    assert [piece.text for piece in drawn if piece.role is Role.MARK] == [MARK]


@pytest.mark.parametrize(
    ("progress", "expected", "drawn"),
    [
        (0.0, None, "░░░░░░░░░░"),
        (0.25, 0.8, "██▌░░░░░┃░"),
        (0.75, 0.5, "█████┃█▌░░"),
        (1.0, 0.3, "███┃██████"),
        (1.4, None, "█████████▸"),
        (-0.4, 0.5, "◂░░░░┃░░░░"),
        (None, 0.5, "┄┄┄┄┄┄┄┄┄┄"),
        (0.5, 1.0, "█████░░░░┃"),
        (0.001, 0.0, "▏░░░░░░░░░"),
    ],
)
def test_examples(progress: float | None, expected: float | None, drawn: str) -> None:
    assert text(draw(progress, expected, 10)) == drawn


def test_the_signs_are_one_cell_wide() -> None:
    assert all(cell_len(sign) == 1 for sign in (FULL, REST, MARK, UNKNOWN, BELOW, ABOVE))
