"""Clients and accounts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from goals.model import Account, AccountId, Client, ClientId, ClientKind
from store.errors import ExistsError
from store.sqlite.base import Part
from store.sqlite.rows import ACCOUNT, CLIENT, account_of, client_of, seconds_of
from store.values import MANUAL_NETWORK

if TYPE_CHECKING:
    from store.changes import NewAccount, NewClient


class PeopleReader(Part):
    """Reads clients and accounts."""

    def clients(self, *, archived: bool = False) -> list[Client]:
        """All clients by name, the specialist's own last; with `archived` also those put away."""
        where = "" if archived else "WHERE archived = 0"
        rows = self._db.rows(f"SELECT {CLIENT} FROM client {where} ORDER BY kind, folded")
        return [client_of(row) for row in rows]

    def accounts(self, client_id: ClientId | None = None, *, archived: bool = False) -> list[Account]:
        """Accounts by client and network, without the hidden ones of manual metrics."""
        rows = self._db.rows(
            f"SELECT {ACCOUNT} FROM account"
            " WHERE network <> ? AND (? OR archived = 0) AND (? IS NULL OR client_id = ?)"
            " ORDER BY client_id, network, folded, id",
            (MANUAL_NETWORK, archived, client_id, client_id),
        )
        return [account_of(row) for row in rows]


class PeopleWriter(PeopleReader):
    """Writes clients and accounts."""

    def add_client(self, new: NewClient, *, author: str, now: datetime) -> ClientId:
        """Add a client. Raises ExistsError for a name that differs at most in case, or a second self."""
        with self._db.transaction():
            self._refuse_twin(new.name, new.kind, None)
            number = self._db.add(
                "INSERT INTO client (name, folded, kind, timezone, manager, author, changed_at, added_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?7, ?7)",
                (
                    new.name,
                    new.name.casefold(),
                    new.kind.value,
                    new.timezone,
                    new.manager,
                    author,
                    seconds_of(now),
                ),
            )
        return ClientId(number)

    def update_client(self, client: Client, *, author: str, now: datetime) -> Client:
        """Save an edited client if its version is still the stored one. Raises ConflictError."""
        with self._db.transaction():
            self._refuse_twin(client.name, client.kind, client.id)
            saved = self._db.run(
                "UPDATE client SET name = ?1, folded = ?2, kind = ?3, timezone = ?4, manager = ?5,"
                " archived = ?6, archived_at = CASE WHEN ?6 THEN coalesce(archived_at, ?8) END,"
                " version = version + 1, author = ?7, changed_at = ?8 WHERE id = ?9 AND version = ?10",
                (
                    client.name,
                    client.name.casefold(),
                    client.kind.value,
                    client.timezone,
                    client.manager,
                    client.archived,
                    author,
                    seconds_of(now),
                    client.id,
                    client.version,
                ),
            )
            if saved.rowcount == 0:
                raise self._lost_edit("client", client.id)
        return replace(client, version=client.version + 1, author=author)

    def _refuse_twin(self, name: str, kind: ClientKind, own: ClientId | None) -> None:
        twin = self._db.value(
            "SELECT id FROM client WHERE (folded = ? OR (kind = 'self' AND ? = 'self')) AND id IS NOT ?",
            (name.casefold(), kind.value, own),
        )
        if twin is not None:
            raise ExistsError(twin)

    def add_account(self, new: NewAccount, *, author: str, now: datetime) -> AccountId:
        """Add an account. Raises ExistsError when the client has it (by network id or handle)."""
        with self._db.transaction():
            self._refuse_same_account(new.client_id, new.network, new.network_id, new.handle, None)
            number = self._db.add(
                "INSERT INTO account (client_id, network, handle, folded, network_id, title, url, tokens,"
                " author, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    new.client_id,
                    new.network,
                    new.handle,
                    new.handle.casefold(),
                    new.network_id,
                    new.title,
                    new.url,
                    json.dumps(new.tokens),
                    author,
                    seconds_of(now),
                ),
            )
        return AccountId(number)

    def update_account(self, account: Account, *, author: str, now: datetime) -> Account:
        """Save an edited account. Raises ConflictError, and ExistsError when it becomes another one's twin.

        The network's own id is never erased: a None stands for one that was not known yet.
        """
        with self._db.transaction():
            if not account.archived:
                self._refuse_same_account(
                    account.client_id, account.network, account.network_id, account.handle, account.id
                )
            saved = self._db.row(
                "UPDATE account SET client_id = ?, network = ?, handle = ?, folded = ?,"
                " network_id = coalesce(?, network_id), title = ?, url = ?, tokens = ?, archived = ?,"
                " version = version + 1, author = ?, changed_at = ? WHERE id = ? AND version = ?"
                f" RETURNING {ACCOUNT}",
                (
                    account.client_id,
                    account.network,
                    account.handle,
                    account.handle.casefold(),
                    account.network_id,
                    account.title,
                    account.url,
                    json.dumps(account.tokens),
                    account.archived,
                    author,
                    seconds_of(now),
                    account.id,
                    account.version,
                ),
            )
            if saved is None:
                raise self._lost_edit("account", account.id)
        return account_of(saved)

    def _refuse_same_account(
        self,
        client_id: ClientId,
        network: str,
        network_id: str | None,
        handle: str,
        own: AccountId | None,
    ) -> None:
        twin = self._db.value(
            "SELECT id FROM account WHERE client_id = ? AND network = ? AND archived = 0 AND id IS NOT ?"
            " AND (network_id = ? OR (folded = ? AND folded <> ''))",
            (client_id, network, own, network_id, handle.casefold()),
        )
        if twin is not None:
            raise ExistsError(twin)

    def manual_account(self, client_id: ClientId) -> AccountId:
        """The client's hidden account for manual metrics, made when first asked for."""
        find = "SELECT id FROM account WHERE client_id = ? AND network = ?"
        number = self._db.value(find, (client_id, MANUAL_NETWORK))
        if number is None:
            with self._db.transaction():
                self._db.run(
                    "INSERT INTO account (client_id, network, handle, folded, author, changed_at)"
                    " VALUES (?, ?, '', '', '', 0) ON CONFLICT DO NOTHING",
                    (client_id, MANUAL_NETWORK),
                )
                number = self._db.value(find, (client_id, MANUAL_NETWORK))
        return AccountId(number)
