"""The organisation's own sign-in may be away: that is said, and is no mistake of the program."""

from collections.abc import Callable

import requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class SignInAway(Refusal):
    sentence = _("The sign-in of your organisation is not answering.")
    next_step = _("Try again in a few minutes, or sign in with your password.")


class SignInAwayMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not (isinstance(problem, requests.RequestException) and str(name).startswith("openid_connect")):
            return None
        return render(request, "refusal.html", {"refusal": SignInAway()}, status=503)
