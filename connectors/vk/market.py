"""Orders of a shop as values. Pure. Of an order only its number, time, end and sum are looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from connectors.clean import clean
from connectors.numbers import parse_count
from connectors.vk.shapes import Counts, ShapeError, as_id, as_list, as_moment, as_object

#: The columns of orders in the order in which `orders_from_columns` takes them; none tells of the buyer.
ORDER_COLUMNS = (
    "count",
    "items@.id",
    "items@.date",
    "items@.status",
    "items@.total_price@.amount",
    "items@.total_price@.currency@.name",
)


@dataclass(frozen=True, slots=True)
class Order:
    """An order: `status` is VK's number of how far it is; `kopecks` None where no sum is told.

    `kopecks` are hundredths of the `currency`, which is its code, empty where none is told.
    """

    id: int
    when: datetime
    status: int
    kopecks: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """A page of a shop's orders, of `total`; `odd` names values that were no counts."""

    total: int
    orders: tuple[Order, ...]
    odd: tuple[str, ...] = ()


def parse_orders(response: object) -> OrderPage:
    """Read market.getGroupOrders. Raises ShapeError."""
    answer = as_object(response, "orders")
    rows = []
    for item in as_list(answer.get("items"), "orders.items"):
        order = as_object(item, "order")
        price = _optional(order.get("total_price"), "total_price")
        currency = _optional(price.get("currency"), "currency")
        rows.append(
            (
                order.get("id"),
                order.get("date"),
                order.get("status"),
                price.get("amount"),
                currency.get("name"),
            )
        )
    return _page(answer.get("count"), rows)


def orders_from_columns(columns: Sequence[object]) -> OrderPage:
    """Read orders that came as `ORDER_COLUMNS`. Raises ShapeError, also for columns of unequal length."""
    if len(columns) != len(ORDER_COLUMNS):
        raise ShapeError("order columns")
    lists = [as_list(column, name) for column, name in zip(columns[1:], ORDER_COLUMNS[1:], strict=True)]
    if len({len(column) for column in lists}) != 1:
        raise ShapeError("order columns of unequal length")
    return _page(columns[0], list(zip(*lists, strict=True)))


def _page(count: object, rows: Sequence[tuple[object, ...]]) -> OrderPage:
    total = parse_count(count)
    if total is None:
        raise ShapeError("orders.count")
    counts = Counts()
    return OrderPage(total, tuple(_order(*row, counts=counts) for row in rows), tuple(counts.odd))


def _order(
    number: object, when: object, status: object, amount: object, currency: object, *, counts: Counts
) -> Order:
    progress = parse_count(status)
    if progress is None:
        raise ShapeError("order.status")
    return Order(
        as_id(number, "order.id"),
        as_moment(when, "order.date"),
        progress,
        counts.take(amount, "total_price.amount"),
        clean(currency).upper() if isinstance(currency, str) else "",
    )


def _optional(value: object, name: str) -> Mapping[str, object]:
    """An object, empty where it is absent. Raises ShapeError."""
    return {} if value is None else as_object(value, name)
