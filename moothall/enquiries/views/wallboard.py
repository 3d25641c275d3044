"""The wallboard: a team's numbers, live, in letters that are read from across the room."""

import hashlib
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, public
from moothall.core.form_pages import filled, show_form
from moothall.core.parts import is_part
from moothall.enquiries.forms.wallboard import AnswerTargetForm, DisplayForm
from moothall.enquiries.models.wallboard import AnswerTarget, DisplayLink
from moothall.enquiries.rules import wallboard as rules
from moothall.people.models import Team
from moothall.people.requests import StaffRequest


def _teams(request: StaffRequest, permission: str) -> QuerySet[Team]:
    standing = request.user.standing()
    if standing.everywhere_for(permission):
        return Team.objects.order_by("name")
    return Team.objects.filter(pk__in=standing.teams_for(permission)).order_by("name")


def _team(request: StaffRequest, key: str, permission: str) -> Team:
    found = _teams(request, permission).filter(key=key).first()
    if found is None:
        raise Http404
    return found


@require_GET
@needs("cases.view")
def wallboard(request: StaffRequest) -> HttpResponse:
    """The numbers of one's team; `team` in the address is another one."""
    teams = list(_teams(request, "cases.view"))
    asked = request.GET.get("team", "")
    team = next((each for each in teams if each.key == asked), teams[0] if teams and not asked else None)
    if team is None:
        raise Http404
    manages = request.user.standing().covers("cases.manage", [team.pk])
    return _board(request, team, {"teams": teams, "manages": manages, "standing": True})


@require_GET
@public
def wallboard_display(request: HttpRequest, token: str) -> HttpResponse:
    """A screen on the wall: nobody is signed in, and nothing but numbers is shown."""
    link = rules.display_of(token)
    if link is None:
        raise Http404
    with translation.override(link.language):
        return _board(request, link.team, {"standing": False})


def _board(request: HttpRequest, team: Team, more: dict[str, Any]) -> HttpResponse:
    """The page, or the numbers alone for htmx; neither again while nothing has changed."""
    numbers = rules.numbers_of(team, at=now(), today=today())
    part, language = is_part(request), translation.get_language() or "en"
    said = f"{numbers}/{team.pk}/{language}/{today()}"
    mark = f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'
    if part and request.headers.get("If-None-Match") == mark:
        response: HttpResponse = HttpResponseNotModified()
    else:
        page = "enquiries/wallboard.html" if more["standing"] else "enquiries/wallboard_display.html"
        template = "enquiries/parts/wallboard.html" if part else page
        response = render(request, template, {"team": team, "numbers": numbers, "most": rules.MOST, **more})
    if part:
        response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "HX-Request, Cookie, Accept-Language"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_GET
@needs("cases.manage")
def wallboard_setup(request: StaffRequest, key: str) -> HttpResponse:
    """The target of a team, and the screens that show its numbers."""
    team = _team(request, key, "cases.manage")
    links = list(DisplayLink.objects.in_force().filter(team=team).select_related("made_by"))
    shown = [
        (link, request.build_absolute_uri(reverse("wallboard_display", args=[rules.signed(link)])))
        for link in links
    ]
    targets = AnswerTarget.objects.filter(team=team).select_related("set_by").order_by("-from_on", "-id")[:10]
    return render(
        request, "enquiries/wallboard_setup.html", {"team": team, "links": shown, "targets": targets}
    )


@needs("cases.manage")
def wallboard_target(request: StaffRequest, key: str) -> HttpResponse:
    team = _team(request, key, "cases.manage")
    held = AnswerTarget.objects.in_force(team, on=today())
    initial = {"from_on": today(), "answers": held.answers if held else None}
    return show_form(
        request, filled(request, AnswerTargetForm, initial=initial), title=_("Answers a day"),
        rule=lambda data: rules.set_answer_target(team, by=request.user, at=now(), **data),
        words=_("The target is set."), back=reverse("wallboard_setup", args=[key]),
    )  # fmt: skip


@needs("cases.manage")
def hang_display(request: StaffRequest, key: str) -> HttpResponse:
    team = _team(request, key, "cases.manage")
    return show_form(
        request, filled(request, DisplayForm), title=_("A screen on the wall"),
        lead=_("Whoever has the address sees the numbers and nothing else, until you take it back."),
        rule=lambda data: rules.hang_display(team, by=request.user, at=now(), **data),
        words=_("The address is made: open it on the screen."), button=_("Make the address"),
        back=reverse("wallboard_setup", args=[key]),
    )  # fmt: skip


@require_POST
@needs("cases.manage")
def revoke_display(request: StaffRequest, key: str, link_id: int) -> HttpResponse:
    team = _team(request, key, "cases.manage")
    link = DisplayLink.objects.in_force().filter(pk=link_id, team=team).first()
    if link is None:
        raise Http404
    rules.revoke_display(link, by=request.user, at=now())
    messages.success(request, _("That screen shows nothing any more."))
    return redirect("wallboard_setup", key=key)
