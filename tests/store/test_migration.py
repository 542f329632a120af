"""A store of each released version, made by its own steps, opened by this program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from goals.model import AccountId, Client, ClientId, Goal, GoalId, GoalKind, GoalStatus, Topic, TopicId
from goals.records import DoneMark
from goals.revision import Revision
from store.changes import ImportBatch
from store.contract import Writer
from store.opening import open_writer, prepare, problems
from store.sqlite import driver, migrations
from store.sqlite.migrations.m001 import m001_first_schema
from store.sqlite.migrations.m002 import m002_agreements
from store.sqlite.migrations.m003 import m003_done_marks
from store.sqlite.topics import BY_HAND, TOLD
from store.values import Filter
from tests.support.store import AUTHOR, NOW, TODAY, days_ago, post, reading, sync_unit

Step = Callable[[Database], None]

#: 2026-11-01 12:00 UTC, when everything in the old store was written.
_THEN = 1_793_534_400
_DAY = date(2026, 11, 1)
_GOAL = """INSERT INTO goal (id, client_id, account_id, network, metric, kind, amount, topic, title, start,
    deadline, version, author, changed_at) VALUES"""
_OF_VERSION_1 = (
    f"""INSERT INTO client VALUES
        (1, 'Зерно', 'зерно', 'client', 'Europe/Moscow', 'Ольга', 0, 3, 'Мария', {_THEN}, NULL),
        (2, 'Свеча', 'свеча', 'client', 'Asia/Omsk', NULL, 1, 2, 'Мария', {_THEN}, NULL),
        (3, 'Я', 'я', 'self', 'Europe/Moscow', NULL, 0, 1, 'Мария', {_THEN}, NULL)""",
    f"""INSERT INTO account (id, client_id, network, handle, folded, author, changed_at)
        VALUES (1, 1, 'vk', 'zerno', 'zerno', 'Мария', {_THEN})""",
    "INSERT INTO topic VALUES (1, 1, 'Партия', 'партия'), (2, 1, 'Кофе', 'кофе'), (3, 1, 'Люди', 'люди')",
    f"""INSERT INTO post VALUES (1, 1, '17', 'post', 'published', {_DAY.toordinal()}, NULL, '', 'Остатки',
        0, NULL, NULL, '', {_THEN})""",
    "INSERT INTO post_topic VALUES (1, 1, 1, 0), (1, 2, 1, 1), (1, 3, -1, 1)",
    "INSERT INTO metric VALUES (1, 'audience')",
    f"INSERT INTO reading VALUES (1, 1, {_DAY.toordinal()}, 4812.0, 0, {_THEN})",
    f"""{_GOAL} (1, 1, 1, 'vk', 'posts', 'total_in_period', 14.0, 'партия', '14 постов',
        {_DAY.toordinal()}, {_DAY.toordinal() + 29}, 2, 'Ольга', {_THEN})""",
    f"""{_GOAL} (2, 3, NULL, NULL, 'clients', 'reach_level', 5.0, NULL, '', {_DAY.toordinal()},
        {_DAY.toordinal() + 29}, 1, 'Мария', {_THEN})""",
    f"""INSERT INTO revision VALUES (1, 1, {_THEN}, 'Ольга', 'клиент передумал', {_DAY.toordinal()},
        '{{"amount": ["12", "14"]}}')""",
    f"UPDATE evaluation SET status = 'behind', judged_on = {_DAY.toordinal()} WHERE goal_id = 1",
)


#: What the second release wrote beside that.
_OF_VERSION_2 = (
    f"""INSERT INTO client (id, name, folded, kind, timezone, author, changed_at, added_at)
        VALUES (1, 'Зерно', 'зерно', 'client', 'Europe/Moscow', 'Мария', {_THEN}, {_THEN})""",
    f"""{_GOAL} (1, 1, NULL, 'vk', 'posts', 'total_in_period', 14.0, NULL, '14 постов',
        {_DAY.toordinal()}, {_DAY.toordinal() + 29}, 2, 'Ольга', {_THEN})""",
    f"INSERT INTO check_in VALUES (1, 1, {_DAY.toordinal()}, {_THEN}, 'Мария', 'risk', 'нет фото', 0)",
    f"INSERT INTO call VALUES (1, 1, {_DAY.toordinal()}, {_THEN}, 'Мария', 'созвон', '[\"снять\"]')",
    f"INSERT INTO material VALUES (1, 1, 'фото', {_DAY.toordinal()}, NULL, 1, 'Мария', {_THEN})",
    f"INSERT INTO agreement VALUES (1, 1, {_THEN}, 'Мария', '', '{{}}')",
)


#: And the third.
_OF_VERSION_3 = (
    *_OF_VERSION_2,
    f"INSERT INTO done_mark VALUES (1, {_DAY.toordinal()}, 'report', '', 'Мария', {_THEN})",
    f"""INSERT INTO account (id, client_id, network, handle, folded, author, changed_at, data_at)
        VALUES (1, 1, 'vk', 'zerno', 'zerno', 'Мария', {_THEN}, {_THEN})""",
    f"""INSERT INTO post (id, account_id, network_id, kind, state, day, url, text, by_hand, author,
        changed_at)
        VALUES (1, 1, '17', 'post', 'published', {_DAY.toordinal()}, '', 'Остатки', 0, '', {_THEN})""",
    "INSERT INTO metric VALUES (1, 'audience'), (2, 'views')",
    f"INSERT INTO reading VALUES (1, 1, {_DAY.toordinal()}, 4812.0, 0, {_THEN})",
    f"INSERT INTO latest VALUES (1, 1, {_DAY.toordinal()}, 4812.0, 0, {_THEN})",
    f"INSERT INTO post_reading VALUES (1, 2, {_DAY.toordinal()}, 90.0, 0, {_THEN})",
    f"INSERT INTO post_latest VALUES (1, 2, {_DAY.toordinal()}, 90.0)",
)


def released(path: Path, monkeypatch: pytest.MonkeyPatch, steps: Sequence[Step], rows: Iterable[str]) -> Path:
    """A store that the release of these steps has made and filled."""
    known = Migrations("smart_smm")
    for step in steps:
        known()(step)
    with monkeypatch.context() as then:
        then.setattr(migrations, "MIGRATIONS", known)
        then.setattr(driver, "SCHEMA_VERSION", len(steps))
        prepare(path)
    session = driver.connect(path, write=True)
    for statement in rows:
        session.run(statement)
    session.close()
    assert driver.stored_version(path) == len(steps)
    return path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that the first release has made and filled."""
    return released(tmp_path / "smm.db", monkeypatch, [m001_first_schema], _OF_VERSION_1)


@pytest.fixture
def second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that the second release has made and filled."""
    steps = [m001_first_schema, m002_agreements]
    return released(tmp_path / "second.db", monkeypatch, steps, _OF_VERSION_2)


@pytest.fixture
def third(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that the third release has made and filled."""
    steps = [m001_first_schema, m002_agreements, m003_done_marks]
    return released(tmp_path / "third.db", monkeypatch, steps, _OF_VERSION_3)


@pytest.fixture
def store(path: Path) -> Iterator[Writer]:
    with open_writer(path) as store:
        yield store


def test_the_store_is_backed_up_current_and_sound(path: Path) -> None:
    open_writer(path).close()
    assert driver.stored_version(path) == driver.SCHEMA_VERSION
    assert problems(path) == []
    (backup,) = path.parent.glob("*.backup-1-*")
    assert driver.stored_version(backup) == 1


def test_no_reference_leads_nowhere(path: Path) -> None:
    open_writer(path).close()
    session = driver.connect(path, write=False)
    assert session.rows("PRAGMA foreign_key_check") == []
    session.close()


def test_a_mark_by_hand_is_still_one(path: Path) -> None:
    open_writer(path).close()
    session = driver.connect(path, write=False)
    marks = session.rows("SELECT topic_id, mark, source FROM post_topic ORDER BY topic_id")
    session.close()
    assert marks == [(1, 1, TOLD), (2, 1, BY_HAND), (3, -1, BY_HAND)]


def test_what_was_stored_is_there(store: Writer) -> None:
    zerno, me = store.clients()
    assert zerno == Client(ClientId(1), "Зерно", manager="Ольга", version=3, author="Мария")
    assert me.id == 3
    assert store.topics() == [
        Topic(TopicId(number), ClientId(1), name)
        for number, name in ((2, "Кофе"), (3, "Люди"), (1, "Партия"))
    ]
    assert [row.value for row in store.readings(Filter())] == [4812.0]
    assert store.goal(GoalId(1)) == Goal(
        id=GoalId(1),
        client_id=ClientId(1),
        metric="posts",
        kind=GoalKind.TOTAL_IN_PERIOD,
        amount=14.0,
        start=_DAY,
        network="vk",
        account_id=AccountId(1),
        topic="партия",
        deadline=date(2026, 11, 30),
        title="14 постов",
        version=2,
        author="Ольга",
    )
    at = datetime.fromtimestamp(_THEN, UTC)
    assert store.revisions(GoalId(1)) == [
        Revision(GoalId(1), 1, at, "Ольга", "клиент передумал", _DAY, {"amount": ("12", "14")})
    ]
    assert {row.goal_id: row.status for row in store.board_rows()} == {
        1: GoalStatus.BEHIND,
        2: GoalStatus.DRAFT,
    }


def test_marks_keep_what_they_said_and_their_weight(store: Writer) -> None:
    (row,) = store.posts(Filter())
    assert row.post.topics == ("Кофе", "Партия")
    party, people = (next(t for t in store.topics() if t.name == name) for name in ("Партия", "Люди"))
    store.update_topic(replace(party, words=("остатки",)), author=AUTHOR, now=NOW)
    assert [item.post_id for item in store.posts_to_match("rules", 9)] == [row.post.id]
    store.put_matches("rules", [row.post.id], [(row.post.id, people.id, False)])
    sync_unit(store, AccountId(1), posts=[post("17", _DAY, text="Остатки", topics=("Люди",))])
    assert next(iter(store.posts(Filter()))).post.topics == ("Кофе", "Партия")


def test_an_old_change_can_be_undone(store: Writer) -> None:
    assert store.undo_goal(GoalId(1), author=AUTHOR, now=NOW).amount == 12.0


def test_clients_count_from_when_they_were_last_written(store: Writer) -> None:
    days = store.facts(store.goal(GoalId(2)), days_ago(60), _DAY).days
    assert days == ((_DAY, 1.0),)


def test_a_store_of_the_second_release_keeps_its_words_and_takes_ticks(second: Path) -> None:
    with open_writer(second) as store:
        (client,) = store.clients()
        assert (client.name, store.goal(GoalId(1)).amount) == ("Зерно", 14.0)
        assert [said.why for said in store.check_ins(client.id, _DAY)] == ["нет фото"]
        assert [call.decisions for call in store.calls(client.id)] == [("снять",)]
        assert [material.what for material in store.materials(client.id)] == ["фото"]
        assert [version.version for version in store.agreements(client.id)] == [1]
        assert store.done_marks(client.id, date.min) == []
        mark, tick = store.changes_since(0).mark, DoneMark(client.id, TODAY, "report", "", AUTHOR, NOW)
        store.add_done_mark(tick)
        assert store.done_marks(client.id, TODAY) == [tick]
        assert store.changes_since(mark).goals_of == {client.id}
    assert problems(second) == []
    (backup,) = second.parent.glob("*.backup-2-*")
    assert driver.stored_version(backup) == 2


def test_a_store_of_the_third_release_keeps_its_ticks_and_takes_imports_back(third: Path) -> None:
    with open_writer(third) as store:
        (client,), zerno = store.clients(), AccountId(1)
        assert [tick.kind for tick in store.done_marks(client.id, _DAY)] == ["report"]
        assert store.imports() == []
        was = (list(store.readings(Filter())), list(store.posts(Filter())), store.latest([zerno]))
        told = post("17", _DAY, url="https://vk.com/wall-1_17", figures={"views": 100})
        with store.recorded_import("а.csv", author=AUTHOR, now=NOW):
            store.import_batches([ImportBatch(zerno, [reading(zerno, _DAY, 4900)], [told])], now=NOW)
        assert store.latest([zerno])[0].value == 4900
        done = store.undo_import(None, author=AUTHOR, now=NOW)
        assert (done.figures, done.posts) == (2, 1)
        assert (list(store.readings(Filter())), list(store.posts(Filter())), store.latest([zerno])) == was
    assert problems(third) == []
    (backup,) = third.parent.glob("*.backup-3-*")
    assert driver.stored_version(backup) == 3
