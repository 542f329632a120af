"""What goes wrong with groups of Odnoklassniki."""

from __future__ import annotations

from wording.words import mark

_LATER = mark("Nothing to do: the next sync tries again")
_UPDATE = mark("Update SMART SMM; if it stays, report it with this text")
_NEW_TOKEN = mark(
    "Get a new one in the application's settings at ok.ru and enter it: smm token replace {token}"
)
_APPLICATION = mark(
    "Look at application_key in [tokens.{token}.params] and at the application's page at ok.ru"
)

_INTERNAL = (mark("Odnoklassniki had an error of its own: {detail}"), _LATER)
_REQUEST = (mark("Odnoklassniki did not understand the program's request: {detail}"), _UPDATE)
_DEAD = (mark("Odnoklassniki no longer accepts the token «{token}»: {detail}"), _NEW_TOKEN)
_NO_APPLICATION = (
    mark("Odnoklassniki does not accept the application of token «{token}»: {detail}"),
    _APPLICATION,
)
_FLOOD = (
    mark("Odnoklassniki has blocked the calls of token «{token}» for a while: {detail}"),
    mark("Nothing to do: the token rests for an hour, then the sync goes on"),
)
_ADMIN = mark("Statistics need the token of an administrator of the group: smm token add NAME --kind user")

#: The codes of groups that are no more.
GONE = frozenset({"ok.not_found"})

TROUBLES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("ok.1", "ok.2", "ok.9999"), _INTERNAL),
    **dict.fromkeys(("ok.3", "ok.4", "ok.100", "ok.105", "ok.110"), _REQUEST),
    **dict.fromkeys(("ok.7", "ok.8"), _FLOOD),
    "ok.9": (
        mark("Odnoklassniki has blocked this machine's address for a while: {detail}"),
        mark("Nothing to do: the token rests for an hour; if it stays, set proxy in [networks.ok]"),
    ),
    "ok.10": (mark("Token «{token}» may not read the group's statistics: {detail}"), _ADMIN),
    "ok.455": (mark("The owner of token «{token}» may not look at this: {detail}"), _ADMIN),
    "ok.11": (
        mark("The limit of Odnoklassniki for {method} is used up with token «{token}»"),
        mark(
            "Nothing to do: it is asked again in an hour. For many groups take tokens of several applications"
        ),
    ),
    **dict.fromkeys(("ok.101", "ok.210", "ok.900"), _NO_APPLICATION),
    **dict.fromkeys(("ok.102", "ok.103", "ok.401", "ok.402", "ok.453"), _DEAD),
    "ok.104": (
        mark("The session secret key of token «{token}» does not belong to its access token: {detail}"),
        mark("Copy both anew, as ACCESS_TOKEN:SESSION_SECRET_KEY: smm token replace {token}"),
    ),
    "ok.200": (
        mark("The application of token «{token}» lacks a right: {detail}"),
        mark("Ask api-support@ok.ru for VALUABLE_ACCESS and GROUP_CONTENT, then get a new token"),
    ),
    "ok.not_found": (
        mark("There is no group {handle} in Odnoklassniki"),
        mark("If it is gone for good: smm account remove {handle}"),
    ),
    "ok.paused": (
        mark("Odnoklassniki asked to leave token «{token}» alone; minutes left: {minutes}"),
        _LATER,
    ),
    "ok.token_form": (
        mark("Token «{token}» is not written as ACCESS_TOKEN:SESSION_SECRET_KEY"),
        mark("Put both on one line with a colon between them: smm token replace {token}"),
    ),
    "ok.no_application_key": (
        mark("Token «{token}» has no application_key, the public key of its application"),
        mark('Add to the config: [tokens.{token}.params] application_key = "…"'),
    ),
    "ok.token_kind": (
        mark("Token «{token}» is of kind {kind}, and Odnoklassniki takes only those of users"),
        mark('Write kind = "user" for it in the config'),
    ),
    "ok.no_token": (
        mark("There is no token of Odnoklassniki that may read {handle}"),
        mark("Add one of the group's administrator: smm token add ok --network ok --kind {one_kind}"),
    ),
    "ok.odd_answer": (mark("Odnoklassniki answered {method} in an unknown way: {detail}"), _UPDATE),
    "ok.odd_values": (
        mark("Odnoklassniki sent values that are no counts: {fields}; the rest is kept"),
        _LATER,
    ),
    "ok.api": (mark("Odnoklassniki refused the call ({code}): {detail}"), _LATER),
}
