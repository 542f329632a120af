"""Warnings as sentences, one each, as a colleague would say it; and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from goals.metrics import METRICS
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
    Step.RENEW: mark('Set its goals by the agreement: smm renew "{client}" --period {month}'),
    Step.SET_GOALS: mark('Set its goals: smm goal add "…" --client "{client}"'),
    Step.CATCH_UP: mark('See what is due today: smm today --client "{client}"'),
    Step.LOOK_AT_PACE: mark("See pace and chance, and choose what to step up: smm goal show {id}"),
    Step.COLLECT_STORIES: mark("Collect several times a day: smm cron install --every 3h"),
    Step.CHECK_AUDIENCE: mark("Find out where the new followers come from, and tell the client"),
    Step.CONFIRM_JUMP: mark("Find out where they come from; if they are real: smm warnings ack {key}"),
    Step.KEEP_PEOPLE: mark("Look after which posts people leave, and reckon with the leaving in the plan"),
    Step.SYNC: mark('Collect now: smm sync --client "{client}"'),
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
#: What the specialist does about goals of his own, whom no client has to be asked about.
_OWN = {
    Step.CHECK_AUDIENCE: mark("Find out where the new followers come from"),
    Step.IMPORT: mark('Take the figures from a file: smm import FILE --client "{client}"'),
    Step.RAISE_GOALS: mark(
        'Set yourself bolder goals for the next month: smm goal add "…" --client "{client}"'
    ),
    Step.REMIND_CLIENT: mark("Remind them; when it has come: smm material received {material}"),
    Step.TALK: mark("Find out what is in the way, and change your plan: smm goal show {id}"),
}
_OWN_ALL = mark('Keep what you can really do and drop the rest: smm goal list --client "{client}"')
_OWN_CHANGE = mark('Step it up, or change amount or date: smm goal edit {id} --why "…"')
_RENEGOTIATE_ALL = mark('Agree with the client on what is possible: smm agreement edit "{client}"')
_RENEGOTIATE = mark('Talk with the client about amount or date: smm goal edit {id} --why "…" --agreed DAY')
_SAY_ANEW = mark('Say it anew with a measure: smm goal add "…" --client "{client}"')
_COMPLETE = {
    "amount": mark('Say how much: smm goal edit {id} --amount N --why "…"'),
    "deadline": mark('Say by when: smm goal edit {id} --deadline DAY --why "…"'),
}


def sentence(words: Words, warning: Warning, today: date) -> str:
    """The warning in one sentence; `today` is the client's local day."""
    text = SENTENCES[warning.rule](Told(words, warning, today))
    return text[:1].upper() + text[1:]


def next_step(words: Words, warning: Warning, client: str, *, own: bool = False) -> str:
    """What to do next, in one sentence; `client` is the name of the client that it is about.

    `own` says that it is the specialist himself.
    """
    facts = warning.facts
    if facts.get("trouble"):
        return trouble_of(words, warning).next_step
    step = words.text(
        _step(warning, own=own),
        client=client.replace('"', ""),
        topic=(warning.topic or "").replace('"', ""),
        id=warning.goal.goal_id if warning.goal is not None else "",
        rank=facts.get("rank", ""),
        metric=facts.get("metric", ""),
        material=facts.get("material", ""),
        key=facts.get("key", ""),
        month=f"{facts['month']:%Y-%m}" if facts.get("month") else "",
    )
    return f"{step} {_options_of_tomorrow(warning)}" if warning.rule == "nothing_tomorrow" else step


def _options_of_tomorrow(warning: Warning) -> str:
    """What `smm post add` has to be told of the first piece that tomorrow lacks."""
    due = cast("tuple[tuple[str, str | None, int, int], ...]", warning.facts["due"])
    metric, topic, _, _ = due[0]
    options = f"--kind {METRICS[metric].post_kinds[0]} --day {warning.facts['day']}"
    return f'{options} --topic "{topic.replace(chr(34), "")}"' if topic else options


def _step(warning: Warning, *, own: bool) -> str:
    if warning.step is Step.RENEGOTIATE:
        if warning.goal is None:
            return _OWN_ALL if own else _RENEGOTIATE_ALL
        return _OWN_CHANGE if own else _RENEGOTIATE
    if warning.step is Step.COMPLETE_GOAL:
        return _COMPLETE.get(str(warning.facts.get("lacks")), _SAY_ANEW)
    return (_OWN.get(warning.step) if own else None) or _STEPS[warning.step]
