"""A sample office of full size: passengers, crews, contractors, plans by the engine, weeks, a year of it.

`moothall load passenger-transport --scale 1`. The same seed gives the same office.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.core.clock import LONDON, in_london
from moothall.core.packs import Pack, Progress
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import CrewWeek, Run, RunPlan, Vehicle
from moothall.transport.rules import publishing
from moothall.transport.rules.accounting import account_for_day, owner_of_all
from moothall.transport.rules.crew_weeks import monday_of
from moothall.transport.rules.large_crews import add_crews
from moothall.transport.rules.large_firms import Firm, add_firms, allot_jobs, allot_runs, jobs_of
from moothall.transport.rules.large_office import WEEK, Large, add_centres, add_fleet, read_large
from moothall.transport.rules.large_people import add_passengers
from moothall.transport.rules.run_plans import Half, keep_made
from moothall.transport.rules.run_vehicles import give_usual
from moothall.transport.rules.sample_fleet import give_papers
from moothall.transport.rules.value_figures import months_before

from .counting import count_month
from .crew_making import make_week
from .large_year import write_year
from .making import made_halves
from .sample_plan import AHEAD, DEARER, LAST_YEAR, SINCE, SPRING
from .sample_year import MONTHS, earlier_prices, invoices

ROUNDS: Final = 24  # of search for each passenger and direction
SECONDS: Final = 120  # and no longer than this
CREW_SECONDS, CREW_ROUNDS, WEEKS = 20, 3, 2
DAY: Final = dt.timedelta(days=1)


@for_the_office()
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only where somebody asked for an office of some scale."""
    large = read_large(pack)
    if large is None or RunPlan.objects.exists() or not Vehicle.objects.exists():
        return
    today = in_london(pack.at).date()
    with transaction.atomic():
        firms = _people(large, progress)
        plans = _plans(large, progress)
        allot_runs(large, firms, plans[1])
        _from_today(large, plans[1], today, progress)
    write_year(pack, plans, today, progress)
    with transaction.atomic():
        _worth(pack, today, progress)


def _people(large: Large, progress: Progress) -> Sequence[Firm]:
    progress.begin(_("A large office"), large.passengers + large.staff + large.contractors)
    add_centres(large)
    add_fleet(large)
    give_papers(large.pack)
    firms = add_firms(large)
    progress.advance(large.contractors)
    allot_jobs(large, add_passengers(large, jobs_of(firms)))
    progress.advance(large.passengers)
    add_crews(large)
    progress.advance(large.staff)
    detail = {"passengers": large.passengers, "staff": large.staff, "contractors": large.contractors}
    append_audit("transport.add_sample", by=None, at=large.pack.at, detail=detail)
    progress.end()
    return firms


def _plans(large: Large, progress: Progress) -> tuple[RunPlan, RunPlan]:
    """Made once by the engine: last year's, this year's, and a draft for the spring."""
    progress.begin(_("Plans of a large office"))
    by = owner_of_all()
    this = _asked(large.pack, _("School year 2026/27"), SINCE, None, by)
    rounds = ROUNDS * large.passengers
    halves, times_from = made_halves(this, clock=lambda: large.pack.at, rounds=rounds)
    last = _asked(large.pack, _("School year 2025/26"), *LAST_YEAR, by)
    spring = _asked(large.pack, _("Spring 2027"), SPRING, None, by)
    for plan in (this, last, spring):
        _keep(plan, halves, times_from, published=plan is not spring)
        give_usual(plan, on=in_london(large.pack.at).date())
    Run.objects.filter(plan=last).update(cost=F("cost") * DEARER)
    progress.end()
    return last, this


def _asked(pack: Pack, name: str, first: dt.date, until: dt.date | None, by: Account) -> RunPlan:
    """A week before its first day, as far as that is not in the future."""
    at = min(dt.datetime.combine(first - DAY * 7, dt.time(10), tzinfo=LONDON), pack.at)
    return RunPlan.objects.create(
        name=name, weekdays=WEEK, from_on=first, until_on=until, seconds=SECONDS, asked_at=at, asked_by=by,
        making=RunPlan.RUNNING, heard_at=at,
    )  # fmt: skip


def _keep(plan: RunPlan, halves: list[Half], times_from: str, *, published: bool) -> None:
    at, by = plan.asked_at, owner_of_all()
    keep_made(plan.pk, halves=halves, times_from=times_from, at=at)
    publishing.own_without(RunPlan.objects.get(pk=plan.pk), by, by=by, at=at)
    state = RunPlan.PUBLISHED if published else RunPlan.CONSIDERED
    said = {"published_at": at, "published_by": by} if published else {}
    RunPlan.objects.filter(pk=plan.pk).update(state=state, **said)
    plan.refresh_from_db()


def _from_today(large: Large, plan: RunPlan, today: dt.date, progress: Progress) -> None:
    """The next days accounted for, and this week and the next manned."""
    pack = large.pack
    progress.begin(_("Weeks of a large office"))
    for ahead in range(AHEAD):
        account_for_day(today + DAY * ahead, by=None, at=pack.at)
    for ahead in range(WEEKS):
        week = CrewWeek.objects.create(
            first_on=monday_of(today) + dt.timedelta(weeks=ahead), seconds=CREW_SECONDS, asked_at=pack.at,
            asked_by=plan.asked_by,
        )  # fmt: skip
        make_week(week.pk, clock=lambda: pack.at, today=today, rounds=CREW_ROUNDS)
        progress.advance()
    progress.end()


def _worth(pack: Pack, today: dt.date, progress: Progress) -> None:
    """What contractors ask for, and what the months came to."""
    progress.begin(_("What a large office is worth"), MONTHS)
    earlier_prices(pack)
    invoices(pack, today)
    for number in range(MONTHS):
        count_month(months_before(today, number), today=today, by=None, at=pack.at)
        progress.advance()
    progress.end()
