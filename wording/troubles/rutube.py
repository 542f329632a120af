"""What goes wrong with channels of Rutube, whose figures nobody promises."""

from wording.words import mark

_IMPORT = mark("Nothing to do: the next sync tries again; meanwhile a file can be read: smm import FILE")

TROUBLES: dict[str, tuple[str, str]] = {
    "rutube.not_found": (
        mark("There is no channel {handle} at Rutube"),
        mark("Open the channel in a browser and add the address it has there: smm account add LINK"),
    ),
    "rutube.wall": (
        mark("Rutube shows a page for people instead of figures (a sign-in or a check for robots)"),
        _IMPORT,
    ),
    "rutube.changed": (
        mark("Rutube answers in another form than it used to ({detail}); its figures are not official"),
        _IMPORT,
    ),
    "rutube.no_tokens": (
        mark("Rutube takes no tokens: public channels are read without"),
        mark("Remove it with: smm token remove {token}"),
    ),
}

GONE = frozenset({"rutube.not_found"})
