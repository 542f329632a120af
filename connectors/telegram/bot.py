"""The Bot API: the exact member count of a channel, and who a token is.

The token stands in the address; no address leaves `connectors.http`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from connectors.base import ConnectorError, Setup, Token, Trouble, TroubleKind
from connectors.clean import clean
from connectors.counting import RequestCount
from connectors.http import CallOptions, Http
from connectors.numbers import parse_count
from connectors.pace import Pace
from connectors.strict_json import parse_json
from connectors.waits import RETRY_AFTER_CAP

BASE_URL = "https://api.telegram.org"
COUNT = "getChatMemberCount"

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,100}")
_EXPLAINED = frozenset({400, 401, 403, 404, 409})


@dataclass(slots=True)
class Bot:
    """Calls of the Bot API with any token. `refused` are the tokens that it did not know in this run."""

    http: Http
    setup: Setup
    pace: Pace
    refused: set[str] = field(default_factory=set)

    def may_count(self, token: Token) -> bool:
        """Whether the token may be used now: not refused, not told to wait."""
        until = self.setup.memory.blocked_until(token.name, COUNT)
        return token.name not in self.refused and (until is None or until <= self.setup.now())

    async def member_count(self, token: Token, handle: str, spent: RequestCount) -> int:
        """How many members the public channel has, exactly.

        Raises:
            ConnectorError: `telegram.bad_token`, `telegram.bot_no_chat`, `telegram.bot_kicked`,
                `telegram.flood`, `telegram.api`, or one of `http.*`.
        """
        answer = await self._call(token, COUNT, {"chat_id": f"@{handle}"}, spent)
        count = parse_count(answer)
        if count is None:
            raise _api_error("", clean(f"{COUNT}: {answer}"))
        return count

    async def username(self, token: Token) -> str:
        """The bot's own name, `@name`. Raises as `member_count` does."""
        answer = await self._call(token, "getMe", {}, RequestCount())
        name = answer.get("username") if isinstance(answer, dict) else None
        if not isinstance(name, str):
            raise _api_error("", "getMe")
        return f"@{clean(name)}"

    async def _call(self, token: Token, method: str, params: dict[str, str], spent: RequestCount) -> object:
        secret = token.secret.reveal()
        if not _TOKEN.fullmatch(secret):
            self.refused.add(token.name)
            raise _bad_token(token)
        url = f"{(self.setup.base_url or BASE_URL).rstrip('/')}/bot{secret}/{method}"
        options = CallOptions(self.pace, spent, _EXPLAINED, _told_wait)
        try:
            body = await self.http.get_json(url, params=params, options=options)
        except ConnectorError as error:
            if error.trouble.code == "http.rate_limited":
                raise self._flood(token, method, error.trouble) from None
            raise
        if body.get("ok") is True and "result" in body:
            return body["result"]
        raise self._refusal(token, body)

    def _flood(self, token: Token, method: str, trouble: Trouble) -> ConnectorError:
        seconds = float(trouble.facts.get("seconds", "60"))
        until = self.setup.now() + timedelta(seconds=seconds)
        self.setup.memory.block(token.name, method, until, "telegram.flood")
        facts = {"token": token.name, "seconds": f"{seconds:.0f}"}
        return ConnectorError(Trouble(TroubleKind.RETRY, "telegram.flood", facts=facts))

    def _refusal(self, token: Token, body: dict[str, Any]) -> ConnectorError:
        code = body.get("error_code")
        detail = clean(str(body.get("description", "")))
        facts = {"token": token.name}
        if code in {401, 404}:
            self.refused.add(token.name)
            return _bad_token(token, detail)
        if code == 403:
            return ConnectorError(Trouble(TroubleKind.AUTH, "telegram.bot_kicked", detail, facts))
        if code == 400 and "chat not found" in detail.lower():
            return ConnectorError(Trouble(TroubleKind.SKIP, "telegram.bot_no_chat", detail, facts))
        return _api_error(clean(str(code)), detail)


def _bad_token(token: Token, detail: str = "") -> ConnectorError:
    return ConnectorError(
        Trouble(TroubleKind.AUTH, "telegram.bad_token", detail, facts={"token": token.name})
    )


def _api_error(code: str, detail: str) -> ConnectorError:
    return ConnectorError(Trouble(TroubleKind.RETRY, "telegram.api", detail or code, {"code": code or "?"}))


def _told_wait(body: bytes) -> float | None:
    """The seconds to wait that the Bot API tells in `parameters.retry_after`."""
    try:
        answer = parse_json(body)
    except ValueError:
        return None
    parameters = answer.get("parameters") if isinstance(answer, dict) else None
    seconds = parse_count(parameters.get("retry_after")) if isinstance(parameters, dict) else None
    return None if seconds is None else min(float(seconds), RETRY_AFTER_CAP)
