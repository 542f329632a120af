"""What every store must do with topics, and with what a matcher says that posts are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from goals.model import AccountId, ClientId, GoalKind, Post, PostId, PostKind, PostState, Topic, TopicId
from store.changes import ImportBatch
from store.contract import Writer
from store.errors import ConflictError, ExistsError, NotFoundError
from store.values import Filter, MarkedBy, TopicMark
from tests.store.base import StoreCase
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    account,
    add_account,
    add_client,
    add_goal,
    days_ago,
    post,
    sync_unit,
)

LATER = NOW + timedelta(hours=1)
RULES = "rules-1"


def the_topic(store: Writer, client_id: ClientId, name: str = "Старая партия", *words: str) -> Topic:
    """The client's topic of this name, with the words where any are given."""
    number = store.topic(client_id, name)
    found = next(topic for topic in store.topics(client_id) if topic.id == number)
    return store.update_topic(replace(found, words=words), author=AUTHOR, now=NOW) if words else found


def waiting(store: Writer, matcher: str = RULES) -> list[PostId]:
    return [item.post_id for item in store.posts_to_match(matcher, 100)]


def the_post(store: Writer, network_id: str = "1") -> Post:
    return next(row.post for row in store.posts(Filter()) if row.post.network_id == network_id)


def match(
    store: Writer, post_ids: Iterable[PostId], *found: tuple[PostId, TopicId], maybe: bool = False
) -> set[AccountId]:
    return store.put_matches(RULES, list(post_ids), [(number, topic, maybe) for number, topic in found])


class TopicContract(StoreCase):
    """Topics and marks."""

    # --- topics

    def test_a_topic_keeps_what_it_is_told_by(self, store: Writer, client: ClientId) -> None:
        read = the_topic(store, client)
        assert (read.words, read.hashtags, read.links, read.version) == ((), (), (), 1)
        edited = replace(read, words=("партия", "остатки"), hashtags=("#партия",), links=("zerno.ru/sale",))
        saved = store.update_topic(edited, author="Ольга", now=NOW)
        assert store.topics(client) == [saved] == [replace(edited, version=2, author="Ольга")]

    def test_of_two_edits_of_a_topic_the_second_is_refused(
        self, store: Writer, client: ClientId, path: Path
    ) -> None:
        read = the_topic(store, client)
        with self.make(path) as other:
            other.update_topic(replace(read, words=("остатки",)), author="Ольга", now=NOW)
        with pytest.raises(ConflictError) as caught:
            store.update_topic(replace(read, words=("скидки",)), author="Пётр", now=NOW)
        assert caught.value.author == "Ольга"
        assert store.topics(client)[0].words == ("остатки",)
        with pytest.raises(NotFoundError):
            store.update_topic(replace(read, id=TopicId(99)), author=AUTHOR, now=NOW)

    def test_a_topic_cannot_take_the_name_of_another(self, store: Writer, client: ClientId) -> None:
        first, second = the_topic(store, client), the_topic(store, client, "Новинки")
        the_topic(store, add_client(store, "Свеча"), "Кофе")
        with pytest.raises(ExistsError) as caught:
            store.update_topic(replace(second, name="СТАРАЯ партия"), author=AUTHOR, now=NOW)
        assert caught.value.existing == first.id
        assert store.update_topic(replace(second, name="Кофе"), author=AUTHOR, now=NOW).name == "Кофе"

    def test_a_new_name_is_taken_over_by_the_clients_goals(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        stranger = add_goal(store, add_client(store, "Свеча"), "posts", topic="Старая партия")
        number = add_goal(store, client, "posts", GoalKind.TOTAL_IN_PERIOD, topic="старая партия")
        other = add_goal(store, client, "posts", topic="Кофе")
        sync_unit(store, zerno, posts=[post("1", topics=("старая партия",))])
        being_edited = store.goal(number)
        store.update_topic(replace(the_topic(store, client), name="Ликвидация"), author="Ольга", now=LATER)
        assert [store.goal(goal).topic for goal in (number, other, stranger)] == [
            "Ликвидация",
            "Кофе",
            "Старая партия",
        ]
        assert {row.topic for row in store.board_rows([client])} == {"Ликвидация", "Кофе"}
        assert len(store.facts(store.goal(number), days_ago(30), TODAY).posts) == 1
        with pytest.raises(ConflictError):
            store.update_goal(replace(being_edited, amount=5.0), author=AUTHOR, now=LATER)
        assert {topic.name for topic in store.topics(client)} == {"Ликвидация", "Кофе"}

    def test_a_topic_that_nothing_names_is_removed(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        topic = the_topic(store, client, "Партия", "остатки")
        sync_unit(store, zerno, posts=[post("1")])
        (number,) = waiting(store)
        match(store, [number], (number, topic.id))
        mark = store.changes_since(0).mark
        store.remove_topic(topic.id)
        assert (store.topics(client), the_post(store).topics) == ([], ())
        assert store.changes_since(mark).goals_of == {client}
        with pytest.raises(NotFoundError):
            store.remove_topic(topic.id)

    def test_a_topic_that_a_goal_or_a_person_names_stays(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        sync_unit(store, zerno, posts=[post("1", topics=("Из файла",)), post("2")])
        store.mark_topics(the_post(store, "2").id, {"Вручную": False}, author=AUTHOR, now=NOW)
        the_topic(store, client, "Цель")
        add_goal(store, client, "posts", topic="ЦЕЛЬ")
        for topic in store.topics(client):
            with pytest.raises(NotFoundError):
                store.remove_topic(topic.id)
        assert [topic.name for topic in store.topics(client)] == ["Вручную", "Из файла", "Цель"]

    def test_a_topic_goes_with_its_marks_where_that_is_asked_for(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        sync_unit(store, zerno, posts=[post("1")])
        store.mark_topics(the_post(store).id, {"Вручную": True}, author=AUTHOR, now=NOW)
        the_topic(store, client, "Цель")
        add_goal(store, client, "posts", topic="ЦЕЛЬ")
        named, marked = sorted(store.topics(client), key=lambda topic: topic.name, reverse=True)
        store.remove_topic(marked.id, marks=True)
        assert (store.topics(client), the_post(store).topics) == ([named], ())
        with pytest.raises(NotFoundError):
            store.remove_topic(named.id, marks=True)

    # --- which posts wait

    def test_posts_wait_only_where_a_topic_has_something_to_match(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        sync_unit(store, zerno, posts=[post("1", text="Остатки"), post("2", kind=PostKind.STORY)])
        stranger = add_account(store, add_client(store, "Свеча"))
        sync_unit(store, stranger, posts=[post("3", text="Остатки")])
        named = the_topic(store, client)
        assert waiting(store) == []
        store.update_topic(replace(named, hashtags=("#остатки",)), author=AUTHOR, now=NOW)
        assert [tuple(item)[1:] for item in store.posts_to_match(RULES, 100)] == [
            (client, PostKind.POST, "Остатки"),
            (client, PostKind.STORY, ""),
        ]
        assert len(store.posts_to_match(RULES, 1)) == 1

    def test_what_was_matched_waits_for_another_matcher_only(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        the_topic(store, client, "Партия", "остатки")
        sync_unit(store, zerno, posts=[post("1"), post("2")])
        first, second = waiting(store)
        match(store, [first])
        assert waiting(store) == [second]
        match(store, [second])
        assert waiting(store) == []
        assert waiting(store, "rules-2") == [first, second]

    def test_another_text_is_matched_again(self, store: Writer, client: ClientId, zerno: AccountId) -> None:
        the_topic(store, client, "Партия", "остатки")
        sync_unit(store, zerno, posts=[post("1", text="Скоро"), post("2", text="Скоро")])
        match(store, waiting(store))
        sync_unit(store, zerno, posts=[post("1", text="Скоро", figures={"views": 5})])
        assert waiting(store) == []
        sync_unit(store, zerno, posts=[post("1", text="Остатки со скидкой")])
        assert waiting(store) == [the_post(store).id]

    def test_a_changed_or_new_topic_makes_its_clients_posts_wait(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        other = add_client(store, "Свеча")
        stranger = add_account(store, other)
        topic = the_topic(store, client, "Партия", "остатки")
        the_topic(store, other, "Воск", "воск")
        sync_unit(store, zerno, posts=[post("1")])
        sync_unit(store, stranger, posts=[post("2")])

        def wait_after(**changes: object) -> list[PostId]:
            nonlocal topic
            match(store, waiting(store))
            topic = store.update_topic(replace(topic, **changes), author=AUTHOR, now=NOW)  # type: ignore[arg-type]
            return waiting(store)

        mine = [the_post(store).id]
        assert wait_after() == []
        assert wait_after(words=("партия",)) == mine
        assert wait_after(hashtags=("#партия",)) == mine
        assert wait_after(links=("zerno.ru",)) == mine
        match(store, mine)
        store.topic(client, "Новинки")
        assert waiting(store) == mine

    def test_a_topic_left_without_words_lets_go_of_its_posts(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        topic = the_topic(store, client, "Партия", "остатки")
        sync_unit(store, zerno, posts=[post("1"), post("2")])
        first, _ = waiting(store)
        match(store, waiting(store), (first, topic.id))
        store.update_topic(replace(topic, words=()), author=AUTHOR, now=NOW)
        assert waiting(store) == [first]
        assert match(store, [first]) == {zerno}
        assert waiting(store) == []
        assert the_post(store).topics == ()

    def test_an_account_given_to_another_client_is_matched_anew(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        topic = the_topic(store, client, "Партия", "остатки")
        sync_unit(store, zerno, posts=[post("1")])
        number = the_post(store).id
        match(store, [number], (number, topic.id))
        other = add_client(store, "Свеча")
        store.update_account(replace(account(store, zerno), client_id=other), author=AUTHOR, now=NOW)
        assert waiting(store) == [number]

    # --- marks

    def test_matches_count_and_are_replaced(self, store: Writer, client: ClientId, zerno: AccountId) -> None:
        party, coffee = (
            the_topic(store, client, "Партия", "остатки"),
            the_topic(store, client, "Кофе", "кофе"),
        )
        second = add_account(store, client, network="telegram")
        sync_unit(store, zerno, posts=[post("1")])
        sync_unit(store, second, posts=[post("2")])
        first, other = the_post(store).id, the_post(store, "2").id
        assert match(store, [first, other], (first, party.id)) == {zerno}
        assert the_post(store).topics == ("Партия",)
        assert match(store, [first, other], (first, party.id)) == set()
        assert match(store, [first], (first, coffee.id)) == {zerno}
        assert the_post(store).topics == ("Кофе",)
        assert match(store, [other], (other, party.id)) == {second}
        assert the_post(store).topics == ("Кофе",)

    def test_a_suggestion_counts_nowhere_until_somebody_says_so(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        topic = the_topic(store, client, "Партия", "остатки")
        number = add_goal(store, client, "posts", GoalKind.TOTAL_IN_PERIOD, topic="партия")
        told = [post("1", days_ago(1)), post("2"), post("3"), post("4", state=PostState.PLANNED)]
        sync_unit(store, zerno, posts=told)
        ids = [the_post(store, name).id for name in "1234"]
        assert match(store, ids, *((found, topic.id) for found in ids), maybe=True) == set()
        assert store.facts(store.goal(number), days_ago(30), TODAY).posts == ()
        assert the_post(store).topics == ()
        assert [(found.network_id, name) for found, name in store.suggestions(client)] == [
            ("4", "Партия"),
            ("3", "Партия"),
            ("2", "Партия"),
            ("1", "Партия"),
        ]
        assert store.suggestions(add_client(store, "Свеча")) == []
        store.mark_topics(ids[0], {"Партия": True}, author=AUTHOR, now=NOW)
        store.mark_topics(ids[1], {"Партия": False}, author=AUTHOR, now=NOW)
        assert [found.network_id for found, _ in store.suggestions(client)] == ["4", "3"]
        assert len(store.facts(store.goal(number), days_ago(30), TODAY).posts) == 1

    def test_a_mark_by_hand_outweighs_a_matcher_in_both_directions(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        topic = the_topic(store, client, "Партия", "остатки")
        sync_unit(store, zerno, posts=[post("1"), post("2")])
        yes, no = waiting(store)
        store.mark_topics(yes, {"Партия": True}, author=AUTHOR, now=NOW)
        match(store, [yes, no], (no, topic.id))
        store.mark_topics(no, {"Партия": False}, author=AUTHOR, now=NOW)
        assert match(store, [yes, no], (no, topic.id)) == set()
        assert (the_post(store).topics, the_post(store, "2").topics) == (("Партия",), ())

    def test_it_is_told_who_says_what_a_post_is_about(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        party = the_topic(store, client, "Партия", "остатки")
        coffee = the_topic(store, client, "Кофе", "кофе")
        sync_unit(store, zerno, posts=[post("1", topics=("Акция",)), post("2")])
        stranger = add_account(store, add_client(store, "Свеча"))
        sync_unit(store, stranger, posts=[post("3", topics=("Воск",))])
        first, second = the_post(store).id, the_post(store, "2").id
        match(store, [first], (first, coffee.id))
        match(store, [second], (second, party.id), maybe=True)
        store.mark_topics(second, {"Кофе": False, "Акция": True}, author=AUTHOR, now=NOW)
        assert store.topic_marks(client) == [
            TopicMark(first, "Акция", True, MarkedBy.FILE),
            TopicMark(first, "Кофе", True, MarkedBy.RULES),
            TopicMark(second, "Акция", True, MarkedBy.HAND),
            TopicMark(second, "Кофе", False, MarkedBy.HAND),
            TopicMark(second, "Партия", None, MarkedBy.RULES),
        ]
        assert [mark.topic for mark in store.topic_marks()][5:] == ["Воск"]

    def test_a_mark_taken_away_leaves_the_post_to_the_matcher(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        topic = the_topic(store, client, "Партия", "остатки")
        sync_unit(store, zerno, posts=[post("1"), post("2", topics=("Кофе",))])
        ids = waiting(store)
        match(store, ids, (ids[0], topic.id))
        store.mark_topics(ids[0], {"партия": False, "кофе": True}, author=AUTHOR, now=NOW)
        assert (the_post(store).topics, waiting(store)) == (("Кофе",), [])
        store.mark_topics(ids[0], {"ПАРТИЯ": None, "неизвестная": None}, author="Ольга", now=LATER)
        assert waiting(store) == [ids[0]]
        assert [each.name for each in store.topics(client)] == ["Кофе", "Партия"]
        match(store, [ids[0]], (ids[0], topic.id))
        assert the_post(store).topics == ("Кофе", "Партия")

    def test_taking_a_mark_away_leaves_what_others_said(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        topic = the_topic(store, client, "Партия", "остатки")
        sync_unit(store, zerno, posts=[post("1", topics=("Кофе",))])
        (number,) = waiting(store)
        match(store, [number], (number, topic.id))
        store.mark_topics(number, {"Партия": None, "Кофе": None}, author=AUTHOR, now=NOW)
        assert the_post(store).topics == ("Кофе", "Партия")

    def test_what_a_file_told_stays_when_a_matcher_sees_nothing(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        topic = the_topic(store, client, "Партия", "остатки")
        told = post("1", topics=("Партия",))
        sync_unit(store, zerno, posts=[post("1"), post("2", topics=("Партия",))])
        ids = [the_post(store, name).id for name in "12"]
        match(store, ids, (ids[0], topic.id))
        store.import_batches([ImportBatch(zerno, posts=[told])], now=NOW)
        assert match(store, ids) == set()
        assert (the_post(store).topics, the_post(store, "2").topics) == (("Партия",), ("Партия",))

    def test_a_match_with_a_topic_that_is_not_there_changes_nothing(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        the_topic(store, client, "Партия", "остатки")
        sync_unit(store, zerno, posts=[post("1")])
        (number,) = waiting(store)
        with pytest.raises(NotFoundError):
            match(store, [number], (number, TopicId(99)))
        assert waiting(store) == [number]

    def test_a_changed_topic_is_told_to_the_board(self, store: Writer, client: ClientId) -> None:
        topic = the_topic(store, client)
        mark = store.changes_since(0).mark
        store.update_topic(replace(topic, words=("остатки",)), author=AUTHOR, now=NOW)
        assert store.changes_since(mark)[1:] == (frozenset({client}), False)

    def test_a_share_is_of_all_content_of_any_kind(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        told = [
            post("1", days_ago(3), topics=("Партия",)),
            post("2", days_ago(2)),
            post("3", days_ago(1), kind=PostKind.STORY, topics=("Партия",)),
            post("4", days_ago(-2), state=PostState.PLANNED),
        ]
        sync_unit(store, zerno, posts=told)

        def values(topic: str | None) -> list[float | None]:
            number = add_goal(store, client, "topic_share", GoalKind.AVERAGE, 30.0, topic=topic)
            facts = store.facts(store.goal(number), days_ago(30), TODAY)
            return [item.value for item in facts.posts]

        assert values("партия") == [100.0, 0.0, 100.0, 0.0]
        assert values("Кофе") == [0.0] * 4
        assert values(None) == [None] * 4
