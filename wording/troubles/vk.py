"""VK's troubles as sentences."""

from __future__ import annotations

from wording.troubles import CHECK_LINK
from wording.words import mark

_NEXT_SYNC = mark("Nothing to do: the next sync tries again")
_UPDATE = mark("Update SMART SMM; if it stays, report it with this text")
_NEW_TOKEN = mark("Get a new token and enter it: smm token replace {token}")
_ADMIN_TOKEN = mark("Ask the client for a token of an administrator and add it: smm token add NAME")
_REMOVE = mark("If it is gone for good: smm account remove {handle}")
_DOCTOR = mark("Which token opens what: smm doctor")

_INTERNAL = (mark("VK had an error of its own: {detail}"), _NEXT_SYNC)
_HEAVY = (mark("VK did not manage to work the request off: {detail}"), _NEXT_SYNC)
_REQUEST = (mark("VK did not understand the program's request: {detail}"), _UPDATE)
_REVOKED = (mark("VK no longer accepts the token {token}: {detail}"), _NEW_TOKEN)
_APPLICATION = (
    mark("The VK application of the token {token} is switched off: {detail}"),
    mark("Switch it on at id.vk.com/business/go, or enter another token: smm token replace {token}"),
)
_CAPTCHA = (
    mark("VK asks for a captcha with the token {token}"),
    mark("Pass it in a browser: {link}; the token rests for an hour"),
)
_CONFIRM = (
    mark("VK wants the owner of the token {token} to confirm that it is them"),
    mark("Confirm it in a browser: {link}; the token rests for a day"),
)
_DENIED = (mark("The token {token} has no right to read this community's data: {detail}"), _ADMIN_TOKEN)
_WRONG_KIND = (mark("A token like {token} may not call {method}"), _DOCTOR)
_FLOOD = (
    mark("VK takes the requests of the token {token} for a flood"),
    mark("Nothing to do: the token rests for an hour, then the sync goes on"),
)
_GONE = (
    mark("VK does not show the community: it is deleted or blocked"),
    mark("If it is gone for good, remove the account: smm account remove"),
)
_NOT_SHOWN = ("vk.18", "vk.37", "vk.39", "vk.40", "vk.104", "vk.3610")
#: The codes of communities that are no more.
GONE = frozenset({"vk.deleted", "vk.banned", *_NOT_SHOWN})
_NO_SHOP = (mark("The community has no VK shop"), mark("Nothing to do"))
_BAD_ID = (mark("VK knows no such page: {detail}"), CHECK_LINK)

#: Code -> (what happened, what to do next).
TROUBLES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("vk.1", "vk.10", "vk.32", "vk.43", "vk.603"), _INTERNAL),
    **dict.fromkeys(("vk.13", "vk.36"), _HEAVY),
    **dict.fromkeys(
        ("vk.3", "vk.8", "vk.12", "vk.22", "vk.23", "vk.33", "vk.34", "vk.35", "vk.150", "vk.9999"), _REQUEST
    ),
    **dict.fromkeys(("vk.2", "vk.11", "vk.101"), _APPLICATION),
    **dict.fromkeys(
        ("vk.4", "vk.5", "vk.16", "vk.38", "vk.1114", "vk.1116", "vk.1117", "vk.1118", "vk.3609", "vk.3611"),
        _REVOKED,
    ),
    **dict.fromkeys(("vk.14", "vk.1105", "vk.3300"), _CAPTCHA),
    **dict.fromkeys(
        ("vk.17", "vk.24", "vk.25", "vk.41", "vk.3301", "vk.3302", "vk.3303", "vk.3304", "vk.11500"),
        _CONFIRM,
    ),
    **dict.fromkeys(("vk.7", "vk.15", "vk.212", "vk.260", "vk.600"), _DENIED),
    **dict.fromkeys(("vk.20", "vk.21", "vk.27", "vk.28", "vk.1051"), _WRONG_KIND),
    **dict.fromkeys(("vk.9", "vk.601"), _FLOOD),
    **dict.fromkeys(_NOT_SHOWN, _GONE),
    **dict.fromkeys(("vk.1409", "vk.1456"), _NO_SHOP),
    **dict.fromkeys(("vk.100", "vk.113", "vk.125"), _BAD_ID),
    "vk.6": (mark("VK asks for fewer requests a second"), _NEXT_SYNC),
    "vk.19": (
        mark("VK has blocked this content"),
        mark("Ask the client what happened; the figures so far are kept"),
    ),
    "vk.29": (
        mark("The day's limit of VK for {method} is used up with the token {token}"),
        mark("Nothing to do: it goes on tomorrow. Sync less often, or give large clients their own tokens"),
    ),
    "vk.30": (mark("The page is private"), _ADMIN_TOKEN),
    "vk.42": (
        mark("VK refuses the token {token} from this machine's address"),
        mark("Allow the address in the application's settings at id.vk.com/business/go"),
    ),
    "vk.203": (mark("VK denies access to the community: {detail}"), _ADMIN_TOKEN),
    "vk.1600": (mark("The story has expired"), mark("Nothing to do")),
    "vk.banned": (mark("VK has blocked the community {handle}"), _REMOVE),
    "vk.broken": (mark("The program stumbled over VK's answer ({detail})"), _UPDATE),
    "vk.deleted": (mark("The community {handle} is deleted in VK"), _REMOVE),
    "vk.no_token": (
        mark("There is no VK token that may read {handle}"),
        mark("Add one: smm token add NAME --kind {one_kind}"),
    ),
    "vk.not_community": (
        mark("{handle} is a person's page, and only communities have figures"),
        mark("Add the link of the community: smm account add LINK"),
    ),
    "vk.not_found": (mark("VK knows no community {handle}"), CHECK_LINK),
    "vk.odd_values": (
        mark("VK sent figures that are no numbers ({fields}); they were left out"),
        _NEXT_SYNC,
    ),
    "vk.paused": (
        mark("VK asked to leave the token {token} alone for {minutes} min more"),
        mark("Nothing to do: the sync goes on after the pause"),
    ),
    "vk.shape": (mark("VK's answer is not built as its API says ({detail})"), _UPDATE),
    "vk.wrong_kind": (
        mark("The token {token} is not of the kind {kind}"),
        mark("Correct `kind` of the token in the config, or enter the right one: smm token replace {token}"),
    ),
}
