"""Whether a mention counts: denied, in another sense, or only in passing. Simple rules of the language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from goals.topics.text import Parsed, Token, vocabulary

#: A text with fewer words or sentences has no room for a mention in passing.
LONG_WORDS, LONG_SENTENCES = 25, 4
#: A closing line of at most so many words is a footer when it follows several sentences.
FOOTER_WORDS = 8
#: How far around a word those stand that give it another sense.
SENSE_WORDS = 8

_NONE = frozenset({"нет", "нету"})
_WITHOUT = frozenset({"без", "вместо"})
_NO_ADJECTIVE = "никак"
_AND = frozenset({"и", "или", "ни"})
_ADJECTIVE_ENDS = ("ых", "их", "ого", "его", "ой", "ей")
_AFTER = frozenset({"больше", "пока", "уже", "сейчас", "у", "нас", "совсем"})
_PREPOSITIONS = vocabulary("с со на по о об в во для из к ко от до про за при после")
_DOING = vocabulary(
    """делать возить привозить продавать проводить провести давать дать обещать заниматься печь варить
    выпускать оказывать предлагать устраивать планировать ждать остаться оставаться шить производить"""
)
_WILL_BE = frozenset({"будет", "будут"})
#: The reader is addressed: хотите, приходите, не упустите.
_TO_READER = ("йте", "йтесь", "ите", "итесь", "ьте", "ьтесь")


def denied(parsed: Parsed, keys: Sequence[str], first: int, last: int) -> bool:
    """Whether the words from token `first` to `last` are said not to be.

    «без скидок», «никаких акций», «слэбов нет», «не делаем», «это не». `keys` are the lemmas of all tokens.
    """
    tokens = parsed.tokens
    sentence = tokens[first].sentence
    if sentence in parsed.asked or sentence < 0:
        return False
    clauses = {tokens[first].clause, tokens[last].clause}
    clause = [
        i
        for i in range(max(0, first - 15), min(len(tokens), last + 16))
        if tokens[i].sentence == sentence and tokens[i].clause in clauses
    ]
    before = [tokens[i].form for i in clause if i < first]
    if before[-2:] == ["это", "не"]:
        return True
    if _goes_without(before):
        return not any(tokens[i].form == "не" for i in clause)
    if before and before[-1] in _PREPOSITIONS:
        return False
    after = [tokens[i].form for i in clause if i > last]
    if _is_none(before, after):
        return True
    return any(
        tokens[i].form == "не"
        and i + 1 in clause
        and (keys[i + 1] in _DOING or tokens[i + 1].form in _WILL_BE)
        for i in clause
    )


def _goes_without(before: Sequence[str]) -> bool:
    """«без», «вместо» or «никаких» right before, but for adjectives and one more thing named with «и»."""
    rest = list(before)
    skipped = 0
    while rest and skipped < 3:
        if rest[-1] in _WITHOUT or (rest[-1].startswith(_NO_ADJECTIVE) and rest[-1] != _NO_ADJECTIVE):
            return True
        if rest[-1] in _AND and len(rest) > 1:
            rest = rest[:-2]
        elif rest[-1].endswith(_ADJECTIVE_ENDS):
            rest = rest[:-1]
        else:
            return False
        skipped += 1
    return False


def _is_none(before: Sequence[str], after: Sequence[str]) -> bool:
    """«нет» before, with nothing but adjectives and «больше» between, or after in the same way."""
    for form in reversed(before):
        if form in _NONE:
            return True
        if form not in _AFTER and not form.endswith(_ADJECTIVE_ENDS):
            break
    for form in after:
        if form in _NONE:
            return True
        if form not in _AFTER:
            break
    return False


def other_sense(
    tokens: Sequence[Token],
    keys: Sequence[str],
    mention: Sequence[int],
    senses: Mapping[str, frozenset[str]],
    own: Collection[str],
) -> bool:
    """Whether a word near the mention gives it another sense; the topic's own words never do."""
    around = senses.get("".join(keys[i] for i in sorted(mention)))
    if not around:
        return False
    first = min(mention)
    sentence = tokens[first].sentence
    return any(
        keys[i] in around and keys[i] not in own and tokens[i].sentence == sentence
        for i in range(max(0, first - SENSE_WORDS), min(len(tokens), first + SENSE_WORDS + 1))
    )


def in_passing(parsed: Parsed, mentions: Collection[int]) -> bool:
    """Whether the mentions (their first tokens) are too little for the text to be about them.

    That is one in the middle of a long text, in a sentence without a figure (a price or a date makes it
    an offer) that does not address the reader, or one in a short last line under several sentences.
    """
    if len(set(mentions)) != 1:
        return False
    sentence = parsed.tokens[next(iter(mentions))].sentence
    count = len(parsed.lines)
    if sentence <= 0 or count < LONG_SENTENCES:
        return False
    if sentence < count - 1:
        forms = [token.form for token in parsed.tokens if token.sentence == sentence]
        offers = any(form[0].isdigit() or form.endswith(_TO_READER) for form in forms)
        return not offers and sum(token.sentence >= 0 for token in parsed.tokens) >= LONG_WORDS
    words = Counter(token.sentence for token in parsed.tokens)
    return parsed.lines[sentence] > parsed.lines[sentence - 1] and words[sentence] <= FOOTER_WORDS
