"""One place where text from outside becomes safe to store and to draw.

No terminal library stops escape sequences, and a name may hold bidi overrides, heaps of combining
marks or lone surrogates. Every text of a network or a file passes here before it is stored, and
again before it is drawn.
"""

from __future__ import annotations

import re
import unicodedata

#: How long a title or a name may be, in characters.
TITLE_LIMIT = 200
#: How long the text of a post may be, in characters.
TEXT_LIMIT = 20_000

_MARKS_IN_A_ROW = 4
_JOINER = "\u200d"  # glues the parts of one emoji together
#: Commands to a terminal, whole: colours and cursor (CSI), titles, clipboard and the like (OSC, DCS,
#: SOS, PM, APC) up to their end, and the short ones. One without its end loses its beginning only.
#: No part may be read twice: a body ends where the next command begins, or hostile text takes for ever.
_COMMANDS = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]?|\x9b[0-?]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f\n]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_EMPTY_LINES = re.compile(r"\n{3,}")
#: What most texts are written with; each of these characters stays as it is, next to any other of them.
_USUAL = re.compile("[ -~А-яЁё«»„“”’…–—№₽\n]*")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})
_MARKS = frozenset({"Mn", "Me"})
#: How many characters the composition (NFC) makes one of at most: a letter with all its marks.
_COMPOSED = _MARKS_IN_A_ROW + 1


def clean(text: str, limit: int = TITLE_LIMIT, *, multiline: bool = False) -> str:
    """Make a text from outside safe: no commands to a terminal, no control, format or surrogate characters.

    Emoji joiners and variation selectors stay, combining marks are capped, the result is NFC.

    Args:
        text: what came from a network, a file or a person.
        limit: the most characters the answer may have; a longer text ends in an ellipsis.
        multiline: keep line breaks (the text of a post); otherwise everything comes on one line.

    Returns:
        The cleaned text; cleaning it again changes nothing.
    """
    text = _LINE_BREAKS.sub("\n", _COMMANDS.sub("", text))
    if not ((text.isascii() and text.isprintable()) or _USUAL.fullmatch(text)):
        enough = (limit + 1) * _COMPOSED
        text = unicodedata.normalize("NFC", _kept(text, enough))
        text = unicodedata.normalize("NFC", _kept(text, enough))
    text = _lines(text) if multiline else " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _lines(text: str) -> str:
    return _EMPTY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def _kept(text: str, enough: int) -> str:
    """The characters that may stay, until `enough` of them are seen: what follows would be cut off."""
    kept: list[str] = []
    marks = seen = 0
    for char in text:
        if seen > enough:
            break
        category = unicodedata.category(char)
        if category in _MARKS or unicodedata.combining(char):  # a heap of either is slow to compose
            marks += 1
            if marks > _MARKS_IN_A_ROW:
                continue
        elif char in "\n\t":
            kept.append("\n" if char == "\n" else " ")
            marks = 0
            continue
        elif (category in _DROPPED and char != _JOINER) or _is_noncharacter(char):
            continue
        else:
            marks = 0
        seen += not char.isspace()
        kept.append(char)
    return "".join(kept)


def _is_noncharacter(char: str) -> bool:
    code = ord(char)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
