"""`smm agreement show` and `print`: a version with its goals, the page for the client, the file to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.agreement.common import (
    goals_text,
    needed_agreements,
    say_accept_step,
    version_of,
)
from cli.exits import Exit, UserError
from cli.pick import pick_client
from goals.agreement.plain import in_force, to_plain
from goals.agreement.terms import Terms, lacking
from store.days import today_of
from wording.agreements.lists import line_texts
from work.agreements import agreements_of, amended_of, decided_since, decided_texts, open_goals

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from cli.context import Context
    from goals.agreement.amended import Amendment
    from goals.agreement.terms import Agreement
    from goals.model import Client, Goal


def run_show(ctx: Context, args: argparse.Namespace) -> int:
    """What is agreed, what is lacking, which goals carry it out. Raises UserError, StoreError."""
    if args.toml:
        return _toml(ctx, args)
    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words)
        agreements = needed_agreements(ctx, reader, client)
        today = today_of(client, ctx.now())
        goals = open_goals(reader, client, today)
        holding = in_force(agreements)
        amended = amended_of(reader, client, holding.terms, today)
    agreement = version_of(ctx, agreements, args.version, client)
    texts = line_texts(ctx.words, agreement.terms)
    decided = decided_texts(ctx.words, amended, holding.terms, agreement.terms, today)
    standing = {term: [goal for goal in goals if goal.term == term] for term in texts}
    if args.json:
        record = _record(client, agreement, agreements, texts, standing)
        ctx.write_json(
            record | {"in_force": agreement is holding, "decided": decided_records(amended, decided)}
        )
        return Exit.OK
    _write(ctx, client, agreement, texts, standing, decided)
    if agreement is not holding:
        ctx.say(ctx.words.text("Version {n} is the one that holds", n=holding.version))
    elif agreement.acceptance is None:
        say_accept_step(ctx, client)
    return Exit.OK


def _toml(ctx: Context, args: argparse.Namespace) -> int:
    """The text that the editor would get, also of what is yet to be agreed."""
    from work.agreement_file import write_agreement

    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words)
        agreements = agreements_of(reader, client)
        since = [] if args.version is not None else agreements
        decided = decided_since(ctx.words, reader, client, since, today_of(client, ctx.now()))
    known = bool(agreements) or args.version is not None
    terms = version_of(ctx, agreements, args.version, client).terms if known else Terms()
    ctx.write(write_agreement(terms, client.name, ctx.words, decided).rstrip("\n"))
    return Exit.OK


def _write(
    ctx: Context,
    client: Client,
    agreement: Agreement,
    texts: dict[str, str],
    standing: dict[str, list[Goal]],
    decided: Mapping[str, str],
) -> None:
    """The page, what it lacks, and the goals on its lines."""
    from goals.agreement.lines import topic_term
    from wording.agreement import agreement_text
    from wording.agreements.fields import field_text

    text = ctx.words.text
    ctx.write(agreement_text(ctx.words, client, agreement, decided).rstrip("\n"))
    empty = lacking(agreement.terms)
    if empty:
        lines = [f"• {path}: {field_text(ctx.words, path)}" for path in empty]
        ctx.write("\n" + "\n".join([text("Not said yet") + ":", *lines]))
    wishes = {topic_term(line) for line in agreement.terms.topics if not (line.amount or line.share)}
    lines = [
        f"• {said} — {goals_text(ctx, [goal.id for goal in standing[term]])}"
        for term, said in texts.items()
        if term not in wishes or standing[term]
    ]
    if lines:
        ctx.write("\n" + "\n".join([text("Goals on its lines") + ":", *lines]))


def _record(
    client: Client,
    agreement: Agreement,
    agreements: list[Agreement],
    texts: dict[str, str],
    standing: dict[str, list[Goal]],
) -> dict[str, object]:
    return {
        "client": client.name,
        **version_record(agreement),
        "newest": agreements[-1].version,
        "terms": to_plain(agreement.terms),
        "lacking": lacking(agreement.terms),
        "lines": [
            {"term": term, "text": said, "goals": [goal.id for goal in standing[term]]}
            for term, said in texts.items()
        ],
    }


def version_record(agreement: Agreement) -> dict[str, object]:
    """A version for another program, without its terms."""
    yes = agreement.acceptance
    return {
        "version": agreement.version,
        "made_at": agreement.made_at,
        "author": agreement.author,
        "reason": agreement.reason,
        "accepted": None
        if yes is None
        else {"by": yes.by, "on": yes.on, "author": yes.author, "made_at": yes.made_at},
    }


def decided_records(amended: Mapping[str, Amendment], decided: Mapping[str, str]) -> list[dict[str, object]]:
    """What was decided about lines since, for another program."""
    return [
        {
            "term": term,
            "goal": amended[term].goal.id,
            "on": amended[term].on,
            "by_call": amended[term].by_call,
            "amount": amended[term].amount,
            "deadline": amended[term].deadline,
            "dropped": amended[term].dropped,
            "text": said,
        }
        for term, said in decided.items()
    ]


def run_print(ctx: Context, args: argparse.Namespace) -> int:
    """One page to send to the client. Raises UserError, StoreError."""
    from wording.agreement import agreement_markdown, agreement_text
    from wording.words import Words

    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words)
        agreements = needed_agreements(ctx, reader, client)
        today = today_of(client, ctx.now())
        holding = in_force(agreements)
        amended = amended_of(reader, client, holding.terms, today)
    agreement = version_of(ctx, agreements, args.version, client)
    words = Words(args.lang) if args.lang else ctx.words
    shape = args.format or ("text" if (args.output or "").lower().endswith(".txt") else "markdown")
    decided = decided_texts(words, amended, holding.terms, agreement.terms, today)
    page = (agreement_text if shape == "text" else agreement_markdown)(words, client, agreement, decided)
    path = None if args.output in {None, "-"} else str(args.output)
    if path is not None:
        _write_file(ctx, path, page)
    if args.json:
        shown = {"language": words.lang, "format": shape, "text": page, "file": path}
        said = {"in_force": agreement is holding, "decided": decided_records(amended, decided)}
        ctx.write_json({"client": client.name, **version_record(agreement), **said, **shown})
    elif path is None:
        ctx.write(page.rstrip("\n"))
    return Exit.OK


def _write_file(ctx: Context, path: str, page: str) -> None:
    from cli.whole_file import whole_file
    from wording.details import os_detail

    text = ctx.words.text
    try:
        with whole_file(path) as file:
            file.write(page)
    except OSError as error:
        raise UserError(
            text(
                "The file cannot be written: {path} ({reason})", path=path, reason=os_detail(ctx.words, error)
            ),
            text("Name another place: -o FILE"),
        ) from error
    ctx.say(text("Written: {path}", path=path))
