"""Tags for plans of runs.

{% plan_tag plan %}             how it stands, in colour
{{ seconds|in_minutes }}        seconds as whole minutes, rounded up
{{ pounds|signed_pounds }}      £3.20 more, £1.00 less
{{ minutes|signed_minutes }}    8 minutes later
{{ words|planner_words }}       what the planner said, in the language of the reader where it is known
{{ plan.times_from|times_said }}  what its travel times stand on, likewise
{{ number|unlocalised }}        a number as pictures need it, with a point
"""

import re
from decimal import Decimal
from typing import Final

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from moothall.core.templatetags.parts import tag
from moothall.transport.models import RunPlan

register = template.Library()
GUESSED: Final = re.compile(
    r"No streets were used: distances are guessed as the straight line times ([\d.]+), times are (\d+) km/h"
)
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
def planner_words(words: str) -> str:
    """Sentences with numbers in them are English in both languages: they are the planner’s own."""
    return _(words) if words else ""


@register.filter
def times_said(words: str) -> str:
    """Times that were guessed are said so in the language of the reader."""
    found = GUESSED.match(words)
    if found is None:
        return planner_words(words)
    said = {"times": found[1], "speed": found[2]}
    return (
        _(
            "No streets were used: distances are guessed as the straight line times %(times)s, times are "
            "%(speed)s km/h along that. They are no basis for promises."
        )
        % said
    )


@register.filter
def unlocalised(number: float) -> str:
    return f"{number:g}"
