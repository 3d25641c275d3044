"""Cohorts: planned with hosts, tutors and trainers that others have not, told once, changed by hand."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.bookings.models import Feature
from moothall.letters.models import Letter
from moothall.people.tests.make import AT, make_account
from moothall.training.models import (
    Attachment,
    CohortClass,
    PathwayModule,
    PlacementHost,
    Student,
    TrainerWeek,
)
from moothall.training.rules.pathways.attaching import attach_by_hand, busiest
from moothall.training.rules.pathways.cohorts import (
    Weeks,
    change_class,
    join_cohort,
    open_cohort,
    plan_cohort,
    tell_cohort,
)
from moothall.training.rules.pathways.refusals import (
    CohortBegun,
    HostFull,
    HostInOwnDistrict,
    HostNotAssessed,
    HostWithoutAccess,
    NobodyInIt,
    NotAMonday,
    NotPlanned,
    OnAPathway,
    TrainerTaken,
    WeeksTaken,
)
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, TODAY
from .make_pathways import (
    WEEK,
    attachments_of,
    furnish,
    join,
    make_cohort,
    make_district,
    make_host,
    make_pathway,
    make_planned,
    make_tutor,
    plan,
    students_of,
    teach,
)

pytestmark = pytest.mark.django_db
PLACEMENT, TUTORED = PathwayModule.PLACEMENT, PathwayModule.TUTORED


def test_a_planned_cohort_has_groups_weeks_a_trainer_hosts_and_tutors() -> None:
    cohort = make_planned(6)
    assert [group.students.count() for group in cohort.groups.all()] == [3, 3]
    group = cohort.groups.first()
    assert group is not None
    law, community, patrol = group.classes.order_by("first_on")
    assert law.first_on in (MONDAY, MONDAY + 2 * WEEK)
    assert law.trainer is not None
    assert community.first_on > law.last_on
    assert patrol.first_on > community.last_on
    assert all(each.host for each in attachments_of(cohort, PLACEMENT))
    assert all(each.tutor for each in attachments_of(cohort, TUTORED))
    assert Attachment.objects.count() == 12


def test_a_cohort_begins_on_a_monday_to_come_and_is_planned_with_somebody_in_it() -> None:
    pathway = make_pathway()
    for day in (MONDAY + dt.timedelta(days=1), MONDAY - 9 * WEEK):
        with pytest.raises(NotAMonday):
            open_cohort(pathway, name="A", starts_on=day, by=None, at=AT, today=TODAY)
    with pytest.raises(NobodyInIt):
        plan(make_cohort(pathway))
    cohort = make_planned(pathway=pathway)
    with pytest.raises(CohortBegun):
        plan(cohort, today=MONDAY)
    people = [students_of(cohort)[0].employment]
    with pytest.raises(OnAPathway):
        join_cohort(cohort, people, district=make_district(), by=None, at=AT)


def test_nobody_is_placed_at_home_or_without_access_or_far_away_and_it_is_said_why() -> None:
    home, away = make_district(), make_district(latitude=52.45)
    wheels = Feature.objects.create(key="step-free", name="Step-free", is_access=True)
    cohort = make_cohort(make_pathway(most_minutes=30))
    first, second = join(cohort, 2, district=home)
    first.needs.add(wheels)
    make_host(home, features=[wheels])
    make_host(make_district(latitude=55.0), features=[wheels])
    near = make_host(away)
    furnish(cohort.pathway)
    plan(cohort)
    by_student = {each.student_id: each for each in attachments_of(cohort, PLACEMENT)}
    assert by_student[second.pk].host == near
    assert by_student[first.pk].why == Attachment.ACCESS
    PlacementHost.objects.filter(pk=near.pk).update(district=home)
    plan(cohort)
    whys = {each.student_id: each.why for each in attachments_of(cohort, PLACEMENT)}
    assert whys == {first.pk: Attachment.FAR, second.pk: Attachment.FAR}


def test_what_one_cohort_has_the_next_does_not_get() -> None:
    pathway = make_pathway(rooms=1)
    make_host(places=4)
    make_tutor(most=4)
    one = make_planned(4, pathway=pathway)
    other = make_cohort(pathway)
    join(other, 4)
    plan(other)
    theirs = [each.weeks for each in CohortClass.objects.filter(module__number=1).order_by("first_on")]
    assert not set(theirs[0]) & set(theirs[1])
    weeks = {each.first_on for each in attachments_of(one, PLACEMENT)}
    assert weeks.isdisjoint({each.first_on for each in attachments_of(other, PLACEMENT)})


def test_a_host_whose_risk_assessment_has_run_out_gets_nobody() -> None:
    make_host(assessed_until=MONDAY)
    cohort = make_planned()
    assert {each.why for each in attachments_of(cohort, PLACEMENT)} == {Attachment.FULL}


def test_planning_again_keeps_what_was_chosen_by_hand() -> None:
    cohort = make_planned()
    chosen, [first, *_rest] = make_host(), attachments_of(cohort, PLACEMENT)
    attach_by_hand(first, to=chosen, by=make_account(), at=AT)
    plan(cohort)
    kept = Attachment.objects.get(student=first.student, module=first.module)
    assert kept.host == chosen
    assert kept.by_hand


def test_by_hand_nobody_goes_where_the_planner_would_not_send_them() -> None:
    cohort, by = make_planned(2), make_account()
    [one, two] = attachments_of(cohort, PLACEMENT)
    small = make_host(places=1)
    attach_by_hand(one, to=small, by=by, at=AT)
    with pytest.raises(HostFull):
        attach_by_hand(two, to=small, by=by, at=AT)
    with pytest.raises(HostInOwnDistrict):
        attach_by_hand(two, to=make_host(two.student.district), by=by, at=AT)
    with pytest.raises(HostNotAssessed):
        attach_by_hand(two, to=make_host(assessed_until=TODAY), by=by, at=AT)
    two.student.needs.add(Feature.objects.create(key="hoist", name="Hoist", is_access=True))
    with pytest.raises(HostWithoutAccess):
        attach_by_hand(two, to=make_host(), by=by, at=AT)
    [tutored, *_rest] = attachments_of(cohort, TUTORED)
    tutor = make_tutor(most=1)
    attach_by_hand(tutored, to=tutor, by=by, at=AT)
    assert Attachment.objects.get(pk=tutored.pk).tutor == tutor


def test_students_and_hosts_are_told_once() -> None:
    cohort = make_cohort()
    with pytest.raises(NotPlanned):
        tell_cohort(cohort, by=make_account(), at=AT)
    people = [make_employment(account=make_account())]
    join_cohort(cohort, people, district=make_district(), by=None, at=AT)
    make_host(contact_email="host@example.org", language="cy")
    furnish(cohort.pathway)
    plan(cohort)
    assert tell_cohort(cohort, by=make_account(), at=AT) == 2
    assert tell_cohort(cohort, by=make_account(), at=AT) == 0
    letters = Letter.objects.order_by("pk")
    assert [each.to_address for each in letters].count("host@example.org") == 1
    assert "Diolch" in letters.get(to_address="host@example.org").body


def test_a_class_is_moved_by_hand_but_not_over_another_or_to_a_trainer_who_teaches() -> None:
    cohort = make_planned(8)
    groups = list(cohort.groups.all())
    law, other = (each.classes.get(module__number=1) for each in groups)
    assert law.trainer is not None
    with pytest.raises(WeeksTaken):
        change_class(law, to=Weeks(law.first_on + WEEK, law.trainer), by=make_account(), at=AT)
    if other.first_on == law.first_on:
        with pytest.raises(TrainerTaken):
            change_class(other, to=Weeks(other.first_on, law.trainer), by=make_account(), at=AT)
    patrol = groups[0].classes.get(module__number=3)
    moved = change_class(patrol, to=Weeks(patrol.first_on + 3 * WEEK, None), by=make_account(), at=AT)
    rows = Attachment.objects.filter(student__group=groups[0], module__number=3)
    assert {each.first_on for each in rows} == {moved.first_on}
    assert moved.by_hand


def test_a_trainer_has_one_group_a_week_and_the_module_waits() -> None:
    make_planned(8)
    weeks = list(TrainerWeek.objects.values_list("trainer_id", "week"))
    assert len(weeks) == len(set(weeks)) == 4


def test_the_same_rows_are_planned_the_same_way() -> None:
    cohort = make_planned(8)
    before = [(each.student_id, each.host_id, each.first_on) for each in attachments_of(cohort, PLACEMENT)]
    plan(cohort)
    after = [(each.student_id, each.host_id, each.first_on) for each in attachments_of(cohort, PLACEMENT)]
    assert sorted(before) == sorted(after)


DAYS = st.integers(0, 40).map(lambda number: MONDAY + dt.timedelta(days=number))
SPANS = st.tuples(DAYS, st.integers(0, 12)).map(lambda pair: (pair[0], pair[0] + dt.timedelta(days=pair[1])))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(SPANS, max_size=12), SPANS)
def test_the_busiest_day_is_found_as_by_looking_at_each(
    spans: list[tuple[dt.date, dt.date]], asked: tuple[dt.date, dt.date]
) -> None:
    first, last = asked
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    assert busiest(spans, first, last) == max(
        sum(begins <= day <= ends for begins, ends in spans) for day in days
    )


@pytest.mark.slow
def test_a_year_of_six_hundred_is_planned_within_what_hosts_and_tutors_take() -> None:
    districts = [make_district(latitude=52.2 + number / 20) for number in range(6)]
    pathway = make_pathway(group_size=20, rooms=8)
    for number in range(30):
        make_host(districts[number % 6], places=6)
    for _number in range(8):
        teach(pathway.modules.get(number=1).skill)
    for number in range(70):
        make_tutor(make_employment(), district=districts[number % 6], most=2)
    cohorts = []
    for number in range(6):
        cohort = make_cohort(pathway, starts_on=MONDAY + 8 * number * WEEK)
        for district in districts:
            join(cohort, 17, district=district)
        cohorts.append(plan(cohort))
    assert Student.objects.count() == 612
    for attachment in Attachment.objects.exclude(why="").values("why"):
        assert attachment["why"] == Attachment.FULL
    rows = list(Attachment.objects.filter(host__isnull=False).select_related("host", "student"))
    assert all(each.host and each.host.district_id != each.student.district_id for each in rows)
    for host in {each.host for each in rows if each.host}:
        spans = [(each.first_on, each.last_on) for each in rows if each.host == host]
        assert busiest(spans, MONDAY, MONDAY + 80 * WEEK) <= host.places


def test_what_finds_no_weeks_is_kept_with_its_reason() -> None:
    cohort = make_cohort(make_pathway(group_size=1))
    join(cohort, 1)
    plan_cohort(cohort, by=None, at=AT, today=TODAY)
    cohort.refresh_from_db()
    module = cohort.pathway.modules.get(number=1)
    assert cohort.without == [[1, module.pk, "no tutor"]]
