"""Goals as every part of the program reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goals.board import GoalRow
    from goals.model import ClientId
    from store.contract import Reader


def live_rows(reader: Reader, client_id: ClientId | None) -> list[GoalRow]:
    """The goals of clients that are not put away, the most urgent first within each client."""
    rows = reader.board_rows(None if client_id is None else [client_id])
    order = {int(client.id): place for place, client in enumerate(reader.clients())}
    known = [row for row in rows if row.client_id in order]
    return sorted(known, key=lambda row: (order[row.client_id], -row.urgency, row.goal_id))
