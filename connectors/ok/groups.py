"""Looking groups up: a short name becomes a number, and a hundred numbers are asked for in one call."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from connectors.base import ConnectorError, Token, Trouble, TroubleKind
from connectors.counting import RequestCount
from connectors.ok.api import Api, Call
from connectors.ok.errors import BAD_PARAMETER
from connectors.ok.parse import Group, parse_group_number, parse_groups

GROUPS_A_CALL = 100

#: A group, or why it cannot be had.
Found = Group | Trouble

_FIELDS = "UID,NAME,SHORTNAME,DESCRIPTION,MEMBERS_COUNT"
_ONE_IS_BAD = frozenset({f"ok.{BAD_PARAMETER}", "ok.not_found"})


async def find_groups(
    api: Api, token: Token, asked: Mapping[int, tuple[str, str | None]], spent: RequestCount
) -> dict[int, Found]:
    """Look groups up; each of those that were asked for is in the answer.

    Args:
        api: makes the calls.
        token: the token that they are made with.
        asked: the handle and the number (None: not known yet) of each group, by the caller's key.
        spent: counts the requests.

    Raises:
        ConnectorError: none of them could be asked for.
    """
    keys = list(asked)
    numbers = await asyncio.gather(*(_number(api, token, *asked[key], spent) for key in keys))
    known = [number for number in numbers if isinstance(number, str)]
    groups = await _groups(api, token, list(dict.fromkeys(known)), spent) if known else {}
    return {
        key: number if isinstance(number, Trouble) else groups.get(number) or not_found(asked[key][0])
        for key, number in zip(keys, numbers, strict=True)
    }


def not_found(handle: str) -> Trouble:
    """The trouble of a group that there is not."""
    return Trouble(TroubleKind.SKIP, "ok.not_found", facts={"handle": handle})


async def _number(
    api: Api, token: Token, handle: str, number: str | None, spent: RequestCount
) -> str | Trouble:
    if number is not None:
        return number
    call = Call(token, "url.getInfo", {"url": f"https://ok.ru/{handle}"}, handle)
    try:
        found = await api.ask(call, parse_group_number, spent)
    except ConnectorError as error:
        if error.trouble.code in _ONE_IS_BAD:
            return error.trouble
        raise
    return found or not_found(handle)


async def _groups(api: Api, token: Token, numbers: Sequence[str], spent: RequestCount) -> dict[str, Found]:
    """The groups by number; a call that one bad number spoils is halved until that one is alone."""
    call = Call(token, "group.getInfo", {"uids": ",".join(numbers), "fields": _FIELDS})
    try:
        return dict(await api.ask(call, parse_groups, spent))
    except ConnectorError as error:
        if error.trouble.code not in _ONE_IS_BAD:
            raise
        if len(numbers) == 1:
            return {} if error.trouble.kind is TroubleKind.SKIP else {numbers[0]: error.trouble}
    middle = len(numbers) // 2
    first = await _groups(api, token, numbers[:middle], spent)
    return first | await _groups(api, token, numbers[middle:], spent)
