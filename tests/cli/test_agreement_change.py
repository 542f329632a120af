"""The client changes his mind: the draft of a swap, decisions of a call beside the lines, own goals again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cli.exits import Exit
from goals.agreement.terms import ContentLine, Dates, Hours, KpiLine, Priority, Terms, TopicLine
from goals.model import ClientKind, Goal, GoalId, GoalKind, Period
from store.opening import open_reader, open_writer
from tests.cli.agreed import CLIENT, accept, goals, save, toml
from tests.support.program import Program, made_once
from tests.support.store import NOW, post
from wording.words import NBSP

UNTIL = date(2026, 11, 30)
TERMS = Terms(
    priorities=(Priority("Распродать старую партию"), Priority("Запись на дегустации")),
    topics=(
        TopicLine("Старая партия", amount=12, format="post", until=UNTIL, priority=1),
        TopicLine("Дегустации", amount=4, format="post", until=UNTIL, priority=2),
    ),
    content=(ContentLine("post", 20, "vk", Period.MONTH),),
    hours=Hours(month=30),
    dates=Dates(date(2026, 11, 1), renews=True),
)
BATCH_PRIORITY = "Распродать старую партию"
BATCH, TASTING = "topic:старая партия:*:post", "topic:дегустации:*:post"


@pytest.fixture
@made_once
def coffee(ready: Program) -> Program:
    """A client with an accepted agreement, its goals, and three posts about the first topic."""
    ready.ok("client", "add", CLIENT)
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    with open_writer(ready.db) as store:
        (account,) = store.accounts()
        for _ in range(3):
            store.add_post(account.id, post(None, text="Старая партия: скидка"), author="Анна", now=NOW)
    save(ready, TERMS)
    accept(ready)
    ready.ok("agreement", "goals", "зерно")
    return ready


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_a_swap_drafts_what_is_taken_off_what_is_added_and_the_hours(coffee: Program) -> None:
    outcome = coffee.ok("agreement", "swap", "зерно", "2", "1", "--reason", "дегустации важнее")
    assert plain(outcome.out).splitlines() == [
        "Приоритеты теперь:",
        "1. Запись на дегустации",
        "2. Распродать старую партию",
        "",
        "Что снимаем:",
        "• Старая партия: 8 постов (было 12, вышло 3, останется 4)",
        "",
        "Что добавляем:",
        "• Дегустации: ещё 8 постов (было 4, станет 12)",
        "",
        "Какие цели это задевает:",
        f"• Старая партия: 12 постов до 30 ноября 2026 → 4 поста: теперь приоритет 2, {BATCH_PRIORITY}",
        "• Дегустации: 4 поста до 30 ноября 2026 → 12 постов: теперь приоритет 1, Запись на дегустации",
        "",
        "По часам в месяц: снимаем ≈ 12, добавляем ≈ 12 (1,5 ч на публикацию)",
        "Часы в месяц: 30, как и раньше",
    ]
    assert goals(coffee)[BATCH].amount == 12, "nothing moves before the client's yes"
    accepted = plain(accept(coffee).out)
    assert "Старая партия: 4 поста · до 30.11" in accepted
    found = goals(coffee)
    assert [(found[term].amount, found[term].priority) for term in (BATCH, TASTING)] == [(4, 2), (12, 1)]
    assert {found[term].agreed_by for term in (BATCH, TASTING)} == {"Ольга"}


def test_a_swap_for_another_program(coffee: Program) -> None:
    record = coffee.ok("agreement", "swap", "зерно", "2", "1", "--json").json()
    assert (record["saved"], record["version"]) == (True, 2)
    (move,) = record["moves"]
    assert (move["amount"], move["off"]["term"], move["off"]["done"], move["on"]["term"]) == (
        *(8, BATCH, 3), TASTING,
    )  # fmt: skip
    assert record["hours"] == {"before": 30, "after": 30, "a_piece": 1.5, "moved": 12}
    assert len(record["affected"]) == 2
    assert record["text"].startswith("Приоритеты теперь:")
    again = coffee.ok("agreement", "swap", "зерно", "1", "2", "--json").json()
    assert (again["saved"], again["version"]) == (False, 2)


def test_swapping_back_undoes_a_swap_that_nobody_accepted(coffee: Program) -> None:
    coffee.ok("agreement", "swap", "зерно", "2", "1")
    outcome = coffee.ok("agreement", "swap", "зерно", "2", "1")
    assert plain(outcome.out) == "Часы в месяц: 30, как и раньше\n"
    first, *_, last = (
        coffee.ok("agreement", "show", "зерно", "--version", n, "--json").json() for n in "123"
    )
    assert last["terms"] == first["terms"]


def test_the_order_alone_leaves_all_amounts(coffee: Program) -> None:
    out = coffee.ok("agreement", "swap", "зерно", "2", "1", "--keep-amounts").out
    assert "Что снимаем" not in out
    accept(coffee)
    assert [goals(coffee)[term].amount for term in (BATCH, TASTING)] == [12, 4]


def test_a_goal_of_no_line_is_told_with_the_command_for_it(coffee: Program) -> None:
    bare = replace(TERMS, topics=TERMS.topics[1:])
    save(coffee, bare)
    accept(coffee)
    with open_writer(coffee.db) as store:
        goal = goals(coffee)[BATCH]
        own = store.update_goal(replace(goal, term=None), author="Анна", now=NOW, why="без строки")
    outcome = coffee.ok("agreement", "swap", "зерно", "2", "1")
    assert f'smm call "{CLIENT}" --goal {own.id}=4' in outcome.err
    assert "Старая партия: 8 постов (было 12, вышло 3, останется 4)" in plain(outcome.out)


def test_a_priority_that_no_amount_serves_is_named(coffee: Program) -> None:
    save(coffee, replace(TERMS, topics=()))
    with open_writer(coffee.db) as store:
        for goal in store.goals():
            if goal.topic:
                store.update_goal(replace(goal, dropped=True), author="Анна", now=NOW, why="строки нет")
    out = plain(coffee.ok("agreement", "swap", "зерно", "2", "1").out)
    assert "сколько контента нужно для приоритета «Распродать старую партию»" in out


def call(program: Program, *said: str) -> None:
    program.ok("call", "зерно", "--by", "Ольга", *said)


def test_an_amount_of_a_call_is_told_wherever_the_line_is(coffee: Program) -> None:
    call(coffee, "--decision", "остаток меньше", "--goal", f"{goals(coffee)[BATCH].id}=8")
    told = "Старая партия: 12 постов до 30 ноября 2026 (приоритет 1) — по созвону 23.11: 8 вместо 12"
    for words in (("show",), ("print",), ("print", "--format", "text")):
        assert told in plain(coffee.ok("agreement", words[0], "зерно", *words[1:]).out).replace("\\", "")
    english = plain(coffee.ok("agreement", "print", "зерно", "--lang", "en").out)
    assert "by the call on Nov 23: 8 instead of 12" in english
    assert "по созвону 23.11: 8 вместо 12" in plain(coffee.ok("agreement", "goals", "зерно").out)
    (decided,) = coffee.ok("agreement", "show", "зерно", "--json").json()["decided"]
    assert (decided["term"], decided["amount"], decided["by_call"]) == (BATCH, [8, 12], True)
    text = coffee.ok("agreement", "show", "зерно", "--toml").out
    assert "# ! Решено с тех пор: по созвону 23.11: 8 вместо 12. Здесь пока прежнее" in plain(text)
    assert text.index("# !") < text.index("amount = 12")
    assert "# !" not in coffee.ok("agreement", "show", "зерно", "--toml", "--version", "1").out
    assert "Ничего не изменилось" in coffee.ok("agreement", "edit", "зерно", "--file", "-", stdin=text).err
    more = replace(TERMS, hours=Hours(month=36))
    assert "Решено после согласования:" in save(coffee, more).out
    accepted = accept(coffee)
    assert "Остаются такими, как решил клиент" in accepted.out
    assert goals(coffee)[BATCH].amount == 8


def test_a_newer_yes_to_another_amount_takes_the_place_of_the_calls(coffee: Program) -> None:
    call(coffee, "--goal", f"{goals(coffee)[BATCH].id}=8")
    batch, tasting = TERMS.topics
    save(coffee, replace(TERMS, topics=(replace(batch, amount=15), tasting)))
    coffee.ok("agreement", "accept", "зерно", "--by", "Ольга", "--on", "сегодня")
    assert goals(coffee)[BATCH].amount == 15
    assert "по созвону" not in coffee.ok("agreement", "print", "зерно").out


def test_a_swap_begins_with_what_the_call_decided(coffee: Program) -> None:
    call(coffee, "--goal", f"{goals(coffee)[BATCH].id}=8")
    out = plain(coffee.ok("agreement", "swap", "зерно", "2", "1").out)
    assert "Старая партия: 4 поста (было 8, вышло 3, останется 4)" in out
    coffee.ok("agreement", "accept", "зерно", "--by", "Ольга", "--on", "сегодня")
    assert [goals(coffee)[term].amount for term in (BATCH, TASTING)] == [4, 8]


def test_a_swap_of_monthly_lines_tells_every_goal_and_leaves_a_decision_in_its_month(coffee: Program) -> None:
    monthly = tuple(replace(line, until=None, period=Period.MONTH) for line in TERMS.topics)
    figures = (KpiLine("audience", GoalKind.GAIN, amount=300, period=Period.MONTH),)
    save(coffee, replace(TERMS, topics=monthly, kpis=figures))
    accept(coffee)
    coffee.ok("agreement", "goals", "зерно")
    coffee.ok("renew", "зерно", "--yes")
    with open_writer(coffee.db) as store:
        of_month = {(goal.term, goal.start.month): goal for goal in store.goals()}
    november = of_month[BATCH, 11], of_month["kpi:audience:*:gain", 11]
    said = (word for goal, n in zip(november, (10, 50), strict=True) for word in ("--goal", f"{goal.id}={n}"))
    call(coffee, "--decision", "меньше", *said)
    out = plain(coffee.ok("agreement", "swap", "зерно", "2", "1").out)
    assert "Старая партия: 8 постов в месяц (было 12, вышло 3, останется 4)" in out
    for was, last, now in ((10, "30 ноября", 4), (12, "31 декабря", 4)):
        assert f"Старая партия: {was} постов до {last} 2026 → {now} поста: теперь приоритет 2" in out
    assert out.count("Дегустации: 4 поста до") == 2
    assert "В целях до 30 ноября 2026: публикаций снимаем 6 (≈ 9 ч), добавляем 8 (≈ 12 ч)" in out
    page = plain(coffee.ok("agreement", "print", "зерно", "--version", "3").out)
    assert "- Старая партия: 4 поста в месяц (приоритет 2)\n" in page
    assert "+300 подписчиков каждый месяц — по созвону 23.11: 50 вместо" in page
    assert "(до 30.11)" in page
    coffee.ok("agreement", "accept", "зерно", "--by", "Ольга", "--on", "сегодня")
    with open_writer(coffee.db) as store:
        new = {(goal.term, goal.start.month): goal.amount for goal in store.goals()}
    assert [new[BATCH, month] for month in (11, 12)] == [4, 4]
    assert [new["kpi:audience:*:gain", month] for month in (11, 12)] == [50, 300]


def test_a_goal_dropped_at_a_call_does_not_come_back_by_itself(coffee: Program) -> None:
    number = goals(coffee)[BATCH].id
    call(coffee, "--decision", "партию продали", "--goal", f"{number}=снять")
    outcome = coffee.ok("agreement", "goals", "зерно")
    assert f"снята на созвоне 23.11, № {number}" in plain(outcome.out)
    assert "--again" in outcome.err
    assert BATCH not in goals(coffee)
    assert "(приоритет 1) — снята на созвоне 23.11" in plain(coffee.ok("agreement", "show", "зерно").out)
    states = {goal["term"]: goal["state"] for goal in proposed(coffee)}
    assert (states[BATCH], states[TASTING]) == ("dropped", "lives")
    again = coffee.ok("agreement", "goals", "зерно", "--again")
    assert "прошлая: снята на созвоне 23.11" in plain(again.out)
    assert goals(coffee)[BATCH].id != number
    assert "снята" not in coffee.ok("agreement", "print", "зерно").out, "a new goal stands on the line"


def proposed(program: Program) -> list[dict[str, object]]:
    found: list[dict[str, object]] = program.ok("agreement", "goals", "зерно", "--dry-run", "--json").json()[
        "goals"
    ]
    return found


def test_a_goal_dropped_without_the_client_comes_back_and_says_so(coffee: Program) -> None:
    number = goals(coffee)[BATCH].id
    with open_writer(coffee.db) as store:
        goal = store.goal(number)
        store.update_goal(replace(goal, dropped=True), author="Анна", now=NOW, why="ошибка")
    out = plain(coffee.ok("agreement", "goals", "зерно").out)
    assert f"№ {number} снята без согласия клиента" in out
    assert goals(coffee)[BATCH].id != number


def test_a_share_of_content_becomes_a_goal(coffee: Program) -> None:
    line = TopicLine("Дегустации", share=0.3)
    of_posts = TopicLine("Бариста", share=0.2, format="post")
    save(coffee, replace(TERMS, topics=(line, of_posts)))
    accept(coffee)
    out = plain(coffee.ok("agreement", "goals", "зерно").out)
    assert "Дегустации: доля контента в среднем 30 %" in out
    assert "доля одного формата в цели не считается" in out
    found = goals(coffee)["topic:дегустации"]
    assert (found.metric, found.kind, found.amount, found.topic, found.agreed_by) == (
        "topic_share", GoalKind.AVERAGE, 30, "Дегустации", "Ольга",
    )  # fmt: skip


def test_print_edit_and_accept_answer_other_programs(coffee: Program) -> None:
    page = coffee.ok("agreement", "print", "зерно", "--format", "text", "--json").json()
    assert (page["version"], page["format"], page["file"]) == (1, "text", None)
    assert page["text"].startswith(f"Договорённости: {CLIENT}")
    target = coffee.folder / "page.txt"
    coffee.ok("agreement", "print", "зерно", "-o", str(target), "--json").json()
    assert target.read_text(encoding="utf-8") == page["text"]
    batch, tasting = TERMS.topics
    more = toml(replace(TERMS, topics=(replace(batch, amount=15), tasting)))
    saved = coffee.ok("agreement", "edit", "зерно", "--file", "-", "--json", stdin=more).json()
    assert (saved["saved"], saved["version"], saved["changed"][0]["after"]["amount"]) == (True, 2, 15)
    same = coffee.ok("agreement", "edit", "зерно", "--file", "-", "--json", stdin=more).json()
    assert (same["saved"], same["version"]) == (False, 2)
    yes = coffee.ok("agreement", "accept", "зерно", "--by", "Ольга", "--on", "23.11", "--json").json()
    assert (yes["version"], yes["accepted"]) == (2, {"by": "Ольга", "on": "2026-11-23"})
    assert yes["goals"]["agreed"] == [goals(coffee)[BATCH].id]


def test_without_a_terminal_no_editor_of_the_terminal_is_opened(coffee: Program) -> None:
    for named in ("vi", "/usr/bin/nano -w"):
        outcome = coffee.run("agreement", "edit", "зерно", env={"VISUAL": "", "EDITOR": named})
        assert outcome.code == Exit.USAGE
        assert "Редактору нужен терминал" in outcome.err
        assert "smm agreement show 'Кофейня «Зерно»' --toml > agreement.toml" in outcome.err


def test_the_file_that_show_gives_is_the_one_that_edit_takes(coffee: Program) -> None:
    text = coffee.ok("agreement", "show", "зерно", "--toml").out
    assert text == toml(TERMS)
    same = coffee.ok("agreement", "edit", "зерно", "--file", "-", stdin=text)
    assert "Ничего не изменилось" in same.err
    coffee.ok("client", "add", "Свеча")
    template = coffee.ok("agreement", "show", "свеча", "--toml").out
    assert "[[content]]" in template
    assert coffee.run("agreement", "show", "свеча", "--toml", "--version", "3").code == 1


@pytest.fixture
@made_once
def me(ready: Program) -> Program:
    """The specialist with an income goal of November and a level that is reached."""
    with open_writer(ready.db) as store:
        own = next(client for client in store.clients() if client.kind is ClientKind.SELF)
        base = Goal(
            GoalId(0), own.id, "income", GoalKind.TOTAL_IN_PERIOD, 120_000, date(2026, 11, 1), deadline=UNTIL
        )
        level = replace(base, metric="courses", amount=3)
        for goal in (base, level):
            store.add_goal(goal, author="я", now=NOW)
    return ready


def test_own_goals_go_on_next_month(me: Program) -> None:
    assert "Ничего не сохранено" in me.ok("renew", "я").err
    saved = me.ok("renew", "я", "--yes")
    assert "Доход 120 000 ₽" in plain(saved.out)
    assert "клиент" not in (saved.out + saved.err).casefold()
    with open_reader(me.db) as store:
        (income, *_) = [goal for goal in store.goals() if goal.start == date(2026, 12, 1)]
    assert (income.metric, income.amount, income.deadline) == ("income", 120_000, date(2026, 12, 31))
    record = me.ok("renew", "я", "--json").json()
    assert (record["version"], {goal["state"] for goal in record["goals"]}) == (None, {"lives"})


def test_where_there_is_nothing_of_ones_own_the_next_step_is_told(ready: Program) -> None:
    outcome = ready.ok("renew", "я")
    assert "В прошлом месяце у вас не было собственных целей" in outcome.err
    assert "smm goal add" in outcome.err
    shown = ready.run("agreement", "show", "я")
    assert (shown.code, "smm renew" in shown.err) == (1, True)


def test_more_content_is_told_in_hours_and_touches_no_other_line(coffee: Program) -> None:
    batch, tasting = TERMS.topics
    shown = plain(save(coffee, replace(TERMS, topics=(replace(batch, amount=16), tasting))).out)
    assert "добавляем ≈" in shown
    assert "о её теме теперь другая договорённость" not in shown
