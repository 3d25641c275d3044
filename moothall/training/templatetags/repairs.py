"""How repairs are spoken of on pages: what was said to have changed, and why there is no other place."""

from django import template
from django.utils.translation import get_language, gettext

from moothall.training.models import LeftOut, Repair, RepairChange, RepairMove
from moothall.training.rules.comparing import days_said

from .training import place_words

register = template.Library()


@register.filter
def repair_problem(repair: Repair) -> str:
    """In the language of the page, where it is a sentence of ours."""
    return gettext(repair.problem) if repair.problem else ""


@register.filter
def left_words(move: RepairMove) -> str:
    """Why there is no other place."""
    return str((dict(LeftOut.REASONS) | dict(RepairMove.LEFT_WHYS)).get(move.left_because, ""))


@register.filter
def change_words(change: RepairChange) -> str:
    """What has changed, and on which days."""
    what = str(change.get_sort_display())
    if change.session is not None:
        course = change.session.version.course.name_in(get_language() or "en")
        return f"{what}: {course}, {days_said(change.session.days)}"
    about = change.employment.person.full_name if change.employment is not None else ""
    if change.place is not None:
        about = place_words(change.place)
    days = [day for day in (change.from_on, change.until_on) if day is not None]
    return f"{what}: {about}, {days_said(sorted(set(days)))}"
