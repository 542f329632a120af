"""What is given for a goal, said beside it: «на это даём 10 часов», "for this we give 5000 roubles"."""

from __future__ import annotations

import re

from goals.phrase.tokens import Line
from goals.phrase.topics import PURPOSE, says_goal

#: What begins such a clause wherever it stands, and what does so only behind a goal.
_PLAIN = r"(?:на это (?:даем|есть|уйдет|закладываем|выделяем)|for this we (?:give|have|put in))"
_BEHIND = r"(?:даем|выделяем|вкладываем|we give|we put in)"
_MARK = re.compile(rf"(?:(?<=^)|(?<= ))(?:{_PLAIN}|(?P<behind>{_BEHIND}))(?= )")
#: A day behind a comma is the goal's own again.
_DAY = re.compile(r", (?:до|к|ко|за|by|until|before|within)(?= )")


def find(line: Line) -> str | None:
    """The clause that says what is given for the goal, as written, cut out of the line; None without one."""
    match = line.search(_MARK)
    if match is None:
        return None
    first = line.span(match)[0]
    if match["behind"] and not says_goal(line, range(first)):
        return None
    ends = [found.start() for rule in (PURPOSE, _DAY) if (found := rule.search(line.canon, match.end() + 1))]
    last = line.index(min(ends)) if ends else len(line.tokens)
    while last > first and line.tokens[last - 1].canon in {",", ".", ";"}:
        last -= 1
    said = line.words(first, last - 1)
    before = first - 1 if first and line.tokens[first - 1].canon in {",", ";"} else first
    line.cut(range(before, last))
    return said
