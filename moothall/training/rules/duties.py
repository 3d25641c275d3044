"""Duties from the duty system: a file is read, its differences are shown with what they would put below a
minimum, and only then it is carried out."""

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import DutyChange, DutyFile, DutyLine, TeamDay
from moothall.training.models.ledger import PARTS
from moothall.workforce.models import Assignment, Employment

from .ledger import line_words, recount
from .refusals import FileUnreadable, NotWaiting

COLUMNS: Final = ("number", "day", "part", "kind")
MOST_ROWS: Final = 400_000
MOST_BELOW: Final = 200
AT_ONCE: Final = 2000
KINDS: Final = {key for key, _words in DutyLine.KINDS}
SHORT: Final = {key for key, _words in PARTS}
Row = tuple[int, dict[str, str]]


def _rows(content: bytes) -> Iterator[Row]:
    """Each line below the heading, numbered as a spreadsheet counts."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = {(each or "").strip().lower() for each in reader.fieldnames or ()}
    if missing := [each for each in COLUMNS if each not in names]:
        words = _("The file has no column %(columns)s.")
        raise FileUnreadable(words % {"columns": ", ".join(missing)})
    for number, row in enumerate(reader, 2):
        if number > MOST_ROWS:
            raise FileUnreadable(_("The file has more than %(most)s lines.") % {"most": MOST_ROWS})
        yield (
            number,
            {(key or "").strip().lower(): (value or "").strip() for key, value in row.items() if key},
        )


def _meaning(row: Mapping[str, str]) -> tuple[dt.date, str, str] | str:
    """The day, the part of it and the kind of duty; or why it cannot be read."""
    try:
        day = dt.date.fromisoformat(row["day"])
    except ValueError:
        return _("“%(said)s” is not a day like 2027-04-05.") % {"said": row["day"][:40]}
    kind, part = row["kind"].upper() or DutyLine.DUTY, row["part"].upper()
    if kind not in KINDS:
        return _("“%(said)s” is no kind of duty: %(known)s.") % {
            "said": row["kind"][:40], "known": ", ".join(sorted(KINDS)),
        }  # fmt: skip
    if kind == DutyLine.REST:
        return day, "", kind
    if part not in SHORT:
        return _("“%(said)s” is no part of the day: E, L, N or D.") % {"said": row["part"][:40]}
    return day, part, kind


@transaction.atomic
def bring_duties(content: bytes, *, name: str, by: Account | None, at: dt.datetime) -> DutyFile:
    """Keep what the file would change. Nothing is changed yet."""
    rows = list(_rows(content))
    numbers = {row["number"].upper() for _n, row in rows}
    staff = dict(Employment.objects.filter(number__in=numbers).values_list("number", "pk"))
    file = DutyFile.objects.create(
        name=name[:200],
        digest=hashlib.sha256(content).hexdigest(),
        rows=len(rows),
        brought_at=at,
        brought_by=by,
    )
    changes, same = _compare(rows, staff)
    for each in changes:
        each.file = file
    DutyChange.objects.bulk_create(changes, batch_size=AT_ONCE)
    days = [each.day for each in changes if each.day is not None]
    file.same = same
    file.first_on, file.last_on = min(days, default=None), max(days, default=None)
    file.below = _would_be_below(file, at=at)
    file.save(update_fields=["same", "first_on", "last_on", "below"])
    append_audit("training.bring_duties", about=file, by=by, at=at, detail={"rows": len(rows)})
    return file


def _compare(rows: Iterable[Row], staff: Mapping[str, int]) -> tuple[list[DutyChange], int]:
    """What is new, what differs, what cannot be read; and how many say what is known. Of two lines for one
    person and day the last one counts."""
    refused, said = [], {}
    for number, row in rows:
        meaning, who = _meaning(row), staff.get(row["number"].upper())
        if who is None:
            meaning = _("Nobody has the staff number “%(number)s”.") % {"number": row["number"][:20]}
        if isinstance(meaning, str):
            refused.append(DutyChange(number=number, sort=DutyChange.REFUSED, said=meaning[:300]))
        elif who is not None:
            said[who, meaning[0]] = (number, meaning)
    known = _known({who for who, _day in said}, {day for _who, day in said})
    found, same = [], 0
    for (who, day), (number, (_day, part, kind)) in said.items():
        before = known.get((who, day))
        if before == (part, kind):
            same += 1
            continue
        sort = DutyChange.NEW if before is None else DutyChange.CHANGED
        found.append(
            DutyChange(
                number=number, sort=sort, employment_id=who, day=day, part=part, kind=kind,
                before=" ".join(before or ()).strip(),
            )
        )  # fmt: skip
    return sorted([*found, *refused], key=lambda each: each.number), same


def _known(people: set[int], days: set[dt.date]) -> dict[tuple[int, dt.date], tuple[str, str]]:
    if not days:
        return {}
    rows = DutyLine.objects.filter(employment__in=people, day__gte=min(days), day__lte=max(days))
    found = rows.values_list("employment_id", "day", "part", "kind")
    return {(who, day): (part, kind) for who, day, part, kind in found}


def _would_be_below(file: DutyFile, *, at: dt.datetime) -> list[dict[str, Any]]:
    """The dry run: carried out and counted, and then taken back as if it had never been."""
    with transaction.atomic():
        below = _apply(file, at=at)
        said = [{"unit": str(each.unit), "words": line_words(each)} for each in below[:MOST_BELOW]]
        transaction.set_rollback(True)
    return said


def _apply(file: DutyFile, *, at: dt.datetime) -> list[TeamDay]:
    """Write the duties, and count the teams concerned anew."""
    rows = file.changes.exclude(sort=DutyChange.REFUSED).order_by("employment", "day")
    lines = [
        DutyLine(employment_id=each.employment_id, day=each.day, part=each.part, kind=each.kind, file=file)
        for each in rows
        if each.employment_id is not None and each.day is not None
    ]
    DutyLine.objects.bulk_create(
        lines, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["employment", "day"],
        update_fields=["part", "kind", "file"],
    )  # fmt: skip
    if file.first_on is None or file.last_on is None:
        return []
    there = Assignment.objects.between(file.first_on, file.last_on).filter(
        employment__in={each.employment_id for each in lines}, is_main=True
    )
    units = sorted(set(there.order_by().values_list("unit_id", flat=True)))
    return recount(units, file.first_on, file.last_on, at=at)


def _hold(file: DutyFile) -> DutyFile:
    held = DutyFile.objects.select_for_update().get(pk=file.pk)
    if held.state != DutyFile.READ:
        raise NotWaiting
    return held


@transaction.atomic
def carry_out_duties(file: DutyFile, *, by: Account | None, at: dt.datetime) -> DutyFile:
    """What was shown is done. What is below its minimum since is named."""
    held = _hold(file)
    below = _apply(held, at=at)
    held.below = [{"unit": str(each.unit), "words": line_words(each)} for each in below[:MOST_BELOW]]
    held.state, held.done_at, held.done_by = DutyFile.DONE, at, by
    held.save(update_fields=["below", "state", "done_at", "done_by"])
    append_audit("training.carry_out_duties", about=held, by=by, at=at)
    return held


@transaction.atomic
def put_duties_aside(file: DutyFile, *, by: Account | None, at: dt.datetime) -> DutyFile:
    """Nothing of it is done."""
    held = _hold(file)
    held.state, held.done_at, held.done_by = DutyFile.PUT_ASIDE, at, by
    held.save(update_fields=["state", "done_at", "done_by"])
    append_audit("training.put_duties_aside", about=held, by=by, at=at)
    return held
