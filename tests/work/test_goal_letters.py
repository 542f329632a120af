"""The letters of a saved goal: an answer that was given stays given, while figures move on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from goals.draft import Letter
from goals.model import Goal, GoalId, GoalKind
from goals.smart import State, Why, next_question
from store.contract import Writer
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    add_account,
    add_client,
    add_goal,
    make_store,
    reading,
    series,
    sync_unit,
)
from work.goal_draft import read_known, said_goals
from work.goal_letters import letters_of

#: A jagged climb of some nine a day.
CLIMB = [4000.0 + 9 * day + (day * 37 % 23) for day in range(90)]
LATER = timedelta(days=10)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Writer]:
    with make_store(tmp_path / "smm.db") as writer:
        yield writer


def grown(store: Writer, *networks: str) -> GoalId:
    """A goal of a client whose audience grew for 90 days; more networks than VK may be named."""
    client = add_client(store)
    account = add_account(store, client)
    for network in networks:
        add_account(store, client, network=network)
    sync_unit(store, account, readings=series(account, CLIMB))
    return add_goal(
        store,
        client,
        amount=3000.0,
        baseline=CLIMB[-1],
        network="vk",
        account_id=account,
        start=TODAY,
        deadline=TODAY + timedelta(days=40),
    )


def changed(store: Writer, goal: Goal, **fields: object) -> Goal:
    edited = replace(goal, **fields)  # type: ignore[arg-type]
    return store.update_goal(edited, author=AUTHOR, now=NOW, why="так")


def _showing(figures: frozenset[str] | None, networks: Sequence[str]) -> frozenset[str] | None:
    assert list(networks) == ["telegram"]
    return figures


def asked(store: Writer, goal: Goal, later: timedelta = timedelta()) -> tuple[State, bool]:
    [client] = store.clients()
    found = letters_of(store, client, goal, TODAY + later).findings[Letter.ATTAINABLE]
    return found.state, found.answered


@pytest.mark.parametrize("place", ["even", "bold"])
def test_a_target_that_was_taken_is_not_asked_about_when_the_offers_have_moved(
    store: Writer, place: str
) -> None:
    goal = store.goal(grown(store))
    [client] = store.clients()
    targets = letters_of(store, client, goal, TODAY).targets
    assert targets is not None
    assert asked(store, goal) == (State.WEAK, False)
    goal = changed(store, goal, amount=float(round(getattr(targets, place))))
    assert asked(store, goal) == (State.WEAK, True)
    account = goal.account_id
    assert account is not None
    slower = [reading(account, TODAY + timedelta(days=n), CLIMB[-1] + n) for n in range(1, LATER.days + 1)]
    sync_unit(store, account, readings=slower, now=NOW + LATER)
    moved = letters_of(store, client, goal, TODAY + LATER).targets
    assert moved is not None
    assert abs(getattr(moved, place) - getattr(targets, place)) > (targets.bold - targets.safe) / 10
    assert asked(store, goal, LATER) == (State.WEAK, True)
    assert asked(store, changed(store, goal, amount=3000.0), LATER) == (State.WEAK, False)


def test_what_is_given_is_kept_with_the_line(store: Writer) -> None:
    goal = store.goal(grown(store))
    goal = changed(store, goal, wish="на это даём 10 часов в неделю")
    assert asked(store, goal) == (State.WEAK, True)


def test_a_line_of_two_networks_is_asked_about_until_one_is_chosen(store: Writer) -> None:
    goal = store.goal(grown(store, "telegram"))
    line = "+300 подписчиков в вк или телеге до 31.12"
    goal = changed(store, goal, wish=line, priority=1)
    [client] = store.clients()
    found = letters_of(store, client, goal, TODAY)
    question = next_question(found.findings)
    assert question is not None
    assert question.why is Why.EITHER_NETWORK
    assert [each.network for each in found.wish.alternatives] == ["telegram"]
    there = next(one for one in store.accounts(client.id) if one.network == "telegram")
    goal = changed(store, goal, network="telegram", account_id=there.id, baseline=None)
    found = letters_of(store, client, goal, TODAY)
    assert found.wish.alternatives == ()
    assert found.findings[Letter.SPECIFIC].why is Why.NAMED


def test_the_editor_knows_which_figures_a_network_shows(store: Writer) -> None:
    client_id = add_client(store)
    add_account(store, client_id, network="telegram")
    [client] = store.clients()
    for shown, why in ((frozenset({"audience"}), Why.NOT_SHOWN), (None, Why.NAMED)):
        known = read_known(store, client, TODAY, partial(_showing, shown))
        [said] = said_goals(known, "охват +20 % до 31.12")
        assert said.findings[Letter.SPECIFIC].why is why


def test_the_editor_offers_each_of_two_networks_with_its_own_account(store: Writer) -> None:
    grown(store, "telegram")
    [client] = store.clients()
    known = read_known(store, client, TODAY)
    [said] = said_goals(known, "+300 подписчиков в телеге или вк к 1 или 15 декабря")
    assert [(each.network, each.deadline and each.deadline.day) for each in said.readings] == [
        ("telegram", 1), ("vk", 1), ("telegram", 15), ("vk", 15),
    ]  # fmt: skip
    accounts = {one.network: one.id for one in store.accounts(client.id)}
    assert said.goal.account_id == accounts["telegram"]
    assert said.goal.kind is GoalKind.GAIN
