"""Matching over a real store: what it marks, when it looks again, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from goals.model import AccountId, ClientId, GoalKind, GoalStatus, PostId, Topic
from store import matching
from store.contract import Writer
from store.matching import match_batches
from store.refresh import refresh_all
from store.values import Filter
from tests.support.store import (
    AUTHOR,
    NOW,
    add_account,
    add_client,
    add_goal,
    days_ago,
    make_store,
    post,
    sync_unit,
)


class Speller:
    """A lemmatizer of plain endings that notes which words it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, word: str) -> str:
        self.asked.append(word)
        return word.rstrip("аеиоуыя")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Writer]:
    with make_store(tmp_path / "smm.db") as store:
        yield store


@pytest.fixture
def client(store: Writer) -> ClientId:
    return add_client(store)


@pytest.fixture
def zerno(store: Writer, client: ClientId) -> AccountId:
    return add_account(store, client)


def told(store: Writer, client: ClientId, *words: str, name: str = "Партия") -> Topic:
    """The client's topic, told by these words from now on."""
    number = store.topic(client, name)
    topic = next(own for own in store.topics(client) if own.id == number)
    return store.update_topic(replace(topic, words=words), author=AUTHOR, now=NOW)


def run(store: Writer, lemmatize: Callable[[str], str] | None = None, version: str = "1") -> int:
    return sum(match_batches(store, lemmatize or Speller(), lambda _: True, version, NOW))


def about(store: Writer) -> dict[str, tuple[str, ...]]:
    """What each post is about, by its text."""
    return {row.post.text: row.post.topics for row in store.posts(Filter())}


def number_of(store: Writer, text: str) -> PostId:
    return next(row.post.id for row in store.posts(Filter()) if row.post.text == text)


def test_posts_that_came_are_marked_and_their_goals_judged(
    store: Writer, client: ClientId, zerno: AccountId
) -> None:
    told(store, client, "партия")
    goal = add_goal(store, client, "posts", GoalKind.TOTAL_IN_PERIOD, 2.0, topic="Партия")
    sync_unit(store, zerno, posts=[post("1", text="Остатки партии"), post("2", text="Кот")])
    refresh_all(store, NOW)
    [before] = store.board_rows()
    assert run(store) == 2
    assert about(store) == {"Остатки партии": ("Партия",), "Кот": ()}
    [after] = store.board_rows()
    assert (before.goal_id, before.current, after.current) == (goal, 0.0, 1.0)
    sync_unit(store, zerno, posts=[post("3", text="Ещё партия")])
    assert run(store) == 1
    assert store.board_rows()[0].status == GoalStatus.MET


def test_nothing_is_looked_up_where_nothing_waits(store: Writer, client: ClientId, zerno: AccountId) -> None:
    told(store, client, "партия")
    speller = Speller()
    assert run(store, speller) == 0
    assert speller.asked == []
    sync_unit(store, zerno, posts=[post("1", text="Партия")])
    assert run(store, speller) == 1
    assert speller.asked != []
    speller.asked.clear()
    assert run(store, speller) == 0
    assert speller.asked == []


def test_a_client_without_words_for_its_topics_is_left_alone(
    store: Writer, client: ClientId, zerno: AccountId
) -> None:
    store.topic(client, "Партия")
    sync_unit(store, zerno, posts=[post("1", text="Партия")])
    assert run(store) == 0


def test_a_topic_of_one_client_says_nothing_of_anothers_posts(
    store: Writer, client: ClientId, zerno: AccountId
) -> None:
    other = add_client(store, "Свеча")
    told(store, client, "партия")
    told(store, other, "воск", name="Воск")
    strange = add_account(store, other, "svecha")
    sync_unit(store, zerno, posts=[post("1", text="Только воск"), post("2", text="Только партия")])
    sync_unit(store, strange, posts=[post("1", text="Ещё партия"), post("2", text="Ещё воск")])
    assert run(store) == 4
    assert about(store) == {
        "Только воск": (),
        "Только партия": ("Партия",),
        "Ещё партия": (),
        "Ещё воск": ("Воск",),
    }


def test_another_text_topic_or_version_is_looked_at_again(
    store: Writer, client: ClientId, zerno: AccountId
) -> None:
    told(store, client, "партия")
    sync_unit(store, zerno, posts=[post("1", text="Партия"), post("2", text="Остатки")])
    assert run(store) == 2
    sync_unit(store, zerno, posts=[post("1", text="Кот")])
    assert run(store) == 1
    assert about(store) == {"Кот": (), "Остатки": ()}
    told(store, client, "партия", "остатки")
    assert run(store) == 2
    assert about(store)["Остатки"] == ("Партия",)
    assert run(store, version="2") == 2
    assert run(store, lambda _: "слово", version="3") == 2
    assert about(store) == {"Кот": ("Партия",), "Остатки": ("Партия",)}


def test_a_topic_that_lost_its_words_loses_its_posts(
    store: Writer, client: ClientId, zerno: AccountId
) -> None:
    told(store, client, "партия")
    sync_unit(store, zerno, posts=[post("1", text="Партия")])
    run(store)
    told(store, client)
    run(store)
    assert about(store) == {"Партия": ()}


def test_what_is_doubtful_is_a_suggestion_and_a_mark_by_hand_settles_it(
    store: Writer, client: ClientId, zerno: AccountId
) -> None:
    told(store, client, "партия")
    add_goal(store, client, "posts", GoalKind.TOTAL_IN_PERIOD, 2.0, topic="Партия")
    sync_unit(store, zerno, posts=[post("1", text="Без партии"), post("2", text="Партия")])
    run(store)
    assert [(item.text, name) for item, name in store.suggestions(client)] == [("Без партии", "Партия")]
    assert store.board_rows()[0].current == 1.0
    for text, right in (("Без партии", True), ("Партия", False)):
        store.mark_topics(number_of(store, text), {"Партия": right}, author=AUTHOR, now=NOW)
    run(store, version="2")
    assert about(store) == {"Без партии": ("Партия",), "Партия": ()}
    assert store.suggestions(client) == []


def test_batches_can_be_left_and_gone_on_with(
    store: Writer, client: ClientId, zerno: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "BATCH", 2)
    told(store, client, "партия")
    sync_unit(store, zerno, posts=[post(str(n), days_ago(n), text=f"Партия {n}") for n in range(5)])
    batches = match_batches(store, Speller(), lambda _: True, "1", NOW)
    assert list(islice(batches, 1)) == [2]
    assert sum(bool(topics) for topics in about(store).values()) == 2
    assert run(store) == 3
    assert all(about(store).values())


def test_a_full_last_batch_ends_too(
    store: Writer, client: ClientId, zerno: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "BATCH", 2)
    told(store, client, "партия")
    sync_unit(store, zerno, posts=[post(str(n), text=f"Партия {n}") for n in range(4)])
    assert run(store) == 4
    assert run(store) == 0


def test_a_batch_that_fails_leaves_no_trace(
    store: Writer, client: ClientId, zerno: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(store, client, "партия")
    sync_unit(store, zerno, posts=[post("1", text="Партия")])

    def failing(*_: object) -> None:
        raise RuntimeError("no verdicts")

    monkeypatch.setattr(matching, "refresh_accounts", failing)
    with pytest.raises(RuntimeError):
        run(store)
    assert about(store) == {"Партия": ()}
    monkeypatch.undo()
    assert run(store) == 1
