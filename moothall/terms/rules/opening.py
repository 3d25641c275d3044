"""Something falls due in an employment: put on the record by the desk, or found by the clock."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from clocks.service import service_complete_on
from moothall.cases.models import Case, Service
from moothall.cases.rules.opening import open_case
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.terms.models import ProbationRule, Term, TermStep
from moothall.workforce.models import Employment

from . import refusals
from .plans import plan_for

SERVICES = {Term.PROBATION: "staff_probation", Term.FIXED_TERM: "ftc_end", Term.RETIREMENT: "retirement"}


def probation_rule(employment: Employment, route: str = "") -> ProbationRule | None:
    """The rule of this route, or of everybody in the workforce, in force on the day they began."""
    rows = ProbationRule.objects.for_those_who_started(employment.started_on)
    return rows.filter(workforce=employment.workforce, route=route).order_by("-from_on").first()


def probation_ends(employment: Employment, route: str = "") -> dt.date:
    rule = probation_rule(employment, route)
    if rule is None:
        raise refusals.NoRule
    return service_complete_on(employment.started_on, rule.months)


@transaction.atomic
def open_term(
    employment: Employment,
    *,
    kind: str,
    began_on: dt.date,
    due_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    route: str = "",
    title: str = "",
    years: int | None = None,
    extends: Term | None = None,
) -> Term:
    """It falls due on that day; the steps on the way to it are written down with their days."""
    held = Employment.objects.select_for_update(no_key=True).select_related("person").get(pk=employment.pk)
    if due_on < began_on:
        raise refusals.EndsBeforeItBegins
    if held.ended_on is not None and due_on > held.ended_on:
        raise refusals.NotEmployedThen
    if Term.objects.standing().filter(employment=held, kind=kind, due_on=due_on).exists():
        raise refusals.OnRecordAlready
    plan = plan_for(
        held, kind, began_on=began_on, due_on=due_on, route=route, is_extension=extends is not None
    )
    term = Term.objects.create(
        employment=held, kind=kind, route=route, title=title.strip()[:160], years=years, began_on=began_on,
        due_on=due_on, act_by=plan.act_by, extends=extends, opened_at=at, opened_by=by,
    )  # fmt: skip
    TermStep.objects.bulk_create(TermStep(term=term, key=key, due_on=day) for key, day in plan.steps)
    detail = {"kind": kind, "due": due_on.isoformat()}
    append_audit("terms.open", about=term, by=by, at=at, detail=detail)
    if kind == Term.RETIREMENT:
        open_case_for(term, by=by, at=at)
    return term


def open_case_for(term: Term, *, by: Account | None, at: dt.datetime) -> Case | None:
    """The case it hangs on, where the office has such a service. Its title says nothing of the way or why."""
    is_staff = term.employment.workforce == Employment.EMPLOYEE
    key = SERVICES.get(term.kind, "") if is_staff or term.kind != Term.PROBATION else ""
    service = Service.objects.filter(key=key, retired_at=None).select_related("team").first() if key else None
    if service is None or term.case_id is not None:
        return None
    person = term.employment.person
    with override("cy" if person.language == "cy" else "en-gb"):
        title = _("%(kind)s, %(name)s") % {"kind": term.get_kind_display(), "name": person.full_name}
    case = open_case(
        service, at=at, title=title, channel="staff", received_at=at, by=by, requester=person, subject=person,
        language=person.language, confidentiality=Case.TEAM,
    )  # fmt: skip
    Term.objects.filter(pk=term.pk).update(case=case)
    term.case = case
    return case


@transaction.atomic
def call_off_term(term: Term, *, by: Account, at: dt.datetime) -> Term:
    """It was put on the record by mistake: it falls due no longer."""
    held = hold(term)
    if held.settled_at is not None or held.withdrawn_at is not None:
        raise refusals.SettledAlready
    Term.objects.filter(pk=held.pk).update(withdrawn_at=at, withdrawn_by=by)
    append_audit("terms.withdraw", about=held, by=by, at=at)
    return held


@transaction.atomic
def restore_term(term: Term, *, by: Account, at: dt.datetime) -> Term:
    """It falls due after all."""
    held = hold(term)
    same = Q(employment=held.employment_id, kind=held.kind, due_on=held.due_on)
    if held.withdrawn_at is None or Term.objects.standing().filter(same).exists():
        raise refusals.OnRecordAlready
    Term.objects.filter(pk=held.pk).update(withdrawn_at=None, withdrawn_by=None)
    append_audit("terms.restore", about=held, by=by, at=at)
    return held


def hold(term: Term) -> Term:
    """The term as it now stands, held until the transaction ends."""
    rows = Term.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("employment__person").get(pk=term.pk)
