"""What every store must do with content: posts, their figures and topics, and the facts made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from goals.facts import DayValue, Facts
from goals.model import AccountId, ClientId, GoalKind, Post, PostId, PostKind, PostState
from goals.records import Entry
from store.changes import ImportBatch
from store.contract import Writer
from store.errors import ExistsError, NotFoundError
from store.values import Filter, UnitStatus
from tests.store.base import StoreCase
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    add_account,
    add_client,
    add_goal,
    days_ago,
    post,
    reading,
    series,
    sync_unit,
)


def posts_of(store: Writer) -> list[Post]:
    return [row.post for row in store.posts(Filter())]


def facts_of(store: Writer, client_id: ClientId, metric: str, since: int = 30, **scope: object) -> Facts:
    goal = store.goal(add_goal(store, client_id, metric, GoalKind.AVERAGE, 1.0, **scope))
    return store.facts(goal, days_ago(since), TODAY)


def values_of(facts: Facts) -> list[float | None]:
    return [item.value for item in facts.posts]


class ContentContract(StoreCase):
    """Posts, their figures and topics, and facts."""

    def test_a_post_comes_back_as_it_was_told(self, store: Writer, zerno: AccountId) -> None:
        told = post(
            "17", days_ago(2), at=NOW - timedelta(days=2), url="https://vk.com/wall-1_17", text="Скидки",
            topics=("Партия", "акция"), figures={"views": 100, "likes": 5},
        )  # fmt: skip
        assert sync_unit(store, zerno, posts=[told]).posts == 1
        (found,) = posts_of(store)
        assert found == Post(
            id=found.id,
            account_id=zerno,
            network_id="17",
            kind=PostKind.POST,
            state=PostState.PUBLISHED,
            day=days_ago(2),
            published_at=NOW - timedelta(days=2),
            url="https://vk.com/wall-1_17",
            text="Скидки",
            topics=("акция", "Партия"),
            figures={"views": 100.0, "likes": 5.0},
        )

    def test_nothing_is_replaced_by_nothing(self, store: Writer, zerno: AccountId) -> None:
        sync_unit(store, zerno, posts=[post("1", text="Скидки", url="u", at=NOW, figures={"views": 9})])
        before = posts_of(store)
        assert sync_unit(store, zerno, posts=[post("1")]).posts == 0
        assert posts_of(store) == before

    def test_only_new_figures_count_as_a_change(self, store: Writer, zerno: AccountId) -> None:
        def tell(views: float, day: date) -> int:
            return sync_unit(store, zerno, posts=[post("1", figures={"views": views}, told=day)]).posts

        assert [tell(5, days_ago(3)), tell(5, days_ago(2)), tell(8, days_ago(1)), tell(5, TODAY)] == [
            1,
            0,
            1,
            1,
        ]
        assert tell(5, days_ago(3)) == 0
        assert posts_of(store)[0].figures == {"views": 5}

    def test_an_older_figure_never_replaces_the_newest(self, store: Writer, zerno: AccountId) -> None:
        sync_unit(store, zerno, posts=[post("1", figures={"views": 8})])
        sync_unit(store, zerno, posts=[post("1", figures={"views": 3}, told=days_ago(5))])
        assert posts_of(store)[0].figures == {"views": 8}

    @pytest.mark.parametrize("by_hand", [True, False])
    def test_a_plan_becomes_the_post_that_appears(
        self, store: Writer, zerno: AccountId, *, by_hand: bool
    ) -> None:
        plan = post(None, state=PostState.PLANNED, text="про партию", topics=("партия",))
        if by_hand:
            store.add_post(zerno, plan, author=AUTHOR, now=NOW)
        else:
            store.import_batches([ImportBatch(zerno, posts=[plan])], now=NOW)
        sync_unit(store, zerno, posts=[post("8", text="Свежая партия!")])
        (found,) = posts_of(store)
        assert (found.network_id, found.state, found.text) == ("8", PostState.PUBLISHED, "Свежая партия!")
        assert found.topics == ("партия",)
        store.import_batches([ImportBatch(zerno, posts=[plan])], now=NOW)
        assert posts_of(store) == [found]

    def test_what_was_entered_by_hand_can_be_taken_back_whole(self, store: Writer, zerno: AccountId) -> None:
        wrong = post(None, text="про партию", topics=("партия",), figures={"views": 100})
        kept = store.add_post(zerno, post("7", topics=("партия",)), author=AUTHOR, now=NOW)
        gone = store.add_post(zerno, wrong, author=AUTHOR, now=NOW)
        store.remove_post(gone)
        assert [found.id for found in posts_of(store)] == [kept]
        with pytest.raises(NotFoundError):
            store.remove_post(gone)
        store.remove_post(kept)
        assert posts_of(store) == []

    def test_a_post_that_a_network_told_of_is_not_removed(self, store: Writer, zerno: AccountId) -> None:
        store.add_post(zerno, post(None, state=PostState.PLANNED), author=AUTHOR, now=NOW)
        sync_unit(store, zerno, posts=[post("8", topics=("партия",), figures={"views": 5})])
        (found,) = before = posts_of(store)
        with pytest.raises(NotFoundError):
            store.remove_post(found.id)
        assert posts_of(store) == before

    def test_each_plan_is_used_once(self, store: Writer, zerno: AccountId) -> None:
        plan = post(None, state=PostState.PLANNED)
        store.import_batches([ImportBatch(zerno, posts=[plan, plan])], now=NOW)
        sync_unit(store, zerno, posts=[post("1"), post("2"), post("3")])
        assert [(found.network_id, found.state) for found in posts_of(store)] == [
            ("1", PostState.PUBLISHED),
            ("2", PostState.PUBLISHED),
            ("3", PostState.PUBLISHED),
        ]

    def test_a_plan_of_another_kind_or_day_stays_planned(self, store: Writer, zerno: AccountId) -> None:
        for plan in (
            post(None, state=PostState.PLANNED, kind=PostKind.STORY),
            post(None, days_ago(-1), state=PostState.PLANNED),
        ):
            store.add_post(zerno, plan, author=AUTHOR, now=NOW)
        sync_unit(store, zerno, posts=[post("1")])
        assert sorted(found.state for found in posts_of(store)) == ["planned", "planned", "published"]

    def test_a_postponed_post_is_published_under_its_id_or_a_new_one(
        self, store: Writer, zerno: AccountId
    ) -> None:
        at = NOW + timedelta(hours=3)
        held = [post("5", state=PostState.PLANNED, at=at), post("6", days_ago(-1), state=PostState.PLANNED)]
        sync_unit(store, zerno, posts=held)
        sync_unit(store, zerno, posts=[post("9", at=at + timedelta(seconds=20)), post("6", days_ago(-1))])
        assert [(found.network_id, found.state) for found in posts_of(store)] == [
            ("9", PostState.PUBLISHED),
            ("6", PostState.PUBLISHED),
        ]

    def test_a_plan_that_is_still_held_back_is_not_the_post_that_appeared(
        self, store: Writer, zerno: AccountId
    ) -> None:
        held = post("5", state=PostState.PLANNED, at=NOW)
        sync_unit(store, zerno, posts=[held])
        sync_unit(store, zerno, posts=[post("9", at=NOW), held])
        assert {found.network_id: found.state.value for found in posts_of(store)} == {
            "5": "planned",
            "9": "published",
        }

    def test_a_story_logged_by_hand_is_not_counted_again(self, store: Writer, zerno: AccountId) -> None:
        story = post(None, kind=PostKind.STORY, topics=("партия",))
        number = store.add_post(zerno, story, author=AUTHOR, now=NOW)
        sync_unit(store, zerno, posts=[post("s1", kind=PostKind.STORY, figures={"views": 30})])
        (found,) = posts_of(store)
        assert (found.id, found.network_id, found.figures) == (number, "s1", {"views": 30})

    def test_a_post_of_a_known_id_is_not_added_twice(self, store: Writer, zerno: AccountId) -> None:
        number = store.add_post(zerno, post("1"), author=AUTHOR, now=NOW)
        with pytest.raises(ExistsError) as caught:
            store.add_post(zerno, post("1"), author=AUTHOR, now=NOW)
        assert caught.value.existing == number
        with pytest.raises(NotFoundError):
            store.add_post(AccountId(99), post("1"), author=AUTHOR, now=NOW)

    def test_what_a_complete_reading_no_longer_shows_was_deleted(
        self, store: Writer, zerno: AccountId
    ) -> None:
        store.add_post(zerno, post(None, text="руками"), author=AUTHOR, now=NOW)
        old = post("1", days_ago(9))
        sync_unit(
            store,
            zerno,
            posts=[old, post("2", days_ago(2)), post("3", kind=PostKind.STORY), post("4", days_ago(1))],
        )
        counts = sync_unit(store, zerno, posts=[post("4", days_ago(1))], complete_since=days_ago(5))
        assert counts.posts == 1
        states = {found.network_id: found.state.value for found in posts_of(store)}
        assert states == {
            "1": "published", "2": "deleted", "3": "published", "4": "published", None: "published",
        }  # fmt: skip
        sync_unit(store, zerno, posts=[post("2", days_ago(2))])
        assert PostState.DELETED not in {found.state for found in posts_of(store)}

    def test_a_plan_taken_for_deleted_comes_back_when_the_network_shows_it_again(
        self, store: Writer, zerno: AccountId
    ) -> None:
        plan = post("9", TODAY + timedelta(days=3), state=PostState.PLANNED, text="Дегустация")
        sync_unit(store, zerno, posts=[plan])
        sync_unit(store, zerno, complete_since={(PostState.PLANNED, PostKind.POST): TODAY})
        assert [found.state for found in posts_of(store)] == [PostState.DELETED]
        counts = sync_unit(store, zerno, posts=[plan])
        assert (counts.posts, [found.state for found in posts_of(store)]) == (1, [PostState.PLANNED])

    def test_a_plan_in_a_file_brings_nothing_back(self, store: Writer, zerno: AccountId) -> None:
        plan = post(None, TODAY + timedelta(days=3), state=PostState.PLANNED, text="Дегустация")
        gone = post(None, TODAY + timedelta(days=3), state=PostState.DELETED, text="Дегустация")
        for told in (plan, gone, plan):
            store.import_batches([ImportBatch(zerno, posts=[told])], now=NOW)
        assert [found.state for found in posts_of(store)] == [PostState.DELETED]

    def test_a_mark_by_hand_outweighs_the_network(self, store: Writer, zerno: AccountId) -> None:
        told = post("1", topics=("партия", "акция"))
        sync_unit(store, zerno, posts=[told])
        number = posts_of(store)[0].id
        store.mark_topics(number, {"партия": False, "кофе": True}, author=AUTHOR, now=NOW)
        sync_unit(store, zerno, posts=[told])
        assert posts_of(store)[0].topics == ("акция", "кофе")
        with pytest.raises(NotFoundError):
            store.mark_topics(PostId(99), {"кофе": True}, author=AUTHOR, now=NOW)

    def test_posts_are_exported_in_order_however_many(self, store: Writer, zerno: AccountId) -> None:
        told = [post(str(number), days_ago(number % 7)) for number in range(1100)]
        sync_unit(store, zerno, posts=told)
        days = [found.day for found in posts_of(store)]
        assert len(days) == 1100
        assert days == sorted(days)
        since = [row.post.day for row in store.posts(Filter(since=days_ago(1), until=days_ago(1)))]
        assert set(since) == {days_ago(1)}

    # --- facts

    def test_the_days_of_one_account(self, store: Writer, client: ClientId, zerno: AccountId) -> None:
        sync_unit(store, zerno, readings=series(zerno, [5, 6, 7]))
        facts = facts_of(store, client, "audience", since=1, account_id=zerno)
        assert facts.days == (DayValue(days_ago(1), 6), DayValue(TODAY, 7))
        assert (facts.as_of, facts.by_hand, facts.posts) == (NOW, False, ())

    def test_levels_are_carried_forward_and_summed_once_all_are_known(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        second = add_account(store, client, "zerno2")
        third = add_account(store, client, "zerno3")
        sync_unit(store, zerno, readings=[reading(zerno, days_ago(3), 100), reading(zerno, TODAY, 110)])
        sync_unit(
            store, second, readings=[reading(second, days_ago(2), 50), reading(second, days_ago(1), 60)]
        )
        assert facts_of(store, client, "audience", network="vk").days == ()
        sync_unit(store, third, readings=[reading(third, days_ago(40), 1)])
        expected = [(days_ago(2), 151), (days_ago(1), 161), (TODAY, 171)]
        assert list(facts_of(store, client, "audience", network="vk").days) == expected

    def test_totals_are_summed_day_by_day(self, store: Writer, client: ClientId, zerno: AccountId) -> None:
        other = add_account(store, client, network="telegram")
        for number, values in ((zerno, [1, 2]), (other, [10])):
            sync_unit(store, number, readings=series(number, values, "joins"))
        assert list(facts_of(store, client, "joins").days) == [(days_ago(1), 1), (TODAY, 12)]
        assert list(facts_of(store, client, "joins", network="vk").days) == [(days_ago(1), 1), (TODAY, 2)]

    def test_manual_metrics_come_from_what_was_logged(self, store: Writer, client: ClientId) -> None:
        facts = facts_of(store, client, "income")
        assert (facts.days, facts.as_of, facts.by_hand) == ((), None, True)
        store.log_entry(Entry(0, client, "income", days_ago(1), 5000, "", AUTHOR, NOW))
        facts = facts_of(store, client, "income")
        assert (list(facts.days), facts.as_of, facts.by_hand) == ([(days_ago(1), 5000)], NOW, False)

    def test_content_that_nobody_collected_or_wrote_down_is_unread(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        assert facts_of(store, client, "posts").unread
        store.add_post(zerno, post(None, kind=PostKind.STORY), author=AUTHOR, now=NOW)
        assert not facts_of(store, client, "posts").unread
        other = add_account(store, client, "zerno2", network="telegram")
        assert facts_of(store, client, "posts", network="telegram").unread
        sync_unit(store, other, complete_since=days_ago(30))
        assert not facts_of(store, client, "posts", network="telegram").unread

    def test_content_is_counted_by_kind_and_topic(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        def told(network_id: str, day: int, **more: object) -> None:
            sync_unit(store, zerno, posts=[post(network_id, days_ago(day), topics=("Партия",), **more)])  # type: ignore[arg-type]

        told("1", 2)
        told("2", 1, kind=PostKind.ARTICLE)
        told("3", 1, kind=PostKind.STORY)
        told("4", -5, state=PostState.PLANNED)
        told("5", 40)
        sync_unit(store, zerno, posts=[post("6")])
        facts = facts_of(store, client, "posts", topic="партия")
        assert [(item.day, item.state.value, item.value) for item in facts.posts] == [
            (days_ago(2), "published", 1.0),
            (days_ago(1), "published", 1.0),
            (days_ago(-5), "planned", 1.0),
        ]
        assert (facts.as_of, facts.by_hand) == (NOW, False)
        assert len(facts_of(store, client, "posts").posts) == 4
        assert len(facts_of(store, client, "stories").posts) == 1
        assert facts_of(store, client, "posts", topic="неизвестная").posts == ()

    def test_a_post_marked_as_not_about_the_topic_is_left_out(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        sync_unit(store, zerno, posts=[post("1", topics=("партия",)), post("2", topics=("партия",))])
        store.mark_topics(posts_of(store)[0].id, {"Партия": False}, author=AUTHOR, now=NOW)
        assert len(facts_of(store, client, "posts", topic="партия").posts) == 1

    @pytest.mark.parametrize(
        ("metric", "expected"),
        [
            ("views", [1000, None, 0]),
            ("likes", [30, 7, 2]),
            ("engagement", [50, 7, 2]),
            ("engagement_rate", [5.0, None, None]),
        ],
    )
    def test_a_missing_figure_is_never_zero(
        self,
        store: Writer,
        client: ClientId,
        zerno: AccountId,
        metric: str,
        expected: Sequence[float | None],
    ) -> None:
        told = [
            post("1", days_ago(2), figures={"views": 1000, "likes": 30, "comments": 20}),
            post("2", days_ago(1), figures={"likes": 7}),
            post("3", TODAY, figures={"views": 0, "likes": 2}),
        ]
        sync_unit(store, zerno, posts=told)
        assert values_of(facts_of(store, client, metric)) == expected

    def test_content_by_hand_is_never_stale_and_a_read_account_is(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        store.add_post(zerno, post(None, kind=PostKind.STORY), author=AUTHOR, now=NOW)
        sync_unit(store, zerno, readings=series(zerno, [1]))
        facts = facts_of(store, client, "stories")
        assert (len(facts.posts), facts.as_of, facts.by_hand) == (1, None, True)
        assert facts_of(store, client, "reach").as_of is None
        assert not facts_of(store, client, "reach").by_hand
        later = NOW + timedelta(hours=6)
        sync_unit(store, zerno, complete_since=days_ago(30), now=later)
        sync_unit(store, zerno, status=UnitStatus.PARTIAL, now=later + timedelta(hours=1))
        facts = facts_of(store, client, "stories")
        assert (facts.as_of, facts.by_hand) == (later, False)

    def test_another_clients_figures_are_not_seen(self, store: Writer, client: ClientId) -> None:
        other = add_client(store, "Свеча")
        stranger = add_account(store, other)
        sync_unit(store, stranger, readings=series(stranger, [1]), posts=[post("1")])
        assert facts_of(store, client, "audience").days == ()
        assert facts_of(store, client, "posts").posts == ()
