"""A demo office has campaigns at every stage, with people who got some way."""

from typing import Any

import pytest

from moothall.core.packs import load_pack
from moothall.people.tests.make import AT
from moothall.recruitment.models import (
    Application,
    Campaign,
    Clearance,
    EventResult,
    EventSeat,
    Offer,
    Referee,
    SelectionEvent,
)
from moothall.recruitment.models.check import CLEARED, NOT_CLEARED
from moothall.recruitment.rules.checks import HELD, OTHERS, OURS, THEIRS, checks_of_many

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_demo_office_has_live_campaigns_with_people_at_several_stages() -> None:
    load_pack("people-services", at=AT, demo=True)
    assert Campaign.objects.count() == 4
    assert Campaign.objects.filter(published_at=None).count() == 1
    assert Application.objects.count() == 42
    rows: Any = Application.objects.running().with_stage()
    assert len({each.stage for each in rows}) > 3
    assert SelectionEvent.objects.filter(closed_at=None, plan__isnull=False).count() == 1
    assert SelectionEvent.objects.filter(closed_at__isnull=False).count() == 1
    assert EventResult.objects.standing().exists()
    assert EventSeat.objects.filter(candidate__isnull=False).exists()
    every: Any = Application.objects.in_full()  # whoever is not cleared is not among the running ones
    states = {check.state for found in checks_of_many(list(every)).values() for check in found}
    assert states >= {OURS, THEIRS, OTHERS, HELD, CLEARED, NOT_CLEARED}
    assert Offer.objects.to_answer().count() == 2
    assert Referee.objects.outstanding().exists()
    assert Clearance.objects.too_short().count() == 1
