"""The pages of contractors: the register, papers, allotting; each by those who may, in constant questions."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import today
from moothall.people.tests.make import AT, make_person
from moothall.transport.models import (
    Allotment,
    Contractor,
    ContractorStaff,
    Paper,
    PaperKind,
    PaperRule,
    Sanction,
    Vehicle,
    VehicleKind,
)
from moothall.transport.models.paper import CONTRACTOR, DRIVER, VEHICLE
from moothall.transport.rules import firm_refusals as refused
from moothall.transport.rules import papers
from moothall.transport.rules.keeping import DAY
from moothall.transport.rules.merging import in_the_crew_already

from .make import make_manager, make_user
from .make_contractors import (
    make_allotment,
    make_contractor,
    make_member,
    make_needed,
    make_paper,
    make_theirs,
)

pytestmark = pytest.mark.django_db


def day(ahead: int) -> str:
    return f"{today() + DAY * ahead:%d/%m/%Y}"


def page(client: Client, route: str, *args: Any) -> str:
    return client.get(reverse(route, args=args)).content.decode()


def send(client: Client, route: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(route, args=args), data)


def test_a_contractor_goes_from_the_register_to_a_job_that_can_go(client: Client) -> None:
    client.force_login(make_manager())
    kind = VehicleKind.objects.create(key="car", name="Saloon car", layouts=[[4, 0]])
    insurance = make_needed(VEHICLE, "insurance")
    firm = {"number": "c-01", "name": "Saddlers Cars", "language": "en", "contact": "Tariq Mahmood"}
    assert send(client, "add_contractor", **firm).status_code == 302
    made = Contractor.objects.get(number="C-01")
    send(client, "add_contract", made.pk, number="K-1", name="To school", from_on=day(-5))
    contract = made.contracts.get()
    send(client, "set_contract_price", contract.pk, unit="RUN", amount="24.50", from_on=day(-5))
    send(client, "add_contractor_vehicle", made.pk, registration="fx21 abc", kind=kind.pk, fuel="HYBRID")
    crew = {"full_name": "Olena Shevchuk", "badge": "PH-1", "drives": "on", "from_on": day(-5)}
    send(client, "add_contractor_staff", made.pk, **crew)
    vehicle, driver = Vehicle.objects.get(), ContractorStaff.objects.get()
    job = {"job": "SC-1", "vehicle": vehicle.pk, "driver": driver.pk, "from_on": day(0)}
    refused = send(client, "allot_job", made.pk, **job)
    assert refused.status_code == 422
    assert "FX21ABC has no Insurance on record" in refused.content.decode()
    copy = SimpleUploadedFile("policy.pdf", b"%PDF-1.4 policy", content_type="application/pdf")
    paper = {
        "kind": insurance.pk,
        "issued_on": day(-5),
        "expires_on": day(30),
        "evidence": copy,
        "seen": "on",
    }
    assert send(client, "record_contractor_paper", "vehicle", vehicle.pk, **paper).status_code == 302
    assert send(client, "allot_job", made.pk, **job).status_code == 302
    shown = page(client, "contractor", made.pk)
    for words in ("Saddlers Cars", "SC-1", "Can go", "£24.50", "30 days left", "All there"):
        assert words in shown
    held = Paper.objects.get()
    assert "Download the copy" in page(client, "contractor_paper", held.pk)
    answer = client.get(reverse("contractor_paper_evidence", args=[held.pk]))
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.getvalue() == b"%PDF-1.4 policy"
    assert "SC-1" in page(client, "contractor_vehicle", vehicle.pk)
    assert "Olena Shevchuk" in page(client, "contractor_staff", driver.pk)


def test_what_runs_out_is_listed_with_the_jobs_that_then_cannot_go(client: Client) -> None:
    firm = make_contractor(name="Three Bridges Travel")
    kind = make_needed(VEHICLE, "insurance")
    soon, later = make_theirs(firm, registration="AA11AAA"), make_theirs(firm, registration="BB22BBB")
    make_paper(soon, kind, expires_on=today() + DAY * 3)
    make_paper(later, kind, expires_on=today() + DAY * 90)
    make_allotment(firm, job="TB-31", vehicle=soon)
    client.force_login(make_user())
    shown = page(client, "contractor_papers")
    assert "Jobs that cannot go in the next 14 days" in shown
    assert "TB-31" in shown
    assert "AA11AAA" in shown
    assert "BB22BBB" not in shown
    assert "BB22BBB" in client.get(f"{reverse('contractor_papers')}?all=1").content.decode()


def test_a_paper_counts_once_it_is_verified_and_not_once_it_is_withdrawn(client: Client) -> None:
    firm = make_contractor()
    kind = make_needed(CONTRACTOR, "licence")
    held = make_paper(firm, kind, seen=False)
    client.force_login(make_user())
    assert "Not yet: it does not count." in page(client, "contractor_paper", held.pk)
    assert send(client, "verify_contractor_paper", held.pk).status_code == 403
    client.force_login(make_manager())
    send(client, "verify_contractor_paper", held.pk)
    assert "All there" in page(client, "contractor", firm.pk)
    send(client, "withdraw_contractor_paper", held.pk, because="Revoked")
    assert "has no Licence on record" in page(client, "contractor", firm.pk)
    send(client, "restore_contractor_paper", held.pk)
    assert "All there" in page(client, "contractor", firm.pk)
    rule = PaperRule.objects.get()
    assert "nobody has confirmed this in its source" in page(client, "contractor_paper_rules")
    send(client, "confirm_contractor_paper_rule", rule.pk)
    assert "nobody has confirmed" not in page(client, "contractor_paper_rules")


def test_sanctions_endings_and_vehicles_that_go_can_be_undone(client: Client) -> None:
    made = make_allotment()
    firm = made.contractor
    client.force_login(make_manager())
    told = {"kind": "SUSPENDED", "whom": f"member-{made.driver_id}", "because": "Late", "from_on": day(0)}
    send(client, "sanction_contractor", firm.pk, **told)
    assert "is suspended" in page(client, "contractor", firm.pk)
    send(client, "end_sanction", Sanction.objects.get().pk, until_on=day(-1))
    assert "Can go" in page(client, "contractor", firm.pk)
    send(client, "end_contractor", firm.pk, on=day(-1), because="Sold")
    assert "does not work for us on that day" in page(client, "contractor", firm.pk)
    send(client, "take_back_contractor", firm.pk)
    send(client, "contractor_vehicle_goes", made.vehicle_id, on=day(-1), because="Sold")
    assert "Cannot go" in page(client, "contractor", firm.pk)
    send(client, "contractor_vehicle_stays", made.vehicle_id)
    assert "Can go" in page(client, "contractor", firm.pk)
    send(client, "end_allotment", made.pk, until_on=day(2))
    assert Allotment.objects.get().until_on == today() + DAY * 2
    send(client, "end_contractor_staff", made.driver_id, until_on=day(1))
    assert Allotment.objects.get().until_on == today() + DAY


def test_a_merge_leaves_behind_who_is_in_the_same_crew_already() -> None:
    firm, kept = make_contractor(), make_person(full_name="Olena Shevchuk")
    make_member(firm, person=kept)
    other = make_member(firm)
    elsewhere = make_member(make_contractor(), person=other.person)
    theirs = ContractorStaff.objects.filter(person=other.person)
    assert list(in_the_crew_already(theirs, kept)) == [other]
    assert elsewhere in theirs


def furnish(firms: int, kinds: dict[str, PaperKind]) -> Contractor:
    """So many contractors with as many vehicles and crew each, papers of all, and jobs."""
    for _number in range(firms):
        firm = make_contractor()
        make_paper(firm, kinds[CONTRACTOR], expires_on=today() + DAY * 9)
        for _other in range(firms):
            vehicle, driver = make_theirs(firm), make_member(firm)
            make_paper(vehicle, kinds[VEHICLE], expires_on=today() + DAY * 5)
            make_paper(driver, kinds[DRIVER], expires_on=today() + DAY * 20)
            make_allotment(firm, vehicle=vehicle, driver=driver)
    return firm


def counted(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_lists_ask_as_few_questions_for_many_as_for_one(client: Client) -> None:
    client.force_login(make_manager())
    kinds = {of: make_needed(of, f"{of.lower()}-paper") for of in (CONTRACTOR, VEHICLE, DRIVER)}
    one = furnish(1, kinds)
    addresses = [reverse("contractors"), reverse("contractor_papers"), reverse("contractor", args=[one.pk])]
    few = [counted(client, address) for address in addresses]
    addresses[-1] = reverse("contractor", args=[furnish(3, kinds).pk])
    many = [counted(client, address) for address in addresses]
    assert all(more <= less for more, less in zip(many, few, strict=True)), (few, many)


def test_two_of_the_same_number_name_badge_or_contract_are_refused() -> None:
    firm = make_contractor(number="C-77", name="Saddlers Cars")
    with pytest.raises(refused.ContractorAlready):
        make_contractor(name="saddlers cars")
    member = make_member(firm, badge="PH-1")
    with pytest.raises(refused.BadgeWorn):
        make_member(make_contractor(), badge="PH-1")
    with pytest.raises(refused.InTheCrewAlready):
        make_member(firm, person=member.person)
    with pytest.raises(refused.IssuedLater):
        papers.record_paper(firm, kind=make_needed(CONTRACTOR), issued_on=AT.date() + DAY * 9, by=None, at=AT)
