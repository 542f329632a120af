"""How the parts of a goal's plot are drawn: the sign, the theme's colour, the word of the caption."""

from __future__ import annotations

from wording.words import mark

DONE = ("⠤", "primary", mark("done"))
ROAD = ("•", "warning", mark("the road to the target"))
DUE = ("┃", "foreground", mark("due by today"))
BAND = ("│", "success", mark("forecast, 80 %"))
