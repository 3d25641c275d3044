"""The personnel file of an employment: for those who may see what is private, and in part for the person."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.clock import now
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import show_form
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response
from moothall.workforce.forms.details import PapersForm
from moothall.workforce.models import Employment, PaperRead, PersonnelDocument
from moothall.workforce.rules import file
from moothall.workforce.visiting import sight_of, with_employment

from .finding import done, kept

SEEN = 5


def _papers(request: StaffRequest, employment: Employment) -> QuerySet[PersonnelDocument]:
    """Everything for whoever may see what is private; to the person what their class lets them read."""
    sight = sight_of(request.user, employment)
    rows = PersonnelDocument.objects.filter(employment=employment)
    rows = rows.select_related("file_class", "document", "employment", "added_by")
    if sight.own:
        return rows.filter(file_class__own_sees=True, withdrawn_at=None)
    if sight.private:
        return rows
    raise Http404


@signed_in
@require_GET
@with_employment
def personnel_file(request: StaffRequest, employment: Employment) -> HttpResponse:
    sight = sight_of(request.user, employment)
    read = Prefetch("readings", PaperRead.objects.select_related("by").order_by("-at", "-id"))
    papers = _papers(request, employment).order_by("file_class__name", "-dated_on", "-id")
    context = {
        "employment": employment, "papers": papers.prefetch_related(read), "own": sight.own,
        "edits": sight.private and not sight.own and request.user.may("workforce.edit"),
    }  # fmt: skip
    return render(request, "workforce/personnel_file.html", context)


@needs("workforce.edit")
@require_http_methods(["GET", "POST"])
@with_employment
@kept
def add_papers(request: StaffRequest, employment: Employment) -> HttpResponse:
    if not sight_of(request.user, employment).private:
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PapersForm(*sent)
    count = len(request.FILES.getlist("papers"))
    return show_form(
        request, form, title=_("Add papers to the file"),
        back=reverse("personnel_file", args=[employment.number]),
        lead=employment.person.full_name,
        words=ngettext("%d paper is in the file.", "%d papers are in the file.", count) % count,
        rule=lambda given: file.file_papers(employment, by=request.user, at=now(), **given),
    )  # fmt: skip


def _paper_of(request: StaffRequest, employment: Employment, paper_id: int) -> PersonnelDocument:
    found = _papers(request, employment).filter(pk=paper_id).first()
    if found is None:
        raise Http404
    return found


@signed_in
@require_POST
@with_employment
def read_paper(request: StaffRequest, employment: Employment, paper_id: int) -> Any:
    """The paper itself; who opened it is written down."""
    paper = _paper_of(request, employment, paper_id)
    file.read_paper(paper, by=request.user, at=now())
    return download_response(paper.document)


@needs("workforce.edit")
@require_POST
@with_employment
@kept
def withdraw_paper(request: StaffRequest, employment: Employment, paper_id: int) -> HttpResponse:
    paper = _paper_of(request, employment, paper_id)
    onward = reverse("personnel_file", args=[employment.number])
    undo = reverse("restore_paper", args=[employment.number, paper.pk])
    act = lambda: file.withdraw_paper(paper, by=request.user, at=now())  # noqa: E731
    return done(request, employment, act, _("It is taken out of the file."), undo=undo, onward=onward)


@needs("workforce.edit")
@require_POST
@with_employment
@kept
def restore_paper(request: StaffRequest, employment: Employment, paper_id: int) -> HttpResponse:
    paper = _paper_of(request, employment, paper_id)
    onward = reverse("personnel_file", args=[employment.number])
    act = lambda: file.restore_paper(paper, by=request.user, at=now())  # noqa: E731
    return done(request, employment, act, _("It is in the file again."), onward=onward)
