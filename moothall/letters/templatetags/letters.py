"""Tags for letters.

{% load letters %}
{% letter_state letter %}        its state in words and colour
{{ letter.body|letter_html }}    its text with the light formatting, safe
{% for piece in before|difference_to:after %}
"""

from django import template
from django.utils.safestring import SafeString

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


@register.simple_tag
def letter_state(letter: Letter) -> SafeString:
    return tag(letter.get_state_display().capitalize(), COLOURS.get(letter.state, "grey"))


@register.filter
def letter_html(body: str) -> SafeString:
    return to_html(body)


@register.filter
def difference_to(before: str, after: str) -> list[Piece]:
    return difference(before, after)
