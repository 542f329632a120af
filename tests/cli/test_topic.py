"""`smm topic`, and what other commands do with topics, through the real entry point."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli.exits import Exit
from goals.model import Gap
from store.changes import UnitOutcome
from store.opening import open_writer
from store.values import UnitStatus
from tests.support.program import Program, made_once
from tests.support.store import NOW
from tests.support.sync_place import run, sync_place

SALE = ("topic", "add", "Распродажа", "--client", "зерно")


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """A client with an account, a goal of four posts about the sale, and five posts of November."""
    ready.ok("client", "add", "Кофейня «Зерно»")
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    goal = ("--metric", "posts", "--kind", "total_in_period", "--amount", "4", "--start", "1.11")
    ready.ok("goal", "add", "--client", "зерно", *goal, "--deadline", "30.11", "--topic", "Распродажа")
    for day, text in (
        ("20.10", "Распродажа октября"),
        ("3.11", "Скоро распродажи, готовьтесь!"),
        ("5.11", "Осталось мало: #последний_шанс"),
        ("9.11", "Скидка на фильтр"),
        ("12.11", "Кот спит на подоконнике"),
    ):
        ready.ok("post", "add", "--client", "зерно", "--day", day, "--text", text)
    return ready


def topic(program: Program, *args: str) -> dict[str, Any]:
    found = program.ok("topic", *args, "--json").json()
    assert isinstance(found, dict)
    return found


def done(program: Program) -> int:
    (goal,) = program.ok("goal", "list", "--json").json()
    return int(goal["current"])


def posts_about(program: Program) -> set[str]:
    return {row["text"] for row in program.ok("post", "list", "--json").json() if row["topics"]}


def test_a_topic_without_words_is_told_by_its_name_and_counts_at_once(cafe: Program) -> None:
    assert done(cafe) == 0
    added = topic(cafe, *SALE[1:])
    assert (added["name"], added["words"], added["hashtags"], added["links"]) == (
        "Распродажа", ["Распродажа"], [], [],
    )  # fmt: skip
    assert posts_about(cafe) == {"Распродажа октября", "Скоро распродажи, готовьтесь!"}
    assert done(cafe) == 1


def test_the_month_is_counted_with_its_share_of_all_content(cafe: Program) -> None:
    added = topic(cafe, *SALE[1:])
    counts = {name: added[name] for name in ("month", "about", "suggested", "content", "share")}
    assert counts == {"month": "2026-11", "about": 1, "suggested": 1, "content": 4, "share": 0.25}
    assert cafe.ok("topic", "list", "--json").json() == [added]
    listed = cafe.ok("topic", "list", "--client", "зерно").out.replace("\u00a0", " ")
    assert "Распродажа" in listed
    assert "25 %" in listed


def test_a_month_without_content_has_no_share(ready: Program) -> None:
    ready.ok("client", "add", "Зерно")
    added = topic(ready, *SALE[1:])
    assert (added["about"], added["content"], added["share"]) == (0, 0, None)
    assert ready.ok("topic", "list").out.splitlines()[1].endswith("—")


def test_words_hashtags_and_links_are_added_and_taken_away(cafe: Program) -> None:
    options = ("--word", "кот", "--hashtag", "последний_шанс", "--link", "zerno.example/sale")
    added = topic(cafe, *SALE[1:], *options)
    assert (added["words"], added["hashtags"], added["links"]) == (
        ["кот"], ["#последний_шанс"], ["zerno.example/sale"],
    )  # fmt: skip
    assert posts_about(cafe) == {"Осталось мало: #последний_шанс", "Кот спит на подоконнике"}
    edited = topic(cafe, "edit", "распр", "--no-word", "КОТ", "--word", "скидка", "--word", "Скидка")
    assert edited["words"] == ["скидка"]
    assert posts_about(cafe) == {"Осталось мало: #последний_шанс", "Скидка на фильтр"}
    topic(cafe, "edit", "распр", "--no-hashtag", "#последний_шанс", "--no-link", "zerno.example/sale")
    assert posts_about(cafe) == {"Скидка на фильтр"}


def test_nothing_left_to_tell_it_by_is_said_and_nothing_counts(cafe: Program) -> None:
    cafe.ok(*SALE)
    outcome = cafe.ok("topic", "edit", "распр", "--no-word", "распродажа")
    assert "отметки" in outcome.err
    assert posts_about(cafe) == set()


def test_a_new_name_reaches_the_goals(cafe: Program) -> None:
    cafe.ok(*SALE)
    assert topic(cafe, "edit", "распр", "--name", "Ликвидация")["words"] == ["Распродажа"]
    (goal,) = cafe.ok("goal", "list", "--json").json()
    assert (goal["topic"], goal["current"]) == ("Ликвидация", 1)


def test_a_post_that_comes_later_is_matched_when_it_comes(cafe: Program) -> None:
    cafe.ok(*SALE)
    added = cafe.ok("post", "add", "--client", "зерно", "--text", "Последний день распродажи!", "--json")
    assert added.json()["topics"] == ["Распродажа"]
    assert done(cafe) == 2


def test_an_import_is_matched_and_a_rehearsal_is_not(cafe: Program) -> None:
    cafe.ok(*SALE)
    file = cafe.folder / "posts.csv"
    file.write_text("post,published_at,text\n7,2026-11-20,Большая распродажа\n", encoding="utf-8")
    command = ("import", str(file), "--account", "vk:zerno")
    cafe.ok(*command, "--dry-run")
    assert done(cafe) == 1
    cafe.ok(*command)
    assert done(cafe) == 2
    assert cafe.ok("topic", "match", "--json").json()["matched"] == 0


def test_a_sync_matches_what_it_brings_and_loads_no_dictionary_without_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with sync_place(tmp_path, monkeypatch) as place:
        place.channel("svecha")
        program = Program(tmp_path, {"SMM_NOW": "2026-11-23T09:00+03:00"})
        asked: list[str] = []

        def noting(word: str) -> str:
            asked.append(word)
            return word

        monkeypatch.setattr("cli.topic.lemmas.lemmatize", noting)
        assert run(place, capsys)[0] == Exit.OK
        assert asked == []
        program.ok("topic", "add", "Картины", "--client", "зерно", "--word", "картина")
        asked.clear()
        messages = place.telegram.channels["svecha"].messages
        messages.append(replace(messages[-1], id=9, text="Новая картина в мастерской"))
        assert run(place, capsys) == (Exit.OK, "", "")
        assert "мастерской" in asked
        assert posts_about(program) == {"Новая картина в мастерской"}
        asked.clear()
        assert run(place, capsys) == (Exit.OK, "", "")
        assert asked == []


def test_what_is_doubtful_is_shown_with_its_evidence_until_somebody_decides(cafe: Program) -> None:
    cafe.ok(*SALE)
    [doubtful] = cafe.ok("topic", "suggestions", "--client", "зерно", "--json").json()
    assert list(doubtful) == ["id", "client", "topic", "day", "kind", "state", "url", "text", "evidence"]
    assert (doubtful["topic"], doubtful["day"], doubtful["text"]) == (
        "Распродажа", "2026-11-09", "Скидка на фильтр",
    )  # fmt: skip
    assert doubtful["evidence"] == [
        {"sign": "word", "found": "скидка", "entry": "Распродажа", "doubt": "related"}
    ]
    shown = cafe.ok("topic", "suggestions")
    assert "«скидка»: только рядом по смыслу с «Распродажа»" in shown.out
    assert "smm post mark" in shown.err
    cafe.ok("post", "mark", str(doubtful["id"]), "--topic", "Распродажа")
    assert done(cafe) == 2
    assert cafe.ok("topic", "suggestions", "--json").json() == []
    cafe.ok("post", "mark", str(doubtful["id"]), "--topic", "Распродажа", "--not")
    assert done(cafe) == 1
    assert cafe.ok("topic", "suggestions", "--json").json() == []


def test_matching_by_hand_says_how_much_it_looked_through(cafe: Program) -> None:
    assert cafe.ok("topic", "match", "--json").json()["matched"] == 0
    cafe.ok(*SALE)
    answer = cafe.ok("topic", "match", "--client", "зерно", "--json").json()
    assert (answer["matched"], [row["about"] for row in answer["topics"]]) == (0, [1])
    assert "уже просмотрены" in cafe.ok("topic", "match").err


def test_posts_matched_by_other_rules_are_matched_again(
    cafe: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    cafe.ok(*SALE)
    monkeypatch.setattr("store.matching.RULES_VERSION", 1_000)
    assert cafe.ok("topic", "match", "--json").json()["matched"] == 5
    monkeypatch.setattr("cli.topic.lemmas.LEMMATIZER_VERSION", "another")
    assert "5\u00a0постов" in cafe.ok("topic", "match").err


def test_two_clients_topics_of_one_name_ask_for_the_client(cafe: Program) -> None:
    cafe.ok(*SALE)
    cafe.ok("client", "add", "Свеча")
    cafe.ok("topic", "add", "Распродажа", "--client", "свеча")
    outcome = cafe.run("topic", "edit", "распродажа", "--word", "воск")
    assert (outcome.code, outcome.out) == (Exit.FAILED, "")
    assert "--client" in outcome.err
    assert topic(cafe, "edit", "распродажа", "--client", "свеча", "--word", "воск")["client"] == "Свеча"
    listed = cafe.ok("topic", "list", "--client", "зерно", "--json").json()
    assert [row["words"] for row in listed] == [["Распродажа"]]


@pytest.mark.parametrize(
    ("args", "code", "hint"),
    [
        (["add", "РАСПРОДАЖА", "--client", "зерно"], Exit.FAILED, "smm topic edit"),
        (["add", "!", "--client", "зерно"], Exit.USAGE, "smm topic add"),
        (["add", "Кот", "--client", "зерно", "--word", "—"], Exit.USAGE, "--word"),
        (["add", "Кот", "--client", "зерно", "--hashtag", "два слова"], Exit.USAGE, "--hashtag"),
        (["add", "Кот", "--client", "зерно", "--link", "два слова"], Exit.USAGE, "--link"),
        (["add", "Кот", "--client", "никто"], Exit.FAILED, "smm client add"),
        (["edit", "нетакой", "--word", "x"], Exit.FAILED, "smm topic add"),
        (["edit", "распр"], Exit.USAGE, "--no-word"),
        (["edit", "распр", "--word", "распродажа"], Exit.USAGE, "--name"),
        (["edit", "распр", "--no-word", "кот"], Exit.USAGE, "Распродажа"),
        (["edit", "распр", "--name", "Новинки"], Exit.FAILED, "smm topic list"),
    ],
)
def test_a_slip_is_answered_with_the_next_step(cafe: Program, args: list[str], code: Exit, hint: str) -> None:
    cafe.ok(*SALE)
    cafe.ok("topic", "add", "Новинки", "--client", "зерно")
    before = cafe.ok("topic", "list", "--json").json()
    outcome = cafe.run("topic", *args)
    assert (outcome.code, outcome.out) == (code, "")
    assert hint in outcome.err
    assert cafe.ok("topic", "list", "--json").json() == before


def test_nothing_there_yet_is_said(ready: Program) -> None:
    assert "smm topic add" in ready.ok("topic", "list").err
    assert ready.ok("topic", "list", "--json").json() == []
    assert ready.ok("topic", "suggestions").out == ""


def test_names_and_words_are_cleaned(ready: Program) -> None:
    ready.ok("client", "add", "Зерно")
    added = topic(ready, "add", "Ко\x1b[31mт", "--client", "зерно", "--word", "ко\x1b]0;x\x07т")
    assert "\x1b" not in added["name"] + added["words"][0]


def test_a_count_with_days_that_were_not_collected_is_at_least(cafe: Program) -> None:
    options = ("--metric", "stories", "--kind", "total_in_period", "--amount", "6", "--start", "1.11")
    goal = cafe.ok("goal", "add", "--client", "зерно", *options, "--deadline", "30.11", "--json").json()
    number = str(goal["id"])
    cafe.ok("post", "add", "--client", "зерно", "--kind", "story", "--day", "9.11")
    assert "missing" not in cafe.ok("goal", "show", number, "--json").json()
    with open_writer(cafe.db) as store:
        [account] = store.accounts()
        run_id = store.start_run(NOW)
        store.claim(run_id, [account.id])
        gap = Gap(account.id, "stories", date(2026, 11, 12), date(2026, 11, 13), "not_collected")
        store.commit_unit(UnitOutcome(account.id, UnitStatus.OK, NOW, gaps=(gap,)), run_id)
    shown = cafe.ok("goal", "show", number, "--json").json()
    assert (shown["current"], shown["missing"]) == (1, [{"first": "2026-11-12", "last": "2026-11-13"}])
    page = cafe.ok("goal", "show", number).out.replace("\u00a0", " ")
    assert "Не меньше 1: нет данных за 12–13 ноября" in [line.strip() for line in page.splitlines()]
    elsewhere = cafe.ok("goal", "edit", number, "--start", "14.11", "--why", "позже", "--json").json()
    assert "missing" not in elsewhere


def test_a_post_is_marked_by_a_part_of_a_topics_name(ready: Program) -> None:
    ready.ok("client", "add", "Кофейня «Зерно»")
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    ready.ok("topic", "add", "Старая партия", "--client", "зерно", "--word", "прошлогодний урожай")
    options = ("--client", "зерно", "--account", "zerno", "--kind", "story", "--day", "2026-11-23")
    ready.ok("post", "add", *options, "--topic", "партия")
    assert ready.ok("post", "list", "--json").json()[0]["topics"] == ["Старая партия"]
    ready.ok("post", "mark", "1", "--topic", "стар", "--not")
    assert ready.ok("post", "list", "--json").json()[0]["topics"] == []
    assert len(ready.ok("topic", "list", "--json").json()) == 1
