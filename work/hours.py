"""Income and hours of a span of days, client by client, and what people type when they log them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goals.metrics import METRICS
from goals.model import ClientId
from goals.records import Hourly
from goals.rhythm import rouble_rate
from store.evidence import terms_in_force
from wording.typed import read_amount, read_hours

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from goals.model import Client
    from store.contract import Reader

#: A day has so many hours: a bare number up to it is hours, a larger one is RUB.
DAY_HOURS = 24


class WorkRow(NamedTuple):
    """A client's days: RUB, hours, agreed hours a month, RUB an hour; None for what is not known."""

    client: Client
    income: float | None
    hours: float | None
    agreed_hours: float | None
    rate: float | None


def work_rows(reader: Reader, clients: Sequence[Client], first: date, last: date) -> list[WorkRow]:
    """The clients with figures or agreed hours; those put away only with figures."""
    logged = {row.client_id: row for row in reader.hourly(first, last)}
    rows = []
    for client in clients:
        known = logged.get(client.id)
        terms = terms_in_force(reader, client.id)
        agreed = terms.hours.month if terms else None
        found = known or Hourly(client.id, None, None)
        if known is not None or (agreed is not None and not client.archived):
            rows.append(WorkRow(client, found.income, found.hours, agreed, rouble_rate(found)))
    return rows


def total_of(rows: Sequence[WorkRow]) -> tuple[float | None, float | None, float | None]:
    """Income, hours and RUB an hour of all.

    The rate is that of all income to all hours, since hours may be logged for the client and income not
    (or the other way round); None where one of them is missing altogether.
    """
    incomes = [row.income for row in rows if row.income is not None]
    hours = [row.hours for row in rows if row.hours is not None]
    income, spent = (sum(incomes) if incomes else None), (sum(hours) if hours else None)
    return income, spent, rouble_rate(Hourly(ClientId(0), income, spent))


def read_work(typed: str) -> tuple[str, float] | None:
    """Income or hours as people type them: `15000` is income, `2,5`, `2:30` or `90 мин` are hours.

    Returns:
        The metric (`income` or `hours`) and RUB or hours; None for no such figure.
    """
    hours = read_hours(typed)
    if hours is not None:
        return "hours", hours
    amount = read_amount(typed, METRICS["income"])
    if amount is None or amount <= 0:
        return None
    is_money = not typed.strip()[-1:].isdigit()
    return ("hours" if amount <= DAY_HOURS and not is_money else "income"), amount
