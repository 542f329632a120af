"""What a line says beyond its goal: one of two, the most there may be, a rate beside, days that are not."""

from __future__ import annotations

from datetime import date

import pytest

from goals.draft import Draft, Letter, NoSuchDay, Wish
from goals.model import GoalKind, Period
from goals.phrase import read
from tests.goals.phrase.score import TODAY


def _only(text: str) -> Wish:
    wishes = read(text, TODAY)
    assert len(wishes) == 1
    return wishes[0]


def _told(drafts: tuple[Draft, ...]) -> set[tuple[str | None, float | None]]:
    return {(draft.metric, draft.amount) for draft in drafts}


def test_one_of_two_goals_is_to_be_chosen() -> None:
    wish = _only("300 новых подписчиков или 20 заявок до конца месяца")
    assert wish.either
    assert (wish.draft.metric, wish.draft.amount) == ("audience", 300)
    [other] = wish.alternatives
    assert (other.metric, other.kind, other.amount) == ("leads", GoalKind.TOTAL_IN_PERIOD, 20)
    assert other.deadline == date(2026, 11, 30)


def test_a_number_said_once_is_for_both() -> None:
    wish = _only("5 постов или сторис в неделю")
    assert wish.either
    assert _told((wish.draft, *wish.alternatives)) == {("posts", 5), ("stories", 5)}
    assert {each.period for each in wish.alternatives} == {Period.WEEK}
    vague = _only("больше подписчиков или заявок")
    assert _told((vague.draft, *vague.alternatives)) == {("audience", None), ("leads", None)}


@pytest.mark.parametrize(
    "text", ["200 лайков на пост или рилс", "3 или 4 поста в неделю", "5 постов про чай или кофе"]
)
def test_not_every_or_is_between_two_goals(text: str) -> None:
    assert not _only(text).either


def test_three_or_four_is_a_range() -> None:
    wish = _only("3 или 4 поста в неделю")
    assert [wish.draft.amount, *(other.amount for other in wish.alternatives)] == [3, 4]


@pytest.mark.parametrize(
    ("text", "is_ceiling"),
    [
        ("не больше 30 часов в неделю", True),
        ("не более 30 часов в неделю", True),
        ("30 часов в неделю максимум", True),
        ("no more than 30 hours a week", True),
        ("отписок меньше 30 в месяц", True),
        ("не меньше 30 часов в неделю", False),
        ("30 часов в неделю", False),
        ("больше 30 постов в месяц", False),
        ("меньше отписываться", False),
    ],
)
def test_the_most_there_may_be_is_kept(text: str, is_ceiling: bool) -> None:
    assert _only(text).draft.ceiling is is_ceiling


@pytest.mark.parametrize(
    ("text", "per_week"),
    [
        ("12 постов до конца месяца, по 5 в неделю", 5),
        ("12 постов до 30.11 по 5 постов в неделю", 5),
        ("12 постов до 30.11, 5 раз в неделю", 5),
        ("20 сторис до 30.11, по 2 в день", 14),
        ("+300 подписчиков до 31.12, 20 в неделю", 20),
        ("по 5 постов в неделю, всего 12 до 30.11", 5),
        ("12 постов до 30.11", None),
        ("5 постов в неделю", None),
    ],
)
def test_a_rate_beside_an_amount_is_kept_beside_it(text: str, per_week: float | None) -> None:
    draft = _only(text).draft
    assert draft.per_week == per_week
    assert (draft.period is None) is (text != "5 постов в неделю")


def test_a_sum_that_a_rate_comes_to_is_the_rate() -> None:
    draft = _only("3 поста в неделю, всего 6 постов за две недели").draft
    assert (draft.kind, draft.amount, draft.per_week) == (GoalKind.KEEP_RATE, 3, None)


@pytest.mark.parametrize(
    ("text", "passed", "deadline"),
    [
        ("12 постов до 15.11", date(2026, 11, 15), date(2027, 11, 15)),
        ("12 posts by November 15", date(2026, 11, 15), date(2027, 11, 15)),
        ("12 постов за октябрь", date(2026, 10, 31), date(2027, 10, 31)),
        ("12 постов до 8 марта", None, date(2027, 3, 8)),
        ("12 постов до 15.11.2027", None, date(2027, 11, 15)),
        ("12 постов за 51 неделю", None, date(2027, 11, 15)),
        ("12 постов до 23.11", None, TODAY),
    ],
)
def test_a_day_that_is_just_over_is_told(text: str, passed: date | None, deadline: date) -> None:
    wish = _only(text)
    assert (wish.passed, wish.draft.deadline) == (passed, deadline)


def test_the_same_day_of_the_next_month_stands_beside_one_that_is_over() -> None:
    assert [other.deadline for other in _only("12 постов до 15.11").alternatives] == [date(2026, 12, 15)]


def test_the_year_turns_between_the_day_and_the_line() -> None:
    [wish] = read("12 постов до 15 декабря", date(2027, 1, 10))
    assert (wish.passed, wish.draft.deadline) == (date(2026, 12, 15), date(2027, 12, 15))


@pytest.mark.parametrize(
    ("text", "no_day"),
    [
        ("12 постов до 31 ноября", NoSuchDay(31, 11, 30)),
        ("12 posts by November 31", NoSuchDay(31, 11, 30)),
        ("3 поста в неделю до 31.11", NoSuchDay(31, 11, 30)),
        ("12 постов до 30 февраля", NoSuchDay(30, 2, 28)),
        ("12 постов до 29 февраля 2027", NoSuchDay(29, 2, 28)),
        ("12 постов до 30 ноября", None),
        ("12 постов", None),
    ],
)
def test_a_day_that_there_is_not_is_told(text: str, no_day: NoSuchDay | None) -> None:
    wish = _only(text)
    assert wish.no_day == no_day
    assert (wish.draft.deadline is None) is (no_day is not None or text == "12 постов")


def test_the_middle_of_a_month_that_is_over_is_the_next_ones() -> None:
    assert _only("10 постов к середине месяца").draft.deadline == date(2026, 12, 16)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("конверсия 3 % к 30.11", "конверсия"),
        ("конверсия в заявку 3 % к 30.11", "конверсия"),
        ("2 бартера с блогерами в месяц", "бартера"),
        ("20 заявок к 30.11", None),
        ("раскрутить группу", None),
    ],
)
def test_a_figure_of_the_trade_that_nothing_counts_is_named(text: str, word: str | None) -> None:
    wish = _only(text)
    assert wish.uncounted == word
    assert (Letter.SPECIFIC in wish.missing) is (wish.draft.metric is None)


def test_percent_of_a_conversion_is_no_growth() -> None:
    draft = _only("поднять конверсию до 3 % к 30.11").draft
    assert (draft.metric, draft.kind, draft.amount, draft.unit) == (None, GoalKind.AVERAGE, 3, "percent")


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("отписки", "leaves"),
        ("отписок не больше 30 в месяц", "leaves"),
        ("чтобы меньше отписывались", "leaves"),
        ("fewer unfollows", "leaves"),
        ("200 вступлений в группу до 30.11", "joins"),
        ("200 подписок до 30.11", "audience"),
    ],
)
def test_who_comes_and_who_goes(text: str, metric: str) -> None:
    assert _only(text).draft.metric == metric


@pytest.mark.parametrize(
    "text",
    [
        "-100 подписчиков до 31.12",
        "−100 подписчиков до 31.12",
        "-100 followers by Dec 31",
        "lose 100 followers by Dec 31",
        "потерять 100 подписчиков до 31.12",
        "уменьшить аудиторию на 100 до 31.12",
        "сократить охват на 500 до 31.12",
    ],
)
def test_a_loss_is_never_turned_into_a_gain(text: str) -> None:
    wish = _only(text)
    assert wish.loss is not None
    assert wish.draft.amount is None
    assert not any(other.amount for other in wish.alternatives)
    assert Letter.MEASURABLE in wish.missing


@pytest.mark.parametrize(
    ("text", "metric", "amount"),
    [
        ("- 12 постов до 30.11", "posts", 12),
        ("снизить отток до 20 человек в неделю", "leaves", 20),
        ("не терять больше 30 подписчиков в месяц", "leaves", 30),
        ("увеличить охват на 500 до 31.12, не снижая ER", "reach", 500),
    ],
)
def test_a_bullet_and_a_limit_of_losses_are_no_loss(text: str, metric: str, amount: float) -> None:
    wish = read(text, TODAY)[0]
    assert (wish.loss, wish.draft.metric, wish.draft.amount) == (None, metric, amount)


@pytest.mark.parametrize(
    ("text", "bought"),
    [
        ("купить 500 подписчиков до 31.12", True),
        ("buy 500 followers by Dec 31", True),
        ("заказать 300 отзывов до 31.12", True),
        ("докупить реакций", True),
        ("не покупать подписчиков", False),
        ("500 followers who buy by Dec 31", False),
    ],
)
def test_what_is_bought_has_no_relevance(text: str, bought: bool) -> None:
    assert (Letter.RELEVANT in _only(text).missing) is bought


def test_an_elided_second_goal_is_about_its_own_topic() -> None:
    first, second = read("12 постов про старую партию и 6 про новую до 30.11", TODAY)
    assert (first.draft.amount, first.draft.topic) == (12, "старую партию")
    assert (second.draft.metric, second.draft.amount, second.draft.topic) == ("posts", 6, "новую партию")
    assert first.draft.deadline == second.draft.deadline


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("500 подписчиков в максе", "max"),
        ("5 постов в вк и макс", "vk"),
        ("30 часов макс", None),
        ("постов макс 5 в вк", "vk"),
        ("30 hours max this month", None),
    ],
)
def test_max_is_a_network_only_where_one_can_stand(text: str, network: str | None) -> None:
    assert read(text, TODAY)[0].draft.network == network


def test_a_growth_that_is_named_leaves_nothing_to_choose() -> None:
    assert _only("хочу прирост аудитории в 300 человек в ВК к концу месяца").alternatives == ()
