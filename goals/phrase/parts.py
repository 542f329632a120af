"""Several goals in one line: «12 постов и 6 историй до 30-го» is two."""

from __future__ import annotations

import re

from goals.phrase.either import EITHER, is_other
from goals.phrase.rates import Rate
from goals.phrase.tokens import Line
from goals.phrase.vocabulary import CONTENT, marks_of, metric_of, network_of

_JOINTS = {"и", "and", "plus", "плюс", "+", ",", ";", "&", "также", ".", *EITHER}
_TOTALS = {"всего", "итого", "total"}
#: More goals than this in one line are a document, not a line.
MOST_PARTS = 8
#: After these, content is where a figure is counted («на пост») and no goal of its own.
_CARRIERS = re.compile(r"(?:на|под|у|из|per|on|each|every|кажд\w+)$")


def _metric(line: Line, span: range) -> str | None:
    for index in span:
        if line.gone[index]:
            continue
        metric = metric_of(line.tokens[index].canon)
        carried = metric in CONTENT and index > 0 and _CARRIERS.match(line.tokens[index - 1].canon)
        if metric is not None and not carried:
            return metric
    return None


def _stands_alone(line: Line, span: range, rates: list[Rate]) -> bool:
    """Whether the words are a goal of their own: a metric with a number, a rate or a verb."""
    if _metric(line, span) is None:
        return False
    live = [index for index in span if not line.gone[index]]
    counted = any(line.tokens[index].value is not None for index in live)
    verb = any(marks_of(line.tokens[index].canon) & {"grow", "win", "fall"} for index in live)
    return counted or verb or any(rate.first in span for rate in rates)


def _restates(line: Line, before: range, span: range) -> bool:
    """Whether the second part says the first one over: its sum, or its number."""
    if _metric(line, before) != _metric(line, span):
        return False
    said = any(line.tokens[index].canon in _TOTALS for index in span if not line.gone[index])
    return said or not _counts(line, before)


def _counts(line: Line, span: range) -> bool:
    return any(line.tokens[index].value is not None for index in span if not line.gone[index])


def _elsewhere(line: Line, before: range, span: range) -> bool:
    """«300 подписчиков в вк и 200 в телеге»: another number for another network, the metric said once."""

    def named(part: range) -> set[str]:
        return {name for i in part if not line.gone[i] and (name := network_of(line.tokens[i].canon))}

    counted = _counts(line, span)
    known = _counts(line, before) and _metric(line, span) is None
    return counted and known and bool(named(before)) and bool(named(span) - named(before))


def _answers(line: Line, span: range) -> bool:
    return any("reply" in marks_of(line.tokens[i].canon) for i in span if not line.gone[i])


def _parts_at(line: Line, index: int) -> bool:
    """Whether goals may be joined here; a plus behind «или» is the sign of its number."""
    canon = line.tokens[index].canon
    signs = canon == "+" and index > 0 and line.tokens[index - 1].canon in EITHER
    return canon in _JOINTS and not line.gone[index] and not signs


def _about_another(line: Line, before: range, span: range, about: set[int]) -> bool:
    """«12 постов про X и 6 про Y»: another number about another topic, the metric said once."""
    counted = _counts(line, before) and _counts(line, span) and _metric(line, span) is None
    return counted and not about.isdisjoint(before) and not about.isdisjoint(span)


def parts(line: Line, rates: list[Rate], *, replying: bool, about: set[int]) -> list[range]:
    """The token ranges of the goals of the line, at least one.

    `replying`: one is a time of answers; `about` are the places of topics.
    """
    found: list[range] = []
    start = 0
    for index, token in enumerate(line.tokens):
        if not _parts_at(line, index) or index == start:
            continue
        ahead = range(index + 1, len(line.tokens))
        following = next((i for i in ahead if _parts_at(line, i)), len(line.tokens))
        before, after = range(start, index), range(index, following)
        first = _metric(line, before)
        if first is None and replying and _answers(line, before):
            first = "reply_time"
        another = first is not None and (_stands_alone(line, before, rates) or first != _metric(line, after))
        answers = replying and first not in {None, "reply_time"} and _answers(line, after)
        if token.canon in EITHER:
            alone = is_other(first, _metric(line, after), counted=_counts(line, after))
            alone = alone or _elsewhere(line, before, after)
        else:
            alone = (
                answers
                or (another and _stands_alone(line, after, rates))
                or _elsewhere(line, before, after)
                or _about_another(line, before, after, about)
            )
        if alone and not _restates(line, before, after) and len(found) + 1 < MOST_PARTS:
            found.append(before)
            start = index
    found.append(range(start, len(line.tokens)))
    return found
