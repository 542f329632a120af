"""`smm goal`: from options to a goal, its records, its history, and a sentence for every slip."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from cli.exits import Exit
from goals.model import GoalId, Period
from store.opening import open_writer
from tests.support.program import Outcome, Program
from tests.support.store import NOW

KEYS = [
    "id", "client", "title", "network", "account", "metric", "kind", "amount", "unit", "target", "period",
    "topic", "start", "deadline", "baseline", "current", "progress", "expected", "safe_days",
    "needed_per_day", "due_today", "chance", "band", "status", "as_of",
]  # fmt: skip
AGREED = ["agreed_by", "agreed_on", "priority", "term", "draft"]
FULL = ["priority_text", "eased", "changed_without_yes"]
STATUSES = {"draft", "early", "on_track", "behind", "unlikely", "stale", "met", "missed", "dropped"}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def add(program: Program, *options: str) -> Outcome:
    return program.run("goal", "add", "--client", "зерно", *options)


def added(program: Program, *options: str) -> dict[str, Any]:
    found = program.ok("goal", "add", "--client", "зерно", *options, "--json").json()
    assert isinstance(found, dict)
    return found


def listed(program: Program) -> list[dict[str, Any]]:
    """The goals of the list as `goal show` and `add` tell them."""
    found = program.ok("goal", "list", "--json").json()
    return [goal | {"priority_text": None, "eased": 0, "changed_without_yes": None} for goal in found]


def test_a_goal_is_listed_with_exactly_the_agreed_keys(cafe: Program) -> None:
    options = ("--account", "https://vk.com/zerno", "--metric", "audience", "--kind", "gain")
    goal = added(cafe, *options, "--amount", "300", "--deadline", "30.11", "--baseline", "4812")
    (listed,) = cafe.ok("goal", "list", "--json").json()
    assert list(listed) == KEYS + AGREED
    assert list(goal) == KEYS + AGREED + FULL
    assert goal == listed | {"priority_text": None, "eased": 0, "changed_without_yes": None}
    told = {
        name: goal[name] for name in ("network", "account", "amount", "unit", "target", "start", "deadline")
    }
    assert told == {
        "network": "vk",
        "account": "zerno",
        "amount": 300,
        "unit": "people",
        "target": 5112,
        "start": "2026-11-23",
        "deadline": "2026-11-30",
    }
    assert plain(goal["title"]) == "ВК: +300 подписчиков"
    assert goal["status"] in STATUSES
    assert goal["current"] is goal["chance"] is goal["band"] is goal["as_of"] is None


def test_figures_that_are_whole_are_written_as_whole_numbers(cafe: Program) -> None:
    added(
        cafe,
        "--metric",
        "audience",
        "--kind",
        "gain",
        "--amount",
        "300",
        "--deadline",
        "30.11",
        "--baseline",
        "4812",
    )
    assert '"amount": 300, ' in cafe.ok("goal", "list", "--json").out


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("300", 300), ("10к", 10_000), ("1,5 млн", 1_500_000), ("1_000", 1000), ("2 500", 2500)],
)
def test_amounts_as_people_type_them(cafe: Program, typed: str, amount: int) -> None:
    options = ("--metric", "audience", "--kind", "reach_level", "--deadline", "2026-12-31")
    assert added(cafe, *options, "--amount", typed)["amount"] == amount


def test_a_percentage_may_be_a_fraction_of_what_comes_in_wholes(cafe: Program) -> None:
    goal = added(
        cafe, "--metric", "audience", "--kind", "gain_percent", "--amount", "4,5 %",
        "--deadline", "31.12", "--baseline", "1000",
    )  # fmt: skip
    assert (goal["amount"], goal["unit"], goal["target"]) == (4.5, "percent", 1045)


@pytest.mark.parametrize(
    ("typed", "deadline"),
    [
        ("30.11", "2026-11-30"),
        ("01.02", "2027-02-01"),
        ("5.12.26", "2026-12-05"),
        ("2026-12-31", "2026-12-31"),
    ],
)
def test_deadlines_as_people_type_them(cafe: Program, typed: str, deadline: str) -> None:
    goal = added(
        cafe, "--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--deadline", typed
    )
    assert goal["deadline"] == deadline


@pytest.mark.parametrize(
    ("start", "typed", "deadline"),
    [("20.11", "завтра", "2026-11-24"), ("01.12", "05.12", "2026-12-05"), ("01.12", "30.11", "2027-11-30")],
)
def test_named_days_are_counted_from_today_and_others_from_the_start(
    cafe: Program, start: str, typed: str, deadline: str
) -> None:
    options = ("--metric", "posts", "--kind", "total_in_period", "--amount", "12")
    assert added(cafe, *options, "--start", start, "--deadline", typed)["deadline"] == deadline


def test_a_deadline_named_by_today_may_lie_before_the_start(cafe: Program) -> None:
    options = ("--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--start", "01.12")
    outcome = add(cafe, *options, "--deadline", "завтра")
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert "Срок 24.11 раньше начала 01.12" in outcome.err


def test_today_is_the_clients_day(ready: Program) -> None:
    ready.ok("client", "add", "Владивосток", "--timezone", "Asia/Vladivostok")
    late = {"SMM_NOW": "2026-11-23T20:00+03:00"}
    options = ("--metric", "posts", "--kind", "keep_rate", "--amount", "3")
    goal = ready.ok("goal", "add", "--client", "Владивосток", *options, "--json", env=late).json()
    assert (goal["start"], goal["period"], goal["deadline"]) == ("2026-11-24", "week", None)


def test_a_period_stands_for_its_end_where_no_deadline_is_given(cafe: Program) -> None:
    goal = added(
        cafe, "--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--period", "month"
    )
    assert (goal["deadline"], goal["period"]) == ("2026-11-30", None)


def test_the_baseline_is_taken_from_what_is_known(cafe: Program) -> None:
    file = cafe.folder / "a.csv"
    file.write_text("day,audience\n2026-11-20,4800\n2026-11-23,4812\n", encoding="utf-8")
    cafe.ok("import", str(file), "--account", "vk:zerno")
    goal = added(cafe, "--account", "vk:zerno", "--metric", "audience", "--kind", "gain", "--amount", "300",
                 "--deadline", "30.11")  # fmt: skip
    assert (goal["baseline"], goal["current"], goal["target"], goal["progress"]) == (4812, 4812, 5112, 0)
    assert goal["as_of"] == "2026-11-23T06:00:00+00:00"


def test_a_person_is_told_the_pace_in_a_line(cafe: Program) -> None:
    options = ("--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--deadline", "30.11")
    out = plain(add(cafe, *options, "--topic", "Старая партия").out)
    assert "Старая партия: 12 постов" in out
    assert "Рано судить" in out
    listed = plain(cafe.ok("goal", "list").out)
    assert "Старая партия: 12 постов" in listed
    assert "2 поста, план 0" in listed


REFUSED = [
    (["--metric", "audence", "--kind", "gain", "--amount", "1", "--deadline", "30.11"], "audience"),
    (["--metric", "audience", "--kind", "gian", "--amount", "1", "--deadline", "30.11"], "gain"),
    (["--metric", "audience", "--kind", "gain", "--amount", "many", "--deadline", "30.11"], "1,5 млн"),
    (["--metric", "audience", "--kind", "gain", "--amount", "1.5", "--deadline", "30.11"], "1,5 млн"),
    (["--metric", "audience", "--kind", "gain", "--amount", "0", "--deadline", "30.11"], "больше 0"),
    (["--metric", "audience", "--kind", "gain", "--amount", "-3", "--deadline", "30.11"], "больше 0"),
    (["--metric", "audience", "--kind", "gain", "--amount", "1", "--deadline", "31.02.2027"], "дня нет"),
    (["--metric", "audience", "--kind", "gain", "--amount", "1", "--deadline", "soon"], "2026-11-23"),
    (
        ["--metric", "audience", "--kind", "gain", "--amount", "1", "--deadline", "2026-11-20"],
        "прошёл|раньше",
    ),
    (["--metric", "audience", "--kind", "gain", "--amount", "1"], "--deadline"),
    (
        ["--metric", "reach", "--kind", "total_in_period", "--amount", "1", "--deadline", "30.11"],
        "--kind average",
    ),
    (
        ["--metric", "audience", "--kind", "gain", "--amount", "1", "--deadline", "30.11", "--topic", "t"],
        "--topic",
    ),
    (["--metric", "posts", "--kind", "keep_rate", "--amount", "1", "--period", "weak"], "week"),
    (
        ["--metric", "hours", "--kind", "reach_level", "--amount", "30", "--deadline", "30.11"],
        "--kind total_in_period",
    ),
    (["--metric", "posts", "--kind", "average", "--amount", "3", "--deadline", "30.11"], "--kind keep_rate"),
    (
        [
            "--metric",
            "posts",
            "--kind",
            "total_in_period",
            "--amount",
            "3",
            "--period",
            "week",
            "--deadline",
            "30.11",
        ],
        "--kind keep_rate",
    ),
    (
        ["--metric", "posts", "--kind", "total_in_period", "--amount", "1,5", "--deadline", "30.11"],
        "Нужно целое число",
    ),
    (
        [
            "--metric",
            "posts",
            "--kind",
            "total_in_period",
            "--amount",
            "3",
            "--start",
            "1.10.2026",
            "--deadline",
            "31.10.2026",
        ],
        "уже прошёл",
    ),
    (
        ["--metric", "posts", "--kind", "gain", "--amount", "1", "--deadline", "30.11", "--network", "vkk"],
        "vk",
    ),
]


@pytest.mark.parametrize(("options", "hint"), REFUSED, ids=[hint for _, hint in REFUSED])
def test_a_slip_is_answered_with_the_next_step_and_nothing_is_saved(
    cafe: Program, options: list[str], hint: str
) -> None:
    outcome = add(cafe, *options)
    assert outcome.code == Exit.USAGE
    assert outcome.out == ""
    assert any(part in outcome.err for part in hint.split("|")), outcome.err
    assert "→" in outcome.err
    assert cafe.ok("goal", "list", "--json").json() == []


def test_an_unknown_client_is_answered_with_the_nearest(cafe: Program) -> None:
    outcome = cafe.run(
        "goal", "add", "--client", "зирно", "--metric", "posts", "--kind", "keep_rate", "--amount", "1"
    )
    assert outcome.code == Exit.FAILED
    assert "smm client add" in outcome.err


def test_a_metric_that_the_network_never_gives_is_saved_with_a_warning(cafe: Program) -> None:
    cafe.ok("account", "add", "t.me/zerno_cafe", "--client", "зерно", "--no-sync")
    options = ("--metric", "visitors", "--kind", "average", "--amount", "100", "--deadline", "30.11")
    outcome = add(cafe, "--account", "t.me/zerno_cafe", *options)
    assert outcome.code == Exit.OK
    assert "smm import" in outcome.err
    assert len(cafe.ok("goal", "list", "--json").json()) == 1


def test_an_edit_is_kept_as_a_revision_with_its_reason(cafe: Program) -> None:
    goal = added(
        cafe, "--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--deadline", "30.11"
    )
    number = str(goal["id"])
    options = (
        "--amount",
        "16",
        "--deadline",
        "31.12",
        "--why",
        "добавили рубрику",
        "--agreed",
        "20.11",
        "--json",
    )
    edited = cafe.ok("goal", "edit", number, *options).json()
    assert (edited["amount"], edited["deadline"], edited["target"]) == (16, "2026-12-31", 16)
    (revision,) = cafe.ok("goal", "history", number, "--json").json()
    assert revision["changes"]["amount"] == ["12", "16"]
    assert revision["changes"]["deadline"] == ["2026-11-30", "2026-12-31"]
    assert (revision["why"], revision["agreed_on"], revision["number"]) == (
        "добавили рубрику",
        "2026-11-20",
        1,
    )
    line = plain(cafe.ok("goal", "history", number).out)
    assert "число: 12 → 16, срок: 30.11 → 31.12 · добавили рубрику · согласовано с клиентом 20.11" in line


def test_the_history_names_metrics_and_accounts(cafe: Program) -> None:
    number = str(added(cafe, "--metric", "posts", "--kind", "keep_rate", "--amount", "3")["id"])
    with open_writer(cafe.db) as store:
        goal = store.goal(GoalId(int(number)))
        (account,) = store.accounts(goal.client_id)
        edited = replace(goal, metric="stories", account_id=account.id, period=Period.MONTH)
        store.update_goal(edited, author="Анна", now=NOW, why="так")
    line = plain(cafe.ok("goal", "history", number).out)
    for change in ("показатель: посты → истории", "аккаунт: — → ВК «zerno»", "период: в неделю → в месяц"):
        assert change in line


@pytest.mark.parametrize(
    "options",
    [
        [], ["--amount", "-1"], ["--period", "week"], ["--deadline", "1.10.2026"], ["--agreed", "завтра"],
    ],
)  # fmt: skip
def test_an_edit_that_says_nothing_or_nonsense_changes_nothing(cafe: Program, options: list[str]) -> None:
    goal = added(
        cafe, "--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--deadline", "30.11"
    )
    outcome = cafe.run("goal", "edit", str(goal["id"]), *options, "--why", "так")
    assert outcome.code == Exit.USAGE
    assert listed(cafe) == [goal]
    assert cafe.ok("goal", "history", str(goal["id"]), "--json").json() == []


@pytest.mark.parametrize("command", [["edit", "--amount", "13"], ["drop"]])
def test_a_change_without_a_reason_is_refused(cafe: Program, command: list[str]) -> None:
    goal = added(
        cafe, "--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--deadline", "30.11"
    )
    action, *options = command
    outcome = cafe.run("goal", action, str(goal["id"]), *options, "--why", "  ")
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert listed(cafe) == [goal]


def test_a_dropped_goal_leaves_the_list_and_stays_in_the_history(cafe: Program) -> None:
    goal = added(
        cafe, "--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--deadline", "30.11"
    )
    number = str(goal["id"])
    assert cafe.ok("goal", "drop", number, "--why", "передумали", "--json").json()["status"] == "dropped"
    assert cafe.ok("goal", "list", "--json").json() == []
    shown = cafe.ok("goal", "show", number, "--json").json()
    assert list(shown)[: len(KEYS)] == KEYS
    assert (shown["status"], shown["title"], shown["letters"]) == ("dropped", goal["title"], None)
    assert cafe.ok("goal", "history", number, "--json").json()[0]["why"] == "передумали"


def test_a_new_day_brings_new_verdicts_without_being_asked(cafe: Program) -> None:
    added(cafe, "--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--deadline", "30.11")
    later = {"SMM_NOW": "2026-12-01T09:00+03:00"}
    (goal,) = cafe.ok("goal", "list", "--json", env=later).json()
    assert (goal["status"], goal["current"]) == ("unknown", None)


def test_a_list_on_the_same_day_opens_no_writer(cafe: Program) -> None:
    added(cafe, "--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--deadline", "30.11")
    cafe.ok("goal", "list", "--json")
    cafe.db.chmod(0o400)
    code = (
        "import sys; from cli.__main__ import main; main(sys.argv[1:]); "
        "heavy = {'sqlite_utils', 'babel', 'httpx', 'vk_api', 'textual', 'holidays', 'statistics', "
        "'goals.phrase', 'goals.validity', 'goals.drafting', 'goals.records'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    argv = cafe.argv("goal", "list", "--json")
    done = subprocess.run(
        [sys.executable, "-c", code, *argv[argv.index("cli") + 1 :]],
        capture_output=True, text=True, env={**os.environ, **cafe.env}, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.endswith("[]\n"), done.stdout


def test_goals_are_named_by_number_or_a_part_of_their_title(cafe: Program) -> None:
    added(cafe, "--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--deadline", "30.11")
    second = added(
        cafe, "--metric", "stories", "--kind", "total_in_period", "--amount", "6", "--deadline", "30.11"
    )
    assert cafe.ok("goal", "show", "6 историй", "--json").json()["id"] == second["id"]
    missing = cafe.run("goal", "show", "99")
    assert missing.code == Exit.FAILED
    assert "smm goal list" in missing.err
