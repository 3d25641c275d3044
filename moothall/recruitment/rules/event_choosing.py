"""A candidate takes another time by themselves: one that is free, that fits them, until a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models.working import LanguageSkill
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import (
    Application,
    Assessing,
    EventCandidate,
    EventResult,
    EventSeat,
    SelectionEvent,
)

from . import event_refusals as refusals
from .conflicts import conflicts_of
from .event_rows import ONCE
from .event_telling import help_in_words, tell_candidate

Places = Mapping[int, list[EventSeat]]


def day_of(application: Application) -> EventCandidate | None:
    """The event an applicant is in now, with a plan in force: what their page shows."""
    rows = EventCandidate.objects.standing().filter(application=application, event__cancelled_at=None)
    return (
        rows.filter(event__plan__isnull=False)
        .in_full()
        .select_related("notice")
        .order_by("-event_id")
        .first()
    )


@dataclass(frozen=True)
class OwnDay:
    """What an applicant's page shows of their day."""

    candidate: EventCandidate
    seats: Sequence[EventSeat]
    help: Sequence[str]
    chooses: bool
    result: EventResult | None

    @property
    def begins_at(self) -> dt.datetime:
        return self.seats[0].sitting.begins_at

    @property
    def place(self) -> str:
        return self.seats[0].sitting.room.place.name_in("cy" if get_language() == "cy" else "en")


def own_day(application: Application, *, at: dt.datetime) -> OwnDay | None:
    """None before they have been told of one. The result is theirs once they were told it."""
    candidate = day_of(application)
    notice = getattr(candidate, "notice", None)
    if candidate is None or notice is None:
        return None
    seats = seats_of(candidate)
    result = candidate.results.standing().select_related("reason").first()
    if result is not None and notice.result != str(result.pk):
        result = None
    chooses = may_choose(candidate, seats, at=at)
    return OwnDay(candidate, seats, help_in_words(candidate), chooses, result)


def seats_of(candidate: EventCandidate) -> list[EventSeat]:
    rows = EventSeat.objects.filter(candidate=candidate)
    full = rows.select_related("sitting__exercise", "sitting__room__place")
    return list(full.order_by("sitting__begins_at"))


def may_choose(candidate: EventCandidate, seats: Sequence[EventSeat], *, at: dt.datetime) -> bool:
    """Whoever needs somebody or something beside themselves looks for a time with us."""
    alone = not (candidate.companion or candidate.interpreter or candidate.rest)
    ahead = bool(seats) and seats[0].sitting.begins_at > at and not candidate.attended
    return alone and ahead and candidate.event.may_choose(in_london(at).date())


@for_the_office()
def free_places(candidate: EventCandidate, *, at: dt.datetime) -> dict[int, list[EventSeat]]:
    """Each free place that fits them, in order of time."""
    mine = seats_of(candidate)
    if not may_choose(candidate, mine, at=at):
        return {}
    places: dict[int, list[EventSeat]] = defaultdict(list)
    rows = EventSeat.objects.filter(sitting__event=candidate.event_id, candidate=None)
    full = rows.select_related("sitting__exercise", "sitting__room__place").order_by("sitting__begins_at")
    for each in full:
        places[each.place].append(each)
    fits = _Fits(candidate, mine, places)
    return {place: seats for place, seats in places.items() if fits.all_of(seats, at=at)}


class _Fits:
    """What a candidate may ask for, against the sittings that are free."""

    def __init__(self, candidate: EventCandidate, mine: Sequence[EventSeat], places: Places) -> None:
        self.candidate = candidate
        self.asked = {each.sitting.exercise_id for each in mine}
        sittings = {each.sitting_id for seats in places.values() for each in seats}
        panel = Assessing.objects.filter(sitting__in=sittings, interprets_for=None)
        rows = list(panel.select_related("assessor__account__person"))
        self.panel: dict[int, set[int]] = defaultdict(set)
        for each in rows:
            self.panel[each.sitting_id].add(each.assessor_id)
        staff = {each.assessor_id: each.assessor for each in rows}
        day = candidate.event.days.all()[0].on
        knows = conflicts_of(list(staff.values()), [candidate], on=day)
        self.barred = {one for one, those in knows.items() if candidate.pk in those}
        if candidate.welsh:
            speak = LanguageSkill.objects.filter(language="cy", level__gte=LanguageSkill.WORKING)
            accounts = set(speak.values_list("account_id", flat=True))
            self.barred |= {one for one, each in staff.items() if each.account_id not in accounts}

    def all_of(self, seats: Sequence[EventSeat], *, at: dt.datetime) -> bool:
        whole = {each.sitting.exercise_id for each in seats} == self.asked
        return whole and seats[0].sitting.begins_at > at and all(self.one(each) for each in seats)

    def one(self, seat: EventSeat) -> bool:
        sitting = seat.sitting
        minutes = (sitting.ends_at - sitting.begins_at).total_seconds() / 60
        long = 100 * minutes >= sitting.exercise.minutes * (100 + self.candidate.longer)
        reached = sitting.room.step_free or not self.candidate.step_free
        return long and reached and not self.panel[seat.sitting_id] & self.barred


@for_the_office()
@transaction.atomic
def take_place(candidate: EventCandidate, *, place: int, at: dt.datetime) -> EventCandidate:
    """Theirs is free for others from now on, and they are told at once. Of two at a time one has it."""
    SelectionEvent.objects.select_for_update(of=("self",)).get(pk=candidate.event_id)
    mine = seats_of(candidate)
    if not may_choose(candidate, mine, at=at):
        raise refusals.CannotChoose
    found = free_places(candidate, at=at).get(place)
    if found is None:
        raise refusals.PlaceGone
    try:
        with transaction.atomic():
            _move(candidate, mine, found)
    except IntegrityError as clash:
        if not any(name in str(clash) for name in ONCE):
            raise
        raise refusals.CannotChoose from clash
    append_audit("recruitment.take_place", about=candidate.application, by=None, at=at)
    tell_candidate(candidate, seats_of(candidate), at=at)
    return candidate


def _move(candidate: EventCandidate, mine: Sequence[EventSeat], found: Sequence[EventSeat]) -> None:
    EventSeat.objects.filter(pk__in=[each.pk for each in mine]).update(candidate=None, applicant=None)
    EventSeat.objects.filter(pk__in=[each.pk for each in found]).update(
        candidate=candidate, applicant=candidate.application.applicant_id
    )
