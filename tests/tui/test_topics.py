"""The list of topics: what it shows, its form, and the way to the posts."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from goals.model import PostState, Topic
from store.opening import open_reader, open_writer
from store.values import MarkedBy
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, type_text, until
from tests.support.posts import OLD_BATCH, TASTING, fill_posts, marks_of, ready
from tests.support.store import NOW, TODAY, add_account, add_client, filled_copy, make_store, post, sync_unit
from tui.app import SmmApp
from tui.commands.command import Area, commands_of
from tui.keys import twin
from tui.screens.posts import PostsScreen
from tui.screens.topic_form import TopicForm
from tui.screens.topics import TopicsScreen
from tui.services import ExitState
from tui.topics.lines import TopicLine
from wording.names import NAME_LIMIT
from wording.words import Words
from work.topics import entry_problem, month_of, name_problem, read_entries

Compare = Callable[..., bool]
RU = Words("ru")


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """A store with posts of several topics."""
    return filled_copy(tmp_path / "smm.db", fill_posts)


def topics(app: SmmApp) -> TopicsScreen:
    assert isinstance(app.screen, TopicsScreen), app.screen
    return app.screen


def form(app: SmmApp) -> TopicForm:
    assert isinstance(app.screen, TopicForm), app.screen
    return app.screen


def names(app: SmmApp) -> list[str]:
    return [row.topic.name for row in topics(app).list.rows if isinstance(row, TopicLine)]


def stored(path: Path, name: str) -> Topic:
    with open_reader(path) as reader:
        return next(topic for topic in reader.topics() if topic.name == name)


def line_of(app: SmmApp, name: str) -> str:
    return next(line for line in screen_lines(app) if name in line)


@asynccontextmanager
async def opened(
    path: Path, lang: str = "ru", size: tuple[int, int] = (120, 30)
) -> AsyncGenerator[tuple[SmmApp, Pilot[ExitState]]]:
    """The screen of the topics of the client with the cursor."""
    app = SmmApp(services_on(path, lang))
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await pilot.press("0")
        await until(pilot, lambda: isinstance(app.screen, TopicsScreen) and topics(app).data is not None)
        yield app, pilot


async def edit(pilot: Pilot[ExitState], app: SmmApp, key: str = "e") -> TopicForm:
    """The form, open and ready."""
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, TopicForm) and app.screen.is_ready)
    return form(app)


def put(app: SmmApp, name: str, value: str) -> None:
    form(app).fields[name].put(value)


async def test_each_topic_shows_its_words_month_share_doubts_and_goals(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        assert names(app) == [TASTING, OLD_BATCH]
        line = line_of(app, "распродажа")
        assert line.split() == ["Старая", "партия", "распродажа", "≥", "1", "≈", "25", "%", "?", "2", "1"]
        await pilot.press("down")
        await shows(
            pilot, "Не меньше 1: нет данных за 12–13 ноября", "? 2 под вопросом", "Узнаётся по: распродажа",
            "Цели: Старая партия: 12 постов",
        )  # fmt: skip


async def test_a_topic_is_edited_and_its_posts_are_matched_at_once(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await pilot.press("j")
        await edit(pilot, app, "enter")
        await shows(pilot, "За 60 дней под это подходит 1 из 4, ещё 2 под вопросом")
        put(app, "words", "распродажа, скидка; Распродажа")
        await shows(pilot, "За 60 дней под это подходит 3 из 4")
        put(app, "hashtags", "старая_партия")
        await pilot.press("f2")
        await shows(pilot, "Тема сохранена: «Старая партия»")
        saved = stored(store_path, OLD_BATCH)
        assert (saved.words, saved.hashtags) == (("распродажа", "скидка"), ("#старая_партия",))
        assert marks_of(store_path, "Кофе") == {OLD_BATCH: (True, MarkedBy.RULES)}
        await until(pilot, lambda: "≥ 3" in line_of(app, "распродажа"))
        await pilot.press("г")
        await until(pilot, lambda: marks_of(store_path, "Кофе") == {OLD_BATCH: (None, MarkedBy.RULES)})
        assert stored(store_path, OLD_BATCH).words == ("распродажа",)


async def test_a_new_name_goes_to_the_goals_and_comes_back(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await pilot.press("j")
        await edit(pilot, app)
        put(app, "name", "Ликвидация")
        await pilot.press("ctrl+s")
        await shows(pilot, "Тема сохранена: «Ликвидация»", "Ликвидация: 12 постов")
        await pilot.press("u")
        await shows(pilot, "Старая партия: 12 постов")


async def test_a_topic_is_added_by_its_name(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await edit(pilot, app, "n")
        await pilot.press("f2")
        await shows(pilot, "Теме нужно название")
        await type_text(pilot, "Утро")
        await shows(pilot, "подходит 1 из 4")
        await pilot.press("enter")
        await shows(pilot, "Тема заведена: «Утро»")
        assert stored(store_path, "Утро").words == ("Утро",)
        assert marks_of(store_path, "Утро") == {"Утро": (True, MarkedBy.RULES)}
        await until(pilot, lambda: "Утро" in names(app))
        await pilot.press("u")
        await until(pilot, lambda: names(app) == [TASTING, OLD_BATCH])
        assert marks_of(store_path, "Утро") == {}


async def test_the_forms_problems_are_told_live(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await edit(pilot, app, "n")
        for name, typed, said in (
            ("name", "старая партия", "уже есть другая тема"),
            ("hashtags", "#два слова", "без пробелов"),
            ("links", "магазин рядом", "напишите сайт"),
            ("words", "…", "слово или выражение"),
        ):
            form(app).fields[name].widget.focus()
            put(app, name, typed)
            await shows(pilot, said)
        await pilot.press("f2")
        assert isinstance(app.screen, TopicForm)
        await pilot.press("escape")
        assert names(app) == [TASTING, OLD_BATCH]


async def test_somebody_elses_edit_is_told_and_what_is_typed_stays(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await pilot.press("j")
        await edit(pilot, app)
        with open_writer(store_path) as writer:
            writer.update_topic(
                replace(stored(store_path, OLD_BATCH), words=("остатки",)), author="Ольга", now=NOW
            )
        put(app, "words", "скидка")
        await pilot.press("f2")
        await shows(pilot, "Ольга")
        version = stored(store_path, OLD_BATCH).version
        await until(pilot, lambda: (form(app).facts.topic or stored(store_path, TASTING)).version == version)
        assert form(app).value("words") == "скидка"
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, TopicsScreen))
        assert stored(store_path, OLD_BATCH).words == ("скидка",)


async def test_an_edit_that_somebody_changed_since_is_not_taken_back(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await pilot.press("j")
        await edit(pilot, app)
        put(app, "links", "shop.example")
        await pilot.press("f2")
        await shows(pilot, "Тема сохранена")
        with open_writer(store_path) as writer:
            writer.update_topic(replace(stored(store_path, OLD_BATCH), links=()), author="Ольга", now=NOW)
        await pilot.press("u")
        await shows(pilot, "Ольга: есть более новая правка")
        assert stored(store_path, OLD_BATCH).links == ()


@pytest.mark.parametrize("key", ["p", "з"])
async def test_the_posts_of_a_topic(store_path: Path, key: str) -> None:
    async with opened(store_path) as (app, pilot):
        await pilot.press(key)
        await shows(pilot, f"Посты: «{TASTING}» · 0 из 7", f"О теме «{TASTING}» пока ничего нет")
        await pilot.press("escape")
        await pilot.press("j", key)
        await until(pilot, lambda: isinstance(app.screen, PostsScreen))
        await shows(pilot, f"Посты: «{OLD_BATCH}» · 3 из 7")
        await pilot.press("escape")
        assert topics(app).list.cursor == 1


async def test_a_topic_that_nothing_names_is_removed_and_comes_back(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await pilot.press("d")
        await shows(pilot, f"Тема убрана: «{TASTING}»")
        await until(pilot, lambda: names(app) == [OLD_BATCH])
        await pilot.press("d")
        await shows(pilot, f"Тема «{OLD_BATCH}» остаётся")
        await pilot.press("u")
        await until(pilot, lambda: names(app) == [TASTING, OLD_BATCH])
        assert stored(store_path, TASTING).words == ("дегустация",)


async def test_all_clients(store_path: Path) -> None:
    async with opened(store_path) as (app, pilot):
        await pilot.press("A")
        await shows(pilot, "Все клиенты › Темы", "Мастерская «Свеча»  1", "Воск", "только вручную")
        await pilot.press("G", "A")
        await until(pilot, lambda: names(app) == ["Воск"])


async def test_a_client_without_topics_is_told_the_key(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with make_store(path) as store:
        add_client(store, "Ателье")
    async with opened(path, size=(80, 24)) as (app, pilot):
        await shows(pilot, "Тем ещё нет: n — завести первую")
        await pilot.press("e", "p", "d")
        await edit(pilot, app, "n")
        put(app, "name", "Пошив")
        await shows(pilot, "За 60 дней ничего не вышло")
        put(app, "name", "")
        await until(pilot, lambda: "ничего не вышло" not in screen_text(app))


@pytest.mark.parametrize("area", [Area.POSTS, Area.TOPICS])
def test_no_key_does_two_things_in_one_list(area: Area) -> None:
    taken: dict[str, str] = {}
    for command in commands_of(Area.ROWS, area):
        for key in command.keys:
            for sent in {key, twin(key) or key}:
                assert sent not in taken, f"{sent}: {taken.get(sent)} and {command.id}"
                taken[sent] = command.id


# --- what is typed, and what is counted


@pytest.mark.parametrize(
    ("part", "typed", "read"),
    [
        ("words", "партия, остатки;  Партия\nсвежая обжарка", ("партия", "остатки", "свежая обжарка")),
        ("hashtags", "партия, #остатки", ("#партия", "#остатки")),
        ("hashtags", "#партия #остатки", ("#партия", "#остатки")),
        ("links", " shop.example/sale ,", ("shop.example/sale",)),
        ("words", " , ;", ()),
    ],
)
def test_entries_are_read_as_people_type_them(part: str, typed: str, read: tuple[str, ...]) -> None:
    assert read_entries(part, typed) == read
    assert entry_problem(RU, part, read) == ""


@given(st.text(max_size=60), st.sampled_from(["words", "hashtags", "links"]))
def test_what_was_read_is_read_again_as_the_same(typed: str, part: str) -> None:
    once = read_entries(part, typed)
    if not entry_problem(RU, part, once):
        assert read_entries(part, ", ".join(once)) == once


def test_a_name_has_letters_and_is_the_clients_only_one() -> None:
    other = Topic(id=None, client_id=None, name="Ёлка")  # type: ignore[arg-type]
    assert name_problem(RU, "Новинки", [other]) == ""
    assert "Ёлка" in name_problem(RU, "«елка»", [other])
    for wrong in ("", "…", "я" * (NAME_LIMIT + 1)):
        assert str(NAME_LIMIT) in name_problem(RU, wrong, [])


def test_only_what_came_out_this_month_counts(tmp_path: Path) -> None:
    with make_store(tmp_path / "smm.db") as store:
        client = add_client(store)
        told = [
            post("1", date(2026, 11, 1), topics=("Кофе",)),
            post("2", date(2026, 10, 31), topics=("Кофе",)),
            post("3", TODAY),
            post("4", TODAY, topics=("Кофе",), state=PostState.DELETED),
            post("5", date(2026, 11, 28), topics=("Кофе",), state=PostState.PLANNED),
        ]
        sync_unit(store, add_account(store, client), posts=told)
        [owner] = store.clients()
        month = month_of(store, owner, TODAY)["Кофе"]
        assert (month.about, month.content, month.share, month.missing) == (1, 2, 0.5, ())
        empty = month_of(store, owner, date(2026, 9, 30))["Кофе"]
        assert (empty.about, empty.share) == (0, None)


@pytest.mark.parametrize(("lang", "size"), [("ru", (80, 24)), ("en", (120, 40))])
def test_looks(snap_compare: Compare, store_path: Path, lang: str, size: tuple[int, int]) -> None:
    text = "Узнаётся по: распродажа" if lang == "ru" else "Told by: распродажа"
    app = SmmApp(services_on(store_path, lang))
    assert snap_compare(app, terminal_size=size, run_before=ready(("j", "0", "j"), text))
