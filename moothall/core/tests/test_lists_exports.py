"""A list as a file: all of it, nothing else, written down, and harmless when opened."""

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from moothall.core.lists import exporting
from moothall.core.lists.exporting import LONGEST_CELL, cell, write_csv, write_xlsx

from .list_of_people import make_account, make_person

pytestmark = [pytest.mark.urls("moothall.core.tests.list_of_people")]
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
texts = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    "=+-@＝ \t\r\n'\"0\ufeff_xA;,", max_size=12
)
values = (
    texts
    | st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.decimals(places=2, min_value=-(10**9), max_value=10**9)
    | st.dates(dt.date(1800, 1, 1))
    | st.dates(dt.date(1800, 1, 1)).map(lambda day: dt.datetime.combine(day, dt.time(12, 5), dt.UTC))
    | st.lists(texts, max_size=3)
)
tables = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(values, min_size=wide, max_size=wide), max_size=6)
)


def written(write: Callable[..., int], headings: list[str], rows: list[list[Any]]) -> bytes:
    with tempfile.TemporaryFile() as file:
        assert write(file, headings, ([cell(value) for value in row] for row in rows)) == len(rows)
        file.seek(0)
        return file.read()


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[list[Any]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


@given(tables)
@settings(deadline=None, max_examples=60)
def test_a_csv_holds_every_value_and_no_formula(rows: list[list[Any]]) -> None:
    headings = [f"=Column {place}" for place in range(len(rows[0]) if rows else 1)]
    first, *found = read_csv(written(write_csv, headings, rows))
    assert first == [f"'{heading}" for heading in headings]
    assert len(found) == len(rows)
    for shown, row in zip(found, rows, strict=True):
        for text, value in zip(shown, row, strict=True):
            if isinstance(value, str):
                assert text in {value, f"'{value}"}
                assert not text.lstrip().startswith(FORMULA_STARTS)
            elif isinstance(value, int) and not isinstance(value, bool):
                assert int(text) == value
            elif value is None:
                assert text == ""


@given(tables)
@settings(deadline=None, max_examples=60)
def test_a_workbook_holds_texts_as_texts(rows: list[list[Any]]) -> None:
    headings = [f"=Column {place}" for place in range(len(rows[0]) if rows else 1)]
    first, *found = read_xlsx(written(write_xlsx, headings, rows))
    assert first == headings
    for shown, row in zip(found, rows, strict=False):
        for got, value in zip(shown, row, strict=False):
            if isinstance(value, str):
                assert isinstance(got, str)
                assert plain(got) == plain(value)
            elif isinstance(value, int) and not isinstance(value, bool):
                assert int(got) == value


def plain(text: str) -> str:
    """Excel knows one kind of line end, and has no place for most control characters."""
    return "".join(
        each for each in text.replace("\r\n", "\n").replace("\r", "\n") if each >= " " or each in "\n\t"
    )


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    import zipfile

    content = written(write_xlsx, ["A"], [["=1+1"], ["{=1}"], ["http://example.org"], ["@SUM(A1)"], ["0123"]])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert read_xlsx(content)[1:] == [["=1+1"], ["{=1}"], ["http://example.org"], ["@SUM(A1)"], ["0123"]]


def test_a_text_too_long_for_excel_is_cut_and_not_lost() -> None:
    content = written(write_xlsx, ["A"], [["a" * 40_000], ["😀" * 20_000]])
    _, first, second = read_xlsx(content)
    assert first == ["a" * LONGEST_CELL]
    assert second == ["😀" * (LONGEST_CELL // 2)]


def test_values_are_written_for_people() -> None:
    summer = dt.datetime(2026, 7, 1, 12, 30, 15, 400, tzinfo=dt.UTC)
    row = [summer, dt.date(2026, 7, 1), True, None, ["Dysgu", "HR"], -5, "-5"]
    assert read_csv(written(write_csv, ["a"] * 7, [row]))[1] == [
        "2026-07-01 13:30:15", "2026-07-01", "yes", "", "Dysgu, HR", "-5", "'-5",
    ]  # fmt: skip
    assert read_xlsx(written(write_xlsx, ["a"] * 7, [row]))[1][:3] == [
        dt.datetime.fromisoformat("2026-07-01 13:30:15"), dt.date(2026, 7, 1), "yes",
    ]  # fmt: skip


@pytest.fixture
def clerk(client: Client, db: None) -> Client:
    client.force_login(make_account("people.view", name="Siân Okafor"))
    return client


def sent(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_all_pages_of_what_is_listed_are_exported_in_its_order(clerk: Client) -> None:
    for number in range(60):
        make_person(full_name=f"Person {number:03}", language="cy" if number % 2 else "en", title="Dr")
    make_person(full_name="Somebody hidden", known_as="hidden", language="cy")
    answer = clerk.post("/test-people/?language=cy&sort=-full_name&size=25", {"export": "csv"})
    assert answer["Content-Disposition"].startswith('attachment; filename="test-people-')
    headings, *rows = read_csv(sent(answer))
    assert headings == ["Name", "Added", "Born", "Organisation", "Reference", "Title"]
    assert [row[0] for row in rows] == [f"Person {number:03}" for number in range(59, 0, -2)]
    assert rows[0][1] == "2026-11-23 09:30:00"
    assert rows[0][5] == "Dr"


def test_an_excel_export_can_be_read_back(clerk: Client) -> None:
    make_person(full_name='=HYPERLINK("http://example.org")', born_on=dt.date(1990, 5, 1))
    answer = clerk.post("/test-people/", {"export": "xlsx"})
    added = dt.datetime.fromisoformat("2026-11-23 09:30")
    row = read_xlsx(sent(answer))[1]
    assert row[:3] == ['=HYPERLINK("http://example.org")', added, dt.date(1990, 5, 1)]


def test_an_export_is_written_down(clerk: Client) -> None:
    make_person(language="cy")
    make_person(language="en")
    sent(clerk.post("/test-people/?language=cy", {"export": "csv"}))
    event = apps.get_model("records", "AuditEvent").objects.latest("id")
    assert (event.verb, event.actor_name) == ("list.exported", "Siân Okafor")
    assert event.detail == {"list": "test-people", "kind": "csv", "query": "language=cy", "rows": 1}


def test_too_long_a_list_is_refused_and_not_cut(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 3)
    monkeypatch.setattr(exporting, "AT_A_TIME", 2)
    for _ in range(4):
        make_person()
    answer = clerk.post("/test-people/", {"export": "csv"})
    assert answer.status_code == 409
    assert "Narrow it with a filter" in answer.content.decode()
    assert not apps.get_model("records", "AuditEvent").objects.filter(verb="list.exported").exists()


@pytest.mark.parametrize(
    ("address", "kind"), [("/test-people/", "exe"), ("/test-people/", ""), ("/test-welsh/", "csv")]
)
def test_only_what_may_be_exported_is(clerk: Client, address: str, kind: str) -> None:
    assert clerk.post(address, {"export": kind}).status_code == 405


def test_a_longer_list_is_exported_with_as_many_queries(clerk: Client) -> None:
    counts = set()
    sent(clerk.post("/test-people/", {"export": "csv"}))  # what a process asks once is asked here
    for _ in range(2):
        make_person()
        make_person()
        with CaptureQueriesContext(connection) as asked:
            sent(clerk.post("/test-people/", {"export": "csv"}))
        counts.add(len(asked))
    assert len(counts) == 1
