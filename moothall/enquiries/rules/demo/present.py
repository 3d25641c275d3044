"""Cases that stand open now, some of every kind that a work list shows, so that no list is empty."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from moothall.cases.models import Case
from moothall.people.models import Account

from .diary import Diary, moment
from .office import Offered, Office
from .plots import Plot

SOONEST = 2.0  # working hours: room for what has to happen between receipt and now
Received = Callable[[Office, Diary, Offered], dt.datetime]


@dataclass(frozen=True)
class Standing:
    """One way a case can stand now: how it came about, when it was received, and how many there are."""

    name: str
    of_the_desk: int
    of_others: int
    tell: Callable[[Plot, Account], None]
    received: Received
    asks_back: bool = False


def due_on(away: int) -> Received:
    """Received on the day from which the answer is due so many working days from today."""

    def received(office: Office, diary: Diary, offered: Offered) -> dt.datetime:
        due = diary.working_day(away)
        clock = next(clock for clock in offered.definition.clocks if clock.key == "answer")
        index = bisect_left(diary.days, due)
        for day in reversed(diary.days[max(index - 60, 0) : index + 1]):
            started = office.clock_started(offered, clock, day)
            if started.due_on is not None and started.due_on <= due:
                return min(moment(day, 10.4), diary.earlier(diary.now, SOONEST))
        return moment(diary.days[index - 10], 10.4)

    return received


def hours_ago(hours: float) -> Received:
    return lambda office, diary, offered: diary.earlier(diary.now, hours)


def is_new(plot: Plot, by: Account) -> None:
    """Nobody has looked at it yet."""


def is_taken(plot: Plot, by: Account) -> None:
    plot.is_taken(plot.story.received_at, by)


def is_late(plot: Plot, by: Account) -> None:
    _by, at = plot.is_taken(plot.story.received_at, by)
    plot.is_noted(plot.moment(at, 0.5, 5), by)
    plot.is_called(plot.diary.earlier(plot.story.now, 1.5), by)


def is_urgent(plot: Plot, by: Account) -> None:
    _by, at = plot.is_taken(plot.story.received_at, by)
    plot.story.prioritised(Case.URGENT, at=at, by=by)


def came_back(plot: Plot, by: Account) -> None:
    _by, at = plot.is_taken(plot.story.received_at, by)
    plot.is_answered(plot.moment(at, 0.3, 3), by)
    plot.comes_back(plot.diary.earlier(plot.story.now, plot.story.rng.uniform(0.3, 4)))


def waits(plot: Plot, by: Account) -> None:
    _by, at = plot.is_taken(plot.story.received_at, by)
    plot.is_asked_back(plot.moment(at, 0.3, 3), by)


def is_held(plot: Plot, by: Account) -> None:
    _by, at = plot.is_taken(plot.story.received_at, by)
    plot.is_held(plot.moment(at, 0.3, 3), by, plot.diary.working_day(plot.story.rng.randint(2, 8)))


def hold_ended(plot: Plot, by: Account) -> None:
    _by, at = plot.is_taken(plot.story.received_at, by)
    plot.is_held(plot.moment(at, 0.3, 3), by, plot.diary.today)


def is_with_a_lead(plot: Plot, by: Account) -> None:
    """First contact took it and handed it to the lead of another team, who has not looked at it yet."""
    plot.is_taken(plot.story.received_at, by)
    at = plot.diary.earlier(plot.story.now, plot.story.rng.uniform(0.3, 3))
    plot.is_handed(at, by, taken=False)


STANDINGS = (
    Standing("late", 3, 1, is_late, due_on(-2)),
    Standing("due today", 3, 1, is_taken, due_on(0)),
    Standing("due soon", 3, 1, is_taken, due_on(1)),
    Standing("urgent", 1, 1, is_urgent, hours_ago(6)),
    Standing("came back", 4, 2, came_back, hours_ago(30)),
    Standing("waiting", 4, 2, waits, hours_ago(16), asks_back=True),
    Standing("held", 2, 1, is_held, hours_ago(14)),
    Standing("hold ended", 1, 1, hold_ended, hours_ago(28)),
    Standing("with a lead", 6, 0, is_with_a_lead, hours_ago(9)),
    Standing("new", 5, 2, is_new, hours_ago(2.5)),
)
