"""The calls that are made to VK, each with the reader of its answer, and `execute` of many at once.

Scripts have one form only, a list of calls and a flat list of what is wanted of them:

    var w0=API.groups.getById({"group_ids":"1,2","v":"5.199"});
    var w1=API.wall.get({"owner_id":-1,"count":100,"v":"5.199"});
    return [w0,w1.count,w1.items@.id];
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from connectors.vk import market, parse
from connectors.vk.errors import VkError, vk_error
from connectors.vk.shapes import ShapeError

API_VERSION = "5.199"
#: How many calls one `execute` may hold.
MOST_CALLS = 25
#: How many communities one groups.getById may ask for.
MOST_IDS = 500
#: Posts a page.
PAGE = 100
#: Orders a page, and posts whose reach one call may ask for.
ORDERS_PAGE = 50
MOST_REACHES = 30
#: What a refusal of postponed posts is remembered under: the wall itself may be read all the same.
POSTPONED = "wall.get postponed"

T_co = TypeVar("T_co", covariant=True)

Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True, eq=False)
class Call(Generic[T_co]):
    """One call: `parse` reads its answer, `parse_columns` what `execute` projected of it.

    `scope` is the community's id where a refusal would concern it alone; `right` is what a refusal
    is remembered under, the method where it is empty. `is_first`: others wait for it, so it goes first.
    """

    method: str
    params: Params
    parse: Callable[[object], T_co]
    scope: str = ""
    columns: tuple[str, ...] = ()
    parse_columns: Callable[[Sequence[object]], T_co] | None = None
    right: str = ""
    is_first: bool = False

    @property
    def remembered_as(self) -> str:
        """The name of the right that this call needs."""
        return self.right or self.method


AnyCall = Call[object]


def communities(ids: Iterable[str], *, about: bool = False) -> Call[parse.Communities]:
    """Ask for communities by id or short name; with `about` for what they say of themselves too."""
    fields = "members_count,description,site,links" if about else "members_count"
    params = {"group_ids": ",".join(ids), "fields": fields}
    return Call("groups.getById", params, parse.parse_communities, is_first=True)


def wall(community: int, offset: int = 0, count: int = PAGE) -> Call[parse.WallPage]:
    """A page of a community's wall."""
    params: dict[str, str | int] = {"owner_id": -community, "count": count}
    if offset:
        params["offset"] = offset
    return Call(
        "wall.get", params, parse.parse_wall, str(community), parse.WALL_COLUMNS, parse.wall_from_columns
    )


def postponed(community: int) -> Call[parse.WallPage]:
    """The posts that a community holds back until their time."""
    published = wall(community)
    params = {**published.params, "filter": "postponed"}
    return replace(published, params=params, right=POSTPONED)


def stats(community: int, days: int) -> Call[parse.Stats]:
    """A community's figures of the last `days` days, today among them."""
    params: dict[str, str | int] = {
        "group_id": community,
        "interval": "day",
        "intervals_count": days,
        "stats_groups": "visitors,reach,activity",
        "extended": 0,
    }
    return Call("stats.get", params, parse.parse_stats, str(community))


def stories(community: int) -> Call[tuple[parse.Story, ...]]:
    """A community's live stories."""
    return Call(
        "stories.get",
        {"owner_id": -community},
        lambda response: parse.parse_stories(response, -community),
        str(community),
    )


def story_stats(community: int, story: int) -> Call[parse.StoryStats]:
    """The figures of one story."""
    params = {"owner_id": -community, "story_id": story}
    return Call("stories.getStats", params, parse.parse_story_stats, str(community))


def reaches(community: int, posts: Iterable[int]) -> Call[parse.Reaches]:
    """How many people some posts of a community reached, MOST_REACHES of them at most."""
    params: dict[str, str | int] = {"owner_id": -community, "post_ids": ",".join(map(str, posts))}
    return Call("stats.getPostReach", params, parse.parse_reaches, str(community))


def orders(community: int, offset: int = 0) -> Call[market.OrderPage]:
    """A page of the orders of a community's shop, the newest first."""
    params: dict[str, str | int] = {"group_id": community, "count": ORDERS_PAGE}
    if offset:
        params["offset"] = offset
    return Call(
        "market.getGroupOrders",
        params,
        market.parse_orders,
        str(community),
        market.ORDER_COLUMNS,
        market.orders_from_columns,
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """What a script brought for one call: its whole answer, its columns, or why it failed.

    `failed` without an `error`: VK did not tell which error is this call's.
    """

    whole: object = None
    columns: tuple[object, ...] | None = None
    failed: bool = False
    error: VkError | None = None


def script(calls: Sequence[AnyCall]) -> str:
    """The code for `execute`."""
    lines = [
        f"var w{number}=API.{call.method}("
        + json.dumps({**call.params, "v": API_VERSION}, ensure_ascii=True, separators=(",", ":"))
        + ");"
        for number, call in enumerate(calls)
    ]
    wanted = [
        f"w{number}.{column}" if column else f"w{number}"
        for number, call in enumerate(calls)
        for column in call.columns or ("",)
    ]
    return "\n".join([*lines, f"return [{','.join(wanted)}];"])


def pieces(calls: Sequence[AnyCall], answer: Mapping[str, object]) -> list[Piece]:
    """Take the answer of `execute` apart, errors matched to the calls that failed.

    Raises:
        ShapeError: the answer is no list of the wanted length.
    """
    values = answer.get("response")
    if not isinstance(values, list) or len(values) != sum(len(call.columns) or 1 for call in calls):
        raise ShapeError("execute")
    found: list[Piece] = []
    start = 0
    for call in calls:
        width = len(call.columns) or 1
        part = values[start : start + width]
        start += width
        if all(value is None or value is False for value in part):
            found.append(Piece(failed=True))
        else:
            found.append(Piece(columns=tuple(part)) if call.columns else Piece(whole=part[0]))
    return _with_errors(calls, found, answer.get("execute_errors"))


def _with_errors(calls: Sequence[AnyCall], found: list[Piece], reported: object) -> list[Piece]:
    """Give each failed call its error. Where a method has not as many errors as failures, none is sure."""
    errors: dict[str, list[VkError]] = {}
    for record in reported if isinstance(reported, list) else ():
        method, number = (
            (record.get("method"), record.get("error_code")) if isinstance(record, dict) else ("", 0)
        )
        if isinstance(method, str) and isinstance(number, int) and method != "execute":
            errors.setdefault(method, []).append(vk_error(number, str(record.get("error_msg", ""))))
    failures = Counter(call.method for call, piece in zip(calls, found, strict=True) if piece.failed)
    sure = {
        method: iter(errors.get(method, []))
        for method, n in failures.items()
        if len(errors.get(method, [])) == n
    }
    return [
        Piece(failed=True, error=next(sure[call.method], None) if call.method in sure else None)
        if piece.failed
        else piece
        for call, piece in zip(calls, found, strict=True)
    ]
