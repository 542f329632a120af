"""Whether one word is another misspelt: a slip of the hand, or written as it is heard."""

from __future__ import annotations

import re

#: Vowels that sound alike without stress, and voiced consonants as voiceless ones.
_HEARD = str.maketrans("оеэыябвгджз", "аиииипфктшс")
_NO_SOUND = re.compile(r"[ьъ]|(.)(?=\1)")


def one_slip(written: str, meant: str) -> bool:
    """Whether one letter is missing, added, changed or swapped with its neighbour; the first one is right.

    Slips seldom hit the first letter, and other words differ just there (поставка, доставка).
    """
    if written == meant or written[:1] != meant[:1] or abs(len(written) - len(meant)) > 1:
        return False
    head = 0
    for one, other in zip(written, meant, strict=False):
        if one != other:
            break
        head += 1
    rest, rest_meant = written[head:], meant[head:]
    if len(rest) != len(rest_meant):
        longer, shorter = (rest, rest_meant) if len(rest) > len(rest_meant) else (rest_meant, rest)
        return longer[1:] == shorter
    return rest[1:] == rest_meant[1:] or (rest[:2] == rest_meant[:2][::-1] and rest[2:] == rest_meant[2:])


def sound(word: str) -> str:
    """The word as it is heard, roughly: скитка is скидка, абанемент абонемент, колекция коллекция."""
    return _NO_SOUND.sub("", word.translate(_HEARD))
