"""Writing the settings: the first file of `smm init`, and tokens put into it, comments kept."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.exits import Exit, UserError

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
    return installed if installed.exists() else folder.parent / "config.example.toml"


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
        known = [had] if isinstance(had, str) else list(had or ())
        if name not in known:
            known.append(name)
        table["token"] = known if had is not None else name
    return tree


def _named_by_network(text: str, network: str, name: str, *, has_token: bool, newline: str) -> str:
    """The text with the token named in the table of the network, or as it was where that is not found."""
    header = re.compile(
        rf"^[ \t]*\[[ \t]*networks[ \t]*\.[ \t]*([\"']?){re.escape(network)}\1[ \t]*\][^\n]*$", re.MULTILINE
    )
    found = header.search(text)
    if found is None:
        return text
    start = found.end()
    following = _HEADER.search(text, start)
    end = following.start() if following else len(text)
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
    """Replace the settings in one step; a link is followed, the mode of an older file kept."""
    target = path.resolve()
    mode = target.stat().st_mode & 0o777 if target.exists() else SECRET_MODE
    write_atomically(target, text.encode(), mode)


def write_secret(path: Path, secret: str) -> None:
    """Write a token's file, for its owner's eyes only."""
    write_atomically(path, f"{secret}\n".encode(), SECRET_MODE)


def write_atomically(path: Path, content: bytes, mode: int) -> None:
    """Write a file so that it is there whole or as it was before. Raises OSError."""
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            if sys.platform != "win32":
                os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
