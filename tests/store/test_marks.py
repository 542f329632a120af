"""Whoever says in whatever order what a post is about: a hand outweighs a file, a file outweighs rules."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from store.values import Filter
from tests.support.store import AUTHOR, NOW, add_account, add_client, make_store, post, sync_unit

STEPS = st.lists(
    st.sampled_from(["hand: yes", "hand: no", "file", "rules: yes", "rules: perhaps", "rules: no"]),
    max_size=10,
)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_the_strongest_word_counts_and_of_equal_ones_the_last(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, make_store(Path(folder) / "smm.db") as store:
        client_id = add_client(store)
        account_id = add_account(store, client_id)
        topic = store.topic(client_id, "Партия")
        store.update_topic(replace(store.topics()[0], words=("остатки",)), author=AUTHOR, now=NOW)
        sync_unit(store, account_id, posts=[post("1")])
        number = next(iter(store.posts(Filter()))).post.id
        by_hand: bool | None = None
        told = False
        rules = "no"
        for step in steps:
            before = by_hand if by_hand is not None else told or rules == "yes"
            who, _, word = step.partition(": ")
            if who == "hand":
                by_hand = word == "yes"
                store.mark_topics(number, {"Партия": by_hand}, author=AUTHOR, now=NOW)
            elif who == "file":
                told = True
                sync_unit(store, account_id, posts=[post("1", topics=("партия",))])
            else:
                rules = word
                found = [] if word == "no" else [(number, topic, word == "perhaps")]
                touched = store.put_matches("rules", [number], found)
                after = by_hand if by_hand is not None else told or rules == "yes"
                assert touched == ({account_id} if before != after else set())
            expected = by_hand if by_hand is not None else told or rules == "yes"
            assert next(iter(store.posts(Filter()))).post.topics == (("Партия",) if expected else ())
            perhaps = by_hand is None and not told and rules == "perhaps"
            assert len(store.suggestions(client_id)) == perhaps
