"""What is wrong with staff records: the list of it, one finding, and what people do about it."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    Empty,
    FlagFilter,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.requests import StaffRequest
from moothall.reports.forms import AssignForm, RuleForm, WaiverForm
from moothall.reports.models import Finding, QualityRule
from moothall.reports.rules import quality
from moothall.reports.rules.finding_words import worded
from moothall.reports.rules.months import scope_of
from moothall.reports.rules.quality_sight import findings_for, keeps_record, scores_of
from moothall.workforce.finding import of_staff_fitting

from .finding import units_in

STATES = [
    ("waiting", gettext_lazy("To be seen to")),
    ("waived", gettext_lazy("May stay for now")),
    ("closed", gettext_lazy("Put right")),
]


FIELDS = {
    "first day": gettext_lazy("First day"),
    "last day": gettext_lazy("Last day"),
    "date of birth": gettext_lazy("Date of birth"),
    "manager": gettext_lazy("Line manager"),
    "unit": gettext_lazy("Unit"),
    "pattern": gettext_lazy("Working pattern"),
    "hours": gettext_lazy("Hours a week"),
    "contract": gettext_lazy("Contract"),
    "contract ends": gettext_lazy("Contract ends"),
}


def _in_state(rows: Any, values: list[str]) -> Any:
    found = {
        "waiting": lambda: rows.waiting(today()), "waived": lambda: rows.waived(today()),
        "closed": lambda: rows.filter(closed_at__isnull=False),
    }  # fmt: skip
    return found[values[0]]()


def _rules(_request: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(str(each.pk), each.name_in(language)) for each in QualityRule.objects.all()]


def _units(request: Any) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in units_in(scope_of(request.user))]


def state_of(row: Finding) -> str:
    if row.closed_at is not None:
        return _("Put right")
    return _("May stay for now") if row.is_waived(today()) else _("To be seen to")


class FindingList(Listing[Finding]):
    """What was found on the records that this account sees."""

    key, title = "findings", gettext_lazy("Data quality")
    sort, opens_with = "-found", "state=waiting"
    ready_views = (
        (gettext_lazy("To be seen to"), "state=waiting"),
        (gettext_lazy("May stay for now"), "state=waived"),
        (gettext_lazy("Put right"), "state=closed"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("who", gettext_lazy("Who"), value=lambda row: row.employment.person.full_name),
        Column("number", gettext_lazy("Number"), value=lambda row: row.employment.number),
        Column("rule", gettext_lazy("What is wrong"), value=lambda row: row.words),
        Column("detail", gettext_lazy("More"), value=lambda row: worded(row.said)),
        Column("severity", gettext_lazy("How bad"), value=lambda row: row.rule.get_severity_display()),
        Column("unit", gettext_lazy("Unit"), value=lambda row: row.unit),
        Column("owner", gettext_lazy("Who sees to it"), value=lambda row: row.assigned_to or row.rule.owner),
        Column("found", gettext_lazy("Found"), sort="found_at", descending=True,
               value=lambda row: row.found_at),
        Column("state", gettext_lazy("How it stands"), value=state_of),
    )  # fmt: skip
    filters = (
        SearchFilter("q", gettext_lazy("Name"), apply=of_staff_fitting),
        ChoiceFilter("state", gettext_lazy("Show"), options=STATES, apply=_in_state, several=False),
        ChoiceFilter("rule", gettext_lazy("What is wrong"), options=_rules, field="rule_id"),
        ChoiceFilter("unit", gettext_lazy("Unit"), options=_units, field="unit_id"),
        FlagFilter(
            "taken",
            gettext_lazy("Somebody sees to it"),
            apply=lambda rows: rows.filter(assigned_to__isnull=False),
        ),
    )
    empty = Empty(
        gettext_lazy("Nothing to see to"),
        gettext_lazy("Records are looked through every night; whoever keeps them may have it done now."),
    )
    export_permission: ClassVar[str | None] = "workforce.edit"

    def rows(self, request: Any) -> QuerySet[Finding]:
        return findings_for(request.user).shown()

    def prepare(self, rows: list[Finding], request: Any) -> None:
        language = get_language() or "en"
        for row in rows:
            row.words = row.rule.name_in(language)  # type: ignore[attr-defined]

    def address(self, row: Finding) -> str:
        return reverse("quality_finding", args=[row.pk])

    def row_name(self, row: Finding) -> str:
        return row.employment.person.full_name

    def actions(self, request: Any) -> list[Link]:
        links = [
            Link(_("Score by unit"), reverse("quality_scores")),
            Link(_("What is looked for"), reverse("quality_rules")),
        ]
        if request.user.may("workforce.edit"):
            links.append(Link(_("Samples"), reverse("quality_samples")))
        return links


@needs("workforce.view")
def record_quality(request: StaffRequest) -> Any:
    return show_list(request, FindingList())


def _find(request: StaffRequest, number: int, *, keeps: bool = True) -> Finding:
    found = (
        findings_for(request.user).shown().select_related("closed_by", "waived_by").filter(pk=number).first()
    )
    if found is None:
        raise Http404
    if keeps and not keeps_record(request.user, found):
        raise PermissionDenied
    return found


@require_GET
@needs("workforce.view")
def quality_finding(request: StaffRequest, number: int) -> HttpResponse:
    """What was found, what to do about it, and once it is put right, what was changed and by whom."""
    found, language = _find(request, number, keeps=False), get_language() or "en"
    context = {
        "found": found, "words": found.rule.name_in(language), "advice": found.rule.advice_in(language),
        "more": worded(found.said),
        "changes": [(FIELDS.get(key, key), *values) for key, *values in found.changes()],
        "state": state_of(found), "is_waived": found.is_waived(today()),
        "keeps": found.closed_at is None and keeps_record(request.user, found),
    }  # fmt: skip
    return render(request, "reports/finding.html", context)


@require_POST
@needs("workforce.edit")
def look_through_now(request: StaffRequest) -> HttpResponse:
    opened, closed = quality.look_through_records(today=today(), at=now(), by=request.user)
    said = _("Looked through every record: %(opened)s found, %(closed)s put right.")
    messages.success(request, said % {"opened": opened, "closed": closed})
    return redirect("record_quality")


@needs("workforce.edit")
def waive_finding(request: StaffRequest, number: int) -> HttpResponse:
    found = _find(request, number)
    return show_form(
        request, filled(request, WaiverForm), title=_("It may stay for now"), words=_("It may stay for now."),
        back=reverse("quality_finding", args=[found.pk]), lead=found.employment.person.full_name,
        rule=lambda data: quality.waive(found, **data, by=request.user, at=now()),
        undo=lambda held: reverse("unwaive_finding", args=[held.pk]),
    )  # fmt: skip


@require_POST
@needs("workforce.edit")
def unwaive_finding(request: StaffRequest, number: int) -> HttpResponse:
    found = _find(request, number)
    quality.unwaive(found, by=request.user, at=now())
    messages.success(request, _("It is to be seen to."))
    return redirect("quality_finding", number)


@require_POST
@needs("workforce.edit")
def take_finding(request: StaffRequest, number: int) -> HttpResponse:
    """I see to it; asked again, the team does."""
    found = _find(request, number)
    mine = found.assigned_to_id == request.user.pk
    quality.assign_finding(found, to=None if mine else request.user, by=request.user, at=now())
    messages.success(request, _("Whoever keeps these records sees to it.") if mine else _("You see to it."))
    return redirect("quality_finding", number)


@needs("workforce.edit")
def assign_finding(request: StaffRequest, number: int) -> HttpResponse:
    """A colleague who keeps these records sees to it, or their team."""
    found = _find(request, number)
    first = {"to": str(found.assigned_to_id or "")}
    form = filled(request, AssignForm, initial=first, keepers=quality.keepers_of(found, on=today()))
    return show_form(
        request, form, title=_("Who sees to it?"), words=_("Passed on."), button=_("Pass it on"),
        back=reverse("quality_finding", args=[found.pk]), lead=found.employment.person.full_name,
        rule=lambda data: quality.assign_finding(found, to=data["to"], by=request.user, at=now()),
    )  # fmt: skip


@require_GET
@needs("workforce.view")
def quality_scores(request: StaffRequest) -> HttpResponse:
    """Of each unit, the share of records with nothing wrong, today and a month and a quarter before."""
    days, lines = scores_of(scope_of(request.user), units_in(scope_of(request.user)), on=today())
    return render(request, "reports/scores.html", {"days": days, "lines": lines})


@require_GET
@needs("workforce.view")
def quality_rules(request: StaffRequest) -> HttpResponse:
    """What is looked for, how bad it is, and who sees to it."""
    language = get_language() or "en"
    rules = [
        (each, each.name_in(language), each.advice_in(language))
        for each in QualityRule.objects.select_related("owner")
    ]
    edits = request.user.standing().everywhere_for("workforce.edit")
    return render(request, "reports/rules.html", {"rules": rules, "edits": edits})


@needs("workforce.edit")
def edit_quality_rule(request: StaffRequest, key: str) -> HttpResponse:
    rule = QualityRule.objects.select_related("owner").filter(key=key).first()
    if rule is None:
        raise Http404
    if not request.user.standing().everywhere_for("workforce.edit"):
        raise PermissionDenied
    first = {"owner": str(rule.owner_id or ""), "is_looked_for": rule.is_looked_for}
    return show_form(
        request, filled(request, RuleForm, initial=first), title=rule.name_in(get_language() or "en"),
        words=_("Saved. It counts from the next time records are looked through."),
        back=reverse("quality_rules"),
        rule=lambda data: quality.set_rule(rule, **data, by=request.user, at=now()),
    )  # fmt: skip
