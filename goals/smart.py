"""The five letters of SMART for a draft: how each stands, why, and the one question to ask next.

Letters are judged by the words (`goals.phrase`) and by what the store knows (`Evidence`). Findings are
codes with facts; wording makes sentences of them. R is settled by a link to one of the client's
priorities or by a clause that says what for; A by the account's own history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from goals.attaining import GOOD_CHANCE, attainable
from goals.draft import ASKING_ORDER, OTHER_MONEY, Draft, Letter, Wish, is_monthly_level
from goals.findings import Evidence, Finding, State, Why
from goals.metrics import ENGAGEMENT_PARTS, METRICS, Nature, Source
from goals.model import GoalKind
from goals.third import contradiction

__all__ = [
    "GOOD_CHANCE",
    "Evidence",
    "Finding",
    "State",
    "Why",
    "check",
    "is_complete",
    "is_hidden",
    "next_question",
    "weighed",
]

#: A deadline further away is a direction, no date.
FAR = timedelta(days=366)
#: A day of this year that is over was taken for one of the next year where the two are further apart.
_MONTHS = timedelta(days=200)
#: Figures that are made of others.
_PARTS = {"engagement": ENGAGEMENT_PARTS, "engagement_rate": ENGAGEMENT_PARTS}
_MOVES = frozenset({GoalKind.REACH_LEVEL, GoalKind.GAIN, GoalKind.GAIN_PERCENT})


def check(wish: Wish, evidence: Evidence) -> dict[Letter, Finding]:
    """All five letters of a wish, in the order S, M, A, R, T."""
    return {
        Letter.SPECIFIC: _specific(wish, evidence),
        Letter.MEASURABLE: _measurable(wish, evidence),
        Letter.ATTAINABLE: attainable(wish, evidence),
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
            if findings[letter].state is state and not findings[letter].answered:
                return findings[letter]
    return None


def weighed(wish: Wish, baseline_of: Callable[[Draft], float | None]) -> Wish:
    """The wish without the readings that the figure of now rules out: a level that is reached already.

    Where such a level was the likeliest reading and a gain is another, the gain takes its place.

    Args:
        wish: the wish.
        baseline_of: the figure of now where a reading is about, None where it is not known.
    """
    readings = tuple(_as_fall(reading) for reading in (wish.draft, *wish.alternatives))
    open_ones = [reading for reading in readings if not _is_reached(reading, baseline_of)]
    if not open_ones:
        return replace(wish, draft=readings[0], alternatives=readings[1:])
    return replace(wish, draft=open_ones[0], alternatives=tuple(open_ones[1:]))


def _as_fall(draft: Draft) -> Draft:
    """A level said to be come down to («с 5000 до 4500») as the fall that it is."""
    amount, baseline, metric = draft.amount, draft.baseline, METRICS.get(draft.metric or "")
    if draft.kind is not GoalKind.REACH_LEVEL or amount is None or baseline is None or metric is None:
        return draft
    if metric.adds_up or metric.less_is_better or amount >= baseline:
        return draft
    return replace(draft, kind=GoalKind.GAIN, amount=amount - baseline)


def _is_reached(draft: Draft, baseline_of: Callable[[Draft], float | None]) -> bool:
    if draft.kind is not GoalKind.REACH_LEVEL or draft.amount is None or draft.metric is None:
        return False
    metric = METRICS[draft.metric]
    if metric.adds_up or metric.less_is_better:
        return False
    baseline = baseline_of(draft)
    return baseline is not None and draft.amount <= baseline


def _specific(wish: Wish, evidence: Evidence) -> Finding:
    draft, letter = wish.draft, Letter.SPECIFIC
    if letter in wish.missing:
        if wish.uncounted is not None:
            return Finding(letter, State.MISSING, Why.NOT_COUNTED, {"word": wish.uncounted})
        vague = draft.metric is not None
        why = Why.NOT_MEASURABLE if vague else Why.NOT_NAMED
        return Finding(letter, State.MISSING, why, {"metric": draft.metric} if vague else {})
    facts: dict[str, object] = {"metric": draft.metric, "network": draft.network, "topic": draft.topic}
    by_hand = draft.metric is not None and METRICS[draft.metric].source is Source.MANUAL
    either = _either(wish, by_hand=by_hand) if wish.either else None
    if either is not None:
        return replace(either, facts={**facts, **either.facts})
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


def _either(wish: Wish, *, by_hand: bool) -> Finding | None:
    """That the line names several goals, or several networks of one, to choose from."""
    letter, readings = Letter.SPECIFIC, (wish.draft, *wish.alternatives)
    metrics = tuple(dict.fromkeys(each.metric for each in readings if each.metric))
    if len(metrics) > 1:
        return Finding(letter, State.WEAK, Why.WHICH_GOAL, {"metrics": metrics})
    networks = tuple(dict.fromkeys(each.network for each in readings if each.network))
    if len(networks) < 2 or by_hand:
        return None
    return Finding(letter, State.WEAK, Why.EITHER_NETWORK, {"networks": networks})


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
    if (other.metric, other.network) != (draft.metric, draft.network):
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
    if draft.deadline is None and wish.far is not None:
        return Finding(letter, State.MISSING, Why.OUT_OF_REACH, {"deadline": wish.far})
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
    if deadline < first:
        return Finding(letter, State.MISSING, Why.ENDS_EARLY, facts)
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
    facts: dict[str, object] = {"priorities": evidence.priorities}
    if evidence.likely is not None and evidence.likely <= len(evidence.priorities):
        facts |= {"rank": evidence.likely, "priority": evidence.priorities[evidence.likely - 1]}
    return Finding(letter, State.WEAK, Why.NO_LINK, facts)
