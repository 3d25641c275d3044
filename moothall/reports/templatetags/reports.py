"""How figures are written.

{{ value|figured }}      1,234.5, without noughts that say nothing; a dash where there is nothing to divide by
"""

from decimal import Decimal

from django import template

register = template.Library()
HUNDREDTH = Decimal("0.01")


@register.filter
def figured(value: Decimal | int | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"  # as English and Welsh both write it; a page has hundreds of them
    plain = f"{value.quantize(HUNDREDTH):,}"
    return plain.rstrip("0").removesuffix(".")
