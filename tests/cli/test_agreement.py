"""`smm agreement` as it is used: versions, the client's yes, and the goals on the lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from goals.agreement.plain import from_plain
from goals.agreement.terms import (
    ContentLine,
    Hours,
    KpiLine,
    Priority,
    Scope,
    Terms,
    TopicLine,
    Weekday,
)
from goals.model import GoalKind, Period
from store.opening import open_reader, open_writer
from store.values import Filter
from tests.cli.agreed import BATCH, CLIENT, MORE, POSTS, STORIES, accept, goals, plain, save, toml, versions
from tests.goals.agreement.build import COFFEE
from tests.support.program import Program
from tests.support.store import NOW, post


@pytest.mark.parametrize(
    "command",
    [
        ("agreement", "show", "зерно"),
        ("agreement", "print", "зерно"),
        ("agreement", "history", "зерно"),
        ("agreement", "goals", "зерно"),
        ("agreement", "swap", "зерно", "2", "1"),
        ("agreement", "accept", "зерно", "--by", "Ольга", "--on", "22.11"),
        ("renew", "зерно"),
    ],
)
def test_a_client_without_an_agreement_is_told_how_to_write_one(
    coffee: Program, command: tuple[str, ...]
) -> None:
    outcome = coffee.run(*command)
    assert (outcome.code, outcome.out) == (1, "")
    assert f'→ Запишите договорённости: smm agreement edit "{CLIENT}"' in outcome.err


def test_what_is_shown_is_what_was_agreed(coffee: Program) -> None:
    save(coffee)
    record = coffee.ok("agreement", "show", "зерно", "--json").json()
    assert from_plain(record["terms"]) == COFFEE
    assert (record["version"], record["accepted"], record["lacking"]) == (1, None, [])
    assert (record["in_force"], record["newest"], record["author"]) == (True, 1, record["author"])
    lines = {line["term"]: line for line in record["lines"]}
    assert plain(lines[POSTS]["text"]) == "ВК: 3 поста в неделю"
    assert lines[POSTS]["goals"] == []
    assert len(lines) == 10


def test_the_page_on_screen_says_what_lacks_and_where_the_goals_stand(coffee: Program) -> None:
    save(coffee, replace(COFFEE, approval=replace(COFFEE.approval, rounds=None)))
    coffee.ok("agreement", "goals", "зерно")
    outcome = coffee.ok("agreement", "show", "зерно")
    out = plain(outcome.out)
    assert "\nЕщё не сказано:\n• approval.rounds: сколько кругов правок\n" in out
    assert "\n• ВК: 3 поста в неделю — цель 4\n" in out
    assert "20 % контента (приоритет 2) — цель 3\n" in out
    assert "smm agreement accept" in outcome.err


def test_of_several_versions_one_holds(coffee: Program) -> None:
    save(coffee)
    accept(coffee)
    save(coffee, MORE, "--reason", "больше историй")
    assert "Действует версия 1" in coffee.ok("agreement", "show", "зерно").err
    assert coffee.ok("agreement", "show", "зерно", "--version", "1").err == ""
    outcome = coffee.run("agreement", "show", "зерно", "--version", "3")
    assert outcome.code == 1
    assert "smm agreement history" in outcome.err
    history = coffee.ok("agreement", "history", "зерно", "--json").json()
    assert [(each["version"], each["reason"], each["in_force"]) for each in history] == [
        (1, "", True),
        (2, "больше историй", False),
    ]
    assert (history[0]["accepted"]["by"], history[0]["accepted"]["on"]) == ("Ольга", "2026-11-23")
    rows = coffee.ok("agreement", "history", "зерно").out.splitlines()
    assert rows[1].split() == ["1", "*", "23.11", history[0]["author"], "—", "Ольга", "23.11"]
    assert "больше историй" in rows[2]


def test_goals_are_made_of_the_lines_by_one_command(coffee: Program) -> None:
    save(coffee)
    shown = coffee.ok("agreement", "goals", "зерно", "--dry-run", "--json").json()
    assert shown["saved"] is False
    assert shown["topics"] == [], "they were made with the version"
    assert {goal["state"] for goal in shown["goals"]} == {"new"}
    assert goals(coffee) == {}
    made = coffee.ok("agreement", "goals", "зерно", "--json").json()
    assert [goal["goal"] for goal in made["goals"]] == list(range(1, 11))
    found = goals(coffee)
    batch, rate, followers = found[BATCH], found[POSTS], found["kpi:audience:vk:gain"]
    assert (batch.kind, batch.amount, batch.topic, batch.priority) == (
        *(GoalKind.TOTAL_IN_PERIOD, 12, "Старая партия", 1),
    )
    assert (rate.kind, rate.amount, rate.period, rate.network) == (GoalKind.KEEP_RATE, 3, Period.WEEK, "vk")
    assert (followers.baseline, followers.amount) == (4_812, 300)
    assert {(goal.start, goal.deadline) for goal in found.values()} == {
        (date(2026, 12, 1), date(2026, 12, 31))
    }
    assert {goal.agreed_on for goal in found.values()} == {None}
    again = coffee.ok("agreement", "goals", "зерно", "--json").json()
    assert [(goal["state"], goal["goal"]) for goal in again["goals"]] == [("lives", n) for n in range(1, 11)]
    assert len(coffee.ok("goal", "list", "--json").json()) == 10
    assert again["topics"] == []


def test_a_goal_knows_the_topic_as_the_client_has_it(coffee: Program) -> None:
    with open_writer(coffee.db) as store:
        store.topic(next(each.id for each in store.clients() if each.name == CLIENT), "Тёмная обжарка")
    lines = (
        TopicLine("ТЕМНАЯ обжарка", amount=2, format="post", period=Period.WEEK),
        TopicLine("Дегустации", share=0.2),
        TopicLine("дёгустации", amount=2, format="story", period=Period.WEEK),
    )
    save(coffee, Terms(topics=lines))
    coffee.ok("agreement", "goals", "зерно")
    with open_reader(coffee.db) as store:
        assert [topic.name for topic in store.topics()] == ["Дегустации", "Тёмная обжарка"]
    found = goals(coffee)
    assert found["topic:темная обжарка:*:post"].topic == "Тёмная обжарка"
    assert found["topic:дегустации:*:story"].topic == "Дегустации"


def test_topics_are_made_so_that_posts_about_them_count_at_once(coffee: Program) -> None:
    coffee.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    with open_writer(coffee.db) as store:
        (account,) = store.accounts()
        for text in ("Доедаем старую партию: скидка на всё", "Новый сорт уже в продаже"):
            store.add_post(account.id, post(None, text=text), author="Анна", now=NOW)
    save(coffee, replace(COFFEE, dates=replace(COFFEE.dates, start=date(2026, 11, 1))))
    with open_reader(coffee.db) as store:
        (found,) = [row.post.topics for row in store.posts(Filter()) if row.post.topics]
        assert found == ("Старая партия",)
    coffee.ok("agreement", "goals", "зерно")
    with open_reader(coffee.db) as store:
        assert [(each.name, each.words) for each in store.topics()] == [
            ("Дегустации", ("Дегустации",)),
            ("Старая партия", ("Старая партия",)),
        ]
    records = {goal["id"]: goal for goal in coffee.ok("goal", "list", "--json").json()}
    assert records[goals(coffee)[BATCH].id]["current"] == 1


def test_what_is_not_said_yet_is_a_draft_and_what_is_over_is_told(coffee: Program) -> None:
    terms = Terms(
        content=(ContentLine("post", 8, "vk", until=date(2026, 11, 20)),),
        kpis=(KpiLine("audience", GoalKind.GAIN, "vk"),),
        dates=replace(COFFEE.dates, start=date(2026, 11, 1)),
    )
    save(coffee, terms)
    outcome = coffee.ok("agreement", "goals", "зерно")
    rows = plain(outcome.out).splitlines()
    assert "не поставлена: Срок 20.11 уже прошёл" in rows[1]
    assert rows[2].endswith("новая, № 1; черновик: сказано не всё")
    assert list(goals(coffee)) == ["kpi:audience:vk:gain"]
    accepted = accept(coffee)
    assert "Черновики" in accepted.out
    assert goals(coffee)["kpi:audience:vk:gain"].agreed_on is None


def test_the_yes_agrees_the_goals_on_the_lines(coffee: Program) -> None:
    save(coffee)
    coffee.ok("agreement", "goals", "зерно")
    coffee.ok("goal", "add", "5 клипов к концу месяца", "--client", "зерно")
    outcome = accept(coffee)
    assert "Согласовано: версия 1" in outcome.err
    found = goals(coffee)
    assert found.pop(None).agreed_on is None, "a goal on no line is agreed apart"
    assert {(goal.agreed_by, goal.agreed_on) for goal in found.values()} == {("Ольга", date(2026, 11, 23))}
    (revision,) = coffee.ok("goal", "history", "1", "--json").json()
    assert revision["agreed_on"] == "2026-11-23"
    assert revision["why"] == "версия 1 договорённостей"


def test_goals_made_of_an_accepted_version_are_agreed(coffee: Program) -> None:
    save(coffee)
    assert "smm agreement goals" in accept(coffee).err
    coffee.ok("agreement", "goals", "зерно")
    assert {goal.agreed_on for goal in goals(coffee).values()} == {date(2026, 11, 23)}


def test_goals_follow_a_new_version_when_the_client_has_accepted_it(coffee: Program) -> None:
    save(coffee)
    accept(coffee)
    coffee.ok("agreement", "goals", "зерно")
    told = plain(save(coffee, MORE).out)
    assert "ВК: 21 история в месяц до 31 декабря 2026 → ВК: 24 истории в месяц" in told
    assert "Часы в месяц: 30 → 36" in told
    assert goals(coffee)[STORIES].amount == 21
    outcome = coffee.ok("agreement", "accept", "зерно", "--by", "Пётр", "--on", "сегодня")
    stories, posts = goals(coffee)[STORIES], goals(coffee)[POSTS]
    assert (stories.amount, stories.agreed_by, stories.agreed_on) == (24, "Пётр", date(2026, 11, 23))
    assert (posts.amount, posts.agreed_by) == (3, "Ольга"), "what did not change keeps its yes"
    assert "ВК: 24 истории в месяц" in plain(outcome.out)
    assert goals(coffee)["hours"].amount == 36


def test_before_the_first_yes_goals_follow_at_once_but_not_those_agreed_apart(coffee: Program) -> None:
    save(coffee)
    coffee.ok("agreement", "goals", "зерно")
    number = str(goals(coffee)["hours"].id)
    coffee.ok("goal", "edit", number, "--agreed", "22.11", "--why", "сказал по телефону")
    save(coffee, MORE)
    assert goals(coffee)[STORIES].amount == 24
    assert goals(coffee)["hours"].amount == 30


def test_a_goal_that_was_set_otherwise_by_hand_is_not_agreed_by_the_way(coffee: Program) -> None:
    save(coffee)
    coffee.ok("agreement", "goals", "зерно")
    number = str(goals(coffee)[POSTS].id)
    coffee.ok("goal", "edit", number, "--amount", "2", "--why", "мало фото")
    assert "в договорённостях теперь иначе" in coffee.ok("agreement", "goals", "зерно").out
    outcome = accept(coffee)
    assert f"→ smm goal edit {number}" in outcome.out
    assert (goals(coffee)[POSTS].amount, goals(coffee)[POSTS].agreed_on) == (2, None)


def test_a_goal_whose_line_is_gone_is_told(coffee: Program) -> None:
    save(coffee)
    coffee.ok("agreement", "goals", "зерно")
    save(coffee, replace(COFFEE, content=COFFEE.content[1:]))
    number = goals(coffee)[POSTS].id
    assert f"→ smm goal drop {number}" in accept(coffee).out
    assert goals(coffee)[POSTS].agreed_on is None


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--by", "Ольга", "--on", "24.11"), 2, "24.11 ещё не наступило"),
        (("--by", "Ольга", "--on", "вчерась"), 2, "вчерась"),
        (("--by", " «\u202e» ", "--on", "22.11"), 2, "Кто согласовал?"),
        (("--by", "Ольга", "--on", "22.11", "--version", "7"), 1, "Версии 7"),
        (("--by", "Ольга"), 2, "--on"),
    ],
)
def test_a_yes_has_a_person_a_day_and_a_version(
    coffee: Program, options: tuple[str, ...], code: int, said: str
) -> None:
    save(coffee)
    outcome = coffee.run("agreement", "accept", "зерно", *options)
    assert outcome.code == code
    assert said in outcome.err
    assert coffee.ok("agreement", "show", "зерно", "--json").json()["accepted"] is None


def test_a_yes_is_said_once_and_never_to_what_was_replaced(coffee: Program) -> None:
    save(coffee)
    save(coffee, MORE)
    accept(coffee)
    twice = coffee.run("agreement", "accept", "зерно", "--by", "Пётр", "--on", "23.11")
    assert twice.code == 1
    assert "Версия 2 уже согласована: Ольга, 23.11" in twice.err
    older = coffee.run("agreement", "accept", "зерно", "--by", "Пётр", "--on", "23.11", "--version", "1")
    assert older.code == 1
    assert "Уже согласована версия 2" in older.err


def test_swapped_priorities_are_a_version_whose_meaning_is_told(coffee: Program) -> None:
    save(coffee)
    accept(coffee)
    coffee.ok("agreement", "goals", "зерно")
    outcome = coffee.ok("agreement", "swap", "зерно", "2", "1", "--reason", "дегустации важнее")
    out = plain(outcome.out)
    assert "Приоритеты теперь:\n1. Запись на дегустации\n2. Распродать старую партию\n" in out
    assert "теперь приоритет 2, Распродать старую партию" in out
    assert "Часы в месяц: 30, как и раньше" in out
    assert versions(coffee) == [1, 2]
    assert goals(coffee)[BATCH].priority == 1, "nothing moves before the client's yes"
    accept(coffee)
    assert goals(coffee)[BATCH].priority == 2
    assert goals(coffee)["kpi:audience:vk:gain"].priority == 1
    assert coffee.ok("agreement", "history", "зерно", "--json").json()[1]["reason"] == "дегустации важнее"


def test_a_reworded_priority_is_still_served_and_one_that_is_gone_is_not(coffee: Program) -> None:
    save(coffee)
    coffee.ok("agreement", "goals", "зерно")
    second = COFFEE.priorities[1]
    save(coffee, replace(COFFEE, priorities=(Priority("Продать остатки"), second)))
    assert goals(coffee)[BATCH].priority == 1
    free = {
        name: tuple(replace(line, priority=None) for line in getattr(COFFEE, name))
        for name in ("topics", "kpis")
    }
    save(coffee, replace(COFFEE, priorities=(second,), **free))  # type: ignore[arg-type]
    assert goals(coffee)[BATCH].priority is None
    assert goals(coffee)["kpi:audience:vk:gain"].priority == 1


@pytest.mark.parametrize("order", [("3",), ("2", "2"), ("1", "2", "3"), ("0", "1")])
def test_an_order_names_each_priority_once(coffee: Program, order: tuple[str, ...]) -> None:
    save(coffee)
    outcome = coffee.run("agreement", "swap", "зерно", *order)
    assert outcome.code == 2
    assert "smm agreement swap КЛИЕНТ 2 1" in outcome.err
    assert versions(coffee) == [1]


def test_an_order_that_changes_nothing_is_no_version(coffee: Program) -> None:
    save(coffee)
    assert coffee.ok("agreement", "swap", "зерно", "1", "2").out == ""
    assert versions(coffee) == [1]
    save(coffee, Terms(scope=Scope(("съёмка",))))
    assert coffee.run("agreement", "swap", "зерно", "2", "1").code == 1


def test_the_page_goes_to_the_client_in_his_language_and_form(coffee: Program, tmp_path: Path) -> None:
    save(coffee)
    markdown = coffee.ok("agreement", "print", "зерно").out
    assert markdown.startswith(f"# Договорённости: {CLIENT}\n")
    assert "Согласовано (имя, дата): …" in markdown
    text = coffee.ok("agreement", "print", "зерно", "--lang", "en", "--format", "text").out
    assert text.startswith(f"Agreement: {CLIENT}\nVersion 1 of 23")
    page = tmp_path / "page.txt"
    coffee.ok("agreement", "print", "зерно", "-o", str(page))
    assert page.read_text(encoding="utf-8").startswith(f"Договорённости: {CLIENT}\n")
    accept(coffee)
    assert "Согласовано: Ольга, 23" in coffee.ok("agreement", "print", "зерно").out
    outcome = coffee.run("agreement", "print", "зерно", "-o", str(tmp_path / "no" / "page.md"))
    assert outcome.code == 1
    assert "-o" in outcome.err


def test_hostile_texts_are_harmless(coffee: Program) -> None:
    coffee.ok("client", "add", 'x"; rm \x1b[31m-rf {client} «%s»')
    terms = replace(COFFEE, priorities=(Priority("{name} %s [b]\u202e"), COFFEE.priorities[1]))
    hostile = ("agreement", "edit", "rm", "--file", "-", "--reason", "\x1b]0;gotcha\x07{n}")
    outcomes = [coffee.ok(*hostile, stdin=toml(terms))]
    outcomes += [coffee.ok("agreement", action, "rm") for action in ("goals", "show", "history", "print")]
    outcomes.append(coffee.ok("agreement", "accept", "rm", "--by", "\x1b[1m{name}", "--on", "22.11"))
    outcomes.append(coffee.ok("agreement", "swap", "rm", "2", "1"))
    for outcome in outcomes:
        assert "\x1b" not in outcome.out + outcome.err
        assert "\u202e" not in outcome.out + outcome.err
        assert "gotcha" not in outcome.out + outcome.err


def test_work_is_paced_by_the_agreed_week(coffee: Program) -> None:
    terms = Terms(
        content=(ContentLine("post", 5, period=Period.WEEK),),
        hours=Hours(days_off=(Weekday.SUN, Weekday.MON)),
    )
    save(coffee, terms)
    coffee.ok("agreement", "goals", "зерно")

    def due(day: str) -> int:
        env = {"SMM_NOW": f"2026-11-{day}T09:00+03:00"}
        return int(coffee.ok("goal", "list", "--json", env=env).json()[0]["due_today"])

    assert (due("23"), due("24"), due("28"), due("29")) == (0, 1, 5, 0)
    save(coffee, replace(terms, hours=Hours()))
    assert (due("23"), due("28")) == (1, 0)
