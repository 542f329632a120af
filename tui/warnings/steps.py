"""What to press next against a warning: the keys of the dashboard, or the command line where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.warnings.finding import Step
from tui.commands.accounts import AddAccount
from tui.commands.command import Area
from tui.commands.everywhere import Accounts, Agreement, Call, EditGoal, Log, NewGoal, Sync, Today, Warnings
from tui.commands.goal import Agree, Sure
from tui.commands.warnings import AcknowledgeWarning, OpenWarning
from wording.warnings import next_step
from wording.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from tui.commands.command import Command
    from wording.words import Words

Help = tuple["type[Command]", str]

#: What helps against a warning, by its step: the command, and what its key does.
_STEPS: dict[Step, Help] = {
    Step.PLAN_TOPIC: (Log, mark("{key} puts a piece into the plan")),
    Step.PLAN_CONTENT: (Log, mark("{key} puts a piece into the plan")),
    Step.ADD_GOAL: (NewGoal, mark("{key} sets a goal for it")),
    Step.RENEW: (Agreement, mark("{key} opens the agreement, where goals of its lines are set")),
    Step.SET_GOALS: (NewGoal, mark("{key} sets a goal")),
    Step.CATCH_UP: (Log, mark("publish what is due; {key} notes what came out")),
    Step.RENEGOTIATE: (EditGoal, mark("talk with the client; {key} changes amount or date")),
    Step.LOOK_AT_PACE: (EditGoal, mark("step it up, or {key} changes amount or date")),
    Step.LOG: (Log, mark("{key} logs the figure")),
    Step.SYNC: (Sync, mark("{key} collects the figures now")),
    Step.ADD_ACCOUNT: (AddAccount, mark("{key} adds the account")),
    Step.COMPLETE_GOAL: (EditGoal, mark("{key} fills in what is missing")),
    Step.CONFIRM_JUMP: (
        AcknowledgeWarning,
        mark("find out where they come from; if they are real, {key} confirms it"),
    ),
    Step.REMIND_CLIENT: (
        Today,
        mark("remind them; when it has come, tick it off in the list of today: {key}"),
    ),
    Step.AGREE_HOURS: (
        Agreement,
        mark("agree on what waits or what more hours cost; {key} opens the agreement"),
    ),
    Step.AGREE_WORK: (Agreement, mark("take it into the agreement or leave it out: {key} opens it")),
    Step.ASK_YES: (Agree, mark("ask the client; {key} notes the yes")),
    Step.TALK: (Call, mark("speak about it: {key} opens the page for the call")),
}
#: What helps where all goals of a client fare alike.
_ALL_GOALS: dict[Step, Help] = {
    Step.RENEGOTIATE: (
        Agreement,
        mark("agree with the client on what is possible; {key} opens the agreement"),
    ),
}
#: What the specialist does about goals of his own.
_OWN: dict[Step, Help] = {Step.RENEGOTIATE: _STEPS[Step.LOOK_AT_PACE]}
_SURE: Help = (Sure, mark("{key} says how sure you are now"))
#: What one presses first to come to where the keys of an area work.
_WAYS: dict[Area, type[Command]] = {Area.WARNINGS: Warnings, Area.GOAL: OpenWarning, Area.ACCOUNTS: Accounts}


def step_text(
    words: Words,
    warning: Warning,
    client: str,
    key_of: Callable[[type[Command]], str],
    here: Area,
    *,
    own: bool,
) -> str:
    """What to do about a warning, with the keys that do it from a place in the area `here`.

    `client` is the name of the client that it is about, `own` says that it is the specialist himself.
    """
    helps = None if warning.facts.get("trouble") else _help(warning, own=own)
    if helps is None:
        return next_step(words, warning, client, own=own)
    command, said = helps
    keys = [key_of(command)]
    if command.area not in {here, Area.EVERYWHERE}:
        keys.insert(0, key_of(_WAYS[command.area]))
    pressed = ", ".join(keys)
    text = words.text(said, key=pressed)
    return text if text.startswith(pressed) else text[:1].upper() + text[1:]


def _help(warning: Warning, *, own: bool) -> Help | None:
    """The command that helps; None where no key of the dashboard does."""
    if warning.goal is None:
        found = _ALL_GOALS.get(warning.step) or _STEPS.get(warning.step)
        needs_goal = found is not None and (found[0] is EditGoal or found[0].area is Area.GOAL)
        for_client = found is not None and found[0] in {Agreement, Call}
        return None if needs_goal or (own and for_client) else found
    if warning.rule == "confidence":
        return _SURE
    return (_OWN.get(warning.step) if own else None) or _STEPS.get(warning.step)
