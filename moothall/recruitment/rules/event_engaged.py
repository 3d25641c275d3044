"""Assessing takes people's time: for the finder of times, other events, and their own calendars."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.bookings.engaged import Engaged
from moothall.bookings.rules.diary import DiaryLine
from moothall.bookings.rules.engagements import whole
from moothall.bookings.rules.inviting import host
from moothall.recruitment.models import Assessing

OWN: Final = "selection-%s-"


def engaged_in_selection(accounts: Collection[int], first: dt.date, last: dt.date) -> Iterator[Engaged]:
    """Each sitting they assess or interpret in, without a word on who is assessed; one query."""
    rows = Assessing.objects.filter(account__in=accounts, span__overlap=whole(first, last))
    language = "cy" if get_language() == "cy" else "en"
    for each in rows.select_related("sitting__event", "sitting__exercise", "sitting__room"):
        sitting = each.sitting
        line = DiaryLine(
            uid=f"{OWN % sitting.event_id}{each.pk}@{host()}", edition=1, starts_at=each.span.lower,
            ends_at=each.span.upper, title=sitting.exercise.name_in(language),
            where=sitting.room.name_in(language), note=sitting.event.name_in(language),
        )  # fmt: skip
        yield Engaged(
            each.account_id, each.span.lower, each.span.upper, _("assesses"), sitting.room.place_id, line=line
        )
