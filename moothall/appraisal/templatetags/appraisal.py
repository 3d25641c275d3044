"""Tags for appraisals.

{% appraisal_stage appraisal %}     what is to be done next, in words and colour
{{ competency|about_in_tongue }}    what is said about it, in the language of the page
{{ descriptor|text_in_tongue }}
"""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from moothall.appraisal.models import Appraisal
from moothall.core.templatetags.parts import tag

register = template.Library()
COLOURS = {
    "OBJECTIVES": "blue", "SELF": "blue", "RATING": "yellow", "SECOND": "purple", "SIGN": "yellow",
    "DONE": "green", "EXEMPT": "grey",
}  # fmt: skip
WORDS = dict(Appraisal.STAGES)


@register.simple_tag
def appraisal_stage(appraisal: Appraisal) -> SafeString:
    return tag(WORDS[appraisal.stage], COLOURS[appraisal.stage])


@register.filter
def about_in_tongue(row: Any) -> str:
    return str(row.about_in(get_language() or "en"))


@register.filter
def text_in_tongue(row: Any) -> str:
    return str(row.text_in(get_language() or "en"))
