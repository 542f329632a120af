"""`smm import` of exports and of columns that a person chooses; the list of imports, and taking them back."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from cli.exits import Exit
from tests.support.program import Outcome, Program

STUDIO = (
    "Content,Video title,Video publish time,Views,Watch time (hours),Likes\n"
    "Total,,,900,10.5,9\n"
    '_a_b-C12345,Обжарка,"Nov 15, 2026",600,7.5,\n'
    'dQw4w9WgXcQ,Помол,"Nov 16, 2026",300,3,9\n'
)
SERVICE = "Дата публикации;Ссылка;Просмотры;ERview\n20.11.2026 10:00;https://vk.com/wall-1_7;1 234;4,5\n"


@pytest.fixture
def shop(cafe: Program) -> Program:
    """The program with a folder of the user's own things, a channel in Telegram and one in YouTube."""
    shop = Program(cafe.folder, {**cafe.env, "XDG_STATE_HOME": str(cafe.folder / "state")})
    for link in ("t.me/zerno_news", "youtube.com/@zerno"):
        shop.ok("account", "add", link, "--client", "зерно", "--no-sync")
    return shop


def write(program: Program, name: str, content: str) -> str:
    path = program.folder / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def chat(texts: Sequence[str] = ("раз", "два"), **more: object) -> dict[str, object]:
    messages: list[dict[str, Any]] = [
        {"id": n, "type": "message", "date_unixtime": str(1_794_900_000 + n * 3600), "text": text}
        for n, text in enumerate(texts, 1)
    ]
    messages[0]["reactions"] = [{"type": "emoji", "count": 4, "emoji": "❤"}]
    messages.append({"id": 99, "type": "service", "date_unixtime": "1794990000", "action": "pin_message"})
    return {"name": "Зерно", "type": "public_channel", "id": 123, "messages": messages, **more}


def export(program: Program, tree: object, name: str = "result.json") -> str:
    return write(program, name, json.dumps(tree, ensure_ascii=False))


def posts(program: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.ok("post", "list", "--json").json()
    return found


def test_a_channel_of_telegram_brings_posts_and_reactions_and_no_views(shop: Program) -> None:
    options = ("--client", "зерно", "--network", "telegram")
    first = shop.ok("import", export(shop, chat()), *options, "--json").json()
    assert (first["import"], first["read"], first["new"]) == (1, 3, 2)
    assert first["reasons"] == {"file.service_message": 1}
    one, two = posts(shop)
    assert (one["post"], one["text"], one["reactions"], one["views"]) == ("1", "раз", 4, None)
    assert (two["reactions"], two["url"]) == (None, "https://t.me/zerno_news/2")
    again = shop.ok("import", export(shop, chat()), *options, "--json").json()
    assert (again["import"], again["new"], again["changed"], again["unchanged"]) == (None, 0, 0, 2)


def test_a_folder_of_telegram_stands_for_its_file(shop: Program) -> None:
    export(shop, chat())
    answer = shop.ok("import", str(shop.folder), "--account", "t.me/zerno_news", "--dry-run")
    assert "Прочитано 3 сообщения" in answer.out.replace("\u00a0", " ")
    assert "Сообщение 99: служебное сообщение" in answer.err
    assert posts(shop) == []


def test_of_a_whole_account_only_channels_that_are_accounts_are_taken(shop: Program) -> None:
    mother = chat(("привет",), name="Мама", type="personal_chat", id=7)
    other = chat(("чужое",), name="Чужой канал", id=8)
    path = export(shop, {"about": "", "chats": {"list": [mother, other, chat()]}})
    refused = shop.run("import", path, "--account", "t.me/zerno_news")
    assert refused.code == Exit.USAGE
    assert "Чужой канал" in refused.err
    assert "Мама" not in refused.err
    assert "--chat" in refused.err
    options = ("--account", "t.me/zerno_news", "--chat", "зерно", "--json")
    answer = shop.ok("import", path, *options).json()
    assert (answer["new"], answer["unknown_channels"]) == (2, ["Чужой канал"])
    assert [row["text"] for row in posts(shop)] == ["раз", "два"]


def test_a_chat_that_is_no_channel_is_refused(shop: Program) -> None:
    outcome = shop.run("import", export(shop, chat(type="personal_chat")), "--account", "t.me/zerno_news")
    assert outcome.code == Exit.USAGE
    assert "ни одного канала" in outcome.err


def test_an_export_that_breaks_off_leaves_nothing(shop: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.importing.gathering._MOST_WAITING", 1)
    whole = json.dumps(chat(), ensure_ascii=False)
    path = write(shop, "result.json", whole[: whole.rindex('{"id": 99')])
    outcome = shop.run("import", path, "--account", "t.me/zerno_news")
    assert outcome.code == Exit.USAGE
    assert "обрывается" in outcome.err
    assert posts(shop) == []


def test_a_long_export_is_written_part_by_part(shop: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.importing.gathering._MOST_WAITING", 2)
    answer = shop.ok(
        "import", export(shop, chat(list("абвгд"))), "--account", "t.me/zerno_news", "--json"
    ).json()
    assert answer["new"] == 5
    assert shop.ok("import", "list", "--json").json()[0]["posts"] == 5


@pytest.mark.parametrize("packed", [False, True])
def test_youtube_studio_brings_videos_with_views(shop: Program, packed: bool) -> None:
    path = write(shop, "Table data.csv", STUDIO)
    if packed:
        with zipfile.ZipFile(shop.folder / "studio.zip", "w") as made:
            made.write(path, "Table data.csv")
            made.writestr("Totals.csv", "Date,Views\n2026-11-15,9\n")
        path = str(shop.folder / "studio.zip")
    outcome = shop.ok("import", path)
    assert "Не использованы столбцы: Watch time (hours)" in outcome.err
    one, two = posts(shop)
    assert (one["post"], one["kind"], one["text"], one["views"], one["likes"]) == (
        "_a_b-C12345",
        "video",
        "Обжарка",
        600,
        None,
    )
    assert (two["url"], two["likes"]) == ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", 9)
    assert shop.ok("import", path, "--json").json()["unchanged"] == 2


def test_columns_are_shown_before_they_are_read(shop: Program) -> None:
    path = write(shop, "service.csv", SERVICE)
    shown = shop.ok("import", path, "--preview")
    assert "Просмотры" in shown.out
    assert "1 234" in shown.out
    assert "--map 'published_at=Дата публикации,url=Ссылка,views=Просмотры'" in shown.err
    assert shop.ok("import", "list", "--json").json() == []
    refused = shop.run("import", path, "--account", "vk:zerno")
    assert refused.code == Exit.USAGE
    assert '--map "published_at=Дата публикации,' in refused.err


def test_a_mapping_is_saved_and_used_again(shop: Program) -> None:
    path = write(shop, "service.csv", SERVICE)
    columns = "published_at=Дата публикации,url=Ссылка,views=Просмотры"
    shop.ok("import", path, "--account", "vk:zerno", "--map", columns, "--save-mapping", "Сервис")
    assert posts(shop)[0]["views"] == 1234
    newer = write(shop, "service.csv", SERVICE.replace("1 234", "2 000"))
    shop.ok("import", newer, "--account", "vk:zerno", "--mapping", "сервис")
    assert posts(shop)[0]["views"] == 2000
    unknown = shop.run("import", newer, "--account", "vk:zerno", "--mapping", "другой")
    assert unknown.code == Exit.USAGE
    assert "Сервис" in unknown.err


def answered(program: Program, path: str, typed: str) -> Outcome:
    """An import at a terminal at which somebody types this."""
    with patch("cli.importing.columns.can_ask", return_value=True):
        return program.run("import", path, "--account", "vk:zerno", stdin=typed)


def test_a_person_chooses_the_columns(shop: Program) -> None:
    path = write(shop, "service.csv", SERVICE)
    assert answered(shop, path, "\n").code == Exit.OK
    assert (posts(shop)[0]["views"], posts(shop)[0]["post"]) == (1234, "7")
    shop.ok("import", "undo")
    chosen = answered(shop, path, "нет\nday\nпросмотр\nurl\nlikes\n\n")
    assert "может быть, published_at" in chosen.err
    assert chosen.code == Exit.OK
    assert [(row["views"], row["likes"]) for row in posts(shop)] == [(None, 1234)]


def test_imports_are_listed_and_taken_back(shop: Program) -> None:
    goal = ("--metric", "audience", "--kind", "gain", "--amount", "300", "--deadline", "30.11")
    shop.ok("goal", "add", "--client", "зерно", "--account", "vk:zerno", *goal, "--start", "20.11")
    figures = write(shop, "a.csv", "day,audience\n2026-11-20,4800\n2026-11-22,4812\n")
    shop.ok("import", figures, "--account", "vk:zerno")
    assert shop.ok("goal", "list", "--json").json()[0]["current"] == 4812
    shop.ok("import", export(shop, chat()), "--account", "t.me/zerno_news")
    listed = shop.ok("import", "list").out
    assert listed.index("result.json") < listed.index("a.csv")
    rehearsed = shop.ok("import", "undo", "1", "--dry-run", "--json").json()
    assert (rehearsed["figures"], rehearsed["kept"]["figures"]) == (2, 0)
    assert shop.ok("goal", "list", "--json").json()[0]["current"] == 4812
    write(shop, "a.csv", "day,audience\n2026-11-22,4900\n")
    shop.ok("import", figures, "--account", "vk:zerno")
    told = shop.ok("import", "undo", "1")
    assert "a.csv" in told.out
    assert "изменено позже: показатели — 1" in told.err.replace("\u00a0", " ")
    assert shop.ok("goal", "list", "--json").json()[0]["current"] == 4900
    shop.ok("import", "undo")
    assert shop.ok("goal", "list", "--json").json()[0]["current"] is None
    shop.ok("import", "undo")
    assert posts(shop) == []
    nothing = shop.run("import", "undo")
    assert (nothing.code, "Нет загрузки" in nothing.err) == (Exit.FAILED, True)
    assert shop.run("import", "undo", "9").code == Exit.FAILED
    assert shop.run("import", "undo", "x").code == Exit.USAGE
    assert shop.run("import", figures, "2").code == Exit.USAGE


def test_many_rows_that_are_skipped_are_counted_by_reason(shop: Program) -> None:
    lines = [*(f"2026-11-{n:02},x" for n in range(1, 13)), "soon,1", "2026-11-20,7"]
    path = write(shop, "a.csv", "\n".join(["day,audience", *lines]))
    outcome = shop.ok("import", path, "--account", "vk:zerno")
    assert "12 (строки 2, 3, 4, 5, 6 …): " in outcome.err.replace("\u00a0", " ")
    assert "1 (строки 14): " in outcome.err.replace("\u00a0", " ")
    answer = shop.run("import", path, "--account", "vk:zerno", "--json").json()
    assert answer["reasons"] == {"file.bad_number": 12, "file.bad_date": 1}


def test_the_account_that_a_file_added_goes_with_it(shop: Program) -> None:
    path = write(shop, "a.csv", "account,day,audience\nnew_one,2026-11-20,5\n")
    shop.ok("import", path, "--client", "зерно", "--network", "telegram")
    before = len(shop.ok("account", "list", "--json").json())
    told = shop.ok("import", "undo").out.replace("\u00a0", " ")
    assert "новые аккаунты — 1" in told
    assert len(shop.ok("account", "list", "--json").json()) == before - 1


def test_state_lies_where_the_system_keeps_it(shop: Program) -> None:
    path = write(shop, "service.csv", SERVICE)
    shop.ok(
        "import",
        path,
        "--account",
        "vk:zerno",
        "--map",
        "url=Ссылка,day=Дата публикации",
        "--save-mapping",
        "а",
    )
    (kept,) = (shop.folder / "state").rglob("*.json")
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.write_text("[]", encoding="utf-8")
    assert shop.run("import", path, "--mapping", "а").code == Exit.USAGE
    assert Path(kept).name == "import-mappings.json"
