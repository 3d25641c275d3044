"""What the clock finds to fall due: starters in probation, fixed terms that end, years of service."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from clocks.months import corresponding_date
from clocks.service import service_complete_on
from moothall.terms.models import ProbationRule, ServiceAward, Term
from moothall.workforce.models import Assignment, Employment

from .opening import open_term

AHEAD = 366
Found = tuple[Employment, dict[str, object]]


def gather_terms(*, at: dt.datetime, today: dt.date) -> int:
    """Put on the record whatever falls due within a year and is not there. Run again it finds nothing new."""
    count = 0
    for find in (_probations, _probations_on_record, _fixed_terms, _long_service):
        for employment, given in list(find(today)):
            open_term(employment, by=None, at=at, **given)  # type: ignore[arg-type]
            count += 1
    return count


def _probations(today: dt.date) -> Iterator[Found]:
    """Whoever began lately, by the rule of their workforce; where the length hangs on the route, the desk
    says which. A last day on the staff record goes before the rule."""
    rules = list(ProbationRule.objects.filter(route="").order_by("-from_on"))
    if not rules:
        return
    longest = max(rule.months for rule in rules)
    here = Employment.objects.in_force(today).filter(started_on__gt=corresponding_date(today, -longest))
    there = Term.objects.filter(kind=Term.PROBATION, employment=OuterRef("pk"))
    new = here.filter(~Exists(there), workforce__in={rule.workforce for rule in rules})
    for employment in new.order_by("pk"):
        rule = next((one for one in rules if _fits(one, employment)), None)
        if rule is None:
            continue
        due = employment.probation_until or service_complete_on(employment.started_on, rule.months)
        if employment.started_on <= due and due >= today and _still_here(employment, due):
            yield employment, {"kind": Term.PROBATION, "began_on": employment.started_on, "due_on": due}


def _probations_on_record(today: dt.date) -> Iterator[Found]:
    """Whoever is of a workforce without one rule for all, and has a last day on the staff record."""
    ruled = ProbationRule.objects.filter(route="").values("workforce")
    there = Term.objects.filter(kind=Term.PROBATION, employment=OuterRef("pk"))
    rows = Employment.objects.in_force(today).filter(
        ~Exists(there), probation_until__gte=today, probation_until__gt=F("started_on")
    ).exclude(workforce__in=ruled)  # fmt: skip
    for employment in rows.order_by("pk"):
        due = employment.probation_until
        if due is not None and _still_here(employment, due):
            yield employment, {"kind": Term.PROBATION, "began_on": employment.started_on, "due_on": due}


def _fits(rule: ProbationRule, employment: Employment) -> bool:
    begun = rule.from_on <= employment.started_on
    return (
        begun
        and rule.workforce == employment.workforce
        and (rule.until_on is None or employment.started_on <= rule.until_on)
    )


def _still_here(employment: Employment, due: dt.date) -> bool:
    return employment.ended_on is None or employment.ended_on >= due


def _fixed_terms(today: dt.date) -> Iterator[Found]:
    last = today + dt.timedelta(days=AHEAD)
    rows = Assignment.objects.in_force(today).filter(
        Q(employment__ended_on=None) | Q(employment__ended_on__gte=today),
        is_main=True, contract=Assignment.FIXED_TERM, contract_ends_on__gte=today, contract_ends_on__lte=last,
    )  # fmt: skip
    there = Term.objects.filter(
        kind=Term.FIXED_TERM, employment=OuterRef("employment"), due_on=OuterRef("contract_ends_on")
    )
    for row in rows.filter(~Exists(there)).select_related("employment").order_by("pk"):
        due = row.contract_ends_on
        if due is None or not _still_here(row.employment, due):
            continue
        yield row.employment, {"kind": Term.FIXED_TERM, "began_on": row.from_on, "due_on": due}


def _long_service(today: dt.date) -> Iterator[Found]:
    honoured = list(ServiceAward.objects.filter(retired_on=None).values_list("years", flat=True))
    last = today + dt.timedelta(days=AHEAD)
    there = Term.objects.filter(kind=Term.LONG_SERVICE, due_on__gte=today, employment=OuterRef("pk"))
    for years in honoured:
        begun = Q(
            continuous_from__gte=corresponding_date(today, -12 * years),
            continuous_from__lte=corresponding_date(last, -12 * years),
        )
        new = Employment.objects.in_force(today).filter(begun, ~Exists(there.filter(years=years)))
        for employment in new.order_by("pk"):
            due = corresponding_date(employment.continuous_from, 12 * years)
            if not today <= due <= last or not _still_here(employment, due):
                continue
            given = {
                "kind": Term.LONG_SERVICE,
                "began_on": employment.started_on,
                "due_on": due,
                "years": years,
            }
            yield employment, given
