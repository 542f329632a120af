"""Whose a row of a file is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from connectors.files.rows import BadRow, FileRow, refused
from connectors.links import LinkError, parse_link
from goals.model import Account, Client
from store.changes import NewAccount

if TYPE_CHECKING:
    from connectors.base import Link
    from connectors.files.chats import Chat

TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a row is: an account, one still to be added, or (neither) a client's manual metrics."""

    client: Client
    account: Account | NewAccount | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the client's days are counted."""
        return ZoneInfo(self.client.timezone)

    @property
    def network(self) -> str:
        """The network of the account, empty where there is none."""
        return self.account.network if self.account else ""

    def fits(self, network_id: str) -> bool:
        """Whether nothing speaks against the account's having this number in its network."""
        known = (self.account.network_id if self.account else None) or network_id
        return known.removeprefix("-100") == network_id

    def is_called(self, number: str, title: str) -> bool:
        """Whether the account has this number or, where its own is not known, this title."""
        if self.account is None or not self.fits(number):
            return False
        return self.account.network_id is not None or self.account.title.casefold() == title.casefold()


class Accounts:
    """Finds the account that a row names, by link, handle or the network's own id."""

    def __init__(
        self,
        clients: Iterable[Client],
        accounts: Iterable[Account],
        *,
        client: Client | None = None,
        network: str | None = None,
        account: Account | NewAccount | None = None,
    ) -> None:
        self._clients = {known.id: known for known in clients}
        self._client = client
        self._network = network
        scope = [
            known
            for known in accounts
            if client is None or known.client_id == client.id
            if network is None or known.network == network
            if known.client_id in self._clients
        ]
        only = scope[0] if client and len(scope) == 1 else None
        self._fixed = self._owner(account or only)
        self._by_name: dict[str, list[Account]] = {}
        for known in scope:
            full = f"{known.network}:{known.handle}"
            names = {known.handle, known.network_id or "", full, known.url, known.title}
            for name in {name.casefold() for name in names if name}:
                self._by_name.setdefault(name, []).append(known)
        self._found: dict[str, Owner | tuple[str, str]] = {}
        self._new: dict[str, Owner] = {}
        self._always = account is not None

    def _owner(self, account: Account | NewAccount | None) -> Owner | None:
        if account is None:
            return None
        return Owner(self._clients[account.client_id], account)

    def manual(self, line: int) -> Owner | BadRow:
        """Whose a figure without an account is."""
        client = self._client or (self._fixed.client if self._fixed else None)
        return Owner(client) if client else refused(line, "file.no_client")

    def find(self, row: FileRow) -> Owner | BadRow:
        """Whose the row is; the answer for a name is remembered."""
        if self._always or not row.account:
            return self._fixed or refused(row.line, "file.no_account")
        if row.account not in self._found:
            self._found[row.account] = self._search(row.account)
        found = self._found[row.account]
        return (
            found
            if isinstance(found, Owner)
            else refused(row.line, found[0], account=row.account, link=found[1])
        )

    def find_chat(self, chat: Chat) -> Owner | None:
        """Whose a channel of Telegram's export is: it names its number and its title only."""
        fixed = self._fixed if self._fixed and self._fixed.network == TELEGRAM else None
        if fixed and chat.is_alone and fixed.fits(chat.number):
            return fixed
        if self._always:
            return fixed if fixed and fixed.is_called(chat.number, chat.name) else None
        known = self._by_name.get(chat.number) or self._by_name.get(chat.name.casefold()) or []
        found = [account for account in known if account.network == TELEGRAM]
        owner = Owner(self._clients[found[0].client_id], found[0]) if len(found) == 1 else None
        return owner if owner and owner.fits(chat.number) else None

    def _search(self, name: str) -> Owner | tuple[str, str]:
        known = self._by_name.get(name.casefold().removeprefix("@"))
        if known is None:
            try:
                link = parse_link(name, self._network)
            except LinkError as error:
                if self._client and self._network:
                    return error.code, error.facts.get("link", name)
                return "file.unknown_account", name
            names = (link.network_id or "", f"{link.network}:{link.handle}".casefold())
            known = next((self._by_name[key] for key in names if key in self._by_name), None)
            if known is None:
                if not (self._client and self._network):
                    return "file.unknown_account", name
                return self._new.setdefault(names[1], self._added(self._client, name, link))
        if len(known) > 1:
            known = _told_apart(known)
        if len(known) > 1:
            return _why_several(known), name
        return Owner(self._clients[known[0].client_id], known[0])

    def _added(self, client: Client, name: str, link: Link) -> Owner:
        """The account to be added, under its name as it is written where that is no link."""
        bare = name.removeprefix("@")
        handle = bare if bare.casefold() == link.handle.casefold() else link.handle
        return Owner(client, NewAccount(client.id, link.network, handle, link.network_id, url=link.url))


def _told_apart(known: list[Account]) -> list[Account]:
    """Without those of which the network has not told yet that they are one that is there already."""
    told = [account for account in known if account.network_id is not None]
    same = {(account.client_id, account.network) for account in known}
    return told if len(same) == 1 and told else known


def _why_several(known: Iterable[Account]) -> str:
    """The code of what several accounts of one name have in common."""
    if len({account.client_id for account in known}) > 1:
        return "file.several_accounts"
    return (
        "file.several_networks" if len({account.network for account in known}) > 1 else "file.twin_accounts"
    )
