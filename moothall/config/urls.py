"""Every address of the office, by app."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from .health import healthz


def app(prefix: str, name: str) -> list[URLResolver]:
    module = f"moothall.{name}.urls"
    return [path(prefix, include(module))] if find_spec(module) else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/3rdparty/", include("allauth.socialaccount.urls")),
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    *app("lists/", "core.lists"),
    *app("", "core"),
    *app("people/", "people"),
    *app("records/", "records"),
    *app("letters/", "letters"),
    *app("enquiries/", "enquiries"),
    *app("", "cases"),
]
