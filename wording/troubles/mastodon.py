"""What goes wrong with Mastodon accounts."""

from wording.words import mark

_REMOVE = mark("Check the link in a browser; if the account is no longer needed: smm account remove {handle}")

GONE = frozenset({"mastodon.not_found", "mastodon.suspended"})

TROUBLES: dict[str, tuple[str, str]] = {
    "mastodon.not_found": (mark("There is no account {handle} on the server {host}"), _REMOVE),
    "mastodon.suspended": (mark("Account {handle} is suspended on its server"), _REMOVE),
    "mastodon.bad_host": (
        mark("«{handle}» names no server of Mastodon: name@server.org is wanted"),
        mark("Copy the account's link from a browser and add it anew: smm account add LINK"),
    ),
    "mastodon.other_host": (
        mark("{host} leaves its accounts to another server"),
        mark("Add the account as {link}: smm account add {link}"),
    ),
    "mastodon.strange_answer": (
        mark("Instead of account {handle} a strange page came from {host}"),
        mark("Open {host} in a browser: it may be no server of Mastodon, or there is a check for robots"),
    ),
    "mastodon.closed": (
        mark("The server {host} shows its accounts only to its own users"),
        mark(
            "Make an access token in the settings of your account on {host} (Development, right read), "
            "then: smm token add NAME --kind user --network mastodon"
        ),
    ),
    "mastodon.bad_token": (
        mark("The server {host} does not know the token «{token}»"),
        mark("Make a new one in the settings of your account there, then: smm token replace {token}"),
    ),
    "mastodon.forbidden": (
        mark("Token «{token}» may not read accounts on {host}"),
        mark("Make a token with the right read in the settings there, then: smm token replace {token}"),
    ),
    "mastodon.token_kind": (
        mark("Token «{token}» is of kind {kind}, and Mastodon takes only those of users and applications"),
        mark('Write kind = "user" for it in the config'),
    ),
    "mastodon.token_host": (
        mark("It is not told which server of Mastodon the token «{token}» is for"),
        mark('Write host = "server.org" in [tokens.{token}.params] of the config'),
    ),
}
