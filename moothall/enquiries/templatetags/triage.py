"""Words of triage in templates."""

from django import template
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Words

register = template.Library()
QUESTIONS: dict[str, Words] = {
    "service": _("Which service"),
    "team": _("Which team"),
    "priority": _("Priority"),
}
LANGUAGES: dict[str, Words] = {"en": _("English"), "cy": _("Welsh")}
KINDS: dict[str, Words] = {
    "SERVICE": _("Service"),
    "TEAM": _("Team"),
    "PRIORITY": _("Priority"),
    "PERSON": _("Same person"),
    "DUPLICATE": _("The same thing asked twice"),
    "RELATED": _("Related case"),
    "ARTICLE": _("Article that may answer it"),
    "SIGNPOST": _("Who else can help"),
}


@register.filter
def percent(share: int | None) -> str:
    return "–" if share is None else f"{share}%"


@register.filter
def question_words(name: str) -> Words:
    return QUESTIONS.get(name, name)


@register.filter
def language_words(name: str) -> Words:
    return LANGUAGES.get(name, name)


@register.filter
def kind_words(kind: str) -> Words:
    return KINDS.get(kind, kind)
