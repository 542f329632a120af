"""A wish is kept as a draft, and finished step by step with `smm goal edit`."""

from __future__ import annotations

from typing import Any

from cli.exits import Exit
from tests.support.program import Outcome, Program


def test_a_wish_is_finished_step_by_step_and_may_stay_a_draft(cafe: Program) -> None:
    (wish,) = as_list(cafe.run("goal", "add", "хочу новых подписчиков", "--client", "зерно", "--json"))
    number = str(wish["id"])
    assert wish["status"] == "draft"
    dated = cafe.ok("goal", "edit", number, "--deadline", "30.11", "--why", "срок", "--json").json()
    assert (dated["status"], dated["deadline"], dated["amount"]) == ("draft", "2026-11-30", None)
    posts = ("--metric", "posts", "--kind", "total_in_period", "--amount", "12")
    done = cafe.ok("goal", "edit", number, *posts, "--why", "решили", "--json").json()
    assert (done["metric"], done["kind"], done["amount"]) == ("posts", "total_in_period", 12)
    assert done["status"] != "draft"
    undone = cafe.run("goal", "edit", number, "--deadline", "", "--why", "передумали")
    assert undone.code == Exit.USAGE


def test_a_wish_whose_measure_is_named_goes_by_it(cafe: Program) -> None:
    (wish,) = as_list(cafe.run("goal", "add", "хочу, чтобы всё было хорошо", "--client", "зерно", "--json"))
    assert (wish["metric"], wish["title"]) == ("unnamed", "хочу, чтобы всё было хорошо")
    number = str(wish["id"])
    named = ("--metric", "posts", "--kind", "keep_rate", "--period", "week", "--amount", "3")
    done = cafe.ok("goal", "edit", number, *named, "--why", "уточнили", "--json").json()
    assert done["title"].replace("\u00a0", " ") == "ВК: 3 поста в неделю"


def as_list(outcome: Outcome) -> list[dict[str, Any]]:
    """The goals of an answer."""
    found = outcome.json()
    assert isinstance(found, list)
    return found
