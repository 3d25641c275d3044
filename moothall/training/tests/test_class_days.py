"""Who teaches students teaches no session that day; classes are taken off duty, and stand in calendars."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from moothall.bookings.engaged import engaged_between
from moothall.people.tests.make import AT, make_account
from moothall.training.models import Abstraction, Cohort, CohortClass, TeamDay, TrainerDay
from moothall.training.rules.duty_abstractions import fetch_abstractions, note_abstractions
from moothall.training.rules.pathways.class_days import days_of
from moothall.training.rules.pathways.cohorts import Weeks, change_class, plan_cohort
from moothall.training.rules.pathways.refusals import TrainerTaken
from moothall.training.rules.pathways.students import leave_pathway
from moothall.training.rules.refusals import TrainerBusy
from moothall.training.rules.team_feed import open_team_feed
from moothall.workforce.away import TRAINING, away_between
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager

from .make import MONDAY, TODAY, make_keeper, make_minimum, make_session, unit_of
from .make_pathways import WEEK, furnish, join, make_cohort, make_planned, teach

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def working(weeks: int) -> int:
    """Days at work in so many weeks from that Monday on: bank holidays are none."""
    return len(days_of([MONDAY + number * WEEK for number in range(weeks)]))


def law_of(cohort: Cohort) -> CohortClass:
    return CohortClass.objects.select_related("trainer").get(group__cohort=cohort, module__number=1)


def trainer_of(cohort: Cohort) -> Employment:
    trainer = law_of(cohort).trainer
    assert trainer is not None
    return trainer


def test_whoever_teaches_students_is_refused_to_a_session_of_those_weeks() -> None:
    cohort = make_planned(2)
    trainer = trainer_of(cohort)
    with pytest.raises(TrainerBusy, match="Law"):
        make_session(first_on=MONDAY + DAY, trainers=[trainer])
    assert make_session(first_on=MONDAY + 5 * WEEK, trainers=[trainer]).trainer_days.exists()


def test_whoever_teaches_a_session_is_planned_for_students_in_other_weeks_and_refused_by_hand() -> None:
    cohort = make_cohort()
    join(cohort, 2)
    trainer = teach(cohort.pathway.modules.get(number=1).skill)
    furnish(cohort.pathway)
    make_session(first_on=MONDAY + 2 * DAY, trainers=[trainer])
    plan_cohort(cohort, by=None, at=AT, today=TODAY)
    held = law_of(cohort)
    assert held.first_on > MONDAY
    with pytest.raises(TrainerTaken):
        change_class(held, to=Weeks(MONDAY, trainer), by=make_keeper(), at=AT)


def test_a_plan_made_anew_or_a_class_moved_takes_the_days_along() -> None:
    cohort = make_planned(2)
    plan_cohort(cohort, by=None, at=AT, today=TODAY)
    held = law_of(cohort)
    assert TrainerDay.objects.filter(held=held).count() == TrainerDay.objects.count() == working(2)
    other = teach(held.module.skill)
    change_class(held, to=Weeks(held.first_on, other), by=make_keeper(), at=AT)
    assert set(TrainerDay.objects.values_list("trainer", flat=True)) == {other.pk}


def test_students_and_their_trainer_are_taken_off_duty_and_nobody_on_patrol_is() -> None:
    cohort = make_planned(2)
    student = cohort.students.select_related("employment").order_by("pk")[0]
    assert note_abstractions(today=TODAY) == 2 * working(3) + working(2)
    assert note_abstractions(today=TODAY) == 0
    assert set(Abstraction.objects.values_list("kind", "cohort").order_by().distinct()) == {
        (Abstraction.TRAINED, cohort.pk), (Abstraction.TEACHES, cohort.pk),
    }  # fmt: skip
    file = io.BytesIO()
    fetch_abstractions(file, kind="csv", only_new=False, by=make_keeper(), at=AT, today=TODAY)
    said = file.getvalue().decode("utf-8-sig")
    assert f'"09:00","17:00","","{cohort.name}"' in said
    leave_pathway(student, because="Another career", on=TODAY, by=None, at=AT)
    assert note_abstractions(today=TODAY) == working(3)


def test_programs_and_the_page_say_the_cohort(client: Client) -> None:
    client.force_login(make_keeper())
    cohort = make_planned(2)
    note_abstractions(today=TODAY)
    said = client.get(reverse("api:api_abstractions")).json()["new"]
    assert {(each["course"], each["session"], each["cohort"]) for each in said} == {
        (cohort.pathway.key, None, cohort.name)
    }
    assert cohort.name in client.get(reverse("abstractions")).text


def test_classes_stand_in_peoples_own_time_and_are_known_as_training() -> None:
    cohort = make_planned(1)
    student = cohort.students.select_related("employment__person").get()
    trainer = trainer_of(cohort)
    pupil, teacher = (
        make_account(person=each.person) for each in (student.employment, trainer)
    )  # fmt: skip
    found = engaged_between([pupil.pk, teacher.pk], MONDAY, MONDAY)
    assert {(each.account_id, each.why) for each in found} == {
        (pupil.pk, "on a course"), (teacher.pk, "teaches"),
    }  # fmt: skip
    titles = {each.line.title for each in found if each.line}
    assert titles == {f"Law ({cohort}/1)", f"Teaching: Law ({cohort}/1)"}
    away = away_between([student.employment_id], MONDAY, MONDAY + 6 * DAY)
    assert [each.kind for each in away] == [TRAINING] * working(1)


def test_the_ledger_of_a_team_counts_them_as_not_there() -> None:
    cohort = make_cohort()
    [student] = join(cohort, 1)
    unit = unit_of(student.employment)
    make_employment(unit=unit)
    furnish(cohort.pathway)
    plan_cohort(cohort, by=None, at=AT, today=TODAY)
    make_minimum(unit, 1)
    line = TeamDay.objects.get(unit=unit, day=MONDAY)
    assert (line.rostered, line.present) == (2, 1)
    after = TeamDay.objects.get(unit=unit, day=MONDAY + 4 * WEEK)  # on patrol with a tutor
    assert (after.rostered, after.present) == (2, 2)


def test_a_managers_calendar_has_one_event_for_each_class(client: Client) -> None:
    manager, boss = make_manager()
    cohort = make_planned(1)
    student = cohort.students.select_related("employment").get()
    student.employment.assignments.update(manager=boss)
    address = open_team_feed(account=manager, at=AT)
    calendar = Calendar.from_ical(client.get(reverse("team_feed_file", args=[address])).content)
    titles = [str(each["summary"]) for each in calendar.events]
    assert len(titles) == 2
    assert any("Law" in each for each in titles)
