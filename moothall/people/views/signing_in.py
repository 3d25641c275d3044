"""How people sign in: what was tried, what the office asks, and who still lacks a second factor."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.lists import Column, FlagFilter, Link, Listing, SearchFilter, show_list
from moothall.people.forms.signing_in import SignInRulesForm
from moothall.people.models import Account, SignInEvent, SignInRules
from moothall.people.requests import StaffRequest
from moothall.people.rules import signing_in as rules
from moothall.people.templatetags.people import browser_name

from .acting import act, bound

SHOWN = 200
FAILED = (SignInEvent.WRONG, SignInEvent.FACTOR, SignInEvent.LOCKED, SignInEvent.REFUSED)


def _by_whom(rows: Any, words: str) -> Any:
    return rows.filter(account__name__icontains=words) | rows.filter(account__email__icontains=words)


class SignInList(Listing[SignInEvent]):
    key, title = "sign-ins", gettext_lazy("Sign-ins")
    columns = (
        Column("at", gettext_lazy("When"), sort="at", descending=True),
        Column("kind", gettext_lazy("What"), value=lambda row: row.get_kind_display()),
        Column("account", gettext_lazy("Account"), value=lambda row: row.account or _("Not known")),
        Column("by_what", gettext_lazy("By")),
        Column("address", gettext_lazy("Network address")),
        Column("browser", gettext_lazy("Browser"), value=lambda row: browser_name(row.browser)),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Search"), apply=_by_whom),
        FlagFilter("failed", gettext_lazy("Failed"), apply=lambda rows: rows.filter(kind__in=FAILED)),
    )

    def rows(self, request: Any) -> QuerySet[SignInEvent]:
        return SignInEvent.objects.select_related("account")

    def address(self, row: SignInEvent) -> str:
        return reverse("account_page", args=[row.account_id]) if row.account_id else ""

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Accounts"), reverse("accounts"))]


@needs("people.administer")
def sign_ins(request: StaffRequest) -> Any:
    return show_list(request, SignInList())


@needs("people.administer")
@require_http_methods(["GET", "POST"])
def sign_in_rules(request: StaffRequest) -> HttpResponse:
    now_in_force = SignInRules.in_force()
    names = ("everybody", "grace_days", "idle_minutes", "longest_hours")
    initial = {name: getattr(now_in_force, name) for name in names}

    def rule(data: dict[str, Any]) -> SignInRules:
        return rules.set_sign_in_rules(by=request.user, at=now(), **data)

    return act(
        request, bound(request, SignInRulesForm, initial=initial), title=_("Rules for signing in"), rule=rule,
        words=_("The rules are in force from now on."), back=reverse("accounts"),
        lead=_("They hold for everybody, and for open sessions from their next page."),
    )  # fmt: skip


@needs("people.administer")
@require_GET
def without_second_factor(request: StaffRequest) -> HttpResponse:
    found = Account.objects.without_second_factor()
    rows = list(found.order_by("name", "id")[:SHOWN])
    context = {"number": found.count(), "rows": rows, "rules": SignInRules.in_force()}
    return render(request, "people/without_second_factor.html", context)


@needs("people.administer")
@require_POST
def remind(request: StaffRequest) -> HttpResponse:
    number = rules.remind_of_second_factors(by=request.user, at=now())
    words = ngettext("%(number)d person is written to.", "%(number)d people are written to.", number)
    messages.success(request, words % {"number": number})
    return redirect("without_second_factor")
