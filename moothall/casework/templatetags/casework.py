"""Tags for contacts with care.

{% authority_state state %}     how an authority to act stands, in words and colour
{% approach_state state %}      how a letter to another body stands
{% plan_state state %}          how a contact plan stands
{{ plan|how_they_may }}         what is different under a contact plan
{{ basis|said:"name" }}         a field in the page's language
"""

from typing import Protocol

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from moothall.casework.models import ContactPlan
from moothall.casework.rules import planning_contact
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


PLAN = {
    "PROPOSED": (gettext_lazy("Waits for approval"), "yellow"),
    "REFUSED": (gettext_lazy("Not approved"), "grey"),
    "IN_FORCE": (gettext_lazy("In force"), "red"),
    "TO_COME": (gettext_lazy("Begins later"), "blue"),
    "EXPIRED": (gettext_lazy("Lapsed"), "grey"),
    "ENDED": (gettext_lazy("Ended"), "grey"),
}


class SaidInTwoLanguages(Protocol):
    def said(self, field: str, language: str) -> str: ...


@register.simple_tag
def authority_state(state: str) -> SafeString:
    return tag(*AUTHORITY[state])


@register.simple_tag
def approach_state(state: str) -> SafeString:
    return tag(*APPROACH[state])


@register.simple_tag
def plan_state(state: str) -> SafeString:
    return tag(*PLAN[state])


@register.filter
def how_they_may(plan: ContactPlan) -> str:
    return planning_contact.how_they_may(plan)


@register.filter
def said(row: SaidInTwoLanguages, field: str) -> str:
    return row.said(field, get_language() or "en")
