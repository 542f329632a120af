"""What options add to a line: they fill in what it leaves open, and outweigh its numbers and dates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.amounts import read_amount, read_baseline, read_choice, read_day, read_metric
from cli.exits import Exit, UserError
from goals.draft import OTHER_MONEY, Letter
from goals.metrics import METRICS, Nature, Unit
from goals.model import GoalKind, Period
from goals.phrase import read_number
from goals.phrase.lacking import VAGUE_METRICS, is_absurd
from goals.validity import kind_flaw
from wording.goals import metric_name

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from goals.draft import Draft, Wish
    from goals.metrics import Metric
    from store.contract import Reader
    from wording.words import Words

#: What a line says for itself; an option only fills it in.
_OPEN = ("metric", "kind", "network", "period", "topic")
_USUAL_KIND = {
    Nature.LEVEL: GoalKind.GAIN,
    Nature.TOTAL: GoalKind.TOTAL_IN_PERIOD,
    Nature.CONTENT: GoalKind.TOTAL_IN_PERIOD,
}


def filled(words: Words, reader: Reader, wish: Wish, args: argparse.Namespace, today: date) -> Wish:
    """The wish with what the options say, in all of its readings. Raises UserError."""
    wish = _in_network(wish, args.network)
    draft = _filled(words, reader, wish, wish.draft, args, today)
    others = dict.fromkeys(_filled(words, reader, wish, other, args, today) for other in wish.alternatives)
    places = wish.places if args.network is None else ()
    return replace(
        wish, draft=draft, alternatives=tuple(other for other in others if other != draft), places=places
    )


def _in_network(wish: Wish, network: str | None) -> Wish:
    """The wish with the readings about this network alone, where the line names several to choose from."""
    readings = (wish.draft, *wish.alternatives)
    here = [reading for reading in readings if reading.network == network]
    if network is None or not here or len(here) == len(readings):
        return wish
    either = len({reading.metric for reading in here}) > 1
    return replace(wish, draft=here[0], alternatives=tuple(here[1:]), either=either)


def chosen(words: Words, wish: Wish, reading: int | None) -> Wish:
    """The wish under its reading of this number, from 1. Raises UserError for a number that it has not."""
    if reading is None:
        return wish
    readings = (wish.draft, *wish.alternatives)
    if not 1 <= reading <= len(readings):
        raise UserError(
            words.text("The line has no reading {n}", n=reading),
            words.text('See the readings: smm goal check "{line}"', line=wish.text),
            Exit.USAGE,
        )
    return replace(wish, draft=readings[reading - 1], alternatives=())


def still_missing(wish: Wish, args: argparse.Namespace, today: date) -> Wish:
    """The wish with the letters that words and options together still lack."""
    dated, named = args.deadline is not None, args.metric is not None
    return replace(
        wish,
        missing=_missing(wish, args, today),
        passed=None if dated else wish.passed,
        no_day=None if dated else wish.no_day,
        uncounted=None if named else wish.uncounted,
        loss=None if args.amount is not None else wish.loss,
    )


def already_said(words: Words, wish: Wish, args: argparse.Namespace) -> list[str]:
    """The options that the line needs no more, as it says something else itself."""
    return [
        f"--{name}"
        for name in _OPEN
        if getattr(args, name, None) is not None
        and not _is_open(wish, wish.draft, name, args)
        and not _is_same(words, wish.draft, name, getattr(args, name))
    ]


def _is_open(wish: Wish, draft: Draft, name: str, args: argparse.Namespace) -> bool:
    if name == "metric":
        return draft.metric is None or draft.metric in VAGUE_METRICS or wish.hidden
    if name == "kind":
        return draft.kind is None or (args.metric is not None and _is_open(wish, draft, "metric", args))
    if name == "network" and args.network in {*wish.places, *(each.network for each in wish.alternatives)}:
        return True
    return getattr(draft, name) is None


def _is_same(words: Words, draft: Draft, name: str, typed: str) -> bool:
    """Whether an option says what the line says."""
    said = str(getattr(draft, name)).casefold()
    names = {said}
    if name == "metric":
        names.add(metric_name(words, said).casefold())
    return typed.strip().casefold() in names


def per_week(words: Words, text: str | None) -> float | None:
    """The weekly rate that was typed. Raises UserError for what is none."""
    if text is None:
        return None
    found = read_number(text)
    if found is None or found <= 0:
        raise UserError(
            words.text("«{text}» is no amount", text=text),
            words.text("Write it like 300, 10k, 1.5M or 4.5"),
            Exit.USAGE,
        )
    return found


def _filled(
    words: Words, reader: Reader, wish: Wish, draft: Draft, args: argparse.Namespace, today: date
) -> Draft:
    draft = _measured(words, wish, draft, args)
    if args.period is not None and draft.period is None:
        draft = _repeated(words, draft, args.period)
    if args.network is not None and _is_open(wish, draft, "network", args):
        draft = replace(draft, network=_network(words, reader, args.network))
    if args.topic is not None and draft.topic is None:
        draft = replace(draft, topic=args.topic)
    if args.start is not None:
        draft = replace(draft, start=read_day(words, args.start, today))
    if args.deadline is not None:
        from cli.goal.fields import read_deadline

        draft = replace(draft, deadline=read_deadline(words, args.deadline, today, draft.start))
    if args.start is not None or args.deadline is not None:
        _refuse_early_end(words, draft, today)
    if args.purpose is not None:
        from cli.goal.fields import read_purpose

        draft = replace(draft, purpose=read_purpose(words, args.purpose, today))
    if args.given is not None:
        from cli.goal.fields import read_given

        draft = replace(draft, given=read_given(words, args.given, today))
    return draft


def _refuse_early_end(words: Words, draft: Draft, today: date) -> None:
    """Refuse days of the options by which the goal would end before it starts (exit code 2)."""
    if draft.deadline is None or draft.start is None or draft.deadline >= draft.start:
        return
    from wording.validity import early_end_sentence

    sentence = early_end_sentence(words, draft.start, draft.deadline, today)
    raise UserError(sentence.message, sentence.next_step, Exit.USAGE)


def _measured(words: Words, wish: Wish, draft: Draft, args: argparse.Namespace) -> Draft:
    """The draft with its measure, kind, amount and the figure to start from."""
    if args.metric is not None and _is_open(wish, draft, "metric", args):
        metric = read_metric(words, args.metric)
        draft = replace(draft, metric=metric.name, unit=None, kind=_kind_for(metric, draft.kind))
    if args.kind is not None and (draft.kind is None or args.metric is not None):
        kind = GoalKind(read_choice(words, args.kind, GoalKind, words.text("The kind of goal")))
        draft = replace(draft, kind=kind)
    if args.amount is not None:
        metric = _named(words, draft)
        kind = _kind_for(metric, draft.kind)
        amount = read_amount(words, args.amount, metric, kind)
        unit = Unit.RUB.value if draft.unit in OTHER_MONEY else draft.unit
        draft = replace(draft, kind=kind, amount=amount, unit=unit)
    if args.baseline is not None:
        draft = replace(draft, baseline=read_baseline(words, args.baseline, _named(words, draft)))
    return draft


def _kind_for(metric: Metric, kind: GoalKind | None) -> GoalKind:
    """The kind that was said, or the usual one of the metric where it cannot be measured so."""
    if kind is not None and kind_flaw(metric, kind) is None:
        return kind
    return usual_kind(metric)


def usual_kind(metric: Metric) -> GoalKind:
    """How an amount of a metric is meant where nobody says it: a gain, a total, a mean."""
    return _USUAL_KIND.get(metric.nature, GoalKind.AVERAGE)


def _named(words: Words, draft: Draft) -> Metric:
    if draft.metric is None:
        raise UserError(
            words.text("It is not said yet what is measured"),
            words.text("Name it: --metric audience, posts, sales …"),
            Exit.USAGE,
        )
    return METRICS[draft.metric]


def _repeated(words: Words, draft: Draft, period: str) -> Draft:
    """The draft as a rate: so many each time. Raises UserError for what does not add up."""
    adds_up = draft.metric is not None and METRICS[draft.metric].adds_up
    if draft.kind is not GoalKind.KEEP_RATE and not adds_up:
        raise UserError(
            words.text("Only a goal of kind keep_rate has a period"),
            words.text("Take --kind keep_rate for so many each time, or leave out --period"),
            Exit.USAGE,
        )
    found = Period(read_choice(words, period, Period, words.text("The period")))
    return replace(draft, period=found, kind=GoalKind.KEEP_RATE)


def _network(words: Words, reader: Reader, typed: str) -> str | None:
    from cli.goal.fields import is_nothing, known_network

    return None if is_nothing(typed) else known_network(words, reader, typed)


def _missing(wish: Wish, args: argparse.Namespace, today: date) -> tuple[Letter, ...]:
    """The letters that words and options together still lack."""
    draft = wish.draft
    named = (args.metric or args.amount) is not None and draft.metric is not None
    moved = args.amount is not None or args.deadline is not None
    closed = {
        Letter.SPECIFIC: named and draft.metric not in VAGUE_METRICS,
        Letter.MEASURABLE: draft.amount is not None,
        Letter.TIMED: draft.deadline is not None or draft.period is not None,
        Letter.RELEVANT: args.purpose is not None,
        Letter.ATTAINABLE: moved and not is_absurd(draft, today),
    }
    return tuple(letter for letter in wish.missing if not closed[letter])
