"""What payroll is told of a run, and whether what payroll did is what was told."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from moothall.core import typed
from moothall.core.refusals import Refusal
from moothall.records.rules.tables import as_csv
from moothall.terms.models import Increment, IncrementRun, PayPointRate

from .placing import yearly

HEADINGS = ("number", "name", "from_on", "scale", "from_point", "to_point", "yearly_before", "yearly_after")
NEEDED = ("number", "from_on", "to_point")
LARGEST = 5_000_000


class NotReadable(Refusal):
    sentence = _("This file cannot be read as what payroll sends.")
    next_step = _("It is a CSV file of at most 5 MB with the columns number, from_on and to_point.")


@dataclass(frozen=True)
class Difference:
    """Somebody for whom payroll has something else."""

    number: str
    ours: str
    theirs: str


@dataclass
class Report:
    """What a file of payroll says against the run."""

    same: int = 0
    differs: list[Difference] = field(default_factory=list)
    not_there: list[Difference] = field(default_factory=list)
    not_ours: list[Difference] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not (self.differs or self.not_there or self.not_ours)


def payroll_lines(run: IncrementRun) -> Iterator[list[str]]:
    """The headings, and a line for everybody who was awarded; amounts only where their rate is confirmed."""
    yield list(HEADINGS)
    rows = run.increments.filter(state=Increment.AWARDED).select_related(
        "employment__person", "from_point__scale", "to_point"
    )
    found = list(rows.order_by("employment__number"))
    rates = _rates({each.from_point_id for each in found} | {each.to_point_id or 0 for each in found})
    for each in found:
        before = _on(rates, each.from_point_id, each.due_on)
        after = _on(rates, each.to_point_id or 0, each.due_on)
        yield [
            each.employment.number, each.employment.person.full_name,
            each.due_on.isoformat(), each.from_point.scale.key, each.from_point.name,
            each.to_point.name if each.to_point else "", _said(yearly(before)), _said(yearly(after)),
        ]  # fmt: skip


def _said(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def _rates(points: set[int]) -> dict[int, list[PayPointRate]]:
    found: dict[int, list[PayPointRate]] = {}
    for rate in PayPointRate.objects.filter(point__in=points).order_by("point", "-from_on"):
        found.setdefault(rate.point_id, []).append(rate)
    return found


def _on(rates: dict[int, list[PayPointRate]], point: int, day: dt.date) -> PayPointRate | None:
    return next((rate for rate in rates.get(point, []) if rate.from_on <= day), None)


def payroll_file(run: IncrementRun) -> bytes:
    heading, *rows = payroll_lines(run)
    return as_csv(heading, rows)


def reconcile(run: IncrementRun, given: bytes, *, today: dt.date) -> Report:
    """Compare what payroll has carried out with what was awarded. Nothing is written."""
    theirs = _read(given, today)
    rows = run.increments.filter(state=Increment.AWARDED).select_related("employment", "to_point")
    report = Report()
    for each in rows.order_by("employment__number"):
        number = each.employment.number
        ours = f"{each.to_point} · {each.due_on.isoformat()}"
        said = theirs.pop(number, None)
        if said is None:
            report.not_there.append(Difference(number, ours, ""))
        elif said == ours:
            report.same += 1
        else:
            report.differs.append(Difference(number, ours, said))
    report.not_ours = [Difference(number, "", said) for number, said in sorted(theirs.items())]
    return report


def _read(given: bytes, today: dt.date) -> dict[str, str]:
    """By staff number: the point and the day, said as ours are."""
    if len(given) > LARGEST:
        raise NotReadable
    try:
        reader = csv.DictReader(io.StringIO(given.decode("utf-8-sig")))
        headings = {(name or "").strip().lower(): name for name in reader.fieldnames or []}
        if any(name not in headings for name in NEEDED):
            raise NotReadable
        found = {}
        for row in reader:
            number, day, point = (" ".join((row[headings[name]] or "").split()) for name in NEEDED)
            if number:
                read = typed.day(day, today=today) if day else None
                found[number.upper()] = f"{point} · {read.isoformat() if read else day}"
    except (UnicodeDecodeError, csv.Error) as problem:
        raise NotReadable from problem
    return found
