"""Staff records: the list of them, one of them, one's own, and one's team."""

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.core.clock import today
from moothall.core.door import needs, signed_in
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    FlagFilter,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.requests import StaffRequest
from moothall.workforce.finding import (
    describe_employment,
    describe_post,
    employments_fitting,
    look_up_managers,
    look_up_posts,
    look_up_staff,
    said_title,
)
from moothall.workforce.known import learnt_assignments, may_have
from moothall.workforce.models import Assignment, EmployeeSkill, Employment, NextOfKin, Skill
from moothall.workforce.panels import panels_for
from moothall.workforce.visiting import sight_of, with_whole_employment

STATES = [
    ("here", gettext_lazy("Work here")),
    ("coming", gettext_lazy("Begin later")),
    ("left", gettext_lazy("Have left")),
]


def _in_state(rows: Any, chosen: list[str]) -> Any:
    day, found = today(), Q(pk__in=[])
    if "here" in chosen:
        found |= Q(started_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gte=day))
    if "coming" in chosen:
        found |= Q(started_on__gt=day)
    if "left" in chosen:
        found |= Q(ended_on__lt=day)
    return rows.filter(found)


def _with_assignment_where(rows: Any, **where: Any) -> Any:
    return rows.filter(
        Exists(Assignment.objects.in_force(today()).filter(employment=OuterRef("pk"), **where))
    )


def _with_skill(rows: Any, chosen: list[str]) -> Any:
    ids = [int(each) for each in chosen if each.isdigit()]
    held = EmployeeSkill.objects.filter(employment=OuterRef("pk"), skill__in=ids, ended_at=None)
    return rows.filter(Exists(held))


def _skills(_request: HttpRequest) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(str(row.pk), row.name_in(language)) for row in Skill.objects.filter(retired_on=None)]


def _units(_request: HttpRequest) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(str(unit.pk), unit.name_in(language)) for unit in Assignment.objects.standing().units()]


def _of_main(name: str) -> Any:
    def value(row: Employment) -> Any:
        language = get_language() or "en"
        if row.main is None:
            return ""
        found: dict[str, Any] = {
            "post": said_title(row.main.post, language),
            "unit": row.main.unit.name_in(language),
            "manager": row.main.manager.person.full_name if row.main.manager else "",
            "hours": row.main.weekly_hours,
            "contract": row.main.get_contract_display(),
        }
        return found[name]

    return value


class StaffList(Listing[Employment]):
    key, title = "staff", gettext_lazy("Staff")
    sort, opens_with = "name", "state=here"
    columns = (
        Column("name", gettext_lazy("Name"), sort="person__folded_name",
               value=lambda row: row.person.full_name),
        Column("number", gettext_lazy("Number"), sort="number"),
        Column("post", gettext_lazy("Post"), value=_of_main("post")),
        Column("unit", gettext_lazy("Unit"), value=_of_main("unit")),
        Column("manager", gettext_lazy("Line manager"), value=_of_main("manager")),
        Column("hours", gettext_lazy("Hours a week"), numeric=True, value=_of_main("hours")),
        Column("contract", gettext_lazy("Contract"), value=_of_main("contract")),
        Column("started", gettext_lazy("Since"), sort="started_on", descending=True,
               value=lambda row: row.started_on),
        Column("ended", gettext_lazy("Last day"), sort="ended_on", shown=False,
               value=lambda row: row.ended_on),
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Search"),
            apply=lambda rows, words: rows.filter(pk__in=employments_fitting(words)),
        ),
        ChoiceFilter("state", gettext_lazy("Who"), options=STATES, apply=_in_state),
        ChoiceFilter(
            "unit", gettext_lazy("Unit"), options=_units,
            apply=lambda rows, chosen: _with_assignment_where(rows, unit_id__in=chosen),
        ),
        ChoiceFilter("as", gettext_lazy("As"), options=Employment.WORKFORCES, field="workforce"),
        ChoiceFilter(
            "contract", gettext_lazy("Contract"), options=Assignment.CONTRACTS,
            apply=lambda rows, chosen: _with_assignment_where(rows, contract__in=chosen),
        ),
        ChoiceFilter("skill", gettext_lazy("Skill"), options=_skills, apply=_with_skill),
        FlagFilter(
            "unmanaged", gettext_lazy("Without a manager"),
            apply=lambda rows: _without_manager(rows),
        ),
        DateFilter("started", gettext_lazy("Began"), field="started_on"),
        DateFilter("ended", gettext_lazy("Last day"), field="ended_on"),
    )  # fmt: skip
    ready_views = (
        (gettext_lazy("Work here"), "state=here"),
        (gettext_lazy("Without a manager"), "state=here&unmanaged=1"),
        (gettext_lazy("Begin later"), "state=coming"),
        (gettext_lazy("Have left"), "state=left&sort=-ended"),
    )
    row_template = "workforce/parts/row.html"
    empty = Empty(
        gettext_lazy("Nobody is on record"),
        gettext_lazy("Starters are added here."),
    )
    export_permission: ClassVar[str | None] = "workforce.edit"

    def rows(self, request: Any) -> QuerySet[Employment]:
        return Employment.objects.visible_to(request.user).with_assignment(today())

    def address(self, row: Employment) -> str:
        return reverse("staff_record", args=[row.number])

    def actions(self, request: Any) -> list[Link]:
        links = [Link(_("To give out and to take back"), reverse("checklist"))]
        if request.user.may("workforce.edit"):
            links.insert(0, Link(_("Add a starter"), reverse("add_starter")))
            links.append(Link(_("Changes of personal details"), reverse("detail_changes")))
        if request.user.standing().everywhere_for("workforce.edit"):
            links.append(Link(_("Bring in staff records"), reverse("import_staff")))
        return links


def _without_manager(rows: Any) -> Any:
    day = today()
    there = Assignment.objects.in_force(day).filter(employment=OuterRef("pk"), manager__isnull=False)
    return rows.exclude(Exists(there.exclude(manager__ended_on__lt=day)))


@needs("workforce.view")
def staff(request: StaffRequest) -> Any:
    return show_list(request, StaffList())


@signed_in
@require_GET
@with_whole_employment
def staff_record(request: StaffRequest, employment: Employment) -> HttpResponse:
    """One record, for the employee, the manager and the desk: each sees what is theirs to see."""
    sight = sight_of(request.user, employment)
    may_see_kin = (sight.own or sight.private) and may_have(employment, NextOfKin)
    kin = employment.next_of_kin.standing() if may_see_kin else NextOfKin.objects.none()
    context = {
        "employment": employment, "sight": sight, "main": employment.main,
        "history": learnt_assignments(employment),
        "kin": list(kin), "panels": panels_for(request.user, employment, sight), "today": today(),
        "edits": sight.desk and not sight.own and request.user.may("workforce.edit"),
    }  # fmt: skip
    return render(request, "workforce/record.html", context)


@signed_in
@require_GET
def my_employment(request: StaffRequest) -> HttpResponse:
    """One's own record: the employment that is in force, else the one that ended last."""
    own = Employment.objects.of_account(request.user).order_by("-started_on", "-id").first()
    if own is not None:
        return redirect("staff_record", own.number)
    return render(request, "workforce/no_record.html")


@needs("workforce.view")
@require_GET
def employment_lookup(request: StaffRequest) -> HttpResponse:
    found = look_up_staff(request.GET.get("q", ""), by=request.user)
    return _options(request, [describe_employment(each) for each in found])


@needs("workforce.edit")
@require_GET
def manager_lookup(request: StaffRequest) -> HttpResponse:
    found = look_up_managers(request.GET.get("q", ""), by=request.user)
    return _options(request, [describe_employment(each) for each in found])


@needs("workforce.edit")
@require_GET
def post_lookup(request: StaffRequest) -> HttpResponse:
    return _options(request, [describe_post(each) for each in look_up_posts(request.GET.get("q", ""))])


def _options(request: StaffRequest, options: list[Any]) -> HttpResponse:
    groups = [("", options)] if options else []
    return render(request, "core/parts/lookup_options.html", {"groups": groups})
