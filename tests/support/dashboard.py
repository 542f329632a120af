"""The dashboard on a small real store, driven by a Pilot."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cli.commands.dashboard import recognise
from cli.topic.topics import match_new
from goals.model import GoalKind, Period, PostState
from goals.records import Entry
from store.changes import UnitOutcome
from store.opening import open_reader, open_writer
from store.refresh import refresh_all
from store.values import TroubleRecord, UnitStatus
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    add_account,
    add_client,
    add_goal,
    add_self,
    days_ago,
    make_store,
    post,
    series,
)
from tui.services import EVERYTHING, ExitState, Ran, Services, SyncScope
from wording.words import Words

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

    from store.contract import Writer

START, DEADLINE = date(2026, 11, 1), date(2026, 11, 30)


def fill(path: Path) -> None:
    """Two clients and the specialist: one client badly off, one all on track."""
    with make_store(path) as store:
        run = store.start_run(NOW)
        zerno = add_client(store, "Кофейня «Зерно»")
        vk = add_account(store, zerno, "zerno", network_id="1")
        telegram = add_account(store, zerno, "zerno_tg", network="telegram")
        store.claim(run, [vk, telegram])
        posts = [
            post(str(n), days_ago(3 * n + 1), text=f"Пост {n}", topics=("Старая партия",)) for n in range(3)
        ]
        posts += [
            post(str(n), days_ago(n - 2), text=f"Пост {n}", figures={"views": 500}) for n in range(3, 9)
        ]
        planned = post(None, TODAY + timedelta(days=2), state=PostState.PLANNED, text="Дегустация")
        fresh = NOW - timedelta(minutes=12)
        growth = [4800.0 + 5 * day for day in range(60)]
        store.commit_unit(
            UnitOutcome(vk, UnitStatus.OK, fresh, series(vk, growth), [*posts, planned], requests=2), run
        )
        timeout = TroubleRecord("retry", "http.timeout", facts={"network": "telegram"})
        store.commit_unit(UnitOutcome(telegram, UnitStatus.FAILED, fresh, trouble=timeout), run)
        span = {"start": START, "deadline": DEADLINE}
        total = GoalKind.TOTAL_IN_PERIOD
        add_goal(store, zerno, "posts", total, 12.0, topic="Старая партия", **span)
        add_goal(store, zerno, "audience", GoalKind.GAIN, 300.0, network="vk", account_id=vk, **span)
        _fine_client(store, run)
        me = add_self(store)
        add_goal(store, me, "income", total, 120_000.0, **span)
        store.log_entry(Entry(0, me, "income", days_ago(9), 81_000, "", AUTHOR, NOW))
        refresh_all(store, NOW)


def _fine_client(store: Writer, run: int) -> None:
    client = add_client(store, "Мастерская «Свеча»")
    account = add_account(store, client, "svecha", network_id="2")
    store.claim(run, [account])
    posts = [post(str(n), days_ago(n + 1), text=f"Свеча {n}") for n in range(11)]
    store.commit_unit(UnitOutcome(account, UnitStatus.OK, NOW, series(account, [900, 901]), posts), run)
    span = {"start": START, "deadline": DEADLINE}
    add_goal(store, client, "posts", GoalKind.TOTAL_IN_PERIOD, 12.0, **span)
    add_goal(store, client, "posts", GoalKind.KEEP_RATE, 2.0, period=Period.MONTH, start=START, deadline=None)


async def no_sync(scope: SyncScope = EVERYTHING) -> AsyncGenerator[Mapping[str, object], None]:
    """A sync of no account."""
    del scope
    yield {"event": "start", "done": 0, "total": 0}
    yield {"event": "exit", "code": 0, "message": ""}


async def no_command(*arguments: str) -> Ran:
    """A program that refuses every command."""
    return Ran(1, "", f"no command: {' '.join(arguments)}")


def services_on(path: Path, lang: str = "ru", **more: object) -> Services:
    """What the dashboard is handed, on the store at `path`, with the clock standing at NOW."""
    services = Services(
        words=Words(lang),
        author=AUTHOR,
        zone=ZoneInfo("Europe/Moscow"),
        path=path,
        now=lambda: NOW,
        open_reader=lambda: open_reader(path),
        open_writer=lambda: open_writer(path),
        sync=no_sync,
        command=no_command,
        match=lambda writer: match_new(writer, NOW),
        recognise=recognise,
    )
    return replace(services, **more)  # type: ignore[arg-type]


def screen_lines(app: App[ExitState]) -> list[str]:
    """What is on the screen, line by line."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).replace("\xa0", " ") for strip in strips]


def screen_text(app: App[ExitState]) -> str:
    """What is on the screen, in one text."""
    return "\n".join(screen_lines(app))


async def until(pilot: Pilot[ExitState], condition: Callable[[], bool], seconds: float = 8.0) -> None:
    """Let the app work until the condition holds."""
    give_up = monotonic() + seconds
    while not condition():
        assert monotonic() < give_up, screen_text(pilot.app)
        await pilot.pause(0.02)


async def shows(pilot: Pilot[ExitState], *texts: str) -> None:
    """Let the app work until all texts are on the screen."""
    await until(pilot, lambda: all(text in screen_text(pilot.app) for text in texts))


async def type_text(pilot: Pilot[ExitState], text: str) -> None:
    """Type, letter by letter."""
    for letter in text:
        await pilot.press("space" if letter == " " else letter)
