"""The error codes of Odnoklassniki as data: an error comes as an answer, with the status 200."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from connectors.base import Refusal, TroubleKind


class Action(StrEnum):
    """What to do next about a failed call."""

    RETRY = "retry"  # again after a pause, a few times
    STOP_TOKEN = "stop_token"  # noqa: S105  # no further call with this token in this run
    PAUSE_TOKEN = "pause_token"  # noqa: S105  # no further call with this token for a while
    PAUSE_METHOD = "pause_method"  # not this method with this token for a while
    FAIL = "fail"  # this call alone failed


@dataclass(frozen=True, slots=True)
class Rule:
    """What an error code means: whose step is next, what the program does, for how long it rests."""

    kind: TroubleKind
    action: Action = Action.FAIL
    rest: timedelta = timedelta(hours=1)


_AGAIN = Rule(TroubleKind.RETRY, Action.RETRY)
_REQUEST = Rule(TroubleKind.CONFIG)
_APPLICATION = Rule(TroubleKind.CONFIG, Action.STOP_TOKEN)
_DEAD = Rule(TroubleKind.AUTH, Action.STOP_TOKEN)
_DENIED = Rule(TroubleKind.AUTH)
_FLOOD = Rule(TroubleKind.RETRY, Action.PAUSE_TOKEN)

#: No group, or nothing in it, answers to what was asked for.
NOT_FOUND = 300
#: A parameter makes no sense: of a list of groups one, of a page its anchor.
BAD_PARAMETER = 100

RULES: Mapping[int, Rule] = {
    1: _AGAIN, 2: _AGAIN, 9999: _AGAIN,
    3: _REQUEST, 4: _REQUEST, BAD_PARAMETER: _REQUEST, 105: _REQUEST, 110: _REQUEST,
    7: _FLOOD, 8: _FLOOD, 9: _FLOOD,
    11: Rule(TroubleKind.RETRY, Action.PAUSE_METHOD),
    101: _APPLICATION, 210: _APPLICATION, 900: _APPLICATION,
    102: _DEAD, 103: _DEAD, 104: _DEAD, 401: _DEAD, 402: _DEAD, 453: _DEAD,
    10: _DENIED, 200: _DENIED, 455: _DENIED,
    NOT_FOUND: Rule(TroubleKind.SKIP),
}  # fmt: skip

#: What a code is taken for that is not in the table.
UNKNOWN = Rule(TroubleKind.RETRY)

REFUSALS: Mapping[str, Refusal] = {
    f"ok.{number}": Refusal.TOKEN if rule.action is Action.STOP_TOKEN else Refusal.RIGHT
    for number, rule in RULES.items()
    if rule.kind is TroubleKind.AUTH
}
