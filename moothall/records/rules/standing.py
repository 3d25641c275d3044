"""Ending a standstill: from then on the worker sends, fetches and keeps the timetable again."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.notices import Notice
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.models import Standstill

from .audit import append_audit

SAID = _(
    "A backup was put back: nothing is sent, fetched or run by the clock until an administrator ends this."
)


class NothingStands(Refusal):
    sentence = _("The office is at work: there is no standstill to end.")


@transaction.atomic
def end_standstill(*, because: str, by: Account, at: dt.datetime) -> None:
    """Let things go out again; the reason is kept."""
    standing = list(Standstill.objects.select_for_update(of=("self",)).standing())
    if not standing:
        raise NothingStands
    for row in standing:
        row.ended_at, row.ended_by, row.ended_because = at, by, because
        row.save(update_fields=["ended_at", "ended_by", "ended_because"])
        append_audit("records.end_standstill", about=row, by=by, at=at, detail={"because": because})


def notice_of_standstill(_at: dt.datetime) -> Sequence[Notice]:
    """What everybody is told on every page while it lasts."""
    return [Notice(SAID, "people.view")] if Standstill.objects.standing().exists() else []
