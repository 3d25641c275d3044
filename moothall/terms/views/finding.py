"""What every page of a term begins with: the term, whose it is, and what may be done about it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.terms.models import Term
from moothall.workforce.models import Employment
from moothall.workforce.visiting import sight_of


@dataclass(frozen=True)
class Rights:
    """As whom somebody looks at what falls due for a person. Nobody decides on their own."""

    own: bool
    manages: bool
    keeps: bool
    private: bool

    @property
    def decides(self) -> bool:
        return (self.manages or self.keeps) and not self.own

    @property
    def sees_pay(self) -> bool:
        return self.own or self.private

    @property
    def sees_way(self) -> bool:
        """Whether a retirement is for ill health is private."""
        return self.own or self.private


def rights_over(account: Account, employment: Employment) -> Rights:
    sight, main = sight_of(account, employment), employment.main
    teams = [main.post.team_id] if main and main.post.team_id else []
    keeps = account.standing().covers("workforce.edit", teams)
    return Rights(sight.own, sight.manages, keeps, sight.private)


def find_term(request: StaffRequest, number: int) -> tuple[Term, Employment, Rights]:
    """The term of this number, if it exists for this account."""
    found = Term.objects.filter(pk=number).in_full().first()
    if found is None:
        raise Http404
    shown = Employment.objects.visible_to(request.user).with_assignment(today())
    employment = shown.filter(pk=found.employment_id).first()
    if employment is None:
        raise Http404
    return found, employment, rights_over(request.user, employment)


def find_to_decide(request: StaffRequest, number: int) -> tuple[Term, Employment, Rights]:
    """The same, for the manager and for whoever keeps the record."""
    found = find_term(request, number)
    if not found[2].decides:
        raise PermissionDenied
    return found


def find_kept(request: StaffRequest, number: int) -> tuple[Term, Employment, Rights]:
    """The same, for whoever keeps the record."""
    found = find_term(request, number)
    if not found[2].keeps or found[2].own:
        raise PermissionDenied
    return found
