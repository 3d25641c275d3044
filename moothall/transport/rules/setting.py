"""What the office says of who is entitled and what things cost: each from a day on, with its source."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import EligibilityRule, PaperRule, TransportRate

from . import refusals

DAY = dt.timedelta(days=1)


@transaction.atomic
def confirm_rule(rule: EligibilityRule, *, by: Account, at: dt.datetime, today: dt.date) -> EligibilityRule:
    """Somebody has read the source, and the row says what it says."""
    held = EligibilityRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    EligibilityRule.objects.filter(pk=held.pk).update(confirmed=True, source_read_on=today)
    append_audit("transport.confirm_rule", by=by, at=at, detail={"rule": held.key})
    held.refresh_from_db()
    return held


@transaction.atomic
def confirm_paper_rule(rule: PaperRule, *, by: Account, at: dt.datetime, today: dt.date) -> PaperRule:
    """Somebody has read the source, and the row says what it says."""
    held = PaperRule.objects.select_for_update(of=("self",)).select_related("kind").get(pk=rule.pk)
    PaperRule.objects.filter(pk=held.pk).update(confirmed=True, source_read_on=today)
    detail = {"paper": held.kind.key, "of": held.of}
    append_audit("transport.confirm_paper_rule", by=by, at=at, detail=detail)
    held.refresh_from_db()
    return held


@transaction.atomic
def set_rate(
    *, key: str, amount: Decimal, from_on: dt.date, source: str, by: Account, at: dt.datetime
) -> TransportRate:
    """So much from that day on; the row before ends the day before."""
    if not source.strip():
        raise refusals.SourceNeeded
    rows = TransportRate.objects.select_for_update(of=("self",)).filter(key=key)
    rows.filter(from_on__lt=from_on, until_on=None).update(until_on=from_on - DAY)
    made, _new = TransportRate.objects.update_or_create(
        key=key,
        from_on=from_on,
        defaults={"amount": amount, "source": source.strip()[:300], "confirmed": True},
    )
    detail = {"key": key, "amount": str(amount), "from": from_on.isoformat()}
    append_audit("transport.rate", by=by, at=at, detail=detail)
    return made
