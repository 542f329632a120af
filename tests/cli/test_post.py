"""`smm post`: content by hand, plans, and marks of topics."""

from __future__ import annotations

from typing import Any

import pytest

from cli.exits import Exit
from tests.support.program import Program, made_once


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """A client with an account and a goal of four stories about the old batch."""
    ready.ok("client", "add", "Кофейня «Зерно»")
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    goal = ("--metric", "stories", "--kind", "total_in_period", "--amount", "4", "--deadline", "30.11")
    ready.ok("goal", "add", "--client", "зерно", *goal, "--topic", "Старая партия")
    return ready


def add(program: Program, *options: str) -> dict[str, Any]:
    found = program.ok("post", "add", *options, "--json").json()
    assert isinstance(found, dict)
    return found


def goal(program: Program) -> dict[str, Any]:
    (found,) = program.ok("goal", "list", "--json").json()
    assert isinstance(found, dict)
    return found


STORY = ("--client", "зерно", "--account", "vk.com/zerno", "--kind", "story", "--topic", "старая партия")


def test_a_story_by_hand_counts_at_once(cafe: Program) -> None:
    story = add(cafe, *STORY, "--day", "23.11", "--text", "Дегустация")
    assert (story["kind"], story["state"], story["day"]) == ("story", "published", "2026-11-23")
    assert (story["topics"], story["account"], story["text"]) == (["Старая партия"], "zerno", "Дегустация")
    assert goal(cafe)["current"] == 1


def test_a_planned_story_is_no_done_one(cafe: Program) -> None:
    story = add(cafe, *STORY, "--day", "25.11", "--planned")
    assert (story["state"], story["day"]) == ("planned", "2026-11-25")
    assert goal(cafe)["current"] == 0
    listed = cafe.ok("post", "list", "--state", "planned", "--json").json()
    assert [row["id"] for row in listed] == [story["id"]]
    assert cafe.ok("post", "list", "--state", "published", "--json").json() == []


def test_a_pasted_link_tells_account_and_number(cafe: Program) -> None:
    cafe.ok("account", "add", "t.me/zerno_cafe", "--client", "зерно", "--no-sync")
    post = add(cafe, "https://t.me/zerno_cafe/12", "--client", "зерно")
    assert (post["network"], post["account"], post["post"]) == ("telegram", "zerno_cafe", "12")
    twin = cafe.run("post", "add", "https://t.me/zerno_cafe/12", "--client", "зерно")
    assert twin.code == Exit.FAILED
    assert str(post["id"]) in twin.err


def test_the_only_account_of_a_client_need_not_be_named(cafe: Program) -> None:
    assert add(cafe, "--client", "зерно")["account"] == "zerno"
    cafe.ok("account", "add", "t.me/zerno_cafe", "--client", "зерно", "--no-sync")
    outcome = cafe.run("post", "add", "--client", "зерно")
    assert outcome.code == Exit.USAGE
    assert "--account" in outcome.err


def test_marks_of_topics_move_the_goal_both_ways(cafe: Program) -> None:
    story = add(cafe, "--client", "зерно", "--kind", "story")
    assert goal(cafe)["current"] == 0
    marked = cafe.ok("post", "mark", str(story["id"]), "--topic", "старая партия", "--json").json()
    assert marked["topics"] == ["Старая партия"]
    assert goal(cafe)["current"] == 1
    cafe.ok("post", "mark", str(story["id"]), "--topic", "старая партия", "--not")
    assert goal(cafe)["current"] == 0


def test_posts_are_listed_for_people_by_day_and_account(cafe: Program) -> None:
    add(cafe, *STORY, "--day", "20.11")
    add(cafe, *STORY, "--day", "23.11")
    assert len(cafe.ok("post", "list", "--since", "22.11", "--json").json()) == 1
    listed = cafe.ok("post", "list", "--account", "vk:zerno").out
    assert "история" in listed
    assert "20.11" in listed


@pytest.mark.parametrize("link", ["https://vk.com/wall-999_1", "https://t.me/other_one/5"])
def test_a_post_of_another_community_is_not_put_under_the_account(cafe: Program, link: str) -> None:
    cafe.ok("account", "add", "vk.com/club101", "--client", "зерно", "--no-sync")
    outcome = cafe.run("post", "add", link, "--account", "vk:101")
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert "другого сообщества" in outcome.err
    assert cafe.ok("post", "list", "--json").json() == []


def test_a_post_of_the_account_by_its_number(cafe: Program) -> None:
    cafe.ok("account", "add", "vk.com/club101", "--client", "зерно", "--no-sync")
    post = add(cafe, "https://vk.com/wall-101_7", "--account", "vk:101")
    assert (post["account_id"], post["post"]) == ("101", "7")


@pytest.mark.parametrize(
    ("args", "code", "hint"),
    [
        (["add", "--client", "зерно", "--kind", "storie"], Exit.USAGE, "story"),
        (["add", "--client", "зерно", "--day", "25.11"], Exit.USAGE, "--planned"),
        (["add", "--client", "зерно", "--day", "2026-11-20", "--planned"], Exit.USAGE, "--planned"),
        (["add", "vk.com/zerno", "--client", "зерно"], Exit.USAGE, "vk.com/wall-1_10"),
        (["add", "https://t.me/other_one/5", "--client", "зерно"], Exit.FAILED, "smm account add"),
        (["mark", "77", "--topic", "x"], Exit.FAILED, "smm post list"),
        (["mark", "7" * 5000, "--topic", "x"], Exit.FAILED, "smm post list"),
        (["list", "--state", "gone"], Exit.USAGE, "deleted"),
    ],
)
def test_a_slip_is_answered_with_the_next_step(cafe: Program, args: list[str], code: Exit, hint: str) -> None:
    outcome = cafe.run("post", *args)
    assert (outcome.code, outcome.out) == (code, "")
    assert hint in outcome.err
    assert cafe.ok("post", "list", "--json").json() == []


def test_what_was_entered_by_hand_can_be_taken_back(cafe: Program) -> None:
    kept, wrong = add(cafe, *STORY, "--text", "Дегустация"), add(cafe, *STORY, "--text", "Опечатка")
    assert goal(cafe)["current"] == 2
    removed = cafe.ok("post", "remove", str(wrong["id"]))
    assert "Опечатка" in removed.out
    assert [row["id"] for row in cafe.ok("post", "list", "--json").json()] == [kept["id"]]
    assert goal(cafe)["current"] == 1
    assert cafe.run("post", "remove", str(wrong["id"])).code == Exit.FAILED


def test_a_mistyped_topic_is_refused_and_a_mark_is_taken_back(cafe: Program) -> None:
    story = add(cafe, "--client", "зерно", "--account", "vk.com/zerno", "--kind", "story", "--text", "Утро")
    number = str(story["id"])
    typo = cafe.run("post", "mark", number, "--topic", "Старая патия")
    assert typo.code == Exit.USAGE
    assert "Есть: Старая партия" in typo.err
    assert "smm topic add" in typo.err
    cafe.ok("topic", "add", "ЫЫ", "--client", "зерно")
    assert cafe.ok("post", "mark", number, "--topic", "ЫЫ", "--json").json()["topics"] == ["ЫЫ"]
    assert cafe.ok("post", "mark", number, "--topic", "ЫЫ", "--auto", "--json").json()["topics"] == []
    cafe.ok("post", "mark", number, "--topic", "ЫЫ")
    cafe.ok("topic", "remove", "ЫЫ")
    assert [row["name"] for row in cafe.ok("topic", "list", "--json").json()] == ["Старая партия"]
    refused = cafe.run("topic", "remove", "партия")
    assert refused.code == Exit.FAILED
    assert "на неё ссылаются цели 1" in refused.err.replace("\u00a0", " ")
