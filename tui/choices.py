"""Language and colours as the user has chosen them with a key: remembered for the next start.

A choice stands in the place of what the settings said when it was made; settings that say something else
since are newer than the choice, so they hold again.
"""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from connectors.private import write_private
from tui.themes import find_theme
from wording.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

_writing = Lock()


class Look(NamedTuple):
    """The language (ru, en) and the name of the theme."""

    language: str
    theme: str


def choices_path(folder: Path) -> Path:
    """The file of the choices in the folder of the user's own things."""
    return folder / "look.json"


def chosen_look(path: Path, settings: Look) -> Look:
    """The look to begin with; a file that says nothing sensible is as none."""
    try:
        tree = json.loads(path.read_bytes())
        chosen, replaced = Look(**tree["chosen"]), Look(**tree["settings"])
        language = chosen.language if replaced.language == settings.language else settings.language
        theme = find_theme(chosen.theme) if replaced.theme == settings.theme else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return settings
    return Look(language if language in LANGUAGES else settings.language, theme or settings.theme)


def keep_look(path: Path, settings: Look, chosen: Callable[[], Look]) -> None:
    """Remember what is `chosen` now in the place of what the settings say. Raises OSError.

    Of several threads the last one to write asks last, so that the newest choice stays.
    """
    with _writing:
        write_private(path, {"chosen": chosen()._asdict(), "settings": settings._asdict()})
