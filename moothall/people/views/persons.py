"""The people list, a person's page, and adding and correcting persons."""

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core.clock import now, today
from moothall.core.door import needs
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
from moothall.people.before_contact import care_for
from moothall.people.finding import LANGUAGE_NAMES, describe_person, look_up, with_details
from moothall.people.forms.persons import LanguageForm, NamesForm, PersonForm
from moothall.people.models import (
    CautionMarker,
    ContactPoint,
    LikelyDuplicate,
    Person,
    PersonMerge,
    PersonRole,
    PersonRoleKind,
)
from moothall.people.person_panels import panels_for
from moothall.people.requests import StaffRequest
from moothall.people.rules import persons

from .acting import act, bound, find_person


def _kinds(_request: HttpRequest) -> list[tuple[int, str]]:
    language = get_language() or "en"
    return [(kind.pk, kind.name_in(language)) for kind in PersonRoleKind.objects.order_by("name", "pk")]


def _of_kind(rows: QuerySet[Person], kinds: list[Any]) -> QuerySet[Person]:
    held = PersonRole.objects.in_force(today()).filter(person=OuterRef("pk"), kind__in=kinds)
    return rows.filter(Exists(held.order_by()))


def _with_caution(rows: QuerySet[Person]) -> QuerySet[Person]:
    standing = CautionMarker.objects.in_force(today()).filter(person=OuterRef("pk"))
    return rows.filter(Exists(standing.order_by()))


def _matching(rows: Any, words: str) -> QuerySet[Person]:
    """By name, or by a mail address when there is an @ in it."""
    if "@" in words:
        points = ContactPoint.objects.in_use().filter(
            person=OuterRef("pk"), kind=ContactPoint.EMAIL, folded__contains=words.lower().strip()
        )
        return rows.filter(Exists(points))  # type: ignore[no-any-return]
    return rows.named_like(words)  # type: ignore[no-any-return]


def _roles(person: Person) -> str:
    return describe_roles(getattr(person, "roles_today", []))


def describe_roles(roles: list[PersonRole]) -> str:
    language = get_language() or "en"
    return ", ".join(dict.fromkeys(role.kind.name_in(language) for role in roles))


def _point(kind: str) -> Any:
    def value(person: Any) -> str:
        return next((point.value for point in person.reached_by if point.kind == kind), "")

    return value


class PeopleList(Listing[Person]):
    key, title = "people", gettext_lazy("People")
    columns = (
        Column("name", gettext_lazy("Name"), value=lambda person: person.full_name, sort="folded_name"),
        Column("reference", gettext_lazy("Reference"), sort="id", descending=True),
        Column("roles", gettext_lazy("What they are"), value=_roles),
        Column("organisation", gettext_lazy("Organisation")),
        Column("email", gettext_lazy("Email"), value=_point(ContactPoint.EMAIL)),
        Column("phone", gettext_lazy("Telephone"), value=_point(ContactPoint.PHONE)),
        Column("language", gettext_lazy("Language"), value=lambda p: LANGUAGE_NAMES.get(p.language, "")),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Search"), apply=_matching),
        ChoiceFilter("kind", gettext_lazy("What they are"), options=_kinds, apply=_of_kind),
        ChoiceFilter(
            "language",
            gettext_lazy("Language"),
            options=(("en", "English"), ("cy", "Cymraeg"), ("none", gettext_lazy("Not known"))),
            apply=lambda rows, chosen: rows.filter(language__in=["" if c == "none" else c for c in chosen]),
        ),
        FlagFilter("caution", gettext_lazy("With a caution marker"), apply=_with_caution),
    )
    sort = "name"
    row_template = "people/parts/row.html"
    empty = Empty(gettext_lazy("Nobody is on record yet"), gettext_lazy("Whoever writes or calls is added."))
    export_permission: ClassVar[str | None] = "people.edit"

    def rows(self, request: Any) -> QuerySet[Person]:
        cautions = CautionMarker.objects.in_force(today())
        found = with_details(Person.objects.visible_to(request.user).current())
        return found.prefetch_related(Prefetch("cautions", cautions, to_attr="cautions_today"))

    def address(self, row: Person) -> str:
        return reverse("person_page", args=[row.reference])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Add a person"), reverse("add_person"))] if request.user.may("people.edit") else []


@needs("people.view")
def people(request: StaffRequest) -> Any:
    return show_list(request, PeopleList())


@needs("people.view")
@require_GET
def person_lookup(request: StaffRequest) -> HttpResponse:
    """Lines for a look-up field, as somebody types."""
    found = look_up(request.GET.get("q", ""), by=request.user)
    groups = [("", [describe_person(person) for person in found])] if found else []
    return render(request, "core/parts/lookup_options.html", {"groups": groups})


@needs("people.view")
@require_GET
def person_page(request: StaffRequest, reference: str) -> HttpResponse:
    person = find_person(request, reference)
    if person.merged_into is not None:
        return redirect("person_page", person.merged_into.reference)
    day = today()
    markers = list(person.cautions.select_related("placed_by").order_by("-placed_at", "-id"))
    roles = person.roles.select_related("kind", "organisation", "post").order_by("-started_on", "-id")
    points = person.contact_points.visible_to(request.user).order_by("kind", "-preferred", "id")
    others = LikelyDuplicate.objects.open().filter(Q(one=person) | Q(other=person))
    context = {
        "person": person,
        "today": day,
        "cautions": [marker for marker in markers if marker.is_in_force(day)],
        "past_cautions": [marker for marker in markers if not marker.is_in_force(day)],
        "protection": person.protections.standing().select_related("set_by").order_by("id").first(),
        "points": list(points),
        "has_ended": any(point.ended_at for point in points),
        "roles": list(roles),
        "merges": list(PersonMerge.objects.standing().filter(kept=person).select_related("merged", "by")),
        "likely": others.count() if request.user.may("people.merge") else 0,
        "panels": panels_for(request.user, person),
        "care": care_for(request.user, person.pk, on=day),
        "languages": LANGUAGE_NAMES,
    }
    return render(request, "people/person.html", context)


@needs("people.edit")
@require_http_methods(["GET", "POST"])
def add_person(request: StaffRequest) -> HttpResponse:
    """Add somebody; whoever may be the same person already is shown before, to choose instead."""
    form = bound(request, PersonForm, initial={"full_name": request.GET.get("name", "")})
    alike = _already_there(request, form)

    def rule(data: dict[str, Any]) -> Person:
        given = {key: value for key, value in data.items() if key not in {"email", "phone"}}
        given |= {"emails": [data["email"]] if data["email"] else []}
        given |= {"phones": [data["phone"]] if data["phone"] else []}
        given["language_source"] = _("Noted when added")
        return persons.add_person(**given, by=request.user, at=now())

    if alike and not request.POST.get("new"):
        context = {"form": form, "alike": alike, "title": _("Add a person"), "back": reverse("people")}
        return render(request, "people/add.html", context)
    return act(
        request, form, title=_("Add a person"), rule=rule, words=_("The person is added."),
        back=reverse("people"), button=_("Add the person"), template="people/add.html",
        onward=lambda person: reverse("person_page", args=[person.reference]),
    )  # fmt: skip


def _already_there(request: StaffRequest, form: Any) -> list[Any]:
    """Who has this name, address or number already: shown once, before the same person is added twice."""
    if request.method != "POST" or not form.is_valid():
        return []
    data, found = form.cleaned_data, {}
    for words in (data["email"], data["phone"], data["full_name"]):
        if words:
            for person in look_up(words, by=request.user, limit=5):
                found[person.pk] = person
    return [(person, describe_person(person).detail) for person in list(found.values())[:6]]


@needs("people.edit")
@require_http_methods(["GET", "POST"])
def edit_person(request: StaffRequest, reference: str) -> HttpResponse:
    person = find_person(request, reference)
    names = ("full_name", "known_as", "title", "given_name", "family_name", "born_on", "organisation")
    form = bound(request, NamesForm, initial={name: getattr(person, name) for name in names})

    def rule(data: dict[str, Any]) -> Person:
        return persons.correct_person(person, by=request.user, at=now(), **data)

    back = reverse("person_page", args=[person.reference])
    return act(
        request, form, title=_("Correct %(name)s") % {"name": person}, rule=rule,
        words=_("The record is corrected."), back=back,
    )  # fmt: skip


@needs("people.edit")
@require_http_methods(["GET", "POST"])
def edit_language(request: StaffRequest, reference: str) -> HttpResponse:
    person = find_person(request, reference)
    given = {"language": person.language, "source": person.language_source}
    form = bound(request, LanguageForm, initial=given)

    def rule(data: dict[str, Any]) -> Person:
        return persons.set_language(person, by=request.user, at=now(), **data)

    back = reverse("person_page", args=[person.reference])
    return act(
        request, form, title=_("Language of %(name)s") % {"name": person}, rule=rule,
        words=_("The language is noted."), back=back,
    )  # fmt: skip
