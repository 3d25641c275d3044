"""A whole year of one pair, day by day: opened, agreed, talked about, rated, looked at again, signed, closed;
everybody is written to when it is their turn, once, and nothing happens out of its order."""

import datetime as dt

import pytest

from moothall.appraisal.models import Appraisal, Event, Objective, Reminder
from moothall.appraisal.rules import refusals
from moothall.appraisal.rules.chasing import chase
from moothall.appraisal.rules.completion import MANAGER, completion, total
from moothall.appraisal.rules.cycles import close_cycle, open_cycle
from moothall.appraisal.rules.evidence import add_evidence
from moothall.appraisal.rules.objectives import agree_objective, write_objective
from moothall.appraisal.rules.rating import (
    hold_mid_year,
    look_again,
    rate,
    send_own_view,
    sign_as_manager,
    sign_own,
)
from moothall.core.clock import LONDON
from moothall.letters.models import Letter
from moothall.people.tests.make import make_account, make_person
from moothall.workforce.tests.make import make_employment, make_manager

from .make import Pair, make_cycle

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 4, 1)
DAY = dt.timedelta(days=1)


def on(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), tzinfo=LONDON)


class Year:
    """The days go by; once a week whoever has to hear is written to."""

    def __init__(self, pair: Pair) -> None:
        self.pair, self.day = pair, FIRST

    def until(self, day: dt.date) -> dt.datetime:
        while self.day < day:
            chase(at=on(self.day), today=self.day)
            self.day += 7 * DAY
        self.day = day
        chase(at=on(day), today=day)
        assert chase(at=on(day), today=day) == 0  # a second run of a morning writes to nobody
        return on(day)

    def stage(self) -> str:
        self.pair.appraisal.refresh_from_db()
        return self.pair.appraisal.stage


@pytest.fixture
def year() -> Year:
    above, top = make_manager()
    manager, middle = make_manager(
        account=make_account(
            person=make_person(full_name="Marged Prydderch", language="cy", emails=["marged@borth.example"])
        ),
        manager=top,
    )
    employee = make_account(person=make_person(full_name="Ffion Adeyemi", emails=["ffion@borth.example"]))
    employment = make_employment(account=employee, manager=middle, started_on=FIRST - 400 * DAY)
    cycle = open_cycle(make_cycle(at=on(FIRST), starters_until=FIRST - DAY), by=None, at=on(FIRST))
    appraisal = Appraisal.objects.get(cycle=cycle, employment=employment)
    return Year(Pair(appraisal, employment, employee, manager, above, middle))


def to(name: str) -> list[Letter]:
    return list(Letter.objects.filter(to_name=name).order_by("id"))


def test_a_year_from_its_opening_to_its_closing(year: Year) -> None:
    pair, cycle = year.pair, year.pair.appraisal.cycle
    framework = cycle.framework
    good = framework.marks.get(name="Good")
    ratings = dict.fromkeys(framework.competencies.all(), (good, "Seen over the year"))

    # April: it begins, an objective is written by one and agreed by the other.
    at = year.until(FIRST + 5 * DAY)
    assert Reminder.objects.filter(employment=pair.employment, kind=Reminder.LAUNCH).count() == 1
    with pytest.raises(refusals.NotThisStage):
        send_own_view(pair.appraisal, said="Too early", by=pair.employee, at=at)
    made = write_objective(
        pair.appraisal, text="Answer nine of ten within ten days", due_on=FIRST + 200 * DAY, by=pair.employee,
        at=at,
    )  # fmt: skip
    assert year.stage() == Appraisal.OBJECTIVES
    agree_objective(made, by=pair.manager, at=year.until(FIRST + 20 * DAY))
    assert year.stage() == Appraisal.SELF
    assert Objective.objects.get().is_agreed

    # Summer: evidence is gathered, and both talk at mid-year.
    add_evidence(pair.appraisal, text="A letter of thanks", by=pair.employee, at=year.until(FIRST + 90 * DAY))
    hold_mid_year(pair.appraisal, said="On course.", by=pair.manager, at=year.until(FIRST + 140 * DAY))
    assert {each.language for each in to("Marged Prydderch")} == {"cy"}

    # Autumn: the own view is late by a week, so it is asked for before its day and after it, once each.
    at = year.until(cycle.self_by + 8 * DAY)
    told = Reminder.objects.filter(employment=pair.employment, stage=Appraisal.SELF)
    assert sorted(told.values_list("kind", flat=True))[:2] == [Reminder.LATE, Reminder.SOON]
    send_own_view(pair.appraisal, said="It went well.", by=pair.employee, at=at)
    assert year.stage() == Appraisal.RATING

    # It is rated, sent back by the second look, rated again and agreed to.
    at = year.until(cycle.rating_by)
    rate(pair.appraisal, ratings=ratings, overall=good, because="A good year", by=pair.manager, at=at)
    assert year.stage() == Appraisal.SECOND
    at = year.until(cycle.rating_by + DAY)
    look_again(pair.appraisal, agrees=False, said="Say more", by=pair.above, at=at)
    assert year.stage() == Appraisal.RATING
    at = year.until(cycle.rating_by + 2 * DAY)
    rate(pair.appraisal, ratings=ratings, overall=good, because="Nine of ten", by=pair.manager, at=at)
    look_again(pair.appraisal, agrees=True, by=pair.above, at=year.until(cycle.rating_by + 3 * DAY))
    assert year.stage() == Appraisal.SIGN

    # Both sign; disagreement is kept; then it is complete and closed, and nothing in it changes any more.
    at = year.until(cycle.rating_by + 10 * DAY)
    sign_own(pair.appraisal, agrees=False, said="The pilot was mine.", by=pair.employee, at=at)
    sign_as_manager(pair.appraisal, by=pair.manager, at=at + dt.timedelta(hours=1))
    assert year.stage() == Appraisal.DONE
    assert total(completion(cycle, year.day, by=MANAGER)).done == 1
    at = year.until(cycle.sign_by + 3 * DAY)
    assert Reminder.objects.filter(employment=pair.employment, kind=Reminder.OUTCOME).count() == 1
    close_cycle(cycle, by=make_account(), at=at)
    with pytest.raises(refusals.NotRunning):
        add_evidence(pair.appraisal, text="Too late", by=pair.employee, at=at)
    kinds = list(Event.objects.filter(appraisal=pair.appraisal).values_list("kind", flat=True))
    assert kinds == [
        Event.OBJECTIVES, Event.MID_YEAR, Event.OWN_VIEW, Event.RATED, Event.RETURNED, Event.RATED,
        Event.LOOKED, Event.DISAGREED, Event.SIGNED,
    ]  # fmt: skip
