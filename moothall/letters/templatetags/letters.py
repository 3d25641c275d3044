"""Tags for letters.

{% load letters %}
{% letter_state letter %}        its state in words and colour
{{ letter.body|letter_html }}    its text with the light formatting, safe
{{ event.verb|happening }}       what the audit says of it, in words
{% for piece in before|difference_to:after %}
"""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from moothall.core.templatetags.parts import tag
from moothall.letters.models import Letter
from moothall.letters.rules.differences import Piece, difference
from moothall.letters.rules.formatting import to_html

register = template.Library()

COLOURS = {
    Letter.FOR_APPROVAL: "yellow",
    Letter.QUEUED: "blue",
    Letter.SENDING: "blue",
    Letter.SENT: "green",
    Letter.MAYBE_SENT: "orange",
    Letter.FAILED: "red",
}


HAPPENED = {
    "letters.queued": _("Put into the outbox"),
    "letters.offered": _("Given to an approver"),
    "letters.approved": _("Approved"),
    "letters.not_approved": _("Not approved"),
    "letters.refused": _("Refused by the mail server"),
    "letters.recalled": _("Called back"),
    "letters.sent": _("Sent"),
    "letters.later": _("Put off by the mail server"),
    "letters.unreachable": _("The mail server could not be reached"),
    "letters.unknown": _("Nobody knows whether it was sent"),
    "letters.silent": _("The worker stopped while sending it"),
    "letters.found_sent": _("Found to have arrived"),
    "letters.sent_again": _("Put into the outbox again"),
    "letters.given_up": _("Put aside"),
    "letters.printed": _("Printed"),
}


@register.filter
def happening(verb: str) -> str:
    return str(HAPPENED.get(verb, verb))


@register.simple_tag
def letter_state(letter: Letter) -> SafeString:
    return tag(letter.get_state_display().capitalize(), COLOURS.get(letter.state, "grey"))


@register.filter
def letter_html(body: str) -> SafeString:
    return to_html(body)


@register.filter
def difference_to(before: str, after: str) -> list[Piece]:
    return difference(before, after)
