"""What every page of credentials begins with: one credential, whose it is, and what may be done to it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from moothall.core.clock import today
from moothall.credentials.models import Credential
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Employment
from moothall.workforce.visiting import sight_of


@dataclass(frozen=True)
class Rights:
    """As whom somebody looks at what a person holds."""

    own: bool
    keeps: bool
    private: bool

    @property
    def may_see_all(self) -> bool:
        """Restrictions and evidence."""
        return self.own or self.keeps or self.private

    @property
    def may_add(self) -> bool:
        return self.own or self.keeps


def rights_over(account: Account, employment: Employment) -> Rights:
    sight, main = sight_of(account, employment), employment.main
    teams = [main.post.team_id] if main and main.post.team_id else []
    return Rights(sight.own, account.standing().covers("workforce.edit", teams), sight.private)


def find_credential(request: StaffRequest, number: int) -> tuple[Credential, Employment, Rights]:
    """The credential of this number, where this account sees a staff record of whoever holds it."""
    rows = Credential.objects.select_related(
        "person", "kind", "evidence", "recorded_by", "verified_by", "refused_by", "withdrawn_by"
    )
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    theirs = (
        Employment.objects.visible_to(request.user).with_assignment(today()).filter(person=found.person_id)
    )
    employment = theirs.order_by("-started_on", "-id").first()
    if employment is None:
        raise Http404
    return found, employment, rights_over(request.user, employment)


def find_kept(request: StaffRequest, number: int) -> Credential:
    """The same, for whoever keeps that person's record."""
    found, _employment, rights = find_credential(request, number)
    if not rights.keeps:
        raise PermissionDenied
    return found
