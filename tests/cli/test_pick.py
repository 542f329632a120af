"""Things by any unique part of their names, accounts also by links and handles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.exits import UserError
from cli.pick import CLIENT, pick, pick_account, pick_goal, pick_token
from goals.model import ClientId, Goal
from store.changes import NewAccount
from store.contract import Writer
from tests.support.store import AUTHOR, NOW, add_client, make_store
from wording.names import folded
from wording.words import Words

WORDS = Words("en")


def chosen(names: list[str], wanted: str) -> str:
    return pick(names, wanted, lambda name: [name], str, CLIENT, WORDS)


@given(st.lists(st.text("абвё «»Z", min_size=1), min_size=1, unique_by=folded))
def test_a_whole_name_always_finds_its_own(names: list[str]) -> None:
    for name in names:
        if folded(name):
            assert chosen(names, name) == name


@given(
    st.lists(st.text("абвг", min_size=1, max_size=4), max_size=6, unique=True), st.text("абвг", max_size=3)
)
def test_a_part_finds_one_or_says_why_not(names: list[str], part: str) -> None:
    fitting = [name for name in names if part and part in name]
    if part in names or len(fitting) == 1:
        assert chosen(names, part) == (part if part in names else fitting[0])
    else:
        with pytest.raises(UserError) as caught:
            chosen(names, part)
        assert caught.value.next_step
        assert all(name in caught.value.message for name in fitting)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Writer]:
    with make_store(tmp_path / "smm.db") as made:
        yield made


def add(store: Writer, client: ClientId, network: str, handle: str, **more: str) -> None:
    new = NewAccount(client, network, handle, **more)  # type: ignore[arg-type]
    store.add_account(new, author=AUTHOR, now=NOW)


@pytest.mark.parametrize(
    ("wanted", "handle"),
    [
        ("https://vk.com/zerno", "zerno"),
        ("m.vk.com/zerno?from=x", "zerno"),
        ("club123", "zerno"),
        ("https://vk.com/club123", "zerno"),
        ("vk:zerno", "zerno"),
        ("vk:123", "zerno"),
        ("t.me/s/zerno_kofe", "zerno_kofe"),
        ("@zerno_kofe", "zerno_kofe"),
        ("zerno", "zerno"),
        ("свечи", "svechi"),
        ("SVECHI", "svechi"),
    ],
)
def test_an_account_by_whatever_people_paste(store: Writer, wanted: str, handle: str) -> None:
    client = add_client(store)
    add(store, client, "vk", "zerno", network_id="123", title="Кофейня «Зерно»")
    add(store, client, "telegram", "zerno_kofe", title="Зерно")
    add(store, client, "vk", "svechi", title="Мастерская «Свечи»")
    assert pick_account(store, wanted, WORDS).handle == handle


def test_a_community_of_two_clients_needs_the_client(store: Writer) -> None:
    first, second = add_client(store, "Зерно"), add_client(store, "Свечи")
    add(store, first, "vk", "common")
    add(store, second, "vk", "common")
    with pytest.raises(UserError, match=r"#1 vk:common \(Зерно\), #2 vk:common \(Свечи\)") as caught:
        pick_account(store, "https://vk.com/common", WORDS)
    assert "#" in caught.value.next_step
    assert pick_account(store, "#2", WORDS).client_id == second
    with pytest.raises(UserError, match="Several accounts"):
        pick_account(store, "common", WORDS)
    assert pick_account(store, "common", WORDS, client=second).client_id == second


def test_a_bare_number_is_the_networks_id_before_it_is_one_of_the_list(store: Writer) -> None:
    client = add_client(store)
    add(store, client, "vk", "first", network_id="2")
    add(store, client, "vk", "second", network_id="77")
    assert pick_account(store, "2", WORDS).handle == "first"
    assert pick_account(store, "#2", WORDS).handle == "second"
    assert pick_account(store, "1", WORDS).handle == "first"
    assert pick_account(store, "vk:77", WORDS).handle == "second"


def test_an_unknown_account_says_how_to_add_it(store: Writer) -> None:
    with pytest.raises(UserError, match="There is no account «@nobody»") as caught:
        pick_account(store, "@nobody", WORDS)
    assert "smm account add" in caught.value.next_step


def test_a_goal_by_its_number_or_title(store: Writer) -> None:
    from tests.support.store import add_goal

    client = add_client(store)
    add_goal(store, client)
    (goal,) = store.goals()

    def title(_goal: Goal) -> str:
        return "Зерно: +300 подписчиков"

    assert pick_goal(store, str(goal.id), WORDS, title=title) == goal
    assert pick_goal(store, f"#{goal.id}", WORDS, title=title) == goal
    assert pick_goal(store, "+300", WORDS, title=title) == goal
    with pytest.raises(UserError, match="no goal «99»"):
        pick_goal(store, "99", WORDS, title=title)


def test_a_token_by_its_whole_name_only() -> None:
    assert pick_token(["vk-main", "tg"], "VK-Main", WORDS) == "vk-main"
    with pytest.raises(UserError, match="no token «vk»") as caught:
        pick_token(["vk-main", "tg"], "vk", WORDS)
    assert "vk-main, tg" in caught.value.next_step
