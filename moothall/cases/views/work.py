"""My work and my team's: what needs somebody now, in order, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from moothall.cases.models import Case, Escalation, Step
from moothall.cases.models.attention import NOW, OnHand, Reason, by_attention
from moothall.cases.models.often_asked import (
    cases_in_hand,
    cases_of_nobody,
    cases_to_list,
    escalations_to,
    steps_to_do,
)
from moothall.cases.models.worklists import sight_of
from moothall.cases.panels import work_panels_for
from moothall.core.clock import today
from moothall.core.door import needs, signed_in
from moothall.core.navigation import first_page_for, jumps
from moothall.core.parts import render_page_or_part
from moothall.people.models import Account, Team
from moothall.people.models.often_asked import dismissed
from moothall.people.requests import StaffRequest

MOST = 500
SHOWN = 60
FIRST = {"escalated": 10, "needs-me": 25, "steps": 10, "nobodys": 10, "in-hand": 10}
ROW = ("service", "team", "assignee", "requester")
WORDS = {
    "late": _("late"),
    "soon": _("due today"),
    "came_back": _("came back"),
    "handed": _("handed to me"),
    "nobody": _("not taken yet"),
    "open": _("open"),
    "waiting": _("waiting on others"),
}
TOUR = (
    (
        "#needs-me",
        _("This is what needs you"),
        _("The most pressing first, and beside each why it is here. j and k move, Enter opens."),
    ),
    (
        ".mh-jump",
        _("Go anywhere"),
        _("Press / on any page and type a name, a reference or what you want to do."),
    ),
    (
        ".mh-menu--new",
        _("Start something"),
        _("A call, a visitor, a mailbox to bring in: it begins here."),
    ),
    (
        ".mh-menu--account",
        _("Nothing you do is final"),
        _("What you have done can be undone from the line at the top. Press ? for every key."),
    ),
)


@require_GET
@signed_in
def my_work(request: StaffRequest) -> HttpResponse:
    """The first page. Whoever works no cases is taken to what they have instead."""
    user = request.user
    if not user.may("cases.view"):
        return redirect(first_page_for(request))
    context = {
        **_parts(user, whole=request.GET.get("whole", "")),
        "panels": work_panels_for(user),
        "may_take": user.may("cases.work"),
        "tour": () if dismissed(account=user.pk, key="first-visit") else TOUR,
        "today": today(),
    }
    return render_page_or_part(request, "cases/my_work.html", "cases/parts/my_work.html", context)


def _parts(user: Account, *, whole: str) -> dict[str, Any]:
    """What stands on My work, part by part; `whole` names the one of which everything is shown."""
    most = FIRST | {key: MOST for key in FIRST if key == whole}
    ordered = by_attention(_assigned_to(user), on=today())
    now = [row for row in ordered if row[1][0].rank <= NOW]
    in_hand = ordered[len(now) :]
    rows = _as_listed(user, now[: most["needs-me"]] + in_hand[: most["in-hand"]])
    shown_now = [row for row in rows if row[1][0].rank <= NOW]
    free, steps = _unassigned(user, most["nobodys"]), _steps_for(user, most["steps"])
    escalated = _escalated_to(user, most["escalated"])
    return {
        "needs_now": Part("needs-me", shown_now, len(now)),
        "in_hand": Part("in-hand", rows[len(shown_now) :], len(in_hand)),
        "unassigned": Part("nobodys", by_attention(free, on=today()), _total(free)),
        "my_steps": Part("steps", steps, _total(steps)),
        "escalated": Part("escalated", escalated, _total(escalated)),
        "tallies": _my_tallies(ordered, _total(free)),
    }


@dataclass(frozen=True)
class Part:
    """A part of a page of work: its first rows (or all, when the address asks for the whole of it)."""

    key: str
    rows: Sequence[Any]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def _total(rows: Sequence[Any]) -> int:
    """How many there are altogether, as each row of a counted list says."""
    return int(rows[0].total) if rows else 0


Told = list[tuple[Case, list[Reason]]]
Tallies = list[tuple[str, Any, int]]


def _my_tallies(ordered: Sequence[tuple[Any, list[Reason]]], unassigned: int) -> Tallies:
    """How much there is of each kind that presses, leaving out what there is none of."""
    counts = Counter(reason.key for _case, reasons in ordered for reason in reasons)
    counts["soon"], counts["nobody"] = counts["due_today"], unassigned
    return [
        (key, WORDS[key], counts[key])
        for key in ("late", "soon", "came_back", "handed", "nobody")
        if counts[key]
    ]


def _steps_for(user: Account, most: int) -> list[Step]:
    """Steps assigned to this person, and those waiting for anybody in their teams."""
    sight = sight_of(user)
    if sight is None:
        return []
    return steps_to_do(account=sight.account, teams=sight.teams, works_in=user.team_ids(), most=most)


def _escalated_to(user: Account, most: int) -> list[Escalation]:
    sight = sight_of(user)
    if sight is None:
        return []
    return escalations_to(account=sight.account, teams=sight.teams, most=most)


def _assigned_to(user: Account) -> list[OnHand]:
    sight = sight_of(user)
    if sight is None:
        return []
    return cases_in_hand(account=sight.account, teams=sight.teams, on=today(), most=MOST)


def _as_listed(user: Account, chosen: "list[tuple[OnHand, list[Reason]]]") -> Told:
    """The rows that are shown, in their order; all the others were only put in order and counted."""
    sight = sight_of(user)
    if sight is None or not chosen:
        return []
    found = cases_to_list(
        account=sight.account, teams=sight.teams, cases=[each.pk for each, _reasons in chosen]
    )
    by_id = {case.pk: case for case in found}
    return [(by_id[each.pk], reasons) for each, reasons in chosen if each.pk in by_id]


def _unassigned(user: Account, most: int) -> list[Case]:
    sight, works_in = sight_of(user), user.team_ids()
    if sight is None or not works_in:
        return []
    return cases_of_nobody(account=sight.account, teams=sight.teams, works_in=works_in, on=today(), most=most)


@require_GET
@needs("cases.manage")
def team_work(request: StaffRequest) -> HttpResponse:
    """What is late in a team and why, and who carries how much."""
    user = request.user
    teams = list(_teams_of(user))
    team = _chosen(teams, request.GET.get("team", ""))
    open_cases = Case.objects.visible_to(user).unfinished().filter(team=team)
    late = list(open_cases.late(today()).select_related(*ROW).order_by("due_on", "id")[:MOST])
    loads = _loads(open_cases)
    shown = {case.pk for case in late}
    context: dict[str, Any] = {
        "team": team,
        "teams": teams,
        "late": by_attention(late, on=today())[:SHOWN],
        "more_late": len(late) > SHOWN,
        "loads": loads,
        "tallies": _team_tallies(loads),
        "escalated": [each for each in _escalated_to(user, SHOWN) if each.case_id not in shown],
        "may_assign": user.may("cases.assign"),
        "today": today(),
    }
    return render_page_or_part(request, "cases/team_work.html", "cases/parts/team_work.html", context)


def _teams_of(user: Account) -> Any:
    if user.standing().everywhere_for("cases.manage"):
        return Team.objects.order_by("name")
    return Team.objects.filter(pk__in=user.standing().teams_for("cases.manage")).order_by("name")


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
        empty = {"name": name or "", "open": 0, "late": 0, "waiting": 0, "ours": 0}
        load = loads.setdefault(account_id, empty)
        late, waits = due_on is not None and due_on < today(), waiting_on != Case.US
        load["open"] += 1
        load["late"] += late
        load["waiting"] += waits
        load["ours"] += not late and not waits
    most = max((load["open"] for load in loads.values()), default=1)
    for load in loads.values():
        load["parts"] = _bar(load, most)
    return sorted(loads.values(), key=lambda load: (bool(load["name"]), -load["open"], load["name"]))


def _bar(load: dict[str, Any], most: int) -> list[dict[str, Any]]:
    """The parts of a bar in hundredths of its width; what is both late and waiting is drawn as late."""
    parts: list[dict[str, Any]] = []
    begun = 0.0
    waiting = load["open"] - load["late"] - load["ours"]
    for key, count in (("late", load["late"]), ("ours", load["ours"]), ("waiting", waiting)):
        wide = 100 * count / most
        parts.append({"key": key, "from": f"{begun:.2f}", "wide": f"{wide:.2f}"})
        begun += wide
    return parts


def _team_tallies(loads: list[dict[str, Any]]) -> Tallies:
    counts = {key: sum(load[key] for load in loads) for key in ("late", "open", "waiting")}
    counts["nobody"] = sum(load["open"] for load in loads if not load["name"])
    return [(key, WORDS[key], counts[key]) for key in ("late", "nobody", "open", "waiting") if counts[key]]


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
