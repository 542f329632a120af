"""Compile the catalogues: all `locale/<lang>/*.po` into one `locale/<lang>/smm.mo`.

`python -m wording.compile` writes them; `check()` tells what is missing, fuzzy or unused.
"""

from __future__ import annotations

import ast
import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wording.words import CATALOGUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).parent.parent
#: Where sentences are made.
SOURCES = ("cli", "connectors", "reports", "sync", "tui", "wording", "work")
LANGS = ("ru",)
#: The date in a compiled catalogue, so that the same texts are the same bytes.
_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)


def read_catalogue(lang: str) -> Catalog:
    """All areas of a language in one catalogue. Raises ValueError where two areas disagree."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    merged = Catalog(locale=lang, fuzzy=False)
    for path in sorted((CATALOGUES / lang).glob("*.po")):
        with path.open("rb") as file:
            area = read_po(file, locale=lang)
        for message in area:
            if not message.id:
                continue
            known = merged.get(message.id)
            if known is not None and known.string != message.string:
                raise ValueError(f"{path.name}: {message.id!r} is translated in two ways")
            merged.add(message.id, message.string, flags=message.flags)
    return merged


def compiled(lang: str) -> bytes:
    """The binary catalogue of a language, the same bytes for the same texts."""
    from babel.messages.mofile import write_mo

    buffer = io.BytesIO()
    catalogue = read_catalogue(lang)
    catalogue.creation_date = catalogue.revision_date = _ALWAYS
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def used_messages() -> Iterator[str | tuple[str, str]]:
    """Every message of the source code, plurals as pairs."""
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*.py")):
            yield from messages_of(path.read_text(encoding="utf-8"))


def messages_of(code: str) -> Iterator[str | tuple[str, str]]:
    """What `code` says or marks, within f-strings too; what it takes from a table is marked there."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
        match name, node.args:
            case "text" | "mark", [ast.Constant(value=str(message)), *_]:
                yield message
            case "plural" | "mark_plural", [
                ast.Constant(value=str(one)),
                ast.Constant(value=str(many)),
                *_,
            ]:
                yield one, many


def problems(lang: str) -> list[str]:
    """What keeps the catalogue of `lang` from being complete: missing, fuzzy and unused messages."""
    catalogue = read_catalogue(lang)
    used = set(used_messages())
    ids = {m.id if isinstance(m.id, str) else tuple(m.id) for m in catalogue if m.id}
    lines = [f"missing: {message!r}" for message in sorted(used - ids, key=str)]
    lines += [f"unused: {message!r}" for message in sorted(ids - used, key=str)]
    lines += [f"fuzzy or empty: {m.id!r}" for m in catalogue if m.id and (m.fuzzy or _is_empty(m))]
    return lines


def _is_empty(message: Message) -> bool:
    strings = (message.string,) if isinstance(message.string, str) else message.string or ("",)
    return not all(strings)


def main() -> int:
    """Compile every language and name what is incomplete."""
    found = False
    for lang in LANGS:
        (CATALOGUES / lang / "smm.mo").write_bytes(compiled(lang))
        for line in problems(lang):
            found = True
            sys.stderr.write(f"{lang}: {line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
