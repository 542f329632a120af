"""What Google's APIs refuse, as data: the reason of an error, and whose step is next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.base import Refusal, Trouble, TroubleKind
from connectors.clean import clean


@dataclass(frozen=True, slots=True)
class Rule:
    """What a reason means: the trouble's code and kind, and whether another token may succeed."""

    code: str
    kind: TroubleKind
    of_token: bool = True


_QUOTA = Rule("youtube.quota", TroubleKind.RETRY)
_RATE = Rule("youtube.rate", TroubleKind.RETRY)
_BAD_KEY = Rule("youtube.bad_key", TroubleKind.AUTH)
_API_OFF = Rule("youtube.api_off", TroubleKind.CONFIG)
_RESTRICTED = Rule("youtube.key_restricted", TroubleKind.CONFIG)
_ACCESS_LOST = Rule("youtube.access_lost", TroubleKind.AUTH)
_FORBIDDEN = Rule("youtube.forbidden", TroubleKind.AUTH)
_CLOSED = Rule("youtube.closed", TroubleKind.SKIP, of_token=False)
_NOT_FOUND = Rule("youtube.not_found", TroubleKind.SKIP, of_token=False)
_NO_UPLOADS = Rule("youtube.no_uploads", TroubleKind.SKIP, of_token=False)
_BAD_PAGE = Rule("youtube.bad_page", TroubleKind.RETRY, of_token=False)
_REFUSED = Rule("youtube.api", TroubleKind.RETRY, of_token=False)

#: By reason, the most telling first: an error carries a general reason and often a closer one.
RULES: Mapping[str, Rule] = {
    "API_KEY_INVALID": _BAD_KEY,
    "keyInvalid": _BAD_KEY,
    "keyExpired": _BAD_KEY,
    "SERVICE_DISABLED": _API_OFF,
    "accessNotConfigured": _API_OFF,
    "API_KEY_SERVICE_BLOCKED": _RESTRICTED,
    "API_KEY_IP_ADDRESS_BLOCKED": _RESTRICTED,
    "API_KEY_HTTP_REFERRER_BLOCKED": _RESTRICTED,
    "ipRefererBlocked": _RESTRICTED,
    "quotaExceeded": _QUOTA,
    "dailyLimitExceeded": _QUOTA,
    "rateLimitExceeded": _RATE,
    "userRateLimitExceeded": _RATE,
    "authError": _ACCESS_LOST,
    "channelClosed": _CLOSED,
    "channelSuspended": _CLOSED,
    "channelForbidden": _FORBIDDEN,
    "playlistItemsNotAccessible": _FORBIDDEN,
    "insufficientPermissions": _FORBIDDEN,
    "forbidden": _FORBIDDEN,
    "channelNotFound": _NOT_FOUND,
    "playlistNotFound": _NO_UPLOADS,
    "invalidPageToken": _BAD_PAGE,
}

#: What a status means where no reason says more.
_BY_STATUS: Mapping[int, Rule] = {401: _ACCESS_LOST, 403: _FORBIDDEN}

REFUSALS: Mapping[str, Refusal] = {
    "youtube.bad_key": Refusal.TOKEN,
    "youtube.access_lost": Refusal.TOKEN,
    "youtube.bad_client": Refusal.TOKEN,
    "youtube.forbidden": Refusal.RIGHT,
}


def parse_refusal(answer: object, status: int) -> tuple[Rule, str]:
    """What an error says: the rule of its most telling reason, and its text, cleaned.

    An error that is written in no known way is `youtube.api`.
    """
    error = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(error, dict):
        return _BY_STATUS.get(status, _REFUSED), str(status)
    reasons = set(_reasons(error))
    rule = next((rule for reason, rule in RULES.items() if reason in reasons), None)
    detail = clean(str(error.get("message", ""))) or clean(", ".join(sorted(reasons))) or str(status)
    return rule or _BY_STATUS.get(status, _REFUSED), detail


def trouble_of(rule: Rule, detail: str, token: str, handle: str) -> Trouble:
    """The trouble of a refusal."""
    return Trouble(rule.kind, rule.code, detail, {"token": token, "handle": handle})


def not_found(handle: str) -> Trouble:
    """No channel answers to a handle or an id."""
    return Trouble(TroubleKind.SKIP, "youtube.not_found", facts={"handle": handle})


def is_of_token(trouble: Trouble) -> bool:
    """Whether another token may succeed where this one failed."""
    return trouble.code in _OF_TOKEN


_OF_TOKEN = frozenset(
    {rule.code for rule in RULES.values() if rule.of_token}
    | {"youtube.bad_client", "youtube.token_form", "youtube.no_client_id", "youtube.quota_kept"}
)


def _reasons(error: dict[str, Any]) -> Iterator[str]:
    for name in ("errors", "details"):
        entries = error.get(name)
        for entry in entries if isinstance(entries, list) else ():
            reason = entry.get("reason") if isinstance(entry, dict) else None
            if isinstance(reason, str):
                yield reason
