"""My work and my team's: what needs somebody now, in order, and why."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from moothall.cases.models import Case, Escalation, Step
from moothall.cases.models.attention import NOW, by_attention
from moothall.core.clock import today
from moothall.core.door import needs, signed_in
from moothall.core.navigation import jumps
from moothall.core.parts import render_page_or_part
from moothall.people.models import Account, Dismissal, Team
from moothall.people.requests import StaffRequest

MOST = 200
SHOWN = 60
ROW = ("service", "team", "assignee", "requester")


@require_GET
@needs("cases.view")
def my_work(request: StaffRequest) -> HttpResponse:
    user = request.user
    mine = list(
        Case.objects.visible_to(user).assigned_to(user).on_hand(today()).select_related(*ROW)
        .order_by("due_on", "id")[:MOST]
    )  # fmt: skip
    ordered = by_attention(mine, on=today())
    now_rows = [(case, reasons) for case, reasons in ordered if reasons[0].rank <= NOW]
    context = {
        "needs_now": now_rows[:SHOWN],
        "in_hand": [(case, reasons) for case, reasons in ordered if reasons[0].rank > NOW][:SHOWN],
        "counts": Counter(reasons[0].key for _case, reasons in ordered),
        "my_steps": _steps_for(user),
        "escalated": _escalated_to(user),
        "unassigned": _unassigned(user),
        "tour": not Dismissal.objects.filter(account=user, key="first-visit").exists(),
        "today": today(),
    }
    return render_page_or_part(request, "cases/my_work.html", "cases/parts/my_work.html", context)


def _steps_for(user: Account) -> list[Step]:
    """Steps assigned to this person, and those waiting for anybody in their teams."""
    ready = Step.objects.ready().filter(case__in=Case.objects.visible_to(user).unfinished())
    mine = ready.filter(assignee=user) | ready.filter(assignee=None, team_id__in=user.team_ids())
    return list(mine.select_related("case", "team")[:SHOWN])


def _escalated_to(user: Account) -> list[Escalation]:
    found = Escalation.objects.filter(to=user, settled_at=None, case__in=Case.objects.visible_to(user))
    return list(
        found.select_related("case__service", "case__assignee", "case__team", "step").order_by("-at")[:SHOWN]
    )


def _unassigned(user: Account) -> list[Case]:
    if not user.team_ids():
        return []
    waiting = Case.objects.visible_to(user).on_hand(today()).unassigned().filter(team_id__in=user.team_ids())
    return list(waiting.select_related(*ROW).order_by("-received_at", "-id")[:20])


@require_GET
@needs("cases.manage")
def team_work(request: StaffRequest) -> HttpResponse:
    """What is late in a team and why, and who carries how much."""
    user = request.user
    teams = list(_teams_of(user))
    team = _chosen(teams, request.GET.get("team", ""))
    open_cases = Case.objects.visible_to(user).unfinished().filter(team=team)
    late = list(open_cases.late(today()).select_related(*ROW).order_by("due_on", "id")[:MOST])
    context: dict[str, Any] = {
        "team": team,
        "teams": teams,
        "late": by_attention(late, on=today())[:SHOWN],
        "more_late": len(late) > SHOWN,
        "loads": _loads(open_cases),
        "escalated": _escalated_to(user),
        "today": today(),
    }
    return render_page_or_part(request, "cases/team_work.html", "cases/parts/team_work.html", context)


def _teams_of(user: Account) -> Any:
    if user.standing().everywhere:
        return Team.objects.order_by("name")
    return Team.objects.filter(pk__in=user.team_ids()).order_by("name")


def _chosen(teams: list[Team], key: str) -> Team:
    found = [team for team in teams if team.key == key] or (teams if not key else [])
    if not found:
        raise Http404
    return found[0]


def _loads(open_cases: Any) -> list[dict[str, Any]]:
    """For each person, and for nobody: how many open cases, how many late, how many waiting on others."""
    rows = open_cases.values_list("assignee_id", "assignee__name", "due_on", "waiting_on")
    loads: dict[int | None, dict[str, Any]] = {}
    for account_id, name, due_on, waiting_on in rows[:20_000]:
        load = loads.setdefault(account_id, {"name": name or "", "open": 0, "late": 0, "waiting": 0})
        load["open"] += 1
        load["late"] += due_on is not None and due_on < today()
        load["waiting"] += waiting_on != Case.US
    return sorted(loads.values(), key=lambda load: (not load["late"], -load["late"], load["name"]))


@require_GET
@signed_in
def jump(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    context = {"words": words, "groups": jumps(request, words) if words else []}
    return render_page_or_part(request, "cases/jump.html", "cases/parts/jump_options.html", context)


@require_GET
@signed_in
def jump_options(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    context = {"words": words, "groups": jumps(request, words) if words else []}
    return render_page_or_part(
        request, "cases/parts/jump_options.html", "cases/parts/jump_options.html", context
    )
