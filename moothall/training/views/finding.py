"""What pages of training begin with: one session, one place, one course, staff by their numbers."""

from collections.abc import Sequence

from django.http import Http404
from django.utils.translation import gettext as _

from moothall.core.clock import today
from moothall.people.models import Account, Organisation
from moothall.people.requests import StaffRequest
from moothall.training.models import Course, Nomination, Session
from moothall.training.rules.refusals import NoSuchNumber
from moothall.workforce.models import Assignment, Employment


def find_session(number: int) -> Session:
    found = Session.objects.in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def find_course(key: str) -> Course:
    found = Course.objects.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def find_place(account: Account, number: int) -> Nomination:
    """Only what this account may see exists for it."""
    found = Nomination.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def own_employment(request: StaffRequest) -> Employment | None:
    """The employment of today, or the one that comes next."""
    held = Employment.objects.of_account(request.user).not_over(today())
    return held.select_related("person").order_by("started_on", "id").first()


def staff_by_number(numbers: Sequence[str]) -> list[Employment]:
    """Those who work here and have these numbers, in their order; an unknown number is named."""
    rows = Employment.objects.not_over(today()).filter(number__in=numbers).select_related("person")
    found = {each.number: each for each in rows}
    if missing := [each for each in numbers if each not in found]:
        raise NoSuchNumber(
            _("Nobody here has this staff number: %(numbers)s.") % {"numbers": ", ".join(missing)}
        )
    return [found[each] for each in numbers]


def units_at_work() -> list[Organisation]:
    """The units in which somebody works today."""
    return list(Assignment.objects.in_force(today()).filter(is_main=True).units())
