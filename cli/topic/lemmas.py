"""Dictionary forms of Russian words, by pymorphy3. Loaded at the first word, kept for the process."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

#: Goes up when another reading of a word is chosen, so that stored matches are made anew.
_CHOICE = 1

#: Which words are known and what they are reduced to: the package, its dictionary and the choice made here.
LEMMATIZER_VERSION = f"pymorphy3 {version('pymorphy3')}, {version('pymorphy3-dicts-ru')}, {_CHOICE}"

_CACHED = 65_536
_RUSSIAN = re.compile(r"[а-яё]+(?:-[а-яё]+)*")
_RUSSIAN_WORD = re.compile(r"[А-Яа-яЁё]+")
#: A reading in which a noun is its own dictionary form needs this share of the likelihood to be taken.
_ENOUGH = 0.4
_VOWELS = "аеёиоуыэюя"
_NOUNS_LIKE_ADJECTIVES = ("ый", "ий", "ой", "ая", "яя", "ое", "ее")


@lru_cache(maxsize=_CACHED)
def lemmatize(word: str) -> str:
    """The word's dictionary form in small letters: one for each word, so that its forms come together.

    What is not written in Russian letters is its own form: the analyzer fails on some other alphabets.
    """
    lowered = word.lower()
    if not _RUSSIAN.fullmatch(lowered):
        return lowered
    parses = _analyzer().parse(lowered)
    return _likeliest(lowered, parses) if is_known(lowered) else _guess(lowered, parses)


@lru_cache(maxsize=_CACHED)
def is_known(word: str) -> bool:
    """Whether the word is a form of one in the dictionary; е may stand for ё."""
    if not _RUSSIAN.fullmatch(word.lower()):
        return False
    return bool(_analyzer().word_is_known(word.lower()))


def nominative(phrase: str) -> str:
    """A phrase in an oblique case as a name: «старую партию»: «старая партия»; what is none stays."""
    return _RUSSIAN_WORD.sub(lambda found: _nominative(found.group()), phrase)


def _nominative(word: str) -> str:
    parse = _analyzer().parse(word.lower())[0]
    if not {"NOUN", "ADJF", "PRTF", "NPRO"} & set(map(str, parse.tag.grammemes)) or "nomn" in parse.tag:
        return word
    form = parse.inflect({"nomn", *({"plur"} if "plur" in parse.tag else ())})
    if form is None:
        return word
    return str(form.word).capitalize() if word[:1].isupper() else str(form.word)


def _likeliest(word: str, parses: list[Parse]) -> str:
    """The likeliest reading over all its forms; the word itself before others that are about as likely.

    Adjectives come before the nouns made of them (старого: старый, старое), which have the same forms.
    """
    shares: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    for parse in parses:
        shares[parse.normal_form] += parse.score
        kinds.setdefault(parse.normal_form, str(parse.tag.POS))
    best = max(shares, key=lambda lemma: (round(shares[lemma], 6), kinds[lemma] == "NOUN"))
    if kinds.get(word) == "NOUN" and shares[word] >= _ENOUGH * sum(shares.values()):
        best = word
    if kinds[best] == "NOUN" and best.endswith(_NOUNS_LIKE_ADJECTIVES):
        return next((lemma for lemma, kind in kinds.items() if kind == "ADJF"), best)
    return best


def _guess(word: str, parses: list[Parse]) -> str:
    """Of a noun in no dictionary (слэб, сейл) the one with the shortest stem; endings alone tell little."""
    if str(parses[0].tag.POS) != "NOUN":
        return str(parses[0].normal_form)
    nouns = [str(parse.normal_form) for parse in parses if str(parse.tag.POS) == "NOUN"]
    stems = [(noun.rstrip(_VOWELS), noun[-1] == "о", noun) for noun in nouns]
    fitting = [(len(stem), odd, noun) for stem, odd, noun in stems if word.startswith(stem)]
    return min(fitting)[2] if fitting else str(parses[0].normal_form)


@lru_cache(maxsize=1)
def _analyzer() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()
