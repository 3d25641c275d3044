"""Published schedules in which something has changed, and repairs of them, for tests."""

import datetime as dt
from typing import Any

from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account
from moothall.training.models import DutyFile, DutyLine, Repair, ScheduleVersion, Session
from moothall.training.planning.repairing import make_repair
from moothall.training.rules.announcing import tell_of_schedule
from moothall.training.rules.repairs import ask_for_repair
from moothall.workforce.models import Employment, Skill
from moothall.workforce.tests.make import make_skill

from .make import MONDAY, TODAY, make_course, make_line, make_schedule, make_site, make_team, publish_lines
from .make_plans import make_trainer

FIGURES = {
    "sessions": 2, "placed": 2, "lost": 1, "back": 1, "moved": 0, "waited": 0, "left": 0, "bound": 2,
}  # fmt: skip
DAY = dt.timedelta(days=1)
LATER = MONDAY + 14 * DAY


class World:
    """A course held twice by a trainer of its skill, two weeks apart: those with a place in the first session
    are `people`, and as many seats are free in the second as `places`."""

    def __init__(
        self, size: int = 4, placed: int = 2, places: int = 4, least: int | None = None,
        first: dt.date = MONDAY,
    ) -> None:  # fmt: skip
        self.manager, everybody = make_team(size, least=least)
        self.people = everybody[:placed]
        self.others = everybody[placed:]
        self.skill: Skill = make_skill()
        self.trainer = make_trainer(self.skill)
        self.schedule = make_schedule(from_on=first - 100 * DAY, until_on=first + 300 * DAY)
        self.course, self.site = make_course(skill=self.skill), make_site()
        given: dict[str, Any] = {"place_id": self.site.pk, "trainers": (self.trainer.pk,), "places": places}
        self.lines = [
            make_line(
                "a", self.course, days=(first,), people=tuple(each.pk for each in self.people), **given
            ),
            make_line("b", self.course, days=(first + 14 * DAY,), **given),
        ]
        self.version = self.make_version()

    def make_version(self) -> ScheduleVersion:
        return publish_lines(*self.lines, schedule=self.schedule)

    @property
    def first(self) -> Session:
        return session_of(self.version, "a")

    @property
    def second(self) -> Session:
        return session_of(self.version, "b")


def ahead() -> dt.date:
    """A Monday that lies ahead of the clock of the pages."""
    day = today() + 63 * DAY
    return day - day.weekday() * DAY


def session_of(version: ScheduleVersion, key: str) -> Session:
    session = version.lines.get(key=key).session
    assert session is not None
    return session


def is_away(who: Employment, day: dt.date = MONDAY, kind: str = DutyLine.SICK) -> None:
    """The duty system says so."""
    file = DutyFile.objects.create(name="duties.csv", digest="", brought_at=AT)
    DutyLine.objects.create(employment=who, day=day, part="D", kind=kind, file=file)


def is_told(version: ScheduleVersion) -> None:
    """Everybody hears of their place; nothing else is in the outbox then."""
    tell_of_schedule(version.pk, at=AT)
    Letter.objects.all().delete()


def make_asked(version: ScheduleVersion, by: Account | None = None, **changes: Any) -> Repair:
    given: dict[str, Any] = {
        "frozen_until": TODAY, "by": by or make_account(), "at": AT, "today": TODAY,
    }  # fmt: skip
    return ask_for_repair(version, **given | changes)


def make_repaired(version: ScheduleVersion, **changes: Any) -> Repair:
    """Asked for, and looked for."""
    asked = make_asked(version, **changes)
    make_repair(asked.pk, clock=now, today=TODAY)
    return Repair.objects.in_full().get(pk=asked.pk)
