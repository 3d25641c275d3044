"""What the worker does for what is kept: seals the audit, anchors the seals, clears away files nobody has."""

from procrastinate.contrib.django import app

from moothall.core.clock import now

from .rules.anchoring import anchor_seals
from .rules.destroying import clear_leftovers
from .rules.sealing import seal_audit


@app.task(name="records.seal_the_audit", queue="default", queueing_lock="records.seal_the_audit")
def seal_the_audit(**_periodic: int) -> int:
    """Seal what is due and anchor it; the answer is how many seals were made."""
    made = seal_audit(at=now())
    anchor_seals()
    return len(made)


@app.task(name="records.clear_away", queue="default", queueing_lock="records.clear_away")
def clear_away(**_periodic: int) -> int:
    """Files whose row never came go a week later; the answer is how many."""
    return clear_leftovers(at=now())
