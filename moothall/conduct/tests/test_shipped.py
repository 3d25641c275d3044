"""The kinds of matter that come with the packs: a whole year of them runs by their own rules."""

import pytest
from django.apps import apps

from moothall.conduct.models import ImprovementNotice, Matter, MatterKind, SanctionLevel, Suspension
from moothall.conduct.rules import measure_letters, sample
from moothall.core.clock import now
from moothall.core.packs import Pack, Progress, find_pack, load_pack, read_about
from moothall.people.tests.make import make_person
from moothall.workforce.tests.make import make_employment

from .make import make_caseworker

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.parametrize("key", ["people-services", "learning-desk"])
def test_a_year_of_every_shipped_kind_runs_by_its_own_rules(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "OF_NINE_THOUSAND", 9000)
    load_pack(key, at=now())
    asked = apps.get_model("credentials", "Requirement").objects.filter(activity__key="handle-casework")
    asked.delete()  # what nobody holds in this test
    make_caseworker(person=make_person())
    for number in range(48):
        make_employment(workforce="police_officer" if number % 2 else "employee")
    folder = find_pack(key)
    sample.load_part(Pack(key, folder, read_about(folder), now(), demo=True, scale=1), Progress())
    assert Matter.objects.count() >= 40
    assert Matter.objects.values("kind").distinct().count() >= 4
    assert ImprovementNotice.objects.exists()
    assert Suspension.objects.exists()


def test_every_letter_a_kind_or_an_outcome_names_is_there() -> None:
    for key in ("people-services", "learning-desk"):
        load_pack(key, at=now())
    named = {each for kind in MatterKind.objects.all() for each in kind.invitations}
    named |= set(SanctionLevel.objects.exclude(letter_key="").values_list("letter_key", flat=True))
    assert named
    assert named <= measure_letters.BY_KEY.keys()
