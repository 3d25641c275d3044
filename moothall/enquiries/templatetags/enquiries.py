"""The words of call backs: when to ring, and what came of it."""

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.cases.models.attention import Reason
from moothall.core import clock
from moothall.core.templatetags.parts import day_from_here, exactly, tag
from moothall.enquiries.models import CallBack, CallBackTry

register = template.Library()
RESULTS = {
    CallBack.DONE: _("Spoke to them"),
    CallBackTry.NO_ANSWER: _("No answer"),
    CallBack.GIVEN_UP: _("Given up"),
    CallBack.WITHDRAWN: _("Taken back"),
}


@register.simple_tag
def one_reason(reason: Reason) -> SafeString:
    return tag(reason.words, reason.colour)


@register.simple_tag
def between(begins: dt.datetime, ends: dt.datetime) -> SafeString:
    """From when until when, on which day as it is from here."""
    begins, ends = clock.in_london(begins), clock.in_london(ends)
    return format_html(
        '<time class="mh-when" datetime="{}" title="{}">{} {}–{}</time>',
        begins.isoformat(timespec="minutes"),
        exactly(begins),
        day_from_here(begins.date(), clock.today()),
        begins.strftime("%H:%M"),
        ends.strftime("%H:%M"),
    )


@register.filter
def result_words(row: CallBack | CallBackTry) -> str:
    return str(RESULTS[row.result])


@register.filter
def dialled(number: str) -> str:
    """A number as a telephone takes it."""
    return "".join(each for each in number if each in "+0123456789")


@register.filter
def at_most(count: int, most: int) -> str:
    """A count as far as it is counted."""
    return f"{most}+" if count > most else str(count)


@register.filter
def age(minutes: int | None) -> str:
    """How long something has waited, in as few words as a wall has room for."""
    if minutes is None:
        return "–"
    if minutes < 60:
        return gettext("%(n)d min") % {"n": minutes}
    if minutes < 48 * 60:
        return gettext("%(n)d h") % {"n": minutes // 60}
    return gettext("%(n)d days") % {"n": minutes // 1440}
