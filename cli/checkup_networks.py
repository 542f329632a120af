"""What `smm doctor` looks at in the networks: tokens, accounts and what cannot be read, plug-ins."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cli.checkup import Finding, Health
from cli.secrets import SecretError
from wording.words import mark

if TYPE_CHECKING:
    from cli.context import Context
    from cli.hangers import Hanger
    from connectors.base import Connector, Route, Token, TokenKind
    from goals.model import Account
    from store.contract import Reader
    from store.values import TroubleRecord

PARTS = {
    "profile": mark("subscribers"),
    "posts": mark("posts"),
    "planned": mark("planned posts"),
    "stories": mark("stories"),
    "stats": mark("daily statistics"),
}
KINDS = {
    "service": mark("a service key"),
    "community": mark("a community key"),
    "user": mark("a user token"),
    "bot": mark("a bot token"),
    "key": mark("an API key"),
    "oauth": mark("an OAuth token"),
}


def check_tokens(ctx: Context, hanging: Mapping[str, Sequence[Hanger]], *, online: bool) -> Iterator[Finding]:
    """Whether each secret can be had and, `online`, whether its network accepts it."""
    from cli.online import check_tokens as call_with

    readable = []
    for name in ctx.config.tokens:
        try:
            ctx.secrets.token(name)
        except SecretError as error:
            yield Finding(f"token {name}", Health.FAIL, error.message, error.next_step)
        else:
            readable.append(name)
    text = ctx.words.text
    if not online:
        for name in readable:
            message = text("Token «{name}»: the secret is there; the network was not asked", name=name)
            yield Finding(f"token {name}", Health.OK, message)
        return
    for found in call_with(ctx, readable, hanging):
        status = Health.OK if found.ok else (Health.FAIL if found.refused else Health.WARN)
        message = text("Token «{name}»: {answer}", name=found.name, answer=found.answer)
        yield Finding(f"token {found.name}", status, message, found.next_step or None)


def check_accounts(ctx: Context, store: Reader) -> Iterator[Finding]:
    """For each account what cannot be read and which token would open it, and its last failure."""
    from connectors.registry import load, network_names, plugins

    clients = {client.id: client for client in store.clients()}
    accounts = [account for account in store.accounts() if account.client_id in clients]
    troubles = {unit.account_id: unit.trouble for unit in store.last_units()}
    known = {*network_names(), *(plugin.name for plugin in plugins())}
    classes, _troubles = load(account.network for account in accounts if account.network in known)
    for account in accounts:
        if account.network in classes:
            zone = ZoneInfo(clients[account.client_id].timezone)
            yield _reach(ctx, account, classes[account.network], zone)
        trouble = troubles.get(account.id)
        if trouble is not None:
            yield _last_failure(ctx, account, trouble)


def _reach(ctx: Context, account: Account, connector: type[Connector], zone: ZoneInfo) -> Finding:
    """Which parts of the account can be read with the tokens at hand."""
    text, check = ctx.words.text, f"account {_label(account)}"
    closed = [route for route in asyncio.run(_routes(ctx, account, connector, zone)) if not route.is_open]
    if not closed:
        return Finding(check, Health.OK, text("{account}: all can be read", account=_label(account)))
    by_need: dict[tuple[TokenKind, ...], list[str]] = {}
    for route in closed:
        by_need.setdefault(tuple(sorted(route.needs)), []).append(text(PARTS[route.part]))
    openers = "; ".join(
        text(
            "{parts}: needs {kinds}",
            parts=", ".join(parts),
            kinds=text(" or ").join(text(KINDS[kind]) for kind in needs),
        )
        for needs, parts in by_need.items()
    )
    kinds = "|".join(dict.fromkeys(kind for needs in by_need for kind in needs))
    return Finding(
        check,
        Health.WARN,
        text("{account}: cannot be read: {parts}", account=_label(account), parts=openers),
        text("Put one in: smm token add NAME --kind {kinds}", kinds=kinds)
        + "; "
        + text("then smm account add LINK --client C --token NAME"),
    )


async def _routes(
    ctx: Context, account: Account, connector: type[Connector], zone: ZoneInfo
) -> tuple[Route, ...]:
    from cli.online import network_setup
    from connectors.base import Target

    settings = ctx.config.networks.get(account.network)
    shared = _usable(ctx, settings.tokens if settings else ())
    target = Target(
        key=account.id,
        handle=account.handle,
        network_id=account.network_id,
        zone=zone,
        tokens=_usable(ctx, account.tokens),
    )
    made = connector(network_setup(ctx, account.network, shared))
    try:
        return made.routes(target)
    finally:
        await made.aclose()


def _usable(ctx: Context, names: Sequence[str]) -> tuple[Token, ...]:
    """The tokens whose secrets can be had; the others have a finding of their own."""
    found = []
    for name in names:
        with suppress(SecretError):
            found.append(ctx.secrets.token(name))
    return tuple(found)


def check_plugins(ctx: Context) -> Iterator[Finding]:
    """Connectors of third parties that cannot be used."""
    from connectors.registry import NETWORKS, load, plugins
    from wording.troubles import trouble_sentence

    foreign = [plugin.name for plugin in plugins() if plugin.name not in NETWORKS]
    classes, troubles = load(foreign)
    for name in classes:
        yield Finding(
            f"connector {name}", Health.OK, ctx.words.text("Connector «{name}» is there", name=name)
        )
    for name, trouble in troubles.items():
        sentence = trouble_sentence(ctx.words, trouble.kind, trouble.code, trouble.detail, trouble.facts)
        yield Finding(f"connector {name}", Health.WARN, sentence.message, sentence.next_step)


def _last_failure(ctx: Context, account: Account, trouble: TroubleRecord) -> Finding:
    from wording.troubles import trouble_sentence

    facts = {"account": account.handle, "network": account.network, **trouble.facts}
    sentence = trouble_sentence(ctx.words, trouble.kind, trouble.code, trouble.detail, facts)
    message = ctx.words.text(
        "{account}, last sync: {trouble}", account=_label(account), trouble=sentence.message
    )
    return Finding(f"account {_label(account)}", Health.WARN, message, sentence.next_step or None)


def _label(account: Account) -> str:
    return f"{account.network}:{account.handle}"
