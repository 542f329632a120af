"""`smm today`: only what one can do."""

from __future__ import annotations

from datetime import date, time

import pytest

from goals.agreement.terms import Hours, MaterialLine, Replies, Report, Terms
from goals.model import AccountId
from store.changes import UnitOutcome
from store.opening import open_writer
from store.values import TroubleRecord, UnitStatus
from tests.cli.agreed import save
from tests.support.program import Program, made_once
from tests.support.store import NOW
from wording.words import NBSP


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """A client of Anna's with an account and a goal of twelve posts."""
    ready.ok("client", "add", "Кофейня «Зерно»", "--manager", "Анна")
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    goal = ("--metric", "posts", "--kind", "total_in_period", "--amount", "12", "--deadline", "30.11")
    ready.ok("goal", "add", "--client", "зерно", *goal)
    return ready


def test_content_due_and_content_planned_are_listed(cafe: Program) -> None:
    cafe.ok("post", "add", "--client", "зерно", "--planned", "--text", "Про вкус")
    due, planned = cafe.ok("today", "--json").json()
    keys = ["client", "goal_id", "kind", "what", "amount", "unit", "planned", "deadline"]
    assert list(due) == [*keys, "waiting_days", "start_time", "end_time", "number", "done", "done_by"]
    assert (due["client"], due["goal_id"], due["kind"]) == ("Кофейня «Зерно»", 1, "publish")
    assert (due["amount"], due["unit"], due["planned"], due["deadline"]) == (2, "count", 1, "2026-11-30")
    assert (planned["goal_id"], planned["kind"], planned["amount"]) == (None, "publish", 1)
    assert "Про вкус" in planned["what"]
    shown = cafe.ok("today").out
    assert "Опубликовать 2, в плане 1" in shown
    assert "Про вкус" in shown


def test_what_is_done_is_no_task(cafe: Program) -> None:
    for _ in range(2):
        cafe.ok("post", "add", "--client", "зерно")
    assert cafe.ok("today", "--json").json() == []
    assert "дел нет" in cafe.ok("today").out


def test_a_goal_that_nobody_logs_for_asks_for_its_figure(cafe: Program) -> None:
    goal = ("--metric", "sales", "--kind", "total_in_period", "--amount", "10", "--deadline", "31.12")
    cafe.ok("goal", "add", "--client", "зерно", *goal)
    cafe.ok("log", "sales", "3", "--client", "зерно")
    later = {"SMM_NOW": "2026-12-10T09:00+03:00"}
    tasks = cafe.ok("today", "--json", env=later).json()
    assert [(task["kind"], task["goal_id"], task["amount"]) for task in tasks] == [("log", 2, None)]
    assert 'smm log sales ЧИСЛО --client "Кофейня «Зерно»"' in cafe.ok("today", env=later).out


def test_an_account_without_a_token_asks_for_one(cafe: Program) -> None:
    with open_writer(cafe.db) as store:
        account_id = AccountId(cafe.ok("account", "list", "--json").json()[0]["id"])
        run = store.start_run(NOW)
        store.claim(run, [account_id])
        trouble = TroubleRecord("auth", "vk.5", "User authorization failed")
        store.commit_unit(UnitOutcome(account_id, UnitStatus.FAILED, NOW, trouble=trouble), run)
    tasks = cafe.ok("today", "--json").json()
    assert [task["kind"] for task in tasks] == ["publish", "token"]
    assert "vk:zerno" in tasks[1]["what"]


def test_only_the_clients_of_a_manager_or_one_client(cafe: Program) -> None:
    cafe.ok("client", "add", "Свеча", "--manager", "Пётр")
    cafe.ok("goal", "add", "--client", "Свеча", "--metric", "posts", "--kind", "keep_rate", "--amount", "5")
    assert len(cafe.ok("today", "--json").json()) == 2
    assert [task["client"] for task in cafe.ok("today", "--manager", "петр", "--json").json()] == ["Свеча"]
    assert [task["client"] for task in cafe.ok("today", "--client", "зерно", "--json").json()] == [
        "Кофейня «Зерно»"
    ]


AGREED = Terms(
    hours=Hours(start_time=time(10), end_time=time(19)),
    materials=(MaterialLine("фото", "Ольга", 25), MaterialLine("прайс", by_day=5)),
    replies=Replies(who="мы", minutes=60),
    report=Report(day=23, form="страница", call_minutes=30, next_call=date(2026, 11, 24)),
)


def kinds(program: Program, now: str = "2026-11-23T09:00+03:00", *more: str) -> list[str]:
    return [task["kind"] for task in program.ok("today", "--json", *more, env={"SMM_NOW": now}).json()]


def test_the_agreement_asks_for_materials_answers_reports_and_calls_by_urgency(cafe: Program) -> None:
    save(cafe, AGREED)
    tasks = cafe.ok("today", "--json").json()
    assert [task["kind"] for task in tasks] == [
        "report", "publish", "materials", "materials", "call", "answer",
    ]  # fmt: skip
    report, _, photos, prices, call, answer = tasks
    assert (report["what"], report["deadline"]) == ("страница", "2026-11-23")
    assert (photos["what"], photos["deadline"], photos["waiting_days"]) == (
        "фото (Ольга)",
        "2026-11-25",
        None,
    )
    assert prices["deadline"] == "2026-11-05"
    assert (call["amount"], call["unit"], call["deadline"]) == (30, "minutes", "2026-11-24")
    assert (answer["amount"], answer["start_time"], answer["end_time"]) == (60, "10:00", "19:00")
    shown = cafe.ok("today").out.replace(NBSP, " ")
    for line in (
        "Отчёт сегодня · страница",
        "Запросить материалы: фото (Ольга), срок: 25.11 · 10:00–19:00",
        "Запросить материалы: прайс, срок был 05.11 · 10:00–19:00",
        "Созвон завтра: smm call",
        "Отвечать людям за 60 мин (мы) · 10:00–19:00",
    ):
        assert line in shown


def test_after_the_agreed_hours_nobody_is_written_to(cafe: Program) -> None:
    save(cafe, AGREED)
    assert kinds(cafe, "2026-11-23T19:00+03:00") == ["report", "publish", "call"]


def test_hours_are_those_of_the_clients_time_zone(cafe: Program) -> None:
    cafe.ok("client", "edit", "зерно", "--timezone", "Asia/Omsk")
    save(cafe, AGREED)
    evening_there = "2026-11-23T16:30+03:00"
    assert "materials" not in kinds(cafe, evening_there)
    assert "(там 19:30)" in cafe.ok("today", env={"SMM_NOW": evening_there}).out


def test_on_a_day_off_nothing_is_asked_but_what_has_its_day(cafe: Program) -> None:
    save(cafe, AGREED)
    cafe.ok("off", "2026-11-23..2026-11-24", "--client", "зерно", "--reason", "праздник")
    assert kinds(cafe) == ["report"]
    assert kinds(cafe, "2026-11-24T09:00+03:00") == ["call"]


def test_materials_that_were_asked_for_are_reminded_of_until_they_come(cafe: Program) -> None:
    save(cafe, AGREED)
    cafe.ok("material", "add", "прайс", "--client", "зерно", "--asked", "20.11")
    waiting = [task for task in cafe.ok("today", "--json").json() if task["kind"] == "materials"]
    assert [(task["what"], task["waiting_days"]) for task in waiting] == [
        ("прайс", 3),
        ("фото (Ольга)", None),
    ]
    assert "Напомнить о материалах: прайс, ждём 3 дня" in cafe.ok("today").out.replace(NBSP, " ")
    cafe.ok("material", "received", "прайс")
    left = [task for task in cafe.ok("today", "--json").json() if task["kind"] == "materials"]
    assert [task["what"] for task in left] == ["фото (Ольга)"]


def test_what_stands_in_the_plan_of_the_next_working_day_is_prepared(cafe: Program) -> None:
    for kind, day, text in (
        ("story", "24.11", "Сторис"),
        ("post", "24.11", "Статья"),
        ("clip", "25.11", "Клип"),
    ):
        plan = ("--planned", "--kind", kind, "--day", day, "--text", text)
        cafe.ok("post", "add", "--client", "зерно", *plan)
    found = [task for task in cafe.ok("today", "--json").json() if task["kind"] in {"shoot", "prepare"}]
    assert {(task["kind"], task["deadline"]) for task in found} == {
        ("shoot", "2026-11-24"),
        ("prepare", "2026-11-24"),
    }
    assert "Снять на завтра: история" in cafe.ok("today").out


def test_friday_prepares_for_monday(cafe: Program) -> None:
    cafe.ok(
        "post", "add", "--client", "зерно", "--planned", "--kind", "clip", "--day", "30.11", "--text", "К"
    )
    friday = "2026-11-27T09:00+03:00"
    assert "shoot" in kinds(cafe, friday)
    assert "Снять на 30.11: клип" in cafe.ok("today", env={"SMM_NOW": friday}).out


def test_goals_that_need_an_answer_are_one_line_until_it_is_given(cafe: Program) -> None:
    later = "2026-11-26T09:00+03:00"
    assert "check_in" not in kinds(cafe)
    cafe.ok("post", "add", "--client", "зерно")
    tasks = cafe.ok("today", "--json", env={"SMM_NOW": later}).json()
    assert [(task["kind"], task["amount"]) for task in tasks] == [
        ("publish", 4),
        ("check_in", 1),
        ("set_goals", None),
    ]
    cafe.ok("checkin", "--set", "1=risk:нет фото", env={"SMM_NOW": later})
    assert kinds(cafe, later) == ["publish", "set_goals"]


def test_a_metric_is_no_task_but_shows_the_pace_it_needs(cafe: Program) -> None:
    goal = ("--metric", "income", "--kind", "total_in_period", "--amount", "120000", "--deadline", "30.11")
    cafe.ok("goal", "add", "--client", "Я", *goal, "--start", "01.11")
    cafe.ok("log", "income", "15000")
    assert {task["client"] for task in cafe.ok("today", "--json").json() if task["kind"] != "check_in"} == {
        "Кофейня «Зерно»"
    }
    shown = cafe.ok("today").out.replace(NBSP, " ")
    assert "Нужный темп:\n  Я · Доход 120 000 ₽ — нужно 13 125 в день" in shown


def test_the_client_with_the_most_urgent_task_comes_first(cafe: Program) -> None:
    cafe.ok("client", "add", "Яхт-клуб")
    goal = ("--metric", "posts", "--kind", "total_in_period", "--amount", "20", "--deadline", "30.11")
    cafe.ok("goal", "add", "--client", "Яхт", *goal, "--start", "01.11")
    cafe.ok("account", "add", "vk.com/yacht", "--client", "яхт", "--no-sync")
    cafe.ok("post", "add", "--client", "яхт")
    tasks = cafe.ok("today", "--json").json()
    assert [task["client"] for task in tasks if task["kind"] == "publish"] == ["Яхт-клуб", "Кофейня «Зерно»"]


def test_of_many_paces_the_most_urgent_are_told_and_the_rest_counted(cafe: Program) -> None:
    for number in range(7):
        name = f"Клиент {number}"
        cafe.ok("client", "add", name)
        goal = ("--metric", "leads", "--kind", "total_in_period", "--amount", "60", "--deadline", "30.11")
        cafe.ok("goal", "add", "--client", name, *goal, "--start", "01.11")
        cafe.ok("log", "leads", "1", "--client", name)
    shown = cafe.ok("today").out.replace(NBSP, " ").splitlines()
    assert sum(" заявок — нужно " in line for line in shown) == 5
    assert shown[-1] == "  и ещё 2 цели"


def test_an_unknown_manager_is_said(cafe: Program) -> None:
    outcome = cafe.run("today", "--manager", "Зина")
    assert (outcome.code, outcome.out) == (1, "")
    assert "Анна" in outcome.err


def test_a_task_is_ticked_off_by_its_number_and_back(cafe: Program) -> None:
    save(cafe, AGREED)
    before = cafe.ok("today", "--json").json()
    [report, answer] = [task["number"] for task in before if task["kind"] in {"report", "answer"}]
    ticked = cafe.ok("today", "--done", str(report), str(answer))
    assert f"{report}. ✓ Отчёт сегодня · страница · Кофейня «Зерно»" in ticked.out
    assert f"smm today --undo {report} {answer}" in ticked.err
    after = cafe.ok("today", "--json").json()
    assert [task["number"] for task in after if task["done"]] == [report, answer]
    assert [task["kind"] for task in after] == [task["kind"] for task in before]
    assert {task["done_by"] for task in after} == {None, after[report - 1]["done_by"]}
    assert f"  {report}. ✓ Отчёт сегодня" in cafe.ok("today").out
    [back] = cafe.ok("today", "--undo", str(report), "--json").json()
    assert (back["kind"], back["done"], back["done_by"]) == ("report", False, None)
    assert [task["kind"] for task in cafe.ok("today", "--json").json() if task["done"]] == ["answer"]


def test_what_leaves_a_trace_is_ticked_off_by_its_own_command(cafe: Program) -> None:
    save(cafe, AGREED)
    tasks = cafe.ok("today", "--json").json()
    steps = {
        "publish": 'smm post add ССЫЛКА --client "Кофейня «Зерно»"',
        "materials": 'smm material add "фото" --client "Кофейня «Зерно»"',
        "call": 'smm call "Кофейня «Зерно»"',
    }
    for kind, step in steps.items():
        number = next(task["number"] for task in tasks if task["kind"] == kind)
        report = next(task["number"] for task in tasks if task["kind"] == "report")
        outcome = cafe.run("today", "--done", str(report), str(number))
        assert (outcome.code, outcome.out) == (2, "")
        assert step in outcome.err
    assert not any(task["done"] for task in cafe.ok("today", "--json").json())


def test_a_number_that_no_task_has_or_no_tick_is_told(cafe: Program) -> None:
    save(cafe, AGREED)
    missing, untouched = cafe.run("today", "--done", "99"), cafe.run("today", "--undo", "1")
    assert (missing.code, untouched.code) == (2, 2)
    assert "Дела 99 сегодня нет" in missing.err
    assert "не отмечено" in untouched.err


def test_a_number_is_the_same_whoever_is_asked_for(cafe: Program) -> None:
    cafe.ok("client", "add", "Свеча", "--manager", "Пётр")
    cafe.ok("goal", "add", "--client", "Свеча", "--metric", "posts", "--kind", "keep_rate", "--amount", "5")
    of_all = {task["client"]: task["number"] for task in cafe.ok("today", "--json").json()}
    [own] = cafe.ok("today", "--client", "Свеча", "--json").json()
    assert own["number"] == of_all["Свеча"]
