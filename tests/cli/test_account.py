"""`smm account`: a pasted link, the history it gets, and what happens where nothing can be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from cli.exits import Exit
from store.changes import NewAccount, UnitOutcome
from store.opening import open_writer
from store.values import UnitStatus
from tests.fakes.server import Reply
from tests.fakes.telegram import Channel, Message, TelegramFake
from tests.fakes.vk import VkFake
from tests.fakes.vk_world import FakeCommunity, World, wall_of
from tests.support.program import Outcome, Program
from tests.support.store import NOW, reading

SECRET = "vk1.a.canary-service-key"
SETTINGS = """
[general]
language = "ru"

[tokens.key]
kind = "service"
env = "VK_KEY"

[tokens.mine]
kind = "user"
env = "VK_KEY"

[networks.vk]
{token}
base_url = "{vk}"

[networks.telegram]
preview_base_url = "{telegram}"
"""


@pytest.fixture
def networks() -> Iterator[tuple[VkFake, TelegramFake]]:
    """VK with two communities, Telegram with a channel."""
    world = World()
    world.token("service", SECRET)
    world.add(
        FakeCommunity(1, "Зерно", "zerno", posts=wall_of(3, int((NOW - timedelta(hours=1)).timestamp())))
    )
    world.add(FakeCommunity(2, "DELETED", "gone", deactivated="deleted"))
    with VkFake(world) as vk, TelegramFake() as telegram:
        messages = [Message(n, NOW - timedelta(hours=20 - n), f"Пост {n}", views=10 * n) for n in (1, 2, 3)]
        telegram.add(Channel("zerno_cafe", "Зерно", 4812, 100, messages))
        yield vk, telegram


def connect(program: Program, networks: tuple[VkFake, TelegramFake], token: str = 'token = "key"') -> Program:
    vk, telegram = networks
    program.write_config(SETTINGS.format(token=token, vk=vk.url, telegram=telegram.url))
    return Program(program.folder, {**program.env, "VK_KEY": SECRET})


@pytest.fixture
def cafe(ready: Program, networks: tuple[VkFake, TelegramFake]) -> Program:
    """A client, and settings that lead to the fakes."""
    ready.ok("client", "add", "Кофейня «Зерно»")
    return connect(ready, networks)


def add(program: Program, link: str, *options: str) -> Outcome:
    return program.run("account", "add", link, "--client", "зерно", *options)


def listed(program: Program) -> list[dict[str, object]]:
    found = program.ok("account", "list", "--json").json()
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("link", ["https://vk.com/zerno", "m.vk.com/zerno", "vk.ru/club1", "public1"])
def test_an_account_gets_its_history_by_any_link(cafe: Program, link: str) -> None:
    outcome = add(cafe, link, "--json")
    assert outcome.code == Exit.OK, outcome.err
    account = outcome.json()
    assert (account["client"], account["network"], account["account_id"]) == ("Кофейня «Зерно»", "vk", "1")
    assert (account["handle"], account["title"], account["error"]) == ("zerno", "Зерно", None)
    assert account["last_ok_at"] == "2026-11-23T06:00:00+00:00"
    assert "3\u00a0записи" in outcome.err or "3 записи" in outcome.err
    assert len(cafe.ok("export", "posts", "--format", "json").json()) == 3
    assert SECRET not in outcome.out + outcome.err


def test_a_channel_of_telegram_needs_no_token(cafe: Program) -> None:
    outcome = add(cafe, "@zerno_cafe")
    assert outcome.code == Exit.OK
    assert "Получено" in outcome.err
    assert [row["metric"] for row in cafe.ok("export", "readings", "--format", "json").json()] == ["audience"]


def test_a_channel_is_listed_with_its_title_and_number(
    cafe: Program, networks: tuple[VkFake, TelegramFake]
) -> None:
    networks[1].add(Channel("Svechi_Shop", "Мастерская «Свеча»", 90, 7, [Message(1, NOW, "Пост", views=3)]))
    add(cafe, "t.me/svechi_shop")
    (channel,) = listed(cafe)
    assert (channel["title"], channel["account_id"]) == ("Мастерская «Свеча»", "7")
    assert channel["handle"] == "Svechi_Shop"
    assert cafe.run("account", "list", "--client", "зерно").code == Exit.OK


def test_figures_of_a_reading_that_was_not_whole_are_not_called_never(cafe: Program) -> None:
    add(cafe, "vk.com/zerno", "--no-sync")
    assert "ещё не читали" in cafe.ok("account", "list").out
    with open_writer(cafe.db) as store:
        (account,) = store.accounts()
        taken = NOW - timedelta(hours=2)
        run_id = store.start_run(taken)
        store.claim(run_id, [account.id])
        readings = [reading(account.id, NOW.date(), 5, taken_at=taken)]
        store.commit_unit(UnitOutcome(account.id, UnitStatus.PARTIAL, taken, readings=readings), run_id)
    assert "2 ч назад, не всё" in cafe.ok("account", "list").out.replace("\u00a0", " ")
    assert listed(cafe)[0]["last_read_at"] == taken.isoformat()


def test_an_account_that_the_network_says_is_gone_is_not_kept(cafe: Program) -> None:
    for link in ("vk.com/gone", "vk.com/never_was", "t.me/never_was"):
        outcome = add(cafe, link)
        assert outcome.code == Exit.FAILED, (link, outcome)
        assert "не добавлен" in outcome.err
        assert "→" in outcome.err
    assert listed(cafe) == []


def test_a_link_that_leads_to_a_community_that_is_gone_never_advises_to_remove_an_account(
    cafe: Program,
) -> None:
    outcome = add(cafe, "vk.com/club2")
    assert "Проверьте ссылку" in outcome.err
    assert "remove" not in outcome.err


def test_a_history_longer_than_one_reading_says_that_more_comes(
    cafe: Program, networks: tuple[VkFake, TelegramFake]
) -> None:
    vk, _telegram = networks
    newest = int((NOW - timedelta(hours=1)).timestamp())
    vk.world.add(FakeCommunity(3, "Долгая", "long", posts=wall_of(1100, newest)))
    outcome = add(cafe, "vk.com/long")
    assert outcome.code == Exit.OK
    assert "придут со следующими сборами" in outcome.err
    assert "придут" not in add(cafe, "vk.com/zerno").err


def test_on_a_demo_an_account_is_added_and_no_network_asked(
    cafe: Program, networks: tuple[VkFake, TelegramFake]
) -> None:
    with open_writer(cafe.db) as store:
        store.mark_demo()
    outcome = add(cafe, "vk.com/zerno")
    assert outcome.code == Exit.OK
    assert "обновлять нечего" in outcome.err
    assert not networks[0].requests


def test_without_a_token_the_account_is_kept_and_the_token_that_opens_it_is_named(
    cafe: Program, networks: tuple[VkFake, TelegramFake]
) -> None:
    bare = connect(cafe, networks, token="")
    outcome = add(bare, "vk.com/zerno")
    assert outcome.code == Exit.OK
    assert "→" in outcome.err
    (account,) = listed(bare)
    assert account["last_ok_at"] is None
    assert isinstance(account["error"], dict)
    assert list(account["error"]) == ["kind", "code", "message", "next_step"]
    assert account["error"]["kind"] == "auth"


def test_a_network_that_answers_nonsense_leaves_the_account_and_says_incomplete(
    cafe: Program, networks: tuple[VkFake, TelegramFake]
) -> None:
    networks[1].script(Reply(b"<html>sorry</html>", 403, "text/html"), times=None)
    outcome = add(cafe, "t.me/zerno_cafe")
    assert outcome.code == Exit.INCOMPLETE
    assert "→" in outcome.err
    assert [row["handle"] for row in listed(cafe)] == ["zerno_cafe"]


def test_no_sync_asks_the_network_nothing(cafe: Program, networks: tuple[VkFake, TelegramFake]) -> None:
    assert add(cafe, "vk.com/zerno", "--no-sync").code == Exit.OK
    assert networks[0].calls == []
    assert len(listed(cafe)) == 1


def test_the_same_link_again_adds_its_tokens_and_no_twin(cafe: Program) -> None:
    add(cafe, "vk.com/zerno", "--no-sync")
    outcome = add(cafe, "https://vk.com/zerno", "--token", "mine", "--no-sync")
    assert outcome.code == Exit.OK
    assert "уже есть" in outcome.err
    assert [row["tokens"] for row in listed(cafe)] == [["mine"]]


@pytest.mark.parametrize(
    ("link", "options", "code", "hint"),
    [
        ("example.com/x", [], Exit.USAGE, "t.me/zerno"),
        ("zerno", [], Exit.USAGE, "--network"),
        ("vk.com/id7", [], Exit.USAGE, "сообществ"),
        ("t.me/+AbCdEf", [], Exit.USAGE, "открытую"),
        ("vk.com/zerno", ["--token", "nope"], Exit.FAILED, "mine"),
        ("vk.com/zerno", ["--network", "vkk"], Exit.USAGE, "vk"),
    ],
)
def test_a_slip_is_answered_with_the_next_step(
    cafe: Program, link: str, options: list[str], code: Exit, hint: str
) -> None:
    outcome = add(cafe, link, *options)
    assert (outcome.code, outcome.out) == (code, "")
    assert hint in outcome.err
    assert listed(cafe) == []


def test_an_unknown_client_is_said_before_anything_is_asked(
    cafe: Program, networks: tuple[VkFake, TelegramFake]
) -> None:
    outcome = cafe.run("account", "add", "vk.com/zerno", "--client", "Звено")
    assert outcome.code == Exit.FAILED
    assert networks[0].calls == []


def test_two_links_of_one_community_become_one_account(cafe: Program) -> None:
    add(cafe, "vk.com/zerno", "--no-sync", "--token", "mine")
    add(cafe, "vk.com/club1", "--no-sync")
    goal = ("--metric", "audience", "--kind", "reach_level", "--amount", "5000", "--deadline", "30.11")
    cafe.ok("goal", "add", "--client", "зерно", "--account", "#1", *goal)
    assert cafe.run("sync", "--json").code == Exit.OK
    (kept,) = listed(cafe)
    assert (kept["handle"], kept["account_id"], kept["tokens"]) == ("zerno", "1", ["mine"])
    assert kept["last_ok_at"] is not None
    assert len(cafe.ok("export", "posts", "--format", "json").json()) == 3
    (row,) = cafe.ok("goal", "list", "--json").json()
    assert row["account"] == "zerno"
    assert row["current"] is not None


def test_a_second_link_that_proves_to_be_a_known_account_says_so(cafe: Program) -> None:
    add(cafe, "vk.com/club1", "--no-sync")
    outcome = add(cafe, "vk.com/zerno", "--json")
    assert outcome.code == Exit.OK, outcome.err
    assert "уже есть: vk:zerno" in outcome.err
    assert [row["id"] for row in listed(cafe)] == [outcome.json()["id"]]
    assert "3\u00a0записи" in outcome.err or "3 записи" in outcome.err


def test_an_account_put_away_beside_its_twin_is_answered_without_a_fault(cafe: Program) -> None:
    add(cafe, "vk.com/club1")
    cafe.ok("account", "remove", "vk:1")
    with open_writer(cafe.db) as store:
        client = next(known for known in store.clients() if "Зерно" in known.name)
        store.add_account(NewAccount(client.id, "vk", "zerno"), author="", now=NOW)
    outcome = add(cafe, "vk.com/club1", "--no-sync")
    assert outcome.code == Exit.OK
    assert "уже есть" in outcome.err
    assert len(listed(cafe)) == 1


def test_a_removed_account_leaves_the_list_and_its_history_stays(cafe: Program) -> None:
    add(cafe, "vk.com/zerno")
    assert "История осталась" in cafe.ok("account", "remove", "zerno").out
    assert listed(cafe) == []
    assert len(cafe.ok("export", "posts", "--format", "json").json()) == 3
    again = add(cafe, "vk.com/club1", "--no-sync", "--json").json()
    assert (again["handle"], again["account_id"]) == ("zerno", "1")
    assert [row["id"] for row in listed(cafe)] == [again["id"]]
    assert len(cafe.ok("export", "posts", "--format", "json").json()) == 3
