"""Rows for tests of shortlists."""

import datetime as dt

from moothall.recruitment.models import SiftReason


def make_reasons() -> None:
    """Every reason that a shortlist gives, in force."""
    for place, key in enumerate(("guaranteed", "merit", "tie", "essential", "below"), start=1):
        SiftReason.objects.create(
            key=key, place=place, name=key.title(), name_cy=key.title(), from_on=dt.date(2026, 1, 1)
        )
