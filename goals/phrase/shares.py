"""A share of all content: «половина постов про X», «каждый третий пост», "40% of the content about X"."""

from __future__ import annotations

import re
from math import floor

from goals.phrase.tokens import Line, digits

#: The word that stands in the line for the content that a share is of; the vocabulary knows it.
MARK = "Xshare"
_CONTENT = (
    r"(?:пост(?:а|у|ом|ов|ы|ам|ами)?|публикаци\w+|контент\w*|материал\w*|рилс\w*|клип\w*|сторис|историй"
    r"|ролик\w*|posts?|content|publications?|reels?|clips?|stories|videos?)"
)
_OF = r"(?:of |all |the |our |my |this |всех |всего |наш\w+ |нов\w+ |от )*"
_NUMBER = r"[0-9]+(?:,[0-9]+)?(?:-[0-9,]+)?"
_NAMED = {
    "half": 50.0,
    "third": 33.3,
    "quarter": 25.0,
    "two_thirds": 66.6,
    "three_quarters": 75.0,
}
_PARTS = (
    r"(?P<two_thirds>2 (?:трети|thirds))|(?P<three_quarters>3 (?:четверти|quarters|Uquarter))"
    r"|(?P<half>половин[ауые]|полконтента|half)|(?P<third>трет[ьи]|(?:a|1) #3)"
    r"|(?P<quarter>четверт[ьи]|(?:a|1) (?:quarter|Uquarter))"
)
_SOURCES = (
    # «50 % постов», "40% of our content"; a growth has its sign or its preposition before it.
    rf"(?<!на )(?<!by )(?<!\+ )(?<!плюс )(?P<percent>{_NUMBER}) (?:%|процент\w*|percent) {_OF}{_CONTENT}",
    rf"(?<!на )(?<!by )(?:{_PARTS}) {_OF}{_CONTENT}",
    rf"(?:кажд\w+|every|each) (?:#(?P<each>[2-9]|10)|(?P<other>other)) {_CONTENT}",
    (
        rf"(?P<some>[1-9]) (?:{_CONTENT} )?(?:из|in|out of|of) (?:кажд\w+ |every )?(?P<all>[2-9]|1[0-9]|20)"
        rf"(?: {_CONTENT})?"
    ),
    # «Доля постов про X — 30 %», "the share of posts about X at 30%".
    (
        rf"(?:дол[яюией]+|share|proportion) {_OF}{_CONTENT}"
        r"(?: (?:\||-|:|до|не|меньше|менее|ниже|минимум|в|at|to|least|is|of|должна|быть))*"
        rf" (?P<level>{_NUMBER}) (?:%|процент\w*|percent)"
    ),
)
_PATTERNS = tuple(re.compile(rf"(?:(?<=^)|(?<= ))(?:{source})(?![^\W_])") for source in _SOURCES)
_GATE = re.compile(r"%|процент|percent|полови|half|трет|четверт|quarter|third|кажд|every|each|из|in|out|of")
_GROWS = re.compile(r"(?:больше|меньше|чаще|реже|more|fewer|less)(?![^\W_])")


def _of(some: float, whole: float) -> float:
    """So many of so many in percent, rounded down: every third post is to meet «треть»."""
    return floor(1000 * some / whole) / 10


def _value(match: re.Match[str]) -> float | None:
    found = match.groupdict()
    number = found.get("percent") or found.get("level")
    if number:
        return float(number.split("-")[0].replace(",", "."))
    if found.get("each") or found.get("other"):
        return _of(1, float(found.get("each") or 2))
    if found.get("some"):
        some, whole = float(match["some"]), float(match["all"])
        return _of(some, whole) if some < whole else None
    return next((value for name, value in _NAMED.items() if found.get(name)), None)


def find(line: Line) -> None:
    """Mark a share of content in a line about a topic: a number in percent before the word `MARK`.

    The words of the share become these two tokens; a line without one stays as it is.
    """
    if not _GATE.search(line.canon):
        return
    for pattern in _PATTERNS:
        match = line.search(pattern)
        value = _value(match) if match else None
        if match is None or value is None or _GROWS.match(line.canon[match.end() + 1 :]):
            continue
        span = [index for index in line.span(match) if not line.gone[index]]
        first, second = line.tokens[span[0]], line.tokens[span[1]]
        line.cut(span[2:])
        first.canon, first.value, first.upper, first.times = digits(value), value, None, False
        second.canon, second.value = MARK, None
        return
