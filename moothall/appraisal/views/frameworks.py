"""Frameworks: what one asks for, and wording one anew as a draft until it is ready."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.appraisal.forms.frameworks import CompetencyForm, FrameworkForm, MarkForm
from moothall.appraisal.models import Competency, Framework, Mark
from moothall.appraisal.rules import frameworks as rules
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest

NAMES = ("name", "name_cy", "about", "about_cy")


def _find(framework_id: int) -> Framework:
    rows = Framework.objects.prefetch_related("competencies__descriptors", "marks")
    framework = rows.filter(pk=framework_id).first()
    if framework is None:
        raise Http404
    return framework


def _page(framework: Framework, *, at: str | None = None) -> str:
    return reverse("appraisal_framework", args=[framework.pk], fragment=at)


def _begun(row: Any, *more: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*NAMES, *more)} if row is not None else {}


@needs("workforce.view")
@require_GET
def appraisal_framework(request: StaffRequest, framework_id: int) -> HttpResponse:
    """What a framework asks for, at each level."""
    framework = _find(framework_id)
    edits = request.user.may("workforce.edit")
    if framework.is_draft and not edits:
        raise Http404
    context = {
        "framework": framework, "edits": edits and framework.is_draft,
        "may_change": edits and not framework.is_draft, "cycles": framework.cycles.count(),
    }  # fmt: skip
    return render(request, "appraisal/framework.html", context)


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
def begin_framework(request: StaffRequest) -> HttpResponse:
    return show_form(
        request, filled(request, FrameworkForm), title=_("A framework of our own"), button=_("Begin it"),
        words=_("Begun, as a draft. Put in its competencies and marks."), back=reverse("appraisal_cycles"),
        onward=_page, rule=lambda data: rules.begin_framework(by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("workforce.edit")
def begin_framework_version(request: StaffRequest, framework_id: int) -> HttpResponse:
    made = rules.begin_version(_find(framework_id), by=request.user, at=now())
    messages.success(
        request, _("This is a draft of a new version. Cycles there are keep the version they have.")
    )
    return redirect(_page(made))


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
def name_framework(request: StaffRequest, framework_id: int) -> HttpResponse:
    framework = _find(framework_id)
    return show_form(
        request, filled(request, FrameworkForm, initial=_begun(framework, "source")), title=_("Its name"),
        words=_("Written down."), back=_page(framework),
        rule=lambda data: rules.name_framework(framework, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
def put_competency(
    request: StaffRequest, framework_id: int, competency_id: int | None = None
) -> HttpResponse:
    """Another competency, or one in other words."""
    framework = _find(framework_id)
    row = _of(framework.competencies, competency_id)
    begun = _begun(row, "kind") if row is not None else {"kind": Competency.COMPETENCY}
    levels = list(row.descriptors.all()) if row is not None else []
    begun |= {name: "\n".join(getattr(each, text) for each in levels) for name, text in TEXTS}
    form = filled(request, CompetencyForm, initial=begun)
    return show_form(
        request, form, title=row.name if row is not None else _("Another competency"),
        lead=framework.name, words=_("Written down."), back=_page(framework),
        rule=lambda _data: rules.put_competency(
            framework, competency=row, by=request.user, at=now(), **form.given()
        ),
    )  # fmt: skip


TEXTS = (("levels", "text"), ("levels_cy", "text_cy"))


def _of(rows: Any, key: int | None) -> Any:
    """The row of this framework with this number; None where a new one is made."""
    if key is None:
        return None
    row = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    return row


@require_POST
@needs("workforce.edit")
def move_competency(request: StaffRequest, framework_id: int, competency_id: int) -> HttpResponse:
    """Up or down by one, and back to where it stands now."""
    row: Competency = _of(_find(framework_id).competencies, competency_id)
    rules.move_competency(row, up=request.POST.get("to") == "up", by=request.user, at=now())
    return redirect(_page(row.framework, at=f"competency-{row.pk}"))


@require_POST
@needs("workforce.edit")
def remove_competency(request: StaffRequest, framework_id: int, competency_id: int) -> HttpResponse:
    row: Competency = _of(_find(framework_id).competencies, competency_id)
    held = rules.remove_competency(row, by=request.user, at=now())
    messages.success(request, _("Taken out of the draft."))
    return redirect(_page(held))


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
def put_mark(request: StaffRequest, framework_id: int, mark_id: int | None = None) -> HttpResponse:
    """A better mark above those there are, or one in other words."""
    framework = _find(framework_id)
    row: Mark | None = _of(framework.marks, mark_id)
    form = filled(request, MarkForm, initial=_begun(row, "withholds"))
    return show_form(
        request, form, title=row.name if row is not None else _("A better mark"), lead=framework.name,
        words=_("Written down."), back=_page(framework),
        rule=lambda data: rules.put_mark(framework, mark=row, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("workforce.edit")
def move_mark(request: StaffRequest, framework_id: int, mark_id: int) -> HttpResponse:
    """Up or down by one, and back to where it stands now."""
    row: Mark = _of(_find(framework_id).marks, mark_id)
    rules.move_mark(row, up=request.POST.get("to") == "up", by=request.user, at=now())
    return redirect(_page(row.framework, at=f"mark-{row.pk}"))


@require_POST
@needs("workforce.edit")
def remove_mark(request: StaffRequest, framework_id: int, mark_id: int) -> HttpResponse:
    row: Mark = _of(_find(framework_id).marks, mark_id)
    held = rules.remove_mark(row, by=request.user, at=now())
    messages.success(request, _("Taken out of the draft."))
    return redirect(_page(held))


@require_POST
@needs("workforce.edit")
def finish_framework(request: StaffRequest, framework_id: int) -> HttpResponse:
    held = rules.finish_framework(_find(framework_id), by=request.user, at=now())
    messages.success(request, _("Ready. Cycles planned from now on may use it, and it never changes again."))
    return redirect(_page(held))


@require_POST
@needs("workforce.edit")
def discard_framework(request: StaffRequest, framework_id: int) -> HttpResponse:
    rules.discard_framework(_find(framework_id), by=request.user, at=now())
    messages.success(request, _("The draft is thrown away."))
    return redirect("appraisal_cycles")
