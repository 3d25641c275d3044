"""What a month comes to as the records stand now, without counting it all: units in which nothing changed
were counted before, the others are counted now. Reads only."""

from collections import defaultdict
from typing import Final

from moothall.reports.models import UnitMonth, UnitToCount

from .figures import MEASURES, Sums, count
from .months import Month, Scope

NAMES: Final = ("unit_id", "team_id", *MEASURES)


def sums_of(scope: Scope, month: Month) -> dict[int, Sums]:
    """Unit by unit; the same as if everything were counted now."""
    rows = UnitToCount.objects.until(month.upto).order_by()
    changed = frozenset(rows.values_list("unit_id", flat=True).distinct())
    # Asked second: whoever counts writes both down at once, so that what is read here is never older.
    kept = UnitMonth.objects.filter(month=month.first, closing=None, upto=month.upto).order_by(
        "unit_id", "id"
    )
    counted = list(kept.values_list(*NAMES))
    if not counted:
        return count(scope, month).by_unit()
    made: dict[int, Sums] = defaultdict(Sums)
    for unit, team, *values in counted:
        if unit not in changed and (scope.teams is None or team in scope.teams):
            made[unit].add(Sums(*values))
    for unit, sums in count(Scope(scope.teams, units=changed), month).by_unit().items() if changed else ():
        made[unit].add(sums)
    return made
