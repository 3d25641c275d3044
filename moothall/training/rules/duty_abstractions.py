"""Who is taken off duty for training: counted, and fetched by duty planning whole or as differences."""

import datetime as dt
from collections.abc import Iterable
from typing import IO, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.lists.exporting import KINDS, Cell
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Abstraction, AbstractionFetch, CohortClass, PlaceDay, TrainerDay

from .pathways.class_days import class_days

BACK: Final = dt.timedelta(days=7)  # what is longer ago is as it was
AT_ONCE: Final = 2000
ENDLESS: Final = dt.date.max
Key = tuple[int, dt.date, str, int, int]
"""Who, when, for what, and of which session and cohort: 0 where it is none."""


def newest_mark() -> int:
    found = Abstraction.objects.aggregate(begun=Max("begun"), ended=Max("ended"))
    return max(found["begun"] or 0, found["ended"] or 0)


@transaction.atomic
def note_abstractions(*, today: dt.date) -> int:
    """Bring the list up to date; the answer is how many lines came or went. Again, it changes nothing."""
    first = today - BACK
    standing = {
        (each.employment_id, each.day, each.kind, each.session_id or 0, each.cohort_id or 0): each.pk
        for each in Abstraction.objects.standing().filter(day__gte=first).select_for_update().order_by("pk")
    }
    wanted = set(_wanted(first))
    fresh = sorted(wanted - standing.keys())
    gone = [pk for key, pk in standing.items() if key not in wanted]
    if not fresh and not gone:
        return 0
    mark = newest_mark() + 1
    Abstraction.objects.filter(pk__in=gone).update(ended=mark)
    Abstraction.objects.bulk_create(
        (
            Abstraction(
                employment_id=who, day=day, kind=kind, session_id=session or None, cohort_id=cohort or None,
                begun=mark,
            )
            for who, day, kind, session, cohort in fresh
        ),
        batch_size=AT_ONCE, ignore_conflicts=True,
    )  # fmt: skip
    return len(fresh) + len(gone)


def _wanted(first: dt.date) -> Iterable[Key]:
    places = PlaceDay.objects.filter(day__gte=first).order_by("pk")
    for who, day, session in places.values_list("employment_id", "day", "nomination__session_id"):
        yield who, day, Abstraction.TRAINED, session, 0
    teaching = TrainerDay.objects.filter(day__gte=first, session__cancelled_at=None).order_by("pk")
    for who, day, session, cohort in teaching.values_list(
        "trainer_id", "day", "session_id", "held__group__cohort_id"
    ):
        yield who, day, Abstraction.TEACHES, session or 0, cohort or 0
    for each in class_days(first, ENDLESS):
        yield each.employment_id, each.day, Abstraction.TRAINED, 0, each.held.group.cohort_id


HEADINGS: Final = (
    "change", "number", "name", "day", "kind", "course", "session", "begins", "ends", "place",
    "cohort",
)  # fmt: skip


def _cells(row: Abstraction) -> list[Cell]:
    who = row.employment
    known = ["gone" if row.ended else "new", who.number, who.person.full_name, row.day, row.kind]
    begins, ends = times_of(row)
    said = [f"{begins:%H:%M}", f"{ends:%H:%M}"]
    if row.session is not None:
        place = row.session.place
        return [
            *known,
            row.session.version.course.name,
            row.session_id,
            *said,
            place.name if place else "",
            "",
        ]
    cohort = row.cohort
    return [*known, cohort.pathway.name if cohort else "", None, *said, "", cohort.name if cohort else ""]


def times_of(row: Abstraction) -> tuple[dt.time, dt.time]:
    """From when until when somebody is taken off duty that day."""
    if row.session is not None:
        return row.session.begins, row.session.ends
    return CohortClass.BEGINS, CohortClass.ENDS


@transaction.atomic
def fetch_abstractions(
    file: IO[bytes], *, kind: str, only_new: bool, by: Account, at: dt.datetime, today: dt.date
) -> int:
    """Write what stands, or what has changed since this account fetched last, as CSV or XLSX; it counts as
    fetched."""
    note_abstractions(today=today)
    last = AbstractionFetch.objects.filter(account=by).first()
    rows = Abstraction.objects.in_full()
    since = last.mark if only_new and last is not None else 0
    rows = rows.changed_since(since) if since else rows.standing().filter(day__gte=today)
    write, _type = KINDS[kind]
    count = write(file, list(HEADINGS), (_cells(each) for each in rows))
    AbstractionFetch.objects.create(account=by, mark=newest_mark(), rows=count, at=at)
    append_audit(
        "training.fetch_abstractions", about=by, by=by, at=at, detail={"rows": count, "since": since}
    )
    return count


def fetched_words(fetch: AbstractionFetch | None) -> str:
    """When somebody fetched last, in words."""
    if fetch is None:
        return _("You have not fetched it yet.")
    return _("You fetched it last on %(day)s: %(rows)s lines.") % {
        "day": f"{in_london(fetch.at):%d/%m/%Y}", "rows": fetch.rows,
    }  # fmt: skip
