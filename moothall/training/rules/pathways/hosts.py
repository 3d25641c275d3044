"""Hosts and tutors: added, changed, and taken out of the list."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from moothall.bookings.models import Feature
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import District, Pathway, PathwayTutor, PlacementHost
from moothall.workforce.models import EmployeeSkill, Employment

from .refusals import HostThere, TakenBackAlready, TutorThere, TutorUnable


@dataclass(frozen=True)
class HostContent:
    """What is known of a host."""

    name: str
    district: District
    places: int = 2
    features: Collection[Feature] = ()
    contact_name: str = ""
    contact_email: str = ""
    language: str = "en"
    about: str = ""
    assessed_until: dt.date | None = None


def _fill(host: PlacementHost, content: HostContent) -> None:
    others = PlacementHost.objects.filter(name=content.name.strip()).exclude(pk=host.pk)
    if others.exists():
        raise HostThere
    for name, value in vars(content).items():
        if name != "features":
            setattr(host, name, value.strip() if isinstance(value, str) else value)
    host.save()
    host.features.set(content.features)


@transaction.atomic
def add_host(content: HostContent, *, by: Account | None, at: dt.datetime) -> PlacementHost:
    made = PlacementHost(added_at=at, added_by=by)
    _fill(made, content)
    append_audit("training.add_host", about=made, by=by, at=at)
    return made


@transaction.atomic
def change_host(host: PlacementHost, content: HostContent, *, by: Account, at: dt.datetime) -> PlacementHost:
    """From now on; whoever is with them already stays."""
    held = PlacementHost.objects.select_for_update(of=("self",)).get(pk=host.pk)
    _fill(held, content)
    append_audit("training.change_host", about=held, by=by, at=at)
    return held


@transaction.atomic
def retire_host(host: PlacementHost, *, by: Account, at: dt.datetime) -> None:
    """Nobody new goes to them."""
    if not PlacementHost.objects.filter(pk=host.pk, retired_at=None).update(retired_at=at):
        raise TakenBackAlready
    append_audit("training.retire_host", about=host, by=by, at=at)


@transaction.atomic
def take_up_host(host: PlacementHost, *, by: Account, at: dt.datetime) -> None:
    if not PlacementHost.objects.filter(pk=host.pk, retired_at__isnull=False).update(retired_at=None):
        raise TakenBackAlready
    append_audit("training.take_up_host", about=host, by=by, at=at)


@transaction.atomic
def add_tutor(
    employment: Employment, *, district: District, most: int, by: Account | None, at: dt.datetime
) -> PathwayTutor:
    """They take students, so many at once, if they can do what the pathways ask of tutors."""
    Employment.objects.select_for_update(no_key=True).get(pk=employment.pk)
    if PathwayTutor.objects.standing().filter(employment=employment).exists():
        raise TutorThere
    asked = Pathway.objects.in_use().filter(tutor_skill__isnull=False).order_by().values("tutor_skill")
    able = EmployeeSkill.objects.filter(
        employment=employment, skill__in=asked, ended_at=None, level__gte=EmployeeSkill.ABLE
    )
    if asked.exists() and not able.exists():
        raise TutorUnable
    made = PathwayTutor.objects.create(
        employment=employment, district=district, most=most, added_at=at, added_by=by
    )
    append_audit("training.add_tutor", about=made, by=by, at=at)
    return made


@transaction.atomic
def stop_tutor(tutor: PathwayTutor, *, by: Account, at: dt.datetime) -> None:
    """They take nobody new; whom they have they keep."""
    if not PathwayTutor.objects.filter(pk=tutor.pk, stopped_at=None).update(stopped_at=at, stopped_by=by):
        raise TakenBackAlready
    append_audit("training.stop_tutor", about=tutor, by=by, at=at)


@transaction.atomic
def take_up_tutor(tutor: PathwayTutor, *, by: Account, at: dt.datetime) -> None:
    if PathwayTutor.objects.standing().filter(employment=tutor.employment_id).exists():
        raise TutorThere
    if not PathwayTutor.objects.filter(pk=tutor.pk, stopped_at__isnull=False).update(
        stopped_at=None, stopped_by=None
    ):
        raise TakenBackAlready
    append_audit("training.take_up_tutor", about=tutor, by=by, at=at)
