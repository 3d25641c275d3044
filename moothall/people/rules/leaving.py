"""Somebody leaves: their sessions end in the same transaction, and what they had set up goes out of use."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from moothall.core.audit import write_down
from moothall.people.models import Account, Grant

from .sessions import end_sessions

Follower = Callable[[Account, Account | None, dt.datetime], None]
LATELY = dt.timedelta(days=7)
_followers: list[Follower] = []


def follow_leavers(follower: Follower) -> None:
    """Have this called, in the transaction in which somebody leaves, with who left, by whom, and when. It may
    be called again for the same leaver."""
    if follower not in _followers:
        _followers.append(follower)


@transaction.atomic
def see_out(account: Account, *, by: Account | None, at: dt.datetime) -> None:
    """Nothing that this account began goes on without it."""
    end_sessions(account, by=by, at=at)
    for follower in _followers:
        follower(account, by, at)


def see_out_if_last(account: Account, *, on: dt.date, by: Account | None, at: dt.datetime) -> bool:
    """The same, if no role of theirs is in force that day."""
    if Grant.objects.in_force(on).filter(account=account).exists():
        return False
    see_out(account, by=by, at=at)
    write_down("people.left", by=by, at=at, about=account)
    return True


@transaction.atomic
def see_out_leavers(*, at: dt.datetime, today: dt.date) -> int:
    """Those whose last role came to its end by its date; the answer is how many left."""
    ended = Grant.objects.filter(ended_on__lte=today, ended_on__gt=today - LATELY).order_by()
    told = Account.objects.in_use().filter(pk__in=ended.values("account")).order_by("pk")
    held = set(Grant.objects.in_force(today).values_list("account", flat=True))
    leavers = [account for account in told if account.pk not in held]
    for account in leavers:
        see_out(account, by=None, at=at)
    return len(leavers)
