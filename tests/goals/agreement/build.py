"""A coffee shop's agreement, and terms as hypothesis makes them from the schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from hypothesis import strategies as st

from goals.agreement.lines import term_of
from goals.agreement.schema import SECTIONS, Field, Section, Type
from goals.agreement.terms import (
    Ads,
    AgreedAccount,
    Agreement,
    Approval,
    ClientSide,
    ContentLine,
    Dates,
    Hours,
    KpiLine,
    MaterialLine,
    Payment,
    Priority,
    Replies,
    Report,
    Rights,
    Scope,
    Terms,
    TopicLine,
    Weekday,
)
from goals.metrics import METRICS
from goals.model import ClientId, GoalKind, Period
from goals.validity import kind_flaw

TODAY = date(2026, 11, 23)
MADE_AT = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)

COFFEE = Terms(
    client=ClientSide("кофейня у вокзала", "Ольга, +7 900 000-00-00", "Ольга, владелица"),
    dates=Dates(date(2026, 12, 1), date(2027, 5, 31), renews=True, notice_days=14),
    accounts=(
        AgreedAccount("vk", "vk.com/zerno", "Ольга", "редактор", 4_812, date(2026, 11, 23)),
        AgreedAccount("telegram", "t.me/zerno", "Ольга", "админ"),
    ),
    priorities=(
        Priority("Распродать старую партию", date(2026, 12, 1), date(2026, 12, 31)),
        Priority("Запись на дегустации"),
    ),
    topics=(
        TopicLine("Старая партия", amount=12, format="post", period=Period.MONTH, priority=1),
        TopicLine("Старая партия", amount=6, format="story", until=date(2026, 12, 31), priority=1),
        TopicLine("Дегустации", share=0.2, priority=2),
    ),
    content=(
        ContentLine("post", 3, "vk", Period.WEEK),
        ContentLine("story", 21, "vk", Period.MONTH),
        ContentLine("post", 2, "telegram", Period.WEEK),
        ContentLine("clip", 4, "vk", until=date(2026, 12, 31)),
    ),
    kpis=(
        KpiLine(
            "audience",
            GoalKind.GAIN,
            "vk",
            baseline=4_812,
            amount=300,
            until=date(2026, 12, 31),
            where="статистика сообщества",
            priority=2,
        ),
        KpiLine(
            "orders",
            GoalKind.TOTAL_IN_PERIOD,
            amount=30,
            period=Period.MONTH,
            depends_on_client=True,
            priority=1,
        ),
    ),
    materials=(MaterialLine("фото", "Ольга", 25), MaterialLine("цены и скидки", "Ольга")),
    approval=Approval(25, 2, silence_is_consent=True, rounds=2),
    replies=Replies("Анна", time(10), time(20), 30, "жалобы и заказы"),
    hours=Hours(
        30, time(10), time(19), (Weekday.SUN, Weekday.SAT), urgent=True, urgent_price="1 500 ₽ за пост"
    ),
    ads=Ads(10_000, "клиент", setup_included=True),
    scope=Scope(("съёмка", "дизайн меню", "ответы ночью")),
    report=Report(
        3, "одна страница", 5, 30, date(2026, 12, 5), ("Что хотели?", "Что вышло и почему?", "Что дальше?")
    ),
    payment=Payment(40_000, 5, "500 ₽ за пост"),
    rights=Rights("тексты и макеты принадлежат клиенту", portfolio=True, personal_data="не храним"),
)


def agreement(terms: Terms = COFFEE, **changes: Any) -> Agreement:  # noqa: ANN401 - fields of Agreement
    """The first version of some terms, not yet accepted."""
    return replace(Agreement(ClientId(1), 1, MADE_AT, "Анна", "", terms), **changes)


#: Texts as people and enemies write them: no control characters, which no file of ours takes.
texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30).map(str.strip)
#: Texts that show something.
shown_texts = st.tuples(st.sampled_from("аZ*_#[|1-`<\\\"'"), texts).map(
    lambda pair: f"{pair[0]}{pair[1]}".strip()
)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
_clocks = st.times().map(lambda found: found.replace(second=0, microsecond=0))
_networks = st.sampled_from(["vk", "telegram", "ok"])


def _item(key: Field) -> st.SearchStrategy[Any]:
    made: dict[Type, Callable[[], st.SearchStrategy[Any]]] = {
        Type.TEXT: lambda: shown_texts,
        Type.TEXTS: lambda: st.lists(shown_texts, max_size=3).map(tuple),
        Type.WHOLE: lambda: st.integers(int(key.low), int(key.high)),
        Type.NUMBER: lambda: st.floats(key.low, key.high),
        Type.YES_NO: st.booleans,
        Type.DAY: lambda: days,
        Type.DAYS: lambda: st.lists(days, max_size=3, unique=True).map(tuple),
        Type.CLOCK: lambda: _clocks,
        Type.CHOICE: lambda: st.sampled_from(key.choices).map(key.make),
        Type.CHOICES: lambda: st.lists(st.sampled_from(key.choices).map(key.make), unique=True).map(tuple),
        Type.NETWORK: lambda: _networks,
    }
    return made[key.type]()


def _table(section: Section) -> st.SearchStrategy[Any]:
    needed = {key.name: _item(key) for key in section.fields if key.needed}
    other = {key.name: _item(key) for key in section.fields if not key.needed}
    return st.fixed_dictionaries(needed, optional=other).map(lambda values: section.make(**values))


def _mended(line: Any, priorities: int) -> Any:  # noqa: ANN401 - any line of a list
    """The line with what contradicts itself taken out."""
    if getattr(line, "priority", None) is not None:
        line = replace(line, priority=min(line.priority, priorities) or None)
    if isinstance(line, Priority) and line.season_start and line.season_end:
        return replace(line, season_end=max(line.season_start, line.season_end))
    if isinstance(line, TopicLine):
        if line.amount is None or line.format is None:
            return replace(line, amount=None, period=None)
        return replace(line, share=None, period=line.period if line.until else line.period or Period.WEEK)
    if isinstance(line, ContentLine) and line.until is None:
        return replace(line, period=line.period or Period.WEEK)
    if isinstance(line, KpiLine):
        kind = line.kind if kind_flaw(METRICS[line.metric], line.kind) is None else GoalKind.KEEP_RATE
        period = (line.period or Period.WEEK) if kind is GoalKind.KEEP_RATE else line.period and Period.MONTH
        amount = None if line.amount is None else abs(line.amount) or None
        return replace(line, kind=kind, period=period, amount=amount)
    return line


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """Any terms that can be written down."""
    values: dict[str, Any] = {}
    for section in sorted(SECTIONS, key=lambda each: each.name != "priorities"):
        if not section.many:
            values[section.name] = draw(_table(section))
            continue
        count = len(values.get("priorities", ()))
        lines = draw(st.lists(_table(section), max_size=3))
        unique = {term_of(line): line for line in (_mended(line, count) for line in lines)}
        values[section.name] = tuple(unique.values())
    dates = values["dates"]
    if dates.start and dates.end:
        values["dates"] = replace(dates, end=max(dates.start, dates.end))
    return Terms(**values)
