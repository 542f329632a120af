"""What is wrong with an agreement's file, a sentence for each code of `goals.agreement.plain`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from connectors.clean import clean
from wording.goals import metric_name
from wording.words import mark

if TYPE_CHECKING:
    from wording.words import Words

_LONGEST_SHOWN = 60

PROBLEMS = {
    "unknown_key": mark("there is no such key; the nearest is {near}"),
    "missing": mark("missing, or empty"),
    "table": mark("a table is expected: [{section}]"),
    "lines": mark("lines are expected, each under its own [[{section}]]"),
    "many": mark("more than {limit}: leave the most important ones"),
    "text": mark("a text in quotes is expected, found {found}"),
    "texts": mark('a list of texts is expected, like ["one", "two"], found {found}'),
    "long": mark("longer than {limit} characters: make it shorter"),
    "whole": mark("a whole number is expected, found {found}"),
    "number": mark("a number is expected, found {found}"),
    "range": mark("a number from {low} to {high} is expected, found {found}"),
    "share": mark("a share from 0 to 1 is expected (30 per cent is 0.3), found {found}"),
    "not_positive": mark("a number above 0 is expected, found {found}"),
    "yes_no": mark("true or false is expected, found {found}"),
    "day": mark("a day is expected, written 2026-12-31, found {found}"),
    "days": mark("a list of days is expected, like [2026-12-12, 2026-12-13], found {found}"),
    "clock": mark('a time is expected, written "10:00", found {found}'),
    "choice": mark("one of {choices} is expected, found {found}"),
    "choices": mark("a list of these is expected: {choices}; found {found}"),
    "network": mark("one of {choices} is expected, found {found}"),
    "twice": mark("says the same as {twin}: leave one of the two"),
    "no_priority": mark("there is no priority {found}: {high} in the list"),
    "when": mark("say how often (period) or until which day (until)"),
    "without_amount": mark("a period needs an amount: how many pieces?"),
    "either": mark("either a share or an amount, not both"),
    "no_total": mark("«{metric}» does not add up over days, so it has no total: take another kind"),
    "no_level": mark(
        '«{metric}» begins at nothing, there is no level to come down to: kind = "total_in_period"'
    ),
    "no_mean": mark("«{metric}» is counted, not averaged: take another kind"),
    "no_move": mark("«{metric}» is counted from 0: take total_in_period, keep_rate or gain_percent"),
    "month_only": mark('only "month" fits here; for a rate a day or a week take kind = "keep_rate"'),
    "out_of_reach": mark("{found} is out of reach: a day from {first} to {last} is needed"),
    "order": mark("lies before {other}"),
    "before_written": mark(
        "lies before {other}, when this was written down: take a later day, or name dates.start"
    ),
    "not_later": mark("is not later than {other}"),
    "no_day": mark("no day of the week is left to work on"),
    "shares": mark("the shares of the topics come to {found} % of the same content, more than all of it"),
    "too_many": mark("more than {limit} of one thing in that time: is {found} meant?"),
}
#: Added where one choice is meant by all likelihood.
_NEAREST = mark("; the nearest is {near}")
#: Where every name is taken that is written so.
_ANY_NETWORK = mark("the short name of a network is expected, like vk, found {found}")


def problem_text(words: Words, code: str, facts: Mapping[str, object]) -> str:
    """One sentence on what is expected and what was found."""
    values = {name: _shown(words, name, value) for name, value in facts.items()}
    if code == "network" and not facts.get("choices"):
        return words.text(_ANY_NETWORK, **values)
    nearest = words.text(_NEAREST, **values) if code in {"choice", "network"} and facts.get("near") else ""
    if code == "unknown_key" and not facts.get("near"):
        return words.text("there is no such key")
    return words.text(PROBLEMS[code], **values) + nearest


def _shown(words: Words, name: str, value: object) -> str:
    """A fact as it may stand in a sentence: short, on one line."""
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if name == "metric":
        return metric_name(words, str(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and name in {"low", "high", "limit"}:
        return words.number(value, 2)
    try:
        text = clean(str(value), _LONGEST_SHOWN)
    except ValueError:  # a number beyond Python's limit on digits
        text = "…"
    return f"«{text}»" if isinstance(value, str) and name == "found" else text
