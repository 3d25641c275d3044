"""Whose findings and scores an account sees. Reads only."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from moothall.people.models import Account
from moothall.reports.models import Finding, QualityScore
from moothall.reports.models.quality import FindingQuerySet

from .figures import share
from .months import Scope, scope_of, sees_absence

OF_ABSENCE = ("sick-on-leave",)
BACK = (0, 30, 90)


def findings_for(account: Account) -> FindingQuerySet:
    """Those of records that it sees by a role; what tells of absence only where it may see that."""
    scope = scope_of(account)
    rows: FindingQuerySet = Finding.objects.all()
    if scope.teams is not None:
        rows = rows.filter(team_id__in=sorted(scope.teams))
    return rows if sees_absence(account, scope) else rows.exclude(rule__key__in=OF_ABSENCE)


def keeps_record(account: Account, finding: Finding) -> bool:
    teams = [finding.team_id] if finding.team_id else []
    return account.standing().covers("workforce.edit", teams)


@dataclass(frozen=True)
class Score:
    """A unit: its records and those with a fault, and the share without, on each of the days shown."""

    unit_id: int
    name: str
    records: int
    faulty: int
    shares: list[Decimal | None]


def scores_of(
    scope: Scope, units: list[tuple[int, str]], *, on: dt.date
) -> tuple[list[dt.date], list[Score]]:
    """By the last night that was scored on or before each of the days; the lowest first."""
    rows = QualityScore.objects.all()
    if scope.teams is not None:
        rows = rows.filter(team_id__in=sorted(scope.teams))
    asked = [on - dt.timedelta(days=back) for back in BACK]
    days = [rows.filter(day__lte=day).order_by("-day").values_list("day", flat=True).first() for day in asked]
    sums: dict[tuple[int, dt.date], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows.filter(day__in=[day for day in days if day is not None]).order_by("id"):
        held = sums[row.unit_id, row.day]
        held[0] += row.records
        held[1] += row.faulty
    shown = [day for number, day in enumerate(days) if day is not None and day not in days[:number]]
    lines = []
    for pk, name in units:
        if shown and (pk, shown[0]) in sums:
            records, faulty = sums[pk, shown[0]]
            shares = [_share(sums.get((pk, day))) for day in shown]
            lines.append(Score(pk, name, records, faulty, shares))
    return shown, sorted(lines, key=lambda line: (line.shares[0] or Decimal(0), line.name))


def _share(held: list[int] | None) -> Decimal | None:
    return share((held[0] - held[1]) * 100, held[0]) if held else None
