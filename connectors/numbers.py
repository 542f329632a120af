"""Numbers as people and pages show them: `1.91K`, `3,1 млн`, `2 345`, `1,1K`, and counts of an API."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import NamedTuple

_SCALES = {
    "": 0, "k": 3, "к": 3, "тыс": 3, "тысяч": 3, "m": 6, "м": 6, "млн": 6, "b": 9, "bn": 9, "млрд": 9,
}  # fmt: skip
_APOSTROPHES = re.compile(r"['’]")
_SHAPE = re.compile(r"([+\-−–]?)([0-9][0-9 '’.,]*?) ?([a-zа-я]*)\.? ?[%₽]?", re.IGNORECASE)
_GROUPED_BY_SPACE = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_GROUPED_BY_MARK = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_MOST_DIGITS = 15
#: No number of so many digits is longer as it is shown; a longer text is none.
_LONGEST = 40
_TOO_MUCH = 2**53


class ShownNumber(NamedTuple):
    """A number that was shown as text; not `exact` when it was shortened (`1.9K`)."""

    value: float
    exact: bool


def parse_number(text: str, *, whole: bool = True) -> ShownNumber | None:
    """Read a number as a page or a table shows it.

    Args:
        text: `2 345`, `1.91K`, `1,1K`, `3,1 млн`, `12,5 %`, `−7`.
        whole: the figure counts something, so that `1,234` and `1.234` are thousands and a
            fraction without `K` or `M` is an error; otherwise a comma is a decimal one.

    Returns:
        The value, or None where the text is no such number.
    """
    text = " ".join(text.split())
    shape = _SHAPE.fullmatch(text) if len(text) <= _LONGEST else None
    if shape is None:
        return None
    sign, digits, suffix = shape.groups()
    scale = _SCALES.get(suffix.lower())
    if scale is None or sum(map(str.isdigit, digits)) > _MOST_DIGITS:
        return None
    plain = _plain(_APOSTROPHES.sub(" ", digits).strip(), marks_group=whole and not suffix)
    if plain is None:
        return None
    value = Decimal(plain).scaleb(scale)
    if value >= _TOO_MUCH or (whole and value != value.to_integral_value()):
        return None
    return ShownNumber(float(-value if sign and sign != "+" else value), exact=not suffix)


def parse_count(value: object) -> int | None:
    """Read a count out of an API's JSON.

    Returns:
        The count; None for what is no count: null, a bool, a fraction, a negative, a text that is
        not digits, a number too large to be a count.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS else None
    if isinstance(value, float):
        value = int(value) if math.isfinite(value) and value.is_integer() else None
    return value if isinstance(value, int) and 0 <= value < _TOO_MUCH else None


def _plain(digits: str, *, marks_group: bool) -> str | None:
    """The digits with a point as the decimal mark and without separators of thousands."""
    if " " in digits:
        if not _GROUPED_BY_SPACE.fullmatch(digits):
            return None
        digits = digits.replace(" ", "")
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits
    mark = digits[last]
    other = "," if mark == "." else "."
    if other in digits:  # 1,234.5: the last mark is the decimal one
        groups, fraction = digits[:last], digits[last + 1 :]
        if not fraction or not _GROUPED_BY_MARK.fullmatch(groups):
            return None
        return f"{groups.replace(other, '')}.{fraction}"
    if _GROUPED_BY_MARK.fullmatch(digits) and (marks_group or digits.count(mark) > 1):
        return digits.replace(mark, "")
    if digits.count(mark) > 1 or last == len(digits) - 1:
        return None
    return digits.replace(mark, ".")
