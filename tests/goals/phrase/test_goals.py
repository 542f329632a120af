"""What `read` gives beyond plain values: several goals, readings to choose from, windows, what for."""

from __future__ import annotations

from datetime import date

import pytest

from goals.draft import Draft
from goals.model import GoalKind, Period
from goals.phrase import read
from tests.goals.phrase.score import TODAY


def _only(text: str) -> Draft:
    wishes = read(text, TODAY)
    assert len(wishes) == 1
    return wishes[0].draft


def test_two_kinds_of_content_are_two_goals_about_the_same() -> None:
    posts, stories = (wish.draft for wish in read("12 постов и 6 историй про старую партию до 30-го", TODAY))
    assert (posts.metric, posts.amount) == ("posts", 12)
    assert (stories.metric, stories.amount) == ("stories", 6)
    assert {posts.topic, stories.topic} == {"старую партию"}
    assert {posts.deadline, stories.deadline} == {date(2026, 11, 30)}


def test_each_goal_keeps_its_own_network_date_and_rate() -> None:
    there, here = (wish.draft for wish in read("300 подписчиков в вк и 200 в телеге до конца года", TODAY))
    assert (there.network, there.amount, there.metric) == ("vk", 300, "audience")
    assert (here.network, here.amount, here.metric) == ("telegram", 200, "audience")
    first, second = (wish.draft for wish in read("10 постов до 30-го и 5 сторис до 15-го", TODAY))
    assert (first.deadline, second.deadline) == (date(2026, 11, 30), date(2026, 12, 15))
    weekly, daily = (wish.draft for wish in read("2 рилса в неделю, 3 сторис в день", TODAY))
    assert (weekly.period, daily.period) == (Period.WEEK, Period.DAY)


def test_a_time_of_answers_and_content_are_two_goals() -> None:
    answers, posts = (wish.draft for wish in read("отвечать за 15 минут и 3 поста в неделю", TODAY))
    assert (answers.metric, answers.amount, answers.unit) == ("reply_time", 15, "minutes")
    assert (posts.metric, posts.amount, posts.period) == ("posts", 3, Period.WEEK)


def test_a_rate_said_once_is_for_both() -> None:
    posts, clips = (wish.draft for wish in read("5 постов и 2 рилса в неделю", TODAY))
    assert posts.period is clips.period is Period.WEEK


def test_a_share_of_each_is_two_goals() -> None:
    reach, people = (wish.draft for wish in read("увеличить охваты на 20% и подписчиков на 10%", TODAY))
    assert (reach.metric, reach.amount) == ("reach", 20)
    assert (people.metric, people.amount) == ("audience", 10)


@pytest.mark.parametrize(
    "text", ["6 постов про чай и кофе", "3 поста в неделю, всего 6 постов за две недели"]
)
def test_a_joined_topic_or_a_sum_is_no_second_goal(text: str) -> None:
    _only(text)


@pytest.mark.parametrize("text", ["700 подписчиков", "набрать 700 подписчиков к лету", "700 участников чата"])
def test_a_bare_number_of_people_is_a_level_or_a_gain(text: str) -> None:
    (wish,) = read(text, TODAY)
    kinds = {wish.draft.kind, *(other.kind for other in wish.alternatives)}
    assert kinds == {GoalKind.REACH_LEVEL, GoalKind.GAIN}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("+700 подписчиков", GoalKind.GAIN),
        ("700 новых подписчиков", GoalKind.GAIN),
        ("прирост 700 подписчиков", GoalKind.GAIN),
        ("дойти до 700 подписчиков", GoalKind.REACH_LEVEL),
        ("get to 700 followers", GoalKind.REACH_LEVEL),
    ],
)
def test_words_that_tell_level_from_gain_leave_nothing_to_choose(text: str, kind: GoalKind) -> None:
    (wish,) = read(text, TODAY)
    assert wish.draft.kind is kind
    assert wish.alternatives == ()


def test_a_quarter_a_season_and_a_feast_have_two_honest_dates() -> None:
    for text, first, other in (
        ("10 статей за квартал", date(2027, 2, 23), date(2026, 12, 31)),
        ("10 статей к лету", date(2027, 5, 31), date(2027, 6, 1)),
        ("10 статей к Новому году", date(2026, 12, 31), date(2027, 1, 1)),
    ):
        (wish,) = read(text, TODAY)
        assert wish.draft.deadline == first
        assert other in {each.deadline for each in wish.alternatives}


def test_a_range_is_its_lower_end_with_the_upper_to_choose() -> None:
    (wish,) = read("5-7 постов в месяц", TODAY)
    assert wish.draft.amount == 5
    assert [other.amount for other in wish.alternatives] == [7]


def test_pieces_for_a_month_may_be_pieces_every_month() -> None:
    (wish,) = read("14 постов за месяц", TODAY)
    assert wish.draft.deadline == date(2026, 12, 23)
    assert [(other.kind, other.period, other.deadline) for other in wish.alternatives] == [
        (GoalKind.KEEP_RATE, Period.MONTH, None)
    ]


def test_where_one_stands_is_the_baseline() -> None:
    assert _only("с 900 до 1400 подписчиков к весне").baseline == 900
    now = _only("сейчас 900 подписчиков, хотим 1400 к весне")
    assert (now.baseline, now.amount) == (900, 1400)
    assert _only("поднять охваты с 5 до 8 тысяч").baseline == 5000
    assert _only("от 3 до 5 постов в неделю").baseline is None


@pytest.mark.parametrize(
    ("text", "start", "deadline"),
    [
        ("9 постов за декабрь", date(2026, 12, 1), date(2026, 12, 31)),
        ("9 постов в ноябре", date(2026, 11, 1), date(2026, 11, 30)),
        ("9 постов с 5 по 20 декабря", date(2026, 12, 5), date(2026, 12, 20)),
        ("9 posts in Q1", date(2027, 1, 1), date(2027, 3, 31)),
        ("9 постов на следующей неделе", date(2026, 11, 30), date(2026, 12, 6)),
        ("9 постов за зиму", date(2026, 12, 1), date(2027, 2, 28)),
        ("с 1 декабря 2 поста в неделю", date(2026, 12, 1), None),
        ("9 постов до 20 декабря", None, date(2026, 12, 20)),
    ],
)
def test_a_named_window_has_its_first_day(text: str, start: date | None, deadline: date | None) -> None:
    draft = _only(text)
    assert (draft.start, draft.deadline) == (start, deadline)


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("10 постов, чтобы распродать остатки до 30 ноября", "чтобы распродать остатки"),
        ("3 рилса в неделю для роста продаж", "для роста продаж"),
        ("чтобы заполнить зал, 20 сторис за неделю", "чтобы заполнить зал"),
        ("200 likes per post so that people trust us", "so that people trust us"),
        ("чтобы каждый пост читали 500 человек", None),
        ("10 постов для детей до пятницы", None),
    ],
)
def test_a_clause_that_says_what_for_is_kept(text: str, purpose: str | None) -> None:
    assert _only(text).purpose == purpose


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("4 поста про школу за границей к марту", "школу за границей"),
        ("4 поста на тему «чай, кофе и уют» до пятницы", "чай, кофе и уют"),
        ("зимние шапки: 4 поста до пятницы", "зимние шапки"),
        ("про Новый год 4 поста до пятницы", "Новый год"),
        ("4 posts about winter boots by Friday", "winter boots"),
        ("about 400 followers by Friday", None),
        ("чтобы о нас говорили", None),
    ],
)
def test_the_topic_is_as_it_was_written(text: str, topic: str | None) -> None:
    assert _only(text).topic == topic
