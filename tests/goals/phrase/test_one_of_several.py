"""«В телеграме или вк», «к 1 или 15 декабря»: what the line leaves open comes back to choose from."""

from __future__ import annotations

from datetime import date

import pytest

from goals.draft import Wish
from goals.phrase import parse, read, read_day
from tests.goals.phrase.score import TODAY


def _only(text: str) -> Wish:
    [wish] = read(text, TODAY)
    return wish


def _days(text: str) -> list[str]:
    wish = _only(text)
    return [f"{each.deadline:%d.%m}" for each in (wish.draft, *wish.alternatives) if each.deadline]


@pytest.mark.parametrize(
    ("text", "networks"),
    [
        ("+300 подписчиков в телеграме или вк до 30.11", ["telegram", "vk"]),
        ("+300 подписчиков до 30.11 в вк либо в телеге", ["vk", "telegram"]),
        ("+300 followers in Telegram or in VK by November 30", ["telegram", "vk"]),
        ("3 поста в неделю в вк, телеге или инсте", ["vk", "telegram", "instagram"]),
        ("либо вк, либо телега: +300 подписчиков до 30.11", ["vk", "telegram"]),
        ("+300 подписчиков в группе вк или канале телеграм до 30.11", ["vk", "telegram"]),
    ],
)
def test_one_of_the_named_networks_is_to_be_chosen(text: str, networks: list[str]) -> None:
    wish = _only(text)
    assert wish.either
    assert wish.places == ()
    assert [each.network for each in (wish.draft, *wish.alternatives)] == networks
    assert {(each.metric, each.amount, each.deadline) for each in wish.alternatives} == {
        (wish.draft.metric, wish.draft.amount, wish.draft.deadline)
    }


def test_each_reading_is_offered_in_each_network() -> None:
    wish = _only("1000 подписчиков в вк или телеге до 31.12")
    read_so = {(each.network, each.kind) for each in (wish.draft, *wish.alternatives)}
    assert len(read_so) == 2 * 2
    assert wish.alternatives[0].network == "telegram"


def test_networks_with_numbers_of_their_own_are_two_readings() -> None:
    wish = _only("+300 подписчиков в вк или +200 в телеге до 30.11")
    assert wish.either
    assert [(each.network, each.amount) for each in (wish.draft, *wish.alternatives)] == [
        ("vk", 300),
        ("telegram", 200),
    ]


def test_networks_that_are_both_meant_are_no_choice() -> None:
    wish = _only("+300 подписчиков в вк и телеге до 30.11")
    assert (wish.either, wish.alternatives, wish.places) == (False, (), ("telegram",))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12 постов к 1 или 15 декабря", ["01.12", "15.12"]),
        ("12 постов к 15 или 1 декабря", ["15.12", "01.12"]),
        ("12 постов до 1 или до 15 декабря", ["01.12", "15.12"]),
        ("12 постов до 1 декабря или 15 декабря", ["01.12", "15.12"]),
        ("12 постов до 1 декабря или до 15", ["01.12", "15.12"]),
        ("12 постов до 15-го или 30-го", ["15.12", "30.11"]),
        ("12 постов до 25 или 30 числа в вк", ["25.11", "30.11"]),
        ("12 постов до 01.12 или 15.12", ["01.12", "15.12"]),
        ("12 постов к пятнице или понедельнику", ["27.11", "30.11"]),
        ("12 постов до конца ноября или декабря", ["30.11", "31.12"]),
        ("12 постов в декабре либо январе", ["31.12", "31.01"]),
        ("12 постов за 2 или 3 недели", ["07.12", "14.12"]),
        ("12 постов за месяц или два", ["23.12", "23.01"]),
        ("12 постов к 1 декабря, 15 декабря или к новому году", ["01.12", "15.12", "31.12"]),
        ("12 posts by December 1 or 15", ["01.12", "15.12"]),
        ("12 posts by the 1st or the 15th", ["01.12", "15.12"]),
        ("12 posts by Friday or Monday", ["27.11", "30.11"]),
        ("12 posts in a week or two", ["30.11", "07.12"]),
    ],
)
def test_one_of_the_named_days_is_to_be_chosen(text: str, days: list[str]) -> None:
    assert _days(text) == days
    assert _only(text).draft.amount == 12


@pytest.mark.parametrize(
    ("text", "day", "amounts"),
    [
        ("12 постов до 30.11 или 6 историй до 15.12", "30.11", [12, 6]),
        ("300 новых подписчиков до 30.11 или 20 заявок", "30.11", [300, 20]),
        ("3 или 4 поста в неделю до 15 декабря", "15.12", [3, 4]),
        ("12 постов к 30.11, 6 историй или клипов", "30.11", [12]),
    ],
)
def test_what_counts_something_is_no_day(text: str, day: str, amounts: list[float]) -> None:
    wish = read(text, TODAY)[0]
    assert f"{wish.draft.deadline:%d.%m}" == day
    assert [each.amount for each in (wish.draft, *wish.alternatives)] == amounts


def test_plain_values_have_the_other_readings_too() -> None:
    found = parse("12 постов в вк к 1 или 15 декабря", TODAY)
    assert found["deadline"] == "2026-12-01"
    [other] = found["alternatives"] if isinstance(found["alternatives"], list) else []
    assert other == {
        "network": "vk", "metric": "posts", "kind": "total_in_period", "amount": 12.0, "unit": "count",
        "topic": None, "period": None, "deadline": "2026-12-15",
    }  # fmt: skip
    assert parse("12 постов до 30.11", TODAY)["alternatives"] == []


def test_a_day_that_is_typed_is_one() -> None:
    assert read_day("1 декабря", TODAY) == date(2026, 12, 1)
    assert read_day("1 или 15 декабря", TODAY) is None
