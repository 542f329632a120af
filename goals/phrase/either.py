"""«300 подписчиков или 20 заявок»: goals of which one is meant, as readings to choose from."""

from __future__ import annotations

from dataclasses import replace

from goals.draft import Draft, Wish
from goals.phrase.measures import UNITS
from goals.phrase.spelling import words
from goals.phrase.vocabulary import CONTENT

#: Words between goals of which one is meant.
EITHER = words("или либо or")


def is_other(first: str | None, second: str | None, *, counted: bool) -> bool:
    """Whether the metric after «или» is another goal; `counted`: a number stands with it.

    Content after a figure is where the figure is counted («лайков на пост или рилс»).
    """
    if first is None or second is None or first == second:
        return False
    return counted or second not in CONTENT or first in CONTENT


def one_of(wish: Wish, other: Wish, *, counted: bool) -> Wish:
    """The wish with the other one's readings beside its own; `counted`: a number stands with the other."""
    readings = (other.draft, *other.alternatives) if counted else (_filled(wish.draft, other.draft),)
    known = (wish.draft, *wish.alternatives)
    new = tuple(reading for reading in dict.fromkeys(readings) if reading not in known)
    return replace(wish, alternatives=(*wish.alternatives, *new), either=wish.either or bool(new))


def _filled(draft: Draft, other: Draft) -> Draft:
    """What stands after «или», with what was said once for both («5 постов или сторис»)."""
    unit = draft.unit
    if draft.amount is not None and unit != "percent":
        unit = UNITS.get(other.metric or "", "count")
    return replace(draft, metric=other.metric, network=other.network, unit=unit)
