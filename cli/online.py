"""Free calls to networks: does each token work."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from cli.secrets import SecretError

if TYPE_CHECKING:
    from cli.context import Context
    from cli.hangers import Hanger
    from connectors.base import Connector, Memory, Setup, Token, TokenCheck, Trouble

_SECONDS = 30.0
#: The kinds that one network alone has; a token of another kind is tried where the settings name it.
_NETWORK_OF_KIND = {"service": "vk", "community": "vk"}


class CheckedToken(NamedTuple):
    """What a free call said of a token: `refused` where the network does not accept it."""

    name: str
    network: str | None
    ok: bool
    answer: str
    next_step: str = ""
    refused: bool = False


class NoMemory:
    """`connectors.base.Memory` for one free call: nothing blocks it and nothing is kept."""

    def blocked_until(self, token: str, method: str, scope: str = "") -> datetime | None:
        """Never blocked."""

    def blocked_by(self, token: str, method: str, scope: str = "") -> str | None:
        """Never blocked."""

    def block(self, token: str, method: str, until: datetime, code: str, scope: str = "") -> None:
        """Not kept."""

    def calls_today(self, token: str, method: str) -> int:  # noqa: ARG002 - the names are the contract's
        """None were counted."""
        return 0

    def count(self, token: str, method: str, calls: int) -> None:
        """Not kept."""


def network_setup(
    ctx: Context, network: str, tokens: tuple[Token, ...], memory: Memory | None = None
) -> Setup:
    """What a connector of the network is built with outside of a sync; without `memory` nothing blocks it."""
    from cli.config.values import NetworkSettings
    from connectors.base import Setup

    settings = ctx.config.networks.get(network, NetworkSettings())
    return Setup(
        tokens=tokens,
        now=ctx.now,
        memory=memory or NoMemory(),
        base_url=settings.base_url,
        preview_base_url=settings.preview_base_url,
        proxy=settings.proxy,
        state_dir=ctx.state_folder(),
    )


def check_tokens(
    ctx: Context, names: Sequence[str], hanging: Mapping[str, Sequence[Hanger]]
) -> list[CheckedToken]:
    """Make one free call with each token, all at the same time, 30 s at most."""
    opened = [_opened(ctx, name, hanging.get(name, ())) for name in names]
    return asyncio.run(_all(ctx, opened))


def _opened(ctx: Context, name: str, hanging: Sequence[Hanger]) -> CheckedToken | tuple[str, Token]:
    """The token with its network, or why it cannot be tried."""
    network = _network_of(ctx, name, hanging)
    if network is None:
        text = ctx.words.text
        answer, step = text("no network uses it"), text("Name it in the settings: [networks.NAME] token")
        return CheckedToken(name, None, ok=False, answer=answer, next_step=step)
    try:
        return network, ctx.secrets.token(name)
    except SecretError as error:
        return CheckedToken(name, network, ok=False, answer=error.message, next_step=error.next_step)


async def _all(ctx: Context, opened: Sequence[CheckedToken | tuple[str, Token]]) -> list[CheckedToken]:
    return list(await asyncio.gather(*(_one(ctx, item) for item in opened)))


async def _one(ctx: Context, opened: CheckedToken | tuple[str, Token]) -> CheckedToken:
    from connectors.base import ConnectorError
    from connectors.registry import connector_class

    if isinstance(opened, CheckedToken):
        return opened
    network, token = opened
    try:
        connector = connector_class(network)(network_setup(ctx, network, (token,)))
    except ConnectorError as error:
        return _troubled(ctx, token.name, network, error.trouble)
    return await _asked(ctx, connector, token, network)


async def _asked(ctx: Context, connector: Connector, token: Token, network: str) -> CheckedToken:
    from connectors.base import ConnectorError, Trouble, TroubleKind

    try:
        async with asyncio.timeout(_SECONDS):
            found = await connector.check(token)
    except TimeoutError:
        return _troubled(ctx, token.name, network, Trouble(TroubleKind.RETRY, "http.timeout"))
    except ConnectorError as error:
        return _troubled(ctx, token.name, network, error.trouble)
    finally:
        await connector.aclose()
    if found.trouble is not None:
        return _troubled(ctx, token.name, network, found.trouble)
    return _works(ctx, token, network, found)


def _works(ctx: Context, token: Token, network: str, found: TokenCheck) -> CheckedToken:
    text = ctx.words.text
    answer = text("works") + (f": {found.name}" if found.name else "")
    if found.kind is not None and found.kind is not token.kind:
        return CheckedToken(
            token.name,
            network,
            ok=False,
            answer=text(
                "it is a token of kind {found}, not {said}", found=found.kind.value, said=token.kind.value
            ),
            next_step=text(
                'Write kind = "{kind}" in [tokens.{name}]', kind=found.kind.value, name=token.name
            ),
        )
    return CheckedToken(token.name, network, ok=True, answer=answer)


def _troubled(ctx: Context, name: str, network: str, trouble: Trouble) -> CheckedToken:
    from connectors.base import TroubleKind
    from wording.troubles import trouble_sentence

    facts = {"token": name, "network": network, **trouble.facts}
    sentence = trouble_sentence(ctx.words, trouble.kind, trouble.code, trouble.detail, facts)
    return CheckedToken(
        name,
        network,
        ok=False,
        answer=sentence.message,
        next_step=sentence.next_step,
        refused=trouble.kind is TroubleKind.AUTH,
    )


def _network_of(ctx: Context, name: str, hanging: Sequence[Hanger]) -> str | None:
    """The network that knows the token: one whose settings name it, that of its accounts, or of its kind."""
    for network, settings in ctx.config.networks.items():
        if name in settings.tokens:
            return network
    if hanging:
        return hanging[0].network
    return _NETWORK_OF_KIND.get(ctx.config.tokens[name].kind)
