from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cli.__main__ import main
from cli.context import Context
from cli.demo.cast import CAST
from cli.demo.files import create_demo, demo_path, ensure_demo
from cli.exits import Exit, UserError
from goals.agreement.goals import goals_of
from goals.agreement.plain import agreement_of
from goals.agreement.terms import lacking
from goals.board import Board, build_board
from goals.metrics import METRICS
from goals.model import GoalKind, GoalStatus, PostState
from goals.records import Confidence
from store.changes import NewClient
from store.contract import Reader
from store.opening import open_reader, open_writer, prepare
from store.situation import all_warnings
from store.values import Filter
from wording.words import NBSP, Words

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
RU = Words("ru")


def board_of(store: Reader, now: datetime) -> Board:
    return build_board(store.clients(), store.board_rows(), now=now, today=now.astimezone(MOSCOW).date())


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        datetime(2026, 12, 5, 18, 30, tzinfo=UTC),  # a Saturday evening
        datetime(2027, 1, 1, 0, 5, tzinfo=UTC),  # within the long holidays
        datetime(2028, 2, 29, 20, 59, tzinfo=UTC),
    ],
    ids=str,
)
def test_whatever_the_day_the_demo_tells_its_story(tmp_path: Path, now: datetime) -> None:
    create_demo(tmp_path / "demo.db", now)

    with open_reader(tmp_path / "demo.db") as store:
        board = board_of(store, now)
        assert store.is_demo()

    first = board.groups[0]
    assert first.client.name == "Кофейня «Зерно»"
    most_urgent = first.goals[0]
    assert (most_urgent.metric, most_urgent.topic) == ("posts", "Старая партия")
    assert most_urgent.status == GoalStatus.BEHIND
    assert most_urgent.planned_today == 0
    growing = {goal.metric: goal.status for goal in first.goals if goal.topic is None}
    assert growing == dict.fromkeys(("audience", "likes", "engagement_rate"), GoalStatus.ON_TRACK)
    shown = {goal.status for group in board.groups for goal in group.goals}
    assert shown == set(GoalStatus) - {GoalStatus.DROPPED, GoalStatus.UNKNOWN}


def test_every_kind_of_goal_is_there_and_can_be_measured(tmp_path: Path) -> None:
    create_demo(tmp_path / "demo.db", NOW)

    with open_reader(tmp_path / "demo.db") as store:
        goals = store.goals(dropped=True)
        rows = store.board_rows()

    assert {goal.kind for goal in goals} == set(GoalKind)
    assert any(goal.dropped for goal in goals)
    assert any(METRICS[goal.metric].less_is_better for goal in goals)
    unmeasured = [row.metric for row in rows if row.current is None and row.status != GoalStatus.DRAFT]
    assert unmeasured == []


def test_the_story_has_something_to_open(tmp_path: Path) -> None:
    create_demo(tmp_path / "demo.db", NOW)

    with open_reader(tmp_path / "demo.db") as store:
        client = next(client for client in store.clients() if client.name == "Кофейня «Зерно»")
        goal = next(goal for goal in store.goals(client.id) if goal.metric == "posts")
        revisions = store.revisions(goal.id)
        posts = [row.post for row in store.posts(Filter(client_id=client.id))]

    assert len([revision for revision in revisions if revision.why]) == 2
    assert (goal.amount, goal.agreed_by) == (12, "Ольга, владелица")
    about_batch = [post for post in posts if "Старая партия" in post.topics]
    assert {post.state for post in about_batch} == {PostState.PUBLISHED}
    assert len(about_batch) == 5
    planned = [post for post in posts if post.state is PostState.PLANNED]
    assert planned
    assert all(post.text for post in posts)


def test_the_history_is_120_days_long_and_the_same_every_time(tmp_path: Path) -> None:
    exports = []
    for name in ("one.db", "two.db"):
        create_demo(tmp_path / name, NOW)
        with open_reader(tmp_path / name) as store:
            exports.append((list(store.readings(Filter())), list(store.posts(Filter())), store.board_rows()))

    assert exports[0] == exports[1]
    days = {row.day for row in exports[0][0]}
    assert max(days) - min(days) == timedelta(days=120)


def test_nobody_in_the_demo_could_be_real() -> None:
    handles = [page.handle for part in CAST for page in part.pages]

    assert len(set(handles)) == len(handles)
    assert all(handle.endswith("_smm_demo") for handle in handles)


def test_create_writes_a_store_that_only_its_owner_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMM_NOW", NOW.isoformat())
    path = tmp_path / "new" / "demo.db"

    assert main(["demo", "--create", str(path)]) == Exit.OK

    assert path.stat().st_mode & 0o077 == 0
    assert [entry.name for entry in path.parent.iterdir()] == ["demo.db"]
    out, err = capsys.readouterr()
    assert out == ""
    assert f"smm --db {path}" in err


def test_create_never_replaces_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("моё", encoding="utf-8")

    assert main(["demo", "--create", str(path)]) == Exit.USAGE

    assert path.read_text(encoding="utf-8") == "моё"
    assert "Такой файл уже есть" in capsys.readouterr().err


def test_create_in_an_impossible_place_ends_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()

    assert main(["demo", "--create", str(tmp_path / "file" / "demo.db")]) == Exit.FAILED

    err = capsys.readouterr().err
    assert "→ " in err
    assert "Traceback" not in err


def test_a_demo_of_today_is_kept_with_what_was_changed_in_it(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    ensure_demo(path, NOW, MOSCOW, RU)
    with open_writer(path) as store:
        client = store.clients()[0]
        store.update_client(replace(client, manager="Новый"), author="я", now=NOW)

    ensure_demo(path, NOW + timedelta(hours=14), MOSCOW, RU)

    with open_reader(path) as store:
        assert store.clients()[0].manager == "Новый"


@pytest.mark.parametrize("passed", [timedelta(hours=16), timedelta(days=-3)], ids=["tomorrow", "clock-back"])
def test_a_demo_of_another_day_is_made_anew(tmp_path: Path, passed: timedelta) -> None:
    path = tmp_path / "demo.db"
    ensure_demo(path, NOW, MOSCOW, RU)

    ensure_demo(path, NOW + passed, MOSCOW, RU)

    with open_reader(path) as store:
        made = store.runs(1)[0].started_at
    assert made.astimezone(MOSCOW).date() == (NOW + passed).astimezone(MOSCOW).date()


def test_a_damaged_demo_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    path.write_bytes(b"<html>" * 1_000)

    ensure_demo(path, NOW, MOSCOW, RU)

    with open_reader(path) as store:
        assert store.is_demo()


def test_a_real_store_in_the_demos_place_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    prepare(path)
    with open_writer(path) as store:
        store.add_client(NewClient("Настоящий клиент"), author="я", now=NOW)

    with pytest.raises(UserError, match="настоящая база"):
        ensure_demo(path, NOW, MOSCOW, RU)

    with open_reader(path) as store:
        assert [client.name for client in store.clients()] == ["Настоящий клиент"]


def test_demo_opens_the_dashboard_on_its_own_store_whatever_db_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMM_NOW", NOW.isoformat())
    monkeypatch.setenv("SMM_DB", str(tmp_path / "real.db"))
    opened: list[str] = []

    def run(ctx: Context, args: Namespace) -> int:
        opened.append(ctx.db)
        return Exit.OK

    monkeypatch.setattr("cli.commands.dashboard.run", run)

    assert main(["demo"]) == Exit.OK

    assert opened == [str(demo_path())]
    assert not (tmp_path / "real.db").exists()


def test_the_demo_has_agreements_to_try_everything_on(tmp_path: Path) -> None:
    create_demo(tmp_path / "demo.db", NOW)

    with open_reader(tmp_path / "demo.db") as store:
        clients = {client.name: client.id for client in store.clients()}
        versions = {name: [agreement_of(v) for v in store.agreements(i)] for name, i in clients.items()}
        goals = {goal.term: goal for goal in store.goals(clients["Кофейня «Зерно»"])}
        hourly = {row.client_id for row in store.hourly(NOW.date() - timedelta(days=22), NOW.date())}
        waiting = store.materials()
        check_ins = store.check_ins(None, NOW.date() - timedelta(days=30))

    agreed = {name: found[-1].terms for name, found in versions.items() if found}
    assert list(agreed) == ["Ветклиника «Лапа»", "Кофейня «Зерно»", "Мастерская «Свеча»"]
    assert all(version.acceptance for found in versions.values() for version in found)
    assert {name: lacking(terms) for name, terms in agreed.items()} == dict.fromkeys(agreed, ())
    zerno = agreed["Кофейня «Зерно»"]
    assert zerno.priorities[0].text == "Распродать старую партию"
    assert zerno.report.next_call is not None
    lines = {asked.term: asked for asked in goals_of(zerno, NOW.date())}
    known = {term: goal for term, goal in goals.items() if term is not None}
    assert known.keys() <= lines.keys()
    assert {goal.priority for goal in known.values()} == {1, 2, 3}
    assert all(goal.amount == lines[term].amount for term, goal in known.items())
    assert {clients["Кофейня «Зерно»"], clients["Ветклиника «Лапа»"]} <= hourly
    assert [material.what for material in waiting] == [
        "фото склада и остатки по сортам", "истории пациентов с согласием хозяев",
    ]  # fmt: skip
    assert {check_in.confidence for check_in in check_ins} == {Confidence.ON_TRACK, Confidence.RISK}


def test_the_articles_warning_stands_first_in_the_demo(tmp_path: Path) -> None:
    create_demo(tmp_path / "demo.db", NOW)

    with open_reader(tmp_path / "demo.db") as store:
        first = all_warnings(store, NOW)[0]

    assert (first.warning.rule, first.warning.topic) == ("wrong_work", "Старая партия")
    assert [client.name for client in first.clients] == ["Кофейня «Зерно»"]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("agreement", "swap", "зерно", "2", "1", "3"), "Старая партия: 8 постов (было 12, вышло 3"),
        (("agreement", "goals", "свеча", "--dry-run"), "снята на созвоне 08.11"),
        (("agreement", "print", "лапа"), "по созвону 29.10: 40 вместо 45"),
        (("renew", "зерно", "--dry-run"), "ВК: 5 постов в неделю"),
        (("renew", "я", "--dry-run"), "Доход 120 000 ₽"),
        (("call", "зерно"), "ждём фото склада от Ольги"),
    ],
)
def test_the_rhythm_can_be_tried_on_the_demo(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.setenv("SMM_NOW", NOW.isoformat())
    monkeypatch.setenv("SMM_DB", str(tmp_path / "demo.db"))
    create_demo(tmp_path / "demo.db", NOW)

    assert main(list(command)) == Exit.OK

    assert told in capsys.readouterr().out.replace(NBSP, " ")
