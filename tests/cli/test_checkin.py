"""`smm checkin`: only what is not on track or was changed is asked about; the rest is confirmed at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.exits import Exit
from goals.model import GoalId
from goals.records import CheckIn
from store.opening import open_reader
from tests.support.program import Program, made_once
from wording.words import NBSP

MONDAYS = [{"SMM_NOW": f"2026-{day}T09:00+03:00"} for day in ("11-09", "11-16", "11-23")]
NEXT_HOUR = {"SMM_NOW": "2026-11-23T10:00+03:00"}


def stored(program: Program, goal: int) -> list[CheckIn]:
    with open_reader(program.db) as store:
        return store.last_check_ins([GoalId(goal)]).get(GoalId(goal), [])


def add_goal(program: Program, client: str, amount: int, deadline: str = "30.11") -> None:
    goal = ("--metric", "posts", "--kind", "total_in_period", "--amount", str(amount))
    days = ("--start", "02.11", "--deadline", deadline)
    program.ok("goal", "add", "--client", client, *goal, *days, "--anyway")


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """Goal 1 is behind, goal 2 on track; Anna's client has both, Peter's one more that is behind (3)."""
    start = {"SMM_NOW": "2026-11-02T09:00+03:00"}
    for client, manager in (("Кофейня «Зерно»", "Анна"), ("Свеча", "Пётр")):
        ready.ok("client", "add", client, "--manager", manager, env=start)
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync", env=start)
    ready.ok("account", "add", "vk.com/svecha", "--client", "свеча", "--no-sync", env=start)
    add_goal(ready, "зерно", 40)
    add_goal(ready, "зерно", 1, "31.12")
    add_goal(ready, "свеча", 40)
    for client, account in (("зерно", "vk:zerno"), ("свеча", "vk:svecha")):
        ready.ok("post", "add", "--client", client, "--account", account, "--day", "03.11")
    goal = ("--metric", "income", "--kind", "total_in_period", "--amount", "100", "--deadline", "31.12")
    ready.ok("goal", "add", "--client", "зерно", *goal, "--start", "02.11")
    ready.ok("log", "income", "90", "--client", "зерно")
    return ready


def test_what_is_not_on_track_is_asked_for_and_the_rest_confirmed_by_rule(cafe: Program) -> None:
    found = cafe.ok("checkin", "--json").json()
    assert [(goal["goal_id"], goal["reasons"]) for goal in found["asked"]] == [
        (1, ["not_green"]),
        (3, ["not_green"]),
    ]
    asked = found["asked"][0]
    assert (asked["client"], asked["manager"], asked["last"]) == ("Кофейня «Зерно»", "Анна", None)
    assert asked["suggested"] == "risk"
    (sure,) = found["confirmed"]
    assert (sure["goal_id"], sure["confidence"], sure["by_rule"]) == (4, "on_track", True)
    assert [check_in.by_rule for check_in in stored(cafe, 4)] == [True]
    assert stored(cafe, 1) == []


def test_the_list_says_how_to_answer(cafe: Program) -> None:
    outcome = cafe.ok("checkin", "--client", "зерно")
    assert "1. Кофейня «Зерно» · 40 постов · отстаём" in outcome.out.replace(NBSP, " ")
    assert "smm checkin --set 1=риск" in outcome.err
    assert "1 цель идёт по плану: подтверждена" in outcome.err.replace(NBSP, " ")


def test_only_the_goals_of_a_manager(cafe: Program) -> None:
    assert [
        goal["goal_id"] for goal in cafe.ok("checkin", "--manager", "петр", "--json").json()["asked"]
    ] == [3]
    outcome = cafe.run("checkin", "--manager", "петр", "--set", "1=risk:x")
    assert outcome.code == Exit.USAGE


def test_an_answer_holds_for_the_day_and_may_be_given_anew(cafe: Program) -> None:
    said = cafe.ok("checkin", "--set", '1=риск:"нет фото"', "--json").json()
    assert [(goal["goal_id"], goal["confidence"], goal["why"]) for goal in said["answered"]] == [
        (1, "risk", "нет фото")
    ]
    assert [goal["goal_id"] for goal in said["asked"]] == [3]
    again = cafe.ok("checkin", "--json", env=NEXT_HOUR).json()
    assert [goal["goal_id"] for goal in again["asked"]] == [3]
    assert [check_in.why for check_in in stored(cafe, 1)] == ["нет фото"]
    cafe.ok("checkin", "--set", "1=off:некому снимать", env=NEXT_HOUR)
    assert [(check_in.confidence, check_in.why) for check_in in stored(cafe, 1)] == [
        ("off", "некому снимать")
    ]


def test_when_all_is_said_nothing_is_asked(cafe: Program) -> None:
    cafe.ok("checkin", "--set", "1=risk:x", "--set", "3=risk:y")
    outcome = cafe.ok("checkin", env=NEXT_HOUR)
    assert outcome.out == ""
    assert "Сверка за сегодня сделана" in outcome.err


def test_a_goal_that_was_changed_since_is_asked_about_though_it_is_on_track(cafe: Program) -> None:
    cafe.ok("checkin", "--json")
    cafe.ok("goal", "edit", "4", "--amount", "95", "--why", "клиент просил", env=NEXT_HOUR)
    tomorrow = {"SMM_NOW": "2026-11-24T09:00+03:00"}
    asked = cafe.ok("checkin", "--client", "зерно", "--json", env=tomorrow).json()["asked"]
    assert [(goal["goal_id"], goal["reasons"], goal["suggested"]) for goal in asked][-1] == (
        4, ["edited"], "on_track",
    )  # fmt: skip
    cafe.ok("checkin", "--set", "4=ok", env=tomorrow)
    left = cafe.ok("checkin", "--client", "зерно", "--json", env=tomorrow).json()["asked"]
    assert [goal["goal_id"] for goal in left] == [1]


def test_two_falls_running_are_marked(cafe: Program) -> None:
    marks = []
    for env, said in zip(MONDAYS, ("ok", "риск:нет фото", "срыв:некому снимать"), strict=True):
        answered = cafe.ok("checkin", "--set", f"1={said}", "--json", env=env).json()["answered"]
        marks.append(answered[0]["fell_twice"])
    assert marks == [False, False, True]
    shown = cafe.ok("checkin", "--set", "1=срыв:некому снимать").out
    assert "уверенность падает второй раз подряд" in shown
    assert "confidence" in [warning["rule"] for warning in cafe.ok("warnings", "--json").json()]


def test_answers_come_from_a_file_or_standard_input(cafe: Program, tmp_path: Path) -> None:
    lines = "# сверка\n\n1 = риск: нет фото\n3=ок\n"
    path = tmp_path / "answers.txt"
    path.write_text(lines, encoding="utf-8")
    for name, stdin in (("-", lines), (str(path), "")):
        found = cafe.ok("checkin", "--answers", name, "--json", stdin=stdin).json()
        assert [(goal["goal_id"], goal["confidence"]) for goal in found["answered"]] == [
            (1, "risk"),
            (3, "on_track"),
        ]
    missing = cafe.run("checkin", "--answers", str(tmp_path / "нет"))
    assert (missing.code, missing.out) == (Exit.USAGE, "")


def test_every_slip_is_told_at_once_and_nothing_is_saved(cafe: Program) -> None:
    wrong = ("1=risk", "3=завтра", "99=ok", "вздор")
    outcome = cafe.run("checkin", *(part for line in wrong for part in ("--set", line)))
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    problems = ("Цель 1: почему?", "цель 3: как она — план, риск или срыв?", "цели 99", "«вздор»")
    for told in (*problems, "smm checkin --set"):
        assert told in outcome.err
    assert stored(cafe, 1) == stored(cafe, 4) == []


class TestAtATerminal:
    """One goal after another, with a default."""

    @pytest.fixture(autouse=True)
    def _somebody_sits_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cli.ask.can_ask", lambda _ctx: True)

    def test_enter_takes_what_is_offered_and_why_is_asked_until_it_is_said(self, cafe: Program) -> None:
        outcome = cafe.ok("checkin", stdin="\n\nнет фото\nчто?\n3\nнекому снимать\n")
        assert "[1/2] 1. Кофейня «Зерно»" in outcome.err
        assert "[под угрозой]" in outcome.err
        assert outcome.err.count("Почему?") == 3
        assert [(stored(cafe, goal)[0].confidence, stored(cafe, goal)[0].why) for goal in (1, 3)] == [
            ("risk", "нет фото"),
            ("off", "некому снимать"),
        ]

    def test_last_times_reason_is_offered(self, cafe: Program) -> None:
        cafe.ok("checkin", "--client", "зерно", stdin="2\nнет фото\n", env=MONDAYS[1])
        outcome = cafe.ok("checkin", "--client", "зерно", stdin="\n\n")
        assert "прошлый раз: 16.11 под угрозой: нет фото" in outcome.err
        assert stored(cafe, 1)[0].why == "нет фото"

    def test_on_track_needs_no_reason_and_a_goal_may_wait(self, cafe: Program) -> None:
        outcome = cafe.ok("checkin", stdin="0\n1\n\n")
        assert stored(cafe, 1) == []
        assert [check_in.confidence for check_in in stored(cafe, 3)] == ["on_track"]
        assert "1. Кофейня «Зерно»" in outcome.out

    def test_an_ended_input_keeps_what_was_said(self, cafe: Program) -> None:
        cafe.ok("checkin", stdin="2\nнет фото\n2\n")
        assert [check_in.why for check_in in stored(cafe, 1)] == ["нет фото"]
        assert stored(cafe, 3) == []
        assert [check_in.by_rule for check_in in stored(cafe, 4)] == [True]
