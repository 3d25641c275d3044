"""A department does its checks: steps are done, and the day until which somebody is cleared is said."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Entry, Step
from moothall.cases.rules.changing import undo_change
from moothall.cases.rules.definition import StepDefinition, definition_of
from moothall.cases.rules.stepping import complete_step, reopen_step
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application, CheckKind

from .check_cases import application_above, keep_clearance, kind_of, let_department_in, take_back_clearance
from .check_refusals import NotACheck, RunsOutBefore


def declared_at(step: Step) -> StepDefinition:
    return definition_of(step.case.version).step(step.key)


@for_the_office()
def check_at(step: Step) -> tuple[Application, CheckKind] | None:
    """The application and kind of check that a step belongs to: on a department’s case, or its own."""
    kind = kind_of(step.case)
    if kind is None or kind.is_set:
        kind = CheckKind.objects.in_use().filter(steps__contains=[step.key], is_set=False).first()
        own = Application.objects.in_full().filter(case=step.case_id).first()
        application = own or application_above(step.case)
    else:
        application = application_above(step.case)
    return (application, kind) if application is not None and kind is not None else None


def _check_of(step: Step) -> tuple[Application | None, CheckKind]:
    """Departments also check for cases that serve no application, such as an appointment made by hand."""
    found = check_at(step)
    if found is not None:
        return found
    kind = kind_of(step.case)
    if kind is None or kind.is_set:
        raise NotACheck
    return None, kind


def asks_until_when(step: Step, kind: CheckKind) -> bool:
    return step.key == kind.dated_at


@for_the_office()
@transaction.atomic
def finish_check_step(
    step: Step, *, by: Account, at: dt.datetime, outcome: str = "", note: str = "",
    runs_out_on: dt.date | None = None,
) -> Step:  # fmt: skip
    """One step of a check is done. What is noted stays on the case of its department; until when somebody is
    cleared reaches recruitment."""
    application, kind = _check_of(step)
    if runs_out_on is not None and runs_out_on < in_london(at).date():
        raise RunsOutBefore
    done = complete_step(step, by=by, at=at, outcome=outcome, note=note.strip())
    case = Case.objects.select_related("service").get(pk=step.case_id)
    own = step.key in kind.steps
    if application is not None and (own or runs_out_on is not None):
        came_to = outcome if own else _came_to(case)
        cleared = came_to in kind.clears or (own and not outcome)
        keep_clearance(application, kind, cleared=cleared, by=by, at=at, runs_out_on=runs_out_on)
    if kind.is_private and not case.is_closed:
        let_department_in(case, at=at)
    append_audit("recruitment.finish_check_step", about=case, by=by, at=at, detail={"step": step.key})
    return done


def _came_to(case: Case) -> str:
    """How the case of a check ended, or the last of its steps that ended somehow."""
    if case.is_closed:
        return case.outcome
    ended = case.steps.filter(state=Step.DONE).exclude(outcome="").order_by("-done_at", "-position")
    return ended.values_list("outcome", flat=True).first() or ""


@for_the_office()
@transaction.atomic
def take_back_check_step(step: Step, *, by: Account, at: dt.datetime) -> Step:
    """Done by mistake: it is ready again, and so is whatever ended with it."""
    application, kind = _check_of(step)
    case = Case.objects.select_related("service", "version").get(pk=step.case_id)
    if case.is_closed:
        closing = case.entries.filter(kind=Entry.CHANGE, detail__verb="close", undone_at=None)
        undo_change(closing.order_by("-id")[0], by=by, at=at)
    fresh = Step.objects.select_related("case__version").get(pk=step.pk)
    if fresh.state == Step.DONE:  # one that ended its case is open with the case
        reopen_step(fresh, by=by, at=at, because=str(_("Done by mistake.")))
    if application is not None:
        take_back_clearance(application, kind, at=at)
    append_audit("recruitment.take_back_check_step", about=case, by=by, at=at, detail={"step": step.key})
    return fresh
