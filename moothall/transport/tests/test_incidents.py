"""What happens on the way: reported at the desk and by crews, looked into, closed; concerns leak nowhere."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.models import CaseAccess
from moothall.cases.rules.closing import close_case
from moothall.core.clock import today
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.people.tests.make import AT, audited, make_account, make_person
from moothall.transport.models import (
    Incident,
    IncidentAction,
    IncidentPhoto,
    Involved,
    OutsideReport,
    ReportingDuty,
)
from moothall.transport.models.incident import ACCIDENT, CONCERN, INCIDENT
from moothall.transport.rules import incident_refusals as refusals
from moothall.transport.rules import investigating as rules
from moothall.transport.rules.incidents import There, already_there, receipts_of
from moothall.transport.rules.safety_pack import load_part

from .make import MANAGER, MONDAY, make_manager, make_passenger, make_user
from .make_crews import make_depot, make_duty, make_going, make_member
from .make_incidents import (
    HOUR,
    make_concern,
    make_duty_to_report,
    make_incident,
    make_safety,
    make_signed_in,
    manager_of,
    page,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360"
    "000000020001e221bc330000000049454e44ae426082".replace(" ", "")
)


def send(client: Client, route: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(route, args=args), data)


def said(**changes: Any) -> dict[str, Any]:
    """What somebody types who reports that a door was stuck."""
    return {
        "kind": INCIDENT, "day": f"{today() - DAY:%d/%m/%Y}", "time": "08:15", "where": "Lime Avenue",
        "what": "The door was stuck", "hurt": "NONE",
    } | changes  # fmt: skip


def test_what_the_desk_reports_opens_a_case_and_shows_who_was_there(client: Client) -> None:
    make_safety()
    depot = make_depot()
    run = make_going(depot, passenger=make_passenger(name="Osian Bello"))
    make_duty(run, make_member(depot, name="Tomos Quaye"), day=MONDAY)
    client.force_login(make_manager())
    form = client.get(reverse("report_incident"), {"run": str(run.pk), "day": MONDAY.isoformat()})
    assert "Osian Bello" in form.content.decode()
    assert "Tomos Quaye" in form.content.decode()
    address = reverse("report_incident") + f"?run={run.pk}&day={MONDAY.isoformat()}"
    photo = SimpleUploadedFile("door.png", PNG, content_type="image/png")
    given = said(run=str(run.pk), who=["0", "1"], hurt="AID", injuries="A plaster", photos=photo)
    assert client.post(address, given).status_code == 302
    made = Incident.objects.get()
    assert (made.run, made.run_called, made.by_crew) == (run, run.called, False)
    assert made.case.service.key == "transport-incident"
    hurt = {each.name: (each.harm, each.injuries) for each in made.involved.all()}
    assert hurt == {"Osian Bello": ("AID", "A plaster"), "Tomos Quaye": ("NONE", "")}
    shown = page(client, "incident", made.case.reference)
    for words in ("The door was stuck", "Lime Avenue", "Osian Bello", "First aid", "door.png"):
        assert words in shown
    answer = client.get(reverse("incident_photo", args=[made.case.reference, made.photos.get().pk]))
    assert b"".join(answer.streaming_content) == PNG  # type: ignore[attr-defined]
    assert "What happened" in page(client, "case_page", made.case.reference)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"what": " "}, refusals.SaysNothing), ({"happened_at": AT + HOUR}, refusals.HappensLater)],
)
def test_a_report_says_what_and_not_later_than_now(changes: Any, refusal: type[Exception]) -> None:
    make_safety()
    with pytest.raises(refusal):
        make_incident(**changes)
    assert not Incident.objects.exists()


def test_an_office_without_the_service_says_whom_to_ring(client: Client) -> None:
    client.force_login(make_user())
    answer = send(client, "report_incident", **said())
    assert answer.status_code == 422
    assert "call 999" in answer.content.decode()


def test_one_of_the_crew_reports_on_the_way_and_hears_only_that_it_was_received(client: Client) -> None:
    make_safety()
    depot, account = make_depot(), make_signed_in("Ines Okafor")
    member = make_member(depot, name="Ines Okafor")
    account.person = member.employment.person
    account.save()
    run = make_going(depot, passenger=make_passenger(name="Osian Bello"))
    make_duty(run, member, day=today())
    client.force_login(account)
    form = page(client, "report_on_the_way")
    assert run.called in form
    if today().weekday() < 5:
        assert "O. B." in form
        assert "Osian Bello" not in form
    assert send(client, "report_on_the_way", **said(kind=CONCERN, run=str(run.pk))).status_code == 302
    made = Incident.objects.get()
    assert (made.by_crew, made.reported_by, made.run) == (True, account, run)
    shown = page(client, "my_reports")
    assert "Safeguarding concern" in shown
    assert "Received" in shown
    for words in ("The door was stuck", "Lime Avenue", made.case.reference):
        assert words not in shown
    assert client.get(reverse("incident", args=[made.case.reference])).status_code == 403
    assert client.get(reverse("case_page", args=[made.case.reference])).status_code in (403, 404)
    assert not CaseAccess.objects.filter(case=made.case, account=account).exists()
    assert receipts_of(make_signed_in(), since=AT - DAY) == []


def test_what_happened_stands_on_the_page_of_a_passenger_and_a_concern_does_not(client: Client) -> None:
    child = make_passenger(name="Osian Bello")
    make_concern(child)
    make_incident(where="Canal Street", there=(There(Involved.PASSENGER, str(child), child.person),))
    client.force_login(make_user())
    shown = page(client, "passenger", child.pk)
    assert "Canal Street" in shown
    assert "Safeguarding concern" not in shown


def test_it_is_closed_once_its_actions_are_done_from_whichever_page(client: Client) -> None:
    incident = make_incident()
    manager = make_account(*MANAGER, "cases.close", team=incident.case.team)
    client.force_login(manager)
    reference = incident.case.reference
    due = f"{today() + DAY:%d/%m/%Y}"
    send(client, "add_incident_action", reference, what="Trim the tree", owner=manager.pk, due_on=due)
    action = IncidentAction.objects.get()
    assert "Trim the tree" in page(client, "my_work")
    refused = send(client, "close_incident", reference, outcome="lessons_learned", reason="Trimmed")
    assert refused.status_code == 422
    assert "1 action because of it is not done." in refused.content.decode()
    with pytest.raises(refusals.StillOpen):
        close_case(incident.case, outcome="lessons_learned", by=manager, at=AT)
    send(client, "finish_incident_action", reference, action.pk, how="Trimmed on Friday")
    send(client, "reopen_incident_action", reference, action.pk)
    action.refresh_from_db()
    assert action.done_at is None
    send(client, "finish_incident_action", reference, action.pk, how="Trimmed on Friday")
    closed = send(client, "close_incident", reference, outcome="lessons_learned", reason="Trimmed")
    assert closed.status_code == 302
    incident.case.refresh_from_db()
    assert incident.case.is_closed
    shown = page(client, "incident", reference)
    assert "Trimmed on Friday" in shown
    with pytest.raises(Exception, match="closed"):
        rules.add_action(incident, what="More", owner=manager, due_on=MONDAY, by=manager, at=AT)


def test_what_was_reported_by_mistake_ends_at_once() -> None:
    incident = make_incident()
    manager = manager_of(incident)
    make_duty_to_report()
    rules.close_incident(incident, outcome="opened_by_mistake", reason="", by=manager, at=AT)
    assert Incident.objects.unfinished().count() == 0


def test_whom_to_tell_outside_goes_by_the_rules_of_the_day_and_is_settled_before_it_closes() -> None:
    incident = make_incident()
    manager = manager_of(incident)
    police = make_duty_to_report()
    make_duty_to_report(key="old", until_on=dt.date(2021, 1, 1))
    make_duty_to_report(key="concerns", kinds=[CONCERN])
    assert rules.duties_of(incident) == [(police, None)]
    with pytest.raises(refusals.StillOpen):
        rules.close_incident(incident, outcome="lessons_learned", reason="", by=manager, at=AT)
    given: dict[str, Any] = {"because": "A crime", "by": manager, "at": AT}
    first = rules.decide_report(incident, police, needed=True, **given)
    assert (first.due_on, first.is_waiting) == (dt.date(2026, 11, 24), True)
    with pytest.raises(refusals.StillOpen):
        rules.close_incident(incident, outcome="lessons_learned", reason="", by=manager, at=AT)
    for day in (AT.date() + DAY, AT.date() - DAY):
        with pytest.raises(refusals.ToldEarlier):
            rules.decide_report(incident, police, needed=True, told_on=day, **given)
    with pytest.raises(refusals.NotNeeded):
        rules.decide_report(incident, police, needed=False, told_on=AT.date(), **given)
    rules.decide_report(incident, police, needed=True, told_on=AT.date(), reference="CR-7", **given)
    assert OutsideReport.objects.count() == 2
    rules.close_incident(incident, outcome="lessons_learned", reason="", by=manager, at=AT)


def test_an_investigation_has_facts_witnesses_and_a_cause(client: Client) -> None:
    incident = make_incident()
    manager = manager_of(incident)
    client.force_login(manager)
    reference = incident.case.reference
    given = {"investigator": manager.pk, "facts": "A gale", "cause": "", "finished": "on"}
    refused = send(client, "investigate_incident", reference, **given)
    assert refused.status_code == 422
    assert "why it came about" in refused.content.decode()
    send(client, "investigate_incident", reference, **given | {"cause": "Nobody looks at the trees"})
    words = {"name": "Maryam Qureshi", "said": "I saw it fall", "taken_on": f"{today():%d/%m/%Y}"}
    send(client, "take_statement", reference, **words)
    send(client, "add_involved", reference, part="OTHER", name="Maryam Qureshi", harm="NONE")
    shown = page(client, "incident", reference)
    for each in ("A gale", "Nobody looks at the trees", "I saw it fall", "Finished", "Maryam Qureshi"):
        assert each in shown
    send(client, "withdraw_statement", reference, incident.statements.get().pk)
    send(client, "remove_involved", reference, incident.involved.get().pk)
    assert "I saw it fall" not in page(client, "incident", reference)
    assert "Nobody is named yet." in page(client, "incident", reference)
    assert [each.verb for each in audited(incident.case)][-1] == "transport.not_involved"


def test_whoever_was_there_does_not_look_into_it() -> None:
    incident = make_incident()
    manager = manager_of(incident)
    manager.person = make_person(full_name="Emrys Puw")
    manager.save()
    rules.involve(incident, part="CREW", name="", person=manager.person, by=manager, at=AT)
    with pytest.raises(refusals.ThereAlready):
        rules.involve(incident, part="CREW", name="", person=manager.person, by=manager, at=AT)
    with pytest.raises(refusals.WhomItIsAbout):
        rules.investigate(
            incident, investigator=manager, facts="", cause="", finished=False, by=manager, at=AT
        )


def test_photographs_are_seen_through_their_own_incident_alone(client: Client) -> None:
    photo = SimpleUploadedFile("window.png", PNG, content_type="image/png")
    incident, other = make_incident(photos=(photo,)), make_incident()
    number = IncidentPhoto.objects.get().pk
    client.force_login(make_user())
    found = client.get(reverse("incident_photo", args=[incident.case.reference, number]))
    assert b"".join(found.streaming_content) == PNG  # type: ignore[attr-defined]
    assert client.get(reverse("incident_photo", args=[other.case.reference, number])).status_code == 404


def test_two_records_of_one_person_who_was_there_become_one() -> None:
    kept, gone = make_person(full_name="Olena Shevchuk"), make_person(full_name="O. Shevchuk")
    both = tuple(There(Involved.OTHER, str(each), each) for each in (kept, gone))
    make_incident(there=both)
    assert already_there(Involved.objects.filter(person=gone), kept).count() == 1


def test_the_list_of_incidents_takes_the_same_questions_however_long(client: Client) -> None:
    client.force_login(make_user())
    make_safety()
    client.get(reverse("incidents"))
    counts = []
    for number in (1, 6):
        for _each in range(number):
            made = make_incident(kind=ACCIDENT)
            rules.add_action(
                made, what="Ring", owner=manager_of(made), due_on=MONDAY, by=manager_of(made), at=AT
            )
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("incidents")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_pack_has_duties_with_their_sources_and_the_services() -> None:
    folder = find_pack("passenger-transport")
    pack = Pack("passenger-transport", folder, read_about(folder), AT, demo=True, scale=0)
    for _again in range(2):
        load_part(pack, Progress())
    duties = {each.key: each for each in ReportingDuty.objects.all()}
    assert (duties["riddor-seven"].days, duties["police"].days) == (15, 1)
    assert all(each.source and each.name_cy and each.when_cy for each in duties.values())
    assert not duties["designated-officer"].confirmed
