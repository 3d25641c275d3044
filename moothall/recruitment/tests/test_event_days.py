"""Candidates hear of their day once, take another time, are marked blind, and hear what came of it."""

import datetime as dt
from decimal import Decimal

import pytest

from moothall.cases.models import Step
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.models.working import at_on
from moothall.people.tests.make import AT, make_account
from moothall.records.rules.documents import read_document
from moothall.recruitment.models import (
    Application,
    Assessing,
    Conflict,
    EventAssessor,
    EventCandidate,
    EventReason,
    EventResult,
    EventSeat,
    EventSitting,
    SelectionEvent,
)
from moothall.recruitment.rules import (
    event_candidates,
    event_choosing,
    event_plans,
    event_refusals,
    event_results,
    event_scoring,
    event_setup,
    events,
)
from moothall.recruitment.rules.event_candidates import Help
from moothall.recruitment.rules.event_telling import tell_event, to_tell
from moothall.recruitment.rules.withdrawing import withdraw
from moothall.recruitment.tests.make_events import (
    DAY,
    made_plan,
    make_reasons,
    published,
    ready_event,
)

pytestmark = pytest.mark.django_db
THAT_DAY = at_on(DAY, dt.time(16))


@pytest.fixture
def by() -> Account:
    return make_account()


def letters_to(candidate: EventCandidate) -> list[Letter]:
    person = candidate.application.applicant.person
    found = Letter.objects.filter(person=person, subject__contains="Interviews").order_by("pk")
    return list(found | Letter.objects.filter(person=person, subject__contains="Cyfweliadau"))


def calendar_of(letter: Letter) -> str:
    return read_document(letter.documents.get()).decode()


def test_everybody_hears_of_their_day_once_with_a_file_for_their_calendar() -> None:
    event = ready_event(2, assessors=2)
    published(event)
    people, staff = to_tell(event)
    assert (len(people), len(staff)) == (2, 2)
    assert tell_event(event.pk, at=AT) == 4
    assert tell_event(event.pk, at=AT) == 0
    assert to_tell(event) == ([], [])
    candidate = event.candidates.in_full()[0]
    [letter] = letters_to(candidate)
    assert "Monday 30 November 2026, 09:00–09:30" in letter.body
    assert "Bring your passport." in letter.body
    said = calendar_of(letter)
    assert "METHOD:REQUEST" in said
    assert "SEQUENCE:0" in said


def test_they_hear_in_their_own_language() -> None:
    event = ready_event(1, assessors=1)
    Application.objects.update(language="cy")
    EventCandidate.objects.update(welsh=False)
    published(event)
    tell_event(event.pk, at=AT)
    [letter] = letters_to(event.candidates.in_full()[0])
    assert letter.language == "cy"
    assert "Dewch â'ch pasbort." in letter.body
    assert "Tachwedd" in letter.body
    assert "Cyfweliadau" in calendar_of(letter)


def test_only_whoever_is_moved_hears_again_under_the_same_name_with_a_higher_number(by: Account) -> None:
    event = ready_event(2, assessors=1, rooms=1)
    published(event)
    tell_event(event.pk, at=AT)
    first, second = EventSitting.objects.all()
    moved, stays = first.seats.get().candidate, second.seats.get().candidate
    assert moved is not None
    assert stays is not None
    event_setup.note_away(
        event.assessors.get(), begins_at=first.begins_at, ends_at=first.ends_at, because="Late", by=by, at=AT
    )
    mending = made_plan(event_plans.ask_for_mending(event, because="Late", by=None, at=AT))
    event_plans.publish_plan(mending, by=None, at=AT)
    tell_event(event.pk, at=AT)
    before, after = (calendar_of(each) for each in letters_to(moved))
    name = f"UID:selection-candidate-{moved.pk}@"
    assert name in before
    assert name in after
    assert "SEQUENCE:1" in after
    assert len(letters_to(stays)) == 1


def test_whoever_withdraws_or_whose_event_is_cancelled_has_it_taken_out_of_their_calendar(
    by: Account,
) -> None:
    event = ready_event(2, assessors=1)
    published(event)
    tell_event(event.pk, at=AT)
    gone, other = event.candidates.in_full()
    withdraw(gone.application, because="", by=None, at=AT)
    tell_event(event.pk, at=AT)
    assert "METHOD:CANCEL" in calendar_of(letters_to(gone)[1])
    events.cancel_event(event, because="Flood", by=by, at=AT)
    tell_event(event.pk, at=AT)
    assert "METHOD:CANCEL" in calendar_of(letters_to(other)[1])
    assert tell_event(event.pk, at=AT) == 0


def choosing_event(**changes: object) -> SelectionEvent:
    event = ready_event(1, assessors=1, rooms=1, spare=2, choose_until=DAY, **changes)
    published(event)
    tell_event(event.pk, at=AT)
    return event


def test_a_candidate_takes_a_free_time_and_theirs_is_free_for_others() -> None:
    event = choosing_event()
    candidate = event.candidates.in_full()[0]
    [mine] = event_choosing.seats_of(candidate)
    free = event_choosing.free_places(candidate, at=AT)
    assert len(free) == 2
    place, [seat] = next(iter(free.items()))
    event_choosing.take_place(candidate, place=place, at=AT)
    assert [each.sitting for each in event_choosing.seats_of(candidate)] == [seat.sitting]
    assert EventSeat.objects.get(pk=mine.pk).candidate is None
    assert len(letters_to(candidate)) == 2
    with pytest.raises(event_refusals.PlaceGone):
        event_choosing.take_place(candidate, place=place, at=AT)


def test_no_time_is_offered_that_does_not_fit_or_is_too_late(by: Account) -> None:
    event = choosing_event()
    [candidate], [assessor] = event.candidates.in_full(), event.assessors.all()
    assert event_choosing.free_places(candidate, at=THAT_DAY) == {}
    with pytest.raises(event_refusals.CannotChoose):
        event_choosing.take_place(candidate, place=2, at=THAT_DAY + dt.timedelta(days=1))
    for agreed in (Help(longer=50), Help(welsh=True), Help(companion=True)):
        candidate = event_candidates.settle_help(candidate, agreed, by=by, at=AT)
        assert event_choosing.free_places(candidate, at=AT) == {}, agreed
    candidate = event_candidates.settle_help(candidate, Help(), by=by, at=AT)
    event_setup.declare_conflict(assessor, candidate=candidate, kind=Conflict.DECLARED, by=by, at=AT)
    assert event_choosing.free_places(candidate, at=AT) == {}


def panel_event() -> tuple[SelectionEvent, EventCandidate, list[EventAssessor]]:
    """One candidate before two."""
    make_reasons()
    event = ready_event(0 + 1, assessors=2)
    event.exercises.update(assessors=2)
    published(event)
    [candidate] = event.candidates.in_full()
    return event, candidate, list(event.assessors.all())


def score(one: EventAssessor, candidate: EventCandidate, mark: int) -> None:
    exercise = candidate.event.exercises.get()
    event_scoring.hand_in_score(
        one, candidate=candidate.pk, exercise=exercise.pk, mark=mark, because="Calm", at=THAT_DAY
    )


def seen_by(one: EventAssessor) -> list[int]:
    return [each.mark for line in event_scoring.day_of_assessor(one, "en") for each in line.scores]


def test_nobody_of_a_panel_sees_a_mark_before_all_are_in() -> None:
    event, candidate, (one, other) = panel_event()
    score(one, candidate, 4)
    assert (seen_by(one), seen_by(other)) == ([4], [])
    [standing] = event_scoring.standings_of(event, [candidate])
    assert standing.marks == {}
    score(other, candidate, 1)
    assert (sorted(seen_by(one)), sorted(seen_by(other))) == ([1, 4], [1, 4])
    [standing] = event_scoring.standings_of(event, [candidate])
    assert standing.total == Decimal("2.50")


def test_a_mark_is_handed_in_once_and_taken_back_until_it_was_seen() -> None:
    event, candidate, (one, other) = panel_event()
    where = {"candidate": candidate.pk, "exercise": event.exercises.get().pk}
    score(one, candidate, 4)
    with pytest.raises(event_refusals.ScoredAlready):
        score(one, candidate, 3)
    assert event_scoring.take_back_score(one, at=THAT_DAY, **where)
    score(one, candidate, 3)
    score(other, candidate, 3)
    with pytest.raises(event_refusals.ScoresSeen):
        event_scoring.take_back_score(one, at=THAT_DAY, **where)


def test_only_whoever_sees_a_candidate_marks_them_and_not_before_the_day(by: Account) -> None:
    event, candidate, (one, _other) = panel_event()
    where = {"candidate": candidate.pk, "exercise": event.exercises.get().pk}
    stranger = event_setup.name_assessor(event, account=by, by=None, at=AT)
    for who, at in ((stranger, THAT_DAY), (one, AT)):
        with pytest.raises(event_refusals.NotToScore):
            event_scoring.hand_in_score(who, mark=3, because="Calm", at=at, **where)
    for mark, because in ((5, "Calm"), (3, " ")):
        with pytest.raises(event_refusals.MarkOutside):
            event_scoring.hand_in_score(one, mark=mark, because=because, at=THAT_DAY, **where)


def came(candidate: EventCandidate, how: str, by: Account) -> None:
    event_candidates.note_attendance(candidate, attended=how, help_given=None, note="", by=by, at=THAT_DAY)


def test_results_have_reasons_and_the_case_of_who_passed_goes_on(by: Account) -> None:
    event, candidate, panel = panel_event()
    with pytest.raises(event_refusals.MarksMissing):
        event_results.decide_results(event, by=by, at=THAT_DAY)
    came(candidate, EventCandidate.PRESENT, by)
    for each in panel:
        score(each, candidate, 3)
    event_results.decide_results(event, by=by, at=THAT_DAY)
    result = EventResult.objects.standing().get()
    assert (result.outcome, result.reason.key, result.total) == ("PASSED", "passed", Decimal("3.00"))
    step = Step.objects.get(case=candidate.application.case_id, key="board")
    assert step.state == Step.DONE
    with pytest.raises(event_refusals.ResultsDecided):
        score(panel[0], candidate, 1)
    tell_event(event.pk, at=THAT_DAY)
    assert "**Passed**" in letters_to(candidate)[-1].body
    event_results.reopen_results(event, by=by, at=THAT_DAY)
    step.refresh_from_db()
    assert (step.state, EventResult.objects.standing().count()) == (Step.READY, 0)
    with pytest.raises(event_refusals.NotDecided):
        event_results.reopen_results(event, by=by, at=THAT_DAY)


@pytest.mark.parametrize(
    ("how", "mark", "outcome", "reason"),
    [
        (EventCandidate.LATE, 1, EventResult.NOT_PASSED, "below"),
        (EventCandidate.ABSENT, None, EventResult.ABSENT, "absent"),
    ],
)
def test_nobody_who_did_not_pass_goes_on(
    how: str, mark: int | None, outcome: str, reason: str, by: Account
) -> None:
    event, candidate, panel = panel_event()
    came(candidate, how, by)
    for each in panel if mark is not None else ():
        score(each, candidate, mark or 0)
    event_results.decide_results(event, by=by, at=THAT_DAY)
    result = EventResult.objects.standing().get()
    assert (result.outcome, result.reason.key) == (outcome, reason)
    assert Step.objects.get(case=candidate.application.case_id, key="board").state == Step.READY


def test_results_need_reasons_in_force(by: Account) -> None:
    event, candidate, panel = panel_event()
    came(candidate, EventCandidate.PRESENT, by)
    for each in panel:
        score(each, candidate, 3)
    EventReason.objects.update(until_on=dt.date(2026, 1, 2))
    with pytest.raises(event_refusals.NoEventReasons):
        event_results.decide_results(event, by=by, at=THAT_DAY)
    assert Assessing.objects.count() == 2
