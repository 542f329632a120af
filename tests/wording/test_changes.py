"""The changes of a goal: names, figures and days as people write them, never raw ids."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from goals.model import Account, AccountId, Client, ClientId, Goal, GoalId
from goals.revision import Revision
from wording.changes import Names, changes_text, revision_text
from wording.words import Words

RU, EN = Words("ru"), Words("en")
TODAY = date(2026, 11, 23)
NAMES = Names.of(
    RU,
    [Client(ClientId(1), "Зерно"), Client(ClientId(2), "Свеча")],
    [
        Account(AccountId(3), ClientId(1), "vk", "zerno"),
        Account(AccountId(7), ClientId(1), "vk", "x", title="Зал"),
    ],
)


@pytest.mark.parametrize(
    ("field", "old", "new", "said"),
    [
        ("metric", "audience", "reach", "показатель: подписчики → охват в день"),
        ("kind", "gain", "average", "вид: прирост на число → в среднем"),
        ("account_id", "3", "7", "аккаунт: ВК «zerno» → ВК «Зал»"),
        ("client_id", "1", "2", "клиент: Зерно → Свеча"),
        ("network", None, "vk", "сеть: — → ВК"),
        ("amount", "12", "1500.5", "число: 12 → 1 500,5"),
        ("deadline", "2026-11-30", "2027-01-10", "срок: 30.11 → 10.01.27"),
        ("period", "week", "month", "период: в неделю → в месяц"),
        ("title", "", "Своё", "название: — → Своё"),
        ("dropped", "False", "True", "снята"),
        ("dropped", "True", "False", "цель возвращена"),
    ],
)
def test_a_change_is_told_in_the_readers_words(field: str, old: str | None, new: str, said: str) -> None:
    assert changes_text(RU, {field: (old, new)}, TODAY, NAMES).replace("\u00a0", " ") == said


def test_an_account_that_is_gone_is_no_number() -> None:
    assert "99" not in changes_text(RU, {"account_id": ("99", "3")}, TODAY, NAMES)


def test_every_field_of_a_goal_has_a_name() -> None:
    unseen = {"id", "version", "author"}
    values = {"kind": "gain", "period": "week", "start": "2026-11-01", "deadline": "2026-11-01"}
    values |= {"agreed_on": "2026-11-01", "amount": "1", "baseline": "1", "dropped": "True"}
    for each in fields(Goal):
        if each.name not in unseen:
            text = changes_text(EN, {each.name: (None, values.get(each.name, "1"))}, TODAY, NAMES)
            assert each.name not in text or "_" not in each.name


def test_the_clients_yes_is_not_told_twice() -> None:
    changes: dict[str, tuple[str | None, str | None]] = {
        "amount": ("12", "15"), "agreed_on": (None, "2026-11-20"),
    }  # fmt: skip
    made = datetime(2026, 11, 23, 6, tzinfo=UTC)
    agreed = Revision(GoalId(1), 1, made, "Анна", "так", date(2026, 11, 20), changes)
    assert revision_text(RU, agreed, TODAY, NAMES) == "число: 12 → 15"
    undone = Revision(GoalId(1), 2, made, "Анна", "", None, {"agreed_on": ("2026-11-20", None)})
    assert revision_text(RU, undone, TODAY, NAMES) == "согласовано: 20.11 → —"


def test_a_change_that_takes_another_back_names_it() -> None:
    made_at = datetime(2026, 11, 23, tzinfo=UTC)
    undone = Revision(GoalId(1), 4, made_at, "anna", "", None, {"amount": ("15", "12")}, undoes=3)
    assert revision_text(RU, undone, TODAY, NAMES) == "отмена правки 3: число: 15 → 12"
