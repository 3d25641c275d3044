"""Marks of a selection event: handed in by each who assesses, unseen by the others until all are in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import IntegrityError, transaction

from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import (
    Assessing,
    EventAssessor,
    EventCandidate,
    EventExercise,
    EventResult,
    EventSeat,
    Score,
    SelectionEvent,
)

from . import event_refusals as refusals


@dataclass(frozen=True)
class Line:
    """One candidate in one sitting, as whoever assesses it sees it."""

    candidate: int
    exercise: int
    name: str
    number: str
    what: str
    where: str
    begins_at: dt.datetime
    ends_at: dt.datetime
    best: int
    helped: EventCandidate
    interprets: bool
    scores: tuple[Score, ...] = ()  # one's own, and the others' once all are in
    waits_for: int = 0  # so many have not handed in


@for_the_office()
def day_of_assessor(assessor: EventAssessor, language: str) -> list[Line]:
    """Whom they see when and where; nothing of anybody they do not see."""
    duties = list(
        Assessing.objects.filter(assessor=assessor)
        .select_related("sitting__exercise", "sitting__room__place").order_by("sitting__begins_at", "pk")
    )  # fmt: skip
    seats: dict[int, list[EventSeat]] = defaultdict(list)
    rows = EventSeat.objects.filter(sitting__in=[each.sitting_id for each in duties], candidate__isnull=False)
    for each in rows.select_related("candidate__application__applicant__person").order_by("pk"):
        seats[each.sitting_id].append(each)
    scores = scores_of(assessor.event_id)
    return [
        _line(assessor, duty, seat, scores.get((seat.candidate_id, duty.sitting.exercise_id), []), language)
        for duty in duties for seat in seats[duty.sitting_id]
        if duty.interprets_for_id in (None, seat.candidate_id)
    ]  # fmt: skip


Scores = dict[tuple[int | None, int], list[Score]]


def scores_of(event_id: int) -> Scores:
    found: Scores = defaultdict(list)
    rows = Score.objects.filter(candidate__event=event_id).select_related("assessor__account")
    for each in rows.order_by("pk"):
        found[each.candidate_id, each.exercise_id].append(each)
    return found


def _line(
    assessor: EventAssessor, duty: Assessing, seat: EventSeat, given: Sequence[Score], language: str
) -> Line:
    sitting, candidate = duty.sitting, seat.candidate
    assert candidate is not None  # noqa: S101
    exercise = sitting.exercise
    waits = max(0, exercise.assessors - len(given))
    own = any(each.assessor_id == assessor.pk for each in given)
    seen = given if not waits and own else [each for each in given if each.assessor_id == assessor.pk]
    person = candidate.application.applicant.person
    return Line(
        candidate=candidate.pk, exercise=exercise.pk, name=person.full_name,
        number=candidate.application.number, what=exercise.name_in(language),
        where=sitting.room.name_in(language), begins_at=sitting.begins_at, ends_at=sitting.ends_at,
        best=exercise.best, helped=candidate, interprets=duty.interprets_for_id is not None,
        scores=tuple(seen), waits_for=waits,
    )  # fmt: skip


@for_the_office()
def line_to_score(assessor: EventAssessor, *, candidate: int, exercise: int, language: str) -> Line | None:
    """None where they do not assess this."""
    those = day_of_assessor(assessor, language)
    found = (each for each in those if (each.candidate, each.exercise) == (candidate, exercise))
    return next((each for each in found if not each.interprets), None)


def _open_event(assessor: EventAssessor) -> SelectionEvent:
    event: SelectionEvent = SelectionEvent.objects.select_for_update(of=("self",)).get(pk=assessor.event_id)
    if event.closed_at is not None:
        raise refusals.ResultsDecided
    return event


@for_the_office()
@transaction.atomic
def hand_in_score(
    assessor: EventAssessor, *, candidate: int, exercise: int, mark: int, because: str, at: dt.datetime
) -> Score:
    """From the day they sit it on. The others of the panel do not see it before theirs is in."""
    event = _open_event(assessor)
    line = line_to_score(assessor, candidate=candidate, exercise=exercise, language="en")
    if line is None or in_london(line.begins_at).date() > in_london(at).date():
        raise refusals.NotToScore
    if not 0 <= mark <= line.best or not because.strip():
        raise refusals.MarkOutside
    try:
        with transaction.atomic():
            made = Score.objects.create(
                assessor=assessor, candidate_id=candidate, exercise_id=exercise, mark=mark,
                because=because.strip()[:1000], handed_in_at=at,
            )  # fmt: skip
    except IntegrityError as twice:
        raise refusals.ScoredAlready from twice
    append_audit("recruitment.score", about=event, by=assessor.account, at=at, detail={"score": made.pk})
    return made


@for_the_office()
@transaction.atomic
def take_back_score(assessor: EventAssessor, *, candidate: int, exercise: int, at: dt.datetime) -> bool:
    """By whoever handed it in, until the results are decided and until all have: then it was seen."""
    event = _open_event(assessor)
    line = line_to_score(assessor, candidate=candidate, exercise=exercise, language="en")
    if line is None:
        raise refusals.NotToScore
    rows = Score.objects.filter(assessor=assessor, candidate=candidate, exercise=exercise)
    if line.best and line.waits_for == 0 and len(line.scores) > 1:
        raise refusals.ScoresSeen
    gone, _each = rows.delete()
    if gone:
        detail = {"candidate": candidate, "exercise": exercise}
        append_audit("recruitment.take_back_score", about=event, by=assessor.account, at=at, detail=detail)
    return bool(gone)


@dataclass(slots=True)
class Standing:
    """One candidate: what they have in each exercise, and what would come of it."""

    candidate: EventCandidate
    marks: dict[int, Decimal] = field(default_factory=dict)
    missing: list[EventExercise] = field(default_factory=list)
    below: list[EventExercise] = field(default_factory=list)
    total: Decimal = Decimal(0)
    has_time: bool = False
    result: EventResult | None = None

    @property
    def outcome(self) -> str:
        if self.candidate.attended == EventCandidate.ABSENT:
            return EventResult.ABSENT
        return EventResult.NOT_PASSED if self.below else EventResult.PASSED

    @property
    def is_ready(self) -> bool:
        attended = self.candidate.attended
        return attended == EventCandidate.ABSENT or (bool(attended) and not self.missing)


def standings_of(event: SelectionEvent, candidates: Iterable[EventCandidate]) -> list[Standing]:
    """How each stands, the best first; marks count where all of a panel are in."""
    rows, exercises = list(candidates), list(event.exercises.all())
    seats = EventSeat.objects.filter(sitting__event=event, candidate__isnull=False).order_by()
    sits: dict[int | None, set[int]] = defaultdict(set)
    for who, sat in seats.values_list("candidate_id", "sitting__exercise_id"):
        sits[who].add(sat)
    scores = scores_of(event.pk)
    decided = EventResult.objects.standing().filter(candidate__event=event).select_related("reason")
    results = {each.candidate_id: each for each in decided}
    found = []
    for each in rows:
        one = Standing(each, has_time=bool(sits[each.pk]), result=results.get(each.pk))
        for exercise in exercises:
            if exercise.pk in sits[each.pk]:
                _add(one, exercise, scores.get((each.pk, exercise.pk), []))
        one.total = one.total.quantize(Decimal("0.01"))
        found.append(one)
    return sorted(found, key=lambda one: (-one.total, one.candidate.application.number))


def _add(one: Standing, exercise: EventExercise, given: Sequence[Score]) -> None:
    if len(given) < exercise.assessors:
        one.missing.append(exercise)
        return
    mean = Decimal(sum(each.mark for each in given)) / len(given) if given else Decimal(exercise.best)
    one.marks[exercise.pk] = mean.quantize(Decimal("0.01"))
    one.total += mean
    if mean < exercise.least:
        one.below.append(exercise)
