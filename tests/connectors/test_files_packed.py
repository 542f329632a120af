"""Workbooks and archives: read as tables, and no more of them than is safe."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from connectors.files import archive, text
from connectors.files.columns import find_columns
from connectors.files.rows import FileRow, parse_rows
from connectors.files.table import open_table
from connectors.files.troubles import FileTroubleError

CSV = "day;audience\n2026-11-01;4 812\n"


def cells(path: Path, sheet: str | None = None) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    with open_table(path, sheet) as table:
        return table.header, [(row.line, list(row.cells)) for row in table.rows]


def book(path: Path, *rows: Sequence[object], title: str = "Лист") -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    made.save(path)
    return path


def packed(path: Path, **files: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "."), content)
    return path


def trouble(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(FileTroubleError) as caught:
        cells(path, sheet)
    return caught.value.trouble.code


def test_a_sheet_is_a_table(tmp_path: Path) -> None:
    at = datetime(2026, 11, 2, 10, 30)  # noqa: DTZ001 - sheets know no zones
    path = book(
        tmp_path / "a.xlsx",
        ["Отчёт за ноябрь"],
        [],
        ["day", "audience", "engagement_rate", "text"],
        [date(2026, 11, 1), 4812, 4.5, "Зерно"],
        [at, 4813.0, 1.234, True],
        [None, None],
        ["03.11.2026", "4 814", None, "=1+1"],
    )
    header, rows = cells(path)
    assert header == ("day", "audience", "engagement_rate", "text")
    assert rows == [
        (4, ["2026-11-01", "4812", "4.5000", "Зерно"]),
        (5, ["2026-11-02 10:30:00", "4813", "1.2340", "1"]),
        (7, ["03.11.2026", "4 814"]),
    ]
    with open_table(path) as table:
        told = list(parse_rows(table.rows, find_columns(table.header, {})))
    assert all(isinstance(row, FileRow) for row in told)
    rates = [row.figures["engagement_rate"].value for row in told[:2] if isinstance(row, FileRow)]
    assert rates == [4.5, 1.234]


def test_a_share_of_a_sheet_is_a_percentage(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["day", "engagement_rate"])
    sheet.append(["2026-11-01", 0.045])
    sheet["B2"].number_format = "0.00%"
    made.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx")[1][0][1][1].startswith("4.5")


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["day", "audience"], ["2026-11-01", 1])
    made = openpyxl.load_workbook(path)
    made.create_sheet("Посты").append(["post", "views"])
    made.save(path)
    assert cells(path, "посты")[0] == ("post", "views")
    assert cells(path)[0] == ("day", "audience")
    assert trouble(path, "Сторис") == "file.no_sheet"


def test_an_empty_workbook_is_said(tmp_path: Path) -> None:
    assert trouble(book(tmp_path / "a.xlsx")) == "file.empty"


def test_formulas_and_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        ["day", "text"],
        ["2026-11-01", "=[evil.xlsx]A!A1"],
        ["2026-11-02", '=HYPERLINK("x")'],
    )
    assert [row[1] for _, row in cells(path)[1] if len(row) > 1] == []


def test_what_a_sheet_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["day", "audience"], ["2026-11-01", 1])
    changed = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, content.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'))
    assert len(cells(changed)[1]) == 1


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["day", "audience"], ["2026-11-01", 1])
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "' + b"x" * 100 + b'">'
    bomb += b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
    changed = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename.endswith("sheet1.xml"):
                content = bomb + b"]>" + content.split(b"?>")[-1].replace(b"</v>", b"&a8;</v>", 1)
            new.writestr(info.filename, content)
    assert trouble(changed) == "file.broken_archive"


@pytest.mark.parametrize("limit", ["MOST_UNPACKED", "_MOST_HELD"])
def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    path = book(tmp_path / "a.xlsx", ["day", "text"], ["2026-11-01", "a" * 10_000])
    monkeypatch.setattr(archive, limit, 5_000)
    assert trouble(path) == "file.too_large"


def test_the_table_in_an_archive(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", a__csv=CSV, readme__md="x", **{"__MACOSX/._a__csv": "x"})
    assert cells(path)[1] == [(2, ["2026-11-01", "4 812"])]


def test_of_an_export_of_youtube_the_table_is_taken(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "a.zip", **{"Chart data__csv": "x", "Table data__csv": CSV, "Totals__csv": "Date,Views\n"}
    )
    assert cells(path)[0] == ("day", "audience")


def test_archives_without_one_table_are_refused(tmp_path: Path) -> None:
    assert trouble(packed(tmp_path / "a.zip", a__md="x")) == "file.no_table"
    assert trouble(packed(tmp_path / "b.zip", a__csv=CSV, b__csv=CSV)) == "file.several_tables"


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "a.zip", a__csv=CSV + "x" * 100_000)
    monkeypatch.setattr(archive, "MOST_UNPACKED", 50_000)
    assert trouble(path) == "file.too_large"
    monkeypatch.setattr(archive, "_MOST_FILES", 0)
    assert trouble(path) == "file.too_large"


def test_a_damaged_archive_is_said(tmp_path: Path) -> None:
    whole = packed(tmp_path / "a.zip", a__csv=CSV * 1000).read_bytes()
    (tmp_path / "b.zip").write_bytes(whole[: len(whole) // 2])
    assert trouble(tmp_path / "b.zip") == "file.broken_archive"
    spoilt = bytearray(whole)
    spoilt[60:90] = bytes(30)
    (tmp_path / "c.zip").write_bytes(spoilt)
    assert trouble(tmp_path / "c.zip") == "file.broken_archive"


@pytest.mark.parametrize(
    "content",
    ["a,b\n" + "x" * 3_000, 'a,b\n"' + "x\n" * 3_000, 'a,b\n"x\n' + '","\n' * 3_000],
)
def test_a_row_without_an_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.setattr(text, "_MOST_ROW", 2_000)
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    assert trouble(path) == "file.cell"


def test_a_workbook_with_many_columns_is_cut(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [f"c{n}" for n in range(600)], list(range(600)))
    assert len(cells(path)[0]) == 500


def test_no_workbook_at_all(tmp_path: Path) -> None:
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as made:
        made.writestr("xl/workbook.xml", "<x")
        made.writestr("[Content_Types].xml", "<x")
    (tmp_path / "a.xlsx").write_bytes(inside.getvalue())
    assert trouble(tmp_path / "a.xlsx") == "file.broken_archive"
