"""What the worker does for recruitment: by the clock, and when somebody asks."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from moothall.core.clock import now

from .rules.drafts import forget_unsent
from .rules.event_plans import PLAN
from .rules.event_telling import TELL
from .rules.event_telling import tell_event as tell
from .rules.updating import tell_who_waits


def forget_unsent_applications(timestamp: int) -> None:
    """Applications that were never sent are thrown away when their time is over."""
    forget_unsent(at=now())


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
