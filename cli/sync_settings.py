"""What a sync needs of the settings: networks, and each token's secret when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli import __version__

if TYPE_CHECKING:
    from cli.context import Context
    from connectors.base import Token
    from sync.settings import SyncSettings


def sync_settings(ctx: Context) -> SyncSettings:
    """The settings of a run. Raises UserError for a broken configuration, StoreError for a wrong --db."""
    from cli.topic.topics import matching
    from store.opening import file_of
    from sync.lock import lock_file_of
    from sync.settings import NetworkSettings, SyncSettings

    return SyncSettings(
        lock_file=lock_file_of(file_of(ctx.db)),
        open_token=lambda name: open_token(ctx, name),
        networks={
            name: NetworkSettings(network.tokens, network.base_url, network.preview_base_url, network.proxy)
            for name, network in ctx.config.networks.items()
        },
        user_agent=f"smart-smm/{__version__}",
        state_dir=ctx.state_folder(),
        match=matching,
    )


def open_token(ctx: Context, name: str) -> Token:
    """The token of a name with its secret. Raises ConnectorError where it cannot be had."""
    from cli.secrets import SecretError
    from connectors.base import ConnectorError

    try:
        return ctx.secrets.token(name)
    except SecretError as error:
        raise ConnectorError(error.trouble) from None
