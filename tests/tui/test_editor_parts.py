"""The parts of the goal editor that need no screen: the fan, the marks of days, the choices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.draft import Letter
from goals.model import Account, AccountId, Client, ClientId, Goal
from goals.workcalendar import EVERYDAY, WorkCalendar
from tests.support.store import TODAY
from tui.commands.command import Area, commands_of
from tui.commands.editor import TAKES
from tui.drawing.fan import BAND, MIDDLE, TARGET, WAY, Part, fan
from tui.goal.editor_texts import LEAD, letter_text, letters_text, understood_text
from tui.goal.new_goals import twin_text
from tui.goal.offers import offer_key, offers_of
from tui.screens.date_picker import EXTRA, FREE, WEEKEND, DatePicker
from tui.widgets.field import LABEL
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


def test_no_command_of_the_editor_shares_its_keys() -> None:
    keys = [key for command in commands_of(Area.EDITOR) for key in command.binding().key.split(",")]
    assert len(keys) == len(set(keys))


def test_the_key_before_a_choice_is_one_that_takes_it() -> None:
    assert [offer_key(take.keys, typing=False) for take in TAKES] == list("123456789")
    typing = [offer_key(take.keys, typing=True) for take in TAKES]
    assert typing == ["F4", "F5", "F6", "F7", "F8", "F9", "Alt+7", "Alt+8", "Alt+9"]
    assert offer_key(("v", "f12"), typing=False) == "v"
    assert offer_key(("ctrl+t",), typing=False) == "Ctrl+T"
    assert offer_key(("v",), typing=True) == ""


def wrapped(width: int, lead: int) -> list[str]:
    [goal] = said("300 подписчиков в вк к новому году")
    return [row.plain for row in letter_text(RU, goal, Letter.ATTAINABLE, TODAY, width, lead).split("\n")]


@pytest.mark.parametrize("lead", [LEAD, LABEL])
def test_the_facts_of_a_letter_hang_under_themselves(lead: int) -> None:
    first, *rest = wrapped(lead + 12, lead)
    assert first[:lead].startswith("A … достижимо")
    assert rest
    assert all(row[:lead].isspace() and not row[lead].isspace() for row in rest)


@pytest.mark.parametrize("width", [40, 74, 180])
@pytest.mark.parametrize(
    "line", ["1000 подписчиков к новому году", "300 подписчиков или 20 заявок за декабрь", "漢字 " * 30]
)
def test_no_line_of_the_letters_is_wider_than_the_screen(line: str, width: int) -> None:
    goals = said(line)
    offers = offers_of(RU, goals[0], Answers(), TODAY)
    texts = [
        letters_text(RU, goals[0], offers, TODAY, width, lambda place: f"F{place + 4}"),
        understood_text(RU, goals, 0, TODAY, width),
    ]
    for text in texts:
        assert all(row.rstrip().cell_length <= width for row in text.split("\n"))


def test_every_goal_of_a_line_that_is_there_already_is_named() -> None:
    line = "12 постов и 6 историй про старую партию до 30-го"
    both = tuple(each.goal for each in said(line))
    places = [Account(AccountId(1), ClientId(1), "vk", "zerno")]
    client = Client(ClientId(1), "Зерно")

    def told(*living: Goal) -> str:
        known = Known(client, TODAY, tuple(places), (), (), living, EVERYDAY)
        return twin_text(RU, known, said(line)).replace("\xa0", " ")

    assert told() == ""
    assert told(both[1]) == "Такая цель уже есть: Старую партию: 6 историй, до 30.11"
    assert told(*both) == (
        "Такие цели уже есть: Старую партию: 12 постов, до 30.11 · Старую партию: 6 историй, до 30.11"
    )


def test_the_priority_of_the_goals_topic_is_offered_first() -> None:
    [goal] = said("12 постов про дегустации до 30-го")
    goal = replace(goal, priorities=("Распродать", "Дегустации"), likely=2)
    offered = [o.text for o in offers_of(RU, goal, Answers(), TODAY) if o.letter is Letter.RELEVANT]
    assert offered == ["Дегустации", "Распродать"]
    linked = [o.text for o in offers_of(RU, goal, Answers(priority=1), TODAY) if o.chosen]
    assert linked == ["Распродать"]
