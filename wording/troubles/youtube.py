"""What goes wrong with YouTube channels."""

from wording.words import mark

_KEY = mark("Make a key at console.cloud.google.com and put it in with: smm token replace {token}")
_LOGIN = mark("Get a new refresh token as docs/networks/youtube.md tells, then: smm token replace {token}")
_NEXT_RUN = mark("Nothing to do: the next sync goes on where this one stopped")

TROUBLES: dict[str, tuple[str, str]] = {
    "youtube.not_found": (
        mark("There is no channel {handle} in YouTube"),
        mark("If it was renamed, add its new link; if it is gone for good: smm account remove {handle}"),
    ),
    "youtube.closed": (
        mark("YouTube closed the channel {handle}: {detail}"),
        mark("If the channel will not return: smm account remove {handle}"),
    ),
    "youtube.no_uploads": (
        mark("YouTube shows no list of the videos of {handle}: {detail}"),
        mark("Open the channel in a browser: it may be closed or have no videos"),
    ),
    "youtube.no_token": (
        mark("YouTube is read with a key, and there is none"),
        mark("Make a free one as docs/networks/youtube.md tells: smm token add NAME --kind key"),
    ),
    "youtube.token_kind": (
        mark("Token «{token}» is of kind {kind}, and YouTube takes only key and oauth"),
        mark('Write kind = "key" or kind = "oauth" for it in the config'),
    ),
    "youtube.token_form": (
        mark("Token «{token}» does not consist of a client secret and a refresh token"),
        mark("Write them as CLIENT_SECRET:REFRESH_TOKEN on one line: smm token replace {token}"),
    ),
    "youtube.no_client_id": (
        mark("Token «{token}» has no client_id of its application"),
        mark("Add client_id under [tokens.{token}.params] in the config"),
    ),
    "youtube.bad_key": (mark("YouTube does not know the key of token «{token}»"), _KEY),
    "youtube.bad_client": (
        mark("Google does not know the application of token «{token}»: {detail}"),
        mark("Compare client_id and the client secret with those at console.cloud.google.com"),
    ),
    "youtube.access_lost": (
        mark("Google took back the access of token «{token}», or it ran out"),
        _LOGIN,
    ),
    "youtube.api_off": (
        mark("The YouTube API is not switched on in the project of token «{token}»"),
        mark("Press Enable at console.cloud.google.com, APIs & Services, for the API: {detail}"),
    ),
    "youtube.key_restricted": (
        mark("The key of token «{token}» may not be used here: {detail}"),
        mark("Loosen the key's restrictions on API and addresses at console.cloud.google.com"),
    ),
    "youtube.forbidden": (
        mark("Token «{token}» may not read this of the channel: {detail}"),
        mark("Statistics by day need the OAuth token of the channel's owner with yt-analytics.readonly"),
    ),
    "youtube.quota": (
        mark("The day's quota of YouTube is used up for token «{token}»"),
        mark("Nothing to do: new units come at midnight Pacific time, and the next sync goes on"),
    ),
    "youtube.quota_kept": (
        mark("Token «{token}» has made {asked} requests to YouTube in 24 hours, close to the daily limit"),
        _NEXT_RUN,
    ),
    "youtube.rate": (mark("YouTube asks token «{token}» to slow down"), _NEXT_RUN),
    "youtube.bad_page": (
        mark("YouTube no longer knows the page of videos where the last sync stopped"),
        mark("Nothing to do: the next sync reads the list anew"),
    ),
    "youtube.api": (
        mark("YouTube refused the request: {detail}"),
        mark("Nothing to do: the next sync tries again"),
    ),
}

GONE = frozenset({"youtube.not_found", "youtube.closed"})
