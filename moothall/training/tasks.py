"""What the worker does for training: places that came free, and each night needs and the ledger."""

from pathlib import Path

from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .planning.running import make_plan
from .rules.announcing import TELL
from .rules.announcing import tell_of_schedule as tell
from .rules.bulk_beds import name_beds
from .rules.consulting import ASK, ask_about_schedule
from .rules.duty_abstractions import note_abstractions
from .rules.duty_arrivals import UNDERSTAND, take_from_folder, understand_arrival
from .rules.ledger import recount_all
from .rules.needs import NEEDS, note_needs
from .rules.pathways.student_cases import go_on_with_cases
from .rules.placing import fill_all
from .rules.placing import fill_session as fill
from .rules.plan_runs import PLAN
from .rules.repairs import REPAIR
from .rules.telling import FILL


@app.task(name=FILL, queue="default")
def fill_session(session_id: int) -> int:
    """Those who wait for this session get what places there are; the answer is how many."""
    return fill(session_id, at=now(), today=today())


@app.task(name=TELL, queue="default")
def tell_of_schedule(version_id: int) -> int:
    """Readers of the schedule and those whose places changed are written to; the answer is how many."""
    return tell(version_id, at=now())


@app.task(name=NEEDS, queue="default")
def note_needs_of_course(course_id: int) -> int:
    """Whom a course is asked of has changed; the answer is how many needs differ."""
    return note_needs(at=now(), today=today(), courses=[course_id])


@app.task(name=ASK, queue="default")
def ask_readers_of_schedule(version_id: int) -> int:
    """Readers are asked about a draft; the answer is how many."""
    return ask_about_schedule(version_id, at=now())


def work_out_needs(timestamp: int) -> None:
    """Who has to take which course by when."""
    note_needs(at=now(), today=today())


def count_teams(timestamp: int) -> None:
    """How many each team can spare, since leave and duties have changed."""
    recount_all(at=now(), today=today())


def fill_sessions(timestamp: int) -> None:
    """Those who wait are looked at again."""
    fill_all(at=now(), today=today())


@app.task(name=PLAN, queue="default", pass_context=True)
def plan_training(context: JobContext, *, run_id: int) -> None:
    """Make one plan that was asked for; it ends early when the worker is to stop."""
    make_plan(run_id, clock=now, today=today(), is_halted=context.should_abort)


@app.task(name=REPAIR, queue="default")
def repair_schedule(repair_id: int) -> None:
    """Look for one repair that was asked for; the planner is only loaded where it is asked."""
    from .planning.repairing import make_repair

    make_repair(repair_id, clock=now, today=today())


@app.task(name=UNDERSTAND, queue="intake")
def understand_duties(arrival_id: int) -> str:
    """A duty file that was kept is read, and carried out unless something is odd; the answer is its state."""
    return understand_arrival(arrival_id, at=now()).state


def take_duty_files(timestamp: int) -> None:
    """Duty files in the watched folder are kept and read."""
    take_from_folder(Path(settings.DUTY_FOLDER), at=now())


def name_beds_of_sessions(timestamp: int) -> None:
    """Beds taken by publishing are in the names of those who come, in the week before."""
    name_beds(today=today(), at=now())


def note_who_is_taken(timestamp: int) -> None:
    """Who is taken off duty for training, for whoever fetches it."""
    note_abstractions(today=today())


def go_on_with_students(timestamp: int) -> None:
    """Cases of students are opened, and their steps done, as they get on."""
    go_on_with_cases(today=today(), at=now())
