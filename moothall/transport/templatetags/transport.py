"""Tags for transport.

{{ row|days_of_week }}          Mon, Wed; every second week
{{ travel|which_way }}          there and back
{{ journey|how_made }}          how a journey is accounted for, with by whom or why
{% how_tag journey %}           the same in colour
{{ condition|asked_for }}       a condition of a rule in words
{{ assessment|distance_said }}  2.4 miles, as the crow flies, times 1.35
{{ member|crew_part }}          Driver, passenger assistant
{% runs_out day today %}        in amber or red, where a paper runs out within 42 days
{% paper_tag stands %}          how a paper stands, in colour
{% sanction_tag row today %}    a sanction in colour, grey once it has ended
{% line_tag line %}             what was found of a line of an invoice
{{ line|line_said }}            what changed for a family, in the language of the reader
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from moothall.core.templatetags.parts import tag
from moothall.transport.models import (
    Assessment,
    ContractorStaff,
    EligibilityRule,
    How,
    InvoiceLine,
    Journey,
    Paper,
    Sanction,
)
from moothall.transport.models.dated import WeekPattern
from moothall.transport.models.journey import TO
from moothall.transport.models.paper import AMBER
from moothall.transport.rules.accounting import NO_LONGER
from moothall.transport.rules.eligibility import conditions_of, in_words
from moothall.transport.rules.plan_telling import line_words
from moothall.transport.rules.wording import measured

register = template.Library()
COLOURS = {
    How.RUN: "green",
    How.CONTRACTOR: "blue",
    How.OWN: "turquoise",
    How.CANCELLED: "grey",
    How.UNRESOLVED: "red",
}

PAPERS = {
    Paper.HELD: "green", Paper.ENDING: "orange", Paper.EXPIRED: "red", Paper.WAITING: "grey",
    Paper.WITHDRAWN: "grey",
}  # fmt: skip
SANCTIONS = {
    Sanction.WARNING: "yellow", Sanction.IMPROVE: "orange", Sanction.SUSPENDED: "red",
    Sanction.REMOVED: "red",
}  # fmt: skip


@register.filter
def days_of_week(row: WeekPattern) -> str:
    days = ", ".join(str(WEEKDAYS_ABBR[each]) for each in row.weekdays)
    every = {2: _("every second week"), 3: _("every third week"), 4: _("every fourth week")}
    more = every.get(getattr(row, "every_weeks", 1))
    return f"{days}; {more}" if more else days


@register.filter
def which_way(row: Any) -> str:
    """Of travel or an absence from it."""
    if row.there and row.back:
        return _("there and back")
    return _("there only") if row.there else _("back only")


@register.filter
def which_end(row: Any) -> str:
    """Of days at another home."""
    if row.morning and row.afternoon:
        return _("mornings and afternoons")
    return _("mornings only") if row.morning else _("afternoons only")


@register.filter
def direction_name(direction: str) -> str:
    return _("There") if direction == TO else _("Back")


@register.filter
def how_made(journey: Journey) -> str:
    """By which run, which contractor, or why not."""
    if not journey.is_due:
        return _("The timetable does not ask for it any more.")
    if journey.how == How.CANCELLED:
        return journey.cancelled_because
    if journey.how == How.UNRESOLVED:
        return journey.owner.name if journey.owner else ""
    return journey.by


@register.simple_tag
def how_tag(row: How) -> SafeString:
    return tag(row.get_how_display(), COLOURS[row.how])


@register.filter
def crew_part(member: ContractorStaff) -> str:
    parts = [_("Driver")] if member.drives else []
    return ", ".join([*parts, _("Passenger assistant")] if member.assists else parts)


@register.simple_tag
def runs_out(day: dt.date, today: dt.date) -> str:
    """Nothing while it is far off; yellow, orange and red at 42, 28 and 14 days."""
    left = (day - today).days
    if left < 0:
        return tag(_("Has run out"), "red")
    if left > AMBER[0]:
        return ""
    colour = "red" if left <= AMBER[2] else "orange" if left <= AMBER[1] else "yellow"
    return tag(ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}, colour)


@register.simple_tag
def paper_tag(stands: str) -> SafeString:
    return tag(dict(Paper.STATES)[stands], PAPERS[stands])


@register.simple_tag
def sanction_tag(row: Sanction, today: dt.date) -> SafeString:
    over = row.until_on is not None and row.until_on < today
    return tag(row.get_kind_display(), "grey" if over else SANCTIONS[row.kind])


@register.simple_tag
def line_tag(row: InvoiceLine) -> SafeString:
    """What was found of a line of an invoice."""
    colour = {InvoiceLine.RIGHT: "green", InvoiceLine.PRICE: "orange"}.get(row.found, "red")
    return tag(row.get_found_display(), colour)


@register.filter
def asked_for(condition: Sequence[str]) -> str:
    return in_words(*condition)


@register.filter
def rule_name(looked: dict[str, Any]) -> str:
    """The rule as it read when it was looked at."""
    return str((looked["name_cy"] if get_language() == "cy" else "") or looked["name"])


@register.filter
def distance_said(found: Assessment) -> str:
    if found.miles is None:
        return _("not measured")
    return _("%(miles)s miles, %(how)s") % {"miles": found.miles, "how": measured(found.measured)}


@register.filter
def fact_said(key: str) -> str:
    return in_words("FACT", key)


@register.filter
def conditions(rule: EligibilityRule) -> list[str]:
    """What a rule asks for, one by one."""
    return [in_words(*each) for each in conditions_of(rule)]


@register.filter
def session_said(key: str) -> str:
    return {"morning": _("morning"), "afternoon": _("afternoon")}.get(key, key)


@register.filter
def change_said(after: str) -> str:
    """A change of a journey as its history keeps it, in words."""
    how, _space, more = after.partition(" ")
    words = str(dict(How.HOWS).get(how, how))
    if how == How.UNRESOLVED or not more:
        return words
    return f"{words}: {_('no longer asked for') if more == NO_LONGER else more}"


@register.filter
def line_said(line: dict[str, Any]) -> str:
    return line_words(line)
