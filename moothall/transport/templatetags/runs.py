"""Tags for plans of runs.

{% plan_tag plan %}             how it stands, in colour
{{ seconds|in_minutes }}        seconds as whole minutes, rounded up
{{ pounds|signed_pounds }}      £3.20 more, £1.00 less
{{ minutes|signed_minutes }}    8 minutes later
{{ words|planner_words }}       what the planner said, in the language of the reader where that is known
{{ plan.times_from|times_said }}  what its travel times stand on, likewise
{{ factor|longer_or_shorter }}  8% longer, 3% shorter
{{ number|unlocalised }}        a number as pictures need it, with a point
"""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from moothall.core.templatetags.parts import tag
from moothall.transport.models import RunPlan
from moothall.transport.rules import planner_said

register = template.Library()
COLOURS = {
    RunPlan.DRAFT: "grey", RunPlan.CONSIDERED: "blue", RunPlan.PUBLISHED: "green",
    RunPlan.WITHDRAWN: "orange",
}  # fmt: skip


@register.simple_tag
def plan_tag(plan: RunPlan) -> SafeString:
    return tag(plan.get_state_display(), COLOURS[plan.state])


@register.filter
def in_minutes(seconds: int) -> int:
    return -(-int(seconds or 0) // 60)


@register.filter
def longer_by(pace: float) -> int:
    """So many times as long, as per cent more."""
    return round(100 * pace) - 100


@register.filter
def signed_pounds(pounds: float | Decimal) -> str:
    said = {"pounds": f"{abs(pounds):.2f}"}
    if round(pounds, 2) == 0:
        return _("costs the same")
    return (_("£%(pounds)s more") if pounds > 0 else _("£%(pounds)s less")) % said


@register.filter
def signed_minutes(minutes: int) -> str:
    count = {"minutes": abs(minutes)}
    return (_("%(minutes)s minutes later") if minutes > 0 else _("%(minutes)s minutes earlier")) % count


@register.filter
def longer_or_shorter(factor: Decimal) -> str:
    """Of a drive, by the factor that its seconds are taken times."""
    percent = round((factor - 1) * 100)
    if percent == 0:
        return _("as long")
    said = {"percent": abs(percent)}
    return (_("%(percent)s%% longer") if percent > 0 else _("%(percent)s%% shorter")) % said


@register.filter
def planner_words(words: str) -> str | SafeString:
    """What is not known in the language of the reader is English, and marked as such."""
    if planner_said.is_english(words):
        return format_html('<span lang="en">{}</span>', words)
    return planner_said.said(words)


times_said = register.filter("times_said", planner_words)


@register.filter
def unlocalised(number: float) -> str:
    return f"{number:g}"
