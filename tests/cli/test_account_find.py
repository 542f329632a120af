"""`smm account find`: what a client's communities link to, tried before it is proposed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cli.exits import Exit
from tests.fakes.server import Reply
from tests.fakes.telegram import Channel, TelegramFake
from tests.support.program import Program

ABOUT = """Обжариваем кофе. Второй канал: t.me/zerno_opt
Бариста: t.me/anna_barista, закрытый чат t.me/+AbCdEf, видео: rutube.ru/channel/23460655
Сами: https://t.me/zerno_cafe"""
SETTINGS = """
[general]
language = "ru"

[networks.telegram]
preview_base_url = "{telegram}"
"""


@pytest.fixture
def telegram() -> Iterator[TelegramFake]:
    with TelegramFake() as fake:
        fake.add(Channel("zerno_cafe", "Зерно", 4812, 100, about=ABOUT))
        fake.add(Channel("zerno_opt", "Зерно оптом", 512, 101))
        fake.add(Channel("anna_barista", "Анна", 0, 102, preview=False, kind="person"))
        yield fake


@pytest.fixture
def cafe(ready: Program, telegram: TelegramFake) -> Program:
    ready.write_config(SETTINGS.format(telegram=telegram.url))
    ready.ok("client", "add", "Кофейня")
    return ready


def test_linked_accounts_are_proposed_as_their_networks_know_them(cafe: Program) -> None:
    cafe.ok("account", "add", "t.me/zerno_cafe", "--client", "Кофейня", "--no-sync")
    found = cafe.ok("account", "find", "кофе", "--json").json()
    assert [(each["network"], each["handle"]) for each in found] == [
        ("telegram", "zerno_opt"),
        ("rutube", "23460655"),
    ]
    first = found[0]
    assert (first["title"], first["audience"], first["said_by"]) == (
        "Зерно оптом",
        512,
        "telegram:zerno_cafe",
    )


def test_the_table_ends_with_the_command_that_adds(cafe: Program) -> None:
    cafe.ok("account", "add", "t.me/zerno_cafe", "--client", "Кофейня", "--no-sync")
    outcome = cafe.ok("account", "find", "Кофейня")
    assert "Зерно оптом" in outcome.out
    assert "smm account add https://t.me/zerno_opt --client 'Кофейня'" in outcome.out


def test_what_the_client_has_is_not_proposed_again(cafe: Program) -> None:
    for link in ("t.me/zerno_cafe", "t.me/zerno_opt", "rutube.ru/channel/23460655"):
        cafe.ok("account", "add", link, "--client", "Кофейня", "--no-sync")
    assert "не ссылаются" in cafe.run("account", "find", "Кофейня").out


def test_a_description_that_cannot_be_read_says_why(cafe: Program, telegram: TelegramFake) -> None:
    cafe.ok("account", "add", "t.me/zerno_cafe", "--client", "Кофейня", "--no-sync")
    telegram.script(Reply(status=429, headers={"Retry-After": "600"}), times=None)
    outcome = cafe.run("account", "find", "Кофейня")
    assert outcome.code == Exit.INCOMPLETE
    assert "telegram:zerno_cafe" in outcome.err


def test_a_client_without_accounts_is_told_the_first_step(cafe: Program) -> None:
    outcome = cafe.run("account", "find", "Кофейня")
    assert outcome.code == Exit.FAILED
    assert "smm account add" in outcome.err
