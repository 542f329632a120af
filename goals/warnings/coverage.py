"""How far content is about what the client named: agreed topics, goals about topics, bare priorities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.lines import folded, topic_term
from goals.metrics import METRICS
from goals.model import GoalStatus, Period, PostKind
from goals.pace import period_of
from goals.warnings.situation import LATELY

if TYPE_CHECKING:
    from goals.agreement.terms import Terms, TopicLine
    from goals.warnings.situation import GoalState, Piece, Situation

#: A topic without a piece of content for so long is left alone (the rule «none in 7 days»).
IDLE_DAYS = 7
#: A share of fewer pieces than this says nothing: one more piece changes it by a fifth.
LEAST_CONTENT = 5
#: How many times a week the amount of a period comes.
_WEEKS = {Period.DAY: 5.0, Period.WEEK: 1.0, Period.MONTH: 7 / 30}
#: What a word of a topic must begin like in a priority: «партия», «партию»; endings are at most so long.
_ENDING, _SHORTEST_STEM = 3, 4


class Coverage(NamedTuple):
    """A topic that the client named, and how far content is about it.

    `done` of `agreed` pieces came out from `first` on, `due` of them by now; or the share `done_share`
    (0-1) where `agreed_share` was agreed. `per_month` is the amount of a whole month where only a part
    of one counts. `idle_days` is for how many days nothing came, four weeks at most where nothing ever did
    (None: nothing was collected). `format` None is content of any kind, `at_least` says that stories were
    not collected all the time.
    """

    topic: str
    priority: str | None
    format: str | None
    first: date
    monthly: bool = False
    done: int = 0
    agreed: int | None = None
    due: int = 0
    per_month: int | None = None
    done_share: float | None = None
    agreed_share: float | None = None
    idle_days: int | None = None
    is_idle: bool = False
    at_least: bool = False

    @property
    def is_short(self) -> bool:
        """Whether there is less content than agreed so far."""
        if self.agreed_share is not None and self.done_share is not None:
            return self.done_share < self.agreed_share
        return self.agreed is not None and self.done < self.due


def coverages(at: Situation) -> Iterator[Coverage]:
    """Each topic that the client named: by its agreed lines, else by its goals, else by a priority."""
    seen: set[str] = set()
    for found in (_of_lines(at), _of_goals(at), _of_priorities(at)):
        told = [coverage for coverage in found if folded(coverage.topic) not in seen]
        seen.update(folded(coverage.topic) for coverage in told)
        yield from told


def names_topic(priority: str, topic: str) -> bool:
    """Whether a priority speaks of a topic: each of its words stands there in some form."""
    said = folded(priority).split()
    stems = [_stem(word) for word in folded(topic).split() if len(word) >= _SHORTEST_STEM]
    return bool(stems) and all(any(word.startswith(stem) for word in said) for stem in stems)


def priority_of_topic(terms: Terms, topic: str) -> int | None:
    """The rank of the priority that a topic is for: by its agreed line, else by the priority's words."""
    for line in terms.topics:
        if line.priority is not None and folded(line.topic) == folded(topic):
            return line.priority
    ranks = (rank for rank, each in enumerate(terms.priorities, 1) if names_topic(each.text, topic))
    return next(ranks, None)


def _stem(word: str) -> str:
    return word[: max(_SHORTEST_STEM, len(word) - _ENDING)]


def _of_lines(at: Situation) -> Iterator[Coverage]:
    in_season, known = dict(at.priorities()), {folded(topic.name) for topic in at.topics}
    for line in at.terms.topics if at.terms else ():
        if folded(line.topic) not in known:  # nobody has looked content through for it
            continue
        over = line.until is not None and line.until < at.today
        begun = at.since.get(topic_term(line), at.today) <= at.today
        if over or not begun or (line.priority is not None and line.priority not in in_season):
            continue
        named = [p.text for rank, p in in_season.items() if _is_about(line, rank, p.text)]
        yield _of_line(at, line, named[0] if named else None)


def _is_about(line: TopicLine, rank: int, priority: str) -> bool:
    return line.priority == rank if line.priority is not None else names_topic(priority, line.topic)


def _of_line(at: Situation, line: TopicLine, priority: str | None) -> Coverage:
    first, last = _window(at, line)
    about = [p for p in at.published(first, at.today) if _fits(p, line.network, line.format, line.topic)]
    monthly = line.period is Period.MONTH and first.day == 1
    unseen = _misses_stories(at, line.network, line.format, min(first, _week_ago(at)))
    base = Coverage(line.topic, priority, line.format, first, monthly, len(about), at_least=unseen)
    base = _with_idle(at, base, _weekly(at, line, first, last), line.network)
    if line.amount is not None:
        agreed, due = _agreed(at, line, first, last)
        part = line.amount if line.period is Period.MONTH and agreed != line.amount else None
        is_idle = base.is_idle and len(about) < max(1, agreed)
        return base._replace(agreed=agreed, due=due, per_month=part, is_idle=is_idle)
    if line.share is not None:
        return _with_share(at, base, line)
    return base


def _with_share(at: Situation, base: Coverage, line: TopicLine) -> Coverage:
    """The share of all content; that it is short by less than one piece is no shortage."""
    share = line.share or 0.0
    everything = [p for p in at.published(base.first, at.today) if _fits(p, line.network, line.format)]
    if len(everything) < LEAST_CONTENT:
        return base
    enough = base.done >= floor(share * len(everything) + 1e-9)
    done = share if enough else base.done / len(everything)
    return base._replace(done_share=done, agreed_share=share, is_idle=base.is_idle and not enough)


def _window(at: Situation, line: TopicLine) -> tuple[date, date]:
    """The days that a line is counted over: its month, its own days, or lately."""
    since = at.since.get(topic_term(line), date.min)
    if line.amount is not None and line.period is Period.MONTH:
        first, last = period_of(Period.MONTH, at.today)
        return max(first, since), min(last, line.until or last)
    if line.amount is not None and line.period is None:
        return since if since > date.min else at.today - 2 * LATELY, line.until or at.today
    return max(since, at.today - LATELY + timedelta(days=1)), at.today


def _agreed(at: Situation, line: TopicLine, first: date, last: date) -> tuple[int, int]:
    """How many pieces are agreed for the days of a line, and how many whole ones were due by last night.

    Of a month's amount the line's own days bring their part, by the working days of the whole month.
    """
    if line.period in {Period.DAY, Period.WEEK}:
        due = _brought(at, line, first, at.today)
        return max(due, line.amount or 0), due
    end = last + timedelta(days=1)
    if line.period is None:
        return line.amount or 0, _brought(at, line, first, at.today, at.calendar.count(first, end))
    begin, month_end = period_of(Period.MONTH, at.today)
    days = at.calendar.count(begin, month_end + timedelta(days=1))
    return _brought(at, line, first, end, days), _brought(at, line, first, at.today, days)


def _brought(at: Situation, line: TopicLine, first: date, end: date, working_days: int = 1) -> int:
    """How many whole pieces a line asks for in [first, end): each day its part of the amount.

    The amount is one of so many working days, or of a whole week. That it was raised later asks for no
    more in the days before; that it was lowered holds for all of them.
    """
    days = [first + timedelta(days=offset) for offset in range(max(0, (end - first).days))]
    if line.period is Period.WEEK:
        days = days[: len(days) // 7 * 7 : 7]
    else:
        days = [day for day in days if at.calendar.is_working(day)]
    return floor(round(sum(_amount_on(at, line, day) for day in days) / max(1, working_days), 9))


def _amount_on(at: Situation, line: TopicLine, day: date) -> int:
    now = line.amount or 0
    known = at.amounts.get(topic_term(line)) or ((day, now),)
    return min(now, next((amount for since, amount in reversed(known) if since <= day), known[0][1]))


def _weekly(at: Situation, line: TopicLine, first: date, last: date) -> float:
    """How many pieces a week bring, roughly; a line without an amount or share asks for one."""
    if line.share is not None:
        recent = at.published(_week_ago(at), at.today)
        return line.share * sum(_fits(piece, line.network, line.format) for piece in recent)
    if line.amount is None:
        return 1.0
    if line.period in _WEEKS:
        return line.amount * _WEEKS[line.period]
    return line.amount * 7 / max(1, (last - first).days + 1)


def _with_idle(at: Situation, base: Coverage, weekly: float, network: str | None = None) -> Coverage:
    """With how long nothing came about the topic; idle only where a week would have brought a piece.

    Where nothing at all was collected for a week, or not the stories that are asked for, it is not known.
    """
    key = folded(base.topic)
    known = at.published(date.min, at.today)
    if not any(piece.day >= _week_ago(at) for piece in known):
        return base
    days = [piece.day for piece in known if key in piece.topics]
    if days:
        idle = (at.today - max(days)).days
    else:
        first = min(piece.day for piece in known)
        idle = min(LATELY.days, max(IDLE_DAYS, (at.today - first).days + 1))
    only_stories = base.format == PostKind.STORY.value
    unseen = only_stories and _misses_stories(at, network, base.format, _week_ago(at))
    return base._replace(idle_days=idle, is_idle=idle >= IDLE_DAYS and weekly >= 1 and not unseen)


def _week_ago(at: Situation) -> date:
    """The first of the last seven days, today included."""
    return at.today - timedelta(days=IDLE_DAYS - 1)


def _fits(piece: Piece, network: str | None, form: str | None, topic: str | None = None) -> bool:
    return (
        network in {None, piece.network}
        and form in {None, piece.format}
        and (topic is None or folded(topic) in piece.topics)
    )


def _misses_stories(at: Situation, network: str | None, form: str | None, first: date) -> bool:
    """Whether stories that count may have come and gone unseen."""
    if form not in {None, PostKind.STORY.value}:
        return False
    return any(
        gap.metric == "stories" and gap.last >= first
        for state in at.accounts
        if network in {None, state.account.network}
        for gap in state.gaps
    )


def _of_goals(at: Situation) -> Iterator[Coverage]:
    """What running content goals are about, as far as their verdicts tell; one that is met asks no more."""
    for state in at.goals:
        row, goal = state.row, state.goal
        if not (state.is_content and goal.topic) or row.current is None or row.target is None:
            continue
        is_met = state.status is GoalStatus.MET and (goal.deadline or at.today) >= at.today
        if at.today < goal.start or not (is_met or (state.is_open and row.expected is not None)):
            continue
        base = Coverage(
            topic=goal.topic,
            priority=_priority_of(at, state),
            format=METRICS[goal.metric].post_kinds[0],
            first=goal.start,
            done=int(row.current),
            agreed=int(row.target),
        )
        yield base if is_met else _of_goal(at, state, base)


def _of_goal(at: Situation, state: GoalState, base: Coverage) -> Coverage:
    """With what is due by now; idle as long as the goal is not ahead of its road."""
    goal, row = state.goal, state.row
    target, expected = row.target or 0.0, row.expected or 0.0
    if goal.period is None:
        due = floor(round(expected * target, 9))
        weekly = target * 7 / max(1, ((goal.deadline or at.today) - goal.start).days + 1)
    else:
        due, weekly = 0, target * _WEEKS[goal.period]
    found = _with_idle(at, base._replace(due=due), weekly, goal.network)
    return found._replace(is_idle=found.is_idle and (row.safe_days or 0) <= 0)


def _priority_of(at: Situation, state: GoalState) -> str | None:
    return next((p.text for rank, p in at.priorities() if rank == state.goal.priority), None)


def _of_priorities(at: Situation) -> Iterator[Coverage]:
    """Topics of the client that a priority speaks of, though no line says how much there should be."""
    for _, priority in at.priorities():
        for topic in at.topics:
            if names_topic(priority.text, topic.name):
                base = Coverage(topic.name, priority.text, None, _week_ago(at))
                unseen = _misses_stories(at, None, None, _week_ago(at))
                yield _with_idle(at, base._replace(at_least=unseen), 1.0)
