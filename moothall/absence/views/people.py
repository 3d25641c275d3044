"""One's own absence, and that of one's people."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from moothall.absence.models import Episode
from moothall.absence.rules.caring import contacts_due
from moothall.core.clock import today
from moothall.core.door import signed_in
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Employment

from .finding import employees_of
from .listing import stand, with_assignments

MOST = 60


@signed_in
@require_GET
def my_absence(request: StaffRequest) -> HttpResponse:
    mine = Employment.objects.of_account(request.user)
    rows = Episode.objects.standing().filter(employment__in=mine).shown()
    found = list(rows.order_by("-first_day", "-id")[:MOST])
    stand(found)
    return render(request, "absence/my_absence.html", {"rows": found, "today": today()})


@signed_in
@require_GET
def team_absence(request: StaffRequest) -> HttpResponse:
    """Who of one's people is off, and what waits for their manager."""
    day = today()
    theirs = with_assignments(Episode.objects.standing().of_team(request.user, on=day).shown())
    off = list(theirs.off(day).order_by("first_day", "id")[:MOST])
    to_do = list(theirs.for_the_manager().order_by("interview_due_on", "id")[:MOST])
    stand(off)
    due = contacts_due(off)
    for each in off:
        each.rung_on = due.get(each.pk)  # type: ignore[attr-defined]
    people = Employment.objects.managed_by(request.user, on=day).count()
    context = {"off": off, "to_do": to_do, "people": people, "today": day}
    return render(
        request, "absence/team_absence.html", context | {"may_record": employees_of(request.user).exists()}
    )
