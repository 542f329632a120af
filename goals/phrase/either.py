"""«300 подписчиков или 20 заявок», «в телеграме или вк»: what one is meant of, as readings to choose from."""

from __future__ import annotations

from dataclasses import replace

from goals.draft import Draft, Wish
from goals.phrase.measures import UNITS
from goals.phrase.spelling import words
from goals.phrase.tokens import Line
from goals.phrase.vocabulary import CONTENT, marks_of

#: Words between goals of which one is meant.
EITHER = words("или либо or")
#: What may stand between the networks of which one is meant, beside that word.
_BETWEEN = words("в во на in on the , либо или or")


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


def networks_of(line: Line, places: list[tuple[int, str | None]]) -> tuple[str, ...]:
    """The networks of which one is meant («в телеграме или вк»), as they were said; empty where none are."""
    found: list[str] = []
    chosen = False
    last: int | None = None
    for index, name in places:
        if name is None:
            continue
        between = [line.tokens[i].canon for i in range(index if last is None else last + 1, index)]
        between = [word for word in between if "place" not in marks_of(word)]
        if last is not None and between and _BETWEEN.issuperset(between):
            chosen = chosen or not EITHER.isdisjoint(between)
            found.append(name)
        elif chosen:
            break
        else:
            found = [name]
        last = index
    return tuple(dict.fromkeys(found)) if chosen else ()


def in_either(wish: Wish, networks: tuple[str, ...]) -> Wish:
    """The wish with each of its readings in each of the networks of which one is meant."""
    if wish.draft.network not in networks or len(networks) < 2:
        return wish
    others = [name for name in networks if name != wish.draft.network]
    same = [other for other in wish.alternatives if other.network == wish.draft.network]
    first = [replace(wish.draft, network=name) for name in others]
    rest = [replace(other, network=name) for other in same for name in others]
    return replace(wish, alternatives=tuple(dict.fromkeys([*first, *wish.alternatives, *rest])), either=True)
