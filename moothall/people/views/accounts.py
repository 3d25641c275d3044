"""Who may sign in: accounts, their roles and second factors."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.fields import Form
from moothall.core.lists import Column, FlagFilter, Link, Listing, SearchFilter, show_list
from moothall.people.forms.organisations import AccountForm, GrantForm, InvitationForm
from moothall.people.models import Account, Grant, Role, Team
from moothall.people.models.account import SECOND_FACTORS
from moothall.people.requests import StaffRequest
from moothall.people.rules import accounts as rules
from moothall.people.rules.granting import end_grant as end_role_of
from moothall.people.rules.granting import grant_role
from moothall.people.rules.inviting import invite_account, invite_again

from .acting import act, bound


def _roles(account: Any) -> str:
    held = (f"{grant.role} ({grant.team})" if grant.team else str(grant.role) for grant in account.held_today)
    return ", ".join(held)


def _state(account: Any) -> str:
    if not account.is_active:
        return _("Access ended")
    return _("Second factor") if account.has_factor else _("Password only")


def _named(rows: Any, words: str) -> Any:
    return rows.filter(name__icontains=words) | rows.filter(email__icontains=words)


class AccountList(Listing[Account]):
    key, title = "accounts", gettext_lazy("Accounts")
    columns = (
        Column("name", gettext_lazy("Name"), sort="name"),
        Column("email", gettext_lazy("Email address"), sort="email"),
        Column("roles", gettext_lazy("Roles"), value=_roles),
        Column("state", gettext_lazy("Signing in"), value=_state),
        Column("last_login", gettext_lazy("Last signed in"), sort="last_login", descending=True),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Search"), apply=_named),
        FlagFilter(
            "password_only",
            gettext_lazy("Without a second factor"),
            apply=lambda rows: rows.without_second_factor(),
        ),
        FlagFilter("ended", gettext_lazy("Access ended"), apply=lambda rows: rows.filter(is_active=False)),
    )

    def rows(self, request: Any) -> QuerySet[Account]:
        held = Grant.objects.in_force(today()).select_related("role", "team").order_by("id")
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
        found = Account.objects.annotate(has_factor=Exists(factors))
        return found.prefetch_related(Prefetch("grants", held, to_attr="held_today"))

    def address(self, row: Account) -> str:
        return reverse("account_page", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [
            Link(_("Invite a colleague"), reverse("invite")),
            Link(_("Roles"), reverse("office_roles")),
            Link(_("Without a second factor"), reverse("without_second_factor")),
            Link(_("Sign-ins"), reverse("sign_ins")),
            Link(_("Rules for signing in"), reverse("sign_in_rules")),
        ]


@needs("people.administer")
def accounts(request: StaffRequest) -> Any:
    return show_list(request, AccountList())


@needs("people.administer")
@require_GET
def account_page(request: StaffRequest, account_id: int) -> HttpResponse:
    account = find_account(account_id)
    grants = account.grants.select_related("role", "team", "granted_by").order_by("-started_on", "-id")
    context = {
        "account": account,
        "grants": list(grants),
        "today": today(),
        "factors": Authenticator.objects.filter(user=account, type__in=SECOND_FACTORS).count(),
        "sessions": list(UserSession.objects.filter(user=account).order_by("-last_seen_at", "-id")[:20]),
        "is_own": account.pk == request.user.pk,
    }
    return render(request, "people/account.html", context)


@needs("people.administer")
@require_http_methods(["GET", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    def rule(data: dict[str, Any]) -> Account:
        return invite_account(by=request.user, at=now(), **data)

    return act(
        request, bound(request, InvitationForm, **choices_of_grant()), title=_("Invite a colleague"),
        rule=rule, words=_("The account is made, and a link to set the password is on its way."),
        back=reverse("accounts"), button=_("Send the invitation"),
        onward=lambda account: reverse("account_page", args=[account.pk]),
    )  # fmt: skip


@needs("people.administer")
@require_POST
def send_invitation_again(request: StaffRequest, account_id: int) -> HttpResponse:
    account = find_account(account_id)
    invite_again(account, by=request.user, at=now())
    messages.success(request, _("The link to set the password is sent again."))
    return redirect("account_page", account.pk)


@needs("people.administer")
@require_http_methods(["GET", "POST"])
def edit_account(request: StaffRequest, account_id: int) -> HttpResponse:
    account = find_account(account_id)

    def rule(data: dict[str, Any]) -> Account:
        return rules.correct_account(account, by=request.user, at=now(), **data)

    return act(
        request, bound(request, AccountForm, initial={"name": account.name}), title=account.email, rule=rule,
        words=_("The name is changed."), back=_page_of(account),
    )  # fmt: skip


@needs("people.administer")
@require_http_methods(["GET", "POST"])
def add_grant(request: StaffRequest, account_id: int) -> HttpResponse:
    account = find_account(account_id)

    def rule(data: dict[str, Any]) -> Grant:
        return grant_role(account, by=request.user, at=now(), **data)

    return act(
        request, bound(request, GrantForm, **choices_of_grant()), rule=rule,
        title=_("Give %(name)s a role") % {"name": account}, words=_("The role is given."),
        back=_page_of(account), button=_("Give the role"),
    )  # fmt: skip


@needs("people.administer")
@require_POST
def end_grant(request: StaffRequest, account_id: int, grant_id: int) -> HttpResponse:
    account = find_account(account_id)
    grant = account.grants.filter(pk=grant_id).order_by("pk").first()
    if grant is None:
        raise Http404
    end_role_of(grant, by=request.user, at=now())
    messages.success(request, _("The role has ended."))
    return redirect("account_page", account.pk)


@needs("people.administer")
@require_http_methods(["GET", "POST"])
def end_access(request: StaffRequest, account_id: int) -> HttpResponse:
    """Asks once more: roles do not come back by themselves when access is restored."""
    account = find_account(account_id)

    def rule(_data: dict[str, Any]) -> Account:
        return rules.end_access(account, by=request.user, at=now())

    return act(
        request, bound(request, Form), title=_("End access for %(name)s?") % {"name": account}, rule=rule,
        words=_("Access has ended."), back=_page_of(account), button=_("End access now"), warning=True,
        lead=_("They are signed out at once, their roles end, and nobody can sign in as them any more."),
    )  # fmt: skip


@needs("people.administer")
@require_POST
def restore_access(request: StaffRequest, account_id: int) -> HttpResponse:
    account = rules.restore_access(find_account(account_id), by=request.user, at=now())
    messages.success(request, _("%(name)s can be invited and given roles again.") % {"name": account})
    return redirect("account_page", account.pk)


@needs("people.administer")
@require_POST
def remove_second_factors(request: StaffRequest, account_id: int) -> HttpResponse:
    account = find_account(account_id)
    rules.remove_second_factors(account, by=request.user, at=now())
    messages.success(
        request, _("The second factors are removed. %(name)s sets up new ones.") % {"name": account}
    )
    return redirect("account_page", account.pk)


@needs("people.administer")
@require_POST
def end_sessions(request: StaffRequest, account_id: int) -> HttpResponse:
    account = find_account(account_id)
    rules.end_sessions(account, by=request.user, at=now())
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": account})
    return redirect("account_page", account.pk)


def find_account(account_id: int) -> Account:
    account: Account | None = Account.objects.filter(pk=account_id).order_by("pk").first()
    if account is None:
        raise Http404
    return account


def choices_of_grant() -> dict[str, dict[str, Any]]:
    return {
        "roles": {str(role.pk): role for role in Role.objects.order_by("name", "pk")},
        "teams": {str(team.pk): team for team in Team.objects.order_by("name", "pk")},
    }


def _page_of(account: Account) -> str:
    return reverse("account_page", args=[account.pk])
