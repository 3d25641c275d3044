"""Roles: named sets of permissions, and who holds them."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import Column, Link, Listing, show_list
from moothall.core.permissions import all_permissions
from moothall.people.forms.organisations import OfficeRoleForm
from moothall.people.models import Role
from moothall.people.requests import StaffRequest
from moothall.people.rules.granting import add_role, change_role

from .acting import act, bound


class OfficeRoleList(Listing[Role]):
    key, title = "office-roles", gettext_lazy("Roles")
    columns = (
        Column("name", gettext_lazy("Name"), sort="name"),
        Column("name_cy", gettext_lazy("Name in Welsh")),
        Column(
            "permissions", gettext_lazy("Permissions"), value=lambda role: len(role.permissions), numeric=True
        ),
        Column("held", gettext_lazy("Held by"), value=lambda role: role.held, numeric=True),
        Column(
            "factor",
            gettext_lazy("Second factor"),
            value=lambda role: _("needed") if role.mfa_required else "",
        ),
    )

    def rows(self, request: Any) -> QuerySet[Role]:
        day = today()
        in_force = (Q(grants__ended_on=None) | Q(grants__ended_on__gt=day)) & Q(grants__started_on__lte=day)
        return Role.objects.annotate(held=Count("grants__account", filter=in_force, distinct=True))

    def address(self, row: Role) -> str:
        return reverse("edit_office_role", args=[row.key])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Add a role"), reverse("add_office_role"))]


@needs("people.administer")
def office_roles(request: StaffRequest) -> Any:
    return show_list(request, OfficeRoleList())


@needs("people.administer")
@require_http_methods(["GET", "POST"])
def add_office_role(request: StaffRequest) -> HttpResponse:
    def rule(data: dict[str, Any]) -> Role:
        return add_role(by=request.user, at=now(), **data)

    return act(
        request, bound(request, OfficeRoleForm, permissions=_choices()), title=_("Add a role"), rule=rule,
        words=_("The role is added."), back=reverse("office_roles"),
    )  # fmt: skip


@needs("people.administer")
@require_http_methods(["GET", "POST"])
def edit_office_role(request: StaffRequest, key: str) -> HttpResponse:
    role = Role.objects.filter(key=key).first()
    if role is None:
        raise Http404
    names = ("name", "name_cy", "permissions", "mfa_required")
    given = {name: getattr(role, name) for name in names}

    def rule(data: dict[str, Any]) -> Role:
        return change_role(role, by=request.user, at=now(), **data)

    return act(
        request, bound(request, OfficeRoleForm, permissions=_choices(), initial=given), title=role.name,
        rule=rule, words=_("The role is changed."), back=reverse("office_roles"),
    )  # fmt: skip


def _choices() -> list[tuple[str, Any]]:
    return [(permission.name, permission.description) for permission in all_permissions()]
