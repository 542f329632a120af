"""What a call of Odnoklassniki is signed with, and the signature itself.

A token stands on one line as `ACCESS_TOKEN:SESSION_SECRET_KEY`; the application's public key is the
parameter `application_key` of the token. The application's own secret is never needed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from connectors.base import ConnectorError, Secret, Token, Trouble, TroubleKind

APPLICATION_KEY = "application_key"

_SESSION_SECRET = re.compile(r"[0-9A-Za-z]{8,128}")


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user's access in an application: `session_secret` signs and is never sent."""

    access_token: Secret
    session_secret: Secret
    application_key: str

    def signed(self, params: Mapping[str, str]) -> dict[str, str]:
        """The parameters of a call with everything that makes it valid."""
        told = {**params, APPLICATION_KEY: self.application_key, "format": "json"}
        sig = signature(told, self.session_secret.reveal())
        return {**told, "sig": sig, "access_token": self.access_token.reveal()}

    def hidden_in(self, text: str) -> str:
        """The text without the two secrets, should the network repeat one."""
        for secret in (self.access_token, self.session_secret):
            text = text.replace(secret.reveal(), "***")
        return text


def credentials_of(token: Token) -> Credentials:
    """Take a token apart.

    The access token may hold colons itself, so the last one parts the two.

    Raises:
        ConnectorError: `ok.token_form` or `ok.no_application_key`.
    """
    access_token, _, session_secret = token.secret.reveal().rpartition(":")
    if not access_token or not _SESSION_SECRET.fullmatch(session_secret):
        raise _wrong(token, "ok.token_form")
    application_key = token.params.get(APPLICATION_KEY, "").strip()
    if not application_key:
        raise _wrong(token, "ok.no_application_key")
    return Credentials(Secret(access_token), Secret(session_secret), application_key)


def signature(params: Mapping[str, str], session_secret: str) -> str:
    """The signature of a call: its parameters, sorted, without the access token."""
    text = "".join(f"{name}={params[name]}" for name in sorted(params))
    return hashlib.md5(f"{text}{session_secret}".encode(), usedforsecurity=False).hexdigest()


def _wrong(token: Token, code: str) -> ConnectorError:
    return ConnectorError(Trouble(TroubleKind.CONFIG, code, facts={"token": token.name}))
