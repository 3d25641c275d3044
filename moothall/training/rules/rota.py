"""Who is on duty on which part of which day: by the duty system where it says, else by patterns."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from moothall.leave.rules.working import Worked, read_work, team_work
from moothall.training.models import DutyLine, TrainerDay
from moothall.training.models.ledger import DAY
from moothall.workforce.away import KINDS, TRAINING, Away, away_between
from moothall.workforce.models import EmployeeSkill, Employment

from .pathways.class_days import class_days

ONE: Final = dt.timedelta(days=1)


@dataclass
class Rota:
    """What is known of some people between two days."""

    first: dt.date
    last: dt.date
    people: dict[int, Worked]
    lines: dict[tuple[int, dt.date], DutyLine] = field(default_factory=dict)
    away: dict[int, list[Away]] = field(default_factory=lambda: defaultdict(list))
    taught: set[tuple[int, dt.date]] = field(default_factory=set)
    """Who teaches, or is in a class of students, on which day."""
    skills: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def part(self, who: int, day: dt.date) -> str:
        """The part of the day on which they are rostered, whether or not they are away; empty for none."""
        if (line := self.lines.get((who, day))) is not None:
            return "" if line.kind == DutyLine.REST else line.part
        return DAY if self.people[who].hours_on(day) > 0 else ""

    def is_rest(self, who: int, day: dt.date) -> bool:
        """Whether the duty system says that it is a rest day."""
        line = self.lines.get((who, day))
        return line is not None and line.kind == DutyLine.REST

    def is_there(self, who: int, day: dt.date) -> bool:
        """Whether somebody on duty that day is with their team."""
        return (who, day) not in self.taught and not self.why_away(who, day)

    def why_away(self, who: int, day: dt.date) -> str:
        """Why they are not there that day, in a word; empty where they are."""
        line = self.lines.get((who, day))
        if line is not None and line.kind in DutyLine.AWAY:
            return str(line.get_kind_display())
        for each in self.away.get(who, ()):
            if each.from_on <= day and (each.until_on is None or day <= each.until_on):
                return str(KINDS[each.kind])
        return ""


def rota_of_units(units: Collection[int], first: dt.date, last: dt.date) -> tuple[Rota, dict[int, list[int]]]:
    """The rota of everybody in these units, and who is in each of them."""
    teams = team_work(units, first, last)
    people = {each.employment.pk: each for team in teams.values() for each in team}
    members = {unit: [each.employment.pk for each in team] for unit, team in teams.items()}
    return _filled(Rota(first, last, people)), members


def rota_of(employments: Iterable[Employment], first: dt.date, last: dt.date) -> Rota:
    return _filled(Rota(first, last, read_work(employments, first, last)))


def _filled(rota: Rota) -> Rota:
    """With duties, absences and skills, one query or two each."""
    ids = list(rota.people)
    rows = DutyLine.objects.filter(employment__in=ids, day__gte=rota.first, day__lte=rota.last)
    rota.lines = {(each.employment_id, each.day): each for each in rows}
    for away in away_between(ids, rota.first, rota.last):
        if away.kind != TRAINING:
            rota.away[away.employment_id].append(away)
    teaching = TrainerDay.objects.filter(trainer__in=ids, day__gte=rota.first, day__lte=rota.last)
    rota.taught = set(teaching.order_by().values_list("trainer_id", "day"))
    rota.taught |= {(each.employment_id, each.day) for each in class_days(rota.first, rota.last, ids)}
    held = EmployeeSkill.objects.filter(employment__in=ids, ended_at=None, level__gte=EmployeeSkill.ABLE)
    for who, skill in held.values_list("employment_id", "skill_id"):
        rota.skills[who].add(skill)
    return rota
