"""Terms as plain values: nothing is lost, and every problem is told at once with its path."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goals.agreement.checks import TermProblem
from goals.agreement.plain import agreement_of, from_plain, to_plain, to_stored
from goals.agreement.schema import SECTIONS
from goals.agreement.terms import (
    ContentLine,
    Dates,
    Hours,
    KpiLine,
    Priority,
    Scope,
    Terms,
    TopicLine,
    lacking,
)
from goals.model import ClientId, GoalKind, Period
from goals.records import Acceptance, AgreementVersion
from tests.goals.agreement.build import COFFEE, MADE_AT, TODAY, terms


def read(plain: dict[str, Any], networks: tuple[str, ...] | None = None) -> Terms:
    found = from_plain(plain, networks)
    assert isinstance(found, Terms), found
    return found


def problems(plain: dict[str, Any], networks: tuple[str, ...] | None = None) -> dict[str, TermProblem]:
    found = from_plain(plain, networks)
    assert isinstance(found, tuple)
    assert found
    by_path = {problem.path: problem for problem in found}
    assert len(by_path) == len(found), "two problems at one place"
    return by_path


def codes(plain: dict[str, Any]) -> dict[str, str]:
    return {path: problem.code for path, problem in problems(plain).items()}


def test_the_schema_names_the_fields_of_every_dataclass() -> None:
    assert {section.name for section in SECTIONS} == {each.name for each in fields(Terms)}
    for section in SECTIONS:
        assert set(section.keys) == {each.name for each in fields(section.make)}, section.name


def test_the_whole_template_comes_back() -> None:
    assert read(to_plain(COFFEE)) == COFFEE
    assert to_plain(COFFEE)["dates"]["start"] == date(2026, 12, 1)
    assert to_plain(COFFEE)["replies"]["start_time"] == "10:00"


def test_nothing_said_is_nothing_written() -> None:
    assert to_plain(Terms()) == {}
    assert read({}) == Terms()
    assert read({"client": {"approver": "  "}, "dates": {}, "content": []}) == Terms()


@settings(max_examples=40, deadline=None)
@given(terms())
def test_any_terms_come_back_from_plain_values_and_from_json(some: Terms) -> None:
    assert read(to_plain(some)) == some
    assert read(json.loads(json.dumps(to_stored(some)))) == some


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.dates()
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_NAMES = st.sampled_from([section.name for section in SECTIONS]) | st.text(max_size=5)
_KEYS = st.sampled_from([key for section in SECTIONS for key in section.keys])
_TABLES = st.dictionaries(_KEYS, _VALUES, max_size=4)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(_NAMES, _VALUES | _TABLES | st.lists(_TABLES, max_size=3), max_size=5))
def test_whatever_stands_there_is_read_or_refused_with_its_place(plain: dict[str, Any]) -> None:
    found = from_plain(plain)
    if isinstance(found, Terms):
        assert read(to_plain(found)) == found
    else:
        assert found
        assert all(problem.path and problem.code for problem in found)


def test_all_problems_come_at_once() -> None:
    found = codes(
        {
            "clients": {},
            "client": {"aprover": "Ольга", "about": 5},
            "dates": {"start": "завтра", "end": datetime(2026, 12, 1, 10)},  # noqa: DTZ001 - as TOML gives it
            "accounts": [{"address": "vk.com/zerno"}],
            "priorities": "распродать",
            "content": [
                {"format": "post", "amount": 3},
                {"format": "пост", "amount": 0.5, "until": TODAY},
                7,
            ],
            "hours": {
                "month": True,
                "days_off": ["sat", "сб", ""],
                "start_time": "25:00",
                "worked_days": TODAY,
            },
            "kpis": [{"metric": "подписчики", "kind": "gain", "amount": float("nan")}],
            "report": {"day": 32, "questions": ["Что?", 5]},
        }
    )
    assert found == {
        "clients": "unknown_key",
        "client.aprover": "unknown_key",
        "client.about": "text",
        "dates.start": "day",
        "dates.end": "day",
        "accounts[0].network": "missing",
        "priorities": "lines",
        "content[0].period": "when",
        "content[1].format": "choice",
        "content[1].amount": "whole",
        "content[2]": "table",
        "hours.month": "number",
        "hours.days_off[1]": "choice",
        "hours.days_off[2]": "missing",
        "hours.start_time": "clock",
        "hours.worked_days": "days",
        "kpis[0].metric": "choice",
        "kpis[0].amount": "range",
        "report.day": "range",
        "report.questions[1]": "text",
    }


def test_a_key_with_a_slip_is_told_the_nearest_one() -> None:
    found = problems({"contents": [], "approval": {"replydays": 2}, "kpis": [{"metric": "audeince"}]})
    assert found["contents"].facts["near"] == "content"
    assert found["approval.replydays"].facts["near"] == "reply_days"
    assert found["kpis[0].metric"].facts["near"] == "audience"


def test_networks_are_checked_only_where_they_are_given() -> None:
    plain = {"accounts": [{"network": "telegramm", "address": "zerno"}]}
    assert read(plain).accounts[0].network == "telegramm"
    found = problems(plain, ("vk", "telegram"))
    assert found["accounts[0].network"].facts["near"] == "telegram"
    assert codes({"accounts": [{"network": "Вконтакте", "address": "zerno"}]}) == {
        "accounts[0].network": "network"
    }


@pytest.mark.parametrize(
    ("plain", "path", "code"),
    [
        ({"topics": [{"topic": "а", "share": 30}]}, "topics[0].share", "share"),
        ({"topics": [{"topic": "а", "share": 0.3, "amount": 2, "format": "post", "until": TODAY}]},
         "topics[0].share", "either"),
        ({"topics": [{"topic": "а", "amount": 2, "until": TODAY}]}, "topics[0].format", "missing"),
        ({"topics": [{"topic": "а", "amount": 2, "format": "post"}]}, "topics[0].period", "when"),
        ({"topics": [{"topic": "а", "period": "week"}]}, "topics[0].period", "without_amount"),
        ({"topics": [{"topic": "а", "priority": 1}]}, "topics[0].priority", "no_priority"),
        ({"topics": [{"topic": "Елка"}, {"topic": " ёлка "}]}, "topics[1]", "twice"),
        ({"priorities": [{"text": text} for text in "абвг"]}, "priorities", "many"),
        ({"priorities": [{"text": "а", "season_start": TODAY, "season_end": date(2026, 1, 1)}]},
         "priorities[0].season_end", "order"),
        ({"dates": {"start": TODAY, "end": "2026-11-22"}}, "dates.end", "order"),
        ({"dates": {"start": date(1926, 11, 23)}}, "dates.start", "day"),
        ({"kpis": [{"metric": "reach", "kind": "total_in_period"}]}, "kpis[0].kind", "no_total"),
        ({"kpis": [{"metric": "posts", "kind": "average"}]}, "kpis[0].kind", "no_mean"),
        ({"kpis": [{"metric": "unnamed", "kind": "gain"}]}, "kpis[0].metric", "choice"),
        ({"kpis": [{"metric": "audience", "kind": "keep_rate"}]}, "kpis[0].period", "missing"),
        ({"kpis": [{"metric": "leads", "kind": "total_in_period", "period": "week"}]},
         "kpis[0].period", "month_only"),
        ({"kpis": [{"metric": "audience", "kind": "gain", "amount": -5}]}, "kpis[0].amount", "not_positive"),
        ({"client": {"about": "а" * 1001}}, "client.about", "long"),
        ({"client": {"about": "а\x1b[31m"}}, "client.about", "text"),
        ({"scope": {"not_included": "съёмка"}}, "scope.not_included", "texts"),
        ({"hours": {"days_off": "sat"}}, "hours.days_off", "choices"),
        ({"hours": {"start_time": time(10, 0, 5)}}, "hours.start_time", "clock"),
        ({"dates": {"renews": "да"}}, "dates.renews", "yes_no"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(plain: dict[str, Any], path: str, code: str) -> None:
    assert codes(plain) == {path: code}


def test_a_wrong_line_does_not_hide_that_its_neighbours_are_wrong() -> None:
    line = {"network": "vk", "format": "post", "amount": 3, "period": "week"}
    found = problems({"content": [line, {"format": "post"}, line | {"amount": 5}]})
    assert found["content[1].amount"].code == "missing"
    assert found["content[2]"].code == "twice"
    assert found["content[2]"].facts["twin"] == "content[0]"


def test_a_figure_may_fall_where_less_is_better() -> None:
    cheaper = {"metric": "cost_per_lead", "kind": "gain_percent", "amount": -20, "until": TODAY}
    assert read({"kpis": [cheaper]}).kpis[0].amount == -20


def test_what_an_agreement_still_needs() -> None:
    assert lacking(COFFEE) == ()
    assert lacking(Terms())[:4] == ("priorities", "content", "kpis", "client.approver")
    nearly = replace(
        COFFEE,
        scope=Scope(()),
        hours=replace(COFFEE.hours, month=None),
        kpis=(KpiLine("audience", GoalKind.GAIN),),
        approval=replace(COFFEE.approval, silence_is_consent=False, rounds=0),
    )
    assert lacking(nearly) == ("hours.month", "scope.not_included", "kpis[0].amount", "kpis[0].until")


def test_an_empty_list_that_was_said_is_not_the_same_as_silence() -> None:
    assert read({"hours": {"days_off": []}}).hours == Hours(days_off=())
    assert read({"hours": {}}).hours.days_off is None


def test_a_day_may_be_a_text() -> None:
    assert read({"dates": {"start": "2026-12-01"}}).dates == Dates(date(2026, 12, 1))


def test_a_stored_version_is_read() -> None:
    yes = Acceptance("Ольга", TODAY, "Анна", MADE_AT)
    version = AgreementVersion(ClientId(1), 2, MADE_AT, "Анна", "новый приоритет", to_stored(COFFEE), yes)
    found = agreement_of(version)
    assert (found.terms, found.version, found.acceptance) == (COFFEE, 2, yes)
    with pytest.raises(ValueError, match=r"content\[0\]\.amount: missing"):
        agreement_of(replace(version, terms={"content": [{"format": "post", "period": "week"}]}))


def test_values_are_of_their_own_types() -> None:
    found = read(
        {"content": [{"format": "post", "amount": 3, "period": "week"}], "priorities": [{"text": "а"}]}
    )
    assert found.content == (ContentLine("post", 3, period=Period.WEEK),)
    assert found.priorities == (Priority("а"),)
    assert read({"topics": [{"topic": "а", "share": 1}]}).topics == (TopicLine("а", share=1.0),)
