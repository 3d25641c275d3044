"""Tags for absence.

{% evidence rung %}            how the certificates of an absence stand, in words and colour
{{ row|said:"name" }}          a field in the page's language
{% days_between first last %}  "3 to 9 March 2026"
"""

import datetime as dt
from typing import Protocol

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clocks import sickness
from moothall.core.templatetags.parts import spelled, tag

register = template.Library()
EVIDENCE = {
    sickness.COVERED: (gettext_lazy("Covered"), "green"),
    sickness.SELF_WANTED: (gettext_lazy("Self-certificate to come"), "grey"),
    sickness.SELF_LATE: (gettext_lazy("Self-certificate late"), "orange"),
    sickness.NOTE_WANTED: (gettext_lazy("Fit note needed soon"), "yellow"),
    sickness.NOTE_MISSING: (gettext_lazy("Fit note missing"), "red"),
    sickness.EXPIRING: (gettext_lazy("Fit note ends soon"), "yellow"),
    sickness.EXPIRED: (gettext_lazy("Fit note ended"), "red"),
}


class SaidInTwoLanguages(Protocol):
    def said(self, field: str, language: str) -> str: ...


@register.simple_tag
def evidence(rung: str) -> SafeString:
    return tag(*EVIDENCE[rung])


@register.filter
def said(row: SaidInTwoLanguages, field: str) -> str:
    return row.said(field, get_language() or "en")


@register.simple_tag
def days_between(first: dt.date, last: dt.date | None) -> str:
    if last is None:
        return _("since %(day)s") % {"day": spelled(first, "j F Y")}
    if first == last:
        return spelled(first, "j F Y")
    begins = spelled(first, "j F" if first.year == last.year else "j F Y")
    return _("%(first)s to %(last)s") % {"first": begins, "last": spelled(last, "j F Y")}
