"""A text file that appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

_READABLE = 0o644


@contextmanager
def whole_file(path: str | Path, *, bom: bool = False, mode: int | None = None) -> Iterator[TextIO]:
    """A file to write UTF-8 to; it takes its place when all is written, nothing changes on a failure.

    Args:
        path: where it shall be; a link is followed, an existing file is replaced.
        bom: begin with a byte-order mark.
        mode: the rights of the file; None for those of an existing one, else what the umask leaves.

    Raises:
        OSError: it cannot be written there.
    """
    target = Path(path).expanduser().resolve()
    if mode is None:
        mode = target.stat().st_mode & 0o777 if target.exists() else _READABLE & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
