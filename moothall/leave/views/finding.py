"""What every page of leave begins with: one's own employment, one request, and who may decide on it."""

from django.http import Http404

from moothall.core.clock import today
from moothall.leave.models import LeaveRequest
from moothall.leave.rules.deciding import may_decide
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Employment


def own_employment(request: StaffRequest) -> Employment | None:
    """The employment of today, or the one that comes next."""
    held = Employment.objects.of_account(request.user).not_over(today())
    return held.select_related("person").order_by("started_on", "id").first()


def find_request(request: StaffRequest, request_id: int) -> LeaveRequest:
    found = LeaveRequest.objects.visible_to(request.user).shown().filter(pk=request_id).first()
    if found is None:
        raise Http404
    return found


def is_own(request: StaffRequest, leave: LeaveRequest) -> bool:
    person = request.user.person_id
    return person is not None and leave.employment.person_id == person


def find_to_decide(request: StaffRequest, request_id: int) -> LeaveRequest:
    """A request on which this account may decide; for anybody else there is no such thing to do."""
    found = find_request(request, request_id)
    if not may_decide(request.user, found, on=today()):
        raise Http404
    return found
