"""How fast people are answered: «отвечать за 15 минут», "answer within 2 hours"."""

from __future__ import annotations

import re

from goals.phrase.tokens import Line
from goals.phrase.vocabulary import marks_of

_MINUTES = {"Umin": 1, "Uhour": 60, "Uday": 1440}
_SPAN = re.compile(
    r"(?:(?:за|в течени[еи]|within|in|под|до|не позже|не позднее|не дольше|не более|не больше|через"
    r"|under|max)(?: an?)? )*"
    r"(?:(?:[0-9]+-)?(?P<n>[0-9]+(?:[,.][0-9]+)?) )?(?P<unit>Umin|Uhour|Uday)(?![^\W_])"
)
_WITHIN = re.compile(r"за|течени|within")
_SAME_DAY = re.compile(r"(?:(?:в )?(?:тот же|этот же|same)|the same|день в) (?:Uday|день)|Uday в Uday")


def find(line: Line) -> tuple[bool, float | None]:
    """Whether the line is about the time of answers, and the most minutes; the words of time are cut out."""
    marks = [
        marks_of(token.canon) if not gone else frozenset()
        for token, gone in zip(line.tokens, line.gone, strict=True)
    ]
    if not any("reply" in each for each in marks):
        return False, None
    same = line.search(_SAME_DAY)
    if same is not None:
        line.cut(line.span(same))
        return True, 1440.0
    match = line.search(_SPAN)
    while (
        match is not None
        and match["unit"] == "Uday"
        and match["n"] is None
        and not _WITHIN.search(match.group())
    ):
        match = _SPAN.search(line.canon, match.end())
    if match is None:
        return any("faster" in each for each in marks), None
    number = float((match["n"] or "1").replace(",", "."))
    line.cut(line.span(match))
    return True, number * _MINUTES[match["unit"]]
