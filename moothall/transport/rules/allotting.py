"""A job is allotted to a contractor's vehicle and crew, and what keeps it from going on a day.

Whatever has run out bars: nothing is allotted whose papers do not count on the first day, which the database
holds too; and on the days after a paper ran out the job is barred, and its journeys are unresolved.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import (
    Allotment,
    Contract,
    Contractor,
    ContractorStaff,
    OffRoad,
    PaperKind,
    Sanction,
    Vehicle,
)
from moothall.transport.models.dated import DAY, Dated
from moothall.transport.models.paper import ASSISTANT, CONTRACTOR, DRIVER, VEHICLE

from . import firm_refusals as refusals
from .contracting import hold
from .keeping import check_days, end_before
from .papers import Held, Holder, Lack

LACKS, RAN_OUT, WAITS = "LACKS", "RAN_OUT", "WAITS"
SUSPENDED, ENDED, OFF_ROAD, NO_CONTRACT = "SUSPENDED", "ENDED", "OFF_ROAD", "NO_CONTRACT"
WITH: Final = (
    "contractor", "contract", "vehicle__kind", "driver__person", "driver__contractor", "assistant__person",
    "assistant__contractor",
)  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """One thing that keeps somebody or something from a job on a day."""

    why: str
    holder: Holder
    kind: PaperKind | None = None
    on: dt.date | None = None

    def __str__(self) -> str:
        language = get_language() or "en"
        named = {
            "who": str(self.holder), "paper": self.kind.name_in(language) if self.kind else "",
            "day": date_format(self.on, "j F Y") if self.on else "",
        }  # fmt: skip
        return _sentence(self.why) % named


def _sentence(why: str) -> str:
    return {
        LACKS: _("%(who)s has no %(paper)s on record"),
        RAN_OUT: _("%(paper)s of %(who)s ran out on %(day)s"),
        WAITS: _("nobody has verified the %(paper)s of %(who)s"),
        SUSPENDED: _("%(who)s is suspended"),
        ENDED: _("%(who)s does not work for us on that day"),
        OFF_ROAD: _("%(who)s is off the road"),
        NO_CONTRACT: _("%(who)s has no contract on that day"),
    }[why]


@transaction.atomic
def allot(
    *, job: str, contractor: Contractor, vehicle: Vehicle, driver: ContractorStaff, from_on: dt.date,
    by: Account | None, at: dt.datetime, assistant: ContractorStaff | None = None,
    until_on: dt.date | None = None,
) -> Allotment:  # fmt: skip
    """From that day on they do it; whoever did it before ends the day before. Refused where anything that it
    needs does not count on its first day."""
    held = hold(contractor)
    check_days(from_on, until_on)
    if not job.strip():
        raise refusals.JobNeeded
    _check_theirs(held, vehicle, driver, assistant)
    made = Allotment(
        job=job.strip()[:40], contractor=held, contract=contract_on(held, from_on), vehicle=vehicle,
        driver=driver, assistant=assistant, from_on=from_on, until_on=until_on, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    bars = bars_of([made], on=from_on)[0]
    if bars:
        raise refusals.NotAllottable(
            _("This cannot be allotted for %(day)s: %(why)s.")
            % {"day": date_format(from_on, "j F Y"), "why": "; ".join(map(str, bars))}
        )
    end_before(Allotment.objects.filter(contractor=held, job=made.job), from_on)
    made.save(force_insert=True)
    detail = {"job": made.job, "vehicle": vehicle.registration, "driver": driver.badge}
    append_audit("transport.allot", about=held, by=by, at=at, detail=detail)
    return made


def _check_theirs(
    contractor: Contractor, vehicle: Vehicle, driver: ContractorStaff, assistant: ContractorStaff | None
) -> None:
    if vehicle.contractor_id != contractor.pk or driver.contractor_id != contractor.pk:
        raise refusals.NotTheirs
    if assistant is not None and assistant.contractor_id != contractor.pk:
        raise refusals.NotTheirs
    if not driver.drives or (assistant is not None and not assistant.assists):
        raise refusals.NotTheirPart
    if assistant is not None and assistant.person_id == driver.person_id:
        raise refusals.DrivesAndAssists


def contract_on(contractor: Contractor, on: dt.date) -> Contract | None:
    return Contract.objects.in_force(on).filter(contractor=contractor).order_by("-from_on", "-id").first()


@transaction.atomic
def end_allotment(allotment: Allotment, *, until_on: dt.date, by: Account, at: dt.datetime) -> Allotment:
    """That day is its last; one that has not begun by then is taken back."""
    held = Allotment.objects.select_for_update(of=("self",)).select_related("contractor").get(pk=allotment.pk)
    if held.withdrawn_at is not None or (held.until_on is not None and held.until_on <= until_on):
        raise refusals.EndedAlready
    if until_on < held.from_on:
        held.withdrawn_at, held.withdrawn_by = at, by
    else:
        held.until_on = until_on
    held.save(update_fields=["until_on", "withdrawn_at", "withdrawn_by"])
    detail = {"job": held.job, "until": until_on.isoformat()}
    append_audit("transport.end_allotment", about=held.contractor, by=by, at=at, detail=detail)
    return held


@transaction.atomic
def take_back(allotment: Allotment, *, by: Account, at: dt.datetime) -> Allotment:
    """It was allotted by mistake: it never was, and the one that it ended holds on."""
    held = Allotment.objects.select_for_update(of=("self",)).select_related("contractor").get(pk=allotment.pk)
    if held.withdrawn_at is not None:
        raise refusals.EndedAlready
    Allotment.objects.filter(pk=held.pk).update(withdrawn_at=at, withdrawn_by=by)
    same = Allotment.objects.standing().filter(contractor=held.contractor_id, job=held.job)
    before = same.filter(until_on=held.from_on - DAY).first()
    if before is not None:
        Allotment.objects.filter(pk=before.pk).update(until_on=held.until_on)
    append_audit(
        "transport.take_back_allotment", about=held.contractor, by=by, at=at, detail={"job": held.job}
    )
    held.refresh_from_db()
    return held


class Known:
    """What is known of some allotments between two days, in a handful of questions however many they are."""

    def __init__(self, allotments: Sequence[Allotment], first: dt.date, last: dt.date) -> None:
        self.held = Held([holder for each in allotments for holder, _of in _parts(each)], first, last)
        firms = {each.contractor_id for each in allotments}
        sanctions = Sanction.objects.between(first, last).filter(contractor__in=firms)
        self.sanctions = list(sanctions.filter(kind__in=Sanction.BARRING))
        vehicles = {each.vehicle_id for each in allotments}
        self.off_road = list(OffRoad.objects.between(first, last).filter(vehicle__in=vehicles))
        self.contracts = list(Contract.objects.between(first, last).filter(contractor__in=firms))

    def bars(self, each: Allotment, on: dt.date) -> list[Bar]:
        return [*_ended(each, on), *self._kept_away(each, on), *_lacking(each, self.held, on)]

    def changes(self, each: Allotment) -> list[dt.date]:
        """Every day on which anything of it may begin or cease to hold."""
        papers = [paper for holder, _of in _parts(each) for paper in self.held.of(holder)]
        ends = [paper.expires_on for paper in papers]
        ends += [each.contractor.ended_on, each.vehicle.gone_on, *(one.until_on for one in _crew(each))]
        ends += [one.until_on for one in self.contracts if one.contractor_id == each.contractor_id]
        begins = [rule.from_on for rule in self.held.rules]
        begins += [one.from_on for one in self.sanctions if one.contractor_id == each.contractor_id]
        begins += [one.from_on for one in self.off_road if one.vehicle_id == each.vehicle_id]
        return [*begins, *(day + DAY for day in ends if day is not None)]

    def _kept_away(self, each: Allotment, on: dt.date) -> list[Bar]:
        theirs = [one for one in self.sanctions if one.contractor_id == each.contractor_id and holds(one, on)]
        whole = [one for one in theirs if one.vehicle_id is None and one.member_id is None]
        bars = [Bar(SUSPENDED, each.contractor)] if whole else []
        if any(one.vehicle_id == each.vehicle_id for one in theirs):
            bars.append(Bar(SUSPENDED, each.vehicle))
        named = {one.member_id for one in theirs}
        bars += [Bar(SUSPENDED, one) for one in _crew(each) if one.pk in named]
        if any(one.vehicle_id == each.vehicle_id and holds(one, on) for one in self.off_road):
            bars.append(Bar(OFF_ROAD, each.vehicle))
        if not any(one.contractor_id == each.contractor_id and holds(one, on) for one in self.contracts):
            bars.append(Bar(NO_CONTRACT, each.contractor))
        return bars


def holds(row: Dated, on: dt.date) -> bool:
    return row.from_on <= on and (row.until_on is None or row.until_on >= on)


def bars_of(allotments: Sequence[Allotment], *, on: dt.date) -> list[list[Bar]]:
    """What keeps each of them from going that day."""
    known = Known(allotments, on, on)
    return [known.bars(each, on) for each in allotments]


def _parts(each: Allotment) -> list[tuple[Holder, str]]:
    found: list[tuple[Holder, str]] = [
        (each.contractor, CONTRACTOR), (each.vehicle, VEHICLE), (each.driver, DRIVER)
    ]  # fmt: skip
    if each.assistant is not None:
        found.append((each.assistant, ASSISTANT))
    return found


def _crew(each: Allotment) -> list[ContractorStaff]:
    return [one for one in (each.driver, each.assistant) if one is not None]


def _ended(each: Allotment, on: dt.date) -> list[Bar]:
    bars: list[Bar] = []
    if each.contractor.ended_on is not None and each.contractor.ended_on < on:
        bars.append(Bar(ENDED, each.contractor))
    if each.vehicle.gone_on is not None and each.vehicle.gone_on < on:
        bars.append(Bar(ENDED, each.vehicle))
    return bars + [Bar(ENDED, one) for one in _crew(each) if not one.works(on)]


def _lacking(each: Allotment, held: Held, on: dt.date) -> list[Bar]:
    bars = []
    for holder, of in _parts(each):
        for lack in held.lacking(holder, of, on=on):
            bars.append(bar_of(lack))
    return bars


def bar_of(lack: Lack) -> Bar:
    why = RAN_OUT if lack.ran_out_on else WAITS if lack.waits else LACKS
    return Bar(why, lack.holder, lack.kind, lack.ran_out_on)


@dataclass(frozen=True)
class Barred:
    """A job that cannot go as it is allotted: the first such day, and why."""

    allotment: Allotment
    day: dt.date
    bars: list[Bar]


def barred_between(first: dt.date, last: dt.date) -> list[Barred]:
    """Each allotment that cannot go on some day, by its first such day; constant in questions. It is looked
    at on its first day there and on those on which something changes."""
    rows = list(Allotment.objects.between(first, last).select_related(*WITH).order_by("job", "id"))
    known, found = Known(rows, first, last), []
    for each in rows:
        begins = max(first, each.from_on)
        for day in sorted({begins, *(one for one in known.changes(each) if begins < one <= last)}):
            if holds(each, day) and (bars := known.bars(each, day)):
                found.append(Barred(each, day, bars))
                break
    return sorted(found, key=lambda one: (one.day, one.allotment.job, one.allotment.pk))


def barred_jobs(day: dt.date, *, jobs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Of these jobs, each a contractor's name and a number, those that cannot go that day, and why. A job
    that nobody has allotted is not barred: it is as the contractor arranges it."""
    wanted = set(jobs)
    if not wanted:
        return {}
    names = {name for name, _job in wanted}
    rows = Allotment.objects.in_force(day).filter(
        contractor__name__in=names, job__in={job for _name, job in wanted}
    )
    found = [each for each in rows.select_related(*WITH) if (each.contractor.name, each.job) in wanted]
    return {
        (each.contractor.name, each.job): "; ".join(map(str, bars))
        for each, bars in zip(found, bars_of(found, on=day), strict=True)
        if bars
    }
