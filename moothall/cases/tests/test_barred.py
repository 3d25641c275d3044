"""A case whose service needs something goes to nobody who may not do it, and the reason is said."""

import pytest

from moothall.cases.models import Case
from moothall.cases.rules.assigning import assign_case, hand_over
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import open_case
from moothall.people import barring
from moothall.people.barring import Bar, Barred
from moothall.people.models import Account, Team
from moothall.people.tests.barred import ESCORT, Known
from moothall.people.tests.make import make_person, make_team

from .make import AT, make_case, make_service, make_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Known:
    source = Known()
    monkeypatch.setitem(barring._sources, "test", source)
    return source


@pytest.fixture
def team() -> Team:
    return make_team()


def barred_worker(known: Known, team: Team) -> Account:
    person = make_person(full_name="Ines Cadogan")
    known.rows[person.pk] = [Bar("Driving licence D1 ran out on 3 March 2026")]
    return make_worker(team=team, person=person, name="Ines Cadogan")


def case_that_needs(team: Team, *needs: str) -> Case:
    return make_case(service=make_service(team=team, needs=needs))


def test_a_case_is_not_assigned_to_whoever_lacks_what_its_service_needs(known: Known, team: Team) -> None:
    case, worker = case_that_needs(team, ESCORT), barred_worker(known, team)
    with pytest.raises(Barred, match=r"Ines Cadogan.*Driving licence D1 ran out on 3 March 2026"):
        assign_case(case, to=worker, by=worker, at=AT)
    assert Case.objects.get(pk=case.pk).assignee is None
    free = make_worker(team=team, person=make_person())
    assign_case(case, to=free, by=worker, at=AT)
    assert Case.objects.get(pk=case.pk).assignee == free


def test_a_case_that_needs_nothing_goes_to_anybody(known: Known, team: Team) -> None:
    case, worker = case_that_needs(team), barred_worker(known, team)
    assign_case(case, to=worker, by=worker, at=AT)
    assert Case.objects.get(pk=case.pk).assignee == worker


def test_a_case_handed_over_does_not_fall_to_a_lead_who_may_not_have_it(known: Known, team: Team) -> None:
    case, worker = case_that_needs(team, ESCORT), make_worker(team=team)
    other = make_team()
    other.lead = barred_worker(known, other)
    other.save()
    hand_over(case, to_team=other, because="It is theirs", by=worker, at=AT)
    after = Case.objects.get(pk=case.pk)
    assert after.team == other
    assert after.assignee is None


def test_a_case_does_not_begin_with_somebody_who_may_not_have_it(known: Known, team: Team) -> None:
    service, worker = make_service(team=team, needs=(ESCORT,)), barred_worker(known, team)
    with pytest.raises(Barred):
        open_case(service, title="An escort", channel="phone", received_at=AT, at=AT, assignee=worker)


def test_what_a_service_needs_is_kept_and_a_service_without_needs_reads_as_before(team: Team) -> None:
    case = case_that_needs(team, ESCORT)
    assert definition_of(case.version).needs == (ESCORT,)
    plain = definition_of(make_case().version)
    assert plain.needs == ()
    assert "needs" not in plain.to_json()
