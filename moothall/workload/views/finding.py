"""Which teams somebody leads, and which colleagues they may plan for."""

from django.db.models import QuerySet
from django.http import Http404

from moothall.people.models import Account, Team
from moothall.people.requests import StaffRequest


def teams_led(request: StaffRequest, permission: str = "cases.manage") -> QuerySet[Team]:
    standing = request.user.standing()
    if standing.everywhere_for(permission):
        return Team.objects.order_by("name")
    return Team.objects.filter(pk__in=standing.teams_for(permission)).order_by("name")


def chosen_team(request: StaffRequest, permission: str = "cases.manage") -> tuple[list[Team], Team]:
    """The teams there are to choose from, and the one asked for, else the first."""
    teams, asked = list(teams_led(request, permission)), request.GET.get("team", "")
    found = [each for each in teams if each.key == asked] or (teams if not asked else [])
    if not found:
        raise Http404
    return teams, found[0]


def team_called(request: StaffRequest, key: str, permission: str = "cases.manage") -> Team:
    found = teams_led(request, permission).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def colleague(request: StaffRequest, account_id: int) -> Account:
    """Somebody who works in a team that one leads; oneself always."""
    if account_id == request.user.pk:
        return request.user
    for team in teams_led(request):
        found = Account.objects.working_in(team.pk).filter(pk=account_id).first()
        if found is not None:
            return found
    raise Http404
