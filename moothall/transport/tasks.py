"""What the worker does about transport by the clock."""

import datetime as dt

from procrastinate import JobContext
from procrastinate.contrib.django import app

from moothall.core.clock import now, today
from moothall.core.serving import for_the_office
from moothall.people.models import Account

from .planning.making import make_plan
from .rules.accounting import account_for_day
from .rules.chasing import chase_papers as chase_those_due
from .rules.crew_weeks import MAN
from .rules.mendings import MEND
from .rules.plan_telling import TELL
from .rules.plan_telling import tell_of_plan as tell
from .rules.reviewing import open_reviews as open_those_due
from .rules.run_plans import PLAN
from .rules.speeds import LEARN, NoLegs

DAYS_AHEAD = 7
MONTHS_COUNTED = 2


def open_reviews(timestamp: int) -> None:
    """A case for each entitlement that is to be looked at again within sixty days, once."""
    open_those_due(at=now(), today=today())


def chase_papers(timestamp: int) -> None:
    """Contractors are written to before a paper runs out, and once it has."""
    chase_those_due(at=now(), today=today())


@for_the_office()
def account_for_today(timestamp: int) -> None:
    """Just after midnight: jobs whose papers ran out with the day are unresolved, with an owner."""
    account_for_day(today(), by=None, at=now())


@for_the_office()
def account_for_the_week(timestamp: int) -> None:
    """Every journey of today and the seven days to come is accounted for, or unresolved with an owner."""
    for ahead in range(DAYS_AHEAD + 1):
        account_for_day(today() + dt.timedelta(days=ahead), by=None, at=now())


@for_the_office()
def count_value(timestamp: int) -> None:
    """What this month and the one before came to; numbers of plans are only loaded where they are read."""
    from .planning.counting import count_months

    count_months(MONTHS_COUNTED, today=today(), at=now())


@for_the_office()
def learn_speeds_of_the_week(timestamp: int) -> None:
    """Travel times are corrected by the legs that were driven; numbers are loaded only here."""
    _learn(None)


@app.task(name=LEARN, queue="default")
def learn_speeds_now(by_id: int) -> None:
    """The same because somebody asked."""
    _learn(Account.objects.filter(pk=by_id).first())


def _learn(by: Account | None) -> None:
    from .planning.learning import learn_speeds

    try:
        learn_speeds(today=today(), by=by, at=now())
    except NoLegs:
        return  # nobody pressed anything: times stay as they are


@app.task(name=PLAN, queue="default", pass_context=True)
def plan_runs(context: JobContext, *, plan_id: int) -> None:
    """Make one plan that was asked for; it ends early when the worker is to stop."""
    make_plan(plan_id, clock=now, is_halted=context.should_abort)


@app.task(name=TELL, queue="default")
def tell_of_plan(plan_id: int) -> int:
    """Families for whom a published plan changes something are written to; the answer is how many."""
    return tell(plan_id, at=now())


@app.task(name=MEND, queue="default")
def mend_runs(mending_id: int) -> None:
    """Look for options for one plan in force; the planner is only loaded where it is asked."""
    from .planning.mending import make_mending

    make_mending(mending_id, clock=now)


@app.task(name=MAN, queue="default", pass_context=True)
def man_week(context: JobContext, *, week_id: int) -> None:
    """Man the runs of one week; it ends early when the worker is to stop."""
    from .planning.crew_making import make_week

    make_week(week_id, clock=now, today=today(), is_halted=context.should_abort)
