"""Tags for contacts with care.

{% authority_state state %}     how an authority to act stands, in words and colour
{% approach_state state %}      how a letter to another body stands
{{ basis|said:"name" }}         a field in the page's language
"""

from typing import Protocol

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from moothall.core.templatetags.parts import tag

register = template.Library()
AUTHORITY = {
    "IN_FORCE": (gettext_lazy("In force"), "green"),
    "TO_COME": (gettext_lazy("Begins later"), "blue"),
    "LAPSED": (gettext_lazy("Lapsed"), "orange"),
    "WITHDRAWN": (gettext_lazy("Withdrawn"), "red"),
}

APPROACH = {
    "WAITING": (gettext_lazy("Waiting"), "blue"),
    "LATE": (gettext_lazy("Late"), "red"),
    "ANSWERED": (gettext_lazy("Answered"), "green"),
    "CLOSED": (gettext_lazy("Let be"), "grey"),
    "UNSENT": (gettext_lazy("Not sent"), "yellow"),
}


class SaidInTwoLanguages(Protocol):
    def said(self, field: str, language: str) -> str: ...


@register.simple_tag
def authority_state(state: str) -> SafeString:
    return tag(*AUTHORITY[state])


@register.simple_tag
def approach_state(state: str) -> SafeString:
    return tag(*APPROACH[state])


@register.filter
def said(row: SaidInTwoLanguages, field: str) -> str:
    return row.said(field, get_language() or "en")
