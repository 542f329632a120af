"""VK's error codes as data: what each means for the next call, and the trouble that it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from connectors.base import Refusal, Trouble, TroubleKind
from connectors.clean import clean


class Action(StrEnum):
    """What to do next about a failed call."""

    RETRY = "retry"  # again after a pause, a few times
    SLOWER = "slower"  # again, and keep a slower pace
    HALVE = "halve"  # fewer calls in one request
    STOP_TOKEN = "stop_token"  # noqa: S105  # no further call with this token in this run
    PARK_TOKEN = "park_token"  # noqa: S105  # no further call with this token for a while
    PARK_METHOD = "park_method"  # not this method with this token for a while
    FORBID = "forbid"  # this token may not call this method
    FORBID_HERE = "forbid_here"  # this token may not call this method for this community
    UNAVAILABLE = "unavailable"  # the community, or this section of it, gives nothing
    BISECT = "bisect"  # one of the ids is bad
    DROP = "drop"  # the thing asked for is gone
    FAIL = "fail"  # the call itself is wrong


#: How long a permission error is remembered.
FORBIDDEN_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rule:
    """What an error code means: whose step is next, what the program does, for how long."""

    kind: TroubleKind
    action: Action
    park: timedelta | None = None


_AUTH, _RETRY = TroubleKind.AUTH, TroubleKind.RETRY
_SKIP, _CONFIG = TroubleKind.SKIP, TroubleKind.CONFIG

_AGAIN = Rule(_RETRY, Action.RETRY)
_BUG = Rule(_CONFIG, Action.FAIL)
_DEAD = Rule(_AUTH, Action.STOP_TOKEN)
_WRONG_KIND = Rule(_AUTH, Action.FORBID, FORBIDDEN_FOR)
_DENIED = Rule(_AUTH, Action.FORBID_HERE, FORBIDDEN_FOR)
_NO_SHOP = Rule(_SKIP, Action.FORBID_HERE, FORBIDDEN_FOR)
_CAPTCHA = Rule(_AUTH, Action.PARK_TOKEN, timedelta(hours=1))
_CONFIRM = Rule(_AUTH, Action.PARK_TOKEN, timedelta(hours=24))
_GONE = Rule(_SKIP, Action.UNAVAILABLE)
_BAD_ID = Rule(_CONFIG, Action.BISECT)

RULES: Mapping[int, Rule] = {
    1: _AGAIN, 10: _AGAIN, 32: _AGAIN, 43: _AGAIN, 603: _AGAIN,
    2: Rule(_CONFIG, Action.STOP_TOKEN), 42: Rule(_CONFIG, Action.STOP_TOKEN),
    11: Rule(_CONFIG, Action.STOP_TOKEN), 101: Rule(_CONFIG, Action.STOP_TOKEN),
    3: _BUG, 8: _BUG, 12: _BUG, 22: _BUG, 23: _BUG, 33: _BUG, 34: _BUG, 35: _BUG, 9999: _BUG,
    4: _DEAD, 5: _DEAD, 16: _DEAD, 38: _DEAD,
    1114: _DEAD, 1116: _DEAD, 1117: _DEAD, 1118: _DEAD, 3609: _DEAD, 3611: _DEAD,
    6: Rule(_RETRY, Action.SLOWER),
    9: Rule(_RETRY, Action.PARK_METHOD, timedelta(hours=1)),
    601: Rule(_RETRY, Action.PARK_METHOD, timedelta(hours=1)),
    29: Rule(_RETRY, Action.PARK_METHOD, timedelta(hours=24)),
    13: Rule(_RETRY, Action.HALVE), 36: Rule(_RETRY, Action.HALVE),
    14: _CAPTCHA, 3300: _CAPTCHA, 1105: _CAPTCHA,
    17: _CONFIRM, 24: _CONFIRM, 25: _CONFIRM, 41: _CONFIRM,
    3301: _CONFIRM, 3302: _CONFIRM, 3303: _CONFIRM, 3304: _CONFIRM, 11500: _CONFIRM,
    20: _WRONG_KIND, 21: _WRONG_KIND, 27: _WRONG_KIND, 28: _WRONG_KIND, 1051: _WRONG_KIND,
    7: _DENIED, 15: _DENIED, 212: _DENIED, 260: _DENIED, 600: _DENIED,
    18: _GONE, 19: _GONE, 30: _GONE, 37: _GONE, 39: _GONE, 40: _GONE, 104: _GONE, 203: _GONE,
    1409: _NO_SHOP, 1456: _GONE, 3610: _GONE,
    100: _BAD_ID, 113: _BAD_ID, 125: _BAD_ID, 150: _BUG,
    1600: Rule(_SKIP, Action.DROP),
}  # fmt: skip

#: The ways in which a token that works is denied something.
_DENIALS = frozenset({Action.FORBID, Action.FORBID_HERE})

#: What each code refuses; a captcha or a confirmation refuses neither.
REFUSALS: Mapping[str, Refusal] = {
    f"vk.{number}": Refusal.RIGHT if rule.action in _DENIALS else Refusal.TOKEN
    for number, rule in RULES.items()
    if rule.action in _DENIALS or (rule.kind is TroubleKind.AUTH and rule.action is Action.STOP_TOKEN)
}

#: What an unlisted code is taken for: nothing that a second try would mend.
UNKNOWN = Rule(_RETRY, Action.FAIL)

_HTTP_RULES: Mapping[str, Rule] = {
    "http.redirect": Rule(_CONFIG, Action.FAIL),
    "http.bad_url": Rule(_CONFIG, Action.FAIL),
    "http.bad_proxy": Rule(_CONFIG, Action.FAIL),
    "http.tls": Rule(_CONFIG, Action.FAIL),
    "http.too_large": Rule(_SKIP, Action.FAIL),
}

#: Failures of the network that a smaller request may be spared.
_TOO_HEAVY = frozenset({"http.timeout", "http.too_large"})


_OF_TOKEN = frozenset(
    {Action.STOP_TOKEN, Action.PARK_TOKEN, Action.PARK_METHOD, Action.FORBID, Action.FORBID_HERE}
)

#: A token or method that an earlier run was told to leave alone for a while.
PAUSED = Rule(TroubleKind.RETRY, Action.PARK_METHOD)


#: Where a person goes who is asked to confirm, when VK gives no address.
_WHERE_TO_CONFIRM = "https://vk.com"


class VkError(Exception):
    """A call that failed: VK's own error number, or what went wrong on the way (`http.*`).

    `detail` is VK's text, cleaned; the parameters of the call, which hold the token, are never kept.
    `retry_after` is the pause in seconds that the server asks for.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        facts: Mapping[str, str] | None = None,
        retry_after: float | None = None,
        rule: Rule | None = None,
    ) -> None:
        self.code = code
        self.detail = clean(detail).rstrip(".")
        self.facts = dict(facts or {})
        self.retry_after = retry_after
        self.rule = rule or rule_of(code)
        super().__init__(f"{code} {self.detail}".strip())

    @property
    def action(self) -> Action:
        """What to do next."""
        return self.rule.action

    @property
    def of_network(self) -> bool:
        """Whether the network failed, not the call."""
        return self.code.startswith("http.")

    @property
    def too_heavy(self) -> bool:
        """Whether a request with fewer calls may pass where this one failed."""
        if self.action is Action.HALVE or self.code in _TOO_HEAVY:
            return True
        return self.code == "http.status" and self.facts.get("status", "").startswith("5")

    @property
    def of_token(self) -> bool:
        """Whether another token may succeed where this one failed."""
        return self.action in _OF_TOKEN

    @property
    def is_denial(self) -> bool:
        """Whether the token works, and has no right to this."""
        return self.action in _DENIALS

    def again(self) -> VkError:
        """The same failure, for one more who meets it."""
        return VkError(self.code, self.detail, facts=self.facts, retry_after=self.retry_after, rule=self.rule)

    @property
    def trouble(self) -> Trouble:
        """The failure as it is reported."""
        return Trouble(self.rule.kind, self.code, self.detail, self.facts)


def rule_of(code: str) -> Rule:
    """The rule for a dotted code such as `vk.15` or `http.timeout`."""
    network, _, number = code.partition(".")
    if network == "http":
        return _HTTP_RULES.get(code, _AGAIN)
    return RULES.get(int(number), UNKNOWN) if number.isdigit() else UNKNOWN


def vk_error(number: int, message: str, *, redirect: str = "") -> VkError:
    """The failure that VK tells by a number; `redirect` is where a person may confirm."""
    facts = (
        {"link": clean(redirect) or _WHERE_TO_CONFIRM}
        if rule_of(f"vk.{number}").action is Action.PARK_TOKEN
        else {}
    )
    return VkError(f"vk.{number}", message, facts=facts)


def most_telling(errors: Sequence[VkError]) -> VkError | None:
    """Of the failures of several tokens, the best token's first, the one to tell; None for none.

    That a token has no right is expected of some; a token that should have read and could not is
    worth more. The order decides the rest, so that the same failures are always told the same way.
    """
    return min(errors, key=lambda error: error.is_denial, default=None)
