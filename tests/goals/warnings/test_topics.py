"""Good figures with the wrong work, in all the ways in which a client names what he wants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goals.agreement.lines import topic_term
from goals.agreement.terms import Priority, Terms, TopicLine
from goals.model import AccountId, ClientId, Gap, GoalKind, Period, PostKind, Topic, TopicId
from goals.warnings.coverage import coverages, names_topic, priority_of_topic
from goals.warnings.finding import Warning  # noqa: A004
from goals.warnings.rules import warnings_in
from goals.warnings.situation import Situation
from goals.workcalendar import WorkCalendar
from tests.goals.build import TODAY
from tests.goals.warnings.build import account, ago, agreed, goal_state, grown, posts, situation

ABOUT = "старая партия"
GROWN = account(audience=grown(500))
EVERY_DAY = posts(range(28))
LONG_AGO = ago(28)


def line(**more: object) -> TopicLine:
    return TopicLine(ABOUT, **more)  # type: ignore[arg-type]


def with_line(topic: TopicLine, *, since: date = LONG_AGO, **facts: object) -> Situation:
    known: dict[str, object] = {"accounts": [GROWN], "content": EVERY_DAY}
    return situation(terms=agreed(topics=[topic]), since={topic_term(topic): since}, **known | facts)


def wrong_work(at: Situation) -> Warning | None:
    return next((warning for warning in warnings_in(at) if warning.rule == "wrong_work"), None)


def test_a_share_of_content_that_was_agreed_and_not_kept() -> None:
    at = with_line(line(share=0.3), content=EVERY_DAY + posts([3, 5], ABOUT))
    warning = wrong_work(at)
    assert warning is not None
    assert warning.facts["agreed_share"] == 0.3
    assert warning.facts["done_share"] == 2 / 30
    assert wrong_work(with_line(line(share=0.3), content=EVERY_DAY + posts(range(12), ABOUT))) is None


def test_a_topic_that_the_client_has_not_got_yet_is_not_counted() -> None:
    at = with_line(line(share=0.3))
    assert wrong_work(at) is not None
    assert list(coverages(replace(at, topics=()))) == []
    assert list(coverages(replace(at, topics=(Topic(TopicId(1), ClientId(7), "Старая  партия"),)))) != []


def test_a_share_of_a_few_pieces_says_nothing() -> None:
    assert wrong_work(with_line(line(share=0.3), content=posts([1, 2]))) is None


def test_a_topic_without_an_amount_is_missed_after_a_week() -> None:
    at = with_line(line(), content=EVERY_DAY + posts([7], ABOUT))
    warning = wrong_work(at)
    assert warning is not None
    assert (warning.facts["idle_days"], warning.facts["agreed"]) == (7, None)
    assert wrong_work(with_line(line(), content=EVERY_DAY + posts([6], ABOUT))) is None


AMOUNT = line(amount=12, format="post", period=Period.MONTH)


@pytest.mark.parametrize("topic", [line(), AMOUNT, line(share=0.3), line(amount=3, period=Period.WEEK)])
@pytest.mark.parametrize("since", [TODAY, ago(3)])
def test_a_week_of_other_work_is_told_on_the_day_the_line_is_agreed(topic: TopicLine, since: date) -> None:
    at = with_line(topic, since=since, content=EVERY_DAY + posts([7], ABOUT))
    warning = wrong_work(at)
    assert warning is not None
    assert (warning.facts["idle_days"], warning.facts["is_idle"]) == (7, True)
    assert not warning.facts["is_short"]
    recent = with_line(topic, since=since, content=EVERY_DAY + posts([6], ABOUT))
    assert wrong_work(recent) is None


def test_a_week_without_a_word_is_not_known_where_nothing_was_collected() -> None:
    assert wrong_work(with_line(AMOUNT, since=TODAY, content=posts(range(7, 28)))) is None
    assert wrong_work(with_line(AMOUNT, since=TODAY, content=[])) is None
    assert wrong_work(with_line(AMOUNT, since=TODAY, content=posts([6, *range(7, 28)]))) is not None


def test_stories_that_were_not_collected_may_have_been_about_the_topic() -> None:
    stories = line(amount=12, format="story", period=Period.MONTH)
    gap = Gap(AccountId(1), "stories", ago(4), ago(3), "not_collected")
    assert wrong_work(with_line(stories, since=TODAY)) is not None
    assert wrong_work(with_line(stories, since=TODAY, accounts=[replace(GROWN, gaps=(gap,))])) is None


def test_the_days_of_silence_are_those_that_are_known() -> None:
    warning = wrong_work(with_line(line(), content=posts(range(12))))
    assert warning is not None
    assert warning.facts["idle_days"] == 12


def test_a_line_that_begins_later_is_not_missed_yet() -> None:
    assert list(coverages(with_line(AMOUNT, since=ago(-3)))) == []


@pytest.mark.parametrize(
    ("since", "agreed", "due", "part"),
    [
        (date(2026, 11, 23), 3, 0, 12),  # six of the month's 21 working days
        (date(2026, 11, 16), 6, 2, 12),
        (date(2026, 11, 2), 12, 8, None),  # the first is a Sunday
        (date(2026, 10, 5), 12, 8, None),
    ],
)
def test_a_months_amount_that_begins_in_mid_month_is_its_part(
    since: date, agreed: int, due: int, part: int | None
) -> None:
    (coverage,) = coverages(with_line(AMOUNT, since=since))
    assert (coverage.agreed, coverage.due, coverage.per_month) == (agreed, due, part)


def test_the_part_of_a_month_goes_by_the_clients_days() -> None:
    calendar = WorkCalendar.of(free=[date(2026, 11, day) for day in range(23, 28)])
    (coverage,) = coverages(with_line(AMOUNT, since=TODAY, calendar=calendar))
    assert (coverage.agreed, coverage.due) == (0, 0)  # 12 of one day of sixteen
    on_the_tenth = replace(with_line(AMOUNT, since=TODAY), today=date(2026, 12, 10))
    (coverage,) = coverages(on_the_tenth)
    assert (coverage.agreed, coverage.due) == (12, 3)  # seven of 23


def test_a_raised_amount_asks_for_no_more_in_the_days_before() -> None:
    key = topic_term(AMOUNT)
    raised = {key: ((date(2026, 11, 2), 6), (TODAY, 12))}
    (coverage,) = coverages(replace(with_line(AMOUNT, since=date(2026, 11, 2)), amounts=raised))
    assert (coverage.agreed, coverage.due, coverage.per_month) == (7, 4, 12)  # 6 x 15 / 21 + 12 x 6 / 21
    lowered = {key: ((date(2026, 11, 2), 24), (TODAY, 12))}
    (coverage,) = coverages(replace(with_line(AMOUNT, since=date(2026, 11, 2)), amounts=lowered))
    assert (coverage.agreed, coverage.due) == (12, 8)


def test_a_topic_goal_of_today_is_missed_after_a_week_without_a_word() -> None:
    row = {"status": "early", "current": 0.0, "target": 12.0, "expected": 0.0, "safe_days": 0}
    fresh = goal_state("posts", GoalKind.TOTAL_IN_PERIOD, 12, topic=ABOUT, start=TODAY, row=row)
    warning = wrong_work(situation(goals=[fresh], accounts=[GROWN], content=EVERY_DAY))
    assert warning is not None
    assert warning.facts["is_idle"]
    ahead = replace(fresh, row=fresh.row._replace(safe_days=2))
    assert wrong_work(situation(goals=[ahead], accounts=[GROWN], content=EVERY_DAY)) is None
    rate = goal_state("posts", GoalKind.KEEP_RATE, 1, topic=ABOUT, period=Period.WEEK, row=row)
    assert wrong_work(situation(goals=[rate], accounts=[GROWN], content=EVERY_DAY)) is not None


def test_what_a_goal_was_met_for_is_not_asked_for_again() -> None:
    terms = agreed(priorities=[Priority("распродать старую партию")])
    topic = Topic(TopicId(1), ClientId(7), ABOUT)
    row = {"status": "met", "current": 12.0, "target": 12.0, "expected": 0.7}
    met = goal_state("posts", GoalKind.TOTAL_IN_PERIOD, 12, topic=ABOUT, row=row)
    at = situation(terms=terms, topics=[topic], goals=[met], accounts=[GROWN], content=EVERY_DAY)
    assert wrong_work(at) is None
    over = replace(met, goal=replace(met.goal, deadline=ago(1)))
    assert wrong_work(replace(at, goals=(over,))) is not None


def test_a_share_that_a_goal_counts_is_told_once() -> None:
    share = line(share=0.3)
    at = with_line(share, accounts=[account()], content=EVERY_DAY)
    assert "topic_behind" in {warning.rule for warning in warnings_in(at)}
    goal = goal_state("topic_share", GoalKind.AVERAGE, 30, topic=ABOUT, row={"status": "behind"})
    assert "topic_behind" not in {warning.rule for warning in warnings_in(replace(at, goals=(goal,)))}


def test_a_priority_speaks_of_a_topic_that_no_line_and_no_goal_names() -> None:
    terms = agreed(priorities=[Priority("распродать старую партию")])
    topic = Topic(TopicId(1), ClientId(7), "Старая партия")
    at = situation(terms=terms, topics=[topic], accounts=[GROWN], content=EVERY_DAY)
    warning = wrong_work(at)
    assert warning is not None
    assert warning.facts["priority"] == "распродать старую партию"
    assert wrong_work(replace(at, topics=(replace(topic, name="летнее меню"),))) is None


def test_a_priority_out_of_season_is_left_alone() -> None:
    terms = agreed(
        priorities=[Priority("партия", season_end=ago(1))],
        topics=[line(amount=12, period=Period.MONTH, priority=1)],
    )
    assert list(coverages(situation(terms=terms, accounts=[GROWN], content=EVERY_DAY))) == []


def test_a_goal_about_a_topic_counts_without_an_agreement() -> None:
    row = {"status": "behind", "current": 3.0, "target": 12.0, "expected": 0.7}
    goal = goal_state("posts", GoalKind.TOTAL_IN_PERIOD, 12, topic=ABOUT, row=row)
    warning = wrong_work(situation(goals=[goal], accounts=[GROWN], content=EVERY_DAY))
    assert warning is not None
    assert (warning.facts["done"], warning.facts["agreed"], warning.facts["due"]) == (3, 12, 8)


def test_posts_and_stories_about_a_topic_are_one_warning() -> None:
    lines = [
        line(amount=6, format="story", period=Period.MONTH),
        line(amount=12, format="post", period=Period.MONTH),
    ]
    at = replace(with_line(lines[0]), terms=agreed(topics=lines))
    (warning,) = [one for one in warnings_in(at) if one.rule == "wrong_work"]
    assert (warning.facts["metric"], warning.facts["agreed"]) == ("posts", 12)
    assert warning.facts["also"] == (("stories", 0, 6),)


def test_what_is_done_is_never_wrong_work() -> None:
    done = posts(range(15, 21), ABOUT)
    assert (
        wrong_work(with_line(line(amount=6, format="post", until=ago(-30)), content=EVERY_DAY + done)) is None
    )


def test_stories_that_nobody_saw_make_the_count_a_least() -> None:
    gap = Gap(AccountId(1), "stories", ago(4), ago(3), "not_collected")
    topic = line(amount=12, format="story", period=Period.MONTH)
    warning = wrong_work(with_line(topic, accounts=[replace(GROWN, gaps=(gap,))]))
    assert warning is not None
    assert warning.facts["at_least"] is True
    assert posts([1], kind=PostKind.ARTICLE)[0].format == "post"


def test_engagement_is_a_good_figure_too() -> None:
    content = posts(range(28, 56), engagement=10) + posts(range(28), engagement=12)
    at = with_line(line(amount=12, period=Period.MONTH), accounts=[account()], content=content)
    warning = wrong_work(at)
    assert warning is not None
    assert (warning.facts["figure"], warning.facts["gain_share"]) == ("engagement", 0.2)


@pytest.mark.parametrize("gain", [0.0, -300.0, 20.0])
def test_without_growth_the_topic_is_behind_and_no_more(gain: float) -> None:
    at = with_line(line(amount=12, period=Period.MONTH), accounts=[account(audience=grown(gain))])
    assert [warning.rule for warning in warnings_in(at)] == ["topic_behind"]


def test_a_small_growth_that_the_goal_wants_is_good_news() -> None:
    topic = line(amount=12, period=Period.MONTH)
    at = with_line(topic, accounts=[account(audience=grown(20))], goals=[goal_state(amount=20)])
    assert wrong_work(at) is not None


def test_the_working_calendar_says_what_is_due() -> None:
    (coverage,) = coverages(with_line(line(amount=12, period=Period.MONTH), since=date(2026, 1, 1)))
    assert (coverage.first, coverage.agreed, coverage.due) == (TODAY.replace(day=1), 12, 8)  # 15 of 21 days


def test_an_agreed_day_counts_from_the_clients_yes() -> None:
    topic = line(amount=10, format="post", until=date(2026, 12, 31))
    old = posts([80, 90], ABOUT)
    (coverage,) = coverages(with_line(topic, since=ago(100), content=EVERY_DAY + old))
    assert (coverage.first, coverage.done) == (ago(100), 2)


@pytest.mark.parametrize(
    ("priority", "topic", "named"),
    [
        ("распродать старую партию", "старая партия", True),
        ("Больше записей на мастер-классы", "мастер-класс", True),
        ("распродать старую партию", "старая обувь", False),
        ("узнаваемость", "партия", False),
        ("что угодно", "но", False),
    ],
)
def test_which_topics_a_priority_names(priority: str, topic: str, *, named: bool) -> None:
    assert names_topic(priority, topic) is named


@pytest.mark.parametrize(
    ("lines", "topic", "rank"),
    [
        ((), "Старая партия", 2),
        ((), "Дегустации", None),
        ((TopicLine("Дегустации", priority=1),), "дегустации", 1),
    ],
)
def test_a_topic_is_for_the_priority_of_its_line_or_of_its_words(
    lines: tuple[TopicLine, ...], topic: str, rank: int | None
) -> None:
    terms = Terms(priorities=(Priority("Запись"), Priority("Распродать старую партию")), topics=lines)
    assert priority_of_topic(terms, topic) == rank
