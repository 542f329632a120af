"""When a run finds out what the new posts are about: at its end, in steps, and never at its cost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from store.contract import Writer
from store.errors import StoreBusyError
from store.values import Filter, RunStatus
from sync.api import run_sync
from sync.plan import Selection
from sync.report import RunReport
from tests.sync.scripted import Bench, add

Step = Callable[[Writer], None]


def run(bench: Bench, *steps: Step) -> tuple[RunReport, int]:
    """A run whose matching does these steps; how it ended, and how many of them were done."""
    done = 0

    def matching(store: Writer, now: datetime) -> Iterator[int]:
        nonlocal done
        assert now == bench.now
        for step in steps:
            step(store)
            done += 1
            yield 1

    settings = replace(bench.settings, match=matching)
    report = run_sync(bench.open, settings, Selection(), now=lambda: bench.now, stop=bench.stop)
    return report, done


def nothing(_store: Writer) -> None:
    pass


def test_matching_sees_all_that_the_run_has_brought(bench: Bench) -> None:
    add(bench, "zerno", "svecha")
    seen: list[int] = []
    report, done = run(bench, lambda store: seen.append(len(list(store.posts(Filter())))), nothing)
    assert (report.status, done, seen) == (RunStatus.OK, 2, [6])


def test_a_run_that_is_asked_to_end_stops_between_two_steps(bench: Bench) -> None:
    add(bench, "zerno")
    report, done = run(bench, nothing, lambda _store: bench.stop.set(), nothing, nothing)
    assert (report.interrupted, report.status, done) == (True, RunStatus.OK, 2)


def test_a_run_that_was_stopped_does_not_begin_to_match(bench: Bench) -> None:
    add(bench, "zerno")
    bench.stop.set()
    assert run(bench, nothing)[1] == 0


def test_a_busy_store_leaves_matching_to_the_next_run(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    add(bench, "zerno")

    def busy(_store: Writer) -> None:
        raise StoreBusyError("smm.db")

    with caplog.at_level(logging.WARNING):
        report, done = run(bench, nothing, busy, nothing)
    assert (report.status, done) == (RunStatus.OK, 1)
    assert "next run" in caplog.text
    assert run(bench, nothing)[1] == 1


def test_the_made_up_posts_of_a_demo_are_not_looked_at(bench: Bench) -> None:
    add(bench, "zerno")
    with bench.open() as store:
        store.mark_demo()
    assert run(bench, nothing)[1] == 0
