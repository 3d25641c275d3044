"""Filters for crews.

{{ minutes|hours_said }}     10 h, 8 h 30 min
{{ role|role_said }}         driver, passenger escort
{{ "2026-11-23"|day_said }}  Mon 23 Nov
{{ needs|crew_needs }}       what a crew does for a passenger, and nothing else
"""

import datetime as dt

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moothall.transport.models import Needs
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
