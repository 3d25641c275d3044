"""The door: every route is labelled `@needs("app.verb")` or `@public`; an unlabelled one is refused."""

import logging
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, get_resolver
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled

from .permissions import known
from .refusals import InUse, Refusal, TookTooLong

logger = logging.getLogger("moothall.door")
View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
SIGNED_IN = "signed in"
PAGE_METHODS = ("GET", "HEAD", "OPTIONS", "POST")


def needs(permission: str) -> Callable[[View], View]:
    """Only a signed-in person with a role that grants `permission` comes through."""

    def label(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            turned_away = _turn_away(request, permission)
            return turned_away or view(request, *args, **kwargs)

        guarded.door = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return label


def signed_in(view: View) -> View:
    """Anybody with an account comes through: their own settings, drafts and dismissals."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return _turn_away(request, None) or view(request, *args, **kwargs)

    guarded.door = SIGNED_IN  # type: ignore[attr-defined]
    return cast(View, guarded)


def public(view: View) -> View:
    """Anybody comes through; the view shows nothing that is not public."""
    view.door = PUBLIC  # type: ignore[attr-defined]
    return view


def _turn_away(request: HttpRequest, permission: str | None) -> HttpResponse | None:
    user = request.user
    if not user.is_authenticated:
        return _ask_to_sign_in(request)
    if user.must_set_up_mfa():
        return redirect("mfa_index")
    if permission is not None and not user.may(permission):
        raise PermissionDenied(permission)
    return None


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": settings.LOGIN_URL})
    return redirect_to_login(request.get_full_path())


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the site as (path, pattern), nested ones included."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, path)
        else:
            yield path, pattern


def label_of(pattern: URLPattern) -> str | None:
    """The label of a route: on the view itself, or for a third party's view by its URL name."""
    label = getattr(pattern.callback, "door", None)
    return label or settings.DOOR_LABELS.get(pattern.name or "")


@register()
def every_route_is_labelled(**_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for path, pattern in routes():
        label = label_of(pattern)
        if label is None:
            found.append(Error(f"The route {path!r} ({pattern.name}) has no label.", id="core.E001"))
        elif label not in {PUBLIC, SIGNED_IN}:
            try:
                known(label)
            except ImproperlyConfigured as mistake:
                found.append(Error(f"The route {path!r}: {mistake}", id="core.E002"))
    return found


class DoorMiddleware:
    """Refuses unlabelled routes, guards third parties' views, and turns refusals into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HttpResponseForbidden.status_code:
            account = getattr(request, "user", None)
            logger.warning("refused account=%s %s %r", account and account.pk, request.method, request.path)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        methods = getattr(view, "methods", PAGE_METHODS)  # None: the view itself says which
        if methods is not None and request.method not in methods:
            return HttpResponseNotAllowed(methods)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("An address has no NUL in it.")
        if getattr(view, "door", None):
            return None
        match = request.resolver_match
        label = settings.DOOR_LABELS.get(match.url_name or "") if match else None
        if label is None:
            raise PermissionDenied("This route has no label.")
        if label == PUBLIC:
            return None
        if label == SIGNED_IN:
            return None if request.user.is_authenticated else _ask_to_sign_in(request)
        return _turn_away(request, label)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, OperationalError):
            problem = _waited_in_vain(problem)
        if not isinstance(problem, Refusal):
            return None
        signed_in = bool(getattr(request, "user", None)) and request.user.is_authenticated
        template = "refusal.html" if signed_in else "refused.html"
        response = render(request, template, {"refusal": problem}, status=problem.status)
        if problem.seconds:
            response["Retry-After"] = str(problem.seconds)
        return response


def _waited_in_vain(problem: OperationalError) -> Exception:
    """What the database gave up after its time was over is said to the person, not shown as a fault."""
    if isinstance(problem.__cause__, QueryCanceled):
        return TookTooLong()
    return InUse() if isinstance(problem.__cause__, DeadlockDetected | LockNotAvailable) else problem
