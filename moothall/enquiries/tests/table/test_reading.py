"""Bytes of a spreadsheet become plain rows, whatever they are; what is harmful is refused."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from moothall.core.refusals import Refusal
from moothall.enquiries.rules.table import reading
from moothall.enquiries.rules.table.reading import (
    NotATable,
    NothingInIt,
    TooLarge,
    TooManyRows,
    UnpacksToTooMuch,
    as_text,
    read_table,
)


def kept(folder: Path, raw: bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    "raw",
    [
        "Title,Name\nA room,Siân\n".encode(),
        "Title;Name\r\nA room;Siân\r\n".encode("utf-8-sig"),
        "Title\tName\nA room\tSiân\n".encode("utf-16"),
        "Title|Name\nA room|Siân\n".encode("cp1252"),
        b'"Title","Name"\n\n"A room","Si\xc3\xa2n"\n\n',
    ],
)
def test_any_separator_and_encoding_is_read(tmp_path: Path, raw: bytes) -> None:
    table = read_table(kept(tmp_path, raw))
    assert table.columns == ["Title", "Name"]
    assert [cells for _number, cells in table.rows] == [["A room", "Siân"]]


def test_columns_without_a_name_or_with_the_same_get_one(tmp_path: Path) -> None:
    table = read_table(kept(tmp_path, b"Name,,Name,\na,b,c,\nd\n"))
    assert table.columns == ["Name", "B", "Name (2)"]
    assert table.rows == [(2, ["a", "b", "c"]), (3, ["d", "", ""])]


def test_a_text_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    table = read_table(kept(tmp_path, b'Title,Text\nRoom,"one\ntwo, three"\n'))
    assert table.rows[0][1] == ["Room", "one\ntwo, three"]


def test_a_workbook_is_read_with_its_days_numbers_and_formulas_as_text(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Title", "Received", "Number", "Harm"])
        sheet.write_string(1, 0, "A room")
        sheet.write_datetime(1, 1, dt.datetime(2026, 11, 2), day)  # noqa: DTZ001 - as a spreadsheet has it
        sheet.write_number(1, 2, 42)
        sheet.write_string(1, 3, '=HYPERLINK("http://x.example","y")')
    assert read_table(path).rows == [
        (2, ["A room", "2026-11-02", "42", '=HYPERLINK("http://x.example","y")'])
    ]


@pytest.mark.parametrize("name", ["letter.docx", "table.exe", "table"])
def test_other_files_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotATable):
        read_table(kept(tmp_path, b"Title\nx\n", name))


@pytest.mark.parametrize("raw", [b"PK\x03\x04 and no more", b"", b"\xd0\xcf\x11\xe0" * 100])
def test_a_damaged_workbook_is_refused_in_words(tmp_path: Path, raw: bytes) -> None:
    for name in ("table.xlsx", "table.xls", "table.ods"):
        with pytest.raises(Refusal):
            read_table(kept(tmp_path, raw, name))


def test_an_archive_that_unpacks_to_far_more_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * 30_000_000)
    with pytest.raises(UnpacksToTooMuch):
        read_table(path)


def test_what_is_too_large_too_long_or_empty_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NothingInIt):
        read_table(kept(tmp_path, b"Title,Name\n"))
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    with pytest.raises(TooManyRows):
        read_table(kept(tmp_path, b"Title\na\nb\nc\n"))
    monkeypatch.setattr(reading, "LARGEST", 5)
    with pytest.raises(TooLarge):
        read_table(kept(tmp_path, b"Title\na\n"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (3.0, "3"),
        (3.5, "3.5"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (" a\0b ", "ab"),
    ],
)
def test_each_kind_of_cell_reads_as_a_person_would(value: object, text: str) -> None:
    assert as_text(value) == text
