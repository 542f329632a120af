"""A desk for trying the exact reading of Telegram: the connector on both fakes, with somebody logged in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.base import Secret, Token, TokenKind
from connectors.telegram.mtproto.sessions import Session, Sessions
from tests.fakes.mtproto_world import API_HASH, API_ID, MtprotoWorld
from tests.fakes.telegram import TelegramFake
from tests.support.telegram_desk import Desk

USER = Token("zerno-user", TokenKind.USER, Secret(f"{API_ID}:{API_HASH}"))


class UserDesk(Desk):
    """A connector on a Telegram that has public pages and servers for users."""

    def __init__(self, fake: TelegramFake, world: MtprotoWorld, state_dir: Path) -> None:
        super().__init__(fake)
        self.world = world
        self.setup = replace(self.setup, state_dir=state_dir)
        self.sessions = Sessions(state_dir)
        self.text = world.session()
        self.sessions.write(USER.name, Session(Secret(self.text)))

    @property
    def session(self) -> Session:
        """What is kept now."""
        return self.sessions.read(USER)

    def asked(self, method: str) -> int:
        """How often a method was asked for."""
        return self.world.calls.count(method)


@contextmanager
def user_desk(fake: TelegramFake, state_dir: Path) -> Iterator[UserDesk]:
    """A desk on a fake whose channels users are told of too."""
    from telethon import TelegramClient

    world = MtprotoWorld(fake.channels)
    # Telethon knows one Telegram in a process, and remembers where its data centres are.
    patch = pytest.MonkeyPatch()
    patch.setattr(TelegramClient, "_config", None)
    with world.server:
        yield UserDesk(fake, world, state_dir)
    patch.undo()
