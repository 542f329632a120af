"""For each rule a situation in which it fires, one in which it is silent, and one that tells it nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from goals.agreement.terms import Approval, ContentLine, Hours, Priority, Report, TopicLine
from goals.model import AccountId, ClientId, Gap, GoalId, GoalKind, Period, PostKind, PostState
from goals.records import Confidence, Material
from goals.revision import Revision
from goals.warnings.situation import GoalState, Situation, UnitTrouble
from tests.goals.build import TODAY
from tests.goals.warnings.build import (
    NOW,
    account,
    ago,
    agreed,
    check_in,
    goal_state,
    grown,
    posts,
    situation,
    verdict,
)


@dataclass(frozen=True)
class Case:
    """A rule's id, the situations, and how grave the firing one is."""

    rule: str
    fires: Situation
    silent: Situation
    no_data: Situation
    severity: str


BATCH = TopicLine("старая партия", amount=12, format="post", period=Period.MONTH, priority=1)
SALE = Priority("распродать старую партию")
ABOUT = "старая партия"
MONTH = agreed(priorities=[SALE], topics=[BATCH])
SINCE = {"topic:старая партия:*:post": date(2026, 11, 1), "content:*:post:month": date(2026, 9, 1)}
OTHERS = posts(range(23))
RATE = goal_state(
    "posts",
    GoalKind.KEEP_RATE,
    3,
    period=Period.WEEK,
    start=date(2026, 10, 26),
    deadline=date(2026, 12, 31),
)
REFUSED = UnitTrouble("auth", "vk.5", "User authorization failed", {"token": "vk-main", "network": "vk"})
FALL = UnitTrouble("retry", "sync.suspect_audience", "", {"was": "5000", "is": "12"})


def rate(*weeks_ago: int, per_week: int = 3) -> Situation:
    """A goal of three posts a week, with three posts in each of the weeks so long ago."""
    monday = TODAY - timedelta(days=TODAY.weekday())
    days = [(TODAY - monday).days + 7 * week - step for week in weeks_ago for step in range(per_week)]
    return situation(goals=[RATE], content=posts([*days, 40]), accounts=[account()])


def eased(*, agreed_on: date | None, undone: bool = False) -> Situation:
    """A goal that the client agreed to on the first, and that was lowered on the tenth."""
    made = datetime(2026, 11, 10, 9, tzinfo=NOW.tzinfo)
    change = Revision(GoalId(1), 1, made, "Мария", "не успеваем", agreed_on, {"amount": ("300", "200")})
    back = Revision(GoalId(1), 2, made, "Мария", "", None, {"amount": ("200", "300")}, undoes=1)
    goal = goal_state(
        amount=300 if undone else 200,
        revisions=[change, back] if undone else [change],
        agreed_on=date(2026, 11, 1),
    )
    return situation(goals=[goal])


def decided(*statuses: tuple[int, str]) -> Situation:
    """Goals that ended in the given months with the given statuses."""
    return situation(
        goals=[
            goal_state(row={"status": status}, start=date(2026, month, 1), deadline=date(2026, month, 28))
            for month, status in statuses
        ]
    )


def hours(used: float | None, month: float | None = 40.0) -> Situation:
    """Hours of work used in November."""
    return situation(terms=agreed(hours=Hours(month=month)), hours=used)


def waiting(days: int, *, terms: Approval | None = None) -> Situation:
    """Photos that were asked for so many days ago."""
    material = Material(1, ClientId(7), "фото партии", ago(days))
    return situation(materials=[material], terms=agreed(approval=terms or Approval()))


def behind(**row: object) -> GoalState:
    """A goal of 300 followers that is behind."""
    known = {"status": "behind", "safe_days": -4, "needed_per_day": 14.0, "current": 5000.0, "target": 5112.0}
    return goal_state(row=known | {"progress": 0.63, "expected": 0.73} | row)


def on_road(progress: float, week_ago: float | None, **terms: object) -> Situation:
    """A goal on its road with its progress a week ago, and a call on the 28th."""
    row = {"progress": progress, "expected": 0.73, "current": 5032.0, "target": 5112.0}
    history = [] if week_ago is None else [verdict(7, progress=week_ago)]
    return situation(
        goals=[goal_state(row=row, verdicts=history)],
        terms=agreed(report=Report(next_call=date(2026, 11, 28), **terms)),  # type: ignore[arg-type]
    )


def tomorrow(*planned: int, current: float | None = 10.0) -> Situation:
    """Fifteen posts in November, and the plan."""
    row = {"current": current, "target": 15.0}
    goal = goal_state("posts", GoalKind.TOTAL_IN_PERIOD, 15, row=row)
    return situation(goals=[goal], content=posts(planned, state=PostState.PLANNED))


GAP = Gap(AccountId(1), "stories", ago(3), ago(2), "not_collected")
STORIES = goal_state("stories", GoalKind.TOTAL_IN_PERIOD, 6)
DILUTED = posts(range(29, 57), engagement=50, views=1000) + posts(range(1, 29), engagement=20, views=1000)
STEADY = posts(range(29, 57), engagement=50, views=1000) + posts(range(1, 29), engagement=50, views=1000)
HAND = goal_state("sales", GoalKind.TOTAL_IN_PERIOD, 10, row={"status": "stale"})
STALE = {"status": "stale", "as_of": int((NOW - timedelta(days=6)).timestamp())}
OUTSIDE = agreed(content=[ContentLine("post", 12, period=Period.MONTH)])

CASES = [
    Case(
        "wrong_work",
        situation(terms=MONTH, since=SINCE, accounts=[account(audience=grown(500))], content=OTHERS),
        situation(
            terms=MONTH,
            since=SINCE,
            accounts=[account(audience=grown(500))],
            content=OTHERS + posts(range(0, 20, 2), ABOUT),
        ),
        situation(terms=MONTH, since=SINCE, accounts=[account(last_ok=9, audience=grown(500))]),
        "high",
    ),
    Case(
        "topic_behind",
        situation(terms=MONTH, since=SINCE, accounts=[account()], content=OTHERS),
        situation(terms=MONTH, since=SINCE, accounts=[account()], content=posts(range(0, 20, 2), ABOUT)),
        situation(terms=MONTH, since=SINCE),
        "medium",
    ),
    Case(
        "priority_without_goal",
        situation(terms=agreed(priorities=[SALE])),
        situation(terms=agreed(priorities=[SALE]), goals=[goal_state(priority=1)]),
        situation(),
        "medium",
    ),
    Case("behind", situation(goals=[behind()]), situation(goals=[goal_state()]), situation(), "medium"),
    Case(
        "unlikely",
        situation(
            goals=[
                replace(
                    behind(status="unlikely", chance=0.2),
                    verdicts=(verdict(1, chance=0.3), verdict(0, chance=0.2)),
                )
            ]
        ),
        situation(
            goals=[
                replace(
                    behind(status="unlikely", chance=0.2),
                    verdicts=(verdict(1, chance=0.5), verdict(0, chance=0.2)),
                )
            ]
        ),
        situation(goals=[behind(status="unlikely", chance=None)]),
        "high",
    ),
    Case("falls_off", on_road(0.74, 0.72), on_road(0.74, 0.4), on_road(0.74, None), "medium"),
    Case("nothing_tomorrow", tomorrow(), tomorrow(-1), tomorrow(current=None), "low"),
    Case("regularity", rate(3, 4), rate(1, 3), situation(goals=rate(3, 4).goals), "medium"),
    Case(
        "confidence",
        situation(
            goals=[
                goal_state(
                    check_ins=[
                        check_in(14, Confidence.ON_TRACK),
                        check_in(7, Confidence.RISK),
                        check_in(0, Confidence.OFF),
                    ]
                )
            ]
        ),
        situation(
            goals=[
                goal_state(
                    check_ins=[
                        check_in(14, Confidence.RISK),
                        check_in(7, Confidence.RISK),
                        check_in(0, Confidence.OFF),
                    ]
                )
            ]
        ),
        situation(goals=[goal_state(check_ins=[check_in(0, Confidence.OFF)])]),
        "medium",
    ),
    Case(
        "unfinished",
        situation(goals=[goal_state(amount=None, row={"status": "draft"})]),
        situation(goals=[goal_state(amount=None, start=ago(7), row={"status": "draft"})]),
        situation(),
        "low",
    ),
    Case(
        "eased",
        eased(agreed_on=None),
        eased(agreed_on=date(2026, 11, 10)),
        situation(goals=[goal_state()]),
        "medium",
    ),
    Case(
        "all_green",
        decided((9, "met"), (9, "met"), (10, "met"), (10, "met")),
        decided((9, "met"), (9, "met"), (10, "met"), (10, "missed")),
        decided((10, "met"), (10, "met")),
        "low",
    ),
    Case(
        "all_red",
        situation(goals=[behind(), behind(status="unlikely")]),
        situation(goals=[behind(), goal_state()]),
        situation(goals=[behind(), goal_state(row={"status": "stale"})]),
        "medium",
    ),
    Case(
        "stale",
        situation(accounts=[account(last_ok=6, trouble=REFUSED)]),
        situation(accounts=[account(last_ok=2)]),
        situation(accounts=[account(last_ok=None)]),
        "high",
    ),
    Case(
        "no_figures",
        situation(goals=[goal_state(row=STALE)], accounts=[account(last_ok=None)]),
        situation(goals=[goal_state(row=STALE)], accounts=[account(last_ok=6)]),
        situation(),
        "medium",
    ),
    Case(
        "not_logged",
        situation(goals=[HAND]),
        situation(goals=[replace(HAND, goal=replace(HAND.goal, start=ago(5)))]),
        situation(),
        "medium",
    ),
    Case(
        "token",
        situation(accounts=[account(last_ok=1, trouble=REFUSED)]),
        situation(accounts=[account(last_ok=1, trouble=FALL)]),
        situation(accounts=[account()]),
        "high",
    ),
    Case(
        "token_idle",
        situation(accounts=[account(last_ok=21, network="ok")]),
        situation(accounts=[account(last_ok=19, network="ok"), account(last_ok=40)]),
        situation(accounts=[account(last_ok=None, network="ok")]),
        "high",
    ),
    Case(
        "suspect",
        situation(accounts=[account(trouble=FALL)]),
        situation(accounts=[account(trouble=UnitTrouble("retry", "sync.refused", "", {"n": "2"}))]),
        situation(accounts=[account()]),
        "high",
    ),
    Case(
        "jump",
        situation(accounts=[account(audience=[1000.0, 1000.0, 1600.0])]),
        situation(accounts=[account(audience=[1000.0, 1000.0, 1400.0])]),
        situation(accounts=[account()]),
        "medium",
    ),
    Case(
        "stories_missed",
        situation(goals=[STORIES], accounts=[account(gaps=[GAP])]),
        situation(goals=[goal_state()], accounts=[account(gaps=[GAP])]),
        situation(goals=[STORIES], accounts=[account()]),
        "medium",
    ),
    Case(
        "bought_audience",
        situation(accounts=[account(audience=grown(1000))], content=DILUTED),
        situation(accounts=[account(audience=grown(1000))], content=STEADY),
        situation(accounts=[account(audience=grown(1000))]),
        "medium",
    ),
    Case(
        "leaving",
        situation(accounts=[account(joins=[3.0] * 28, leaves=[5.0] * 28)]),
        situation(accounts=[account(joins=[5.0] * 28, leaves=[3.0] * 28)]),
        situation(accounts=[account(leaves=[5.0] * 28)]),
        "medium",
    ),
    Case("hours", hours(33), hours(25), hours(None), "medium"),
    Case(
        "outside",
        situation(terms=OUTSIDE, since=SINCE, content=posts([1, 2, 3], kind=PostKind.STORY)),
        situation(terms=OUTSIDE, since=SINCE, content=posts([1, 2, 3]) + posts([4], kind=PostKind.STORY)),
        situation(content=posts([1, 2, 3], kind=PostKind.STORY)),
        "low",
    ),
    Case(
        "month_without_goals",
        situation(terms=MONTH, since=SINCE),
        situation(
            terms=MONTH, since=SINCE, goals=[goal_state("posts", GoalKind.TOTAL_IN_PERIOD, 12, topic=ABOUT)]
        ),
        situation(terms=agreed(priorities=[SALE])),
        "medium",
    ),
    Case("materials", waiting(9), waiting(9, terms=Approval(reply_days=7)), situation(), "medium"),
]
