"""How training is spoken of on pages: names, days, how a place and a need stand."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from moothall.core.templatetags.parts import tag
from moothall.people.models import Account, Place
from moothall.training.models import (
    Abstraction,
    Cohort,
    CourseRequirement,
    CourseVersion,
    DutyFile,
    Need,
    Nomination,
    PathwayTutor,
    ScheduleLine,
    ScheduleVersion,
    Session,
    SessionInvitation,
    SignOff,
    Student,
)
from moothall.training.models.ledger import PARTS
from moothall.training.rules.comparing import days_said
from moothall.training.rules.duty_abstractions import times_of
from moothall.training.rules.pathways.progress import ItemState, Progress
from moothall.training.rules.wording import days_words
from moothall.workforce.models import Employment

register = template.Library()
STATES = {"ASKED": "yellow", "PLACED": "green", "WAITING": "orange", "REFUSED": "red", "WITHDRAWN": "grey"}
VERSIONS = {"DRAFT": "yellow", "CONSULTED": "blue", "PUBLISHED": "green"}
ANSWERS = {"YES": "green", "NO": "red", "MAYBE": "yellow"}
RESULTS = {"PASSED": "green", "FAILED": "red", "REFERRED": "yellow"}
NEEDS = {
    "DONE": (gettext_lazy("In order"), "green"), "SOON": (gettext_lazy("Runs out soon"), "yellow"),
    "OVER": (gettext_lazy("Overdue"), "red"), "TODO": (gettext_lazy("To take"), "blue"),
}  # fmt: skip


@register.filter
def named(row: Any) -> str:
    """In the language of the page."""
    return str(row.name_in(get_language() or "en"))


@register.filter
def taken_times(row: Abstraction) -> str:
    """From when until when somebody is taken off duty."""
    begins, ends = times_of(row)
    return f"{begins:%H:%M}–{ends:%H:%M}"


@register.filter
def named_place(session: Session) -> str:
    place = session.place
    if place is None:
        return ""
    return (place.name_cy if get_language() == "cy" else "") or place.name


@register.filter
def named_room(session: Session) -> str:
    return session.room_in(get_language() or "en")


@register.filter
def session_days(session: Session) -> str:
    return days_words(session, "cy" if get_language() == "cy" else "en")


@register.filter
def place_state(place: Nomination) -> SafeString:
    """How it stands, and for whoever waits why."""
    if place.attended is False:
        return tag(gettext_lazy("Did not come"), "red")
    if place.result:
        return tag(place.get_result_display(), RESULTS[place.result])
    if place.attended:
        return tag(gettext_lazy("Came"), "blue")
    return tag(place.get_state_display(), STATES[place.state])


@register.filter
def answer_of(told: Mapping[int, SessionInvitation], place: Nomination) -> SafeString | str:
    """What their calendar answered; nothing once it is known whether they came."""
    invitation = told.get(place.employment_id)
    if invitation is None or not invitation.answer or place.attended is not None:
        return ""
    return tag(invitation.get_answer_display(), ANSWERS[invitation.answer])


@register.filter
def why_waiting(place: Nomination) -> str:
    parts = (str(place.get_waits_because_display()), place.waits_for)
    return ": ".join(part for part in parts if part) if place.waits_because else ""


@register.filter
def need_state(need: Need) -> SafeString:
    return tag(*NEEDS[need.stands])  # type: ignore[attr-defined]


@register.filter
def filling(session: Session) -> SafeString:
    """How full it is, in words and colour."""
    words = format_html("{}/{}", session.taken, session.capacity)
    if session.taken >= session.capacity:
        return tag(words, "blue")
    return tag(words, "yellow" if session.taken < session.version.least else "green")


@register.filter
def asked_of(requirement: CourseRequirement) -> str:
    return requirement.whom(get_language() or "en")


@register.filter
def bring_along(version: CourseVersion) -> str:
    return version.bring_in(get_language() or "en")


@register.filter
def file_state(file: DutyFile) -> SafeString:
    return tag(file.get_state_display(), {"READ": "yellow", "DONE": "green"}.get(file.state, "grey"))


@register.simple_tag
def own_way(account: Account) -> dict[str, bool]:
    """Whether somebody is a student, or a tutor of students."""
    tutor = PathwayTutor.objects.filter(employment__in=Employment.objects.of_account(account).values("pk"))
    return {"student": Student.objects.of_account(account).exists(), "tutor": tutor.exists()}


@register.filter
def cohort_state(cohort: Cohort, on: dt.date) -> SafeString:
    """Planned, told, begun: the furthest of them."""
    if cohort.planned_at is None:
        return tag(gettext_lazy("Not planned yet"), "yellow")
    if cohort.has_begun(on):
        return tag(gettext_lazy("Under way"), "green")
    if cohort.told_at is None:
        return tag(gettext_lazy("Planned, not told"), "yellow")
    return tag(gettext_lazy("Told"), "blue")


@register.filter
def way_state(progress: Progress) -> SafeString:
    return tag(progress.words, progress.colour)


@register.filter
def item_state(state: ItemState) -> SafeString:
    """Signed off, late, to be seen again, or to come."""
    if state.done:
        return tag(gettext_lazy("Course passed") if state.by_course else gettext_lazy("Signed off"), "green")
    if state.late:
        return tag(gettext_lazy("Late"), "red")
    if state.sign_off is not None and state.sign_off.result == SignOff.AGAIN:
        return tag(gettext_lazy("To be seen again"), "yellow")
    return tag(gettext_lazy("To come"), "grey")


@register.filter
def version_state(version: ScheduleVersion) -> SafeString:
    return tag(version.get_state_display(), VERSIONS.get(version.state, "grey"))


@register.filter
def line_days(line: ScheduleLine) -> str:
    return days_said(line.days)


@register.filter
def place_words(place: Place) -> str:
    """In the language of the page."""
    return (place.name_cy if get_language() == "cy" else "") or place.name


@register.filter
def as_percent(share: float | None) -> str:
    """A share of one in per cent, to one digit."""
    return f"{100 * (share or 0):.1f} %"


@register.filter
def part_words(part: str) -> str:
    """Early, late, night, day."""
    return str(dict(PARTS).get(part, part))
