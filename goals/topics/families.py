"""Words of one family: what Russian regularly makes of a word without changing what it is about.

Words are generated from the topic's side, once; those that nobody says do no harm.
"""

from __future__ import annotations

from goals.topics.text import vocabulary

#: What is put before a noun to say which kind: фотоотбеливание, мини-распродажа.
PREFIXES = sorted(
    vocabulary(
        """авто аква арт аудио био видео гипер инста макси мега микро мини мото мульти нано онлайн офлайн пред
    промо радио спец супер тест топ ультра фито фото экспресс экстра эко электро"""
    )
)
#: Diminutives in sound only: words of their own.
_OTHER_WORDS = vocabulary("классик критик физик точка почка бочка полочка бабочка девочка")
_MIN_LENGTH = 4
#: How a verb's last consonant changes in its noun: обсудить, обсуждение.
_ALTERNATIONS = (
    ("жд", ("д",)), ("ж", ("д", "з")), ("щ", ("т", "ст")), ("ш", ("с",)), ("ч", ("т",)),
    ("вл", ("в",)), ("пл", ("п",)), ("бл", ("б",)), ("мл", ("м",)), ("фл", ("ф",)),
)  # fmt: skip
#: How adjectives end.
ADJECTIVE_ENDS = ("ый", "ий", "ой")
_VOWELS = "аеиоуыэюя"


def family(lemma: str) -> frozenset[str]:
    """The lemma (folded) with its diminutives, kinds, adjectives, aspects, noun of action, specialist."""
    if len(lemma) < _MIN_LENGTH:
        return frozenset({lemma})
    words = {lemma, *_diminutives(lemma), *_verbs(lemma)}
    if lemma.endswith(ADJECTIVE_ENDS):
        words.update(lemma[:-2] + tail for tail in ("енький", "онький", "ейший", "айший"))
    if not _is_verb(lemma):
        words.update(prefix.replace("э", "е") + lemma for prefix in PREFIXES)
        words.update(_adjectives(lemma))
        words.update(lemma + tail for tail in ("олог", "ология", "ологический") if lemma[-1] not in _VOWELS)
    return frozenset(words - (_OTHER_WORDS - {lemma}))


def nouns_of(adjective: str) -> frozenset[str]:
    """The nouns that an adjective may come from: клубный -> клуб, соевый -> соя."""
    stems = [
        adjective[: -len(tail)]
        for tail in ("ный", "ний", "овый", "евый", "ский", "йный")
        if adjective.endswith(tail) and len(adjective) - len(tail) > 1
    ]
    return frozenset(stem + end for stem in stems for end in ("", "а", "о", "я", "ь") if len(stem + end) > 2)


def actions_of(noun: str) -> frozenset[str]:
    """Who does what a noun in -ка names, and its verbs: подписка -> подписать, подписаться, подписчик.

    On their own they say other things too (подпишитесь на нас), so they count only within a phrase.
    """
    if not noun.endswith("ка") or len(noun) < _MIN_LENGTH + 2:
        return frozenset()
    verbs = {noun[:-2] + "ать", noun[:-2] + "ить"}
    verbs = verbs.union(*map(_aspects, verbs))
    return frozenset({noun[:-2] + "чик", *verbs, *(verb + "ся" for verb in verbs)})


def compounds(adjective: str, noun: str) -> frozenset[str]:
    """What has gone through an action of some kind: свежая обжарка -> свежеобжаренный."""
    if not adjective.endswith(ADJECTIVE_ENDS) or not noun.endswith("ка"):
        return frozenset()
    stem, done = adjective[:-2], noun[:-2]
    return frozenset(stem + join + done + tail for join in "ое" for tail in ("ить", "ать", "енный", "анный"))


def _adjectives(noun: str) -> set[str]:
    """What is of the thing: скидочный, акционный, клубный, слэбовый."""
    if noun.endswith("ка"):
        return {noun[:-2] + "очный"}
    if noun.endswith("ция"):
        return {noun[:-2] + "ионный"}
    stem = noun[:-1] if noun[-1] in "ая" else noun
    return {stem + "ный", stem + "овый"} if stem[-1] not in _VOWELS + "ьй" else set()


def _is_verb(lemma: str) -> bool:
    return lemma.endswith(("ть", "ться", "чь", "чься", "ти", "тись"))


def _diminutives(lemma: str) -> set[str]:
    if _is_verb(lemma):
        return set()
    stem, last = lemma[:-1], lemma[-1]
    if lemma.endswith("ка"):
        return {lemma[:-2] + "очка", lemma[:-2] + "ечка", lemma[:-2] + "чка"}
    if lemma.endswith(("га", "ха")):
        return {lemma[:-2] + ("жка" if lemma[-2] == "г" else "шка")}
    if lemma.endswith("ия"):
        return {stem + "йка"}
    if last in "ая":
        return {stem + "ка", stem + "очка", stem + "ечка", stem + "юшка"}
    if last in _VOWELS + "ь":
        return set()
    if lemma.endswith("ок"):
        return {lemma[:-2] + "очек"}
    return {lemma + "ик", lemma + "чик"}


def _verbs(lemma: str) -> set[str]:
    """The verbs of the same action, and its noun in -ние."""
    if lemma.endswith(("ание", "ение", "яние", "ация")):
        verbs = _verbs_of_action(lemma)
        return {lemma[:-2] + "ье", *verbs, *(verb + "ся" for verb in verbs)}.union(*map(_aspects, verbs))
    plain = lemma.removesuffix("ся")
    if not plain.endswith("ть"):
        return set()
    words = {plain, plain + "ся"} | _aspects(plain)
    actions = {word[:-2] + "ние" for word in words if word.endswith(("ать", "ять"))}
    return words | actions


def _verbs_of_action(noun: str) -> set[str]:
    """What is done: отбеливание, обсуждение, оформление, посещение, имплантация."""
    stem = noun[:-4]
    if noun.endswith("ация"):
        return {stem + "ировать", stem + "овать"}
    if not noun.endswith("ение"):
        return {noun[:-3] + "ть"}
    verbs = {stem + "ить", stem + "ать", stem + "ять"}
    for end, others in _ALTERNATIONS:
        if stem.endswith(end):
            verbs.update(stem[: -len(end)] + other + "ить" for other in others)
    return verbs


def _aspects(verb: str) -> set[str]:
    """The same verb in the other aspect, with -ся too: отбелить, отбеливать; доставить, доставлять."""
    pairs = set()
    if verb.endswith(("ивать", "ывать")):
        pairs = {verb[:-5] + "ить", verb[:-5] + "ать", verb[:-5] + "ять"}
    elif verb.endswith("лять"):
        pairs = {verb[:-4] + "ить"}
    elif verb.endswith("ить"):
        pairs = {verb[:-3] + "ивать", verb[:-3] + "ывать", verb[:-3] + "ять", verb[:-3] + "лять"}
    elif verb.endswith("ать"):
        pairs = {verb[:-3] + "ывать"}
    return pairs | {verb + "ся" for verb in pairs}
