"""Each row of an extract against our record: joiner, mover, leaver, details that differ, or the same.

Nothing but the rows themselves is written.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.people.models import Account, ContactPoint
from moothall.people.models.contact_folding import fold_email
from moothall.workforce.models import Assignment, Employment, StaffImport, StaffRow

from .columns import FIELDS, Means
from .meaning import Known, Reader, Said, number_of

BATCH = 500
TERMS = ("unit", "contract", "contract_ends_on", "weekly_hours", "fte")
DETAILS = ("name", "ni_number", "continuous_from", "born_on", "email")
NEEDED = ("name", "started_on", "unit")


@dataclass(frozen=True)
class Ours:
    """What we have of those whom a batch of rows names."""

    employments: Mapping[str, Employment]
    assignments: Mapping[int, list[Assignment]]
    mails: Mapping[int, set[str]]

    def on(self, employment: Employment, day: dt.date) -> Assignment | None:
        """What they do on that day, else what they did last or do first."""
        rows = self.assignments.get(employment.pk, [])
        there = [row for row in rows if row.from_on <= day and (not row.until_on or row.until_on >= day)]
        return (there or rows[-1:] or [None])[0]  # type: ignore[list-item]


def ours_of(keys: Iterable[str]) -> Ours:
    found = Employment.objects.filter(number__in=set(keys)).select_related("person", "ended_because")
    employments = {row.number: row for row in found}
    ids = [row.pk for row in employments.values()]
    rows = Assignment.objects.standing().filter(employment__in=ids, is_main=True).in_full()
    assignments: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows.order_by("from_on", "id"):
        assignments[row.employment_id].append(row)
    mails: dict[int, set[str]] = defaultdict(set)
    people = [row.person_id for row in employments.values()]
    points = ContactPoint.objects.in_use().filter(person__in=people, kind=ContactPoint.EMAIL)
    for person, folded in points.values_list("person_id", "folded"):
        mails[person].add(folded)
    return Ours(employments, assignments, mails)


class Comparing:
    """Compares rows of one table, a batch at a time."""

    def __init__(self, table: StaffImport, *, today: dt.date) -> None:
        self.table, self.means = table, Means.of(table.means)
        self.reader = Reader(self.means, table.columns, Known.now())
        given = self.means.changes_from
        self.day = dt.date.fromisoformat(given) if given else today
        self.numbers = self._numbers()

    def _numbers(self) -> set[str]:
        """Everybody who may be named as a manager: ours, and whoever stands in the file."""
        place = self.reader.places["number"]
        cells = StaffRow.objects.filter(table=self.table).values_list("cells", flat=True)
        theirs = {number_of(row[place]) for row in cells.iterator()}
        return theirs | set(Employment.objects.values_list("number", flat=True))

    def judge(self, row: StaffRow, said: Said, ours: Ours, by: Account | None) -> None:
        employment = ours.employments.get(said.number)
        row.employment, row.changes = employment, {}
        if said.manager and said.manager not in self.numbers:
            words = _("Nobody has the number %s, here or in the file. Check it, or leave it empty.")
            return refuse(row, f"{FIELDS['manager']}: {words % said.manager}")
        if employment is None:
            return self._joiner(row, said)
        if by is not None and by.person_id is not None and by.person_id == employment.person_id:
            return refuse(row, _("This is your own record. A colleague has to bring it in."))
        day = said.from_on or self.day
        held = ours.on(employment, max(day, employment.started_on))
        terms = term_changes(said, held)
        details = detail_changes(said, employment, ours.mails.get(employment.person_id, set()))
        row.changes = {name: [spoken(mine), spoken(theirs)] for name, (mine, theirs) in terms.items()}
        row.changes |= {name: list(pair) for name, pair in details.items()}
        return self._known(row, said, employment, terms=bool(terms), details=bool(details))

    def _joiner(self, row: StaffRow, said: Said) -> None:
        lacks = [str(FIELDS[name]) for name in NEEDED if not getattr(said, name)]
        if said.post is None and not (said.post_number and said.post_title):
            lacks.append(str(FIELDS["post_title"]))
        if lacks:
            words = _("To add somebody new, these are needed as well: %s.")
            return refuse(row, words % ", ".join(lacks))
        row.kind = StaffRow.JOINER
        return None

    def _known(
        self, row: StaffRow, said: Said, employment: Employment, *, terms: bool, details: bool
    ) -> None:
        if employment.ended_on and said.ended_on != employment.ended_on:
            words = _("Our record ends on %(ours)s, theirs says %(theirs)s. Put one of them right by hand.")
            theirs = spoken(said.ended_on) or _("nothing")
            return refuse(row, words % {"ours": spoken(employment.ended_on), "theirs": theirs})
        if said.started_on and said.started_on != employment.started_on:
            words = _("Our record begins on %(ours)s, theirs on %(theirs)s. Put one of them right by hand.")
            days = {"ours": spoken(employment.started_on), "theirs": spoken(said.started_on)}
            return refuse(row, words % days)
        if said.ended_on and not employment.ended_on:
            kept = {name: pair for name, pair in row.changes.items() if name in DETAILS}
            row.changes = {"ended_on": ["", spoken(said.ended_on)], **kept}
            row.kind = StaffRow.LEAVER
        elif terms:
            row.kind = StaffRow.MOVER
        else:
            row.kind = StaffRow.CHANGED if details else StaffRow.SAME
        return None


def refuse(row: StaffRow, reason: str) -> None:
    row.kind, row.reason, row.changes = StaffRow.REFUSED, reason, {}


def term_changes(said: Said, held: Assignment | None) -> dict[str, tuple[Any, Any]]:
    """What differs of what they do; what the row does not say does not differ."""
    if held is None:
        return {}
    found: dict[str, tuple[Any, Any]] = {}
    for name in TERMS:
        mine, theirs = getattr(held, name), getattr(said, name)
        if theirs not in (None, "") and mine != theirs:
            found[name] = (mine, theirs)
    number = said.post.number if said.post else said.post_number
    if number and number.casefold() != held.post.number.casefold():
        found["post"] = (held.post, said.post or f"{said.post_title} ({said.post_number})")
    manager = held.manager.number if held.manager else ""
    if said.manager and said.manager != manager:
        found["manager"] = (manager, said.manager)
    return found


def detail_changes(said: Said, employment: Employment, mails: set[str]) -> dict[str, tuple[str, str]]:
    """What differs of who they are, as it is shown: a National Insurance number by its end."""
    person = employment.person
    mine: dict[str, Any] = {
        "name": person.full_name, "ni_number": employment.ni_number, "born_on": person.born_on,
        "continuous_from": employment.continuous_from,
    }  # fmt: skip
    found = {}
    for name, value in mine.items():
        theirs = getattr(said, name)
        if theirs and theirs != value:
            shown = _end_of if name == "ni_number" else spoken
            found[name] = (shown(value), shown(theirs))
    if said.email and fold_email(said.email) not in mails:
        found["email"] = ("", said.email)
    return found


def _end_of(number: str) -> str:
    return f"…{number[-3:]}" if number else ""


def spoken(value: Any) -> str:
    """As the page shows it."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else str(value)


def compare_rows(table: StaffImport, *, today: dt.date) -> None:
    """Say of each row what would become of it."""
    comparing = Comparing(table, today=today)
    seen = set(StaffRow.objects.filter(table=table).exclude(kind="").values_list("key", flat=True)) - {""}
    waiting = StaffRow.objects.filter(table=table, kind="").order_by("number")
    while rows := list(waiting[:BATCH]):
        _compare(rows, comparing, seen)
        with transaction.atomic():
            StaffRow.objects.bulk_update(rows, ["kind", "reason", "key", "changes", "employment"])
            StaffImport.objects.filter(pk=table.pk).update(done=F("done") + len(rows))
    StaffImport.objects.filter(pk=table.pk, state=StaffImport.CHECKING).update(state=StaffImport.CHECKED)


def _compare(rows: Sequence[StaffRow], comparing: Comparing, seen: set[str]) -> None:
    read = [(row, *comparing.reader.read(row.cells)) for row in rows]
    ours = ours_of(said.number for _row, said, _wrong in read if said)
    for row, said, wrong in read:
        row.reason = ""
        if said is None:
            refuse(row, " ".join(wrong))
        elif said.number in seen:
            row.kind, row.reason = StaffRow.TWICE, _("Their number stands higher up; only the first is read.")
            row.key = said.number
        else:
            row.key = said.number
            seen.add(said.number)
            comparing.judge(row, said, ours, comparing.table.started_by)
