"""A manager's page: who of the team has what, what runs out, and booking several at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.leave.models import decided_by
from moothall.people.requests import StaffRequest
from moothall.training.models import Course, Need, Nomination, Session
from moothall.training.rules.nominating import put_many_forward
from moothall.workforce.models import Employment

MOST = 200
SESSIONS = 60


@require_GET
@signed_in
def team_training(request: StaffRequest) -> HttpResponse:
    """The people whose training I decide on, against the courses that are asked of them."""
    day = today()
    team = decided_by(request.user, on=day).in_force(day).select_related("person")
    people = list(team.order_by("person__folded_name", "id")[:MOST])
    ids = [each.pk for each in people]
    needs = {
        (each.employment_id, each.course_id): each
        for each in Need.objects.filter(employment__in=ids).stating(day).order_by("pk")
    }
    places = Nomination.objects.standing().filter(employment__in=ids, session__last_on__gte=day)
    booked = {
        (each.employment_id, each.session.version.course_id): each
        for each in places.in_full().order_by("-session__first_on", "-id")
    }
    columns = _columns({course for _who, course in needs} | {course for _who, course in booked})
    rows = [
        (who, [(each, needs.get((who.pk, each.pk)), booked.get((who.pk, each.pk))) for each in columns])
        for who in people
    ]
    context = {
        "rows": rows, "columns": columns, "today": day, "sessions": _sessions(columns),
        "over": sum(each.due_on is not None and each.due_on < day for each in needs.values()),
        "waiting": Nomination.objects.waiting_for(request.user, on=day).in_full()[:SESSIONS],
        "chosen": request.GET.get("session", ""),
    }  # fmt: skip
    return render(request, "training/team.html", context)


def _columns(ids: set[int]) -> list[Course]:
    language = get_language() or "en"
    return sorted(Course.objects.filter(pk__in=ids), key=lambda each: each.name_in(language))


def _sessions(columns: list[Course]) -> list[Session]:
    """What can be booked: sessions to come, those of the courses above first."""
    wanted = {each.pk for each in columns}
    rows = Session.objects.to_come(today()).in_full()
    found = list(rows[: 2 * SESSIONS])
    return sorted(found, key=lambda each: each.version.course_id not in wanted)[:SESSIONS]


@require_POST
@signed_in
def book_team(request: StaffRequest) -> HttpResponse:
    """Those ticked, for one session: each gets a place or is told why not yet."""
    ids = [int(each) for each in request.POST.getlist("ids")[:MOST] if each.isdecimal() and len(each) < 18]
    chosen = request.POST.get("session", "")
    session = Session.objects.standing().filter(
        pk=int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0
    )
    found = session.first()
    if not ids or found is None:
        messages.error(request, _("Tick the people and choose a session."))
        return redirect("team_training")
    people = list(Employment.objects.filter(pk__in=decided_by(request.user, on=today()).filter(pk__in=ids)))
    if not people:
        raise Http404
    made = put_many_forward(people, found, by=request.user, at=now(), today=today())
    _say(request, made)
    return redirect("team_training")


def _say(request: StaffRequest, made: list[Nomination]) -> None:
    placed = sum(each.state == Nomination.PLACED for each in made)
    words: Any = ngettext("%(count)s person has a place.", "%(count)s people have a place.", placed)
    messages.success(request, words % {"count": placed})
    for each in made:
        if each.state == Nomination.WAITING:
            said = {"who": each.employment.person.full_name, "why": each.get_waits_because_display()}
            more = f" ({each.waits_for})" if each.waits_for else ""
            messages.info(request, _("%(who)s waits: %(why)s") % said + more)
