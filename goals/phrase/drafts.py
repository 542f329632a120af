"""One part of a line to one goal: its figure, kind, dates, and the letters that it lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from goals.draft import Draft, Wish
from goals.metrics import METRICS
from goals.model import GoalKind, Period
from goals.phrase.calendar import Window, add_months
from goals.phrase.kinds import Said, kind_of, other_kinds
from goals.phrase.lacking import missing, uncounted
from goals.phrase.measures import Measure, measure
from goals.phrase.rates import Rate
from goals.phrase.spelling import words
from goals.phrase.tokens import Line, fold
from goals.phrase.vocabulary import CONTENT, MONEY, marks_of, metric_of
from goals.third import contradiction

#: A piece in the singular, and words that ask for it.
_SINGLE = words(
    "пост ролик клип рилс рил видеоролик статью курс эфир стрим карусель подкаст кейс post reel short "
    "clip article course stream carousel story livestream case video"
)
_MAKING = words(
    "нужен нужна нужно пройти снять написать выпустить опубликовать провести выложить записать "
    "запустить закончить оформить a an finish publish"
)
#: Thousands of nothing named, after these, are the specialist's money.
_TAKINGS = re.compile(r"\b(?:выйти на|закрыть|сделать|стабильн\w+|принос\w+|make|take home)\b")
_COPY = re.compile(
    r"как (?:у|в|на) (?:\w+ )*(?:конкурент\w*|сосед\w*|других|всех|лидер\w*|топ\w*)|(?:like"
    r"|as) (?:\w+ )*(?:competitors?|rivals?)"
)
_WRITING = re.compile(
    r"\b(?:писать|пишем|вести|выкладыва\w+|выходить|контент\w*|блог(?:а|е|у|ом)?\b|content|blog|write|upload)\b"
)
_MORE_OFTEN = re.compile(r"(?:чаще|почаще|often)\b")
#: After these «больше» is a bound or an end, and no growth: «больше чем», «больше не».
_NO_GROWTH = {"чем", "than", "не", "никаких", "никогда"}
_WORDS_BEFORE = 4
#: Words right before a number that make it the most there may be.
_MOST_BEFORE = re.compile(
    r"(?:не (?:больше|более|выше|дороже|чаще|дольше)|(?<!не )(?:меньше|менее)|максимум|предел\w*|макс|max"
    r"|at most|(?:no|not) more than|under|below|fewer than|less than|не превышать)"
    r"(?: (?:чем|по|в|with|of|:|-))*$"
)
_MOST = re.compile(r"(?:максимум|maximum|at most|макс|max|не больше|не более)(?![^\W_])")
_IN_ALL = re.compile(r"(?:всего|итого|in total|total)(?: of)? (?P<n>[0-9]+(?:,[0-9]+)?)(?![^\W_])")
#: Words of making less of what ought to grow.
_LOWERING = re.compile(
    r"(?<!не )\b(?:сни[зж]\w+|уменьш\w+|сокра[тщ]\w+|пони[зж]\w+|урез\w+"
    r"|reduc\w+|decreas\w+|shrink\w*|lower|drop|cut)\b"
)
#: A wish that something should be no more.
_AGAINST = re.compile(
    r"\b(?:не|без|перестать|прекратить|хватит|меньше|stop|quit|never|not|without|don ' t|no more|less|fewer)"
    r"(?: больше| more)? (?:по|рас)?(?:теря|лиш|сли|los|shed|работать\b|work)\w*"
)
#: What begins a wish that something should end.
_ENDING = re.compile(
    r"\b(?:(?:больше )?не работать|перестать|прекратить|хватит"
    r"|больше (?:не|никаких|никогда)|stop|quit|no more (?!than))\b"
)
#: Figures of people and their signs that are sold.
_BOUGHT = frozenset(
    {"audience", "likes", "comments", "shares", "views", "engagement", "reviews", "joins", "saves", "reach"}
)
_NOT_BUYING = {"не", "not", "who", "that", "которые", "чтобы", "t", "never"}
#: A group led to «десятка» has ten thousand people.
_ROUND = re.compile(r"(?:двойк|тройк|четверк|пятерк|десятк|двадцатк|тридцатк|полтинник|сотк)\w*$")
_THOUSAND = 1_000
_WEEKS = {Period.DAY: 7.0, Period.WEEK: 1.0, Period.MONTH: 7 / 30}


@dataclass(frozen=True, slots=True)
class Shared:
    """What the goals of one line have in common."""

    places: list[tuple[int, str | None]]
    topics: list[tuple[int, str]]
    purpose: str | None
    windows: list[Window]
    rates: list[Rate]
    reply: tuple[bool, float | None]
    baseline: float | None
    given: str | None
    marks: frozenset[str] = frozenset()


def _rate_for(line: Line, span: range, shared: Shared, found: Measure) -> Rate | None:
    """The rate of a part: its own, or for content one that stands for all parts; none of another number's."""
    own = _own_rate(span, shared)
    if own is not None and _pace_beside(line, own, shared, found) is not None:
        return None
    if own is not None or not shared.rates:
        return own
    return shared.rates[0] if found.metric in CONTENT else None


def _own_rate(span: range, shared: Shared) -> Rate | None:
    return next((rate for rate in shared.rates if rate.first in span), None)


def _pace_beside(line: Line, rate: Rate, shared: Shared, found: Measure) -> float | None:
    """How many a week a rate says that stands beside the amount («12 постов до 30-го, по 5 в неделю»)."""
    if found.number is None or not found.headed:
        return None
    between = range(found.number + 1, rate.first)
    number = next(
        (line.tokens[i].value for i in reversed(between) if line.tokens[i].value and not line.gone[i]), None
    )
    if number is None and rate.times is not None and found.metric in CONTENT:
        dated = any(window.deadline is not None for window in shared.windows)
        parted = any(line.tokens[i].canon == "," and not line.gone[i] for i in between)
        number = rate.times if dated and parted else None
    return None if number is None else number * _WEEKS[rate.period]


def _before(line: Line, number: int | None) -> str:
    """The few words that stand right before the number."""
    if number is None:
        return ""
    first = max(0, number - _WORDS_BEFORE)
    return " ".join("|" if line.gone[index] else line.tokens[index].canon for index in range(first, number))


def _with_rate(found: Measure, rate: Rate | None, around: Said) -> Measure:
    """The figure with what the words of recurrence add: «пять раз в день», «каждый вторник»."""
    if rate is None or found.share:
        return found
    if found.metric is None and _WRITING.search(around.words):
        found = replace(found, metric="posts")
    if found.amount is not None:
        if rate.times is not None and found.metric in CONTENT:
            return replace(found, amount=found.amount * rate.times)
        return replace(found, averaged=found.averaged and rate.times is not None)
    counted = rate.times is not None and found.metric not in MONEY | {"hours"}
    each = found.metric in CONTENT and not _MORE_OFTEN.search(around.words)
    return replace(found, amount=rate.times or 1.0) if counted or each else found


def _single(line: Line, span: range, found: Measure) -> Measure:
    """A single piece asked for in the singular is one: «нужен пост», «вирусный ролик»."""
    if found.amount is not None or found.metric not in CONTENT | {"courses", "cases"}:
        return found
    words = {line.tokens[index].canon for index in span if not line.gone[index]}
    return replace(found, amount=1.0) if words & _SINGLE and words & _MAKING else found


def drafted(line: Line, span: range, shared: Shared, today: date, inherited: str | None) -> Wish:
    """The goal of one part of the line; `inherited` is the metric of the part before."""
    own = (each for each in shared.windows if each.place in span)
    window = next(own, shared.windows[0] if shared.windows else None)
    network = next((name for place, name in shared.places if name and place in span), _first_network(shared))
    marks = shared.marks | marks_in(line, span)
    fallback = inherited or ("audience" if shared.places else None)
    found = _reply(shared, marks) or _single(line, span, measure(line, span, fallback))
    rate = _rate_for(line, span, shared, found)
    if found.metric is None and found.number is not None and _TAKINGS.search(line.said(span)):
        found = replace(found, metric="income" if line.tokens[found.number].multiplied else None)
    if found.metric is None and "often" in marks and _WRITING.search(line.said(span)):
        found = replace(found, metric="posts")
    dated = window is not None and window.deadline is not None
    said_words = line.said(span)
    around = Said(
        marks,
        _before(line, found.number),
        rate.period if rate else None,
        dated,
        said_words,
        _is_windowed(window),
    )
    found = _with_rate(found, rate, around)
    if found.metric == "audience" and "losing" in marks and _is_against(line, span):
        found = replace(found, metric="leaves", headed=False)
    elif found.number is None and _ENDING.search(said_words) and not _is_limit(found.metric):
        # A wish against something counts nothing, so that it is kept under its own words.
        found = replace(found, metric=None, amount=None)
    loss = _loss(line, found, around)
    if loss is not None and found.metric is not None and METRICS[found.metric].less_is_better:
        found, loss = replace(found, amount=-loss if found.share else loss), None
    elif loss is not None:
        found = replace(found, amount=None)
    if found.baseline is None and found.amount is not None and span.start == 0:
        found = replace(found, baseline=shared.baseline)
    kind = kind_of(found, around)
    rounded = _is_round(line, found, kind)
    if rounded and found.amount is not None:
        found = replace(found, amount=found.amount * _THOUSAND)
    own_rate = _own_rate(span, shared)
    draft = Draft(
        network=network,
        metric=found.metric,
        kind=kind,
        amount=found.amount,
        unit=found.unit,
        topic=_topic_in(shared, span),
        period=around.period if _repeats(kind, found) else None,
        start=window.start if window else None,
        deadline=window.deadline if window else None,
        baseline=found.baseline,
        purpose=shared.purpose,
        per_week=_pace_beside(line, own_rate, shared, found) if own_rate else None,
        ceiling=found.amount is not None and _is_most(around),
        given=shared.given,
    )
    draft = _against_total(line, span, draft, today)
    as_rivals = bool(_COPY.search(line.canon))
    letters = missing(
        draft,
        today,
        viral="viral" in marks,
        bought="boosted" in marks or _is_bought(line, span, found),
        as_rivals=as_rivals,
    )
    readings = _alternatives(draft, found, around, window, today)
    if rounded and draft.amount is not None:
        readings = (*readings, replace(draft, amount=draft.amount / _THOUSAND))
    wish = Wish(line.text, draft, readings, letters)
    wish = replace(wish, loss=loss)
    if found.metric is None:
        wish = replace(wish, uncounted=uncounted(said_words))
    if window is None:
        return wish
    return replace(wish, passed=window.passed, no_day=window.no_day, far=window.far)


def _loss(line: Line, found: Measure, around: Said) -> float | None:
    """The number of «минус 100», «-100», «потерять 100», «уменьшить на 100»; None for any other."""
    if found.number is None or found.amount is None or found.amount <= 0:
        return None
    if found.number and _is_minus(line, found.number):
        return found.amount
    if found.share or found.baseline is not None:
        return None
    grown = found.metric is not None and not METRICS[found.metric].less_is_better
    lowered = around.by_gain and bool(_LOWERING.search(around.words))
    lost = "losing" in around.marks or (found.metric == "audience" and _LOWERING.search(around.words))
    return found.amount if grown and (lowered or (lost and not around.to_level)) else None


def _is_minus(line: Line, number: int) -> bool:
    """Whether a number has a minus; a dash that stands apart is rather a bullet of a list."""
    sign, figure = line.tokens[number - 1], line.tokens[number]
    if sign.canon != "-":
        return sign.canon in {"минус", "minus"}
    return sign.end == figure.start and (sign.start == 0 or line.text[sign.start - 1].isspace())


def _is_against(line: Line, span: range) -> bool:
    """Whether the words of a part say what is not to be: «не терять», "stop losing"."""
    return bool(_AGAINST.search(line.said(span)))


def _is_bought(line: Line, span: range, found: Measure) -> bool:
    """Whether what is counted is to be bought: «купить 500 подписчиков», "buy likes"."""
    if found.metric not in _BOUGHT:
        return False
    for index in span:
        before = line.tokens[index - 1].canon if index else ""
        if line.gone[index] or "buying" not in marks_of(line.tokens[index].canon) or before in _NOT_BUYING:
            continue
        after = line.tokens[index + 1 : min(index + 6, span.stop)]
        if any(metric_of(token.canon) in _BOUGHT for token in after):
            return True
    return False


def _is_most(around: Said) -> bool:
    """Whether the number is the most there may be: «не больше 30 часов», «3 проекта максимум»."""
    return bool(_MOST_BEFORE.search(around.before) or _MOST.search(around.words))


def _against_total(line: Line, span: range, draft: Draft, today: date) -> Draft:
    """A rate whose sum was said too («по 5 в неделю, всего 12 до 30-го»), where the two do not agree."""
    if draft.kind is not GoalKind.KEEP_RATE or draft.period is None or draft.amount is None:
        return draft
    match = _IN_ALL.search(line.said(span))
    if match is None:
        return draft
    weekly = draft.amount * _WEEKS[draft.period]
    total = float(match["n"].replace(",", "."))
    summed = replace(draft, kind=GoalKind.TOTAL_IN_PERIOD, amount=total, period=None, per_week=weekly)
    return draft if contradiction(summed, today) is None else summed


def _is_round(line: Line, found: Measure, kind: GoalKind | None) -> bool:
    """Whether a level of people is said by a word of slang that means thousands: «до десятки»."""
    if found.number is None or found.metric != "audience" or kind is not GoalKind.REACH_LEVEL:
        return False
    token = line.tokens[found.number]
    return bool(_ROUND.match(fold(line.text[token.start : token.end])))


def _repeats(kind: GoalKind | None, found: Measure) -> bool:
    """Whether a period that was said belongs to the goal and not to its figure."""
    if kind in {GoalKind.KEEP_RATE, GoalKind.GAIN_PERCENT} or (
        found.amount is None and found.metric in CONTENT
    ):
        return True
    return kind is GoalKind.REACH_LEVEL and found.metric in {"income", "revenue"}


def marks_in(line: Line, span: range) -> frozenset[str]:
    """What the words of a part say; «больше» before a number is a bound and no growth."""
    found: set[str] = set()
    for index in span:
        if line.gone[index]:
            continue
        word = line.tokens[index].canon
        after = line.tokens[index + 1] if index + 1 < len(line.tokens) else None
        bound = after is not None and (after.value is not None or after.canon in _NO_GROWTH)
        if not (bound and word in {"больше", "более", "more", "меньше", "less"}):
            found |= marks_of(word)
    return frozenset(found)


def _is_limit(metric: str | None) -> bool:
    return metric is not None and METRICS[metric].less_is_better and metric != "hours"


def _is_windowed(window: Window | None) -> bool:
    """Whether the words of time name a window from its first day: «in December»."""
    return window is not None and window.start is not None and window.deadline is not None


def _topic_in(shared: Shared, span: range) -> str | None:
    """The topic of a part; one that has none of its own is about the first."""
    own = (topic for place, topic in shared.topics if place in span)
    return next(own, shared.topics[0][1] if shared.topics else None)


def _first_network(shared: Shared) -> str | None:
    return next((name for _, name in shared.places if name), None)


def _reply(shared: Shared, marks: frozenset[str]) -> Measure | None:
    asked, minutes = shared.reply
    return Measure("reply_time", minutes) if asked and "reply" in marks else None


def _alternatives(
    draft: Draft, found: Measure, around: Said, window: Window | None, today: date
) -> tuple[Draft, ...]:
    """Other honest readings: of the kind, of the date, of a range, of the metric."""
    readings = [replace(draft, kind=kind) for kind in other_kinds(found, around, draft.kind)]
    readings += [replace(draft, deadline=other) for other in (window.others if window else ())]
    if found.upper is not None:
        readings.append(replace(draft, amount=found.upper))
    if draft.metric == "engagement_rate" and draft.amount is None:
        readings.append(replace(draft, metric="engagement"))
    elif draft.metric == "engagement":
        readings.append(replace(draft, metric="engagement_rate"))
    elif draft.metric == "sales" and (draft.amount is None or found.share):
        readings.append(replace(draft, metric="revenue"))
    elif draft.metric == "leads" and re.search(r"клиент|client", around.words):
        readings.append(replace(draft, metric="clients"))
    month = draft.deadline is not None and draft.deadline == add_months(today, 1) and draft.metric in CONTENT
    if month and draft.kind is GoalKind.TOTAL_IN_PERIOD:
        readings.append(replace(draft, kind=GoalKind.KEEP_RATE, period=Period.MONTH, deadline=None))
    return tuple(other for other in dict.fromkeys(readings) if other != draft)
