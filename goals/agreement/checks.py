"""What lines of an agreement say against one another or against themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from goals.agreement.lines import term_of
from goals.agreement.terms import MOST_PRIORITIES, ContentLine, KpiLine, TopicLine, Weekday
from goals.metrics import METRICS
from goals.model import GoalKind, Period
from goals.reach import FIRST_DAY, is_in_reach, last_day
from goals.validity import Flaw, kind_flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goals.agreement.terms import Terms


@dataclass(frozen=True, slots=True)
class TermProblem:
    """One mistake: where (`content[2].amount`), a code that wording makes a sentence of, and its facts."""

    path: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


#: Lines with their places in the list; None for one that could not be read.
Places = list[tuple[int, Any]]

_LISTS = ("accounts", "priorities", "topics", "content", "materials", "kpis")
#: More pieces of one line a day are a slip of the hand.
MOST_A_DAY = 100
_DAYS = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 31}
_MAY_FALL = (GoalKind.GAIN, GoalKind.GAIN_PERCENT)


def check_lines(parts: Mapping[str, Any]) -> list[TermProblem]:
    """The problems of all lists: what stands twice, what contradicts itself, priorities nobody named."""
    priorities: Places = parts["priorities"]
    problems: list[TermProblem] = []
    if len(priorities) > MOST_PRIORITIES:
        problems.append(TermProblem("priorities", "many", {"limit": MOST_PRIORITIES}))
    for name in _LISTS:
        first: dict[str, str] = {}
        for index, line in parts[name]:
            if line is None:
                continue
            path = f"{name}[{index}]"
            twin = first.setdefault(term_of(line), path)
            if twin != path:
                problems.append(TermProblem(path, "twice", {"twin": twin}))
            problems += (
                TermProblem(f"{path}.{key}" if key else path, code, facts)
                for key, code, facts in _of_line(line, len(priorities))
            )
    return problems


_Found = tuple[str, str, dict[str, object]]


def _of_line(line: object, priorities: int) -> Iterator[_Found]:
    rank = getattr(line, "priority", None)
    if rank is not None and rank > priorities:
        yield "priority", "no_priority", {"found": rank, "high": priorities}
    if isinstance(line, TopicLine):
        yield from _of_topic(line)
    elif isinstance(line, ContentLine) and line.period is None and line.until is None:
        yield "period", "when", {}
    elif isinstance(line, KpiLine):
        yield from _of_kpi(line)


def _of_topic(line: TopicLine) -> Iterator[_Found]:
    if line.amount is None:
        if line.period is not None:
            yield "period", "without_amount", {}
        return
    if line.share is not None:
        yield "share", "either", {"other": "amount"}
    if line.format is None:
        yield "format", "missing", {}
    if line.period is None and line.until is None:
        yield "period", "when", {}


def _of_kpi(line: KpiLine) -> Iterator[_Found]:
    metric = METRICS[line.metric]
    flaw = kind_flaw(metric, line.kind)
    if flaw is not None:
        yield "kind", flaw.value, {"metric": line.metric}
    if line.kind is GoalKind.KEEP_RATE and line.period is None:
        yield "period", "missing", {}
    if line.kind is not GoalKind.KEEP_RATE and line.period not in {None, Period.MONTH}:
        yield "period", "month_only", {"found": line.period}
    falls = metric.less_is_better and line.kind in _MAY_FALL
    if line.amount is not None and (line.amount == 0 or (line.amount < 0 and not falls)):
        yield "amount", Flaw.NOT_POSITIVE.value, {"found": line.amount}


def check_order(parts: Mapping[str, Any]) -> list[TermProblem]:
    """The problems of spans that end before they begin."""
    spans: list[tuple[str, str, date | None, date | None]] = []
    if parts["dates"] is not None:
        dates = parts["dates"]
        spans.append(("dates.end", "dates.start", dates.start, dates.end))
    for index, line in parts["priorities"]:
        if line is not None:
            at = f"priorities[{index}]"
            spans.append((f"{at}.season_end", f"{at}.season_start", line.season_start, line.season_end))
    return [
        TermProblem(path, "order", {"other": other})
        for path, other, start, end in spans
        if start is not None and end is not None and end < start
    ]


def contradictions(terms: Terms, written: date | None = None, today: date | None = None) -> list[TermProblem]:
    """What lines that can each be read cannot mean together: for what is typed, not for what is stored.

    Args:
        terms: what was typed.
        written: the client's local day on which the first version is or was written; what names no start
            cannot be about days before it. None: it is not known.
        today: the day on which it is typed: days that nobody can mean then are told. None: they are not.
    """
    return [
        *_too_early(terms, written),
        *_out_of_reach(terms, today),
        *_spans(terms),
        *_shares(terms),
        *_amounts(terms),
    ]


def _too_early(terms: Terms, written: date | None) -> Iterator[TermProblem]:
    """Days before the agreement begins; where it names no start, before it was written."""
    start = terms.dates.start
    first = written if start is None else start
    for path, day in _days_ahead(terms):
        if first is None or day is None or day >= first:
            continue
        if start is None:
            yield TermProblem(path, "before_written", {"other": first})
        elif path != "dates.end":  # said by `check_order` already
            yield TermProblem(path, "order", {"other": "dates.start"})


def _out_of_reach(terms: Terms, today: date | None) -> Iterator[TermProblem]:
    """Days with a slip in their year (see `goals.reach`)."""
    for path, day in (("dates.start", terms.dates.start), *_days_ahead(terms)):
        if today is not None and day is not None and not is_in_reach(day, today):
            facts = {"found": day, "first": FIRST_DAY, "last": last_day(today)}
            yield TermProblem(path, "out_of_reach", facts)


def _days_ahead(terms: Terms) -> Iterator[tuple[str, date | None]]:
    """The days that lie ahead when they are agreed, with their places."""
    yield "dates.end", terms.dates.end
    for index, priority in enumerate(terms.priorities):
        yield f"priorities[{index}].season_end", priority.season_end
    for name in ("topics", "content", "kpis"):
        for index, line in enumerate(getattr(terms, name)):
            yield f"{name}[{index}].until", line.until
    yield "report.next_call", terms.report.next_call


def _spans(terms: Terms) -> Iterator[TermProblem]:
    """Hours that end before they begin, a week without a day of work."""
    clock = terms.hours
    if clock.start_time is not None and clock.end_time is not None and clock.end_time <= clock.start_time:
        yield TermProblem("hours.end_time", "not_later", {"other": "hours.start_time"})
    if len(terms.hours.days_off or ()) == len(Weekday):
        yield TermProblem("hours.days_off", "no_day", {})


def _shares(terms: Terms) -> Iterator[TermProblem]:
    """Shares of the same content that are more than all of it.

    What is agreed for one network or format is a part of its own.
    """
    sums: dict[tuple[str | None, str | None], float] = {}
    for index, line in enumerate(terms.topics):
        if line.share:
            key = line.network, line.format
            sums[key] = sums.get(key, 0.0) + line.share
            if round(sums[key], 6) > 1:
                found = round(sums[key] * 100)
                yield TermProblem(f"topics[{index}].share", "shares", {"found": found})


def _amounts(terms: Terms) -> Iterator[TermProblem]:
    """So much content that nobody can publish it."""
    for name in ("topics", "content"):
        for index, line in enumerate(getattr(terms, name)):
            most = None if line.period is None else MOST_A_DAY * _DAYS[line.period]
            if most is not None and (line.amount or 0) > most:
                yield TermProblem(
                    f"{name}[{index}].amount", "too_many", {"limit": most, "found": line.amount}
                )
