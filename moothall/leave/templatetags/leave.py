"""How leave is spoken of on pages: hours, days, states, spans and reasons."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from moothall.core.clock import today
from moothall.core.templatetags.parts import tag
from moothall.leave.models import CoverRule, LeaveRequest
from moothall.leave.rules.cover import RuleOnDay, rule_words
from moothall.leave.rules.telling import span_words

register = template.Library()
COLOURS = {"REQUESTED": "yellow", "APPROVED": "green", "REFUSED": "red", "WITHDRAWN": "grey"}
TAKEN = gettext_lazy("Taken")


@register.filter
def in_own_language(row: Any) -> str:
    return str(row.name_in(get_language() or "en"))


@register.filter
def hours(amount: Decimal) -> SafeString:
    """Hours as they are written: 7.4, 37, −3.5."""
    plain = f"{amount.quantize(Decimal('0.01')):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return format_html('<span class="mh-number">{}</span>', plain.replace("-", "−") if plain != "-0" else "0")


@register.filter
def span(request: LeaveRequest) -> str:
    words = span_words(request.from_on, request.until_on)
    if request.begins_at_noon and request.from_on == request.until_on:
        return _("%(day)s, afternoon") % {"day": words}
    if request.ends_at_noon and request.from_on == request.until_on:
        return _("%(day)s, morning") % {"day": words}
    return words


@register.filter
def two_days(pair: tuple[dt.date, dt.date]) -> str:
    return span_words(*pair)


@register.filter
def leave_state(request: LeaveRequest) -> SafeString:
    if request.is_taken(today()):
        return tag(TAKEN, "blue")
    return tag(request.get_state_display(), COLOURS[request.state])


@register.filter
def cover_reason(on_day: RuleOnDay) -> str:
    return rule_words(on_day)


@register.filter
def leave_year(first: dt.date) -> str:
    """A leave year by the years it touches."""
    last = first.replace(year=first.year + 1) - dt.timedelta(days=1)
    if first.year == last.year:
        return str(first.year)
    return f"{first.year}–{last.year % 100:02}"


@register.filter
def weekday_names(rule: CoverRule) -> str:
    return ", ".join(str(WEEKDAYS[number]) for number in rule.weekdays) or _("Every day")


@register.filter
def long_day(day: dt.date) -> str:
    return date_format(day, "l j F")
