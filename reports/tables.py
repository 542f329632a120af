"""The rows of an export: pure over rows of the store, the same fields as CSV and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from typing import TYPE_CHECKING

from goals.metrics import METRICS, Unit
from goals.model import GoalKind
from reports.values import plain_number
from wording.content import POST_FIGURES
from wording.goals import row_title

if TYPE_CHECKING:
    from goals.board import GoalRow
    from store.values import PostRow, ReadingRow
    from wording.words import Words

Cell = str | float | int | None | Sequence[float] | Sequence[str]

READING_FIELDS = (
    "client", "network", "account", "account_id", "metric", "day", "value", "exactness", "taken_at",
)  # fmt: skip
POST_FIELDS = (
    "client", "network", "account", "account_id", "post", "kind", "state", "published_at", "url", "text",
    "topics", *POST_FIGURES,
)  # fmt: skip
#: What is agreed about a goal; it stands behind its verdict.
AGREED_FIELDS = ("agreed_by", "agreed_on", "priority", "term", "draft")
GOAL_FIELDS = (
    "id", "client", "title", "network", "account", "metric", "kind", "amount", "unit", "target", "period",
    "topic", "start", "deadline", "baseline", "current", "progress", "expected", "safe_days",
    "needed_per_day", "due_today", "chance", "band", "status", "as_of", *AGREED_FIELDS,
)  # fmt: skip

#: A spreadsheet takes a text that begins with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")


def reading_record(row: ReadingRow) -> dict[str, Cell]:
    """One reading of an export."""
    return {
        "client": row.client,
        "network": row.network,
        "account": row.account,
        "account_id": row.account_id,
        "metric": row.metric,
        "day": row.day.isoformat(),
        "value": _number(row.value),
        "exactness": row.exactness.value,
        "taken_at": _moment(row.taken_at),
    }


def post_record(row: PostRow) -> dict[str, Cell]:
    """One post of an export; a figure that is not known is None.

    `published_at` is a moment, or the day alone where the time is not known.
    """
    post = row.post
    figures = {name: _number(post.figures.get(name)) for name in POST_FIGURES}
    return {
        "client": row.client,
        "network": row.network,
        "account": row.account,
        "account_id": row.account_id,
        "post": post.network_id,
        "kind": post.kind.value,
        "state": post.state.value,
        "published_at": _moment(post.published_at) if post.published_at else post.day.isoformat(),
        "url": post.url,
        "text": post.text,
        "topics": list(post.topics),
        **figures,
    }


def goal_record(
    words: Words, row: GoalRow, client: str, account: str | None, band: tuple[float, float] | None
) -> dict[str, Cell]:
    """One goal with its stored verdict; `account` is the handle of its account, if it is about one.

    `progress`, `expected` and `chance` are fractions, `band` is the 80 % band [low, high] of the
    figure on the deadline; None where there is no answer.
    """
    return {
        "id": row.goal_id,
        "client": client,
        "title": row_title(words, row),
        "network": row.network,
        "account": account,
        "metric": row.metric,
        "kind": row.kind,
        "amount": _number(row.amount),
        "unit": unit_of(row.metric, row.kind),
        "target": _number(row.target),
        "period": row.period,
        "topic": row.topic,
        "start": _day(row.start),
        "deadline": _day(row.deadline),
        "baseline": _number(row.baseline),
        "current": _number(row.current),
        "progress": _number(row.progress),
        "expected": _number(row.expected),
        "safe_days": row.safe_days,
        "needed_per_day": _number(row.needed_per_day),
        "due_today": row.due_today,
        "chance": _number(row.chance),
        "band": None if band is None else [plain_number(end) for end in band],
        "status": row.status,
        "as_of": None if row.as_of is None else _moment(datetime.fromtimestamp(row.as_of, UTC)),
    }


def unit_of(metric: str, kind: str) -> str:
    """What a goal's amount is counted in."""
    percent = kind == GoalKind.GAIN_PERCENT
    return (Unit.PERCENT if percent else METRICS[metric].unit).value


def csv_lines(fields: Sequence[str], records: Iterable[Mapping[str, Cell]]) -> Iterator[str]:
    """The records as CSV after RFC 4180, a line at a time; texts that look like formulas are defused."""
    import csv

    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(fields)
    for record in records:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_csv_cell(record[field]) for field in fields])
    yield buffer.getvalue()


def json_lines(records: Iterable[Mapping[str, Cell]]) -> Iterator[str]:
    """The records as one JSON list, a record a line."""
    before = "["
    for record in records:
        yield f"{before}\n{json.dumps(record, ensure_ascii=False, allow_nan=False)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _csv_cell(value: Cell) -> str | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    if isinstance(value, int | float):
        return value
    if all(isinstance(item, str) for item in value):
        return _csv_cell("; ".join(map(str, value)))
    return json.dumps(list(value))


def _number(value: float | None) -> float | int | None:
    return None if value is None else plain_number(float(value))


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
