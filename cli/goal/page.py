"""One goal on the terminal: in two lines after a change, whole in `smm goal show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cli.context import Context
    from cli.goal.said import Said
    from goals.board import GoalRow
    from goals.gaps import Days
    from goals.model import Client, Goal
    from goals.revision import Revision
    from reports.tables import Cell
    from store.contract import Reader
    from work.goal_page import Page

#: A page is made for a terminal of this many cells.
PAGE_WIDTH = 80
_LABEL_WIDTH = 17
#: Where the text of a letter begins.
_LETTERS_WIDTH = 16


def tell_goal(ctx: Context, store: Reader, goal: Goal, *, as_json: bool, asking: bool = False) -> int:
    """Print a goal after a change: its record, or two lines and what is missing of its count.

    Args:
        ctx: where to print.
        store: where the goal is.
        goal: the goal as it is now.
        as_json: whether as a record.
        asking: whether to ask the next question about it.
    """
    from cli.goal.answer import command_for_goal
    from cli.goal.letters import letters_of
    from cli.goal.line import question_lines
    from cli.goal.listing import full_record, row_of
    from store.days import today_of
    from store.gaps import missing_of
    from wording.topics import at_least
    from work.goal_page import kept_of, owner_of

    row = row_of(store, goal)
    client = owner_of(store, goal)
    today = today_of(client, ctx.now())
    missing = missing_of(store, goal, today)
    if as_json:
        ctx.write_json(full_record(ctx, store, row) | _missing_record(missing))
        return Exit.OK
    ctx.write("\n".join(_head(ctx, store, goal, row, client, today)))
    if missing and row.current is not None:
        ctx.write(at_least(ctx.words, row.current, missing, today))
    eased = _eased_text(ctx, goal, client, store.revisions(goal.id), today)
    for line in (kept_of(ctx.words, store, goal, today), eased):
        if line:
            ctx.write(line)
    if asking and not goal.dropped:
        said = letters_of(store, client, goal, today)
        command = command_for_goal(ctx.words, said, goal, client, today)
        for line in question_lines(ctx.words, said, today, command):
            ctx.write(line)
    return Exit.OK


def run_show(ctx: Context, store: Reader, goal: Goal, *, as_json: bool) -> int:
    """Print all that is known of a goal."""
    from cli.goal.listing import row_of
    from cli.goal.offers import offers_of
    from work.goal_page import read_page

    page = read_page(ctx.words, store, goal, row_of(store, goal), ctx.now(), offers=offers_of)
    if as_json:
        ctx.write_json(_record(ctx, store, page))
        return Exit.OK
    from cli.goal.answer import command_for_goal
    from cli.goal.facts import facts_of
    from cli.goal.line import letter_lines, question_lines

    words, today = ctx.words, page.today
    head = _head(ctx, store, goal, page.row, page.client, today)
    lines = [part for line in head for part in _wrapped(line, 3)]
    lines += ["", *(line for label, text in facts_of(ctx, page) for line in _laid_out(label, text))]
    said = _said(page)
    if said is not None:
        lines += ["", *(part for line in letter_lines(words, said, today) for part in _wrapped(line))]
        question, *command = question_lines(
            words, said, today, command_for_goal(words, said, goal, page.client, today)
        ) or [""]
        lines += [*_wrapped(question, 2), *command]
    ctx.write("\n".join(lines).rstrip())
    return Exit.OK


def _said(page: Page) -> Said | None:
    """How the letters stand, as commands tell it."""
    from cli.goal.said import Said

    found = page.letters
    return None if found is None else Said(found.wish, page.goal, found.findings, found.targets)


def _head(ctx: Context, store: Reader, goal: Goal, row: GoalRow, client: Client, today: date) -> list[str]:
    """Which goal it is, and its pace in a sentence."""
    from zoneinfo import ZoneInfo

    from store.freshness import is_from_file
    from wording.goals import row_title
    from wording.pace import pace_sentence

    words = ctx.words
    until = words.text("until {day}", day=words.day(goal.deadline, today)) if goal.deadline else ""
    head = " · ".join(part for part in (f"{goal.id}. {client.name}", row_title(words, row), until) if part)
    zone = ZoneInfo(client.timezone)
    if goal.dropped:
        return [head, words.text("Dropped")]
    return [head, pace_sentence(words, row, today, zone, from_file=is_from_file(store, goal))]


def _laid_out(label: str, text: str) -> list[str]:
    """A label and its text, wrapped beside it; lines that the text has itself stay lines."""
    from textwrap import wrap

    width = PAGE_WIDTH - _LABEL_WIDTH
    found = [part for line in text.split("\n") for part in wrap(line, width, break_on_hyphens=False)]
    indent = " " * _LABEL_WIDTH
    return [f"{label.ljust(_LABEL_WIDTH)}{found[0]}", *(indent + part for part in found[1:])]


def _wrapped(line: str, indent: int = _LETTERS_WIDTH) -> list[str]:
    """A line as lines of the page, those behind the first indented."""
    from textwrap import wrap

    spaces = line[: len(line) - len(line.lstrip())]
    return wrap(
        line.strip(),
        PAGE_WIDTH,
        initial_indent=spaces,
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
        replace_whitespace=False,
    )


def _eased_text(ctx: Context, goal: Goal, client: Client, revisions: Sequence[Revision], today: date) -> str:
    """That the goal was made easier without the client's yes: a specialist's own goals need none."""
    from zoneinfo import ZoneInfo

    from goals.changes import eased_without_yes
    from goals.model import ClientKind
    from wording.rhythm import eased_text

    if client.kind is ClientKind.SELF:
        return ""
    return eased_text(ctx.words, eased_without_yes(goal, revisions), ZoneInfo(client.timezone), today)


def _missing_record(missing: Sequence[Days]) -> dict[str, object]:
    days = [{"first": first, "last": last} for first, last in missing]
    return {"missing": days} if days else {}


def _record(ctx: Context, store: Reader, page: Page) -> dict[str, object]:
    """The goal as other programs read it: the record of the list, and all that the page tells."""
    from cli.goal.answer import command_for_goal
    from cli.goal.facts import NEWEST
    from cli.goal.line import check_record
    from cli.goal.listing import full_record
    from goals.model import PostState
    from goals.smart import next_question
    from wording.smart import question_text

    record: dict[str, Cell] = full_record(ctx, store, page.row)
    letters = _said(page)
    said = None if letters is None else check_record(ctx, letters, page.today)
    asked = None if letters is None else next_question(letters.findings)
    question = None
    if letters is not None and asked is not None:
        question = {
            "letter": asked.letter,
            "question": question_text(ctx.words, asked, page.today),
            "command": command_for_goal(ctx.words, letters, page.goal, page.client, page.today),
        }
    posts = [row.post for row in page.posts]
    published = [post for post in posts if post.state is PostState.PUBLISHED]
    return {
        **record,
        **_missing_record(page.missing),
        "wish": page.goal.wish or None,
        "falls_on": page.falls_on,
        "letters": said and said["letters"],
        "targets": said and said["targets"],
        "alternatives": said["alternatives"] if said else [],
        "next": question,
        "check_ins": [
            {"day": one.day, "confidence": one.confidence, "why": one.why, "author": one.author}
            for one in page.check_ins[:NEWEST]
        ],
        "published": len(published),
        "planned": len(posts) - len(published),
        "posts": [
            {"id": post.id, "day": post.day, "kind": post.kind, "state": post.state, "url": post.url}
            for post in posts[:NEWEST]
        ],
        "revisions": len(page.revisions),
    }
