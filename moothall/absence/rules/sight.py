"""As whom somebody looks at an absence, and what that lets them see."""

import datetime as dt
from dataclasses import dataclass

from moothall.people.models import Account
from moothall.workforce.known import known_assignments
from moothall.workforce.models import Assignment, Employment


@dataclass(frozen=True)
class Sight:
    """Several may hold at once. Why somebody is ill is for themselves and for those who keep records."""

    own: bool = False
    manages: bool = False
    desk: bool = False
    private: bool = False

    @property
    def sees_reason(self) -> bool:
        return self.own or self.desk or self.private

    @property
    def may_record(self) -> bool:
        return self.desk or self.manages

    @property
    def sees_dates(self) -> bool:
        return self.own or self.may_record or self.private


def _assigned(employment: Employment, on: dt.date) -> list[tuple[int | None, int | None]]:
    """The team of the post and the person of the manager, of each assignment of that day."""
    known = known_assignments(employment, on, on)
    if known is not None:
        return [(each.post.team_id, each.manager.person_id if each.manager else None) for each in known]
    there = Assignment.objects.in_force(on).filter(employment=employment)
    return list(there.values_list("post__team_id", "manager__person_id"))


def sight_of(account: Account, employment: Employment, *, on: dt.date) -> Sight:
    """In two questions: the assignments of the day, and what this account holds."""
    standing = account.standing()
    rows = _assigned(employment, on)
    teams = {team for team, _manager in rows if team is not None}
    mine = account.person_id is not None
    own = mine and employment.person_id == account.person_id
    return Sight(
        own=own,
        manages=mine and not own and any(manager == account.person_id for _team, manager in rows),
        desk=not own and standing.covers("absence.record", teams),
        private=standing.covers("workforce.private", teams),
    )
