"""The API at `/api/`: each app's `api.py` brings a `router`; every operation carries its door label."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from ninja import NinjaAPI, Router

from moothall.core.door import SIGNED_IN


def make_api(routers: dict[str, Router], *, namespace: str = "api") -> NinjaAPI:
    """One API of these routers by prefix; an operation without `@needs` or `@public` is refused."""
    api = NinjaAPI(title="Moothall", version="1", urls_namespace=namespace)
    for prefix, router in routers.items():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if not hasattr(operation.view_func, "door"):
                    raise ImproperlyConfigured(f"The operation {prefix}{path} of the API has no label.")
        api.add_router(prefix, router)
    return api


def labelled_urls(api: NinjaAPI) -> Any:
    """The API's addresses: its operations are guarded one by one, its documents by their name."""
    patterns: list[Any] = list(api.urls[0])
    for pattern in patterns:
        if pattern.name not in settings.DOOR_LABELS:
            pattern.callback.door = SIGNED_IN
    return patterns, *api.urls[1:]


def routers_of(apps: list[str]) -> dict[str, Router]:
    found = {}
    for app in apps:
        module = f"moothall.{app}.api"
        if find_spec(module):
            found[f"/{app}"] = import_module(module).router
    return found


api = make_api(routers_of(settings.OUR_APPS))
