"""The letter to a contractor about an audit: its result, and each finding with its deadline."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from moothall.letters.models import MAIL, Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import LANGUAGES, Field, date_in, fields_for
from moothall.letters.rules.merging import Merged, merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Contractor, Finding, Inspection

from . import audit_refusals as refusals
from .auditing import hold

DECLARED: Final = (
    Field("audit.contractor", _("The contractor that was audited"), "Saddlers Cars"),
    Field("audit.subject", _("Whom or what exactly the audit looked at"), "FX21 ABC"),
    Field("audit.day", _("The day of the audit"), "5 May 2027", "5 Mai 2027"),
    Field("audit.checklist", _("What was looked at"), "Vehicle at the kerb", "Cerbyd wrth ymyl y ffordd"),
    Field("audit.rating", _("The rating of the audit"), "Has to improve", "Angen gwella"),
    Field("audit.score", _("How much was met, in per cent"), "82"),
    Field(
        "audit.findings", _("The findings that are open, a line each with its deadline"),
        "1. (Major, by 19 May 2027) The first aid kit is complete", "1. (Difrifol, erbyn 19 Mai 2027) …",
    ),
)  # fmt: skip
FOUND: Final = BuiltIn(
    key="contractor-audit-findings",
    name="What an audit of a contractor found",
    name_cy="Yr hyn a ganfuwyd mewn archwiliad o gontractwr",
    subject_en="Our audit of {audit.day}: {audit.subject}",
    body_en="""{person.greeting}

On {audit.day} we looked at {audit.subject} ({audit.checklist}). {audit.score} per cent of what we ask for was met. The rating is: {audit.rating}.

This has to be put right:

{audit.findings}

Please tell us what you have done about each point by its day, and send us what shows it. If you think that something here is wrong, tell us before that day.""",  # noqa: E501
    subject_cy="Ein harchwiliad ar {audit.day}: {audit.subject}",
    body_cy="""{person.greeting}

Ar {audit.day} edrychwyd ar {audit.subject} ({audit.checklist}). Bodlonwyd {audit.score} y cant o'r hyn yr ydym yn gofyn amdano. Y radd yw: {audit.rating}.

Rhaid cywiro hyn:

{audit.findings}

Dywedwch wrthym beth a wnaethoch ynghylch pob pwynt erbyn ei ddiwrnod, ac anfonwch atom yr hyn sy'n ei ddangos. Os credwch fod rhywbeth yma'n anghywir, dywedwch wrthym cyn y diwrnod hwnnw.""",  # noqa: E501
)
CLEAN: Final = BuiltIn(
    key="contractor-audit-clean",
    name="An audit of a contractor found nothing to put right",
    name_cy="Archwiliad o gontractwr heb ddim i'w gywiro",
    subject_en="Our audit of {audit.day}: {audit.subject}",
    body_en="""{person.greeting}

On {audit.day} we looked at {audit.subject} ({audit.checklist}). {audit.score} per cent of what we ask for was met. The rating is: {audit.rating}.

There is nothing to be put right. Thank you for your work.""",  # noqa: E501
    subject_cy="Ein harchwiliad ar {audit.day}: {audit.subject}",
    body_cy="""{person.greeting}

Ar {audit.day} edrychwyd ar {audit.subject} ({audit.checklist}). Bodlonwyd {audit.score} y cant o'r hyn yr ydym yn gofyn amdano. Y radd yw: {audit.rating}.

Nid oes dim i'w gywiro. Diolch am eich gwaith.""",  # noqa: E501
)
LETTERS: Final = (FOUND, CLEAN)


def fields_of(inspection: Inspection, language: str) -> dict[str, str]:
    """What a letter about an audit may say."""
    firm = inspection.contractor
    subject = inspection.subject
    named = subject.name_in(language) if isinstance(subject, Contractor) else str(subject)
    score = "" if inspection.score is None else f"{inspection.score:.0f}"
    return {
        "audit.contractor": firm.name_in(language) if firm is not None else "",
        "audit.subject": f"{inspection.job}, {named}" if inspection.job else named,
        "audit.day": date_in(language, inspection.carried_out_on or inspection.planned_on),
        "audit.checklist": inspection.checklist.name_in(language),
        "audit.rating": inspection.rating.name_in(language) if inspection.rating is not None else "",
        "audit.score": score,
        "audit.findings": _lines(inspection, language),
    }


def _lines(inspection: Inspection, language: str) -> str:
    found = inspection.findings.filter(state=Finding.OPEN).select_related("question")
    with translation.override(LANGUAGES[language]):
        lines = [
            _("%(number)s. (%(severity)s, by %(day)s) %(words)s") % {
                "number": number, "severity": each.get_severity_display(),
                "day": date_in(language, each.deadline_on), "words": each.said_in(language),
            }
            for number, each in enumerate(found.order_by("deadline_on", "id"), start=1)
        ]  # fmt: skip
        return "\n\n".join(str(line) for line in lines)


def letter_about(inspection: Inspection, *, by: Account, at: dt.datetime) -> Merged:
    """The letter as it would be sent now."""
    firm = inspection.contractor
    if firm is None:
        raise refusals.NotAnAudit
    if inspection.finished_at is None or inspection.withdrawn_at is not None:
        raise refusals.NotFinished
    known = fields_for(inspection, language=firm.language, person=None, by=by, at=at)
    known |= fields_of(inspection, firm.language)
    built = FOUND if known["audit.findings"] else CLEAN
    return merge(built.text(), firm.language, known)


@transaction.atomic
def tell_contractor(inspection: Inspection, *, by: Account, at: dt.datetime) -> Letter:
    """Write to the contractor what was found. Afterwards the audit is not opened again."""
    held = hold(inspection)
    merged = letter_about(held, by=by, at=at)
    firm = held.contractor
    if firm is None or not firm.email:
        raise refusals.NobodyToTell
    letter = queue_letter(
        about=held, person=None, channel=MAIL, language=merged.language, to_address=firm.email,
        to_name=firm.contact or firm.name, from_address="", from_name="", subject=merged.subject,
        body=merged.body, by=by, at=at,
    )  # fmt: skip
    Inspection.objects.filter(pk=held.pk).update(told_at=at, told_by=by)
    append_audit("transport.tell_of_audit", about=held, by=by, at=at)
    return letter
