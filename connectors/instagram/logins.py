"""Whose tokens they are: the accounts that belong to each, asked for once in a run."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from connectors.base import ConnectorError, Target, Token, Trouble, TroubleKind
from connectors.counting import RequestCount
from connectors.instagram.access import FACEBOOK, login_of
from connectors.instagram.api import Api
from connectors.instagram.parse import Account, next_page, parse_account, parse_pages

ACCOUNT_FIELDS = "id,username,name,biography,website,followers_count,media_count"
_OWN_FIELDS = "user_id,username,name,biography,followers_count,media_count"
_PAGES = 20


@dataclass(frozen=True, slots=True)
class Login:
    """A token's own accounts; by Facebook Login the first of them may ask about those of others."""

    accounts: tuple[Account, ...]
    may_ask: bool

    def own(self, target: Target) -> Account | None:
        """The account of a target, where it is the token's own."""
        for account in self.accounts:
            if account.id == target.network_id or account.username == target.handle.lower():
                return account
        return None


@dataclass(slots=True)
class Logins:
    """The logins of this run by the tokens' names."""

    api: Api
    _known: dict[str, Login | Trouble] = field(default_factory=dict)
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def of(self, token: Token, spent: RequestCount) -> Login:
        """The accounts that a token owns.

        Raises:
            ConnectorError: `instagram.no_account` for none, else what the call raises.
        """
        async with self._locks.setdefault(token.name, asyncio.Lock()):
            if token.name not in self._known:
                try:
                    self._known[token.name] = await self._ask(token, spent)
                except ConnectorError as error:
                    self._known[token.name] = error.trouble
        known = self._known[token.name]
        if isinstance(known, Trouble):
            raise ConnectorError(known)
        return known

    async def _ask(self, token: Token, spent: RequestCount) -> Login:
        may_ask = login_of(token) == FACEBOOK
        if may_ask:
            accounts = await self._of_pages(token, spent)
        else:
            account = parse_account(await self.api.ask(token, "me", {"fields": _OWN_FIELDS}, spent))
            accounts = [] if account is None else [account]
        if not accounts:
            facts = {"token": token.name}
            raise ConnectorError(Trouble(TroubleKind.CONFIG, "instagram.no_account", facts=facts))
        return Login(tuple(accounts), may_ask)

    async def _of_pages(self, token: Token, spent: RequestCount) -> list[Account]:
        params = {"fields": f"instagram_business_account{{{ACCOUNT_FIELDS}}}", "limit": "100"}
        accounts: list[Account] = []
        for _ in range(_PAGES):
            answer = await self.api.ask(token, "me/accounts", params, spent)
            accounts += parse_pages(answer)
            after = next_page(answer)
            if after is None or after == params.get("after"):
                break
            params["after"] = after
        return accounts
