"""The small forms of the goal screen: the client's yes, how sure one is, the priority."""

from __future__ import annotations

from pathlib import Path

from goals.model import ClientKind, GoalKind
from store.opening import open_writer
from store.refresh import refresh_all
from tests.support.agreements import agree
from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tests.support.goal_screen import (
    about_the_batch,
    change,
    form_of,
    goal_of,
    opened,
)
from tests.support.store import NOW, TODAY, add_goal
from tui.app import SmmApp
from tui.screens.goal import GoalScreen
from tui.screens.goal_forms import AgreeForm, PriorityForm, SureForm


async def test_the_clients_yes_is_noted_and_taken_back(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 50)) as pilot:
        await opened(pilot)
        await pilot.press("п")
        await form_of(pilot, AgreeForm)
        await pilot.press("enter")
        await shows(pilot, "укажите, кто согласился")
        await type_text(pilot, "Ольга")
        await pilot.press("enter")
        await shows(pilot, "Ольга, 23.11")
        saved = goal_of(store_path, about_the_batch)
        assert (saved.agreed_by, saved.agreed_on) == ("Ольга", TODAY)
        await pilot.press("u")
        await until(pilot, lambda: goal_of(store_path, about_the_batch).agreed_by is None)
        await shows(pilot, "ещё нет: g")


async def test_a_yes_of_a_day_to_come_is_refused_and_the_same_yes_is_only_told(store_path: Path) -> None:
    change(store_path, about_the_batch, agreed_by="Ольга", agreed_on=TODAY, yes=TODAY)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 50)) as pilot:
        await opened(pilot, "Ольга, 23.11")
        await pilot.press("g")
        form = await form_of(pilot, AgreeForm)
        await shows(pilot, "Так уже записано")
        form.fields["on"].put("завтра")
        await pilot.press("enter")
        await shows(pilot, "этот день ещё не наступил")


async def test_ones_own_goal_needs_nobodys_yes(store_path: Path) -> None:
    with open_writer(store_path) as store:
        me = next(client for client in store.clients() if client.kind is ClientKind.SELF)
        goal = next(goal for goal in store.goals(me.id))
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: app.board is not None)
        app._show(GoalScreen(app.services, goal.id))
        await shows(pilot, "согласовывать не с кем")
        await pilot.press("g")
        await shows(pilot, "Это ваша собственная цель")
        assert isinstance(app.screen, GoalScreen)


async def test_how_sure_one_is_with_the_reason_and_back(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 50)) as pilot:
        await opened(pilot)
        await pilot.press("н")
        form = await form_of(pilot, SureForm)
        assert form.fields["sure"].value == "2"
        form.fields["sure"].put("3")
        await pilot.press("enter")
        await shows(pilot, "в нескольких словах почему")
        await type_text(pilot, "нет фото")
        await pilot.press("enter")
        await shows(pilot, "23.11 срывается: нет фото")
        await pilot.press("u")
        await until(pilot, lambda: "нет фото" not in screen_text(app))


async def test_the_priority_that_a_goal_serves_is_chosen_where_the_letters_ask_for_it(
    store_path: Path,
) -> None:
    agree(store_path)
    with open_writer(store_path) as store:
        zerno = next(client for client in store.clients() if client.name == "Кофейня «Зерно»")
        number = add_goal(store, zerno.id, "likes", GoalKind.TOTAL_IN_PERIOD, 900.0, network="vk")
        refresh_all(store, NOW)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 60)) as pilot:
        await until(pilot, lambda: app.board is not None)
        app._show(GoalScreen(app.services, number))
        await shows(pilot, "Зачем это клиенту")
        await pilot.press("space")
        form = await form_of(pilot, PriorityForm)
        form.fields["priority"].put("2")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: goal_of(store_path, lambda goal: goal.id == number).priority == 2)
        await shows(pilot, "2 Имя в городе")


async def test_a_yes_waits_for_what_a_colleague_changed_meanwhile(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 50)) as pilot:
        await opened(pilot)
        await pilot.press("g")
        form = await form_of(pilot, AgreeForm)
        change(store_path, about_the_batch, amount=14.0)
        await type_text(pilot, "Ольга")
        await pilot.press("enter")
        await shows(pilot, "Пётр")
        assert app.screen is form
        await pilot.press("enter")
        await until(pilot, lambda: goal_of(store_path, about_the_batch).agreed_by == "Ольга")
        assert goal_of(store_path, about_the_batch).amount == 14.0


async def test_space_opens_what_answers_the_question(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 60)) as pilot:
        await opened(pilot, "Ответить: Space")
        await pilot.press("space")
        await until(pilot, lambda: not isinstance(app.screen, GoalScreen))
