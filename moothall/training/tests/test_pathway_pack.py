"""The part of a pack about pathways: it comes once, in both languages, and the sample keeps every rule."""

import datetime as dt

import pytest
import yaml

from moothall.cases.rules.reckoning import working_calendar
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.letters.models import Letter
from moothall.people.tests.make import AT
from moothall.training.models import (
    Attachment,
    Cohort,
    District,
    Pathway,
    PathwayItem,
    PathwayModule,
    PlacementHost,
    SignOff,
    Student,
    StudentMove,
)
from moothall.training.rules.pack import load_part as load_courses
from moothall.training.rules.pathways.case_steps import read_steps
from moothall.training.rules.pathways.loading import load_part
from moothall.training.rules.pathways.sample import load_part as load_sample
from moothall.workforce.tests.make import make_employment

pytestmark = pytest.mark.django_db
STARTED = AT.date() - dt.timedelta(days=200)


def pack() -> Pack:
    folder = find_pack("people-services")
    return Pack("people-services", folder, read_about(folder), AT, demo=True, scale=1)


def test_a_pack_brings_its_pathway_and_hosts_once_in_both_languages() -> None:
    load_courses(pack(), Progress())
    load_part(pack(), Progress())
    assert PlacementHost.objects.count() == 25
    for model in (District, Pathway, PathwayModule, PathwayItem):
        assert not model.objects.filter(name_cy="").exists()
    assert PathwayItem.objects.filter(course__isnull=False).exists()
    load_part(pack(), Progress())
    assert (Pathway.objects.count(), PlacementHost.objects.count()) == (1, 25)


def test_the_pathway_of_a_pack_names_steps_and_outcomes_that_its_service_has() -> None:
    processes = yaml.safe_load((find_pack("people-services") / "services" / "processes.yaml").read_text())
    load_part(pack(), Progress())
    pathway = Pathway.objects.get()
    [service] = [each for each in processes["processes"] if each["key"] == pathway.service]
    steps = {each["id"]: each.get("outcomes", [""]) for each in service["steps"]}
    assert pathway.moments.pop("left") in service["final_outcomes"]
    rows = [*PathwayModule.objects.values_list("step"), *PathwayItem.objects.values_list("step")]
    named = [step for (words,) in rows for step in read_steps(words)]
    named += [step for words in pathway.moments.values() for step in read_steps(words)]
    assert len(named) > 10
    assert [each for each in named if each.outcome not in steps.get(each.key, [])] == []


def test_the_sample_is_two_cohorts_on_working_days_that_come_once_and_send_nothing() -> None:
    load_part(pack(), Progress())
    for _number in range(8):
        make_employment(started_on=STARTED)
    for _number in range(60):
        make_employment(workforce="police_officer", started_on=STARTED)
    load_sample(pack(), Progress())
    assert Cohort.objects.count() == 2
    assert 38 <= Student.objects.count() <= 60
    assert StudentMove.objects.count() == 1
    assert Student.objects.filter(state=Student.LEFT).count() == 1
    assert Attachment.objects.filter(host__isnull=False).exists()
    assert Attachment.objects.filter(tutor__isnull=False).exists()
    calendar = working_calendar("EW")
    assert all(calendar.is_working_day(day) for day in SignOff.objects.values_list("seen_on", flat=True))
    assert not Letter.objects.exclude(state=Letter.SENT).exists()
    assert all(each == [] for each in Cohort.objects.values_list("without", flat=True))
    load_sample(pack(), Progress())
    assert Cohort.objects.count() == 2
