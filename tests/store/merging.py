"""What every store must do with two accounts of a client that prove to be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from goals.model import AccountId, ClientId, GoalKind, PostState
from store.changes import Profile, UnitOutcome
from store.contract import Writer
from store.values import Filter, UnitCounts, UnitStatus
from tests.store.base import StoreCase
from tests.support.store import (
    AUTHOR,
    NOW,
    account,
    add_account,
    add_client,
    add_goal,
    days_ago,
    post,
    reading,
    series,
)

PROFILE = Profile("42", "zerno", "Зерно")


class MergeContract(StoreCase):
    """Twins become one account."""

    def read(self, store: Writer, number: AccountId, **more: object) -> UnitCounts:
        """Commit a unit in which the network says that the account is community 42."""
        run_id = store.start_run(NOW)
        store.claim(run_id, [number])
        unit = UnitOutcome(number, UnitStatus.OK, NOW, profile=PROFILE, **more)  # type: ignore[arg-type]
        return store.commit_unit(unit, run_id)

    def test_the_account_whose_id_was_known_is_kept(self, store: Writer, client: ClientId) -> None:
        named = add_account(store, client, "zerno", tokens=("own", "both"))
        numbered = add_account(store, client, "club42", network_id="42", tokens=("both",))
        self.read(store, named)
        (kept,) = store.accounts(client)
        assert (kept.id, kept.handle, kept.network_id, kept.title) == (numbered, "zerno", "42", "Зерно")
        assert kept.tokens == ("both", "own")
        assert kept.last_ok_at == NOW
        gone = account(store, named)
        assert (gone.archived, gone.last_ok_at) == (True, None)

    def test_the_one_that_is_read_first_is_kept_where_no_id_was_known(
        self, store: Writer, client: ClientId
    ) -> None:
        first, second = add_account(store, client, "club42"), add_account(store, client, "zerno")
        self.read(store, first)
        self.read(store, second)
        assert [item.id for item in store.accounts(client)] == [first]

    def test_figures_are_joined_and_none_is_overwritten(self, store: Writer, client: ClientId) -> None:
        named, numbered = (
            add_account(store, client, "zerno"),
            add_account(store, client, "club42", network_id="42"),
        )
        self.read(store, numbered, readings=[reading(numbered, days_ago(1), 10)], cursors={"posts": "own"})
        self.read(
            store,
            named,
            readings=[*series(named, [7, 8, 9]), reading(named, days_ago(3), 5, "reach")],
            cursors={"posts": "twin"},
        )
        rows = list(store.readings(Filter()))
        assert [(row.metric, row.day, row.value) for row in rows] == [
            ("audience", days_ago(2), 7),
            ("audience", days_ago(1), 10),
            ("audience", days_ago(0), 9),
            ("reach", days_ago(3), 5),
        ]
        assert {(item.metric, item.value) for item in store.latest([numbered])} == {
            ("audience", 9),
            ("reach", 5),
        }
        assert store.latest([named]) == []
        assert store.cursors(numbered) == {"posts": "own"}

    def test_an_account_never_read_takes_the_cursors_too(self, store: Writer, client: ClientId) -> None:
        named, numbered = (
            add_account(store, client, "zerno"),
            add_account(store, client, "club42", network_id="42"),
        )
        self.read(store, named, cursors={"posts": "twin"})
        assert store.cursors(numbered) == {"posts": "twin"}
        assert store.cursors(named) == {}

    def test_posts_are_joined_with_their_figures_and_marks(self, store: Writer, client: ClientId) -> None:
        named, numbered = (
            add_account(store, client, "zerno"),
            add_account(store, client, "club42", network_id="42"),
        )
        self.read(store, numbered, posts=[post("1", figures={"views": 5}, told=days_ago(1))])
        store.add_post(
            named,
            post(None, days_ago(-2), state=PostState.PLANNED, text="План"),
            author=AUTHOR,
            now=NOW,
        )
        twin = store.add_post(named, post("1"), author=AUTHOR, now=NOW)
        store.mark_topics(twin, {"партия": True}, author=AUTHOR, now=NOW)
        self.read(store, named, posts=[post("1", figures={"views": 9, "likes": 2}), post("2")])
        rows = list(store.posts(Filter()))
        assert {row.post.account_id for row in rows} == {numbered}
        found = {row.post.network_id: row.post for row in rows}
        assert set(found) == {"1", "2", None}
        assert len(rows) == 3
        assert (found["1"].topics, found["1"].figures) == (("партия",), {"views": 9, "likes": 2})

    def test_of_two_marks_on_one_post_the_stronger_is_kept_and_rules_look_again(
        self, store: Writer, client: ClientId
    ) -> None:
        named, numbered = (
            add_account(store, client, "zerno"),
            add_account(store, client, "club42", network_id="42"),
        )
        self.read(store, numbered, posts=[post("1", topics=("партия",))])
        kept = next(iter(store.posts(Filter()))).post.id
        topics = {topic.name: topic for topic in store.topics(client)}
        store.update_topic(replace(topics["партия"], words=("остатки",)), author=AUTHOR, now=NOW)
        store.put_matches("rules", [kept], [])
        twin = store.add_post(named, post("1", topics=("кофе",)), author=AUTHOR, now=NOW)
        store.mark_topics(twin, {"партия": False}, author=AUTHOR, now=NOW)
        store.put_matches("rules", [kept, twin], [])
        assert store.posts_to_match("rules", 9) == []
        self.read(store, named)
        (row,) = store.posts(Filter())
        assert (row.post.id, row.post.topics) == (kept, ("кофе",))
        assert [item.post_id for item in store.posts_to_match("rules", 9)] == [kept]

    def test_goals_go_to_the_kept_account_and_are_touched_by_the_twin(
        self, store: Writer, client: ClientId
    ) -> None:
        named, numbered = (
            add_account(store, client, "zerno"),
            add_account(store, client, "club42", network_id="42"),
        )
        goal = add_goal(store, client, kind=GoalKind.GAIN, network="vk", account_id=named)
        before = store.goal(goal)
        self.read(store, named, readings=series(named, [1]))
        after = store.goal(goal)
        assert (after.account_id, after.version) == (numbered, before.version + 1)
        assert [row.account_id for row in store.board_rows()] == [numbered]
        assert [item.id for item in store.goals_touched([named])] == [goal]
        assert [item.id for item in store.goals_touched([numbered])] == [goal]

    def test_accounts_of_other_clients_and_networks_are_no_twins(
        self, store: Writer, client: ClientId
    ) -> None:
        other = add_client(store, "Другой")
        own = add_account(store, client, "zerno")
        add_account(store, other, "club42", network_id="42")
        add_account(store, client, "zerno42", network="telegram", network_id="42")
        self.read(store, own, readings=series(own, [1]))
        assert len(store.accounts()) == 3
        assert account(store, own).network_id == "42"

    def test_an_account_that_was_another_community_is_not_merged(
        self, store: Writer, client: ClientId
    ) -> None:
        own = add_account(store, client, "zerno", network_id="7")
        add_account(store, client, "club42", network_id="42")
        self.read(store, own)
        assert [item.network_id for item in store.accounts(client)] == ["42", "7"]

    def test_a_network_that_tells_no_id_takes_none_away(self, store: Writer, client: ClientId) -> None:
        own = add_account(store, client, "zerno", network_id="7")
        run_id = store.start_run(NOW)
        store.claim(run_id, [own])
        store.commit_unit(
            UnitOutcome(own, UnitStatus.OK, NOW, profile=Profile(None, "Zerno", "Зерно")), run_id
        )
        found = account(store, own)
        assert (found.network_id, found.handle, found.title) == ("7", "Zerno", "Зерно")

    def test_a_run_may_go_on_with_the_kept_account(self, store: Writer, client: ClientId) -> None:
        named, numbered = (
            add_account(store, client, "zerno"),
            add_account(store, client, "club42", network_id="42"),
        )
        run_id = store.start_run(NOW)
        store.claim(run_id, [named, numbered])
        for number, value in ((named, 1), (numbered, 2)):
            later = NOW + timedelta(minutes=value)
            unit = UnitOutcome(
                number, UnitStatus.OK, later, readings=[reading(number, days_ago(0), value)], profile=PROFILE
            )
            store.commit_unit(unit, run_id)
        assert [row.value for row in store.readings(Filter())] == [2]
        assert {unit.account_id for unit in store.units(run_id)} == {named, numbered}
