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

from goals.draft import ASKING_ORDER, OTHER_MONEY, Draft, Letter, Wish, is_monthly_level
from goals.effort import Effort
from goals.evaluate import UNLIKELY_CHANCE
from goals.metrics import ENGAGEMENT_PARTS, METRICS, Nature, Source
from goals.model import GoalKind
from goals.outlook import Attainability
from goals.third import contradiction

#: From this chance on a goal is attainable as it is.
GOOD_CHANCE = 0.7
#: Pieces of content a working day, beside the most that were ever made: more is a strain.
STRAIN = 1.5
#: A deadline further away is a direction, no date.
FAR = timedelta(days=366)
#: A day of this year that is over was taken for one of the next year where the two are further apart.
_MONTHS = timedelta(days=200)
#: Figures that are made of others.
_PARTS = {"engagement": ENGAGEMENT_PARTS, "engagement_rate": ENGAGEMENT_PARTS}
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
    NOT_COUNTED = "not_counted"
    NOT_SERVED = "not_served"
    ALSO_NAMED = "also_named"
    NOT_SHOWN = "not_shown"
    WHICH_GOAL = "which_goal"
    COUNTED = "counted"
    NO_AMOUNT = "no_amount"
    LOSS = "loss"
    TWO_READINGS = "two_readings"
    NO_BASELINE = "no_baseline"
    OTHER_CURRENCY = "other_currency"
    NO_CEILING = "no_ceiling"
    CEILING = "ceiling"
    DATED = "dated"
    RECURRING = "recurring"
    NO_DATE = "no_date"
    PAST = "past"
    PASSED = "passed"
    NO_SUCH_DAY = "no_such_day"
    CONTRADICTION = "contradiction"
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
    OWN_NOT_FORECAST = "own_not_forecast"
    NOT_YET = "not_yet"
    EFFORT_FITS = "effort_fits"
    EFFORT_HARD = "effort_hard"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known around a draft: the client's networks and priorities, and the accounts' history.

    `priorities` are in the client's order; `priority` is the rank (1-3) of the linked one. `baseline` is
    the figure to start from, `own` says that the goal is the specialist's own. `offers` are the metrics that
    the networks of the draft show, None where nobody knows.
    """

    today: date
    networks: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    priority: int | None = None
    own: bool = False
    baseline: float | None = None
    attainability: Attainability | None = None
    effort: Effort | None = None
    offers: frozenset[str] | None = None


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


def _specific(wish: Wish, evidence: Evidence) -> Finding:
    draft, letter = wish.draft, Letter.SPECIFIC
    if letter in wish.missing:
        if wish.uncounted is not None:
            return Finding(letter, State.MISSING, Why.NOT_COUNTED, {"word": wish.uncounted})
        vague = draft.metric is not None
        why = Why.NOT_MEASURABLE if vague else Why.NOT_NAMED
        return Finding(letter, State.MISSING, why, {"metric": draft.metric} if vague else {})
    facts: dict[str, object] = {"metric": draft.metric, "network": draft.network, "topic": draft.topic}
    if wish.either:
        metrics = tuple(dict.fromkeys(each.metric for each in (draft, *wish.alternatives) if each.metric))
        return Finding(letter, State.WEAK, Why.WHICH_GOAL, facts | {"metrics": metrics})
    by_hand = draft.metric is not None and METRICS[draft.metric].source is Source.MANUAL
    if wish.places and not by_hand:
        why = Why.NOT_SERVED if draft.network is None else Why.ALSO_NAMED
        return Finding(
            letter, State.WEAK, why, facts | {"places": wish.places, "networks": evidence.networks}
        )
    if draft.network is None and not by_hand and len(evidence.networks) > 1:
        return Finding(letter, State.WEAK, Why.WHICH_NETWORK, facts | {"networks": evidence.networks})
    if not by_hand and draft.network is not None and draft.network not in evidence.networks:
        return Finding(letter, State.WEAK, Why.NO_ACCOUNT, facts)
    if _is_hidden(draft, evidence):
        shown = tuple(name for name in METRICS if name in (evidence.offers or ()))
        networks = (draft.network,) if draft.network is not None else evidence.networks
        return Finding(letter, State.WEAK, Why.NOT_SHOWN, facts | {"networks": networks, "shown": shown})
    return Finding(letter, State.OK, Why.NAMED, facts)


def _needs_offers(draft: Draft, evidence: Evidence) -> bool:
    """Whether it matters what the networks show: no network, file or hand has brought the figure yet."""
    metric, found = METRICS.get(draft.metric or ""), evidence.attainability
    if metric is None or metric.source is Source.MANUAL or metric.nature is Nature.CONTENT:
        return False
    if metric.needs_topic or evidence.baseline is not None:
        return False
    return found is None or not found.pace.known


def is_hidden(metric: str, offers: frozenset[str] | None) -> bool:
    """Whether networks that show the metrics of `offers` (None: nobody knows) do not show this one."""
    return offers is not None and not offers.intersection(_PARTS.get(metric, (metric,)))


def _is_hidden(draft: Draft, evidence: Evidence) -> bool:
    """Whether no network of the draft shows the figure."""
    if draft.metric is None or not _needs_offers(draft, evidence):
        return False
    return is_hidden(draft.metric, evidence.offers)


def _measurable(wish: Wish, evidence: Evidence) -> Finding:
    draft, letter = wish.draft, Letter.MEASURABLE
    if wish.loss is not None:
        return Finding(letter, State.MISSING, Why.LOSS, {"amount": wish.loss, "metric": draft.metric})
    if draft.amount is None:
        return Finding(letter, State.MISSING, Why.NO_AMOUNT)
    baseline = evidence.baseline if draft.baseline is None else draft.baseline
    facts: dict[str, object] = {
        "metric": draft.metric,
        "kind": draft.kind,
        "amount": draft.amount,
        "unit": draft.unit,
        "baseline": baseline,
        "target": _target(draft, baseline),
    }
    if draft.unit in OTHER_MONEY:
        return Finding(letter, State.WEAK, Why.OTHER_CURRENCY, facts)
    if draft.ceiling and not _may_be_ceiling(draft):
        return Finding(letter, State.WEAK, Why.NO_CEILING, facts)
    readings = tuple(other for other in wish.alternatives if _counts_otherwise(other, draft))
    if readings and not draft.per_week:
        return Finding(letter, State.WEAK, Why.TWO_READINGS, facts | {"readings": readings})
    if baseline is None and _needs_baseline(draft):
        return Finding(letter, State.WEAK, Why.NO_BASELINE, facts)
    return Finding(letter, State.OK, Why.CEILING if draft.ceiling and draft.metric else Why.COUNTED, facts)


def _target(draft: Draft, baseline: float | None) -> float | None:
    """The figure to arrive at, of a way that starts from one; None for any other."""
    if draft.amount is None or baseline is None or not _needs_baseline(draft):
        return None
    if draft.kind is GoalKind.GAIN_PERCENT:
        return baseline * (1.0 + draft.amount / 100.0)
    return draft.amount if draft.kind is GoalKind.REACH_LEVEL else baseline + draft.amount


def _may_be_ceiling(draft: Draft) -> bool:
    """Whether a goal of the draft's kind is kept by staying under its amount."""
    return draft.metric is None or (METRICS[draft.metric].less_is_better and draft.kind not in _MOVES)


def _counts_otherwise(other: Draft, draft: Draft) -> bool:
    """Whether a reading asks for another figure; «выйти на 200к в месяц» is 200к each month from then on."""
    if other.metric != draft.metric:
        return False
    return (_meant(other), other.amount, other.period) != (_meant(draft), draft.amount, draft.period)


def _meant(draft: Draft) -> GoalKind | None:
    return GoalKind.KEEP_RATE if is_monthly_level(draft) else draft.kind


def _needs_baseline(draft: Draft) -> bool:
    adds_up = draft.metric is not None and METRICS[draft.metric].adds_up
    return draft.kind in _MOVES and not (adds_up and draft.kind is not GoalKind.GAIN_PERCENT)


def _timed(wish: Wish, evidence: Evidence) -> Finding:
    draft, letter = wish.draft, Letter.TIMED
    if draft.deadline is None and wish.no_day is not None:
        return Finding(letter, State.MISSING, Why.NO_SUCH_DAY, wish.no_day._asdict())
    if letter in wish.missing:
        return Finding(letter, State.MISSING, Why.NO_DATE)
    if draft.deadline is None:
        return Finding(letter, State.OK, Why.RECURRING, {"period": draft.period})
    return _by_deadline(wish, draft.deadline, evidence)


def _by_deadline(wish: Wish, deadline: date, evidence: Evidence) -> Finding:
    """How the date stands that a wish has."""
    draft, letter, today = wish.draft, Letter.TIMED, evidence.today
    first = today if draft.start is None else max(draft.start, today)
    facts: dict[str, object] = {
        "deadline": deadline,
        "days": (deadline - first).days + 1,
        "period": draft.period,
        "start": first if first > today else None,
    }
    if deadline < today:
        return Finding(letter, State.MISSING, Why.PAST, facts)
    # One who chose a reading has settled which of the three holds.
    said = contradiction(draft, today, evidence.baseline, exact=wish.exact)
    against = said if wish.alternatives else None
    if against is not None:
        return Finding(letter, State.WEAK, Why.CONTRADICTION, facts | {"against": against, "draft": draft})
    if wish.passed is not None and deadline > wish.passed + _MONTHS:
        return Finding(letter, State.WEAK, Why.PASSED, facts | {"passed": wish.passed})
    others = dict.fromkeys(
        other.deadline for other in wish.alternatives if other.deadline not in {None, deadline}
    )
    if others:
        return Finding(letter, State.WEAK, Why.TWO_READINGS, facts | {"dates": (deadline, *others)})
    if deadline - today > FAR:
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
    if draft.amount is not None and draft.unit in OTHER_MONEY:
        return Finding(letter, State.WEAK, Why.OTHER_CURRENCY, {"unit": draft.unit})
    found = evidence.attainability
    chance = found.outlook.chance if found is not None else None
    if draft.amount is not None and found is not None and chance is not None:
        return _by_chance(found, chance, absurd=letter in wish.missing)
    if letter in wish.missing:
        return Finding(letter, State.MISSING, Why.ABSURD, {"amount": draft.amount, "metric": draft.metric})
    if draft.amount is None or (draft.deadline is None and draft.period is None):
        return Finding(letter, State.WEAK, Why.NOT_YET, _offers(found))
    if evidence.effort is not None:
        return _by_effort(evidence.effort)
    if found is None:
        return Finding(letter, State.WEAK, Why.OWN_NOT_FORECAST if evidence.own else Why.NOT_FORECAST)
    facts = {"missing": found.pace.missing, "from": found.pace.tells_from, "needed": found.pace.needed}
    return Finding(letter, State.WEAK, Why.NO_HISTORY, facts)


def _by_chance(found: Attainability, chance: float, *, absurd: bool) -> Finding:
    """Attainability by history; what the words alone call absurd and history unlikely is missing."""
    pace = found.pace
    facts: dict[str, object] = {
        "chance": chance,
        "needed": pace.needed,
        "now": pace.now,
        "best_month": pace.best_month,
        "per_post": found.per_post,
        "per_entry": found.per_entry,
        "doubtful_from": found.doubtful_from,
        "rough": found.rough,
        "little": pace.little,
        **_offers(found),
    }
    if chance == 1.0:
        return Finding(Letter.ATTAINABLE, State.WEAK, Why.ALREADY, facts)
    if chance >= GOOD_CHANCE:
        return Finding(Letter.ATTAINABLE, State.OK, Why.LIKELY, facts)
    if chance >= UNLIKELY_CHANCE:
        return Finding(Letter.ATTAINABLE, State.WEAK, Why.AT_RISK, facts)
    return Finding(Letter.ATTAINABLE, State.MISSING if absurd else State.WEAK, Why.UNLIKELY, facts)


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
