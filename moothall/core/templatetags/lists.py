"""How a plain value looks in the cell of a list."""

import datetime as dt
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moothall.core.clock import in_london

register = template.Library()


@register.filter
def cell(value: Any) -> Any:
    """Days and times in words, nothing for no value, several values with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return date_format(in_london(value), "j M Y, H:i")
    if isinstance(value, dt.date):
        return date_format(value, "j M Y")
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return value
