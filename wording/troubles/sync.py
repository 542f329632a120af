"""The troubles of a run itself, whatever the network."""

from __future__ import annotations

from wording.words import mark

_NEXT_RUN = mark("Nothing to do: the next sync tries again")
_DOCTOR = mark("See what is wrong: smm doctor")

TROUBLES: dict[str, tuple[str, str]] = {
    "sync.no_token": (
        mark("No token at hand may read this account: it needs {kinds}"),
        mark("Add one: smm token add NAME --kind {one_kind} --network {network}"),
    ),
    "sync.token_broken": (
        mark("Token «{token}» cannot be had: the program failed"),
        mark("Put it in again with: smm token replace {token}"),
    ),
    "sync.token_blocked": (
        mark("The network lets token «{token}» rest until {until} ({code})"),
        mark("Nothing to do: the sync goes on by itself after that"),
    ),
    "sync.internal": (mark("The program failed at this account; what had arrived is kept"), _DOCTOR),
    "sync.deadline": (
        mark("The time of the run was over before this account was read"),
        mark("It comes first in the next sync; give a run more time with --deadline"),
    ),
    "sync.interrupted": (
        mark("The run was stopped before this account was read"),
        mark("Go on with: smm sync"),
    ),
    "sync.lease_lost": (mark("Another run has taken this account over; nothing was written"), _NEXT_RUN),
    "sync.store_busy": (mark("The store was busy for too long; nothing was written"), _NEXT_RUN),
    "sync.removed": (
        mark("The account was removed while it was read"),
        mark("See the accounts: smm account list"),
    ),
    "sync.other_account": (
        mark("{account} belongs to another community now ({is} instead of {was}); nothing was written"),
        mark("If the client has moved, remove the account and add it anew by its link"),
    ),
    "sync.refused": (
        mark("Figures or posts that cannot be true were left out: {n} (future days, wrong numbers)"),
        mark("Check the clock of this computer: smm doctor"),
    ),
    "sync.suspect_audience": (
        mark("The audience fell from {was} to {is} at once: it is believed when the next sync sees it too"),
        mark("Have a look at the community; to confirm: smm sync"),
    ),
    "sync.suspect_posts": (
        mark("All posts are gone at once ({n}): it is believed when the next sync sees it too"),
        mark("Have a look at the community; to confirm: smm sync"),
    ),
    "sync.suspect_planned": (
        mark("All planned posts are gone at once ({n}): it is believed when the next sync sees it too"),
        mark("Have a look at the community; to confirm: smm sync"),
    ),
    "registry.broken": (
        mark("The plug-in for {network} ({package}) does not work: {detail}"),
        mark("Update or remove the package {package}"),
    ),
    "registry.unknown": (
        mark("There is no connector for {network}"),
        mark("Log its figures by hand (smm log) or import them (smm import)"),
    ),
}
