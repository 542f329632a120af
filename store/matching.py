"""Finding out which topics posts are about and storing it, over the store's contract only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from goals.model import ClientId, PostId, Topic, TopicId
from goals.records import PostText
from goals.topics import RULES_VERSION, Certainty, TopicRule, compile_topic, match
from store.contract import Writer
from store.refresh import refresh_accounts

#: Posts of one transaction: others wait for the store no longer than a fraction of a second.
BATCH = 500


def match_batches(
    store: Writer,
    lemmatize: Callable[[str], str],
    known: Callable[[str], bool],
    version: str,
    now: datetime,
) -> Iterator[int]:
    """Match the posts that wait for it, and judge the goals of the accounts that count otherwise now.

    Each batch is one transaction with its verdicts; who stops between two of them loses nothing. Where
    no post waits, no word is looked up.

    Args:
        store: where posts and topics are.
        lemmatize: gives the dictionary form of a word.
        known: says whether a word is in the dictionary.
        version: of these two; another one makes all posts wait again, as other rules do.
        now: the moment of the verdicts.

    Yields:
        How many posts each batch has looked through.

    Raises:
        StoreError: the store cannot be written; finished batches are kept.
    """
    matcher = f"rules {RULES_VERSION}, {version}"
    if not store.posts_to_match(matcher, 1):
        return
    rules = _Rules(lemmatize)
    rules.of_topics(store.topics())  # the dictionary is read before others have to wait for the store
    more = True
    while more:
        with store.together():
            posts = store.posts_to_match(matcher, BATCH)
            found = list(_found(store, posts, rules, known))
            touched = store.put_matches(matcher, [post.post_id for post in posts], found)
            refresh_accounts(store, touched, now)
        more = len(posts) == BATCH
        yield len(posts)


class _Rules:
    """Topics made ready, each once as it stands."""

    def __init__(self, lemmatize: Callable[[str], str]) -> None:
        self.lemmatize = lemmatize
        self._ready: dict[Topic, TopicRule] = {}

    def of_topics(self, topics: Iterable[Topic]) -> list[TopicRule]:
        """The rules of the topics."""
        return [self._of(topic) for topic in topics]

    def _of(self, topic: Topic) -> TopicRule:
        if topic not in self._ready:
            self._ready[topic] = compile_topic(topic, self.lemmatize)
        return self._ready[topic]


def _found(
    store: Writer, posts: Iterable[PostText], rules: _Rules, known: Callable[[str], bool]
) -> Iterator[tuple[PostId, TopicId, bool]]:
    """What each post is about, or (True) only perhaps."""
    own: dict[ClientId, list[TopicRule]] = {}
    for post in posts:
        if post.client_id not in own:
            own[post.client_id] = rules.of_topics(store.topics(post.client_id))
        matches = match(post.text, own[post.client_id], rules.lemmatize, known)
        for topic_id, verdict in matches.items():
            yield post.post_id, topic_id, verdict.certainty is Certainty.SUGGESTION
