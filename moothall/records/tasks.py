"""What the worker does for the audit: seals it, and anchors the seals outside the database."""

from procrastinate.contrib.django import app

from moothall.core.clock import now

from .rules.anchoring import anchor_seals
from .rules.sealing import seal_audit


@app.task(name="records.seal_the_audit", queue="default", queueing_lock="records.seal_the_audit")
def seal_the_audit(**_periodic: int) -> int:
    """Seal what is due and anchor it; the answer is how many seals were made."""
    made = seal_audit(at=now())
    anchor_seals()
    return len(made)
