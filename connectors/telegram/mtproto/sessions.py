"""The sessions of users: one file a token in the state directory, which only its owner may read.

A session opens the whole Telegram account of the user who logged in. It stands in no other place.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors.base import ConnectorError, Secret, Token, Trouble, TroubleKind
from connectors.private import write_private

_FOLDER = "telegram"
_VERSION = 1
#: Fits what Telegram tells with room to spare; a file that is larger is none of ours.
_MOST_BYTES = 5_000_000

#: A channel's number and the hash by which this user may ask for it.
Address = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Session:
    """What is kept of a login: the session, and the addresses of channels, which are dear to ask for."""

    text: Secret
    channels: Mapping[str, Address] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sessions:
    """The files of all sessions under the state directory; without one nothing is kept."""

    state_dir: Path | None

    def path(self, name: str) -> Path | None:
        """Where the session of a token lies."""
        return None if self.state_dir is None else self.state_dir / _FOLDER / f"{name}.json"

    def exists(self, name: str) -> bool:
        """Whether the token has a session, readable or not."""
        path = self.path(name)
        return path is not None and os.path.lexists(path)

    def read(self, token: Token) -> Session:
        """The token's session.

        Raises:
            ConnectorError: `telegram.no_session`, `telegram.open_session` or `telegram.broken_session`.
        """
        path = self.path(token.name)
        facts = {"token": token.name}
        if path is None:
            raise ConnectorError(Trouble(TroubleKind.AUTH, "telegram.no_session", facts=facts))
        try:
            if _is_open(path):
                raise ConnectorError(
                    Trouble(TroubleKind.CONFIG, "telegram.open_session", facts={**facts, "path": str(path)})
                )
            return _parsed(path.read_bytes()[:_MOST_BYTES])
        except FileNotFoundError:
            raise ConnectorError(Trouble(TroubleKind.AUTH, "telegram.no_session", facts=facts)) from None
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            raise ConnectorError(Trouble(TroubleKind.AUTH, "telegram.broken_session", facts=facts)) from None

    def write(self, name: str, session: Session) -> None:
        """Keep a session in the place of the older one. Raises OSError."""
        path = self.path(name)
        if path is None:
            return
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        channels = {handle: list(address) for handle, address in session.channels.items()}
        write_private(path, {"version": _VERSION, "session": session.text.reveal(), "channels": channels})

    def remove(self, name: str) -> None:
        """Delete a session; nothing where there is none. Raises OSError."""
        path = self.path(name)
        if path is not None:
            path.unlink(missing_ok=True)


def _is_open(path: Path) -> bool:
    """Whether others may read the file."""
    return sys.platform != "win32" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _parsed(content: bytes) -> Session:
    kept: Any = json.loads(content)
    text, channels = kept["session"], kept["channels"]
    if kept["version"] != _VERSION or not isinstance(text, str) or not text:
        raise ValueError
    return Session(Secret(text), {str(name): _address(value) for name, value in channels.items()})


def _address(value: Any) -> Address:  # noqa: ANN401 - whatever the file holds
    number, access_hash = value
    if not (isinstance(number, int) and isinstance(access_hash, int)):
        raise TypeError
    return number, access_hash
