"""What somebody reads of matters about themself: what they were sent or given, and never the file."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.conduct.rules import own
from moothall.conduct.rules.calendar_file import meeting_file
from moothall.core.clock import now
from moothall.core.door import signed_in
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response


@require_GET
@signed_in
def my_matters(request: StaffRequest) -> HttpResponse:
    """Letters sent to them, meetings they were invited to, and bundles they were given a copy of."""
    return render(request, "conduct/own.html", {"shown": own.of_account(request.user)})


@require_GET
@signed_in
def my_bundle(request: StaffRequest, number: int) -> HttpResponseBase:
    document = own.bundle_given_to(request.user, number)
    if document is None:
        raise Http404
    return download_response(document)


@require_GET
@signed_in
def my_meeting_calendar(request: StaffRequest, number: int) -> HttpResponse:
    meeting = own.meeting_of(request.user, number)
    if meeting is None:
        raise Http404
    made = meeting_file(meeting, words=_("Meeting"), host=request.get_host(), at=now())
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response
