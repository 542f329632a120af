"""Tokens as they are sent: those of Instagram Login live for 60 days and are renewed before they end.

A renewed token is kept in the state directory, in a file that only its owner may read, under a mark of the
token of the settings: a replaced one begins anew. Tokens of Facebook Login cannot be renewed without the
application's secret, and those of system users need not be.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from connectors.base import ConnectorError, Secret, Setup, Token, Trouble, TroubleKind
from connectors.counting import RequestCount
from connectors.http import CallOptions, Http
from connectors.private import write_private

#: The parameter of a token that says by which login it was got, and the two there are.
LOGIN = "login"
FACEBOOK, INSTAGRAM = "facebook", "instagram"
HOSTS = {FACEBOOK: "https://graph.facebook.com", INSTAGRAM: "https://graph.instagram.com"}
#: A token is renewed when it is so old, and after a failure tried again so much later.
RENEW_AFTER = timedelta(days=3)
TRY_AGAIN_AFTER = timedelta(days=1)

_TOKEN = re.compile(r"[\x21-\x7e]{6,2000}")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A token, since when it is known, and when it was last tried to renew it."""

    secret: Secret
    since: datetime
    tried: datetime

    def is_due(self, now: datetime) -> bool:
        return now - self.since >= RENEW_AFTER and now - self.tried >= TRY_AGAIN_AFTER


def login_of(token: Token) -> str:
    """By which login a token was got: as its parameter says, else as it begins.

    Raises:
        ConnectorError: `instagram.token_login` for a parameter that names none.
    """
    told = token.params.get(LOGIN, "").strip().lower()
    if told and told not in HOSTS:
        raise ConnectorError(
            Trouble(TroubleKind.CONFIG, "instagram.token_login", facts={"token": token.name})
        )
    return told or (INSTAGRAM if token.secret.reveal().startswith("IG") else FACEBOOK)


@dataclass(slots=True)
class AccessTokens:
    """The tokens at hand, by the mark of those in the settings."""

    http: Http
    setup: Setup
    _known: dict[str, Secret] = field(default_factory=dict)
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def of(self, token: Token, spent: RequestCount) -> Secret:
        """What is to be sent for a token, renewed now where it is time.

        Raises:
            ConnectorError: `instagram.bad_token` for what can be no token, `instagram.token_login`.
        """
        if not _TOKEN.fullmatch(token.secret.reveal()):
            facts = {"token": token.name}
            raise ConnectorError(Trouble(TroubleKind.AUTH, "instagram.bad_token", facts=facts))
        if login_of(token) != INSTAGRAM or self.setup.state_dir is None:
            return token.secret
        mark = hashlib.sha256(token.secret.reveal().encode()).hexdigest()[:24]
        async with self._locks.setdefault(mark, asyncio.Lock()):
            if mark not in self._known:
                path = self.setup.state_dir / f"instagram-{mark}.json"
                self._known[mark] = await self._fresh(token, path, spent)
        return self._known[mark]

    async def _fresh(self, token: Token, path: Path, spent: RequestCount) -> Secret:
        now = self.setup.now()
        kept = _read(path)
        if kept is None:
            kept = _Kept(token.secret, now, now)
        elif kept.is_due(now):
            renewed = await self._renewed(token.name, kept.secret, spent)
            kept = replace(kept, tried=now) if renewed is None else _Kept(renewed, now, now)
        else:
            return kept.secret
        _write(path, kept)
        return kept.secret

    async def _renewed(self, name: str, secret: Secret, spent: RequestCount) -> Secret | None:
        """A new token for one that still works; None where there is none: the old one goes on."""
        url = f"{(self.setup.base_url or HOSTS[INSTAGRAM]).rstrip('/')}/refresh_access_token"
        params = {"grant_type": "ig_refresh_token", "access_token": secret.reveal()}
        try:
            answer = await self.http.get_json(url, params=params, options=CallOptions(spent=spent))
        except ConnectorError as error:
            _log.warning("the token %s of Instagram was not renewed: %s", name, error.trouble.code)
            return None
        told = answer.get("access_token")
        return Secret(told) if isinstance(told, str) and _TOKEN.fullmatch(told) else None


def _read(path: Path) -> _Kept | None:
    """What an earlier run kept; nothing where the file is missing or makes no sense."""
    try:
        return _parse(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        _log.warning("the kept token of Instagram cannot be read: %s", type(error).__name__)
        return None


def _parse(tree: Mapping[str, Any]) -> _Kept:
    secret = tree["access_token"]
    since, tried = (datetime.fromisoformat(tree[name]) for name in ("since", "tried"))
    is_token = isinstance(secret, str) and _TOKEN.fullmatch(secret)
    if not is_token or since.tzinfo is None or tried.tzinfo is None:
        raise ValueError
    return _Kept(Secret(secret), since, tried)


def _write(path: Path, kept: _Kept) -> None:
    tree = {
        "access_token": kept.secret.reveal(),
        "since": kept.since.isoformat(),
        "tried": kept.tried.isoformat(),
    }
    try:
        write_private(path, tree)
    except OSError as error:  # the run has its token; a later one tries to keep it again
        _log.warning("the token of Instagram cannot be kept: %s", error.strerror)
