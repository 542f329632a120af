"""A change of the agreement in words, for the client's yes: what is taken off, what is added, the hours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from connectors.clean import TEXT_LIMIT, clean
from goals.agreement.diff import Why
from goals.agreement.goals import TOPIC_SHARE
from goals.agreement.lines import topic_term
from goals.agreement.shift import more_pieces, uneven
from goals.agreement.terms import TopicLine
from wording.agreements.conditions import conditions
from wording.agreements.lists import line_texts, topic_line
from wording.agreements.moves import (
    hours_text,
    more_hours_text,
    nothing_texts,
    off_text,
    on_text,
    uneven_texts,
)
from wording.agreements.phrases import cleaned, days_span
from wording.goals import network_name, title

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from goals.agreement.diff import Affected, ChangeDraft
    from goals.agreement.goals import ProposedGoal
    from goals.agreement.shift import Shift
    from goals.agreement.terms import Terms
    from goals.model import Goal, GoalId
    from wording.words import Words


def draft_text(
    words: Words,
    draft: ChangeDraft,
    old: Terms,
    new: Terms,
    *,
    shift: Shift | None = None,
    each: float | None = None,
    decided: Mapping[str, str] | None = None,
    goals: Sequence[tuple[Goal, Goal]] = (),
) -> str:
    """The change as plain text; parts with nothing in them are left out, the hours are always told.

    Args:
        words: the language.
        draft: what `goals.agreement.diff.change_draft` found between the two.
        old: the terms in force.
        new: the terms that are proposed.
        shift: the content that goes over between priorities, where they were put in another order.
        each: hours of work for a piece of content, as far as that is known.
        decided: what was decided about lines since and counts beside `new`, by term.
        goals: the client's goals, each with what it becomes; without them only their ranks are told.
    """
    text = words.text
    moves = shift.moves if shift else ()
    told = {lot.term for move in moves for lot in (move.off, move.on)}
    became = {before.id: after for before, after in goals}
    newer = {before.term for before, after in draft.changed if before.amount != after.amount}
    draft = _without(draft, told)
    old, new = cleaned(old), cleaned(new)
    names = [priority.text for priority in new.priorities]
    was, now = ({t: s for t, s in _shares(words, terms).items() if t not in told} for terms in (old, new))
    off = [
        *(off_text(words, move) for move in moves),
        *(_asked(words, goal) for goal in draft.removed),
        *(was[term] for term in was if term not in now),
    ]
    added = [
        *(on_text(words, move) for move in moves),
        *(_asked(words, goal) for goal in draft.added),
        *(now[term] for term in now if term not in was),
    ]
    shares = (f"{was[term]} → {now[term]}" for term in was if now.get(term, was[term]) != was[term])
    moved = any(change.section == "priorities" for change in draft.changes)
    touched = _touched(words, draft.affected, names, became, newer)
    parts = (
        (text("Priorities now"), [f"{rank}. {name}" for rank, name in enumerate(names, 1)] if moved else []),
        (text("What we take off"), [f"• {line}" for line in off]),
        (text("What we add"), [f"• {line}" for line in added]),
        (text("What we change"), [f"• {line}" for line in (*_changed(words, draft), *shares)]),
        (text("Goals this touches"), [f"• {line}" for line in touched]),
        (text("What else changes"), [f"• {line}" for line in _others(words, old, new)]),
        (text("Decided since"), [f"• {line}" for line in _decided(words, new, decided or {})]),
        (text("To decide"), [f"• {line}" for line in nothing_texts(words, shift)] if shift else []),
    )
    blocks = ["\n".join([f"{head}:", *lines]) for head, lines in parts if lines]
    work = hours_text(words, shift, each) if shift else more_hours_text(words, more_pieces(old, new), each)
    odd = uneven_texts(words, uneven(moves, goals), each)
    hours = [work, *odd, _hours(words, draft)]
    return "\n\n".join([*blocks, "\n".join(line for line in hours if line)]) + "\n"


def _without(draft: ChangeDraft, terms: Collection[str | None]) -> ChangeDraft:
    """The draft without what is told as going over, and without shares: they have words of their own."""

    def is_told(goal: ProposedGoal) -> bool:
        return goal.term in terms or goal.metric == TOPIC_SHARE

    return replace(
        draft,
        removed=tuple(goal for goal in draft.removed if not is_told(goal)),
        added=tuple(goal for goal in draft.added if not is_told(goal)),
        changed=tuple(pair for pair in draft.changed if not is_told(pair[0])),
    )


def _decided(words: Words, new: Terms, decided: Mapping[str, str]) -> Iterator[str]:
    """Lines about which something else was decided: «ВК: 3 поста в неделю: по созвону 23.11: 2 вместо 3»."""
    for term, line in line_texts(words, new).items():
        if term in decided:
            yield f"{line} — {decided[term]}"


def _shares(words: Words, terms: Terms) -> dict[str, str]:
    """Topics that ask for a share of content and so for no goal, by term."""
    lines = (replace(line, priority=None) for line in terms.topics if line.amount is None)
    return {topic_term(line): topic_line(words, line) for line in lines}


def _asked(words: Words, goal: ProposedGoal | Goal) -> str:
    """A goal and its day: «Старая партия: 6 историй до 31 декабря 2026»."""
    topic = clean(goal.topic, TEXT_LIMIT) if goal.topic else None
    if topic and goal.metric == TOPIC_SHARE and goal.amount is not None:
        share = topic_line(words, TopicLine(topic, share=goal.amount / 100, network=goal.network))
        return f"{share} {days_span(words, None, goal.deadline)}" if goal.deadline else share
    if topic and goal.network:
        topic = f"{topic} ({network_name(words, goal.network)})"
    body = title(
        words,
        metric=goal.metric,
        kind=goal.kind,
        amount=goal.amount,
        period=goal.period,
        head=topic,
        network=goal.network,
    )
    return f"{body} {days_span(words, None, goal.deadline)}" if goal.deadline else body


def _changed(words: Words, draft: ChangeDraft) -> Iterator[str]:
    """What lines ask for now and asked for before; the hours have a line of their own."""
    for before, after in draft.changed:
        was, now = _asked(words, before), _asked(words, after)
        if was != now and before.metric != "hours":
            yield f"{was} → {now}"


def _touched(
    words: Words,
    affected: Iterable[Affected],
    names: list[str],
    became: Mapping[GoalId, Goal],
    newer: Collection[str],
) -> Iterator[str]:
    """The goals that ask for something else, serve another rank, or whose topic is agreed otherwise.

    `became` is what goals become, `newer` the terms of the lines that ask for another amount: a goal that
    does not follow its line is told.
    """
    for each in affected:
        if Why.REMOVED in each.why:
            continue
        goal, told = each.goal, []
        after = became.get(goal.id, goal)
        name = clean(goal.title, TEXT_LIMIT) or _asked(words, goal)
        if replace(after, priority=goal.priority) != goal:
            last = after.deadline if after.deadline != goal.deadline else None
            new = replace(after, topic=None, network=None, deadline=last)
            name = f"{_asked(words, goal)} → {_asked(words, new)}"
        elif goal.id in became and goal.term in newer:
            told.append(words.text("stays as it is"))
        if Why.PRIORITY in each.why and each.priority is None:
            told.append(words.text("what it served is no priority any more"))
        elif Why.PRIORITY in each.why and each.priority is not None:
            served = names[each.priority - 1]
            told.append(words.text("priority {n} now, {name}", n=each.priority, name=served))
        elif Why.TOPIC in each.why:
            told.append(words.text("its topic is agreed otherwise"))
        if told or after != goal:
            yield f"{name}: {'; '.join(told)}" if told else name


def _others(words: Words, old: Terms, new: Terms) -> Iterator[str]:
    """How both work together, was and is; the hours a month have a line of their own."""
    sides = (replace(terms, hours=replace(terms.hours, month=None)) for terms in (old, new))
    before, after = (dict(conditions(words, terms)) for terms in sides)
    for label in {**before, **after}:
        was, now = before.get(label, "—"), after.get(label, "—")
        if was != now:
            yield words.text("{label}: was «{was}», is «{now}»", label=label, was=was, now=now)


def _hours(words: Words, draft: ChangeDraft) -> str:
    """«Часов в месяц: 30 → 36»."""
    before, after = (
        "—" if hours is None else words.number(hours, 2) for hours in (draft.hours_before, draft.hours_after)
    )
    if before == after:
        return words.text("Hours a month: {hours}, as before", hours=after)
    return words.text("Hours a month: {before} → {after}", before=before, after=after)
