"""A line of speech to goals: the passes over the line in their order, and what they give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from goals.draft import Draft, Wish
from goals.phrase import dates, means, rates, replies, shares, topics, typos
from goals.phrase.drafts import Shared, drafted, marks_in
from goals.phrase.either import EITHER, in_either, networks_of, one_of
from goals.phrase.figures import standing
from goals.phrase.numerals import merge
from goals.phrase.parts import parts
from goals.phrase.timewords import mark
from goals.phrase.tokens import Line, split
from goals.phrase.vocabulary import marks_of, metric_of, network_of

#: A longer text is no line: what stands past this many characters is not read.
MOST_CHARACTERS = 400
_MAX = {"макс", "max"}
#: What stands between networks of a list.
_LISTED = {"и", "and", ",", "или", "or"}
_OK = {"ок", "ok", "oк"}
#: What a verb of the first part tells of the others too.
_CARRIED = frozenset({"grow", "win", "viral", "boosted"})
_BEFORE_OK = {"в", "на", "из", "с", "для", "группа", "группу", "группе", "on", "in", "паблик", "через"}


def _prepared(text: str) -> Line:
    tokens = mark(merge(split(text[:MOST_CHARACTERS])))
    return Line(text, mark(tokens) if typos.mend(tokens) else tokens)


def _places(line: Line) -> list[tuple[int, str | None]]:
    """Where networks and communities are named: the token, and the network if it is one that goals know."""
    found: list[tuple[int, str | None]] = []
    for index, token in enumerate(line.tokens):
        name = network_of(token.canon)
        before = line.tokens[index - 1].canon if index else ""
        if token.canon in _OK and (
            before in _BEFORE_OK or (index == 0 and len(line.tokens) > 1 and _starts_place(line))
        ):
            name = "ok"
        if token.canon in _MAX and _names_max(line, index, before, last=found[-1][0] if found else None):
            name, token.canon = "max", "максе"
        if token.canon == "контакте" and before == "в":
            name = "vk"
        if name == "tiktok" and _is_counted(line, index):
            token.canon = "клипов"
        if name is not None or "place" in marks_of(token.canon):
            found.append((index, None if name == "other" else name))
    return found


def _names_max(line: Line, index: int, before: str, last: int | None) -> bool:
    """Whether a bare «макс» or "max" is the network, as behind a preposition or another network."""
    after = line.tokens[index + 1] if index + 1 < len(line.tokens) else None
    if after is not None and after.value is not None and before not in {"в", "in"}:
        return False
    return before in _BEFORE_OK or (before in _LISTED and last == index - 2)


def _starts_place(line: Line) -> bool:
    """Whether a first «ок» is a label and not assent: a colon or a number follows."""
    after = line.tokens[1]
    return after.canon == ":" or after.value is not None


def _is_counted(line: Line, index: int) -> bool:
    """Whether a network's name is what is counted («3 тиктока в неделю»)."""
    counted = index > 0 and line.tokens[index - 1].value is not None
    after = line.tokens[index + 1].canon if index + 1 < len(line.tokens) else ""
    return counted and metric_of(after) is None and not marks_of(after)


def read(text: str, today: date) -> tuple[Wish, ...]:
    """The goals of a line, at least one; never fails, whatever the text.

    Args:
        text: what a person said or typed, Russian or English; past 400 characters it is not read.
        today: the day of speaking, from which dates are counted.
    """
    line = _prepared(text)
    places = _places(line)
    networks = networks_of(line, places)
    given = means.find(line)
    about = topics.find_topics(line)
    if about:
        shares.find(line)
    reply = replies.find(line)
    repeated = rates.find(line)
    window = dates.find(line, today)
    purpose = topics.find_purpose(line)
    baseline = standing(line)
    spans = parts(line, repeated, replying=reply[0], about={place for place, _ in about})
    windows = [window] if window else []
    while len(windows) < len(spans) and windows and (window := dates.find(line, today)) is not None:
        windows.append(window)
    shared = Shared(places, about, purpose, windows, repeated, reply, baseline, given)
    wishes = [drafted(line, spans[0], shared, today, None)]
    shared = replace(shared, marks=marks_in(line, spans[0]) & _CARRIED)
    for span in spans[1:]:
        wish = drafted(line, span, shared, today, wishes[-1].draft.metric)
        if line.tokens[span.start].canon in EITHER:
            counted = any(line.tokens[i].value is not None and not line.gone[i] for i in span)
            wishes[-1] = one_of(wishes[-1], wish, counted=counted)
        else:
            wishes.append(wish)
    return _with_places(line, places, [in_either(wish, networks) for wish in wishes])


def _with_places(line: Line, places: list[tuple[int, str | None]], wishes: list[Wish]) -> tuple[Wish, ...]:
    """The goals, the first with the networks that none of them is about."""
    taken = {draft.network for wish in wishes for draft in (wish.draft, *wish.alternatives)}
    named = [name or _elsewhere(line.tokens[index].canon) for index, name in places]
    rest = tuple(dict.fromkeys(name for name in named if name is not None and name not in taken))
    return (replace(wishes[0], places=rest), *wishes[1:]) if rest else tuple(wishes)


def _elsewhere(word: str) -> str | None:
    """The word of a network that goals do not count apart."""
    return word if network_of(word) == "other" else None


def read_day(text: str, today: date) -> date | None:
    """The day that a person typed: «30.11», «конец месяца», "in 2 weeks"; None if it does not name one."""
    for written in (text, f"до {text}", f"за {text}"):
        window = dates.find(_prepared(written), today)
        if window is not None and window.deadline is not None:
            return None if window.either else window.deadline
    return None


def parse(text: str, today: date) -> dict[str, object]:
    """The first goal of a line with plain values: the names of the draft's fields, ISO date, letters.

    `alternatives` are its other honest readings, in the same values.
    """
    wish = read(text, today)[0]
    return {
        **_plain(wish.draft),
        "missing": [letter.value for letter in wish.missing],
        "alternatives": [_plain(other) for other in wish.alternatives],
    }


def _plain(draft: Draft) -> dict[str, object]:
    return {
        "network": draft.network,
        "metric": draft.metric,
        "kind": draft.kind.value if draft.kind else None,
        "amount": draft.amount,
        "unit": draft.unit,
        "topic": draft.topic,
        "period": draft.period.value if draft.period else None,
        "deadline": draft.deadline.isoformat() if draft.deadline else None,
    }
