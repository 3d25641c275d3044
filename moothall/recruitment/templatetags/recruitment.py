"""What templates of recruitment say in the language of the page."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Step
from moothall.cases.rules.definition import humanised
from moothall.core.templatetags.parts import said_once, tag
from moothall.recruitment.models import EligibilityRule, FigureRule, Offer, Places
from moothall.recruitment.rules.checks import Check

register = template.Library()
STEPS = {Step.DONE: _("Done"), Step.READY: _("Now"), Step.PENDING: _("To come")}


def _language() -> str:
    return "cy" if get_language() == "cy" else "en"


@register.filter
def named(row: Any) -> str:
    return str(row.name_in(_language()))


@register.filter
def about(row: Any) -> str:
    return str(row.about_in(_language()))


@register.filter
def told(rule: EligibilityRule) -> str:
    return rule.told_in(_language())


@register.filter
def job(offer: Offer) -> str:
    return offer.job_in(_language())


@register.filter
def worded(key: str) -> str:
    """A key of a process as people read it."""
    return humanised(key)


@register.filter
def day_of(text: str) -> str:
    """A day that a case keeps as text."""
    try:
        return date_format(dt.date.fromisoformat(text), "j F Y")
    except ValueError:
        return text


@register.filter
def bodied(text: str) -> SafeString:
    """What somebody wrote as paragraphs in the size of the page."""
    paragraphs = (
        (linebreaksbr(each),) for each in re.split(r"\n\s*\n", text.strip().replace("\r", "")) if each
    )
    return format_html_join("", '<p class="govuk-body">{}</p>', paragraphs)


@register.filter
def several_routes(places: Any) -> bool:
    return len({each.route_id for each in places if isinstance(each, Places)}) > 1


@register.filter
def step_state(step: Step) -> str:
    """How a step stands, and how it ended."""
    words = str(STEPS.get(step.state, ""))
    return f"{words}: {humanised(step.outcome)}" if step.outcome else words


@register.filter
def caveat(rule: FigureRule) -> str:
    return rule.caveat_in(_language())


@register.filter
def plain(amount: Decimal) -> str:
    """A number without noughts that say nothing."""
    return f"{amount.normalize():f}"


@register.simple_tag
def check_state(check: Check) -> SafeString:
    """A check in a cell of a list: what it is, whose turn, and whether it runs out too early."""
    return _check_state(check.kind.name_in(_language()), check.words, check.colour, check.is_short)


@said_once
def _check_state(name: str, words: str, colour: str, short: bool) -> SafeString:
    early = format_html(" {}", tag(_("Runs out too early"), "red")) if short else ""
    return format_html('<span class="rc-check">{} {}{}</span>', name, tag(words, colour), early)
