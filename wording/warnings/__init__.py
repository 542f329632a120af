"""Warnings as sentences, one each, as a colleague would say it; and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.warnings.finding import Severity, Step
from wording.warnings.sentences import SENTENCES
from wording.warnings.told import Told, trouble_of
from wording.words import mark

if TYPE_CHECKING:
    from datetime import date

    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from wording.words import Words

#: Colour is never the only sign.
GLYPHS = {Severity.HIGH: "▲", Severity.MEDIUM: "△", Severity.LOW: "·"}

_STEPS = {
    Step.PLAN_TOPIC: mark(
        'Plan something about it: smm post add --planned --client "{client}" --topic "{topic}"'
    ),
    Step.PLAN_CONTENT: mark('Put it into the plan: smm post add --planned --client "{client}"'),
    Step.ADD_GOAL: mark('Set a goal for it: smm goal add "…" --client "{client}" --priority {rank}'),
    Step.CATCH_UP: mark('See what is due today: smm today --client "{client}"'),
    Step.LOOK_AT_PACE: mark("See pace and chance, and choose what to step up: smm goal show {id}"),
    Step.COLLECT_STORIES: mark("Collect several times a day: smm cron install --every 3h"),
    Step.CHECK_AUDIENCE: mark("Find out where the new followers come from, and tell the client"),
    Step.KEEP_PEOPLE: mark("Look after which posts people leave, and reckon with the leaving in the plan"),
    Step.LOG: mark('Put the figure in: smm log {metric} N --client "{client}"'),
    Step.IMPORT: mark('Take the figures from a file of the client: smm import FILE --client "{client}"'),
    Step.ADD_ACCOUNT: mark('Add the account: smm account add LINK --client "{client}"'),
    Step.AGREE_HOURS: mark(
        'Agree with the client what waits or what more hours cost: smm agreement edit "{client}"'
    ),
    Step.AGREE_WORK: mark('Take it into the agreement or leave it out: smm agreement edit "{client}"'),
    Step.RAISE_GOALS: mark('Propose bolder goals for the next month: smm renew "{client}"'),
    Step.REMIND_CLIENT: mark("Remind the client; when it has come: smm material received {material}"),
    Step.ASK_YES: mark("Ask the client, and note the yes: smm goal agree {id} --by NAME --on DAY"),
    Step.TALK: mark("Talk over what is in the way, before the call: smm goal show {id}"),
}
_RENEGOTIATE_ALL = mark('Agree with the client on what is possible: smm agreement edit "{client}"')
_RENEGOTIATE = mark('Talk with the client about amount or date: smm goal edit {id} --why "…" --agreed DAY')
_SAY_ANEW = mark('Say it anew with a measure: smm goal add "…" --client "{client}"')
_COMPLETE = {
    "amount": mark('Say how much: smm goal edit {id} --amount N --why "…"'),
    "deadline": mark('Say by when: smm goal edit {id} --deadline DAY --why "…"'),
}
_SYNC = mark('Collect now: smm sync --client "{client}"')


def sentence(words: Words, warning: Warning, today: date) -> str:
    """The warning in one sentence; `today` is the client's local day."""
    text = SENTENCES[warning.rule](Told(words, warning, today))
    return text[:1].upper() + text[1:]


def next_step(words: Words, warning: Warning, client: str) -> str:
    """What to do next, in one sentence; `client` is the name of the client that it is about."""
    facts = warning.facts
    if facts.get("trouble"):
        return trouble_of(words, warning).next_step
    lacks = str(facts.get("lacks"))
    message = {
        Step.RENEGOTIATE: _RENEGOTIATE_ALL if warning.goal is None else _RENEGOTIATE,
        Step.COMPLETE_GOAL: _COMPLETE.get(lacks, _SAY_ANEW),
        Step.SYNC: _SYNC,
    }.get(warning.step) or _STEPS[warning.step]
    return words.text(
        message,
        client=client.replace('"', ""),
        topic=(warning.topic or "").replace('"', ""),
        id=warning.goal.goal_id if warning.goal is not None else "",
        rank=facts.get("rank", ""),
        metric=facts.get("metric", ""),
        material=facts.get("material", ""),
    )
