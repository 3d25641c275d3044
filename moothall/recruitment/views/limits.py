"""How often public pages of recruitment may be used, and how they find what they are about."""

import datetime as dt
from typing import Final

from django.http import Http404, HttpRequest

from moothall.core.clock import now
from moothall.core.rate_limits import Limit, address_of
from moothall.core.serving import for_the_office
from moothall.core.signed_links import unsign
from moothall.people.models import Account
from moothall.recruitment.models import Application, Draft
from moothall.recruitment.rules.links import DRAFT, MINE
from moothall.recruitment.rules.refusals import NotKept

AN_HOUR: Final = dt.timedelta(hours=1)
BEGINNING: Final = Limit("recruitment.begin", most=60, per=AN_HOUR)
SENDING: Final = Limit("recruitment.send", most=40, per=AN_HOUR)
LETTERS: Final = Limit("recruitment.letters", most=10, per=AN_HOUR)
LETTERS_ABOUT_ONE: Final = Limit("recruitment.letters.one", most=4, per=AN_HOUR)
WRITING: Final = Limit("recruitment.write", most=30, per=AN_HOUR)


def account_of(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


@for_the_office()
def find_draft(request: HttpRequest, signed: str) -> Draft:
    """The draft of this address. One that belongs to an account opens for that account alone."""
    rows = Draft.objects.select_related(
        "campaign__team", "campaign__profile", "route__service", "application"
    )
    found = rows.select_related("account__person").filter(token=unsign(signed, DRAFT)).first()
    if found is None:
        raise NotKept
    if found.account_id is not None and found.account != account_of(request):
        raise Http404
    if not found.is_sent and found.expires_at <= now():
        raise NotKept
    return found


def where_from(request: HttpRequest, signed: str) -> str:
    """The address an application is sent from; one that is not there counts for nothing."""
    find_draft(request, signed)
    return address_of(request)


def the_draft(request: HttpRequest, signed: str) -> str:
    return str(find_draft(request, signed).pk)


@for_the_office()
def find_mine(signed: str) -> Application:
    """The application of this address; whoever has the address is its applicant."""
    found = Application.objects.in_full().filter(token=unsign(signed, MINE)).first()
    if found is None:
        raise Http404
    return found


def by_mine(_request: HttpRequest, signed: str, **_more: object) -> str:
    return str(find_mine(signed).pk)
