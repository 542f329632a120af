"""What SQLite, the system and the TOML parser say in English, as parts of our sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wording.words import mark

if TYPE_CHECKING:
    from wording.words import Words

#: Shape of the English words -> our message, its {placeholders} filled from the shape's groups.
_KNOWN: tuple[tuple[str, str], ...] = (
    ("file is not a database", mark("the file is no database")),
    ("database disk image is malformed", mark("the file is broken inside")),
    ("the file or its folder is read-only", mark("the file or its folder is read-only")),
    ("the disk could not be read or written|disk I/O error", mark("the disk could not be read or written")),
    ("the disk is full|database or disk is full|No space left on device", mark("the disk is full")),
    ("the file cannot be opened|unable to open database file", mark("the file cannot be opened")),
    (
        "only SQLite files are supported: give the path of a file",
        mark("only SQLite files are supported: give the path of a file"),
    ),
    (
        r"SQLite (?P<needed>[\d.]+) or newer is needed, this is (?P<found>[\d.]+)",
        mark("SQLite {needed} or newer is needed, this is {found}"),
    ),
    ("Permission denied|Operation not permitted", mark("no rights to it")),
    ("No such file or directory", mark("no such file or folder")),
    ("Is a directory", mark("it is a folder")),
    ("Not a directory", mark("a part of the path is no folder")),
    ("Read-only file system", mark("the disk is read-only")),
    ("Too many open files", mark("too many open files")),
    ("File name too long", mark("the name is too long")),
    ("Disk quota exceeded", mark("the quota of the disk is used up")),
    ("Exec format error", mark("it is no program of this computer")),
    ("File exists", mark("it is there already")),
    ("Directory not empty", mark("the folder is not empty")),
    ("Device or resource busy|Text file busy", mark("another program uses it")),
    ("Too many levels of symbolic links", mark("its links lead in a circle")),
    ("Input/output error", mark("the disk could not be read or written")),
    ("Invalid value", mark("no value that TOML knows: texts stand in quotes")),
    ("Invalid statement", mark("no line of settings: it is written key = value")),
    ("Expected '=' after a key in a key/value pair", mark("= is missing after the key")),
    ("Expected newline or end of document after a statement", mark("something stands after the value")),
    (
        r"Unterminated string|Illegal character '\\n'|Unescaped '\\\\' in a string",
        mark("a quote or a backslash in a text is wrong"),
    ),
    (r"Unclosed array", mark("a list is not closed: ] is missing")),
    (
        r"Unclosed inline table|Expected '\]' at the end of a table declaration|Expected '\]\]' .*",
        mark("a bracket is missing"),
    ),
    ("Invalid initial character for a key part", mark("a key is missing")),
)


def detail_text(words: Words, detail: str) -> str:
    """The detail in the language of `words`; what is not known here is English, and in Russian left out."""
    told = detail.partition(" (")[0].strip()
    for shape, message in _KNOWN:
        found = re.fullmatch(shape, told)
        if found:
            return words.text(message, **found.groupdict())
    return detail if words.lang == "en" else ""


def os_detail(words: Words, error: OSError) -> str:
    """What the system says of a file, in the language of `words`; by its number where that is not known."""
    said = error.strerror or str(error)
    return detail_text(words, said) or words.text("the system's error {number}", number=error.errno or 0)


def in_brackets(words: Words, detail: str) -> str:
    """The detail as it stands at the end of a sentence, or nothing: « (диск переполнен)»."""
    text = detail_text(words, detail)
    return f" ({text})" if text else ""
