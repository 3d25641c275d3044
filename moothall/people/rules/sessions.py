"""Open sessions: where somebody is signed in, and the end of it."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from moothall.core.audit import write_down
from moothall.people.models import Account


@transaction.atomic
def end_sessions(account: Account, *, by: Account | None, at: dt.datetime, spare: str = "") -> int:
    """Sign somebody out everywhere, except in the session `spare`; the answer is in how many places."""
    kept = UserSession.objects.filter(user=account).exclude(session_key=spare)
    keys = list(kept.order_by("id").values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    kept.delete()
    if keys:
        write_down("people.end_sessions", by=by, at=at, about=account, detail={"sessions": len(keys)})
    return len(keys)
