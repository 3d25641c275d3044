"""The cases on which departments do checks: who sees them, and what passes on when they end."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext as _

from moothall.cases.models import Case, CaseAccess, Step
from moothall.cases.rules.access import name_on_case
from moothall.cases.rules.closing import NOTHING_DONE
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.stepping import complete_step
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.recruitment.models import Application, CheckKind, Clearance
from moothall.recruitment.models.check import CLEARED, NOT_CLEARED

from . import references

DEEPEST: Final = 3


def kind_of(case: Case) -> CheckKind | None:
    """The kind of check that a case is the doing of; None for every other case."""
    if case.parent_step_id is None:
        return None
    return CheckKind.objects.in_use().filter(service=case.service.key).first()


@for_the_office()
def application_above(case: Case) -> Application | None:
    """The application that a case serves, directly or through its set of checks."""
    step = case.parent_step
    for _level in range(DEEPEST):
        if step is None:
            return None
        found = Application.objects.in_full().filter(case=step.case_id).first()
        if found is not None:
            return found
        step = step.case.parent_step
    return None


def check_opened(case: Case, _verb: str, _by: Account | None, at: dt.datetime) -> None:
    """Everybody of the department sees a private one, and nobody else; referees named before are asked."""
    kind = kind_of(case)
    if kind is not None and kind.is_private:
        let_department_in(case, at=at)
    application = application_above(case) if kind is not None and kind.key == references.KIND else None
    if application is not None:
        references.ask_all(application, at=at)


def let_department_in(case: Case, *, at: dt.datetime) -> int:
    """Name those who work in the teams that have a part in it; the answer is how many were new."""
    fresh = Case.objects.get(pk=case.pk)
    people = [each for team in fresh.seen_by_teams for each in Account.objects.working_in(team)]
    return len(name_on_case(fresh, people, because=str(_("Works in the department")), by=None, at=at))


@for_the_office()
def keep_departments_true(*, at: dt.datetime) -> int:
    """Whoever has come to a department since sees its checks, and whoever left does not; how many changed."""
    private = list(CheckKind.objects.in_use().filter(is_private=True).values_list("service", flat=True))
    running = Case.objects.unfinished().filter(service__key__in=private, parent_step__isnull=False)
    changed = 0
    for case in running.order_by("id").iterator(chunk_size=500):
        there = [each.pk for team in case.seen_by_teams for each in Account.objects.working_in(team)]
        if there:
            gone = CaseAccess.objects.in_force().filter(case=case).exclude(account__in=there)
            changed += gone.update(ended_at=at)
        changed += let_department_in(case, at=at)
    return changed


def check_closed(case: Case, _verb: str, by: Account | None, at: dt.datetime) -> None:
    """Recruitment hears whether somebody is cleared; the step ends as it knows how to."""
    kind = kind_of(case)
    if kind is None or case.outcome in NOTHING_DONE:
        return
    application = application_above(case)
    if application is not None and not kind.is_set:
        keep_clearance(application, kind, cleared=case.outcome in kind.clears, by=by, at=at)
    step = Step.objects.select_related("case__version").get(sub_cases=case)
    declared = definition_of(step.case.version).step(step.key).outcomes
    if step.state != Step.READY or not declared or case.outcome in declared:
        return
    known = next((each for each in kind.becomes.get(case.outcome, []) if each in declared), "")
    if known:
        complete_step(step, by=by, at=at, outcome=known, from_sub_case=True)


def check_taken_up(case: Case, _verb: str, _by: Account | None, at: dt.datetime) -> None:
    """Closed by mistake: nobody is cleared by it."""
    kind = None if case.is_closed else kind_of(case)
    application = application_above(case) if kind is not None else None
    if kind is not None and application is not None:
        take_back_clearance(application, kind, at=at)


def take_back_clearance(application: Application, kind: CheckKind, *, at: dt.datetime) -> int:
    return Clearance.objects.standing().filter(application=application, kind=kind).update(undone_at=at)


def keep_clearance(
    application: Application, kind: CheckKind, *, cleared: bool, by: Account | None, at: dt.datetime,
    runs_out_on: dt.date | None = None,
) -> Clearance:  # fmt: skip
    """The one that stands for this kind. A day said before holds until another is said."""
    rows = Clearance.objects.filter(application=application, kind=kind)
    before = rows.order_by("-pk").first()
    rows.standing().update(undone_at=at)
    on, day = in_london(at).date(), runs_out_on or (before.runs_out_on if before is not None else None)
    return Clearance.objects.create(
        application=application, kind=kind, result=CLEARED if cleared else NOT_CLEARED, decided_on=on,
        runs_out_on=day if day is not None and day >= on else None, recorded_at=at, recorded_by=by,
    )  # fmt: skip
