"""The labelled posts beside this file, and how well a matcher does on them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cli.topic.lemmas import is_known, lemmatize
from goals.model import ClientId, Topic, TopicId
from goals.topics import Certainty, Match, TopicRule, compile_topic, match

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Labelled:
    """A post with the names of the topics it is about; `trap` says what is hard about it."""

    client: str
    text: str
    topics: frozenset[str]
    trap: str
    split: str


@dataclass
class Score:
    """Labels found rightly, found wrongly and not found."""

    hits: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.hits / (self.hits + self.wrong) if self.hits + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the labels that was found; 1 where there are none."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        whole = 2 * self.hits + self.wrong + self.missed
        return 2 * self.hits / whole if whole else 1.0


def topic(
    *words: str, hashtags: Iterable[str] = (), links: Iterable[str] = (), name: str = "", number: int = 1
) -> Topic:
    """A topic with everything that a test does not care about filled in."""
    return Topic(TopicId(number), ClientId(1), name, words, tuple(hashtags), tuple(links))


def found(text: str, *topics: Topic) -> dict[TopicId, Match]:
    """What the real lemmatizer and dictionary find."""
    return match(text, [compile_topic(one, lemmatize) for one in topics], lemmatize, is_known)


def is_about(text: str, subject: Topic) -> bool:
    """Whether the text counts for the topic."""
    verdict = found(text, subject).get(subject.id)
    return verdict is not None and verdict.certainty is Certainty.ABOUT


@cache
def posts() -> tuple[Labelled, ...]:
    """All labelled posts."""
    lines = (HERE / "posts.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(
        Labelled(row["client"], row["text"], frozenset(row["topics"]), row["trap"] or "", row["split"])
        for row in map(json.loads, lines)
    )


@cache
def topics() -> dict[str, tuple[Topic, ...]]:
    """The clients' topics."""
    rows = json.loads((HERE / "topics.json").read_text(encoding="utf-8"))
    by_client: dict[str, list[Topic]] = defaultdict(list)
    for number, row in enumerate(rows, 1):
        by_client[row["client"]].append(
            topic(
                *row["words"], hashtags=row["hashtags"], links=row["links"], name=row["name"], number=number
            )
        )
    return {client: tuple(found) for client, found in by_client.items()}


@cache
def _rules(client: str) -> tuple[TopicRule, ...]:
    return tuple(compile_topic(one, lemmatize) for one in topics()[client])


def guess(post: Labelled) -> frozenset[str]:
    """The names of the topics that the post counts for."""
    names = {one.id: one.name for one in topics()[post.client]}
    verdicts = match(post.text, _rules(post.client), lemmatize, is_known)
    return frozenset(names[number] for number, one in verdicts.items() if one.certainty is Certainty.ABOUT)


def measure(chosen: Iterable[Labelled]) -> Score:
    """The score over all labels of these posts."""
    score = Score()
    for post in chosen:
        guessed = guess(post)
        score.hits += len(guessed & post.topics)
        score.wrong += len(guessed - post.topics)
        score.missed += len(post.topics - guessed)
    return score


def table() -> str:
    """The scores of the whole corpus, its parts and its kinds of trap, as docs/topics.md has them."""
    kinds = sorted({post.trap.split(":")[0] for post in posts()} - {""})
    groups = [
        ("all", list(posts())),
        *((split, [p for p in posts() if p.split == split]) for split in ("dev", "test")),
        ("no trap", [p for p in posts() if not p.trap]),
        *((kind, [p for p in posts() if p.trap.split(":")[0] == kind]) for kind in kinds),
    ]
    lines = [
        "| posts | number | labels | found | wrong | missed | precision | recall | F1 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, group in groups:
        score = measure(group)
        labels = score.hits + score.missed
        figures = (score.precision, score.recall, score.f1)
        shown = [f"{figure:.3f}" if labels else "—" for figure in figures]
        cells = [name, len(group), labels, score.hits, score.wrong, score.missed, *shown]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)
