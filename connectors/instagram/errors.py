"""What Meta's API refuses, as data: the code of an error, and whose step is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.base import ConnectorError, Refusal, Trouble, TroubleKind
from connectors.clean import clean


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code means: the trouble's code and kind; `absent`: asked for figures, there are just none."""

    code: str
    kind: TroubleKind
    absent: bool = False


class AbsentError(ConnectorError):
    """A refusal that says of figures that there are none of what was asked about."""


_BAD_TOKEN = Rule("instagram.bad_token", TroubleKind.AUTH)
_EXPIRED = Rule("instagram.expired", TroubleKind.AUTH)
_PASSWORD = Rule("instagram.password", TroubleKind.AUTH)
_FORBIDDEN = Rule("instagram.forbidden", TroubleKind.AUTH)
_LIMIT = Rule("instagram.limit", TroubleKind.RETRY)
_NOT_BUSINESS = Rule("instagram.not_business", TroubleKind.SKIP)
_NOT_FOUND = Rule("instagram.not_found", TroubleKind.SKIP)
_REFUSED = Rule("instagram.api", TroubleKind.RETRY)
_ABSENT = Rule("instagram.api", TroubleKind.RETRY, absent=True)

#: By code; those of rights are 200 to 299 too.
RULES: Mapping[int, Rule] = {
    1: _REFUSED,
    2: _REFUSED,
    3: _FORBIDDEN,
    4: _LIMIT,
    10: _FORBIDDEN,
    17: _LIMIT,
    32: _LIMIT,
    100: _ABSENT,
    102: _BAD_TOKEN,
    110: _NOT_BUSINESS,
    190: _BAD_TOKEN,
    613: _LIMIT,
    803: _NOT_FOUND,
    80_002: _LIMIT,
}
#: By subcode, which says more than the code does.
SUBCODES: Mapping[int, Rule] = {
    460: _PASSWORD,
    463: _EXPIRED,
    2_207_013: _NOT_BUSINESS,
}

REFUSALS: Mapping[str, Refusal] = {
    "instagram.bad_token": Refusal.TOKEN,
    "instagram.expired": Refusal.TOKEN,
    "instagram.password": Refusal.TOKEN,
    "instagram.forbidden": Refusal.RIGHT,
    "instagram.not_own": Refusal.RIGHT,
    "instagram.own_only": Refusal.RIGHT,
}


def parse_refusal(answer: object, status: int) -> tuple[Rule, str]:
    """What an error says: its rule, and its text, cleaned.

    The code for «too few viewers» is that of a missing right: only the text tells them apart. An error
    that is written in no known way is `instagram.api`.
    """
    error = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(error, dict):
        return _REFUSED, str(status)
    code, subcode = _number(error, "code"), _number(error, "error_subcode")
    detail = clean(str(error.get("message") or "")) or f"{code}/{subcode}"
    if code == 10 and "viewers" in detail.lower():
        return _ABSENT, detail
    if 200 <= code < 300:
        return _FORBIDDEN, detail
    return SUBCODES.get(subcode) or RULES.get(code, _REFUSED), detail


def refusal_of(rule: Rule, detail: str, facts: Mapping[str, str]) -> ConnectorError:
    """The error of a refusal."""
    trouble = Trouble(rule.kind, rule.code, detail, facts)
    return AbsentError(trouble) if rule.absent else ConnectorError(trouble)


def _number(error: Mapping[str, Any], name: str) -> int:
    value = error.get(name)
    return value if isinstance(value, int) else 0
