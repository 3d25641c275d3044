"""The register of a session: putting people forward, who came, and with what result."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.core.refusals import Refusal
from moothall.people.requests import StaffRequest
from moothall.training.forms import PeopleForm
from moothall.training.models import Nomination, Session
from moothall.training.rules import attending
from moothall.training.rules.attending import teaches
from moothall.training.rules.nominating import put_many_forward

from .finding import find_session, staff_by_number


@needs("training.manage")
def put_people_forward(request: StaffRequest, number: int) -> HttpResponse:
    session = find_session(number)

    def save(data: dict[str, Any]) -> Any:
        people = staff_by_number(data["numbers"])
        return put_many_forward(
            people, session, agreed=data["agreed"], by=request.user, at=now(), today=today()
        )

    return show_form(
        request, filled(request, PeopleForm), title=_("Put people forward"),
        lead=str(session.version.course), button=_("Put them forward"),
        words=_("Put forward. Who has no place waits, and is told why."), rule=save,
        back=reverse("training_session", args=[number]),
    )  # fmt: skip


@require_POST
@needs("training.manage")
def note_register(request: StaffRequest, number: int) -> HttpResponse:
    """Every row of the register that says something new; what cannot be noted is said by name."""
    _keep(request, find_session(number), charges=True)
    return redirect("training_session", number=number)


@require_POST
@signed_in
def keep_own_register(request: StaffRequest, number: int) -> HttpResponse:
    """The same for whoever teaches it; what is recharged is for those who look after training."""
    session = find_session(number)
    if not teaches(request.user, session):
        raise Http404
    _keep(request, session, charges=False)
    return redirect("taught_session", number=number)


def _keep(request: StaffRequest, session: Session, *, charges: bool) -> None:
    placed = session.nominations.placed().select_related("employment__person").order_by("pk")
    done = 0
    for each in placed:
        try:
            done += _note(request, each, charges=charges)
        except Refusal as refusal:
            messages.error(request, f"{each.employment.person.full_name}: {refusal}")
    words = ngettext("%(count)s person is noted.", "%(count)s people are noted.", done) % {"count": done}
    messages.success(request, words)


def _note(request: StaffRequest, place: Nomination, *, charges: bool) -> bool:
    """Whether anything new was said of this one."""
    said = request.POST.get(f"came-{place.pk}", "")
    given: dict[str, Any] = {"by": request.user, "at": now(), "today": today()}
    if said in dict(Nomination.RESULTS) and said != place.result:
        attending.note_result(place, result=said, **given)
    elif said == "CAME" and place.attended is not True:
        attending.note_attendance(place, attended=True, **given)
    elif said == "ABSENT":
        why, asked = request.POST.get(f"why-{place.pk}", ""), f"charge-{place.pk}" in request.POST
        charged = asked if charges else place.recharge > 0
        if place.attended is False and why == place.absent_because and charged == (place.recharge > 0):
            return False
        attending.note_attendance(place, attended=False, absent_because=why, charged=charged, **given)
    else:
        return False
    return True
