"""Why a token's secret cannot be had. What the settings name is told only where it is there.

A secret is easily put where its place belongs, so a name that leads nowhere is never repeated.
"""

from __future__ import annotations

from wording.words import mark

_ONLY = mark("Only the token itself is wanted, as the network shows it")
_AGAIN = mark("Put it in again with: smm token replace {token}")
_BY_HAND = mark("Try the command by hand: it must print the token and end")

TROUBLES: dict[str, tuple[str, str]] = {
    "token.unknown": (
        mark("There is no token «{token}» in the settings"),
        mark("Add it with: smm token add {token}"),
    ),
    "token.no_variable": (
        mark("Token «{token}»: the variable that its env names is not set"),
        mark("Set it in the environment of the program, also for cron"),
    ),
    "token.not_text": (mark("Token «{token}» is not text in UTF-8"), _ONLY),
    "token.empty": (mark("Token «{token}» is empty"), _ONLY),
    "token.too_long": (mark("Token «{token}» is too long to be one"), _ONLY),
    "token.not_one_word": (
        mark("Token «{token}» holds a space, a line break or a foreign letter"),
        _ONLY,
    ),
    "token.no_file": (mark("Token «{token}»: the file that the settings name is not there"), _AGAIN),
    "token.unreadable_file": (mark("Token «{token}»: {path} cannot be read ({detail})"), _AGAIN),
    "token.not_plain_file": (mark("Token «{token}»: {path} is no plain file"), _AGAIN),
    "token.foreign_file": (
        mark("Token «{token}»: {path} belongs to another user"),
        mark("Make a file of your own: smm token replace {token}"),
    ),
    "token.open_file": (
        mark("Token «{token}»: {path} can be read by other users"),
        mark("Close it: chmod 600 {path}"),
    ),
    "token.no_program": (mark("Token «{token}»: there is no program such as its cmd names"), _BY_HAND),
    "token.slow_program": (mark("Token «{token}»: {program}: no answer in {n} s"), _BY_HAND),
    "token.failed_program": (mark("Token «{token}»: {program}: it ended with code {n}"), _BY_HAND),
}
