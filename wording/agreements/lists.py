"""One line of the agreement's lists in words: a priority, a topic, content, a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.agreement.lines import HOURS_TERM, term_of
from goals.agreement.terms import CONTENT_METRICS
from goals.model import GoalKind, PostKind
from wording.agreements.phrases import cleaned, days_span, joined, percent_text
from wording.content import post_kind_word
from wording.goals import counted, network_name, title

if TYPE_CHECKING:
    from datetime import date

    from goals.agreement.terms import ContentLine, KpiLine, Priority, Terms, TopicLine
    from wording.words import Words


def priority_line(words: Words, line: Priority) -> str:
    """«Распродать старую партию (сезон: с 1 декабря 2026 по 31 декабря 2026)»."""
    season = days_span(words, line.season_start, line.season_end)
    if not season:
        return line.text
    return line.text + " (" + words.text("season: {span}", span=season) + ")"


def topic_line(words: Words, line: TopicLine) -> str:
    """«Старая партия: 12 постов в месяц до 31 декабря 2026 (приоритет 1)»."""
    if line.amount is not None and line.format is not None:
        head = f"{line.topic} ({network_name(words, line.network)})" if line.network else line.topic
        body = _pieces(words, line.format, line.amount, line.period, head=head)
    else:
        kind = [post_kind_word(words, PostKind(line.format))] if line.format else []
        where = [*kind, *([network_name(words, line.network)] if line.network else [])]
        body = line.topic
        if line.share is not None:
            percent = percent_text(words, line.share)
            body = words.text("{topic}: at least {percent} of content", topic=body, percent=percent)
        body += f" ({', '.join(where)})" if where else ""
    return body + _ending(words, line.until, line.priority)


def content_line(words: Words, line: ContentLine) -> str:
    """«ВК: 3 поста в неделю»."""
    body = _pieces(words, line.format, line.amount, line.period, network=line.network)
    return body + _ending(words, line.until, line.priority)


def kpi_line(words: Words, line: KpiLine) -> str:
    """«ВК: +300 подписчиков до 31 декабря 2026 (приоритет 1); сейчас 4 812 подписчиков»."""
    body = title(
        words,
        metric=line.metric,
        kind=line.kind,
        amount=line.amount,
        period=line.period,
        network=line.network,
    )
    if line.period is not None and line.kind is not GoalKind.KEEP_RATE:
        body += " " + words.text("each month")
    return joined(
        body + _ending(words, line.until, line.priority),
        (
            ""
            if line.baseline is None
            else words.text("now {n}", n=counted(words, line.metric, line.baseline))
        ),
        words.text("we look in: {where}", where=line.where) if line.where else "",
        words.text("depends on the client too") if line.depends_on_client else "",
    )


def line_texts(words: Words, terms: Terms) -> dict[str, str]:
    """Every line that a goal may stand on, in words, by its term."""
    shown = cleaned(terms)
    topics = zip(terms.topics, shown.topics, strict=True)
    content = zip(terms.content, shown.content, strict=True)
    kpis = zip(terms.kpis, shown.kpis, strict=True)
    texts = {term_of(line): topic_line(words, safe) for line, safe in topics}
    texts |= {term_of(line): content_line(words, safe) for line, safe in content}
    texts |= {term_of(line): kpi_line(words, safe) for line, safe in kpis}
    if terms.hours.month is not None:
        texts[HOURS_TERM] = counted(words, "hours", terms.hours.month) + " " + words.text("a month")
    return texts


def _pieces(
    words: Words,
    kind: str,
    amount: float,
    period: str | None,
    *,
    head: str | None = None,
    network: str | None = None,
) -> str:
    return title(
        words,
        metric=CONTENT_METRICS[kind],
        kind=GoalKind.KEEP_RATE if period else GoalKind.TOTAL_IN_PERIOD,
        amount=amount,
        period=period,
        head=head,
        network=network,
    )


def _ending(words: Words, until: date | None, priority: int | None) -> str:
    end = " " + days_span(words, None, until) if until else ""
    return end + (" (" + words.text("priority {n}", n=priority) + ")" if priority else "")
