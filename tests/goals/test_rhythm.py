"""The rhythm: who is asked at a check-in, and what today asks beside the goals' pace."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.agreement.terms import Dates, Hours, MaterialLine, Replies, Report, Terms
from goals.model import ClientId, GoalId, GoalStatus
from goals.records import CheckIn, Confidence, Hourly, Material
from goals.revision import Revision
from goals.rhythm import (
    AskedFor,
    AwaitedMaterial,
    CheckInNeed,
    answering_hours,
    contact_hours,
    day_of_month,
    fell_twice,
    is_due,
    is_past,
    materials_to_ask,
    need_of,
    next_working_day,
    reasons_to_ask,
    report_days,
    rouble_rate,
    suggested,
)
from goals.workcalendar import EVERYDAY, WorkCalendar
from tests.goals.build import TODAY, noon

SURE, RISK, OFF = Confidence.ON_TRACK, Confidence.RISK, Confidence.OFF
GREEN, BEHIND, UNLIKELY = GoalStatus.ON_TRACK, GoalStatus.BEHIND, GoalStatus.UNLIKELY


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def check_in(confidence: Confidence = SURE, days: int = 7, *, by_rule: bool = False) -> CheckIn:
    return CheckIn(1, GoalId(1), ago(days), noon(ago(days)), "Анна", confidence, "", by_rule)


def edit(made_at: datetime, field: str = "amount") -> Revision:
    return Revision(GoalId(1), 1, made_at, "Анна", "", None, {field: ("12", "10")})


class TestWhoIsAsked:
    @pytest.mark.parametrize("status", [BEHIND, UNLIKELY, GoalStatus.STALE])
    def test_a_goal_that_is_not_green(self, status: GoalStatus) -> None:
        assert reasons_to_ask(status, None) == (AskedFor.NOT_GREEN,)
        assert reasons_to_ask(status, check_in(RISK)) == (AskedFor.NOT_GREEN,)

    def test_a_green_one_is_confirmed_by_rule(self) -> None:
        for last in (None, check_in(SURE), check_in(SURE, by_rule=True)):
            assert reasons_to_ask(GREEN, last) == ()
            assert need_of(GREEN, last, (), TODAY) is CheckInNeed.CONFIRM

    def test_a_green_one_that_was_edited_since(self) -> None:
        assert reasons_to_ask(GREEN, check_in(days=2), [edit(noon(ago(1)))]) == (AskedFor.EDITED,)
        assert reasons_to_ask(GREEN, check_in(days=2), [edit(noon(ago(3)))]) == ()
        assert reasons_to_ask(GREEN, None, [edit(noon(ago(1)))]) == ()

    def test_the_clients_yes_and_a_new_title_change_nothing(self) -> None:
        for field in ("agreed_on", "title"):
            assert reasons_to_ask(GREEN, check_in(days=2), [edit(noon(ago(1)), field)]) == ()

    def test_a_green_one_that_was_doubted(self) -> None:
        assert reasons_to_ask(GREEN, check_in(OFF)) == (AskedFor.RECOVERED,)

    @pytest.mark.parametrize("status", [GoalStatus.MET, GoalStatus.MISSED, GoalStatus.DROPPED])
    def test_a_decided_one_never(self, status: GoalStatus) -> None:
        assert reasons_to_ask(status, check_in(OFF), [edit(noon(TODAY))]) == ()
        assert need_of(status, None, (), TODAY) is CheckInNeed.NONE

    @pytest.mark.parametrize("status", [GoalStatus.EARLY, GoalStatus.DRAFT])
    def test_without_a_verdict_there_is_nothing_to_be_sure_of(self, status: GoalStatus) -> None:
        assert need_of(status, None, reasons_to_ask(status, None), TODAY) is CheckInNeed.NONE

    def test_a_persons_word_holds_all_day_and_a_rules_does_not(self) -> None:
        reasons = reasons_to_ask(BEHIND, check_in(RISK, 0))
        assert need_of(BEHIND, check_in(RISK, 0), reasons, TODAY) is CheckInNeed.ANSWERED
        assert need_of(BEHIND, check_in(SURE, 0, by_rule=True), reasons, TODAY) is CheckInNeed.ASK
        assert need_of(BEHIND, check_in(RISK, 1), reasons, TODAY) is CheckInNeed.ASK

    def test_an_edit_after_todays_word_asks_once_more(self) -> None:
        last = check_in(RISK, 0)
        reasons = reasons_to_ask(GREEN, last, [edit(noon(TODAY) + timedelta(hours=1))])
        assert need_of(GREEN, last, reasons, TODAY) is CheckInNeed.ASK


class TestWhenItIsDue:
    def test_first_and_then_weekly(self) -> None:
        reasons = (AskedFor.NOT_GREEN,)
        assert is_due(None, reasons, TODAY)
        assert not is_due(check_in(RISK, 6), reasons, TODAY)
        assert is_due(check_in(RISK, 7), reasons, TODAY)

    def test_at_once_after_a_rule_said_all_is_well_or_something_changed(self) -> None:
        assert is_due(check_in(SURE, 1, by_rule=True), (AskedFor.NOT_GREEN,), TODAY)
        assert is_due(check_in(RISK, 1), (AskedFor.EDITED,), TODAY)
        assert is_due(check_in(RISK, 1), (AskedFor.RECOVERED,), TODAY)

    def test_never_without_a_reason(self) -> None:
        assert not is_due(None, (), TODAY)


@pytest.mark.parametrize(
    ("status", "last", "offered"),
    [
        (GREEN, OFF, SURE),
        (UNLIKELY, SURE, OFF),
        (BEHIND, SURE, RISK),
        (GoalStatus.STALE, None, RISK),
        (GoalStatus.STALE, OFF, OFF),
    ],
)
def test_the_answer_that_is_offered(status: GoalStatus, last: Confidence | None, offered: Confidence) -> None:
    assert suggested(status, None if last is None else check_in(last)) is offered


@given(st.lists(st.sampled_from(Confidence), max_size=6))
def test_two_falls_running_are_all_the_way_down(said: list[Confidence]) -> None:
    history = [check_in(each, 30 - place) for place, each in enumerate(said)]
    assert fell_twice(reversed(history)) is (said[-3:] == [SURE, RISK, OFF])


def terms(*lines: MaterialLine, start: date | None = None) -> Terms:
    return Terms(materials=lines, dates=Dates(start=start))


def asked(what: str = "Фото", on: date = TODAY, received: date | None = None) -> Material:
    return Material(1, ClientId(1), what, on, received)


class TestMaterials:
    """TODAY is 23 November."""

    @pytest.mark.parametrize(
        ("by_day", "due"),
        [
            (26, date(2026, 11, 26)),  # three days ahead
            (27, date(2026, 10, 27)),  # four: the last one is still to be thought of
            (23, date(2026, 11, 23)),
            (5, date(2026, 11, 5)),
            (31, date(2026, 10, 31)),
        ],
    )
    def test_the_agreed_day_that_is_near_or_past(self, by_day: int, due: date) -> None:
        line = MaterialLine("фото", "Ольга", by_day)
        assert materials_to_ask(terms(line), [], TODAY) == [AwaitedMaterial("фото", "Ольга", due)]

    def test_nothing_is_asked_for_before_the_agreement_begins(self) -> None:
        line = MaterialLine("фото", by_day=5)
        assert materials_to_ask(terms(line, start=date(2026, 11, 6)), [], TODAY) == []
        assert materials_to_ask(terms(MaterialLine("фото")), [], TODAY) == []
        assert materials_to_ask(None, [], TODAY) == []

    def test_the_first_of_a_month_is_thought_of_in_the_month_before(self) -> None:
        line = MaterialLine("фото", by_day=1)
        (found,) = materials_to_ask(terms(line), [], date(2026, 11, 28))
        assert found.due == date(2026, 12, 1)

    def test_what_came_is_not_asked_for_again_and_next_month_it_is(self) -> None:
        line, came = MaterialLine("фото", by_day=25), asked("ФОТО", ago(4), ago(1))
        assert materials_to_ask(terms(line), [came], TODAY) == []
        (again,) = materials_to_ask(terms(line), [came], date(2026, 12, 23))
        assert again.due == date(2026, 12, 25)

    def test_what_is_awaited_is_told_once_with_its_days(self) -> None:
        line, waiting = MaterialLine("фото", by_day=5), asked(on=ago(18))
        assert materials_to_ask(terms(line), [waiting], TODAY) == [
            AwaitedMaterial("Фото", material=waiting, days=18)
        ]

    def test_the_longest_awaited_first_and_what_was_asked_today_not_at_all(self) -> None:
        known = [asked("a", ago(2)), asked("b", ago(9)), asked("c", TODAY), asked("d", ago(5), ago(1))]
        assert [each.what for each in materials_to_ask(None, known, TODAY)] == ["b", "a"]


class TestDays:
    def test_a_day_of_a_shorter_month_is_its_last(self) -> None:
        assert day_of_month(date(2026, 11, 3), 31) == date(2026, 11, 30)
        assert day_of_month(date(2026, 11, 3), 7) == date(2026, 11, 7)

    def test_friday_prepares_for_monday(self) -> None:
        assert next_working_day(EVERYDAY, date(2026, 11, 20)) == date(2026, 11, 23)
        assert next_working_day(EVERYDAY, TODAY) == date(2026, 11, 24)
        assert next_working_day(WorkCalendar(weekdays=()), TODAY) == date(2026, 11, 24)

    def test_the_report_and_the_call_of_today_and_tomorrow(self) -> None:
        tomorrow = TODAY + timedelta(days=1)
        assert list(report_days(Report(day=23, call_day=24), TODAY, tomorrow)) == [
            ("report", TODAY),
            ("call", tomorrow),
        ]
        assert list(report_days(Report(day=22, call_day=25), TODAY, tomorrow)) == []
        assert list(report_days(Report(), TODAY, tomorrow)) == []

    def test_an_agreed_call_stands_in_for_that_of_the_month(self) -> None:
        tomorrow = TODAY + timedelta(days=1)
        assert list(report_days(Report(call_day=24, next_call=TODAY), TODAY, tomorrow)) == [("call", TODAY)]
        later = Report(call_day=24, next_call=date(2026, 11, 27))
        assert list(report_days(later, TODAY, tomorrow)) == []
        past = Report(call_day=24, next_call=date(2026, 11, 2))
        assert list(report_days(past, TODAY, tomorrow)) == [("call", tomorrow)]

    def test_the_first_of_the_next_month_is_seen_from_the_last_of_this(self) -> None:
        last = date(2026, 11, 30)
        assert list(report_days(Report(day=1), last, date(2026, 12, 1))) == [("report", date(2026, 12, 1))]


def test_hours_of_answers_are_those_of_contact_where_none_were_agreed() -> None:
    agreed = Terms(hours=Hours(start_time=time(10), end_time=time(19)))
    contact = contact_hours(agreed)
    assert answering_hours(Replies(), contact) == (time(10), time(19))
    assert answering_hours(Replies(end_time=time(21)), contact) == (time(10), time(21))
    assert contact_hours(None) == (None, None)


@pytest.mark.parametrize(
    ("end", "clock", "over"),
    [(time(19), time(18, 59), False), (time(19), time(19), True), (None, time(23), False)],
)
def test_hours_are_over_at_their_end(end: time | None, clock: time, *, over: bool) -> None:
    assert is_past(end, clock) is over


@pytest.mark.parametrize(
    ("income", "hours", "rate"),
    [(15_000, 12.5, 1_200), (None, 5, None), (15_000, None, None), (15_000, 0, None), (0, 5, 0)],
)
def test_a_rate_needs_both_and_is_never_made_up(
    income: float | None, hours: float | None, rate: float | None
) -> None:
    assert rouble_rate(Hourly(ClientId(1), income, hours)) == rate
