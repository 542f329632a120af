"""`smm goal show`: all that is known of a goal on one page, and what has passed its limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goals.model import Exactness, Reading
from goals.records import CheckIn, Confidence
from store.changes import UnitOutcome
from store.opening import open_writer
from store.values import UnitStatus
from tests.support.program import Program, made_once
from tests.support.store import NOW, days_ago


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """A client with an account in VK that grew by nine a day for three months."""
    ready.ok("client", "add", "Кофейня «Зерно»")
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    with open_writer(ready.db) as store:
        [account] = store.accounts()
        readings = [
            Reading(account.id, "audience", days_ago(ago), 4812.0 - 9 * ago, Exactness.EXACT, NOW)
            for ago in range(90, -1, -1)
        ]
        run = store.start_run(NOW)
        store.claim(run, [account.id])
        store.commit_unit(UnitOutcome(account.id, UnitStatus.OK, NOW, readings=readings), run)
    return ready


def page(program: Program, number: int = 1) -> str:
    return program.ok("goal", "show", str(number)).out.replace("\u00a0", " ")


def set_back(program: Program, days: int, baseline: float | None) -> None:
    """Let the goal have begun so many days ago."""
    with open_writer(program.db) as store:
        [goal] = store.goals()
        began = replace(goal, start=days_ago(days), baseline=baseline)
        store.update_goal(began, author="Пётр", now=NOW, why="так")


def test_the_figures_of_a_goal_stand_on_its_page(cafe: Program) -> None:
    cafe.ok("goal", "add", "+300 подписчиков в вк до 30.11", "--client", "зерно")
    set_back(cafe, 22, 4614)
    cafe.ok("goal", "list")
    out = page(cafe)
    for line in (
        "Сделано          +198 из +300 (66 %): было 4 614, сейчас 4 812, нужно 4 914",
        "Должно быть      73 % пути: 4 834",
        "Нужно в день     13",
        "Темп             отстаём 3 дня",
        "Сказано так      «+300 подписчиков в вк до 30.11»",
        "Согласовано      пока нет: smm goal agree 1 --by ИМЯ --on ДЕНЬ",
        "Изменения        1 изменение: smm goal history 1",
    ):
        assert line in out.splitlines(), out
    assert "Шанс             " in out
    assert "50 на 50" in out
    assert [line[0] for line in out.splitlines() if line[1:2] == " " and line[0] in "SMART"] == list("SMART")
    assert all(len(line) <= 80 for line in out.splitlines() if "smm goal" not in line)


def test_check_ins_and_content_stand_on_the_page(cafe: Program) -> None:
    cafe.ok("goal", "add", "12 постов в вк до 30.11", "--client", "зерно")
    with open_writer(cafe.db) as store:
        [goal] = store.goals()
        said = CheckIn(0, goal.id, days_ago(0), NOW, "Пётр", Confidence.RISK, "нет фото")
        store.add_check_ins([said])
    scope = ("--client", "зерно", "--account", "zerno")
    cafe.ok("post", "add", *scope, "--day", "сегодня", "--text", "Новая партия уже на складе")
    cafe.ok("post", "add", *scope, "--day", "25.11", "--planned")
    out = page(cafe)
    assert "Сделано          1 из 12 (8 %)" in out
    assert "Сверки           23.11 под угрозой: нет фото" in out
    assert "Контент          вышло 1, в плане 1" in out
    assert "23.11 · пост · Новая партия уже на складе" in out
    assert "25.11 · пост · в плане" in out
    found = cafe.ok("goal", "show", "1", "--json").json()
    assert (found["published"], found["planned"], len(found["posts"])) == (1, 1, 2)
    assert found["check_ins"][0]["confidence"] == "risk"
    assert found["next"]["command"].startswith("smm ")


def test_the_day_on_which_a_goal_leaves_its_road_is_told(cafe: Program) -> None:
    cafe.ok("goal", "add", "12 постов в вк до 30.11", "--client", "зерно")
    set_back(cafe, 22, None)
    scope = ("--client", "зерно", "--account", "zerno")
    for day in range(1, 11):
        cafe.ok("post", "add", *scope, "--day", f"2026-11-{day:02}")
    cafe.ok("goal", "list", env={"SMM_NOW": "2026-11-17T09:00+03:00"})
    cafe.ok("goal", "list")
    found = cafe.ok("goal", "show", "1", "--json").json()
    assert (found["status"], found["falls_on"]) == ("on_track", "2026-11-25")
    assert "Отстанет         25.11, если темп останется прежним" in page(cafe)


def test_a_passed_limit_says_by_how_much(ready: Program) -> None:
    ready.ok("goal", "add", "не больше 10 часов до 30.11", "--client", "Я")
    ready.ok("log", "hours", "8", "--day", "сегодня")
    assert "превышено" not in page(ready).lower()
    ready.ok("log", "hours", "5", "--day", "сегодня")
    assert "Превышено на 3 ч" in page(ready)
    assert "превышено на 3 ч" in ready.ok("goal", "list").out.replace("\u00a0", " ")
    today = ready.ok("today").out.replace("\u00a0", " ")
    assert today.endswith("Превышено:\n  Я · Не больше 10 часов — превышено на 3 ч\n")


def test_a_goal_that_is_over_asks_nothing(cafe: Program) -> None:
    cafe.ok("goal", "add", "12 постов в вк до 30.11", "--client", "зерно")
    later = {"SMM_NOW": "2026-12-05T09:00+03:00"}
    out = cafe.ok("goal", "show", "1", env=later).out
    assert "→" not in out
    assert "S " not in out
    assert cafe.ok("goal", "show", "1", "--json", env=later).json()["next"] is None


def test_an_undo_says_what_was_taken_back_level_by_level(cafe: Program) -> None:
    cafe.ok("goal", "add", "+30 подписчиков в вк до 30.11", "--client", "зерно")
    cafe.ok("goal", "edit", "1", "--amount", "40", "--why", "мало")
    cafe.ok("goal", "drop", "1", "--why", "передумали")
    assert "Отмена правки 2: цель возвращена" in cafe.ok("goal", "undo", "1").err
    assert "Отмена правки 1: число: 40 → 30" in cafe.ok("goal", "undo", "1").err
    assert "больше нет изменений" in cafe.run("goal", "undo", "1").err
