"""Filters for crews.

{{ minutes|hours_said }}     10 h, 8 h 30 min
{{ role|role_said }}         driver, passenger escort
{{ "2026-11-23"|day_said }}  Mon 23 Nov
{{ needs|crew_needs }}       what a crew does for a passenger, and nothing else
{% press_key %}              the key of one press of a form: however often it is sent, it is one
{{ "ABOARD"|press_said }}    what was pressed on a phone, in words
"""

import datetime as dt
import uuid

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.transport.models import Needs, Passing
from moothall.transport.models.crew import ROLES

register = template.Library()


@register.filter
def hours_said(minutes: int | None) -> str:
    if minutes is None:
        return "–"
    hours, over = divmod(minutes, 60)
    if over:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": over}
    return _("%(hours)s h") % {"hours": hours}


@register.filter
def role_said(role: str) -> str:
    return str(dict(ROLES)[role])


@register.filter
def day_said(day: str) -> str:
    return date_format(dt.date.fromisoformat(day), "D j M")


@register.filter
def crew_needs(needs: Needs) -> str:
    """How they sit, who is with them, how to speak with them. No diagnosis, no medication."""
    parts = []
    if needs.wheelchair != Needs.WALKS:
        weight = f" ({needs.wheelchair_kg} kg)" if needs.wheelchair_kg else ""
        parts.append(f"{needs.get_wheelchair_display()}{weight}")
    if needs.restraint != Needs.NO_RESTRAINT:
        parts.append(needs.get_restraint_display())
    if needs.escort == Needs.OWN:
        parts.append(_("Escort: one to one"))
    if needs.travels_alone:
        parts.append(_("Travels alone"))
    parts += [said for said in (needs.communication, needs.triggers) if said]
    return "; ".join(str(part) for part in parts)


@register.filter
def said_in_own_language(sentence: str) -> str:
    """A sentence that was kept in English, where there is another."""
    return _(sentence) if sentence else ""


@register.simple_tag
def press_key() -> SafeString:
    return format_html('<input type="hidden" name="key" value="{}">', uuid.uuid4())


@register.filter
def press_said(what: str) -> str:
    others = {
        "BACK": _("Taken back"), "LATE": _("Minutes late"), "ON_TIME": _("Back on time"),
        "CHECK": _("Check of the vehicle"),
    }  # fmt: skip
    return str(dict(Passing.WHATS).get(what) or others.get(what) or what)


@register.filter
def answer_name(answer: dict[str, str]) -> str:
    """What was asked in a check, in the words of that day."""
    return (answer.get("name_cy") if get_language() == "cy" else "") or answer["name"]
