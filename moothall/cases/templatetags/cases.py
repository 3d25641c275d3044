"""The words of a case: what changed, who did it, and why it needs somebody."""

import datetime as dt
from typing import Any

from django import template
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from clocks import ClockRule
from clocks.events import KINDS
from clocks.trace import TraceDay
from moothall.cases.forms import PRIORITIES
from moothall.cases.models import Case, CaseClock, CaseLink, Entry, Step
from moothall.cases.models.attention import Reason
from moothall.cases.rules.changing import ALSO_ONCE_CLOSED, field_of, plain, saying
from moothall.cases.rules.definition import definition_of
from moothall.cases.visiting import case_address
from moothall.core import clock
from moothall.core.templatetags.parts import (
    day_and_time,
    day_from_here,
    due_tag,
    exactly,
    said_once,
    spelled,
    tag,
    when,
)

register = template.Library()

LINKS = {
    "RELATED": gettext_lazy("related"),
    "DUPLICATE": gettext_lazy("duplicate"),
    "MERGED": gettext_lazy("merged"),
    "SPLIT": gettext_lazy("split off"),
}
CLASSES = {
    Entry.MAIL_IN: "mail-in",
    Entry.MAIL_OUT: "mail-out",
    Entry.CALL: "call",
    Entry.COUNTER: "visit",
    Entry.NOTE: "note",
    Entry.DECISION: "decision",
    Entry.CHANGE: "change",
    Entry.STEP: "change",
    Entry.DIFFERENCE: "note",
}
MARKS = {
    Entry.MAIL_IN: "mail-in",
    Entry.MAIL_OUT: "mail-out",
    Entry.CALL: "call",
    Entry.COUNTER: "visit",
    Entry.NOTE: "note",
    Entry.DECISION: "decision",
    Entry.CHANGE: "change",
    Entry.STEP: "check",
    Entry.DIFFERENCE: "file",
}
TURNS = {
    Case.US: gettext_lazy("Ours"),
    Case.PERSON: gettext_lazy("The person’s"),
    Case.THIRD: gettext_lazy("Somebody else’s"),
}
OWNERS = {
    "budget_holder": gettext_lazy("budget holder"),
    "communications": gettext_lazy("communications"),
    "human_resources": gettext_lazy("human resources"),
    "learning": gettext_lazy("learning and development"),
    "line_manager": gettext_lazy("line manager"),
    "person": gettext_lazy("the person who asked"),
    "provider": gettext_lazy("the provider"),
    "safety": gettext_lazy("health and safety"),
    "system": gettext_lazy("done by rule"),
}
CHANNELS = {
    "mail": gettext_lazy("by mail"),
    "phone": gettext_lazy("by phone"),
    "counter": gettext_lazy("at the counter"),
    "form": gettext_lazy("by form"),
    "staff": gettext_lazy("opened by staff"),
    "api": gettext_lazy("through the API"),
}
LEVELS = {
    Case.ANYONE: gettext_lazy("Open: all staff"),
    Case.TEAM: gettext_lazy("Team"),
    Case.RESTRICTED: gettext_lazy("Restricted"),
    Case.SEALED: gettext_lazy("Sealed"),
}
DEEDS = {
    Entry.MAIL_IN: gettext_lazy("wrote"),
    Entry.MAIL_OUT: gettext_lazy("replied"),
    Entry.CALL: gettext_lazy("took a call"),
    Entry.COUNTER: gettext_lazy("spoke at the counter"),
    Entry.NOTE: gettext_lazy("wrote a note"),
    Entry.DECISION: gettext_lazy("decided"),
    Entry.DIFFERENCE: gettext_lazy("sent the same message again, with different words"),
}
CHANGES = {
    "assign": gettext_lazy("assigned it to %(to)s"),
    "hand_over": gettext_lazy("handed it to %(team)s"),
    "hold": gettext_lazy("put it on hold until %(until)s"),
    "resume": gettext_lazy("took it up again"),
    "prioritise": gettext_lazy("changed its priority"),
    "close": gettext_lazy("closed it: %(outcome)s"),
    "reopen": gettext_lazy("opened it again"),
    "details": gettext_lazy("changed its details"),
    "answers": gettext_lazy("changed what they answered"),
    "service": gettext_lazy("moved it to the service %(service)s"),
    "restrict": gettext_lazy("changed who may see it"),
    "correct_received": gettext_lazy("corrected the date received"),
    "merge": gettext_lazy("merged it into %(other)s"),
    "merged_in": gettext_lazy("merged %(other)s into it"),
    "recompute": gettext_lazy("had its clocks worked out again"),
    "link": gettext_lazy("linked it to %(other)s (%(kind)s)"),
}
CHANGED = gettext_lazy("changed it")


register.filter(case_address)


@register.filter
def entry_class(entry: Entry) -> str:
    return CLASSES[entry.kind]


@register.filter
def entry_mark(entry: Entry) -> str:
    return MARKS[entry.kind]


@register.filter
def entry_what(entry: Entry, case: Case) -> str:
    """What kind of entry this is, in words: the mark beside it is only a picture."""
    if entry.kind == Entry.STEP:
        return _step(entry.detail, case)
    if entry.kind == Entry.MAIL_OUT and entry.detail.get("automatic"):
        return _("was sent automatically")
    if entry.kind == Entry.MAIL_OUT and entry.detail.get("holding"):
        return _("sent a holding reply")
    if entry.kind == Entry.MAIL_OUT and entry.detail.get("to_another_body"):
        return str(_("wrote to %s") % entry.detail["to_another_body"])
    words = None if saying(str(entry.detail.get("verb"))) else DEEDS.get(entry.kind)
    return _change(entry.detail) if words is None else str(words)


def _step(detail: dict[str, Any], case: Case) -> str:
    name = _step_called(str(detail.get("step", "")), case) or detail.get("name", "")
    if "outcome" not in detail:
        return str(_("opened the step again: %s") % name)
    if detail["outcome"]:
        outcome = outcome_words(str(detail["outcome"]), case)
        return str(_("did the step: %(name)s (%(outcome)s)") % {"name": name, "outcome": outcome})
    return str(_("did the step: %s") % name)


def _change(detail: dict[str, Any]) -> str:
    said = detail.get("said", {})
    verb = str(detail.get("verb"))
    if verb == "assign" and not said.get("to"):
        return _("took it off its owner")
    return str(CHANGES.get(verb) or saying(verb) or CHANGED) % _in_words(said)


def _in_words(said: dict[str, Any]) -> dict[str, Any]:
    words = dict(said)
    if get_language() == "cy":
        words |= {name: said[f"{name}_cy"] for name in ("team", "service") if said.get(f"{name}_cy")}
    if day := parse_date(str(said.get("until", ""))):
        words["until"] = date_format(day, "j F Y")
    if begins := parse_datetime(str(said.get("when", ""))):
        words["when"] = _span(begins, parse_datetime(str(said.get("till", ""))))
    if "outcome" in said:
        words["outcome"] = str(said["outcome"]).replace("_", " ")
    if "kind" in said:
        words["kind"] = LINKS.get(str(said["kind"]), said["kind"])
    return words


def _span(begins: dt.datetime, ends: dt.datetime | None) -> str:
    """A time of day on a day, from and until."""
    times = [clock.in_london(each).strftime("%H:%M") for each in (begins, ends) if each]
    return day_and_time(spelled(clock.in_london(begins).date(), "l j F Y"), "–".join(times))


@register.filter
def entry_who(entry: Entry) -> str:
    """Who did it: a colleague, the person who wrote, or the office by rule."""
    if entry.kind in {Entry.MAIL_IN, Entry.DIFFERENCE}:
        return entry.person.full_name if entry.person else (entry.sender or _("Unknown sender"))
    return entry.by.name if entry.by else "Moothall"


@register.filter
def can_undo(entry: Entry, case: Case) -> bool:
    """Whether a change can still be taken back: not done yet, and the case stands as it left it."""
    if entry.kind != Entry.CHANGE or entry.undone_at is not None or not entry.detail.get("before"):
        return False
    if case.is_closed and entry.detail.get("verb") not in ALSO_ONCE_CLOSED:
        return False
    after = entry.detail.get("after", {}).items()
    return all(plain(getattr(case, field_of(name).attname)) == value for name, value in after)


@register.filter
def can_split(entry: Entry, case: Case) -> bool:
    return entry.kind in {Entry.MAIL_IN, Entry.CALL, Entry.COUNTER} and not case.is_closed


@register.simple_tag
def reason_tags(reasons: list[Reason]) -> SafeString:
    """Why a case is on the list: at most two tags, the most pressing first."""
    return _reason_tags(*reasons[:2])


@said_once
def _reason_tags(*reasons: Reason) -> SafeString:
    return format_html_join(" ", "{}", ((tag(reason.words, reason.colour),) for reason in reasons))


@register.simple_tag
def first_reason(reasons: list[Reason]) -> SafeString:
    """The most pressing reason as a tag, and all of them on hover."""
    return _first_reason(*reasons)


@said_once
def _first_reason(*reasons: Reason) -> SafeString:
    every = ", ".join(str(reason.words) for reason in reasons)
    return tag(reasons[0].words, reasons[0].colour, every if len(reasons) > 1 else "")


@register.simple_tag
def briefly(at: dt.datetime) -> SafeString:
    """When something came, in as few words as a column has room for; the exact moment on hover."""
    here = clock.in_london(clock.now())
    if clock.in_london(at).date() == here.date():
        return when(at)
    return format_html(
        '<time class="mh-when" datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="seconds"),
        exactly(at),
        day_from_here(clock.in_london(at).date(), here.date()),
    )


@register.filter
def late_because(case: Case) -> str:
    """Why a late case is late, as far as the record tells."""
    if case.held_until is not None and case.hold_reason:
        return _("On hold: %(why)s") % {"why": case.hold_reason}
    if case.assignee_id is None:
        return _("Nobody has taken it")
    if case.waiting_on == Case.PERSON:
        return _("Waiting for the person")
    if case.waiting_on == Case.THIRD:
        return _("Waiting for somebody else")
    if case.came_back_at is not None:
        return _("They wrote again %(day)s and have no answer") % {"day": _day(case.came_back_at)}
    if case.handed_at is not None and case.first_answered_at is None:
        return _("Handed over %(day)s, not answered yet") % {"day": _day(case.handed_at)}
    if case.first_answered_at is None:
        return _("Not answered yet")
    return _("Answered %(day)s, not finished") % {"day": _day(case.first_answered_at)}


def _day(at: dt.datetime) -> str:
    return day_from_here(clock.in_london(at).date(), clock.today())


@register.filter
def turn_words(case: Case) -> str:
    return str(TURNS[case.waiting_on])


@register.filter
def turn_because(case: Case) -> str:
    """What whoever's turn it is has to do."""
    if case.waiting_on != Case.US:
        return _("We wait for their answer")
    return _("We owe an answer") if case.first_answered_at is None else _("Something is left to do")


@register.simple_tag
def time_left(due: dt.date, today: dt.date) -> SafeString:
    """How long until a due day, or how long since."""
    days = (due - today).days
    if days < 2:
        return due_tag(due, today=today)
    return format_html("{}", ngettext("in %d day", "in %d days", days) % days)


@register.filter
def channel_words(case: Case) -> str:
    """How it came."""
    return str(CHANNELS.get(case.channel, case.channel))


@register.filter
def step_name(step: Step, case: Case) -> str:
    """The step's name in the language of the page, as the case's own version of the service has it."""
    return _step_called(step.key, case) or step.name


def _step_called(key: str, case: Case) -> str:
    steps = definition_of(case.version).steps
    return next((each.name_in(get_language() or "en") for each in steps if each.key == key), "")


@register.filter
def outcome_words(key: str, case: Case) -> str:
    """What people read for how a step ended."""
    return definition_of(case.version).outcome_name(key, get_language() or "en")


@register.filter
def step_owner(step: Step, case: Case) -> str:
    """Who does a step: a team by its name, anybody else by the part they play."""
    if step.team:
        return in_language(step.team)
    owner = definition_of(case.version).owners.get(step.owner, step.owner)
    if owner == case.team.key:
        return in_language(case.team)
    if step.owner in OWNERS:
        return str(OWNERS[step.owner])
    return step.owner.replace("_", " ").replace("-", " ")


@register.filter
def level_words(case: Case) -> str:
    return str(LEVELS[case.confidentiality])


@register.filter
def in_language(thing: Any) -> str:
    """The name of a service or team in the language of the page."""
    return str(thing.name_in(get_language() or "en"))


@register.filter
def file_size(size: int) -> str:
    if size < 1024:
        return ngettext("%d byte", "%d bytes", size) % size
    return f"{size / 1024:.0f} kB" if size < 2**20 else f"{size / 2**20:.1f} MB"


@register.filter
def clock_name(clock: CaseClock, case: Case) -> str:
    """The clock's name in the language of the page, as the case's own version of the service has it."""
    for declared in definition_of(case.version).clocks:
        if declared.key == clock.key:
            return declared.name_in(get_language() or "en")
    return clock.name


@register.filter
def link_words(link: CaseLink) -> str:
    """How two cases belong together."""
    return str(LINKS[link.kind])


@register.filter
def priority_words(case: Case) -> str:
    return str(dict(PRIORITIES)[case.priority])


@register.filter
def happened_words(kind: str) -> str:
    """What an event did to a clock."""
    words = KINDS[kind][get_language() == "cy"]
    return words[:1].upper() + words[1:]


@register.filter
def day_why(day: TraceDay) -> str:
    """Why a day of a clock counted or not, in the language of the page."""
    return day.why_cy if get_language() == "cy" else day.why


@register.filter
def rule_name(rule: ClockRule) -> str:
    """The name of a clock rule in the language of the page."""
    return rule.name_cy if get_language() == "cy" else rule.name
