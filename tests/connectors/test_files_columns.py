"""Columns of services: what is proposed, and the table of YouTube Studio in two languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from connectors.files.columns import find_columns, mapping_text, parse_mapping, usual_columns
from connectors.files.dates import parse_when
from connectors.files.record import Record
from connectors.files.table import open_table
from connectors.files.youtube import without_total, youtube_columns

SAMPLE = Path(__file__).parents[2].parent / "shared" / "samples" / "youtube_studio_table.csv"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["Дата", "Подписчики", "Охват"], {"day": "Дата", "audience": "Подписчики", "reach": "Охват"}),
        (
            ["Дата публикации", "Ссылка", "Лайки", "Охват", "Нечто"],
            {"published_at": "Дата публикации", "url": "Ссылка", "likes": "Лайки"},
        ),
        (["day", "Дата", "Просмотры"], {"views": "Просмотры"}),
        (["Нечто"], {}),
    ],
)
def test_usual_names_are_proposed(header: list[str], found: dict[str, str]) -> None:
    assert usual_columns(header) == found
    if found:
        assert parse_mapping([mapping_text(found)]) == found
        columns = find_columns(header, found)
        assert set(found) <= {*columns.fields, *columns.metrics}


def test_columns_of_which_nothing_is_taken_are_named() -> None:
    columns = find_columns(["day", "audience", "ERview", ""], {})
    assert columns.unused == ("ERview",)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            ["Content", "Video title", "Video publish time", "Duration", "Views", "Watch time (hours)"],
            {"post", "text", "published_at", "views"},
        ),
        (
            [
                "Контент",
                "Название видео",
                "Время публикации видео",
                "Просмотры",
                "Показы",
            ],
            {"post", "text", "published_at", "views"},
        ),
    ],
)
def test_the_table_of_youtube_is_known_by_its_header(header: list[str], fields: set[str]) -> None:
    found = youtube_columns(header)
    assert found is not None
    assert set(found) == fields
    assert youtube_columns(["Date", "Views"]) is None
    assert youtube_columns(["Content", "Views"]) is None


def test_the_total_is_no_video() -> None:
    rows = [Record(2, ["Total", ""]), Record(3, ["Итого"]), Record(4, ["-a_b", "x"]), Record(5, [])]
    assert [row.line for row in without_total(iter(rows), 0)] == [4, 5]


def test_a_real_table_of_youtube(tmp_path: Path) -> None:
    if not SAMPLE.exists():
        pytest.skip(f"there is no sample of YouTube Studio at {SAMPLE}")
    with open_table(SAMPLE) as table:
        found = youtube_columns(table.header)
        assert found is not None
        columns = find_columns(table.header, found)
        rows = list(without_total(table.rows, columns.fields["post"]))
    days = [parse_when(row.cells[columns.fields["published_at"]], None) for row in rows]
    assert len(rows) > 90
    assert all(days)
    assert "Watch time (hours)" in columns.unused


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Dec 15, 2023", date(2023, 12, 15)),
        ("December 5, 2023", date(2023, 12, 5)),
        ("Sept 5, 2023", date(2023, 9, 5)),
        ("15 Dec 2023", date(2023, 12, 15)),
        ("15 дек. 2023 г.", date(2023, 12, 15)),
        ("15 декабря 2023", date(2023, 12, 15)),
        ("5 мая 2024 г.", date(2024, 5, 5)),
        ("5\u00a0мар.\u00a02024\u00a0г.", date(2024, 3, 5)),
        ("1 июн. 2024 г., 10:30", date(2024, 6, 1)),
        ("1 июля 2024 г. в 9:05", date(2024, 7, 1)),
    ],
)
def test_days_with_the_name_of_the_month(text: str, day: date) -> None:
    found = parse_when(text, None)
    assert found is not None
    assert found.day == day
    assert (found.moment is not None) is (":" in text)


@pytest.mark.parametrize("text", ["Foo 15, 2023", "31 фев. 2023 г.", "15 2023", "Dec 2023", "a" * 100_000])
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_when(text, None) is None
