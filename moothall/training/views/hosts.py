"""Hosts of placements and tutors: who takes how many, and how full they are."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.training.forms.students import HostForm, TutorForm
from moothall.training.models import PathwayTutor, PlacementHost, Student
from moothall.training.rules.pathways import hosts as rules

from .finding import staff_by_number

STANDING = Q(attachments__student__state=Student.ON)


def _busy(day: dt.date) -> dict[str, Count]:
    """How many students are there that day, and how many come later."""
    there = Q(attachments__first_on__lte=day, attachments__last_on__gte=day)
    later = Q(attachments__first_on__gt=day)
    return {
        "here": Count("attachments", filter=STANDING & there),
        "coming": Count("attachments", filter=STANDING & later),
    }


@require_GET
@needs("training.manage")
def placement_hosts(request: StaffRequest) -> HttpResponse:
    """Each host with who is there now and who is to come."""
    day = today()
    rows = (
        PlacementHost.objects.select_related("district").prefetch_related("features").annotate(**_busy(day))
    )
    context = {
        "hosts": rows.filter(retired_at=None).order_by("name", "id"), "today": day,
        "retired": PlacementHost.objects.filter(retired_at__isnull=False),
    }  # fmt: skip
    return render(request, "training/hosts.html", context)


@needs("training.manage")
def add_placement_host(request: StaffRequest) -> HttpResponse:
    form = filled(request, HostForm, initial={"places": "2", "language": "en"})
    return show_form(
        request, form, title=_("Add a host"), words=_("The host is in the list."),
        back=reverse("placement_hosts"),
        rule=lambda _data: rules.add_host(form.content(), by=request.user, at=now()),
    )  # fmt: skip


def _find_host(number: int) -> PlacementHost:
    found = PlacementHost.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("training.manage")
def change_placement_host(request: StaffRequest, number: int) -> HttpResponse:
    host = _find_host(number)
    names = ("name", "places", "contact_name", "contact_email", "language", "about", "assessed_until")
    given: dict[str, Any] = {name: getattr(host, name) for name in names}
    given |= {"district": host.district_id, "features": [str(each.pk) for each in host.features.all()]}
    form = filled(request, HostForm, initial=given)
    return show_form(
        request, form, title=_("Change a host"), lead=host.name, words=_("The host is changed."),
        back=reverse("placement_hosts"),
        rule=lambda _data: rules.change_host(host, form.content(), by=request.user, at=now()),
    )  # fmt: skip


@require_POST
@needs("training.manage")
def retire_placement_host(request: StaffRequest, number: int) -> HttpResponse:
    """Nobody new goes to them; or, if they were taken out, students go there again."""
    host = _find_host(number)
    if host.retired_at is None:
        rules.retire_host(host, by=request.user, at=now())
        undo = reverse("retire_placement_host", args=[number])
        messages.success(request, _("Nobody new goes to this host."), extra_tags=undo)
    else:
        rules.take_up_host(host, by=request.user, at=now())
        messages.success(request, _("Students can go to this host again."))
    return redirect("placement_hosts")


@require_GET
@needs("training.manage")
def pathway_tutors(request: StaffRequest) -> HttpResponse:
    """Tutors with how many they take, have now and will have."""
    rows = PathwayTutor.objects.standing().select_related("employment__person", "district")
    rows = rows.annotate(**_busy(today()))
    return render(request, "training/tutors.html", {"tutors": rows})


@needs("training.manage")
def add_pathway_tutor(request: StaffRequest) -> HttpResponse:
    def save(data: dict[str, Any]) -> PathwayTutor:
        [employment] = staff_by_number([data.pop("number").strip().upper()])
        return rules.add_tutor(employment, by=request.user, at=now(), **data)

    return show_form(
        request, filled(request, TutorForm, initial={"most": "2"}), title=_("Add a tutor"), rule=save,
        words=_("They are a tutor now."), back=reverse("pathway_tutors"),
        undo=lambda made: reverse("stop_pathway_tutor", args=[made.pk]),
    )  # fmt: skip


@require_POST
@needs("training.manage")
def stop_pathway_tutor(request: StaffRequest, number: int) -> HttpResponse:
    """They take nobody new; or, if they had stopped, they take students again."""
    found = PathwayTutor.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    if found.stopped_at is None:
        rules.stop_tutor(found, by=request.user, at=now())
        undo = reverse("stop_pathway_tutor", args=[number])
        messages.success(request, _("They take nobody new. Whom they have they keep."), extra_tags=undo)
    else:
        rules.take_up_tutor(found, by=request.user, at=now())
        messages.success(request, _("They take students again."))
    return redirect("pathway_tutors")
