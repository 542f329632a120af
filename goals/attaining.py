"""The letter A: whether a goal can be reached, by the account's own history and by what is given for it.

What history gives a bad chance is weak, not missing: that is for the two people to judge. Its question is
answered by a target of those on offer, or by a clause that says what is put into the goal.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goals.draft import OTHER_MONEY, Draft, Letter, Wish
from goals.evaluate import UNLIKELY_CHANCE
from goals.findings import Evidence, Finding, State, Why

if TYPE_CHECKING:
    from goals.effort import Effort
    from goals.forecast.attain import Targets
    from goals.outlook import Attainability

#: From this chance on a goal is attainable as it is.
GOOD_CHANCE = 0.7
#: Pieces of content a working day, beside the most that were ever made: more is a strain.
STRAIN = 1.5
#: Where nothing was collected yet, the pace of content is told by the first week of it.
FIRST_WEEK = timedelta(weeks=1)
#: An amount so near to a target on offer, as a share of what lies between the safe and the bold one, is it.
_NEAR = 0.1
#: Offers are told with one decimal at most.
_ROUNDING = 0.051
#: Why A is weak where a target with a better chance would be an answer.
_BY_TARGET = frozenset({Why.AT_RISK, Why.UNLIKELY})
#: Why A is weak where what is given for the goal is the answer.
_BY_WORK = frozenset({Why.EFFORT_HARD, Why.NO_HISTORY, Why.NOT_FORECAST, Why.OWN_NOT_FORECAST, Why.NOT_YET})


def attainable(wish: Wish, evidence: Evidence) -> Finding:
    """How the letter A of a wish stands, and whether its question is answered."""
    return _answered(_judged(wish, evidence), wish.draft, evidence)


def _judged(wish: Wish, evidence: Evidence) -> Finding:
    draft, letter = wish.draft, Letter.ATTAINABLE
    if draft.amount is not None and draft.unit in OTHER_MONEY:
        return Finding(letter, State.WEAK, Why.OTHER_CURRENCY, {"unit": draft.unit})
    found = evidence.attainability
    chance = found.outlook.chance if found is not None else None
    if draft.amount is not None and found is not None and chance is not None:
        return _by_chance(found, chance, absurd=letter in wish.missing)
    if letter in wish.missing:
        return Finding(letter, State.MISSING, Why.ABSURD, {"metric": draft.metric, "absurd": True})
    if draft.amount is None or (draft.deadline is None and draft.period is None):
        return Finding(letter, State.WEAK, Why.NOT_YET, _offers(found))
    if evidence.effort is not None:
        return _by_effort(evidence.effort, evidence.today)
    if found is None:
        return Finding(letter, State.WEAK, Why.OWN_NOT_FORECAST if evidence.own else Why.NOT_FORECAST)
    return _too_little(found, evidence.today)


def _too_little(found: Attainability, today: date) -> Finding:
    """That there is too little history, and from which day it tells: of means, at one figure a day."""
    pace, by_mean = found.pace, found.per_post or found.per_entry
    no_rhythm = by_mean and pace.tells_from is None
    facts = {
        "missing": pace.missing,
        "from": today + timedelta(days=pace.missing) if no_rhythm else pace.tells_from,
        "needed": pace.needed,
        "per_post": found.per_post,
        "per_entry": found.per_entry,
        "no_rhythm": no_rhythm,
    }
    return Finding(Letter.ATTAINABLE, State.WEAK, Why.NO_HISTORY, facts)


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
        "absurd": absurd,
        "each": found.each,
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


def _by_effort(effort: Effort, today: date) -> Finding:
    facts: dict[str, object] = {"needed": effort.needed, "lately": effort.lately, "most": effort.most}
    if effort.most is None:
        facts["from"] = today + FIRST_WEEK
        return Finding(Letter.ATTAINABLE, State.WEAK, Why.NO_HISTORY, facts)
    hard = effort.needed > STRAIN * effort.most
    return Finding(
        Letter.ATTAINABLE,
        State.WEAK if hard else State.OK,
        Why.EFFORT_HARD if hard else Why.EFFORT_FITS,
        facts,
    )


def _answered(found: Finding, draft: Draft, evidence: Evidence) -> Finding:
    """The finding about A with what answers its question: a target that was taken, what is given for it."""
    if found.state is not State.WEAK or found.why not in _BY_WORK | _BY_TARGET:
        return found
    if draft.given is not None:
        return replace(found, facts={**found.facts, "given": draft.given}, answered=True)
    if found.why in _BY_TARGET:
        told = evidence.attainability
        offers = (told.amounts if told is not None else None, evidence.offered)
        return replace(found, answered=any(is_offered(draft.amount, targets) for targets in offers))
    agreed = {"hours": evidence.hours, "budget": evidence.budget}
    if found.why is Why.EFFORT_HARD or evidence.own or not any(agreed.values()):
        return found
    return replace(found, facts={**found.facts, **agreed}, answered=True)


def is_offered(amount: float | None, targets: Targets | None) -> bool:
    """Whether an amount is one of the three targets on offer; they move a little with each new figure."""
    if amount is None or targets is None:
        return False
    near = max(_ROUNDING, _NEAR * abs(targets.bold - targets.safe))
    return any(abs(amount - target) <= near for target in targets)
