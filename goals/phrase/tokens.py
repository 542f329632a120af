"""Words of a line: folding to one spelling, splitting, and a string that rules can match and cut from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

#: What stands in the canonical string where a token was cut out: no rule may match across it.
CUT = "|"
_SPACES = "\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\t\n\r"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_QUOTES = "«»„“”‟\u2033"
_APOSTROPHES = "\u2019\u2018\u02bc`"
_ONE_SPELLING = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_APOSTROPHES, "'")
    | {"ё": "е", "×": "x", CUT: " "}
)
#: Longer digit runs are identifiers, not figures.
_MOST_DIGITS = 15
_TOKEN = re.compile(
    r"""
    (?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?![0-9])
  | (?P<day>[0-9]{1,2}(?:\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2})|/[0-9]{1,2}(?:/(?:[0-9]{4}|[0-9]{2}))?))(?![0-9])
  | (?P<ordinal>[0-9]{1,2})(?:-?(?:ого|ому|го|му|ое|ой|е|й|я)|st|nd|rd|th)(?![^\W_])
  | (?P<number>[0-9]{1,3}(?:[ ',.][0-9]{3})+(?:[.,][0-9]{1,2})?(?![0-9])|[0-9]+(?:[.,][0-9]+)?)
    (?:(?P<suffix>кк|kk|к|k|тыс|млн|mln|млрд|m|м|[xх])(?![^\W_]))?
  | (?P<compound>[^\W\d_]+-(?:лист|магнит|бот|центр|арт|продакшн|менеджер|мейкер)\w*|чек[ ]лист\w*)
  | (?P<word>[^\W\d_]+)
  | (?P<symbol>[^\s\w]|_)
    """,
    re.VERBOSE,
)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([ ',.])[0-9]{3})(?:\1[0-9]{3})*")
_SUFFIXES = {
    "к": 1e3,
    "k": 1e3,
    "тыс": 1e3,
    "кк": 1e6,
    "kk": 1e6,
    "млн": 1e6,
    "mln": 1e6,
    "m": 1e6,
    "м": 1e6,
    "млрд": 1e9,
}


@dataclass(slots=True)
class Token:
    """A word, a number or a sign; `start` and `end` are places in the line as it was written.

    `canon` is what rules read: the folded word, digits for a number, `#15` for an ordinal, a mark of a
    time word. `value` is set for numbers only, `upper` for a range, `times` for «2x».
    """

    canon: str
    start: int
    end: int
    value: float | None = None
    upper: float | None = None
    times: bool = False
    multiplied: bool = False


def fold(text: str) -> str:
    """The line in one spelling, letter for letter: lower case, one kind of space, dash and quote."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
    return low.translate(_ONE_SPELLING)


def digits(value: float) -> str:
    """A figure as the canonical string writes it: «1500», «2,5»."""
    return str(int(value)) if value == int(value) else f"{value:.6g}".replace(".", ",")


def _mixed(text: str) -> float:
    """Digits with several signs: the last one is the decimal point, unless it has parted groups before."""
    last = max(text.rfind(","), text.rfind("."))
    if last < 0 or text[last] in text[:last]:
        return float(re.sub(r"[ ',.]", "", text))
    whole, part = re.sub(r"[ ',.]", "", text[:last]), re.sub(r"[ ']", "", text[last + 1 :])
    return float(f"{whole}.{part}")


def _number(text: str, suffix: str | None) -> tuple[float, str]:
    """The value and the canonical form of digits with their group or decimal signs and suffix."""
    grouped = _GROUPED.fullmatch(text)
    decimal_dot = suffix is not None and grouped is not None and grouped[1] == "." and text.count(".") == 1
    whole = grouped is not None and not decimal_dot
    value = float(re.sub(r"[ ',.]", "", text)) if whole else _mixed(text)
    value *= _SUFFIXES.get(suffix or "", 1.0)
    plain = suffix is None and re.fullmatch(r"[0-9]{1,2}\.[0-9]{2}", text)
    return value, text if plain else digits(value)


def _token(match: re.Match[str]) -> Token:
    start, end = match.span()
    kind, text = match.lastgroup, match.group()
    if kind in {"number", "suffix"}:
        written, suffix = match["number"], match["suffix"]
        if len(written) > _MOST_DIGITS or written.count(",") + written.count(".") > 3:
            return Token("_", start, end)
        value, canon = _number(written, suffix)
        many = suffix is not None and suffix in "xх"
        return Token(canon, start, end, value, times=many, multiplied=suffix is not None)
    if kind == "ordinal":
        return Token(f"#{int(match['ordinal'])}", start, end)
    # A compound counts what its last word says, not the first: «чек-лист» is no receipt.
    return Token(re.sub(r"[- ]", "", text) if kind == "compound" else text, start, end)


def split(text: str) -> list[Token]:
    """Words, numbers and signs of a line; the hyphen inside a word only parts it."""
    folded = fold(text)
    tokens = [_token(match) for match in _TOKEN.finditer(folded)]
    return [
        token
        for token in tokens
        if token.canon != "-"
        or not (
            folded[token.start - 1 : token.start].isalpha() and folded[token.end : token.end + 1].isalpha()
        )
    ]


class Line:
    """Tokens of a line, joined by single spaces into a canonical string that rules match and cut from."""

    __slots__ = ("_canon", "_parts", "_starts", "gone", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.gone = [False] * len(tokens)
        self._canon: str | None = None
        self._starts: list[int] = []
        self._parts: dict[tuple[int, int], str] = {}

    @property
    def canon(self) -> str:
        """The canonical string with what was cut left out."""
        if self._canon is None:
            parts, place = [], 0
            self._starts = []
            for token, gone in zip(self.tokens, self.gone, strict=True):
                part = CUT if gone else token.canon
                self._starts.append(place)
                place += len(part) + 1
                parts.append(part)
            self._canon = " ".join(parts)
        return self._canon

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match in the canonical string."""
        return pattern.search(self.canon)

    def index(self, place: int) -> int:
        """The token at a place of the canonical string."""
        return max(0, bisect_right(self._starts, place) - 1)

    def span(self, match: re.Match[str], group: int | str = 0) -> range:
        """The tokens that a match, or a group of it, covers."""
        start, end = match.span(group)
        if start >= end:
            return range(0)
        return range(self.index(start), self.index(end - 1) + 1)

    def cut(self, which: Iterable[int]) -> None:
        """Take tokens out of what later rules see."""
        for index in which:
            self.gone[index] = True
        self._canon = None
        self._parts.clear()

    def said(self, span: range) -> str:
        """The canonical string of a part of the line, with what was cut left out."""
        key = span.start, span.stop
        if key not in self._parts:
            self._parts[key] = " ".join(CUT if self.gone[i] else self.tokens[i].canon for i in span)
        return self._parts[key]

    def live(self) -> list[int]:
        """The indexes of tokens that were not cut."""
        return [index for index, gone in enumerate(self.gone) if not gone]

    def words(self, first: int, last: int) -> str:
        """The line as it was written, from one token up to and with another."""
        return self.text[self.tokens[first].start : self.tokens[last].end]
