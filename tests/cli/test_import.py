"""`smm import`: any table in, once; what cannot be read is said with its line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.exits import Exit
from tests.support.program import Program

READINGS = "channel;date;subscribers\nzerno;2026-11-20;4 800\nzerno;21.11.2026;4,81K\nzerno;2026-11-22;4812\n"
MAP = ("--map", "account=channel,day=date,audience=subscribers")


def file(program: Program, text: str, encoding: str = "utf-8") -> str:
    path = program.folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


def imported(program: Program, text: str, *options: str, encoding: str = "utf-8") -> dict[str, Any]:
    """The counts of an import and what it skipped."""
    answer = program.run("import", file(program, text, encoding), *options, "--json").json()
    return {name: answer[name] for name in ("read", "new", "changed", "unchanged", "skipped")}


def readings(program: Program, *options: str) -> list[tuple[str, str, float]]:
    rows = program.ok("export", "readings", "--format", "json", *options).json()
    return [(row["day"], row["metric"], row["value"]) for row in rows]


def posts(program: Program, *options: str) -> list[dict[str, Any]]:
    found = program.ok("post", "list", "--json", *options).json()
    assert isinstance(found, list)
    return found


def test_readings_are_imported_once(cafe: Program) -> None:
    answer = imported(cafe, READINGS, "--client", "зерно", *MAP)
    assert answer == {"read": 3, "new": 3, "changed": 0, "unchanged": 0, "skipped": []}
    stored = readings(cafe)
    assert stored == [
        ("2026-11-20", "audience", 4800),
        ("2026-11-21", "audience", 4810),
        ("2026-11-22", "audience", 4812),
    ]
    again = imported(cafe, READINGS, "--client", "зерно", *MAP)
    assert again == {"read": 3, "new": 0, "changed": 0, "unchanged": 3, "skipped": []}
    mended = imported(cafe, READINGS.replace("4812", "4813"), "--client", "зерно", *MAP)
    assert (mended["new"], mended["changed"], mended["unchanged"]) == (0, 1, 2)


def test_a_dry_run_answers_the_same_and_writes_nothing(cafe: Program) -> None:
    options = ("--client", "зерно", "--network", "telegram", *MAP)
    text = READINGS + "zerno_news;2026-11-22;90\n"
    dry = imported(cafe, text, *options, "--dry-run")
    assert readings(cafe) == []
    assert len(cafe.ok("account", "list", "--json").json()) == 1
    assert imported(cafe, text, *options) == dry
    assert dry["new"] == 4


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251", "utf-16"])
def test_files_of_every_program(cafe: Program, encoding: str) -> None:
    text = "Аккаунт;Дата;Подписчики, чел;ER\nzerno;22.11.2026;1,2K;4,5 %\n"
    names = "account=Аккаунт,day=Дата,audience=Подписчики, чел,engagement_rate=ER"
    answer = imported(cafe, text, "--client", "зерно", "--map", names, encoding=encoding)
    assert (answer["new"], answer["skipped"]) == (2, [])
    assert readings(cafe) == [("2026-11-22", "audience", 1200), ("2026-11-22", "engagement_rate", 4.5)]


def test_a_shortened_figure_is_kept_as_rounded_and_never_replaces_an_exact_one(cafe: Program) -> None:
    imported(cafe, "day,audience\n2026-11-22,4812\n", "--account", "vk:zerno")
    answer = imported(cafe, 'day,audience\n2026-11-22,"4,8K"\n2026-11-21,"4,8K"\n', "--account", "vk:zerno")
    assert (answer["new"], answer["unchanged"]) == (1, 1)
    rows = cafe.ok("export", "readings", "--format", "json").json()
    assert [(row["value"], row["exactness"]) for row in rows] == [(4800, "rounded"), (4812, "exact")]


def test_rows_that_cannot_be_read_are_named_by_line_and_reason_and_the_others_go_in(cafe: Program) -> None:
    rows = ["2026-11-20,many", "soon,1", ",1", "2026-11-22,", "2126-01-01,5", "2026-11-21,7"]
    lines = [*(f"zerno,{row}" for row in rows), "ghost,2026-11-20,1"]
    text = "\n".join(["account,day,audience", *lines])
    answer = imported(cafe, text, "--client", "зерно")
    assert (answer["read"], answer["new"]) == (7, 1)
    reasons = {skipped["line"]: skipped["reason"] for skipped in answer["skipped"]}
    assert list(reasons) == [2, 3, 4, 5, 6, 8]
    for line, part in {2: "many", 3: "soon", 4: "даты", 5: "показателей", 6: "2126", 8: "ghost"}.items():
        assert part in reasons[line]
    assert readings(cafe) == [("2026-11-21", "audience", 7)]


def test_figures_of_days_to_come_are_refused_and_plans_are_not(cafe: Program) -> None:
    text = "account,day,audience,sales\nzerno,2026-11-24,7,1\nzerno,2026-11-23,8,2\n"
    answer = imported(cafe, text, "--client", "зерно")
    assert [row["line"] for row in answer["skipped"]] == [2]
    assert "2026-11-24" in answer["skipped"][0]["reason"]
    assert {day for day, _, _ in readings(cafe)} == {"2026-11-23"}
    plan = "account,day,kind,state,text\nzerno,2026-11-25,Пост,План,а\nzerno,2026-11-25,пост,Опубликовано,б\n"
    answer = imported(cafe, plan, "--client", "зерно")
    assert [row["line"] for row in answer["skipped"]] == [3]
    assert [(post["state"], post["text"]) for post in posts(cafe)] == [("planned", "а")]


def test_the_sentence_adds_up(cafe: Program) -> None:
    text = (
        "account,day,audience,reach\nzerno,2026-11-22,7,x\nzerno,2026-11-21,8,9\nghost,2026-11-21,1,2\n"
        "zerno,soon,1,2\nzerno,2026-11-21,10,\n"
    )
    out = cafe.ok("import", file(cafe, text), "--client", "зерно").out.replace("\u00a0", " ")
    assert out == (
        "Прочитано 5 строк: новых цифр — 3, изменено — 0, уже было — 1"
        " (из них заменено другой строкой файла — 1) · пропущено строк — 2 · не прочитано цифр — 1\n"
    )
    plan = "account,day,kind,text\nzerno,2026-11-25,пост,а\n"
    assert "новых публикаций — 1, изменено — 0, уже было — 0\n" in cafe.ok(
        "import", file(cafe, plan), "--client", "зерно"
    ).out.replace("\u00a0", " ")


def test_rows_of_one_day_that_lose_are_counted_as_known(cafe: Program) -> None:
    text = "account,taken_at,audience\n" + "".join(
        f"zerno,2026-11-2{day}T{hour:02}:00Z,{100 + hour}\n" for day in (0, 1) for hour in (3, 9, 6)
    )
    answer = imported(cafe, text, "--client", "зерно")
    assert answer == {"read": 6, "new": 2, "changed": 0, "unchanged": 4, "skipped": []}
    assert [value for _, _, value in readings(cafe)] == [109, 109]


@pytest.mark.parametrize(
    ("options", "cells", "state", "moment"),
    [
        ((), "план,2026-11-30 19:00", "planned", "2026-11-30T16:00"),
        ((), ",2026-11-30 19:00", "planned", "2026-11-30T16:00"),
        ((), "план,2026-11-30T19:00+00:00", "planned", "2026-11-30T19:00"),
        (("--timezone", "Asia/Omsk"), "план,2026-11-30 19:00", "planned", "2026-11-30T13:00"),
        ((), "опубликовано,2026-11-20 19:00", "published", "2026-11-20T19:00"),
        ((), ",2026-11-20 19:00", "published", "2026-11-20T19:00"),
    ],
)
def test_plans_are_made_by_the_clients_clock(
    cafe: Program, options: tuple[str, ...], cells: str, state: str, moment: str
) -> None:
    text = f"account,state,published_at,text\nzerno,{cells},а\n"
    answer = imported(cafe, text, "--client", "зерно", *options)
    assert (answer["new"], answer["skipped"]) == (1, [])
    [post] = posts(cafe)
    at = datetime.fromisoformat(str(post["published_at"])).astimezone(UTC)
    assert (post["state"], at.isoformat()[:16]) == (state, moment)


def test_what_the_system_says_of_a_file_is_told_in_our_words(cafe: Program) -> None:
    err = cafe.run("import", str(cafe.folder)).err
    assert "(это папка)" in err
    assert "directory" not in err


def test_one_bad_cell_costs_its_figure_only(cafe: Program) -> None:
    text = 'account,day,audience,reach,views\nzerno,2026-11-22,"1 234,5",7,oops\nzerno,2026-11-21,x,,\n'
    outcome = cafe.run("import", file(cafe, text), "--client", "зерно", "--json")
    answer = outcome.json()
    assert (outcome.code, answer["read"], answer["new"]) == (Exit.OK, 2, 1)
    assert [row["line"] for row in answer["skipped"]] == [2, 2, 3]
    whole, number, _ = (row["reason"] for row in answer["skipped"])
    assert "audience" in whole
    assert "не целое число" in whole
    assert "views" in number
    assert "не число" in number
    assert readings(cafe) == [("2026-11-22", "reach", 7)]


def test_a_handle_in_two_networks_asks_for_the_network(cafe: Program) -> None:
    cafe.ok("account", "add", "t.me/zerno", "--client", "зерно", "--no-sync")
    answer = imported(cafe, "account,day,audience\nzerno,2026-11-22,5\n", "--client", "зерно")
    assert "нескольких сетях" in answer["skipped"][0]["reason"]
    assert (
        imported(cafe, "account,day,audience\nzerno,2026-11-22,5\n", "--client", "зерно", "--network", "vk")[
            "new"
        ]
        == 1
    )


def test_a_file_of_which_nothing_can_be_used_is_a_failure(cafe: Program) -> None:
    outcome = cafe.run("import", file(cafe, "account,day,audience\nghost,2026-11-20,1\n"))
    assert outcome.code == Exit.FAILED
    assert "Строка 2" in outcome.err
    assert "--network" in outcome.err


def test_unknown_handles_become_accounts_where_client_and_network_are_known(cafe: Program) -> None:
    text = "account,day,audience\n@Zerno_News,2026-11-22,90\nt.me/zerno_news,2026-11-21,89\nhttps://t.me/s/second_one,2026-11-21,5\n"
    answer = imported(cafe, text, "--client", "зерно", "--network", "telegram")
    assert (answer["new"], answer["skipped"]) == (3, [])
    added = [row for row in cafe.ok("account", "list", "--json").json() if row["network"] == "telegram"]
    assert [row["handle"].lower() for row in added] == ["second_one", "zerno_news"]
    assert len(readings(cafe, "--account", "t.me/zerno_news")) == 2


def test_a_new_account_may_be_named_for_the_whole_file(cafe: Program) -> None:
    options = ("--client", "зерно", "--network", "instagram", "--account", "@zerno_cafe")
    text = "day,audience\n2026-11-22,90\n"
    assert imported(cafe, text, *options)["new"] == 1
    assert imported(cafe, text, *options)["unchanged"] == 1
    found = [row for row in cafe.ok("account", "list", "--json").json() if row["network"] == "instagram"]
    assert [row["handle"] for row in found] == ["zerno_cafe"]
    assert cafe.run("import", file(cafe, text), "--account", "@nobody").code == Exit.FAILED


def test_a_name_that_several_clients_have_is_skipped_until_the_client_is_named(cafe: Program) -> None:
    cafe.ok("client", "add", "Свеча")
    cafe.ok("account", "add", "vk.com/zerno", "--client", "Свеча", "--no-sync")
    text = "account,day,audience\nzerno,2026-11-22,90\n"
    assert imported(cafe, text)["skipped"][0]["line"] == 2
    assert imported(cafe, text, "--client", "Свеча")["new"] == 1
    assert readings(cafe, "--client", "зерно") == []


def test_of_several_readings_of_a_day_the_last_taken_wins(cafe: Program) -> None:
    text = "taken_at,audience\n2026-11-22 10:00:00,5\n2026-11-22 08:00:00,3\n2026-11-21 22:30:00,4\n"
    answer = imported(cafe, text, "--account", "vk:zerno")
    assert (answer["read"], answer["new"]) == (3, 1)
    rows = cafe.ok("export", "readings", "--format", "json").json()
    assert [(row["day"], row["value"], row["taken_at"]) for row in rows] == [
        ("2026-11-22", 5, "2026-11-22T10:00:00+00:00")
    ]


def test_naive_times_are_utc_unless_a_zone_is_named(cafe: Program) -> None:
    text = "taken_at,audience\n2026-11-21 22:30:00,4\n"
    imported(cafe, text, "--account", "vk:zerno")
    imported(cafe, text, "--account", "vk:zerno", "--timezone", "Europe/Moscow")
    assert [day for day, _, _ in readings(cafe)] == ["2026-11-21", "2026-11-22"]


def test_posts_with_their_figures_are_imported_once(cafe: Program) -> None:
    text = "post,published_at,views,likes,text\n10,2026-11-20 10:00,100,5,Привет\n11,2026-11-21 10:00,,7,\n"
    answer = imported(cafe, text, "--account", "vk:zerno")
    assert (answer["new"], answer["skipped"]) == (2, [])
    first, second = posts(cafe)
    assert (first["post"], first["views"], first["likes"], first["text"]) == ("10", 100, 5, "Привет")
    assert (second["views"], second["likes"], second["state"], second["kind"]) == (
        None,
        7,
        "published",
        "post",
    )
    assert imported(cafe, text, "--account", "vk:zerno")["unchanged"] == 2
    assert imported(cafe, text.replace("100", "150"), "--account", "vk:zerno")["changed"] == 1
    assert posts(cafe)[0]["views"] == 150


def test_a_post_is_known_by_its_link_too(cafe: Program) -> None:
    imported(cafe, "post,published_at\n10,2026-11-20 10:00:00\n", "--account", "vk:zerno")
    text = "url,published_at,views\nhttps://vk.com/wall-1_10,2026-11-20 10:00:00,9\n"
    assert imported(cafe, text, "--account", "vk:zerno")["changed"] == 1
    assert [(row["post"], row["views"]) for row in posts(cafe)] == [("10", 9)]


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("post", "https://vk.com/wall-999_10"),
        ("url", "https://vk.com/wall-999_10"),
        ("url", "https://t.me/zerno/10"),
        ("post", "-999_10"),
    ],
)
def test_a_post_of_another_account_is_left_out(cafe: Program, column: str, told: str) -> None:
    cafe.ok("account", "add", "vk.com/club1", "--client", "зерно", "--no-sync")
    imported(cafe, "post,published_at,views\n10,2026-11-20 10:00:00,100\n", "--account", "vk:club1")
    text = f"{column},published_at,views\n{told},2026-11-20 10:00:00,9\n"
    [skipped] = imported(cafe, text, "--account", "vk:club1")["skipped"]
    assert told in skipped["reason"]
    assert "vk:club1" in skipped["reason"]
    assert [(row["post"], row["views"]) for row in posts(cafe)] == [("10", 100)]


def test_a_content_plan_counts_as_planned_and_is_not_doubled(cafe: Program) -> None:
    options = ("--metric", "posts", "--kind", "total_in_period", "--amount", "4", "--deadline", "30.11")
    cafe.ok("goal", "add", "--client", "зерно", *options, "--topic", "Партия")
    plan = (
        "day;kind;topic;text;state\n23.11.2026;post;партия;Про вкус;planned\n25.11.2026;story;Партия;Кадры;\n"
    )
    assert imported(cafe, plan, "--account", "vk:zerno")["new"] == 2
    assert imported(cafe, plan, "--account", "vk:zerno")["unchanged"] == 2
    assert [(row["state"], row["kind"], row["topics"]) for row in posts(cafe)] == [
        ("planned", "post", ["Партия"]),
        ("planned", "story", ["Партия"]),
    ]
    assert "план 1" in cafe.ok("goal", "list").out.replace("\u00a0", " ")


def test_figures_by_hand_belong_to_the_client(cafe: Program) -> None:
    text = 'day,sales,revenue\n2026-11-21,3,"4 500,50"\n2026-11-22,2,3000\n'
    answer = imported(cafe, text, "--client", "зерно")
    assert (answer["new"], answer["skipped"]) == (4, [])
    goal = ("--metric", "sales", "--kind", "total_in_period", "--amount", "10", "--deadline", "30.11")
    added = cafe.ok("goal", "add", "--client", "зерно", *goal, "--start", "20.11", "--json").json()
    assert added["current"] == 5
    without = imported(cafe, text)
    assert [row["line"] for row in without["skipped"]] == [2, 3]


def test_goals_are_judged_at_once_on_imported_figures(cafe: Program) -> None:
    goal = (
        "--metric",
        "audience",
        "--kind",
        "gain",
        "--amount",
        "300",
        "--deadline",
        "30.11",
        "--start",
        "20.11",
    )
    cafe.ok("goal", "add", "--client", "зерно", "--account", "vk:zerno", *goal)
    imported(cafe, READINGS, "--client", "зерно", *MAP)
    (judged,) = cafe.ok("goal", "list", "--json").json()
    assert (judged["baseline"], judged["current"], judged["target"]) == (4800, 4812, 5100)
    assert judged["as_of"] == "2026-11-22T20:59:59+00:00"


def test_a_list_of_accounts_is_an_import_too(cafe: Program) -> None:
    text = "channel,title,topic\nfirst_one,One,a\nsecond_one,Two,b\nfirst_one,One again,c\n"
    options = ("--client", "зерно", "--network", "telegram", "--map", "account=channel")
    assert imported(cafe, text, *options) == {
        "read": 3,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "skipped": [],
    }
    assert imported(cafe, text, *options)["unchanged"] == 2


def test_nothing_of_a_file_is_kept_when_the_store_fails_in_the_middle(
    cafe: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.errors import StoreError
    from store.sqlite.writer import SqliteWriter

    def failing(*_: object, **__: object) -> None:
        raise StoreError("smm.db", "disk full")

    monkeypatch.setattr(SqliteWriter, "import_batches", failing)
    path = file(cafe, READINGS.replace("zerno", "zerno_news"))
    assert cafe.run("import", path, "--client", "зерно", "--network", "telegram", *MAP).code == Exit.FAILED
    monkeypatch.undo()
    assert len(cafe.ok("account", "list", "--json").json()) == 1


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (["--map", "audence=subscribers"], "audience"),
        (["--map", "audience=followers"], "subscribers"),
        (["--map", "audience"], "account=channel"),
        (["--network", "telegramm"], "telegram"),
        (["--timezone", "Moscow"], "Europe/Moscow"),
    ],
)
def test_a_slip_in_the_options_is_answered_with_the_next_step(
    cafe: Program, options: list[str], hint: str
) -> None:
    outcome = cafe.run("import", file(cafe, READINGS), "--client", "зерно", *options)
    assert outcome.code == Exit.USAGE
    assert hint in outcome.err


def test_a_missing_file_is_said(cafe: Program) -> None:
    outcome = cafe.run("import", str(Path("/nowhere/a.csv")))
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert "/nowhere/a.csv" in outcome.err


def test_names_and_texts_of_a_file_are_cleaned(cafe: Program) -> None:
    text = 'post,day,text,topic\n1,2026-11-20,"a\x1b[2Jb\x1b]0;x\x07","[/x]\x1b[31m"\n'
    imported(cafe, text, "--account", "vk:zerno")
    listed = cafe.ok("post", "list").out
    assert "\x1b" not in listed
    assert "[/x]" in listed
