"""Print runs: letters on paper leave together."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.letters.models import Letter, PrintRun
from moothall.letters.rules.printing import make_print_run, print_run, settle_print_run
from moothall.letters.rules.visibility import gate_before, letter_read
from moothall.people.requests import StaffRequest

from .visiting import done


def find_run(request: StaffRequest, id: int) -> PrintRun:
    """The run, if it exists and this person may read every letter in it."""
    run = PrintRun.objects.select_related("made_by", "posted_by", "undone_by").filter(pk=id).first()
    if run is None:
        raise Http404
    letters = list(run.letters.values_list("pk", "about_kind", "about_id"))
    visible = Letter.objects.visible_to(request.user).filter(print_run=run).values_list("pk", flat=True)
    if {pk for pk, _kind, _id in letters} != set(visible):
        raise Http404
    if any(gate_before(request.user, kind, id) for _pk, kind, id in letters):
        raise Http404
    return run


@require_POST
@needs("letters.outbox")
def print_runs(request: StaffRequest) -> HttpResponse:
    run = make_print_run(by=request.user, at=now())
    return redirect("print_run_page", id=run.pk)


@require_GET
@needs("letters.outbox")
def print_run_page(request: StaffRequest, id: int) -> HttpResponse:
    run = find_run(request, id)
    letters = run.letters.order_by("pk")
    return render(request, "letters/print_run.html", {"run": run, "letters": letters})


@require_GET
@needs("letters.outbox")
def print_run_pdf(request: StaffRequest, id: int) -> HttpResponse:
    run = find_run(request, id)
    for letter in run.letters.order_by("pk"):
        letter_read(request.user, letter.about_kind, letter.about_id, subject=letter.subject)
    headers = {"Content-Disposition": f'inline; filename="letters-{run.pk}.pdf"'}
    headers["Cache-Control"] = "private, no-store"
    return HttpResponse(print_run(run), content_type="application/pdf", headers=headers)


@require_POST
@needs("letters.outbox")
def print_run_settlement(request: StaffRequest, id: int) -> HttpResponse:
    was_posted = request.POST.get("was_posted") == "yes"
    run = settle_print_run(find_run(request, id), was_posted=was_posted, by=request.user, at=now())
    words = _("The letters are posted.") if was_posted else _("The letters are back in the outbox.")
    return done(request, words, reverse("print_run_page", args=[run.pk]) if was_posted else reverse("outbox"))
