"""Visits to schools and centres, and what people say of transport: what was found, and whom it concerns."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.models import Case, CaseLink
from moothall.cases.rules.access import set_confidentiality
from moothall.cases.rules.linking import link_cases
from moothall.cases.tests.make import MANAGER, make_case, make_service
from moothall.core.clock import now, today
from moothall.core.serving import NOBODY, serving
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_team
from moothall.transport.models import Centre, Inspection, TransportVoice
from moothall.transport.models.audit import MET, NOT_MET
from moothall.transport.models.checklist import CENTRE
from moothall.transport.rules import audit_refusals as audit_refused
from moothall.transport.rules import due, voicing
from moothall.transport.rules import firm_refusals as refused

from .make import make_centre, make_manager, make_passenger, make_user
from .make_audits import fill_in, make_checklist, make_figures, make_visit, make_voice
from .make_contractors import make_contractor, make_member, make_theirs
from .make_crews import make_depot
from .make_crews import make_member as make_crew_member

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def page(client: Client, route: str, *args: Any) -> str:
    return client.get(reverse(route, args=args)).content.decode()


def send(client: Client, route: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(route, args=args), data)


def test_a_visit_goes_from_its_plan_to_the_page_of_the_centre(client: Client) -> None:
    centre, checklist = make_centre(name="The Larches School"), make_checklist(CENTRE)
    make_figures()
    visitor = make_manager(name="Gwenllian Ashworth")
    client.force_login(visitor)
    planned = {"checklist": checklist.pk, "planned_on": f"{today():%d/%m/%Y}", "auditor": visitor.pk}
    assert send(client, "plan_visit", centre.key, **planned).status_code == 302
    made = Inspection.objects.visits().get()
    fill_in(made, NOT_MET, by=visitor)
    made.refresh_from_db()
    assert (made.rating, made.again_on) == (None, today() + DAY * 91)
    assert made.findings.get().severity == "CRITICAL"
    shown = page(client, "centre", centre.key)
    assert "Gwenllian Ashworth" in shown
    assert reverse("inspection", args=[made.pk]) in shown
    assert "The Larches School" in page(client, "findings")
    assert client.get(reverse("sanction_finding", args=[made.findings.get().pk])).status_code == 404
    assert "The Larches School" in page(client, "visits")


def test_a_visit_needs_a_checklist_for_centres_and_is_planned_once() -> None:
    with pytest.raises(audit_refused.WrongChecklist):
        make_visit(checklist=make_checklist())
    centre, checklist = make_centre(), make_checklist(CENTRE)
    make_visit(centre, checklist=checklist)
    with pytest.raises(audit_refused.PlannedAlready):
        make_visit(centre, checklist=checklist)


def due_of(centre: Centre, on: dt.date) -> Any:
    return due.centres_due(Centre.objects.filter(pk=centre.pk), on=on).get().due_on


def test_every_centre_is_due_so_often_and_one_nobody_visited_from_the_rule_on() -> None:
    make_figures(visit_special=91)
    special, college = make_centre(), make_centre(kind=Centre.COLLEGE)
    assert due_of(special, today()) == dt.date(2026, 1, 1) + DAY * 91
    assert due_of(college, today()) is None, "no figure says how often"
    fill_in(make_visit(special, planned_on=today() - DAY * 9), MET)
    assert due_of(special, today()) == today() + DAY * 82


def test_the_plan_of_visits_lists_where_one_is_overdue(client: Client) -> None:
    make_figures()
    make_centre(name="Nobody Went There")
    fill_in(make_visit(make_centre(name="Seen Lately")), MET)
    client.force_login(make_manager())
    assert "Seen Lately" in page(client, "visit_plan")
    shown = client.get(f"{reverse('visit_plan')}?late=1&unplanned=1").content.decode()
    assert "Nobody Went There" in shown
    assert "Seen Lately" not in shown


def make_complaint(**changes: Any) -> Case:
    return make_case(service=make_service(complaint_stage=1), **changes)


def worker_on(case: Case) -> Account:
    return make_user(team=case.team)


def test_a_second_stage_shows_whom_the_first_concerned_to_whoever_sees_the_first(client: Client) -> None:
    first = make_complaint()
    second = make_case(service=make_service(complaint_stage=2), team=first.team)
    link_cases(second, first, kind=CaseLink.RELATED, by=None, at=now())
    make_voice(first, contractor=make_contractor(name="Three Bridges"))
    client.force_login(worker_on(first))
    shown = page(client, "case_page", second.reference)
    assert "Three Bridges" in shown
    assert f"As it was said at the first stage, {first.reference}." in shown
    assert "Say whom it concerns" not in shown
    first.confidentiality = Case.RESTRICTED
    first.save(update_fields=["confidentiality"])
    assert "Three Bridges" not in page(client, "case_page", second.reference)


def test_a_complaint_stands_on_the_pages_of_all_whom_it_concerns(client: Client) -> None:
    case, firm, centre = make_complaint(), make_contractor(name="Three Bridges"), make_centre()
    vehicle, member = make_theirs(firm), make_member(firm, name="Babak Rostami")
    client.force_login(worker_on(case))
    assert "Nobody has said" not in page(client, "case_page", case.reference)
    said = {
        "kind": "COMPLAINT", "happened_on": f"{today():%d/%m/%Y}", "vehicle": vehicle.registration,
        "member": "Babak Rostami", "centre": centre.pk,
    }  # fmt: skip
    assert send(client, "say_whom", case.reference, **said).status_code == 302
    made = TransportVoice.objects.get()
    assert made.contractor == firm, "whose crew and vehicle it is follows"
    for route, key in (
        ("contractor", firm.pk), ("contractor_vehicle", vehicle.pk), ("contractor_staff", member.pk),
        ("centre", centre.key), ("case_page", case.reference), ("vehicle", vehicle.pk),
    ):  # fmt: skip
        shown = page(client, route, key)
        assert case.reference in shown
        assert "Complaint" in shown
    send(client, "take_back_voice", made.pk)
    assert case.reference not in page(client, "contractor", firm.pk)
    send(client, "put_back_voice", made.pk)
    assert case.reference in page(client, "contractor", firm.pk)


def test_complaints_and_compliments_are_counted_by_contractor_each_case_once(client: Client) -> None:
    firm, case = make_contractor(name="Kestrel Travel"), make_complaint()
    make_voice(case, contractor=firm)
    make_voice(case, member=make_member(firm))
    make_voice(make_case(team=case.team), contractor=firm, kind=TransportVoice.COMPLIMENT)
    old = make_voice(make_case(team=case.team), contractor=firm, happened_on=today() - DAY * 400)
    account = make_account("transport.use", "cases.view")
    (row,) = voicing.counted_by_contractor(account, today() - DAY * 30, today())
    assert (row["complaints"], row["compliments"]) == (1, 1)
    client.force_login(account)
    assert "Kestrel Travel" in page(client, "voice_counts")
    assert old.case.reference in page(client, "transport_voices")


def test_a_voice_concerns_something_that_belongs_together_and_has_happened() -> None:
    case, firm = make_complaint(), make_contractor()
    with pytest.raises(voicing.ConcernsNothing):
        make_voice(case)
    with pytest.raises(refused.NotTheirs):
        make_voice(case, contractor=firm, vehicle=make_theirs(make_contractor()))
    with pytest.raises(voicing.NotYet):
        make_voice(case, contractor=firm, happened_on=today() + DAY)
    make_voice(case, passenger=make_passenger())
    make_voice(case, contractor=firm)
    with pytest.raises(voicing.SaidAlready):
        make_voice(case, contractor=firm)


def test_what_a_restricted_complaint_is_about_is_behind_the_wall(client: Client) -> None:
    team, firm = make_team(), make_contractor()
    named = make_account(*MANAGER, "transport.use", team=team)
    case = make_complaint(team=team)
    made = make_voice(case, contractor=firm)
    set_confidentiality(case, level=Case.RESTRICTED, named=[], because="A colleague", by=named, at=now())
    other = make_account(*MANAGER, "transport.use", team=team)
    for account, sees in ((other, False), (named, True)):
        client.force_login(account)
        assert (case.reference in page(client, "contractor", firm.pk)) is sees
        assert (case.reference in page(client, "transport_voices")) is sees
        answer = send(client, "take_back_voice", made.pk)
        assert answer.status_code == (302 if sees else 404)
    for whom, found in ((NOBODY, 0), (str(other.pk), 0), (str(named.pk), 1)):
        with serving(whom), connection.cursor() as cursor:
            cursor.execute("select count(*) from transport_transportvoice")
            assert cursor.fetchone() == (found,)


def test_a_compliment_about_our_own_crew_stands_on_the_page_of_crews(client: Client) -> None:
    case, member = make_complaint(), make_crew_member(make_depot())
    made = make_voice(case, crew_member=member, kind=TransportVoice.COMPLIMENT)
    assert made.contractor is None
    client.force_login(worker_on(case))
    assert case.reference in page(client, "crews")


def counted(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def furnish(many: int) -> tuple[Centre, int]:
    for _number in range(many):
        centre, firm = make_centre(), make_contractor()
        for _other in range(many):
            fill_in(make_visit(centre, checklist=make_checklist(CENTRE)), NOT_MET)
            make_voice(make_complaint(), contractor=firm, centre=centre, member=make_member(firm))
        make_visit(centre)
    return centre, firm.pk


def test_lists_and_pages_ask_as_few_questions_for_many_as_for_one(client: Client) -> None:
    client.force_login(make_account(*MANAGER, "transport.use"))
    lists = [
        reverse(each) for each in ("visits", "visit_plan", "transport_voices", "voice_counts", "centres")
    ]

    def pages(of: tuple[Centre, int]) -> list[str]:
        return [*lists, reverse("centre", args=[of[0].key]), reverse("contractor", args=[of[1]])]

    few = [counted(client, address) for address in pages(furnish(1))]
    many = [counted(client, address) for address in pages(furnish(3))]
    assert all(more <= less for more, less in zip(many, few, strict=True)), (few, many)
