"""Cases that stand open now, one of every kind that a work list shows, so that no list is empty."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from moothall.cases.models import Case
from moothall.people.models import Account

from .diary import Diary, moment
from .office import Offered, Office
from .plots import Plot

SOONEST = 2  # a step back in time that leaves room for what has to happen since


@dataclass(frozen=True)
class Standing:
    """One way a case can stand now: how many the first team has, the others each, and how it came about."""

    name: str
    of_the_desk: int
    of_others: int
    tell: Callable[[Plot, Account], None]
    received: Callable[[Office, Diary, Offered], dt.datetime]
    asks_back: bool = False


def due_on(away: int) -> Callable[[Office, Diary, Offered], dt.datetime]:
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


def hours_ago(hours: float) -> Callable[[Office, Diary, Offered], dt.datetime]:
    return lambda office, diary, offered: diary.earlier(diary.now, hours)


def _taken(plot: Plot, by: Account) -> dt.datetime:
    at: dt.datetime = plot.story.case["received_at"]
    if plot.story.case["channel"] == "mail":
        plot.story.acknowledges(at=at)
    _by, at = plot.is_taken(at, by)
    return at


def is_new(plot: Plot, by: Account) -> None:
    if plot.story.case["channel"] == "mail":
        plot.story.acknowledges(at=plot.story.case["received_at"])


def is_taken(plot: Plot, by: Account) -> None:
    _taken(plot, by)


def is_late(plot: Plot, by: Account) -> None:
    at = _taken(plot, by)
    plot.is_noted(plot.moment(at, 0.5, 5), by)
    plot.is_called(plot.diary.earlier(plot.story.now, 1.5), by)


def is_urgent(plot: Plot, by: Account) -> None:
    at = _taken(plot, by)
    plot.story.change(
        "prioritise", at, by, {"priority": Case.URGENT}, said={"priority": Case.URGENT}
    )  # fmt: skip


def came_back(plot: Plot, by: Account) -> None:
    at = _taken(plot, by)
    plot.is_answered(plot.moment(at, 0.3, 3), by)
    plot.comes_back(plot.diary.earlier(plot.story.now, plot.story.rng.uniform(0.3, 4)))


def waits(plot: Plot, by: Account) -> None:
    plot.is_asked_back(plot.moment(_taken(plot, by), 0.3, 3), by)


def is_held(plot: Plot, by: Account) -> None:
    at = plot.moment(_taken(plot, by), 0.3, 3)
    plot.holds(at, by, plot.diary.working_day(plot.story.rng.randint(2, 8)))


def hold_ended(plot: Plot, by: Account) -> None:
    at = plot.moment(_taken(plot, by), 0.3, 3)
    plot.holds(at, by, plot.diary.today)


def handed(plot: Plot, by: Account) -> None:
    """First contact took it and handed it to the lead of another team, who has not looked at it yet."""
    _taken(plot, by)
    at = plot.diary.earlier(plot.story.now, plot.story.rng.uniform(0.3, 3))
    plot.is_handed(at, by, plot._other_team(), taken=False)


STANDINGS = (
    Standing("late", 3, 1, is_late, due_on(-2)),
    Standing("due today", 3, 1, is_taken, due_on(0)),
    Standing("due soon", 3, 1, is_taken, due_on(1)),
    Standing("urgent", 1, 1, is_urgent, hours_ago(6)),
    Standing("came back", 4, 2, came_back, hours_ago(30)),
    Standing("waiting", 4, 2, waits, hours_ago(16), asks_back=True),
    Standing("held", 2, 1, is_held, hours_ago(14)),
    Standing("hold ended", 1, 1, hold_ended, hours_ago(28)),
    Standing("handed to a lead", 6, 0, handed, hours_ago(9)),
    Standing("new", 5, 2, is_new, hours_ago(2.5)),
)
