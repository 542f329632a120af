"""From the lines of an agreement to the goals they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goals.agreement.lines import HOURS_TERM, content_term, kpi_term, topic_term
from goals.agreement.terms import CONTENT_METRICS
from goals.model import GoalKind, Period
from goals.pace import period_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goals.agreement.terms import ContentLine, KpiLine, Terms, TopicLine


#: What the share of content that is about a topic is measured by, in per cent.
TOPIC_SHARE = "topic_share"


@dataclass(frozen=True, slots=True)
class ProposedGoal:
    """A goal that a line asks for. `term` is the line's key, the same in every month and version.

    `amount` and `deadline` are None where the line does not say them yet: such a goal stays a draft.
    `baseline` is the agreed figure in the first month only; later it has to be measured afresh.
    `monthly` says that the line's amount is of a month, `partial` that the goal has only a part of one;
    `per_month` is the line's amount where `amount` is the share of such a part. `format` is the one format
    that a share is meant of, where the goal can only count the share of all content.
    """

    term: str
    metric: str
    kind: GoalKind
    amount: float | None
    start: date
    deadline: date | None
    network: str | None = None
    topic: str | None = None
    period: Period | None = None
    baseline: float | None = None
    priority: int | None = None
    partial: bool = False
    format: str | None = None
    monthly: bool = False
    per_month: float | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The days that goals are proposed for; `whole` says that they are a whole month."""

    first: date
    last: date
    is_first_month: bool

    @property
    def whole(self) -> bool:
        """Whether no day of the month is left out."""
        return (self.first, self.last) == period_of(Period.MONTH, self.first)


def window_of(
    terms: Terms, today: date, *, start: date | None = None, deadline: date | None = None
) -> Window | None:
    """The month to propose goals for, cut to the agreement's own days; None where nothing is left.

    Args:
        terms: what is agreed; an agreement that renews itself does not end.
        today: the client's local day: its month is taken, or the one in which the agreement begins.
        start: the first day of another month.
        deadline: its last day; both lie in one month.
    """
    dates = terms.dates
    first, last = period_of(Period.MONTH, start or max(today, dates.start or today))
    if start is not None:
        first = start
    elif dates.start is None:
        first = today
    if deadline is not None:
        last = deadline
    is_first_month = dates.start is None or first <= dates.start
    if dates.start is not None:
        first = max(first, dates.start)
    if dates.end is not None and not dates.renews:
        last = min(last, dates.end)
    return Window(first, last, is_first_month) if first <= last else None


def goals_of(
    terms: Terms, today: date, *, start: date | None = None, deadline: date | None = None
) -> tuple[ProposedGoal, ...]:
    """The goals of a month: topics with an amount or a share, content, KPIs, and the hours as a ceiling.

    The month is chosen as in `window_of`. What goes on until a day beyond it is proposed in each month
    until then, with the same term and deadline; a share begins anew each month.
    """
    window = window_of(terms, today, start=start, deadline=deadline)
    if window is None:
        return ()
    topics = (*_topic_goals(terms, window), *_share_goals(terms, window))
    return (
        *topics,
        *_content_goals(terms, window),
        *_kpi_goals(terms, window),
        *_hours_goal(terms, window),
    )


def ended_terms(terms: Terms, first: date) -> dict[str, date]:
    """The lines whose own last day lies in the month before the one that begins with `first`, by term."""
    since = period_of(Period.MONTH, first - timedelta(days=1))[0]
    lines = (
        *((topic_term(line), line.until) for line in terms.topics),
        *((content_term(line), line.until) for line in terms.content),
        *((kpi_term(line), line.until) for line in terms.kpis),
    )
    return {term: until for term, until in lines if until is not None and since <= until < first}


def _deadline(line: TopicLine | ContentLine | KpiLine, window: Window) -> date | None:
    """The last day of the line's goal: of the month for what is counted by periods, or its own day."""
    if line.period is None:
        return line.until
    return min(window.last, line.until or window.last)


def _is_over(line: TopicLine | ContentLine | KpiLine, window: Window) -> bool:
    return line.until is not None and line.until < window.first


def _topic_goals(terms: Terms, window: Window) -> Iterator[ProposedGoal]:
    for line in terms.topics:
        if line.amount is None or line.format is None or _is_over(line, window):
            continue
        by_rate = line.period in {Period.DAY, Period.WEEK}
        yield ProposedGoal(
            term=topic_term(line),
            metric=CONTENT_METRICS[line.format],
            kind=GoalKind.KEEP_RATE if by_rate else GoalKind.TOTAL_IN_PERIOD,
            amount=line.amount,
            start=window.first,
            deadline=_deadline(line, window),
            network=line.network,
            topic=line.topic,
            period=line.period if by_rate else None,
            priority=line.priority,
            partial=line.period is Period.MONTH and not window.whole,
            monthly=line.period is Period.MONTH,
        )


def _share_goals(terms: Terms, window: Window) -> Iterator[ProposedGoal]:
    for line in terms.topics:
        if not line.share or line.amount is not None or _is_over(line, window):
            continue
        yield ProposedGoal(
            term=topic_term(line),
            metric=TOPIC_SHARE,
            kind=GoalKind.AVERAGE,
            amount=round(line.share * 100, 6),
            start=window.first,
            deadline=min(window.last, line.until or window.last),
            network=line.network,
            topic=line.topic,
            priority=line.priority,
            format=line.format,
        )


def _content_goals(terms: Terms, window: Window) -> Iterator[ProposedGoal]:
    for line in terms.content:
        if _is_over(line, window):
            continue
        yield ProposedGoal(
            term=content_term(line),
            metric=CONTENT_METRICS[line.format],
            kind=GoalKind.TOTAL_IN_PERIOD if line.period is None else GoalKind.KEEP_RATE,
            amount=line.amount,
            start=window.first,
            deadline=_deadline(line, window),
            network=line.network,
            period=line.period,
            priority=line.priority,
            partial=line.period is Period.MONTH and not window.whole,
            monthly=line.period is Period.MONTH,
        )


def _kpi_goals(terms: Terms, window: Window) -> Iterator[ProposedGoal]:
    for line in terms.kpis:
        if _is_over(line, window):
            continue
        yield ProposedGoal(
            term=kpi_term(line),
            metric=line.metric,
            kind=line.kind,
            amount=line.amount,
            start=window.first,
            deadline=_deadline(line, window),
            network=line.network,
            period=line.period if line.kind is GoalKind.KEEP_RATE else None,
            baseline=line.baseline if window.is_first_month else None,
            priority=line.priority,
            partial=line.period is Period.MONTH and not window.whole,
            monthly=line.period is Period.MONTH,
        )


def _hours_goal(terms: Terms, window: Window) -> Iterator[ProposedGoal]:
    if terms.hours.month is None:
        return
    yield ProposedGoal(
        term=HOURS_TERM,
        metric="hours",
        kind=GoalKind.TOTAL_IN_PERIOD,
        amount=terms.hours.month,
        start=window.first,
        deadline=window.last,
        partial=not window.whole,
        monthly=True,
    )
