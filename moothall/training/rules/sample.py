"""A year of training among the sample staff: sessions held and to come, who passed and who waits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from moothall.bookings.models import Resource
from moothall.cases.rules.reckoning import working_calendar
from moothall.core.clock import LONDON, in_london
from moothall.core.copying import Tables
from moothall.core.packs import Pack, Progress
from moothall.letters.models import Letter
from moothall.people.models import Account, Organisation, Place
from moothall.training.models import CourseVersion, Nomination, PlaceDay, Session, TrainerDay
from moothall.workforce.models import Assignment, EmployeeSkill, Employment

from .ledger import set_minimum
from .nearest import smallest_room
from .needs import note_needs
from .nominating import put_forward
from .placing import hold_session
from .rooms import name_where, take_together
from .sessions import days_from

DAY: Final = dt.timedelta(days=1)
BACK, AHEAD, EVERY = 300, 150, 12  # days; each course is held about so often
TRAINERS, TEAMS, TO_COME, WITH_ROOMS = 10, 3, 60, 12
SHARE: Final = 75
FEWEST: Final = 8  # staff, for a sample to be worth it


@dataclass
class Year:
    """What the sample is drawn from, and where its rows go."""

    dice: Random
    today: dt.date
    at: dt.datetime
    staff: Sequence[int]
    trainers: Sequence[int]
    places: Sequence[int]
    tables: Tables = field(default_factory=Tables)
    busy: set[tuple[int, dt.date]] = field(default_factory=set)


def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only for sample staff."""
    today = in_london(pack.at).date()
    versions = list(CourseVersion.objects.in_force(today).select_related("course").order_by("pk"))
    if not pack.demo or not pack.scale or not versions or Session.objects.exists():
        return
    dice = Random(f"{pack.key}/{pack.seed}/training")  # noqa: S311 # nosec B311  (a sample, not a secret)
    staff = list(Employment.objects.in_force(today).order_by("pk").values_list("pk", flat=True))
    if len(staff) < FEWEST:
        return
    progress.begin(_("A year of training"), len(versions))
    trainers = dice.sample(staff, min(TRAINERS, len(staff) // 4))
    places = list(Place.objects.order_by("pk").values_list("pk", flat=True))
    others = sorted(set(staff) - set(trainers))
    year = Year(dice, today, pack.at, others, trainers, places)
    with transaction.atomic():
        _teach(year, versions)
        for version in versions:
            _hold(year, version, min(pack.scale, 1))
            progress.advance()
        year.tables.copy()
    _take_rooms(year)
    note_needs(at=pack.at, today=today)
    _set_minimums(year)
    _put_forward(year)
    progress.end()


def _teach(year: Year, versions: Sequence[CourseVersion]) -> None:
    """Every trainer can teach what any course asks for."""
    skills = {each.skill_id for each in versions if each.skill_id}
    EmployeeSkill.objects.bulk_create(
        [
            EmployeeSkill(
                employment_id=who, skill_id=skill, level=EmployeeSkill.TEACHES, added_at=year.at,
                confirmed_at=year.at,
            )
            for who in year.trainers
            for skill in sorted(skills)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _hold(year: Year, version: CourseVersion, scale: float) -> None:
    """One session after another; those that are over were full or nearly, and most who came passed."""
    day = year.today - DAY * (BACK - year.dice.randrange(EVERY))
    while day < year.today + DAY * AHEAD:
        first = working_calendar(settings.OFFICE_CALENDAR).add_working_days(day - DAY, 1)
        days = days_from(first, version.days)
        trainers = [who for who in year.trainers if not any((who, each) in year.busy for each in days)]
        if len(trainers) >= version.trainers and (days[0] > year.today or days[-1] < year.today):
            _session(year, version, days, year.dice.sample(trainers, version.trainers))
        day += DAY * year.dice.randrange(EVERY, round(EVERY * 2.5 / max(scale, 0.4)))


def _session(year: Year, version: CourseVersion, days: Sequence[dt.date], trainers: Sequence[int]) -> None:
    over = days[-1] < year.today
    come = []
    if over:
        wanted = year.dice.randrange(version.least, version.most + 1)
        asked = year.dice.sample(year.staff, min(wanted, len(year.staff)))
        come = [who for who in asked if not any((who, each) in year.busy for each in days)]
    made_at = _moment(days[0] - DAY * 40)
    place = year.dice.choice(year.places) if year.places else None
    session = year.tables.add(
        Session, version_id=version.pk, place_id=place, room="", language="en",
        days=_array(days), first_on=days[0], last_on=days[-1], begins=dt.time(9), ends=dt.time(17),
        capacity=version.most, taken=len(come), note="", made_at=min(made_at, year.at),
        cancelled_because="",
    )  # fmt: skip
    for who in (*trainers, *come):
        year.busy |= {(who, each) for each in days}
    for who in trainers:
        for each in days:
            year.tables.add(TrainerDay, session_id=session, trainer_id=who, day=each)
    for who in come:
        _came(year, session, who, days, made_at)


def _array(days: Sequence[dt.date]) -> str:
    """As the database reads it."""
    return "{" + ",".join(each.isoformat() for each in days) + "}"


def _came(year: Year, session: int, who: int, days: Sequence[dt.date], made_at: dt.datetime) -> None:
    luck = year.dice.random()
    attended = luck > 0.05
    result = (Nomination.PASSED if luck > 0.11 else Nomination.FAILED) if attended else ""
    ended = _moment(days[-1]) + dt.timedelta(hours=8)
    place = year.tables.add(
        Nomination, employment_id=who, session_id=session, state=Nomination.PLACED, waits_because="",
        waits_for="", asked_at=made_at, decided_at=made_at, because="", placed_at=made_at, attended=attended,
        absent_because="" if attended else _("Sick"), recharge=0, result=result,
        result_on=days[-1] if result else None, result_at=ended if result else None,
    )  # fmt: skip
    for each in days:
        year.tables.add(PlaceDay, nomination_id=place, employment_id=who, day=each)


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), tzinfo=LONDON)


def _set_minimums(year: Year) -> None:
    """The largest teams keep three quarters of their people on duty."""
    by = Account.objects.in_use().order_by("pk").first()
    there = Assignment.objects.in_force(year.today).filter(is_main=True).order_by()
    sizes: dict[int, int] = {}
    for unit in there.values_list("unit_id", flat=True):
        sizes[unit] = sizes.get(unit, 0) + 1
    largest = sorted(sizes, key=lambda unit: (-sizes[unit], unit))[:TEAMS]
    for team in Organisation.objects.filter(pk__in=largest).order_by("pk"):
        if by is not None:
            set_minimum(
                team, percent=SHARE, from_on=year.today, why=_("Agreed with duty planning"), by=by,
                at=year.at, today=year.today,
            )  # fmt: skip


def _take_rooms(year: Year) -> None:
    """The sessions that come first have a room; where none is free they keep their site in words."""
    for session in Session.objects.to_come(year.today + DAY).in_full()[:WITH_ROOMS]:
        room = _smallest(session, session.place) or _smallest(session, None)
        if room is not None:
            with transaction.atomic():
                held = hold_session(session.pk)
                take_together(held, [room], by=None, at=year.at)
                name_where(held, [room])
                held.save(update_fields=["place", "room", "room_cy"])


def _smallest(session: Session, place: Place | None) -> Resource | None:
    return smallest_room(
        session.days, session.begins, session.ends, place=place, capacity=session.capacity,
        sort=session.version.room,
    )  # fmt: skip


def _put_forward(year: Year) -> None:
    """Who is put forward for what is to come, by the same rules as ever: most have a place, some wait."""
    coming = list(Session.objects.to_come(year.today + DAY)[:12])
    if not coming:
        return
    people = Employment.objects.filter(
        pk__in=year.dice.sample(list(year.staff), min(TO_COME, len(year.staff)))
    )
    for employment in people.select_related("person").order_by("pk"):
        session = year.dice.choice(coming)
        agreed = year.dice.random() < 0.8
        put_forward(employment, session, by=None, at=year.at, today=year.today, agreed=agreed)
    told = Letter.objects.filter(about_kind=Nomination._meta.label_lower, state=Letter.QUEUED)
    told.update(state=Letter.SENT, sent_at=year.at, attempts=1)
