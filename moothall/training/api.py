"""Training for programs: duties handed in, and who is taken off duty."""

import datetime as dt
from typing import Annotated

from django.db import transaction
from django.http import Http404
from ninja import File, Router, Schema, Status, UploadedFile

from moothall.core.api import Id
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.people.requests import StaffRequest

from .models import Abstraction, DutyArrival
from .rules.duty_abstractions import newest_mark, times_of
from .rules.duty_arrivals import LARGEST, keep_arrival
from .rules.refusals import FileTooLarge

LARGEST_MARK = 2**63 - 1
router = Router(tags=["Training"])


class DutyFileSaid(Schema):
    """A duty file, and what became of it: KEPT, DONE, SAME, WAITS (for a person) or REFUSED and why."""

    id: int
    name: str
    state: str
    said: str
    digest: str
    arrived_at: dt.datetime
    rows: int | None
    again: bool = False


def _arrival(row: DutyArrival, *, again: bool = False) -> DutyFileSaid:
    return DutyFileSaid(
        id=row.pk, name=row.name, state=row.state, said=row.said, digest=row.digest,
        arrived_at=row.arrived_at, rows=row.file.rows if row.file else None, again=again,
    )  # fmt: skip


@router.post("/duties", url_name="api_duties", response={202: DutyFileSaid})
@transaction.non_atomic_requests
@needs("training.manage")
def hand_in_duties(request: StaffRequest, file: Annotated[UploadedFile, File()]) -> Status[DutyFileSaid]:
    """Hand in a CSV of duties (number, day, part, kind). It is kept first and read a moment later; the same
    file again is answered with `again` and changes nothing."""
    if (file.size or 0) > LARGEST:
        raise FileTooLarge
    kept, new = keep_arrival(
        file.read(), name=file.name or "duties.csv", source=DutyArrival.API, by=request.user, at=now()
    )
    return Status(202, _arrival(kept, again=not new))


@router.get("/duties/{number}", url_name="api_duty_file", response=DutyFileSaid)
@needs("training.manage")
def find_duties(request: StaffRequest, number: Id) -> DutyFileSaid:
    """What became of a duty file."""
    found = DutyArrival.objects.select_related("file").filter(pk=number).first()
    if found is None:
        raise Http404
    return _arrival(found)


class PersonTaken(Schema):
    """Somebody is taken off duty that day. `kind` is TRAINED or TEACHES; it is for a session of a course, or
    in the classes of a cohort of students, whose pathway is the course."""

    number: str
    name: str
    day: dt.date
    kind: str
    course: str
    session: int | None
    begins: dt.time
    ends: dt.time
    place: str
    cohort: str = ""


class PeopleTaken(Schema):
    """What has come and gone since a mark. Send `mark` as `since` the next time; without it comes all."""

    mark: int
    new: list[PersonTaken]
    gone: list[PersonTaken]


@router.get("/abstractions", url_name="api_abstractions", response=PeopleTaken)
@needs("training.manage")
def find_abstractions(request: StaffRequest, since: int = 0) -> PeopleTaken:
    """Who is taken off duty for training: all that stands, or only what has changed since a mark."""
    mark = newest_mark()
    known = max(0, min(since, LARGEST_MARK))
    rows = Abstraction.objects.in_full()
    rows = rows.changed_since(known) if known else rows.standing()
    new: list[PersonTaken] = []
    gone: list[PersonTaken] = []
    for each in rows:
        (new if each.ended is None else gone).append(_taken(each))
    return PeopleTaken(mark=mark, new=new, gone=gone)


def _taken(row: Abstraction) -> PersonTaken:
    session, cohort = row.session, row.cohort
    place = session.place if session else None
    course = session.version.course.key if session else cohort.pathway.key if cohort else ""
    begins, ends = times_of(row)
    return PersonTaken(
        number=row.employment.number, name=row.employment.person.full_name, day=row.day, kind=row.kind,
        course=course, session=row.session_id, begins=begins, ends=ends, place=place.name if place else "",
        cohort=cohort.name if cohort else "",
    )  # fmt: skip
