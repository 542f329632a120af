"""A store with posts that are about topics by hand, by their words and only perhaps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from textual.pilot import Pilot

from cli.topic.topics import match_new
from goals.model import ClientId, Gap, GoalKind, PostId, PostKind, PostState
from store.changes import UnitOutcome
from store.contract import Reader, Writer
from store.opening import open_reader
from store.refresh import refresh_all
from store.values import Filter, MarkedBy, UnitStatus
from tests.support.dashboard import shows, until
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    add_account,
    add_client,
    add_goal,
    days_ago,
    make_store,
    post,
)
from tui.app import SmmApp
from tui.services import ExitState

OLD_BATCH, TASTING = "Старая партия", "Дегустации"


def fill_posts(path: Path) -> None:
    """Two clients: one with topics, a plan, posts and a story; one with a post that came from elsewhere."""
    with make_store(path) as store:
        zerno = add_client(store, "Кофейня «Зерно»")
        vk = add_account(store, zerno, "zerno", network_id="1")
        run = store.start_run(NOW)
        store.claim(run, [vk])
        told = [
            post("1", days_ago(1), text="Распродажа: всё со скидкой", url="https://vk.com/wall-1_1",
                 figures={"views": 1500, "likes": 40, "comments": 5}),
            post("2", days_ago(2), text="Кофе дня со скидкой", figures={"views": 800}),
            post("3", days_ago(3), text="Скидкой порадуем и завтра", figures={"views": 900}),
            post("4", days_ago(4), text="Утро в зале", kind=PostKind.STORY),
            post("5", days_ago(6), text="Снято с показа", state=PostState.DELETED),
            post("6", days_ago(2), text="Анонс, который не вышел", state=PostState.PLANNED),
        ]  # fmt: skip
        hidden = [Gap(vk, "stories", days_ago(11), days_ago(10), "not_collected")]
        store.commit_unit(UnitOutcome(vk, UnitStatus.OK, NOW, posts=told, gaps=hidden), run)
        plan = post(None, TODAY + timedelta(days=2), state=PostState.PLANNED, text="Приглашаем на вечер")
        store.add_post(vk, plan, author=AUTHOR, now=NOW)
        for name, words in ((OLD_BATCH, ("распродажа",)), (TASTING, ("дегустация",))):
            number = store.topic(zerno, name)
            topic = next(topic for topic in store.topics(zerno) if topic.id == number)
            store.update_topic(replace(topic, words=words), author=AUTHOR, now=NOW)
        _other_client(store)
        add_goal(
            store, zerno, "posts", GoalKind.TOTAL_IN_PERIOD, 12.0,
            topic=OLD_BATCH, start=date(2026, 11, 1), deadline=date(2026, 11, 30),
        )  # fmt: skip
        match_new(store, NOW)
        refresh_all(store, NOW)


def _other_client(store: Writer) -> None:
    client = add_client(store, "Мастерская «Свеча»")
    account = add_account(store, client, "svecha", network="telegram", network_id="2")
    run = store.start_run(NOW)
    store.claim(run, [account])
    told = [post("7", days_ago(1), text="Новый воск", topics=("Воск",))]
    store.commit_unit(UnitOutcome(account, UnitStatus.OK, NOW, posts=told), run)
    add_goal(store, client, "posts", GoalKind.TOTAL_IN_PERIOD, 12.0)


def the_id(reader: Reader, beginning: str) -> PostId:
    """The post whose text begins so."""
    return next(row.post.id for row in reader.posts(Filter()) if row.post.text.startswith(beginning))


def marks_of(path: Path, beginning: str) -> dict[str, tuple[bool | None, MarkedBy]]:
    """What is said of the post whose text begins so, by topic."""
    with open_reader(path) as reader:
        number = the_id(reader, beginning)
        return {mark.topic: (mark.about, mark.by) for mark in reader.topic_marks() if mark.post_id == number}


def client_named(reader: Reader, part: str) -> ClientId:
    """The client with this in its name."""
    return next(client.id for client in reader.clients() if part in client.name)


def ready(keys: tuple[str, ...], *texts: str) -> Callable[[Pilot[ExitState]], Awaitable[None]]:
    """Press the keys one after another, then wait for the texts."""

    async def before(pilot: Pilot[ExitState]) -> None:
        app = pilot.app
        assert isinstance(app, SmmApp)
        await until(pilot, lambda: app.feed.is_watching)
        await app.workers.wait_for_complete()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
            await app.workers.wait_for_complete()
        await shows(pilot, *texts)
        await app.workers.wait_for_complete()
        await pilot.pause()

    return before
