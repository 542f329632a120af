"""`smm topic add|edit|remove|list|match|suggestions`: what content is about, and by what that is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection
    from datetime import date

    from cli.context import Context
    from goals.model import Client, Post, Topic
    from goals.topics import Evidence
    from store.contract import Reader, Writer
    from work.topics import Month

HELP = mark("topics: add, edit, remove, list, match, suggestions")
_TEXT_LIMIT = 40


class _Line(NamedTuple):
    """A topic with whose it is, and its month up to `today`."""

    topic: Topic
    client: Client
    month: Month
    today: date


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help=text("a topic, and what it is told by; by its name without that"))
    add.add_argument("name", metavar="NAME")
    add.add_argument("--client", required=True, metavar="NAME", help=text("whose topic it is"))
    edit = actions.add_parser("edit", help=text("change what a topic is told by, or its name"))
    edit.add_argument("topic", metavar="TOPIC", help=text("the name or a part of it"))
    edit.add_argument("--client", metavar="NAME", help=text("whose topic it is"))
    edit.add_argument("--name", metavar="NAME", help=text("the new name; its goals take it over"))
    for action in (add, edit):
        _told_by(action, ctx)
    for option in ("word", "hashtag", "link"):
        edit.add_argument(
            f"--no-{option}", action="append", default=[], metavar="TEXT", help=text("one that is not right")
        )
    remove = actions.add_parser("remove", help=text("a topic that no goal and no agreement names"))
    remove.add_argument("topic", metavar="TOPIC", help=text("the name or a part of it"))
    remove.add_argument("--client", metavar="NAME", help=text("whose topic it is"))
    show = actions.add_parser("list", help=text("topics with what was published about them this month"))
    match = actions.add_parser("match", help=text("look now through the posts that were not looked through"))
    suggestions = actions.add_parser(
        "suggestions", help=text("posts that are perhaps about a topic, and why")
    )
    for action in (show, match, suggestions):
        action.add_argument("--client", metavar="NAME")
    for action in (add, edit, remove, show, match, suggestions):
        action.add_argument("--json", action="store_true")


def _told_by(parser: argparse.ArgumentParser, ctx: Context) -> None:
    text = ctx.words.text
    words = text("a word or a phrase, in any form; may be repeated")
    parser.add_argument("--word", action="append", default=[], metavar="WORD", help=words)
    parser.add_argument("--hashtag", action="append", default=[], metavar="HASHTAG", help=text("a hashtag"))
    parser.add_argument("--link", action="append", default=[], metavar="TEXT", help=text("a part of a link"))


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says. Raises UserError, StoreError."""
    actions = {
        "add": _add, "edit": _edit, "remove": _remove, "list": _list, "match": _match,
        "suggestions": _suggestions,
    }  # fmt: skip
    return actions[args.action](ctx, args)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    from cli.pick import pick_client
    from cli.topic.topics import topic_name, typed_parts
    from wording.names import folded

    text = ctx.words.text
    name, parts = topic_name(ctx, args.name), typed_parts(ctx, args)
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        known = next((own for own in writer.topics(client.id) if folded(own.name) == folded(name)), None)
        if known is not None and (known.words or known.hashtags or known.links):
            raise UserError(
                text("{client} has the topic «{name}» already", client=client.name, name=known.name),
                text('Add to it: smm topic edit "{name}" --word W', name=known.name),
            )
        with writer.together():
            number = writer.topic(client.id, known.name if known else name)
            topic = next(own for own in writer.topics(client.id) if own.id == number)
            saved = writer.update_topic(
                replace(
                    topic,
                    words=parts["words"] if any(parts.values()) else (name,),
                    hashtags=parts["hashtags"],
                    links=parts["links"],
                ),
                author=ctx.author,
                now=ctx.now(),
            )
        return _matched(ctx, writer, saved, as_json=args.json)


def _edit(ctx: Context, args: argparse.Namespace) -> int:
    from cli.pick import pick_client
    from cli.topic.topics import edited, pick_topic
    from store.errors import ConflictError, ExistsError

    text = ctx.words.text
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words) if args.client else None
        topic = pick_topic(ctx, writer, args.topic, client)
        changed = edited(ctx, topic, args)
        if changed == topic:
            raise UserError(
                text("Nothing changes in the topic «{name}»", name=topic.name),
                text("Say what to change: --name, --word, --no-word, --hashtag, --link"),
                Exit.USAGE,
            )
        try:
            saved = writer.update_topic(changed, author=ctx.author, now=ctx.now())
        except ExistsError as error:
            raise UserError(
                text("The client has another topic «{name}»", name=changed.name),
                text("Choose another name, or change that one: smm topic list"),
            ) from error
        except ConflictError as error:
            raise UserError(
                text("{author} has just changed this topic", author=error.author),
                text("Look at it again: smm topic list"),
            ) from error
        if not (saved.words or saved.hashtags or saved.links):
            ctx.say(text("Nothing is left to tell the topic by: only marks by hand count now"))
        return _matched(ctx, writer, saved, as_json=args.json)


def _remove(ctx: Context, args: argparse.Namespace) -> int:
    """Remove a topic with its marks; one that a goal or the agreement names stays."""
    from cli.pick import pick_client
    from cli.topic.topics import pick_topic
    from work.topics import names_in_agreement, naming_goals

    text = ctx.words.text
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words) if args.client else None
        topic = pick_topic(ctx, writer, args.topic, client)
        owner = next(each for each in writer.clients(archived=True) if each.id == topic.client_id)
        goals = naming_goals(writer, topic)
        if goals:
            listed = ", ".join(str(goal.id) for goal in goals)
            raise UserError(
                text("The topic «{name}» stays: goals name it: {goals}", name=topic.name, goals=listed),
                text('Name another one there: smm goal edit {id} --topic "T"', id=goals[0].id),
            )
        if names_in_agreement(writer, topic):
            raise UserError(
                text("The topic «{name}» stays: the agreement names it", name=topic.name),
                text('Take it out there: smm agreement edit "{client}"', client=owner.name),
            )
        [line] = [line for line in _lines(ctx, writer, [owner]) if line.topic.id == topic.id]
        writer.remove_topic(topic.id, marks=True)
    if args.json:
        ctx.write_json(_record(line))
    else:
        ctx.write(text("Topic removed: «{name}»", name=topic.name))
    return Exit.OK


def _matched(ctx: Context, writer: Writer, topic: Topic, *, as_json: bool) -> int:
    """Match the posts anew after a change and show the topic."""
    from cli.topic.topics import match_new

    match_new(writer, ctx.now())
    owner = next(client for client in writer.clients(archived=True) if client.id == topic.client_id)
    [line] = [line for line in _lines(ctx, writer, [owner]) if line.topic.id == topic.id]
    if as_json:
        ctx.write_json(_record(line))
    else:
        ctx.write(_table(ctx, [line]))
    return Exit.OK


def _owners(ctx: Context, reader: Reader, name: str | None) -> list[Client]:
    from cli.pick import pick_client

    return [pick_client(reader, name, ctx.words)] if name else reader.clients()


def _lines(ctx: Context, reader: Reader, clients: Collection[Client]) -> list[_Line]:
    from store.days import today_of
    from work.topics import month_of

    lines = []
    for client in clients:
        topics = reader.topics(client.id)
        today = today_of(client, ctx.now())
        months = month_of(reader, client, today) if topics else {}
        lines += [_Line(topic, client, months[topic.name], today) for topic in topics]
    return lines


def _list(ctx: Context, args: argparse.Namespace) -> int:
    with ctx.reader() as reader:
        lines = _lines(ctx, reader, _owners(ctx, reader, args.client))
    if args.json:
        ctx.write_json([_record(line) for line in lines])
    elif lines:
        ctx.write(_table(ctx, lines))
    else:
        ctx.say(ctx.words.text("No topics yet. Add one: smm topic add NAME --client NAME --word W"))
    return Exit.OK


def _match(ctx: Context, args: argparse.Namespace) -> int:
    from cli.topic.topics import match_new

    with ctx.writer() as writer:
        owners = _owners(ctx, writer, args.client)
        seen = match_new(writer, ctx.now())
        lines = _lines(ctx, writer, owners)
    if args.json:
        ctx.write_json({"matched": seen, "topics": [_record(line) for line in lines]})
        return Exit.OK
    words = ctx.words
    if seen:
        ctx.say(words.plural("{n} post was looked through", "{n} posts were looked through", seen))
    else:
        ctx.say(words.text("Every post was looked through already"))
    if lines:
        ctx.write(_table(ctx, lines))
    return Exit.OK


def _record(line: _Line) -> dict[str, object]:
    """A topic for other programs; `share` is a fraction, None where nothing was published this month.

    `missing` are the stretches of days that were not collected: the counts are «at least» then.
    """
    topic, month = line.topic, line.month
    return {
        "id": topic.id,
        "client": line.client.name,
        "name": topic.name,
        "words": topic.words,
        "hashtags": topic.hashtags,
        "links": topic.links,
        "month": f"{line.today:%Y-%m}",
        "about": month.about,
        "suggested": month.suggested,
        "content": month.content,
        "share": month.share,
        "missing": month.missing,
    }


def _table(ctx: Context, lines: list[_Line]) -> str:
    from cli.output import table

    text, words = ctx.words.text, ctx.words
    headers = [
        text("client"), text("topic"), text("told by"), text("this month"), text("perhaps"), text("share"),
    ]  # fmt: skip
    rows = [
        (
            line.client.name,
            line.topic.name,
            ", ".join((*line.topic.words, *line.topic.hashtags, *line.topic.links)) or "—",
            f"{'≥ ' if line.month.missing else ''}{words.number(line.month.about)}",
            words.number(line.month.suggested),
            "—" if line.month.share is None else words.percent(line.month.share),
        )
        for line in lines
    ]
    return table(headers, rows, right={3, 4, 5})


def _suggestions(ctx: Context, args: argparse.Namespace) -> int:
    from cli.topic.topics import evidence_of

    with ctx.reader() as reader:
        found = []
        for client in _owners(ctx, reader, args.client):
            topics = {topic.name: topic for topic in reader.topics(client.id)}
            for post, name in reader.suggestions(client.id):
                found.append((client, post, name, evidence_of(post.text, topics[name])))
    if args.json:
        ctx.write_json([_suggestion(*each) for each in found])
    elif found:
        ctx.write(_suggestion_table(ctx, found))
        ctx.say(ctx.words.text("Say what is right: smm post mark NUMBER --topic T, or with --not"))
    else:
        ctx.say(ctx.words.text("Nothing is in doubt"))
    return Exit.OK


def _suggestion(client: Client, post: Post, topic: str, evidence: tuple[Evidence, ...]) -> dict[str, object]:
    return {
        "id": post.id,
        "client": client.name,
        "topic": topic,
        "day": post.day,
        "kind": post.kind,
        "state": post.state,
        "url": post.url,
        "text": post.text,
        "evidence": [each._asdict() for each in evidence],
    }


def _suggestion_table(ctx: Context, found: list[tuple[Client, Post, str, tuple[Evidence, ...]]]) -> str:
    from cli.output import table
    from wording.content import post_kind_word
    from wording.topics import evidence_text

    text, words = ctx.words.text, ctx.words
    today = ctx.now().astimezone(ctx.zone).date()
    headers = [
        text("No."), text("day"), text("client"), text("what"), text("perhaps about"), text("why"),
        text("text"),
    ]  # fmt: skip
    rows = [
        (
            str(post.id),
            words.day(post.day, today),
            client.name,
            post_kind_word(words, post.kind),
            topic,
            evidence_text(words, evidence) or "—",
            _beginning(post.text or post.url),
        )
        for client, post, topic, evidence in found
    ]
    return table(headers, rows, right={0})


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TEXT_LIMIT else line[: _TEXT_LIMIT - 1] + "…"
