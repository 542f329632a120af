"""What a token may not read: a trouble where the account hangs on it, and none where it is an extra."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from connectors.base import Fetched, Part, Refusal, Target, Trouble, TroubleKind
from store.values import RunStatus, UnitStatus
from sync.plan import Selection
from sync.report import every_token_refused
from tests.support.store import NOW
from tests.sync.scripted import (
    DENIED,
    REFUSED,
    Bench,
    Script,
    add,
    fetched_post,
    parts,
    posts,
    profile,
    stories,
    troubled,
    unit_of,
)


def without(part: Part, trouble: Trouble = DENIED) -> Callable[[Target], Fetched]:
    """A part of which nothing came but a trouble."""
    return lambda target: Fetched(target.key, part, NOW, trouble=trouble)


def test_an_optional_part_without_the_right_is_no_trouble(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    script.answers["zerno"] = parts(profile, posts, without(Part.STORIES))
    report = bench.run()
    unit = unit_of(report, "zerno")
    assert (report.status, unit.status, unit.trouble) == (RunStatus.OK, UnitStatus.OK, None)
    script.refused = {Part.STORIES: DENIED}
    assert unit_of(bench.run(), "zerno").status is UnitStatus.OK


@pytest.mark.parametrize(
    "trouble", [REFUSED, Trouble(TroubleKind.RETRY, "vk.29"), Trouble(TroubleKind.SKIP, "vk.203")]
)
def test_any_other_trouble_of_an_optional_part_is_told(
    bench: Bench, script: Script, trouble: Trouble
) -> None:
    add(bench, "zerno")
    script.answers["zerno"] = parts(profile, posts, without(Part.STORIES, trouble))
    unit = unit_of(bench.run(), "zerno")
    assert unit.status is UnitStatus.PARTIAL
    assert unit.trouble is not None
    assert unit.trouble.code == trouble.code


def test_an_optional_part_that_came_without_its_figures_is_told(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    script.answers["zerno"] = parts(
        profile, posts, lambda target: replace(stories(target, trouble=DENIED), posts=[fetched_post(9)])
    )
    assert unit_of(bench.run(), "zerno").status is UnitStatus.PARTIAL


def test_a_wall_without_the_right_stays_a_trouble_in_the_networks_words(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    script.answers["zerno"] = parts(profile, without(Part.POSTS), stories)
    first = unit_of(bench.run(), "zerno")
    script.answers["zerno"] = parts(profile, stories)
    script.refused = {Part.POSTS: replace(DENIED, detail="")}
    second, third = (unit_of(bench.run(), "zerno") for _ in range(2))
    assert first.status is second.status is third.status is UnitStatus.PARTIAL
    assert first.trouble is not None
    assert first.trouble.detail == "Access denied"
    assert first.trouble == second.trouble == third.trouble
    assert [unit.is_old_news for unit in (first, second, third)] == [False, True, True]
    assert not any(unit.is_settled for unit in (first, second, third))  # a token would open it
    script.refused = {}
    script.answers.clear()
    assert unit_of(bench.run(), "zerno").status is UnitStatus.OK


def test_a_new_trouble_is_worth_more_than_a_remembered_one(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    script.refused = {Part.POSTS: DENIED}
    script.answers["zerno"] = troubled(REFUSED)
    unit = unit_of(bench.run(), "zerno")
    assert unit.trouble is not None
    assert (unit.status, unit.trouble.code) == (UnitStatus.FAILED, "vk.5")


def test_an_account_that_is_closed_altogether_fails_by_the_refusal(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    script.refused = dict.fromkeys((Part.PROFILE, Part.POSTS, Part.STORIES), DENIED)
    unit = unit_of(bench.run(), "zerno")
    assert unit.trouble is not None
    assert (unit.status, unit.trouble.code) == (UnitStatus.FAILED, "vk.15")
    assert unit.refusal is Refusal.RIGHT
    assert not script.asked


def test_stories_alone_without_the_right_leave_the_account_as_it_was(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    bench.run()
    script.answers["zerno"] = parts(without(Part.STORIES))
    report = bench.run(Selection(stories_only=True))
    unit = unit_of(report, "zerno")
    assert (report.status, unit.status) == (RunStatus.OK, UnitStatus.SKIPPED)
    assert unit.trouble is not None
    assert unit.trouble.code == "vk.15"
    with bench.open() as store:
        [last] = store.last_units()
        assert last.status is UnitStatus.OK


@pytest.mark.parametrize("order", [1, -1])
def test_which_of_several_troubles_is_told_does_not_hang_on_who_answers_first(
    bench: Bench, script: Script, order: int
) -> None:
    add(bench, "zerno")
    answers = [
        without(part, replace(REFUSED, facts={"token": str(part)}))
        for part in (Part.PROFILE, Part.POSTS, Part.STORIES)
    ]
    script.answers["zerno"] = parts(*answers[::order])
    trouble = unit_of(bench.run(), "zerno").trouble
    assert trouble is not None
    assert trouble.facts == {"token": "profile"}


@pytest.mark.parametrize(
    ("troubles", "refused"),
    [
        ((REFUSED, REFUSED), True),
        ((DENIED, DENIED), False),
        ((REFUSED, DENIED), False),
        ((Trouble(TroubleKind.AUTH, "vk.14"), REFUSED), False),
    ],
)
def test_every_token_is_refused_only_where_each_is(
    bench: Bench, script: Script, troubles: tuple[Trouble, Trouble], refused: bool
) -> None:
    add(bench, "zerno", "svecha")
    script.answers = {"zerno": troubled(troubles[0]), "svecha": troubled(troubles[1])}
    report = bench.run()
    assert report.status is RunStatus.FAILED
    assert every_token_refused(report) is refused
