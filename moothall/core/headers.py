"""What every answer tells the browser: what it may use, who may embed it, and that nothing is kept of it."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

UNUSED: Final = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS: Final = ", ".join(f"{each}=()" for each in UNUSED)


class HeadersMiddleware:
    """Outermost of all, so that files, refusals and mistakes carry them too. A view may say otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.too_open(request) or self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def too_open(self, request: HttpRequest) -> HttpResponse | None:
        """A program that calls unencrypted is told so: led on by a redirect, it would go on like that."""
        if not settings.SECURE_SSL_REDIRECT or request.is_secure() or not request.path.startswith("/api/"):
            return None
        no = {"sentence": _("The API answers over HTTPS alone."), "next_step": _("Change http to https.")}
        return JsonResponse(no, status=403)
