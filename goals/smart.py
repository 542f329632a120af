"""The five letters of SMART for a draft: how each stands, why, and the one question to ask next.

Letters are judged by the words (`goals.phrase`) and by what the store knows (`Evidence`). Findings are
codes with facts; wording makes sentences of them. R is settled by a link to one of the client's
priorities or by a clause that says what for; A by the account's own history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from goals.draft import ASKING_ORDER, Draft, Letter, Wish
from goals.effort import Effort
from goals.evaluate import UNLIKELY_CHANCE
from goals.metrics import METRICS
from goals.model import GoalKind
from goals.outlook import Attainability

#: From this chance on a goal is attainable as it is.
GOOD_CHANCE = 0.7
#: Pieces of content a working day, beside the most that were ever made: more is a strain.
STRAIN = 1.5
#: A deadline further away is a direction, no date.
FAR = timedelta(days=366)
_WEEK = 7
_MOVES = frozenset({GoalKind.REACH_LEVEL, GoalKind.GAIN, GoalKind.GAIN_PERCENT})


class State(StrEnum):
    """How a letter stands."""

    OK = "ok"
    WEAK = "weak"
    MISSING = "missing"


class Why(StrEnum):
    """What a letter's state rests on."""

    NAMED = "named"
    NOT_NAMED = "not_named"
    NOT_MEASURABLE = "not_measurable"
    WHICH_NETWORK = "which_network"
    NO_ACCOUNT = "no_account"
    COUNTED = "counted"
    NO_AMOUNT = "no_amount"
    TWO_READINGS = "two_readings"
    NO_BASELINE = "no_baseline"
    OTHER_CURRENCY = "other_currency"
    DATED = "dated"
    RECURRING = "recurring"
    NO_DATE = "no_date"
    PAST = "past"
    FAR_AWAY = "far_away"
    PRIORITY = "priority"
    PURPOSE = "purpose"
    OWN = "own"
    NO_LINK = "no_link"
    EMPTY_WISH = "empty_wish"
    LIKELY = "likely"
    AT_RISK = "at_risk"
    UNLIKELY = "unlikely"
    ABSURD = "absurd"
    NO_HISTORY = "no_history"
    NOT_FORECAST = "not_forecast"
    NOT_YET = "not_yet"
    EFFORT_FITS = "effort_fits"
    EFFORT_HARD = "effort_hard"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known around a draft: the client's networks and priorities, and the accounts' history.

    `priorities` are in the client's order; `priority` is the rank (1-3) of the linked one. `baseline` is
    the figure to start from, `own` says that the goal is the specialist's own.
    """

    today: date
    networks: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    priority: int | None = None
    own: bool = False
    baseline: float | None = None
    attainability: Attainability | None = None
    effort: Effort | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """How one letter stands, and the facts of the sentence that says so."""

    letter: Letter
    state: State
    why: Why
    facts: Mapping[str, object] = field(default_factory=dict)


def check(wish: Wish, evidence: Evidence) -> dict[Letter, Finding]:
    """All five letters of a wish, in the order S, M, A, R, T."""
    return {
        Letter.SPECIFIC: _specific(wish, evidence),
        Letter.MEASURABLE: _measurable(wish, evidence),
        Letter.ATTAINABLE: _attainable(wish, evidence),
        Letter.RELEVANT: _relevant(wish, evidence),
        Letter.TIMED: _timed(wish, evidence),
    }


def is_complete(findings: Mapping[Letter, Finding]) -> bool:
    """Whether no letter is missing; a weak one is for the two people to judge."""
    return all(finding.state is not State.MISSING for finding in findings.values())


def next_question(findings: Mapping[Letter, Finding]) -> Finding | None:
    """The one letter to ask about next: what is missing before what is weak, in the order S, M, T, R, A."""
    for state in (State.MISSING, State.WEAK):
        for letter in ASKING_ORDER:
            if findings[letter].state is state:
                return findings[letter]
    return None


def weighed(wish: Wish, baseline: float | None) -> Wish:
    """The wish without the readings that the figure of now rules out: a level that is reached already.

    Where such a level was the likeliest reading and a gain is another, the gain takes its place.
    """
    if baseline is None:
        return wish
    readings = (wish.draft, *wish.alternatives)
    open_ones = [reading for reading in readings if not _is_reached(reading, baseline)]
    if not open_ones:
        return wish
    return replace(wish, draft=open_ones[0], alternatives=tuple(open_ones[1:]))


def _is_reached(draft: Draft, baseline: float) -> bool:
    if draft.kind is not GoalKind.REACH_LEVEL or draft.amount is None or draft.metric is None:
        return False
    metric = METRICS[draft.metric]
    return not metric.adds_up and not metric.less_is_better and draft.amount <= baseline


def with_third(draft: Draft, per_week: float | None, today: date) -> Draft:
    """The draft with the third of amount, date and weekly rate, where the other two are known.

    A rate beside an amount gives the date, beside a date the amount; where both are known it says nothing
    new. Only for what grows or adds up: a level's amount is no sum of weeks.
    """
    if per_week is None or per_week <= 0 or draft.kind not in {GoalKind.GAIN, GoalKind.TOTAL_IN_PERIOD}:
        return draft
    start = draft.start or today
    if draft.amount is not None and draft.deadline is None:
        days = ceil(round(draft.amount / per_week * _WEEK, 6))
        return replace(draft, deadline=start + timedelta(days=max(1, days) - 1))
    if draft.deadline is not None and draft.amount is None:
        days = (draft.deadline - start).days + 1
        return replace(draft, amount=float(max(1, round(per_week * days / _WEEK))))
    return draft


def _specific(wish: Wish, evidence: Evidence) -> Finding:
    draft, letter = wish.draft, Letter.SPECIFIC
    if letter in wish.missing:
        vague = draft.metric is not None
        why = Why.NOT_MEASURABLE if vague else Why.NOT_NAMED
        return Finding(letter, State.MISSING, why, {"metric": draft.metric} if vague else {})
    facts: dict[str, object] = {"metric": draft.metric, "network": draft.network, "topic": draft.topic}
    by_hand = draft.metric is not None and METRICS[draft.metric].source.value == "manual"
    if draft.network is None and not by_hand and len(evidence.networks) > 1:
        return Finding(letter, State.WEAK, Why.WHICH_NETWORK, facts | {"networks": evidence.networks})
    if not by_hand and draft.network is not None and draft.network not in evidence.networks:
        return Finding(letter, State.WEAK, Why.NO_ACCOUNT, facts)
    return Finding(letter, State.OK, Why.NAMED, facts)


def _measurable(wish: Wish, evidence: Evidence) -> Finding:
    draft, letter = wish.draft, Letter.MEASURABLE
    if draft.amount is None:
        return Finding(letter, State.MISSING, Why.NO_AMOUNT)
    baseline = evidence.baseline if draft.baseline is None else draft.baseline
    facts: dict[str, object] = {
        "metric": draft.metric,
        "kind": draft.kind,
        "amount": draft.amount,
        "baseline": baseline,
        "target": _target(draft, baseline),
    }
    if draft.unit in {"USD", "EUR"}:
        return Finding(letter, State.WEAK, Why.OTHER_CURRENCY, facts | {"unit": draft.unit})
    readings = tuple(other for other in wish.alternatives if _counts_otherwise(other, draft))
    if readings:
        return Finding(letter, State.WEAK, Why.TWO_READINGS, facts | {"readings": readings})
    if baseline is None and _needs_baseline(draft):
        return Finding(letter, State.WEAK, Why.NO_BASELINE, facts)
    return Finding(letter, State.OK, Why.COUNTED, facts)


def _target(draft: Draft, baseline: float | None) -> float | None:
    """The figure to arrive at, of a way that starts from one; None for any other."""
    if draft.amount is None or baseline is None or not _needs_baseline(draft):
        return None
    if draft.kind is GoalKind.GAIN_PERCENT:
        return baseline * (1.0 + draft.amount / 100.0)
    return draft.amount if draft.kind is GoalKind.REACH_LEVEL else baseline + draft.amount


def _counts_otherwise(other: Draft, draft: Draft) -> bool:
    return (other.kind, other.amount, other.period) != (draft.kind, draft.amount, draft.period)


def _needs_baseline(draft: Draft) -> bool:
    adds_up = draft.metric is not None and METRICS[draft.metric].adds_up
    return draft.kind in _MOVES and not (adds_up and draft.kind is not GoalKind.GAIN_PERCENT)


def _timed(wish: Wish, evidence: Evidence) -> Finding:
    draft, letter = wish.draft, Letter.TIMED
    if letter in wish.missing:
        return Finding(letter, State.MISSING, Why.NO_DATE)
    if draft.deadline is None:
        return Finding(letter, State.OK, Why.RECURRING, {"period": draft.period})
    days = (draft.deadline - evidence.today).days
    facts: dict[str, object] = {"deadline": draft.deadline, "days": days + 1, "period": draft.period}
    if days < 0:
        return Finding(letter, State.MISSING, Why.PAST, facts)
    others = tuple(o.deadline for o in wish.alternatives if o.deadline not in {None, draft.deadline})
    if others:
        return Finding(letter, State.WEAK, Why.TWO_READINGS, facts | {"dates": (draft.deadline, *others)})
    if draft.deadline - evidence.today > FAR:
        return Finding(letter, State.WEAK, Why.FAR_AWAY, facts)
    return Finding(letter, State.OK, Why.DATED, facts)


def _relevant(wish: Wish, evidence: Evidence) -> Finding:
    letter = Letter.RELEVANT
    if evidence.priority is not None and evidence.priority <= len(evidence.priorities):
        name = evidence.priorities[evidence.priority - 1]
        return Finding(letter, State.OK, Why.PRIORITY, {"rank": evidence.priority, "priority": name})
    if letter in wish.missing:
        return Finding(letter, State.MISSING, Why.EMPTY_WISH, {"metric": wish.draft.metric})
    if wish.draft.purpose:
        return Finding(letter, State.OK, Why.PURPOSE, {"purpose": wish.draft.purpose})
    if evidence.own:
        return Finding(letter, State.OK, Why.OWN)
    return Finding(letter, State.WEAK, Why.NO_LINK, {"priorities": evidence.priorities})


def _attainable(wish: Wish, evidence: Evidence) -> Finding:
    draft, letter = wish.draft, Letter.ATTAINABLE
    found = evidence.attainability
    chance = found.outlook.chance if found is not None else None
    if draft.amount is not None and found is not None and chance is not None:
        return _by_chance(found, chance)
    if letter in wish.missing:
        return Finding(letter, State.MISSING, Why.ABSURD, {"amount": draft.amount, "metric": draft.metric})
    if draft.amount is None or (draft.deadline is None and draft.period is None):
        return Finding(letter, State.WEAK, Why.NOT_YET, _offers(found))
    if evidence.effort is not None:
        return _by_effort(evidence.effort)
    if found is None:
        return Finding(letter, State.WEAK, Why.NOT_FORECAST)
    facts = {"missing": found.pace.missing, "from": found.pace.tells_from, "needed": found.pace.needed}
    return Finding(letter, State.WEAK, Why.NO_HISTORY, facts)


def _by_chance(found: Attainability, chance: float) -> Finding:
    pace = found.pace
    facts: dict[str, object] = {
        "chance": chance,
        "needed": pace.needed,
        "now": pace.now,
        "best_month": pace.best_month,
        "per_post": found.per_post,
        "rough": found.rough,
        "little": pace.little,
        **_offers(found),
    }
    if chance == 1.0:
        return Finding(Letter.ATTAINABLE, State.WEAK, Why.ALREADY, facts)
    if chance >= GOOD_CHANCE:
        return Finding(Letter.ATTAINABLE, State.OK, Why.LIKELY, facts)
    why = Why.UNLIKELY if chance < UNLIKELY_CHANCE else Why.AT_RISK
    return Finding(Letter.ATTAINABLE, State.WEAK, why, facts)


def _offers(found: Attainability | None) -> dict[str, object]:
    return {} if found is None or found.amounts is None else {"targets": found.amounts}


def _by_effort(effort: Effort) -> Finding:
    facts = {"needed": effort.needed, "lately": effort.lately, "most": effort.most}
    if effort.most is None:
        return Finding(Letter.ATTAINABLE, State.WEAK, Why.NO_HISTORY, facts)
    hard = effort.needed > STRAIN * effort.most
    return Finding(
        Letter.ATTAINABLE,
        State.WEAK if hard else State.OK,
        Why.EFFORT_HARD if hard else Why.EFFORT_FITS,
        facts,
    )
