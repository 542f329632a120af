"""The bar: labels of the whole corpus are found, with the real lemmatizer, and the trap kinds hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.goals.topics.corpus import Score, measure, posts, table

DOCS = Path(__file__).parents[3] / "docs" / "topics.md"
BAR = 0.9


def test_the_corpus_is_large_enough_to_say_something() -> None:
    assert len(posts()) >= 200
    assert sum(len(post.topics) for post in posts()) >= 200


def test_the_labels_of_the_corpus_are_found() -> None:
    score = measure(posts())
    assert score.f1 >= BAR
    assert score.precision >= BAR
    assert score.recall >= BAR


def test_posts_that_no_rule_was_written_for_do_as_well() -> None:
    assert measure(post for post in posts() if post.split == "test").f1 >= BAR


@pytest.mark.parametrize("kind", ["хештег внутри слова", "другая страница"])
def test_false_friends_in_hashtags_and_links_are_never_taken(kind: str) -> None:
    chosen = [post for post in posts() if post.trap.startswith(kind)]
    assert chosen
    assert measure(chosen).wrong == 0


def test_the_table_in_the_docs_is_the_measured_one() -> None:
    assert table() in DOCS.read_text(encoding="utf-8"), (
        "print(tests.goals.topics.corpus.table()) into docs/topics.md"
    )
    assert re.search(r"first figure.*0\.890", DOCS.read_text(encoding="utf-8"))


def test_the_score_counts_as_it_should() -> None:
    assert (Score(8, 2, 2).precision, Score(8, 2, 2).recall) == (0.8, 0.8)
    assert Score(8, 2, 2).f1 == pytest.approx(0.8)
    assert Score(0, 1, 0).f1 == 0
