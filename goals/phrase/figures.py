"""Numbers of a line: what noun each stands before, percent and factors, the figure that stands now."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goals.phrase.spelling import words
from goals.phrase.tokens import Line
from goals.phrase.vocabulary import marks_of, metric_of, network_of

_CURRENCY = re.compile(
    r"(?:(?P<RUB>₽|руб\w*|р|rub|rur|rubles?|roubles?)|(?P<USD>\$|usd|долл\w*|бакс\w*|dollars?|bucks)"
    r"|(?P<EUR>€|eur|евро|euros?))$"
)
_PERCENT = re.compile(r"(?:%|процент\w*|percent|pct)$")
_FACTORS = re.compile(
    r"(?P<half>на половину|наполовину|вполовину|пополам|by half|in half|hal(?:ve|ving))|(?P<third>на "
    r"треть|by (?:a|1) third)"
    r"|(?P<quarter>на четверть|by (?:a|1) quarter)|(?P<two>вдвое|удво(?:и|ен)\w+|doubl\w+|twice)"
    r"|(?P<three>втрое|утро(?:и|ен)\w+|tripl\w+|thrice)"
    r"|(?P<four>вчетверо|quadrupl\w+)|(?:в|во|на) (?P<times>[0-9]+(?:,[0-9]+)?)(?:-[0-9,]+)? раза?"
    r"|(?P<more>[0-9]+(?:,[0-9]+)?) times (?=more|as|less|fewer|cheaper|higher|lower|bigger)"
)
_NAMED_FACTORS = {"two": 2.0, "three": 3.0, "four": 4.0}
_NAMED_SHARES = {"half": 50.0, "third": 33.3, "quarter": 25.0}
#: Where a noun phrase after a number ends.
_STOPS = words(
    "до к ко за в во на с со из для от по у под над при через чтобы и или а но не по про о об by in on "
    "for from to with within until till before per and or via at under than through who that но это без "
    "раз раза times"
)
_OPEN_COMPOUND = re.compile(r"[a-z]+$")
_SKIPPED_NUMBER = re.compile(r"(?:топ|top|версия|№|#|этап)$")
_NOW = re.compile(
    r"(?:(?<=^)|(?<= ))(?:сейчас|у нас|у меня|пока|на данный момент|на сегодня|now|currently|right now"
    r"|we have"
    r"|имеем|уже|already at)"
    r"(?: (?:у|нас|в|на|группе|канале|есть|около|примерно|по|at|we|have|about|are|is|it|only|всего|-|:))*"
    r" (?P<now>[0-9]+(?:,[0-9]+|\.[0-9]+)?)(?![^ ])"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number: its token, the metric of the noun after it, its currency, percent, people without a name."""

    index: int
    metric: str | None
    currency: str | None
    percent: bool
    people: bool


def standing(line: Line) -> float | None:
    """The figure that there is now («сейчас 870»), cut out of the line where another one is the goal."""
    match = line.search(_NOW)
    if match is None:
        return None
    number = line.span(match, "now")[0]
    others = [i for i in line.live() if i != number and line.tokens[i].value is not None]
    if not others:
        return None
    line.cut(range(line.span(match)[0], number + 1))
    return line.tokens[number].value


def _head(line: Line, at: int, last: int) -> tuple[str | None, bool]:
    """The metric that the noun after a number names, and whether people were named instead."""
    found: str | None = None
    people = False
    for index in range(at + 1, min(last, at + 6)):
        word = line.tokens[index].canon
        if network_of(word) is not None and found is None:
            continue
        if line.gone[index] or word in _STOPS or not (word.isalpha() or word[0] == "U"):
            break
        metric = metric_of(word)
        if found is not None:
            if metric is None or not _OPEN_COMPOUND.match(word):
                break
            found = metric
        elif metric is not None:
            found = metric
            if not _OPEN_COMPOUND.match(word):
                break
        elif word == "Uhour":
            return "hours", False
        elif "people" in marks_of(word):
            people = True
    return found, people and found is None


def _currency(line: Line, at: int) -> str | None:
    for index in (at + 1, at - 1):
        if 0 <= index < len(line.tokens) and not line.gone[index]:
            match = _CURRENCY.match(line.tokens[index].canon)
            if match and (index > at or line.tokens[index].canon in {"$", "€", "₽", "usd", "eur"}):
                return match.lastgroup
    return None


def numbers_of(line: Line, span: range) -> list[Number]:
    """The numbers of a part of the line with their nouns."""
    found = []
    for index in span:
        token = line.tokens[index]
        if line.gone[index] or token.value is None:
            continue
        before = next(
            (line.tokens[i].canon for i in (index - 1, index - 2) if i >= 0 and line.tokens[i].canon != "-"),
            "",
        )
        if _SKIPPED_NUMBER.match(before):
            continue
        following = line.tokens[index + 1].canon if index + 1 < span.stop else ""
        metric, people = _head(line, index, span.stop)
        percent = bool(_PERCENT.match(following))
        found.append(Number(index, metric, _currency(line, index), percent, people))
    return found


def share_of(line: Line, span: range, numbers: list[Number]) -> tuple[float, int | None] | None:
    """Growth in percent that the words say, negative for a fall, and its number's token."""
    live = [index for index in span if not line.gone[index]]
    falls = any(
        marks_of(line.tokens[index].canon) & {"fall", "less"}
        and (index == 0 or line.tokens[index - 1].canon != "не")
        for index in live
    )
    for number in numbers:
        if number.percent:
            value = line.tokens[number.index].value or 0.0
            return (-value if falls else value), number.index
    tokens = line.tokens
    factor = next((tokens[n.index].value for n in numbers if tokens[n.index].times), None)
    canon = line.said(span)
    match = _FACTORS.search(canon)
    if match and match.lastgroup in _NAMED_SHARES:
        share = _NAMED_SHARES[match.lastgroup]
        return (-share if falls or match.group().startswith("hal") else share), None
    if match and match.lastgroup is not None:
        written = match["times"] or match["more"]
        factor = float(written.replace(",", ".")) if written else _NAMED_FACTORS[match.lastgroup]
    if factor is None or factor <= 0:
        return None
    return (-(1 - 1 / factor) * 100 if falls else (factor - 1) * 100), None


def is_headed(number: Number) -> bool:
    """Whether a number stands before the noun that it counts."""
    return number.metric is not None and not number.percent


def primary(numbers: list[Number], share: tuple[float, int | None] | None) -> Number | None:
    """The number that the goal is about."""
    if share is not None and share[1] is not None:
        return next(number for number in numbers if number.index == share[1])
    if share is not None:
        return None
    return next(
        filter(is_headed, numbers), next((n for n in numbers if n.currency), numbers[0] if numbers else None)
    )
