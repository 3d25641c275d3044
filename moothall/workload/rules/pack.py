"""The part of a demo about workload: everybody's hours, some leave, who knows what, and what came in."""

import datetime as dt
from random import Random

from django.utils.translation import gettext as _

from moothall.cases.models import Service
from moothall.core.clock import in_london
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account, Team, WorkHours
from moothall.people.rules.working import DayHours, enter_absence, say_language, set_week
from moothall.workload.models import Pace, ServiceSkill

from .demand import count_demand, set_pace

SINCE = dt.timedelta(days=400)
NINE, FIVE, ONE = dt.time(9), dt.time(17), dt.time(13)
FULL = tuple(DayHours(day, NINE, FIVE) for day in range(5))
PART = tuple(DayHours(day, NINE, ONE) for day in range(5))
SHORT_WEEK = tuple(DayHours(day, dt.time(8, 30), dt.time(17, 30)) for day in range(4))
PATTERNS = (FULL, FULL, SHORT_WEEK, PART)


def load_part(pack: Pack, progress: Progress) -> None:
    """Sample hours and skills, unless the office has any."""
    if not (pack.demo and pack.scale) or WorkHours.objects.exists():
        return
    progress.begin(_("Hours and skills"))
    rng, day = Random(f"{pack.seed}/hours"), in_london(pack.at).date()  # noqa: S311
    services, resting = {team: list(rows) for team, rows in _services()}, set[int]()
    for team in Team.objects.order_by("pk"):
        people = list(Account.objects.working_in(team.pk))
        for number, account in enumerate(people):
            hours = PATTERNS[number % len(PATTERNS)]
            set_week(account, hours=hours, from_on=day - SINCE, by=None, at=pack.at)
            if account.language == "cy":
                say_language(account, language="cy", level=3, by=None, at=pack.at)
            ServiceSkill.objects.bulk_create(
                ServiceSkill(account=account, service=service, level=rng.randint(1, 3))
                for service in services.get(team.pk, [])
                if number == 0 or rng.random() < 0.7
            )
            progress.advance()
        working = [each for each in people if each.pk not in resting]
        if len(people) > 1 and working:
            resting.add(working[-1].pk)
            first = day + dt.timedelta(days=rng.randint(3, 12))
            last = first + dt.timedelta(days=4)
            enter_absence(working[-1], kind="LEAVE", from_on=first, until_on=last, by=None, at=pack.at)
        if people and not Pace.objects.filter(team=team).exists():
            set_pace(team, minutes=25, percent=45, from_on=day - SINCE, by=None, at=pack.at)
    count_demand(today=day)
    progress.end()


def _services() -> list[tuple[int, list[Service]]]:
    rows = Service.objects.filter(retired_at=None).order_by("pk")
    teams = sorted({each.team_id for each in rows})
    return [(team, [each for each in rows if each.team_id == team]) for team in teams]
