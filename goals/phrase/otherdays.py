"""Several days of which one is meant: «к 1 или 15 декабря», «до пятницы или понедельника»."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import takewhile

from goals.phrase.calendar import Window, next_day, next_monthday
from goals.phrase.calendar import after as counted_on
from goals.phrase.either import EITHER
from goals.phrase.spelling import words
from goals.phrase.tokens import Line, digits, fold

_Named = Callable[[Line, date], Window | None]
_TO = words("к ко до по на by before until till to on позже позднее the")
#: What may follow a day that is a bare number, so that it counts nothing: «до 1 или 15 декабря в вк».
_AFTER = words("в во на по для через чтобы и in on for with and so , . ; числа числу число")
#: A day of a month, in figures or as an ordinal.
_DAY = re.compile(r"#?(?P<n>[0-9]{1,2})$")
#: What says that a date goes on by a day of the month.
_NAMED_DAY = re.compile(r"M[0-9]|#[0-9]")
#: Words that count a span of time from today.
_SPAN = words("за через в in within на")
_PARTED = re.compile(rf" (?:{'|'.join(sorted(EITHER))}) ")
_DOTTED = re.compile(r"[0-9]{1,2}\.[0-9]{2}")


def find(line: Line, today: date, named: _Named) -> Window | None:
    """The window that `named` finds in the line, with the other days of which one is meant.

    Their words are cut out of the line too.
    """
    window = _of_range(line, today, named) or named(line, today)
    if window is None or window.deadline is None:
        return window
    before = _before(line, today, window)
    days = [*([before] if before else []), window.deadline]
    if window.either:
        days += window.others
    while (after := _after(line, today, window, days[-1], named)) is not None:
        days.append(after)
    deadline, *others = dict.fromkeys(days)
    return replace(window, deadline=deadline, others=tuple(others), either=True) if others else window


def _of_range(line: Line, today: date, named: _Named) -> Window | None:
    """The days of two numbers that were joined into a range, where both are of a date: «1 или 15 декабря»."""
    for index, token in enumerate(line.tokens):
        ends = _ends(line, index)
        if ends is None:
            continue
        gone, canon = [*line.gone], token.canon
        found = []
        for end in ends:
            _put(line, index, end, gone)
            window = named(line, today)
            if window is not None and window.deadline is not None and line.gone[index]:
                found.append(window)
        if len(found) == len(ends):
            low, high = found
            return replace(low, others=(high.deadline,) if high.deadline else (), either=True)
        _put(line, index, canon, gone)
    return None


def _ends(line: Line, index: int) -> tuple[str, str] | None:
    """The two numbers of «1 или 15» as rules read them; None for any other token."""
    token = line.tokens[index]
    if token.value is None or token.upper is None or line.gone[index]:
        return None
    parts = _PARTED.split(fold(line.text[token.start : token.end]))
    if len(parts) != len(("low", "high")):
        return None
    low, high = (
        part if _DOTTED.fullmatch(part) else digits(value)
        for part, value in zip(parts, (token.value, token.upper), strict=True)
    )
    return low, high


def _put(line: Line, index: int, canon: str, gone: list[bool]) -> None:
    """Write a token anew, and put back what was cut since."""
    line.tokens[index].canon = canon
    line.gone[:] = gone
    line.cut(())


def _before(line: Line, today: date, window: Window) -> date | None:
    """The day of the same month right before the window: «до 1 или до 15 декабря»."""
    joint = window.place - 1
    if joint < 2 or window.deadline is None or line.tokens[joint].canon not in EITHER:
        return None
    match = _DAY.match(line.tokens[joint - 1].canon)
    if match is None or line.gone[joint - 1] or line.tokens[joint - 2].canon not in _TO:
        return None
    found = next_day(today, window.deadline.month, int(match["n"]))
    if found is not None:
        line.cut(range(joint - 2, joint + 1))
    return found


def _after(line: Line, today: date, window: Window, latest: date, named: _Named) -> date | None:
    """The day that is named right after the window, behind «или» or in a list that has one."""
    joint = window.place
    while joint < len(line.tokens) and line.gone[joint]:
        joint += 1
    rest = [token.canon for token in line.tokens[joint:]]
    if not rest or not (rest[0] in EITHER or (rest[0] == "," and not EITHER.isdisjoint(rest))):
        return None
    gone, canon = [*line.gone], line.tokens[joint].canon
    # «До конца ноября или декабря»: the words before the first of them hold for both.
    _put(line, joint, _lead(line, range(window.place, joint)) or canon, gone)
    found = named(line, today)
    line.tokens[joint].canon = canon
    if found is not None and found.deadline is not None and found.place in {joint, joint + 1}:
        line.cut((joint,))
        return found.deadline
    _put(line, joint, canon, gone)
    return _in_short(line, range(window.place, joint), today, latest) if canon in EITHER else None


def _lead(line: Line, said: range) -> str:
    """The words of a date before what tells it apart from others: «к», «до конца», "by the"."""
    words_said = [line.tokens[index].canon for index in said]
    return " ".join(takewhile(lambda word: word.isalpha() and word.islower(), words_said))


def _in_short(line: Line, said: range, today: date, latest: date) -> date | None:
    """The day of a number that stands for all that was `said`: «1 декабря или 15», «за месяц или два»."""
    last = said.stop + 1
    last += last < len(line.tokens) and line.tokens[last].canon in _TO
    match = _DAY.match(line.tokens[last].canon) if last < len(line.tokens) else None
    after = last + 1
    if match is None or (
        after < len(line.tokens) and not line.gone[after] and line.tokens[after].canon not in _AFTER
    ):
        return None
    number, before = int(match["n"]), [line.tokens[index].canon for index in said]
    units = [word for word in before if word[0] == "U"]
    if len(units) == 1 and before[0] in _SPAN:
        found = counted_on(today, number, units[0])
    elif any(_NAMED_DAY.match(word) for word in before) and not units:
        found = next_monthday(latest, number)
    else:
        return None
    line.cut(range(said.stop, after))
    return found
