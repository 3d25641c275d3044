"""A selection event is drawn up, planned in one action, put in force, mended when somebody is ill."""

import datetime as dt

import pytest

from moothall.bookings.models import Reservation
from moothall.bookings.rules.refusals import Taken
from moothall.bookings.tests.make import make_reservation, make_resource
from moothall.cases.models import Step
from moothall.credentials.tests.make import make_credential, make_kind
from moothall.people.models.working import LanguageSkill, at_on
from moothall.people.tests.make import AT, make_account, make_person
from moothall.recruitment.models import (
    Assessing,
    Conflict,
    EventCandidate,
    EventPlan,
    EventSeat,
    EventSitting,
    SelectionEvent,
)
from moothall.recruitment.rules import event_candidates, event_plans, event_refusals, event_setup, events
from moothall.recruitment.rules.event_candidates import Help
from moothall.recruitment.rules.event_why import changes_of, names_of, without_time
from moothall.recruitment.rules.withdrawing import withdraw
from moothall.recruitment.tests.make import make_campaign
from moothall.recruitment.tests.make_events import (
    DAY,
    at_the_board,
    content_of_event,
    made_plan,
    make_assessor,
    make_candidates,
    make_event,
    make_exercise,
    planned,
    published,
    ready_event,
)

pytestmark = pytest.mark.django_db
NOON = at_on(DAY, dt.time(12))


def seated(event: SelectionEvent) -> set[int | None]:
    return set(EventSeat.objects.filter(sitting__event=event).values_list("candidate", flat=True))


def test_its_rooms_are_booked_on_all_its_days_and_by_nobody_else() -> None:
    event = make_event(days=[DAY, DAY + dt.timedelta(days=1)], rooms=1)
    [room] = event.rooms.all()
    assert Reservation.objects.about(events.KIND, event.pk).standing().count() == 2
    with pytest.raises(Taken):
        make_reservation(room.resource, starts_at=at_on(DAY, dt.time(10)), ends_at=at_on(DAY, dt.time(11)))
    event_setup.remove_room(room, by=make_account(), at=AT)
    make_reservation(room.resource, starts_at=at_on(DAY, dt.time(10)), ends_at=at_on(DAY, dt.time(11)))


def test_of_rooms_one_of_which_is_taken_none_is_booked() -> None:
    event, free, taken = make_event(rooms=0), make_resource(), make_resource()
    make_reservation(taken, starts_at=at_on(DAY, dt.time(9)), ends_at=at_on(DAY, dt.time(10)))
    assert free in event_setup.free_rooms_for(event)
    assert taken not in event_setup.free_rooms_for(event)
    with pytest.raises(Taken):
        event_setup.add_rooms(event, resources=[free, taken], by=None, at=AT)
    assert not event.rooms.exists()


def test_everybody_at_the_stage_is_brought_in_one_action_and_taken_back() -> None:
    event = make_event()
    one, other = at_the_board(event.campaign), at_the_board(event.campaign)
    made = event_candidates.bring_candidates(event, by=None, at=AT)
    assert {each.application_id for each in made} == {one.pk, other.pk}
    with pytest.raises(event_refusals.NobodyToBring):
        event_candidates.bring_candidates(event, by=None, at=AT)
    assert event_candidates.take_back_bringing(event, by=make_account(), at=AT) == 2
    assert not event.candidates.standing().exists()


def test_an_event_is_at_a_stage_of_the_campaign_and_named_in_both_languages() -> None:
    campaign = make_campaign()
    with pytest.raises(event_refusals.StageNotDeclared):
        events.draw_up_event(campaign, content_of_event(step="nowhere"), by=None, at=AT)
    with pytest.raises(event_refusals.WelshNameMissing):
        events.draw_up_event(campaign, content_of_event(name_cy=" "), by=None, at=AT)
    with pytest.raises(event_refusals.NoDays):
        events.draw_up_event(campaign, content_of_event(closes=dt.time(8)), by=None, at=AT)


def test_everybody_has_a_time_and_a_draft_takes_nothing_until_it_is_published() -> None:
    event = ready_event(5)
    plan = planned(event)
    assert (plan.state, plan.unseated, plan.figures["seated"]) == (EventPlan.DONE, [], 5)
    assert not EventSitting.objects.exists()
    event_plans.publish_plan(plan, by=None, at=AT)
    assert seated(event) == set(event.candidates.values_list("pk", flat=True))
    assert Assessing.objects.count() == EventSitting.objects.count() == 5


@pytest.mark.slow
def test_the_search_goes_on_in_a_process_of_its_own_and_says_how_far_it_is() -> None:
    plan = event_plans.ask_for_plan(ready_event(2), by=None, at=AT)
    made_plan(plan, aside=True)
    assert (plan.state, plan.figures["seated"]) == (EventPlan.DONE, 2)
    assert plan.points


def test_publishing_is_taken_back_and_nothing_stands() -> None:
    event = ready_event(2)
    plan = published(event)
    event_plans.take_back_plan(plan, by=make_account(), at=AT)
    event.refresh_from_db()
    assert (event.plan, EventSitting.objects.count()) == (None, 0)
    event_plans.publish_plan(plan, by=None, at=AT)
    assert EventSitting.objects.count() == 2


def test_nobody_assesses_somebody_they_know() -> None:
    event = ready_event(1, assessors=1)
    [candidate], [assessor] = event.candidates.all(), event.assessors.all()
    by = make_account()
    declared = event_setup.declare_conflict(
        assessor, candidate=candidate, kind=Conflict.REFEREE, by=by, at=AT
    )
    plan = planned(event)
    [nobody] = without_time(plan, names_of(event, "en"))
    assert nobody.why == "Too few people may assess them. Of 1: 1 knows them."
    with pytest.raises(event_refusals.DeclaredAlready):
        event_setup.declare_conflict(assessor, candidate=candidate, kind=Conflict.REFEREE, by=by, at=AT)
    event_setup.take_back_conflict(declared, by=by, at=AT)
    assert planned(event).unseated == []


def test_training_has_to_hold_on_the_day() -> None:
    event, kind = make_event(rooms=1), make_kind()
    event.exercises.update(needs=kind)
    trained, expired = make_account(person=make_person()), make_account(person=make_person())
    for account, until in ((trained, DAY), (expired, DAY - dt.timedelta(days=1))):
        held = make_credential(
            account.person, kind=kind, issued_on=dt.date(2026, 1, 1), expires_on=until, by=make_account()
        )
        type(held).objects.filter(pk=held.pk).update(verified_at=AT, verified_by=make_account())
        make_assessor(event, account)
    make_candidates(event, 2)
    plan = published(event)
    assert plan.unseated == []
    assert set(Assessing.objects.values_list("account", flat=True)) == {trained.pk}


def test_who_is_away_on_the_day_or_elsewhere_assesses_nothing_then() -> None:
    event = ready_event(2, assessors=1)
    [assessor] = event.assessors.all()
    event_setup.note_away(
        assessor, begins_at=at_on(DAY, dt.time(0)), ends_at=at_on(DAY, dt.time(11, 30)), because="Cannot",
        by=make_account(), at=AT,
    )  # fmt: skip
    plan = published(event)
    assert plan.figures["seated"] == 1
    assert EventSitting.objects.get().begins_at == at_on(DAY, dt.time(11, 30))


def test_what_was_agreed_to_help_is_kept() -> None:
    event = ready_event(1)
    [candidate], by = event.candidates.all(), make_account()
    room = event.rooms.all()[0].resource
    type(room).objects.filter(pk=room.pk).update(step_free=False)
    agreed = Help(longer=50, step_free=True, interpreter="bsl", welsh=True)
    event_candidates.settle_help(candidate, agreed, by=by, at=AT)
    assert planned(event).figures["seated"] == 0
    speaks = event.assessors.all()[0].account
    LanguageSkill.objects.create(account=speaks, language="cy", level=LanguageSkill.FLUENT)
    make_assessor(event, assesses=False, interprets="BSL")
    published(event)
    sitting = EventSitting.objects.get()
    assert (sitting.ends_at - sitting.begins_at) == dt.timedelta(minutes=45)
    assert sitting.room.step_free
    panel = {each.interprets_for_id: each.account for each in sitting.panel.all()}
    assert panel[None] == speaks
    assert candidate.pk in panel


def test_what_would_help_is_settled_before_anybody_plans() -> None:
    event = ready_event(1)
    [candidate] = event.candidates.in_full()
    type(candidate.application).objects.update(adjustments="More time, please")
    with pytest.raises(event_refusals.HelpToSettle):
        event_plans.ask_for_plan(event, by=None, at=AT)
    event_candidates.settle_help(candidate, Help(longer=25), by=make_account(), at=AT)
    assert planned(event).state == EventPlan.DONE


def test_exercises_come_in_order_with_a_rest_between() -> None:
    event = make_event(rooms=2, kind=SelectionEvent.CENTRE)
    first = event.exercises.get()
    make_exercise(event, name="Written", size=10, assessors=1, after=first, minutes=40)
    event.exercises.update(rest=10)
    for _ in range(2):
        make_assessor(event)
    make_candidates(event, 2)
    published(event)
    for candidate in event.candidates.all():
        one, other = EventSeat.objects.filter(candidate=candidate).order_by("sitting__begins_at")
        assert one.sitting.exercise == first
        assert other.sitting.begins_at >= one.sitting.ends_at + dt.timedelta(minutes=10)


def test_somebody_free_takes_over_from_who_is_ill_and_nobody_is_moved() -> None:
    event = ready_event(2, assessors=3)
    before = published(event)
    ill = Assessing.objects.all()[0].assessor
    times = set(EventSeat.objects.values_list("candidate", "sitting__begins_at", "sitting__room"))
    event_setup.note_away(
        ill, begins_at=at_on(DAY, dt.time(0)), ends_at=NOON, because="Cannot come", by=make_account(), at=AT
    )
    mending = made_plan(event_plans.ask_for_mending(event, because="Illness", by=None, at=AT))
    changes = changes_of(mending, names_of(event, "en"), list(event.days.all()))
    assert [each.why for each in changes if each.told] == []
    assert {each.why for each in changes} == {f"{ill.account.name} is away."}
    assert Assessing.objects.filter(assessor=ill).exists()
    event_plans.publish_plan(mending, by=None, at=AT)
    assert not Assessing.objects.filter(assessor=ill).exists()
    assert set(EventSeat.objects.values_list("candidate", "sitting__begins_at", "sitting__room")) == times
    event_plans.take_back_plan(mending, by=make_account(), at=AT)
    event.refresh_from_db()
    assert event.plan == before
    assert Assessing.objects.filter(assessor=ill).exists()


def test_who_is_moved_is_shown_before_it_is_done() -> None:
    event = ready_event(2, assessors=1, rooms=1)
    published(event)
    first = EventSitting.objects.all()[0]
    [assessor] = event.assessors.all()
    event_setup.note_away(
        assessor, begins_at=first.begins_at, ends_at=first.ends_at, because="Late", by=make_account(), at=AT
    )
    mending = made_plan(event_plans.ask_for_mending(event, because="Late train", by=None, at=AT))
    [moved] = [
        each for each in changes_of(mending, names_of(event, "en"), list(event.days.all())) if each.told
    ]
    assert moved.candidate == first.seats.get().candidate
    assert moved.before.startswith(f"{DAY:%d/%m} 09:00")
    assert moved.after
    assert EventSitting.objects.all()[0].begins_at == first.begins_at


def test_two_events_never_have_the_same_person_at_once() -> None:
    event = ready_event(1, assessors=1)
    published(event)
    [assessor] = event.assessors.all()
    other = make_event(make_campaign(team=event.campaign.team), opens=dt.time(9), closes=dt.time(9, 30))
    make_assessor(other, assessor.account)
    make_candidates(other, 1)
    assert planned(other).figures["seated"] == 0


def test_the_database_itself_lets_nobody_be_taken_twice() -> None:
    event = ready_event(1, assessors=1)
    plan = planned(event)
    other = make_event(make_campaign(team=event.campaign.team))
    make_assessor(other, event.assessors.get().account)
    make_candidates(other, 1)
    later = planned(other)
    event_plans.publish_plan(plan, by=None, at=AT)
    with pytest.raises(event_refusals.TakenElsewhere):
        event_plans.publish_plan(later, by=None, at=AT)
    assert not EventSitting.objects.filter(event=other).exists()


def test_a_plan_made_for_another_day_or_twice_is_not_published() -> None:
    event = ready_event(1)
    plan, later = planned(event), planned(event)
    event_plans.publish_plan(plan, by=None, at=AT)
    for each in (plan, later):
        each.refresh_from_db()
    with pytest.raises(event_refusals.PlanNotMade):
        event_plans.publish_plan(plan, by=None, at=AT)
    with pytest.raises(event_refusals.PlanInForce):
        event_plans.publish_plan(later, by=None, at=AT)
    with pytest.raises(event_refusals.PlanInForce):
        events.change_event(event, content_of_event(), by=make_account(), at=AT)


def test_nobody_is_let_go_whom_the_plan_counts_on() -> None:
    event = ready_event(1, assessors=1)
    published(event)
    [assessor] = event.assessors.all()
    with pytest.raises(event_refusals.StillUsed):
        event_setup.let_go_assessor(assessor, by=make_account(), at=AT)
    with pytest.raises(event_refusals.StillUsed):
        event_setup.remove_room(
            event.rooms.get(resource=EventSitting.objects.get().room), by=make_account(), at=AT
        )


def test_who_withdraws_leaves_everybody_else_where_they_are() -> None:
    event = ready_event(2, assessors=1, rooms=1)
    published(event)
    gone = EventCandidate.objects.all()[0]
    other = EventSeat.objects.exclude(candidate=gone).get().sitting.begins_at
    withdraw(gone.application, because="", by=None, at=AT)
    mending = made_plan(event_plans.ask_for_mending(event, because="Withdrew", by=None, at=AT))
    event_plans.publish_plan(mending, by=None, at=AT)
    assert EventSeat.objects.get(candidate__isnull=False).sitting.begins_at == other


def test_a_plan_can_be_stopped_before_it_begins_and_one_is_made_at_a_time() -> None:
    event, by = ready_event(1), make_account()
    plan = event_plans.ask_for_plan(event, by=None, at=AT)
    with pytest.raises(event_refusals.BeingPlanned):
        event_plans.ask_for_plan(event, by=None, at=AT)
    event_plans.ask_to_stop(plan, by=by, at=AT)
    assert made_plan(plan).state == EventPlan.BROKEN
    with pytest.raises(event_refusals.NotBeingPlanned):
        event_plans.ask_to_stop(plan, by=by, at=AT)


def test_a_plan_needs_people_rooms_and_something_to_sit() -> None:
    with pytest.raises(event_refusals.NothingToPlan):
        event_plans.ask_for_plan(make_event(), by=None, at=AT)


def test_a_cancelled_event_gives_everything_back_and_is_held_after_all() -> None:
    event, by = ready_event(1), make_account()
    published(event)
    events.cancel_event(event, because="Flood", by=by, at=AT)
    assert not EventSitting.objects.exists()
    assert not Reservation.objects.about(events.KIND, event.pk).standing().exists()
    with pytest.raises(event_refusals.EventOver):
        event_plans.ask_for_plan(event, by=None, at=AT)
    events.hold_after_all(event, by=by, at=AT)
    assert Reservation.objects.about(events.KIND, event.pk).standing().count() == 2
    assert planned(event).figures["seated"] == 1


def test_the_rooms_follow_when_the_days_change() -> None:
    event = make_event(rooms=1)
    later = DAY + dt.timedelta(days=1)
    events.change_event(event, content_of_event(days=[later]), by=make_account(), at=AT)
    [kept] = Reservation.objects.about(events.KIND, event.pk).standing()
    assert kept.starts_at == at_on(later, dt.time(9))
    assert Step.objects.filter(key="board").count() == 0
