"""Where the columns of the goal list stand, for each width of the terminal."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

#: From this width on, cells are whole phrases («отстаём 4 дня»); below, they are shortened («−4 дня»).
WIDE = 114
#: From these widths on, there is one more cell between columns.
_AIRY = (150, 185)
#: The cells of the figure that is done.
DONE_WIDE, DONE_NARROW = 9, 7
_LEAST_TITLE = 14
#: «30.11», «янв 27» and "Nov 30", "Jan’27".
_DATE = 6
_GOOD_TITLE, _MOST_TITLE = 30, 48
_MOST_BAR = 40
#: The cells of a client's name beside its goal, at first and where there is room.
_CLIENT, _MOST_CLIENT = 12, 24


class Columns(NamedTuple):
    """Widths in cells; 0 for a column that is left out. `gap` stands before each column.

    `client` is the column with the client's name in a list that has no lines of clients.
    """

    title: int
    deadline: int
    bar: int
    done: int
    reserve: int
    chance: int
    today: int
    gap: int
    wide: bool
    client: int = 0


#: The cells of the bar that shows how far the list is scrolled.
SCROLLBAR = 1
#: The cells before a title: cursor mark, fold mark or indent, status glyph.
LEAD = 4


@lru_cache(maxsize=64)
def columns_for(width: int, *, with_client: bool = False) -> Columns:
    """The columns of a list that is `width` cells wide, with the clients' names where nothing else has them.

    A narrow list drops what matters least first: the deadline, then the chance, the bar, the figure.
    """
    client = _CLIENT * with_client
    if width >= WIDE + 2 * client:
        gap = 2 + sum(width >= each for each in _AIRY)
        return _spread(Columns(0, 11, 12, DONE_WIDE, 19, 6, 20, gap, wide=True, client=client), width)
    columns = Columns(0, _DATE, 7, DONE_NARROW, 9, 4, 12, 1, wide=False, client=client)
    for less in (
        columns._replace(deadline=0),
        columns._replace(deadline=0, chance=0),
        columns._replace(deadline=0, chance=0, bar=0),
        columns._replace(deadline=0, chance=0, bar=0, done=0),
        columns._replace(deadline=0, chance=0, bar=0, done=0, today=0),
    ):
        if _left(columns, width) >= _LEAST_TITLE:
            break
        columns = less
    return _spread(columns, width)


def _left(columns: Columns, width: int) -> int:
    """What remains for the title."""
    fixed = [*columns[1:7], columns.client]
    return width - LEAD - sum(fixed) - columns.gap * sum(w > 0 for w in fixed)


def _spread(columns: Columns, width: int) -> Columns:
    """Give the rest to the title, and what a title hardly uses to the client's name and the bar."""
    left = max(1, _left(columns, width))
    if columns.client and left > _GOOD_TITLE:
        more = min(left - _GOOD_TITLE, _MOST_CLIENT - columns.client)
        columns, left = columns._replace(client=columns.client + more), left - more
    if columns.bar and left > _MOST_TITLE:
        more = min((left - _MOST_TITLE) // 2, _MOST_BAR - columns.bar)
        return columns._replace(title=left - more, bar=columns.bar + more)
    return columns._replace(title=left)
