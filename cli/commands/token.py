"""`smm token`: secrets put where only their owner reads them, and tried with one free call each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from cli.pick import pick_token
from wording.words import mark

if TYPE_CHECKING:
    from pathlib import Path

    from cli.config.values import Config, TokenSettings
    from cli.context import Context
    from cli.hangers import Hanger
    from cli.online import CheckedToken
    from connectors.base import Secret

HELP = mark("tokens of networks: add, list, check, replace, remove")

_MOST_TYPED = 8192
#: The kind that a network's token most likely is, where nobody says.
USUAL_KIND = {
    "instagram": "oauth",
    "mastodon": "user",
    "max": "bot",
    "metrika": "oauth",
    "ok": "user",
    "telegram": "bot",
    "vk": "service",
    "youtube": "key",
}


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    from cli.config.values import TOKEN_KINDS

    text = ctx.words.text
    commands = parser.add_subparsers(dest="action", required=True, metavar="add|list|check|replace|remove")
    add = commands.add_parser(
        "add",
        help=text("put a token in; the secret comes from a hidden prompt or stdin"),
        epilog=text("The secret is written to tokens/NAME beside the settings, for your eyes only."),
    )
    add.add_argument("name", metavar="NAME", help=text("letters, digits, _ and -"))
    add.add_argument("--kind", choices=TOKEN_KINDS, help=text("what kind of token it is"))
    add.add_argument("--network", metavar="NETWORK", help=text("the network whose accounts all may use it"))
    listing = commands.add_parser("list", help=text("list the tokens, without their secrets"))
    listing.add_argument("--json", action="store_true", help=text("as JSON"))
    check = commands.add_parser("check", help=text("try the tokens with one free call each"))
    check.add_argument("name", nargs="?", metavar="NAME", help=text("only this one"))
    check.add_argument("--json", action="store_true", help=text("as JSON"))
    replace = commands.add_parser("replace", help=text("put another secret in the token's place"))
    replace.add_argument("name", metavar="NAME")
    remove = commands.add_parser("remove", help=text("take a token out of the settings and the accounts"))
    remove.add_argument("name", metavar="NAME")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says. Raises UserError, StoreError."""
    actions = {"add": _add, "list": _list, "check": _check, "replace": _replace, "remove": _remove}
    return actions[args.action](ctx, args)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    from cli.config import file as config_file

    words, name = ctx.words, args.name
    _refuse_name(ctx, name)
    network = args.network or (name if name in USUAL_KIND else None)
    if network is not None:
        _refuse_network(ctx, network)
    kind = args.kind or USUAL_KIND.get(network or "") or _kind_in_name(name)
    if kind is None:
        raise UserError(
            words.text("What kind of token is «{name}»?", name=name),
            words.text("Say it: --kind service (or community, user, bot, key, oauth)"),
            Exit.USAGE,
        )
    if network is not None:
        _refuse_kind(ctx, network, kind)
    file = f"tokens/{name}"
    settings = config_file.with_token(
        config_file.read_settings(ctx.config_path), name, kind, file, network, words
    )
    path = ctx.config_path.parent / "tokens" / name
    with _new_secret(ctx, name, logs_in=(network, kind) == ("telegram", "user")) as secret:
        _write_secret(ctx, path, secret.reveal())
        config_file.write_settings(ctx.config_path, settings)
    ctx.say(words.text("Token «{name}» is kept in {path}", name=name, path=path))
    if network is None:
        ctx.say(
            "→ "
            + words.text("Use it for an account: smm account add LINK --client C --token {name}", name=name)
        )
    ctx.say("→ " + words.text("Try it: smm token check {name}", name=name))
    return Exit.OK


def _refuse_name(ctx: Context, name: str) -> None:
    from cli.config.check import is_token_name

    words = ctx.words
    if not is_token_name(name):
        raise UserError(
            words.text("«{name}» cannot be a token's name", name=name),
            words.text(
                "Take letters, digits, _ and -, like vk-service. The secret itself is asked for later"
            ),
            Exit.USAGE,
        )
    if any(known.casefold() == name.casefold() for known in ctx.config.tokens):
        raise UserError(
            words.text("There is a token «{name}» already", name=name),
            words.text("Put another secret in its place: smm token replace {name}", name=name),
        )


def _refuse_network(ctx: Context, network: str) -> None:
    from cli.config.check import nearest
    from connectors.registry import known_networks

    known = known_networks()
    if network not in known:
        raise UserError(
            ctx.words.text("There is no network «{name}»", name=network),
            ctx.words.text("Did you mean {names}?", names=nearest(network, known)),
            Exit.USAGE,
        )


def _refuse_kind(ctx: Context, network: str, kind: str) -> None:
    """Refuse a kind that the network has no use for."""
    from cli.troubles import user_error
    from connectors.base import ConnectorError
    from connectors.registry import connector_class
    from wording.goals import network_name

    try:
        kinds = sorted(connector_class(network).token_kinds())
    except ConnectorError as error:
        raise user_error(ctx.words, error) from error
    if kinds and kind not in kinds:
        name = network_name(ctx.words, network)
        raise UserError(
            ctx.words.text("{network} has no tokens of the kind {kind}", network=name, kind=kind),
            ctx.words.text("Take one of these: --kind {kinds}", kinds=" / ".join(kinds)),
            Exit.USAGE,
        )


def _kind_in_name(name: str) -> str | None:
    """The kind that the name itself says: `vk-service`, `tg_bot`."""
    from cli.config.values import TOKEN_KINDS

    return next((kind for kind in TOKEN_KINDS if kind in name.casefold()), None)


@contextmanager
def _new_secret(ctx: Context, name: str, *, logs_in: bool) -> Iterator[Secret]:
    """The secret that is put in now, to be written within; a user of Telegram logs in for it."""
    from cli.secrets import checked_secret

    if not logs_in:
        yield checked_secret(_typed_secret(ctx, name), name, ctx.words)
        return
    from cli.telegram_login import new_session

    with new_session(ctx, name) as secret:
        yield secret


def _typed_secret(ctx: Context, name: str) -> bytes:
    """What was typed unseen at a terminal, or came through stdin."""
    if sys.stdin.isatty():
        from getpass import getpass

        prompt = ctx.words.text("The secret of «{name}» (it is not shown): ", name=name)
        try:
            return getpass(prompt, stream=ctx.stderr).encode("utf-8", "surrogateescape")
        except EOFError:
            return b""
    return sys.stdin.buffer.read(_MOST_TYPED)


def _write_secret(ctx: Context, path: Path, secret: str) -> None:
    from cli.config.file import write_secret
    from wording.details import os_detail

    try:
        write_secret(path, secret)
    except OSError as error:
        raise UserError(
            ctx.words.text(
                "The secret cannot be written: {path} ({detail})",
                path=path,
                detail=os_detail(ctx.words, error),
            ),
            ctx.words.text("See to the rights of that folder, then repeat the command"),
        ) from None


def _replace(ctx: Context, args: argparse.Namespace) -> int:
    from cli.secrets import secret_path
    from cli.telegram_login import is_session
    from store.errors import StoreMissingError

    words = ctx.words
    name = pick_token(ctx.config.tokens, args.name, words)
    settings = ctx.config.tokens[name]
    if not settings.file:
        raise UserError(
            words.text(
                "The secret of «{name}» comes from {source}", name=name, source=_source(ctx, settings)
            ),
            words.text("Change it there: the program only reads it"),
            Exit.USAGE,
        )
    with _new_secret(ctx, name, logs_in=is_session(ctx, name)) as secret:
        _write_secret(ctx, secret_path(ctx.config_path, settings.file), secret.reveal())
    with suppress(StoreMissingError), ctx.writer() as store:
        store.unblock(name)  # what was held against the old secret
    ctx.say(words.text("Token «{name}» has its new secret", name=name))
    ctx.say("→ " + words.text("Try it: smm token check {name}", name=name))
    return Exit.OK


def _remove(ctx: Context, args: argparse.Namespace) -> int:
    from cli.config import file as config_file
    from cli.secrets import secret_path
    from cli.telegram_login import end_session, is_session
    from wording.goals import network_name

    words = ctx.words
    name = pick_token(ctx.config.tokens, args.name, words)
    settings = ctx.config.tokens[name]
    after = config_file.without_token(config_file.read_settings(ctx.config_path), name, words)
    accounts = _take_from_accounts(ctx, name)
    config_file.write_settings(ctx.config_path, after)
    ctx.say(words.text("Token «{name}» is out of the settings", name=name))
    if is_session(ctx, name):
        end_session(ctx, name)
    networks = [network_name(words, network) for network in _networks_of(ctx.config, name)]
    if networks:
        ctx.say(words.text("Networks that used it: {names}", names=", ".join(networks)))
    if accounts:
        ctx.say(words.text("Accounts that used it: {names}", names="; ".join(accounts)))
    ours = ctx.config_path.parent / "tokens" / name
    if settings.file and secret_path(ctx.config_path, settings.file) == ours:
        ours.unlink(missing_ok=True)
        ctx.say(words.text("Its file is deleted: {path}", path=ours))
    else:
        source = _source(ctx, settings)
        ctx.say(words.text("Its secret stays where it is: {source}", source=source))
    return Exit.OK


def _take_from_accounts(ctx: Context, name: str) -> list[str]:
    """Take the token from the accounts that name it, and forget what was held against it; their names."""
    from dataclasses import replace

    from store.errors import StoreMissingError
    from wording.goals import network_name

    found: list[str] = []
    with suppress(StoreMissingError), ctx.writer() as store, store.together():
        clients = {client.id: client.name for client in store.clients(archived=True)}
        for account in store.accounts(archived=True):
            if name in account.tokens:
                left = tuple(token for token in account.tokens if token != name)
                store.update_account(replace(account, tokens=left), author=ctx.author, now=ctx.now())
                network = network_name(ctx.words, account.network)
                found.append(f"{clients[account.client_id]}, {network} {account.handle}")
        store.unblock(name)
    return found


def _source(ctx: Context, settings: TokenSettings) -> str:
    """Where the secret comes from, as people read it."""
    from cli.secrets import shown_variable

    variable = shown_variable(settings.env, ctx.environ)
    return {"cmd": " ".join(settings.cmd), "file": settings.file, "env": variable}[settings.source]


def _networks_of(config: Config, token: str) -> list[str]:
    return [name for name, network in config.networks.items() if token in network.tokens]


def _list(ctx: Context, args: argparse.Namespace) -> int:
    from cli.hangers import hangers
    from cli.output import table

    config, words = ctx.config, ctx.words
    hanging = hangers(ctx)
    if args.json:
        ctx.write_json(
            {
                "name": name,
                "kind": settings.kind,
                "source": settings.source,
                "networks": _networks_of(config, name),
                "accounts": [hanger._asdict() for hanger in hanging.get(name, ())],
            }
            for name, settings in config.tokens.items()
        )
        return Exit.OK
    if not config.tokens:
        ctx.say(words.text("No tokens yet. Add one: smm token add NAME --network vk"))
        return Exit.OK
    rows = [
        (
            name,
            settings.kind,
            _source(ctx, settings),
            ", ".join(_networks_of(config, name)) or "—",
            str(len(hanging.get(name, ()))),
        )
        for name, settings in config.tokens.items()
    ]
    headers = tuple(words.text(title) for title in _TITLES)
    ctx.write(table(headers, rows, right={4}))
    return Exit.OK


_TITLES = (mark("token"), mark("kind"), mark("comes from"), mark("networks"), mark("accounts"))


def _check(ctx: Context, args: argparse.Namespace) -> int:
    from cli.hangers import hangers
    from cli.online import check_tokens

    config, words = ctx.config, ctx.words
    names = [pick_token(config.tokens, args.name, words)] if args.name else list(config.tokens)
    if not names:
        ctx.say(words.text("No tokens yet. Add one: smm token add NAME --network vk"))
        return Exit.OK
    hanging = hangers(ctx)
    checked = check_tokens(ctx, names, hanging)
    if args.json:
        ctx.write_json(
            {
                "name": found.name,
                "network": found.network,
                "ok": found.ok,
                "answer": found.answer,
                "next_step": found.next_step or None,
                "clients": _clients(hanging.get(found.name, ())),
            }
            for found in checked
        )
    else:
        for found in checked:
            _write_checked(ctx, found, _clients(hanging.get(found.name, ())))
    bad = [found for found in checked if not found.ok]
    if not bad:
        return Exit.OK
    refused = len(bad) == len(checked) and all(found.refused for found in bad)
    return Exit.AUTH if refused else Exit.FAILED


def _write_checked(ctx: Context, found: CheckedToken, clients: list[str]) -> None:
    sign = "✓" if found.ok else "✗"
    place = f" ({found.network})" if found.network else ""
    ctx.write(f"{sign} {found.name}{place}: {found.answer}")
    if clients:
        ctx.write("  " + ctx.words.text("clients: {names}", names=", ".join(clients)))
    if found.next_step:
        ctx.write(f"  → {found.next_step}")


def _clients(hanging: Sequence[Hanger]) -> list[str]:
    return list(dict.fromkeys(hanger.client for hanger in hanging))
