"""What the worker does by the clock about what falls due."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .models import IncrementRun
from .rules.gathering import gather_terms
from .rules.increment_letters import write_letters
from .rules.telling import tell_of_steps


@app.task(name="terms.see_what_falls_due", queue="default", queueing_lock="terms.see_what_falls_due")
def see_what_falls_due(**_periodic: int) -> int:
    """The answer is how many letters were written."""
    gather_terms(at=now(), today=today())
    return tell_of_steps(at=now(), today=today())


@app.task(name="terms.write_increment_letters", queue="default")
def write_increment_letters(*, run: int) -> int:
    """The answer is how many letters were written."""
    return write_letters(IncrementRun.objects.get(pk=run), by=None, at=now())
