"""Filters for pages that show staff.

{% load workforce %}
{{ main.post|post_title }}         the title of a post in the language of the page
{{ entry.kind|owner_in_tongue }}   who gives out a kind of thing
{{ main.weekly_hours|hours_a_week }}  37 or 18.5, without noughts at the end
"""

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from moothall.people.models import Post
from moothall.workforce.finding import said_title
from moothall.workforce.models import ItemKind

register = template.Library()


@register.filter
def post_title(post: Post) -> str:
    return said_title(post, get_language() or "en")


@register.filter
def owner_in_tongue(kind: ItemKind) -> str:
    return kind.owner_in(get_language() or "en")


@register.filter
def hours_a_week(amount: Decimal | str | None) -> str:
    return f"{amount.normalize():f}" if isinstance(amount, Decimal) else ""
