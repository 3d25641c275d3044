"""Linking cases to problems, taking them apart, and telling everybody that it is fixed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from moothall.cases.models import Case
from moothall.cases.rules.access import may_read
from moothall.cases.rules.acting import may_act
from moothall.cases.visiting import act, bound, with_case
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.refusals import Refusal
from moothall.core.way_back import way_back
from moothall.people.requests import StaffRequest
from moothall.problems.forms import LinkForm, TellingForm
from moothall.problems.rules import settling, telling

from .problems import find_problem


@needs("cases.work")
@with_case
def link_to_problem(request: StaffRequest, case: Case) -> HttpResponse:
    def link(data: dict[str, Any]) -> None:
        settling.link_cases(data["problem"], [case], by=request.user, at=now())

    return act(
        request, case, bound(request, LinkForm, account=request.user), title=_("Part of a problem"),
        button=_("Link"), words=_("Linked to the problem."), rule=link,
    )  # fmt: skip


def _chosen(request: StaffRequest) -> list[Case]:
    """The cases ticked that this person may work on; a sealed one only once they have said why."""
    ids = [int(each) for each in request.POST.getlist("ids") if each.isdecimal() and len(each) < 19][:500]
    found = Case.objects.visible_to(request.user).filter(pk__in=ids).order_by("id")
    return [
        case for case in found
        if may_act(case, request.user, "problems.manage") and may_read(case, request.user, at=now())
    ]  # fmt: skip


@require_POST
@needs("problems.manage")
def link_many_to_problem(request: StaffRequest) -> HttpResponse:
    """From the list of cases: first which problem, then they are linked."""
    chosen, back = _chosen(request), request.POST.get("back", "")
    form = LinkForm(request.POST if request.POST.get("problem") else None, account=request.user)
    if not form.is_valid():
        context = {"form": form, "chosen": chosen, "back": back}
        return render(request, "problems/link_many.html", context)
    many = settling.link_cases(form.cleaned_data["problem"], chosen, by=request.user, at=now())
    words = ngettext("%d case linked to the problem.", "%d cases linked to the problem.", many)
    messages.success(request, words % many)
    problem_page = reverse("problem_page", args=[form.cleaned_data["problem"].pk])
    return redirect(way_back(request, back, problem_page))


@require_POST
@needs("problems.manage")
def link_alike(request: StaffRequest, number: int) -> HttpResponse:
    """From the page of a problem: the ticked cases that look like its own."""
    problem = find_problem(request, number, to_manage=True)
    many = settling.link_cases(problem, _chosen(request), by=request.user, at=now())
    words = ngettext("%d case linked to the problem.", "%d cases linked to the problem.", many)
    messages.success(request, words % many)
    return redirect("problem_page", number=number)


@require_POST
@needs("problems.manage")
def unlink(request: StaffRequest, number: int) -> HttpResponse:
    problem = find_problem(request, number, to_manage=True)
    for case in _chosen(request):
        settling.unlink_case(problem, case, by=request.user, at=now())
    messages.success(request, _("Not part of the problem any more."))
    return redirect("problem_page", number=number)


@needs("problems.manage")
def tell_everybody(request: StaffRequest, number: int) -> HttpResponse:
    problem = find_problem(request, number, to_manage=True)
    whom = telling.who_to_tell(problem, by=request.user, at=now())
    form = TellingForm(request.POST if request.method == "POST" else None, initial={"subject": problem.title})
    if form.is_valid():
        data = form.cleaned_data
        try:
            many = telling.tell_everybody(
                problem, subject={"en": data["subject"], "cy": data["subject_cy"]},
                body={"en": data["body"], "cy": data["body_cy"]}, close=data["close"],
                by=request.user, at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("%d letter is on its way.", "%d letters are on their way.", many)
            messages.success(request, words % many)
            return redirect("problem_page", number=number)
    context = {"problem": problem, "whom": whom, "form": form}
    context |= {"welsh": whom.counted("cy"), "english": len(whom.addressees) - whom.counted("cy")}
    return render(request, "problems/tell.html", context, status=422 if form.errors else 200)
