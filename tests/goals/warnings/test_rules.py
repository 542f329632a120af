"""Each rule: it fires, it is silent where all is well, and without data it claims nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from goals.warnings.finding import Severity, Step
from goals.warnings.rules import ORDER, RULES, warnings_in
from goals.warnings.situation import Situation
from tests.goals.warnings.build import situation
from tests.goals.warnings.cases import CASES, Case

EACH = pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])


def found(at: Situation) -> set[str]:
    return {warning.rule for warning in warnings_in(at)}


@EACH
def test_it_fires(case: Case) -> None:
    (warning, *_) = [warning for warning in warnings_in(case.fires) if warning.rule == case.rule]
    assert warning.severity == case.severity
    assert isinstance(warning.step, Step)
    assert warning.key.startswith((case.rule, "stale"))


@EACH
def test_it_is_silent_where_all_is_well(case: Case) -> None:
    assert case.rule not in found(case.silent)


@EACH
def test_without_data_it_claims_nothing(case: Case) -> None:
    assert case.rule not in found(case.no_data)


def test_every_rule_has_its_row_and_its_place() -> None:
    assert {case.rule for case in CASES} == set(ORDER)
    assert {rule.__name__ for rule in RULES} <= set(ORDER)


def test_nothing_is_found_where_nothing_is_known() -> None:
    assert warnings_in(situation()) == []


@EACH
def test_what_lasts_keeps_its_key_on_the_next_day(case: Case) -> None:
    day = timedelta(days=1)
    later = replace(case.fires, today=case.fires.today + day, now=case.fires.now + day)
    keys = {warning.key for warning in warnings_in(case.fires)}
    lasting = {warning.key for warning in warnings_in(later) if warning.rule == case.rule}
    assert lasting <= keys
    assert len(keys) == len(warnings_in(case.fires))


@EACH
def test_the_gravest_come_first(case: Case) -> None:
    ranks = [warning.severity.rank for warning in warnings_in(case.fires)]
    assert ranks == sorted(ranks)
    assert Severity.HIGH.rank < Severity.MEDIUM.rank < Severity.LOW.rank


@pytest.mark.parametrize("page", ["warnings.md", "warnings.ru.md"])
def test_the_page_tells_every_rule(page: str) -> None:
    text = (Path(__file__).parents[3] / "docs" / page).read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE)) == set(ORDER)


@pytest.mark.parametrize("page", ["warnings.md", "warnings.ru.md"])
@EACH
def test_the_page_tells_every_fact(page: str, case: Case) -> None:
    text = (Path(__file__).parents[3] / "docs" / page).read_text(encoding="utf-8")
    told = {name for warning in warnings_in(case.fires) for name in warning.facts}
    told = {name for name in told if not name.startswith("trouble_")}
    assert told <= set(re.findall(r"`(\w+)`", text))
