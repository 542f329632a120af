"""The five letters in words: how each stands, why, and the one question to ask next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from goals.draft import Letter
from goals.metrics import METRICS
from goals.model import GoalKind
from goals.smart import State, Why
from wording.goals import (
    PERIODS,
    counted,
    metric_name,
    network_name,
    title,
)
from wording.words import mark

if TYPE_CHECKING:
    from goals.draft import Draft
    from goals.forecast import Targets
    from goals.smart import Finding
    from wording.words import Words

LETTER_NAMES = {
    Letter.SPECIFIC: mark("specific"),
    Letter.MEASURABLE: mark("measurable"),
    Letter.ATTAINABLE: mark("attainable"),
    Letter.RELEVANT: mark("relevant"),
    Letter.TIMED: mark("on time"),
}
STATE_GLYPHS = {State.OK: "✓", State.WEAK: "!", State.MISSING: "?"}
_WEEKDAYS = (
    mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"),
)  # fmt: skip

_Facts = Mapping[str, Any]


def letter_name(words: Words, letter: Letter) -> str:
    """What a letter asks for: «конкретно», «измеримо»."""
    return words.text(LETTER_NAMES[letter])


def why_text(words: Words, finding: Finding, today: date) -> str:
    """Why a letter stands as it does, in one phrase."""
    say = _WHY[finding.why]
    return words.text(say) if isinstance(say, str) else say(_Speaker(words, today), finding.facts)


def question_text(words: Words, finding: Finding, today: date) -> str | None:
    """What to ask about a letter; None for one that stands."""
    if finding.state is State.OK:
        return None
    ask = _QUESTIONS.get(finding.why)
    if ask is None:
        return words.text(_BY_LETTER[finding.letter])
    return words.text(ask) if isinstance(ask, str) else ask(_Speaker(words, today), finding.facts)


def targets_text(words: Words, targets: Targets, metric: str, kind: GoalKind | None) -> str:
    """The three targets on offer: «почти наверняка +35 · 50 на 50 +57 · рискованно +80»."""
    safe, even, bold = (target_text(words, value, metric, kind) for value in targets)
    return words.text(
        "almost surely {safe} · fifty-fifty {even} · boldly {bold}", safe=safe, even=even, bold=bold
    )


def target_text(words: Words, value: float, metric: str, kind: GoalKind | None) -> str:
    """A target as an amount of the goal's kind: «+35», «12 %», «5 112»."""
    digits = 0 if METRICS[metric].whole and kind is not GoalKind.GAIN_PERCENT else 1
    if kind in {GoalKind.GAIN, GoalKind.GAIN_PERCENT}:
        text = words.signed(value, digits)
        return words.text("{n}%", n=text) if kind is GoalKind.GAIN_PERCENT else text
    return words.number(value, digits)


def reading_text(words: Words, draft: Draft, today: date) -> str:
    """One reading of a line, told so that it can be chosen: «ВК: +300 подписчиков, до 30.11»."""
    said = title(
        words,
        metric=draft.metric or "unnamed",
        kind=(draft.kind or GoalKind.GAIN).value,
        amount=draft.amount,
        period=draft.period.value if draft.period else None,
        head=draft.topic,
        network=draft.network,
    )
    if draft.deadline is None:
        return said
    return words.text("{title}, by {day}", title=said, day=dated(words, draft.deadline, today))


def dated(words: Words, day: date, today: date) -> str:
    """A date with its weekday, so that a slip shows: «30.11, пн»."""
    weekday = words.text(_WEEKDAYS[day.weekday()])
    return words.text("{day}, {weekday}", day=words.day(day, today), weekday=weekday)


def _pace(words: Words, value: float) -> str:
    return words.number(value, 0 if abs(value) >= 10 else 1)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Says what stands in the facts of a finding, in one language and as of one day."""

    words: Words
    today: date

    def named(self, facts: _Facts) -> str:
        parts = [network_name(self.words, facts["network"])] if facts["network"] else []
        parts.append(metric_name(self.words, facts["metric"]))
        if facts["topic"]:
            parts.append(self.words.text("topic «{topic}»", topic=facts["topic"]))
        return ", ".join(parts)

    def not_measurable(self, facts: _Facts) -> str:
        return self.words.text("«{name}» is not a figure yet", name=metric_name(self.words, facts["metric"]))

    def which_network(self, facts: _Facts) -> str:
        names = ", ".join(network_name(self.words, name) for name in facts["networks"])
        return self.words.text("all networks together: {names}", names=names)

    def no_account(self, facts: _Facts) -> str:
        return self.words.text(
            "the client has no account in {network} yet", network=network_name(self.words, facts["network"])
        )

    def counted_from(self, facts: _Facts) -> str:
        amount, baseline, metric = facts["amount"], facts["baseline"], facts["metric"]
        if metric is None:
            return self.words.number(amount)
        if baseline is None or facts["target"] is None:
            return counted(self.words, metric, amount)
        return self.words.text(
            "from {start} to {target}",
            start=target_text(self.words, baseline, metric, None),
            target=target_text(self.words, facts["target"], metric, None),
        )

    def two_amounts(self, facts: _Facts) -> str:
        said = self.words.text(" or ").join(
            reading_text(self.words, draft, self.today) for draft in facts["readings"]
        )
        return self.words.text("it can also mean: {readings}", readings=said)

    def two_readings(self, facts: _Facts) -> str:
        return self.two_dates(facts) if "dates" in facts else self.two_amounts(facts)

    def currency(self, facts: _Facts) -> str:
        return self.words.text("said in {unit}, counted here in roubles", unit=facts["unit"])

    def dated(self, facts: _Facts) -> str:
        day = dated(self.words, facts["deadline"], self.today)
        return self.words.plural(
            "by {day}: {n} day, today included", "by {day}: {n} days, today included", facts["days"], day=day
        )

    def two_dates(self, facts: _Facts) -> str:
        days = self.words.text(" or ").join(dated(self.words, day, self.today) for day in facts["dates"])
        return self.words.text("two honest readings: {days}", days=days)

    def recurring(self, facts: _Facts) -> str:
        if facts["period"] is None:
            return self.words.text("a standing norm")
        return self.words.text(
            "again and again, {period}", period=self.words.text(PERIODS[facts["period"].value])
        )

    def past(self, facts: _Facts) -> str:
        return self.words.text("{day} is over already", day=dated(self.words, facts["deadline"], self.today))

    def far(self, facts: _Facts) -> str:
        return self.words.text(
            "by {day}: more than a year ahead", day=dated(self.words, facts["deadline"], self.today)
        )

    def priority(self, facts: _Facts) -> str:
        return self.words.text("priority {n}: {name}", n=facts["rank"], name=facts["priority"])

    def purpose(self, facts: _Facts) -> str:
        return self.words.text("«{purpose}»", purpose=facts["purpose"])

    def by_chance(self, facts: _Facts) -> str:
        chance = self.words.percent(facts["chance"])
        said = self.words.text("chance {p}", p=chance)
        if facts["rough"]:
            said = self.words.text("chance {p}, a rough one", p=chance)
        elif facts["little"]:
            said = self.words.text("chance {p}, on few data", p=chance)
        if facts["needed"] is None or facts["now"] is None:
            return said
        pace = mark("{chance}: each post has to bring {needed}, now {now}")
        if not facts["per_post"]:
            pace = mark("{chance}: {needed} a day needed, now {now}")
        return self.words.text(
            pace, chance=said, needed=_pace(self.words, facts["needed"]), now=_pace(self.words, facts["now"])
        )

    def no_history(self, facts: _Facts) -> str:
        missing = facts.get("missing")
        if not missing:
            return self.words.text("no history to judge by yet")
        said = self.words.plural(
            "{n} more day of figures is needed", "{n} more days of figures are needed", missing
        )
        if facts.get("from") is None:
            return said
        return self.words.text(
            "{said}: it can be told from {day}", said=said, day=self.words.day(facts["from"], self.today)
        )

    def effort(self, facts: _Facts) -> str:
        return self.words.text(
            "{needed} a working day needed, the best week had {most}",
            needed=self.words.number(facts["needed"]),
            most=self.words.number(facts["most"]),
        )

    def ask_network(self, facts: _Facts) -> str:
        names = ", ".join(network_name(self.words, name) for name in facts["networks"])
        return self.words.text("In which network: {names}, or all together?", names=names)

    def ask_account(self, facts: _Facts) -> str:
        network = network_name(self.words, facts["network"])
        return self.words.text("Which account in {network}? Add it: smm account add LINK", network=network)

    def ask_reading(self, facts: _Facts) -> str:
        if "dates" in facts:
            days = self.words.text(" or ").join(dated(self.words, day, self.today) for day in facts["dates"])
            return self.words.text("By which day: {days}?", days=days)
        return self.words.text("In all, or on top of what there is?")

    def ask_priority(self, facts: _Facts) -> str:
        names = facts["priorities"]
        if not names:
            return self.words.text("What does the client need it for now?")
        listed = "  ".join(f"{rank} {name}" for rank, name in enumerate(names, 1))
        return self.words.text("What does the client need it for? {priorities}", priorities=listed)

    def ask_smaller(self, facts: _Facts) -> str:
        if not facts.get("targets"):
            return self.words.text("Take less, a later day, or agree what will be given for it?")
        return self.words.text(
            "Take a target from the three, a later day, or agree what will be given for it?"
        )


_WHY: dict[Why, str | Callable[[_Speaker, _Facts], str]] = {
    Why.NAMED: _Speaker.named,
    Why.NOT_NAMED: mark("it is not said what should change"),
    Why.NOT_MEASURABLE: _Speaker.not_measurable,
    Why.WHICH_NETWORK: _Speaker.which_network,
    Why.NO_ACCOUNT: _Speaker.no_account,
    Why.COUNTED: _Speaker.counted_from,
    Why.NO_AMOUNT: mark("no number is named"),
    Why.TWO_READINGS: _Speaker.two_readings,
    Why.NO_BASELINE: mark("it is not known how much there is now"),
    Why.OTHER_CURRENCY: _Speaker.currency,
    Why.DATED: _Speaker.dated,
    Why.RECURRING: _Speaker.recurring,
    Why.NO_DATE: mark("no date is named"),
    Why.PAST: _Speaker.past,
    Why.FAR_AWAY: _Speaker.far,
    Why.PRIORITY: _Speaker.priority,
    Why.PURPOSE: _Speaker.purpose,
    Why.OWN: mark("your own goal"),
    Why.NO_LINK: mark("not linked to what the client wants"),
    Why.EMPTY_WISH: mark("a figure for its own sake is no use to the client"),
    Why.LIKELY: _Speaker.by_chance,
    Why.AT_RISK: _Speaker.by_chance,
    Why.UNLIKELY: _Speaker.by_chance,
    Why.ABSURD: mark("such a leap hardly ever happens without a large budget"),
    Why.NO_HISTORY: _Speaker.no_history,
    Why.NOT_FORECAST: mark("such a figure is not forecast: judge it together with the client"),
    Why.NOT_YET: mark("can be judged when there is a number and a date"),
    Why.EFFORT_FITS: _Speaker.effort,
    Why.EFFORT_HARD: _Speaker.effort,
    Why.ALREADY: mark("the figure stands there already"),
}
_BY_LETTER = {
    Letter.SPECIFIC: mark("What exactly will be seen on the screen when it has worked?"),
    Letter.MEASURABLE: mark("How much is it now, and how much should it be?"),
    Letter.ATTAINABLE: mark("What has to be given for it: hours, budget, photos, a discount?"),
    Letter.RELEVANT: mark("What does the client need it for now?"),
    Letter.TIMED: mark("By which day?"),
}


_QUESTIONS: dict[Why, str | Callable[[_Speaker, _Facts], str]] = {
    Why.WHICH_NETWORK: _Speaker.ask_network,
    Why.NO_ACCOUNT: _Speaker.ask_account,
    Why.TWO_READINGS: _Speaker.ask_reading,
    Why.NO_BASELINE: mark("How much is it now?"),
    Why.OTHER_CURRENCY: mark("How much is it in roubles?"),
    Why.PAST: mark("By which day from now on?"),
    Why.FAR_AWAY: mark("Where should it be in three months?"),
    Why.NO_LINK: _Speaker.ask_priority,
    Why.AT_RISK: _Speaker.ask_smaller,
    Why.UNLIKELY: _Speaker.ask_smaller,
    Why.ABSURD: _Speaker.ask_smaller,
    Why.EFFORT_HARD: mark("Who makes so much, and in which hours?"),
    Why.ALREADY: mark("How much more should it be?"),
}
