"""Tags for audits, visits and findings.

{% inspection_tag inspection %}   planned, its rating, or withdrawn, in colour
{% rating_tag rating %}           a rating in colour
{% severity_tag finding %}        how grave a finding is
{% finding_tag finding today %}   how it stands, red where it is late
{% answer_tag answer %}           met, partly, not met
{{ finding|found_said }}          the question and what was seen, in the language of the reader
{{ inspection|looked_at }}        the vehicle, the crew member or the run
{{ voice|concerned }}             everybody and everything it concerns, beside the contractor
{% due_in day today %}             late, or how many days are left within six weeks
"""

import datetime as dt

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from moothall.core.templatetags.parts import tag
from moothall.transport.models import (
    AuditRating,
    Finding,
    Inspection,
    InspectionAnswer,
    TransportVoice,
)
from moothall.transport.models.audit import MET, NOT_ASKED, NOT_MET, PARTLY, WITHDRAWN
from moothall.transport.models.checklist import CRITICAL, MAJOR, MINOR
from moothall.transport.rules import due
from moothall.transport.rules.voicing import concerns

register = template.Library()
PLACES = {1: "green", 2: "turquoise", 3: "orange"}
SEVERITIES = {CRITICAL: "red", MAJOR: "orange", MINOR: "yellow"}
ANSWERS = {MET: "green", PARTLY: "yellow", NOT_MET: "red", NOT_ASKED: "grey"}
STATES = {Finding.OPEN: "blue", Finding.DONE: "turquoise", Finding.CLOSED: "grey"}
VOICES = {TransportVoice.COMPLAINT: "orange", TransportVoice.COMPLIMENT: "green"}


@register.simple_tag
def rating_tag(rating: AuditRating | None) -> str:
    if rating is None:
        return ""
    return tag(rating.name_in(get_language() or "en"), PLACES.get(rating.place, "red"))


@register.simple_tag
def inspection_tag(row: Inspection) -> str:
    if row.stands == WITHDRAWN:
        return tag(_("Withdrawn"), "grey")
    if row.finished_at is None:
        return tag(_("Planned"), "blue")
    return rating_tag(row.rating) or tag(_("Carried out"), "green")


@register.simple_tag
def severity_tag(row: Finding) -> SafeString:
    return tag(row.get_severity_display(), SEVERITIES[row.severity])


@register.simple_tag
def finding_tag(row: Finding, today: dt.date) -> SafeString:
    if row.is_late(today):
        return tag(_("Late"), "red")
    return tag(row.get_state_display(), STATES[row.state])


@register.simple_tag
def answer_tag(row: InspectionAnswer | None) -> SafeString:
    if row is None:
        return tag(_("No answer yet"), "grey")
    return tag(row.get_said_display(), ANSWERS[row.said])


@register.simple_tag
def voice_tag(row: TransportVoice) -> SafeString:
    return tag(row.get_kind_display(), VOICES[row.kind])


@register.filter
def found_said(row: Finding) -> str:
    return row.said_in(get_language() or "en")


@register.filter
def looked_at(row: Inspection) -> str:
    return row.looked_at


@register.filter
def concerned(row: TransportVoice) -> str:
    return concerns(row, get_language() or "en")


@register.simple_tag
def due_in(day: dt.date | None, today: dt.date) -> str:
    """Nothing while it is far off."""
    if day is None or day > today + due.SOON:
        return ""
    left = (day - today).days
    if left < 0:
        return tag(_("Late"), "red")
    return tag(ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}, "orange")
