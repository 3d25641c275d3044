"""Tags for what transport is worth.

{{ value|figure_said:figure }}   £12.30, 74.2 %, 31.5 min; a dash where nothing is known
{% target_tag state %}           met, nearly met, missed, in green, amber and red
{{ metres|in_miles }}            miles with one place
{{ pounds|pounds_said }}         £1,234
"""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.templatetags.parts import tag
from moothall.transport.rules import targets
from moothall.transport.rules.value_figures import MILE, MINUTES, POUNDS, Figure

register = template.Library()
STATES = {
    targets.MET: (gettext_lazy("Met"), "green"), targets.NEARLY: (gettext_lazy("Nearly met"), "yellow"),
    targets.MISSED: (gettext_lazy("Missed"), "red"),
    targets.UNKNOWN: (gettext_lazy("Not known yet"), "grey"),
}  # fmt: skip


@register.filter
def figure_said(value: Decimal | None, figure: Figure) -> str:
    if value is None:
        return "–"
    if figure.unit == POUNDS:
        return f"£{value:,.2f}"
    plain = f"{value:,.1f}".removesuffix(".0")
    return _("%(minutes)s min") % {"minutes": plain} if figure.unit == MINUTES else f"{plain}%"


@register.filter
def pounds_said(value: Decimal | None) -> str:
    return "–" if value is None else f"£{value:,.0f}"


@register.filter
def in_miles(metres: int | None) -> str:
    return "" if metres is None else f"{Decimal(metres) / MILE:.1f}"


@register.filter
def state_said(state: str) -> str:
    return str(STATES[state][0])


@register.simple_tag
def target_tag(state: str) -> SafeString:
    words, colour = STATES[state]
    return tag(words, colour)
