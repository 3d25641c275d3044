"""Who acts for whom: shown beside the case, asked for before anything personal leaves, ended and put back."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case
from moothall.cases.rules.access import set_confidentiality
from moothall.cases.tests.make import make_service, verbs_about
from moothall.casework.models import Authority, Basis
from moothall.casework.rules import authority as rules
from moothall.core.clock import now, today
from moothall.core.packs import load_pack
from moothall.people.models import Account, Person, Team
from moothall.people.rules.merging import merge_persons
from moothall.people.tests.make import audited, make_team
from moothall.people.tests.pages import main, page, words

from .make import make_authority, make_basis, make_caseworker, make_new_case, make_person

pytestmark = pytest.mark.django_db
WARNING = "tell them nothing personal about the other person yet"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def worker(client: Client, team: Team) -> Account:
    account = make_caseworker(team=team)
    client.force_login(account)
    return account


@pytest.fixture
def case(team: Team) -> Case:
    return make_new_case(service=make_service(team=team), requester=make_person("Nia Puw"))


@pytest.fixture
def emrys() -> Person:
    return make_person("Emrys Puw")


def read(client: Client, address: str) -> str:
    return words(main(page(client.get(address))))


def acting_for(client: Client, case: Case, person: Person, **changes: object) -> int:
    given = {"person-key": person.pk, "basis": "none", "scope": "case", "from_on": f"{today():%d/%m/%Y}"}
    return client.post(f"/casework/acting/{case.reference}/", given | changes).status_code


def test_a_reply_warns_until_there_is_authority(
    client: Client, worker: Account, case: Case, emrys: Person
) -> None:
    assert WARNING not in read(client, f"/enquiries/replies/{case.reference}/")
    assert acting_for(client, case, emrys) == 302
    assert WARNING in read(client, f"/enquiries/replies/{case.reference}/")
    assert "No authority to act is on record" in read(client, f"/cases/{case.reference}/")
    basis = make_basis()
    assert acting_for(client, case, emrys, basis=basis.pk, how="Heard from him by telephone") == 302
    assert WARNING not in read(client, f"/enquiries/replies/{case.reference}/")
    assert "Nia Puw acts for Emrys Puw" in read(client, f"/cases/{case.reference}/")
    assert verbs_about(case)[-2:] == ["cases.about", "casework.give_authority"]


def test_nothing_shows_how_it_was_given_so_it_is_not_written_down(
    client: Client, worker: Account, case: Case, emrys: Person
) -> None:
    assert acting_for(client, case, emrys, basis=make_basis().pk) == 422
    assert not Authority.objects.exists()
    with pytest.raises(rules.HowMissing):
        make_authority(how=" ")


def test_nobody_acts_for_themselves(client: Client, worker: Account, case: Case) -> None:
    assert case.requester is not None
    assert acting_for(client, case, case.requester) == 422
    with pytest.raises(rules.SamePerson):
        make_authority(representative=case.requester, represented=case.requester)


def test_one_that_has_lapsed_warns_again_and_says_so(
    client: Client, worker: Account, case: Case, emrys: Person
) -> None:
    acting_for(client, case, emrys)
    yesterday = today() - dt.timedelta(days=1)
    make_authority(representative=case.requester, represented=emrys, from_on=yesterday, until_on=yesterday)
    reply = read(client, f"/enquiries/replies/{case.reference}/")
    assert WARNING in reply
    assert "The authority there was has ended" in reply
    assert "Lapsed" in read(client, f"/cases/{case.reference}/")


def test_authority_for_another_case_does_not_count(
    client: Client, worker: Account, case: Case, emrys: Person
) -> None:
    acting_for(client, case, emrys)
    other = make_new_case(service=case.service, requester=case.requester)
    make_authority(representative=case.requester, represented=emrys, case=other)
    assert WARNING in read(client, f"/enquiries/replies/{case.reference}/")
    make_authority(representative=case.requester, represented=emrys)
    assert WARNING not in read(client, f"/enquiries/replies/{case.reference}/")


def test_it_is_withdrawn_with_a_reason_and_put_back(client: Client, worker: Account) -> None:
    given = make_authority()
    address = f"/casework/authorities/{given.pk}/"
    assert client.post(f"{address}withdrawal/", {"because": ""}).status_code == 422
    assert client.post(f"{address}withdrawal/", {"because": "They wrote to us"}).status_code == 302
    assert "They wrote to us" in read(client, address)
    assert client.post(f"{address}withdrawal/", {"because": "Again"}).status_code == 422
    assert client.post(f"{address}restoration/").status_code == 302
    assert Authority.objects.in_force(today()).get() == given
    verbs = [each.verb for each in audited(given.represented)][-3:]
    assert verbs == ["casework.give_authority", "casework.withdraw_authority", "casework.restore_authority"]


def test_one_written_down_by_mistake_is_gone(client: Client, worker: Account) -> None:
    given = make_authority()
    assert client.post(f"/casework/authorities/{given.pk}/undoing/").status_code == 302
    assert client.get(f"/casework/authorities/{given.pk}/").status_code == 404
    assert not Authority.objects.standing().exists()


def test_it_is_written_down_from_the_person_and_shown_to_both(
    client: Client, worker: Account, emrys: Person
) -> None:
    nia = make_person("Nia Puw")
    sent = {
        "person-key": nia.pk, "basis": make_basis().pk, "how": "A form", "from_on": f"{today():%d/%m/%Y}",
    }  # fmt: skip
    assert client.post(f"/casework/people/{emrys.reference}/authority/", sent).status_code == 302
    assert "Nia Puw acts for them" in read(client, f"/people/{emrys.reference}/")
    assert "Acts for Emrys Puw" in read(client, f"/people/{nia.reference}/")


def test_what_concerns_a_case_one_may_not_see_is_not_there(
    client: Client, worker: Account, team: Team, emrys: Person
) -> None:
    elsewhere = make_new_case(service=make_service(team=make_team()))
    hidden = make_authority(represented=emrys, case=elsewhere, how="Quillon told us")
    assert client.get(f"/casework/authorities/{hidden.pk}/").status_code == 404
    assert "Nobody acts for them" in read(client, f"/people/{emrys.reference}/")
    named = make_new_case(service=make_service(team=team))
    kept = make_authority(case=named)
    set_confidentiality(named, level=Case.SEALED, named=[], because="Delicate", by=worker, at=now())
    assert kept.representative.full_name not in read(client, "/casework/authorities/")


def test_lapses_are_seen_before_they_happen(client: Client, worker: Account) -> None:
    make_authority(representative=make_person("Soon Over"), until_on=today() + dt.timedelta(days=9))
    make_authority(representative=make_person("Long Still"), until_on=today() + dt.timedelta(days=99))
    ending = read(client, "/casework/authorities/?state=ending")
    assert "Soon Over" in ending
    assert "Long Still" not in ending


def test_merging_two_records_moves_it_along(worker: Account, emrys: Person) -> None:
    double = make_person("Emrys Puw")
    given = make_authority(represented=double)
    merge_persons(kept=emrys, merged=double, by=worker, at=now())
    given.refresh_from_db()
    assert given.represented == emrys


def test_the_list_asks_the_database_as_often_for_many_as_for_few(client: Client, worker: Account) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/casework/authorities/").status_code == 200
        return len(found)

    make_authority()
    asked()
    few = asked()
    for _each in range(8):
        make_authority()
    assert asked() == few


def test_a_pack_brings_where_each_basis_is_written() -> None:
    load_pack("learning-desk", at=now())
    bases = Basis.objects.in_force(today())
    assert {"written", "spoken", "elected-representative"} <= {each.key for each in bases}
    assert all(each.source and each.name_cy for each in bases)
