"""Travel times corrected by legs of the last weeks: gathered from what crews pressed, kept from a day on."""

import datetime as dt
from typing import TYPE_CHECKING, Final

import numpy as np

from moothall.people.models import Account
from moothall.transport.models import LearnedSpeeds, SpeedFactor
from moothall.transport.models.journey import FROM, TO
from moothall.transport.rules.driven import Leg, legs_driven
from moothall.transport.rules.speeds import FactorRow, From, keep_speeds

from .tables import kept_streets, prepared, speeds_on

if TYPE_CHECKING:
    from planner.streets.correcting import Journey

WEEKS: Final = 26  # what lies longer back says little of the streets of today
A_DAY: Final = 40  # legs each way: more of one day say little more, and each is looked for along the streets
DAY: Final = dt.timedelta(days=1)


def learn_speeds(*, today: dt.date, by: Account | None, at: dt.datetime) -> LearnedSpeeds:
    """From every leg until yesterday; plans that are asked for from today on go by it. NoLegs where there are
    none."""
    from planner.streets.correcting import learn

    legs = _some(today - DAY * 7 * WEEKS, today - DAY)
    file = kept_streets()
    found = learn(map(_journey, legs), streets=prepared(None), speeds=speeds_on(None))
    came = From(
        legs=found.used, left_out=found.left_out, days=found.days, first_on=found.since or today,
        last_on=found.until or today, streets=file.name.split(".")[0][:120] if file else "",
    )  # fmt: skip
    rows = [FactorRow(each.band, each.kind, each.factor, each.legs) for each in found.rows]
    return keep_speeds(rows, came, from_on=today, by=by, at=at)


def _some(first: dt.date, last: dt.date) -> list[Leg]:
    """Of each day and direction so many, spread evenly over its runs: the same legs each time."""
    found: list[Leg] = []
    for ahead in range((last - first).days + 1):
        of_day = legs_driven(first + DAY * ahead)
        for way in (TO, FROM):
            those = [each for each in of_day if each.direction == way]
            step = max(1, -(-len(those) // A_DAY))
            found += those[::step]
    return found


def _journey(leg: Leg) -> "Journey":
    from planner.streets.correcting import Journey

    band = SpeedFactor.MORNING if leg.direction == TO else SpeedFactor.AFTERNOON
    return Journey(np.array(leg.origin), np.array(leg.destination), band, leg.seconds, leg.day)
