"""Tags for the parts of a page that every desk shows.

{% load parts %}
{% when entry.created_at %}             <time>3 minutes ago</time>, exact on hover and in print
{% due_tag day today=today %}           <strong class="govuk-tag …">2 days late</strong>
{% status_tag "waiting" %}              a status in words and colour
{% service_navigation navigation %}     the row of desks under the header
{{ text|or_none }}                      "Not given", quietly, for an empty value
"""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, NamedTuple, TypeVar

from django import template
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from moothall.core import clock

register = template.Library()

LINE_END = re.compile(r"<br|</(?:div|tr|li|pre)\b", re.I)
GAP_END = re.compile(r"</(?:p|h\d|ul|ol|table|blockquote)\b", re.I)
Words = str | Promise
Said = TypeVar("Said", bound=str)


def said_once(say: Callable[..., Said]) -> Callable[..., Said]:
    """Keep what a function of its arguments alone says, by language: a list says the same again and again."""

    @lru_cache(maxsize=8192)
    def kept(_language: str, *given: Any) -> Said:
        return say(*given)

    @wraps(say)
    def said(*given: Any) -> Said:
        return kept(get_language() or "en", *given)

    return said


class Status(NamedTuple):
    words: Words
    colour: str


STATUSES: dict[str, Status] = {
    "new": Status(gettext_lazy("New"), "blue"),
    "open": Status(gettext_lazy("Open"), "green"),
    "late": Status(gettext_lazy("Late"), "red"),
    "due_today": Status(gettext_lazy("Due today"), "orange"),
    "due_soon": Status(gettext_lazy("Due soon"), "yellow"),
    "came_back": Status(gettext_lazy("Came back"), "purple"),
    "handed_to_me": Status(gettext_lazy("Handed to me"), "teal"),
    "waiting": Status(gettext_lazy("Waiting"), "grey"),
    "held": Status(gettext_lazy("On hold"), "grey"),
    "closed": Status(gettext_lazy("Closed"), "grey"),
    "draft": Status(gettext_lazy("Draft"), "yellow"),
    "sent": Status(gettext_lazy("Sent"), "green"),
    "failed": Status(gettext_lazy("Failed"), "red"),
}


def tag(words: Words, colour: str, title: str = "") -> SafeString:
    """Words in a coloured box; the colour repeats what the words say."""
    hover = format_html(' title="{}"', title) if title else ""
    shade = f" govuk-tag--{colour}" if colour else ""
    return format_html('<strong class="govuk-tag mh-tag{}"{}>{}</strong>', shade, hover, words)


@register.simple_tag
def status_tag(key: str, words: Words = "", colour: str = "") -> SafeString:
    """The tag of a status from the list above, or of other words in a colour of the design system."""
    known = STATUSES.get(key)
    if known is None and not words:
        raise template.TemplateSyntaxError(f"No status {key!r}: give its words too.")
    return tag(words or known.words, colour or (known.colour if known else "grey"))  # type: ignore[union-attr]


@register.simple_tag
def due_tag(due: dt.date | None, today: dt.date | None = None, soon: int = 1) -> SafeString:
    """How far off a due day is: late in red, today in orange, up to `soon` days in yellow, else plain."""
    if due is None:
        return SafeString()
    day = clock.in_london(due).date() if isinstance(due, dt.datetime) else due
    return _due_tag(day, (day - (today or clock.today())).days, soon)


@said_once
def _due_tag(day: dt.date, days: int, soon: int) -> SafeString:
    title = spelled(day, "l j F Y")
    if days < 0:
        return tag(lateness(-days), "red", title)
    if days == 0:
        return tag(_("Due today"), "orange", title)
    words = _("Due tomorrow") if days == 1 else _("Due %(day)s") % {"day": short_day(day, days)}
    if days <= soon:
        return tag(words, "yellow", title)
    return format_html('<span class="mh-due" title="{}">{}</span>', title, words)


def lateness(days: int) -> str:
    """Days for two months, then months, then years."""
    if days < 60:
        return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}
    if days < 730:
        return ngettext("%(count)s month late", "%(count)s months late", days // 30) % {"count": days // 30}
    return ngettext("%(count)s year late", "%(count)s years late", days // 365) % {"count": days // 365}


def short_day(day: dt.date, days: int) -> str:
    """A day as people say it: its weekday within a week, else its date, with the year if it is far."""
    if 0 <= days < 7:
        return spelled(day, "l")
    return spelled(day, "j M" if abs(days) < 180 else "j M Y")


@said_once
def spelled(day: dt.date, pattern: str) -> str:
    """The day in words of the page's language."""
    return str(date_format(day, pattern))


@register.simple_tag
def when(value: dt.date | None) -> SafeString:
    """A moment or a day as it is from here, with the exact one on hover and in print."""
    if value is None:
        return SafeString()
    if isinstance(value, dt.datetime):
        local = clock.in_london(value)
        return format_html(
            '<time class="mh-when" datetime="{}" title="{}" data-relative>{}</time>',
            local.isoformat(timespec="seconds"),
            exactly(local),
            moment(local, clock.in_london(clock.now())),
        )
    return format_html(
        '<time class="mh-when" datetime="{}" title="{}">{}</time>',
        value.isoformat(),
        spelled(value, "l j F Y"),
        day_from_here(value, clock.today()),
    )


def exactly(at: dt.datetime) -> str:
    """The day and the minute, in full."""
    local = clock.in_london(at)
    return day_and_time(spelled(local.date(), "l j F Y"), local.strftime("%H:%M"))


@said_once
def day_and_time(day: str, time: str) -> str:
    return _("%(day)s at %(time)s") % {"day": day, "time": time}


def moment(at: dt.datetime, now: dt.datetime) -> str:
    """Minutes and hours ago within a day, then the day and the time."""
    minutes = int((now - at).total_seconds() // 60)
    if 0 <= minutes < 12 * 60:
        return minutes_ago(minutes)
    day = day_from_here(at.date(), now.date())
    if abs((at.date() - now.date()).days) > 7:
        return day
    return day_and_time(day, at.strftime("%H:%M"))


@said_once
def minutes_ago(minutes: int) -> str:
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    hours = minutes // 60
    return ngettext("%(count)s hour ago", "%(count)s hours ago", hours) % {"count": hours}


@said_once
def day_from_here(day: dt.date, today: dt.date) -> str:
    days = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get(days)
    return near or short_day(day, days)


@register.filter
def frame_height(html: str) -> int:
    """About how tall a message stands, in pixels, so that its frame neither gapes nor scrolls for a line."""
    gaps, lines = len(GAP_END.findall(html)), len(LINE_END.findall(html))
    longer = max(len(strip_tags(html)) / 90 - gaps - lines, 0)
    return round(min(max(gaps * 38 + (lines + longer) * 24 + 24, 72), 560))


@register.filter
def or_none(value: Any, words: str = "") -> Any:
    """The value, or a quiet "Not given" where there is none."""
    if value not in (None, "", [], ()):
        return value
    return format_html('<span class="mh-quiet">{}</span>', words or _("Not given"))
