"""Pages speak the language of the account that is signed in, on whatever computer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

CODES = {"en": "en-gb", "cy": "cy"}


class OwnLanguageMiddleware:
    """Stands after the one that finds the account; without an account the cookie or the browser decides."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            code = CODES.get(request.user.language, "en-gb")
            translation.activate(code)
            request.LANGUAGE_CODE = code
        return self.get_response(request)
