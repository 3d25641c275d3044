"""What is looked for in staff records, a function each. Reads only.

Each answers who has the fault that day, and what there is to say of it. Rows of `QualityRule` with the same
key say how it is called, how bad it is, and who sees to it.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q

from clocks.national_insurance import is_national_insurance_number
from moothall.absence.models import Episode
from moothall.core.serving import for_the_office
from moothall.leave.models import LeaveDay, LeaveRequest
from moothall.workforce.models import Assignment, Employment, NextOfKin
from moothall.workforce.models.employment import AssignmentQuerySet

from .finding_words import Said

YOUNGEST: Final = dt.timedelta(days=13 * 365)
OLDEST: Final = dt.timedelta(days=90 * 366)
LONGEST: Final = dt.timedelta(days=60 * 366)
MOST_HOURS: Final = 60
LOOKING_BACK: Final = dt.timedelta(days=366)
STALE: Final = dt.timedelta(days=2 * 365)
Found = Iterable[tuple[int, Said]]
NOTHING: Final[Said] = {}


def _kept(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _here(on: dt.date) -> Any:
    return Employment.objects.in_force(on).order_by()


def _held(on: dt.date) -> AssignmentQuerySet:
    """The main assignments of that day of those who work here."""
    here = Q(employment__ended_on=None) | Q(employment__ended_on__gte=on)
    return Assignment.objects.in_force(on).filter(here, is_main=True).order_by()


def impossible_dates(on: dt.date) -> Found:
    born = F("person__born_on")
    found = _here(on).filter(
        Q(started_on__lt=born + YOUNGEST)
        | Q(person__born_on__lt=on - OLDEST)
        | Q(started_on__lt=on - LONGEST)
    )
    for pk, began, birth in found.values_list("pk", "started_on", "person__born_on"):
        yield pk, {"key": "dates", "born": _kept(birth), "began": _kept(began)}


def no_assignment(on: dt.date) -> Found:
    held = Assignment.objects.in_force(on).filter(employment=OuterRef("pk"), is_main=True)
    return ((pk, NOTHING) for pk in _here(on).filter(~Exists(held)).values_list("pk", flat=True))


def manager_left(on: dt.date) -> Found:
    rows = _held(on).filter(manager__ended_on__lt=on)
    named = rows.values_list("employment_id", "manager__number")
    return ((pk, {"key": "manager", "number": number}) for pk, number in named)


def no_manager(on: dt.date) -> Found:
    leads = Assignment.objects.in_force(on).filter(manager=OuterRef("employment"))
    rows = _held(on).filter(~Exists(leads), manager=None)
    return ((pk, NOTHING) for pk in rows.values_list("employment_id", flat=True))


def no_pattern(on: dt.date) -> Found:
    rows = _held(on).filter(pattern=None).exclude(contract=Assignment.CASUAL)
    return ((pk, NOTHING) for pk in rows.values_list("employment_id", flat=True))


def impossible_hours(on: dt.date) -> Found:
    none = Q(weekly_hours=0) & ~Q(contract=Assignment.CASUAL)
    rows = _held(on).filter(none | Q(weekly_hours__gt=MOST_HOURS))
    named = rows.values_list("employment_id", "weekly_hours")
    return ((pk, {"key": "hours", "hours": f"{hours.normalize():f}"}) for pk, hours in named)


def contract_over(on: dt.date) -> Found:
    rows = _held(on).filter(contract=Assignment.FIXED_TERM, contract_ends_on__lt=on)
    named = rows.values_list("employment_id", "contract_ends_on")
    return ((pk, {"key": "ended", "day": day.isoformat()}) for pk, day in named if day)


def ni_number_wrong(on: dt.date) -> Found:
    rows = _here(on).exclude(ni_number="").values_list("pk", "ni_number")
    return ((pk, NOTHING) for pk, number in rows if not is_national_insurance_number(number))


def ni_number_doubled(on: dt.date) -> Found:
    """Also where the other has left: they may be one person who came back, or the number may be wrong."""
    others = Employment.objects.exclude(person=OuterRef("person")).filter(ni_number=OuterRef("ni_number"))
    here = _here(on).exclude(ni_number="").filter(Exists(others))
    found = list(here.values_list("pk", "person", "ni_number"))
    theirs: dict[str, list[tuple[int, str]]] = {}
    held = Employment.objects.filter(ni_number__in={number for _pk, _person, number in found})
    for number, person, employment in held.order_by("number").values_list("ni_number", "person", "number"):
        theirs.setdefault(number, []).append((person, employment))
    for pk, person, number in found:
        yield pk, {"key": "others", "numbers": [other for who, other in theirs[number] if who != person]}


def duplicate_person(on: dt.date) -> Found:
    by_name: dict[tuple[str, dt.date], list[tuple[int, int, str]]] = {}
    rows = _here(on).filter(person__born_on__isnull=False)
    for pk, person, number, name, born in rows.values_list(
        "pk", "person_id", "number", "person__folded_name", "person__born_on"
    ):
        by_name.setdefault((name, born), []).append((pk, person, number))
    for same in by_name.values():
        if len({person for _pk, person, _number in same}) > 1:
            for pk, _person, number in same:
                yield (
                    pk,
                    {"key": "others", "numbers": [other for _pk, _who, other in same if other != number]},
                )


@for_the_office()
def sick_on_leave(on: dt.date) -> Found:
    since = on - LOOKING_BACK
    sick = Episode.objects.standing().filter(
        Q(last_day=None) | Q(last_day__gte=OuterRef("day")), employment=OuterRef("employment"),
        first_day__lte=OuterRef("day"),
    )  # fmt: skip
    rows = LeaveDay.objects.between(since, on).filter(
        Exists(sick), given_back_at=None, request__state=LeaveRequest.APPROVED
    )
    found: dict[int, Said] = {}
    for pk, day in rows.order_by("employment_id", "day").values_list("employment_id", "day"):
        found.setdefault(pk, {"key": "on", "day": day.isoformat()})
    return list(found.items())


def stale_kin(on: dt.date) -> Found:
    rows = NextOfKin.objects.filter(ended_at=None, employment__in=_here(on).values("pk"))
    fresh = rows.filter(added_at__date__gte=on - STALE).values("employment")
    old = rows.exclude(employment__in=fresh).order_by().values_list("employment_id", flat=True).distinct()
    return ((pk, NOTHING) for pk in old)


LOOKS: Final[dict[str, Callable[[dt.date], Found]]] = {
    "impossible-dates": impossible_dates,
    "no-assignment": no_assignment,
    "manager-left": manager_left,
    "no-manager": no_manager,
    "no-pattern": no_pattern,
    "impossible-hours": impossible_hours,
    "contract-over": contract_over,
    "ni-number-wrong": ni_number_wrong,
    "ni-number-doubled": ni_number_doubled,
    "duplicate-person": duplicate_person,
    "sick-on-leave": sick_on_leave,
    "stale-kin": stale_kin,
}
