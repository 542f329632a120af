"""The true history of Russian Telegram channels, through the real commands."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.dashboard import services_on, shows
from tests.support.program import Program
from tui.app import SmmApp

#: Inside the data: audience runs from 20.12.2024 to 23.04.2025, posts to 28.03.2025.
NOW = "2025-03-20T09:00+03:00"
END = "2025-04-23T12:00+03:00"
STATUSES = {"early", "on_track", "behind", "unlikely", "stale", "met", "missed"}
SCOPE = ("--client", "Каналы", "--network", "telegram")


def import_all(program: Program, folder: Path) -> list[dict[str, Any]]:
    files = (
        ("channels.csv", "account=channel"),
        ("audience.csv", "account=channel,audience=subscribers"),
        ("posts.csv", "account=channel,post=post_id"),
    )
    return [
        program.ok("import", str(folder / name), *SCOPE, "--map", mapping, "--json").json()
        for name, mapping in files
    ]


@pytest.fixture
def folder(shared_dir: Path) -> Path:
    """The folder of the channels."""
    return shared_dir / "data" / "telegram_channels"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A store with one client, at the end of the data."""
    program = Program(tmp_path, {"SMM_NOW": END})
    program.ok("init")
    program.ok("client", "add", "Каналы")
    return program


def test_the_whole_history_goes_in_once(program: Program, folder: Path) -> None:
    channels, audience, posts = import_all(program, folder)
    assert (channels["read"], channels["new"], channels["skipped"]) == (27, 26, [])  # one stands there twice
    assert (audience["read"], audience["skipped"]) == (3250, [])
    told = {key: posts[key] for key in ("read", "new", "changed", "unchanged", "skipped")}
    assert told == {"read": 3225, "new": 3225, "changed": 0, "unchanged": 0, "skipped": []}
    again = import_all(program, folder)
    assert [(answer["new"], answer["changed"], answer["skipped"]) for answer in again] == [(0, 0, [])] * 3
    assert again[2]["unchanged"] == 3225


def test_every_figure_comes_out_as_it_went_in(program: Program, folder: Path) -> None:
    import_all(program, folder)
    with (folder / "posts.csv").open(encoding="utf-8") as file:
        expected = {
            (row["channel"].lower(), row["post_id"], int(row["views"]), int(row["reactions"]))
            for row in csv.DictReader(file)
        }
    rows = program.ok("export", "posts", "--format", "json").json()
    assert {(row["account"].lower(), row["post"], row["views"], row["reactions"]) for row in rows} == expected
    with (folder / "audience.csv").open(encoding="utf-8") as file:
        newest = {row["channel"].lower(): int(row["subscribers"]) for row in csv.DictReader(file)}
    found = program.ok("export", "readings", "--format", "json", "--metric", "audience").json()
    assert {row["account"].lower(): row["value"] for row in found} == newest


INSIDE = {"SMM_NOW": NOW}


def set_goals(program: Program) -> None:
    """A goal for each channel, on a day inside the data."""
    options = ("--metric", "audience", "--kind", "gain", "--amount", "300", "--start", "01.03.2025")
    for account in program.ok("account", "list", "--json").json():
        goal = ("--account", account["handle"], *options, "--deadline", "31.03.2025")
        program.ok("goal", "add", "--client", "Каналы", *goal, env=INSIDE)


def test_a_goal_for_each_channel_is_judged_sensibly(program: Program, folder: Path) -> None:
    import_all(program, folder)
    set_goals(program)
    goals = program.ok("goal", "list", "--json", env=INSIDE).json()
    assert len(goals) == 26
    assert {goal["status"] for goal in goals} <= STATUSES
    for goal in goals:
        assert goal["expected"] == pytest.approx(19 / 31)
        assert goal["target"] == goal["baseline"] + 300
        gained = goal["current"] - goal["baseline"]
        assert goal["progress"] == pytest.approx(gained / 300)
        assert goal["as_of"] < "2025-03-21"
        assert goal["status"] != "stale"
        if goal["status"] not in {"met", "stale"}:
            low, high = goal["band"]
            assert low <= high
            assert 0 <= goal["chance"] <= 1
    assert {goal["status"] for goal in goals} >= {"met", "unlikely"}
    over = program.ok("goal", "list", "--json").json()
    assert {goal["status"] for goal in over} <= {"met", "missed"}


async def test_the_dashboard_shows_every_channel_and_opens_the_most_urgent(
    program: Program, folder: Path
) -> None:
    import_all(program, folder)
    set_goals(program)
    goals = program.ok("goal", "list", "--json", env=INSIDE).json()
    now = datetime.fromisoformat(NOW)
    app = SmmApp(services_on(program.db, now=lambda: now))
    async with app.run_test(size=(100, 60)) as pilot:
        await shows(pilot, *(f"{goal['account']}: +300" for goal in goals))
        await pilot.press("down", "enter")
        await shows(pilot, "дорога к цели", "01.03 – 31.03")
