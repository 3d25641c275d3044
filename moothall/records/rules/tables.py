"""From the bytes of a spreadsheet to rows of plain text, and back. Nothing in a cell is ever carried out."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from moothall.core.clock import LONDON
from moothall.core.lists.exporting import harmless
from moothall.core.refusals import Refusal

KINDS = {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"}
LARGEST = 50 * 2**20
MOST_UNPACKED, MOST_RATIO = 400 * 2**20, 200
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 50_000, 200, 20_000
SEPARATORS = ",;\t|"
DAY_ORDERS: dict[str, tuple[str, ...]] = {
    "dmy": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d %b %y"),
    "mdy": ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%B %d, %Y"),
    "ymd": ("%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
}


class NotATable(Refusal):
    sentence = _("This is not a table we can read.")
    next_step = _("Save it as .csv or .xlsx, with the names of its columns in the first row.")


class TooLarge(Refusal):
    sentence = _("This file is larger than 50 MB.")
    next_step = _("Split it into several files.")


class UnpacksToTooMuch(Refusal):
    sentence = _("This file unpacks to far more than it seems, which is how harmful files behave.")
    next_step = _("Save it as .csv and try again.")


class TooManyRows(Refusal):
    sentence = _("This table has more than 50,000 rows or 200 columns.")
    next_step = _("Split it into several files.")


class NothingInIt(Refusal):
    sentence = _("There are no rows in this table.")
    next_step = _("Check that the names of its columns stand in the first row, and rows below.")


@dataclass(frozen=True)
class Table:
    """The names of the columns, and every row below them with its number in the file."""

    columns: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(path: Path, *, largest: int = LARGEST, most_rows: int = MOST_ROWS) -> Table:
    """The first sheet of the file, or the whole of a text file."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise NotATable
    if path.stat().st_size > largest:
        raise TooLarge
    lines = _from_text(path.read_bytes(), kind) if kind in {".csv", ".tsv", ".txt"} else _from_workbook(path)
    filled = [(number, row) for number, row in enumerate(lines, start=1) if any(cell for cell in row)]
    if len(filled) < 2:
        raise NothingInIt
    if len(filled) - 1 > most_rows or len(filled[0][1]) > MOST_COLUMNS:
        raise TooManyRows
    columns = _named(filled[0][1])
    width = len(columns)
    return Table(columns, [(number, (row + [""] * width)[:width]) for number, row in filled[1:]])


def _named(heading: list[str]) -> list[str]:
    """Each column with a name of its own; one without is called by its letter."""
    while heading and not heading[-1]:
        heading = heading[:-1]
    found: list[str] = []
    for place, words in enumerate(heading):
        name = words or _letter(place)
        number = 2
        while name in found:
            name, number = f"{words or _letter(place)} ({number})", number + 1
        found.append(name)
    return found


def _letter(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _from_text(raw: bytes, kind: str) -> Iterator[list[str]]:
    text = decoded(raw).replace("\0", "")
    separator = "\t" if kind == ".tsv" else separator_of(text)
    csv.field_size_limit(2**20)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield [cell.strip()[:LONGEST_CELL] for cell in row]
    except csv.Error as problem:
        raise NotATable from problem


def decoded(raw: bytes) -> str:
    """The text of a file whose encoding nobody wrote down."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(raw[:200_000], cp_isolation=["cp1252", "cp1250", "iso8859_14", "mac_roman"]).best()
        return raw.decode(best.encoding if best else "cp1252", "replace")


def separator_of(text: str) -> str:
    """The mark that splits the first lines into the same number of cells, more than one."""
    first = text[:20_000].splitlines()[:20]
    best, most = ",", 0
    for mark in SEPARATORS:
        widths = [len(row) for row in csv.reader(first, delimiter=mark) if row]
        if widths and widths[0] > 1:
            alike = sum(width == widths[0] for width in widths) * widths[0]
            if alike > most:
                best, most = mark, alike
    return best


def _from_workbook(path: Path) -> Iterator[list[str]]:
    _refuse_bomb(path)
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except (CalamineError, OSError, ValueError, IndexError) as problem:
        raise NotATable from problem
    if sheet.total_height > MOST_ROWS + 1_000 or sheet.total_width > MOST_COLUMNS + 50:
        raise TooManyRows
    for row in sheet.to_python(skip_empty_area=False):
        yield [as_text(cell)[:LONGEST_CELL] for cell in row]


def _refuse_bomb(path: Path) -> None:
    """Spreadsheets of today are archives: what they say they unpack to is read before they are."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except zipfile.BadZipFile as problem:
        raise NotATable from problem
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(path.stat().st_size, 20_000):
        raise UnpacksToTooMuch


def as_text(value: Any) -> str:
    """A cell as a person reads it; days in the international order, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value).replace("\0", "").strip()


def read_day(said: str, order: str, *, since: int = 1990) -> dt.datetime | None:
    """A day, with its time if that is given; nine in the morning otherwise. Days before the year `since` are
    none."""
    try:
        found: dt.datetime | None = dt.datetime.fromisoformat(said)
    except ValueError:
        found = None
        for pattern in DAY_ORDERS[order]:
            for shape in (pattern, f"{pattern} %H:%M", f"{pattern} %H:%M:%S"):
                try:
                    found = dt.datetime.strptime(said, shape)  # noqa: DTZ007 - the office's own time is put on below
                except ValueError:
                    continue
                break
            if found is not None:
                break
    if found is None or not since <= found.year <= 2100:
        return None
    if found.time() == dt.time() and ":" not in said:
        found = found.replace(hour=9)
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def as_csv(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """CSV with a mark of its encoding; what a spreadsheet would take for a formula begins with an
    apostrophe, so that it is harmless when opened."""
    made = io.StringIO()
    writer = csv.writer(made)
    for row in (heading, *rows):
        writer.writerow([harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def pairs_in(text: str) -> dict[str, str]:
    """`LD = general-enquiry`, one a line: their word, then ours."""
    pairs = (line.partition("=") for line in text.splitlines())
    return {theirs.strip(): ours.strip() for theirs, mark, ours in pairs if mark and theirs.strip()}
