"""Tables of any program: encodings, separators, columns, cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files.columns import find_columns, parse_mapping
from connectors.files.dates import parse_when
from connectors.files.rows import BadRow, FileRow, parse_rows
from connectors.files.table import open_table
from connectors.files.troubles import FileTroubleError
from goals.model import PostKind, PostState

MOSCOW = ZoneInfo("Europe/Moscow")
TEXT = "day;audience;text\n2026-11-01;4 812;Зерно\n"


def rows_of(path: Path, mapping: dict[str, str] | None = None) -> list[FileRow | BadRow]:
    with open_table(path) as table:
        return list(parse_rows(table.rows, find_columns(table.header, mapping or {})))


def good(rows: Sequence[FileRow | BadRow]) -> list[FileRow]:
    assert [row for row in rows if isinstance(row, BadRow)] == []
    return [row for row in rows if isinstance(row, FileRow)]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_every_encoding_gives_the_same_rows(tmp_path: Path, encoding: str) -> None:
    (row,) = good(rows_of(write(tmp_path / "a.csv", TEXT, encoding)))
    assert (row.day, row.text) == (date(2026, 11, 1), "Зерно")
    assert row.figures["audience"].value == 4812


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_separator_is_found(tmp_path: Path, separator: str, ending: str) -> None:
    lines = [
        separator.join(cells) for cells in (("day", "audience"), ("2026-11-01", "10"), ("2026-11-02", "11"))
    ]
    rows = good(rows_of(write(tmp_path / "a.csv", ending.join(lines))))
    assert [row.figures["audience"].value for row in rows] == [10, 11]
    assert [row.line for row in rows] == [2, 3]


def test_a_decimal_comma_does_not_split_a_table_of_semicolons(tmp_path: Path) -> None:
    text = "day;engagement_rate;audience\n2026-11-01;4,5 %;1,2K\n2026-11-02;4,25;3.1M\n"
    first, second = good(rows_of(write(tmp_path / "a.csv", text)))
    assert first.figures["engagement_rate"].value == 4.5
    assert (first.figures["audience"].value, first.figures["audience"].exact) == (1200, False)
    assert (second.figures["engagement_rate"].value, second.figures["audience"].value) == (4.25, 3_100_000)


def test_an_unquoted_separator_in_a_cell_refuses_the_row(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "a.csv", "day,audience\n2026-11-01,1,2K\n2026-11-02,7\n"))
    bad, fine = rows
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.trouble.code) == (2, "file.row")
    assert isinstance(fine, FileRow)
    assert fine.figures["audience"].value == 7


def test_the_line_of_a_row_is_where_it_begins_even_after_cells_of_many_lines(tmp_path: Path) -> None:
    text = 'day,text,audience\n2026-11-01,"one\ntwo\nthree",5\n\n2026-11-02,x,oops\n'
    rows = rows_of(write(tmp_path / "a.csv", text))
    assert [row.line for row in rows] == [2, 6]
    assert isinstance(rows[0], FileRow)
    assert rows[0].text == "one\ntwo\nthree"
    assert isinstance(rows[1], FileRow)
    assert [trouble.facts for trouble in rows[1].troubles] == [
        {"column": "audience", "value": "oops", "known": ""}
    ]


@pytest.mark.parametrize("cell", ["", "-", "—", "n/a", "нет"])
def test_a_missing_figure_is_absent_and_never_zero(tmp_path: Path, cell: str) -> None:
    (row,) = good(rows_of(write(tmp_path / "a.csv", f"day;audience;reach\n2026-11-01;{cell};0\n")))
    assert "audience" not in row.figures
    assert row.figures["reach"].value == 0


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("-5", "file.negative"),
        ("1.5", "file.not_whole"),
        ("1 234,5", "file.not_whole"),
        ("12abc", "file.bad_number"),
        ("1e9", "file.bad_number"),
        ("inf", "file.bad_number"),
        ("٣", "file.bad_number"),
    ],
)
def test_a_figure_that_cannot_be_is_left_out_and_the_others_stand(
    tmp_path: Path, cell: str, code: str
) -> None:
    (row,) = good(rows_of(write(tmp_path / "a.csv", f"day;audience;reach\n2026-11-01;{cell};7\n")))
    assert [trouble.code for trouble in row.troubles] == [code]
    assert row.troubles[0].facts["column"] == "audience"
    assert {name: number.value for name, number in row.figures.items()} == {"reach": 7}


@pytest.mark.parametrize(
    ("kind", "state", "expected"),
    [
        ("пост", "План", (PostKind.POST, PostState.PLANNED)),
        ("Сторис", "опубликовано", (PostKind.STORY, PostState.PUBLISHED)),
        ("история", "удалено", (PostKind.STORY, PostState.DELETED)),
        ("клип", "Удалён", (PostKind.CLIP, PostState.DELETED)),
        ("видео", "запланировано", (PostKind.VIDEO, PostState.PLANNED)),
        ("Прямой  эфир", "published", (PostKind.STREAM, PostState.PUBLISHED)),
        ("статья", "—", (PostKind.ARTICLE, None)),
    ],
)
def test_kinds_and_states_in_russian(
    tmp_path: Path, kind: str, state: str, expected: tuple[PostKind, PostState | None]
) -> None:
    text = f"day;kind;state\n2026-11-01;{kind};{state}\n"
    (row,) = good(rows_of(write(tmp_path / "a.csv", text)))
    assert (row.kind, row.state) == expected


def test_a_word_of_the_other_column_is_no_choice(tmp_path: Path) -> None:
    (row,) = rows_of(write(tmp_path / "a.csv", "day;kind\n2026-11-01;план\n"))
    assert isinstance(row, BadRow)
    assert row.trouble.code == "file.bad_choice"


def test_mapped_columns_and_columns_of_our_own_names() -> None:
    mapping = parse_mapping(["account=channel,day=date", "audience=Подписчики, чел"])
    assert mapping == {"account": "channel", "day": "date", "audience": "Подписчики, чел"}
    header = ["Channel", "DATE", " Подписчики,  чел ", "views", "What"]
    columns = find_columns(header, mapping)
    assert columns.fields == {"account": 0, "day": 1}
    assert columns.metrics == {"audience": 2, "views": 3}


def test_a_column_that_is_mapped_to_something_else_is_not_taken_by_its_own_name() -> None:
    columns = find_columns(["day", "views"], {"reach": "views"})
    assert columns.metrics == {"reach": 1}


@pytest.mark.parametrize(
    ("mapping", "code", "fact"),
    [
        ({"audence": "a"}, "file.field", ("near", "audience")),
        ({"audience": "b"}, "file.column", ("columns", "a, posts")),
        ({"posts": "posts"}, "file.counted", ("field", "posts")),
        ({}, "file.columns", ("columns", "a, posts")),
    ],
)
def test_what_cannot_be_mapped_is_said(mapping: dict[str, str], code: str, fact: tuple[str, str]) -> None:
    with pytest.raises(FileTroubleError) as caught:
        find_columns(["a", "posts"], mapping)
    assert caught.value.trouble.code == code
    assert caught.value.trouble.facts[fact[0]] == fact[1]


@pytest.mark.parametrize("text", ["account", "=x", "day="])
def test_a_mapping_that_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(FileTroubleError) as caught:
        parse_mapping([text])
    assert caught.value.trouble.code == "file.map"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf\n\n", "file.empty"),
        (b"PK\x03\x04\0\0\0binary", "file.broken_archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "file.old_excel"),
        (b"<!DOCTYPE html><html>", "file.web_page"),
        (b"\xff\xfe\x00\xd8\x00", "file.encoding"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(FileTroubleError) as caught, open_table(path):
        pytest.fail("it opened")
    assert caught.value.trouble.code == code


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.csv", "file.missing"), (tmp_path, "file.unreadable")):
        with pytest.raises(FileTroubleError) as caught, open_table(path):
            pytest.fail("it opened")
        assert caught.value.trouble.code == code


@pytest.mark.parametrize(
    ("text", "day", "moment"),
    [
        ("2026-11-30", date(2026, 11, 30), None),
        ("30.11.2026", date(2026, 11, 30), None),
        ("1.2.26", date(2026, 2, 1), None),
        ("2026-11-30 22:02:12", date(2026, 11, 30), datetime(2026, 11, 30, 22, 2, 12, tzinfo=UTC)),
        ("30.11.2026 9:05", date(2026, 11, 30), datetime(2026, 11, 30, 9, 5, tzinfo=UTC)),
        ("2026-11-30T01:30:00.123456+03:00", date(2026, 11, 30), datetime(2026, 11, 29, 22, 30, tzinfo=UTC)),
        ("2026-11-30T01:30:00Z", date(2026, 11, 30), datetime(2026, 11, 30, 1, 30, tzinfo=UTC)),
    ],
)
def test_dates_as_programs_write_them(text: str, day: date, moment: datetime | None) -> None:
    assert parse_when(text, UTC) == (day, moment, False)


def test_a_time_that_names_no_zone_is_of_the_zone_that_is_said() -> None:
    found = parse_when("2026-11-30 01:00", MOSCOW)
    assert found is not None
    assert found.moment == datetime(2026, 11, 29, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["31.02.2026", "20261130", "Nov 30", "11/30/2026", "2026-13-01", "2026-W01-1", "0"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert parse_when(text, UTC) is None


def test_content_is_told_from_readings_and_its_words_are_checked(tmp_path: Path) -> None:
    text = (
        "day;kind;state;text;audience\n"
        "2026-11-01;;;;5\n"
        "2026-11-02;Story;planned;Новая партия;\n"
        "2026-11-03;meme;;;\n"
    )
    reading, plan, bad = rows_of(write(tmp_path / "a.csv", text))
    assert isinstance(reading, FileRow)
    assert not reading.is_content
    assert isinstance(plan, FileRow)
    assert (plan.is_content, plan.kind, plan.state) == (True, PostKind.STORY, PostState.PLANNED)
    assert isinstance(bad, BadRow)
    assert bad.trouble.code == "file.bad_choice"
    assert "story" in bad.trouble.facts["known"]


def test_texts_of_a_file_are_cleaned(tmp_path: Path) -> None:
    (row,) = good(
        rows_of(
            write(tmp_path / "a.csv", 'account,day,text\n"[/x]\x1b]0;a\x07",2026-11-01,"a\x1b[2Jb\u202e"\n')
        )
    )
    assert "\x1b" not in row.account + row.text
    assert "\u202e" not in row.text


@given(
    st.lists(
        st.tuples(
            st.dates(date(2000, 1, 1), date(2100, 1, 1)),
            st.integers(0, 10**9),
            st.text("абвxyz \n,;\"'", max_size=20),
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    records: list[tuple[date, int, str]],
    separator: str,
    encoding: str,
) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerow(["day", "audience", "url", "note"])
    writer.writerows(
        [day.isoformat(), value, f"https://t.me/x/{value}", note] for day, value, note in records
    )
    path = write(tmp_path_factory.mktemp("written") / "a.csv", buffer.getvalue(), encoding)
    rows = good(rows_of(path))
    assert [(row.day, row.figures["audience"].value) for row in rows] == [
        (day, value) for day, value, _ in records
    ]
