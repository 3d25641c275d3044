"""The words of workload: days of the week, shares, and how well somebody knows a service."""

import datetime as dt

from django import template
from django.utils.formats import date_format

from moothall.workload.rules.sharing import LEVELS

register = template.Library()


@register.filter
def day_name(number: int) -> str:
    return date_format(dt.date(2024, 1, 1) + dt.timedelta(days=number), "l")


@register.filter
def percent(share: float) -> str:
    return f"{share * 100:.0f}%"


@register.filter
def knows(level: int) -> str:
    return str(LEVELS[level])
