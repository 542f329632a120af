"""The questions about a goal are answered by commands: of a line again, of a saved goal by `goal edit`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

import pytest

from cli.exits import Exit
from goals.agreement.plain import to_stored
from goals.agreement.terms import Priority, Terms
from store.opening import open_writer
from tests.support.program import Outcome, Program, made_once
from tests.support.store import NOW

LEVEL = "10 000 подписчиков в вк к новому году"


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """A client with an account in VK, and two reasons."""
    ready.ok("client", "add", "Кофейня «Зерно»")
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    with open_writer(ready.db) as store:
        client = next(found for found in store.clients() if "Зерно" in found.name)
        terms = Terms(priorities=(Priority("Распродать старую партию"), Priority("Больше своих в районе")))
        store.add_agreement(client.id, to_stored(terms), reason="", based_on=0, author="я", now=NOW)
    return ready


def added(program: Program, line: str, *options: str) -> dict[str, Any]:
    found = program.ok("goal", "add", line, "--client", "зерно", *options, "--json").json()
    assert isinstance(found[0], dict)
    return found[0]


def shown(program: Program, number: int = 1) -> dict[str, Any]:
    found = program.ok("goal", "show", str(number), "--json").json()
    assert isinstance(found, dict)
    return found


def pasted(program: Program, command: str) -> Outcome:
    """A command as a shell would run it."""
    name, *words = shlex.split(command)
    assert name == "smm"
    return program.run(*words)


def command_in(outcome: Outcome) -> str:
    """The command under the question."""
    return outcome.out.splitlines()[-1].strip()


def states(letters: Mapping[str, Mapping[str, str]]) -> str:
    return " ".join(f"{letter}:{said['state']}" for letter, said in letters.items())


@pytest.mark.parametrize("typed", ["1", "#1", "распродать", "старую партию"])
def test_a_saved_goal_is_linked_to_a_priority_by_rank_or_words(cafe: Program, typed: str) -> None:
    added(cafe, "+300 в вк до 31.12")
    edited = cafe.ok("goal", "edit", "1", "--priority", typed, "--json").json()
    assert (edited["priority"], edited["priority_text"]) == (1, "Распродать старую партию")
    assert shown(cafe)["letters"]["R"]["state"] == "ok"
    [revision] = cafe.ok("goal", "history", "1", "--json").json()
    assert revision["why"] == "уточнено"
    assert (
        cafe.ok("goal", "edit", "1", "--priority", "none", "--why", "нет", "--json").json()["priority"]
        is None
    )


@pytest.mark.parametrize(
    ("typed", "said"), [("3", "нет приоритета 3"), ("имя", "нет приоритета «имя»"), ("р", "несколько")]
)
def test_a_priority_that_is_not_there_is_told(cafe: Program, typed: str, said: str) -> None:
    added(cafe, "+300 в вк до 31.12")
    outcome = cafe.run("goal", "edit", "1", "--priority", typed)
    assert outcome.code in {Exit.USAGE, Exit.FAILED}
    assert said in outcome.err


def test_the_printed_commands_of_a_saved_goal_lead_to_its_end(cafe: Program) -> None:
    added(cafe, LEVEL)
    question = shown(cafe)["next"]
    assert (question["letter"], question["command"]) == ("M", "smm goal edit 1 --reading 1")
    asked = pasted(cafe, question["command"])
    assert command_in(asked) == "smm goal edit 1 --baseline ЧИСЛО"
    asked = pasted(cafe, command_in(asked).replace("ЧИСЛО", "4812"))
    assert command_in(asked) == "smm goal edit 1 --priority 1"
    asked = pasted(cafe, command_in(asked))
    assert asked.code == Exit.OK
    assert states(shown(cafe)["letters"]) == "S:ok M:ok A:weak R:ok T:ok"
    assert shown(cafe)["alternatives"] == []


def test_another_reading_of_the_kept_line_is_taken(cafe: Program) -> None:
    goal = added(cafe, LEVEL)
    readings = shown(cafe)["alternatives"]
    number = [reading["kind"] for reading in readings].index("gain") + 2
    edited = cafe.ok("goal", "edit", "1", "--reading", str(number), "--json").json()
    assert (goal["kind"], edited["kind"], edited["amount"]) == ("reach_level", "gain", 10_000)
    assert shown(cafe)["alternatives"] == []
    refused = cafe.run("goal", "edit", "1", "--reading", "9")
    assert refused.code == Exit.USAGE
    assert "варианта 9" in refused.err


def test_a_reading_that_was_chosen_when_the_goal_was_set_is_not_asked_again(cafe: Program) -> None:
    added(cafe, LEVEL, "--reading", "1")
    assert shown(cafe)["alternatives"] == []
    [revision] = cafe.ok("goal", "history", "1", "--json").json()
    assert (revision["why"], revision["changes"]) == ("выбран вариант 1", {})


def test_a_purpose_settles_why_a_goal_is_wanted(cafe: Program) -> None:
    added(cafe, "+300 в вк до 31.12")
    cafe.ok("goal", "edit", "1", "--purpose", "распродать партию")
    found = shown(cafe)
    assert found["wish"] == "+300 в вк до 31.12, чтобы распродать партию"
    assert found["letters"]["R"]["state"] == "ok"
    cafe.ok("goal", "edit", "1", "--purpose", "чтобы узнали в районе")
    assert shown(cafe)["wish"] == "+300 в вк до 31.12, чтобы узнали в районе"
    for nothing in ("…", "чтобы …"):
        assert "--purpose" in cafe.run("goal", "edit", "1", "--purpose", nothing).err


def test_the_scope_of_a_saved_goal_is_chosen(cafe: Program) -> None:
    cafe.ok("account", "add", "t.me/zerno_cafe", "--client", "зерно", "--no-sync")
    added(cafe, "+300 подписчиков до 31.12")
    question = shown(cafe)["next"]
    assert question["letter"] == "S"
    pasted(cafe, question["command"])
    assert shown(cafe)["letters"]["S"]["state"] == "ok"
    cafe.ok("goal", "edit", "1", "--account", "vk.com/zerno", "--why", "здесь")
    assert (shown(cafe)["network"], shown(cafe)["account"]) == ("vk", "zerno")
    cafe.ok("goal", "edit", "1", "--network", "none", "--why", "все")
    assert (shown(cafe)["network"], shown(cafe)["account"]) == (None, None)


def test_a_figure_kept_by_hand_has_no_network(cafe: Program) -> None:
    added(cafe, "20 заявок до 31.12")
    refused = cafe.run("goal", "edit", "1", "--network", "vk")
    assert refused.code == Exit.USAGE
    assert "--network" in refused.err


def test_a_wish_is_finished_by_the_commands_it_prints(cafe: Program) -> None:
    asked = cafe.ok("goal", "add", "хочу раскрутиться", "--client", "зерно")
    assert command_in(asked) == "smm goal edit 1 --metric ПОКАЗАТЕЛЬ"
    asked = pasted(cafe, command_in(asked).replace("ПОКАЗАТЕЛЬ", "posts"))
    asked = pasted(cafe, command_in(asked).replace("ЧИСЛО", "12"))
    assert command_in(asked) == "smm goal edit 1 --deadline 2026-11-30"
    pasted(cafe, command_in(asked))
    found = shown(cafe)
    assert (found["title"].replace("\u00a0", " "), found["kind"], found["draft"]) == (
        "ВК: 12 постов",
        "total_in_period",
        False,
    )


def test_a_line_takes_the_answers_as_options(cafe: Program) -> None:
    line = "хочу новых подписчиков в 'вк'"
    asked = cafe.run("goal", "check", line, "--client", "зерно")
    assert asked.code == Exit.INCOMPLETE
    asked = pasted(cafe, command_in(asked).replace("ЧИСЛО", "300"))
    assert "--deadline 2026-11-30" in command_in(asked)
    asked = pasted(cafe, command_in(asked))
    assert asked.code == Exit.OK
    asked = pasted(cafe, command_in(asked).replace("ЧИСЛО", "4812"))
    assert command_in(asked).endswith("--amount 300 --baseline 4812 --deadline 2026-11-30 --priority 1")
    done = pasted(cafe, command_in(asked) + " --json").json()
    assert states(done["letters"]) == "S:ok M:ok A:weak R:ok T:ok"


def test_numbers_and_days_of_options_outweigh_the_line(cafe: Program) -> None:
    goal = added(cafe, "+300 в вк до 31.12", "--amount", "50", "--deadline", "15.12", "--title", "К ярмарке")
    assert (goal["amount"], goal["deadline"], goal["title"]) == (50, "2026-12-15", "К ярмарке")
    refused = cafe.run("goal", "add", "+300 в вк до 31.12", "--client", "зерно", "--network", "telegram")
    assert refused.code == Exit.USAGE
    assert "--network" in refused.err


def test_a_priority_needs_its_client(cafe: Program) -> None:
    refused = cafe.run("goal", "check", "+300 в вк", "--priority", "1")
    assert refused.code == Exit.USAGE
    assert "--client" in refused.err


def test_what_was_said_is_changed_only_with_a_reason(cafe: Program) -> None:
    added(cafe, "+300 в вк до 31.12", "--priority", "1")
    for option in (("--amount", "200"), ("--priority", "2"), ("--deadline", "15.12")):
        assert "причина" in cafe.run("goal", "edit", "1", *option).err
    assert cafe.ok("goal", "history", "1", "--json").json() == []


def test_an_income_of_each_month_is_a_rate_and_needs_no_day(ready: Program) -> None:
    found = ready.ok("goal", "check", "выйти на доход 200к в месяц", "--client", "Я", "--json").json()
    assert found["alternatives"] == []
    assert {found["letters"][letter]["state"] for letter in "SMRT"} == {"ok"}
    [goal] = ready.ok("goal", "add", "выйти на доход 200к в месяц", "--client", "Я", "--json").json()
    assert (goal["kind"], goal["period"], goal["amount"], goal["draft"]) == (
        "keep_rate",
        "month",
        200_000,
        False,
    )


WISHES = [
    "хочу новых подписчиков", "больше лайков", "удвоить охват", "+10 подписчиков до 30.11",
    "раскрутить группу",
]  # fmt: skip


def with_values(command: str) -> str:
    """A printed command with what only a person knows."""
    values = {"ЧИСЛО": "500", "ПОКАЗАТЕЛЬ": "audience", "…": "распродать партию"}
    for name, value in values.items():
        command = command.replace(name, value)
    return command


@pytest.mark.parametrize("wish", WISHES)
def test_no_printed_command_is_refused(cafe: Program, wish: str) -> None:
    cafe.ok("account", "add", "t.me/zerno_cafe", "--client", "зерно", "--no-sync")
    added(cafe, wish)
    for _ in range(7):
        asked = shown(cafe)["next"]
        if asked is None or " goal edit " not in asked["command"]:
            break
        command = with_values(asked["command"])
        assert pasted(cafe, command).code == Exit.OK, command


@pytest.mark.parametrize("wish", WISHES)
def test_no_printed_command_of_a_line_is_refused(cafe: Program, wish: str) -> None:
    cafe.ok("account", "add", "t.me/zerno_cafe", "--client", "зерно", "--no-sync")
    asked = cafe.run("goal", "check", wish, "--client", "зерно")
    for _ in range(7):
        command = command_in(asked)
        if not command.startswith("smm goal check"):
            break
        asked = pasted(cafe, with_values(command))
        assert asked.code in {Exit.OK, Exit.INCOMPLETE}, command


def test_an_option_that_says_the_same_as_the_line_is_taken(cafe: Program) -> None:
    same = cafe.run("goal", "check", "6000 подписчиков в вк", "--client", "зерно", "--network", "vk")
    assert same.code == Exit.INCOMPLETE
    other = cafe.run("goal", "check", "6000 подписчиков в вк", "--client", "зерно", "--network", "telegram")
    assert other.code == Exit.USAGE


def test_a_deadline_is_said_as_in_a_line_and_one_that_has_passed_is_refused(cafe: Program) -> None:
    added(cafe, "+300 в вк до 30.11")
    edited = cafe.ok("goal", "edit", "1", "--deadline", "к концу декабря", "--why", "так", "--json").json()
    assert edited["deadline"] == "2026-12-31"
    for text in ("01.11", "1 ноября"):
        refused = cafe.run("goal", "edit", "1", "--deadline", text, "--why", "так")
        assert refused.code == Exit.USAGE
        assert "01.11.2027" in refused.err
    assert shown(cafe)["deadline"] == "2026-12-31"


def test_an_answered_day_outlives_the_choice_of_a_reading(cafe: Program) -> None:
    added(cafe, "1000 подписчиков в вк")
    cafe.ok("goal", "edit", "1", "--deadline", "31.12")
    edited = cafe.ok("goal", "edit", "1", "--reading", "2", "--json").json()
    assert (edited["kind"], edited["deadline"]) == ("gain", "2026-12-31")


def test_the_same_value_is_no_change(cafe: Program) -> None:
    added(cafe, "+300 в вк до 31.12")
    outcome = cafe.ok("goal", "edit", "1", "--amount", "300", "--why", "так")
    assert "ничего не изменено" in outcome.err
    assert cafe.ok("goal", "history", "1", "--json").json() == []


def test_a_yes_is_not_moved_back_nor_of_long_ago(cafe: Program) -> None:
    added(cafe, "+300 в вк до 31.12")
    assert cafe.run("goal", "agree", "1", "--by", "О", "--on", "2020-01-01").code == Exit.USAGE
    cafe.ok("goal", "agree", "1", "--by", "О", "--on", "сегодня")
    back = cafe.run("goal", "edit", "1", "--amount", "200", "--why", "так", "--agreed", "2026-11-22")
    assert back.code == Exit.USAGE
    assert cafe.run("goal", "agree", "1", "--by", "О", "--on", "вчера").code == Exit.USAGE


def test_goals_that_were_given_up_are_listed_on_demand(cafe: Program) -> None:
    assert "Снятых целей нет" in cafe.ok("goal", "list", "--dropped").err
    added(cafe, "+300 в вк до 31.12")
    cafe.ok("goal", "drop", "1", "--why", "так")
    assert cafe.ok("goal", "list", "--json").json() == []
    [dropped] = cafe.ok("goal", "list", "--dropped", "--json").json()
    assert (dropped["id"], dropped["status"]) == (1, "dropped")
    assert "данных ещё нет" not in cafe.ok("goal", "show", "1").out


def test_a_typed_weekly_rate_that_does_not_fit_is_told(cafe: Program) -> None:
    line = ("goal", "check", "+300 подписчиков в вк до 31 декабря", "--client", "зерно", "--per-week")
    assert cafe.ok(*line, "50", "--json").json()["letters"]["T"]["state"] == "weak"
    assert cafe.ok(*line, "54", "--json").json()["letters"]["T"]["state"] == "ok"


def test_networks_that_are_not_taken_are_told(cafe: Program) -> None:
    cafe.ok("account", "add", "t.me/zerno_cafe", "--client", "зерно", "--no-sync")
    both = cafe.ok("goal", "check", "посты в вк и телеге 3 раза в неделю", "--client", "зерно")
    assert "понято только про ВК; названо ещё: Telegram" in both.out
    one = pasted(cafe, command_in(both).replace("--network vk", "--network telegram"))
    assert one.out.startswith("Telegram: 3\u00a0поста")
    unserved = cafe.run("goal", "check", "500 подписчиков в линкедин до 31.12", "--client", "зерно")
    assert "«линкедин» здесь не считается" in unserved.out
    assert command_in(unserved).split()[-2] == "--network"


def test_another_currency_is_asked_for_and_nothing_is_judged_in_it(cafe: Program) -> None:
    line = "доход 2000 долларов до 31.12"
    asked = cafe.run("goal", "check", line, "--client", "зерно")
    assert "2 000 $" in asked.out.replace("\u00a0", " ")
    assert command_in(asked).endswith("--amount ЧИСЛО")
    assert added(cafe, line)["amount"] is None


def test_what_is_given_answers_a_line_and_a_saved_goal(cafe: Program) -> None:
    line = ("20 заявок до 31.12", "--client", "зерно", "--priority", "1")
    asked = cafe.ok("goal", "check", *line)
    assert command_in(asked).endswith("--given '… часов в неделю'")
    done = pasted(cafe, command_in(asked).replace("…", "10"))
    assert "на это даём 10 часов в неделю" in done.out
    assert "→" not in done.out
    added(cafe, *line[:1], *line[3:])
    question = shown(cafe)["next"]["command"]
    assert question == "smm goal edit 1 --given '… часов в неделю'"
    assert pasted(cafe, question).code == Exit.USAGE
    assert "→" not in pasted(cafe, question.replace("…", "10")).out
    found = shown(cafe)
    assert (found["next"], found["letters"]["A"]["question"]) == (None, None)
    assert found["wish"] == "20 заявок до 31.12, на это даём 10 часов в неделю"
    cafe.ok("goal", "edit", "1", "--given", "5000 ₽ на рекламу")
    assert shown(cafe)["wish"] == "20 заявок до 31.12, на это даём 5000 ₽ на рекламу"


def test_one_of_two_networks_or_days_is_chosen(cafe: Program) -> None:
    cafe.ok("account", "add", "t.me/zerno_cafe", "--client", "зерно", "--no-sync")
    line = "+300 подписчиков в телеграме или вк к 1 или 15 декабря"
    found = cafe.ok("goal", "check", line, "--client", "зерно", "--json").json()
    others = [(each["network"], each["deadline"]) for each in found["alternatives"]]
    assert others == [("vk", "2026-12-01"), ("telegram", "2026-12-15"), ("vk", "2026-12-15")]
    asked = cafe.ok("goal", "check", line, "--client", "зерно")
    assert "одна сеть из названных: Telegram или ВК" in asked.out
    assert "--reading 4: ВК: +300" in asked.out
    here = cafe.ok("goal", "check", line, "--client", "зерно", "--network", "vk", "--json").json()
    assert [each["network"] for each in here["alternatives"]] == ["vk"]
    assert here["letters"]["S"]["state"] == "ok"
    added(cafe, line)
    edited = cafe.ok("goal", "edit", "1", "--reading", "2", "--json").json()
    assert (edited["network"], edited["account"], edited["deadline"]) == ("vk", "zerno", "2026-12-01")
    assert shown(cafe)["alternatives"] == []


def test_a_loss_is_no_gain(cafe: Program) -> None:
    line = "минус 100 подписчиков в вк до 31.12"
    found = cafe.run("goal", "check", line, "--client", "зерно", "--json").json()
    assert (found["draft"]["amount"], found["letters"]["M"]["state"]) == (None, "missing")
