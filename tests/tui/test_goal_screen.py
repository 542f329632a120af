"""The goal screen: what it tells, its keys, its forms, and what is drawn of a goal's past and future."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from goals.model import Gap, GoalKind, PostState
from goals.records import CheckIn, Confidence
from store.changes import UnitOutcome
from store.opening import open_reader, open_writer
from store.refresh import refresh_all
from store.values import Filter, UnitStatus
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, until
from tests.support.goal_screen import (
    about_people,
    about_the_batch,
    change,
    goal_of,
    opened,
    title_of,
)
from tests.support.store import AUTHOR, NOW, TODAY, add_goal, days_ago, post
from tests.tui.test_snapshots import Before, Compare
from tui.app import SmmApp
from tui.screens.client import ClientScreen
from tui.screens.goal import GoalScreen
from tui.screens.marking import MarkingScreen
from tui.screens.overview import OverviewScreen
from tui.services import ExitState
from wording.words import Words


async def test_the_whole_story(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(200, 60)) as pilot:
        await opened(
            pilot,
            "Кофейня «Зерно» › Старая партия: 12 постов",
            "в плане пока нет",
            "3 из 12 (25 %)",
            "01.11 – 30.11",
            "ещё нет: g запишет согласие клиента",
            "дорога к цели",
            "нужно к этому утру",
            "Что идёт в зачёт",
            "Пост 2",
            "достижимо",
            "+ запишет вышедшее",
        )


async def test_what_matters_is_seen_at_eighty_by_twenty_four_without_scrolling(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(
            pilot,
            "вряд ли успеем",
            "нужно 24 в день",
            "Шанс:",
            "(80 %)",
            "дорога к цели",
            "сегодня",
            key="down down",
        )
        lines = screen_lines(app)
        assert all(len(line) == 80 for line in lines)
        assert any(line.startswith(" 5 280 ┤") for line in lines)


async def test_russian_letters_scroll_and_come_back(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        for _ in range(8):
            await pilot.press("о")
        await shows(pilot, "Пост 0")
        await pilot.press("pageup", "pageup", "pageup")
        await shows(pilot, "дорога к цели")


async def test_tab_goes_from_part_to_part(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert screen.plot.has_focus
        seen = []
        for _ in range(3):
            await pilot.press("tab")
            seen.append(screen.focused.id if screen.focused else None)
        assert seen == ["letters", "posts", "check-ins"]
        await pilot.press("shift+tab")
        assert screen.blocks["posts"].has_focus
        await pilot.press("j", "j", "j")
        assert screen.blocks["check-ins"].has_focus


async def test_to_the_neighbours_and_round(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        first = title_of(app)
        await pilot.press("l")
        await until(pilot, lambda: "+300 подписчиков" in title_of(app))
        await pilot.press("д")
        await until(pilot, lambda: title_of(app) == first)
        await pilot.press("h")
        await until(pilot, lambda: "+300 подписчиков" in title_of(app))


async def test_from_a_goal_to_its_client(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, ClientScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))


async def test_a_goal_that_somebody_drops_meanwhile_closes_its_screen(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        change(store_path, about_the_batch, dropped=True)
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))


async def test_a_count_with_days_that_were_not_collected_is_told_as_at_least(store_path: Path) -> None:
    with open_writer(store_path) as store:
        account = next(account for account in store.accounts() if account.network == "vk")
        run = store.start_run(NOW)
        store.claim(run, [account.id])
        gaps = [Gap(account.id, "stories", days_ago(12), days_ago(11), "not_collected")]
        store.commit_unit(UnitOutcome(account.id, UnitStatus.OK, NOW, gaps=gaps), run)
    change(store_path, about_the_batch, metric="stories", kind=GoalKind.TOTAL_IN_PERIOD)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "Не меньше 0: нет данных за 11–12 ноября")


async def test_a_change_keeps_its_reason_its_yes_and_the_old_road(store_path: Path) -> None:
    change(store_path, about_the_batch, amount=15.0, why="партия больше", yes=TODAY)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 60)) as pilot:
        screen = await opened(
            pilot,
            "дорога до изменения",
            "день изменения",
            "12 → 15",
            "Пётр",
            "партия больше",
            "согласовано 23.11",
        )
        assert screen.detail is not None
        assert screen.detail.road.old[0].road[-1][1] == 12
        await pilot.press("H")
        assert screen.blocks["revisions"].has_focus


async def test_an_easing_without_a_yes_is_marked_for_ever(store_path: Path) -> None:
    change(store_path, about_the_batch, amount=8.0, why="не успеваем")
    change(store_path, about_the_batch, amount=12.0, why="передумали")
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 60)) as pilot:
        await opened(pilot, "▼ смягчена без согласия клиента", "12 → 8", "Смягчена")


async def test_a_goal_that_was_never_changed_says_so(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("H")
        await shows(pilot, "Цель не меняли")


async def test_falling_confidence_is_told_first(store_path: Path) -> None:
    goal = goal_of(store_path, about_the_batch)
    said = (Confidence.ON_TRACK, Confidence.RISK, Confidence.OFF)
    with open_writer(store_path) as store:
        store.add_check_ins(
            CheckIn(
                0, goal.id, days_ago(14 - 5 * n), NOW - timedelta(days=14 - 5 * n), AUTHOR, each, "съёмка"
            )
            for n, each in enumerate(said)
        )
        refresh_all(store, NOW)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 60)) as pilot:
        await opened(pilot, "⚠ уверенность падает второй раз подряд", "y: насколько вы уверены теперь")


async def test_a_post_is_opened_or_said_to_have_no_link(store_path: Path) -> None:
    opened_links: list[str] = []
    app = SmmApp(services_on(store_path))
    app.open_url = opened_links.append  # type: ignore[method-assign,assignment]
    with open_writer(store_path) as store:
        account = next(account for account in store.accounts() if account.network == "vk")
        new = post("99", TODAY, text="Со ссылкой", url="https://vk.com/wall-1_99", topics=("Старая партия",))
        store.add_post(account.id, new, author=AUTHOR, now=NOW)
        refresh_all(store, NOW)
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("tab", "tab", "щ")
        assert opened_links == ["https://vk.com/wall-1_99"]
        await pilot.press("j", "enter")
        await shows(pilot, "нет ссылки")
        assert len(opened_links) == 1


async def test_topics_of_a_post_are_marked_from_here(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("tab", "tab", "t")
        await until(pilot, lambda: isinstance(app.screen, MarkingScreen))
        await pilot.press("1", "enter")
        await until(pilot, lambda: app.screen is screen and screen.detail is not None)
        await until(pilot, lambda: bool(screen.detail and len(screen.detail.page.posts) == 2))


async def test_the_plan_is_drawn_for_content(store_path: Path) -> None:
    with open_writer(store_path) as store:
        account = next(account for account in store.accounts() if account.network == "vk")
        day = TODAY + timedelta(days=1)
        for number in range(2):
            planned = post(
                None, day, state=PostState.PLANNED, text=f"План {number}", topics=("Старая партия",)
            )
            store.add_post(account.id, planned, author=AUTHOR, now=NOW)
        refresh_all(store, NOW)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 50)) as pilot:
        screen = await opened(pilot, "вместе с планом", "в плане 2, не хватает ещё 7", "План 1")
        assert screen.detail is not None
        assert screen.detail.road.planned[-1][1] == 5


async def test_a_goal_past_its_last_day_asks_nothing_and_shows_no_today(store_path: Path) -> None:
    with open_writer(store_path) as store:
        zerno = next(client for client in store.clients() if client.name == "Кофейня «Зерно»")
        number = add_goal(store, zerno.id, "audience", amount=500.0, network="vk", deadline=days_ago(3))
        refresh_all(store, NOW)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.board is not None)
        app._show(GoalScreen(app.services, number))
        await shows(pilot, "✗ не достигнута", "дорога к цели")
        picture = screen_text(app)
        assert not any(said in picture for said in ("Пять букв", "┆", "сегодня"))
        await pilot.press("y")
        await shows(pilot, "Срок цели прошёл")
        await pilot.press("space")
        await shows(pilot, "вопросов нет")


async def test_the_letters_say_what_the_command_line_says(store_path: Path) -> None:
    from wording.smart import why_text
    from work.goal_page import read_page

    words = Words("ru")
    with open_reader(store_path) as store:
        goal = next(goal for goal in store.goals() if about_people(goal))
        row = next(row for row in store.board_rows() if row.goal_id == goal.id)
        page = read_page(words, store, goal, row, NOW)
    assert page.letters is not None
    whys = [why_text(words, finding, TODAY).split(":")[0] for finding in page.letters.findings.values()]
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(200, 60)) as pilot:
        await opened(pilot, *(why.replace("\xa0", " ") for why in whys), key="down down")


def test_posts_that_count_are_those_in_the_scope(store_path: Path) -> None:
    from work.goal_page import posts_of

    with open_reader(store_path) as store:
        goal = next(goal for goal in store.goals() if goal.topic)
        found = posts_of(store, goal)
        every = list(store.posts(Filter(client_id=goal.client_id)))
    assert [row.post.text for row in found] == ["Пост 0", "Пост 1", "Пост 2"]
    assert len(every) > len(found)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_looks(snap_compare: Compare, store_path: Path, size: tuple[int, int], lang: str) -> None:
    change(store_path, about_people, amount=250.0, why="Ольга согласна на меньшее", yes=TODAY)

    async def before(pilot: Pilot[ExitState]) -> None:
        app = pilot.app
        assert isinstance(app, SmmApp)
        await until(pilot, lambda: app.feed.is_watching)
        await app.workers.wait_for_complete()
        app._show(GoalScreen(app.services, goal_of(store_path, about_people).id))
        await until(pilot, lambda: isinstance(app.screen, GoalScreen) and bool(app.screen.detail))
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.pause()

    run: Before = before
    assert snap_compare(SmmApp(services_on(store_path, lang)), terminal_size=size, run_before=run)
