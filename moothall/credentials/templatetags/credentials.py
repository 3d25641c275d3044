"""Tags for credentials.

{% credential_state state %}     how a credential stands, in words and colour
{{ requirement|workforce_name }} the workforce that asks for a credential
"""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from moothall.core.templatetags.parts import tag
from moothall.credentials.models import Requirement
from moothall.workforce.models import Employment

register = template.Library()
STATES = {
    "HELD": (gettext_lazy("Held"), "green"),
    "ENDING": (gettext_lazy("Runs out soon"), "yellow"),
    "EXPIRED": (gettext_lazy("Has run out"), "red"),
    "WAITING": (gettext_lazy("Waits to be verified"), "blue"),
    "MISSING": (gettext_lazy("Missing"), "red"),
    "RENEWED": (gettext_lazy("Renewed since"), "grey"),
    "REFUSED": (gettext_lazy("Not accepted"), "orange"),
    "WITHDRAWN": (gettext_lazy("Withdrawn"), "grey"),
}


@register.simple_tag
def credential_state(state: str) -> SafeString:
    return tag(*STATES[state])


@register.filter
def workforce_name(requirement: Requirement) -> str:
    return str(dict(Employment.WORKFORCES).get(requirement.workforce, requirement.workforce))
