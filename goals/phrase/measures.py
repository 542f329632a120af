"""What is counted and how much: the number of a goal, its metric, percent and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from goals.phrase.figures import Number, is_headed, numbers_of, primary, share_of
from goals.phrase.naming import (
    BROUGHT,
    FOR_LEADS,
    HOURLY,
    PRICE_OF_CLICK,
    QUALITY,
    chosen,
    cost_of,
    metrics_of,
    money_metric,
    people_metric,
    people_reached,
)
from goals.phrase.tokens import Line
from goals.phrase.vocabulary import CONTENT, MONEY, PER_CONTENT, marks_of, metric_of

_FROM_TO = re.compile(
    r"(?:(?:с|со|от|from) )?(?P<from>[0-9]+(?:,[0-9]+|\.[0-9]+)?)(?: (?:%|[а-яa-z₽]+)){0,3} (?:до|to"
    r"|- >|→|=?>) (?:\$ )?(?P<to>[0-9]+(?:,[0-9]+|\.[0-9]+)?)"
)
_SINGULAR = (
    r"(?:пост|поста|постом|посте|посту|ролик|ролика|роликом|ролике|клип|клипа|клипом|клипе|рилс|рилса"
    r"|рилсе|видео|эфир|эфира|эфире"
    r"|публикацию|публикацией|публикации|сторис|стори|сторю|карусель|карусели|шортс|выпуск|выпуска"
    r"|стрим|стрима|post|video|reel|reels|story|short|clip"
    r"|stream|episode|article|publication|piece|фото|фотографию|фотографией|photo|picture|carousel)"
)
_AVERAGE = re.compile(
    rf"(?:на|под|за|у|с|per|on each|under each|each|every|кажд\w+|a) (?:1 |кажд\w+ |любы\w+ |each "
    rf"|every |single |blog |наш\w+ )*{_SINGULAR}(?![^\W_])"
    rf"|кажд\w+ (?:\w+ )?{_SINGULAR}(?![^\W_])|(?:кажд\w+|each|every) (?:пост|ролик|клип|видео|post|video)"
)
#: Words for a piece that are the same for one and many: a floor beside them tells that one is meant.
_ONE_OR_MANY = r"(?:сторис|рилс|видео|шортс|публикации|карусели|стори|reels)"
_OF_ONE = re.compile(
    rf"(?:охват\w*|просмотр\w*|лайк\w*|reach|views) (?!{_ONE_OR_MANY}(?![^\W_])){_SINGULAR}(?![^\W_])"
    rf"|(?:охват\w*|просмотр\w*) {_ONE_OR_MANY} (?:не (?:ниже|меньше|менее)|минимум|от|хотя бы)"
)
#: What the amount of a metric is counted in, where it is not pieces or money.
UNITS = {
    "audience": "people",
    "reach": "people",
    "engagement_rate": "percent",
    "topic_share": "percent",
    "leaves": "people",
    "joins": "people",
    "reply_time": "minutes",
    "hours": "hours",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """The figure of a goal. `share` says that `amount` is percent of growth, negative for a fall."""

    metric: str | None = None
    amount: float | None = None
    upper: float | None = None
    baseline: float | None = None
    currency: str | None = None
    share: bool = False
    percent: bool = False
    averaged: bool = False
    number: int | None = None
    headed: bool = False

    @property
    def unit(self) -> str | None:
        """What the amount is counted in; None where there is none."""
        if self.amount is None:
            return None
        if self.share or (self.metric is None and self.percent):
            return "percent"
        if self.metric in MONEY or (self.metric is None and self.currency):
            return self.currency or "RUB"
        return UNITS.get(self.metric or "", "count")


_MOVES = frozenset({"grow", "fall", "win", "reached"})
_WATCHED = re.compile(r"Uhour (?:просмотр|of watch|watch)|watch Uhour")
_EACH = re.compile(r"(?:кажд\w+|each|every)$")
_CONVERSION = re.compile(r"\b(?:конверси|conversion|ctr\b)")
_NO_WORK = re.compile(r"\b(?:не|перестать|прекратить|хватит|stop|quit|not|never) (?:работать|work\w*)\b")
_BILL = re.compile(r"средн\w+ чек")


def measure(line: Line, span: range, fallback: str | None) -> Measure:
    """The figure that a part of the line says; `fallback` is what a bare number counts."""
    numbers = numbers_of(line, span)
    found = metrics_of(line, span)
    share = share_of(line, span, numbers)
    number = primary(numbers, share)
    headed = number is not None and is_headed(number)
    metric = number.metric if number and headed else chosen(line, found)
    people = people_metric(line, span)
    if people and (
        metric is None
        or (metric in CONTENT and not headed)
        or (metric == "audience" and people == "leads" and not headed)
    ):
        metric = people
    metric = (
        None if headed and number and not number.currency else cost_of(metric, found, line, span)
    ) or metric
    if number is not None and share is None:
        metric = money_metric(line, metric, number, found)
    if metric is None and number is not None and "Uhour" in line.said(span).split():
        metric = "hours"
    if metric is None and (number is not None or share is not None):
        metric = fallback
    if metric in CONTENT and number is None and QUALITY.search(line.said(span)):
        metric = None
    if people_reached(line, span, number):
        metric = "reach"
    if PRICE_OF_CLICK.search(line.said(span)) or HOURLY.search(line.said(span)):
        metric = None
    if number is None and metric == "hours" and _NO_WORK.search(line.said(span)):
        metric = None
    if metric == "clients" and any(FOR_LEADS.match(line.tokens[i].canon) for i in span if not line.gone[i]):
        metric = "leads"
    return _finished(line, span, metric, number, share)


def _level_of_rate(line: Line, metric: str | None, number: Number | None) -> bool:
    """Whether percent of an engagement rate are the rate itself and not its growth."""
    if metric not in {"engagement_rate", "engagement"} or number is None or not number.percent:
        return False
    before = {line.tokens[index].canon for index in range(max(0, number.index - 1), number.index)}
    after = {
        line.tokens[index].canon for index in range(number.index + 2, min(number.index + 4, len(line.tokens)))
    }
    grows = any("grow" in marks_of(word) for word in after)
    if "на" in before and BROUGHT.search(line.canon):
        return True
    return not (before & {"на", "by", "+", "плюс"} or grows)


def _renamed(metric: str | None, canon: str) -> tuple[str | None, bool]:
    """The metric that two words together name, and whether it is an average by itself."""
    if metric == "income" and _BILL.search(canon):
        return "revenue", True
    if metric == "hours" and _WATCHED.search(canon):
        return "views", False
    return metric, False


def _of_each(line: Line, at: int) -> bool:
    """Whether «каждый» or "each" here is of a piece of content, or of those just named ("300 views each")."""
    if line.gone[at] or not _EACH.match(line.tokens[at].canon):
        return False
    after = [
        line.tokens[index].canon
        for index in range(at + 1, min(at + 3, len(line.tokens)))
        if not line.gone[index]
    ]
    return not after or any(metric_of(word) in CONTENT for word in after)


def _is_averaged(line: Line, span: range, metric: str | None) -> bool:
    """Whether the figure is meant for one piece of content: «на пост», «в среднем»."""
    if metric not in PER_CONTENT:
        return False
    canon = line.said(span)
    if any(_of_each(line, index) for index in span):
        return True
    middling = any("average" in marks_of(line.tokens[i].canon) for i in span if not line.gone[i])
    return middling or bool(_AVERAGE.search(canon) or _OF_ONE.search(canon))


def _pair(line: Line, span: range, metric: str | None) -> tuple[float, float, bool] | None:
    """The two figures of «с 1200 до 1500», and whether they are but a range («от 3 до 5 постов»)."""
    canon = line.said(span)
    match = _FROM_TO.search(canon)
    if match is None:
        return None
    low, high = (float(match[name].replace(",", ".")) for name in ("from", "to"))
    if low < 1000 <= high and any(
        line.tokens[i].multiplied and line.tokens[i].value == high for i in span if not line.gone[i]
    ):
        # «С 5 до 8 тысяч»: the multiplier is said once.
        low *= 1e6 if high >= 1e6 else 1e3
    moves = any(marks_of(line.tokens[i].canon) & _MOVES for i in span if not line.gone[i])
    return low, high, match.group().startswith("от ") and metric in CONTENT and not moves


def _finished(
    line: Line, span: range, metric: str | None, number: Number | None, share: tuple[float, int | None] | None
) -> Measure:
    """The measure of a part whose metric and number are settled."""
    metric, averaged = _renamed(metric, line.said(span))
    if _CONVERSION.search(line.said(span)):
        amount = line.tokens[number.index].value if number is not None else None
        percent = number is not None and number.percent
        return Measure(None, amount, percent=percent, number=number.index if number else None)
    averaged = averaged or _is_averaged(line, span, metric)
    level = _level_of_rate(line, metric, number)
    if level:
        metric = "engagement_rate"
    if share is not None and not level:
        upper = line.tokens[number.index].upper if number else None
        place = number.index if number else None
        headed = number is not None and is_headed(number)
        return Measure(metric, share[0], upper, share=True, percent=True, number=place, headed=headed)
    if number is None:
        return Measure(metric, averaged=averaged)
    token = line.tokens[number.index]
    found = Measure(
        metric,
        token.value,
        token.upper,
        currency=number.currency,
        percent=number.percent,
        averaged=averaged,
        number=number.index,
        headed=is_headed(number),
    )
    pair = _pair(line, span, metric)
    if pair is None:
        return found
    low, high, is_range = pair
    if is_range:
        return replace(found, amount=low, upper=high)
    return replace(found, amount=high, upper=None, baseline=low)
