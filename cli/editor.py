"""A text in the user's own editor: in a private file, and never lost."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.details import os_detail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cli.context import Context

#: Taken where neither VISUAL nor EDITOR is set, the first one that is there.
_USUAL = ("notepad",) if os.name == "nt" else ("nano", "vi")
#: Editors that work in the terminal itself.
_IN_TERMINAL = frozenset(
    {"vi", "vim", "nvim", "nano", "pico", "micro", "hx", "helix", "mcedit", "joe", "ne", "ed", "kak"}
)


@contextmanager
def private_file(ctx: Context, text: str, name: str, kept: Callable[[Path], str]) -> Iterator[Path]:
    """A file that its owner alone may read, in a folder of its own, for as long as it is worked on.

    When the block ends well it is removed, with whatever an editor left beside it. Whatever else ends
    the block, a changed text stays and its place is told.

    Args:
        ctx: where that is told.
        text: what stands in the file at first.
        name: the name of the file.
        kept: the sentence about a text that stays at a path.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"smm-{Path(name).stem}-"))  # its owner's alone (0700)
    path = folder / name
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    try:
        yield path
    except BaseException:
        if path.exists() and path.read_bytes() != text.encode():
            ctx.say(kept(path))
        else:
            shutil.rmtree(folder)
        raise
    shutil.rmtree(folder)


def open_editor(ctx: Context, path: Path) -> None:
    """Open the file in the user's editor and wait until it is closed.

    Raises:
        UserError: there is no editor, it cannot be started, or it says that it failed.
    """
    text = ctx.words.text
    command = _command(ctx)
    step = text("Name another editor: {example}", example="EDITOR=nano smm …")
    try:
        done = subprocess.run([*command, str(path)], check=False)  # noqa: S603 - the user's own choice
    except OSError as error:
        name, reason = shlex.join(command), os_detail(ctx.words, error)
        raise UserError(
            text("The editor cannot be started: {name} ({reason})", name=name, reason=reason), step
        ) from error
    if done.returncode:
        raise UserError(
            text("The editor failed (code {code}): {name}", code=done.returncode, name=shlex.join(command)),
            step,
        )


def needs_terminal(ctx: Context) -> bool:
    """Whether the user's editor works in the terminal itself. Raises UserError where no editor is known."""
    return Path(_command(ctx)[0]).stem.casefold() in _IN_TERMINAL


def _command(ctx: Context) -> list[str]:
    """The words of VISUAL or EDITOR, else the usual editor that is there."""
    named = ctx.environ.get("VISUAL") or ctx.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named, posix=os.name != "nt")
    except ValueError:
        command = [named]
    if command:
        return command
    usual = next((name for name in _USUAL if shutil.which(name)), None)
    if usual is None:
        raise UserError(
            ctx.words.text("No editor is known"),
            ctx.words.text("Name one: {example}", example="EDITOR=nano smm …"),
            Exit.USAGE,
        )
    return [usual]
