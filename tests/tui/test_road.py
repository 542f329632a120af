"""What a goal's plot is made of, and how it is drawn in cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.facts import DayValue, Facts, PostValue
from goals.model import ClientId, Goal, GoalId, GoalKind, Period, PostState
from goals.revision import Revision
from goals.workcalendar import WorkCalendar
from tests.support.store import TODAY
from tests.tui.test_columns import goal_row
from tui.drawing.plot import Canvas, laid_out, round_figures
from tui.goal.road import Road, road_of

START, END = TODAY - timedelta(days=10), TODAY + timedelta(days=10)
GAIN = Goal(GoalId(1), ClientId(1), "audience", GoalKind.GAIN, 100, START, deadline=END, baseline=1000)
CONTENT = Goal(GoalId(1), ClientId(1), "posts", GoalKind.TOTAL_IN_PERIOD, 12, START, deadline=END)


def days(values: list[float]) -> tuple[DayValue, ...]:
    return tuple(
        DayValue(TODAY - timedelta(days=len(values) - 1 - n), value) for n, value in enumerate(values)
    )


GROWING = Facts(days=days([990.0 + n + (n % 3) for n in range(60)]))


def posts(*when: tuple[date, PostState]) -> Facts:
    return Facts(posts=tuple(PostValue(day, state, 1.0) for day, state in when))


def revision(number: int, day: date, undoes: int | None = None, **changes: tuple[str, str]) -> Revision:
    made = datetime(day.year, day.month, day.day, 22, tzinfo=UTC)
    return Revision(GoalId(1), number, made, "Мария", "", None, dict(changes), undoes)


def test_the_road_of_a_gain_leads_from_the_baseline_to_the_target() -> None:
    road = road_of(GAIN, goal_row(expected=10 / 21), GROWING, TODAY)
    assert road.road[0] == (START.toordinal() - 1, 1000.0)
    assert road.road[-1] == (END.toordinal(), 1100.0)
    assert road.history[-1] == (TODAY.toordinal(), 1051.0)
    assert road.history[0][0] == START.toordinal() - 10
    assert road.fan[-1].day == END


def test_what_is_expected_by_this_morning_is_what_the_goal_is_judged_by() -> None:
    road = road_of(GAIN, goal_row(expected=10 / 21), GROWING, TODAY)
    assert road.expected is not None
    assert road.expected[0] == TODAY.toordinal() - 1
    assert road.expected[1] == pytest.approx(1000 + 100 * 10 / 21)


def test_content_goes_by_working_days() -> None:
    weekend = START + timedelta(days=(5 - START.weekday()) % 7)
    calendar = WorkCalendar()
    road = dict(road_of(CONTENT, goal_row(), Facts(), TODAY, calendar=calendar).road)
    saturday, sunday = weekend.toordinal(), weekend.toordinal() + 1
    assert road[saturday] == road[sunday] == road[saturday - 1]
    assert road[END.toordinal()] == 12
    assert all(one <= other for one, other in pairwise(road.values()))


def test_content_is_counted_up_from_nothing() -> None:
    start = TODAY - timedelta(days=3)
    goal = replace(CONTENT, amount=4, start=start, deadline=TODAY)
    facts = posts(*((TODAY - timedelta(days=n), PostState.PUBLISHED) for n in (3, 1, 1)))
    road = road_of(goal, goal_row(), facts, TODAY)
    assert [value for _, value in road.history] == [1, 1, 3, 3]
    assert road.road[0] == (start.toordinal() - 1, 0.0)


def test_the_plan_goes_on_from_what_is_done() -> None:
    soon = TODAY + timedelta(days=3)
    facts = posts((TODAY, PostState.PLANNED), (soon, PostState.PLANNED), (soon, PostState.PLANNED))
    road = road_of(CONTENT, goal_row(metric="posts", current=3.0), facts, TODAY)
    planned = dict(road.planned)
    assert planned[TODAY.toordinal() - 1] == 3
    assert planned[TODAY.toordinal()] == 4
    assert planned[END.toordinal()] == 6
    assert road.fan == ()


def test_a_rate_begins_anew_each_week_on_a_flat_road() -> None:
    start = date(2026, 11, 16)
    goal = replace(CONTENT, kind=GoalKind.KEEP_RATE, amount=3, start=start, deadline=None, period=Period.WEEK)
    facts = posts((start, PostState.PUBLISHED), (TODAY, PostState.PUBLISHED))
    road = road_of(goal, goal_row(), facts, TODAY)
    assert [value for _, value in road.history] == [1] * 7 + [1]
    assert {value for _, value in road.road} == {3.0}


def test_a_draft_without_an_amount_has_no_road() -> None:
    goal = replace(GAIN, amount=None, start=TODAY, deadline=None, baseline=None)
    road = road_of(goal, goal_row(), Facts(), TODAY)
    assert road.is_empty
    assert road.road == ()


def test_what_has_no_last_day_has_no_road_yet() -> None:
    road = road_of(replace(GAIN, deadline=None), goal_row(status="draft"), GROWING, TODAY)
    assert (road.road, road.expected, road.fan) == ((), None, ())
    assert not road.is_empty


def test_a_gain_without_a_figure_to_start_from_shows_its_history_alone() -> None:
    goal = replace(GAIN, start=TODAY, deadline=TODAY + timedelta(days=60), baseline=None)
    road = road_of(goal, goal_row(target=None), Facts(days=days([400.0] * 60)), TODAY)
    assert (len(road.history), road.road, road.expected) == (31, (), None)


def test_what_is_summed_up_from_the_start_has_no_past() -> None:
    goal = replace(GAIN, metric="page_views", kind=GoalKind.TOTAL_IN_PERIOD, start=TODAY, baseline=None)
    road = road_of(goal, goal_row(), Facts(days=days([5.0] * 60)), TODAY)
    assert [day for day, _ in road.history] == [TODAY.toordinal()]


@pytest.mark.parametrize(
    ("metric", "kind"),
    [("reach", GoalKind.AVERAGE), ("reach", GoalKind.REACH_LEVEL), ("audience", GoalKind.AVERAGE)],
)
def test_a_mean_shows_what_was_before_its_start(metric: str, kind: GoalKind) -> None:
    end = TODAY + timedelta(days=60)
    goal = Goal(GoalId(1), ClientId(1), metric, kind, 500, TODAY, deadline=end)
    road = road_of(goal, goal_row(), Facts(days=days([400.0] * 60)), TODAY)
    assert road.history[0] == (TODAY.toordinal() - 30, 400.0)
    assert {value for _, value in road.history} == {400.0}


def test_the_roads_before_each_change_of_amount_and_date_stay() -> None:
    first, second = TODAY - timedelta(days=6), TODAY - timedelta(days=3)
    made = [
        revision(1, first, amount=("60.0", "80.0")),
        revision(2, second, deadline=(TODAY.isoformat(), END.isoformat()), amount=("80.0", "100.0")),
    ]
    old = road_of(GAIN, goal_row(), GROWING, TODAY, revisions=made).old
    assert [each.day for each in old] == [second.toordinal(), first.toordinal()]
    assert [each.road[-1] for each in old] == [(TODAY.toordinal(), 1080.0), (TODAY.toordinal(), 1060.0)]


def test_changes_that_draw_no_other_road_or_were_taken_back_leave_none() -> None:
    made = [
        revision(1, START, title=("Старая", "Новая")),
        revision(2, START, amount=("100.0", "150.0")),
        revision(3, START, 2, amount=("150.0", "100.0")),
    ]
    assert road_of(GAIN, goal_row(), GROWING, TODAY, revisions=made).old == ()


def test_a_change_stands_on_the_clients_own_day() -> None:
    from zoneinfo import ZoneInfo

    made = [revision(1, START, amount=("60.0", "100.0"))]
    east = road_of(GAIN, goal_row(), GROWING, TODAY, revisions=made, zone=ZoneInfo("Asia/Vladivostok"))
    assert east.old[0].day == START.toordinal() + 1


def test_a_goal_that_is_over_has_neither_expectation_nor_forecast() -> None:
    road = road_of(GAIN, goal_row(status="missed", expected=0.5), GROWING, TODAY)
    assert (road.expected, road.fan, road.planned) == (None, (), ())
    assert isinstance(road, Road)


def picture(canvas: Canvas) -> list[str]:
    return ["".join(text for text, _ in spans) for spans in canvas.rows("ground")]


def test_a_line_goes_up_from_the_lower_left() -> None:
    canvas = Canvas.over(4, 2, (0, 7), (0, 7))
    canvas.line([(0, 0), (7, 7)], "name")
    top, bottom = picture(canvas)
    assert top.startswith("  ")
    assert bottom.endswith("  ")
    assert top.strip()
    assert bottom.strip()


def test_a_line_is_broken_where_days_are_missing() -> None:
    canvas = Canvas.over(10, 1, (0, 19), (0, 3))
    canvas.line([(0, 0), (19, 0)], "name", most=4)
    assert picture(canvas)[0][1:-1].strip() == ""


def test_ground_and_line_share_a_cell() -> None:
    canvas = Canvas.over(2, 1, (0, 3), (0, 3))
    canvas.fill([(0, 0, 3), (3, 0, 3)])
    canvas.line([(0, 0), (0.1, 0)], "name")
    [spans] = canvas.rows("ground")
    assert [ink for _, ink in spans] == ["ground+name", "ground"]


@given(
    st.floats(-1e7, 1e7), st.floats(1e-3, 1e7), st.integers(2, 9)
)  # any range gets at least one figure and never more than asked for
def test_round_figures_stand_inside(low: float, length: float, most: int) -> None:
    found = round_figures(low, low + length, most)
    assert 1 <= len(found) <= most
    assert all(low - length * 1e-3 <= value <= low + length * 1.001 for value in found)


def test_what_is_counted_in_wholes_has_whole_figures_at_its_side() -> None:
    assert round_figures(0, 12.5, 6) == [0, 2.5, 5, 7.5, 10, 12.5]
    assert round_figures(0, 12.5, 6, whole=True) == [0, 5, 10]
    assert round_figures(-0.04, 1.04, 3, whole=True) == [0, 1]


def test_labels_that_come_first_keep_their_place() -> None:
    line = laid_out([(19, "30.11"), (17, "сегодня"), (2, "01.11")], 20)
    assert line.endswith("30.11")
    assert "сегодня" not in line
    assert line.startswith("01.11")
