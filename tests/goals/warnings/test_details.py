"""What the rules tell beside the fact that they fire, and where they grow graver."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goals.agreement.terms import Report
from goals.model import Account, AccountId, GoalKind, GoalStatus, PostState
from goals.revision import Revision
from goals.warnings import data_rules
from goals.warnings.finding import Step, Warning  # noqa: A004
from goals.warnings.pace_rules import fall_of, longest_silence
from goals.warnings.rules import warnings_in
from goals.warnings.settle import settle
from goals.warnings.situation import Situation, UnitTrouble
from sync.outcome import NOT_COLLECTED
from tests.goals.build import TODAY, goal, judge, published
from tests.goals.warnings.build import NOW, account, ago, agreed, goal_state, posts, situation, verdict
from tests.goals.warnings.cases import (
    CASES,
    REFUSED,
    STALE,
    Case,
    behind,
    eased,
    hours,
    on_road,
    rate,
    tomorrow,
    waiting,
)


def found(at: Situation, rule: str) -> list[Warning]:
    return [warning for warning in warnings_in(at) if warning.rule == rule]


def test_a_goal_that_needs_twice_its_pace_is_urgent() -> None:
    (warning,) = found(situation(goals=[behind(needed_per_day=21.0)]), "behind")
    assert warning.severity == "high"


def test_one_that_is_unlikely_is_not_told_as_behind_too() -> None:
    at = next(case.fires for case in CASES if case.rule == "unlikely")
    assert [warning.rule for warning in warnings_in(at)] == ["unlikely"]


def test_one_that_is_ahead_and_unlikely_since_today_is_not_told_as_behind() -> None:
    assert warnings_in(situation(goals=[behind(status="unlikely", safe_days=2)])) == []


def test_a_ceiling_that_is_exceeded_is_urgent() -> None:
    row = {"status": "unlikely", "progress": 1.2, "current": 60.0, "target": 50.0}
    goal = goal_state("leaves", GoalKind.TOTAL_IN_PERIOD, 50, row=row)
    (warning,) = found(situation(goals=[goal]), "behind")
    assert (warning.severity, warning.facts["over"]) == ("high", True)


def test_the_day_of_the_fall_is_told() -> None:
    (warning,) = found(on_road(0.74, 0.72), "falls_off")
    assert (warning.facts["day"], warning.facts["call"]) == (TODAY, date(2026, 11, 28))


@pytest.mark.parametrize(
    ("report", "call"),
    [
        (Report(next_call=date(2026, 11, 28)), date(2026, 11, 28)),
        (Report(next_call=ago(1), call_day=25), date(2026, 11, 25)),
        (Report(call_day=23), TODAY),
        (Report(day=5), date(2026, 12, 5)),
        (Report(call_day=31), date(2026, 11, 30)),
        (Report(), None),
    ],
)
def test_when_the_next_call_is(report: Report, call: date | None) -> None:
    assert situation(terms=agreed(report=report)).next_call == call


def test_what_stands_in_the_plan_keeps_a_goal_on_its_road() -> None:
    row = {"progress": 0.75, "current": 9.0, "target": 12.0}
    goal = goal_state("posts", GoalKind.TOTAL_IN_PERIOD, 12, row=row, verdicts=[verdict(7, progress=0.75)])
    last = date(2026, 11, 30)
    assert fall_of(situation(goals=[goal]), goal, last) is not None
    plan = posts([0, -2, -4, -7], state=PostState.PLANNED)
    assert fall_of(situation(goals=[goal], content=plan), goal, last) is None


def test_what_is_due_tomorrow_is_counted_and_days_off_are_free() -> None:
    (warning,) = found(tomorrow(), "nothing_tomorrow")
    assert warning.facts["due"] == (("posts", None, 1, 0),)  # 5 days share the 5 that are left
    (late,) = found(tomorrow(current=1.0), "nothing_tomorrow")
    assert late.facts["due"] == (("posts", None, 3, 0),)
    friday = replace(tomorrow(), today=date(2026, 11, 20))
    assert found(friday, "nothing_tomorrow") == []


def test_a_plan_that_falls_short_of_tomorrow_is_counted() -> None:
    (warning,) = found(tomorrow(-1, current=5.0), "nothing_tomorrow")
    assert warning.facts["due"] == (("posts", None, 2, 1),)
    assert found(tomorrow(-1, -1, current=5.0), "nothing_tomorrow") == []


def test_what_tomorrow_asks_for_is_what_today_will_ask_for_then() -> None:
    subject = goal("posts", GoalKind.TOTAL_IN_PERIOD, 15)
    done = published([ago(days) for days in (5, 6, 7, 10, 11)])
    told = found(tomorrow(current=5.0), "nothing_tomorrow")[0].facts["due"]
    assert told == (("posts", None, judge(subject, done, TODAY + timedelta(days=1)).due_today, 0),)


@pytest.mark.parametrize(("current", "due"), [(5.0, 2), (9.0, 1), (11.0, None)])
def test_tomorrow_reckons_with_what_today_asks_for(current: float, due: int | None) -> None:
    row = {"current": current, "target": 15.0, "due_today": 2}
    subject = goal_state("posts", GoalKind.TOTAL_IN_PERIOD, 15, row=row)
    told = [warning.facts["due"] for warning in found(situation(goals=[subject]), "nothing_tomorrow")]
    assert told == ([] if due is None else [(("posts", None, due, 0),)])


def test_each_topic_of_tomorrow_is_told_with_its_own_plan() -> None:
    row = {"current": 0.0, "target": 15.0}
    goals = [
        goal_state("posts", GoalKind.TOTAL_IN_PERIOD, 15, row=row),
        goal_state("posts", GoalKind.TOTAL_IN_PERIOD, 12, row=row | {"target": 12.0}, topic="старая партия"),
    ]
    plan = posts([-1] * 4, state=PostState.PLANNED)
    (warning,) = found(situation(goals=goals, content=plan), "nothing_tomorrow")
    assert warning.facts["due"] == (("posts", "старая партия", 3, 0),)


@pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])
def test_a_warning_about_a_goal_tells_where_the_goal_stands(case: Case) -> None:
    names = {"metric", "amount", "unit", "deadline", "status", "current", "target", "progress", "expected"}
    more = {"baseline", "safe_days", "needed_per_day", "due_today", "planned_today"}
    for warning in warnings_in(case.fires):
        if warning.goal is not None:
            assert names | more <= warning.facts.keys()


def test_the_facts_of_behind_are_the_figures_of_its_sentence() -> None:
    facts = found(situation(goals=[behind()]), "behind")[0].facts
    told = {name: facts[name] for name in ("current", "target", "progress", "expected", "safe_days")}
    assert told == {
        "current": 5000.0,
        "target": 5112.0,
        "progress": 0.63,
        "expected": 0.73,
        "safe_days": -4,
    }
    assert (facts["needed_per_day"], facts["unit"], facts["baseline"]) == (14.0, "people", 4812)


def test_how_long_the_chance_is_low_is_counted() -> None:
    low = replace(
        behind(status="unlikely", chance=0.2),
        verdicts=(verdict(5, chance=0.5), *(verdict(days, chance=0.3) for days in (4, 2, 0))),
    )
    (warning,) = found(situation(goals=[low]), "unlikely")
    assert (warning.facts["chance"], warning.facts["limit"]) == (0.2, 0.4)
    assert (warning.facts["since"], warning.facts["days"]) == (ago(4), 5)


def test_the_longest_silence() -> None:
    at = rate(3, 4)
    silence = longest_silence(at, at.goals[0])
    (warning,) = found(at, "regularity")
    assert silence is not None
    assert (warning.facts["silent_from"], warning.facts["silent_to"]) == silence
    assert silence[1] == TODAY - timedelta(days=1)
    assert (warning.facts["kept"], warning.facts["periods"]) == (2, 4)


def test_a_change_that_was_taken_back_is_none() -> None:
    assert found(eased(agreed_on=None, undone=True), "eased") == []


@pytest.mark.parametrize(
    ("field", "old", "new", "now", "easier"),
    [
        ("deadline", "2026-11-30", "2026-12-31", date(2026, 12, 31), True),
        ("deadline", "2026-11-30", "2026-11-25", date(2026, 11, 25), False),
        ("amount", "300", None, None, True),
        ("amount", "100", "300", 300.0, False),
        ("network", "vk", "telegram", "telegram", False),
    ],
)
def test_any_change_of_what_was_agreed_waits_for_a_yes(
    field: str, old: str | None, new: str | None, now: object, *, easier: bool
) -> None:
    (state,) = eased(agreed_on=None).goals
    change: Revision = replace(state.revisions[0], changes={field: (old, new)})
    goal = replace(state.goal, **{field: now})  # type: ignore[arg-type]
    (warning,) = found(situation(goals=[replace(state, goal=goal, revisions=(change,))]), "eased")
    assert (warning.facts["field"], warning.facts["easier"]) == (field, easier)


def test_a_later_yes_settles_an_easing() -> None:
    (state,) = eased(agreed_on=None).goals
    yes = replace(state.revisions[0], number=2, changes={"agreed_on": ("2026-11-01", "2026-11-12")})
    assert found(situation(goals=[replace(state, revisions=(*state.revisions, yes))]), "eased") == []


@pytest.mark.parametrize(("used", "severity"), [(31.9, None), (33.0, "medium"), (40.0, "high")])
def test_hours_grow_urgent(used: float, severity: str | None) -> None:
    assert [warning.severity for warning in found(hours(used), "hours")] == ([severity] if severity else [])


@pytest.mark.parametrize(("days", "severity"), [(3, None), (9, "medium"), (14, "high")])
def test_waiting_grows_urgent(days: int, severity: str | None) -> None:
    assert [w.severity for w in found(waiting(days), "materials")] == ([severity] if severity else [])


def test_a_refused_token_is_one_warning_for_all_its_accounts_and_goals() -> None:
    first = account(last_ok=6, trouble=REFUSED)
    second = replace(first, account=Account(AccountId(2), first.account.client_id, "vk", "zerno2"))
    stale = {"status": "stale", "as_of": int(NOW.timestamp())}
    goals = [goal_state(row=stale), goal_state(row=stale, amount=500)]
    (warning,) = warnings_in(situation(accounts=[first, second], goals=goals))
    assert (warning.rule, warning.key, warning.client_id) == ("stale", "stale:token:vk-main", None)
    assert warning.facts["accounts"] == 2


def test_accounts_for_which_no_token_is_at_hand_are_one_warning() -> None:
    lacking = UnitTrouble("auth", "sync.no_token", "", {"kinds": "service", "network": "vk"})
    first = account(last_ok=None, trouble=lacking)
    second = replace(first, account=replace(first.account, id=AccountId(2)))
    (warning,) = warnings_in(situation(accounts=[first, second]))
    assert (warning.key, warning.facts["accounts"]) == ("stale:no_token:7:vk", 2)


def test_a_gap_of_stories_is_called_as_the_sync_calls_it() -> None:
    assert data_rules.NOT_COLLECTED == NOT_COLLECTED


def test_a_refused_token_says_until_when_the_figures_hold() -> None:
    (warning,) = warnings_in(situation(accounts=[account(last_ok=1, trouble=REFUSED)]))
    assert (warning.rule, warning.facts["day"]) == ("token", TODAY + timedelta(days=2))


def test_joins_needed_are_the_target_and_the_usual_leaving() -> None:
    flows = account(joins=[3.0] * 28, leaves=[5.0] * 28)
    row = {"current": 5012.0, "target": 5112.0}
    (warning,) = found(situation(accounts=[flows], goals=[goal_state(row=row)]), "leaving")
    assert warning.facts["needed"] == 100 + 5 * 8  # eight days are left, today included


def test_a_goal_that_is_over_is_no_ones_worry() -> None:
    for case in CASES:
        over = [replace(s, row=s.row._replace(status=GoalStatus.MET.value)) for s in case.fires.goals]
        rules = {warning.rule for warning in warnings_in(replace(case.fires, goals=tuple(over)))}
        assert not rules & {"behind", "unlikely", "falls_off", "nothing_tomorrow", "regularity", "eased"}


def test_settling_keeps_the_order() -> None:
    warnings = warnings_in(next(case.fires for case in CASES if case.rule == "wrong_work"))
    settled = settle(warnings, [], NOW, TODAY)
    assert list(settled.shown) == list(settled.tell) == warnings


@pytest.mark.parametrize(("last_ok", "step"), [(None, Step.IMPORT), (0, Step.SYNC)])
def test_a_goal_fed_by_files_alone_waits_for_a_file(last_ok: int | None, step: Step) -> None:
    at = situation(goals=[goal_state(row=STALE)], accounts=[account(last_ok=last_ok)])
    assert [warning.step for warning in found(at, "no_figures")] == [step]


def test_a_token_that_is_not_used_dies_thirty_days_after_its_last_use() -> None:
    read = [account(last_ok=days, network="ok") for days in (24, 22, 5)]
    (warning,) = found(situation(accounts=read), "token_idle")
    assert (warning.facts["since"], warning.facts["day"]) == (ago(24), ago(-6))
    assert (warning.facts["accounts"], warning.step) == (2, Step.SYNC)


def test_a_token_that_was_refused_is_not_told_as_unused() -> None:
    at = situation(accounts=[account(last_ok=25, network="ok", trouble=REFUSED)])
    assert found(at, "token_idle") == []
    assert len(found(at, "stale")) == 1
