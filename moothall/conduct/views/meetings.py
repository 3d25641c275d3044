"""Meetings of a matter: arranged, invited to, postponed, held, cancelled, and as a file for calendars."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.cases.rules.reckoning import working_calendar
from moothall.conduct.forms import formal as forms
from moothall.conduct.models import Matter, Meeting
from moothall.conduct.rules import meeting as rules
from moothall.conduct.rules import periods
from moothall.conduct.rules.calendar_file import meeting_file
from moothall.conduct.rules.improving import notices_of
from moothall.conduct.rules.measure_letters import BY_KEY
from moothall.conduct.rules.telling import address_of, words_of
from moothall.conduct.rules.wording import HEARING, MEETING
from moothall.core.clock import in_london, now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.letters.rules.built_in import BuiltIn
from moothall.people.requests import StaffRequest

from .finding import one_of, page_of, with_matter


def _meeting(matter: Matter, number: int) -> Meeting:
    meeting: Meeting = one_of(matter.meetings.select_related("chair"), number)
    meeting.matter = matter
    return meeting


@needs("conduct.work")
@with_matter
def arrange_meeting(request: StaffRequest, matter: Matter) -> HttpResponse:
    first = periods.earliest_meeting(matter.procedure, notice_on=today())
    working = working_calendar(matter.procedure.calendar)
    suggested = first if working.is_working_day(first) else working.add_working_days(first, 1)
    form = filled(
        request, forms.MeetingForm, matter=matter, initial={"kind": Meeting.HEARING, "day": suggested}
    )
    return show_form(
        request, form, title=_("Arrange a meeting"), back=page_of(matter), button=_("Arrange it"),
        lead=_("With notice given today, a hearing can be on %(day)s or later.")
        % {"day": f"{first.day}/{first.month}/{first.year}"},
        words=_("Arranged. Now invite them."),
        onward=lambda made: reverse("invite_to_meeting", args=[matter.case.reference, made.pk]),
        rule=lambda data: rules.arrange_meeting(
            matter, kind=data["kind"], slot=form.slot(), chair=data["chair"], safety=data["safety"],
            notice_agreed=data["notice_agreed"], by=request.user, at=now(),
        ),
    )  # fmt: skip


def letter_begun(
    request: StaffRequest, matter: Matter, built_in: Any, said: Any, about: Any
) -> dict[str, Any]:
    """What a letter form begins with: their language, their address, the words filled in."""
    person = matter.employment.person
    asked = request.GET.get("language") or person.language
    language = "cy" if asked == "cy" else "en"
    channel, address = address_of(person)
    subject, text = words_of(
        built_in, matter, language=language, by=request.user, at=now(), **said(language, about)
    )
    return {"channel": channel, "address": address, "language": language, "subject": subject, "text": text}


def _letter_for(meeting: Meeting) -> BuiltIn:
    """That of the stage, where this kind of matter has its own; else of a hearing, or of any meeting."""
    if not meeting.is_formal:
        return MEETING
    own = meeting.matter.kind.invitations if meeting.kind == Meeting.HEARING else []
    stage = len(notices_of(meeting.matter)) if own else 0
    return BY_KEY.get(own[min(stage, len(own) - 1)], HEARING) if own else HEARING


@needs("conduct.work")
@with_matter
def invite_to_meeting(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    meeting = _meeting(matter, number)
    built_in = _letter_for(meeting)
    begun = letter_begun(request, matter, built_in, rules.said_in, meeting)
    form = filled(request, forms.InviteForm, initial=begun | {"notice_agreed": meeting.notice_agreed})
    return show_form(
        request, form, title=_("Invite them"), lead=str(meeting), back=page_of(matter), button=_("Send"),
        words=_("They are invited, and the notice is written down."),
        rule=lambda data: rules.invite(
            meeting, sent=form.sent(built_in), given_on=data["given_on"], by=request.user, at=now(),
            notice_agreed=data["notice_agreed"],
        ),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def name_companion(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    meeting = _meeting(matter, number)
    initial = {"state": meeting.companion_state, "name": meeting.companion}
    return show_form(
        request, filled(request, forms.CompanionForm, initial=initial), title=_("Their companion"),
        lead=str(meeting), back=page_of(matter), words=_("The companion is written down."),
        rule=lambda data: rules.name_companion(meeting, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def postpone_meeting(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    meeting = _meeting(matter, number)
    starts, ends = in_london(meeting.starts_at), in_london(meeting.ends_at)
    initial = {"day": starts.date(), "begins": starts.time(), "ends": ends.time(), "place": meeting.place}
    last = periods.latest_postponement(matter.procedure, first_on=meeting.day)
    form = filled(request, forms.PostponeForm, initial=initial)
    return show_form(
        request, form, title=_("Postpone the meeting"), back=page_of(matter), button=_("Postpone it"),
        lead=_("A hearing may be put off once, to %(day)s at the latest.")
        % {"day": f"{last.day}/{last.month}/{last.year}"},
        words=_("Postponed. Invite them to the new day."),
        onward=lambda made: reverse("invite_to_meeting", args=[matter.case.reference, made.pk]),
        rule=lambda data: rules.postpone(
            meeting, slot=form.slot(), because=data["because"], agreed=data["agreed"], by=request.user,
            at=now(),
        ),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def hold_meeting(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    meeting = _meeting(matter, number)
    return show_form(
        request, filled(request, forms.HeldForm), title=_("The meeting was held"), lead=str(meeting),
        back=page_of(matter), words=_("Written down, with its notes on the timeline."),
        rule=lambda data: rules.hold_meeting(meeting, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def cancel_meeting(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    meeting = _meeting(matter, number)
    return show_form(
        request, filled(request, forms.ReasonForm), title=_("Cancel the meeting"), lead=str(meeting),
        back=page_of(matter), warning=True, button=_("Cancel the meeting"),
        words=_("Cancelled. Tell them, if they had been invited."),
        rule=lambda data: rules.cancel_meeting(meeting, **data, by=request.user, at=now()),
    )  # fmt: skip


@require_GET
@signed_in
@with_matter
def meeting_calendar(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    """For a calendar that others may read: it says that there is a meeting, when and where, and no more."""
    made = meeting_file(_meeting(matter, number), words=_("Meeting"), host=request.get_host(), at=now())
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response
