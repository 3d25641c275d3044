"""Records are drawn by lot, the same by the same number, and checked by somebody who does not keep them."""

import pytest
from django.test import Client
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.reports.models import QualitySample, SampledRecord
from moothall.reports.rules.months import Scope
from moothall.reports.rules.refusals import CheckedAlready, KeepsThisRecord, NobodyToDraw
from moothall.reports.rules.sampling import check_record, draw_sample
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.tests.make import make_employment, make_unit

pytestmark = pytest.mark.django_db


def draw(by: Account, *, size: int = 3, seed: int = 7, unit: int | None = None) -> QualitySample:
    return draw_sample(Scope(unit=unit), size=size, seed=seed, by=by, at=now(), today=today())


def check(record: SampledRecord, by: Account, **wrong: str) -> SampledRecord:
    return check_record(record, wrong=wrong, by=by, at=now(), today=today())


def test_the_same_number_draws_the_same_records_and_another_draws_others() -> None:
    for _each in range(30):
        make_employment()
    by = make_account()
    drawn = [
        list(draw(by, size=5, seed=seed).records.values_list("employment_id", flat=True))
        for seed in (7, 7, 8)
    ]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(drawn[0]) == 5


def test_a_unit_with_few_is_drawn_whole_and_one_with_nobody_is_not_drawn() -> None:
    unit, empty = make_unit(), make_unit()
    make_employment(unit=unit)
    make_employment()
    assert draw(make_account(), unit=unit.pk).records.count() == 1
    with pytest.raises(NobodyToDraw):
        draw(make_account(), unit=empty.pk)


def test_whoever_keeps_a_record_or_whose_own_it_is_does_not_check_it() -> None:
    keeper, other = make_account(), make_account()
    employment = make_employment(account=other, by=keeper)
    [record] = draw(keeper).records.all()
    for each in (keeper, other):
        with pytest.raises(KeepsThisRecord):
            check(record, each)
    changer = make_account()
    change_assignment(employment, unit=make_unit(), from_on=today(), by=changer, at=now())
    with pytest.raises(KeepsThisRecord):
        check(record, changer)


def test_what_is_wrong_is_kept_beside_what_stood_there_and_is_checked_once() -> None:
    make_employment(unit=make_unit(name="Harbour"))
    checker = make_account()
    [record] = draw(make_account()).records.all()
    found = check(record, checker, unit="Quayside", nothing="else")
    assert (found.said["unit"], found.wrong) == ("Harbour", {"unit": "Quayside"})
    with pytest.raises(CheckedAlready):
        check(record, checker)


def test_a_sample_is_drawn_and_checked_on_the_pages(client: Client) -> None:
    make_employment()
    client.force_login(make_account("workforce.view", "workforce.edit"))
    assert client.get(reverse("draw_quality_sample")).status_code == 200
    drawn = client.post(reverse("draw_quality_sample"), {"size": "5", "seed": "7", "unit": ""})
    made = QualitySample.objects.get()
    assert drawn.headers["Location"] == reverse("quality_sample", args=[made.pk])
    address = reverse("check_sampled_record", args=[made.records.get().pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"right_0": "1 March 2020"}).status_code == 302
    page = client.get(reverse("quality_sample", args=[made.pk])).content.decode()
    assert "1 March 2020" in page
    assert client.get(reverse("quality_samples")).status_code == 200
