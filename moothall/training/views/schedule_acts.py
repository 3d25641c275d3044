"""What is done with a version: consulted on, published, discarded, copied, stepped back from; its readers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.training.forms.schedule import PublishForm, ReaderForm
from moothall.training.models import ScheduleNotice, ScheduleReader, ScheduleVersion
from moothall.training.rules import publishing, readers
from moothall.training.rules import schedule as rules
from moothall.training.rules.announcing import csv_of
from moothall.training.rules.consulting import asked_of, consult

from .schedules import about, find_version


def _page(version: ScheduleVersion) -> str:
    return reverse("schedule_version", args=[version.schedule_id, version.number])


@require_POST
@needs("training.manage")
def consult_on_schedule(request: StaffRequest, number: int, version: int) -> HttpResponse:
    """Readers are written to of what would differ for them."""
    asked = asked_of(consult(find_version(number, version), by=request.user, at=now()))
    if asked:
        words = ngettext("%(count)s reader is asked.", "%(count)s readers are asked.", asked)
        messages.success(request, words % {"count": asked})
    else:
        messages.info(
            request, _("Noted as consulted on. Nothing differs for any reader, so nobody is asked.")
        )
    return redirect("schedule_version", number=number, version=version)


@needs("training.manage")
def publish_schedule(request: StaffRequest, number: int, version: int) -> HttpResponse:
    """What it would change is shown; then all of it is done, or nothing."""
    found = find_version(number, version)

    def save(data: dict[str, Any]) -> ScheduleVersion:
        return publishing.publish(found, by=request.user, at=now(), today=today(), **data)

    return show_form(
        request, filled(request, PublishForm), title=_("Publish"), button=_("Publish it"), rule=save,
        words=_("Published. Everybody concerned is being written to."), back=_page(found),
        template="training/publish_schedule.html", context=about(found), onward=lambda made: _page(made),
    )  # fmt: skip


@needs("training.manage")
def step_back_schedule(request: StaffRequest, number: int, version: int) -> HttpResponse:
    """The version before is published anew."""
    found = find_version(number, version)

    def save(data: dict[str, Any]) -> ScheduleVersion:
        return publishing.step_back(found, by=request.user, at=now(), today=today(), **data)

    return show_form(
        request, filled(request, PublishForm), title=_("Step back to the version before"), warning=True,
        button=_("Step back"), back=_page(found), rule=save, onward=lambda made: _page(made),
        lead=_("Sessions and places become again what they were. Everybody concerned is written to."),
        words=_("The version before is published again."),
    )  # fmt: skip


@require_POST
@needs("training.manage")
def discard_schedule(request: StaffRequest, number: int, version: int) -> HttpResponse:
    """Nothing comes of it; or, if it was discarded, it is a draft again."""
    found = find_version(number, version)
    if found.state == ScheduleVersion.DISCARDED:
        rules.take_up(found, by=request.user, at=now())
        messages.success(request, _("It is a draft again."))
        return redirect(_page(found))
    rules.discard(found, by=request.user, at=now())
    undo = reverse("discard_schedule", args=[number, version])
    messages.success(request, _("Discarded. Nothing was changed by it."), extra_tags=undo)
    return redirect("planning_schedule", number=number)


@require_POST
@needs("training.manage")
def copy_schedule(request: StaffRequest, number: int, version: int) -> HttpResponse:
    made = rules.draft_from(find_version(number, version), by=request.user, at=now())
    messages.success(request, _("This is a new draft. The version it was made of stays as it is."))
    return redirect(reverse("schedule_version", args=[number, made.number]))


@require_GET
@needs("training.manage")
def schedule_notice_file(request: StaffRequest, number: int) -> HttpResponse:
    """What a reader was sent, as the file that was attached."""
    notice = ScheduleNotice.objects.select_related("version").filter(pk=number).first()
    if notice is None:
        raise Http404
    name = f"planning-schedule-{notice.version.number}.csv"
    return HttpResponse(
        csv_of(notice),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


@require_GET
@needs("training.manage")
def schedule_readers(request: StaffRequest) -> HttpResponse:
    return render(request, "training/schedule_readers.html", {"readers": ScheduleReader.objects.standing()})


@needs("training.manage")
def add_schedule_reader(request: StaffRequest) -> HttpResponse:
    return show_form(
        request, filled(request, ReaderForm, initial={"language": "en"}), title=_("Add a reader"),
        lead=_("They are sent only what concerns them, once, each time a version is published."),
        words=_("They are sent what concerns them from the next version on."),
        back=reverse("schedule_readers"), undo=lambda made: reverse("end_schedule_reader", args=[made.pk]),
        rule=lambda data: readers.add_reader(by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("training.manage")
def end_schedule_reader(request: StaffRequest, number: int) -> HttpResponse:
    """Sent nothing any more; or, if it had ended, sent what concerns them again."""
    found = ScheduleReader.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    if found.ended_at is None:
        readers.end_reader(found, by=request.user, at=now())
        undo = reverse("end_schedule_reader", args=[number])
        messages.success(request, _("They are sent nothing any more."), extra_tags=undo)
    else:
        readers.restore_reader(found, by=request.user, at=now())
        messages.success(request, _("They are sent what concerns them again."))
    return redirect("schedule_readers")
