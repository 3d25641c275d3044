"""The API at `/api/`: each app's `api.py` brings a `router`; every operation carries its door label."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET
from ninja import NinjaAPI, Router

from moothall.core.api import OfficeAPI, prepare
from moothall.core.door import SIGNED_IN, signed_in

PAPERS = {"openapi-json", "openapi-view", "api-root"}


def make_api(routers: dict[str, Router], *, namespace: str = "api") -> NinjaAPI:
    """One API of these routers by prefix; an operation without `@needs` or `@public` is refused."""
    api = OfficeAPI(urls_namespace=namespace)
    for prefix, router in routers.items():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                prepare(operation, f"{prefix}{path}")
        api.add_router(prefix, router)
    return api


def to_docs(_request: HttpRequest, **_given: Any) -> HttpResponse:
    return redirect("api:openapi-view")


def labelled_urls(api: NinjaAPI) -> Any:
    """The API's addresses. Its operations are guarded one by one; its papers are for whoever is signed in.

    An operation marked `non_atomic_requests` keeps what came in a transaction of its own before it goes on.
    """
    patterns: list[Any] = list(api.urls[0])
    apart = {
        operation.url_name
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
        if hasattr(operation.view_func, "_non_atomic_requests")
    }
    for pattern in patterns:
        if pattern.name in PAPERS:
            shown = to_docs if pattern.name == "api-root" else pattern.callback
            pattern.callback = signed_in(require_GET(shown))
        else:
            pattern.callback.door = SIGNED_IN
            pattern.callback.methods = None
            if pattern.name in apart:
                pattern.callback = transaction.non_atomic_requests(pattern.callback)
    return patterns, *api.urls[1:]


def routers_of(apps: list[str]) -> dict[str, Router]:
    found = {}
    for app in apps:
        module = f"moothall.{app}.api"
        router = getattr(import_module(module), "router", None) if find_spec(module) else None
        if router is not None:
            found[f"/{app}"] = router
    return found


api = make_api(routers_of(settings.OUR_APPS))
