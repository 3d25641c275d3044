"""Skills of somebody, and what they are given: on their record, and as lists of what is to be done."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import (
    BulkAction,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    FlagFilter,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.core.way_back import way_back
from moothall.people.models import Person
from moothall.people.requests import StaffRequest
from moothall.workforce.forms.having import ItemEndForm, ItemForm, SkillForm
from moothall.workforce.models import (
    ChecklistEntry,
    EmployeeSkill,
    Employment,
    IssuedItem,
    ItemKind,
)
from moothall.workforce.rules import skills
from moothall.workforce.rules.items import handing
from moothall.workforce.visiting import sight_of, with_employment

from .finding import done, keeps, kept, record_address

AT_ONCE = 200


@signed_in
@require_http_methods(["GET", "POST"])
@with_employment
def add_skill(request: StaffRequest, employment: Employment) -> HttpResponse:
    """By the person, their manager, or the desk."""
    if not _says_skills(request, employment):
        raise Http404
    return show_form(
        request, filled(request, SkillForm), title=_("Add a skill"), words=_("The skill is on the record."),
        back=record_address(employment), lead=employment.person.full_name,
        rule=lambda given: skills.add_skill(employment, by=request.user, at=now(), **given),
        undo=lambda made: reverse("end_skill", args=[employment.number, made.pk]),
    )  # fmt: skip


def _says_skills(request: StaffRequest, employment: Employment) -> bool:
    sight = sight_of(request.user, employment)
    return sight.own or sight.manages or keeps(request, sight)


def _skill_of(request: StaffRequest, employment: Employment, skill_id: int) -> EmployeeSkill:
    rows = EmployeeSkill.objects.select_related("skill", "employment")
    found = rows.filter(pk=skill_id, employment=employment).first()
    if found is None or not _says_skills(request, employment):
        raise Http404
    return found


@signed_in
@require_POST
@with_employment
def confirm_skill(request: StaffRequest, employment: Employment, skill_id: int) -> HttpResponse:
    held = _skill_of(request, employment, skill_id)
    act = lambda: skills.confirm_skill(held, by=request.user, at=now())  # noqa: E731
    return done(request, employment, act, _("Confirmed."))


@signed_in
@require_POST
@with_employment
def end_skill(request: StaffRequest, employment: Employment, skill_id: int) -> HttpResponse:
    held = _skill_of(request, employment, skill_id)
    undo = reverse("restore_skill", args=[employment.number, held.pk])
    act = lambda: skills.end_skill(held, by=request.user, at=now())  # noqa: E731
    return done(request, employment, act, _("The skill is taken off the record."), undo=undo)


@signed_in
@require_POST
@with_employment
def restore_skill(request: StaffRequest, employment: Employment, skill_id: int) -> HttpResponse:
    held = _skill_of(request, employment, skill_id)
    act = lambda: skills.restore_skill(held, by=request.user, at=now())  # noqa: E731
    return done(request, employment, act, _("The skill is on the record."))


@needs("workforce.edit")
@require_http_methods(["GET", "POST"])
@with_employment
@kept
def give_item(request: StaffRequest, employment: Employment) -> HttpResponse:
    form = filled(request, ItemForm, initial={"given_on": today()})
    return show_form(
        request, form, title=_("Give something out"), words=_("It is on the record."),
        back=record_address(employment), lead=employment.person.full_name,
        rule=lambda given: handing.give_item(employment, by=request.user, at=now(), **given),
    )  # fmt: skip


def _item_of(employment: Employment, item_id: int) -> IssuedItem:
    rows = IssuedItem.objects.select_related("kind", "employment")
    found = rows.filter(pk=item_id, employment=employment).first()
    if found is None:
        raise Http404
    return found


@needs("workforce.edit")
@require_http_methods(["GET", "POST"])
@with_employment
@kept
def end_item(request: StaffRequest, employment: Employment, item_id: int) -> HttpResponse:
    item = _item_of(employment, item_id)
    return show_form(
        request, filled(request, ItemEndForm), title=_("It is out no longer"),
        words=_("It is on the record."),
        back=record_address(employment), lead=f"{employment.person.full_name}: {item}",
        rule=lambda given: handing.end_item(item, by=request.user, at=now(), **given),
        undo=lambda held: reverse("restore_item", args=[employment.number, held.pk]),
    )  # fmt: skip


@needs("workforce.edit")
@require_POST
@with_employment
@kept
def restore_item(request: StaffRequest, employment: Employment, item_id: int) -> HttpResponse:
    item = _item_of(employment, item_id)
    act = lambda: handing.restore_item(item, by=request.user, at=now())  # noqa: E731
    return done(request, employment, act, _("It is still out."))


def _entry_of(employment: Employment, entry_id: int) -> ChecklistEntry:
    found = ChecklistEntry.objects.filter(pk=entry_id, employment=employment).first()
    if found is None:
        raise Http404
    return found


@needs("workforce.edit")
@require_POST
@with_employment
@kept
def tick_entry(request: StaffRequest, employment: Employment, entry_id: int) -> HttpResponse:
    entry = _entry_of(employment, entry_id)
    undo = reverse("untick_entry", args=[employment.number, entry.pk])
    number = request.POST.get("number", "")
    act = lambda: handing.tick(entry, number=number, by=request.user, at=now())  # noqa: E731
    return done(request, employment, act, _("Ticked."), undo=undo)


@needs("workforce.edit")
@require_POST
@with_employment
@kept
def untick_entry(request: StaffRequest, employment: Employment, entry_id: int) -> HttpResponse:
    entry = _entry_of(employment, entry_id)
    act = lambda: handing.untick(entry, by=request.user, at=now())  # noqa: E731
    return done(request, employment, act, _("It waits again."))


@needs("workforce.edit")
@require_POST
def tick_many_entries(request: StaffRequest) -> HttpResponse:
    """Those ticked in the list, but for one's own, and those that ask for a number."""
    ids = [int(each) for each in request.POST.getlist("ids") if each.isdigit()][:AT_ONCE]
    entries = ChecklistEntry.objects.kept_by(request.user, today()).filter(pk__in=ids)
    entries = entries.select_related("employment__person", "kind").order_by("due_on", "id")
    count, wrong = handing.tick_many(entries, by=request.user, at=now())
    if count:
        messages.success(request, ngettext("%d was ticked.", "%d were ticked.", count) % count)
    for words in wrong[:5]:
        messages.warning(request, words)
    return redirect(way_back(request, request.POST.get("back", ""), reverse("checklist")))


def _kinds(_request: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return sorted(
        ((str(row.pk), row.name_in(language)) for row in ItemKind.objects.all()), key=lambda one: one[1]
    )


def _owners(_request: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    found = {row.owner: row.owner_in(language) for row in ItemKind.objects.all()}
    return sorted(found.items(), key=lambda one: one[1])


def _named(rows: Any, words: str) -> Any:
    named = list(Person.objects.named_like(words).values_list("pk", flat=True)[:500])
    found = rows.filter(employment__person__in=named)
    return found | rows.filter(employment__number__istartswith=words.strip())


def _in_state(rows: Any, chosen: list[str]) -> Any:
    states = {"late": rows.late(today()), "open": rows.open(), "done": rows.filter(done_at__isnull=False)}
    return states[chosen[0]]


class Checklist(Listing[ChecklistEntry]):
    """What has to be given to starters and movers, and to come back from movers and leavers."""

    key, title = "checklist", gettext_lazy("To give out and to take back")
    sort, opens_with = "due", "state=open"
    ready_views = (
        (gettext_lazy("All that waits"), "state=open"),
        (gettext_lazy("Late"), "state=late"),
        (gettext_lazy("To give out"), "state=open&act=GIVE"),
        (gettext_lazy("To take back"), "state=open&act=TAKE"),
        (gettext_lazy("Done"), "state=done&sort=-due"),
    )
    columns = (
        Column("name", gettext_lazy("Who"), value=lambda row: row.employment.person.full_name),
        Column("number", gettext_lazy("Number"), value=lambda row: row.employment.number),
        Column("act", gettext_lazy("What to do"), value=lambda row: row.get_act_display()),
        Column("kind", gettext_lazy("What"), value=lambda row: _what(row)),
        Column("because", gettext_lazy("Because somebody"), value=lambda row: row.get_because_display()),
        Column("due", gettext_lazy("By"), sort="due_on", value=lambda row: row.due_on),
        Column("owner", gettext_lazy("Who does it"), value=lambda row: row.kind.owner_in(_tongue())),
        Column("done", gettext_lazy("Ticked by"), value=lambda row: row.done_by or ""),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Search"), apply=_named),
        ChoiceFilter(
            "state", gettext_lazy("State"), several=False, apply=_in_state,
            options=[
                ("open", gettext_lazy("Waits")), ("late", gettext_lazy("Late")),
                ("done", gettext_lazy("Done")),
            ],
        ),
        ChoiceFilter("act", gettext_lazy("What to do"), options=ChecklistEntry.ACTS, field="act"),
        ChoiceFilter("kind", gettext_lazy("What"), options=_kinds, field="kind_id"),
        ChoiceFilter("owner", gettext_lazy("Who does it"), options=_owners, field="kind__owner"),
        FlagFilter(
            "left", gettext_lazy("Have left"),
            apply=lambda rows: rows.filter(employment__ended_on__lt=today()),
        ),
        DateFilter("due", gettext_lazy("By"), field="due_on"),
    )  # fmt: skip
    bulk: ClassVar[Sequence[BulkAction]] = (
        BulkAction("tick", gettext_lazy("Tick as done"), "workforce.edit", "tick_many_entries", letter="t"),
    )
    empty = Empty(
        gettext_lazy("Nothing waits"),
        gettext_lazy("When somebody starts, moves or leaves, what they must have or give back stands here."),
    )
    export_permission: ClassVar[str | None] = "workforce.edit"

    def rows(self, request: Any) -> QuerySet[ChecklistEntry]:
        rows = ChecklistEntry.objects.visible_to(request.user).filter(dropped_at=None)
        return rows.select_related("employment__person", "kind", "item", "done_by")

    def address(self, row: ChecklistEntry) -> str:
        return record_address(row.employment)

    def row_name(self, row: ChecklistEntry) -> str:
        return f"{row.employment.person.full_name}: {row}"


def _tongue() -> str:
    return get_language() or "en"


def _what(row: ChecklistEntry) -> str:
    number = row.item.number if row.item else ""
    return f"{row.kind.name_in(_tongue())} {number}".strip()


@needs("workforce.view")
def checklist(request: StaffRequest) -> Any:
    return show_list(request, Checklist())
