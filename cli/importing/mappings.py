"""Mappings of columns that were saved under a name, in the folder of the user's own things."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from connectors.private import write_private

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cli.context import Context


def saved_mapping(ctx: Context, name: str) -> dict[str, str]:
    """The mapping of this name: our names -> the columns. Raises UserError where there is none."""
    saved = _saved(_path(ctx))
    found = next((saved[known] for known in saved if known.casefold() == name.casefold()), None)
    if found is None:
        text = ctx.words.text
        known = ", ".join(sorted(saved))
        raise UserError(
            text("There is no saved mapping «{name}»", name=name),
            text("Saved are: {names}", names=known)
            if known
            else text("Save one with: smm import FILE --map OURS=COLUMN --save-mapping NAME"),
            Exit.USAGE,
        )
    return found


def save_mapping(ctx: Context, name: str, mapping: Mapping[str, str]) -> None:
    """Keep a mapping under a name, in place of an older one of that name. Raises OSError."""
    path = _path(ctx)
    others = {known: kept for known, kept in _saved(path).items() if known.casefold() != name.casefold()}
    path.parent.mkdir(parents=True, exist_ok=True)
    write_private(path, {"mappings": {**others, name: dict(mapping)}})


def _path(ctx: Context) -> Path:
    return ctx.state_folder() / "import-mappings.json"


def _saved(path: Path) -> dict[str, dict[str, str]]:
    """What is saved; a file that says nothing sensible is as none."""
    try:
        tree = json.loads(path.read_bytes())["mappings"]
        return {
            str(name): {str(field): str(column) for field, column in mapping.items()}
            for name, mapping in tree.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
