"""How pages of this floor and those above find somebody's staff record, and as whom it is looked at."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.people.requests import StaffRequest

from .known import learn_assignments, with_what_there_is
from .models import Employment
from .panels import Sight


def with_employment(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the employment of this number, if this account may see it; else nothing is there."""

    @wraps(view)
    def found(request: StaffRequest, number: str, *given: Any, **named: Any) -> HttpResponse:
        return view(request, find_employment(request.user, number), *given, **named)

    return found


def find_employment(account: Account, number: str) -> Employment:
    shown = Employment.objects.visible_to(account).with_assignment(today())
    employment = shown.filter(number=number).first()
    if employment is None:
        raise Http404
    return employment


def with_whole_employment(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same, with everything it was ever assigned to, and with what there is to show of it."""

    @wraps(view)
    def found(request: StaffRequest, number: str, *given: Any, **named: Any) -> HttpResponse:
        shown = with_what_there_is(Employment.objects.visible_to(request.user), on=today())
        employment = shown.filter(number=number).first()
        if employment is None:
            raise Http404
        learn_assignments(employment, on=today())
        return view(request, employment, *given, **named)

    return found


def sight_of(account: Account, employment: Employment) -> Sight:
    """As whom this account looks at the record: themselves, the manager of today, or the desk."""
    standing, main = account.standing(), employment.main
    manager = main.manager if main else None
    mine = account.person_id is not None
    teams = {main.post.team_id} if main and main.post.team_id else set()
    return Sight(
        own=mine and employment.person_id == account.person_id,
        manages=mine and manager is not None and manager.person_id == account.person_id,
        desk=standing.covers("workforce.view", teams),
        private=standing.covers("workforce.private", teams),
    )
