"""Filters for pages that show people.

{% load people %}
{{ person.roles_today|kinds }}            staff, applicant
{{ person.reached_by|first_of:"EMAIL" }}  the first address of a kind
{{ person|language_name }}                Cymraeg, English, or nothing
{{ role|in_tongue }}                      the name of anything that has one in two languages
{{ session.user_agent|browser_name }}     Firefox, Windows
{% if request.user|may:"people.edit" %}   whether an account may do something
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import get_language

from moothall.people.finding import LANGUAGE_NAMES
from moothall.people.models import Account, ContactPoint, Person, PersonRole

register = template.Library()


@register.filter
def kinds(roles: Iterable[PersonRole]) -> str:
    language = get_language() or "en"
    return ", ".join(dict.fromkeys(role.kind.name_in(language) for role in roles))


@register.filter
def first_of(points: Iterable[ContactPoint], kind: str) -> str:
    return next((point.value for point in points if point.kind == kind), "")


@register.filter
def language_name(person: Person) -> str:
    return LANGUAGE_NAMES.get(person.language, "")


@register.filter
def in_tongue(row: Any) -> str:
    return str(row.name_in(get_language() or "en")) if row else ""


@register.filter
def may(account: Account, permission: str) -> bool:
    return account.may(permission)


BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@register.filter
def browser_name(user_agent: str) -> str:
    """Firefox, Windows: enough to recognise one's own; what is not known is shown as it says of itself."""
    found = [next((name for sign, name in signs if sign in user_agent), "") for signs in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name) or user_agent[:60]
