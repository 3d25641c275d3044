"""Evidence is not kept for longer than its kind lets it be; that it was, and who saw it, stays on record."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from clocks.months import corresponding_date
from moothall.credentials.models import Credential, CredentialKind
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit
from moothall.records.rules.destroying import destroy_document


def destroy_old_evidence(*, at: dt.datetime, today: dt.date) -> int:
    """Of every credential decided upon so many months ago, as its kind says; the answer is how many."""
    rows = Credential.objects.filter(_decided_long_ago(today), evidence__isnull=False).select_related("kind")
    gone = 0
    for credential in rows.order_by("pk").iterator(chunk_size=500):
        if destroy_on(credential) <= today:
            gone += _destroy(credential.pk, at=at)
    return gone


def _decided_long_ago(today: dt.date) -> Q:
    """As many months of 28 days ago as the kind says: nothing decided later is old enough."""
    found = Q(pk__in=[])
    kinds = CredentialKind.objects.filter(evidence_months__isnull=False).order_by("pk")
    for kind, months in kinds.values_list("pk", "evidence_months"):
        last = today - dt.timedelta(days=28 * (months or 0) - 2)
        by = dt.datetime.combine(last, dt.time(), dt.UTC)
        found |= Q(kind=kind) & (Q(verified_at__lte=by) | Q(verified_at=None, refused_at__lte=by))
    return found


def destroy_on(credential: Credential) -> dt.date:
    """The day from which the evidence is not to be kept: so many months after the decision."""
    decided = credential.verified_at or credential.refused_at
    if decided is None or credential.kind.evidence_months is None:
        return dt.date.max
    return corresponding_date(decided.date(), credential.kind.evidence_months)


@transaction.atomic
def _destroy(pk: int, *, at: dt.datetime) -> bool:
    rows = Credential.objects.select_for_update(of=("self",), skip_locked=True)
    credential = rows.filter(pk=pk, evidence__isnull=False).first()
    if credential is None or credential.evidence_id is None:
        return False
    document = Document.objects.get(pk=credential.evidence_id)
    Credential.objects.filter(pk=pk).update(evidence=None, evidence_destroyed_at=at)
    alone = destroy_document(document)
    append_audit(
        "credentials.destroy_evidence", about=credential, by=None, at=at,
        detail={"sha256": document.sha256, "kept_elsewhere": not alone},
    )  # fmt: skip
    return True
