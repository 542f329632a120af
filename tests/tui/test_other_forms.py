"""Forms: what is logged by hand, a new client, and goals that are opened again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from goals.model import ClientKind, GoalKind, PostKind, PostState
from store.opening import open_reader, open_writer
from store.values import Filter
from tests.support.dashboard import services_on, shows, type_text, until
from tests.support.store import AUTHOR, NOW, add_goal
from tests.tui.test_forms import form, goals, put
from tui.app import SmmApp
from tui.screens.goal_form import GoalForm
from tui.screens.log_form import LogForm
from tui.screens.overview import OverviewScreen


@pytest.mark.parametrize(("day", "state"), [("22.11", PostState.PUBLISHED), ("завтра", PostState.PLANNED)])
async def test_logging_a_story(store_path: Path, day: str, state: PostState) -> None:
    with open_writer(store_path) as writer:
        client = next(client for client in writer.clients() if "Зерно" in client.name)
        number = writer.topic(client.id, "Дегустации")
        tasting = next(topic for topic in writer.topics() if topic.id == number)
        writer.update_topic(replace(tasting, words=("дегустация",)), author=AUTHOR, now=NOW)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "+")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.is_ready)
        assert form(app).value("topic") == "Старая партия"
        put(app, "what", "post:story")
        put(app, "day", day)
        put(app, "note", "Дегустация за кулисами")
        await pilot.pause()
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    with open_reader(store_path) as store:
        [story] = [row.post for row in store.posts(Filter()) if row.post.kind is PostKind.STORY]
        about = [mark.post_id for mark in store.topic_marks(client.id) if mark.topic == "Дегустации"]
    assert (story.state, story.text) == (state, "Дегустация за кулисами")
    assert "Старая партия" in story.topics
    assert story.id in about, "its words are looked through at once"


async def test_logging_a_post_moves_the_bar_at_once(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "+")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.is_ready)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await shows(pilot, "4/12")


async def test_logging_income(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, OverviewScreen)
        index = next(i for i, line in enumerate(screen.list.lines) if getattr(line, "metric", "") == "income")
        screen.list.move_to(index)
        await pilot.press("+")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.is_ready)
        form(app).fields["amount"].widget.focus()
        await type_text(pilot, "9 тыс")
        await shows(pilot, "доход: 9 000 ₽")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await shows(pilot, "90 тыс.")


async def test_income_of_a_client_moves_the_specialists_own_goal(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("+")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.is_ready)
        put(app, "what", "income")
        await pilot.pause()
        put(app, "amount", "9000,25")
        form(app).fields["amount"].widget.focus()
        await shows(pilot, "доход: 9 000,25 ₽")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await shows(pilot, "90 тыс.")


async def test_a_figure_is_not_logged_for_tomorrow(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "+")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.is_ready)
        put(app, "what", "sales")
        put(app, "amount", "3")
        put(app, "day", "завтра")
        await pilot.pause()
        await pilot.press("f2")
        await shows(pilot, "этот день ещё не наступил")


async def test_two_clients_of_one_name_are_refused(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await shows(pilot, "как вы называете клиента")
        await pilot.press("enter")
        await shows(pilot, "в имени клиента нужны буквы или цифры")
        put(app, "name", 'КОФЕЙНЯ "Зёрно"')
        await pilot.pause()
        await pilot.press("f2")
        await shows(pilot, "клиент «Кофейня „Зерно“» уже есть")
        assert isinstance(form(app).fields["name"].widget, Input)


async def test_a_second_specialist_is_refused_by_its_field(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await shows(pilot, "как вы называете клиента")
        put(app, "name", "Мария")
        put(app, "kind", ClientKind.SELF.value)
        await pilot.pause()
        await pilot.press("f2")
        await shows(pilot, "вы уже есть в списке: «Я»")
        put(app, "kind", ClientKind.CLIENT.value)
        await pilot.pause()
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    with open_reader(store_path) as store:
        assert "Мария" in {client.name for client in store.clients()}


async def test_a_goal_opened_in_english_keeps_its_amount(store_path: Path) -> None:
    app = SmmApp(services_on(store_path, "en"))
    async with app.run_test(size=(80, 30)) as pilot:
        screen = app.screen
        assert isinstance(screen, OverviewScreen)
        index = next(i for i, line in enumerate(screen.list.lines) if getattr(line, "metric", "") == "income")
        screen.list.move_to(index)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        assert form(app).fields["amount"].value == "120000"
        put(app, "why", "the same, said again")
        await pilot.pause()
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    goal = next(goal for goal in goals(store_path) if goal.metric == "income")
    assert goal.amount == 120_000.0


async def test_a_kind_that_is_refused_by_now_is_told_and_not_changed_in_silence(store_path: Path) -> None:
    with open_writer(store_path) as store:
        client = next(client for client in store.clients() if "Зерно" in client.name)
        add_goal(store, client.id, "hours", GoalKind.REACH_LEVEL, 30.0)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        screen = app.screen
        assert isinstance(screen, OverviewScreen)
        await until(pilot, lambda: any(getattr(line, "metric", "") == "hours" for line in screen.list.lines))
        index = next(i for i, line in enumerate(screen.list.lines) if getattr(line, "metric", "") == "hours")
        screen.list.move_to(index)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        put(app, "why", "позже")
        await pilot.pause()
        await pilot.press("f2")
        await shows(pilot, "накапливается с нуля")
        put(app, "kind", GoalKind.TOTAL_IN_PERIOD.value)
        await pilot.pause()
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    goal = next(goal for goal in goals(store_path) if goal.metric == "hours")
    assert (goal.kind, goal.amount) == (GoalKind.TOTAL_IN_PERIOD, 30.0)
