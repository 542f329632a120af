"""The lines of the client screen, block by block."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len

from goals.rhythm import rouble_rate
from goals.warnings.finding import Severity
from store.values import UnitStatus
from tui.drawing import bar
from tui.drawing.cells import cell, fit
from tui.widgets.block import Row, folded
from wording.content import post_kind_word
from wording.freshness import read_phrase
from wording.goals import network_name
from wording.rhythm import WARN_SHARE, money_cell, near_day, rate_text, waiting_text
from wording.troubles import trouble_sentence
from wording.warnings import sentence

if TYPE_CHECKING:
    from goals.model import Account
    from goals.rhythm import AwaitedMaterial
    from tui.client.details import ClientDetail, TopicShare
    from tui.widgets.line import Span
    from wording.words import Words

_GOOD = frozenset({UnitStatus.OK, UnitStatus.PARTIAL})
_MOST_PLANNED, _MOST_WARNINGS, _MOST_TOPICS = 8, 3, 8
_BAR, _TOPIC_BAR = 10, 8
#: The fewest cells of an account's name.
_LEAST_NAME = 6
_SIGNS = {Severity.HIGH: ("▲", "bad"), Severity.MEDIUM: ("△", "behind"), Severity.LOW: ("·", "dim")}


def warning_rows(words: Words, detail: ClientDetail, width: int) -> list[Row]:
    """The gravest warnings, each a sentence; how many more there are."""
    rows: list[Row] = []
    for number, warning in enumerate(detail.warnings[:_MOST_WARNINGS]):
        sign, ink = _SIGNS[warning.severity]
        lines = folded(cell(sentence(words, warning, detail.today)), width - 2)[:2]
        rows.append(Row(((f"{sign} ", ink), (lines[0], "strong" if not number else "")), warning.key))
        rows += [Row(((f"  {line}", "strong" if not number else ""),)) for line in lines[1:]]
    more = len(detail.warnings) - _MOST_WARNINGS
    if more > 0:
        rows.append(Row((("  " + words.plural("and {n} more: w", "and {n} more: w", more), "dim"),)))
    return rows


def topic_rows(words: Words, detail: ClientDetail, width: int) -> list[Row]:
    """Each topic with its share of the content of the last four weeks, beside what was agreed."""
    if not detail.topics:
        return [Row(((words.text("No topics yet: t adds one"), "dim"),), "topics")]
    topics = detail.topics[:_MOST_TOPICS]
    figures = [_topic_figures(words, each, detail.pieces) for each in topics]
    size = max(cell_len(each) for each in figures)
    room = max(8, width - 4 - _TOPIC_BAR - size)
    rows = [
        Row(
            (
                _sign(each),
                (fit(cell(each.name), room), ""),
                *_topic_bar(each, detail.pieces),
                (f"  {said}", "dim"),
            ),
            f"topic:{each.name}",
        )
        for each, said in zip(topics, figures, strict=True)
    ]
    if detail.pieces and detail.unmarked:
        said = words.plural("{n} piece about no topic", "{n} pieces about no topic", detail.unmarked)
        rows.append(Row((("  " + said, "dim"),)))
    return rows


def _is_short(topic: TopicShare) -> bool:
    return topic.coverage is not None and (topic.coverage.is_short or topic.coverage.is_idle)


def _sign(topic: TopicShare) -> Span:
    return ("▲ ", "behind") if _is_short(topic) else ("  ", "")


def _topic_figures(words: Words, topic: TopicShare, pieces: int) -> str:
    """«19 % из 30 % · 3»: the share, the agreed one, and how many pieces that is."""
    if not pieces:
        return "—"
    said = words.percent(topic.pieces / pieces)
    agreed = topic.coverage.agreed_share if topic.coverage is not None else None
    if agreed is not None:
        said = words.text("{n} of {total}", n=said, total=words.percent(agreed))
    return f"{said} · {words.number(topic.pieces)}"


def _topic_bar(topic: TopicShare, pieces: int) -> list[Span]:
    ink = "behind" if _is_short(topic) else "good" if topic.pieces else "rest"
    names = {bar.Role.DONE: ink, bar.Role.MARK: "mark", bar.Role.REST: "rest"}
    share = topic.pieces / pieces if pieces else None
    agreed = topic.coverage.agreed_share if topic.coverage is not None else None
    return [(piece.text, names[piece.role]) for piece in bar.draw(share, agreed, _TOPIC_BAR)]


def work_rows(words: Words, detail: ClientDetail, width: int) -> list[Row]:
    """The hours of this month against the agreed ones, and what an hour brings."""
    hourly = detail.hourly
    hours = hourly.hours if hourly is not None else None
    agreed = detail.card.agreement.terms.hours.month if detail.card is not None else None
    if hours is None and agreed is None and (hourly is None or hourly.income is None):
        return []
    spans: list[Span] = [(fit(words.text("hours"), 9), "dim")]
    said = words.text("not logged this month") if hours is None else words.number(hours)
    if agreed and hours is not None:
        share = hours / agreed
        ink = "bad" if share > 1 else "behind" if share >= WARN_SHARE else "good"
        names = {bar.Role.DONE: ink, bar.Role.MARK: "mark", bar.Role.REST: "rest"}
        spans += [(piece.text, names[piece.role]) for piece in bar.draw(share, None, _BAR)]
        said = "  " + words.text("{n} of {total}", n=said, total=words.number(agreed))
        said += f" · {words.percent(share)}"
    elif agreed:
        said += words.text(", agreed {n}", n=words.number(agreed))
    rows = [Row((*spans, (fit(said, max(4, width - 9)).rstrip(), "")), "hours")]
    if hourly is not None and hourly.income is not None:
        money = f"{money_cell(words, hourly.income)} · {rate_text(words, rouble_rate(hourly))}"
        rows.append(Row(((fit(words.text("income"), 9), "dim"), (money, ""))))
    return rows


def material_rows(words: Words, detail: ClientDetail, width: int) -> list[Row]:
    """What is awaited from the client, the longest first."""
    return [Row(_material(words, each, detail, width), f"material:{each.what}") for each in detail.materials]


def _material(words: Words, each: AwaitedMaterial, detail: ClientDetail, width: int) -> tuple[Span, ...]:
    if each.days is not None:
        sign, said = ("◷ ", "behind"), waiting_text(words, each.days)
    elif each.due is not None:
        sign = ("· ", "dim")
        said = words.text("to ask for, by {day}", day=near_day(words, each.due, detail.today))
    else:
        sign, said = ("· ", "dim"), ""
    what = fit(cell(each.what), max(8, width - len(said) - 4)).rstrip()
    return sign, (what, ""), (f"  {said}", "dim")


def account_rows(words: Words, detail: ClientDetail, now: datetime, width: int) -> list[Row]:
    """Each account with the age of its figures, and its last trouble with the next step."""
    if not detail.accounts:
        said = words.text("none yet: smm account add LINK --client NAME")
        return [Row(((said, ""),), "accounts")]
    return [row for account in detail.accounts for row in _account(words, account, detail, now, width)]


def _account(words: Words, account: Account, detail: ClientDetail, now: datetime, width: int) -> list[Row]:
    unit, read_at = detail.units.get(account.id), detail.read_at.get(account.id)
    imported = detail.imported.get(account.id)
    fresh = read_phrase(words, account, read_at, now, imported=imported, today=detail.today)
    known = read_at is not None or imported is not None
    good = known and (unit is None or unit.status in _GOOD)
    name = fit(cell(account.title or account.handle), max(_LEAST_NAME, width - 13 - len(fresh)))
    spans = (
        ("● " if good else "▲ ", "good" if good else "behind"),
        (fit(network_name(words, account.network), 9), ""),
        (name, "strong" if not good else ""),
        (fit(f"  {fresh}", width - 11 - cell_len(name)), "dim"),
    )
    rows = [Row(spans, f"account:{account.id}")]
    if unit is not None and unit.trouble is not None:
        trouble = unit.trouble
        told = trouble_sentence(words, trouble.kind, trouble.code, trouble.detail, trouble.facts)
        rows += [Row(((f"    {line}", "behind"),)) for line in folded(cell(told.message), width - 4)]
        rows += [
            Row((("    → " if not place else "      ", "dim"), (line, "")))
            for place, line in enumerate(folded(cell(told.next_step), width - 6))
        ]
    return rows


def planned_rows(words: Words, detail: ClientDetail, width: int) -> list[Row]:
    """What is planned for the next days."""
    if not detail.planned:
        return [Row(((words.text("nothing yet: + adds a post or a story"), "dim"),), "planned")]
    rows = []
    for post in detail.planned[:_MOST_PLANNED]:
        text = cell(post.text) or cell(post.url) or words.text("without text")
        head = fit(words.day(post.day, detail.today), 7)
        kind = fit(post_kind_word(words, post.kind), 8)
        rows.append(Row(((head, "dim"), (kind, ""), (fit(text, max(8, width - 15)), "")), f"post:{post.id}"))
    more = len(detail.planned) - _MOST_PLANNED
    if more > 0:
        rows.append(Row(((words.plural("and {n} post more", "and {n} posts more", more), "dim"),)))
    return rows
