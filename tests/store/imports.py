"""What every store must do with imports of files: who wins, what is remembered, what an undo brings back."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations
from typing import NamedTuple

import pytest

from goals.model import Account, AccountId, ClientId, Exactness, PostKind, PostState, Reading, Topic
from store.changes import ImportBatch, NewAccount, ObservedPost
from store.contract import Writer
from store.errors import NotFoundError, NothingToUndoError
from store.values import Filter, ImportCounts, PostRow, ReadingRow
from tests.store.base import StoreCase
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    account,
    add_account,
    add_goal,
    days_ago,
    post,
    reading,
    sync_unit,
)


class _Picture(NamedTuple):
    readings: list[ReadingRow]
    posts: list[PostRow]
    accounts: list[Account]
    topics: list[Topic]
    latest: list[Reading]
    data_as_of: datetime | None


def picture(store: Writer) -> _Picture:
    """All of a store that an import can change."""
    accounts = store.accounts(archived=True)
    return _Picture(
        list(store.readings(Filter())),
        list(store.posts(Filter())),
        accounts,
        store.topics(),
        store.latest([found.id for found in accounts]),
        store.data_as_of(),
    )


def bring(store: Writer, *batches: ImportBatch, name: str = "a.csv") -> tuple[int, ImportCounts]:
    with store.recorded_import(name, author=AUTHOR, now=NOW) as number:
        counts = store.import_batches(batches, now=NOW)
    return number, counts


def undo(store: Writer, number: int | None = None) -> tuple[int, int, int, int]:
    """Take an import back: figures and posts that are as before, and those that were changed since."""
    done = store.undo_import(number, author=AUTHOR, now=NOW)
    return done.figures, done.posts, done.kept_figures, done.kept_posts


def figures(account_id: AccountId, *values: float) -> ImportBatch:
    taken = NOW - timedelta(hours=1)
    told = [reading(account_id, days_ago(n), value, taken_at=taken) for n, value in enumerate(values)]
    return ImportBatch(account_id, told)


class ImportContract(StoreCase):
    """Imports: which figure wins, the list of them, and taking them back."""

    def test_an_import_is_remembered_with_what_it_touched(self, store: Writer, zerno: AccountId) -> None:
        assert store.imports() == []
        first, _ = bring(store, figures(zerno, 1, 2))
        second, _ = bring(
            store, ImportBatch(zerno, posts=[post("7", figures={"views": 9})]), name="посты.xlsx"
        )
        newer, older = store.imports()
        assert (newer.id, newer.name, newer.figures, newer.posts) == (second, "посты.xlsx", 1, 1)
        assert (older.id, older.made_at, older.author, older.figures) == (first, NOW, AUTHOR, 2)
        assert store.imports(1) == [newer]

    def test_an_import_that_changes_nothing_is_none(self, store: Writer, zerno: AccountId) -> None:
        batch = ImportBatch(
            zerno,
            [reading(zerno, TODAY, 5)],
            [post("1", text="раз", topics=("кофе",), figures={"views": 100})],
            as_of=NOW,
        )
        assert bring(store, batch)[1] == ImportCounts(2, 0, 0)
        before = picture(store)
        assert bring(store, batch)[1] == ImportCounts(0, 0, 2)
        assert picture(store) == before
        assert len(store.imports()) == 1

    def test_undo_brings_back_what_was(self, store: Writer, client: ClientId, zerno: AccountId) -> None:
        sync_unit(
            store,
            zerno,
            readings=[reading(zerno, days_ago(1), 50, taken_at=NOW - timedelta(days=1))],
            posts=[post("1", days_ago(1), text="раз", figures={"views": 10}, told=days_ago(1))],
        )
        planned = post(None, days_ago(2), state=PostState.PLANNED, text="план")
        store.add_post(zerno, planned, author=AUTHOR, now=NOW)
        before = picture(store)
        with store.recorded_import("a.csv", author=AUTHOR, now=NOW):
            new = store.add_account(NewAccount(client, "telegram", "news"), author=AUTHOR, now=NOW)
            told = [
                post(
                    "1", days_ago(1), url="https://vk.com/wall-1_1", topics=("кофе",), figures={"views": 20}
                ),
                post("2", days_ago(2), text="вышло", topics=("чай",), figures={"likes": 3}),
            ]
            late = NOW + timedelta(hours=1)
            store.import_batches(
                [
                    ImportBatch(
                        zerno, [reading(zerno, days_ago(1), 60), reading(zerno, TODAY, 70)], told, late
                    ),
                    ImportBatch(new, [reading(new, TODAY, 5)], [post("9", text="там")]),
                ],
                now=NOW,
            )
        assert picture(store) != before
        done = store.undo_import(None, author="Ольга", now=NOW)
        assert (done.figures, done.posts, done.accounts) == (5, 3, 1)
        assert (done.kept_figures, done.kept_posts, done.kept_accounts) == (0, 0, 0)
        assert done.touched == {zerno}
        assert picture(store) == before
        (record,) = store.imports()
        assert (record, record.undone_by) == (done.record, "Ольга")

    def test_what_was_changed_since_stays_and_is_told(self, store: Writer, zerno: AccountId) -> None:
        batch = ImportBatch(
            zerno,
            [reading(zerno, days_ago(1), 1), reading(zerno, TODAY, 2)],
            [
                post("1", text="раз", figures={"views": 5}, told=days_ago(1)),
                post("2", figures={"views": 5}, told=days_ago(1)),
                post("3", text="три"),
                post("4"),
            ],
        )
        bring(store, batch)
        later = NOW + timedelta(minutes=5)
        sync_unit(
            store,
            zerno,
            readings=[reading(zerno, TODAY, 3, taken_at=later)],
            posts=[post("2", figures={"views": 6}), post("3", text="три!")],
        )
        fourth = next(row.post for row in store.posts(Filter()) if row.post.network_id == "4")
        store.mark_topics(fourth.id, {"кофе": True}, author=AUTHOR, now=NOW)
        assert undo(store) == (3, 1, 1, 3)
        assert [(row.day, row.value) for row in store.readings(Filter())] == [(TODAY, 3)]
        posts = {row.post.network_id: row.post for row in store.posts(Filter())}
        assert sorted(str(number) for number in posts) == ["2", "3", "4"]
        assert posts["2"].figures == {"views": 6}
        assert [found.value for found in store.latest([zerno])] == [3]

    def test_an_account_that_is_in_use_stays(self, store: Writer, client: ClientId) -> None:
        with store.recorded_import("a.csv", author=AUTHOR, now=NOW):
            empty, used = (
                store.add_account(NewAccount(client, "telegram", handle), author=AUTHOR, now=NOW)
                for handle in ("news", "shop")
            )
        add_goal(store, client, network="telegram", account_id=used)
        done = store.undo_import(None, author=AUTHOR, now=NOW)
        assert (done.accounts, done.kept_accounts) == (1, 1)
        assert [found.id for found in store.accounts(archived=True)] == [used]
        assert empty not in done.touched

    @pytest.mark.parametrize("order", list(permutations(range(3))))
    def test_imports_one_on_another_are_taken_back_in_any_order(
        self, store: Writer, zerno: AccountId, order: tuple[int, ...]
    ) -> None:
        sync_unit(store, zerno, readings=[reading(zerno, days_ago(1), 5, taken_at=NOW - timedelta(days=1))])
        before = picture(store)
        numbers = []
        for value, text in enumerate(("раз", "дважды", "трижды"), 6):
            told = post("1", text=text, url=f"u{value}", figures={"views": value}, topics=("кофе",))
            taken = [reading(zerno, days_ago(n), value) for n in range(2)]
            numbers.append(bring(store, ImportBatch(zerno, taken, [told]))[0])
        for place in order:
            undo(store, numbers[place])
        assert picture(store)._replace(data_as_of=None) == before._replace(data_as_of=None)
        assert picture(store).data_as_of == before.data_as_of

    def test_what_cannot_be_undone_is_said(self, store: Writer, zerno: AccountId) -> None:
        with pytest.raises(NothingToUndoError):
            undo(store)
        number, _ = bring(store, figures(zerno, 1))
        with pytest.raises(NotFoundError):
            undo(store, number + 1)
        undo(store, number)
        with pytest.raises(NothingToUndoError):
            undo(store, number)
        with pytest.raises(NothingToUndoError):
            undo(store)
        again, counts = bring(store, figures(zerno, 1))
        assert (again, counts.new) == (number + 1, 1)

    def test_a_rehearsed_import_leaves_nothing(self, store: Writer, zerno: AccountId) -> None:
        before = picture(store)
        with store.together(keep=False):
            bring(store, figures(zerno, 1))
        assert (picture(store), store.imports()) == (before, [])
        sync_unit(store, zerno, readings=[reading(zerno, TODAY, 1)])
        bring(store, figures(zerno, 2, 3))
        assert [record.figures for record in store.imports()] == [1]

    def test_an_import_that_fails_leaves_nothing_and_the_next_one_is_whole(
        self, store: Writer, zerno: AccountId
    ) -> None:
        with pytest.raises(NotFoundError):
            bring(store, figures(zerno, 1), ImportBatch(AccountId(99)))
        assert (list(store.readings(Filter())), store.imports()) == ([], [])
        sync_unit(store, zerno, posts=[post("1")])
        bring(store, figures(zerno, 2))
        assert [(record.figures, record.posts) for record in store.imports()] == [(1, 0)]

    def test_a_figure_of_a_later_moment_is_not_overwritten(self, store: Writer, zerno: AccountId) -> None:
        sync_unit(
            store, zerno, readings=[reading(zerno, TODAY, 50)], posts=[post("1", figures={"views": 10})]
        )
        old = NOW - timedelta(hours=2)
        told = post("1", figures={"views": 8, "likes": 1})
        aged = ObservedPost(
            **{name: getattr(told, name) for name in ("network_id", "kind", "state", "day")},
            figures=tuple(figure._replace(taken_at=old) for figure in told.figures),
        )
        _, counts = bring(store, ImportBatch(zerno, [reading(zerno, TODAY, 40, taken_at=old)], [aged]))
        assert counts == ImportCounts(0, 1, 1)
        assert [row.value for row in store.readings(Filter())] == [50]
        (row,) = store.posts(Filter())
        assert row.post.figures == {"views": 10, "likes": 1}

    def test_a_rounded_figure_of_a_post_does_not_replace_an_exact_one(
        self, store: Writer, zerno: AccountId
    ) -> None:
        sync_unit(store, zerno, posts=[post("1", figures={"views": 1912})])
        told = post("1", figures={"views": 1900})
        rough = tuple(figure._replace(exactness=Exactness.ROUNDED) for figure in told.figures)
        shown = ObservedPost(told.network_id, told.kind, told.state, told.day, figures=rough)
        assert bring(store, ImportBatch(zerno, posts=[shown]))[1] == ImportCounts(0, 0, 1)

    def test_of_a_networks_post_a_file_fills_in_only_what_is_missing(
        self, store: Writer, zerno: AccountId
    ) -> None:
        at = NOW - timedelta(days=1)
        sync_unit(store, zerno, posts=[post("1", days_ago(1), kind=PostKind.CLIP, text="как есть", at=at)])
        told = post("1", days_ago(2), kind=PostKind.VIDEO, text="как было", url="https://vk.com/clip-1_1")
        assert bring(store, ImportBatch(zerno, posts=[told]))[1] == ImportCounts(0, 1, 0)
        (row,) = store.posts(Filter())
        assert (row.post.kind, row.post.text, row.post.day) == (PostKind.CLIP, "как есть", days_ago(1))
        assert row.post.url == "https://vk.com/clip-1_1"

    def test_a_file_may_tell_its_own_posts_anew(self, store: Writer, zerno: AccountId) -> None:
        bring(store, ImportBatch(zerno, posts=[post("1", text="было", at=NOW)]))
        bring(store, ImportBatch(zerno, posts=[post("1", days_ago(1), text="стало")]))
        (row,) = store.posts(Filter())
        assert (row.post.text, row.post.day) == ("стало", TODAY)  # a moment says more than a day

    def test_the_post_of_a_sync_is_the_post_of_the_file(self, store: Writer, zerno: AccountId) -> None:
        bring(store, ImportBatch(zerno, posts=[post("17", text="раз")]))
        sync_unit(store, zerno, posts=[post("17", text="раз", figures={"views": 3})])
        assert bring(store, ImportBatch(zerno, posts=[post("17", text="раз")]))[1] == ImportCounts(0, 0, 1)
        (row,) = store.posts(Filter())
        assert row.post.figures == {"views": 3}
        other = add_account(store, account(store, zerno).client_id, "second")
        bring(store, ImportBatch(other, posts=[post("17")]))
        assert len(list(store.posts(Filter()))) == 2
