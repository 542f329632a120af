"""Writing the settings: the first file of `smm init`, and tokens put into it, comments kept."""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.exits import Exit, UserError
from cli.whole_file import whole_file

if TYPE_CHECKING:
    from wording.words import Words

_BOM = "\ufeff"
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_TEXT_VALUE = re.compile(r"^([ \t]*token[ \t]*=[ \t]*)(\"[^\"\n]*\"|'[^'\n]*')", re.MULTILINE)
_LIST_VALUE = re.compile(r"^([ \t]*token[ \t]*=[ \t]*\[)([^\]]*)(\])", re.MULTILINE)
FOLDER_MODE = 0o700
SECRET_MODE = 0o600


def short_config(language: str, timezone: str, words: Words) -> str:
    """The settings that a new user starts with."""
    text = words.text
    return "\n".join(
        (
            "# " + text("The settings of SMART SMM. Every setting stands with an example in:"),
            f"# {example_path()}",
            "",
            "[general]",
            f"language = {quoted(language)}  # ru, en",
            f"timezone = {quoted(timezone)}  # " + text("in which new clients work"),
            "# author = " + quoted(text("Anna")) + "  # " + text("who stands beside your changes"),
            "",
            "# " + text("Secrets do not belong here. Put a token in with: smm token add NAME"),
            "",
        )
    )


def example_path() -> Path:
    """The example of all settings that comes with the program."""
    folder = Path(__file__).parent
    installed = folder / "config.example.toml"
    return installed if installed.exists() else folder.parent.parent / "config.example.toml"


def quoted(value: str) -> str:
    """The text as TOML writes it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in escaped) + '"'


def read_settings(path: Path) -> str:
    """The file as it stands, byte-order mark and line ends with it; empty where there is none."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""


def with_token(before: str, name: str, kind: str, file: str, network: str | None, words: Words) -> str:
    """The settings with `[tokens.NAME]` put in, and named by the network beside its other tokens.

    Comments and the order of everything stay as they are.

    Raises:
        UserError: the file is written in a way that is not safe to edit; what to add is told.
    """
    newline = "\r\n" if "\r\n" in before else "\n"
    lines = [f"[tokens.{_key(name)}]", f"kind = {quoted(kind)}", f"file = {quoted(file)}"]
    text = before.rstrip()
    old = tomllib.loads(before.removeprefix(_BOM))
    if network is not None:
        named = old.get("networks", {}).get(network)
        if named is None:
            lines += ["", f"[networks.{_key(network)}]", f"token = {quoted(name)}"]
        else:
            text = _named_by_network(text, network, name, has_token="token" in named, newline=newline)
    after = (text + newline * 2 if text.removeprefix(_BOM) else text) + newline.join([*lines, ""])
    if _parsed(after) != _expected(old, name, kind, file, network):
        raise UserError(
            words.text("The settings cannot be edited safely; nothing was written"),
            words.text("Put this into the file by hand, then repeat: {lines}", lines="\n" + "\n".join(lines)),
            Exit.USAGE,
        )
    return after


def without_token(before: str, name: str, words: Words) -> str:
    """The settings with `[tokens.NAME]` taken out, and with it the name from the networks' lists.

    Other comments and the order of everything stay as they are.

    Raises:
        UserError: the file is written in a way that is not safe to edit; what to take out is told.
    """
    old = tomllib.loads(before.removeprefix(_BOM))
    wanted = _expected_without(old, name)
    text = _without_tables(before, name)
    for network in _networks_naming(old, name):
        text = _unnamed_by_network(text, network, _names(wanted["networks"][network].get("token")))
    after = _parsed(text)
    if after is None or {"tokens": {}, **after} != wanted:
        raise UserError(
            words.text("The settings cannot be edited safely; nothing was written"),
            words.text("Take out [tokens.{key}] and its name under networks by hand", key=_key(name)),
            Exit.USAGE,
        )
    return text


def _networks_naming(tree: dict[str, Any], name: str) -> list[str]:
    networks: dict[str, Any] = tree.get("networks", {})
    return [network for network, table in networks.items() if name in _names(table.get("token"))]


def _names(token: str | list[str] | None) -> list[str]:
    return [token] if isinstance(token, str) else list(token or ())


def _expected_without(old: dict[str, Any], name: str) -> dict[str, Any]:
    tree = deepcopy(old)
    del tree["tokens"][name]
    for network in _networks_naming(tree, name):
        table = tree["networks"][network]
        left = [known for known in _names(table["token"]) if known != name]
        if left:
            table["token"] = left
        else:
            del table["token"]
    return tree


def _without_tables(text: str, name: str) -> str:
    """The text without `[tokens.NAME]` and the tables below it, each up to the next header."""
    header = re.compile(
        rf"^[ \t]*\[[ \t]*tokens[ \t]*\.[ \t]*([\"']?){re.escape(name)}\1[ \t]*(\.[^\]\n]*)?\][^\n]*$",
        re.MULTILINE,
    )
    while (found := header.search(text)) is not None:
        following = _HEADER.search(text, found.end())
        end = following.start() if following else len(text)
        text = text[: found.start()] + _comments_below(text[found.end() : end]) + text[end:]
    return text


def _comments_below(table: str) -> str:
    """The comments that a blank line sets off from a table: they belong to what follows."""
    lines = table.splitlines(keepends=True)
    start = len(lines)
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return "".join(lines[start:]) if start and not lines[start - 1].strip() else ""


def _unnamed_by_network(text: str, network: str, left: list[str]) -> str:
    """The text with only the tokens of `left` named in the table of the network."""
    span = _network_span(text, network)
    if span is None:
        return text
    start, end = span
    table = text[start:end]
    shape = _TEXT_VALUE if _TEXT_VALUE.search(table) else _LIST_VALUE
    found = shape.search(table)
    if found is None or "#" in found[2]:  # a comment between the names would be lost
        return text
    if left:
        table = table[: found.start(2)] + ", ".join(map(quoted, left)) + table[found.end(2) :]
    else:
        line_end = table.find("\n", found.end())
        table = table[: found.start()] + (table[line_end + 1 :] if line_end >= 0 else "")
    return text[:start] + table + text[end:]


def _network_span(text: str, network: str) -> tuple[int, int] | None:
    """Where the body of the network's table stands."""
    header = re.compile(
        rf"^[ \t]*\[[ \t]*networks[ \t]*\.[ \t]*([\"']?){re.escape(network)}\1[ \t]*\][^\n]*$", re.MULTILINE
    )
    found = header.search(text)
    if found is None:
        return None
    following = _HEADER.search(text, found.end())
    return found.end(), following.start() if following else len(text)


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else quoted(name)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text.removeprefix(_BOM))
    except tomllib.TOMLDecodeError:
        return None


def _expected(old: dict[str, Any], name: str, kind: str, file: str, network: str | None) -> dict[str, Any]:
    tree = deepcopy(old)
    tree.setdefault("tokens", {})[name] = {"kind": kind, "file": file}
    if network is not None:
        table = tree.setdefault("networks", {}).setdefault(network, {})
        had = table.get("token")
        known = _names(had)
        if name not in known:
            known.append(name)
        table["token"] = known if had is not None else name
    return tree


def _named_by_network(text: str, network: str, name: str, *, has_token: bool, newline: str) -> str:
    """The text with the token named in the table of the network, or as it was where that is not found."""
    span = _network_span(text, network)
    if span is None:
        return text
    start, end = span
    table = text[start:end]
    if not has_token:
        table = f"{newline}token = {quoted(name)}{table or newline}"
    elif _TEXT_VALUE.search(table):
        table = _TEXT_VALUE.sub(lambda old: f"{old[1]}[{old[2]}, {quoted(name)}]", table, count=1)
    else:
        table = _LIST_VALUE.sub(lambda old: f"{old[1]}{_longer(old[2], name)}{old[3]}", table, count=1)
    return text[:start] + table + text[end:]


def _longer(body: str, name: str) -> str:
    """The inside of a list with one more name; what stands after the last comma or line stays there."""
    items = body.rstrip()
    tail = body[len(items) :]
    if not items:
        return quoted(name)
    return f"{items.removesuffix(',')}, {quoted(name)}{tail}"


def write_settings(path: Path, text: str) -> None:
    """Replace the settings in one step; the mode of an older file is kept. Raises OSError."""
    _write(path, text, None if path.exists() else SECRET_MODE)


def write_secret(path: Path, secret: str) -> None:
    """Write a token's file, for its owner's eyes only. Raises OSError."""
    _write(path, f"{secret}\n", SECRET_MODE)


def _write(path: Path, text: str, mode: int | None) -> None:
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    with whole_file(path, mode=mode) as file:
        file.write(text)
