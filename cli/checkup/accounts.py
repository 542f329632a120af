"""What `smm doctor` says of each account: what cannot be read, which token opens it, what failed last.

No network is asked: it goes by the kinds of the tokens at hand, by the refusals that the store
remembers, and by how the last sync ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from cli.checkup.run import Finding, Health
from cli.online import NoMemory, network_setup
from cli.secrets import SecretError
from wording.tokens import kinds_text
from wording.words import mark

if TYPE_CHECKING:
    from datetime import date, datetime

    from cli.context import Context
    from connectors.base import Connector, Memory, Route, Token, TokenKind
    from goals.model import Account, Client
    from store.contract import Reader
    from store.values import Block, TroubleRecord, UnitRecord

PARTS = {
    "profile": mark("subscribers"),
    "posts": mark("posts"),
    "planned": mark("planned posts"),
    "stories": mark("stories"),
    "stats": mark("daily statistics"),
    "reach": mark("reach of posts"),
    "sales": mark("orders"),
}


#: Failures that say no more than the parts that cannot be read.
_WITHOUT_TOKEN = frozenset({"sync.no_token", "vk.no_token"})
#: For how many days back gaps are told.
_GAP_DAYS = 30


class KnownBlocks(NoMemory):
    """`connectors.base.Memory` that knows what must not be called now, and keeps nothing more."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = {(block.token, block.method, block.scope): block for block in blocks}

    def blocked_until(self, token: str, method: str, scope: str = "") -> datetime | None:
        """When the method may be called again; None for now."""
        block = self._blocks.get((token, method, scope))
        return None if block is None else block.until

    def blocked_by(self, token: str, method: str, scope: str = "") -> str | None:
        """The code of the trouble for which the method must not be called now; None where it may be."""
        block = self._blocks.get((token, method, scope))
        return None if block is None else block.code


def check_accounts(ctx: Context, store: Reader) -> Iterator[Finding]:
    """For each account one finding: what cannot be read, which token opens it, and its last failure."""
    from connectors.registry import known_networks, load

    clients = {client.id: client for client in store.clients()}
    accounts = [account for account in store.accounts() if account.client_id in clients]
    units = {unit.account_id: unit for unit in store.last_units()}
    memory = KnownBlocks(store.blocks(ctx.now()))
    known = known_networks()
    classes, _troubles = load(account.network for account in accounts if account.network in known)
    for account in accounts:
        client, unit = clients[account.client_id], units.get(account.id)
        zone, trouble = ZoneInfo(client.timezone), unit.trouble if unit else None
        told: list[_Told] = []
        if account.network in classes and not _is_gone(unit):
            routes = asyncio.run(_routes(ctx, account, classes[account.network], zone, memory))
            closed = [route for route in routes if not route.is_open and not _is_nothing_there(route)]
            if closed:
                told.append(_closed(ctx, closed, is_wanted=not _is_extra(classes[account.network], closed)))
            elif trouble is None:
                told.append(_Told(Health.OK, ctx.words.text("all can be read")))
        if trouble is not None and not (told and trouble.code in _WITHOUT_TOKEN):
            told.append(_last_failure(ctx, account, trouble))
        told += _gaps(ctx, store, account, zone)
        if told:
            yield _finding(ctx, client, account, told)


class _Told(NamedTuple):
    """One thing to say of an account, without its name."""

    status: Health
    message: str
    next_step: str = ""


def _finding(ctx: Context, client: Client, account: Account, told: Sequence[_Told]) -> Finding:
    """All that there is to say of an account, under its client's name."""
    from wording.goals import network_name

    warned = any(one.status is Health.WARN for one in told)
    name = f"{client.name}, {network_name(ctx.words, account.network)} {account.handle}"
    steps = dict.fromkeys(one.next_step for one in told if one.next_step)
    return Finding(
        f"account {account.network}:{account.handle}",
        Health.WARN if warned else Health.OK,
        f"{name}: {'; '.join(one.message for one in told)}",
        "; ".join(steps) or None,
    )


def _gaps(ctx: Context, store: Reader, account: Account, zone: ZoneInfo) -> Iterator[_Told]:
    """Which figures of the last days are known to be missing, and why."""
    from sync.outcome import NOT_COLLECTED
    from wording.sync import gap_phrase

    today = ctx.now().astimezone(zone).date()
    first = today - timedelta(days=_GAP_DAYS - 1)
    days: dict[tuple[str, str], set[date]] = {}
    for gap in store.gaps(account.id):
        begin, end = max(gap.first, first), min(gap.last, today)
        missing = (begin + timedelta(days=n) for n in range((end - begin).days + 1))
        days.setdefault((gap.metric, gap.reason), set()).update(missing)
    days = {key: missing for key, missing in sorted(days.items()) if missing}
    if not days:
        return
    message = ctx.words.text(
        "no figures in the last {n} days: {gaps}",
        n=_GAP_DAYS,
        gaps="; ".join(gap_phrase(ctx.words, *key, missing, today) for key, missing in days.items()),
    )
    if any(reason == NOT_COLLECTED for _metric, reason in days):
        step = ctx.words.text(
            "Collect more often, stories are seen for a day only: smm cron install --stories"
        )
        yield _Told(Health.WARN, message, step)
    else:
        yield _Told(Health.OK, message)


def _is_nothing_there(route: Route) -> bool:
    """Whether a token that may read the part was told that there is none: a community without a shop."""
    return any(trouble.kind == "skip" for trouble in route.refused)


def _is_extra(network: type[Connector], closed: Sequence[Route]) -> bool:
    """Whether what is closed only adds to a network that is read without any token, and none was refused."""
    from sync.gathering import CORE

    open_to_all = not any(network.reads.get(part) for part in CORE)
    return open_to_all and not any(route.refused for route in closed)


def _is_gone(unit: UnitRecord | None) -> bool:
    """Whether the network had nothing at all to give (deleted, blocked): no token would open it."""
    if unit is None or unit.trouble is None:
        return False
    return unit.status == "failed" and unit.trouble.kind == "skip"


def _closed(ctx: Context, closed: Sequence[Route], *, is_wanted: bool) -> _Told:
    """Which parts of an account cannot be read, to which tokens they were refused, which would open them."""
    text = ctx.words.text
    alike: dict[tuple[tuple[TokenKind, ...], tuple[str, ...]], list[str]] = {}
    for route in closed:
        refused = tuple(trouble.facts.get("token", "") for trouble in route.refused)
        alike.setdefault((tuple(sorted(route.needs)), refused), []).append(text(PARTS[route.part]))
    openers = "; ".join(
        _opener(ctx, ", ".join(parts), needs, refused) for (needs, refused), parts in alike.items()
    )
    kinds = [kind for needs, _refused in alike for kind in needs]
    widest = max(dict.fromkeys(kinds), key=kinds.count)
    return _Told(
        Health.WARN if is_wanted else Health.OK,
        text("cannot be read: {parts}", parts=openers),
        text("Put one in: smm token add NAME --kind {kind}", kind=widest)
        + "; "
        + text("then smm account add LINK --client C --token NAME"),
    )


def _opener(ctx: Context, parts: str, needs: Sequence[TokenKind], refused: Sequence[str]) -> str:
    text = ctx.words.text
    kinds = kinds_text(ctx.words, needs)
    if not refused:
        return text("{parts}: needs {kinds}", parts=parts, kinds=kinds)
    return text(
        "{parts}: refused to {tokens}, needs {kinds} with rights to this account",
        parts=parts,
        tokens=", ".join(refused),
        kinds=kinds,
    )


async def _routes(
    ctx: Context, account: Account, connector: type[Connector], zone: ZoneInfo, memory: Memory
) -> tuple[Route, ...]:
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
    made = connector(network_setup(ctx, account.network, shared, memory))
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


def _last_failure(ctx: Context, account: Account, trouble: TroubleRecord) -> _Told:
    from wording.troubles import trouble_sentence

    facts = {"account": account.handle, "network": account.network, **trouble.facts}
    sentence = trouble_sentence(ctx.words, trouble.kind, trouble.code, trouble.detail, facts)
    message = ctx.words.text("last sync: {trouble}", trouble=sentence.message)
    return _Told(Health.WARN, message, sentence.next_step)
