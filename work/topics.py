"""Topics as people handle them: what is typed into them, and what was published about them this month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from connectors.clean import clean
from goals.agreement.plain import agreement_of
from goals.gaps import Days
from goals.metrics import METRICS, Nature
from goals.model import PostState
from store.evidence import terms_in_force
from store.values import Filter
from wording.names import NAME_LIMIT, folded, read_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from goals.model import Client, Goal, Post, Topic
    from store.contract import Reader
    from wording.words import Words

#: What a topic is told by.
PARTS = ("words", "hashtags", "links")
_ENTRY_LIMIT = 200
_BETWEEN = re.compile(r"[,;\n]")


class Month(NamedTuple):
    """What was published this month: pieces about a topic, perhaps about it, and all of the client's.

    `missing` are stretches of days that were not collected: the counts are «at least» then.
    """

    about: int
    suggested: int
    content: int
    missing: tuple[Days, ...] = ()

    @property
    def share(self) -> float | None:
        """The fraction of all content that is about the topic; None where there is no content."""
        return self.about / self.content if self.content else None


def month_of(reader: Reader, client: Client, today: date) -> dict[str, Month]:
    """What was published this month about each topic of the client, by its name."""
    first = today.replace(day=1)

    def counts(post: Post) -> bool:
        return post.state is PostState.PUBLISHED and first <= post.day <= today

    rows = reader.posts(Filter(client_id=client.id, since=first, until=today))
    posts = [row.post for row in rows if counts(row.post)]
    perhaps = [name for post, name in reader.suggestions(client.id) if counts(post)]
    missing = _missing(reader, client, first, today)
    return {
        topic.name: Month(
            sum(topic.name in post.topics for post in posts), perhaps.count(topic.name), len(posts), missing
        )
        for topic in reader.topics(client.id)
    }


def _missing(reader: Reader, client: Client, first: date, today: date) -> tuple[Days, ...]:
    """The days up to today on which some of the content was not collected, oldest first, each once."""
    kinds = {name for name, metric in METRICS.items() if metric.nature is Nature.CONTENT}
    within = sorted(
        {
            (max(gap.first, first), min(gap.last, today))
            for account in reader.accounts(client.id)
            for gap in reader.gaps(account.id)
            if gap.metric in kinds and gap.first <= today and gap.last >= first
        }
    )
    found: list[Days] = []
    for start, end in within:
        if found and start.toordinal() <= found[-1][1].toordinal() + 1:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def naming_goals(reader: Reader, topic: Topic) -> list[Goal]:
    """The goals that name a topic, dropped ones too: they can be taken up again."""
    wanted = folded(topic.name)
    goals = reader.goals(topic.client_id, dropped=True)
    return [goal for goal in goals if goal.topic and folded(goal.topic) == wanted]


def names_in_agreement(reader: Reader, topic: Topic) -> bool:
    """Whether the agreement in force, or the newest one that waits for a yes, names a topic."""
    versions = reader.agreements(topic.client_id)
    newest = agreement_of(versions[-1]).terms if versions else None
    both = [terms for terms in (terms_in_force(reader, topic.client_id), newest) if terms is not None]
    return any(folded(line.topic) == folded(topic.name) for terms in both for line in terms.topics)


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts, each once as it came first, whatever its case or «ё»."""
    kept: dict[str, str] = {}
    for text in texts:
        kept.setdefault(folded(text), text)
    return tuple(kept.values())


def read_entry(part: str, typed: str) -> str:
    """A word, hashtag or part of a link as it was typed, without what does not belong into one."""
    entry = clean(typed, limit=_ENTRY_LIMIT).strip()
    return f"#{entry.lstrip('#').strip()}" if part == "hashtags" else entry


def is_findable(part: str, entry: str) -> bool:
    """Whether anything can be found by the entry: only words may have spaces between them."""
    return any(char.isalnum() for char in entry) and (part == "words" or " " not in entry)


def read_entries(part: str, typed: str) -> tuple[str, ...]:
    """Several entries typed into one line, with commas between them; each once."""
    found = [entry for entry in _BETWEEN.split(typed) if entry.strip()]
    if part == "hashtags":
        found = [tag for entry in found for tag in _hashtags(entry)]
    return unique(read_entry(part, entry) for entry in found)


def _hashtags(entry: str) -> list[str]:
    """«#один #два» are two hashtags; «один два» is none."""
    return entry.split() if entry.count("#") > 1 else [entry]


def entry_problem(words: Words, part: str, entries: Iterable[str]) -> str:
    """Why nothing can be found by one of the entries, with an example; empty where all are well."""
    wrong = next((entry for entry in entries if not is_findable(part, entry)), None)
    if wrong is None:
        return ""
    advice = {
        "words": words.text("a word or a phrase, for example: old batch"),
        "hashtags": words.text("one without spaces, for example: #old_batch"),
        "links": words.text("a site or a part of its address, for example: shop.example/sale"),
    }
    return words.text("Nothing can be found by «{entry}»: write {advice}", entry=wrong, advice=advice[part])


def name_problem(words: Words, typed: str, others: Iterable[Topic]) -> str:
    """Why a topic cannot be called so beside the client's `others`; empty where nothing is wrong."""
    name = read_name(typed)
    if not any(char.isalnum() for char in name) or len(name) > NAME_LIMIT:
        return words.text("A topic needs a name of at most {n} characters", n=NAME_LIMIT)
    twin = next((topic for topic in others if folded(topic.name) == folded(name)), None)
    return words.text("The client has another topic «{name}»", name=twin.name) if twin else ""
