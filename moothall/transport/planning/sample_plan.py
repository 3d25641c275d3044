"""Plans of runs of a sample office: made beforehand by the planner, kept in the pack, and judged again here.

The kept file says the stops of each run by the numbers of its case, and vehicles by kind and depot.
"""

import datetime as dt
import gzip
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.core.clock import LONDON, in_london
from moothall.core.packs import Pack, Progress
from moothall.core.serving import for_the_office
from moothall.transport.models import Depot, Run, RunPlan, VehicleKind
from moothall.transport.rules.accounting import account_for_day, owner_of_all
from moothall.transport.rules.plan_asked import asked_of, by_direction
from moothall.transport.rules.run_plans import Half, keep_made
from moothall.transport.rules.run_vehicles import give_usual
from planner.transport.lateness import lateness
from planner.transport.writing import read_plan

from .case import Case, case_of
from .child import Made
from .making import half_of

KEPT: Final = "demo/plan.json.gz"
SINCE: Final = dt.date(2026, 9, 2)
LAST_YEAR: Final = (dt.date(2025, 9, 2), dt.date(2026, 9, 1))  # day centres are open in the holidays
BEFORE: Final = dt.datetime(2026, 8, 26, 10, tzinfo=LONDON)
HALF_TERM: Final = dt.date(2026, 11, 2)
SPRING: Final = dt.date(2027, 1, 5)
DEARER: Final = Decimal("0.96")
DAY: Final = dt.timedelta(days=1)
WEEK: Final = [0, 1, 2, 3, 4]
AHEAD: Final = 8


@transaction.atomic
@for_the_office()
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office that is not a large one: last year's plan, this year's with a later
    version, and a draft."""
    kept = pack.folder / KEPT
    if (
        not pack.demo
        or pack.scale
        or RunPlan.objects.exists()
        or not kept.is_file()
        or not Depot.objects.exists()
    ):
        return
    progress.begin(_("Sample plans of runs"))
    said = json.loads(gzip.decompress(kept.read_bytes()))
    halves, times_from = halves_of(said)
    before = _plan(pack, _("School year 2025/26"), LAST_YEAR[0], halves, times_from, until=LAST_YEAR[1])
    Run.objects.filter(plan=before).update(cost=F("cost") * DEARER)
    this = _plan(pack, _("Autumn 2026"), SINCE, halves, times_from)
    later = _plan(pack, _("Autumn 2026, after half-term"), HALF_TERM, halves, times_from)
    RunPlan.objects.filter(pk=later.pk).update(version_of=this, because=_("Two passengers have moved house."))
    _plan(pack, _("Spring 2027"), SPRING, halves, times_from, published=False)
    today = in_london(pack.at).date()
    for ahead in range(AHEAD):
        account_for_day(today + DAY * ahead, by=None, at=pack.at)
    progress.end()


def _plan(
    pack: Pack, name: str, first: dt.date, halves: list[Half], times_from: str, *,
    until: dt.date | None = None, published: bool = True,
) -> RunPlan:  # fmt: skip
    """One that was asked for a week before its first day, as far as that is not in the future."""
    at = min(dt.datetime.combine(first - DAY * 7, dt.time(10), tzinfo=LONDON), pack.at)
    by = owner_of_all()
    plan = RunPlan.objects.create(
        name=name, weekdays=WEEK, from_on=first, until_on=until, seconds=30, asked_at=at, asked_by=by,
        making=RunPlan.RUNNING, heard_at=at,
    )  # fmt: skip
    keep_made(plan.pk, halves=halves, times_from=times_from, at=at)
    plan.without.update(owner=by)
    give_usual(plan, on=in_london(pack.at).date())
    state: dict[str, Any] = {"state": RunPlan.CONSIDERED}
    if published:
        state = {"state": RunPlan.PUBLISHED, "published_at": at, "published_by": by}
    RunPlan.objects.filter(pk=plan.pk).update(**state)
    plan.refresh_from_db()
    return plan


def halves_of(kept: Mapping[str, Any]) -> tuple[list[Half], str]:
    """Both directions, each judged against the case as the office stands."""
    cases = _cases()
    halves = []
    for way, case in cases.items():
        said = dict(kept[way])
        here = {name: key for key, name in _names(case).items()}
        said["routes"] = [{**route, "type": here[route["type"]]} for route in said["routes"]]
        late = lateness(case.problem(), read_plan(said), float(case.said["slow"])).passengers
        halves.append(half_of(way, case, Made(said, tuple(late))))
    return halves, str(next(iter(cases.values())).said["times_from"])


def to_keep(made: Mapping[str, Mapping[str, Any]]) -> bytes:
    """What was made of both directions, as the pack keeps it."""
    cases, said = _cases(), {}
    for way, plan in made.items():
        names = _names(cases[way])
        said[way] = {**plan, "routes": [{**each, "type": names[each["type"]]} for each in plan["routes"]]}
    return gzip.compress(json.dumps(said, sort_keys=True, separators=(",", ":")).encode(), mtime=0)


def _cases() -> dict[str, Case]:
    """As plans of the first day of the school year would be asked, by the crow's flight."""
    plan = RunPlan(name="-", weekdays=WEEK, from_on=SINCE, asked_at=BEFORE)
    asked = by_direction(asked_of(plan))
    return {way: case_of(plan, way, asked[way], streets=None) for way in plan.directions}


def _names(case: Case) -> dict[str, str]:
    """Types of vehicle as the office numbers them, and as the pack names them."""
    kinds = dict(VehicleKind.objects.values_list("pk", "key"))
    depots = dict(Depot.objects.values_list("pk", "key"))
    return {
        name: f"{kinds[kind]}@{depots.get(depot, contractor)}"
        for name, (kind, depot, contractor) in case.names["fleet"].items()
    }
