"""Who is with which host or tutor: kept as planned, found anew, or chosen by hand."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Attachment, PathwayTutor, PlacementHost
from moothall.training.models.student import AttachmentQuerySet
from moothall.training.planning.journeys import minutes_between
from moothall.training.planning.stays import Stay, Wanted, find_stays

from . import telling
from .refusals import (
    HostFull,
    HostInOwnDistrict,
    HostNotAssessed,
    HostWithoutAccess,
    NotOnTheWay,
)


def keep_stays(stays: Iterable[Stay], *, by: Account | None, at: dt.datetime) -> list[Attachment]:
    """What was planned, as rows."""
    return Attachment.objects.bulk_create(
        Attachment(
            student_id=each.student, module=each.module, host_id=each.host, tutor_id=each.tutor,
            first_on=each.weeks[0], last_on=each.last_on, minutes=each.minutes, why=each.why, arranged_at=at,
            arranged_by=by,
        )
        for each in stays
    )  # fmt: skip


def attach_anew(wanted: Sequence[Wanted], *, by: Account | None, at: dt.datetime) -> list[Attachment]:
    """Somebody else for these students in these modules, or why nobody; what they had is free."""
    freed = Attachment.objects.none()
    for module, _weeks, students in wanted:
        freed = freed | Attachment.objects.filter(module=module, student__in=[each.pk for each in students])
    _hold_takers()
    found = find_stays(wanted, freed=freed)
    Attachment.objects.filter(pk__in=list(freed.order_by("pk").values_list("pk", flat=True))).delete()
    return keep_stays(found, by=by, at=at)


def _hold_takers() -> None:
    """Nobody else takes places while these are found."""
    list(PlacementHost.objects.select_for_update().order_by("pk").values_list("pk"))
    list(PathwayTutor.objects.select_for_update().order_by("pk").values_list("pk"))


@transaction.atomic
def attach_by_hand(
    attachment: Attachment, *, to: PlacementHost | PathwayTutor, by: Account, at: dt.datetime
) -> Attachment:
    """This host or tutor, because somebody says so; what the planner must keep, a person must keep too."""
    held = Attachment.objects.select_for_update(of=("self",)).in_full().get(pk=attachment.pk)
    if not held.student.is_on:
        raise NotOnTheWay
    if isinstance(to, PlacementHost):
        _refuse_host(held, PlacementHost.objects.select_for_update(of=("self",)).get(pk=to.pk))
    else:
        taker = PathwayTutor.objects.select_for_update().get(pk=to.pk)
        _refuse_full(held, Attachment.objects.filter(tutor=taker), taker.most)
    held.host = to if isinstance(to, PlacementHost) else None
    held.tutor = None if isinstance(to, PlacementHost) else to
    held.minutes, held.why, held.by_hand = minutes_between(held.student.district, to.district), "", True
    held.arranged_at, held.arranged_by = at, by
    held.save()
    append_audit("training.attach", about=held.student, by=by, at=at, detail={"module": held.module_id})
    if held.student.cohort.told_at is not None:
        telling.tell_of_attachment(held, by=by, at=at)
        Attachment.objects.filter(pk=held.pk).update(told_at=at)
    return held


def _refuse_host(held: Attachment, host: PlacementHost) -> None:
    student = held.student
    if host.district_id == student.district_id:
        raise HostInOwnDistrict
    if host.assessed_until is not None and host.assessed_until < held.last_on:
        raise HostNotAssessed
    has = set(host.features.values_list("pk", flat=True))
    if not set(student.needs.values_list("pk", flat=True)) <= has:
        raise HostWithoutAccess
    _refuse_full(held, Attachment.objects.filter(host=host), host.places)


def _refuse_full(held: Attachment, theirs: AttachmentQuerySet, most: int) -> None:
    rows = (
        theirs.standing().exclude(pk=held.pk).filter(first_on__lte=held.last_on, last_on__gte=held.first_on)
    )
    spans = list(rows.order_by().values_list("first_on", "last_on"))
    if busiest(spans, held.first_on, held.last_on) >= most:
        raise HostFull


def busiest(spans: Sequence[tuple[dt.date, dt.date]], first: dt.date, last: dt.date) -> int:
    """How many of these spans, both ends included, are there on the busiest day between the two: it is one on
    which some span begins, or the first."""
    days = {max(begins, first) for begins, ends in spans if begins <= last and ends >= first}
    return max((sum(begins <= day <= ends for begins, ends in spans) for day in days), default=0)
