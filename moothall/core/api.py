"""What every operation of the API shares: how a program comes in, and one shape for every no.

An app's `api.py` has a `router` of operations, each labelled `@needs` or `@public` like any other route.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from ninja.security.session import SessionAuth
from ninja.utils import check_csrf
from pydantic import AfterValidator, Field

from .door import PUBLIC, SIGNED_IN
from .refusals import Refusal

LARGEST_ID = 2**63 - 1


def storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("A text has no NUL in it.")
    return text


Text = Annotated[str, AfterValidator(storable)]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Day = Annotated[dt.date, Field(ge=dt.date(1900, 1, 1), le=dt.date(2200, 12, 31))]


class No(Schema):
    """Why it was not done, and what to do next."""

    sentence: str
    next_step: str


class Problem(Schema):
    at: str
    problem: str


class Wrong(No):
    """What was sent cannot be right, and where."""

    fields: list[Problem]


NOES: dict[int, type[No]] = {400: No, 401: No, 403: No, 404: No, 409: No, 422: Wrong, 429: No}


class ReasonFirst(Exception):
    """What is asked for is sealed, and this account has not said why it reads it: `address` is where to."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(address)


def wrong(field: str, problem: str) -> ValidationError:
    """What was sent in one field of the body cannot be right, though its shape is."""
    return ValidationError([{"loc": ("body", field), "msg": problem}])


def stands_alone(request: HttpRequest) -> bool:
    """Whether what was asked for writes in transactions of its own, so that none has to be taken back."""
    return "default" in getattr(getattr(request.resolver_match, "func", None), "_non_atomic_requests", ())


class BySession(SessionAuth):
    """Whoever is signed in, and never by a form of another site."""

    def __init__(self, label: str) -> None:
        super().__init__(csrf=False)  # looked at here, where it can be told in words
        self.label = label

    def __call__(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise HttpError(403, _("Send the value of the CSRF cookie in the header X-CSRFToken as well."))
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return let_through(request.user, self.label)


def let_through(account: Any, label: str) -> Any:
    """The account, if the door labelled so opens for it; before anything it sent is looked at."""
    if account.must_set_up_mfa():
        raise HttpError(403, _("Your role needs a second factor: set it up on the page of your account."))
    if label != SIGNED_IN and not account.may(label):
        raise PermissionDenied(label)
    return account


def prepare(operation: Operation, where: str) -> None:
    """Hang an operation behind the door its label says, and let its description say every no."""
    label = getattr(operation.view_func, "door", None)
    if label is None:
        raise ImproperlyConfigured(f"The operation {where} of the API has no label.")
    ways_in = None if label == PUBLIC else [BySession(label)]
    operation.auth_param = ways_in
    operation.auth_callbacks = ways_in or []
    for status, schema in NOES.items():
        operation.response_models.setdefault(status, operation._create_response_model(schema))


class OfficeAPI(NinjaAPI):
    """The API of the office, in which every no is `sentence` and `next_step`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(title="Moothall", version="1", **given)
        for kind, say_no in SAY_NO.items():
            self.add_exception_handler(kind, partial(say_no, self))

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def no(
        self, request: HttpRequest, status: int, sentence: Any, next_step: Any = "", **more: Any
    ) -> HttpResponse:
        """The answer that says no; what was begun is taken back."""
        if connection.in_atomic_block and not stands_alone(request):
            transaction.set_rollback(True)
        said = {"sentence": str(sentence), "next_step": str(next_step), **more}
        return self.create_response(request, said, status=status)


def _refused(api: OfficeAPI, request: HttpRequest, no: Refusal) -> HttpResponse:
    answer = api.no(request, no.status, no.sentence, no.next_step)
    if no.seconds:
        answer["Retry-After"] = str(no.seconds)
    return answer


def _not_found(api: OfficeAPI, request: HttpRequest, _no: Http404) -> HttpResponse:
    return api.no(request, 404, _("There is nothing here, or it is not yours to see."))


def _forbidden(api: OfficeAPI, request: HttpRequest, _no: PermissionDenied) -> HttpResponse:
    sentence = _("Your role does not include this.")
    return api.no(request, 403, sentence, _("Ask the person who manages accounts in your office."))


def _unknown(api: OfficeAPI, request: HttpRequest, _no: AuthenticationError) -> HttpResponse:
    next_step = _("Sign in at %s, and send the cookies you are given there.") % reverse(settings.LOGIN_URL)
    answer = api.no(request, 401, _("We do not know who you are."), next_step)
    answer["WWW-Authenticate"] = "Cookie"
    return answer


def _sealed(api: OfficeAPI, request: HttpRequest, no: ReasonFirst) -> HttpResponse:
    next_step = _("Give the reason in a browser, at %s.") % no.address
    return api.no(request, 403, _("This is sealed: say first why you read it."), next_step)


def _said_so(api: OfficeAPI, request: HttpRequest, no: HttpError) -> HttpResponse:
    return api.no(request, no.status_code, no.message)


def _wrong(api: OfficeAPI, request: HttpRequest, no: ValidationError) -> HttpResponse:
    fields = [{"at": ".".join(map(str, each["loc"])), "problem": str(each["msg"])} for each in no.errors]
    next_step = _("Correct the fields named.")
    return api.no(request, 422, _("Something that was sent is not right."), next_step, fields=fields)


SAY_NO: dict[type[Exception], Callable[[OfficeAPI, HttpRequest, Any], HttpResponse]] = {
    Refusal: _refused,
    Http404: _not_found,
    PermissionDenied: _forbidden,
    ReasonFirst: _sealed,
    AuthenticationError: _unknown,
    HttpError: _said_so,
    ValidationError: _wrong,
}
