"""How the parts of a goal's plot are drawn: the sign of the caption, the ink, the word of the caption."""

from __future__ import annotations

from typing import NamedTuple

from wording.words import mark


class Mark(NamedTuple):
    """A part of the plot in its caption."""

    sign: str
    ink: str
    name: str


DONE = Mark("━", "name", mark("done"))
ROAD = Mark("╍", "behind", mark("the road to the target"))
DUE = Mark("●", "strong", mark("due by this morning"))
FAN = Mark("▒", "good", mark("forecast, 80 %"))
PLAN = Mark("┅", "good", mark("with the plan"))
OLD = Mark("┈", "stale", mark("the road before a change"))
CHANGE = Mark("◆", "trouble", mark("day of a change"))
