"""Tags for credentials.

{% credential_state state %}     how a credential stands, in words and colour
"""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from moothall.core.templatetags.parts import tag

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
