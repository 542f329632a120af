"""The accounts that a client's communities link to in their descriptions, each tried with one reading."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cli.online import network_setup
from cli.secrets import SecretError
from connectors.base import ConnectorError, Fetched, Link, Part, Target, Trouble, TroubleKind
from connectors.links import may_be_of
from connectors.links.found import links_in
from connectors.registry import connector_class

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cli.context import Context
    from connectors.base import Connector, Token
    from goals.model import Account

#: Seconds for all accounts of one network.
_SECONDS = 60.0
#: A description links to a few accounts; whoever links to more is not asked about.
_MOST = 30


class Proposed(NamedTuple):
    """An account that a description links to: as the network knows it, or why it was not told.

    `audience` is None where the network does not show it.
    """

    link: Link
    said_by: Account
    title: str
    audience: float | None
    trouble: Trouble | None


class Unread(NamedTuple):
    """An account whose description could not be read, and why."""

    account: Account
    trouble: Trouble


def find_linked(
    ctx: Context, accounts: Sequence[Account], zone: ZoneInfo
) -> tuple[list[Proposed], list[Unread]]:
    """Read the descriptions of a client's accounts and try the accounts that they link to.

    What a network says is no account (a person, a bot, nothing) is left out; accounts that the client
    has are too.
    """
    return asyncio.run(_find(ctx, accounts, zone))


async def _find(
    ctx: Context, accounts: Sequence[Account], zone: ZoneInfo
) -> tuple[list[Proposed], list[Unread]]:
    own = [Target(int(each.id), each.handle, each.network_id, zone) for each in accounts]
    read = await _resolved(
        ctx, [(each.network, aim) for each, aim in zip(accounts, own, strict=True)], accounts
    )
    unread = [
        Unread(account, fetched.trouble)
        for account, fetched in zip(accounts, read, strict=True)
        if fetched.trouble is not None and not fetched.about
    ]
    linked = _linked(accounts, read)
    aims = [Target(n, link.handle, link.network_id, zone) for n, (link, _) in enumerate(linked)]
    tried = await _resolved(
        ctx, [(link.network, aim) for (link, _), aim in zip(linked, aims, strict=True)], ()
    )
    proposed = [
        Proposed(link, account, found.title, _audience(found), found.trouble)
        for (link, account), found in zip(linked, tried, strict=True)
        if found.trouble is None or found.trouble.kind is not TroubleKind.SKIP
    ]
    return proposed, unread


def _linked(accounts: Sequence[Account], read: Iterable[Fetched]) -> list[tuple[Link, Account]]:
    """What the descriptions link to, each once, without what the client has."""
    found: dict[tuple[str, str], tuple[Link, Account]] = {}
    for account, fetched in zip(accounts, read, strict=True):
        for link in links_in(fetched.about):
            if not any(may_be_of(link, known.network, known.handle, known.network_id) for known in accounts):
                found.setdefault((link.network, link.handle), (link, account))
    return list(found.values())[:_MOST]


def _audience(fetched: Fetched) -> float | None:
    return next((figure.value for figure in fetched.figures if figure.metric == "audience"), None)


async def _resolved(
    ctx: Context, aims: Sequence[tuple[str, Target]], accounts: Sequence[Account]
) -> list[Fetched]:
    """What the networks say of the accounts, in their order."""
    tokens = {int(account.id): account.tokens for account in accounts}
    networks = dict.fromkeys(network for network, _ in aims)
    found: dict[tuple[str, int], Fetched] = {}

    async def one_network(name: str) -> None:
        targets = [aim for network, aim in aims if network == name]
        for target, fetched in zip(targets, await _of_network(ctx, name, targets, tokens), strict=True):
            found[name, target.key] = fetched

    await asyncio.gather(*(one_network(name) for name in networks))
    return [found[network, aim.key] for network, aim in aims]


async def _of_network(
    ctx: Context, name: str, targets: Sequence[Target], tokens: dict[int, tuple[str, ...]]
) -> list[Fetched]:
    try:
        shared = _opened(ctx, ctx.config.networks[name].tokens if name in ctx.config.networks else ())
        connector = connector_class(name)(network_setup(ctx, name, shared))
    except ConnectorError as error:
        return [_failed(ctx, target, error.trouble) for target in targets]
    results = []
    try:
        async with asyncio.timeout(_SECONDS):
            for target in targets:
                own = _opened(ctx, tokens.get(target.key, ()))
                results.append(await _one(ctx, connector, target, own))
    except TimeoutError:
        trouble = Trouble(TroubleKind.RETRY, "http.timeout", facts={"network": name})
        results += [_failed(ctx, target, trouble) for target in targets[len(results) :]]
    finally:
        await connector.aclose()
    return results


async def _one(ctx: Context, connector: Connector, target: Target, own: tuple[Token, ...]) -> Fetched:
    target = replace(target, tokens=own, parts=frozenset({Part.PROFILE}))
    (route,) = connector.routes(target)
    if not route.is_open:
        kinds = ", ".join(sorted(route.needs))
        facts = {"network": connector.name, "handle": target.handle, "kinds": kinds}
        return _failed(ctx, target, Trouble(TroubleKind.AUTH, "sync.no_token", facts=facts))
    return await connector.resolve(target)


def _opened(ctx: Context, names: Iterable[str]) -> tuple[Token, ...]:
    """The tokens of these names; one that cannot be opened is for `smm token check` to tell."""
    tokens = []
    for name in names:
        try:
            tokens.append(ctx.secrets.token(name))
        except SecretError:
            continue
    return tuple(tokens)


def _failed(ctx: Context, target: Target, trouble: Trouble) -> Fetched:
    return Fetched(target.key, Part.PROFILE, ctx.now(), trouble=trouble)
