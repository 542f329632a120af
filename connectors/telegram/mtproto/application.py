"""The application on whose behalf a user logs in: what stands in a token of kind `user`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from connectors.base import ConnectorError, Secret, Token, Trouble, TroubleKind

_ID = re.compile(r"[1-9][0-9]{0,9}")
_HASH = re.compile(r"[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True)
class Application:
    """An application of my.telegram.org."""

    api_id: int
    api_hash: Secret

    @property
    def text(self) -> Secret:
        """The application as a token's secret, on one line: `API_ID:API_HASH`."""
        return Secret(f"{self.api_id}:{self.api_hash.reveal()}")


def parse_application(api_id: str, api_hash: str) -> Application | None:
    """The application out of its two parts; None where they are not such parts."""
    api_id, api_hash = api_id.strip(), api_hash.strip()
    if not (is_api_id(api_id) and is_api_hash(api_hash)):
        return None
    return Application(int(api_id), Secret(api_hash))


def is_api_id(text: str) -> bool:
    """Whether it may be an application's number."""
    return _ID.fullmatch(text) is not None and int(text) < 2**31


def is_api_hash(text: str) -> bool:
    """Whether it may be an application's hash."""
    return _HASH.fullmatch(text) is not None


def application_of(token: Token) -> Application:
    """The application of a token. Raises ConnectorError with `telegram.token_form`."""
    api_id, _, api_hash = token.secret.reveal().partition(":")
    application = parse_application(api_id, api_hash)
    if application is None:
        facts = {"token": token.name}
        raise ConnectorError(Trouble(TroubleKind.CONFIG, "telegram.token_form", facts=facts))
    return application
