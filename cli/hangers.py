"""Which accounts hang on which token: by name, or because their whole network uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cli.context import Context


class Hanger(NamedTuple):
    """One account that hangs on a token."""

    client: str
    network: str
    account: str


def hangers(ctx: Context) -> dict[str, list[Hanger]]:
    """The accounts by the token that they hang on; none where there is no store yet."""
    from store.errors import StoreMissingError

    try:
        with ctx.reader() as store:
            clients = {client.id: client.name for client in store.clients()}
            accounts = [account for account in store.accounts() if account.client_id in clients]
    except StoreMissingError:
        return {}
    networks = ctx.config.networks
    found: dict[str, list[Hanger]] = {}
    for account in accounts:
        shared = networks[account.network].tokens if account.network in networks else ()
        for token in dict.fromkeys((*account.tokens, *shared)):
            hanger = Hanger(clients[account.client_id], account.network, account.handle)
            found.setdefault(token, []).append(hanger)
    return found
