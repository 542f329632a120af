"""A store with settings that lead to fake networks, and `smm sync` on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from cli.__main__ import main
from store.contract import Writer
from store.opening import open_writer, prepare
from tests.fakes.server import Reply
from tests.fakes.telegram import Channel, Message, TelegramFake
from tests.fakes.vk import VkFake
from tests.fakes.vk_world import FakeCommunity, World, wall_of
from tests.support.store import NOW, add_account, add_client

SECRET = "vk1.a.canary-service-key"


@dataclass(slots=True)
class Place:
    """A store and settings that lead to the fakes."""

    folder: Path
    vk: VkFake
    telegram: TelegramFake

    @property
    def db(self) -> Path:
        return self.folder / "smm.db"

    @property
    def argv(self) -> list[str]:
        return ["--db", str(self.db), "--config", str(self.folder / "config.toml"), "sync"]

    def open(self) -> Writer:
        return open_writer(self.db)

    @contextmanager
    def start(self, *options: str) -> Iterator[subprocess.Popen[str]]:
        """A run in a process of its own, which does not outlive the block."""
        with subprocess.Popen(
            [sys.executable, "-P", "-m", "cli", *self.argv, *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "SMM_NOW": NOW.isoformat()},
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def account(self, handle: str, *, network: str = "vk", client: str = "Кофейня «Зерно»") -> None:
        with self.open() as store:
            known = {one.name: one.id for one in store.clients()}
            add_account(store, known.get(client) or add_client(store, client), handle, network=network)

    def community(self, number: int, handle: str, **more: object) -> None:
        walls = wall_of(3, int((NOW - timedelta(hours=1)).timestamp()))
        self.vk.world.add(FakeCommunity(number, handle.title(), handle, posts=walls, **more))  # type: ignore[arg-type]
        self.account(handle)

    def channel(self, name: str) -> None:
        messages = [Message(n, NOW - timedelta(hours=20 - n), f"Пост {n}", views=10 * n) for n in (1, 2, 3)]
        number = 100 + len(self.telegram.channels)
        self.telegram.add(Channel(name, name.title(), 4812, number, messages))
        self.account(name, network="telegram")


@contextmanager
def sync_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """An empty store in `folder`, a service key for VK, and both fakes running."""
    monkeypatch.setenv("SMM_NOW", NOW.isoformat())
    monkeypatch.setenv("VK_KEY", SECRET)
    world = World()
    world.token("service", SECRET)
    with VkFake(world) as vk, TelegramFake() as telegram:
        place = Place(folder, vk, telegram)
        prepare(place.db)
        (folder / "config.toml").write_text(
            f"""
[tokens.key]
kind = "service"
env = "VK_KEY"

[networks.vk]
token = "key"
base_url = "{vk.url}"

[networks.telegram]
base_url = "{telegram.url}"
preview_base_url = "{telegram.url}"
""",
            encoding="utf-8",
        )
        yield place


def run(place: Place, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    code = main([*place.argv, *options])
    told = capsys.readouterr()
    return code, told.out, told.err


def hang_on(place: Place, name: str) -> None:
    """The channel's page never comes."""
    place.telegram.script(Reply(hang=True), when=lambda request: request.path == f"/s/{name}", times=None)
