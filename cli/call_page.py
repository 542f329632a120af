"""The page of a call on the command line: its lines, and its record for another program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from work.call_page import page_parts, questions_of
from work.call_undone import call_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.context import Context
    from store.contract import Reader
    from work.call_page import Page


def page_lines(ctx: Context, page: Page) -> Iterator[str]:
    """The page, part by part."""
    day = ctx.words.day(page.day, page.today)
    yield ctx.words.text("Call with {client}, {day}", client=page.client.name, day=day)
    for _, head, lines in page_parts(ctx.words, page):
        yield f"\n{head}"
        yield from (f"  {line}" for line in lines)


def page_record(ctx: Context, reader: Reader, page: Page) -> dict[str, object]:
    """The page for another program."""
    from cli.goal.listing import goal_records

    records = goal_records(ctx, reader, page.rows)
    return {
        "client": page.client.name,
        "day": page.day,
        "since": page.since,
        "priorities": [
            {"rank": rank, "text": priority.text, "goals": page.serving.get(rank, [])}
            for rank, priority in enumerate(page.terms.priorities if page.terms else (), 1)
        ],
        "goals": records,
        "ahead": [row.goal_id for row in page.ahead],
        "to_agree": [row.goal_id for row in (*page.drafts, *page.waiting)],
        "published": page.published,
        "topics": page.topics,
        "check_ins": [
            {name: getattr(each, name) for name in ("goal_id", "day", "confidence", "why", "by_rule")}
            for each in page.check_ins.values()
        ],
        "gaps": [
            {
                "account": account,
                "metric": gap.metric,
                "first": gap.first,
                "last": gap.last,
                "reason": gap.reason,
            }
            for account, gap in page.gaps
        ],
        "materials": [
            {name: getattr(each, name) for name in ("id", "what", "asked_on")}
            | {"waiting_days": max(0, (page.day - each.asked_on).days)}
            for each in page.materials
        ],
        "questions": list(questions_of(page)),
        "calls": [call_record(call, page.undone[call.id]) for call in page.calls],
    }
