"""The pages of selection events: the desk plans and mends, whoever assesses sees their own day alone, an
applicant reads theirs; with as many questions to the database for many candidates as for few."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moothall.people.models import Account, Team
from moothall.people.models.working import at_on
from moothall.people.tests import pages
from moothall.people.tests.make import AT, make_account, make_team
from moothall.people.tests.pages import signed_in_as
from moothall.recruitment.models import (
    EventCandidate,
    EventPlan,
    EventSeat,
    EventSitting,
    Score,
    SelectionEvent,
)
from moothall.recruitment.rules import event_candidates, event_plans, event_scoring, event_setup
from moothall.recruitment.rules.event_telling import tell_event
from moothall.recruitment.rules.links import signed_application

from .make import make_campaign, make_recruiter
from .make_events import (
    DAY,
    made_plan,
    make_candidates,
    make_event,
    make_reasons,
    planned,
    published,
    ready_event,
)

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *parts: Any, **asked: str) -> Any:
    return pages.page(client.get(reverse(name, args=parts), asked))


def words(client: Client, name: str, *parts: Any, **asked: str) -> str:
    return pages.words(page(client, name, *parts, **asked))


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def recruiter(team: Team) -> Account:
    return make_recruiter(team=team)


def event_of(team: Team, many: int = 2, **changes: Any) -> SelectionEvent:
    event = make_event(make_campaign(team=team), **changes)
    for _ in range(2):
        event_setup.name_assessor(event, account=make_account(), by=None, at=AT)
    make_candidates(event, many)
    return event


def test_the_desk_draws_up_plans_publishes_and_tells(team: Team, recruiter: Account) -> None:
    client, event = signed_in_as(recruiter), event_of(team)
    said = words(client, "selection_event", event.pk)
    assert "Interview" in said
    client.post(reverse("plan_event", args=[event.pk]), {"seconds": "5"})
    plan = EventPlan.objects.get()
    assert "Waiting" in words(client, "event_plan", event.pk, plan.pk)
    made_plan(plan)
    said = words(client, "event_plan", event.pk, plan.pk)
    assert "Everybody has a time." in said
    client.post(reverse("publish_event_plan", args=[event.pk, plan.pk]))
    assert "4 people have not heard how it stands." in words(client, "selection_event", event.pk)
    assert "09:00–09:30" in words(client, "event_timetable", event.pk)
    candidate = EventCandidate.objects.in_full()[0].application.applicant.person.full_name
    assert candidate in words(client, "event_timetable", event.pk, by="candidate")


def test_who_would_be_moved_is_shown_before_it_is_done(team: Team, recruiter: Account) -> None:
    client, event = signed_in_as(recruiter), event_of(team, rooms=1)
    published(event)
    first = EventSitting.objects.all()[0]
    ill = first.panel.get().assessor
    for each in event.assessors.exclude(pk=ill.pk):
        event_setup.let_go_assessor(each, by=recruiter, at=AT) if not each.duties.exists() else None
    typed = {"day": f"{DAY:%d/%m/%Y}", "begins": "09:00", "ends": "10:30", "because": "Cannot come"}
    answer = client.post(reverse("assessor_away", args=[event.pk, ill.pk]), typed)
    assert answer.headers["Location"] == reverse("mend_event", args=[event.pk])
    client.post(reverse("mend_event", args=[event.pk]), {"because": "Illness"})
    mending = made_plan(EventPlan.objects.latest("pk"))
    said = words(client, "event_plan", event.pk, mending.pk)
    assert "Who would be moved" in said
    assert f"{ill.account.name} is away." in said
    assert EventSitting.objects.all()[0].begins_at == first.begins_at


@pytest.mark.parametrize(
    ("name", "most"), [("selection_event", 36), ("event_timetable", 18), ("event_results", 20)]
)
def test_the_pages_ask_as_much_for_many_as_for_few(
    team: Team, recruiter: Account, django_assert_max_num_queries: Any, name: str, most: int
) -> None:
    event = event_of(team, 6)
    published(event)
    client = signed_in_as(recruiter)
    page(client, name, event.pk)
    with django_assert_max_num_queries(most):
        page(client, name, event.pk)


def test_the_list_of_events_is_one_question_for_each_kind_of_row(
    team: Team, recruiter: Account, django_assert_max_num_queries: Any
) -> None:
    campaign = make_campaign(team=team)
    for _ in range(3):
        make_event(campaign, rooms=0)
    client = signed_in_as(recruiter)
    page(client, "selection_events", campaign.pk)
    with django_assert_max_num_queries(14):
        page(client, "selection_events", campaign.pk)


def test_who_assesses_sees_their_own_day_and_nobody_elses_mark(
    team: Team, django_assert_max_num_queries: Any
) -> None:
    event = event_of(team, 4)
    event.exercises.update(assessors=2)
    published(event)
    one, other = event.assessors.all()
    client = signed_in_as(one.account)
    assert "4 marks to give" in words(client, "my_assessing_day", one.pk)
    assert client.get(reverse("my_assessing_day", args=[other.pk])).status_code == 404
    with django_assert_max_num_queries(14):
        page(client, "my_assessing_day", one.pk)
    candidate, exercise = event.candidates.all()[0], event.exercises.get()
    Score.objects.create(
        assessor=other, candidate=candidate, exercise=exercise, mark=1, because="Never stopped talking",
        handed_in_at=AT,
    )  # fmt: skip
    where = (one.pk, candidate.pk, exercise.pk)
    assert "Never stopped" not in words(client, "score_candidate", *where)
    event_scoring.hand_in_score(
        one, candidate=candidate.pk, exercise=exercise.pk, mark=3, because="Calm", at=at_on(DAY, dt.time(16))
    )
    assert "Never stopped" in words(client, "score_candidate", *where)


def test_an_applicant_reads_their_day_once_they_were_told_and_takes_another_time() -> None:
    anybody = Client()
    event = ready_event(1, assessors=1, rooms=1, spare=1, choose_until=DAY)
    published(event)
    candidate = event.candidates.in_full()[0]
    signed = signed_application(candidate.application)
    assert "Your day with us" not in words(anybody, "my_application", signed)
    tell_event(event.pk, at=AT)
    assert "Bring your passport." in words(anybody, "my_application", signed)
    [free] = EventSeat.objects.filter(candidate=None)
    assert "Take another time" in words(anybody, "my_times", signed)
    answer = anybody.post(reverse("my_times", args=[signed]), {"place": free.place})
    assert answer.status_code == 302
    assert EventSeat.objects.get(candidate=candidate).pk == free.pk


def test_the_desk_notes_who_came_and_decides(team: Team, recruiter: Account) -> None:
    make_reasons()
    client, event = signed_in_as(recruiter), event_of(team, 1)
    published(event)
    [candidate], exercise = event.candidates.all(), event.exercises.get()
    duty = EventSitting.objects.get().panel.get()
    event_scoring.hand_in_score(
        duty.assessor, candidate=candidate.pk, exercise=exercise.pk, mark=3, because="Calm",
        at=at_on(DAY, dt.time(16)),
    )  # fmt: skip
    client.post(reverse("note_attendance", args=[event.pk, candidate.pk]), {"attended": "LATE"})
    said = words(client, "event_results", event.pk)
    assert "Came late" in said
    assert "1 of 1 complete" in said
    client.post(reverse("decide_event_results", args=[event.pk]))
    assert "Passed" in words(client, "event_results", event.pk)


def test_somebody_elses_event_does_not_exist(recruiter: Account) -> None:
    event = ready_event(1)
    plan = planned(event)
    client = signed_in_as(recruiter)
    for name, more in (("selection_event", ()), ("event_timetable", ()), ("event_plan", (plan.pk,))):
        assert client.get(reverse(name, args=[event.pk, *more])).status_code == 404
    event_plans.publish_plan(plan, by=None, at=AT)
    event_candidates.note_attendance(
        event.candidates.all()[0], attended="LATE", help_given=None, note="", by=recruiter, at=AT
    )
