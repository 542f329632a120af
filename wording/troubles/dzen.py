"""What goes wrong with channels of Dzen, whose figures nobody promises."""

from wording.words import mark

_IMPORT = mark("Nothing to do: the next sync tries again; meanwhile a file can be read: smm import FILE")

TROUBLES: dict[str, tuple[str, str]] = {
    "dzen.not_found": (
        mark("There is no channel {handle} at Dzen"),
        mark("Open the channel in a browser and add the address it has there: smm account add LINK"),
    ),
    "dzen.wall": (
        mark("Dzen shows a page for people instead of figures (a sign-in or a check for robots)"),
        _IMPORT,
    ),
    "dzen.changed": (
        mark("Dzen answers in another form than it used to ({detail}); its figures are not official"),
        _IMPORT,
    ),
    "dzen.no_tokens": (
        mark("Dzen takes no tokens: public channels are read without"),
        mark("Remove it with: smm token remove {token}"),
    ),
}

GONE = frozenset({"dzen.not_found"})
