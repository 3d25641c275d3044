"""What every page of an appraisal begins with: the appraisal, and as whom somebody looks at it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from moothall.appraisal.models import Appraisal, Cycle
from moothall.core.clock import today
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Assignment, Employment


@dataclass(frozen=True)
class Rights:
    """As whom somebody looks at an appraisal: the one it is about, their manager today, that one's manager,
    or the desk that keeps it."""

    own: bool
    manages: bool
    second: bool
    keeps: bool

    @property
    def takes_part(self) -> bool:
        return self.own or self.manages

    @property
    def decides(self) -> bool:
        """Leaving out and opening again."""
        return not self.own and (self.manages or self.keeps)

    @property
    def looks_again(self) -> bool:
        return not self.own and (self.second or self.keeps)


def rights_over(account: Account, employment: Employment) -> Rights:
    """`employment` comes with its assignment of today."""
    main = employment.main
    manager = main.manager if main else None
    mine = account.person_id
    own = mine is not None and employment.person_id == mine
    above = False
    if manager is not None and mine is not None:
        led = Assignment.objects.in_force(today()).filter(employment=manager, manager__person_id=mine)
        above = led.exists()
    teams = {main.post.team_id} if main and main.post.team_id else set()
    keeps = not own and account.standing().covers("workforce.edit", teams)
    manages = manager is not None and mine is not None and manager.person_id == mine
    return Rights(own, manages, above, keeps)


def find_appraisal(request: StaffRequest, number: int) -> tuple[Appraisal, Employment, Rights]:
    """The appraisal of this number, if it exists for this account."""
    found = Appraisal.objects.visible_to(request.user).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    employment = Employment.objects.with_assignment(today()).get(pk=found.employment_id)
    return found, employment, rights_over(request.user, employment)


def find_for(request: StaffRequest, number: int, *who: str) -> Appraisal:
    """The same, for whoever is one of these; everybody else who sees it may only read."""
    found, _employment, rights = find_appraisal(request, number)
    if not any(getattr(rights, name) for name in who):
        raise PermissionDenied
    return found


def find_cycle(cycle_id: int) -> Cycle:
    found = Cycle.objects.select_related("framework").filter(pk=cycle_id).first()
    if found is None:
        raise Http404
    return found


def teams_of(account: Account) -> list[int] | None:
    """The teams whose staff records this account sees; None: everybody's."""
    standing = account.standing()
    return None if standing.everywhere_for("workforce.view") else list(standing.teams_for("workforce.view"))
