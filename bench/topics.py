"""What finding out the topics of posts costs, beside the dictionary that nobody can do without."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from random import Random

from bench.harness import Budget, Sampler, cpu_ms, in_turn
from bench.world import ROOT, World
from cli.topic.lemmas import is_known, lemmatize
from goals.model import ClientId, Topic, TopicId
from goals.topics import compile_topic, match

POSTS, TOPICS = 1_000, 10
#: Of words longer than so many letters this share is replaced by ones from the dictionary.
_SHORT, _NEW = 3, 1 / 3
_WORDS, _OF_DICTIONARY = 20, 0.01
_CORPUS = ROOT / "tests" / "goals" / "topics"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _matching(_world: World) -> Sampler:
    posts, rules = _posts(), [compile_topic(topic, lemmatize) for topic in _topics()]

    def ours() -> None:
        for post in posts:
            match(post, rules, lemmatize, is_known)

    def base() -> None:
        for post in posts:
            for word in _WORD.findall(post):
                lemmatize(word)

    return in_turn(cpu_ms(_afresh(ours)), cpu_ms(_afresh(base)))


def _afresh(work: Callable[[], None]) -> Callable[[], None]:
    """The work with no word looked up before."""

    def run() -> None:
        lemmatize.cache_clear()
        is_known.cache_clear()
        work()

    return run


def _posts() -> list[str]:
    """Distinct posts: those of the labelled corpus, then the same with every third word another one.

    So the further posts bring new words as real ones do: in running Russian about a third is new.
    """
    lines = (_CORPUS / "posts.jsonl").read_text(encoding="utf-8").splitlines()
    told = [str(json.loads(line)["text"]) for line in lines]
    dice = Random(20261123)
    strange = _strange_words(dice)
    posts = dict.fromkeys(told)
    while len(posts) < POSTS:
        posts.setdefault(_WORD.sub(lambda word: _other(word.group(), strange, dice), dice.choice(told)))
    return list(posts)[:POSTS]


def _other(word: str, strange: Iterator[str], dice: Random) -> str:
    return next(strange) if len(word) > _SHORT and dice.random() < _NEW else word


def _strange_words(dice: Random) -> Iterator[str]:
    """Forms of words from the dictionary, each once, in no order."""
    from pymorphy3 import MorphAnalyzer

    entries = MorphAnalyzer().dictionary.words.iterkeys()
    forms = list(islice((word for word in entries if dice.random() < _OF_DICTIONARY), POSTS * _WORDS))
    dice.shuffle(forms)
    return iter(forms)


def _topics() -> list[Topic]:
    """The topics of the corpus, those with the most words first."""
    rows = json.loads((_CORPUS / "topics.json").read_text(encoding="utf-8"))
    rows.sort(key=lambda row: -len(row["words"]))
    return [
        Topic(
            TopicId(number),
            ClientId(1),
            row["name"],
            tuple(row["words"]),
            tuple(row["hashtags"]),
            tuple(row["links"]),
        )
        for number, row in enumerate(rows[:TOPICS], 1)
    ]


BUDGETS = (
    Budget(
        "topics-match",
        "1,000 posts x 10 topics / lemmatising the same posts",
        1.6,
        "ms",
        _matching,
    ),
)
