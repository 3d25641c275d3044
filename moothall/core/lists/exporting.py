"""A whole list as a file: CSV or Excel, the same rows the page shows, harmless when opened.

A text that a spreadsheet would read as a formula gets an apostrophe in CSV; in Excel every text is
written as text. The file is finished before the answer starts, as the answer leaves after the transaction.
"""

import csv
import datetime as dt
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from itertools import islice
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.audit import write_down
from moothall.core.clock import in_london, now, today
from moothall.core.refusals import Refusal

from .asked import Asked
from .keyset import in_order
from .listing import Listing

MOST_ROWS = 100_000
AT_A_TIME = 2_000
LONGEST_CELL = 32_767
MOST_DIGITS = 10**15
DANGEROUS = re.compile(r"[\t\r\n]|[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
Cell = str | int | float | Decimal | dt.date | dt.datetime | None
Writer = Callable[[IO[bytes], list[str], Iterable[list[Cell]]], int]


class TooManyToExport(Refusal):
    sentence = gettext_lazy("This list has more than 100,000 rows, which is too many for one file.")
    next_step = gettext_lazy("Narrow it with a filter, such as a range of dates, and export each part.")


def export_list(request: HttpRequest, listing: Listing[Any], asked: Asked, kind: str) -> FileResponse:
    """The file of everything listed, recorded in the audit."""
    write, media_type = KINDS[kind]
    found = asked.narrow(listing.rows(request))
    if found.order_by("pk")[MOST_ROWS : MOST_ROWS + 1].exists():
        raise TooManyToExport
    columns = [column for column in listing.columns if column.exported]
    headings = [str(column.heading) for column in columns]
    with ExitStack() as until_sent:
        file = until_sent.enter_context(tempfile.TemporaryFile())
        ready = _prepared(request, listing, in_order(found, asked.order)[:MOST_ROWS])
        count = write(file, headings, ([cell(column.of(row)) for column in columns] for row in ready))
        detail = {"list": listing.key, "kind": kind, "query": asked.query(), "rows": count}
        write_down("list.exported", by=request.user, at=now(), detail=detail)
        file.seek(0)
        until_sent.pop_all()
    name = f"{listing.key}-{today().isoformat()}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=media_type)


def _prepared(request: HttpRequest, listing: Listing[Any], rows: QuerySet[Any]) -> Iterator[Any]:
    """Every row, read and prepared some at a time."""
    reader = rows.iterator(chunk_size=AT_A_TIME)
    while batch := list(islice(reader, AT_A_TIME)):
        listing.prepare(batch, request)
        yield from batch


def cell(value: Any) -> Cell:
    """A value as a spreadsheet can hold it: instants as the clock in London shows them."""
    if value is None:
        return None
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return in_london(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, str | int | Decimal | dt.date):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return str(value)


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet might calculate with it."""
    return f"'{text}" if DANGEROUS.match(text) else text


def write_csv(file: IO[bytes], headings: list[str], rows: Iterable[list[Cell]]) -> int:
    """UTF-8 with the mark Excel needs, every cell quoted; returns the number of rows."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    out = csv.writer(text, quoting=csv.QUOTE_ALL)
    out.writerow([harmless(heading) for heading in headings])
    count = 0
    for row in rows:
        out.writerow([_csv_cell(value) for value in row])
        count += 1
    text.detach()
    return count


def _csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def write_xlsx(file: IO[bytes], headings: list[str], rows: Iterable[list[Cell]]) -> int:
    """One sheet with a frozen, bold first row; returns the number of rows below it."""
    import xlsxwriter  # a large library, only loaded by whoever exports

    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(headings) - 1, 0), 20)
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write_xlsx_cell(sheet, count, place, value, moment)
    book.close()
    return count


def _write_xlsx_cell(sheet: Any, line: int, place: int, value: Cell, moment: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, dt.datetime) and value.year >= 1900:
        sheet.write_datetime(line, place, value, moment)
    elif isinstance(value, dt.date) and value.year >= 1900:
        sheet.write_datetime(line, place, value)
    elif isinstance(value, int | float | Decimal) and -MOST_DIGITS < value < MOST_DIGITS:
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, _excel_text(value))


def _excel_text(value: Any) -> str:
    """No longer than a cell of Excel, which counts in UTF-16, can be."""
    return str(value).encode("utf-16-le", "replace")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")


KINDS: dict[str, tuple[Writer, str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
