"""Which columns a table is read by: named, saved, of a known export, or chosen by who sees them."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cli.ask import asked, can_ask
from cli.importing.mappings import save_mapping, saved_mapping
from cli.output import table
from connectors.clean import clean
from connectors.files.columns import check_field, find_columns, mapping_text, parse_mapping, usual_columns
from connectors.files.table import open_table
from connectors.files.troubles import FileTroubleError
from connectors.files.youtube import youtube_columns
from wording.troubles import trouble_sentence

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from cli.context import Context

_ROWS_SHOWN = 3
_CELL_SHOWN = 24


class Sample(NamedTuple):
    """The beginning of a table: its header and the cells of the first rows."""

    header: tuple[str, ...]
    rows: list[list[str]]


class Choice(NamedTuple):
    """Our names -> the columns; whether this is the table of YouTube Studio."""

    mapping: dict[str, str]
    is_youtube: bool = False


def sample_of(path: Path, sheet: str | None) -> Sample:
    """The beginning of the table. Raises FileTroubleError."""
    with open_table(path, sheet) as opened:
        rows = [
            [clean(cell, _CELL_SHOWN) for cell in record.cells] for record in islice(opened.rows, _ROWS_SHOWN)
        ]
        return Sample(opened.header, rows)


def choose(ctx: Context, args: argparse.Namespace, sample: Sample) -> Choice:
    """The columns by which the table is read. Raises FileTroubleError, UserError."""
    named = parse_mapping(args.map)
    if args.mapping:
        named = {**saved_mapping(ctx, args.mapping), **named}
    if named:
        return Choice(named)
    youtube = youtube_columns(sample.header)
    if youtube is not None:
        return Choice(youtube, is_youtube=True)
    usual = usual_columns(sample.header)
    if usual and can_ask(ctx) and not (args.json or args.preview):
        return Choice(_chosen(ctx, sample, usual))
    return Choice({})


def keep(ctx: Context, args: argparse.Namespace, mapping: dict[str, str]) -> None:
    """Save the mapping where the user asked for it."""
    if args.save_mapping and not args.dry_run:
        name = clean(args.save_mapping)
        save_mapping(ctx, name, mapping)
        ctx.say(ctx.words.text("The columns are saved as «{name}»: --mapping {name}", name=name))


def preview(ctx: Context, sample: Sample, choice: Choice) -> str:
    """A line for each column: its name, its first cells, and what it is read as."""
    text = ctx.words.text
    try:
        columns = find_columns(sample.header, choice.mapping)
        ours = {place: name for name, place in (*columns.fields.items(), *columns.metrics.items())}
    except FileTroubleError as error:
        if error.trouble.code != "file.columns":
            raise
        ours = {}
    lines = [
        [
            clean(name, _CELL_SHOWN),
            " · ".join(row[place] for row in sample.rows if place < len(row) and row[place]),
            ours.get(place, "—"),
        ]
        for place, name in enumerate(sample.header)
    ]
    return table([text("column"), text("first cells"), text("is read as")], lines)


def proposal(ctx: Context, sample: Sample, choice: Choice) -> str:
    """What could be written to read more of the columns; empty where there is nothing."""
    usual = {} if choice.mapping else usual_columns(sample.header)
    return ctx.words.text("Perhaps so: --map {mapping}", mapping=repr(mapping_text(usual))) if usual else ""


def _chosen(ctx: Context, sample: Sample, usual: dict[str, str]) -> dict[str, str]:
    """The columns as a person says who sees them; Enter takes what is proposed."""
    text = ctx.words.text
    ctx.say(preview(ctx, sample, Choice(usual)))
    if asked(ctx, text("Read the columns so?"), default=True):
        return usual
    ctx.say(text("What each column is: account, day, post, url, text, views, likes … Enter: not used"))
    proposed = {column: field for field, column in usual.items()}
    mapping: dict[str, str] = {}
    for column in filter(None, sample.header):
        field = _field(ctx, column, proposed.get(column, ""))
        if field is None:
            break
        if field:
            mapping[field] = column
    return mapping


def _field(ctx: Context, column: str, proposed: str) -> str | None:
    """What one column is; empty for nothing, None at the end of the input."""
    hint = ctx.words.text("(perhaps {field})", field=proposed) if proposed else ""
    while True:
        ctx.stderr.write(" ".join(filter(None, (f"  «{column}»", hint))) + ": ")
        ctx.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            ctx.say("")
            return None
        field = line.strip().lower()
        if not field:
            return ""
        try:
            check_field(field)
        except FileTroubleError as error:
            trouble = error.trouble
            ctx.say(" ".join(trouble_sentence(ctx.words, trouble.kind, trouble.code, facts=trouble.facts)))
            continue
        return field
