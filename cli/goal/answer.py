"""The command that answers the next question about a goal, ready to be pasted into a shell."""

from __future__ import annotations

import shlex
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from cli.usage import placeholder_text
from goals.drafting import month_end
from goals.metrics import METRICS, UNNAMED, Unit
from goals.model import GoalKind
from goals.smart import Finding, Why, next_question
from wording.typed import number_text
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.goal.said import Said
    from goals.model import Client, Goal
    from wording.words import Words

#: A goal that is said to be far off is brought this near.
_THREE_MONTHS = timedelta(days=91)
#: Options of `goal check` that a command for the same line repeats.
_REPEATED = (
    "account", "network", "metric", "kind", "amount", "period", "topic", "baseline", "start", "deadline",
    "priority", "purpose", "given", "per_week", "reading",
)  # fmt: skip
_BY_METRIC = frozenset({Why.NOT_NAMED, Why.NOT_MEASURABLE, Why.NOT_COUNTED, Why.NOT_SHOWN})
_BY_AMOUNT = frozenset(
    {
        Why.NO_AMOUNT, Why.LOSS, Why.AT_RISK, Why.UNLIKELY, Why.ABSURD, Why.ALREADY, Why.OTHER_CURRENCY,
        Why.NO_CEILING,
    }
)  # fmt: skip
_BY_DAY = frozenset({Why.NO_DATE, Why.PAST, Why.PASSED, Why.NO_SUCH_DAY})
_BY_WORK = frozenset({Why.EFFORT_HARD, Why.NO_HISTORY, Why.NOT_FORECAST, Why.OWN_NOT_FORECAST, Why.NOT_YET})

#: Why an answer changes what was said before.
_REASONS = {"--amount": mark("made attainable"), "--deadline": mark("made attainable")}
_MORE_EXACTLY = mark("said more exactly")

_Option = tuple[str, str]


def quoted(*parts: str) -> str:
    """The words of a command as a shell takes them."""
    return " ".join(part if _is_placeholder(part) else shlex.quote(part) for part in parts)


def _is_placeholder(part: str) -> bool:
    return part.isalpha() and part.isupper() and len(part) > 1


def command_for_line(
    words: Words, said: Said, args: argparse.Namespace, client: Client | None, today: date
) -> str | None:
    """`smm goal check` with the same line and options, and the option that answers its next question."""
    asked = next_question(said.findings)
    if asked is None:
        return None
    whole = _other_command(words, asked, client)
    if whole is not None:
        return whole
    option = _answer(words, said, asked, client, today)
    if option is None:
        return None
    given = [
        (f"--{name.replace('_', '-')}", str(value))
        for name in _REPEATED
        if (value := getattr(args, name, None)) is not None
    ]
    owner = [("--client", client.name)] if client is not None else []
    options = dict([*owner, *given, option])
    return quoted("smm", "goal", "check", args.line, *(part for pair in options.items() for part in pair))


def command_for_goal(words: Words, said: Said, goal: Goal, client: Client, today: date) -> str | None:
    """`smm goal edit` with the option that answers the next question about a saved goal."""
    asked = next_question(said.findings)
    if asked is None:
        return None
    whole = _other_command(words, asked, client, goal)
    if whole is not None:
        return whole
    option = _answer(words, said, asked, client, today)
    if option is None:
        return None
    said_before = {
        "--amount": goal.amount,
        "--deadline": goal.deadline,
        "--metric": None if goal.metric == UNNAMED else goal.metric,
        "--network": goal.network,
    }
    reason = []
    if said_before.get(option[0]) is not None:
        reason = ["--why", words.text(_REASONS.get(option[0], _MORE_EXACTLY))]
    return quoted("smm", "goal", "edit", str(goal.id), *option, *reason)


def _other_command(
    words: Words, asked: Finding, client: Client | None, goal: Goal | None = None
) -> str | None:
    """The command of another kind that a question leads to: an account, or a goal in another network."""
    if client is None:
        return None
    if asked.why is Why.ALSO_NAMED and goal is not None:
        other = str(cast("tuple[str, ...]", asked.facts["places"])[0])
        line = ("smm", "goal", "add", goal.wish, "--client", client.name)
        return quoted(*line, "--network", other)
    if asked.why is Why.NO_ACCOUNT:
        network = str(asked.facts["network"])
        link = placeholder_text(words, "LINK")
        return quoted("smm", "account", "add", link, "--client", client.name, "--network", network)
    return None


def _answer(words: Words, said: Said, asked: Finding, client: Client | None, today: date) -> _Option | None:
    """The option with the value at hand; where only a person knows it, with a placeholder."""
    why = asked.why
    if why in _BY_METRIC:
        shown = cast("tuple[str, ...]", asked.facts.get("shown") or ())
        return "--metric", shown[0] if shown else placeholder_text(words, "METRIC")
    if why in _BY_AMOUNT:
        offered = None if why is Why.OTHER_CURRENCY else _offered(words, said, why)
        return "--amount", offered or placeholder_text(words, "NUMBER")
    if why in _BY_DAY:
        return "--deadline", month_end(today).isoformat()
    if why in {Why.NO_LINK, Why.EMPTY_WISH} and asked.facts.get("priorities") and client is not None:
        return "--priority", str(asked.facts.get("rank", 1))
    if why is Why.ALSO_NAMED:
        return "--network", str(asked.facts["network"])
    if why in _BY_WORK:
        return "--given", words.text(_GIVEN)
    if why in {Why.WHICH_NETWORK, Why.NOT_SERVED}:
        networks = cast("tuple[str, ...]", asked.facts["networks"])
        return "--network", networks[0] if networks else placeholder_text(words, "NETWORK")
    fixed = {
        Why.TWO_READINGS: ("--reading", "1"),
        Why.WHICH_GOAL: ("--reading", "1"),
        Why.EITHER_NETWORK: ("--reading", "1"),
        Why.CONTRADICTION: ("--reading", "1"),
        Why.NO_BASELINE: ("--baseline", placeholder_text(words, "NUMBER")),
        Why.FAR_AWAY: ("--deadline", (today + _THREE_MONTHS).isoformat()),
        Why.NO_LINK: ("--purpose", words.text(_PURPOSE)),
        Why.EMPTY_WISH: ("--purpose", words.text(_PURPOSE)),
    }
    return fixed.get(why)


_PURPOSE = mark("so that …")
_GIVEN = mark("… hours a week")


def _offered(words: Words, said: Said, why: Why) -> str | None:
    """The target that is even odds, as an amount that the option takes; None where there is none.

    To a goal that is near even odds already the safe one is offered.
    """
    draft = said.wish.draft
    if said.targets is None or draft.metric is None:
        return None
    target = said.targets.safe if why is Why.AT_RISK else said.targets.even
    metric = METRICS[draft.metric]
    whole = metric.whole and draft.kind not in {GoalKind.GAIN_PERCENT, GoalKind.AVERAGE}
    whole = whole or metric.unit is Unit.RUB
    offered = round(target) if whole else round(target, 1)
    return number_text(words, float(offered)) if offered > 0 else None
