"""Every address of the office, by app."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from .api import api, labelled_urls
from .health import healthz


def app(prefix: str, name: str) -> list[URLResolver]:
    module = f"moothall.{name}.urls"
    return [path(prefix, include(module))] if find_spec(module) else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("api/", labelled_urls(api)),
    path("account/", include("moothall.config.sign_in_urls")),
    *app("lists/", "core.lists"),
    *app("", "core"),
    *app("people/", "people"),
    *app("records/", "records"),
    *app("letters/", "letters"),
    *app("enquiries/", "enquiries"),
    *app("", "cases"),
    *app("", "knowledge"),
    *app("", "bookings"),
    *app("", "workload"),
    *app("", "webhooks"),
    *app("", "workforce"),
    *app("", "absence"),
    *app("", "leave"),
    *app("", "credentials"),
    *app("", "terms"),
    *app("", "appraisal"),
    *app("", "personnel"),
    *app("", "problems"),
    *app("", "satisfaction"),
    *app("", "recruitment"),
    *app("", "promotion"),
    *app("", "training"),
    *app("", "transport"),
    *app("", "casework"),
    *app("", "conduct"),
    *app("", "reports"),
    *app("", "portal"),
]
