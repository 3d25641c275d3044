"""How a page finds its request, leave or reference, and as whom it is looked at: else nothing is there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from moothall.core.clock import today
from moothall.people.requests import StaffRequest
from moothall.personnel.models import FamilyLeave, FlexibleRequest, ReferenceRequest, SharedNotice
from moothall.personnel.rules.parts import Part, part_in
from moothall.workforce.models import Employment

View = Callable[..., HttpResponse]
May = Callable[[Part], bool]


def _found(model: Any, request: StaffRequest, number: int, may: May) -> tuple[Any, Part]:
    row = model.objects.shown().filter(pk=number).first()
    if row is None:
        raise Http404
    part, employment = part_in(request.user, row.employment_id)
    if not may(part):
        raise Http404
    row.employment = employment
    return row, part


def _finding(model: Any, may: May) -> Callable[[View], View]:
    def finding(view: View) -> View:
        @wraps(view)
        def found(request: StaffRequest, number: int, *given: Any, **named: Any) -> HttpResponse:
            row, part = _found(model, request, number, may)
            return view(request, row, part, *given, **named)

        return found

    return finding


def with_flexible(may: May = lambda part: part.sees) -> Callable[[View], View]:
    """Give the view its request and the part of whoever asks."""
    return _finding(FlexibleRequest, may)


def with_family(may: May = lambda part: part.own or part.private) -> Callable[[View], View]:
    """Give the view its leave: the person's own, or for who sees what is private."""
    return _finding(FamilyLeave, may)


def with_shared(may: May = lambda part: part.own or part.private) -> Callable[[View], View]:
    """Give the view its notice of shared leave: the person's own, or for who sees what is private."""
    return _finding(SharedNotice, may)


def with_reference(may: May = lambda part: part.keeps) -> Callable[[View], View]:
    """Give the view its reference: for who keeps the record, and never for the person."""
    return _finding(ReferenceRequest, may)


def own_employment(request: StaffRequest) -> Employment | None:
    """The employment of today, or the one that comes next."""
    held = Employment.objects.of_account(request.user).not_over(today())
    return held.select_related("person").order_by("started_on", "id").first()


def kept_employment(request: StaffRequest, employment: Employment, *, private: bool = False) -> Employment:
    """One whose record this account keeps, and not their own; of any other nothing is entered."""
    part, found = part_in(request.user, employment.pk)
    if not (part.private if private else part.keeps):
        raise Http404
    return found


def from_record(request: StaffRequest) -> Employment | None:
    """Whom a form is about that was opened from a staff record."""
    number = request.GET.get("employee", "")
    shown = Employment.objects.visible_to(request.user).with_assignment(today())
    return shown.filter(number=number).first() if number else None
