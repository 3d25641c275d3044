"""Problems: the list, one of them, and what is found at night."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, Empty, Link, Listing, SearchFilter, show_list
from moothall.core.refusals import Refusal
from moothall.people.requests import StaffRequest
from moothall.problems.forms import STATES, EscalationForm, NewProblemForm, ProblemForm
from moothall.problems.models import Problem
from moothall.problems.rules import looking, settling
from moothall.problems.rules.escalating import escalate_problem
from moothall.problems.rules.offered import Offered, offered_to

UNSETTLED = "unsettled"


def find_problem(request: StaffRequest, number: int, *, to_manage: bool = False) -> Problem:
    """The problem of this number, if it exists for this person; to change it, it is their own team's."""
    rows = Problem.objects.visible_to(request.user).select_related("owner", "team")
    found = rows.filter(pk=number).first()
    if found is None or (to_manage and not may_manage(request, found)):
        raise Http404
    return found


def may_manage(request: StaffRequest, problem: Problem) -> bool:
    return request.user.standing().covers("problems.manage", [problem.team_id])


class ProblemList(Listing[Problem]):
    key, title = "problems", gettext_lazy("Problems")
    sort = "-made"
    opens_with = f"state={UNSETTLED}"
    ready_views = (
        (gettext_lazy("Not settled"), f"state={UNSETTLED}"),
        (gettext_lazy("Fixed"), "state=FIXED"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("title", gettext_lazy("Title"), sort="title"),
        Column("state", gettext_lazy("How it stands"), value=lambda row: dict(STATES)[row.state]),
        Column("owner", gettext_lazy("Owner")),
        Column("team", gettext_lazy("Team"), value=lambda row: row.team.name_in(get_language() or "en")),
        Column("cases", gettext_lazy("Cases"), value=lambda row: row.seen_cases, numeric=True),
        Column(
            "made", gettext_lazy("Since"), sort="made_at", descending=True, value=lambda row: row.made_at
        ),
        Column("reference", gettext_lazy("Reference"), value=lambda row: row.reference),
    )  # fmt: skip
    filters = (
        SearchFilter("q", gettext_lazy("Search"), field="title"),
        ChoiceFilter(
            "state",
            gettext_lazy("How it stands"),
            options=[(UNSETTLED, gettext_lazy("Not settled")), *STATES],
            apply=lambda rows, values: (
                rows.unsettled() if values == [UNSETTLED] else rows.filter(state=values[0])
            ),
            several=False,
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No problems"),
        gettext_lazy(
            "When several cases share a cause, make them one problem: everybody is told once it is fixed."
        ),
    )

    def rows(self, request: StaffRequest) -> QuerySet[Problem]:
        return Problem.objects.visible_to(request.user).select_related("owner", "team")

    def prepare(self, rows: list[Problem], request: StaffRequest) -> None:
        counts = looking.counts_for(request.user, rows)
        for row in rows:
            row.seen_cases = counts.get(row.pk, 0)  # type: ignore[attr-defined]

    def address(self, row: Problem) -> str:
        return reverse("problem_page", args=[row.pk])

    def actions(self, request: StaffRequest) -> list[Link]:
        if not request.user.may("problems.manage"):
            return []
        return [
            Link(_("Make a problem"), reverse("new_problem")),
            Link(_("Found at night"), reverse("candidates")),
        ]


@needs("cases.view")
def problem_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, ProblemList())


@require_GET
@needs("problems.manage")
def candidates(request: StaffRequest) -> HttpResponse:
    offered = offered_to(request.user, language=get_language() or "en")
    form = NewProblemForm(account=request.user)
    return render(request, "problems/candidates.html", {"offered": offered, "teams": form.teams.values()})


def _offered(request: StaffRequest, id: int) -> Offered:
    found = offered_to(request.user, language=get_language() or "en", only=id)
    if not found:
        raise Http404
    return found[0]


@require_POST
@needs("problems.manage")
def make_of_candidate(request: StaffRequest, id: int) -> HttpResponse:
    offered = _offered(request, id)
    title = request.POST.get("title", "").strip() or offered.title
    form = NewProblemForm({"title": title, "team": request.POST.get("team", "")}, account=request.user)
    if not form.is_valid():
        messages.warning(request, _("Say what keeps going wrong, and for which team."))
        return redirect("candidates")
    problem = settling.make_of_candidate(
        offered.candidate, title=form.cleaned_data["title"], team=form.cleaned_data["team"],
        words=offered.words, cases=offered.cases, by=request.user, at=now(),
    )  # fmt: skip
    messages.success(request, _("%s is made. Say what people can do meanwhile.") % problem.reference)
    return redirect("problem_page", number=problem.pk)


@require_POST
@needs("problems.manage")
def refuse_candidate(request: StaffRequest, id: int) -> HttpResponse:
    settling.refuse_candidate(_offered(request, id).candidate, by=request.user, at=now())
    messages.success(request, _("Not a problem. It is not offered again."))
    return redirect("candidates")


@needs("problems.manage")
def new_problem(request: StaffRequest) -> HttpResponse:
    form = NewProblemForm(request.POST if request.method == "POST" else None, account=request.user)
    if form.is_valid():
        problem = settling.make_problem(**form.cleaned_data, by=request.user, at=now())
        return redirect("problem_page", number=problem.pk)
    context = {"form": form, "title": _("Make a problem"), "back": reverse("problem_list")}
    return render(request, "problems/form.html", context, status=422 if form.errors else 200)


@require_GET
@needs("cases.view")
def problem_page(request: StaffRequest, number: int) -> HttpResponse:
    problem = find_problem(request, number)
    links = looking.links_seen_by(request.user, problem)
    manages = may_manage(request, problem)
    context = {
        "problem": problem,
        "links": links,
        "weeks": looking.weeks_of(links, on=today()),
        "since_fixed": looking.since_fixed(problem, links),
        "alike": looking.cases_like(request.user, problem, at=now()) if manages else [],
        "entries": problem.entries.select_related("by").order_by("-at", "-id"),
        "manages": manages,
    }
    return render(request, "problems/problem.html", context)


@needs("problems.manage")
def edit_problem(request: StaffRequest, number: int) -> HttpResponse:
    problem = find_problem(request, number, to_manage=True)
    initial = {
        name: getattr(problem, name) for name in ("title", "state", "cause", "workaround", "workaround_cy")
    }
    form = ProblemForm(
        request.POST if request.method == "POST" else None, account=request.user, problem=problem,
        initial=initial | {"owner": str(problem.owner_id or "")},
    )  # fmt: skip
    return _done(
        request, problem, form, title=problem.title,
        rule=lambda data: settling.change_problem(problem, data, by=request.user, at=now()),
    )  # fmt: skip


@needs("problems.manage")
def escalate(request: StaffRequest, number: int) -> HttpResponse:
    problem = find_problem(request, number, to_manage=True)
    form = EscalationForm(request.POST if request.method == "POST" else None)
    return _done(
        request, problem, form, title=_("Put it before somebody"),
        rule=lambda data: escalate_problem(problem, **data, by=request.user, at=now()),
    )  # fmt: skip


def _done(request: StaffRequest, problem: Problem, form: Any, *, title: str, rule: Any) -> HttpResponse:
    if form.is_valid():
        try:
            rule(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("problem_page", number=problem.pk)
    context = {"form": form, "title": title, "back": reverse("problem_page", args=[problem.pk])}
    return render(request, "problems/form.html", context, status=422 if form.errors else 200)
