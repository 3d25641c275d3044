"""Adding, preferring and ending the ways to reach a person, and what the person is to the office."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.people.forms.persons import ContactPointForm, RoleForm
from moothall.people.models import ContactPoint, Person, PersonRoleKind
from moothall.people.requests import StaffRequest
from moothall.people.rules import contact_points, person_roles

from .acting import act, bound, find_person


@needs("people.edit")
@require_http_methods(["GET", "POST"])
def add_contact_point(request: StaffRequest, reference: str) -> HttpResponse:
    person = find_person(request, reference)

    def rule(data: dict[str, Any]) -> ContactPoint:
        return contact_points.add_contact_point(person, by=request.user, at=now(), **data)

    return act(
        request, bound(request, ContactPointForm), title=_("How to reach %(name)s") % {"name": person},
        rule=rule, words=_("Added."), back=_page_of(person), button=_("Add"),
    )  # fmt: skip


@needs("people.edit")
@require_POST
def prefer_contact_point(request: StaffRequest, reference: str, point_id: int) -> HttpResponse:
    point = _find_point(request, reference, point_id)
    contact_points.prefer_contact_point(point, by=request.user, at=now())
    messages.success(request, _("%(address)s is used first.") % {"address": point.value})
    return redirect(_page_of(point.person))


@needs("people.edit")
@require_POST
def end_contact_point(request: StaffRequest, reference: str, point_id: int) -> HttpResponse:
    point = _find_point(request, reference, point_id)
    contact_points.end_contact_point(point, by=request.user, at=now())
    undo = reverse("restore_contact_point", args=[reference, point.pk])
    messages.success(request, _("%(address)s is no longer used.") % {"address": point.value}, extra_tags=undo)
    return redirect(_page_of(point.person))


@needs("people.edit")
@require_POST
def restore_contact_point(request: StaffRequest, reference: str, point_id: int) -> HttpResponse:
    """Undo an ending: the same way to reach the person is added again."""
    point = _find_point(request, reference, point_id)
    contact_points.add_contact_point(
        point.person, kind=point.kind, value=point.value, label=point.label, by=request.user, at=now()
    )
    messages.success(request, _("%(address)s is in use again.") % {"address": point.value})
    return redirect(_page_of(point.person))


@needs("people.edit")
@require_http_methods(["GET", "POST"])
def add_person_role(request: StaffRequest, reference: str) -> HttpResponse:
    person, language = find_person(request, reference), get_language() or "en"
    kinds = {kind.key: kind for kind in PersonRoleKind.objects.order_by("name", "pk")}
    choices = [(key, kind.name_in(language)) for key, kind in kinds.items()]

    def rule(data: dict[str, Any]) -> Any:
        return person_roles.give_person_role(
            person, kind=kinds[data["kind"]], started_on=data["started_on"], by=request.user, at=now()
        )

    form = bound(request, RoleForm, kinds=choices, initial={"started_on": today()})
    return act(
        request, form, title=_("What is %(name)s to the office?") % {"name": person}, rule=rule,
        words=_("Noted."), back=_page_of(person),
    )  # fmt: skip


@needs("people.edit")
@require_POST
def end_person_role(request: StaffRequest, reference: str, role_id: int) -> HttpResponse:
    person = find_person(request, reference)
    role = person.roles.filter(pk=role_id).order_by("pk").first()
    if role is None:
        raise Http404
    person_roles.end_person_role(role, by=request.user, at=now())
    messages.success(request, _("Ended today."))
    return redirect(_page_of(person))


def _find_point(request: StaffRequest, reference: str, point_id: int) -> ContactPoint:
    """A way to reach the person that this account may see: a protected address does not exist for others."""
    person = find_person(request, reference)
    visible = ContactPoint.objects.visible_to(request.user).select_related("person")
    point: ContactPoint | None = visible.filter(person=person, pk=point_id).order_by("pk").first()
    if point is None:
        raise Http404
    return point


def _page_of(person: Person) -> str:
    return reverse("person_page", args=[person.reference])
