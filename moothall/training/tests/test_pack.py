"""The part of a pack about training: its courses come once, and the sample keeps every rule."""

import pytest

from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.people.tests.make import AT, make_account
from moothall.training.models import (
    Course,
    CourseRequirement,
    Need,
    Nomination,
    PlanRun,
    Schedule,
    ScheduleVersion,
    Session,
    TeamDay,
)
from moothall.training.rules.pack import load_part
from moothall.training.rules.publishing import differences_of
from moothall.training.rules.sample import load_part as load_sample
from moothall.training.rules.sample_plan import load_part as load_plan
from moothall.training.rules.sample_schedule import load_part as load_schedule
from moothall.workforce.tests.make import make_employment, make_unit

from .make import make_site
from .make_plans import make_year

pytestmark = pytest.mark.django_db


def pack(key: str) -> Pack:
    folder = find_pack(key)
    return Pack(key, folder, read_about(folder), AT, demo=True, scale=1)


@pytest.mark.parametrize("key", ["learning-desk", "people-services"])
def test_a_pack_brings_its_courses_once_in_both_languages(key: str) -> None:
    load_part(pack(key), Progress())
    courses, asked = Course.objects.count(), CourseRequirement.objects.count()
    assert courses >= 7
    assert asked >= 3
    assert not Course.objects.filter(name_cy="").exists()
    load_part(pack(key), Progress())
    assert (Course.objects.count(), CourseRequirement.objects.count()) == (courses, asked)


def test_the_sample_is_a_year_that_keeps_the_rules_and_comes_once() -> None:
    load_part(pack("people-services"), Progress())
    make_account()
    unit = make_unit()
    for _n in range(30):
        make_employment(unit=unit)
    load_sample(pack("people-services"), Progress())
    made = Session.objects.count()
    assert made > 20
    assert Nomination.objects.filter(result=Nomination.PASSED).exists()
    assert Nomination.objects.filter(state=Nomination.PLACED, attended=None).exists()
    assert Need.objects.exists()
    assert TeamDay.objects.filter(out__gt=0).exists()
    for session in Session.objects.all():
        assert session.taken == session.nominations.placed().count()
    load_sample(pack("people-services"), Progress())
    assert Session.objects.count() == made
    make_site()
    load_schedule(pack("people-services"), Progress())
    states = [each.state for each in ScheduleVersion.objects.order_by("number")]
    assert states == [ScheduleVersion.PUBLISHED, ScheduleVersion.DRAFT]
    [published, draft] = ScheduleVersion.objects.order_by("number")
    assert published.lines.exclude(session=None).count() > 20
    assert {each.sort for each in differences_of(draft, today=AT.date())} >= {"MOVED", "WITHDRAWN"}
    load_schedule(pack("people-services"), Progress())
    assert Schedule.objects.count() == 1


def test_the_sample_office_asks_for_one_plan_as_it_starts() -> None:
    load_plan(pack("people-services"), Progress())
    assert not PlanRun.objects.exists()
    make_year(1)
    for _time in range(2):
        load_plan(pack("people-services"), Progress())
    assert PlanRun.objects.get().state == PlanRun.WAITING
