"""Letters that wait because the mail server is away, and letters that nobody wants any more."""

import datetime as dt

from django.db import transaction
from django.db.models import Min, Q
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import in_london
from moothall.core.notices import Notice
from moothall.letters.models import MAIL, Letter
from moothall.records.rules.audit import append_audits, audit_event

PATIENCE = dt.timedelta(minutes=10)
MANY = 1000
WORDS = _(
    "The mail server takes no letters since %(since)s. Waiting: %(many)s. They leave by themselves as "
    "soon as it does."
)
TOO_LATE = "It would have come too late to be of use, and was not sent."


def letters_that_wait(at: dt.datetime) -> list[Notice]:
    """A notice for all who write letters, once the first is overdue: never tried, or tried in vain."""
    overdue = Q(send_after__lte=at - PATIENCE) | Q(
        attempts=0, claimed_at__isnull=False, written_at__lte=at - PATIENCE
    )
    queued = Letter.objects.filter(overdue, state=Letter.QUEUED, channel=MAIL).order_by()
    oldest = queued.aggregate(since=Min("written_at"))["since"]
    if oldest is None:
        return []
    many = queued[:MANY].count()
    words = f"{many}" if many < MANY else f"{MANY}+"
    given = {"since": in_london(oldest).strftime("%d/%m/%Y %H:%M"), "many": words}
    return [Notice(WORDS, "letters.write", None, given)]


@transaction.atomic
def cancel_what_is_stale(*, at: dt.datetime) -> int:
    """A reminder of yesterday is worse than none: what is of no use any more does not leave."""
    stale = list(
        Letter.objects.filter(state=Letter.QUEUED, useless_after__lt=at)
        .order_by("pk")
        .select_for_update(skip_locked=True)[:MANY]
    )
    append_audits(audit_event("letters.too_late", about=letter, by=None, at=at) for letter in stale)
    gone = Letter.objects.filter(pk__in=[letter.pk for letter in stale])
    return gone.update(state=Letter.CANCELLED, problem=TOO_LATE)
