"""What happened is written down: with the record, in the audit, and on the timeline of its case."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry
from moothall.cases.rules.timeline import add_entry
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.personnel.models import (
    FamilyLeave,
    FlexibleRequest,
    Happening,
    ReferenceRequest,
    SharedNotice,
)
from moothall.records.rules.audit import append_audit

from .family_case import case_of, tick_family

Record = FlexibleRequest | FamilyLeave | ReferenceRequest | SharedNotice
COLUMNS = {
    FlexibleRequest: "flexible", FamilyLeave: "family", ReferenceRequest: "reference", SharedNotice: "shared",
}  # fmt: skip
KINDS = {
    "asked": _("Asked for"), "met": _("Meeting arranged"), "held": _("Meeting written down"),
    "agreed": _("Agreed"), "tried": _("Agreed for a trial"), "refused": _("Refused"),
    "extended": _("More time agreed"), "appealed": _("Appealed"), "upheld": _("Appeal upheld"),
    "dismissed": _("Appeal dismissed"), "withdrawn": _("Withdrawn"), "entered": _("Entered"),
    "moved": _("First day changed"), "born": _("Birth written down"), "ill": _("Begun by an illness"),
    "evidence": _("Evidence seen"), "risk": _("Risks looked at"), "confirmed": _("Confirmed"),
    "in_touch": _("Day to keep in touch"), "not_in_touch": _("Day to keep in touch taken back"),
    "returns": _("Earlier return"), "put_back": _("Put back"),
    "verified": _("Who asks is verified"), "consent": _("Consent"), "drafted": _("Written"),
    "checked": _("Checked"), "sent": _("Sent"), "declined": _("Declined"), "letter": _("Letter"),
    "one_block": _("Taken as one block"), "placed": _("Booked by a notice of shared leave"),
}  # fmt: skip


def column_of(record: Record) -> str:
    return COLUMNS[type(record)]


def _case_of(record: Record) -> Case | None:
    if isinstance(record, SharedNotice):
        return None
    return case_of(record) if isinstance(record, FamilyLeave) else record.case


@for_the_office()
def happened(
    kind: str, record: Record, *, by: Account | None, at: dt.datetime, words: str = "", **detail: object
) -> Happening:
    """Days and kinds go to the audit, never the words."""
    if kind not in KINDS:
        raise LookupError(f"There is no kind of happening {kind!r}.")
    made = Happening(kind=kind, words=words.strip(), by=by, at=at, **{column_of(record): record})
    made.save(force_insert=True)
    append_audit(f"personnel.{kind}", about=record, by=by, at=at, detail=dict(detail))
    case = _case_of(record)
    if isinstance(record, FamilyLeave):
        tick_family(record, kind, by=by, at=at)
    if case is not None:
        said = f"{KINDS[kind]}\n\n{words.strip()}".strip()
        add_entry(case, kind=Entry.NOTE, at=at, by=by, text=said)
    return made
