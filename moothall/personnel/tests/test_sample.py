"""A year of requests among the sample staff, drawn once and without a contradiction."""

import pytest

from moothall.core.clock import now
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.people.tests.make import make_account
from moothall.personnel.models import (
    FamilyLeave,
    FlexibleMeeting,
    FlexibleRequest,
    ReferenceRequest,
    SharedNotice,
    TouchDay,
)
from moothall.personnel.rules import sample
from moothall.workforce.tests.make import make_employment, make_post, make_unit

pytestmark = pytest.mark.django_db


def load(scale: float = 1.0) -> None:
    folder = find_pack("people-services")
    sample.load_part(
        Pack("people-services", folder, read_about(folder), now(), demo=True, scale=scale), Progress()
    )


def test_a_year_is_drawn_once_in_proportion_and_agrees_with_its_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sample, "AMONG", 50)
    for name, number in (("FLEXIBLE", 30), ("FAMILY", 30), ("REFERENCES", 30)):
        monkeypatch.setattr(sample, name, number)
    for _two in range(2):
        make_account()
    unit, post = make_unit(), make_post()
    for _number in range(50):
        make_employment(unit=unit, post=post)
    load()
    requests = list(FlexibleRequest.objects.all())
    assert len(requests) == 30
    assert ReferenceRequest.objects.count() == 30
    assert 10 <= FamilyLeave.objects.exclude(kind="shared-parental").count() <= 30
    states = set(SharedNotice.objects.values_list("state", flat=True))
    assert states == {SharedNotice.WAITING, SharedNotice.HELD}
    assert FamilyLeave.objects.filter(kind="shared-parental", shared_block__isnull=False).exists()
    assert TouchDay.objects.exists()
    load()
    assert FlexibleRequest.objects.count() == 30
    met = set(FlexibleMeeting.objects.values_list("request", flat=True))
    assert all(each.pk in met for each in requests if each.state == FlexibleRequest.REFUSED)
    assert all(each.sent_on is None or each.checked_by_id for each in ReferenceRequest.objects.all())


def test_without_a_scale_there_is_no_sample() -> None:
    make_employment()
    load(scale=0)
    assert not FlexibleRequest.objects.exists()
