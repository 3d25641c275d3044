"""As whom somebody looks at a request, a leave or a reference, and whose they see in a list."""

from dataclasses import dataclass

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.visiting import sight_of


@dataclass(frozen=True)
class Part:
    """Several may hold at once; nobody manages or keeps what is their own."""

    own: bool
    manages: bool
    keeps: bool
    private: bool

    @property
    def decides(self) -> bool:
        return self.manages or self.keeps

    @property
    def sees(self) -> bool:
        return self.own or self.decides


def part_in(account: Account, employment_id: int) -> tuple[Part, Employment]:
    """The part of this account in what is asked about an employment, and the employment as it is now."""
    employment = Employment.objects.with_assignment(today()).get(pk=employment_id)
    sight, main = sight_of(account, employment), employment.main
    teams = {main.post.team_id} if main and main.post.team_id else set()
    keeps = not sight.own and account.standing().covers("workforce.edit", teams)
    return Part(
        own=sight.own,
        manages=sight.manages and not sight.own,
        keeps=keeps,
        private=keeps and sight.private,
    ), employment


def kept_by(account: Account, permission: str) -> list[int] | None:
    """The employments whose records this permission lets the account see; None is everybody's."""
    standing = account.standing()
    if standing.everywhere_for(permission):
        return None
    teams = standing.teams_for(permission)
    if not teams:
        return []
    held = Assignment.objects.in_force(today()).filter(post__team_id__in=teams)
    return list(held.order_by().values_list("employment_id", flat=True).distinct())


def led_by(account: Account) -> list[int]:
    """The employments of those whom this account manages today."""
    if account.person_id is None:
        return []
    led = Assignment.objects.in_force(today()).filter(manager__person_id=account.person_id)
    return list(led.order_by().values_list("employment_id", flat=True).distinct())
