"""What became of a vehicle or of one of a crew, by date: runs, incidents, time off the road. Reads only.

Each source is asked once for the days that are shown; a new one is one more line of `OF_VEHICLES`, `OF_CREWS`
or `OF_STAFF`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.core.clock import LONDON, in_london
from moothall.people.models import Account, Person
from moothall.transport.models import (
    Allotment,
    ContractorStaff,
    CrewMember,
    Duty,
    Incident,
    Inspection,
    Manning,
    OffRoad,
    Paper,
    Sanction,
    StandBy,
    Vehicle,
    VehicleCheck,
)
from moothall.transport.models.incident import IncidentQuerySet

RUNS, INCIDENTS, OFF, PAPERS, SANCTIONS, OTHERS = "runs", "incidents", "off", "papers", "sanctions", "others"
CHECKS, AUDITS = "checks", "audits"
DAY: Final = dt.timedelta(days=1)
LONGEST: Final = 366


@dataclass(frozen=True)
class Span:
    """The days that are shown, both included, and for whom."""

    first: dt.date
    last: dt.date
    account: Account

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        begins = dt.datetime.combine(self.first, dt.time(), tzinfo=LONDON)
        return begins, dt.datetime.combine(self.last + DAY, dt.time(), tzinfo=LONDON)


@dataclass(frozen=True)
class Line:
    """One thing on one day."""

    day: dt.date
    kind: str
    words: str
    more: str = ""
    href: str = ""


Source = Callable[[Any, Span], Iterable[Line]]


def history_of(subject: Any, sources: Sequence[Source], span: Span) -> list[Line]:
    """The newest day first; on a day in the order of the sources."""
    found = [line for source in sources for line in source(subject, span)]
    return sorted(found, key=lambda line: line.day, reverse=True)


def span_of(first: dt.date | None, last: dt.date | None, *, account: Account, today: dt.date) -> Span:
    """The last 31 days where nothing is said; never more than a year at once."""
    until = last or today
    begins = first or until - DAY * 30
    return Span(max(min(begins, until), until - DAY * (LONGEST - 1)), until, account)


def _duty_line(duty: Duty, more: str) -> Line:
    run = duty.run
    words = _("Run %(number)s, %(from)s to %(until)s") % {
        "number": run.called, "from": f"{run.leaves_at:%H:%M}", "until": f"{run.back_at:%H:%M}",
    }  # fmt: skip
    return Line(duty.day, RUNS, words, more, reverse("crew_sheet", args=[duty.pk]))


def runs_of_vehicle(vehicle: Vehicle, span: Span) -> Iterable[Line]:
    rows = Duty.objects.filter(vehicle=vehicle, day__range=(span.first, span.last)).select_related("run")
    for duty in rows.order_by("day", "run__leaves_at", "pk"):
        yield _duty_line(duty, "")


def jobs_of_vehicle(vehicle: Vehicle, span: Span) -> Iterable[Line]:
    yield from _jobs(Q(vehicle=vehicle), span)


def _jobs(whose: Q, span: Span) -> Iterable[Line]:
    """Jobs of contractors, on the day they began."""
    rows = Allotment.objects.standing().filter(whose, from_on__range=(span.first, span.last))
    for each in rows.select_related("vehicle", "driver__person").order_by("from_on", "pk"):
        words = _("Job %(job)s from this day") % {"job": each.job}
        more = f"{each.vehicle}, {each.driver}"
        yield Line(each.from_on, RUNS, words, more, reverse("contractor", args=[each.contractor_id]))


def off_the_road(vehicle: Vehicle, span: Span) -> Iterable[Line]:
    for each in OffRoad.objects.between(span.first, span.last).filter(vehicle=vehicle):
        until = f" – {each.until_on:%d/%m/%Y}" if each.until_on else ""
        words = _("Off the road from %(day)s") % {"day": f"{each.from_on:%d/%m/%Y}{until}"}
        yield Line(max(each.from_on, span.first), OFF, words, each.because)


def incidents_of_vehicle(vehicle: Vehicle, span: Span) -> Iterable[Line]:
    yield from _incidents(Incident.objects.filter(vehicle=vehicle), span)


def _incidents(found: IncidentQuerySet, span: Span) -> Iterable[Line]:
    """Sealed ones only where this account has just said why it reads them."""
    rows = found.open_to(span.account).filter(happened_at__range=span.moments)
    for each in rows.select_related("case").order_by("happened_at", "pk"):
        words = f"{each.get_kind_display()}: {each.where}"
        day = in_london(each.happened_at).date()
        yield Line(day, INCIDENTS, words, each.what[:200], reverse("incident", args=[each.case.reference]))


def papers_of_vehicle(vehicle: Vehicle, span: Span) -> Iterable[Line]:
    yield from _papers(Q(vehicle=vehicle), span)


def _papers(whose: Q, span: Span) -> Iterable[Line]:
    language = get_language() or "en"
    rows = Paper.objects.filter(whose, issued_on__range=(span.first, span.last)).select_related("kind")
    for each in rows.order_by("issued_on", "pk"):
        until = _("counts until %(day)s") % {"day": f"{each.expires_on:%d/%m/%Y}"} if each.expires_on else ""
        more = _("withdrawn: %(why)s") % {"why": each.withdrawn_because} if each.withdrawn_at else until
        words = f"{each.kind.name_in(language)} {each.number}".strip()
        yield Line(each.issued_on, PAPERS, words, more, reverse("contractor_paper", args=[each.pk]))


def sanctions_of_vehicle(vehicle: Vehicle, span: Span) -> Iterable[Line]:
    yield from _sanctions(Q(vehicle=vehicle), span)


def _sanctions(whose: Q, span: Span) -> Iterable[Line]:
    rows = Sanction.objects.standing().filter(whose, from_on__range=(span.first, span.last))
    for each in rows.order_by("from_on", "pk"):
        yield Line(each.from_on, SANCTIONS, each.get_kind_display(), each.because)


def checks_of_vehicle(vehicle: Vehicle, span: Span) -> Iterable[Line]:
    yield from _checks(Q(vehicle=vehicle), span)


def checks_of_member(member: CrewMember, span: Span) -> Iterable[Line]:
    """Those that they carried out."""
    yield from _checks(Q(by__person=member.employment.person_id), span)


def _checks(whose: Q, span: Span) -> Iterable[Line]:
    """What was not fine is named; one that was taken back does not count."""
    rows = VehicleCheck.objects.filter(whose, undone_at=None, day__range=(span.first, span.last))
    for each in rows.select_related("vehicle").order_by("day", "pk"):
        wrong = [one["words"] for one in each.answers if not one["fine"]]
        words = _("First-use check of %(vehicle)s") % {"vehicle": each.vehicle}
        more = "; ".join(wrong) or _("everything fine")
        yield Line(each.day, CHECKS, words, more, reverse("vehicle_check", args=[each.pk]))


def audits_of_vehicle(vehicle: Vehicle, span: Span) -> Iterable[Line]:
    yield from _audits(Q(vehicle=vehicle), span)


def audits_of_staff(member: ContractorStaff, span: Span) -> Iterable[Line]:
    yield from _audits(Q(member=member), span)


def _audits(whose: Q, span: Span) -> Iterable[Line]:
    """What was carried out, with what it came to."""
    language = get_language() or "en"
    rows = Inspection.objects.visible_to(span.account).carried_out().filter(whose).in_full()
    for each in rows.filter(carried_out_on__range=(span.first, span.last)):
        words = _("Audit: %(checklist)s") % {"checklist": each.checklist.name_in(language)}
        rating = each.rating.name_in(language) if each.rating is not None else ""
        more = ", ".join(
            part for part in (rating, f"{each.score}%" if each.score is not None else "") if part
        )
        yield Line(each.carried_out_on or span.first, AUDITS, words, more,
                   reverse("inspection", args=[each.pk]))  # fmt: skip


def runs_of_member(member: CrewMember, span: Span) -> Iterable[Line]:
    rows = Manning.objects.filter(member=member, duty__day__range=(span.first, span.last))
    rows = rows.select_related("duty__run", "duty__vehicle").order_by("begins_at", "pk")
    for each in rows:
        more = ", ".join(str(one) for one in (each.get_role_display(), each.outing.vehicle) if one)
        yield _duty_line(each.outing, more)


def stand_by_of_member(member: CrewMember, span: Span) -> Iterable[Line]:
    rows = StandBy.objects.filter(member=member, day__range=(span.first, span.last)).select_related("depot")
    for each in rows.order_by("day", "pk"):
        more = _("called out") if each.called_out else ""
        yield Line(each.day, OTHERS, _("On stand-by at %(depot)s") % {"depot": each.depot}, more)


def incidents_of_member(member: CrewMember, span: Span) -> Iterable[Line]:
    yield from _incidents_of_person(member.employment.person, span)


def _incidents_of_person(person: Person, span: Span) -> Iterable[Line]:
    yield from _incidents(Incident.objects.of_person(person.pk), span)


def jobs_of_staff(member: ContractorStaff, span: Span) -> Iterable[Line]:
    yield from _jobs(Q(driver=member) | Q(assistant=member), span)


def incidents_of_staff(member: ContractorStaff, span: Span) -> Iterable[Line]:
    yield from _incidents_of_person(member.person, span)


def papers_of_staff(member: ContractorStaff, span: Span) -> Iterable[Line]:
    yield from _papers(Q(member=member), span)


def sanctions_of_staff(member: ContractorStaff, span: Span) -> Iterable[Line]:
    yield from _sanctions(Q(member=member), span)


OF_VEHICLES: Final[tuple[Source, ...]] = (
    incidents_of_vehicle, off_the_road, sanctions_of_vehicle, audits_of_vehicle, checks_of_vehicle,
    papers_of_vehicle, jobs_of_vehicle, runs_of_vehicle,
)  # fmt: skip
OF_CREWS: Final[tuple[Source, ...]] = (
    incidents_of_member, checks_of_member, stand_by_of_member, runs_of_member,
)  # fmt: skip
OF_STAFF: Final[tuple[Source, ...]] = (
    incidents_of_staff, sanctions_of_staff, audits_of_staff, papers_of_staff, jobs_of_staff,
)  # fmt: skip
