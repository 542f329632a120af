"""The client changes his mind: how much content goes over from what lost rank to what took its place.

What moves is a proposal for his yes. A line that lost rank exchanges its amount with a line of the same
format, network and period that took its place, but gives away no more than is still to be made; where
there is none to exchange with, half of what is still to be made goes over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from goals.agreement.diff import swap_priorities
from goals.agreement.lines import content_term, topic_term
from goals.agreement.schema import MOST_LINES
from goals.agreement.terms import Terms, TopicLine
from goals.metrics import METRICS, Nature
from goals.model import GoalKind, Period
from goals.warnings.coverage import names_topic

if TYPE_CHECKING:
    from goals.agreement.terms import ContentLine
    from goals.model import Goal, GoalId

#: How many periods a month has.
_MONTHLY = {Period.DAY: 365.25 / 12, Period.WEEK: 365.25 / 84, Period.MONTH: 1.0}
_SHARE_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Lot:
    """So much content for a priority: `amount` pieces a period or until a day, or a share of all (0-1).

    It stands on the line `term`, or is what `goal` asks for that stands on none; on neither where it is yet
    to be agreed. `topic` is None for content about anything, `done` None where nobody knows or nothing
    adds up (rates and shares).
    """

    amount: float
    format: str | None
    topic: str | None = None
    network: str | None = None
    period: Period | None = None
    until: date | None = None
    done: int | None = None
    term: str | None = None
    goal: Goal | None = None
    is_share: bool = False

    @property
    def left(self) -> float:
        """How much of it can still be taken off."""
        return max(0.0, self.amount - (self.done or 0))

    @property
    def a_month(self) -> float:
        """Pieces a month: of a rate all its periods; 0 of a share, which is of what is made anyway."""
        if self.is_share:
            return 0.0
        return self.amount * (_MONTHLY[self.period] if self.period else 1.0)


@dataclass(frozen=True, slots=True)
class Move:
    """What goes over from `off` to `on`, both as they were; an `on` of amount 0 is new."""

    off: Lot
    on: Lot
    amount: float

    @property
    def a_month(self) -> float:
        """The pieces that go over, a month."""
        return replace(self.off, amount=self.amount).a_month


@dataclass(frozen=True, slots=True)
class Shift:
    """Terms with their priorities in another order, and the content that moved with them.

    `unmoved` is what could not move because what took its place has another rhythm. `lost` are the
    priorities that moved down, `bare` those of them that no content with an amount serves; `figures` are
    those that moved up and are told by figures alone, so that no content can be about them.
    """

    terms: Terms
    moves: tuple[Move, ...]
    unmoved: tuple[Lot, ...]
    lost: tuple[str, ...]
    bare: tuple[str, ...]
    figures: tuple[str, ...] = ()


def shifted(
    terms: Terms, order: Sequence[int], goals: Sequence[Goal], done: Mapping[GoalId, float], today: date
) -> Shift:
    """The priorities in another order, with the content that goes over.

    Args:
        terms: the newest terms.
        order: the old ranks in the new order, as `swap_priorities` takes them.
        goals: the client's goals that are not over.
        done: how far each of them is, as far as that is known.
        today: the client's local day.

    Raises:
        ValueError: `order` does not name each rank once.
    """
    swapped = swap_priorities(terms, order)
    ranks = {old: new for new, old in enumerate(order, 1)}
    moves: list[Move] = []
    unmoved: list[Lot] = []
    lost, bare, figures = [], [], []
    for rank, taker in enumerate(order, 1):
        if ranks[rank] < rank or taker <= rank:
            continue
        name = swapped.priorities[ranks[rank] - 1].text
        lost.append(name)
        given = list(_lots(swapped, ranks[rank], rank, goals, done, today))
        if not given:
            bare.append(name)
        elif _is_figure(swapped, rank) and not any(_lots(swapped, rank, taker, goals, done, today)):
            figures.append(swapped.priorities[rank - 1].text)
            continue
        for lot in given:
            taking = list(_lots(swapped, rank, taker, goals, done, today))
            move = _move(swapped, lot, taking, rank)
            if move is None:
                unmoved.append(lot)
            elif move.amount:
                moves.append(move)
                swapped = _moved(swapped, move, rank)
    return Shift(swapped, tuple(moves), tuple(unmoved), tuple(lost), tuple(bare), tuple(figures))


def _is_figure(terms: Terms, rank: int) -> bool:
    """Whether a priority is told by figures, and by no topic."""
    return _only_topic(terms, rank) is None and any(line.priority == rank for line in terms.kpis)


def hours_a_piece(terms: Terms) -> float | None:
    """Agreed hours by agreed pieces a month; None where one of the two is not agreed."""
    pieces = _pieces(terms.content or terms.topics)
    return terms.hours.month / pieces if terms.hours.month and pieces else None


def uneven(
    moves: Sequence[Move], goals: Iterable[tuple[Goal, Goal]]
) -> dict[date | None, tuple[float, float]]:
    """What goals give up and get in pieces, by their last day, where it is not what goes over a month.

    A goal decided otherwise, set by hand, or of a part of a month changes by another amount than its line.

    Args:
        moves: what goes over between the lines.
        goals: each goal as it is and as it becomes.
    """
    lines: dict[object, float] = {}
    for move in moves:
        for lot, amount in ((move.off, -move.a_month), (move.on, move.a_month)):
            key = lot.goal.id if lot.goal else lot.term
            lines[key] = lines.get(key, 0.0) + amount
    found: dict[date | None, dict[object, float]] = {}
    for before, after in goals:
        if before.term in lines and METRICS[before.metric].nature is Nature.CONTENT:
            nets = found.setdefault(before.deadline, dict(lines))
            nets[before.term] = _a_month(after) - _a_month(before)
    return {day: _off_and_on(nets) for day, nets in found.items() if _off_and_on(nets) != _off_and_on(lines)}


def _a_month(goal: Goal) -> float:
    return (goal.amount or 0.0) * (_MONTHLY[goal.period] if goal.period else 1.0)


def _off_and_on(nets: Mapping[object, float]) -> tuple[float, float]:
    off, on = (sum(max(0.0, sign * net) for net in nets.values()) for sign in (-1, 1))
    return round(off, 6), round(on, 6)


def more_pieces(old: Terms, new: Terms) -> float:
    """How many more pieces a month new terms ask for, fewer where negative.

    Topics are a part of content: they count where the lines of content stay as they are.
    """
    more = _pieces(new.content) - _pieces(old.content)
    return more or _pieces(new.topics) - _pieces(old.topics)


def _pieces(lines: Iterable[ContentLine | TopicLine]) -> float:
    return sum(Lot(line.amount, line.format, period=line.period).a_month for line in lines if line.amount)


def _lots(
    terms: Terms, rank: int, old_rank: int, goals: Sequence[Goal], done: Mapping[GoalId, float], today: date
) -> Iterator[Lot]:
    """What serves a priority: topics, content, and goals that stand on no line and know its old rank."""
    name = terms.priorities[rank - 1].text
    running = {goal.term: goal for goal in goals if goal.term and goal.start <= today}

    def made(goal: Goal | None) -> int | None:
        known = None if goal is None or goal.kind is not GoalKind.TOTAL_IN_PERIOD else done.get(goal.id)
        return None if known is None else int(known)

    def is_over(until: date | None) -> bool:
        return until is not None and until < today

    for line in terms.topics:
        serves = line.priority == rank or (line.priority is None and names_topic(name, line.topic))
        if serves and not is_over(line.until) and (line.amount or line.share):
            yield Lot(
                amount=line.amount or line.share or 0.0,
                format=line.format,
                topic=line.topic,
                network=line.network,
                period=line.period,
                until=line.until,
                done=made(running.get(topic_term(line))),
                term=topic_term(line),
                is_share=line.amount is None,
            )
    for each in terms.content:
        if each.priority == rank and not is_over(each.until):
            term = content_term(each)
            yield Lot(
                each.amount, each.format, None, each.network, each.period, each.until,
                made(running.get(term)), term,
            )  # fmt: skip
    for goal in goals:
        if goal.term is None and _serves(goal, old_rank, name):
            yield Lot(
                amount=goal.amount or 0.0,
                format=METRICS[goal.metric].post_kinds[0],
                topic=goal.topic,
                network=goal.network,
                period=goal.period,
                until=goal.deadline,
                done=made(goal),
                goal=goal,
            )


def _serves(goal: Goal, rank: int, name: str) -> bool:
    if METRICS[goal.metric].nature is not Nature.CONTENT or not goal.amount:
        return False
    by_topic = goal.priority is None and goal.topic is not None and names_topic(name, goal.topic)
    return goal.priority == rank or by_topic


def _move(terms: Terms, off: Lot, taking: Sequence[Lot], rank: int) -> Move | None:
    """What goes over from a lot; None where the two rhythms cannot be reckoned against one another."""
    like = next((lot for lot in taking if _is_like(lot, off)), None)
    if like is not None:
        return Move(off, like, max(0.0, min(off.amount - like.amount, off.left)))
    topic = next((lot.topic for lot in taking if lot.topic), None) or _only_topic(terms, rank)
    on = replace(off, topic=topic or terms.priorities[rank - 1].text, amount=0, done=None, goal=None)
    line = _line(replace(on, amount=1.0), rank)
    on = replace(on, term=topic_term(line))
    bare = {topic_term(each) for each in terms.topics if not (each.amount or each.share)}
    known = {topic_term(each) for each in terms.topics} - bare
    if on.term in known or (on.term not in bare and len(terms.topics) >= MOST_LINES):
        return None
    if off.is_share:
        return Move(off, on, round(off.amount / 2, _SHARE_DIGITS))
    return Move(off, on, max(0, min(ceil(off.left / 2), ceil(off.amount) - 1)))


def _only_topic(terms: Terms, rank: int) -> str | None:
    """The topic that a priority names without saying how much of it."""
    name = terms.priorities[rank - 1].text
    for line in terms.topics:
        if line.priority == rank or (line.priority is None and names_topic(name, line.topic)):
            return line.topic
    return None


def _is_like(one: Lot, other: Lot) -> bool:
    return (one.is_share, one.format, one.network, one.period) == (
        *(other.is_share, other.format, other.network, other.period),
    )


def _line(lot: Lot, rank: int) -> TopicLine:
    """The line of a lot that is yet to be agreed."""
    share = round(lot.amount, _SHARE_DIGITS) if lot.is_share else None
    amount = None if lot.is_share else round(lot.amount)
    return TopicLine(
        lot.topic or "", share, amount, lot.format, lot.network, lot.period, lot.until, priority=rank
    )


def _moved(terms: Terms, move: Move, rank: int) -> Terms:
    """The terms after a move; what goals of no line ask for stands in none."""
    terms = _changed(terms, move.off, move.off.amount - move.amount)
    if move.on.amount:
        return _changed(terms, move.on, move.on.amount + move.amount)
    line = _line(replace(move.on, amount=move.amount), rank)
    known = {topic_term(each) for each in terms.topics}
    others = (line if topic_term(each) == move.on.term else each for each in terms.topics)
    return replace(terms, topics=(*others, *([] if move.on.term in known else [line])))


def _changed(terms: Terms, lot: Lot, amount: float) -> Terms:
    """The terms with another amount on the lot's line; without the line where nothing is left of it."""
    if lot.goal is not None:
        return terms
    if lot.topic is None:
        content = (
            replace(line, amount=round(amount)) if content_term(line) == lot.term else line
            for line in terms.content
        )
        return replace(terms, content=tuple(line for line in content if line.amount))
    share, pieces = (round(amount, _SHARE_DIGITS), None) if lot.is_share else (None, round(amount))
    topics = (
        replace(line, share=share, amount=pieces) if topic_term(line) == lot.term else line
        for line in terms.topics
    )
    return replace(terms, topics=tuple(_with_something(topics, lot.term)))


def _with_something(lines: Iterable[TopicLine], term: str | None) -> Iterator[TopicLine]:
    for line in lines:
        if topic_term(line) != term or line.amount or line.share:
            yield line
