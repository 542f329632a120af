"""The lines of the goal screen, block by block."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from goals.draft import Letter
from goals.metrics import METRICS, Nature, Source
from goals.model import ClientKind, GoalStatus, PostState
from goals.rhythm import fell_twice
from goals.smart import State, next_question
from goals.warnings.finding import Severity
from tui.drawing.cells import cell, fit
from tui.goal.road_marks import CHANGE, DONE, DUE, FAN, OLD, PLAN, ROAD, Mark
from tui.overview.texts import goal_sentence
from tui.widgets.block import Row, folded
from wording.changes import revision_text
from wording.content import POST_FIGURES, post_kind_word
from wording.drafts import targets_text
from wording.goals import GLYPHS, kind_word, metric_name, network_name, row_title, standing_word
from wording.rhythm import check_in_text
from wording.smart import STATE_GLYPHS, letter_name, question_text, why_text
from wording.warnings import sentence
from work.goal_facts import CHANCE, EASED, agreed, chance_of, done_text, figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from goals.model import Post
    from goals.revision import Revision
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from tui.goal.details import GoalDetail
    from tui.goal.road import Road
    from tui.widgets.line import Span
    from wording.words import Words
    from work.goal_facts import Fact

#: The ink of each status.
STATUS_INKS = {
    GoalStatus.ON_TRACK: "good",
    GoalStatus.MET: "good",
    GoalStatus.BEHIND: "behind",
    GoalStatus.UNLIKELY: "bad",
    GoalStatus.MISSED: "bad",
    GoalStatus.EARLY: "calm",
    GoalStatus.DRAFT: "calm",
    GoalStatus.STALE: "stale",
    GoalStatus.UNKNOWN: "stale",
    GoalStatus.DROPPED: "stale",
}
_STATE_INKS = {State.OK: "good", State.WEAK: "behind", State.MISSING: "bad"}
_SEVERITY_SIGNS = {
    Severity.HIGH: ("▲ ", "bad"),
    Severity.MEDIUM: ("△ ", "behind"),
    Severity.LOW: ("· ", "dim"),
}
_SIGNS = {"views": "◉", "likes": "♥", "comments": "✎", "shares": "↗", "reactions": "☺"}
_TEXT_WIDTH, _KIND_WIDTH, _DAY_WIDTH = 38, 8, 7
_LABEL_WIDTH, _LETTER_WIDTH, _HANG = 16, 16, 2
_MOST_WARNINGS, _MOST_CHECK_INS, _MOST_POSTS = 2, 6, 60


def title_of(words: Words, detail: GoalDetail) -> str:
    """The goal's title."""
    return cell(row_title(words, detail.row))


def _rows(text: str, width: int, ink: str, lead: Span = ("", ""), most: int | None = None) -> list[Row]:
    """A text in lines behind a lead, the further ones under the first; one too many ends in an ellipsis."""
    indent = cell_len(lead[0])
    lines = folded(text, max(8, width - indent))
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], fit(" ".join(lines[most - 1 :]), width - indent)]
    return [
        Row(((lead if not place else (" " * indent, "")), (line, ink))) for place, line in enumerate(lines)
    ]


def head_rows(words: Words, detail: GoalDetail, edit_key: str, width: int) -> list[Row]:
    """How it stands, what is counted and when; the pace in one sentence; the chance, or what is planned."""
    page, row = detail.page, detail.row
    status = GoalStatus(row.status)
    standing = f"{GLYPHS[status]} {standing_word(words, row)}"
    about = fit(f" · {_scope(words, detail)} · {_dates(words, detail)}", width - cell_len(standing)).rstrip()
    pace = goal_sentence(
        words,
        row,
        page.today,
        ZoneInfo(page.client.timezone),
        edit_key=edit_key,
        from_file=detail.from_file,
    )
    ends = _outcome(words, detail)
    return [
        Row(((standing, STATUS_INKS[status]), (about, "dim"))),
        *_rows(pace, width, "strong", most=2),
        *(_rows(ends, width, "", most=2) if ends else []),
    ]


def _scope(words: Words, detail: GoalDetail) -> str:
    goal, account = detail.page.goal, detail.account
    parts = [metric_name(words, goal.metric), kind_word(words, goal.kind)]
    if account is not None:
        parts.append(f"{network_name(words, account.network)} «{cell(account.title or account.handle)}»")
    elif goal.network:
        parts.append(network_name(words, goal.network))
    return ", ".join(parts)


def _dates(words: Words, detail: GoalDetail) -> str:
    goal, today = detail.page.goal, detail.today
    if goal.deadline is None:
        return words.text("since {day}", day=words.day(goal.start, today))
    return f"{words.day(goal.start, today)} – {words.day(goal.deadline, today)}"


def _outcome(words: Words, detail: GoalDetail) -> str:
    """Where it leads: the chance with its band; of content, what the plan adds; otherwise what is done."""
    chance = chance_of(words, detail.page)
    if chance:
        return f"{words.text(CHANCE)}: {chance}"
    done = done_text(words, detail.page).replace("\n", ". ")
    row, planned = detail.row, detail.road.planned
    if METRICS[row.metric].nature is not Nature.CONTENT or not planned or row.target is None:
        return done
    ahead = round(planned[-1][1] - planned[0][1])
    lacks = max(0, round(row.target - planned[-1][1]))
    said = (
        words.text("{n} in the plan", n=words.number(ahead)) if ahead else words.text("nothing in the plan")
    )
    if lacks:
        said += ", " + words.text("{n} more to plan", n=words.number(lacks))
    return f"{done} · {said}"


def warning_rows(
    words: Words, detail: GoalDetail, step: Callable[[Warning], str], more_key: str, width: int
) -> list[Row]:
    """The gravest warnings about the goal, each with its next step; how many more there are."""
    rows: list[Row] = []
    for warning in detail.warnings[:_MOST_WARNINGS]:
        said = cell(sentence(words, warning, detail.today))
        first, *rest = _rows(said, width, "strong", _SEVERITY_SIGNS[warning.severity], most=2)
        rows += [
            Row(first.spans, warning.key),
            *rest,
            *_rows(cell(step(warning)), width, "dim", ("  → ", "dim"), 1),
        ]
    more = len(detail.warnings) - _MOST_WARNINGS
    if more > 0:
        rows.append(
            Row((("  " + words.plural("{n} more: {key}", "{n} more: {key}", more, key=more_key), "dim"),))
        )
    return rows


def caption_rows(words: Words, road: Road, width: int) -> list[Row]:
    """What the marks of the plot mean, as many as fit on a line."""
    marks: list[Mark] = [DONE]
    for mark, is_there in ((ROAD, road.road), (DUE, road.expected), (FAN, road.fan), (PLAN, road.planned)):
        marks += [mark] if is_there else []
    marks += [OLD, CHANGE] if road.old else []
    lines: list[list[Span]] = [[]]
    used = 0
    for mark in marks:
        name = words.text(mark.name)
        size = cell_len(name) + 5
        if used and used + size > width:
            lines.append([])
            used = 0
        lines[-1] += [(f"{mark.sign} ", mark.ink), (f"{name}   ", "dim")]
        used += size
    return [Row(tuple(line)) for line in lines]


def letter_rows(words: Words, detail: GoalDetail, answer_key: str, width: int) -> list[Row]:
    """The five letters with what stands behind each, the three targets, the next question with its key."""
    letters, today = detail.page.letters, detail.today
    if letters is None:
        return []
    draft = letters.wish.draft
    rows: list[Row] = []
    for letter, finding in letters.findings.items():
        name = fit(letter_name(words, letter), _LETTER_WIDTH - 5)
        ink = _STATE_INKS[finding.state]
        lead: list[Span] = [
            (f"{letter} ", "strong"),
            (f"{STATE_GLYPHS[finding.state]} ", ink),
            (f"{name} ", ink),
        ]
        first, *rest = folded(cell(why_text(words, finding, today)), max(8, width - _LETTER_WIDTH))
        rows.append(Row((*lead, (first, "")), ("letter", letter)))
        rows += [Row(((" " * _LETTER_WIDTH + line, ""),)) for line in rest]
        if letter is Letter.ATTAINABLE and letters.targets is not None and draft.metric:
            offered = targets_text(words, letters.targets, draft.metric, draft.kind)
            rows += _rows(offered, width, "dim", (" " * _LETTER_WIDTH, ""))
    asked = next_question(letters.findings)
    if asked is not None:
        question = cell(question_text(words, asked, today) or "")
        said = words.text("{question} {key} answers", question=question, key=answer_key)
        rows += _rows(said, width, "trouble", ("→ ", "trouble"))
    return rows


def fact_rows(words: Words, detail: GoalDetail, agree_key: str, width: int) -> list[Row]:
    """The figures and what was agreed, each behind its label."""
    page = detail.page
    if page.client.kind is ClientKind.SELF:
        not_yet = words.text("your own goal: nobody has to say yes")
    else:
        not_yet = words.text("not yet: {key} notes the client's yes", key=agree_key)
    in_figures = (fact for fact in figures(words, page) if fact.label != CHANCE)  # it stands over the plot
    found: Iterable[Fact] = (*in_figures, *agreed(words, page, not_yet))
    rows: list[Row] = []
    for label, text in found:
        ink = "bad" if label == EASED else ""
        lead = (fit(words.text(label), _LABEL_WIDTH - 1) + " ", "dim")
        for line in text.split("\n"):
            rows += _rows(cell(line), width, ink, lead)
            lead = (" " * _LABEL_WIDTH, "")
    return rows


def post_rows(words: Words, detail: GoalDetail, width: int) -> list[Row]:
    """The posts that count and those in the plan, the newest first."""
    if METRICS[detail.row.metric].source is not Source.POSTS:
        return []
    if not detail.page.posts:
        return [Row(((words.text("none yet in this period: + adds one"), "dim"),))]
    posts = [row.post for row in detail.page.posts[:_MOST_POSTS]]
    return [Row(post_spans(words, post, detail.today, width), ("post", int(post.id))) for post in posts]


def post_spans(words: Words, post: Post, today: date, width: int) -> tuple[Span, ...]:
    """A post on one line of so many cells: day, kind, its text, its figures or that it is only planned."""
    planned = post.state is PostState.PLANNED
    text = cell(post.text) or cell(post.url) or words.text("without text")
    said = words.text("planned") if planned else _figures(words, post)
    room = max(8, width - _DAY_WIDTH - _KIND_WIDTH - (cell_len(said) + 2 if said else 0))
    return (
        (fit(words.day(post.day, today), _DAY_WIDTH), "dim"),
        (fit(post_kind_word(words, post.kind), _KIND_WIDTH), ""),
        (fit(text, room), "dim" if planned else ""),
        (f"  {said}" if said else "", "sync" if planned else ""),
    )


def _figures(words: Words, post: Post) -> str:
    return "  ".join(
        f"{_SIGNS[name]}{words.short_number(post.figures[name])}"
        for name in POST_FIGURES
        if name in post.figures
    )


def check_in_rows(words: Words, detail: GoalDetail, key: str, width: int) -> list[Row]:
    """How sure one was of it, the newest first; that confidence falls twice running comes first of all."""
    if detail.check is None and not detail.page.check_ins:
        return []
    rows: list[Row] = []
    if detail.check is not None and fell_twice(detail.check.history):
        rows += _rows(words.text("confidence falls for the second time running"), width, "bad", ("⚠ ", "bad"))
    for one in detail.page.check_ins[:_MOST_CHECK_INS]:
        who = words.text("by rule") if one.by_rule else cell(one.author)
        said, ink = f"{check_in_text(words, one, detail.today)} · {who}", "dim" if one.by_rule else ""
        first, *rest = folded(said, width - _HANG)
        rows += [Row(((line, ink),)) for line in (first, *(" " * _HANG + line for line in rest))]
    if detail.check is not None:
        rows += _rows(words.text("{key}: how sure are you now?", key=key), width, "dim")
    return rows


def revision_rows(words: Words, detail: GoalDetail, width: int) -> list[Row]:
    """The goal's changes, the newest first: what, who, why, whether the client agreed; easings for ever."""
    rows: list[Row] = []
    for revision in reversed(detail.page.revisions):
        head = f"{_moment(words, detail, revision)} {cell(revision.author)}: "
        what = revision_text(words, revision, detail.today, detail.names)
        first, *rest = (
            _rows(what, width, "", (head, "dim"))
            if cell_len(head) < width // 2
            else _rows(head + what, width, "")
        )
        rows += [Row(first.spans, ("revision", revision.number)), *rest]
        rows += _rows(_reason(words, detail, revision), width, "dim", ("  ", ""))
        if revision in detail.page.eased:
            rows += _rows(words.text("made easier without the client's yes"), width, "bad", ("  ▼ ", "bad"))
    return rows


def _moment(words: Words, detail: GoalDetail, revision: Revision) -> str:
    return words.moment(revision.made_at, ZoneInfo(detail.page.client.timezone), detail.today)


def _reason(words: Words, detail: GoalDetail, revision: Revision) -> str:
    """Why it was changed, and whether the client said yes to it."""
    why = cell(revision.why) or words.text("no reason given")
    if revision.agreed_on is not None:
        said = words.text("agreed on {day}", day=words.day(revision.agreed_on, detail.today))
        return f"{why} · {said}"
    own = detail.page.client.kind is ClientKind.SELF
    if own or revision.undoes is not None or revision in detail.page.eased:
        return why
    said = words.text("this change is not agreed")
    return f"{why} · {said}"
