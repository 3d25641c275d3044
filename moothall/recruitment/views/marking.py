"""Marking blind: whoever marks sees what was written, and neither a name nor anybody else's marks."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.recruitment.forms import language_now
from moothall.recruitment.forms.marking import MarksForm
from moothall.recruitment.models import Marker
from moothall.recruitment.rules import shortlisting as rules


def find_marker(request: StaffRequest, number: int) -> Marker:
    """Only what somebody marks themselves exists."""
    found = Marker.objects.of(request.user).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@require_GET
@signed_in
def my_marking(request: StaffRequest) -> HttpResponse:
    """The campaigns somebody marks for."""
    return render(request, "recruitment/my_marking.html", {"markers": Marker.objects.of(request.user)})


@require_GET
@signed_in
def marking(request: StaffRequest, marker: int) -> HttpResponse:
    """Applications by number, those that are still to be marked first."""
    found = find_marker(request, marker)
    packs = sorted(rules.packs_of(found), key=lambda one: (one[2], one[0]))
    left = sum(not done for _number, _key, done in packs)
    return render(request, "recruitment/marking.html", {"marker": found, "packs": packs, "left": left})


def _next_of(marker: Marker) -> str:
    """The next one that is still to be marked, or the list of them all."""
    left = next((key for _number, key, done in rules.packs_of(marker) if not done), None)
    if left is None:
        return reverse("marking", args=[marker.pk])
    return reverse("mark_application", args=[marker.pk, left])


@signed_in
def mark_application(request: StaffRequest, marker: int, number: int) -> HttpResponse:
    """One application: each answer with its mark; handed in, what was given."""
    found = find_marker(request, marker)
    pack = rules.pack_of(found, application=number, language=language_now())
    if pack is None:
        raise Http404
    form = filled(request, MarksForm, pack=pack)
    rows = [(each, form[f"mark-{each.criterion}"], form[f"why-{each.criterion}"]) for each in pack.answers]
    given = [(each, pack.marks.get(each.criterion)) for each in pack.answers] if pack.marks else []
    return show_form(
        request, form, title=pack.number, button=_("Hand in"), back=reverse("marking", args=[marker]),
        words=_("Your marks are handed in. The other markers do not see them before theirs are."),
        undo=lambda _made: reverse("take_back_marks", args=[marker, number]),
        onward=lambda _made: _next_of(found),
        rule=lambda _data: rules.hand_in(found, application=number, marks=form.marks(), at=now()),
        template="recruitment/mark_application.html",
        context={"pack": pack, "rows": rows, "given": given, "marker": found},
    )  # fmt: skip


@require_POST
@signed_in
def take_back_marks(request: StaffRequest, marker: int, number: int) -> HttpResponse:
    rules.take_back(find_marker(request, marker), application=number, at=now())
    return redirect("mark_application", marker=marker, number=number)


@require_GET
@signed_in
def marking_file(request: StaffRequest, marker: int, number: int, file: int) -> HttpResponse:
    """A file without what says whose it is."""
    made = rules.blind_copy(find_marker(request, marker), application=number, file=file)
    if made is None:
        raise Http404
    name, content = made
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)
