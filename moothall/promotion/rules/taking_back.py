"""The end of a promotion for a while, taken back: the record, the case and its steps stand as before."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Step
from moothall.cases.rules.closing import reopen_case
from moothall.cases.rules.stepping import reopen_step
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.promotion.models import TemporaryPromotion
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application
from moothall.workforce.rules.assigning import take_back_change

from .going_on import ready_step
from .refusals import PromotedAlready, StillRuns, WrittenSince


@for_the_office()
@transaction.atomic
def take_back_end(promotion: TemporaryPromotion, *, by: Account, at: dt.datetime) -> TemporaryPromotion:
    """It was ended, or made good, by mistake: it runs on to the day that was agreed."""
    held: TemporaryPromotion = (
        TemporaryPromotion.objects.select_for_update(of=("self",)).in_full().get(pk=promotion.pk)
    )
    if held.ended_at is None:
        raise StillRuns
    if TemporaryPromotion.objects.standing().filter(employment=held.employment_id).exists():
        raise PromotedAlready
    if held.ended_as == TemporaryPromotion.REVERTED:
        _take_back_the_way_back(held, by=by, at=at)
    if held.pool_place is not None:
        _take_up(held.pool_place.application, by=by, at=at)
    was = held.ended_as
    held.ended_at, held.ended_by, held.ended_on, held.ended_as, held.ended_because = None, None, None, "", ""
    held.save(update_fields=["ended_at", "ended_by", "ended_on", "ended_as", "ended_because"])
    append_audit("promotion.take_back_end", about=held, by=by, at=at, detail={"was": was})
    return held


def _take_back_the_way_back(held: TemporaryPromotion, *, by: Account, at: dt.datetime) -> None:
    """Only while it is the last thing written on their record, for that is what is taken back."""
    newest = held.employment.assignments.standing().order_by("-recorded_at", "-id").first()
    if newest is None or newest.recorded_at != held.ended_at:
        raise WrittenSince
    take_back_change(held.employment, by=by, at=at)


def _take_up(application: Application, *, by: Account, at: dt.datetime) -> None:
    """Their case is open at the step of the promotion for a while."""
    because = str(_("The promotion for a while runs on."))
    case = Case.objects.get(pk=application.case_id)
    if case.is_closed:
        reopen_case(case, by=by, at=at, because=because)
    for key in ("subst", "temp"):
        rows = Step.objects.filter(case=application.case_id, key=key, state=Step.DONE)
        step = rows.select_related("case__version").order_by("-occurrence").first()
        if step is not None and ready_step(application, key) is None:
            reopen_step(step, by=by, at=at, because=because)
