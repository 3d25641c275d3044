"""A year of sickness among the sample staff, the same for the same seed and without a contradiction."""

import pytest
from django.db import transaction

from moothall.absence.models import Certificate, Episode, TriggerHit
from moothall.absence.rules import pack, sample
from moothall.absence.rules.evidence import brought_up_to_date
from moothall.absence.rules.triggers import look_at_triggers
from moothall.core.clock import now, today
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

pytestmark = pytest.mark.django_db


def load(scale: float = 1.0) -> None:
    folder = find_pack("people-services")
    given = Pack("people-services", folder, read_about(folder), now(), demo=True, scale=scale)
    pack.load_part(given, Progress())
    sample.load_part(given, Progress())


def test_a_year_is_drawn_once_and_agrees_with_what_the_rules_would_say() -> None:
    staff = [make_employment() for _number in range(40)]
    load()
    count = Episode.objects.count()
    assert 25 <= count <= len(staff)
    load()
    assert Episode.objects.count() == count
    for episode in Episode.objects.select_related("employment"):
        kept = (episode.lacking_from, episode.note_until)
        fresh = brought_up_to_date(episode)
        assert (fresh.lacking_from, fresh.note_until) == kept
    assert Certificate.objects.filter(kind="NOTE").exists()


def test_triggers_of_the_sample_are_those_the_rules_would_raise() -> None:
    for _number in range(30):
        make_employment()
    load()
    raised = set(TriggerHit.objects.values_list("rule", "episode"))
    with transaction.atomic():
        TriggerHit.objects.all().delete()
        for employment in Employment.objects.all():
            look_at_triggers(employment, on=today(), at=now())
    assert set(TriggerHit.objects.values_list("rule", "episode")) == raised


def test_without_a_scale_there_is_no_sample() -> None:
    make_employment()
    load(scale=0)
    assert not Episode.objects.exists()
