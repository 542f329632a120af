"""The agreement screen: versions, the editor, amounts, priorities, the yes, goals of lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from goals.agreement.plain import agreement_of, to_stored
from goals.agreement.terms import Hours, Terms
from goals.records import AgreementVersion
from store.opening import open_reader, open_writer
from tests.support.agreements import FIRST, zerno
from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tests.support.store import NOW, TODAY
from tui.app import SmmApp
from tui.screens.agreement import AgreementScreen
from tui.screens.agreement_editor import AgreementEditor, read_text
from tui.screens.agreement_forms import (
    AgreementForm,
    AmountsForm,
    LineGoalsForm,
    OrderForm,
    SaveForm,
    YesForm,
)
from tui.services import ExitState
from wording.words import Words
from work.agreement_file import line_of, write_agreement

SIZES = [(80, 24), (120, 40)]


def versions(path: Path) -> list[AgreementVersion]:
    with open_reader(path) as store:
        return store.agreements(zerno(store).id)


def propose(path: Path, terms: Terms, author: str = "Пётр") -> None:
    """Another version that waits for a yes."""
    with open_writer(path) as store:
        client = zerno(store)
        based_on = len(store.agreements(client.id))
        store.add_agreement(
            client.id, to_stored(terms), reason="мало часов", based_on=based_on, author=author, now=NOW
        )


async def opened(pilot: Pilot[ExitState], *keys: str) -> AgreementScreen:
    """The agreement of the first client with everything read, after some keys."""
    app = pilot.app
    assert isinstance(app, SmmApp)
    await until(pilot, lambda: app.feed.is_watching)
    await pilot.press("ф")
    await until(pilot, lambda: isinstance(app.screen, AgreementScreen) and app.screen.detail is not None)
    screen = app.screen
    assert isinstance(screen, AgreementScreen)
    await app.workers.wait_for_complete()
    await pilot.press(*keys)
    await pilot.pause()
    return screen


async def form(pilot: Pilot[ExitState], kind: type[AgreementForm]) -> AgreementForm:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.is_ready)
    assert isinstance(pilot.app.screen, AgreementForm)
    return pilot.app.screen


async def test_the_version_in_force_and_all_versions(agreed: Path) -> None:
    propose(agreed, replace(FIRST, hours=Hours(month=40.0)))
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(120, 60)) as pilot:
        screen = await opened(pilot)
        await shows(
            pilot,
            "Ждёт согласия",
            "Часы в месяц: 30 → 40",
            "версия 1, действует",
            "Часы: 30 часов в месяц",
            "Пётр: мало часов",
            "изменено: часы и выходные",
            "согласия ещё нет: y записать",
        )
        screen.blocks["versions"].focus()
        await pilot.press("enter")
        await shows(pilot, "версия 2, ждёт согласия", "Часы: 40 часов в месяц")
        await pilot.press("escape")
        await shows(pilot, "версия 1, действует")


async def test_the_yes_is_noted_and_agrees_the_goals(agreed: Path) -> None:
    propose(agreed, replace(FIRST, hours=Hours(month=40.0)))
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await opened(pilot, "y")
        shown = await form(pilot, YesForm)
        await pilot.press("f2")
        await shows(pilot, "скажите, кто согласился")
        shown.fields["who"].widget.value = "Ольга"
        shown.fields["on"].widget.value = "24.11.2026"
        await shows(pilot, "ещё не наступил")
        shown.fields["on"].widget.value = "22.11"
        await shows(pilot, "Версия 2 записана 23.11: согласовать её раньше не могли")
        shown.fields["on"].widget.value = "23.11"
        await pilot.press("f2")
        await until(pilot, lambda: versions(agreed)[-1].acceptance is not None)
        acceptance = versions(agreed)[-1].acceptance
        assert acceptance is not None
        assert (acceptance.by, acceptance.on) == ("Ольга", date(2026, 11, 23))
        await shows(pilot, "Согласована версия 2: Ольга")
        await pilot.press("y")
        await shows(pilot, "Версия 2 уже согласована")


async def test_the_editor_lists_every_problem_and_loses_nothing(agreed: Path) -> None:
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot, "e")
        await until(pilot, lambda: isinstance(app.screen, AgreementEditor))
        editor = app.screen
        assert isinstance(editor, AgreementEditor)
        text = editor.area.text
        editor.area.text = text.replace("month = 30", "month = 3000").replace(
            'format = "post"', 'format = "pst"', 1
        )
        await shows(pilot, "Ошибки: 2", "hours.month", "topics[0].format", "post")
        await pilot.press("ctrl+s")
        await shows(pilot, "Пока ничего не сохранено")
        assert 'format = "pst"' in editor.area.document.get_line(editor.area.cursor_location[0])
        assert len(versions(agreed)) == 1
        editor.area.text = text.replace("month = 30", "month = 35")
        await shows(pilot, "ошибок нет")
        await pilot.press("escape")
        assert app.screen is editor, "what was typed is left only when asked twice"
        await pilot.press("f2")
        shown = await form(pilot, SaveForm)
        await type_text(pilot, "работы больше")
        assert shown.value("why") == "работы больше"
        await pilot.press("f2")
        await until(pilot, lambda: len(versions(agreed)) == 2)
        saved = versions(agreed)[-1]
        assert (agreement_of(saved).terms.hours.month, saved.reason) == (35.0, "работы больше")
        await until(pilot, lambda: isinstance(app.screen, AgreementScreen))
        await pilot.press("u")
        await until(pilot, lambda: len(versions(agreed)) == 3)
        assert agreement_of(versions(agreed)[-1]).terms == FIRST


async def test_an_edit_goes_on_over_what_another_saved_meanwhile(agreed: Path) -> None:
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, "f")
        shown = await form(pilot, AmountsForm)
        shown.fields["content-0"].widget.value = "4"
        await shows(pilot, "Меняется: ВК: 3 поста в неделю")
        propose(agreed, replace(FIRST, hours=Hours(month=40.0)))
        await pilot.press("f2")
        await shows(pilot, "Пётр тем временем")
        assert shown.value("content-0") == "4"
        assert len(versions(agreed)) == 2
        await pilot.press("f2")
        await until(pilot, lambda: len(versions(agreed)) == 3)


async def test_amounts_in_one_form_with_the_yes(agreed: Path) -> None:
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, "f")
        shown = await form(pilot, AmountsForm)
        assert (shown.value("topics-0"), shown.value("topics-1"), shown.value("hours")) == ("12", "30", "30")
        shown.fields["topics-0"].widget.value = "много"
        await pilot.press("f2")
        await shows(pilot, "здесь нужно число")
        for name, value in {"topics-0": "8", "topics-1": "25", "hours": "32,5", "who": "Ольга"}.items():
            shown.fields[name].widget.value = value
        await pilot.pause()
        await pilot.press("f2")
        await until(pilot, lambda: len(versions(agreed)) == 2)
        saved = agreement_of(versions(agreed)[-1])
        assert (saved.terms.topics[0].amount, saved.terms.topics[1].share) == (8, 0.25)
        assert saved.terms.hours.month == 32.5
        assert saved.acceptance is not None
        assert (saved.acceptance.by, saved.acceptance.on) == ("Ольга", TODAY)


async def test_priorities_change_over_with_a_draft_for_the_client(agreed: Path) -> None:
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(100, 50)) as pilot:
        await opened(pilot, "o")
        shown = await form(pilot, OrderForm)
        await shows(pilot, "Приоритеты теперь", "1. Имя в городе")
        await pilot.press("f2")
        await until(pilot, lambda: len(versions(agreed)) == 2)
        saved = agreement_of(versions(agreed)[-1]).terms
        assert [priority.text for priority in saved.priorities] == [
            "Имя в городе",
            "Распродать старую партию",
        ]
        assert "Приоритеты теперь" in app.clipboard
        assert not shown.is_attached


async def test_goals_of_the_lines_are_set_and_taken_back(agreed: Path) -> None:
    def terms_of_goals() -> set[str | None]:
        with open_reader(agreed) as store:
            return {goal.term for goal in store.goals(zerno(store).id)}

    before = terms_of_goals()
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(100, 50)) as pilot:
        await opened(pilot, "b")
        await form(pilot, LineGoalsForm)
        await shows(pilot, "+ ВК: 3 поста в неделю", "для 1 строки цель уже есть")
        await pilot.press("f2")
        await until(pilot, lambda: "content:vk:post:week" in terms_of_goals())
        await pilot.press("u")
        await until(pilot, lambda: terms_of_goals() == before)


async def test_the_page_and_the_draft_are_copied(agreed: Path) -> None:
    app = SmmApp(services_on(agreed))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "x")
        assert app.clipboard.startswith("Договорённости: Кофейня «Зерно»")
        propose(agreed, replace(FIRST, hours=Hours(month=40.0)))
        await until(pilot, lambda: "Ждёт согласия" in screen_text(app))
        await pilot.press("ч")
        assert "30 → 40" in app.clipboard


async def test_the_first_agreement_is_written_in_the_editor(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        await shows(pilot, "Пока ни о чём не договорились", "e записать")
        await pilot.press("y", "e")
        await until(pilot, lambda: isinstance(app.screen, AgreementEditor))
        editor = app.screen
        assert isinstance(editor, AgreementEditor)
        editor.area.text = '[[priorities]]\ntext = "Распродать старую партию"\n'
        await pilot.press("f2")
        await form(pilot, SaveForm)
        await pilot.press("f2")
        await until(pilot, lambda: len(versions(store_path)) == 1)
        await shows(pilot, "1. Распродать старую партию")


def test_a_problem_is_told_with_its_line() -> None:
    words = Words("ru")
    text = write_agreement(FIRST, "Зерно", words)
    broken = text.replace("amount = 20", 'amount = "двадцать"')
    found = read_text(words, broken)
    assert isinstance(found, list)
    (problem,) = found
    assert problem.path == "content[1].amount"
    assert problem.line is not None
    assert broken.splitlines()[problem.line] == 'amount = "двадцать"'
    assert read_text(words, text) == FIRST
    syntax = read_text(words, "[hours]\nmonth = тридцать")
    assert isinstance(syntax, list)
    assert [each.line for each in syntax] == [1]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("content[1].amount", 5),
        ("content[2]", None),
        ("hours", 6),
        ("hours.month", 7),
        ("content[0].format", 0),
    ],
)
def test_the_line_of_a_path(path: str, line: int | None) -> None:
    text = "[[content]]\namount = 1\n\n[[content]]\nformat = 'post'\namount = 2\n[hours]\nmonth = 3\n"
    assert line_of(text, path) == line


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_looks(snap_compare: Callable[..., bool], agreed: Path, lang: str, size: tuple[int, int]) -> None:
    async def settled(pilot: Pilot[ExitState]) -> None:
        await opened(pilot)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    app = SmmApp(services_on(agreed, lang))
    assert snap_compare(app, terminal_size=size, run_before=settled)
