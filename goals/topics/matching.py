"""Which topics a text is about: words, hashtags and links of the topics, looked for in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from goals.model import TopicId
from goals.topics.context import denied, in_passing, other_sense
from goals.topics.edits import one_slip, sound
from goals.topics.rules import MIN_TYPO, Lemmatize, LinkPart, Phrase, TopicRule, key_of
from goals.topics.text import Link, Parsed, as_meant, parse
from goals.topics.verdict import Certainty, Doubt, Evidence, Match, Sign

#: A word of at least so many letters is told by a slip on its own.
LONG_WORD = 7
#: Words of a phrase may have so many other words among them.
_STRANGERS = 1
_MAX_PLACES = 16
#: A hyphened word has at most so many more parts.
_MAX_PARTS = 4


@dataclass(frozen=True, slots=True)
class _Text:
    """A text ready for matching.

    `keys` are its tokens' lemmas; `where` leads from a word to its tokens, `wholes` from a hyphened word
    written as one, `strange` are the longer words that are in no dictionary, with their
    sound and tokens.
    """

    parsed: Parsed
    keys: tuple[str, ...]
    where: dict[str, list[int]]
    wholes: dict[str, list[tuple[int, ...]]]
    strange: tuple[tuple[str, str, list[int]], ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Slips:
    """Misspelt words: the tokens by the word that is meant, and those that surely mean it.

    `certain` says that a dictionary told that they are no words of their own.
    """

    places: dict[str, list[int]]
    sure: set[int]
    certain: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    """The tokens that stand for a phrase's words."""

    phrase: Phrase
    tokens: tuple[int, ...]
    doubt: Doubt | None


def match(
    text: str,
    rules: Iterable[TopicRule],
    lemmatize: Lemmatize,
    known: Callable[[str], bool] | None = None,
) -> dict[TopicId, Match]:
    """The topics that the text is about or may be about, with the evidence.

    `known` says whether a word is in the dictionary. Without it a slip of the hand cannot be told from
    another word and is only a suggestion.
    """
    ready = _prepare(text, lemmatize, known)
    found = {}
    for rule in rules:
        verdict = _match(ready, rule, certain=known is not None)
        if verdict is not None:
            found[rule.topic_id] = verdict
    return found


def _prepare(text: str, lemmatize: Lemmatize, known: Callable[[str], bool] | None) -> _Text:
    parsed = parse(text)
    keys = []
    where: dict[str, list[int]] = {}
    strange: dict[str, list[int]] = {}
    for i, token in enumerate(parsed.tokens):
        form = key_of(token.form)
        key = form if form.isascii() else key_of(lemmatize(token.form))
        keys.append(key)
        where.setdefault(key, []).append(i)
        if form != key:
            where.setdefault(form, []).append(i)
        if form.isascii() and form.endswith("s"):
            where.setdefault(form[:-1], []).append(i)
        if len(form) >= MIN_TYPO - 1 and (known is None or not known(token.form)):
            for word in {form, key}:
                strange.setdefault(word, []).append(i)
    wholes = _wholes(parsed, lemmatize)
    heard = tuple((word, sound(word), tokens) for word, tokens in strange.items())
    return _Text(parsed, tuple(keys), where, wholes, heard, frozenset([*where, *wholes]))


def _wholes(parsed: Parsed, lemmatize: Lemmatize) -> dict[str, list[tuple[int, ...]]]:
    """Hyphened words as if they were written as one, with their tokens."""
    found: dict[str, list[tuple[int, ...]]] = {}
    run: list[int] = []
    for i, token in enumerate(parsed.tokens):
        run = [*run[-_MAX_PARTS:], i] if token.hyphened else [i]
        if len(run) > 1:
            whole = "".join(parsed.tokens[part].form for part in run)
            found.setdefault(key_of(lemmatize(whole)), []).append(tuple(run))
    return found


def _match(text: _Text, rule: TopicRule, *, certain: bool) -> Match | None:
    mentions = _mentions(text, rule, certain=certain)
    parsed = text.parsed
    if not (mentions or parsed.hashtags or parsed.links or rule.odd_hashtags):
        return None
    firm = [*_hashtags(parsed, rule), *_links(parsed.links, rule.links)]
    clear = {min(mention.tokens) for mention in mentions if mention.doubt is None}
    passing = bool(clear) and not firm and in_passing(text.parsed, clear)
    words = [_evidence(text, mention, Doubt.PASSING if passing else None) for mention in mentions]
    evidence = [*words, *firm]
    sure = [one for one in evidence if one.doubt is None]
    if sure:
        return Match(Certainty.ABOUT, _once(sure))
    evidence += _glued(text.parsed, rule)
    return Match(Certainty.SUGGESTION, _once(evidence)) if evidence else None


def _once(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The first evidence for each thing found; several entries often say the same."""
    first: dict[tuple[Sign, str], Evidence] = {}
    for one in evidence:
        first.setdefault((one.sign, one.found), one)
    return tuple(first.values())


def _evidence(text: _Text, mention: _Mention, doubt: Doubt | None) -> Evidence:
    found = " ".join(text.parsed.tokens[i].form for i in sorted(mention.tokens))
    return Evidence(Sign.WORD, found, mention.phrase.entry, mention.doubt or doubt)


def _mentions(text: _Text, rule: TopicRule, *, certain: bool) -> list[_Mention]:
    """All mentions of the rule's phrases, in the order of the text."""
    slips = _slips(text, rule, certain=certain)
    if not slips.places and text.words.isdisjoint(rule.keys):
        return []
    found: list[_Mention] = []
    for number, places in _filled(text, rule, slips).items():
        phrase = rule.phrases[number]
        near = list(_near(text, phrase, places))
        found += [_Mention(phrase, tokens, _doubt(text, phrase, tokens, slips, rule)) for tokens in near]
        if not near and phrase.doubt is None and not any(phrase.tight):
            apart = _apart(text, places)
            found += [_Mention(phrase, apart, Doubt.APART)] if apart else []
    for key in rule.keys.intersection(text.wholes):
        for number, _ in rule.index[key]:
            phrase = rule.phrases[number]
            if len(phrase.slots) == 1:
                runs = text.wholes[key]
                found += [_Mention(phrase, run, _doubt(text, phrase, run, slips, rule)) for run in runs]
    return sorted(found, key=lambda mention: min(mention.tokens))


def _slips(text: _Text, rule: TopicRule, *, certain: bool) -> _Slips:
    """The tokens that are a word of the topic misspelt, and no word of their own.

    Those are sure that are written as it is heard, or are long.
    """
    slips = _Slips({}, set(), certain)
    for word, heard, tokens in text.strange:
        for meant in rule.sounds.get(heard, ()):
            if word != meant:
                slips.places.setdefault(meant, []).extend(tokens)
                slips.sure.update(tokens)
        for meant in rule.slips.get(word[0], ()):
            if one_slip(word, meant):
                slips.places.setdefault(meant, []).extend(tokens)
                slips.sure.update(tokens if len(meant) >= LONG_WORD else ())
    if not certain:
        slips.sure.clear()
    return slips


def _filled(text: _Text, rule: TopicRule, slips: _Slips) -> dict[int, list[list[int]]]:
    """By their numbers the phrases that have tokens for all their slots, with those; misspelt ones last."""
    places: dict[int, dict[int, set[int]]] = {}
    for key in text.words & rule.keys:
        for number, slot in rule.index[key]:
            places.setdefault(number, {}).setdefault(slot, set()).update(text.where.get(key, ()))
    for meant, tokens in slips.places.items():
        for number, slot in rule.index.get(meant, ()):
            places.setdefault(number, {}).setdefault(slot, set()).update(tokens)
    late = {i for tokens in slips.places.values() for i in tokens}
    return {
        number: [sorted(slots[slot], key=lambda i: (i in late, i)) for slot in range(len(slots))]
        for number, slots in places.items()
        if len(slots) == len(rule.phrases[number].slots) and all(slots.values())
    }


def _near(text: _Text, phrase: Phrase, places: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    """Tokens for the phrase's slots, near each other in one sentence; each start gives at most one."""
    if len(places) == 1:
        yield from ((i,) for i in places[0])
        return
    tokens = text.parsed.tokens
    reach = len(places) - 1 + _STRANGERS
    events = sorted({i for slot in places for i in slot})
    ranks = [{i: rank for rank, i in enumerate(slot)} for slot in places]
    for at, start in enumerate(events):
        window = [
            i
            for i in events[at : at + _MAX_PLACES]
            if tokens[i].sentence == tokens[start].sentence and tokens[i].step - tokens[start].step <= reach
        ]
        chosen = _choose(
            text,
            phrase,
            [sorted((i for i in window if i in rank), key=rank.__getitem__) for rank in ranks],
            (),
        )
        if chosen and start in chosen:
            yield chosen


def _choose(
    text: _Text, phrase: Phrase, places: Sequence[Sequence[int]], taken: tuple[int, ...]
) -> tuple[int, ...] | None:
    """A token of its own for each slot; tight ones joined."""
    slot = len(taken)
    if slot == len(places):
        return taken
    for i in places[slot]:
        if i in taken or (phrase.tight[slot] and not _joined(text, taken[-1], i)):
            continue
        chosen = _choose(text, phrase, places, (*taken, i))
        if chosen:
            return chosen
    return None


def _joined(text: _Text, one: int, other: int) -> bool:
    first, second = sorted((one, other))
    return second - first == 1 and text.parsed.tokens[second].joined


def _apart(text: _Text, places: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """Tokens for the slots in one sentence, however far from each other."""
    tokens = text.parsed.tokens
    firsts = [{tokens[i].sentence: i for i in reversed(slot)} for slot in places]
    for sentence in firsts[0]:
        chosen = tuple(slot[sentence] for slot in firsts if sentence in slot)
        if len(set(chosen)) == len(places):
            return chosen
    return None


def _doubt(
    text: _Text, phrase: Phrase, tokens: tuple[int, ...], slips: _Slips, rule: TopicRule
) -> Doubt | None:
    """Why a mention does not count, None where it does."""
    if phrase.doubt is not None:
        return phrase.doubt
    wrong = _misspelt(text, phrase, tokens, slips) if slips.places else []
    if wrong and not slips.sure.issuperset(wrong) and (len(wrong) == len(tokens) or not slips.certain):
        return Doubt.TYPO
    if denied(text.parsed, text.keys, min(tokens), max(tokens)):
        return Doubt.DENIED
    if other_sense(text.parsed.tokens, text.keys, tokens, rule.senses, rule.own):
        return Doubt.OTHER_SENSE
    return None


def _misspelt(text: _Text, phrase: Phrase, tokens: tuple[int, ...], slips: _Slips) -> list[int]:
    """The tokens that stand for their slot only as slips."""
    slipped = {i for places in slips.places.values() for i in places}
    return [
        i
        for i, slot in zip(tokens, phrase.slots, strict=False)
        if i in slipped and not any(i in text.where[key] for key in text.words & slot if key in text.where)
    ]


def _hashtags(parsed: Parsed, rule: TopicRule) -> Iterator[Evidence]:
    for tag in sorted(parsed.hashtags):
        entry = rule.hashtags.get(tag.replace("_", ""))
        if entry is not None:
            yield Evidence(Sign.HASHTAG, "#" + tag, entry)
    for pattern, entry in rule.odd_hashtags:
        written = pattern.search(as_meant(parsed.folded))
        if written:
            yield Evidence(Sign.HASHTAG, written.group(), entry)


def _glued(parsed: Parsed, rule: TopicRule) -> Iterator[Evidence]:
    """Hashtags that begin with the topic's words or hashtag and go on."""
    for tag in sorted(parsed.hashtags):
        for word, entry in rule.glued:
            if tag.replace("_", "").startswith(word):
                yield Evidence(Sign.HASHTAG, "#" + tag, entry, Doubt.GLUED)
                break


def _links(links: Sequence[Link], parts: Sequence[LinkPart]) -> Iterator[Evidence]:
    for link in links:
        for part in parts:
            if _leads_to(link, part):
                yield Evidence(Sign.LINK, link.written, part.entry)


def _leads_to(link: Link, part: LinkPart) -> bool:
    """The same host and the beginning of the path, or the path's parts anywhere; all of a query."""
    size = len(part.path)
    if part.host is not None:
        return link.host == part.host and link.path[:size] == part.path and part.query <= link.query
    return any(link.path[i : i + size] == part.path for i in range(len(link.path) - size + 1))
