"""Sharing a pile out fairly: proposals with their reasons, accepted one by one or together, and undone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.cases.models import Case
from moothall.cases.visiting import case_address, with_case
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.parts import render_page_or_part
from moothall.people.models import Account, Team
from moothall.people.requests import StaffRequest
from moothall.workload.forms import SharingForm
from moothall.workload.models import Share
from moothall.workload.rules.sharing import crew_of, propose, share_out, take_share_back

from .finding import chosen_team, team_called

MOST = 100


def _pile(request: StaffRequest, team: Team) -> list[Case]:
    """What nobody in the team has taken: what is due first comes first."""
    cases = Case.objects.visible_to(request.user).waiting_for_anybody().filter(team=team)
    cases = cases.exclude(confidentiality=Case.SEALED).select_related(
        "service", "version", "requester", "team"
    )
    return list(cases.order_by("due_on", "priority", "received_at", "id")[:MOST])


@require_GET
@needs("cases.assign")
def sharing(request: StaffRequest) -> HttpResponse:
    """The pile, and whom each case should go to."""
    teams, team = chosen_team(request, "cases.assign")
    crew = crew_of(team, today=today())
    proposals = propose(_pile(request, team), crew)
    context = {"teams": teams, "team": team, "proposals": proposals, "crew": crew, "most": MOST}
    context["any_to_give"] = any(each.to for each in proposals)
    return render(request, "workload/sharing.html", context)


@require_POST
@needs("cases.assign")
def accept_sharing(request: StaffRequest, key: str) -> HttpResponse:
    """Give out what was ticked."""
    team = team_called(request, key, "cases.assign")
    form = SharingForm(request.POST.getlist("pair"))
    visible = Case.objects.visible_to(request.user).filter(team=team).exclude(confidentiality=Case.SEALED)
    cases = visible.in_bulk([case for case, _account in form.pairs])
    people = {each.pk: each for each in Account.objects.working_in(team.pk)}
    pairs = [
        (cases[case], people[account]) for case, account in form.pairs if case in cases and account in people
    ]
    share = share_out(pairs, team=team, by=request.user, at=now())
    count = share.cases.count()
    words = ngettext("%d case was shared out.", "%d cases were shared out.", count) % count
    messages.success(request, words, extra_tags=reverse("undo_sharing", args=[share.pk]))
    return redirect(f"{reverse('sharing')}?team={key}")


@require_POST
@needs("cases.assign")
def undo_sharing(request: StaffRequest, share_id: int) -> HttpResponse:
    share = Share.objects.filter(pk=share_id, by=request.user).select_related("team").first()
    if share is None:
        raise Http404
    back, stayed = take_share_back(share, by=request.user, at=now())
    words = ngettext("%d case is back in the pile.", "%d cases are back in the pile.", back) % back
    if stayed:
        more = ngettext("%d has moved on and stays.", "%d have moved on and stay.", stayed) % stayed
        words = f"{words} {more}"
    messages.success(request, words)
    return redirect(f"{reverse('sharing')}?team={share.team.key}")


@require_http_methods(["GET", "POST"])
@needs("cases.assign")
@with_case
def suggest_worker(request: StaffRequest, case: Case) -> HttpResponse:
    """Who should take this one case, and why; one press gives it to them."""
    [proposal] = propose([case], crew_of(case.team, today=today()))
    if request.method == "POST" and proposal.to is not None:
        share = share_out([(case, proposal.to)], team=case.team, by=request.user, at=now())
        words = _("Given to %s.") % proposal.to.name
        messages.success(request, words, extra_tags=reverse("undo_sharing", args=[share.pk]))
        return redirect(case_address(case))
    return render_page_or_part(
        request, "workload/suggestion.html", "workload/parts/suggestion.html",
        {"case": case, "proposal": proposal},
    )  # fmt: skip
