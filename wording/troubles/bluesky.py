"""What goes wrong with Bluesky accounts."""

from wording.words import mark

GONE = frozenset({"bluesky.not_found"})

TROUBLES: dict[str, tuple[str, str]] = {
    "bluesky.unreachable": (
        mark("Bluesky's public API cannot be reached ({host})"),
        mark("Set proxy in [networks.bluesky] of the config, for example socks5://127.0.0.1:1080"),
    ),
    "bluesky.not_found": (
        mark("There is no account @{handle} in Bluesky, or it is deactivated or suspended"),
        mark("Check the link in a browser; if the account is no longer needed: smm account remove {handle}"),
    ),
    "bluesky.refused": (
        mark("Bluesky refused the request: {detail}"),
        mark("Open the account in a browser; if it is in order, the next sync tries again"),
    ),
    "bluesky.no_tokens": (
        mark("Token «{token}» is not needed: Bluesky's public figures are read without one"),
        mark("Remove it from [networks.bluesky] of the config"),
    ),
}
