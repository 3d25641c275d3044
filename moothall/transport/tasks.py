"""What the worker does about transport by the clock."""

import datetime as dt

from moothall.core.clock import now, today
from moothall.core.serving import for_the_office

from .rules.accounting import account_for_day
from .rules.reviewing import open_reviews as open_those_due

DAYS_AHEAD = 7


def open_reviews(timestamp: int) -> None:
    """A case for each entitlement that is to be looked at again within sixty days, once."""
    open_those_due(at=now(), today=today())


@for_the_office()
def account_for_the_week(timestamp: int) -> None:
    """Every journey of today and the seven days to come is accounted for, or unresolved with an owner."""
    for ahead in range(DAYS_AHEAD + 1):
        account_for_day(today() + dt.timedelta(days=ahead), by=None, at=now())
