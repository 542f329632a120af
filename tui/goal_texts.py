"""The texts of the goal screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from goals.measure import counted_from_zero
from goals.metrics import METRICS, Source
from goals.model import GoalKind, GoalStatus, PostState
from goals.pace import target_of
from tui.cells import cell, fit
from tui.road_marks import BAND, DONE, DUE, ROAD
from tui.shares import shares
from tui.texts import goal_sentence
from wording.changes import revision_text
from wording.content import POST_FIGURES, post_kind_word
from wording.goals import GLYPHS, kind_word, metric_name, network_name, row_title, standing_word

if TYPE_CHECKING:
    from datetime import tzinfo

    from goals.model import Post
    from tui.details import GoalDetail
    from tui.road import Road
    from wording.words import Words

#: The Textual colours of each status.
STATUS_COLOURS = {
    GoalStatus.ON_TRACK: "$text-success",
    GoalStatus.MET: "$text-success",
    GoalStatus.BEHIND: "$text-warning",
    GoalStatus.UNLIKELY: "$text-error",
    GoalStatus.MISSED: "$text-error",
    GoalStatus.EARLY: "$text-primary",
    GoalStatus.DRAFT: "$text-primary",
    GoalStatus.STALE: "$text-muted",
    GoalStatus.DROPPED: "$text-muted",
}

_SIGNS = {"views": "◉", "likes": "♥", "comments": "✎", "shares": "↗", "reactions": "☺"}
_TEXT_WIDTH = 38


def title_of(words: Words, detail: GoalDetail) -> str:
    """The goal's title."""
    return cell(row_title(words, detail.row))


def summary_text(words: Words, detail: GoalDetail, today: date) -> Content:
    """Status and pace, what is counted, from where to where, the dates; of a count also what is missing."""
    row, goal = detail.row, detail.goal
    status = GoalStatus(row.status)
    head = Content.assemble(
        (f"{GLYPHS[status]} {standing_word(words, row)}", f"bold {STATUS_COLOURS[status]}"),
        ("   ", ""),
        (title_of(words, detail), "bold"),
    )
    scope = _scope(words, detail)
    lines = [
        head,
        Content(goal_sentence(words, row, today, ZoneInfo(detail.client.timezone))),
        _labelled(words.text("counts"), scope),
        _labelled(words.text("way"), _way(words, detail, today)),
        _labelled(words.text("dates"), f"{_dates(words, detail, today)} · {_agreed(words, detail, today)}"),
    ]
    if goal.topic:
        topic = words.text("topic")
        lines[2] = _labelled(words.text("counts"), f"{scope} · {topic}: {cell(goal.topic)}")
    if detail.missing and row.current is not None:
        from wording.topics import at_least

        lines.append(_labelled("", at_least(words, row.current, detail.missing, today)))
    return Content("\n").join(lines)


def _labelled(label: str, text: str) -> Content:
    return Content.assemble((fit(label, 9), "$text-muted"), (text, ""))


def _scope(words: Words, detail: GoalDetail) -> str:
    goal = detail.goal
    parts = [metric_name(words, goal.metric), kind_word(words, goal.kind)]
    if detail.account is not None:
        name = detail.account.title or detail.account.handle
        parts.append(f"{network_name(words, detail.account.network)} «{cell(name)}»")
    elif goal.network:
        parts.append(network_name(words, goal.network))
    return " · ".join(parts)


def _way(words: Words, detail: GoalDetail, today: date) -> str:
    goal, row = detail.goal, detail.row
    target = target_of(goal)
    now = "—" if row.current is None else words.number(row.current)
    if target is None:
        if row.current is None:
            return words.text("no target yet")
        return words.text("no target yet, now {now}", now=now)
    to = words.number(target)
    moves = goal.kind in {GoalKind.GAIN, GoalKind.GAIN_PERCENT, GoalKind.REACH_LEVEL}
    if moves and goal.baseline is not None and not counted_from_zero(METRICS[goal.metric], goal.kind):
        text = words.text(
            "from {start} to {target}, now {now}", start=words.number(goal.baseline), target=to, now=now
        )
    else:
        text = words.text("{now} of {target}", now=now, target=to)
    progress, expected = shares(row, today)
    if progress is not None:
        text += f" · {words.percent(progress)}"
    if expected is not None and not GoalStatus(row.status).is_over:
        text += " · " + words.text("by now {percent} expected", percent=words.percent(expected))
    return text


def _dates(words: Words, detail: GoalDetail, today: date) -> str:
    goal = detail.goal
    if goal.deadline is None:
        return words.text("since {day}", day=words.day(goal.start, today))
    return f"{words.day(goal.start, today)} – {words.day(goal.deadline, today)}"


def _agreed(words: Words, detail: GoalDetail, today: date) -> str:
    goal = detail.goal
    if goal.agreed_on is None:
        return words.text("not agreed with the client yet")
    day = words.day(goal.agreed_on, today)
    if goal.agreed_by:
        return words.text("agreed on {day} with {name}", day=day, name=cell(goal.agreed_by))
    return words.text("agreed on {day}", day=day)


def caption_text(words: Words, road: Road) -> Content:
    """What the marks of the plot mean."""
    if road.is_empty:
        return Content("")
    shown = [
        DONE,
        *([ROAD] if road.road else []),
        *([DUE] if road.expected else []),
        *([BAND] if road.band else []),
    ]
    parts = [Content.assemble((f"{sign} ", f"${colour}"), words.text(name)) for sign, colour, name in shown]
    return Content("   ").join(parts)


def posts_text(words: Words, detail: GoalDetail, today: date) -> Content:
    """The posts that count, the newest first."""
    if METRICS[detail.goal.metric].source is not Source.POSTS:
        return Content("")
    head = heading(words.text("Posts that count"))
    if not detail.posts:
        return Content("\n").join([head, Content(words.text("none yet in this period"))])
    return Content("\n").join([head, *(post_line(words, post, today) for post in detail.posts)])


def post_line(words: Words, post: Post, today: date) -> Content:
    """A post on one line: day, kind, whether it is only planned, its text and figures."""
    planned = post.state is PostState.PLANNED
    text = cell(post.text) or cell(post.url) or words.text("without text")
    figures = "  ".join(
        f"{_SIGNS[name]}{words.short_number(post.figures[name])}"
        for name in POST_FIGURES
        if name in post.figures
    )
    state = words.text("planned") if planned else figures
    return Content.assemble(
        (fit(words.day(post.day, today), 6), "$text-muted"),
        (fit(post_kind_word(words, post.kind), 8), ""),
        (fit(text, _TEXT_WIDTH), "$text-muted" if planned else ""),
        ("  " + state, "$text-accent" if planned else ""),
    )


def revisions_text(words: Words, detail: GoalDetail, today: date, zone: tzinfo) -> Content:
    """The goal's changes, the newest first, with why and whether the client agreed."""
    if not detail.revisions:
        return Content("")
    lines = [heading(words.text("Changes"))]
    for revision in detail.revisions:
        when = words.moment(revision.made_at, zone, today)
        what = revision_text(words, revision, today, detail.names)
        why = cell(revision.why) or words.text("no reason given")
        agreed = (
            words.text("agreed on {day}", day=words.day(revision.agreed_on, today))
            if revision.agreed_on
            else words.text("this change is not agreed")
        )
        lines.append(
            Content.assemble(
                (f"{when}  {cell(revision.author)}: ", "$text-muted"),
                (what, ""),
                (f" · {why} · {agreed}", ""),
            )
        )
    return Content("\n").join(lines)


def heading(text: str) -> Content:
    """The heading of a part of a screen."""
    return Content.assemble(("\n", ""), (text, "bold $text-primary"))
