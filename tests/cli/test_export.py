"""`smm export`: the agreed fields, exactly, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest

from cli.exits import Exit
from reports.tables import csv_lines
from tests.support.program import Program, made_once

READINGS = ["client", "network", "account", "account_id", "metric", "day", "value", "exactness", "taken_at"]
POSTS = [
    "client", "network", "account", "account_id", "post", "kind", "state", "published_at", "url", "text",
    "topics", "views", "likes", "comments", "shares", "reactions",
]  # fmt: skip


@pytest.fixture
@made_once
def full(ready: Program) -> Program:
    """Two clients with readings, posts and a goal."""
    for client, handle in (("Зерно", "zerno"), ("Свеча", "svecha")):
        ready.ok("client", "add", client)
        ready.ok("account", "add", f"vk.com/{handle}", "--client", client, "--no-sync")
        table = ready.folder / "a.csv"
        table.write_text(
            "day,audience,engagement_rate\n2026-11-21,4800,\n2026-11-22,4812,4.5\n", encoding="utf-8"
        )
        ready.ok("import", str(table), "--account", handle)
        table.write_text(
            'post,published_at,views,text,topic\n10,2026-11-20 10:00,100,"=cmd|\' \'!A0, ""x""\nй",Партия\n',
            encoding="utf-8",
        )
        ready.ok("import", str(table), "--account", handle)
    goal = ("--metric", "audience", "--kind", "gain", "--amount", "300", "--deadline", "30.11")
    ready.ok("goal", "add", "--client", "Зерно", "--account", "zerno", *goal)
    return ready


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_readings_have_exactly_the_agreed_fields(full: Program) -> None:
    found = full.ok("export", "readings", "--format", "json").json()
    assert len(found) == 6
    assert list(found[0]) == READINGS
    assert found[0] == {
        "client": "Зерно",
        "network": "vk",
        "account": "zerno",
        "account_id": None,
        "metric": "audience",
        "day": "2026-11-21",
        "value": 4800,
        "exactness": "exact",
        "taken_at": "2026-11-21T20:59:59+00:00",
    }
    text = full.ok("export", "readings", "--format", "csv").out
    assert text.startswith(",".join(READINGS) + "\r\n")
    assert [row["value"] for row in rows(text)] == ["4800", "4812", "4.5"] * 2


def test_posts_have_exactly_the_agreed_fields_and_unknown_figures_are_empty(full: Program) -> None:
    found = full.ok("export", "posts", "--format", "json").json()
    assert list(found[0]) == POSTS
    assert (found[0]["post"], found[0]["views"], found[0]["likes"]) == ("10", 100, None)
    assert (found[0]["published_at"], found[0]["topics"]) == ("2026-11-20T10:00:00+00:00", ["Партия"])
    assert found[0]["text"].startswith("=cmd")
    (first, _) = rows(full.ok("export", "posts", "--format", "csv").out)
    assert (first["views"], first["likes"], first["topics"]) == ("100", "", "Партия")
    assert first["text"].startswith("'=cmd")
    assert first["text"].endswith('"x"\nй')


def test_goals_are_those_of_the_list(full: Program) -> None:
    listed = full.ok("goal", "list", "--json").json()
    assert full.ok("export", "goals", "--format", "json").json() == listed
    (row,) = rows(full.ok("export", "goals", "--format", "csv").out)
    assert list(row) == list(listed[0])
    assert (row["baseline"], row["target"], row["chance"]) == ("4812", "5112", "")


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--client", "зерно"], 3),
        (["--account", "vk.com/svecha"], 3),
        (["--metric", "audience"], 4),
        (["--since", "2026-11-22"], 4),
        (["--until", "21.11.2026"], 2),
        (["--network", "telegram"], 0),
        (["--client", "Свеча", "--metric", "audience", "--since", "22.11", "--until", "22.11"], 1),
    ],
)
def test_filters_are_joined(full: Program, options: list[str], count: int) -> None:
    assert len(full.ok("export", "readings", "--format", "json", *options).json()) == count
    assert len(rows(full.ok("export", "readings", "--format", "csv", *options).out)) == count


@pytest.mark.parametrize("what", ["readings", "posts", "goals"])
def test_a_network_is_named_as_in_every_command(full: Program, what: str) -> None:
    exported = full.ok("export", what, "--format", "json", "--network", "VK").json()
    assert exported == full.ok("export", what, "--format", "json", "--network", "vk").json()
    assert exported or what == "goals"
    outcome = full.run("export", what, "--network", "vkk")
    assert (outcome.code, outcome.out) == (2, "")
    assert "vk" in outcome.err


def test_an_empty_export_is_a_header_or_an_empty_list(ready: Program) -> None:
    assert ready.ok("export", "posts", "--format", "json").json() == []
    assert ready.ok("export", "posts", "--format", "csv").out == ",".join(POSTS) + "\r\n"


def test_a_file_appears_whole_and_keeps_its_rights(full: Program, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    told = full.ok("export", "readings", "--bom", "-o", str(target))
    assert told.out == ""
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfclient,")
    assert content.count(b"\r\n") == 7
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if "out.csv" in path.name] == ["out.csv"]


def test_a_place_that_cannot_be_written_is_said(full: Program, tmp_path: Path) -> None:
    outcome = full.run("export", "readings", "-o", str(tmp_path / "none" / "out.csv"))
    assert outcome.code == Exit.FAILED
    assert "-o" in outcome.err


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_texts_that_a_spreadsheet_takes_for_formulas_are_defused_and_numbers_are_not(start: str) -> None:
    text = "".join(csv_lines(["a", "b", "c"], [{"a": f"{start}1", "b": -5, "c": None}]))
    (row,) = rows(text)
    assert row == {"a": f"'{start}1", "b": "-5", "c": ""}


def test_an_export_can_be_imported_again(full: Program) -> None:
    path = full.folder / "posts.csv"
    full.ok("export", "posts", "--client", "зерно", "-o", str(path))
    answer = full.ok("import", str(path), "--client", "зерно", "--json").json()
    assert (answer["read"], answer["new"], answer["skipped"]) == (1, 0, [])
