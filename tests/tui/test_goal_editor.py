"""The goal editor: what one types is understood at once, chosen with one key, and saved as it stands."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goals.agreement.plain import to_stored
from goals.agreement.terms import Priority, Terms
from goals.model import Goal, GoalKind
from store.errors import StoreBusyError
from store.opening import open_reader, open_writer
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, type_text, until
from tests.support.editor import editor, goals, say, zerno
from tests.support.store import AUTHOR, NOW, TODAY, add_goal
from tui.app import SmmApp
from tui.screens.goal_form import GoalForm
from tui.screens.overview import OverviewScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from tui.services import ExitState

LINE = "хочу прирост аудитории в 300 человек в вк к концу месяца"


@pytest.fixture
def agreed_path(store_path: Path) -> Path:
    """A store whose first client has agreed on what matters to it."""
    with open_writer(store_path) as store:
        priorities = (Priority("Распродать старую партию"), Priority("Запись на дегустации"))
        terms = to_stored(Terms(priorities=priorities))
        client = zerno(store_path)
        store.add_agreement(client, terms, reason="", based_on=0, author=AUTHOR, now=NOW)
    return store_path


def added(path: Path, before: list[Goal]) -> list[Goal]:
    return [goal for goal in goals(path) if goal.id not in {old.id for old in before}]


async def saved(pilot: Pilot[ExitState], *keys: str) -> None:
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, OverviewScreen))


@pytest.mark.parametrize("key", ["n", "т"])
async def test_a_line_lights_up_its_letters_and_is_saved_whole(agreed_path: Path, key: str) -> None:
    before = goals(agreed_path)
    app = SmmApp(services_on(agreed_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await say(pilot, LINE, key)
        await shows(pilot, "ВК: +300 подписчиков, до 30.11, пн", "S ✓ конкретно", "с 5 095 до 5 395")
        await shows(pilot, "A ! достижимо   шанс меньше 3 %", "T ✓ в срок", "8 дней, считая сегодня")
        await shows(pilot, "R ! актуально", "F7 Распродать старую партию", "→ Зачем это клиенту сейчас?")
        await pilot.press("f7")
        await shows(pilot, "R ✓ актуально   приоритет 1: Распродать старую партию")
        await saved(pilot, "enter", "enter")
        await shows(pilot, "Сохранено: ВК: +300 подписчиков")
        [goal] = added(agreed_path, before)
        assert (goal.wish, goal.amount, goal.deadline, goal.priority) == (LINE, 300.0, date(2026, 11, 30), 1)
        assert (goal.network, goal.kind, goal.author) == ("vk", GoalKind.GAIN, AUTHOR)
        await pilot.press("u")
        await shows(pilot, "Отменено: ВК: +300 подписчиков")
    assert next(each for each in goals(agreed_path) if each.id == goal.id).dropped


async def test_before_anything_is_typed_each_letter_says_what_it_asks(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await shows(pilot, "S – конкретно   какая цифра", "T – в срок      к какому дню", "например:")
        await pilot.press("down", "enter")
        await shows(pilot, "Напишите, чего нужно достичь")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
    assert len(goals(store_path)) == 5


@pytest.mark.parametrize(
    ("key", "kind", "number"),
    [("f4", GoalKind.REACH_LEVEL, 1), ("alt+2", GoalKind.GAIN, 2), ("trade_mark_sign", GoalKind.GAIN, 2)],
)
async def test_what_can_be_read_in_two_ways_is_chosen_with_one_key(
    store_path: Path, key: str, kind: GoalKind, number: int
) -> None:
    before = goals(store_path)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await say(pilot, "6000 подписчиков в вк к 31.12")
        await shows(pilot, "понять можно 2 способами", "F4 ВК: до 6 000", "F5 ВК: +6 000")
        await pilot.press(key)
        await until(pilot, lambda: "понять можно" not in screen_text(app))
        assert editor(app).line.value == "6000 подписчиков в вк к 31.12"
        await saved(pilot, *["enter"] * number)  # the gain is told to be there already
    [goal] = added(store_path, before)
    assert (goal.kind, goal.amount) == (kind, 6000.0)
    with open_reader(store_path) as store:
        [revision] = store.revisions(goal.id)
    assert revision.why == f"выбран вариант {number}"


async def test_a_target_from_the_history_is_taken_with_one_key_of_ones_own(store_path: Path) -> None:
    app = SmmApp(services_on(store_path, keys={"editor.take.2": ("f12",)}))
    async with app.run_test(size=(80, 24)) as pilot:
        await say(pilot, LINE)
        await shows(pilot, "F4 надёжно +", "F12 50 на 50")
        outlook = editor(app).goals[0].outlook
        assert outlook is not None
        targets = outlook.amounts
        assert targets is not None
        await pilot.press("f12")
        await until(pilot, lambda: editor(app).goals[0].draft.amount == targets.even)
        await shows(pilot, "● 50 на 50")


async def test_arrows_move_amount_and_date_and_the_chance_follows(store_path: Path) -> None:
    before = goals(store_path)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await say(pilot, "+40 подписчиков в вк к концу месяца")
        await pilot.press("left")
        assert editor(app).line.cursor_position == len(editor(app).line.value) - 1
        await pilot.press("down", "right", "right")
        await shows(pilot, "▸ что если      ← +42 →   ↓ 30.11, пн ↑   − 37 в неделю +")
        nearer = chance(app)
        await pilot.press("up", "up", "up")
        await shows(pilot, "↓ 03.12, чт ↑")
        assert chance(app) > nearer
        await pilot.press("-")
        await shows(pilot, "↓ 04.12, пт ↑")
        await pilot.press("escape")
        assert editor(app).line.has_focus
        await saved(pilot, "enter", "enter")
    [goal] = added(store_path, before)
    assert (goal.amount, goal.deadline) == (42.0, date(2026, 12, 4))


def chance(app: SmmApp) -> float:
    outlook = editor(app).goals[0].outlook
    assert outlook is not None
    assert outlook.outlook.chance is not None
    return outlook.outlook.chance


async def test_what_was_moved_gives_way_to_words_that_say_otherwise(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await say(pilot, "+40 подписчиков в вк")
        await pilot.press("down", "up", "right", "escape")
        await shows(pilot, "ВК: +41 подписчик, до 30.11, пн")
        await type_text(pilot, " чтобы продавать")
        await shows(pilot, "ВК: +41 подписчик, до 30.11, пн", "R ✓ актуально   «чтобы продавать»")
        await type_text(pilot, " до 15.12")
        await shows(pilot, "ВК: +41 подписчик, до 15.12")


async def test_two_goals_of_a_line_are_shown_and_saved_and_undone_together(store_path: Path) -> None:
    before = goals(store_path)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await say(pilot, "20 постов и 6 историй в вк про новую партию до 15.12")
        await shows(pilot, "▸ Новую партию: 20 постов", "  Новую партию: 6 историй", "S✓ M✓")
        await pilot.press("pagedown", "down", "right", "escape")
        await shows(pilot, "▸ Новую партию: 7 историй", "  Новую партию: 20 постов")
        await saved(pilot, "enter")
        found = {goal.metric: goal.amount for goal in added(store_path, before)}
        assert found == {"posts": 20.0, "stories": 7.0}
        await pilot.press("u")
        await shows(pilot, "Отменено: Новую партию: 20 постов · ")
    assert all(goal.dropped for goal in added(store_path, before))


async def test_a_new_topic_gets_its_name_and_an_old_one_its_own(store_path: Path) -> None:
    app = SmmApp(services_on(store_path, nominative={"новую партию": "новая партия"}.__getitem__))
    async with app.run_test(size=(80, 24)) as pilot:
        await say(pilot, "3 поста про новую партию до 15.12")
        await shows(pilot, "Новая партия: 3 поста")
        editor(app).line.value = "3 поста про старую партию до 15.12"
        await shows(pilot, "Старая партия: 3 поста")


async def test_a_vague_wish_is_kept_as_a_draft_with_its_question(store_path: Path) -> None:
    before = goals(store_path)
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await say(pilot, "нужен smm")
        await shows(pilot, "S ? конкретно", "M ? измеримо", "T ? в срок")
        await saved(pilot, "enter")
        await shows(pilot, "Сохранено черновиком: нужен smm. ")
    [goal] = added(store_path, before)
    assert (goal.wish, goal.amount, goal.deadline) == ("нужен smm", None, None)


async def test_a_living_goal_that_says_the_same_is_told_before_saving(store_path: Path) -> None:
    before = goals(store_path)
    with open_writer(store_path) as store:
        vk = next(account for account in store.accounts(zerno(store_path)) if account.network == "vk")
        add_goal(
            store, zerno(store_path), "audience", GoalKind.GAIN, 90.0, network="vk", account_id=vk.id,
            start=TODAY, deadline=date(2027, 2, 1),
        )  # fmt: skip
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await say(pilot, "+50 подписчиков в вк до 31.12")
        await shows(pilot, "Такая цель уже есть: ВК: +300 подписчиков, до 30.11")
        await pilot.press("enter")
        await shows(pilot, "Enter ещё раз добавит вторую")
        assert len(goals(store_path)) == len(before) + 1
        await saved(pilot, "enter")
    assert len(goals(store_path)) == len(before) + 2


@pytest.mark.parametrize("key", ["enter", "tab"])
async def test_a_hasty_key_waits_for_the_reading_by_history(store_path: Path, key: str) -> None:
    slow, read = threading.Event(), threading.Event()

    def reader() -> object:
        if slow.is_set() and threading.current_thread() is not threading.main_thread():
            read.wait(20)
        return open_reader(store_path)

    app = SmmApp(services_on(store_path, open_reader=reader))
    async with app.run_test(size=(80, 30)) as pilot:
        await say(pilot, "4")
        slow.set()
        await type_text(pilot, "00 подписчиков в вк, до конца декабря")
        await pilot.press(key)
        assert editor(app).goals
        read.set()
        if key == "tab":
            await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
            assert isinstance(app.screen, GoalForm)
            assert (app.screen.value("kind"), app.screen.value("amount")) == ("gain", "400")
        else:
            await shows(pilot, "Enter ещё раз добавит вторую такую же")
            await saved(pilot, "enter")
            assert (goals(store_path)[-1].kind, goals(store_path)[-1].amount) == (GoalKind.GAIN, 400.0)


async def test_a_busy_store_keeps_the_line(store_path: Path) -> None:
    busy, pressed = threading.Event(), threading.Event()
    busy.set()

    def writer() -> object:
        if busy.is_set():
            pressed.wait(20)
            raise StoreBusyError(str(store_path))
        return open_writer(store_path)

    app = SmmApp(services_on(store_path, open_writer=writer))
    async with app.run_test(size=(80, 24)) as pilot:
        await say(pilot, "5 историй в вк до 15.12")
        await pilot.press("enter", "1", "d", "escape")
        await shows(pilot, "Сохраняю…")
        pressed.set()
        await shows(pilot, "Ничего не потеряно")
        assert editor(app).line.value == "5 историй в вк до 15.12"
        await type_text(pilot, "! ")
        assert editor(app).line.value == "5 историй в вк до 15.12! "
        busy.clear()
        await saved(pilot, "enter")
    assert goals(store_path)[-1].amount == 5.0


async def test_the_fields_begin_with_what_was_said(agreed_path: Path) -> None:
    before = goals(agreed_path)
    app = SmmApp(services_on(agreed_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await say(pilot, "7 историй в вк про старую партию до 15.12")
        await pilot.press("f7", "tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        form = app.screen
        assert isinstance(form, GoalForm)
        told = {name: form.value(name) for name in ("metric", "kind", "amount", "topic", "deadline")}
        assert told == {
            "metric": "stories", "kind": "total_in_period", "amount": "7", "topic": "Старая партия",
            "deadline": "15.12.2026",
        }  # fmt: skip
        await pilot.press("escape")
        assert editor(app).line.value == "7 историй в вк про старую партию до 15.12"
        await pilot.press("tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        await saved(pilot, "f2")
    [goal] = added(agreed_path, before)
    assert (goal.wish, goal.network) == ("7 историй в вк про старую партию до 15.12", "vk")


async def test_a_figure_of_several_networks_asks_in_which(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await say(pilot, "+40 подписчиков до 31.12")
        await shows(pilot, "S ! конкретно", "F4 Telegram", "F5 ВК", "F6 все вместе", "→ В какой сети")
        await pilot.press("f4")
        await shows(pilot, "S ✓ конкретно   Telegram", "● Telegram")
        await pilot.press("f6")
        await shows(pilot, "● все вместе", "S ! конкретно")


async def test_an_edit_tells_the_chance_of_what_is_typed(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("down", "down", "e")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        form = app.screen
        assert isinstance(form, GoalForm)
        await shows(pilot, "A ! достижимо      шанс меньше 3 %: нужно 24 в день, сейчас 5")
        form.fields["deadline"].put("31.12")
        await shows(pilot, "A ! достижимо      шанс 59 %: нужно 4,8 в день")


async def test_arrows_move_a_saved_goal_and_its_reason_is_still_asked_for(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "у")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        form = app.screen
        assert isinstance(form, GoalForm)
        await shows(pilot, "← +300 →   ↓ 30.11, пн ↑   − 162 в неделю +")  # what is left of it
        await pilot.press("f4", "right", "right", "up")
        await shows(pilot, "▸ что если         ← +320 →   ↓ 01.12, вт ↑", "нужно 23 в день")
        assert (form.value("amount"), form.value("deadline")) == ("320", "01.12.2026")
        await pilot.press("-")
        await shows(pilot, "↓ 02.12, ср ↑")
        await pilot.press("f2")
        await shows(pilot, "напишите почему")
        assert form.fields["why"].widget.has_focus
        await pilot.press("f4", "escape")
        assert form.fields["amount"].widget.has_focus
        form.fields["why"].put("клиент просит больше")
        await saved(pilot, "f2")
    goal = next(goal for goal in goals(store_path) if goal.metric == "audience")
    assert (goal.amount, goal.deadline) == (320.0, date(2026, 12, 2))


async def test_a_choice_can_be_clicked(agreed_path: Path) -> None:
    app = SmmApp(services_on(agreed_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await say(pilot, LINE)
        rows = screen_lines(app)
        row = next(row for row, text in enumerate(rows) if "Запись на дегустации" in text)
        await pilot.click(offset=(rows[row].index("Запись"), row))
        await shows(pilot, "R ✓ актуально   приоритет 2: Запись на дегустации")


async def test_help_tells_the_keys_of_the_editor(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 50)) as pilot:
        await pilot.press("n", "f1")
        await shows(pilot, "В редакторе цели", "Что если", "F4 Alt+1 1", "Первый вариант", "Alt+9 9")


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_looks(
    snap_compare: Callable[..., bool], agreed_path: Path, size: tuple[int, int], lang: str
) -> None:
    async def moved(pilot: Pilot[ExitState]) -> None:
        app = pilot.app
        assert isinstance(app, SmmApp)
        await until(pilot, lambda: app.feed.is_watching)
        await app.workers.wait_for_complete()
        for widget in app.screen.children:  # what lies under the editor has pictures of its own
            widget.visible = False
        line = LINE if lang == "ru" else "+300 followers in VK by the end of the month"
        await say(pilot, line)
        await pilot.press("down", "right")
        await until(pilot, lambda: any("310" in text for text in screen_lines(app)))
        await pilot.pause()

    app = SmmApp(services_on(agreed_path, lang))
    assert snap_compare(app, terminal_size=size, run_before=moved)


async def test_on_a_low_screen_all_is_reached_by_pages_and_the_frame_says_so(agreed_path: Path) -> None:
    app = SmmApp(services_on(agreed_path))
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("n")
        await shows(pilot, "Enter сохранить")
        top = editor(app).query_one("#dialog").region.y
        await type_text(pilot, LINE)
        await shows(pilot, "S ✓ конкретно", "ещё", "строк", "PgDn", "Enter сохранить")
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown")
        await shows(pilot, "T ✓ в срок", "→ Зачем это клиенту", "конец, назад: PgUp", "Enter сохранить")
        assert editor(app).query_one("#dialog").region.y == top
