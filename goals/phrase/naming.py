"""Which metric the words of a goal name, when they name several or none."""

from __future__ import annotations

import re

from goals.phrase.figures import Number
from goals.phrase.spelling import words
from goals.phrase.tokens import Line
from goals.phrase.vocabulary import CONTENT, MONEY, PER_CONTENT, marks_of, metric_of, network_of

_OF_TWO_WORDS = (
    ("cost_per_lead", re.compile(r"\b(?:cpl|cpa|cac|cpo|цл)\b")),
    ("cost_per_follower", re.compile(r"\b(?:cpf|cps)\b")),
)
#: Verbs that name a metric only where no noun does («публиковать сторис»).
_DOING = re.compile(
    r"(?:о?публикова\w+|за?пост(?:ить|им|ят|ил\w*)|пост(?:ить|им|ят|ил\w*)|запис(?:ать|ыва\w+|ал\w+)"
    r"|заказ(?:ать|ыва\w+)|posting)$"
)
#: Metrics that content or any other figure beside them outweighs.
_WEAK = frozenset({"hours", "courses"})
_AGENTS = {
    "подписчики",
    "участники",
    "пользователи",
    "followers",
    "subscribers",
    "members",
    "fans",
    "аудитория",
    "клиенты",
}
#: «30 человек на вебинар»: people who come somewhere.
_BROUGHT = re.compile(r"(?:человек\w*|люд\w+|чел|people)(?: [0-9]+)? (?:на|for) (?![0-9])")
#: Words after which English "reach" is a figure and nothing that one does.
_BEFORE_NOUN = words("organic our weekly daily monthly median typical total paid ad")
#: Where people are sent from a network: their visits are counted.
_TO_SITE = re.compile(
    r"\b(?:на|to|onto) (?:\w+ ){0,2}?(?:сайт\w*|лендинг\w*|website|web site|site|landing)(?![^\W_])"
)
FOR_LEADS = re.compile(r"(?:привле|приве|приво|attract|bring)")
#: A wish about how good content is counts nothing.
QUALITY = re.compile(
    r"\b(?:лучше|better|nicer|cooler|интересне\w+|красив\w+|качественн\w+|круче|креативн\w+|creative)\b"
)
#: Verbs after which «на» is a level.
BROUGHT = re.compile(r"\b(?:вывест\w*|вывед\w*|выводи\w*|выйти|выйд\w*|удержа\w*|держать\w*)\b")
#: The price of an hour, which no metric counts.
HOURLY = re.compile(
    r"\b(?:цен\w+|стоимост\w+|ставк\w+|rate|price)(?: \w+){0,2}? Uhour|\bhourly (?:rate|price|fee)"
)
PRICE_OF_CLICK = re.compile(
    r"\b(?:цен\w+|стоимост\w+|cost|price)(?: \w+)? (?:клик\w*|переход\w*|click)|\bcpc\b|\bcpm\b"
)


def metrics_of(line: Line, span: range) -> list[tuple[str, int]]:
    """The metrics that words of a part name, with their places; verbs only where no noun does."""
    found = []
    for index in span:
        if not line.gone[index]:
            metric = metric_of(line.tokens[index].canon)
            if metric is not None and not (metric == "reach" and _is_verb(line, index)):
                found.append((metric, index))
    if len(found) > 1:
        nouns = [
            pair
            for pair in found
            if not _DOING.match(line.tokens[pair[1]].canon) and not _is_verb(line, pair[1])
        ]
        return nouns or found
    return found


def _is_verb(line: Line, at: int) -> bool:
    """Whether English "reach" or "post" is what one does: a figure or an article follows it."""
    if line.tokens[at].canon not in {"reach", "post", "share", "stream"} or at + 1 >= len(line.tokens):
        return False
    after = line.tokens[at + 1]
    before = line.tokens[at - 1].canon if at else ""
    noun = before in _BEFORE_NOUN or "average" in marks_of(before) or metric_of(before) in CONTENT
    return (after.value is not None or after.canon in {"a", "the", "$"}) and not noun


def chosen(line: Line, found: list[tuple[str, int]]) -> str | None:
    """The metric of a goal when no number stands before one: figures before the content that has them."""
    figures = [pair for pair in found if pair[0] not in CONTENT]
    strong = [pair for pair in figures if pair[0] not in _WEAK]
    if not strong:
        content = next((metric for metric, _ in found if metric in CONTENT), None)
        return content or (figures[0][0] if figures else None)
    first, at = strong[0]
    if line.tokens[at].canon in _AGENTS:
        return next((metric for metric, _ in strong[1:] if metric in PER_CONTENT | {"awareness"}), first)
    return first


def cost_of(metric: str | None, found: list[tuple[str, int]], line: Line, span: range) -> str | None:
    """`cost_per_*` where words of price stand with what is paid for."""
    canon = line.said(span)
    for name, pattern in _OF_TWO_WORDS:
        if pattern.search(canon):
            return name
    names = {name for name, _ in found}
    price = any("cost" in marks_of(line.tokens[index].canon) for index in span if not line.gone[index])
    if not price and not re.search(r"\b(?:дешевле|дороже|cheaper|удешев\w+)\b", canon):
        return None
    if "audience" in names:
        return "cost_per_follower"
    return (
        "cost_per_lead" if names & {"leads", "clients", "sales"} or metric in {"leads", "clients"} else None
    )


def money_metric(line: Line, metric: str | None, number: Number, found: list[tuple[str, int]]) -> str | None:
    """What an amount of money measures, given the metric that the words named."""
    names = [name for name, _ in found]
    thousands = (
        line.tokens[number.index].multiplied
        and number.index > 0
        and line.tokens[number.index - 1].canon == "на"
    )
    if metric == "sales" and number.metric is None and (number.currency or thousands):
        return "revenue"
    if number.currency is None or number.metric is not None:
        return metric
    money = next((name for name in names if name in {"revenue", "income"}), None)
    if metric in MONEY or money:
        return metric if metric in MONEY else money
    if metric == "audience":
        return "cost_per_follower"
    if metric == "sales" or "sales" in names:
        return "revenue"
    if metric in {"leads", "clients"}:
        return "cost_per_lead" if metric == "leads" else "income"
    return "income" if metric is None or metric in CONTENT | {"courses", "hours"} else metric


def people_metric(line: Line, span: range) -> str | None:
    """What people without a name are counted as: those brought somewhere are leads, else the audience."""
    words = [line.tokens[index].canon for index in span if not line.gone[index]]
    marks = set().union(*(marks_of(word) for word in words)) if words else set()
    if "people" not in marks:
        return None
    if _TO_SITE.search(" ".join(words)):
        return "clicks"
    if "place" in marks or any(network_of(word) for word in words):
        return "audience" if "на" not in words or "win" not in marks or "place" in marks else "leads"
    if _BROUGHT.search(" ".join(words)):
        return "leads"
    return "audience" if marks & {"win", "more", "grow"} else None


def people_reached(line: Line, span: range, number: Number | None) -> bool:
    """Whether "reach" with a number of people is what is counted ("reach 50,000 people")."""
    return (
        number is not None
        and number.people
        and any(line.tokens[index].canon in {"reach", "охватить"} for index in span if not line.gone[index])
    )
