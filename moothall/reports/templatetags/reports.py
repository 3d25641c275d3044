"""How figures are written.

{{ value|figured }}      1,234.5, without noughts that say nothing; a dash where there is nothing to divide by
"""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def figured(value: Decimal | int | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, int):
        return str(number_format(value, use_l10n=True, force_grouping=True))
    plain = value.quantize(Decimal("0.01"))
    places = 0 if plain == plain.to_integral_value() else 1 if plain == round(plain, 1) else 2
    return str(number_format(plain, places, use_l10n=True, force_grouping=True))
