"""Frameworks come with packs and are never changed; a sample year keeps to the rules."""

from pathlib import Path

import pytest
from django.db.models import F

from moothall.appraisal.models import Appraisal, Competency, Cycle, Descriptor, Framework, Mark, Objective
from moothall.appraisal.rules import pack, sample
from moothall.appraisal.rules.chasing import chase
from moothall.appraisal.rules.completion import completion, total
from moothall.core.clock import now, today
from moothall.core.marked_yaml import PackMistake
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.workforce.tests.make import make_employment, make_manager

pytestmark = pytest.mark.django_db


def load(key: str = "people-services", scale: float = 1.0, folder: Path | None = None) -> None:
    folder = folder or find_pack(key)
    given = Pack(key, folder, read_about(find_pack(key)), now(), demo=True, scale=scale)
    pack.load_part(given, Progress())
    sample.load_part(given, Progress())


def test_the_police_framework_has_six_competencies_at_three_levels_and_three_values() -> None:
    load(scale=0)
    load(scale=0)
    framework = Framework.objects.get(key="police-cvf")
    of_kind = framework.competencies.filter
    assert of_kind(kind=Competency.COMPETENCY).count() == 6
    assert {each.name for each in of_kind(kind=Competency.VALUE)} == {
        "Courage", "Respect and empathy", "Public service",
    }  # fmt: skip
    assert Descriptor.objects.filter(competency__framework=framework).count() == 18
    assert framework.is_unconfirmed
    assert framework.marks.count() == 4


@pytest.mark.parametrize("key", ["people-services", "learning-desk"])
def test_everything_in_a_framework_is_said_in_both_languages(key: str) -> None:
    load(key, scale=0)
    for model in (Framework, Competency, Mark):
        assert not model.objects.filter(name_cy="").exists()
    assert not Descriptor.objects.filter(text_cy="").exists()


def test_other_words_under_a_version_that_is_there_are_a_mistake(tmp_path: Path) -> None:
    load("learning-desk", scale=0)
    words = (find_pack("learning-desk") / "appraisal.yaml").read_text()
    (tmp_path / "appraisal.yaml").write_text(words.replace("Owning the work", "Owning it"))
    with pytest.raises(PackMistake, match="Count it up"):
        load("learning-desk", scale=0, folder=tmp_path)
    counted = words.replace("version: 1", "version: 2").replace("Owning the work", "Owning it")
    (tmp_path / "appraisal.yaml").write_text(counted)
    load("learning-desk", scale=0, folder=tmp_path)
    assert [each.version for each in Framework.objects.in_use()] == [2]
    assert Framework.objects.count() == 2


def test_a_sample_year_keeps_to_the_rules_and_writes_to_nobody() -> None:
    _account, manager = make_manager()
    for number in range(30):
        make_employment(manager=manager, workforce="police_officer" if number % 3 else "employee")
    load()
    load()
    assert Cycle.objects.count() == 2
    assert Appraisal.objects.count() == 31
    rated = Appraisal.objects.filter(stage__in=("SECOND", "SIGN", "DONE"))
    assert rated.exists()
    for each in rated.prefetch_related("ratings__mark"):
        assert each.overall_id
        assert each.ratings.count() == each.cycle.framework.competencies.count()
        assert all(one.mark.framework_id == each.cycle.framework_id for one in each.ratings.all())
    waits = Objective.objects.filter(employee_agreed_at=None)
    assert not waits.exclude(appraisal__stage="OBJECTIVES").exists()
    assert not Objective.objects.exclude(due_on=F("appraisal__cycle__until_on")).exists()
    lines = [line for cycle in Cycle.objects.all() for line in completion(cycle, today())]
    assert total(lines).done == Appraisal.objects.filter(stage="DONE").count()
    assert chase(at=now(), today=today()) == 0


def test_without_a_scale_there_is_no_sample() -> None:
    make_employment()
    load(scale=0)
    assert not Cycle.objects.exists()
