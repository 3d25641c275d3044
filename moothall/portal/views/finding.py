"""How a public page finds its form: by a signed address, and for whom."""

import datetime as dt

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from moothall.core.clock import now
from moothall.core.rate_limits import Limit, address_of
from moothall.core.serving import for_the_office
from moothall.core.signed_links import unsign
from moothall.people.models import Account
from moothall.portal.models import Request
from moothall.portal.models.kinds import FORM
from moothall.portal.rules.refusals import NoLongerKept

AN_HOUR = dt.timedelta(hours=1)
BEGINNING = Limit("portal.begin", most=60, per=AN_HOUR)
SENDING = Limit("portal.send", most=40, per=AN_HOUR)
SENDING_ONE_FORM = Limit("portal.send.form", most=20, per=AN_HOUR)
FILES = Limit("portal.files", most=60, per=AN_HOUR)
LETTERS = Limit("portal.letters", most=10, per=AN_HOUR)
LETTERS_ABOUT_ONE = Limit("portal.letters.one", most=4, per=AN_HOUR)
WRITING = Limit("portal.write", most=30, per=AN_HOUR)


def account_of(request: HttpRequest) -> Account | None:
    return request.user if request.user.is_authenticated else None


def language_now() -> str:
    return "cy" if get_language() == "cy" else "en"


@for_the_office()
def find_form(request: HttpRequest, signed: str) -> Request:
    """The form of this address. One that belongs to an account opens for that account alone."""
    rows = Request.objects.select_related("service__team", "version", "account__person", "case")
    asked = rows.filter(token=unsign(signed, FORM)).first()
    if asked is None:
        raise NoLongerKept
    if asked.account_id is not None and asked.account != account_of(request):
        raise Http404
    if asked.is_draft and asked.expires_at <= now():
        raise NoLongerKept
    return asked


def where_from(request: HttpRequest, signed: str) -> str:
    """The address a form is filled in from; one that is not there is told first, and counts for nothing."""
    find_form(request, signed)
    return address_of(request)


def of_one_form(request: HttpRequest, signed: str) -> str:
    """One service from one address, however often its form is begun."""
    return f"{address_of(request)} {find_form(request, signed).service_id}"


def the_form(request: HttpRequest, signed: str) -> str:
    """One form, wherever it is sent from."""
    return str(find_form(request, signed).pk)
