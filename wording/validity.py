"""What is wrong with a goal in words, with the next step on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.metrics import METRICS, Nature
from goals.model import GoalKind
from goals.validity import Flaw
from wording.goals import kind_word, metric_name
from wording.troubles import Sentence
from wording.typed import far_text
from wording.words import mark

if TYPE_CHECKING:
    from datetime import date

    from goals.model import Goal
    from wording.words import Words

_SENTENCES: dict[Flaw, tuple[str, str]] = {
    Flaw.UNNAMED: (
        mark("It is not said yet what is measured"),
        mark("Name it: --metric audience, posts, sales …"),
    ),
    Flaw.NO_TOTAL: (
        mark("«{metric}» does not add up over days, so it has no total"),
        mark("Take a mean (--kind average), a gain (--kind gain) or a level (--kind reach_level)"),
    ),
    Flaw.NO_LEVEL: (
        mark("«{metric}» adds up from 0: take «{total}» instead"),
        mark("Name how much it may be at most: --kind total_in_period"),
    ),
    Flaw.NO_MEAN: (
        mark("«{metric}»: pieces of content are counted, they have no average"),
        mark("Take a number by the deadline (--kind total_in_period) or a rate (--kind keep_rate)"),
    ),
    Flaw.NO_MOVE: (
        mark("«{metric}»: pieces of content are counted from 0, they have no level and no gain"),
        mark(
            "Take a number by the deadline (--kind total_in_period), a rate (--kind keep_rate) "
            "or a percentage (--kind gain_percent)"
        ),
    ),
    Flaw.NO_AMOUNT: (mark("How much? For example 300, 10K or 1.5M"), mark("Name it: --amount 300")),
    Flaw.NOT_POSITIVE: (mark("The amount must be more than 0"), mark("Name it: --amount 300")),
    Flaw.NO_PERIOD: (
        mark("How often? Each day, week or month"),
        mark("Name it: --period day, week or month"),
    ),
    Flaw.NO_DEADLINE: (
        mark("Until when? For example 30.11"),
        mark("Name the last day: --deadline 30.11.2026"),
    ),
    Flaw.BEFORE_START: (
        mark("The deadline {deadline} is before the start {start}"),
        mark("Name a later deadline, or an earlier start with --start"),
    ),
    Flaw.TOO_LONG: (
        mark("That is more than ten years: check the year"),
        mark("Name the last day: --deadline 30.11.2026"),
    ),
    Flaw.PAST: (mark("The deadline {deadline} has passed"), mark("Name a day from today on")),
    Flaw.NO_TOPIC: (
        mark("«{metric}» is not of posts, so it has no topic"),
        mark("Leave out --topic, or count posts: --metric posts"),
    ),
    Flaw.NEEDS_TOPIC: (
        mark("«{metric}»: about which topic?"),
        mark("Name it: --topic T"),
    ),
    Flaw.AGREED_AHEAD: (
        mark("{agreed} has not come yet"),
        mark("Name the day of the client's yes: --agreed"),
    ),
}
_TO_COME_DOWN = mark("For fewer of something, name the level to come down to: --kind reach_level")


def flaw_sentence(words: Words, flaw: Flaw, goal: Goal, today: date) -> Sentence:
    """What is wrong with the goal, and what to type instead."""
    far = {Flaw.FAR_START: goal.start, Flaw.FAR_DEADLINE: goal.deadline}.get(flaw)
    if far is not None:
        return Sentence(far_text(words, far, today), words.text("Check the year"))
    message, step = _SENTENCES[flaw]
    metric = METRICS[goal.metric]
    if flaw is Flaw.NOT_POSITIVE and metric.less_is_better and metric.nature is not Nature.TOTAL:
        step = _TO_COME_DOWN
    days = {"deadline": goal.deadline, "start": goal.start, "agreed": goal.agreed_on}
    facts = {name: words.day(day, today) for name, day in days.items() if day is not None}
    total = kind_word(words, GoalKind.TOTAL_IN_PERIOD)
    return Sentence(
        words.text(message, metric=metric_name(words, goal.metric), total=total, **facts), words.text(step)
    )


def early_end_sentence(words: Words, start: date, deadline: date, today: date) -> Sentence:
    """That a goal would end before it starts, and what to type instead."""
    message, step = _SENTENCES[Flaw.BEFORE_START]
    said = words.text(message, deadline=words.day(deadline, today), start=words.day(start, today))
    return Sentence(said, words.text(step))


def field_problem(sentence: str) -> str:
    """A sentence as it stands under a field, where it goes on from the field's name."""
    return sentence[:1].lower() + sentence[1:]
