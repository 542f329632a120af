"""A post's text as words in sentences and clauses, with its hashtags and links taken out.

Whatever does not change what a text is about is folded away first: case, ё, stress marks, emoji,
letters of the wrong alphabet that look the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote


def vocabulary(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())


#: Latin letters that look like Cyrillic ones, as small or as capital letters.
_LOOK_ALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")
_INVISIBLE = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufe0f\ufeff]")
_WITH_LATIN = re.compile(r"[^\W\d_]*[a-z][^\W\d_]*")
_LATIN = re.compile(r"[a-z]")
_ORNAMENT = re.compile(r"[^\w\s.,!?…;:#@/\-‐‑–—()«»\"'“”„%&=+|\[\]]")
_LINK = re.compile(
    r"(?:https?://|(?<![\w@/.-]))(?P<host>[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,}|рф|рус|онлайн|сайт|москва))"
    r"(?::\d+)?(?![\w@])(?P<path>/[\w\-./~%!$&'()*+,;=:@]*)?(?P<query>\?[\w\-./~%!$&'()*+,;=:@?]*)?(?:#[\w\-./~%!$&=:]*)?"
)
_DOTTED = re.compile(r"\.(?:[a-z]{2}|рф|рус|онлайн|сайт|москва)")
_TRAILING = ".,!?…;:)('*"
_HASHTAG = re.compile(r"#(\w+)(?:@\w+)?")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[!?\n]|(?<!\.)\.(?=[\s»\")]|$)")
_CLAUSE_END = re.compile(r"[,;:()…–—]|\s-\s")
_HYPHENS = frozenset("-‐‑–—")
_JOINT = re.compile(r"[\s_«»\"“”„]+|\s?[-‐‑–—]|[-‐‑–—]\s?|\s[-‐‑–]\s")
#: ааа, С К И Д К А, распр0дажа: letters drawn out, set apart, replaced.
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_SET_APART = re.compile(r"(?<!\w)[а-я](?:[ .\-_][а-я]){3,}(?!\w)")
_SEPARATORS = re.compile(r"[ .\-_]")
_ZERO = re.compile(r"(?<=[а-я])0(?=[а-я])")
#: Words that stand between the words of a phrase without parting them.
_FILLERS = vocabulary(
    """а без бы был была были было быть в во вам вас ваш ваша ваше вашей вашего ваши ваших вот все
    всех всего вы где да даже для до его ее если есть еще же за здесь и из или им их к как когда
    которая которого которой которую которые который которых ко ли мне можно мой моя мою моей моего
    моих мы на над нам нами нас наш наша наше нашу нашей нашего наши наших нашим не ни но нужно о об
    он она они от очень по под при про с сам сама самой самая самый самую самые самых свой своя свою
    своей своего свои своих сегодня сейчас снова со та так там те теперь тех то тоже той только того
    тот ту тут ты у уже чтобы эта эти этих это этой этого этот эту the a an of for"""
)


class Link(NamedTuple):
    """An address: the host without www., the path's parts and the query, all in small letters."""

    host: str
    path: tuple[str, ...]
    query: frozenset[tuple[str, str]]
    written: str


class Token(NamedTuple):
    """A word. `place` counts the words of the text, `step` only those that are no fillers.

    `sentence` numbers sentences that have words; the words of a hashtag are in one of their own, below 0.
    `joined` says that nothing but spaces or a hyphen parts it from the word before, `hyphened` that it is
    a hyphen without spaces.
    """

    form: str
    place: int
    step: int
    sentence: int
    clause: int
    joined: bool
    hyphened: bool


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text taken apart. `asked` are the sentences that end with a question mark.

    `lines` gives each sentence its line; `folded` is the whole text after folding, with its links.
    """

    folded: str
    tokens: tuple[Token, ...]
    hashtags: frozenset[str]
    links: tuple[Link, ...]
    asked: frozenset[int]
    lines: tuple[int, ...]


def fold(text: str) -> str:
    """The text without case, ё, stress marks and invisible characters."""
    folded = unicodedata.normalize("NFKC", text.casefold()).casefold().replace("ё", "е")
    return _INVISIBLE.sub("", folded)


def look_alike(text: str) -> str:
    """Folded words with the Latin letters in Cyrillic words (and in words of only such letters) replaced."""
    return _WITH_LATIN.sub(_to_cyrillic, text) if _LATIN.search(text) else text


def is_filler(form: str) -> bool:
    """Whether a word only links others."""
    return form in _FILLERS


def link_of(written: str) -> Link | None:
    """The address that a folded text is, None where it names no host."""
    found = _LINK.match(written)
    return _link(found) if found else None


def as_meant(folded: str) -> str:
    """Folded words without what is done to their letters: of another alphabet, drawn out, set apart."""
    text = _DRAWN_OUT.sub(r"\1", look_alike(folded))
    if "0" in text:
        text = _ZERO.sub("о", text)
    return _SET_APART.sub(lambda found: _SEPARATORS.sub("", found.group()), text)


def hashtag_of(written: str) -> str:
    """A hashtag as a person typed it, with or without its sign, folded; empty where there is none."""
    tag = as_meant(fold(written.strip().lstrip("#").strip())).lstrip("#")
    return tag if tag.strip() else ""


def parse(text: str) -> Parsed:
    """Take a text apart."""
    folded = fold(text)
    links: list[Link] = []
    plain = folded
    if _DOTTED.search(folded):
        for found in _LINK.finditer(folded):
            link = _link(found)
            onward = [link_of(value) for _, value in link.query if value.startswith("http")]
            links += [link, *(one for one in onward if one)]
        plain = _LINK.sub(_rest_of_link, folded)
    plain = as_meant(plain)
    hashtags = list(dict.fromkeys(_HASHTAG.findall(plain))) if "#" in plain else []
    bare = _HASHTAG.sub(" , ", plain) if hashtags else plain
    if "@" in bare:
        bare = _HANDLE.sub(" , ", bare)
    tokens, asked, lines = _words(_ORNAMENT.sub(" ", bare))
    for number, tag in enumerate(hashtags, 1):
        tokens.extend(_tag_words(tag, number, len(tokens)))
    return Parsed(folded, tuple(tokens), frozenset(hashtags), tuple(links), frozenset(asked), tuple(lines))


def words_of(entry: str) -> tuple[Token, ...]:
    """The words of an entry that a person typed for a topic."""
    return tuple(_words(_ORNAMENT.sub(" ", as_meant(fold(entry)).replace("#", " ")))[0])


def _to_cyrillic(found: re.Match[str]) -> str:
    word = found.group()
    changed = word.translate(_LOOK_ALIKES)
    return word if _LATIN.search(changed) else changed


def _link(found: re.Match[str]) -> Link:
    written = found.group().rstrip(_TRAILING)
    path = unquote(found["path"] or "").rstrip(_TRAILING)
    query = (found["query"] or "").rstrip(_TRAILING)[1:]
    return Link(
        re.sub(r"^(?:www|m)\.", "", found["host"]),
        tuple(part for part in path.split("/") if part),
        frozenset(parse_qsl(query)),
        written,
    )


def _rest_of_link(found: re.Match[str]) -> str:
    """What stands for a link: a comma, and the punctuation that only stuck to its end."""
    whole = found.group()
    return " , " + whole[len(whole.rstrip(_TRAILING)) :]


def _words(text: str) -> tuple[list[Token], set[int], list[int]]:
    """The words of a text, the numbers of the sentences that ask, and each sentence's line."""
    tokens: list[Token] = []
    asked: set[int] = set()
    lines: list[int] = []
    step = clause = line = 0
    sentence, fresh, end = -1, True, 0
    for place, found in enumerate(_WORD.finditer(text)):
        gap = text[end : found.start()]
        joined = gap == " " or ("\n" not in gap and _JOINT.fullmatch(gap) is not None)
        if not joined:
            if "?" in gap and sentence >= 0:
                asked.add(sentence)
            fresh = fresh or _SENTENCE_END.search(gap + ("" if gap.endswith(" ") else "x")) is not None
            line += gap.count("\n")
            clause += fresh or _CLAUSE_END.search(gap) is not None
        if fresh:
            sentence, fresh = sentence + 1, False
            lines.append(line)
        form = found.group()
        step += form not in _FILLERS
        joined = joined and place > 0
        tokens.append(Token(form, place, step, sentence, clause, joined, joined and gap in _HYPHENS))
        end = found.end()
    if "?" in text[end:] and sentence >= 0:
        asked.add(sentence)
    return tokens, asked, lines


def _tag_words(tag: str, number: int, place: int) -> list[Token]:
    """The words of a hashtag, parted by underscores."""
    words = _WORD.findall(tag)
    return [
        Token(form, place + i, 1_000_000 * number + i, -number, -number, joined=i > 0, hyphened=False)
        for i, form in enumerate(words)
    ]
