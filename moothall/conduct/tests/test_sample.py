"""A year of employee casework among the sample staff: by the rules, once, and seen by whom it names alone."""

import pytest

from moothall.cases.models import Case
from moothall.conduct.models import Matter, Meeting, Outcome
from moothall.conduct.rules import sample
from moothall.core.clock import now
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.workforce.tests.make import make_employment

from .make import make_caseworker, make_kind

pytestmark = pytest.mark.django_db


def load(scale: float = 1.0) -> None:
    folder = find_pack("people-services")
    given = Pack("people-services", folder, read_about(folder), now(), demo=True, scale=scale)
    sample.load_part(given, Progress())


def test_a_year_is_drawn_once_in_proportion_and_stays_restricted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "OF_NINE_THOUSAND", 3000)
    worker, kind = make_caseworker(), make_kind()
    for _number in range(36):
        make_employment()
    load()
    assert Matter.objects.filter(kind=kind).count() == 12
    assert not Case.objects.exclude(confidentiality=Case.RESTRICTED).filter(matter__isnull=False).exists()
    assert Matter.objects.visible_to(worker).count() == 12
    assert not Matter.objects.visible_to(make_caseworker()).exists()
    assert Outcome.objects.exists()
    assert not Meeting.objects.filter(held_at__gt=now()).exists()
    load()
    assert Matter.objects.count() == 12


def test_without_a_scale_there_is_no_casework() -> None:
    make_caseworker()
    make_kind()
    make_employment()
    load(scale=0)
    assert not Matter.objects.exists()
