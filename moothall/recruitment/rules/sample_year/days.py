"""Days of the sample year on which many are decided at once: shortlists, and interviews with panels."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from moothall.bookings.models import Resource
from moothall.cases.models import Step
from moothall.core.clock import LONDON, in_london
from moothall.people.models import Account
from moothall.recruitment.models import (
    Campaign,
    Criterion,
    EventReason,
    Mark,
    Marker,
    Sheet,
    Sifted,
    SiftReason,
    Vacancy,
)
from moothall.recruitment.rules.merit import BELOW, GUARANTEED, MERIT

from .office import ALSO_GOOD, DAY, Office

if TYPE_CHECKING:
    from .lives import Life

SHORTLIST, INTERVIEW = "short", "iv"
AFTER_CLOSING: Final = {"anon": 1, "score": 7, "short": 9}
NOTICE: Final = 8  # days
SLOTS: Final = tuple(dt.time(9 + minutes // 60, minutes % 60) for minutes in range(0, 400, 50))
ROOMS: Final = r"^(Syndicate room [456]|Meeting room|Briefing room|Classroom (2[5-9]|30)$)"
MOST_ROOMS: Final = 3
PANEL: Final = 2


@dataclass
class Booked:
    """Somebody’s interview: which one, and what came of it."""

    life: "Life"
    step: Step
    slot: int
    room: int
    outcome: str = ""
    decided_at: dt.datetime | None = None


@dataclass
class Held:
    """A day of interviews of one campaign."""

    campaign: Campaign
    day: dt.date
    rooms: list[Resource]
    panels: list[list[Account]]
    booked: list[Booked] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.booked) >= len(SLOTS) * len(self.rooms)

    @property
    def over_at(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(17, 20), tzinfo=LONDON).astimezone(dt.UTC)


class Days:
    """What is decided on which day."""

    def __init__(
        self, office: Office, vacancies: dict[int, Vacancy], taken: set[int], wanted: dict[int, int]
    ) -> None:
        self.office, self.vacancies, self.wanted = office, vacancies, wanted
        self.rooms = list(Resource.objects.in_use().filter(name__regex=ROOMS).order_by("pk"))
        people = Account.objects.filter(is_active=True).exclude(pk__in=taken).order_by("pk")
        self.people = [each for each in people if office.works_for_us(each)]
        self.held: dict[int, list[Held]] = defaultdict(list)
        self.on: dict[dt.date, list[Held]] = defaultdict(list)
        self.booked: dict[int, Booked] = {}
        self.markers: dict[int, list[int]] = {}
        self.scored: dict[int, dt.datetime] = {}
        self.sift_reasons = {each.key: each for each in SiftReason.objects.in_force(office.today)}
        self.event_reasons = {each.key: each for each in EventReason.objects.in_force(office.today)}
        self.criteria: dict[int, list[Criterion]] = defaultdict(list)
        for each in Criterion.objects.asked():
            self.criteria[each.profile_id].append(each)

    def vacancy_of(self, campaign: Campaign) -> Vacancy:
        return self.vacancies[campaign.pk]

    def at_stage(self, life: "Life", step: Step, at: dt.datetime, outcome: str) -> tuple[dt.datetime, str]:
        """When a stage is decided and how, where many are decided on one day."""
        ready = step.ready_at or life.sent_at
        if step.key in AFTER_CLOSING and life.route.entry_step == "open":
            day = life.campaign.closes_on + DAY * AFTER_CLOSING[step.key]
            moment = dt.datetime.combine(day, dt.time(11 + AFTER_CLOSING[step.key] % 3, 10), tzinfo=LONDON)
            return max(moment.astimezone(dt.UTC), ready + dt.timedelta(hours=2)), outcome
        if step.key == INTERVIEW and self.rooms and len(self.people) >= PANEL:
            held = self._on_which_day(life.campaign, in_london(ready).date() + NOTICE * DAY)
            number = len(held.booked)
            booked = Booked(life, step, number // len(held.rooms), number % len(held.rooms))
            held.booked.append(booked)
            self.booked[step.pk] = booked
            return held.over_at, outcome
        return at, outcome

    def _on_which_day(self, campaign: Campaign, first: dt.date) -> Held:
        there = [
            each
            for each in self.held[campaign.pk]
            if first <= each.day <= first + 21 * DAY and not each.is_full
        ]
        if there:
            return min(there, key=lambda each: each.day)
        wanted = MOST_ROOMS if self.wanted.get(campaign.pk, 0) > 100 else 1
        day = first
        while True:
            if day.weekday() < 5:
                rooms, people = self._free(day)
                some = min(wanted, len(rooms), len(people) // PANEL)
                if some:
                    break
            day += DAY
        self.office.dice.shuffle(people)
        panels = [people[number * PANEL : (number + 1) * PANEL] for number in range(some)]
        made = Held(campaign, day, rooms[:some], panels)
        self.held[campaign.pk].append(made)
        self.on[day].append(made)
        return made

    def _free(self, day: dt.date) -> tuple[list[Resource], list[Account]]:
        rooms = {each.pk for held in self.on[day] for each in held.rooms}
        people = {each.pk for held in self.on[day] for panel in held.panels for each in panel}
        return (
            [each for each in self.rooms if each.pk not in rooms],
            [each for each in self.people if each.pk not in people],
        )

    def done(self, life: "Life", step: Step, at: dt.datetime, outcome: str) -> None:
        """Somebody of such a day is decided."""
        if step.key == "score":
            self.scored[life.application.pk] = at
        booked = self.booked.get(step.pk)
        if booked is not None:
            booked.outcome, booked.decided_at = outcome, at
        if step.key == SHORTLIST and outcome and life.application.pk in self.scored:
            self._sift(life, at, is_in=outcome in ALSO_GOOD)

    def _sift(self, life: "Life", at: dt.datetime, *, is_in: bool) -> None:
        """Two marked it without a name, and never far apart; their marks say what was decided."""
        tables, dice, campaign = self.office.tables, self.office.dice, life.campaign
        if campaign.pk not in self.markers:
            self.markers[campaign.pk] = [
                tables.add(
                    Marker, campaign_id=campaign.pk, account_id=each.pk, named_at=campaign.published_at
                )
                for each in dice.sample(self.office.markers, 2)
            ]
        total = Decimal(0)
        given = [
            (each, dice.choice((3, 3, 4) if is_in else (1, 1, 2)))
            for each in self.criteria[campaign.profile_id]
        ]
        for marker in self.markers[campaign.pk]:
            sheet = tables.add(
                Sheet, marker_id=marker, application_id=life.application.pk,
                handed_in_at=self.scored[life.application.pk],
            )  # fmt: skip
            for criterion, mark in given:
                tables.add(Mark, sheet_id=sheet, criterion_id=criterion.pk, mark=mark)
        total = sum((Decimal(each.weight * mark) for each, mark in given), total)
        reason = (GUARANTEED if life.application.guaranteed_interview else MERIT) if is_in else BELOW
        tables.add(
            Sifted, application_id=life.application.pk, outcome=Sifted.SHORTLISTED if is_in else Sifted.NOT,
            reason_id=self.sift_reasons[reason].pk, total=total, decided_at=at,
        )  # fmt: skip
