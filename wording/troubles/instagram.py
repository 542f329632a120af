"""What goes wrong with Instagram accounts."""

from wording.words import mark

_NEW_TOKEN = mark("Get a new token as docs/networks/instagram.md tells, then: smm token replace {token}")
_IMPORT = mark("The figures can be imported from a file: smm import FILE --account instagram:{handle}")
_NEXT_RUN = mark("Nothing to do: a later sync goes on with Instagram")

GONE = frozenset({"instagram.not_business", "instagram.not_found"})

TROUBLES: dict[str, tuple[str, str]] = {
    "instagram.not_business": (
        mark(
            "Instagram knows no business or creator account {handle}: personal ones are shown to no program"
        ),
        _IMPORT,
    ),
    "instagram.not_found": (
        mark("Instagram has no account {handle}"),
        mark("Check the link in a browser; if the account is gone for good: smm account remove {handle}"),
    ),
    "instagram.no_token": (
        mark("Instagram is read with an OAuth token of Meta, and there is none"),
        mark(
            "Get one as docs/networks/instagram.md tells: smm token add NAME --kind oauth --network instagram"
        ),
    ),
    "instagram.token_kind": (
        mark("Token «{token}» is of kind {kind}, and Instagram takes only oauth"),
        mark('Write kind = "oauth" for this token in the config'),
    ),
    "instagram.token_login": (
        mark("It is not told properly by which login the token «{token}» was got"),
        mark('Write login = "facebook" or login = "instagram" in [tokens.{token}.params] of the config'),
    ),
    "instagram.bad_token": (mark("Meta does not accept the token «{token}»"), _NEW_TOKEN),
    "instagram.expired": (mark("The token «{token}» of Instagram has expired"), _NEW_TOKEN),
    "instagram.password": (
        mark("The token «{token}» of Instagram ended with a change of the password"),
        _NEW_TOKEN,
    ),
    "instagram.no_account": (
        mark("The token «{token}» leads to no business account of Instagram"),
        mark("Link the account to a page of Facebook and give the token rights to that page"),
    ),
    "instagram.own_only": (
        mark("The token «{token}» reads only its own account, and {handle} is another"),
        mark("Add a token of Facebook Login: smm token add NAME --kind oauth --network instagram"),
    ),
    "instagram.not_own": (
        mark("Only its owner sees the stories and the daily figures of {handle}"),
        mark("If it is yours, add its own token: smm token add NAME --kind oauth --network instagram"),
    ),
    "instagram.forbidden": (
        mark("Token «{token}» lacks a right in Instagram: {detail}"),
        mark("Allow what docs/networks/instagram.md lists, then: smm token replace {token}"),
    ),
    "instagram.limit": (
        mark("The limit of Instagram is nearly used up for token «{token}»: it rests for {minutes} min"),
        _NEXT_RUN,
    ),
    "instagram.bad_page": (
        mark("Instagram no longer knows the page of posts where the last sync stopped"),
        mark("Nothing to do: the next sync reads the posts anew"),
    ),
    "instagram.api": (
        mark("Instagram refused the request: {detail}"),
        mark("Nothing to do: the next sync asks again"),
    ),
}
