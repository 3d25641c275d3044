"""The office that comes with the pack: loaded whole, its passengers accounted for, nobody twice."""

import datetime as dt
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from moothall.core.clock import in_london, now
from moothall.core.packs import Pack, Progress, find_pack, load_pack, read_about
from moothall.letters.models import Letter, LetterTemplate
from moothall.transport.models import (
    Allotment,
    Application,
    AuditFigure,
    AuditRating,
    Carer,
    Centre,
    Checklist,
    ChecklistQuestion,
    Contractor,
    ContractorContact,
    EligibilityRule,
    Entitlement,
    Finding,
    HomeAddress,
    Incident,
    Inspection,
    Paper,
    PaperKind,
    PaperRule,
    Passenger,
    Separation,
    TransportVoice,
)
from moothall.transport.rules import sample
from moothall.transport.rules.accounting import prove
from moothall.transport.rules.allotting import WITH, bars_of
from moothall.transport.rules.journeys import journeys_of

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.PACKS) / "passenger-transport"


def load() -> None:
    folder = find_pack("passenger-transport")
    pack = Pack("passenger-transport", folder, read_about(folder), now(), demo=True, scale=0)
    sample.load_part(pack, Progress())


def test_the_pack_gives_a_whole_office_and_its_passengers_are_accounted_for() -> None:
    load_pack("passenger-transport", at=now(), demo=True)
    given = yaml.safe_load((FOLDER / "demo" / "passengers.yaml").read_text())
    assert Passenger.objects.count() == len(given["passengers"]) >= 40
    assert Application.objects.count() == len(given["applications"])
    assert HomeAddress.objects.count() > Passenger.objects.count()
    assert Separation.objects.count() == 1
    assert not Entitlement.objects.filter(rule=None).exists()
    firms = yaml.safe_load((FOLDER / "demo" / "contractors.yaml").read_text())["contractors"]
    assert Contractor.objects.count() == len(firms) == 6
    today = in_london(now()).date()
    jobs = list(Allotment.objects.in_force(today).select_related(*WITH))
    assert len(jobs) == 6
    assert not any(bars_of(jobs, on=today))
    assert Paper.objects.verified().filter(expires_on__lt=today).count() == 1
    for ahead in range(sample.AHEAD):
        assert prove(today + dt.timedelta(days=ahead)).holds
    seen = yaml.safe_load((FOLDER / "demo" / "audits.yaml").read_text())
    assert Inspection.objects.count() == len(seen["inspections"]) == 12
    assert TransportVoice.objects.count() == len(seen["voices"])
    assert set(Finding.objects.values_list("state", flat=True)) == {"OPEN", "DONE", "CLOSED"}
    assert Finding.objects.late(today).exists()
    assert not Letter.objects.exclude(state="SENT").exists()
    assert (Incident.objects.count(), Incident.objects.unfinished().count()) == (5, 4)
    assert (Carer.objects.count(), ContractorContact.objects.count()) == (2, 1)
    before = Passenger.objects.count()
    load()
    assert Passenger.objects.count() == before


def test_everything_in_the_pack_is_there_in_welsh_and_names_its_source() -> None:
    load_pack("passenger-transport", at=now())
    assert not Passenger.objects.exists()
    assert not EligibilityRule.objects.filter(name_cy="").exists()
    assert not EligibilityRule.objects.filter(source="").exists()
    assert not PaperKind.objects.filter(name_cy="").exists()
    assert PaperRule.objects.count() == 20
    assert Checklist.objects.exclude(name_cy="").count() == 5
    assert not ChecklistQuestion.objects.filter(name_cy="").exists()
    ratings = list(AuditRating.objects.in_force(in_london(now()).date()))
    assert (ratings[-1].score_from, ratings[-1].critical_most) == (0, None), "any result has a rating"
    assert AuditFigure.objects.count() == len(AuditFigure.KEYS)
    assert LetterTemplate.objects.filter(key__startswith="transport-").count() == 4
    assert Centre.objects.count() == 8
    assert journeys_of(dt.date(2026, 11, 30)) == []
