"""The parts of the goal editor that need no screen: the fan, the marks of days, the choices."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.model import Account, AccountId, Client, ClientId
from goals.workcalendar import EVERYDAY, WorkCalendar
from tests.support.store import TODAY
from tui.commands.editor import OFFERS, offer_key_text, offer_keys
from tui.drawing.fan import BAND, MIDDLE, TARGET, WAY, Part, fan
from tui.goal.editor_texts import letters_text, understood_text
from tui.goal.offers import offers_of
from tui.screens.date_picker import EXTRA, FREE, WEEKEND, DatePicker
from wording.words import Words
from work.goal_draft import Answers, Known, Said, said_goals

RU = Words("ru")
FIGURE = st.floats(-1e6, 1e6)


def said(line: str) -> tuple[Said, ...]:
    places = [
        Account(AccountId(n), ClientId(1), name, "zerno") for n, name in enumerate(("vk", "telegram"), 1)
    ]
    return said_goals(Known(Client(ClientId(1), "Зерно"), TODAY, tuple(places), (), (), (), EVERYDAY), line)


def test_a_fan_shows_the_start_the_band_and_the_target() -> None:
    text = "".join(piece.text for piece in fan(0.0, (50.0, 70.0), 100.0, 21))
    assert text == WAY * 10 + BAND * 2 + MIDDLE + BAND * 2 + WAY * 5 + TARGET


@given(FIGURE, FIGURE, FIGURE, st.none() | FIGURE, st.integers(2, 60))
def test_a_fan_fills_its_cells_and_always_shows_its_target(
    start: float, one: float, other: float, target: float | None, width: int
) -> None:
    pieces = fan(start, (min(one, other), max(one, other)), target, width)
    assert sum(len(piece.text) for piece in pieces) == width
    assert any(piece.part is Part.TARGET for piece in pieces) == (target is not None)


@pytest.mark.parametrize(
    ("day", "mark"),
    [
        (date(2026, 11, 23), ""), (date(2026, 11, 28), WEEKEND), (date(2026, 11, 25), FREE),
        (date(2026, 11, 29), EXTRA),
    ],
)  # fmt: skip
def test_days_are_marked_by_the_clients_calendar(day: date, mark: str) -> None:
    calendar = WorkCalendar.of(free=[date(2026, 11, 25)], working=[date(2026, 11, 29)])
    assert DatePicker(RU, TODAY, TODAY, calendar).mark_of(day) == mark


def test_no_choice_shares_its_keys() -> None:
    keys = [key for place in range(OFFERS) for key in offer_keys(place)]
    assert len(keys) == len(set(keys))
    assert all(offer_key_text(place, typing=False) in keys for place in range(OFFERS))
    assert [offer_key_text(place, typing=True) for place in (0, 5, 6, OFFERS)] == ["F4", "F9", "Alt+7", ""]


@pytest.mark.parametrize("width", [40, 74, 180])
@pytest.mark.parametrize(
    "line", ["1000 подписчиков к новому году", "300 подписчиков или 20 заявок за декабрь", "漢字 " * 30]
)
def test_no_line_of_the_letters_is_wider_than_the_screen(line: str, width: int) -> None:
    goals = said(line)
    offers = offers_of(RU, goals[0], Answers(), TODAY)
    texts = [
        letters_text(RU, goals[0], offers, TODAY, width, typing=True),
        understood_text(RU, goals, 0, TODAY, width),
    ]
    for text in texts:
        assert all(row.rstrip().cell_length <= width for row in text.split("\n"))
