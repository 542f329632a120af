"""Keys as they arrive when the Russian layout is on: the terminal then sends ЙЦУКЕН letters."""

from __future__ import annotations

import unicodedata

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?~"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю.ёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,Ё"
_TWINS = dict(zip(_LATIN, _RUSSIAN, strict=True))

#: What Alt with a digit sends on a Mac, where Option with it types a sign, by Textual's names.
_MAC = {
    f"alt+{digit}": sign
    for digit, sign in enumerate(
        (
            "inverted_exclamation_mark", "trade_mark_sign", "pound_sign", "cent_sign", "infinity",
            "section_sign", "pilcrow_sign", "bullet", "ª",
        ),
        1,
    )
}  # fmt: skip

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


def is_typed(key: str) -> bool:
    """Whether the key types a sign, so that it does nothing else where one types."""
    return len(key) == 1 or key == "space"


def is_alt(key: str) -> bool:
    """Whether what arrived is a key with Alt, be it sent as the sign that a Mac types for it."""
    return key.startswith("alt+") or key in _MAC.values()


def textual_name(key: str) -> str:
    """The name by which Textual knows a key; characters other than letters have long names."""
    if len(key) > 1 or key.isalnum():
        return key
    return {"+": "plus", "-": "minus", "/": "slash"}.get(
        key, unicodedata.name(key).lower().replace("-", "_").replace(" ", "_").replace("solidus", "slash")
    )


def with_twins(keys: tuple[str, ...]) -> str:
    """All keys, their Russian twins and what a Mac sends for them, as a binding takes them."""
    every = [key for latin in keys for key in (latin, twin(latin), _MAC.get(latin)) if key]
    return ",".join(textual_name(key) for key in dict.fromkeys(every))


def shown(key: str) -> str:
    """A key as help and the footer show it."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    if modifiers:
        return "+".join(
            [*(each.capitalize() for each in modifiers), last.upper() if len(last) == 1 else shown(last)]
        )
    return _SHOWN.get(key, key.upper() if key[0] == "f" and key[1:].isdigit() else key)
