"""Keys as they arrive when the Russian layout is on: the terminal then sends ЙЦУКЕН letters."""

from __future__ import annotations

import unicodedata

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?~"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю.ёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,Ё"
_TWINS = dict(zip(_LATIN, _RUSSIAN, strict=True))

_SHOWN = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "delete": "Del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
}


def twin(key: str) -> str | None:
    """What the same physical key sends in the Russian layout; None where that is the same key."""
    return _TWINS.get(key)


def textual_name(key: str) -> str:
    """The name by which Textual knows a key; characters other than letters have long names."""
    if len(key) > 1 or key.isalnum():
        return key
    return {"+": "plus", "-": "minus", "/": "slash"}.get(
        key, unicodedata.name(key).lower().replace("-", "_").replace(" ", "_").replace("solidus", "slash")
    )


def with_twins(keys: tuple[str, ...]) -> str:
    """All keys and their Russian twins, as a binding takes them."""
    every = [key for latin in keys for key in (latin, twin(latin)) if key]
    return ",".join(textual_name(key) for key in dict.fromkeys(every))


def shown(key: str) -> str:
    """A key as help and the footer show it."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return _SHOWN.get(key, key.upper() if key[0] == "f" and key[1:].isdigit() else key)
