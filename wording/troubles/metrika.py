"""What goes wrong with counters of Yandex Metrica."""

from wording.words import mark

TROUBLES: dict[str, tuple[str, str]] = {
    "metrika.bad_token": (
        mark("Metrica does not know the token «{token}»"),
        mark("Get a new one at oauth.yandex.ru with the right metrika:read: smm token replace {token}"),
    ),
    "metrika.token_kind": (
        mark("Token «{token}» is of kind {kind}; Metrica takes an OAuth token"),
        mark('Write kind = "oauth" in [tokens.{token}]'),
    ),
    "metrika.bad_source": (
        mark("«{source}» cannot be a UTM source"),
        mark('Write the names with commas between: utm_source = "vk, telegram"'),
    ),
    "metrika.no_access": (
        mark("The token «{token}» may not see counter {handle}"),
        mark("Ask the counter's owner for access to its reports (Settings, Access)"),
    ),
    "metrika.not_found": (
        mark("There is no counter {handle} in Metrica"),
        mark("Take its number from the address of the report and add it anew: smm account add LINK"),
    ),
    "metrika.api": (
        mark("Metrica refused the report: {detail}"),
        mark("Nothing to do: the next sync tries again"),
    ),
}

GONE = frozenset({"metrika.not_found"})
