"""How the list of posts is drawn, and what is said of the one under the cursor."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from goals.model import PostKind, PostState
from store.values import MarkedBy
from tui.drawing.cells import cell, fit, fit_right
from tui.overview.columns import WIDE
from tui.overview.texts import day_in_words
from tui.posts.lines import HeadLine
from tui.widgets.said import cut
from wording.content import post_kind_word, post_state_word
from wording.topics import evidence_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goals.topics.verdict import Evidence
    from store.values import TopicMark
    from tui.posts.lines import PostLine, PostRowLine
    from tui.widgets.line import Span
    from wording.words import Words

#: A sign for each format; the word stands beside it.
KIND_SIGNS: dict[PostKind, str] = {
    PostKind.POST: "¶",
    PostKind.STORY: "○",
    PostKind.CLIP: "▹",
    PostKind.VIDEO: "▷",
    PostKind.STREAM: "◎",
    PostKind.ARTICLE: "≡",
}
#: Signs of what is said about a topic: by hand, by hand that not, perhaps.
YES, NO, PERHAPS = "✓", "✗", "?"
#: From this width on the state has a column of its own; below, the heads and the text tell it.
_WIDEST = 140
#: The cells beside the rows: what marks cursor and choice, the scroll bar.
_MARGIN = 4
_STATE_INKS = {PostState.PLANNED: "calm", PostState.PUBLISHED: "", PostState.DELETED: "stale"}


class Columns(NamedTuple):
    """Widths in cells; 0 for a column that is left out, `gap` stands between two."""

    day: int
    place: int
    kind: int
    state: int
    text: int
    topics: int
    views: int
    rate: int
    gap: int


@lru_cache(maxsize=64)
def columns_for(width: int, place: int) -> Columns:
    """The columns of a list that is `width` cells wide; the text and the topics share what is left.

    Args:
        width: in cells.
        place: the cells of the longest place.
    """
    if width >= _WIDEST:
        columns = Columns(12, min(place, 40), 9, 12, 0, 0, 9, 7, 2)
    elif width >= WIDE - _MARGIN:
        columns = Columns(12, min(place, 28), 9, 0, 0, 0, 9, 7, 2)
    else:
        columns = Columns(6, min(place, 16), 9, 0, 0, 0, 6, 0, 1)
    fixed = sum(columns[:-1]) + columns.gap * (sum(size > 0 for size in columns[:-1]) + 1)
    left = max(2, width - fixed)
    topics = max(1, left * 2 // 5)
    return columns._replace(text=left - topics, topics=topics)


class PostPainter:
    """Draws the rows of one client's posts or of all clients', in one language, on one day.

    `place` is as wide as the longest place that is shown, in cells.
    """

    def __init__(self, words: Words, today: date, place: int, *, every_client: bool) -> None:
        self.words = words
        self.today = today
        self.place = place
        self.every_client = every_client

    def titles(self, width: int) -> list[Span]:
        """The names of the columns."""
        text = self.words.text
        columns = columns_for(width, self.place)
        gap = " " * columns.gap
        names = [
            fit(text("day"), columns.day),
            fit(text("client") if self.every_client else text("network"), columns.place),
            fit(text("what"), columns.kind),
        ]
        names += [fit(text("state"), columns.state)] if columns.state else []
        names += [fit(text("text"), columns.text), fit(text("topics"), columns.topics)]
        names.append(fit_right(text("views") if columns.rate else text("seen"), columns.views))
        names += [fit_right(text("ER"), columns.rate)] if columns.rate else []
        return [(gap.join(names), "")]

    def draw(self, row: PostRowLine, width: int) -> list[Span]:
        """A head or a post."""
        if isinstance(row, HeadLine):
            return [(row.text, "strong"), (f"  {self.words.number(row.count)}", "dim")]
        columns = columns_for(width, self.place)
        gap = " " * columns.gap
        plain = _STATE_INKS[row.state]
        spans: list[Span] = [
            (
                fit(self._day(row, wide=columns.rate > 0), columns.day) + gap,
                "trouble" if row.is_late else plain or "dim",
            ),
            (fit(self._place(row, wide=columns.rate > 0), columns.place) + gap, plain or "dim"),
            (
                fit(f"{KIND_SIGNS[row.kind]} {post_kind_word(self.words, row.kind)}", columns.kind) + gap,
                plain,
            ),
        ]
        if columns.state:
            spans.append((fit(self._state(row), columns.state) + gap, "trouble" if row.is_late else plain))
        said = self._text(row, short=not columns.state)
        spans.append((fit(said, columns.text) + gap, plain))
        spans += cut(self._topics(row, plain), columns.topics)
        spans.append((gap + fit_right(self._views(row), columns.views), plain))
        if columns.rate:
            rate = "—" if row.rate is None else f"{self.words.number(row.rate)}\N{NO-BREAK SPACE}%"
            spans.append(
                (gap + fit_right("" if row.state is PostState.PLANNED else rate, columns.rate), plain)
            )
        return spans

    def _day(self, row: PostLine, *, wide: bool) -> str:
        day = self.words.day(row.day, self.today)
        return f"{day} {row.clock}".rstrip() if wide else day

    def _place(self, row: PostLine, *, wide: bool) -> str:
        if not self.every_client:
            return cell(row.place)
        return cell(f"{row.client} · {row.place}" if wide else row.client)

    def _state(self, row: PostLine) -> str:
        return self.words.text("did not come out") if row.is_late else post_state_word(self.words, row.state)

    def _text(self, row: PostLine, *, short: bool) -> str:
        """The first words; where the state has no column of its own, one that is not as usual comes first."""
        said = cell(row.text) or cell(row.url) or self.words.text("without text")
        if short and (row.is_late or row.state is PostState.DELETED):
            return f"{self._state(row)}: {said}"
        return said

    def _topics(self, row: PostLine, plain: str) -> list[Span]:
        spans: list[Span] = []
        for each in row.marks:
            if each.about is False:
                continue
            spans += [(", ", "dim")] if spans else []
            spans.append(_topic(each, plain))
        return spans or [(self.words.text("no topic"), "dim")]

    def _views(self, row: PostLine) -> str:
        if row.views is not None:
            return self.words.short_number(row.views)
        return "" if row.state is PostState.PLANNED else "—"


def _topic(each: TopicMark, plain: str) -> Span:
    """A topic with the sign of how it was set; none stands for the rules and for files."""
    name = cell(each.topic)
    if each.about is None:
        return f"{PERHAPS} {name}", "behind"
    return (f"{YES} {name}", plain or "good") if each.by is MarkedBy.HAND else (name, plain)


def post_sentence(words: Words, row: PostLine, *, every_client: bool) -> list[Span]:
    """Whose it is (where that is not plain), where and when it came out, and its text."""
    what = post_kind_word(words, row.kind)
    when = f"{day_in_words(words, row.day)} {row.clock}".rstrip()
    state = words.text("did not come out") if row.is_late else post_state_word(words, row.state)
    said = cell(row.text) or cell(row.url) or words.text("without text")
    place = f"{row.client} · {row.place}" if every_client else row.place
    return [(f"{when} · {cell(place)} · {what}, {state} · ", "dim"), (said, "")]


class Keys(NamedTuple):
    """The keys that the sentence names, as people read them."""

    mark: str
    accept: str
    refuse: str


def topics_sentence(
    words: Words, row: PostLine, why: Mapping[str, tuple[Evidence, ...]], keys: Keys
) -> list[Span]:
    """What it is about and who says so; `why` it is perhaps about a topic, as far as that is known."""
    if not row.marks:
        return [(words.text("No topic: {key} says what it is about", key=keys.mark), "dim")]
    spans: list[Span] = []
    for each in row.marks:
        spans += [(" · ", "dim")] if spans else []
        spans += _who_says(words, each)
    if row.perhaps:
        spans.append(("  ", ""))
        spans.append((words.text("{yes} yes, {no} no", yes=keys.accept, no=keys.refuse), "key"))
        because = "; ".join(cell(evidence_text(words, why[name])) for name in row.perhaps if why.get(name))
        spans.append((f"  {because}", ""))
    return spans


def _who_says(words: Words, each: TopicMark) -> list[Span]:
    name = cell(each.topic)
    if each.about is None:
        return [(f"{PERHAPS} {name}", "behind")]
    if each.about is False:
        return [(f"{NO} {name}", "stale"), (words.text(": not about it, by hand"), "dim")]
    told = {
        MarkedBy.HAND: words.text(": by hand"),
        MarkedBy.FILE: words.text(": by a file"),
        MarkedBy.RULES: words.text(": by its words"),
    }[each.by]
    sign = f"{YES} " if each.by is MarkedBy.HAND else ""
    return [(f"{sign}{name}", "good"), (told, "dim")]
