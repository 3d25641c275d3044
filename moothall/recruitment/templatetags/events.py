"""What templates of selection events say."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext

from moothall.core.clock import in_london
from moothall.recruitment.models import EventCandidate
from moothall.recruitment.rules.event_scoring import Line
from moothall.recruitment.rules.event_telling import help_in_words

register = template.Library()


@register.filter
def person_of(candidate: EventCandidate) -> str:
    return candidate.application.applicant.person.full_name


@register.filter
def helped(candidate: EventCandidate) -> str:
    return ", ".join(help_in_words(candidate))


@register.filter
def by_day(rows: Iterable[tuple[Line, bool]]) -> list[dict[str, Any]]:
    """To be grouped by day."""
    return [{"day": in_london(line.begins_at).date(), "line": line, "done": done} for line, done in rows]


@register.filter
def said_in_own_language(words: str) -> str:
    """What the planner or the worker wrote down, which is kept in English."""
    return gettext(words) if words else ""
