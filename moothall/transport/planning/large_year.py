"""A year of a large sample office as it went, written in set statements: journeys, duties, crews, presses.

Four weeks are asked of the timetable and the plan journey by journey; every day of the year is like its day
of those, where the school is open, and chance is a hash of who and when: the same seed gives the same year.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from moothall.core.copying import as_line, unhindered
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account
from moothall.transport.models import (
    Arrangement,
    Centre,
    Duty,
    How,
    Journey,
    Manning,
    Passing,
    Press,
    RunPlan,
)
from moothall.transport.rules.accounting import owner_of_all
from moothall.transport.rules.journeys import Due, journeys_of, opening_on
from moothall.transport.rules.planned import Stop, planned_on
from moothall.transport.rules.value_figures import months_before

from .large_sql import (
    ANALYSE,
    CHANCE,
    DUTIES,
    JOURNEYS,
    MANNINGS,
    OPEN_ON,
    PASSINGS,
    PRESSED,
    PRESSES,
    USUAL,
)
from .sample_plan import SINCE
from .sample_year import MONTHS

DAY: Final = dt.timedelta(days=1)
PATTERN: Final = 4  # weeks after which every pattern of the sample comes again
FIRST_MONDAY: Final = SINCE + DAY * ((7 - SINCE.weekday()) % 7)
WRITTEN: Final = (Journey, Duty, Manning, Press, Passing)
FOR_MANY_ROWS: Final = "set local work_mem = '64MB'"
Row = tuple[Any, ...]


def write_year(pack: Pack, plans: Sequence[RunPlan], today: dt.date, progress: Progress) -> None:
    """In a transaction of its own, and where it can be without a check of each of millions of rows."""
    year = _Year(pack, plans, today)
    with unhindered(WRITTEN) as owns:
        with transaction.atomic():
            year.write(progress)
        if owns:
            with connection.cursor() as cursor:
                cursor.execute(ANALYSE)


class _Year:
    """What the statements are about."""

    def __init__(self, pack: Pack, plans: Sequence[RunPlan], today: dt.date) -> None:
        self.owner = owner_of_all()
        self.plans = plans
        self.today = today
        self.first = months_before(today.replace(day=1), MONTHS - 1)
        self.named = {
            "seed": f"{pack.key}/{pack.seed}/", "owner": self.owner.pk, "first": self.first, "today": today,
            "monday": FIRST_MONDAY, "before": plans[0].pk, "this": plans[1].pk, "at": pack.at,
        }  # fmt: skip

    def write(self, progress: Progress) -> None:
        with connection.cursor() as cursor:
            cursor.execute(FOR_MANY_ROWS)
            cursor.execute(CHANCE)
            progress.begin(_("Journeys of a year"))
            self._fill(cursor, *USUAL, self.usual())
            self._fill(cursor, *OPEN_ON, self.open_on())
            self._run(cursor, JOURNEYS, progress)
            progress.begin(_("Duties and crews of a year"))
            self._run(cursor, DUTIES, progress, goes_on=True)
            self._run(cursor, MANNINGS, progress)
            progress.begin(_("Presses of a year"))
            self._run(cursor, PRESSED, progress, goes_on=True, counted=False)
            self._run(cursor, PRESSES, progress, goes_on=True)
            self._run(cursor, PASSINGS, progress)

    def _run(
        self, cursor: Any, statement: str, progress: Progress, *, goes_on: bool = False, counted: bool = True
    ) -> None:
        cursor.execute(statement, self.named)
        if counted:
            progress.advance(max(0, cursor.rowcount))
        if not goes_on:
            progress.end()

    def _fill(self, cursor: Any, name: str, columns: str, rows: Iterator[Row]) -> None:
        cursor.execute(f"create temporary table {name} ({columns}) on commit drop")
        lines = [as_line(row) for row in rows]  # asked for before, not while, the connection copies
        with cursor.cursor.copy(f"copy {name} from stdin") as copy:
            copy.write("".join(lines))
        cursor.execute(f"analyze {name}")

    def usual(self) -> Iterator[Row]:
        """Every journey of four weeks in term: by the plan, or as it is arranged."""
        arranged: dict[tuple[int, str], list[Arrangement]] = {}
        for row in Arrangement.objects.standing().exclude(how=How.RUN):
            arranged.setdefault((row.passenger_id, row.direction), []).append(row)
        for week in range(PATTERN):
            for weekday in range(5):
                day = FIRST_MONDAY + DAY * (7 * week + weekday)
                due = journeys_of(day)
                planned = planned_on(day, [each.passenger for each in due])
                for each in due:
                    found = planned.get((each.passenger, each.direction, each.home, each.centre))
                    yield week, weekday, *_way(each, found, arranged)

    def open_on(self) -> Iterator[Row]:
        """Which school or centre was open on which day, but for days that are written already."""
        there = set(Journey.objects.filter(day__lt=self.today).values_list("day", flat=True).distinct())
        centres = list(Centre.objects.order_by("id"))
        for ahead in range((self.today - self.first).days):
            day = self.first + DAY * ahead
            if day.weekday() < 5 and day not in there:
                opening = opening_on(day)
                yield from ((day, each.pk) for each in centres if opening.is_open(each))


def _way(due: Due, planned: Stop | Account | None, arranged: dict[tuple[int, str], list[Arrangement]]) -> Row:
    """Who, where and how, in the order of the columns."""
    who = due.passenger, due.direction, due.centre, due.home, due.bell_at
    for row in arranged.get((due.passenger, due.direction), ()):
        if row.holds(due.day):
            return *who, row.how, "", None, row.contractor, row.job, row.own
    if isinstance(planned, Stop):
        return *who, How.RUN, planned.run, planned.stop, "", "", ""
    return *who, How.UNRESOLVED, "", None, "", "", ""
