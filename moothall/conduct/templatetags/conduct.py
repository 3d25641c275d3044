"""Tags for employee casework.

{{ kind|said:"name" }}          a field in the page's language
{% meeting_state meeting %}     how a meeting stands, in words and colour
{% outcome_state outcome %}     whether an outcome still counts
"""

from typing import Protocol

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.conduct.models import Meeting, Outcome
from moothall.core.clock import today
from moothall.core.templatetags.parts import tag

register = template.Library()


class SaidInTwoLanguages(Protocol):
    def said(self, field: str, language: str) -> str: ...


@register.filter
def said(row: SaidInTwoLanguages, field: str) -> str:
    return row.said(field, get_language() or "en")


@register.simple_tag
def meeting_state(meeting: Meeting) -> SafeString:
    if meeting.cancelled_at is not None:
        return tag(_("Cancelled"), "grey")
    if meeting.held_at is not None:
        return tag(_("Took place"), "green")
    if meeting.notice_on is None:
        return tag(_("Not invited yet"), "yellow")
    return tag(_("Invited"), "blue")


@register.simple_tag
def outcome_state(outcome: Outcome) -> SafeString:
    if outcome.set_aside_on is not None:
        return tag(_("Set aside"), "grey")
    if not outcome.level.live_months:
        return tag(_("Decided"), "blue")
    if outcome.is_live(today()):
        return tag(_("Counts"), "red")
    return tag(_("Lapsed"), "grey")
