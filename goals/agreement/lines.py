"""What a line of an agreement is called: a key that stays the same when lines move or amounts change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.agreement.terms import (
    AgreedAccount,
    ContentLine,
    KpiLine,
    MaterialLine,
    Priority,
    TopicLine,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Line = AgreedAccount | Priority | TopicLine | ContentLine | MaterialLine | KpiLine

#: The term of the hours a month.
HOURS_TERM = "hours"
#: Stands for "in all networks" or "of any format"; no network is called so.
ANY = "*"
#: Stands for the period of content that is counted once, until a day.
_ONCE = "once"


def folded(text: str) -> str:
    """A text as it is compared: case, ё, spaces and colons make no difference."""
    return " ".join(text.casefold().replace("ё", "е").replace(":", " ").split())


def topic_term(line: TopicLine) -> str:
    """`topic:старая партия`; with a network or format also `topic:старая партия:*:post`."""
    name = f"topic:{folded(line.topic)}"
    if line.network is None and line.format is None:
        return name
    return f"{name}:{line.network or ANY}:{line.format or ANY}"


def content_term(line: ContentLine) -> str:
    """`content:vk:post:week`."""
    return f"content:{line.network or ANY}:{line.format}:{line.period or _ONCE}"


def kpi_term(line: KpiLine) -> str:
    """`kpi:audience:vk:gain`."""
    return f"kpi:{line.metric}:{line.network or ANY}:{line.kind}"


def _account_term(line: AgreedAccount) -> str:
    return f"account:{line.network}:{folded(line.address)}"


_TERMS: dict[type, Callable[..., str]] = {
    AgreedAccount: _account_term,
    Priority: lambda line: f"priority:{folded(line.text)}",
    TopicLine: topic_term,
    ContentLine: content_term,
    MaterialLine: lambda line: f"material:{folded(line.what)}",
    KpiLine: kpi_term,
}


def term_of(line: Line) -> str:
    """The key of any line of a list; no two lines of an agreement have the same."""
    return _TERMS[type(line)](line)
