"""What the worker does for training: places that came free, and each night needs and the ledger."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .rules.ledger import recount_all
from .rules.needs import NEEDS, note_needs
from .rules.placing import fill_all
from .rules.placing import fill_session as fill
from .rules.telling import FILL


@app.task(name=FILL, queue="default")
def fill_session(session_id: int) -> int:
    """Those who wait for this session get what places there are; the answer is how many."""
    return fill(session_id, at=now(), today=today())


@app.task(name=NEEDS, queue="default")
def note_needs_of_course(course_id: int) -> int:
    """Whom a course is asked of has changed; the answer is how many needs differ."""
    return note_needs(at=now(), today=today(), courses=[course_id])


def work_out_needs(timestamp: int) -> None:
    """Who has to take which course by when."""
    note_needs(at=now(), today=today())


def count_teams(timestamp: int) -> None:
    """How many each team can spare, since leave and duties have changed."""
    recount_all(at=now(), today=today())


def fill_sessions(timestamp: int) -> None:
    """Those who wait are looked at again."""
    fill_all(at=now(), today=today())
