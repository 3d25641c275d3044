"""Cases for programs: the same rules as the pages, and the same words where they refuse."""

from typing import Any

import pytest
from django.test import Client

from moothall.cases.models import Case, CaseLink, Entry
from moothall.cases.rules.access import give_access, set_confidentiality
from moothall.cases.rules.assigning import assign_case
from moothall.cases.rules.holding import DateHasPassed
from moothall.cases.rules.linking import link_cases
from moothall.cases.rules.refusals import AlreadyClosed
from moothall.cases.rules.timeline import write_note
from moothall.core.clock import now
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account, make_grant, make_person, make_role, make_team

from .make import AT, TODAY, later, make_case, make_manager, make_service, make_step, make_worker, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(hours=1))


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def worker(team: Team) -> Account:
    return make_worker(team=team, name="Kwame Osei-Bonsu")


@pytest.fixture
def program(worker: Account) -> Client:
    return signed_in(worker)


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def post(program: Client, address: str, **body: Any) -> Any:
    return program.post(address, body, content_type="application/json")


def listed(program: Client, **wanted: Any) -> list[str]:
    return [line["title"] for line in program.get("/api/cases/", wanted).json()]


def test_the_list_is_narrowed_as_the_page_narrows_it(team: Team, worker: Account, program: Client) -> None:
    service = make_service(team=team)
    mine = make_case(service=service, title="Fire warden", assignee=worker)
    make_case(service=service, title="First aid", priority=Case.URGENT)
    late = make_case(service=service, title="Manual handling")
    Case.objects.filter(pk=late.pk).update(due_on=TODAY.replace(day=1))
    make_case(title="Of another team")
    assert listed(program) == ["Manual handling", "First aid", "Fire warden"]
    assert listed(program, late=True) == ["Manual handling"]
    assert listed(program, unassigned=True) == ["Manual handling", "First aid"]
    assert listed(program, assignee="me") == listed(program, assignee=worker.email) == ["Fire warden"]
    assert listed(program, priority=1, service=service.key, team=team.key) == ["First aid"]
    assert listed(program, q="warden") == ["Fire warden"]
    assert listed(program, status="CLOSED") == listed(program, received_to="2026-11-22") == []
    assert len(listed(program, received_from="2026-11-23", status="NOT_CLOSED")) == 3
    assert program.get("/api/cases/").json()[2]["reference"] == mine.reference


def test_the_list_is_turned_over_by_the_last_one_seen(team: Team, program: Client) -> None:
    service = make_service(team=team)
    for number in range(5):
        make_case(service=service, title=f"Number {number}")
    first = program.get("/api/cases/", {"limit": 3}).json()
    rest = listed(program, limit=3, before=first[-1]["id"])
    assert ([line["title"] for line in first], rest) == (
        ["Number 4", "Number 3", "Number 2"],
        ["Number 1", "Number 0"],
    )
    assert program.get("/api/cases/", {"limit": 101}).status_code == 422


def test_a_case_is_read_with_its_steps_clocks_and_links(team: Team, worker: Account, program: Client) -> None:
    service = make_service(make_step("ask", outcomes=("yes", "no")), make_step("book", "ask"), team=team)
    case, kin = make_case(service=service, requester=make_person()), make_case(service=service, title="Kin")
    link_cases(case, kin, kind=CaseLink.RELATED, by=worker, at=AT)
    link_cases(case, make_case(title="Elsewhere"), kind=CaseLink.RELATED, by=worker, at=AT)
    told = program.get(f"/api/cases/{case.reference.lower()}").json()
    assert (told["requester"]["full_name"], told["because"]) == ("Ffion Adeyemi", ["new"])
    assert [(step["key"], step["state"], step["outcomes"]) for step in told["steps"]] == [
        ("ask", "READY", ["yes", "no"]),
        ("book", "PENDING", []),
    ]
    (clock,) = told["clocks"]
    assert (clock["key"], clock["state"], clock["due_on"]) == ("answer", "running", "2026-12-07")
    assert "10" in clock["explanation"]
    assert told["links"] == [{"kind": "RELATED", "reference": kin.reference, "title": "Kin"}]
    assert told["outcomes"] == ["answered", "signposted", "withdrawn"]


def test_the_timeline_is_read_newest_first(team: Team, worker: Account, program: Client) -> None:
    case = make_case(service=make_service(team=team))
    for hours in range(3):
        write_note(case, text=f"Note {hours}", by=worker, at=later(hours=hours))
    address = f"/api/cases/{case.reference}/entries"
    told = program.get(address, {"limit": 2}).json()
    assert [(entry["text"], entry["by"]) for entry in told] == [
        ("Note 2", "Kwame Osei-Bonsu"),
        ("Note 1", "Kwame Osei-Bonsu"),
    ]
    (last,) = program.get(address, {"before": told[-1]["id"]}).json()
    assert last["text"] == "Note 0"
    elsewhere = write_note(make_case(), text="Elsewhere", by=worker, at=AT)
    assert program.get(address, {"before": elsewhere.pk}).status_code == 404


def test_a_case_is_opened_and_worked_to_its_end(team: Team, worker: Account, program: Client) -> None:
    service = make_service(make_step("ask"), team=team)
    person = make_person()
    asked = {"service": service.key, "title": "A place", "requester": person.reference, "text": "They rang."}
    opened = post(program, "/api/cases/", **asked)
    assert opened.status_code == 201
    case = Case.objects.get(reference=opened.json()["reference"])
    assert (case.requester, case.logged_by, case.title) == (person, worker, "A place")
    at = f"/api/cases/{case.reference}"
    noted = post(program, f"{at}/notes", text="Rang back.")
    assert (noted.status_code, noted.json()["kind"]) == (201, Entry.NOTE)
    assert post(program, f"{at}/assignment", to=worker.email).json()["assignee"]["email"] == worker.email
    done = post(program, f"{at}/steps/{step_of(case, 'ask').pk}/completion", note="Asked.").json()
    assert (done["state"], done["done_by"]) == ("DONE", "Kwame Osei-Bonsu")
    held = post(program, f"{at}/hold", until="2026-12-01", because="They are away.").json()
    assert (held["status"], held["waiting_on"]) == ("WAITING", "PERSON")
    closed = post(program, f"{at}/closure", outcome="answered", reason="Told them.").json()
    assert (closed["status"], closed["because"]) == ("CLOSED", ["closed"])
    assert post(program, f"{at}/assignment", to="").json()["sentence"] == str(AlreadyClosed.sentence)


def test_a_refusal_is_told_in_the_words_of_the_page(team: Team, program: Client) -> None:
    case = make_case(service=make_service(team=team))
    at = f"/api/cases/{case.reference}"
    refused = post(program, f"{at}/hold", until="2026-11-02", because="They are away.")
    assert (refused.status_code, refused.json()) == (
        409,
        {"sentence": str(DateHasPassed.sentence), "next_step": str(DateHasPassed.next_step)},
    )
    assert post(program, f"{at}/closure", outcome="won").status_code == 409
    assert post(program, f"{at}/assignment", to="stranger@example.org").status_code == 409
    wrong = post(program, "/api/cases/", service="no-such", title="A place")
    assert (wrong.status_code, wrong.json()["fields"][0]["at"]) == (422, "body.service")
    assert Case.objects.get(pk=case.pk).edition == case.edition


def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    team: Team, worker: Account, program: Client
) -> None:
    case = make_case(service=make_service(team=team))
    at = f"/api/cases/{case.reference}"
    read = program.get(at).json()["edition"]
    assign_case(case, to=worker, by=worker, at=now())
    refused = post(program, f"{at}/closure", outcome="answered", edition=read)
    assert refused.status_code == 409
    assert not Case.objects.get(pk=case.pk).is_closed


def test_a_sealed_case_says_where_to_give_the_reason(team: Team, worker: Account, program: Client) -> None:
    case = make_case(service=make_service(team=team))
    keeper = make_manager(team=team)
    set_confidentiality(case, level=Case.SEALED, named=[], because="Delicate", by=keeper, at=AT)
    at = f"/api/cases/{case.reference}"
    assert program.get(at).status_code == post(program, f"{at}/notes", text="x").status_code == 404
    give_access(case, to=worker, because="Helps out", by=keeper, at=AT)
    for refused in (program.get(at), program.get(f"{at}/entries"), post(program, f"{at}/notes", text="x")):
        assert refused.status_code == 403
        assert f"/cases/{case.reference}/reading/" in refused.json()["next_step"]
    program.post(f"/cases/{case.reference}/reading/", {"because": "To answer them"})
    assert program.get(at).json()["confidentiality"] == "SEALED"


def test_a_role_in_one_team_does_nothing_in_another() -> None:
    """What is seen everywhere by one role is worked only where the other is held."""
    team, other = make_team(), make_team()
    account = make_worker(team=team)
    make_grant(account=account, role=make_role("cases.view"), team=other)
    case = make_case(service=make_service(team=other))
    program = signed_in(account)
    assert program.get(f"/api/cases/{case.reference}").status_code == 200
    assert post(program, f"/api/cases/{case.reference}/notes", text="x").status_code == 403
    assert not case.entries.exists()


def test_whoever_may_not_look_people_up_finds_none_by_reference(team: Team) -> None:
    program = signed_in(make_account("cases.view", "cases.work", team=team))
    asked = {"service": make_service(team=team).key, "title": "A place", "requester": make_person().reference}
    refused = post(program, "/api/cases/", **asked)
    assert (refused.status_code, refused.json()["fields"][0]["at"]) == (422, "body.requester")
    assert not Case.objects.exists()


def test_the_form_of_another_site_does_nothing(team: Team, worker: Account) -> None:
    case = make_case(service=make_service(team=team))
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker)
    refused = client.post(
        f"/api/cases/{case.reference}/notes", {"text": "x"}, content_type="application/json"
    )
    assert refused.status_code == 403
    assert not case.entries.exists()


@pytest.mark.parametrize("address", ["/api/cases/", "entries", ""])
def test_more_rows_ask_the_database_no_more_often(
    team: Team, worker: Account, program: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    service = make_service(make_step("ask"), team=team)
    cases = [make_case(service=service, assignee=worker, requester=make_person()) for _ in range(12)]
    for hours in range(12):
        write_note(cases[0], text="A note", by=worker, at=later(hours=hours))
    where = address if address.startswith("/") else f"/api/cases/{cases[0].reference}/{address}".rstrip("/")
    with django_assert_max_num_queries(14):
        assert program.get(where).status_code == 200
