"""The five letters in words: how each stands, why, and the one question to ask next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from goals.draft import Letter
from goals.smart import State, Why
from wording.drafts import (
    chance_text,
    dated,
    reading_text,
    target_text,
    targets_text,
)
from wording.speaker import Facts, Speaker
from wording.words import mark

if TYPE_CHECKING:
    from goals.smart import Finding
    from wording.words import Words

__all__ = [
    "LETTER_NAMES",
    "STATE_GLYPHS",
    "chance_text",
    "dated",
    "letter_name",
    "question_text",
    "reading_text",
    "target_text",
    "targets_text",
    "why_text",
]

LETTER_NAMES = {
    Letter.SPECIFIC: mark("specific"),
    Letter.MEASURABLE: mark("measurable"),
    Letter.ATTAINABLE: mark("attainable"),
    Letter.RELEVANT: mark("relevant"),
    Letter.TIMED: mark("on time"),
}
STATE_GLYPHS = {State.OK: "✓", State.WEAK: "!", State.MISSING: "?"}


def letter_name(words: Words, letter: Letter) -> str:
    """What a letter asks for: «конкретно», «измеримо»."""
    return words.text(LETTER_NAMES[letter])


def why_text(words: Words, finding: Finding, today: date) -> str:
    """Why a letter stands as it does, in one phrase, with what is given for it."""
    say, speaker = _WHY[finding.why], Speaker(words, today)
    told = words.text(say) if isinstance(say, str) else say(speaker, finding.facts)
    given = speaker.given(finding.facts)
    return f"{told}; {given}" if given else told


def question_text(words: Words, finding: Finding, today: date) -> str | None:
    """What to ask about a letter; None for one that stands or whose question is answered."""
    if finding.state is State.OK or finding.answered:
        return None
    ask = _QUESTIONS.get(finding.why)
    if ask is None:
        return words.text(_BY_LETTER[finding.letter])
    return words.text(ask) if isinstance(ask, str) else ask(Speaker(words, today), finding.facts)


_WHY: dict[Why, str | Callable[[Speaker, Facts], str]] = {
    Why.NAMED: Speaker.named,
    Why.NOT_NAMED: mark("it is not said what should change"),
    Why.NOT_MEASURABLE: Speaker.not_measurable,
    Why.WHICH_NETWORK: Speaker.which_network,
    Why.EITHER_NETWORK: Speaker.either_network,
    Why.NO_ACCOUNT: Speaker.no_account,
    Why.NOT_COUNTED: Speaker.not_counted,
    Why.NOT_SERVED: Speaker.not_served,
    Why.ALSO_NAMED: Speaker.also_named,
    Why.LOSS: Speaker.loss,
    Why.NOT_SHOWN: Speaker.not_shown,
    Why.WHICH_GOAL: Speaker.which_goal,
    Why.CEILING: Speaker.ceiling,
    Why.NO_CEILING: Speaker.no_ceiling,
    Why.PASSED: Speaker.passed,
    Why.NO_SUCH_DAY: Speaker.no_such_day,
    Why.OUT_OF_REACH: Speaker.out_of_reach,
    Why.ENDS_EARLY: Speaker.ends_early,
    Why.CONTRADICTION: Speaker.against,
    Why.COUNTED: Speaker.counted_from,
    Why.NO_AMOUNT: mark("no number is named"),
    Why.TWO_READINGS: Speaker.two_readings,
    Why.NO_BASELINE: mark("it is not known how much there is now"),
    Why.OTHER_CURRENCY: Speaker.currency,
    Why.DATED: Speaker.dated,
    Why.RECURRING: Speaker.recurring,
    Why.NO_DATE: mark("no date is named"),
    Why.PAST: Speaker.past,
    Why.FAR_AWAY: Speaker.far,
    Why.PRIORITY: Speaker.priority,
    Why.PURPOSE: Speaker.purpose,
    Why.OWN: mark("your own goal"),
    Why.NO_LINK: Speaker.no_link,
    Why.EMPTY_WISH: mark("a figure for its own sake is no use to the client"),
    Why.LIKELY: Speaker.by_chance,
    Why.AT_RISK: Speaker.by_chance,
    Why.UNLIKELY: Speaker.by_chance,
    Why.ABSURD: mark("such a leap hardly ever happens without a large budget"),
    Why.NO_HISTORY: Speaker.no_history,
    Why.NOT_FORECAST: mark("such a figure is not forecast: judge it together with the client"),
    Why.OWN_NOT_FORECAST: mark("such a figure is not forecast: judge it by what you have done before"),
    Why.NOT_YET: mark("can be judged when there is a number and a date"),
    Why.EFFORT_FITS: Speaker.effort,
    Why.EFFORT_HARD: Speaker.effort,
    Why.ALREADY: mark("the figure stands there already"),
}
_BY_LETTER = {
    Letter.SPECIFIC: mark("What exactly will be seen on the screen when it has worked?"),
    Letter.MEASURABLE: mark("How much is it now, and how much should it be?"),
    Letter.ATTAINABLE: mark("What has to be given for it: hours, budget, photos, a discount?"),
    Letter.RELEVANT: mark("What does the client need it for now?"),
    Letter.TIMED: mark("By which day?"),
}


_QUESTIONS: dict[Why, str | Callable[[Speaker, Facts], str]] = {
    Why.WHICH_NETWORK: Speaker.ask_network,
    Why.EITHER_NETWORK: Speaker.ask_either,
    Why.NO_ACCOUNT: Speaker.ask_account,
    Why.NOT_COUNTED: mark("Which figure would show it: leads, sales, clicks?"),
    Why.NOT_SERVED: Speaker.ask_served,
    Why.ALSO_NAMED: Speaker.ask_also,
    Why.LOSS: mark("How much more should it be?"),
    Why.NOT_SHOWN: Speaker.ask_shown,
    Why.WHICH_GOAL: Speaker.ask_goal,
    Why.NO_CEILING: mark("How many at least should there be?"),
    Why.PASSED: mark("By which day from now on?"),
    Why.CONTRADICTION: Speaker.ask_against,
    Why.TWO_READINGS: Speaker.ask_reading,
    Why.NO_BASELINE: mark("How much is it now?"),
    Why.OTHER_CURRENCY: mark("How much is it in roubles?"),
    Why.PAST: mark("By which day from now on?"),
    Why.OUT_OF_REACH: mark("By which day from now on?"),
    Why.ENDS_EARLY: mark("By which day after the start?"),
    Why.FAR_AWAY: mark("Where should it be in three months?"),
    Why.NO_LINK: Speaker.ask_priority,
    Why.AT_RISK: Speaker.ask_smaller,
    Why.UNLIKELY: Speaker.ask_smaller,
    Why.ABSURD: Speaker.ask_smaller,
    Why.EFFORT_HARD: mark("Who makes so much, and in which hours?"),
    Why.ALREADY: mark("How much more should it be?"),
}
