"""What a run is given of the settings: networks, and a way to open a token by its name."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock

from connectors.base import ConnectorError, Token, Trouble, TroubleKind
from store.contract import Writer

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """One network: the names of its tokens, and addresses that replace its own (None: its own)."""

    tokens: tuple[str, ...] = ()
    base_url: str | None = None
    preview_base_url: str | None = None
    proxy: str | None = field(default=None, repr=False)  # may hold a password


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """The settings of a run.

    `open_token` fetches a named secret when it is needed; it raises ConnectorError where that
    cannot be done. `lock_file` lies beside the store: whoever holds it is the one run.
    `user_agent` is how the program calls itself to networks, `state_dir` is where connectors keep sessions
    and refreshed tokens (None: nowhere). `match` finds out which topics the posts
    that came are about, so many at each step; between two steps it may be left (None: nobody does).
    """

    lock_file: Path
    open_token: Callable[[str], Token]
    networks: Mapping[str, NetworkSettings] = field(default_factory=dict)
    user_agent: str = "smart-smm"
    state_dir: Path | None = None
    match: Callable[[Writer, datetime], Iterable[int]] | None = None

    def network(self, name: str) -> NetworkSettings:
        """The settings of a network; the defaults where there are none."""
        return self.networks.get(name, NetworkSettings())


class Keyring:
    """The tokens of one run: each is opened at most once, from any thread."""

    def __init__(self, open_token: Callable[[str], Token]) -> None:
        self._open_token = open_token
        self._opened: dict[str, Token | Trouble] = {}
        self._lock = Lock()

    def take(self, names: Iterable[str]) -> tuple[tuple[Token, ...], tuple[Trouble, ...]]:
        """The tokens of these names, and the troubles of those that could not be opened."""
        found = [self._get(name) for name in dict.fromkeys(names)]
        return (
            tuple(token for token in found if isinstance(token, Token)),
            tuple(trouble for trouble in found if isinstance(trouble, Trouble)),
        )

    def _get(self, name: str) -> Token | Trouble:
        with self._lock:
            if name not in self._opened:
                self._opened[name] = self._open(name)
            return self._opened[name]

    def _open(self, name: str) -> Token | Trouble:
        try:
            return self._open_token(name)
        except ConnectorError as error:
            return error.trouble
        except Exception:  # noqa: BLE001 - one token's edge: the accounts that need another go on
            _log.exception("token %s cannot be opened", name)
            return Trouble(TroubleKind.CONFIG, "sync.token_broken", facts={"token": name})
