"""Ticks of a client's day: what is done stays done for its day, and only that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from goals.agreement.terms import Hours, Replies, Report, Terms
from goals.model import AccountId, ClientId, PostKind, PostState
from store.contract import Writer
from tests.support.rhythm_day import agree_on
from tests.support.store import AUTHOR, NOW, TODAY, add_account, add_client, make_store, post
from wording.words import Words
from work.day import days_of, todo_of
from work.day_done import TICKED, tick_of
from work.day_values import Day, Ranked

WORDS = Words("en")
TOMORROW = TODAY + timedelta(days=1)
#: The report is due tomorrow, people are answered every day.
AGREED = Terms(
    hours=Hours(start_time=time(10), end_time=time(19)),
    replies=Replies(who="we", minutes=60),
    report=Report(day=TOMORROW.day, form="a page"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Writer]:
    """A client with an agreement, and two clips and a post planned for tomorrow."""
    with make_store(tmp_path / "smm.db") as store:
        client = add_client(store)
        agree_on(store, client, AGREED)
        account = add_account(store, client)
        for kind, text in ((PostKind.CLIP, "one"), (PostKind.CLIP, "two"), (PostKind.POST, "three")):
            planned = replace(post(None, TOMORROW, state=PostState.PLANNED, text=text), kind=kind)
            store.add_post(AccountId(account), planned, author=AUTHOR, now=NOW)
        yield store


def listed(store: Writer, now: datetime = NOW) -> list[tuple[Day, Ranked]]:
    todo = todo_of(WORDS, store, days_of(WORDS, store, store.clients(), now))
    return [(day, each) for day, tasks in todo for each in tasks]


def tick(store: Writer, *kinds: str, now: datetime = NOW) -> None:
    """Tick off the first task of each kind."""
    for kind in kinds:
        day, ranked = next(pair for pair in listed(store, now) if pair[1].task.kind == kind)
        store.add_done_mark(tick_of(day, ranked, author=AUTHOR, now=now))


def left(store: Writer, now: datetime = NOW) -> list[str]:
    return sorted(each.task.kind for _, each in listed(store, now) if each.done is None)


def test_each_kind_that_leaves_no_trace_is_ticked_off_and_back(store: Writer) -> None:
    before = listed(store)
    assert left(store) == ["answer", "prepare", "report", "shoot", "shoot"]
    tick(store, *TICKED)
    assert left(store) == ["shoot"]
    assert [each.task for _, each in listed(store)] == [each.task for _, each in before]
    for mark in store.done_marks(ClientId(1), TODAY):
        assert (mark.author, mark.made_at) == (AUTHOR, NOW)
        store.remove_done_mark(mark)
    assert listed(store) == before


def test_of_two_pieces_only_the_one_that_is_made_is_ticked(store: Writer) -> None:
    tick(store, "shoot")
    made, other = (each for _, each in listed(store) if each.task.kind == "shoot")
    assert made.done is not None
    assert other.done is None
    assert made.about != other.about


def test_answers_are_due_again_tomorrow_but_a_report_sent_ahead_is_not(store: Writer) -> None:
    tick(store, "answer", "report")
    tomorrow = NOW + timedelta(days=1)
    kinds = {each.task.kind: each.done for _, each in listed(store, tomorrow)}
    assert kinds["answer"] is None
    assert kinds["report"] is not None
    assert "report" not in left(store, tomorrow)


def test_the_day_is_the_clients(store: Writer) -> None:
    far = add_client(store, "Далеко", timezone="Asia/Kamchatka")
    agree_on(store, far, replace(AGREED, hours=Hours(), report=Report()))
    night = NOW + timedelta(hours=9)  # 15:00 UTC: 3:00 of the next day there
    here, there = (
        tick_of(day, ranked, author=AUTHOR, now=night)
        for day, ranked in sorted(listed(store, night), key=lambda pair: pair[0].client.id)
        if ranked.task.kind == "answer"
    )
    assert (here.day, there.day) == (TODAY, TOMORROW)


def test_a_tick_of_another_client_is_none_of_this_one(store: Writer) -> None:
    other = add_client(store, "Свеча")
    agree_on(store, other, AGREED)
    tick(store, "answer", "report")
    assert left(store) == ["answer", "prepare", "report", "shoot", "shoot"]
