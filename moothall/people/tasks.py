"""What the worker does for people: invitations, and the nightly search for likely duplicates."""

from procrastinate.contrib.django import app

from .models import Account
from .rules.inviting import write_invitation


@app.task(name="people.send_invitation", queue="default", retry=5)
def send_invitation(*, account_id: int, invited_by: str) -> None:
    """Write to somebody who was invited."""
    write_invitation(Account.objects.get(pk=account_id), invited_by=invited_by)
