"""Rules about what the client named: good figures with the wrong work, topics, priorities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.lines import folded
from goals.agreement.terms import CONTENT_METRICS
from goals.metrics import METRICS
from goals.model import GoalKind, GoalStatus
from goals.warnings.coverage import Coverage, coverages, names_topic
from goals.warnings.finding import Fact, Severity, Step, Warning  # noqa: A004 - the word of the trade
from goals.warnings.situation import LATELY

if TYPE_CHECKING:
    from goals.warnings.situation import Situation

#: An audience that grew by this share in four weeks is good news (ours; less is the noise of most accounts).
RISE = 0.01
#: So is engagement that grew by this share from the four weeks before; it varies more (ours).
ENGAGEMENT_RISE = 0.1
#: Engagement of fewer posts in four weeks is chance.
LEAST_POSTS = 5
#: A growth is told from figures that lie at least so far apart.
LEAST_SPAN = timedelta(days=7)


class Rise(NamedTuple):
    """A figure that went up lately: by how much, and by which share of what it was."""

    metric: str
    gain: float
    share: float


def wrong_work(at: Situation) -> Iterator[Warning]:
    """Good figures, wrong work: audience or engagement rises while what the client named is left alone."""
    rise = good_figures(at)
    if rise is None or not at.content_is_fresh:
        return
    missed = [coverage for coverage in coverages(at) if coverage.is_short or coverage.is_idle]
    figures: dict[str, Fact] = {"figure": rise.metric, "gain": rise.gain, "gain_share": rise.share}
    for lines in _by_topic(missed):
        yield _about(at, "wrong_work", Severity.HIGH, lines, figures)


def topic_behind(at: Situation) -> Iterator[Warning]:
    """A topic has less content, or a smaller share of it, than agreed so far; where figures rise, see above.

    What a running goal about the topic counts is told as that goal's pace.
    """
    if not at.content_is_fresh or good_figures(at) is not None:
        return
    counted = {
        (folded(state.goal.topic), METRICS[state.goal.metric].needs_topic)
        for state in at.goals
        if state.goal.topic and state.is_open
    }
    short = [
        coverage
        for coverage in coverages(at)
        if coverage.is_short and (folded(coverage.topic), coverage.agreed_share is not None) not in counted
    ]
    for lines in _by_topic(short):
        yield _about(at, "topic_behind", Severity.MEDIUM, lines, {})


def priority_without_goal(at: Situation) -> Iterator[Warning]:
    """No running goal serves one of the client's reasons."""
    topics = at.terms.topics if at.terms else ()
    for rank, priority in at.priorities():
        named = {folded(line.topic) for line in topics if line.priority == rank}
        served = (
            state.goal.priority == rank
            or (state.goal.topic is not None and folded(state.goal.topic) in named)
            or (state.goal.topic is not None and names_topic(priority.text, state.goal.topic))
            for state in at.goals
            if state.is_open
        )
        if not any(served):
            yield Warning(
                rule="priority_without_goal",
                severity=Severity.MEDIUM,
                key=f"priority_without_goal:{at.client.id}:{folded(priority.text)}",
                client_id=at.client.id,
                step=Step.ADD_GOAL,
                facts={"priority": priority.text, "rank": rank},
            )


def good_figures(at: Situation) -> Rise | None:
    """What went well lately: the audience of all accounts, else the engagement of what was published."""
    audience = audience_rise(at)
    if audience is not None and (audience.share >= RISE or _is_on_its_way(at, audience)):
        return audience
    engagement = _engagement_rise(at)
    return engagement if engagement is not None and engagement.share >= ENGAGEMENT_RISE else None


def audience_rise(at: Situation) -> Rise | None:
    """How the audience of all accounts that are known long enough moved in four weeks."""
    start = end = 0.0
    for state in at.accounts:
        known = state.values("audience", at.today - LATELY, at.today)
        if known and known[-1].day - known[0].day >= LEAST_SPAN:
            start += known[0].value
            end += known[-1].value
    return Rise("audience", end - start, (end - start) / start) if start > 0 else None


def _is_on_its_way(at: Situation, rise: Rise) -> bool:
    """Whether the audience grows as its goal wants it to."""
    good = {GoalStatus.ON_TRACK, GoalStatus.MET}
    goals = (s for s in at.goals if s.goal.metric == "audience" and s.goal.kind is not GoalKind.KEEP_RATE)
    return rise.gain > 0 and any(state.status in good for state in goals)


def _engagement_rise(at: Situation) -> Rise | None:
    """How the engagement of the posts of four weeks compares with the four weeks before."""
    first = at.today - LATELY + timedelta(days=1)
    eve = first - timedelta(days=1)
    now = [p.engagement for p in at.published(first, at.today) if p.engagement is not None]
    before = [p.engagement for p in at.published(first - LATELY, eve) if p.engagement is not None]
    if min(len(now), len(before)) < LEAST_POSTS or not sum(before):
        return None
    gain = sum(now) - sum(before)
    return Rise("engagement", gain, gain / sum(before))


def _by_topic(coverages: Iterable[Coverage]) -> Iterator[list[Coverage]]:
    """What was missed of each topic, the greatest amount first: one warning a topic."""
    topics: dict[str, list[Coverage]] = {}
    for coverage in coverages:
        topics.setdefault(folded(coverage.topic), []).append(coverage)
    for lines in topics.values():
        yield sorted(lines, key=lambda line: -(line.agreed or 0) if line.is_short else 1)


def _facts(lines: list[Coverage]) -> dict[str, Fact]:
    coverage, *others = lines
    return {
        "priority": coverage.priority,
        "metric": _metric(coverage),
        "done": coverage.done,
        "agreed": coverage.agreed,
        "due": coverage.due,
        "monthly": coverage.monthly,
        "per_month": coverage.per_month,
        "first": coverage.first,
        "done_share": coverage.done_share,
        "agreed_share": coverage.agreed_share,
        "idle_days": coverage.idle_days,
        "is_short": coverage.is_short,
        "is_idle": coverage.is_idle,
        "formats": len({line.format for line in lines}),
        "at_least": any(line.at_least for line in lines),
        "also": tuple(
            (_metric(line), line.done, line.agreed)
            for line in others
            if line.is_short and line.agreed is not None and line.monthly == coverage.monthly
        ),
    }


def _metric(coverage: Coverage) -> str | None:
    return None if coverage.format is None else CONTENT_METRICS[coverage.format]


def _about(
    at: Situation, rule: str, severity: Severity, lines: list[Coverage], figures: dict[str, Fact]
) -> Warning:
    topic = lines[0].topic
    return Warning(
        rule=rule,
        severity=severity,
        key=f"{rule}:{at.client.id}:{folded(topic)}",
        client_id=at.client.id,
        step=Step.PLAN_TOPIC,
        topic=topic,
        facts=_facts(lines) | figures,
    )
