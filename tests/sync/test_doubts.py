"""Answers that cannot be true are refused; those that are hard to believe wait for a second look."""

from __future__ import annotations

from datetime import timedelta

import pytest

from connectors.base import Figure
from store.values import Filter, UnitStatus
from tests.support.store import TODAY
from tests.sync.scripted import (
    Bench,
    Script,
    add,
    ordinary,
    parts,
    posts,
    profile,
    readings,
    stories,
    unit_of,
)


@pytest.mark.parametrize(
    "figure",
    [
        Figure("audience", TODAY + timedelta(days=2), 1000),
        Figure("audience", TODAY, -1),
        Figure("audience", TODAY, float("nan")),
        Figure("audience", TODAY, float("inf")),
        Figure("fame", TODAY, 1),
    ],
)
def test_figures_that_cannot_be_are_refused(bench: Bench, script: Script, figure: Figure) -> None:
    [zerno] = add(bench, "zerno")
    good = Figure("reach", TODAY - timedelta(days=1), 40)
    script.answers["zerno"] = parts(lambda target: profile(target, figures=[figure, good]), posts, stories)
    unit = unit_of(bench.run(), "zerno")
    assert unit.status is UnitStatus.PARTIAL
    assert unit.trouble is not None
    assert (unit.trouble.code, unit.trouble.facts) == ("sync.refused", {"n": "1"})
    with bench.open() as store:
        assert readings(store, zerno) == {("reach", TODAY - timedelta(days=1)): 40}


def test_address_that_another_account_took_over_writes_nothing(bench: Bench, script: Script) -> None:
    [zerno] = add(bench, "zerno")
    bench.run()
    script.answers["zerno"] = parts(lambda target: profile(target, 5, network_id="id-thief"), posts, stories)
    unit = unit_of(bench.later(days=1).run(), "zerno")
    assert unit.status is UnitStatus.FAILED
    assert unit.trouble is not None
    assert unit.trouble.code == "sync.other_account"
    with bench.open() as store:
        assert readings(store, zerno) == {("audience", TODAY): 1000}


def test_great_fall_is_believed_the_second_time(bench: Bench, script: Script) -> None:
    [zerno] = add(bench, "zerno")
    bench.run()
    script.answers["zerno"] = ordinary(audience=3)
    held = unit_of(bench.run(), "zerno")
    assert held.trouble is not None
    assert (held.trouble.code, held.trouble.facts) == ("sync.suspect_audience", {"was": "1000", "is": "3"})
    with bench.open() as store:
        assert readings(store, zerno) == {("audience", TODAY): 1000}
    assert unit_of(bench.run(), "zerno").status is UnitStatus.OK
    with bench.open() as store:
        assert readings(store, zerno) == {("audience", TODAY): 3}
    assert unit_of(bench.run(), "zerno").status is UnitStatus.OK


def test_empty_wall_is_believed_the_second_time(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    bench.run()
    since = TODAY - timedelta(days=5)
    script.answers["zerno"] = parts(profile, lambda target: posts(target, 0, complete_since=since), stories)
    held = unit_of(bench.run(), "zerno")
    assert held.trouble is not None
    assert held.trouble.code == "sync.suspect_posts"
    with bench.open() as store:
        assert {row.post.state for row in store.posts(Filter())} == {"published"}
    assert unit_of(bench.run(), "zerno").status is UnitStatus.OK
    with bench.open() as store:
        assert {row.post.state for row in store.posts(Filter())} == {"deleted"}
