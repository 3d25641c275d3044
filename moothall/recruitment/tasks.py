"""What the worker does for recruitment: by the clock, and when somebody asks."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from moothall.core.clock import now

from .rules.bulk import ACT, carry_on, forget_unbegun
from .rules.check_cases import keep_departments_true
from .rules.check_chasing import chase_departments
from .rules.drafts import forget_unsent
from .rules.event_plans import PLAN
from .rules.event_telling import TELL
from .rules.event_telling import tell_event as tell
from .rules.figures.moving_on import carry_monitoring_on
from .rules.references import remind_referees
from .rules.updating import tell_of_changes, tell_turned_down, tell_who_waits


def forget_unsent_applications(timestamp: int) -> None:
    """Applications that were never sent are thrown away when their time is over, and actions never done."""
    forget_unsent(at=now())
    forget_unbegun(at=now())


@app.task(name=ACT, queue="default")
def do_for_many(*, act_id: int) -> None:
    """What was asked for many applications is done, or taken back."""
    carry_on(act_id, clock=now)


def tell_applicants_who_wait(timestamp: int) -> None:
    """Applicants who would not hear within ten working days are told where they are."""
    tell_who_waits(at=now())


@app.task(name=PLAN, queue="default", pass_context=True)
def plan_event(context: JobContext, *, plan_id: int) -> None:
    """Plan or mend one selection event; the planner is only loaded where it is asked."""
    from .planning.event_making import make_event_plan

    make_event_plan(plan_id, clock=now, is_halted=context.should_abort)


@app.task(name=TELL, queue="default")
def tell_event(*, event_id: int, only_told: bool = False) -> int:
    """Candidates and those who assess are written to; the answer is how many."""
    return tell(event_id, at=now(), only_told=only_told)


def tell_applicants_of_changes(timestamp: int) -> None:
    """Applicants who have come a stage further are told, and those who are not taken further."""
    tell_of_changes(at=now())
    tell_turned_down(at=now())


def remind_those_who_give_references(timestamp: int) -> None:
    """Referees who have not answered are reminded on the days of the process."""
    remind_referees(at=now())


def keep_readers_of_checks(timestamp: int) -> None:
    """Whoever works in a department sees its checks, and nobody else."""
    keep_departments_true(at=now())


def write_to_late_departments(timestamp: int) -> None:
    """Each department hears once a week how many checks wait for it."""
    chase_departments(at=now())


def carry_what_was_said_on(timestamp: int) -> None:
    """What was said for monitoring is told how far its application came, for all together."""
    carry_monitoring_on()
