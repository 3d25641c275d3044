"""The words of a case: what changed, who did it, and why it needs somebody."""

import datetime as dt
from typing import Any

from django import template
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from moothall.cases.models import Case, CaseClock, Entry, Step
from moothall.cases.models.attention import Reason
from moothall.cases.rules.changing import ALSO_ONCE_CLOSED, field_of, plain
from moothall.cases.rules.definition import definition_of
from moothall.core import clock
from moothall.core.templatetags.parts import day_from_here, due_tag, exactly, tag, when

register = template.Library()

LINKS = {"RELATED": _("related"), "DUPLICATE": _("duplicate"), "MERGED": _("merged"), "SPLIT": _("split off")}
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


@register.filter
def entry_class(entry: Entry) -> str:
    return CLASSES[entry.kind]


@register.filter
def entry_mark(entry: Entry) -> str:
    return MARKS[entry.kind]


@register.filter
def entry_what(entry: Entry) -> str:
    """What kind of entry this is, in words: the mark beside it is only a picture."""
    return {
        Entry.MAIL_IN: _("wrote"),
        Entry.MAIL_OUT: _("was sent automatically") if entry.detail.get("automatic") else _("replied"),
        Entry.CALL: _("took a call"),
        Entry.COUNTER: _("spoke at the counter"),
        Entry.NOTE: _("wrote a note"),
        Entry.DECISION: _("decided"),
        Entry.DIFFERENCE: _("sent the same message again, with different words"),
        Entry.STEP: _step(entry.detail),
    }.get(entry.kind) or _change(entry.detail)


def _step(detail: dict[str, Any]) -> str:
    outcome = str(detail.get("outcome") or "").replace("_", " ")
    name = detail.get("name", "")
    if "outcome" not in detail:
        return str(_("opened the step again: %s") % name)
    if outcome:
        return str(_("did the step: %(name)s (%(outcome)s)") % {"name": name, "outcome": outcome})
    return str(_("did the step: %s") % name)


def _change(detail: dict[str, Any]) -> str:
    said = detail.get("said", {})
    sentence = {
        "assign": _("assigned it to %(to)s") if said.get("to") else _("took it off its owner"),
        "hand_over": _("handed it to %(team)s"),
        "hold": _("put it on hold until %(until)s"),
        "resume": _("took it up again"),
        "prioritise": _("changed its priority"),
        "close": _("closed it: %(outcome)s"),
        "reopen": _("opened it again"),
        "details": _("changed its details"),
        "service": _("moved it to the service %(service)s"),
        "restrict": _("changed who may see it"),
        "correct_received": _("corrected the date received"),
        "link": _("linked it to %(other)s (%(kind)s)"),
    }.get(str(detail.get("verb")), _("changed it"))
    return str(sentence % _in_words(said))


def _in_words(said: dict[str, Any]) -> dict[str, Any]:
    words = dict(said)
    if get_language() == "cy":
        words |= {name: said[f"{name}_cy"] for name in ("team", "service") if said.get(f"{name}_cy")}
    if day := parse_date(str(said.get("until", ""))):
        words["until"] = date_format(day, "j F Y")
    if "outcome" in said:
        words["outcome"] = str(said["outcome"]).replace("_", " ")
    if "kind" in said:
        words["kind"] = LINKS.get(str(said["kind"]), said["kind"])
    return words


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
    return format_html_join(
        " ",
        '<strong class="govuk-tag mh-tag govuk-tag--{}">{}</strong>',
        ((reason.colour, reason.words) for reason in reasons[:2]),
    )


@register.simple_tag
def first_reason(reasons: list[Reason]) -> SafeString:
    """The most pressing reason as a tag, and all of them on hover."""
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


@register.simple_tag
def priority_tag(case: Case) -> SafeString:
    if case.priority == Case.URGENT:
        return format_html('<strong class="govuk-tag mh-tag govuk-tag--red">{}</strong>', _("Urgent"))
    if case.priority == Case.HIGH:
        return format_html('<strong class="govuk-tag mh-tag govuk-tag--orange">{}</strong>', _("High"))
    return SafeString()


@register.filter
def turn_words(case: Case) -> str:
    return {Case.US: _("Ours"), Case.PERSON: _("The person’s"), Case.THIRD: _("Somebody else’s")}[
        case.waiting_on
    ]


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
    return {
        "mail": _("by mail"),
        "phone": _("by phone"),
        "counter": _("at the counter"),
        "form": _("by form"),
        "staff": _("opened by staff"),
        "api": _("through the API"),
    }.get(case.channel) or case.channel


@register.filter
def step_name(step: Step, case: Case) -> str:
    """The step's name in the language of the page, as the case's own version of the service has it."""
    for declared in definition_of(case.version).steps:
        if declared.key == step.key:
            return declared.name_in(get_language() or "en")
    return step.name


@register.filter
def step_owner(step: Step) -> str:
    """Who does a step: a team by its name, anybody else by the part they play."""
    return in_language(step.team) if step.team else as_words(step.owner)


@register.filter
def as_words(key: str) -> str:
    """A key such as `line_manager` as people say it."""
    return key.replace("_", " ").replace("-", " ")


@register.filter
def level_words(case: Case) -> str:
    return {
        Case.ANYONE: _("Open: all staff"),
        Case.TEAM: _("Team"),
        Case.RESTRICTED: _("Restricted"),
        Case.SEALED: _("Sealed"),
    }[case.confidentiality]


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
def to_moment(value: str) -> Any:
    return parse_datetime(value)


@register.filter
def clock_name(clock: CaseClock, case: Case) -> str:
    """The clock's name in the language of the page, as the case's own version of the service has it."""
    for declared in definition_of(case.version).clocks:
        if declared.key == clock.key:
            return declared.name_in(get_language() or "en")
    return clock.name
