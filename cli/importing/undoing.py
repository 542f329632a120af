"""`smm import list` and `smm import undo`: what was imported, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse

    from cli.context import Context
    from store.values import ImportRecord, ImportUndone

_LISTED = 20
_HEADERS = (
    mark("no."), mark("when"), mark("file"), mark("by whom"), mark("figures"), mark("posts"),
    mark("new accounts"), mark("taken back"),
)  # fmt: skip


def show_list(ctx: Context, args: argparse.Namespace) -> int:
    """The newest imports, newest first."""
    from cli.output import table

    with ctx.reader() as reader:
        records = reader.imports(_LISTED)
    if args.json:
        ctx.write_json([record._asdict() for record in records])
        return Exit.OK
    text, number = ctx.words.text, ctx.words.number
    if not records:
        ctx.say(text("Nothing was imported yet: smm import FILE"))
        return Exit.OK
    headers = [text(name) for name in _HEADERS]
    rows = [
        [
            str(record.id),
            _moment(ctx, record),
            record.name,
            record.author,
            *(number(count) for count in (record.figures, record.posts, record.accounts)),
            _undone(ctx, record),
        ]
        for record in records
    ]
    ctx.write(table(headers, rows, right={0, 4, 5, 6}))
    return Exit.OK


def undo(ctx: Context, args: argparse.Namespace) -> int:
    """Take an import back and judge the goals anew. Raises UserError, StoreError."""
    from cli.goal.listing import judge
    from cli.topic.topics import match_new
    from store.errors import NotFoundError, NothingToUndoError

    number = _number(ctx, args.number)
    text = ctx.words.text
    trouble = text("There is no import to take back")
    with ctx.writer() as writer:
        try:
            with writer.together(keep=not args.dry_run):
                done = writer.undo_import(number, author=ctx.author, now=ctx.now())
                judge(writer, done.touched, ctx.now())
        except NotFoundError:
            trouble = text("There is no import {number}", number=number)
        except NothingToUndoError:
            if number is not None:
                trouble = text("Import {number} was taken back already", number=number)
        else:
            if not args.dry_run:
                match_new(writer, ctx.now())
            _tell(ctx, args, done)
            return Exit.OK
    raise UserError(trouble, text("See them all: smm import list"))


#: What is as it was before, and what stays because it was changed since.
_PARTS = (
    ("figures", mark("figures: {n}")),
    ("posts", mark("posts: {n}")),
    ("accounts", mark("new accounts: {n}")),
)


def _tell(ctx: Context, args: argparse.Namespace, done: ImportUndone) -> None:
    text = ctx.words.text
    if args.json:
        left = {name: getattr(done, f"kept_{name}") for name, _ in _PARTS}
        undone = {name: getattr(done, name) for name, _ in _PARTS}
        ctx.write_json({"import": done.record.id, "file": done.record.name, **undone, "kept": left})
        return
    back = _counts(ctx, done, "") or text("nothing")
    head = text("Import {number} («{file}») taken back", number=done.record.id, file=done.record.name)
    ctx.write(f"{head}: {back}")
    kept = _counts(ctx, done, "kept_")
    if kept:
        ctx.say(text("Left as they are, for they were changed since: {what}", what=kept))
    if args.dry_run:
        ctx.say(text("Nothing was written: this was a dry run"))


def _counts(ctx: Context, done: ImportUndone, prefix: str) -> str:
    counts = ((message, getattr(done, prefix + name)) for name, message in _PARTS)
    return ", ".join(ctx.words.text(message, n=ctx.words.number(n)) for message, n in counts if n)


def _number(ctx: Context, typed: str | None) -> int | None:
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        text = ctx.words.text
        raise UserError(
            text("«{text}» is no number of an import", text=typed),
            text("See them all: smm import list"),
            Exit.USAGE,
        )
    return int(typed)


def _moment(ctx: Context, record: ImportRecord) -> str:
    return ctx.words.moment(record.made_at, ctx.zone, ctx.now().astimezone(ctx.zone).date())


def _undone(ctx: Context, record: ImportRecord) -> str:
    if record.undone_at is None:
        return "—"
    return ctx.words.moment(record.undone_at, ctx.zone, ctx.now().astimezone(ctx.zone).date())
