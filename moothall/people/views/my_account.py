"""My account: the settings, roles and sessions of whoever is signed in."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.people.forms.own import SettingsForm
from moothall.people.models import Account, Grant, SignInEvent
from moothall.people.models.account import SECOND_FACTORS
from moothall.people.requests import StaffRequest
from moothall.people.rules import accounts


@signed_in
@require_GET
def my_account(request: StaffRequest) -> HttpResponse:
    account = request.user
    grants = Grant.objects.in_force(today()).filter(account=account).select_related("role", "team")
    context = {
        "account": account,
        "grants": grants.order_by("started_on", "id"),
        "sessions": _sessions(account),
        "this_session": request.session.session_key,
        "factors": _factors(account),
        "sign_ins": list(SignInEvent.objects.with_names().filter(account=account)[:8]),
    }
    return render(request, "people/own/account.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def my_settings(request: StaffRequest) -> HttpResponse:
    account = request.user
    given = {"language": account.language, "daily_digest": account.daily_digest}
    form = SettingsForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        accounts.choose_settings(account, at=now(), **form.cleaned_data)
        messages.success(request, _("Your settings are saved."))
        return redirect("my_account")
    return render(request, "people/own/settings.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def end_my_sessions(request: StaffRequest) -> HttpResponse:
    """Sign me out everywhere but here."""
    spare = request.session.session_key or ""
    ended = accounts.end_sessions(request.user, by=request.user, at=now(), spare=spare)
    words = _("You are signed out everywhere else.") if ended else _("You were signed in only here.")
    messages.success(request, words)
    return redirect("my_account")


def _sessions(account: Account) -> list[UserSession]:
    return list(UserSession.objects.filter(user=account).order_by("-last_seen_at", "-id")[:20])


def _factors(account: Account) -> int:
    found: int = Authenticator.objects.filter(user=account, type__in=SECOND_FACTORS).count()
    return found
