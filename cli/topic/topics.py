"""Topics as commands handle them: matching posts with our lemmatizer, picking, checking what was typed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from cli.pick import Named, pick
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from cli.context import Context
    from goals.model import Client, ClientId, Topic
    from goals.topics import Evidence, TopicRule
    from store.contract import Reader, Writer

TOPIC = Named(
    mark("There is no topic «{name}»"),
    mark("Several topics fit «{name}»: {found}"),
    mark('Add it with: smm topic add "{name}" --client NAME'),
    mark("Name more of it, or its client too: --client NAME"),
)
#: What a topic is told by: the names of its lists and of their options.
PARTS = (("words", "word"), ("hashtags", "hashtag"), ("links", "link"))


def matching(writer: Writer, now: datetime) -> Iterator[int]:
    """Match the posts that wait for it, batch by batch (see `store.matching.match_batches`)."""
    from cli.topic.lemmas import LEMMATIZER_VERSION, is_known, lemmatize
    from store.matching import match_batches

    return match_batches(writer, lemmatize, is_known, LEMMATIZER_VERSION, now)


def match_new(writer: Writer, now: datetime) -> int:
    """Match all posts that are new or whose topics have changed; how many were looked through."""
    return sum(matching(writer, now))


def pick_topic(ctx: Context, reader: Reader, wanted: str, client: Client | None) -> Topic:
    """The topic of a name or a part of it, of all clients or of one. Raises UserError."""
    topics = reader.topics(client.id if client else None)
    owners = {owner.id: owner.name for owner in reader.clients(archived=True)}
    return pick(
        topics,
        wanted,
        lambda topic: [topic.name],
        lambda topic: f"{topic.name} ({owners[topic.client_id]})",
        TOPIC,
        ctx.words,
    )


def known_topics(ctx: Context, reader: Reader, client_id: ClientId, typed: Iterable[str]) -> list[str]:
    """The client's topics that are meant by names or parts of names.

    Raises:
        UserError: there is none (exit code 2; those there are, and how to add one), or several fit.
    """
    from connectors.clean import clean
    from wording.names import folded

    client = next(owner for owner in reader.clients(archived=True) if owner.id == client_id)
    names = [topic.name for topic in reader.topics(client_id)]
    meant = []
    for said in filter(None, map(clean, typed)):
        if not any(folded(said) in folded(name) for name in names):
            raise _no_topic(ctx, client, said, names)
        meant.append(pick_topic(ctx, reader, said, client).name)
    return meant


def _no_topic(ctx: Context, client: Client, said: str, names: Sequence[str]) -> UserError:
    from difflib import get_close_matches

    text = ctx.words.text
    near = get_close_matches(said, names, 3) or names
    add = text('Add it with: smm topic add "{name}" --client "{client}"', name=said, client=client.name)
    known = text("There are: {names}", names=", ".join(near)) if near else ""
    step = f"{known}. {add}" if known else add
    return UserError(text("There is no topic «{name}»", name=said), step, Exit.USAGE)


def typed_parts(
    ctx: Context, args: argparse.Namespace, *, removed: bool = False
) -> dict[str, tuple[str, ...]]:
    """What the options give for each list of a topic. Raises UserError for what nothing is told by."""
    from work.topics import unique

    prefix = "no_" if removed else ""
    return {
        field: unique(_checked(ctx, option, text) for text in getattr(args, prefix + option))
        for field, option in PARTS
    }


def _checked(ctx: Context, option: str, typed: str) -> str:
    from work.topics import is_findable, read_entry

    part = f"{option}s"
    entry = read_entry(part, typed)
    if not is_findable(part, entry):
        text = ctx.words.text
        advice = {
            "word": text("Write a word or a phrase: --word «old batch»"),
            "hashtag": text("Write one without spaces: --hashtag old_batch"),
            "link": text("Write a site, or a part of its address: --link shop.example/sale"),
        }
        problem = text("Nothing can be found by this: --{option} {typed}", option=option, typed=repr(typed))
        raise UserError(problem, advice[option], Exit.USAGE)
    return entry


def edited(ctx: Context, topic: Topic, args: argparse.Namespace) -> Topic:
    """The topic with what the options add and take away. Raises UserError."""
    from wording.names import folded
    from work.topics import unique

    added, removed = typed_parts(ctx, args), typed_parts(ctx, args, removed=True)
    parts = {}
    for field, option in PARTS:
        known: Sequence[str] = getattr(topic, field)
        gone = {folded(text) for text in removed[field]}
        strange = [text for text in removed[field] if folded(text) not in set(map(folded, known))]
        if strange:
            raise UserError(
                ctx.words.text(
                    "The topic «{name}» has no such {option}: {text}",
                    name=topic.name,
                    option=f"--{option}",
                    text=strange[0],
                ),
                ctx.words.text("There are: {names}", names=", ".join(known) or "—"),
                Exit.USAGE,
            )
        parts[field] = unique([*(text for text in known if folded(text) not in gone), *added[field]])
    name = topic.name if args.name is None else topic_name(ctx, args.name)
    words, hashtags, links = (parts[field] for field, _ in PARTS)
    return replace(topic, name=name, words=words, hashtags=hashtags, links=links)


def topic_name(ctx: Context, typed: str) -> str:
    """The name of a topic as it was typed. Raises UserError for one without letters or digits."""
    from wording.names import NAME_LIMIT, read_name

    name = read_name(typed)
    if not any(char.isalnum() for char in name) or len(name) > NAME_LIMIT:
        raise UserError(
            ctx.words.text("A topic needs a name of at most {n} characters", n=NAME_LIMIT),
            ctx.words.text('For example: smm topic add "Old batch" --client NAME'),
            Exit.USAGE,
        )
    return name


def evidence_of(text: str, topic: Topic) -> tuple[Evidence, ...]:
    """By what a post is perhaps about a topic; nothing where the rules say otherwise by now."""
    from cli.topic.lemmas import is_known, lemmatize
    from goals.topics import match

    found = match(text, [_rule(topic)], lemmatize, is_known).get(topic.id)
    return found.evidence if found else ()


@cache
def _rule(topic: Topic) -> TopicRule:
    from cli.topic.lemmas import lemmatize
    from goals.topics import compile_topic

    return compile_topic(topic, lemmatize)
