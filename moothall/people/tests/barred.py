"""A source of bars for tests of whoever allocates work."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from moothall.people.barring import Activity, Bar

ESCORT = "escort-passengers"


@dataclass
class Known:
    """Bars by person, for one activity."""

    rows: dict[int, list[Bar]] = field(default_factory=dict)
    activity: str = ESCORT
    asked: int = 0

    def activities(self) -> Iterable[Activity]:
        return [Activity(self.activity, "Escort passengers")]

    def bars(
        self, people: Collection[int], *, activity: str, first: dt.date, last: dt.date
    ) -> Mapping[int, Sequence[Bar]]:
        self.asked += 1
        if activity != self.activity:
            return {}
        return {
            person: [bar for bar in found if any(bar.holds(day) for day in _days(first, last))]
            for person, found in self.rows.items()
            if person in people
        }


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=each) for each in range((last - first).days + 1)]
