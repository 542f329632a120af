"""A share of all content about a topic is not growth in percent, and growth is no share."""

from __future__ import annotations

import pytest

from goals.draft import Draft
from goals.model import GoalKind, Period
from goals.phrase import read
from tests.goals.phrase.score import TODAY


def _first(text: str) -> Draft:
    return read(text, TODAY)[0].draft


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("50 % постов про новую коллекцию", 50),
        ("половина контента про новую коллекцию", 50),
        ("про новую коллекцию половина постов", 50),
        ("каждый третий пост про новую коллекцию", 33.3),
        ("каждый 4-й пост про новую коллекцию", 25),
        ("не меньше трети контента про новую коллекцию", 33.3),
        ("две трети постов про новую коллекцию", 66.6),
        ("четверть всех постов про новую коллекцию", 25),
        ("два поста из пяти про новую коллекцию", 40),
        ("доля постов про новую коллекцию — 30 %", 30),
        ("20-30 % контента про новую коллекцию", 20),
    ],
)
def test_a_share_in_russian(text: str, percent: float) -> None:
    draft = _first(text)
    assert (draft.metric, draft.kind, draft.unit) == ("topic_share", GoalKind.AVERAGE, "percent")
    assert draft.amount == percent
    assert draft.topic == "новую коллекцию"


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("half of the posts about gift cards", 50),
        ("half our content about gift cards", 50),
        ("40% of all posts about gift cards", 40),
        ("a third of the content about gift cards", 33.3),
        ("a quarter of our posts about gift cards", 25),
        ("every other post about gift cards", 50),
        ("one in three posts about gift cards", 33.3),
    ],
)
def test_a_share_in_english(text: str, percent: float) -> None:
    draft = _first(text)
    assert (draft.metric, draft.amount, draft.topic) == ("topic_share", percent, "gift cards")


@pytest.mark.parametrize(
    "text",
    [
        "на 50 % больше постов про новую коллекцию",
        "+50 % постов про новую коллекцию",
        "увеличить количество постов про новую коллекцию на 50 %",
        "50 % more posts about gift cards",
    ],
)
def test_growth_is_no_share(text: str) -> None:
    draft = _first(text)
    assert (draft.metric, draft.kind, draft.amount) == ("posts", GoalKind.GAIN_PERCENT, 50)


@pytest.mark.parametrize("text", ["50 % постов", "каждый третий пост", "5 постов из 3 про чай"])
def test_there_is_no_share_of_nothing(text: str) -> None:
    assert _first(text).metric != "topic_share"


def test_a_share_may_be_kept_and_stand_beside_another_goal() -> None:
    share, stories = (wish.draft for wish in read("половина постов про чай и 3 сторис в день", TODAY))
    assert (share.metric, share.amount) == ("topic_share", 50)
    assert (stories.metric, stories.amount, stories.period) == ("stories", 3, Period.DAY)
    weekly = _first("каждую неделю половина постов про чай")
    assert (weekly.metric, weekly.kind, weekly.period) == ("topic_share", GoalKind.KEEP_RATE, Period.WEEK)
