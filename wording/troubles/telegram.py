"""What goes wrong with Telegram channels."""

from wording.words import mark

_LATER = mark("Nothing to do: the next sync tries again")
_TOKEN = mark("Ask @BotFather for the token and put it in with: smm token replace {token}")

TROUBLES: dict[str, tuple[str, str]] = {
    "telegram.unreachable": (
        mark("Telegram's public pages cannot be reached ({host})"),
        mark("Set proxy in [networks.telegram] of the config, for example socks5://127.0.0.1:1080"),
    ),
    "telegram.not_found": (
        mark("There is no channel @{handle} in Telegram"),
        mark("Check the link: the channel may have been renamed or deleted; then smm account add anew"),
    ),
    "telegram.no_preview": (
        mark("Channel @{handle} has no public preview, so its posts cannot be read"),
        mark("Ask the owner to allow the preview at t.me/s/{handle}, or log the posts: smm post add"),
    ),
    "telegram.group": (
        mark("@{handle} is a group, and Telegram shows the posts of channels only"),
        mark("Paste the link of the channel; figures of the group are logged by hand"),
    ),
    "telegram.not_channel": (
        mark("@{handle} is a person or a bot, not a channel"),
        mark("Paste the link of the channel that you run"),
    ),
    "telegram.unexpected_page": (
        mark("Instead of channel @{handle} a strange page came"),
        mark("Open t.me/s/{handle} in a browser: the provider or a check for robots may stand in between"),
    ),
    "telegram.bad_token": (mark("Telegram does not know the bot token «{token}»"), _TOKEN),
    "telegram.token_kind": (
        mark("Token «{token}» is of kind {kind}, and Telegram takes only those of bots"),
        mark('Write kind = "bot" for it in the config'),
    ),
    "telegram.bot_no_chat": (
        mark("The bot of token «{token}» does not find the channel: {detail}"),
        mark("Check the channel's link, or add the bot to the channel"),
    ),
    "telegram.bot_kicked": (
        mark("The bot of token «{token}» may not read the channel: {detail}"),
        mark("Add the bot to the channel again; until then the audience is rounded"),
    ),
    "telegram.flood": (
        mark("Telegram asks the bot of token «{token}» to wait {seconds} s"),
        mark("Nothing to do: until then the audience is rounded"),
    ),
    "telegram.api": (mark("Telegram refused the bot's call ({code}): {detail}"), _LATER),
}
