"""`smm doctor`: what is wrong and what to do about it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cli.checkup import run as checkup
from cli.checkup.run import Finding, Health
from cli.exits import Exit
from wording.words import mark

if TYPE_CHECKING:
    from cli.context import Context

HELP = mark("what is wrong and what to do")

_SIGNS = {Health.OK: "✓", Health.WARN: "!", Health.FAIL: "✗"}


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("--offline", action="store_true", help=text("ask no network about the tokens"))
    parser.add_argument("--json", action="store_true", help=text("as JSON"))
    parser.epilog = text(
        "Ends with 1 where something fails, with 0 where all works or only warnings are left."
    )


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Look at everything and tell; 1 if something fails."""
    findings = list(_findings(ctx, online=not args.offline))
    if args.json:
        ctx.write_json(found._asdict() for found in findings)
    else:
        for found in findings:
            ctx.write(f"{_SIGNS[found.status]} {found.message}")
            if found.next_step and found.status is not Health.OK:
                ctx.write(f"  → {found.next_step}")
        ctx.write(_summary(ctx, findings))
    return Exit.FAILED if any(found.status is Health.FAIL for found in findings) else Exit.OK


def _findings(ctx: Context, *, online: bool) -> Iterator[Finding]:
    from cli.checkup import networks
    from cli.checkup.accounts import check_accounts
    from cli.hangers import hangers

    yield from checkup.check_program(ctx)
    settings = list(checkup.check_config(ctx))
    if all(found.status is not Health.FAIL for found in settings):
        problems = list(_check_dashboard(ctx))
        settings = problems or settings
    yield from settings
    store = list(checkup.check_store(ctx))
    yield from store
    sound_settings = all(found.status is not Health.FAIL for found in settings if found.check == "config")
    sound_store = store[0].status is Health.OK
    if sound_settings:
        yield from networks.check_tokens(ctx, hangers(ctx) if sound_store else {}, online=online)
        yield from networks.check_plugins(ctx)
    accounts = is_demo = False
    if sound_settings and sound_store:
        with ctx.reader() as reader:
            is_demo, accounts = reader.is_demo(), bool(reader.accounts())
            if is_demo:
                yield checkup.demo_finding(ctx)
            else:
                yield from check_accounts(ctx, reader)
                yield from checkup.check_data(ctx, reader)
    if sound_settings and not is_demo:
        yield from checkup.check_cron(ctx, needed=accounts)


def _check_dashboard(ctx: Context) -> Iterator[Finding]:
    """What is wrong with the theme and the keys of the settings: the dashboard would not open."""
    if not (ctx.config.dashboard.theme or ctx.config.dashboard.keys):
        return
    from cli.config.dashboard_problems import key_problems, theme_problem

    theme = theme_problem(ctx)
    for problem in ([theme] if theme else []) + key_problems(ctx):
        yield Finding("dashboard", Health.FAIL, problem.sentence, problem.next_step)


def _summary(ctx: Context, findings: list[Finding]) -> str:
    failed = sum(found.status is Health.FAIL for found in findings)
    warned = sum(found.status is Health.WARN for found in findings)
    if failed:
        return ctx.words.plural("{n} thing does not work", "{n} things do not work", failed)
    if warned:
        return ctx.words.plural("All works; {n} thing to look at", "All works; {n} things to look at", warned)
    return ctx.words.text("All is well")
