"""A year of leave among the sample staff: some seven requests each, on their own working days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import LONDON, in_london
from moothall.core.copying import Tables
from moothall.core.packs import Pack, Progress
from moothall.leave.models import LeaveDay, LeaveEvent, LeaveKind, LeaveRequest
from moothall.workforce.models import Employment

from .working import ZERO, Worked, read_work

DAY: Final = dt.timedelta(days=1)
BACK, AHEAD = 330, 120  # days around today in which leave was or will be
EACH: Final = 7
AT_ONCE: Final = 1000
MOST_WEEKS: Final = Decimal("4.5")
# Of a hundred, so many that last about so many days.
LENGTHS: Final = ((45, 1), (20, 2), (10, 3), (20, 5), (5, 12))


@dataclass
class Year:
    """What the sample is drawn from, and where its rows go."""

    dice: Random
    today: dt.date
    at: dt.datetime
    tables: Tables
    annual: int
    others: Sequence[int]


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only for sample staff, in the proportion asked for."""
    kinds = dict(LeaveKind.objects.in_use().values_list("key", "pk"))
    if not pack.demo or not pack.scale or "annual" not in kinds or LeaveRequest.objects.exists():
        return
    staff = list(Employment.objects.filter(ended_on=None).select_related("person").order_by("pk"))
    progress.begin(_("A year of leave"), len(staff))
    today = in_london(pack.at).date()
    others = [pk for key, pk in kinds.items() if key in {"toil", "special", "compassionate"}]
    dice = Random(f"{pack.key}/{pack.seed}/leave")  # noqa: S311 # nosec B311  (a sample, not a secret)
    year = Year(dice, today, pack.at, Tables(), kinds["annual"], others)
    wanted = EACH * min(pack.scale, 1)
    for first in range(0, len(staff), AT_ONCE):
        some = staff[first : first + AT_ONCE]
        for worked in read_work(some, today - DAY * BACK, today + DAY * (AHEAD + 30)).values():
            _person(year, worked, round(wanted + dice.random() - 0.5))
            progress.advance()
    year.tables.copy()
    progress.end()


def _person(year: Year, worked: Worked, wanted: int) -> None:
    """One after another, none on a day of another, and no more in all than they have."""
    assigned = worked.assigned(year.today)
    if assigned is None:
        return
    left, taken = assigned.weekly_hours * MOST_WEEKS, set[dt.date]()
    for _number in range(wanted):
        _share, length = year.dice.choices(LENGTHS, [share for share, _days in LENGTHS])[0]
        begins = year.today + DAY * year.dice.randrange(-BACK, AHEAD)
        found = worked.working_days(begins, begins + DAY * (length + length // 5 * 2 - 1))
        hours = sum((each for _day, each in found), ZERO)
        if not found or hours > left or any(day in taken for day, _hours in found):
            continue
        left -= hours
        taken |= {day for day, _hours in found}
        _request(year, worked, found, hours)


def _request(year: Year, worked: Worked, days: list[tuple[dt.date, Decimal]], hours: Decimal) -> None:
    """Asked for some weeks ahead and decided some days later; of what lies ahead some still waits."""
    dice, first, last = year.dice, days[0][0], days[-1][0]
    asked = min(first - DAY * dice.randrange(14, 90), year.today - DAY * dice.randrange(0, 24))
    state = dice.choices(("APPROVED", "REFUSED", "WITHDRAWN"), (94, 3, 3))[0]
    if first > year.today and year.today - asked <= DAY * 6:
        state = LeaveRequest.REQUESTED
    asked_at, decided = _moment(asked, year.at), state != LeaveRequest.REQUESTED
    decided_at = _moment(min(asked + DAY * dice.randrange(1, 5), year.today), year.at) if decided else None
    kind = dice.choice(year.others) if year.others and dice.random() < 0.06 else year.annual
    reason = _("Too few would be left.") if state == LeaveRequest.REFUSED else ""
    request = year.tables.add(
        LeaveRequest, employment_id=worked.employment.pk, kind_id=kind, from_on=first, until_on=last,
        hours=hours, state=state, asked_at=asked_at, decided_at=decided_at, reason=reason,
    )  # fmt: skip
    for day, of_day in days:
        year.tables.add(
            LeaveDay, request_id=request, employment_id=worked.employment.pk, day=day, hours=of_day
        )
    year.tables.add(LeaveEvent, request_id=request, kind=LeaveEvent.ASKED, at=asked_at)
    if decided_at is not None:
        year.tables.add(
            LeaveEvent, request_id=request, kind=state.lower(), at=decided_at, reason=reason,
            before={"state": "REQUESTED", "reason": "", "decided_by": None, "decided_at": None},
        )  # fmt: skip


def _moment(day: dt.date, at: dt.datetime) -> dt.datetime:
    return min(dt.datetime.combine(day, dt.time(9, 30), tzinfo=LONDON), at)
