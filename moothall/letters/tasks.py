"""What the worker does with letters."""

from procrastinate.contrib.django import app

from moothall.core.clock import now

from .rules.posting import Post
from .rules.sending import send_next, settle_silence
from .rules.waiting import cancel_what_is_stale


@app.task(name="letters.send_letters", queue="letters")
def send_letters(**_periodic: int) -> int:
    """Send every letter that is due; the answer is how many were taken in hand."""
    taken = 0
    cancel_what_is_stale(at=now())
    with Post() as post:
        while send_next(post=post, clock=now):
            taken += 1
    return taken


@app.task(name="letters.settle_silence", queue="letters")
def settle_silent_letters(**_periodic: int) -> int:
    """Letters somebody began to send and never came back from are put before a person."""
    return settle_silence(at=now())
