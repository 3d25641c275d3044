"""What the worker does for people: invitations, and the nightly search for likely duplicates."""

import datetime as dt

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .models import Account
from .rules.inviting import write_invitation
from .rules.leaving import see_out_leavers
from .rules.likeness import find_likely_duplicates
from .rules.signing_in import forget_old_sign_ins, write_reminder

LATELY = dt.timedelta(days=2)


@app.task(name="people.send_invitation", queue="default", retry=5)
def send_invitation(*, account_id: int, invited_by: str) -> None:
    """Write to somebody who was invited."""
    write_invitation(Account.objects.get(pk=account_id), invited_by=invited_by)


@app.task(name="people.send_reminder", queue="default", retry=5)
def send_reminder(*, account_id: int) -> None:
    """Ask somebody whose password alone lets them in to set up a second factor."""
    write_reminder(Account.objects.get(pk=account_id))


def end_what_leavers_had(timestamp: int) -> None:
    """Whoever's last role came to its end by its date is signed out, and what they had set up ends."""
    see_out_leavers(at=now(), today=today())


def forget_sign_ins(timestamp: int) -> None:
    """What was written down of signing in is removed after thirteen months."""
    forget_old_sign_ins(at=now())


@app.task(name="people.find_duplicates", queue="default", queueing_lock="people.find_duplicates")
def find_duplicates(**_periodic: int) -> int:
    """Look through the office for records of one person; the answer is how many pairs are likely."""
    at = now()
    return find_likely_duplicates(at=at, added_since=at - LATELY)
