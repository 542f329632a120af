"""What goes wrong with Telegram channels."""

from wording.words import mark

_LATER = mark("Nothing to do: the next sync tries again")
_TOKEN = mark("Ask @BotFather for the token and put it in with: smm token replace {token}")
_AGAIN = mark("Log in again: smm token replace {token}")
_PREVIEW = mark("Nothing to do: until then the figures of the public preview stand")

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
        mark("Token «{token}» is of kind {kind}, and Telegram takes those of bots and users"),
        mark('Write kind = "bot" or kind = "user" for it in the config'),
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
    "telegram.no_telethon": (
        mark("Exact figures of Telegram need Telethon, which is not installed"),
        mark("Install it: pip install 'smart-smm[telegram]'"),
    ),
    "telegram.token_form": (
        mark("The secret of token «{token}» is not api_id and api_hash with a colon between them"),
        mark("Take both at my.telegram.org and log in again: smm token replace {token}"),
    ),
    "telegram.no_session": (mark("Nobody is logged in to Telegram with token «{token}»"), _AGAIN),
    "telegram.broken_session": (mark("The session of token «{token}» cannot be used"), _AGAIN),
    "telegram.open_session": (
        mark("Others may read the session of token «{token}»: {path}"),
        mark("Close it: chmod 600 {path}. End other sessions in Telegram: Settings, Devices"),
    ),
    "telegram.session_lost": (
        mark("Telegram has ended the session of token «{token}»"),
        mark("Log in again: smm token replace {token}. Until then the public preview is read"),
    ),
    "telegram.user_gone": (
        mark("The Telegram account of token «{token}» is deleted or banned"),
        mark("Log in with another account: smm token replace {token}"),
    ),
    "telegram.bad_application": (
        mark("Telegram does not accept the application of token «{token}»"),
        mark("Check api_id and api_hash at my.telegram.org, then: smm token replace {token}"),
    ),
    "telegram.private": (
        mark("Channel @{handle} is closed to the user of token «{token}»"),
        mark("Join the channel with that account, or take the token of one who is in it"),
    ),
    "telegram.no_stats": (
        mark("The user of token «{token}» may not see the statistics of @{handle}"),
        mark("Ask the owner for administrator rights; Telegram keeps statistics of larger channels only"),
    ),
    "telegram.names_limit": (
        mark("Token «{token}» has asked Telegram for as many new channels as it may in a day"),
        mark("Nothing to do: @{handle} is read exactly tomorrow, until then by its public preview"),
    ),
    "telegram.user_flood": (mark("Telegram asks the user of token «{token}» to wait {seconds} s"), _PREVIEW),
    "telegram.user_unreachable": (
        mark("Telegram's servers cannot be reached with token «{token}»"),
        mark("Set proxy in [networks.telegram] of the config, for example socks5://127.0.0.1:1080"),
    ),
    "telegram.proxy_kind": (
        mark("The proxy of Telegram is of a kind that does not lead to its servers"),
        mark("Take one that begins with socks5:// or http:// for [networks.telegram]"),
    ),
    "telegram.no_proxies": (
        mark("A proxy for Telegram needs python-socks, which is not installed"),
        mark("Install it: pip install 'smart-smm[telegram]'"),
    ),
    "telegram.bad_phone": (
        mark("Telegram does not accept this phone number"),
        mark("Type it with the country's code: +79991234567"),
    ),
    "telegram.no_user": (
        mark("There is no Telegram account with this phone number"),
        mark("Check the number, or make the account in Telegram's own application first"),
    ),
    "telegram.too_many_logins": (
        mark("Telegram has had too many logins with this number"),
        mark("Try again tomorrow"),
    ),
    "telegram.bad_code": (mark("The code is wrong"), mark("Type the newest code that Telegram sent")),
    "telegram.old_code": (mark("The code is no longer valid"), mark("Log in anew: another code is sent")),
    "telegram.bad_password": (
        mark("The password of two-step verification is wrong"),
        mark("Type the password that Telegram's Settings, Privacy and Security ask for"),
    ),
    "telegram.rpc": (
        mark("Telegram refused a call with token «{token}» ({code}): {detail}"),
        _LATER,
    ),
}
