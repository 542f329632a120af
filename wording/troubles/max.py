"""What goes wrong with channels of MAX."""

from wording.words import mark

TROUBLES: dict[str, tuple[str, str]] = {
    "max.bad_token": (
        mark("MAX does not know the bot of token «{token}»"),
        mark("Take the token from the bot's settings and put it in with: smm token replace {token}"),
    ),
    "max.token_kind": (
        mark("Token «{token}» is of kind {kind}; MAX takes a bot's"),
        mark('Write kind = "bot" in [tokens.{token}]'),
    ),
    "max.not_in_channel": (
        mark("The bot of token «{token}» may not read the channel {handle}"),
        mark("Add the bot to the channel as an administrator; the subscribers are read meanwhile"),
    ),
    "max.not_found": (
        mark("There is no channel {handle} in MAX"),
        mark("Check the link: the channel may have been renamed or closed; then smm account add anew"),
    ),
    "max.not_channel": (
        mark("{handle} is no channel of MAX"),
        mark("Add the link of a public channel, such as max.ru/zerno"),
    ),
    "max.api": (
        mark("MAX refused the call: {detail}"),
        mark("Nothing to do: the next sync tries again"),
    ),
}

GONE = frozenset({"max.not_found", "max.not_channel"})
