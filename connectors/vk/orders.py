"""Orders of a community's shop as figures by day: how many, how many held, and their sum.

An order comes with its buyer's name and address; nothing of that is looked at, let alone kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from connectors.base import Fetched, FetchedGap, Figure, Part
from connectors.vk import calls
from connectors.vk.desk import Desk, odd_values
from connectors.vk.errors import VkError
from connectors.vk.market import Order, OrderPage
from goals.model import Exactness

#: Pages that one run asks for at the same time, and at most: 50 orders each.
PAGES_AT_ONCE = 10
MOST_PAGES = 101
#: How an order ends that brings nothing: cancelled, returned.
FALLEN = frozenset({5, 6})
#: The one currency in which goals count money.
CURRENCY = "RUB"


@dataclass(slots=True)
class Book:
    """The orders that were read, each once; `is_whole` says that there are no older ones.

    `descends` says that they came as they are expected, the newest first.
    """

    orders: dict[int, Order] = field(default_factory=dict)
    descends: bool = True
    odd: tuple[str, ...] = ()
    is_whole: bool = False
    error: VkError | None = None

    def add(self, page: OrderPage) -> None:
        """Take a page in."""
        times = [order.when for order in page.orders]
        self.descends = self.descends and times == sorted(times, reverse=True)
        self.orders.update((order.id, order) for order in page.orders)
        self.odd = tuple(dict.fromkeys((*self.odd, *page.odd)))

    def first_day(self, zone: ZoneInfo) -> date | None:
        """The day of the oldest order; None where there is none."""
        return min((order.when.astimezone(zone).date() for order in self.orders.values()), default=None)


async def read_orders(desk: Desk) -> Fetched:
    """The orders by day, from the wanted day or from the shop's first order on. Raises VkError.

    A day of the stretch that has no order has none: its figures are 0. Days of which orders may be
    missing, or whose orders are in another currency, have no figure.
    """
    zone, since = desk.target.zone, desk.target.since
    book = await _read(desk, since)
    first = _first_day(book, zone, since)
    figures: list[Figure] = []
    gaps: list[FetchedGap] = []
    if first is not None:
        figures, gaps = by_day(book.orders.values(), zone, first, desk.today)
    return desk.result(
        Part.SALES,
        figures=figures,
        gaps=gaps,
        cursor=desk.today.isoformat(),
        trouble=book.error.trouble if book.error else odd_values(book.odd),
    )


async def _read(desk: Desk, since: date | None) -> Book:
    """Read pages from the newest order on until the day before `since`, or as many as one run may."""
    book = Book()
    page = await desk.ask(calls.orders(desk.community))
    book.add(page)
    offsets = range(calls.ORDERS_PAGE, min(page.total, MOST_PAGES * calls.ORDERS_PAGE), calls.ORDERS_PAGE)
    left = list(offsets)
    while left and not _is_before(book, desk.target.zone, since):
        asked, left = left[:PAGES_AT_ONCE], left[PAGES_AT_ONCE:]
        answers = await asyncio.gather(
            *(desk.ask(calls.orders(desk.community, at)) for at in asked), return_exceptions=True
        )
        for answer in answers:
            if isinstance(answer, VkError):
                book.error = answer
                return book
            if isinstance(answer, BaseException):
                raise answer
            book.add(answer)
    book.is_whole = len(book.orders) >= page.total
    return book


def _is_before(book: Book, zone: ZoneInfo, since: date | None) -> bool:
    oldest = book.first_day(zone)
    return book.descends and since is not None and oldest is not None and oldest < since


def _first_day(book: Book, zone: ZoneInfo, since: date | None) -> date | None:
    """The first day of which every order was read; None where no day is sure."""
    oldest = book.first_day(zone)
    if book.is_whole:
        return since or oldest
    if oldest is None or not book.descends:
        return None
    whole = oldest + timedelta(days=1)
    return whole if since is None else max(whole, since)


def by_day(
    orders: Iterable[Order], zone: ZoneInfo, first: date, today: date
) -> tuple[list[Figure], list[FetchedGap]]:
    """Figures of each day from `first` to `today`, which is not over yet.

    Returns:
        Orders of any end, sales (orders that neither were cancelled nor came back) and the revenue
        of those in roubles; and gaps of revenue where a sale has no sum or one in another currency.
    """
    days: dict[date, list[Order]] = {first + timedelta(days=n): [] for n in range((today - first).days + 1)}
    for order in orders:
        day = order.when.astimezone(zone).date()
        if day in days:
            days[day].append(order)
    figures: list[Figure] = []
    gaps: list[FetchedGap] = []
    for day, made in days.items():
        exactness = Exactness.PARTIAL if day == today else Exactness.EXACT
        held = [order for order in made if order.status not in FALLEN]
        revenue = _sum(held)
        counts = {"orders": float(len(made)), "sales": float(len(held))}
        if revenue is not None:
            counts["revenue"] = revenue
        elif any(order.currency not in {CURRENCY, ""} for order in held):
            gaps.append(FetchedGap("revenue", day, day, "currency"))
        figures += [Figure(metric, day, value, exactness) for metric, value in counts.items()]
    return figures, gaps


def _sum(orders: Sequence[Order]) -> float | None:
    """The sum of orders in roubles; None where one of them tells none."""
    kopecks = [order.kopecks for order in orders if order.currency == CURRENCY]
    told = [amount for amount in kopecks if amount is not None]
    return sum(told) / 100 if len(told) == len(orders) else None
