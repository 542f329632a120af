"""The rows of the list of topics: what is read for it, how it is drawn, what is said of one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from goals.model import ClientId, Topic, TopicId
from store.days import today_of
from tui.drawing.cells import cell, fit, fit_right
from tui.overview.columns import WIDE
from tui.posts.lines import HeadLine
from wording.goals import row_title
from wording.names import folded
from wording.topics import at_least
from work.topics import Month, month_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from goals.model import Client
    from store.contract import Reader
    from tui.widgets.line import Span
    from wording.words import Words


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic with its month up to `today` and the titles of the goals on it."""

    topic: Topic
    client: str
    month: Month
    goals: tuple[str, ...]
    today: date

    @property
    def key(self) -> TopicId:
        """The topic."""
        return self.topic.id

    @property
    def is_head(self) -> bool:
        """A topic is no head."""
        return False

    @property
    def told_by(self) -> str:
        """Its words, hashtags and links in one line; empty where only marks by hand count."""
        return ", ".join((*self.topic.words, *self.topic.hashtags, *self.topic.links))


TopicRowLine = TopicLine | HeadLine


class TopicsData(NamedTuple):
    """The topics of the clients, and whose they are."""

    rows: tuple[TopicRowLine, ...]
    clients: Mapping[ClientId, Client]


def read_topics(words: Words, reader: Reader, client_id: ClientId | None, now: datetime) -> TopicsData:
    """Read the topics of a client, or of all clients that are not put away, each under its name."""
    clients = [
        client for client in reader.clients(archived=client_id is not None) if client_id in {None, client.id}
    ]
    goals: dict[tuple[int, str], list[str]] = {}
    for row in reader.board_rows([client.id for client in clients]):
        if row.topic:
            goals.setdefault((row.client_id, folded(row.topic)), []).append(row_title(words, row))
    rows: list[TopicRowLine] = []
    for client in clients:
        topics = reader.topics(client.id)
        today = today_of(client, now)
        months = month_of(reader, client, today) if topics else {}
        rows += [HeadLine(client.name, len(topics))] if client_id is None and topics else []
        rows += [
            TopicLine(
                topic,
                client.name,
                months[topic.name],
                tuple(goals.get((client.id, folded(topic.name)), ())),
                today,
            )
            for topic in topics
        ]
    return TopicsData(tuple(rows), {client.id: client for client in clients})


class Columns(NamedTuple):
    """Widths in cells, `gap` between two."""

    name: int
    told_by: int
    month: int
    share: int
    perhaps: int
    goals: int
    gap: int


@lru_cache(maxsize=64)
def columns_for(width: int) -> Columns:
    """The columns of a list that is `width` cells wide; name and words share what is left."""
    columns = Columns(0, 0, 13, 9, 11, 6, 2) if width >= WIDE - 4 else Columns(0, 0, 6, 6, 8, 5, 1)
    left = max(2, width - sum(columns[2:6]) - 5 * columns.gap)
    name = max(1, left * 2 // 5)
    return columns._replace(name=name, told_by=left - name)


class TopicPainter:
    """Draws the rows of the list of topics in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def titles(self, width: int) -> list[Span]:
        """The names of the columns."""
        text = self.words.text
        columns = columns_for(width)
        is_wide = columns.gap > 1
        names = (
            fit(text("topic"), columns.name),
            fit(text("told by"), columns.told_by),
            fit_right(text("this month") if is_wide else text("month"), columns.month),
            fit_right(text("share"), columns.share),
            fit_right(text("perhaps"), columns.perhaps),
            fit_right(text("goals"), columns.goals),
        )
        return [((" " * columns.gap).join(names), "")]

    def draw(self, row: TopicRowLine, width: int) -> list[Span]:
        """A client's name or a topic."""
        if isinstance(row, HeadLine):
            return [(cell(row.text), "strong"), (f"  {self.words.number(row.count)}", "dim")]
        columns, words = columns_for(width), self.words
        gap = " " * columns.gap
        perhaps = words.number(row.month.suggested) if row.month.suggested else ""
        told_by = cell(row.told_by) or words.text("only by hand")
        return [
            (fit(cell(row.topic.name), columns.name) + gap, ""),
            (fit(told_by, columns.told_by) + gap, "" if row.told_by else "dim"),
            (fit_right(month_count(words, row.month), columns.month) + gap, "" if row.month.about else "dim"),
            (fit_right(share_text(words, row.month), columns.share) + gap, ""),
            (fit_right(f"? {perhaps}" if perhaps else "", columns.perhaps) + gap, "behind"),
            (fit_right(words.number(len(row.goals)) if row.goals else "—", columns.goals), ""),
        ]


def month_count(words: Words, month: Month) -> str:
    """Pieces about the topic this month: «4», «≥ 4» where some days were not collected."""
    count = words.number(month.about)
    return f"≥ {count}" if month.missing else count


def share_text(words: Words, month: Month) -> str:
    """The share of all content; — where nothing was published, «≈» where some days were not collected."""
    if month.share is None:
        return "—"
    return f"≈ {words.percent(month.share)}" if month.missing else words.percent(month.share)


def month_sentence(words: Words, row: TopicLine) -> list[Span]:
    """What came out about the topic this month, and which goals count it."""
    month = row.month
    count = words.plural("{n} piece of content this month", "{n} pieces of content this month", month.about)
    if month.missing:
        count = at_least(words, month.about, month.missing, row.today)
    spans: list[Span] = [(cell(row.topic.name), "strong"), (f" · {count}", "")]
    if month.share is not None and not month.missing:
        share = words.text("{share} of all", share=words.percent(month.share))
        spans.append((f" · {share}", ""))
    if month.suggested:
        doubt = words.plural("{n} in doubt", "{n} in doubt", month.suggested)
        spans.append((f" · ? {doubt}", "behind"))
    return spans


def goals_sentence(words: Words, row: TopicLine) -> list[Span]:
    """What the topic is told by, and the goals on it."""
    told_by = cell(row.told_by) or words.text("no words: only marks by hand count")
    goals = "; ".join(map(cell, row.goals)) or words.text("none")
    return [
        (words.text("Told by: "), "dim"),
        (told_by, ""),
        (words.text("  Goals: "), "dim"),
        (goals, ""),
    ]
