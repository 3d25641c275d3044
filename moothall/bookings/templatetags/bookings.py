"""The words of appointments: when, where, and how one stands."""

import datetime as dt
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.bookings.models import Appointment, Reservation, Resource, Stay
from moothall.bookings.models.named import NamedInTwo
from moothall.bookings.rules.refusals import span_in_words
from moothall.bookings.rules.writing import where_of
from moothall.core import clock
from moothall.core.templatetags.parts import exactly, tag
from moothall.people.models import Account, Place

register = template.Library()
COLOURS = {"BOOKED": "blue", "ARRIVED": "purple", "LEFT": "green", "MISSED": "red", "CANCELLED": "grey"}


STAYS = {"BOOKED": "blue", "HERE": "green", "LEFT": "grey", "MISSED": "red", "CANCELLED": "grey"}
HOW = {"HELD": "yellow", "ASKED": "purple", "CONFIRMED": "green", "CANCELLED": "grey"}


@register.simple_tag
def reservation_tag(reservation: Reservation) -> SafeString:
    return tag(reservation.get_state_display(), HOW[reservation.state])


@register.simple_tag
def stay_tag(stay: Stay) -> SafeString:
    return tag(stay.get_state_display(), STAYS[stay.state])


@register.simple_tag
def sells_beds() -> bool:
    """Whether any bedroom is sold by the night."""
    return Resource.objects.filter(bed_kind__isnull=False, retired_at=None).exists()


@register.filter
def in_words(row: NamedInTwo | None) -> str:
    """Its name in the language of the page."""
    return row.name_in(get_language() or "en") if row else ""


@register.filter
def may_set_up(account: Account) -> bool:
    return account.may("bookings.manage")


@register.simple_tag
def span_between(begins: dt.datetime, ends: dt.datetime) -> str:
    return span_in_words((begins, ends))


@register.simple_tag
def span_of(span: Any) -> str:
    """From when until when, of a day; with the days where it goes over midnight."""
    return plain_span(span)


@register.filter
def plain_span(span: Any) -> str:
    begins, ends = clock.in_london(span.lower), clock.in_london(span.upper)
    if begins.date() == ends.date():
        return f"{begins:%H:%M}–{ends:%H:%M}"
    return span_in_words((span.lower, span.upper))


@register.simple_tag
def state_tag(appointment: Appointment) -> SafeString:
    return tag(appointment.get_state_display(), COLOURS[appointment.state])


@register.filter
def hour(at: dt.datetime) -> str:
    """The time on the wall."""
    return clock.in_london(at).strftime("%H:%M")


@register.simple_tag
def from_until(appointment: Appointment) -> SafeString:
    begins, ends = clock.in_london(appointment.starts_at), clock.in_london(appointment.ends_at)
    return format_html(
        '<time datetime="{}" title="{}">{}–{}</time>', begins.isoformat(timespec="minutes"), exactly(begins),
        begins.strftime("%H:%M"), ends.strftime("%H:%M"),
    )  # fmt: skip


@register.simple_tag
def day_of(appointment: Appointment) -> str:
    return date_format(clock.in_london(appointment.starts_at), "l j F Y")


@register.filter
def where(appointment: Appointment) -> str:
    return where_of(appointment, get_language() or "en")


@register.filter
def place_name(place: Place) -> str:
    return (place.name_cy if get_language() == "cy" else "") or place.name


@register.simple_tag
def waiting_since(appointment: Appointment, now: dt.datetime) -> str:
    """How long somebody has been here, in minutes."""
    minutes = max(int((now - appointment.state_since).total_seconds() // 60), 0)
    return _("%(time)s, %(minutes)d min") % {"time": hour(appointment.state_since), "minutes": minutes}


@register.filter
def weekday_name(number: int) -> str:
    return date_format(dt.date(2024, 1, 1) + dt.timedelta(days=number), "l")
