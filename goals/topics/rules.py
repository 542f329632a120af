"""What a person typed for a topic, made ready for matching."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

from goals.model import Topic, TopicId
from goals.topics.edits import sound
from goals.topics.families import ADJECTIVE_ENDS, PREFIXES, actions_of, compounds, family, nouns_of
from goals.topics.text import as_meant, fold, hashtag_of, is_filler, link_of, words_of
from goals.topics.trade import ADJECTIVES, RELATED, SENSES, SYNONYMS
from goals.topics.verdict import Doubt

#: Goes up with every change of the rules or their tables, so that stored matches are made anew.
RULES_VERSION = 1

#: Shorter words have too many neighbours to be told by a slip.
MIN_TYPO = 5

Lemmatize = Callable[[str], str]
_Value = TypeVar("_Value")


class Phrase(NamedTuple):
    """Words that stand for a topic: one of each slot's keys, near each other, in any order.

    `tight[i]` says that slot i has to be joined to the slot before it. `doubt` is set where it is never
    more than a suggestion.
    """

    slots: tuple[frozenset[str], ...]
    tight: tuple[bool, ...]
    entry: str
    doubt: Doubt | None = None


class LinkPart(NamedTuple):
    """A part of an address: a host (None: any) with the beginning of a path, or parts of a path."""

    host: str | None
    path: tuple[str, ...]
    query: frozenset[tuple[str, str]]
    entry: str


@dataclass(frozen=True, slots=True)
class TopicRule:
    """A topic made ready.

    `index` leads from a word to the slots (number of the phrase, number in it) that it fills, `keys` are
    those words. `slips` are the topic's longer words by first letter, `sounds` by how they are heard.
    `senses` tells around which words one has another sense, except those of the topic itself (`own`).

    `odd_hashtags` are those that no network would make one hashtag of, found as they were typed; `glued`
    are beginnings of hashtags that may mean the topic.
    """

    topic_id: TopicId
    phrases: tuple[Phrase, ...]
    index: dict[str, tuple[tuple[int, int], ...]]
    keys: frozenset[str]
    slips: dict[str, tuple[str, ...]]
    sounds: dict[str, tuple[str, ...]]
    senses: dict[str, frozenset[str]]
    own: frozenset[str]
    hashtags: dict[str, str]
    odd_hashtags: tuple[tuple[re.Pattern[str], str], ...]
    glued: tuple[tuple[str, str], ...]
    links: tuple[LinkPart, ...]


class _Words(NamedTuple):
    """Lemmas of an entry's words, and which are joined to the one before by a hyphen."""

    lemmas: tuple[str, ...]
    tight: tuple[bool, ...]
    glued: str


def key_of(word: str) -> str:
    """A form or lemma as matching compares it: ё and э are е."""
    return word.replace("ё", "е").replace("э", "е")


def compile_topic(topic: Topic, lemmatize: Lemmatize) -> TopicRule:
    """Make a topic ready for matching."""
    entries = [word for word in topic.words if words_of(word)]
    own = frozenset(lemma for entry in entries for lemma in _lemmas(entry, lemmatize).lemmas)
    phrases = [phrase for entry in entries for phrase in _phrases(entry, lemmatize)]
    phrases += [phrase for entry in entries for phrase in _related(entry, lemmatize)]
    if words_of(topic.name):
        name = _lemmas(topic.name, lemmatize)
        phrases.append(Phrase(_slots(name.lemmas, lemmatize), name.tight, topic.name, Doubt.NAME))
    phrases = list(dict.fromkeys(phrases))
    hashtags = {hashtag_of(tag): tag for tag in topic.hashtags if hashtag_of(tag)}
    plain = {tag.replace("_", ""): entry for tag, entry in hashtags.items() if re.fullmatch(r"\w+", tag)}
    long = [lemma for lemma in sorted(own) if len(lemma) >= MIN_TYPO]
    glued = {tag: entry for tag, entry in hashtags.items() if len(tag) >= MIN_TYPO}
    glued |= {word: entry for entry in entries if len(word := _glued(entry)) >= MIN_TYPO}
    index = _grouped(
        (key, (number, place))
        for number, phrase in enumerate(phrases)
        for place, slot in enumerate(phrase.slots)
        for key in slot
    )
    return TopicRule(
        topic_id=topic.id,
        phrases=tuple(phrases),
        index=index,
        keys=frozenset(index),
        slips=_grouped((lemma[0], lemma) for lemma in long),
        sounds=_grouped((sound(lemma), lemma) for lemma in long),
        senses=_senses(lemmatize),
        own=own,
        hashtags=plain,
        odd_hashtags=tuple(
            (re.compile("#" + re.escape(tag) + r"(?!\w)"), entry)
            for tag, entry in hashtags.items()
            if not re.fullmatch(r"\w+", tag)
        ),
        glued=tuple(glued.items()),
        links=tuple(part for link in topic.links if (part := _link_part(link))),
    )


def _glued(entry: str) -> str:
    return "".join(token.form for token in words_of(entry))


def _grouped(pairs: Iterable[tuple[str, _Value]]) -> dict[str, tuple[_Value, ...]]:
    found: dict[str, list[_Value]] = {}
    for group, value in pairs:
        found.setdefault(group, []).append(value)
    return {group: tuple(values) for group, values in found.items()}


def _lemmas(entry: str, lemmatize: Lemmatize) -> _Words:
    """The entry's words without those that only link, and the whole of it glued together."""
    lemmas: list[str] = []
    tight: list[bool] = []
    for chunk in as_meant(fold(entry)).split():
        tokens = words_of(chunk)
        if len(tokens) == 1 and is_filler(tokens[0].form):
            continue
        lemmas += [key_of(lemmatize(token.form)) for token in tokens]
        tight += [token.place > 0 and token.joined for token in tokens]
    if not lemmas:
        forms = [token.form for token in words_of(entry)]
        lemmas, tight = [key_of(lemmatize(form)) for form in forms], [False] * len(forms)
    whole = key_of(lemmatize(_glued(entry))) if len(tight) > 1 and all(tight[1:]) else ""
    return _Words(tuple(lemmas), tuple(tight), whole)


def _slots(lemmas: tuple[str, ...], lemmatize: Lemmatize) -> tuple[frozenset[str], ...]:
    """For each word its family, its one-word synonyms and theirs."""
    singles = _synonyms(lemmatize)[0]
    return tuple(
        frozenset().union(*(family(word) for word in (lemma, *singles.get((lemma,), ())))) for lemma in lemmas
    )


def _phrases(entry: str, lemmatize: Lemmatize) -> list[Phrase]:
    """The entry in all the ways that mean it."""
    words = _lemmas(entry, lemmatize)
    ways = [words, *_spelled_otherwise(words, lemmatize), *_said_otherwise(words, lemmatize)]
    found = []
    for way in ways:
        slots = _slots(way.lemmas, lemmatize)
        if len(slots) > 1 and not any(way.tight):
            slots = tuple(
                slot | (nouns_of(lemma) if lemma.endswith(ADJECTIVE_ENDS) else actions_of(lemma))
                for slot, lemma in zip(slots, way.lemmas, strict=True)
            )
        found.append(Phrase(slots, way.tight, entry))
    return found


def _spelled_otherwise(words: _Words, lemmatize: Lemmatize) -> list[_Words]:
    """Hyphened words written as one, and a word with its prefix written apart."""
    ways = []
    if words.glued:
        ways.append(_Words((words.glued,), (False,), words.glued))
    if len(words.lemmas) == 1:
        for prefix in PREFIXES:
            rest = words.lemmas[0].removeprefix(prefix)
            if rest != words.lemmas[0] and len(rest) >= MIN_TYPO:
                ways.append(_Words((prefix, key_of(lemmatize(rest))), (False, True), ""))
    return ways


def _said_otherwise(words: _Words, lemmatize: Lemmatize) -> list[_Words]:
    """Synonyms of the whole, adjectives put as nouns and nouns as adjectives, two words as a compound."""
    singles, groups = _synonyms(lemmatize)
    ways = [way for way in groups.get(words.lemmas, ()) if way.lemmas != words.lemmas]
    ways += [
        _Words((single,), (False,), "") for single in singles.get(words.lemmas, ()) if len(words.lemmas) > 1
    ]
    if len(words.lemmas) > 1:
        pairs = [(_lemmas(one, lemmatize).lemmas, _lemmas(two, lemmatize).lemmas) for one, two in ADJECTIVES]
        for one, two in (*pairs, *((two, one) for one, two in pairs)):
            if len(one) == 1 and one[0] in words.lemmas:
                i = words.lemmas.index(one[0])
                lemmas = (*words.lemmas[:i], *two, *words.lemmas[i + 1 :])
                ways.append(_Words(lemmas, (False,) * len(lemmas), ""))
    if len(words.lemmas) == 2:
        ways += [_Words((word,), (False,), "") for word in sorted(compounds(*words.lemmas))]
    return ways


def _related(entry: str, lemmatize: Lemmatize) -> list[Phrase]:
    lemmas = _lemmas(entry, lemmatize).lemmas
    found = []
    for group in RELATED:
        members = [_lemmas(member, lemmatize) for member in group]
        if lemmas in {member.lemmas for member in members}:
            found += [
                Phrase(_slots(member.lemmas, lemmatize), member.tight, entry, Doubt.RELATED)
                for member in members
                if member.lemmas != lemmas
            ]
    return found


@lru_cache(maxsize=4)
def _synonyms(
    lemmatize: Lemmatize,
) -> tuple[dict[tuple[str, ...], tuple[str, ...]], dict[tuple[str, ...], tuple[_Words, ...]]]:
    """By a member's words: the one-word members of its group, and those of several words."""
    singles: dict[tuple[str, ...], tuple[str, ...]] = {}
    groups: dict[tuple[str, ...], tuple[_Words, ...]] = {}
    for group in SYNONYMS:
        members = [_lemmas(member, lemmatize) for member in group]
        ones = tuple(dict.fromkeys(m.lemmas[0] for m in members if len(m.lemmas) == 1))
        several = tuple(m for m in members if len(m.lemmas) > 1)
        for member in members:
            singles[member.lemmas] = singles.get(member.lemmas, ()) + ones
            groups[member.lemmas] = groups.get(member.lemmas, ()) + several
    return singles, groups


@lru_cache(maxsize=4)
def _senses(lemmatize: Lemmatize) -> dict[str, frozenset[str]]:
    """By a word, hyphened ones as one: those around which it has another sense."""
    found: dict[str, frozenset[str]] = {}
    for words, context in SENSES:
        around = frozenset(_lemmas(word, lemmatize).lemmas[0] for word in context)
        for word in words:
            lemmas = _lemmas(word, lemmatize).lemmas
            found["".join(lemmas)] = found.get("".join(lemmas), frozenset()) | around
    return found


def _link_part(entry: str) -> LinkPart | None:
    """What was typed as a part of a link: with a host, or only parts of a path."""
    written = fold(entry).strip()
    link = link_of(written)
    if link is not None:
        return LinkPart(link.host, link.path, link.query, entry)
    path = tuple(part for part in written.split("/") if part)
    return LinkPart(None, path, frozenset(), entry) if path else None
