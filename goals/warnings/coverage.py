"""How far content is about what the client named: agreed topics, goals about topics, bare priorities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.lines import folded, topic_term
from goals.metrics import METRICS
from goals.model import Period, PostKind
from goals.pace import period_of
from goals.warnings.situation import LATELY

if TYPE_CHECKING:
    from goals.agreement.terms import TopicLine
    from goals.warnings.situation import GoalState, Piece, Situation

#: A topic without a piece of content for so long is left alone (the rule «none in 7 days»).
IDLE_DAYS = 7
#: A share of fewer pieces than this says nothing: one more piece changes it by a fifth.
LEAST_CONTENT = 5
#: What a word of a topic must begin like in a priority: «партия», «партию»; endings are at most so long.
_ENDING, _SHORTEST_STEM = 3, 4


class Coverage(NamedTuple):
    """A topic that the client named, and how far content is about it.

    `done` of `agreed` pieces came out from `first` on, `due` of them by now; or the share `done_share`
    (0-1) where `agreed_share` was agreed. `idle_days` is how long nothing came (None: in no memory).
    `format` None is content of any kind, `at_least` says that stories were not collected all the time.
    """

    topic: str
    priority: str | None
    format: str | None
    first: date
    monthly: bool = False
    done: int = 0
    agreed: int | None = None
    due: int = 0
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


def _stem(word: str) -> str:
    return word[: max(_SHORTEST_STEM, len(word) - _ENDING)]


def _of_lines(at: Situation) -> Iterator[Coverage]:
    in_season = dict(at.priorities())
    for line in at.terms.topics if at.terms else ():
        over = line.until is not None and line.until < at.today
        if over or (line.priority is not None and line.priority not in in_season):
            continue
        named = [p.text for rank, p in in_season.items() if _is_about(line, rank, p.text)]
        yield _of_line(at, line, named[0] if named else None)


def _is_about(line: TopicLine, rank: int, priority: str) -> bool:
    return line.priority == rank if line.priority is not None else names_topic(priority, line.topic)


def _of_line(at: Situation, line: TopicLine, priority: str | None) -> Coverage:
    since = at.since.get(topic_term(line), date.min)
    first, last = _window(at, line, since)
    about = [p for p in at.published(first, at.today) if _fits(p, line.network, line.format, line.topic)]
    monthly = line.period is Period.MONTH and first.day == 1
    base = Coverage(line.topic, priority, line.format, first, monthly=monthly)
    base = _with_idle(at, base, since, _weekly(at, line, first, last))
    base = base._replace(done=len(about), at_least=_misses_stories(at, line, first))
    if line.amount is not None:
        agreed, due = _agreed(at, line, first, last)
        return base._replace(agreed=agreed, due=due, is_idle=base.is_idle and len(about) < agreed)
    if line.share is not None:
        return _with_share(at, base, line)
    return base


def _with_share(at: Situation, base: Coverage, line: TopicLine) -> Coverage:
    """The share of all content; that it is short by less than one piece is no shortage."""
    share = line.share or 0.0
    everything = [p for p in at.published(base.first, at.today) if _fits(p, line.network, line.format)]
    if len(everything) < LEAST_CONTENT:
        return base._replace(is_idle=base.is_idle and bool(everything))
    enough = base.done >= floor(share * len(everything) + 1e-9)
    done = share if enough else base.done / len(everything)
    return base._replace(done_share=done, agreed_share=share, is_idle=base.is_idle and not enough)


def _window(at: Situation, line: TopicLine, since: date) -> tuple[date, date]:
    """The days that a line is counted over: its month, its own days, or lately."""
    if line.amount is not None and line.period is Period.MONTH:
        first, last = period_of(Period.MONTH, at.today)
        return max(first, since), min(last, line.until or last)
    if line.amount is not None and line.period is None:
        return since if since > date.min else at.today - 2 * LATELY, line.until or at.today
    return max(since, at.today - LATELY + timedelta(days=1)), at.today


def _agreed(at: Situation, line: TopicLine, first: date, last: date) -> tuple[int, int]:
    """How many pieces are agreed for the days of a line, and how many whole ones were due by last night."""
    amount = line.amount or 0
    if line.period in {Period.DAY, Period.WEEK}:
        days = at.calendar.count(first, at.today)
        due = amount * days if line.period is Period.DAY else amount * ((at.today - first).days // 7)
        return max(due, amount), due
    total = max(1, at.calendar.count(first, last + timedelta(days=1)))
    return amount, floor(round(amount * at.calendar.count(first, at.today) / total, 9))


def _weekly(at: Situation, line: TopicLine, first: date, last: date) -> float:
    """How many pieces a week bring, roughly; a line without an amount or share asks for one."""
    if line.share is not None:
        recent = at.published(at.today - timedelta(days=IDLE_DAYS - 1), at.today)
        return line.share * sum(_fits(piece, line.network, line.format) for piece in recent)
    if line.amount is None:
        return 1.0
    if line.period in {Period.DAY, Period.WEEK}:
        return float(line.amount)
    return line.amount * 7 / max(1, (last - first).days + 1)


def _with_idle(at: Situation, base: Coverage, since: date, weekly: float) -> Coverage:
    """With how long nothing came about the topic; idle only where a week would have brought a piece."""
    key = folded(base.topic)
    days = [piece.day for piece in at.published(date.min, at.today) if key in piece.topics]
    idle = (at.today - max(days)).days if days else None
    long = idle is None or idle >= IDLE_DAYS
    is_idle = long and weekly >= 1 and (at.today - since).days >= IDLE_DAYS
    return base._replace(idle_days=idle, is_idle=is_idle)


def _fits(piece: Piece, network: str | None, form: str | None, topic: str | None = None) -> bool:
    return (
        network in {None, piece.network}
        and form in {None, piece.format}
        and (topic is None or folded(topic) in piece.topics)
    )


def _misses_stories(at: Situation, line: TopicLine, first: date) -> bool:
    """Whether stories that count may have come and gone unseen."""
    if line.format not in {None, PostKind.STORY.value}:
        return False
    return any(
        gap.metric == "stories" and gap.last >= first
        for state in at.accounts
        if line.network in {None, state.account.network}
        for gap in state.gaps
    )


def _of_goals(at: Situation) -> Iterator[Coverage]:
    """What running content goals are about, as far as their verdicts tell."""
    for state in at.goals:
        row = state.row
        if not (state.is_content and state.goal.topic and state.is_open) or row.current is None:
            continue
        if row.target is None or row.expected is None or at.today < state.goal.start:
            continue
        due = floor(round(row.expected * row.target, 9)) if row.period is None else 0
        yield Coverage(
            topic=state.goal.topic,
            priority=_priority_of(at, state),
            format=METRICS[state.goal.metric].post_kinds[0],
            first=state.goal.start,
            done=int(row.current),
            agreed=int(row.target),
            due=due,
        )


def _priority_of(at: Situation, state: GoalState) -> str | None:
    return next((p.text for rank, p in at.priorities() if rank == state.goal.priority), None)


def _of_priorities(at: Situation) -> Iterator[Coverage]:
    """Topics of the client that a priority speaks of, though no line says how much there should be."""
    for _, priority in at.priorities():
        for topic in at.topics:
            if names_topic(priority.text, topic.name):
                since = min(at.since.values(), default=date.min)
                base = Coverage(topic.name, priority.text, None, at.today - LATELY)
                yield _with_idle(at, base, since, 1.0)
