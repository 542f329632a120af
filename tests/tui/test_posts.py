"""The list of posts: what it shows, marks of topics, filters, the link, what is taken back."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.opening import open_reader, open_writer
from store.values import Filter, MarkedBy
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, type_text, until
from tests.support.posts import OLD_BATCH, TASTING, client_named, fill_posts, marks_of, ready, the_id
from tests.support.store import AUTHOR, NOW, add_account, add_client, filled_copy, make_store, post, sync_unit
from tui.app import SmmApp
from tui.posts.lines import PostLine
from tui.screens.help import HelpScreen
from tui.screens.log_form import LogForm
from tui.screens.marking import MarkingScreen
from tui.screens.posts import PostsScreen
from tui.services import ExitState

Compare = Callable[..., bool]
HAND, RULES, FILE = MarkedBy.HAND, MarkedBy.RULES, MarkedBy.FILE


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """A store with posts of several topics."""
    return filled_copy(tmp_path / "smm.db", fill_posts)


def posts(app: SmmApp) -> PostsScreen:
    assert isinstance(app.screen, PostsScreen), app.screen
    return app.screen


def rows(app: SmmApp) -> list[str]:
    return [row.text for row in posts(app).list.rows if isinstance(row, PostLine)]


def put_on(app: SmmApp, beginning: str) -> None:
    """Put the cursor on the post whose text begins so."""
    assert posts(app).list.jump(lambda row: isinstance(row, PostLine) and row.text.startswith(beginning))


@asynccontextmanager
async def opened(
    path: Path, lang: str = "ru", size: tuple[int, int] = (120, 30), client: str = "Зерно"
) -> AsyncGenerator[tuple[SmmApp, Pilot[ExitState]]]:
    """The screen of posts of a client."""
    app = SmmApp(services_on(path, lang))
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        with open_reader(path) as reader:
            number = client_named(reader, client)
        place = next(
            place
            for place, line in enumerate(app.screen_stack[0].query_one("GoalList").lines)  # type: ignore[attr-defined]
            if line.client_id == number
        )
        app.screen_stack[0].query_one("GoalList").move_to(place)  # type: ignore[attr-defined]
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PostsScreen) and bool(rows(app)))
        yield app, pilot


async def marked(
    pilot: Pilot[ExitState], path: Path, beginning: str, **said: tuple[bool | None, MarkedBy]
) -> None:
    """Let the app work until this is what is said of the post; names are `old` and `tasting`."""
    names = {"old": OLD_BATCH, "tasting": TASTING}
    wanted = {names[key]: value for key, value in said.items()}
    await until(pilot, lambda: marks_of(path, beginning) == wanted)


async def test_planned_ones_come_first_then_the_newest(store_path: Path) -> None:
    async with opened(store_path) as (app, _):
        assert rows(app) == [
            "Анонс, который не вышел", "Приглашаем на вечер", "Распродажа: всё со скидкой",
            "Кофе дня со скидкой", "Скидкой порадуем и завтра", "Утро в зале", "Снято с показа",
        ]  # fmt: skip
        text = screen_text(app)
        assert "В плане  2" in text
        assert "Вышло  5" in text
        line = next(line for line in screen_lines(app) if "Распродажа: всё" in line)
        for cell in ("22.11", "ВК", "¶ пост", OLD_BATCH, "1 500", "3 %"):
            assert cell in line
        assert f"? {OLD_BATCH}" in next(line for line in screen_lines(app) if "Кофе дня" in line)
        story = next(line for line in screen_lines(app) if "Утро в зале" in line)
        assert "○ история" in story
        assert story.rstrip().endswith("—        —")


async def test_a_narrow_list_tells_late_and_deleted_ones_in_words(store_path: Path) -> None:
    async with opened(store_path, size=(80, 24)) as (app, _):
        assert "не вышло: Анонс" in screen_text(app)
        assert "удалено: Снято" in screen_text(app)


@pytest.mark.parametrize("keys", [("t", "1", "enter"), ("е", "1", "enter"), ("t", "space", "t")])
async def test_a_topic_is_marked_and_taken_back(store_path: Path, keys: tuple[str, ...]) -> None:
    async with opened(store_path) as (app, pilot):
        put_on(app, "Утро")
        await pilot.press(*keys)
        await marked(pilot, store_path, "Утро", tasting=(True, HAND))
        await shows(pilot, f"О теме «{TASTING}»: история 19.11", f"✓ {TASTING}")
        await pilot.press("u")
        await marked(pilot, store_path, "Утро")
        await shows(pilot, f"О теме «{TASTING}»", "— отменено")


async def test_by_hand_outweighs_the_words_and_can_be_left_to_them_again(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        put_on(app, "Распродажа")
        await pilot.press("t", "2", "enter")
        await marked(pilot, store_path, "Распродажа", old=(False, HAND))
        await shows(pilot, f"✗ {OLD_BATCH}: не об этом, отмечено вручную")
        await pilot.press("t", "j", "delete", "enter")
        await marked(pilot, store_path, "Распродажа", old=(True, RULES))
        await pilot.press("u")
        await marked(pilot, store_path, "Распродажа", old=(False, HAND))
        await pilot.press("u")
        await marked(pilot, store_path, "Распродажа", old=(True, RULES))


async def test_several_are_marked_at_once(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        put_on(app, "Кофе")
        await pilot.press("space", "space", "space")
        await shows(pilot, "выбрано 3")
        await pilot.press("t")
        await shows(pilot, "О чём: 3 публикации")
        await pilot.press("1", "enter")
        await marked(pilot, store_path, "Утро", tasting=(True, HAND))
        await marked(pilot, store_path, "Кофе", old=(None, RULES), tasting=(True, HAND))
        await until(pilot, lambda: not posts(app).list.selected)
        await pilot.press("u")
        await marked(pilot, store_path, "Утро")
        await marked(pilot, store_path, "Кофе", old=(None, RULES))


async def test_a_new_topic_is_typed_where_posts_are_marked(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        put_on(app, "Утро")
        await pilot.press("t", "n")
        await type_text(pilot, "Закулисье")
        await pilot.press("enter")
        await until(pilot, lambda: marks_of(store_path, "Утро") == {"Закулисье": (True, HAND)})
        await pilot.press("t", "n")
        await type_text(pilot, "старая ПАРТИЯ")
        await pilot.press("enter")
        await until(pilot, lambda: marks_of(store_path, "Утро").get(OLD_BATCH) == (True, HAND))
        await pilot.press("u", "u")
        await until(pilot, lambda: not marks_of(store_path, "Утро"))
        await shows(pilot, "О теме «Закулисье»", "— отменено")
        with open_reader(store_path) as reader:
            assert [topic.name for topic in reader.topics(client_named(reader, "Зерно"))] == [
                TASTING,
                OLD_BATCH,
            ]


async def test_leaving_the_marks_changes_nothing(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        before = marks_of(store_path, "Распродажа")
        put_on(app, "Распродажа")
        await pilot.press("t", "1", "2", "n", "escape")
        assert isinstance(app.screen, MarkingScreen)
        await pilot.press("escape")
        assert posts(app).list.has_focus
        await pilot.press("t", "enter")
        assert posts(app).list.has_focus
        assert marks_of(store_path, "Распродажа") == before


async def test_a_suggestion_says_why_and_is_answered_with_one_key(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await pilot.press("f", "f", "f")
        await until(pilot, lambda: len(rows(app)) == 2)
        await shows(pilot, "«скидкой»: только рядом по смыслу с «распродажа»", "Enter да, - нет")
        await pilot.press("enter")
        await marked(pilot, store_path, "Кофе", old=(True, HAND))
        await until(pilot, lambda: rows(app) == ["Скидкой порадуем и завтра"])
        await pilot.press("-")
        await marked(pilot, store_path, "Скидкой", old=(False, HAND))
        await shows(pilot, "Таких публикаций нет: Esc покажет все")
        await pilot.press("u")
        await marked(pilot, store_path, "Скидкой", old=(None, RULES))
        await pilot.press("u")
        await marked(pilot, store_path, "Кофе", old=(None, RULES))
        await pilot.press("escape")
        await until(pilot, lambda: len(rows(app)) == 7)
        put_on(app, "Утро")
        await pilot.press("enter")
        await shows(pilot, "Здесь ничего не предложено: t")


async def test_a_mark_that_somebody_changed_since_is_not_taken_back(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        put_on(app, "Утро")
        await pilot.press("t", "1", "enter")
        await marked(pilot, store_path, "Утро", tasting=(True, HAND))
        with open_writer(store_path) as writer:
            writer.mark_topics(the_id(writer, "Утро"), {TASTING: False}, author="Ольга", now=NOW)
        await pilot.press("u")
        await shows(pilot, "есть более новая правка")
        assert marks_of(store_path, "Утро") == {TASTING: (False, HAND)}


async def test_what_a_file_told_comes_back_as_told_by_hand(store_path: Path) -> None:
    async with opened(store_path, client="Свеча") as (_, pilot):
        await pilot.press("t", "1", "enter")
        await until(pilot, lambda: marks_of(store_path, "Новый") == {"Воск": (False, HAND)})
        await pilot.press("u")
        await until(pilot, lambda: marks_of(store_path, "Новый") == {"Воск": (True, HAND)})


async def test_the_next_post_without_an_answer(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        put_on(app, "Приглашаем")
        places = []
        for key in ("]", "tab", "ъ", "["):
            await pilot.press(key)
            row = posts(app).list.current
            assert isinstance(row, PostLine)
            places.append(row.text.split()[0])
        assert places == ["Кофе", "Скидкой", "Утро", "Скидкой"]


async def test_the_filters(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await pilot.press("f")
        assert rows(app) == ["Анонс, который не вышел", "Приглашаем на вечер"]
        await shows(pilot, "Посты: только план · 2 из 7")
        await pilot.press("а")
        assert "Утро в зале" in rows(app)
        assert "Распродажа: всё со скидкой" not in rows(app)
        await pilot.press("f", "f")
        assert len(rows(app)) == 7
        for typed, found in (("скидк вк", 3), ("без темы план", 2), ("нет", 0)):
            await pilot.press("/")
            await type_text(pilot, typed)
            await until(pilot, lambda wanted=found: len(rows(app)) == wanted)  # type: ignore[misc]
            await pilot.press("enter")
            assert posts(app).list.has_focus
            await pilot.press("escape")
            await until(pilot, lambda: len(rows(app)) == 7)
        await pilot.press("escape")
        assert not isinstance(app.screen, PostsScreen)


async def test_all_clients_and_again_one(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await pilot.press("A")
        await shows(pilot, "Все клиенты › Посты", "Мастерская «Свеча» · Telegr", "Новый воск")
        await pilot.press("*")
        await shows(pilot, "выбрано 8")
        await pilot.press("t")
        await shows(pilot, "Темы у каждого клиента свои")
        await pilot.press("escape")
        assert not posts(app).list.selected
        put_on(app, "Новый воск")
        await pilot.press("A")
        await until(pilot, lambda: rows(app) == ["Новый воск"])


async def test_the_link_is_opened_and_told(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    links: list[str] = []
    monkeypatch.setattr(SmmApp, "open_url", lambda _, url: links.append(url))
    async with opened(store_path) as (app, pilot):
        put_on(app, "Распродажа")
        await pilot.press("o")
        await shows(pilot, "В браузере: https://vk.com/wall-1_1")
        put_on(app, "Утро")
        await pilot.press("щ")
        await shows(pilot, "У этой публикации нет ссылки")
        assert links == ["https://vk.com/wall-1_1"]


async def test_what_was_planned_by_hand_is_removed_and_brought_back(store_path: Path) -> None:
    with open_writer(store_path) as writer:
        writer.mark_topics(the_id(writer, "Приглашаем"), {TASTING: True}, author=AUTHOR, now=NOW)
    async with opened(store_path) as (app, pilot):
        put_on(app, "Приглашаем")
        await pilot.press("d")
        await until(pilot, lambda: "Приглашаем на вечер" not in rows(app))
        await shows(pilot, "Убрано: пост 25.11")
        await pilot.press("u")
        await until(pilot, lambda: "Приглашаем на вечер" in rows(app))
        assert marks_of(store_path, "Приглашаем") == {TASTING: (True, HAND)}
        with open_reader(store_path) as reader:
            [back] = [row.post for row in reader.posts(Filter()) if row.post.text.startswith("Приглашаем")]
        assert back.day == NOW.date() + timedelta(days=2)


@pytest.mark.parametrize(
    ("beginning", "said"), [("Утро", "Это пришло из сети"), ("Распродажа", "У публикации есть цифры")]
)
async def test_what_a_network_told_stays(store_path: Path, beginning: str, said: str) -> None:
    async with opened(store_path) as (app, pilot):
        put_on(app, beginning)
        await pilot.press("delete")
        await shows(pilot, said)
        with open_reader(store_path) as reader:
            assert the_id(reader, beginning)


async def test_a_double_click_marks_topics_and_plus_plans(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await pilot.double_click("RowList", offset=(30, 4))
        await until(pilot, lambda: isinstance(app.screen, MarkingScreen))
        await pilot.double_click("RowList", offset=(10, 0))
        await shows(pilot, "✓ Дегустации")
        await pilot.press("escape", "+")
        await until(pilot, lambda: isinstance(app.screen, LogForm))


async def test_what_another_process_writes_is_shown_and_the_cursor_stays(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        put_on(app, "Скидкой")
        posts(app).list.toggle()
        with open_writer(store_path) as writer:
            owner = client_named(writer, "Зерно")
            [account] = writer.accounts(owner)
            sync_unit(writer, account.id, posts=[post("9", text="Только что вышло")])
            writer.topic(owner, "Новинки")
        await until(pilot, lambda: "Только что вышло" in rows(app))
        row = posts(app).list.current
        assert isinstance(row, PostLine)
        assert row.text.startswith("Скидкой")
        assert len(posts(app).list.selected) == 1


async def test_a_client_without_topics_types_the_first(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with make_store(path) as store:
        account = add_account(store, add_client(store, "Ателье «Игла»"))
        sync_unit(store, account, posts=[post("1", text="Первый [b]пост[/b] 漢字 🎉")])
    async with opened(path, client="Игла") as (app, pilot):
        assert "Первый [b]пост[/b] 漢字 🎉" in screen_text(app)
        await shows(pilot, "Без темы: t — отметить")
        await pilot.press("t")
        await shows(pilot, "Тем ещё нет")
        await type_text(pilot, "Запуск")
        await pilot.press("enter")
        await until(pilot, lambda: marks_of(path, "Первый") == {"Запуск": (True, HAND)})


async def test_a_client_without_posts_is_told_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with make_store(path) as store:
        add_client(store, "Ателье")
    app = SmmApp(services_on(path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await shows(pilot, "Публикаций ещё нет: s — собрать, + — запланировать")
        await pilot.press("t", "enter", "o", "d", "]", "space", "question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def test_own_keys_are_told(store_path: Path) -> None:
    services = replace(services_on(store_path), keys={"posts.topics": ("Y",)})
    app = SmmApp(services)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PostsScreen) and bool(rows(app)))
        put_on(app, "Утро")
        await shows(pilot, "Без темы: Y — отметить")


LOOKS: Mapping[str, tuple[str, tuple[int, int], tuple[str, ...], str]] = {
    "ru": ("ru", (80, 24), ("j", "p", "j", "j", "j"), "только рядом по смыслу"),
    "en": ("en", (120, 40), ("j", "p", "j", "space"), "1 chosen"),
    "marking": ("ru", (80, 24), ("j", "p", "]", "t", "1"), "об этом"),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks(snap_compare: Compare, store_path: Path, name: str) -> None:
    lang, size, keys, text = LOOKS[name]
    app = SmmApp(services_on(store_path, lang))
    assert snap_compare(app, terminal_size=size, run_before=ready(keys, text))
