"""What the servers of Telegram refuse a user, as data: the names are those of Telethon's errors. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from connectors.base import Refusal, Trouble, TroubleKind


@dataclass(frozen=True, slots=True)
class Rule:
    """What an error becomes, and whether no call with this session makes sense any more."""

    kind: TroubleKind
    code: str
    ends_session: bool = False


class RpcError(Exception):
    """A call that failed: `names` are the error's and those of its families, the closest first.

    `number` is what Telegram says with it: the seconds of a wait, the number of a data centre.
    `detail` is the error in the network's own words, without anything that was sent.
    """

    def __init__(self, names: Iterable[str], number: int | None = None, detail: str = "") -> None:
        self.names = tuple(names)
        super().__init__(self.names[0])
        self.number = number
        self.detail = detail

    def is_any(self, names: Iterable[str]) -> bool:
        """Whether it is one of these errors, or of one of these families."""
        return not set(names).isdisjoint(self.names)


#: Waits that are told in seconds.
FLOODS = frozenset(
    {"FloodWaitError", "FloodPremiumWaitError", "SlowModeWaitError", "FloodTestPhoneWaitError"}
)
#: The channel's statistics are kept in another data centre, which the error names.
STATS_MOVED = "StatsMigrateError"
#: The hash by which a channel is asked for holds no more.
STALE_ADDRESS = frozenset({"ChannelInvalidError", "PeerIdInvalidError"})
#: A code was right, and the account asks for its password besides.
PASSWORD_NEEDED = "SessionPasswordNeededError"  # noqa: S105

_LOST = Rule(TroubleKind.AUTH, "telegram.session_lost", ends_session=True)
_GONE = Rule(TroubleKind.SKIP, "telegram.not_found")
_PRIVATE = Rule(TroubleKind.SKIP, "telegram.private")
_NO_STATS = Rule(TroubleKind.AUTH, "telegram.no_stats")
_FLOOD = Rule(TroubleKind.RETRY, "telegram.user_flood")
_APPLICATION = Rule(TroubleKind.AUTH, "telegram.bad_application", ends_session=True)

RULES: Mapping[str, Rule] = {
    "AuthKeyNotFound": _LOST, "AuthKeyUnregisteredError": _LOST, "AuthKeyInvalidError": _LOST,
    "AuthKeyDuplicatedError": _LOST, "AuthKeyPermEmptyError": _LOST, "AuthKeyError": _LOST,
    "SessionRevokedError": _LOST, "SessionExpiredError": _LOST, "UnauthorizedError": _LOST,
    "UserDeactivatedError": Rule(TroubleKind.AUTH, "telegram.user_gone", ends_session=True),
    "UserDeactivatedBanError": Rule(TroubleKind.AUTH, "telegram.user_gone", ends_session=True),
    "ApiIdInvalidError": _APPLICATION, "ApiIdPublishedFloodError": _APPLICATION,
    "UsernameNotOccupiedError": _GONE, "UsernameInvalidError": _GONE,
    "ChannelInvalidError": _GONE, "PeerIdInvalidError": _GONE,
    "ChannelPrivateError": _PRIVATE, "ChannelPublicGroupNaError": _PRIVATE,
    "UserBannedInChannelError": _PRIVATE,
    "ChatAdminRequiredError": _NO_STATS, "BroadcastRequiredError": _NO_STATS,
    "PhoneNumberInvalidError": Rule(TroubleKind.CONFIG, "telegram.bad_phone"),
    "PhoneNumberUnoccupiedError": Rule(TroubleKind.CONFIG, "telegram.no_user"),
    "PhoneNumberBannedError": Rule(TroubleKind.AUTH, "telegram.user_gone"),
    "PhoneNumberFloodError": Rule(TroubleKind.RETRY, "telegram.too_many_logins"),
    "PhonePasswordFloodError": Rule(TroubleKind.RETRY, "telegram.too_many_logins"),
    "PhoneCodeInvalidError": Rule(TroubleKind.CONFIG, "telegram.bad_code"),
    "PhoneCodeEmptyError": Rule(TroubleKind.CONFIG, "telegram.bad_code"),
    "PhoneCodeExpiredError": Rule(TroubleKind.RETRY, "telegram.old_code"),
    "PasswordHashInvalidError": Rule(TroubleKind.CONFIG, "telegram.bad_password"),
    "FloodWaitError": _FLOOD, "FloodPremiumWaitError": _FLOOD, "FloodTestPhoneWaitError": _FLOOD,
    "unreachable": Rule(TroubleKind.RETRY, "telegram.user_unreachable"),
    "timeout": Rule(TroubleKind.RETRY, "http.timeout"),
    "proxy": Rule(TroubleKind.RETRY, "http.proxy"),
    "no_proxies": Rule(TroubleKind.CONFIG, "telegram.no_proxies"),
    "bad_proxy": Rule(TroubleKind.CONFIG, "telegram.proxy_kind"),
    "bad_session": Rule(TroubleKind.AUTH, "telegram.broken_session", ends_session=True),
}  # fmt: skip

#: What an error is taken for that is not in the table: the next run tries again.
UNKNOWN = Rule(TroubleKind.RETRY, "telegram.rpc")

#: The connection is gone, which a new one may mend.
LOST = frozenset({"unreachable", "proxy"})

#: Failures of the way there: no further call is tried in the same run.
NO_WAY = frozenset({"unreachable", "timeout", "proxy", "bad_proxy", "no_proxies"})

REFUSALS: Mapping[str, Refusal] = {
    "telegram.session_lost": Refusal.TOKEN,
    "telegram.no_session": Refusal.TOKEN,
    "telegram.broken_session": Refusal.TOKEN,
    "telegram.user_gone": Refusal.TOKEN,
    "telegram.bad_application": Refusal.TOKEN,
    "telegram.no_stats": Refusal.RIGHT,
}


def rule_of(failure: RpcError) -> Rule:
    """What a failure means, by its closest name in the table."""
    return next((RULES[name] for name in failure.names if name in RULES), UNKNOWN)


def trouble_of(failure: RpcError, token: str, handle: str = "") -> Trouble:
    """The trouble that a failure becomes for a token and, where one was asked for, a channel."""
    rule = rule_of(failure)
    facts = {"token": token, "handle": handle, "host": "Telegram", "code": failure.names[0]}
    if failure.number is not None:
        facts["seconds"] = str(failure.number)
    return Trouble(rule.kind, rule.code, failure.detail, facts)
