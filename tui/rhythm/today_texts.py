"""How the list of today is drawn, and what is said of a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from store.values import PostRow
from tui.drawing.cells import cell, fit, fit_right
from tui.rhythm.today_lines import MADE, VERBS, verb_of, what_text
from tui.widgets.block import Row
from tui.widgets.line import between
from wording.goals import network_name, row_title
from wording.words import mark

if TYPE_CHECKING:
    from tui.rhythm.today_lines import Today, TodayLine, Todo
    from tui.widgets.line import Span
    from wording.words import Words

_MOST_PACES = 5
_LEAST_WHAT = 12
#: What Space does with a task.
_TICKS = {
    "publish": mark("write down what came out"),
    "planned": mark("it came out today"),
    "materials": mark("asked for it today"),
    "remind": mark("it came"),
    "check_in": mark("answer for the goals"),
    "call": mark("open the page of the call"),
    "log": mark("write down the figure"),
    "token": mark("to the accounts"),
    "renew": mark("to the agreement"),
    "set_goals": mark("a new goal"),
    "shoot": mark("it is shot"),
    "prepare": mark("it is ready"),
    "report": mark("it is sent"),
    "answer": mark("everybody is answered for today"),
}


class TodayPainter:
    """Draws the lines of the list."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._verb = max(cell_len(words.text(verb)) for verb in (*VERBS.values(), *MADE.values()))

    def draw(self, line: TodayLine, width: int) -> list[Span]:
        """One line in so many cells."""
        if line.is_head:
            note = f"  {line.note}" if line.note else ""
            return between([(fit(line.what, min(cell_len(line.what), width - 4)), "name")],
                           [(note, "dim"), (f"  {line.right}", "dim")], width)  # fmt: skip
        right = line.right if width - self._verb - cell_len(line.right) - 5 >= _LEAST_WHAT else ""
        room = width - self._verb - 3 - (cell_len(right) + 1 if right else 0)
        ink = "dim" if line.is_done else ""
        return [
            (f"{line.glyph} ", line.ink),
            (fit(line.verb, self._verb) + " ", "behind" if line.ink == "behind" else "dim"),
            (fit(line.what, room), ink),
            (f" {fit_right(right, cell_len(right))}" if right else "", "dim"),
        ]


def task_sentence(words: Words, todo: Todo) -> list[Span]:
    """The task as a whole: what the list may have to cut."""
    task, about = todo.ranked.task, todo.ranked.about
    verb = words.text(VERBS[verb_of(todo.ranked)])
    what = cell(what_text(words, todo))
    if isinstance(about, PostRow):
        what = f"{network_name(words, about.network)}: {about.account} · {cell(about.post.text) or what}"
    elif task.kind == "token":
        what = cell(task.what)
    return [(verb[:1].upper() + verb[1:], "strong"), (f": {what}" if what else "", "")]


def tick_sentence(words: Words, todo: Todo, tick: str, opens: str) -> list[Span]:
    """What the keys do here: «Space — вышло сегодня · Enter — цель»; of what is ticked off, by whom."""
    done = todo.ranked.done
    parts: list[Span] = [(f"{tick} ", "key"), (words.text(_TICKS[verb_of(todo.ranked)]), "")]
    if done is not None:
        by = words.text("Ticked off by {author}", author=cell(done.author))
        parts = [(f"{by} · ", "dim"), (f"{tick} ", "key"), (words.text("to be done again"), "")]
    return [*parts, (" · ", "dim"), (f"{opens} ", "key"), (_opened(words, todo), "")]


def _opened(words: Words, todo: Todo) -> str:
    task = todo.ranked.task
    if task.goal_id is not None:
        return words.text("the goal")
    names = {
        "check_in": words.text("the check-in"),
        "token": words.text("the accounts"),
        "call": words.text("the call"),
        "renew": words.text("the agreement"),
    }
    return names.get(task.kind) or words.text("the client")


def pace_rows(words: Words, today: Today, most: int, width: int) -> list[Row]:
    """The goals that need more pace, and those past their limit: the first of them, and how many more."""
    said = [(each, "△ ", each.said) for each in today.paces]
    said += [(each, "▲ ", f"{row_title(words, each.row)} — {each.said}") for each in today.passed]
    rows = [
        Row(
            ((sign, "behind"), (fit(f"{cell(each.client.name)} · {cell(text)}", width - 2), "")),
            each.row.goal_id,
        )
        for each, sign, text in said[:most]
    ]
    more = len(said) - most
    if more > 0:
        rows.append(Row((("  " + words.plural("and {n} goal more", "and {n} goals more", more), "dim"),)))
    return rows
