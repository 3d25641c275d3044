"""Tags for problems.

{% problem_state problem.state %}   how it stands, in words and colour
{{ problem|said_here:"workaround" }} a field in the page's language
"""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from moothall.core.templatetags.parts import tag
from moothall.problems.forms import STATES
from moothall.problems.models import Problem

register = template.Library()
COLOURS = {"OPEN": "red", "KNOWN": "yellow", "FIXED": "green", "CLOSED": "grey"}


@register.simple_tag
def problem_state(state: str) -> SafeString:
    return tag(dict(STATES)[state], COLOURS[state])


@register.filter
def said_here(problem: Problem, field: str) -> str:
    return problem.said(field, get_language() or "en")
