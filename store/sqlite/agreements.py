"""Agreements with clients and the client's yes to them; triggers keep both append-only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from goals.model import ClientId
from store.errors import ConflictError, ExistsError, NotFoundError
from store.sqlite.base import Part
from store.sqlite.rows import day_of, moment_of, seconds_of

if TYPE_CHECKING:
    from goals.records import AgreementVersion


class AgreementReader(Part):
    """Reads agreements."""

    def agreements(self, client_id: ClientId) -> list[AgreementVersion]:
        """The versions of the client's agreement, oldest first."""
        rows = self._db.rows(
            "SELECT g.client_id, g.version, g.made_at, g.author, g.reason, g.terms,"
            " a.accepted_by, a.accepted_on, a.author, a.made_at FROM agreement g"
            " LEFT JOIN acceptance a ON a.client_id = g.client_id AND a.version = g.version"
            " WHERE g.client_id = ? ORDER BY g.version",
            (client_id,),
        )
        return [_version_of(row) for row in rows]


class AgreementWriter(AgreementReader):
    """Writes agreements."""

    def add_agreement(
        self,
        client_id: ClientId,
        terms: Mapping[str, object],
        *,
        reason: str,
        based_on: int,
        author: str,
        now: datetime,
    ) -> int:
        """Add the next version, made from version `based_on` (0: from none); its number.

        Raises ConflictError when there is a newer version, NotFoundError for a client that is not there.
        """
        text = json.dumps(dict(terms), ensure_ascii=False, allow_nan=False)
        with self._db.transaction():
            newest = self._db.row(
                "SELECT version, author FROM agreement WHERE client_id = ? ORDER BY version DESC LIMIT 1",
                (client_id,),
            ) or (0, "")
            if based_on < newest[0]:
                raise ConflictError(newest[1])
            if based_on > newest[0]:
                raise NotFoundError(f"agreement {based_on} of client {client_id}")
            self._db.run(
                "INSERT INTO agreement (client_id, version, made_at, author, reason, terms)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (client_id, based_on + 1, seconds_of(now), author, reason, text),
            )
        return based_on + 1

    def accept_agreement(
        self, client_id: ClientId, version: int, *, by: str, on: date, author: str, now: datetime
    ) -> None:
        """Note the client's yes to a version. Raises ExistsError where it was said already, NotFoundError."""
        with self._db.transaction():
            said = self._db.value(
                "SELECT version FROM acceptance WHERE client_id = ? AND version = ?", (client_id, version)
            )
            if said is not None:
                raise ExistsError(said)
            self._db.run(
                "INSERT INTO acceptance (client_id, version, accepted_by, accepted_on, author, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (client_id, version, by, on.toordinal(), author, seconds_of(now)),
            )


def _version_of(row: tuple[Any, ...]) -> AgreementVersion:
    from goals.records import Acceptance, AgreementVersion

    client_id, version, made_at, author, reason, terms, said_by, said_on, noted_by, noted_at = row
    yes = None
    if said_by is not None:
        yes = Acceptance(said_by, day_of(said_on), noted_by, moment_of(noted_at))
    return AgreementVersion(
        ClientId(client_id), version, moment_of(made_at), author, reason, json.loads(terms), yes
    )
