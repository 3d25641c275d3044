"""An office that plans transport, for the journeys of its planner and of whoever has the day."""

import datetime as dt

from moothall.core.clock import now, today
from moothall.core.packs import load_pack
from moothall.people.models import Account
from moothall.people.rules.accounts import choose_settings
from moothall.people.rules.drafts import dismiss

from .journey import Journey

BRONAGH, DESMOND = "bronagh.kettlewell", "desmond.achebe-lowe"  # planner; manager
DAY = dt.timedelta(days=1)


class OfTransport(Journey):
    """A journey in the office with plans, crews and a year behind it."""

    def given_the_office_of_transport(self) -> None:
        load_pack("passenger-transport", at=now(), demo=True)

    def given_signed_in_as(self, name: str, language: str = "en") -> None:
        account = Account.objects.get(email=f"{name}@bryn-gororau.example")
        choose_settings(account, language=language, at=now())
        dismiss(account, key="first-visit", at=now())
        self.carry_session_of(account)


def next_school_day() -> dt.date:
    """Tomorrow, or the Monday after."""
    day = today() + DAY
    return day if day.weekday() < 5 else day + DAY * (7 - day.weekday())
