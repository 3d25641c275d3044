"""Visits to schools and centres: planned for a day, then filled in and finished as audits are."""

import datetime as dt

from django.db import transaction

from moothall.people.models import Account
from moothall.transport.models import Centre, Checklist, Inspection
from moothall.transport.models.checklist import CENTRE

from . import audit_refusals as refusals
from .auditing import plan_inspection


@transaction.atomic
def plan_visit(
    centre: Centre, *, checklist: Checklist, planned_on: dt.date, auditor: Account, by: Account | None,
    at: dt.datetime,
) -> Inspection:  # fmt: skip
    """Somebody of us goes to this school or centre on that day."""
    held = Centre.objects.select_for_update(of=("self",), no_key=True).get(pk=centre.pk)
    if checklist.of != CENTRE:
        raise refusals.WrongChecklist
    return plan_inspection({"centre": held}, checklist, planned_on, auditor, by=by, at=at)
