"""How plans are spoken of on pages: what was changed, the gap, the worst team, why they failed."""

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext

from moothall.training.models import LeftOut, PlanRun

register = template.Library()


@register.filter
def lever_words(run: PlanRun) -> str:
    """What was changed against the plan it is tried on; empty where nothing was."""
    name = run.lever_in(get_language() or "en")
    if run.lever_unit_id is not None:
        return gettext("%(name)s keeps one fewer on every duty") % {"name": name}
    if run.lever_course_id is not None:
        return gettext("every session of %(name)s has one more place") % {"name": name}
    if run.lever_weekday == PlanRun.SATURDAY:
        return gettext("there are sessions of one day each Saturday as well")
    if run.lever_weekday is not None:
        return gettext("there is one more trainer each %(day)s") % {"day": WEEKDAYS[run.lever_weekday]}
    return ""


@register.filter
def gap_words(run: PlanRun) -> str:
    return f"{100 * run.gap:.2f} %"


@register.filter
def worst_share(run: PlanRun) -> str:
    """The share of what it needs that the worst served team gets."""
    teams = run.figures.get("teams")
    return f"{100 * teams[0][2] / teams[0][1]:.0f} %" if teams else "–"


@register.filter
def why_failed(run: PlanRun) -> str:
    """In the language of the page, where it is a sentence of ours."""
    return gettext(run.problem) if run.problem else ""


@register.filter
def causes(row: LeftOut) -> str:
    """How many sessions failed for each cause, in words."""
    words = dict(LeftOut.REASONS)
    return "; ".join(f"{words[code]}: {count}" for code, count in row.causes)
