"""The facts of a goal's page, each with its label: figures, agreement, check-ins, posts, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.clean import clean
from goals.model import ClientKind, PostState
from wording.content import post_kind_word
from wording.rhythm import check_in_text
from wording.words import mark
from work.goal_facts import Fact, agreed, figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.context import Context
    from work.goal_page import Page

#: So many of the newest pieces and check-ins are named; one cannot look at more.
NEWEST = 3
_TEXT = 34


def facts_of(ctx: Context, page: Page) -> list[Fact]:
    """The labels and texts of a goal's page, in the order in which they are read."""
    words = ctx.words
    not_yet = words.text("not yet: smm goal agree {id} --by NAME --on DAY", id=page.goal.id)
    if page.client.kind is ClientKind.SELF:
        not_yet = words.text("your own goal: nobody has to say yes")
    found = [*figures(words, page), *agreed(words, page, not_yet), *_work(ctx, page)]
    return [Fact(words.text(label), text) for label, text in found]


def _work(ctx: Context, page: Page) -> Iterator[Fact]:
    words = ctx.words
    if page.check_ins:
        said = "\n".join(check_in_text(words, one, page.today) for one in page.check_ins[:NEWEST])
        yield Fact(mark("Check-ins"), said)
    if page.posts:
        yield Fact(mark("Content"), _posts(ctx, page))
    if page.revisions:
        number = words.plural("{n} change", "{n} changes", len(page.revisions))
        yield Fact(mark("Changes"), f"{number}: smm goal history {page.goal.id}")


def _posts(ctx: Context, page: Page) -> str:
    words = ctx.words
    posts = [row.post for row in page.posts]
    planned = sum(post.state is PostState.PLANNED for post in posts)
    out = words.text("{n} came out", n=len(posts) - planned)
    head = words.text("{out}, {n} in the plan", out=out, n=planned) if planned else out
    lines = [head]
    for post in posts[:NEWEST]:
        about = clean(post.text, _TEXT) or post.url
        day = words.day(post.day, page.today)
        kind = post_kind_word(words, post.kind)
        plan = words.text("in the plan") if post.state is PostState.PLANNED else ""
        lines.append(" · ".join(part for part in (day, kind, plan, about) if part))
    return "\n".join(lines)
