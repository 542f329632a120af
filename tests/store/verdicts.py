"""What every store must keep of the verdicts on goals, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from goals.model import ClientId, GoalId, GoalStatus
from goals.records import Verdict
from store.contract import Writer
from tests.store.base import StoreCase, early
from tests.support.store import AUTHOR, NOW, TODAY, add_goal, days_ago


def judge(store: Writer, goal_id: GoalId, day: date, status: GoalStatus, chance: float | None = None) -> None:
    verdict = early(goal_id)._replace(judged_on=day, status=status, chance=chance, progress=0.5)
    store.put_evaluations(iter([verdict]))


class VerdictContract(StoreCase):
    """The history of verdicts."""

    def test_a_goal_has_one_verdict_a_day_the_last_one(self, store: Writer, client: ClientId) -> None:
        number, other, silent = (add_goal(store, client) for _ in range(3))
        judge(store, number, TODAY, GoalStatus.BEHIND, 0.3)
        judge(store, number, days_ago(1), GoalStatus.ON_TRACK, 0.7)
        judge(store, number, TODAY, GoalStatus.UNLIKELY, 0.2)
        judge(store, other, TODAY, GoalStatus.EARLY)
        assert store.verdicts([number, other, silent], days_ago(9)) == {
            number: [
                Verdict(days_ago(1), GoalStatus.ON_TRACK, 0.7, 0.5),
                Verdict(TODAY, GoalStatus.UNLIKELY, 0.2, 0.5),
            ],
            other: [Verdict(TODAY, GoalStatus.EARLY, None, 0.5)],
        }
        assert [item.day for item in store.verdicts([number], TODAY)[number]] == [TODAY]
        assert store.verdicts([silent], days_ago(9)) == {}

    def test_past_its_deadline_only_a_change_is_written(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client, deadline=days_ago(3))
        told = [
            (4, GoalStatus.ON_TRACK),
            (3, GoalStatus.ON_TRACK),
            (2, GoalStatus.MISSED),
            (1, GoalStatus.MISSED),
            (0, GoalStatus.MET),
        ]
        for back, status in told:
            judge(store, number, days_ago(back), status)
        assert [(item.day, item.status) for item in store.verdicts([number], days_ago(9))[number]] == [
            (days_ago(4), GoalStatus.ON_TRACK),
            (days_ago(3), GoalStatus.ON_TRACK),
            (days_ago(2), GoalStatus.MISSED),
            (TODAY, GoalStatus.MET),
        ]

    def test_a_goal_without_a_deadline_has_every_day(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client, deadline=None)
        for back in (2, 1, 0):
            judge(store, number, days_ago(back), GoalStatus.ON_TRACK)
        assert len(store.verdicts([number], days_ago(9))[number]) == 3

    def test_an_edit_leaves_the_history(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client)
        judge(store, number, TODAY, GoalStatus.BEHIND)
        store.update_goal(replace(store.goal(number), amount=9.0), author=AUTHOR, now=NOW)
        assert [item.status for item in store.verdicts([number], TODAY)[number]] == [GoalStatus.BEHIND]

    def test_a_verdict_on_a_goal_that_is_not_there_is_passed_over(self, store: Writer) -> None:
        judge(store, GoalId(99), TODAY, GoalStatus.BEHIND)
        assert store.verdicts([GoalId(99)], TODAY) == {}
