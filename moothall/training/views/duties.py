"""Files of the duty system: bringing one in, its differences, and carrying it out or putting it aside."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import show_form
from moothall.people.requests import StaffRequest
from moothall.training.forms import DutyFileForm
from moothall.training.models import DutyArrival, DutyChange, DutyFile, DutyRule
from moothall.training.rules import duties

A_PAGE = 100
SHOWN = 60
REFUSED = 5


@require_GET
@needs("training.manage")
def duty_files(request: StaffRequest) -> HttpResponse:
    files = DutyFile.objects.select_related("brought_by").annotate(
        differ=Count("changes", filter=~Q(changes__sort=DutyChange.REFUSED)),
        refused=Count("changes", filter=Q(changes__sort=DutyChange.REFUSED)),
    )
    context = {
        "files": files.select_related("arrival").order_by("-brought_at", "-id")[:SHOWN],
        "refused": DutyArrival.objects.filter(state=DutyArrival.REFUSED)[:REFUSED],
        "rule": DutyRule.objects.first() or DutyRule(),
    }
    return render(request, "training/duty_files.html", context)


@needs("training.manage")
def bring_duty_file(request: StaffRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)

    def save(data: dict[str, Any]) -> DutyFile:
        file = data["file"]
        return duties.bring_duties(file.read(), name=file.name, by=request.user, at=now())

    return show_form(
        request, DutyFileForm(*sent), title=_("Bring in duties"), button=_("Show what would change"),
        words=_("Nothing is changed yet. Look at what would be."), back=reverse("duty_files"), rule=save,
        onward=lambda made: reverse("duty_file", args=[made.pk]),
    )  # fmt: skip


def _find(number: int) -> DutyFile:
    found = DutyFile.objects.select_related("brought_by", "done_by", "arrival").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@require_GET
@needs("training.manage")
def duty_file(request: StaffRequest, number: int) -> HttpResponse:
    """What the file changes, line by line, and which teams are below their minimum with it."""
    file = _find(number)
    changes = file.changes.select_related("employment__person").order_by("number", "id")
    page = Paginator(changes, A_PAGE).get_page(request.GET.get("page"))
    counts = dict(file.changes.order_by().values_list("sort").annotate(Count("pk")))
    sorts = [(words, counts.get(key, 0)) for key, words in DutyChange.SORTS]
    return render(request, "training/duty_file.html", {"file": file, "page": page, "sorts": sorts})


@require_POST
@needs("training.manage")
def carry_out_duty_file(request: StaffRequest, number: int) -> HttpResponse:
    duties.carry_out_duties(_find(number), by=request.user, at=now())
    messages.success(request, _("Carried out. The teams are counted anew."))
    return redirect("duty_file", number=number)


@require_POST
@needs("training.manage")
def put_duty_file_aside(request: StaffRequest, number: int) -> HttpResponse:
    duties.put_duties_aside(_find(number), by=request.user, at=now())
    messages.success(request, _("Put aside. Nothing was changed."))
    return redirect("duty_files")
