"""What every store must do with check-ins, calls, the materials awaited from clients, and ticks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from goals.model import ClientId, GoalId
from goals.records import Call, CheckIn, Confidence, DoneMark, Material
from store.contract import Writer
from store.errors import ConflictError, NotFoundError
from tests.store.base import StoreCase
from tests.support.store import AUTHOR, NOW, TODAY, add_client, add_goal, days_ago


def check(
    goal_id: GoalId,
    day: date = TODAY,
    confidence: Confidence = Confidence.ON_TRACK,
    why: str = "",
    *,
    by_rule: bool = False,
) -> CheckIn:
    return CheckIn(0, goal_id, day, NOW, AUTHOR, confidence, why, by_rule)


def without_ids(found: list[CheckIn]) -> list[CheckIn]:
    return [replace(item, id=0) for item in found]


class RhythmContract(StoreCase):
    """Check-ins, calls, materials."""

    # --- check-ins

    def test_check_ins_come_by_client_and_day(self, store: Writer, client: ClientId) -> None:
        mine, other = add_goal(store, client), add_goal(store, add_client(store, "Свеча"))
        told = [
            check(mine, TODAY, Confidence.OFF, "нет фото"),
            check(mine, days_ago(7), Confidence.RISK, "ждём скидку"),
            check(other, days_ago(7), by_rule=True),
        ]
        store.add_check_ins(iter(told))
        assert without_ids(store.check_ins(client, days_ago(30))) == [told[1], told[0]]
        assert without_ids(store.check_ins(None, days_ago(7))) == [told[1], told[2], told[0]]
        assert without_ids(store.check_ins(None, days_ago(6))) == [told[0]]
        assert len({item.id for item in store.check_ins(None, days_ago(7))}) == 3

    def test_the_newest_two_of_each_goal(self, store: Writer, client: ClientId) -> None:
        first, second, silent = (add_goal(store, client) for _ in range(3))
        store.add_check_ins([check(first, days_ago(back)) for back in (0, 14, 7)])
        store.add_check_ins([check(second)])
        found = store.last_check_ins([first, second, silent])
        assert {goal: [item.day for item in items] for goal, items in found.items()} == {
            first: [TODAY, days_ago(7)],
            second: [TODAY],
        }
        assert store.last_check_ins([]) == {}

    def test_the_later_word_of_a_day_holds_but_a_rule_never_outweighs_a_person(
        self, store: Writer, client: ClientId
    ) -> None:
        number = add_goal(store, client)

        def say(confidence: Confidence, *, by_rule: bool) -> tuple[Confidence, bool]:
            store.add_check_ins([check(number, TODAY, confidence, by_rule=by_rule)])
            (found,) = store.check_ins(client, TODAY)
            return found.confidence, found.by_rule

        assert say(Confidence.ON_TRACK, by_rule=True) == (Confidence.ON_TRACK, True)
        assert say(Confidence.RISK, by_rule=True) == (Confidence.RISK, True)
        assert say(Confidence.OFF, by_rule=False) == (Confidence.OFF, False)
        assert say(Confidence.ON_TRACK, by_rule=True) == (Confidence.OFF, False)
        assert say(Confidence.RISK, by_rule=False) == (Confidence.RISK, False)

    def test_check_ins_are_added_all_or_none(self, store: Writer, client: ClientId) -> None:
        with pytest.raises(NotFoundError):
            store.add_check_ins([check(add_goal(store, client)), check(GoalId(99))])
        assert store.check_ins(None, days_ago(1)) == []

    def test_what_was_said_of_a_goal_on_a_day_is_taken_back(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client)
        store.add_check_ins([check(number, days_ago(7)), check(number)])
        store.remove_check_in(number, TODAY)
        assert [said.day for said in store.check_ins(client, days_ago(30))] == [days_ago(7)]
        with pytest.raises(NotFoundError):
            store.remove_check_in(number, TODAY)

    # --- calls

    def test_calls_are_kept_with_their_decisions(self, store: Writer, client: ClientId) -> None:
        newer = Call(0, client, TODAY, NOW, AUTHOR, "Хотели распродать", ("снять «+300»", "добавить 4 поста"))
        older = Call(0, client, days_ago(30), NOW, "Ольга")
        numbers = [store.add_call(call) for call in (newer, older)]
        store.add_call(replace(newer, client_id=add_client(store, "Свеча")))
        assert store.calls(client) == [replace(older, id=numbers[1]), replace(newer, id=numbers[0])]
        with pytest.raises(NotFoundError):
            store.add_call(replace(newer, client_id=ClientId(99)))

    def test_a_call_is_taken_back(self, store: Writer, client: ClientId) -> None:
        kept, gone = (store.add_call(Call(0, client, TODAY, NOW, AUTHOR, notes)) for notes in ("да", "нет"))
        store.remove_call(gone)
        assert [call.id for call in store.calls(client)] == [kept]
        with pytest.raises(NotFoundError):
            store.remove_call(gone)

    # --- materials

    def test_what_is_awaited_comes_the_longest_first(self, store: Writer, client: ClientId) -> None:
        other = add_client(store, "Свеча")
        asked = [
            Material(0, client, "цены", days_ago(2)),
            Material(0, client, "фото партии", days_ago(9)),
            Material(0, other, "логотип", days_ago(5)),
            Material(0, client, "скидки", days_ago(20), received_on=days_ago(1)),
        ]
        numbers = [store.add_material(item, author=AUTHOR, now=NOW) for item in asked]
        assert store.materials(client) == [
            replace(asked[1], id=numbers[1], author=AUTHOR),
            replace(asked[0], id=numbers[0], author=AUTHOR),
        ]
        assert [item.what for item in store.materials()] == ["фото партии", "логотип", "цены"]
        assert [item.what for item in store.materials(client, received=True)] == [
            "скидки",
            "фото партии",
            "цены",
        ]

    def test_of_two_edits_of_a_material_the_second_is_refused(
        self, store: Writer, client: ClientId, path: Path
    ) -> None:
        store.add_material(Material(0, client, "фото", days_ago(9)), author=AUTHOR, now=NOW)
        (read,) = store.materials()
        with self.make(path) as other:
            saved = other.update_material(replace(read, received_on=TODAY), author="Ольга", now=NOW)
        with pytest.raises(ConflictError) as caught:
            store.update_material(replace(read, what="видео"), author="Пётр", now=NOW)
        assert caught.value.author == "Ольга"
        assert (
            store.materials(received=True)
            == [saved]
            == [replace(read, received_on=TODAY, version=2, author="Ольга")]
        )
        with pytest.raises(NotFoundError):
            store.update_material(replace(read, id=99), author=AUTHOR, now=NOW)

    def test_that_the_client_was_asked_is_taken_back_unless_it_changed(
        self, store: Writer, client: ClientId
    ) -> None:
        store.add_material(Material(0, client, "фото", TODAY), author=AUTHOR, now=NOW)
        (read,) = store.materials()
        saved = store.update_material(replace(read, received_on=TODAY), author="Ольга", now=NOW)
        with pytest.raises(ConflictError):
            store.remove_material(read)
        store.remove_material(saved)
        assert store.materials(received=True) == []
        with pytest.raises(NotFoundError):
            store.remove_material(saved)

    # --- ticks

    def test_ticks_come_by_client_from_a_day_on(self, store: Writer, client: ClientId) -> None:
        other = add_client(store, "Свеча")
        ahead = DoneMark(client, days_ago(-1), "shoot", "post:17", AUTHOR, NOW)
        today = DoneMark(client, TODAY, "answer", "", AUTHOR, NOW)
        past = replace(today, day=days_ago(1))
        for tick in (ahead, past, today, replace(today, client_id=other)):
            store.add_done_mark(tick)
        assert store.done_marks(client, TODAY) == [today, ahead]
        assert store.done_marks(client, days_ago(1)) == [past, today, ahead]
        assert store.done_marks(client, days_ago(-2)) == []
        with pytest.raises(NotFoundError):
            store.add_done_mark(replace(today, client_id=ClientId(99)))

    def test_of_two_ticks_the_first_stays_and_only_it_can_be_taken_back(
        self, store: Writer, client: ClientId, path: Path
    ) -> None:
        mine = DoneMark(client, TODAY, "report", "", AUTHOR, NOW)
        with self.make(path) as other:
            other.add_done_mark(replace(mine, author="Ольга"))
        store.add_done_mark(mine)
        assert [tick.author for tick in store.done_marks(client, TODAY)] == ["Ольга"]
        with pytest.raises(NotFoundError):
            store.remove_done_mark(mine)
        store.remove_done_mark(replace(mine, author="Ольга"))
        assert store.done_marks(client, TODAY) == []
        with pytest.raises(NotFoundError):
            store.remove_done_mark(replace(mine, author="Ольга"))

    def test_each_is_told_to_the_board(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client)
        mark = store.changes_since(0).mark
        later = NOW + timedelta(days=1)
        tick = DoneMark(client, TODAY, "answer", "", AUTHOR, NOW)
        for write in (
            lambda: store.add_check_ins([check(number)]),
            lambda: store.add_check_ins([check(number, confidence=Confidence.OFF)]),
            lambda: store.add_call(Call(0, client, TODAY, NOW, AUTHOR)),
            lambda: store.add_material(Material(0, client, "фото", TODAY), author=AUTHOR, now=NOW),
            lambda: store.update_material(store.materials()[0], author=AUTHOR, now=later),
            lambda: store.remove_check_in(number, TODAY),
            lambda: store.remove_call(store.calls(client)[0].id),
            lambda: store.remove_material(store.materials()[0]),
            lambda: store.add_done_mark(tick),
            lambda: store.remove_done_mark(tick),
        ):
            write()
            change = store.changes_since(mark)
            assert change[1:] == (frozenset({client}), False)
            mark = change.mark
