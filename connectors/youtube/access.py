"""Access by OAuth: a long-lived refresh token buys access tokens of an hour, which are kept till they end.

A token stands on one line as `CLIENT_SECRET:REFRESH_TOKEN`; the application's id is the parameter
`client_id` of the token. What is bought is kept in the state directory, in a file that only its owner
may read, so that runs within the hour share it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from connectors.base import ConnectorError, Secret, Setup, Token, Trouble, TroubleKind
from connectors.clean import clean
from connectors.counting import RequestCount
from connectors.http import CallOptions, Http
from connectors.numbers import parse_count
from connectors.private import write_private

BASE_URL = "https://oauth2.googleapis.com"
CLIENT_ID = "client_id"
#: An access token is given up so long before it ends.
SLACK = timedelta(minutes=2)

_PART = re.compile(r"[\x21-\x39\x3b-\x7e]{6,512}")
#: A token's own mistakes are explained with one of these.
_EXPLAINED = frozenset({400, 401, 403})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What access tokens are bought with."""

    client_id: str
    client_secret: Secret
    refresh_token: Secret

    @property
    def mark(self) -> str:
        """A name that tells these credentials from others and does not give them away."""
        told = f"{self.client_id}\n{self.client_secret.reveal()}\n{self.refresh_token.reveal()}"
        return hashlib.sha256(told.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class _Access:
    secret: Secret
    until: datetime


def credentials_of(token: Token) -> Credentials:
    """Take a token apart.

    Raises:
        ConnectorError: `youtube.token_form` or `youtube.no_client_id`.
    """
    client_secret, _, refresh_token = token.secret.reveal().partition(":")
    if not (_PART.fullmatch(client_secret) and _PART.fullmatch(refresh_token)):
        raise _wrong(token, "youtube.token_form")
    client_id = token.params.get(CLIENT_ID, "").strip()
    if not client_id:
        raise _wrong(token, "youtube.no_client_id")
    return Credentials(client_id, Secret(client_secret), Secret(refresh_token))


@dataclass(slots=True)
class AccessTokens:
    """The access tokens at hand, by the credentials that buy them."""

    http: Http
    setup: Setup
    _known: dict[str, _Access] = field(default_factory=dict)
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def of(self, token: Token, spent: RequestCount) -> Secret:
        """An access token that is good for some minutes, bought now where none is at hand.

        Raises:
            ConnectorError: `youtube.token_form`, `youtube.no_client_id`, `youtube.access_lost`,
                `youtube.bad_client`, or one of `http.*`.
        """
        credentials = credentials_of(token)
        async with self._locks.setdefault(credentials.mark, asyncio.Lock()):
            access = self._known.get(credentials.mark) or self._kept(credentials)
            if access is None or access.until - SLACK <= self.setup.now():
                access = await self._buy(token, credentials, spent)
                self._keep(credentials, access)
            self._known[credentials.mark] = access
        return access.secret

    def forget(self, token: Token, secret: Secret) -> None:
        """Give up an access token that was refused; a newer one of the same credentials stays."""
        credentials = credentials_of(token)
        access = self._known.get(credentials.mark)
        if access is not None and access.secret.reveal() == secret.reveal():
            self._known[credentials.mark] = _Access(secret, datetime.min.replace(tzinfo=UTC) + SLACK)

    async def _buy(self, token: Token, credentials: Credentials, spent: RequestCount) -> _Access:
        url = f"{(self.setup.base_url or BASE_URL).rstrip('/')}/token"
        form = {
            "grant_type": "refresh_token",
            "client_id": credentials.client_id,
            "client_secret": credentials.client_secret.reveal(),
            "refresh_token": credentials.refresh_token.reveal(),
        }
        asked = self.setup.now()
        options = CallOptions(spent=spent, answers=_EXPLAINED)
        document = await self.http.get_document(url, form=form, options=options)
        answer = document.value if isinstance(document.value, dict) else {}
        secret, seconds = answer.get("access_token"), parse_count(answer.get("expires_in"))
        if document.status != 200 or not isinstance(secret, str) or not _PART.fullmatch(secret):
            raise _refused(token, answer)
        return _Access(Secret(secret), asked + timedelta(seconds=min(seconds or 0, 86_400)))

    def _path(self, credentials: Credentials) -> Path | None:
        state = self.setup.state_dir
        return None if state is None else state / f"youtube-{credentials.mark}.json"

    def _kept(self, credentials: Credentials) -> _Access | None:
        """What an earlier run kept; nothing where the file is missing or makes no sense."""
        path = self._path(credentials)
        try:
            kept = json.loads(path.read_text("utf-8")) if path is not None else None
            return None if kept is None else _access(kept)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError) as error:
            _log.warning("the kept access of YouTube cannot be read: %s", type(error).__name__)
            return None

    def _keep(self, credentials: Credentials, access: _Access) -> None:
        path = self._path(credentials)
        if path is None:
            return
        kept = {"access_token": access.secret.reveal(), "until": access.until.isoformat()}
        try:
            write_private(path, kept)
        except OSError as error:  # the run has its access; the next one buys its own
            _log.warning("the access of YouTube cannot be kept: %s", error.strerror)


def _access(kept: Mapping[str, Any]) -> _Access:
    until = datetime.fromisoformat(kept["until"])
    secret = kept["access_token"]
    if until.tzinfo is None or not isinstance(secret, str) or not _PART.fullmatch(secret):
        raise ValueError
    return _Access(Secret(secret), until)


def _refused(token: Token, answer: Mapping[str, Any]) -> ConnectorError:
    reason = clean(str(answer.get("error", "")))
    facts = {"token": token.name}
    if reason in {"invalid_client", "unauthorized_client", "deleted_client"}:
        return ConnectorError(Trouble(TroubleKind.AUTH, "youtube.bad_client", reason, facts))
    if reason == "invalid_grant":
        return ConnectorError(Trouble(TroubleKind.AUTH, "youtube.access_lost", reason, facts))
    return ConnectorError(Trouble(TroubleKind.RETRY, "youtube.api", reason or "oauth", facts))


def _wrong(token: Token, code: str) -> ConnectorError:
    return ConnectorError(Trouble(TroubleKind.CONFIG, code, facts={"token": token.name}))
