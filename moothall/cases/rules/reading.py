"""Who read a restricted or sealed case: written into the audit, once for each thing in ten minutes."""

import datetime as dt

from django.db import transaction

from moothall.cases.models import Case, CaseAccess, Reading
from moothall.people.models import Account
from moothall.records.models import AuditEvent
from moothall.records.rules.audit import append_audit

from .access import BY_NAME

AGAIN_AFTER = dt.timedelta(minutes=10)
READ = "cases.read"
READS = (READ, "cases.read_sealed", "cases.break_glass")
PAGE, FILE, LETTER, PROGRAM = "page", "file", "letter", "program"
NAMED, REASON, EMERGENCY = "named", "reason", "emergency"


def note_read(case: Case, *, by: Account, at: dt.datetime, what: str, name: str = "") -> None:
    """Write down that somebody read a case that is not everybody's, and what let them; any other case is
    read freely. What was written within the last minutes is not written again."""
    if case.confidentiality in BY_NAME:
        _write_down(case, by=by, at=at, what=what, name=name)


@transaction.atomic
def _write_down(case: Case, *, by: Account, at: dt.datetime, what: str, name: str) -> None:
    known = {"what": what, "name": name} if name else {"what": what}
    lately = AuditEvent.objects.filter(about_kind="cases.case", about_id=case.pk, verb=READ, actor=by)
    again = lately.filter(at__gt=at - AGAIN_AFTER, detail__what=what)
    if (again.filter(detail__name=name) if name else again).exists():
        return
    way, reason = _what_lets_them_in(case, by, at=at)
    append_audit(READ, about=case, by=by, at=at, detail={**known, "way": way, "reason": reason})


def _what_lets_them_in(case: Case, account: Account, *, at: dt.datetime) -> tuple[str, str]:
    """By what right they read it, and the reason that was given for it."""
    access = CaseAccess.objects.letting_in().filter(case=case, account=account).first()
    if access is not None and access.until is not None:
        return EMERGENCY, access.reason
    if case.confidentiality == Case.SEALED:
        asked = Reading.objects.filter(case=case, account=account, until__gt=at).order_by("-at").first()
        return REASON, asked.reason if asked else ""
    return NAMED, access.reason if access else ""
