"""What was done is taken back only while nobody has changed it since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from goals.model import ClientId
from goals.records import DayOff
from store.errors import ConflictError
from store.opening import open_writer
from tests.support.dashboard import services_on
from tests.support.store import AUTHOR, NOW, add_client, add_goal, make_store
from tui.changes import ChangedSinceError, added_goal_undo
from tui.client.days import add_with_undo
from tui.drawing.cells import cell
from tui.failures import sentence_of
from tui.palette import match_score
from wording.words import Words
from work.days_off import free_day

OTHER = "Борис"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "smm.db"
    with make_store(found) as store:
        add_client(store)
    return found


def test_a_goal_that_somebody_has_edited_is_not_dropped(path: Path) -> None:
    with open_writer(path) as store:
        goal_id = add_goal(store, ClientId(1))
        undo = added_goal_undo(services_on(path), store, goal_id)
        store.update_goal(replace(store.goal(goal_id), amount=60.0), author=OTHER, now=NOW, why="просили")
        with pytest.raises(ChangedSinceError) as refused:
            undo.work(store)
        assert refused.value.author == OTHER
        assert not store.goal(goal_id).dropped
        store.undo_goal(goal_id, author=OTHER, now=NOW)
        undo.work(store)
        assert store.goal(goal_id).dropped


def test_days_off_that_somebody_has_cut_stay(path: Path) -> None:
    first, last = date(2026, 11, 24), date(2026, 11, 26)
    with open_writer(path) as store:
        done = add_with_undo(services_on(path), store, DayOff(0, ClientId(1), first, last, "отпуск"))
        free_day(store, ClientId(1), date(2026, 11, 25), author=OTHER, now=NOW)
        before = store.days_off()
        assert done.undo is not None
        with pytest.raises(ChangedSinceError):
            done.undo.work(store)
        assert store.days_off() == before


def test_one_is_not_told_of_oneself_as_of_a_stranger() -> None:
    for error in (ChangedSinceError(AUTHOR), ConflictError(AUTHOR)):
        assert "в другом окне" in sentence_of(Words("ru"), error, AUTHOR)
        assert sentence_of(Words("ru"), error, OTHER).startswith(AUTHOR)


def test_a_number_holds_together() -> None:
    assert cell("было 4\xa0800, это 12\xa0%") == "было 4\xa0800, это 12\xa0%"
    assert cell("Студия\xa0\xa0«Ы»") == "Студия «Ы»"


def test_the_palette_finds_the_words_of_the_footer_first() -> None:
    footer = match_score("выход", ("выход", "Закрыть", "Закрывает"), 0.0)
    title = match_score("выход", ("", "Выходные", ""), 3.0)
    in_help = match_score("выход", ("", "Сверка", "записывает выходные"), 0.0)
    assert footer > title > in_help > match_score("выход", ("", "Сверка", ""), 3.0) > 0
    assert match_score("выход", ("", "Сверка", ""), 0.0) == 0
