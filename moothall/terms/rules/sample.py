"""Sample pay points for everybody, and what falls due for those for whom it does.

The same seed makes the same rows. They are copied into the database, and stand in the audit as one event.
"""

import datetime as dt
from random import Random
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clocks.months import corresponding_date
from clocks.service import service_complete_on
from moothall.core.clock import in_london
from moothall.core.copying import Tables
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.records.rules.audit import append_audit
from moothall.terms.models import (
    PayPoint,
    PayPointRate,
    PayScale,
    Placement,
    ProbationRule,
    ServiceAward,
    Term,
    TermStep,
)
from moothall.workforce.models import Assignment, Employment

from .plans import plan_for

YEAR, A_WEEK = 365, dt.timedelta(days=7)
DECIDED = 0.9  # of the probations whose day to decide has passed
RETIRE_AFTER = 16 * YEAR


class Sample:
    """What is being made, and of what."""

    def __init__(self, pack: Pack) -> None:
        self.at, self.today = pack.at, in_london(pack.at).date()
        self.dice = Random(f"{pack.key}/{pack.seed}/terms")  # noqa: S311 # nosec B311  (a sample, not a secret)
        self.tables = Tables()

    def fall_due(
        self, employment: Employment, kind: str, began: dt.date, due: dt.date, *, route: str = "",
        years: int | None = None,
    ) -> None:  # fmt: skip
        """Steps that came due long ago are done, as they would be in an office that has run for long."""
        settled: dict[str, Any] = {}
        plan = plan_for(employment, kind, began_on=began, due_on=due, route=route)
        decided = (
            kind == Term.PROBATION and self.today - plan.act_by > A_WEEK and self.dice.random() < DECIDED
        )
        if decided:
            settled = {"outcome": Term.CONFIRMED, "settled_at": self.at}
        term = self.tables.add(
            Term, employment_id=employment.pk, kind=kind, route=route, years=years, began_on=began,
            due_on=due, act_by=plan.act_by, opened_at=self.at, **settled,
        )  # fmt: skip
        for key, day in plan.steps:
            long_ago = day < self.today - dt.timedelta(days=14)
            done = day if decided or (long_ago and key != "DECIDE" and self.dice.random() < 0.9) else None
            self.tables.add(TermStep, term_id=term, key=key, due_on=day, done_on=done)


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo with work in it."""
    doc = pack.file("demo/terms.yaml") if pack.demo and pack.scale else None
    if doc is None or Placement.objects.exists() or Term.objects.exists():
        return
    progress.begin(_("Pay points and what falls due"))
    fields, sample = Fields(doc), Sample(pack)
    staff = list(Employment.objects.in_force(sample.today).order_by("pk"))
    scales = {each.key: each for each in PayScale.objects.prefetch_related("points")}
    chosen = {
        Fields(row).text("workforce"): Fields(row).words("scales") for row in fields.mappings("placements")
    }
    for employment in staff:
        keys = [key for key in chosen.get(employment.workforce, ()) if key in scales]
        if keys:
            _place(sample, employment, scales[sample.dice.choice(keys)])
    _probations(sample, staff, fields.text("officers_route", ""))
    _fixed_terms(sample)
    _long_service(sample, staff)
    _retirements(
        sample, staff, round(len(staff) * (fields.maybe_whole("retirements_of_a_thousand") or 0) / 1000)
    )
    _rates(fields)
    sample.tables.copy()
    append_audit("terms.add_sample", by=None, at=pack.at, detail={"count": len(staff)})
    progress.end()


def _place(sample: Sample, employment: Employment, scale: PayScale) -> None:
    """One point up for each year of service, to the top; the step before stands there too."""
    points = list(scale.points.all())
    served = max(0, (sample.today - employment.started_on).days // YEAR)
    reached = min(served, len(points) - 1)
    since = corresponding_date(employment.started_on, 12 * reached)
    if reached:
        sample.tables.add(
            Placement, employment_id=employment.pk, point_id=points[reached - 1].pk,
            from_on=corresponding_date(employment.started_on, 12 * (reached - 1)),
            until_on=since - dt.timedelta(days=1), recorded_at=sample.at,
        )  # fmt: skip
    sample.tables.add(
        Placement, employment_id=employment.pk, point_id=points[reached].pk, from_on=since,
        recorded_at=sample.at,
    )  # fmt: skip


def _probations(sample: Sample, staff: list[Employment], route: str) -> None:
    rules = {(each.workforce, each.route): each for each in ProbationRule.objects.order_by("from_on")}
    for employment in staff:
        path = route if employment.workforce == Employment.OFFICER else ""
        rule = rules.get((employment.workforce, path))
        if rule is None:
            continue
        due = service_complete_on(employment.started_on, rule.months)
        if due >= sample.today:
            sample.fall_due(employment, Term.PROBATION, employment.started_on, due, route=path)


def _fixed_terms(sample: Sample) -> None:
    rows = Assignment.objects.in_force(sample.today).filter(
        is_main=True, contract=Assignment.FIXED_TERM, contract_ends_on__gte=sample.today,
        employment__ended_on=None,
    )  # fmt: skip
    for row in rows.select_related("employment").order_by("pk"):
        if row.contract_ends_on is not None:
            sample.fall_due(row.employment, Term.FIXED_TERM, row.from_on, row.contract_ends_on)


def _long_service(sample: Sample, staff: list[Employment]) -> None:
    last = sample.today + dt.timedelta(days=YEAR)
    for years in ServiceAward.objects.filter(retired_on=None).values_list("years", flat=True):
        for employment in staff:
            due = corresponding_date(employment.continuous_from, 12 * years)
            stays = employment.ended_on is None or employment.ended_on >= due
            if sample.today <= due <= last and stays:
                sample.fall_due(employment, Term.LONG_SERVICE, employment.started_on, due, years=years)


def _retirements(sample: Sample, staff: list[Employment], wanted: int) -> None:
    """Of those who have been here longest, some have asked about retiring within the year."""
    long = [
        each for each in staff
        if each.ended_on is None and (sample.today - each.started_on).days > RETIRE_AFTER
        and each.workforce in (Employment.EMPLOYEE, Employment.OFFICER)
    ]  # fmt: skip
    for employment in sample.dice.sample(long, min(wanted, len(long))):
        asked = sample.today - dt.timedelta(days=sample.dice.randrange(5, 120))
        due = sample.today + dt.timedelta(days=sample.dice.randrange(20, YEAR))
        way = sample.dice.choices([Term.AGE, Term.FLEXIBLE, Term.ILL_HEALTH], [80, 12, 8])[0]
        sample.fall_due(employment, Term.RETIREMENT, asked, due, route=way)


def _rates(fields: Fields) -> None:
    """Invented figures: none is confirmed, so no page shows one as what somebody is paid."""
    for row in map(Fields, fields.mappings("rates")):
        scale, first, step = row.text("scale"), row.whole("first"), row.whole("step")
        from_on, source = dt.date.fromisoformat(row.text("from_on")), row.text("source")
        row.finish()
        for point in PayPoint.objects.filter(scale__key=scale):
            PayPointRate.objects.get_or_create(
                point=point, from_on=from_on,
                defaults={"amount": first + step * (point.position - 1), "source": source},
            )  # fmt: skip
    fields.finish()
