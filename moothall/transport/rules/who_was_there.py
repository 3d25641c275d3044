"""Who was on a run on a day, for whoever reports that something happened on it. Reads only."""

import datetime as dt

from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.transport.models import CrewMember, Duty, Involved, Manning, Ride, Run

from .going import going_on
from .incidents import There
from .sheet import initials_of

LATELY = dt.timedelta(days=7)


def runs_of(day: dt.date, *, and_run: Run | None = None) -> list[Run]:
    """The runs of a day, and one that was asked for."""
    found = [one.run for one in going_on(day)]
    return found if and_run is None or and_run in found else [and_run, *found]


@for_the_office()
def on_the_run(run: Run, day: dt.date) -> list[There]:
    """Its passengers of that day of the week, and its crew."""
    rides = Ride.objects.filter(run=run, weekdays__contains=[day.weekday()])
    people = [each.passenger.person for each in rides.select_related("passenger__person").order_by("id")]
    rows = Manning.objects.filter(duty__run=run, duty__day=day, member__isnull=False)
    crew = [
        each.member.employment.person
        for each in rows.select_related("member__employment__person").order_by("role", "seat")
        if each.member is not None
    ]
    return [
        *(There(Involved.PASSENGER, each.full_name, each) for each in dict.fromkeys(people)),
        *(There(Involved.CREW, each.full_name, each) for each in dict.fromkeys(crew)),
    ]


def own_runs(account: Account, *, on: dt.date) -> dict[int, Duty]:
    """The duties somebody has today, and had in the week before, the latest of each run."""
    mine = CrewMember.objects.of_account(account).values("pk")
    held = Manning.objects.filter(member__in=mine, duty__day__range=(on - LATELY, on)).values("duty")
    rows = Duty.objects.filter(pk__in=held).select_related("run__contractor", "vehicle")
    return {each.run_id: each for each in rows.order_by("day", "run__leaves_at", "pk")}


def by_initials(there: There) -> str:
    """As the sheet of a crew has passengers; who is of the crew by name."""
    return initials_of(there.name) if there.part == Involved.PASSENGER else there.name
