"""A session ends after an hour in which nothing was done, and after twelve at most, or as the office set it.

When it began and when it was last used stand in the session itself. The second is brought up to date once a
minute at most, so that reading pages does not write.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from moothall.core.clock import now
from moothall.core.rate_limits import address_of

from .models.signing_in import SignInEvent, SignInRules
from .rules.signing_in import note_sign_in

BEGAN: Final = "moothall-began"
SEEN: Final = "moothall-seen"
EVERY: Final = 60  # seconds


def begin(session: Any, *, at: int) -> None:
    session[BEGAN] = session[SEEN] = at


def where_from(request: HttpRequest) -> str | None:
    """The address a request comes from, of a household with many the first."""
    found = address_of(request).partition("/")[0]
    return None if found == "unknown" else found


def signed_in_lately(request: HttpRequest, *, within: dt.timedelta) -> bool:
    """Whether whoever sits there gave a password, code or key not longer ago."""
    account: Any = request.user
    given = [float(each["at"]) for each in get_authentication_records(request, account)]
    return bool(given) and now().timestamp() - given[-1] < within.total_seconds()


def confirm_first(request: HttpRequest) -> HttpResponse:
    """To where the password or the second factor is given once more, and back here; without either, to sign
    in anew."""
    if get_reauthentication_flows(request.user):
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
    messages.info(request, _("Sign out and in again first: this asks that you did so a moment ago."))
    return redirect("my_account")


class SessionLimitsMiddleware:
    """Signs out whoever has been away too long, before any page looks at who they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session: Any = request.session
        if session.session_key and "_auth_user_id" in session:
            self.look(request, session)
        return self.get_response(request)

    def look(self, request: HttpRequest, session: Any) -> None:
        moment = now()
        at = int(moment.timestamp())
        if BEGAN not in session:
            begin(session, at=at)
        if at - session[SEEN] < EVERY:
            return
        rules = SignInRules.in_force()
        if at - session[BEGAN] >= rules.longest_hours * 3600:
            self.end(request, SignInEvent.LONG)
        elif at - session[SEEN] >= rules.idle_minutes * 60:
            self.end(request, SignInEvent.IDLE)
        else:
            session[SEEN] = at
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=moment)

    def end(self, request: HttpRequest, kind: str) -> None:
        account: Any = request.user
        if account.is_authenticated:
            note_sign_in(
                kind, account=account, at=now(), address=where_from(request),
                browser=request.headers.get("User-Agent", ""),
            )  # fmt: skip
        logout(request)
        if kind == SignInEvent.IDLE:
            messages.info(request, _("You were signed out because nothing was done for a while."))
        else:
            messages.info(request, _("You were signed out because the session had lasted its longest."))
