"""Filters for pages that show staff.

{% load workforce %}
{{ main.post|post_title }}        the title of a post in the language of the page
"""

from django import template
from django.utils.translation import get_language

from moothall.people.models import Post
from moothall.workforce.finding import said_title

register = template.Library()


@register.filter
def post_title(post: Post) -> str:
    return said_title(post, get_language() or "en")
