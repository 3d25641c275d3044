"""What every page of leave begins with: one's own employment, one request, and who may decide on it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from moothall.core.clock import today
from moothall.core.signed_links import absolute, sign
from moothall.leave.models import LeaveLink, LeaveRequest, led_by
from moothall.leave.rules.deciding import may_decide
from moothall.people.models import Account, Organisation, Post
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Assignment, Employment

MOST_POSTS = 300


def feed_address(link: LeaveLink | None) -> str:
    return absolute("leave_feed", sign(link.token, "leave")) if link else ""


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


def led_units(account: Account) -> list[Organisation]:
    """The units in which this account decides on leave today, and those of the teams it records leave for."""
    day, standing = today(), account.standing()
    there = Assignment.objects.in_force(day).filter(is_main=True)
    if standing.everywhere_for("absence.record"):
        return list(there.units())
    mine = led_by(account, on=day)
    if teams := standing.teams_for("absence.record"):
        mine |= Q(post__team_id__in=teams)
    here = there.filter(mine).order_by().values("unit")
    return list(Organisation.objects.filter(pk__in=here).order_by("name", "pk"))


def own_units(account: Account) -> list[Organisation]:
    """The unit in which this account works today."""
    there = Assignment.objects.in_force(today()).filter(employment__in=Employment.objects.of_account(account))
    return list(Organisation.objects.filter(pk__in=there.order_by().values("unit")).order_by("name", "pk"))


def posts_in(units: list[Organisation]) -> list[Post]:
    """The posts that somebody in these units holds today."""
    there = Assignment.objects.in_force(today()).filter(is_main=True, unit__in=units)
    held = list(there.order_by().values_list("post", flat=True).distinct()[:MOST_POSTS])
    return list(Post.objects.filter(pk__in=held).order_by("title", "number"))


def keeps_leave_of(request: StaffRequest, employment: Employment) -> bool:
    """Whether this account enters hours on this record: the desk, never the person themselves."""
    if request.user.person_id is not None and employment.person_id == request.user.person_id:
        return False
    main = employment.main
    teams = {main.post.team_id} if main and main.post.team_id else set()
    return request.user.standing().covers("absence.record", teams)


def one_of(rows: QuerySet[Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
