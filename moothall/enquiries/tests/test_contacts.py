"""Everybody who gets in touch is counted: with a case or without, once, and by the day they did."""

import datetime as dt

import pytest
from django.test import Client

from moothall.cases.models import Case, CaseLink, Entry
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.opening import ReceivedLater
from moothall.cases.tests.make import AT, clock_of, later, make_case, make_service, make_worker
from moothall.core.clock import now, today
from moothall.enquiries.models import Contact, Mailbox
from moothall.enquiries.rules.contacts import SignpostNeeded, log_contact, signpost_case, split_contact
from moothall.enquiries.rules.replying import recipient_of, reply
from moothall.people.models import Account, CautionMarker, Person
from moothall.people.tests.make import make_grant, make_person, make_role, make_team

from .make import SENDER, bring_in, mail, make_mailbox, make_signpost, newest, with_files, written_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client: Client, box: Mailbox) -> Account:
    account = make_worker(team=box.team)
    client.force_login(account)
    return account


def logged(client: Client, **asked: object) -> Contact:
    given = {"channel": "PHONE", "subject": "Opening hours", "result": "ANSWERED"} | asked
    assert client.post("/enquiries/contacts/new/", given).status_code == 302
    return Contact.objects.order_by("-id")[0]


def test_a_call_that_becomes_no_case_is_counted_and_listed(
    client: Client, box: Mailbox, worker: Account
) -> None:
    contact = logged(client, minutes=3)
    assert (contact.result, contact.team, contact.logged_by) == (Contact.ANSWERED, box.team, worker)
    assert not Case.objects.exists()
    assert "Opening hours" in client.get("/enquiries/contacts/").content.decode()


def test_a_call_of_an_earlier_day_is_counted_on_that_day_and_known_as_logged_today(
    client: Client, box: Mailbox, worker: Account
) -> None:
    service = make_service(team=box.team)
    contact = logged(client, result="CASE", service=service.pk, received="3 days ago")
    case = Case.objects.get()
    assert (contact.logged_at - contact.received_at).days in {2, 3}
    assert case.received_at == contact.received_at
    assert case.logged_at == contact.logged_at


def test_a_call_of_tomorrow_is_refused(client: Client, box: Mailbox, worker: Account) -> None:
    asked = {"channel": "PHONE", "subject": "Hours", "result": "ANSWERED", "received": "tomorrow"}
    assert client.post("/enquiries/contacts/new/", asked).status_code == 422
    assert not Contact.objects.exists()


def test_a_visitor_who_is_sent_elsewhere_is_counted_as_signposted(
    client: Client, box: Mailbox, worker: Account
) -> None:
    place = make_signpost()
    contact = logged(client, channel="COUNTER", result="SIGNPOSTED", signpost=place.pk)
    assert (contact.result, contact.signpost, contact.channel) == (Contact.SIGNPOSTED, place, "COUNTER")
    assert not Case.objects.exists()
    answer = client.post(
        "/enquiries/contacts/new/", {"channel": "PHONE", "subject": "x", "result": "SIGNPOSTED"}
    )
    assert answer.status_code == 422
    with pytest.raises(SignpostNeeded):
        log_contact(
            channel="PHONE", result=Contact.SIGNPOSTED, subject="x", team=box.team, by=worker, at=AT,
            received_at=AT,
        )  # fmt: skip
    assert Contact.objects.count() == 1


def test_somebody_new_is_added_while_their_call_is_logged(
    client: Client, box: Mailbox, worker: Account
) -> None:
    name = "Ní Ó'Brien-Łukasiewicz"
    service = make_service(team=box.team)
    contact = logged(
        client,
        new_name=name,
        new_reach="01632 960 555",
        result="CASE",
        service=service.pk,
        note="A place, please.",
    )
    assert contact.person == Person.objects.get(full_name=name)
    case = contact.led_to.get().case
    assert (case.requester, case.service, case.channel) == (contact.person, service, "phone")
    assert case.entries.get(kind=Entry.CALL).text == "A place, please."
    assert clock_of(case).met_at is None


def test_a_call_about_an_open_case_is_added_and_brings_it_back(box: Mailbox, worker: Account) -> None:
    bring_in(box, mail())
    case = newest()
    reply(case, text="Which day?", by=worker, at=later(hours=1))
    colleague = make_worker(team=box.team)
    contact = log_contact(
        channel="PHONE", result=Contact.ADDED, subject="Tuesday", team=box.team, by=colleague,
        at=later(hours=2), received_at=later(hours=2), case=case,
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.status, case.waiting_on, case.came_back_at) == (Case.OPEN, Case.US, later(hours=2))
    assert contact.led_to.get().case == case


def test_the_day_a_message_came_is_told_apart_from_the_day_it_was_logged(box: Mailbox) -> None:
    stamp = "from a by b; Wed, 18 Nov 2026 16:45:00 +0000"
    bring_in(box, mail(received=stamp, date="Tue, 17 Nov 2026 23:00:00 +0000"))
    contact, case = Contact.objects.get(), newest()
    received = dt.datetime(2026, 11, 18, 16, 45, tzinfo=dt.UTC)
    assert (contact.received_at, contact.logged_at) == (received, AT)
    assert (case.received_at, case.logged_at) == (received, AT)
    assert clock_of(case).due_on == dt.date(2026, 12, 2)


def test_a_call_is_not_added_to_a_case_one_may_only_look_on_at(
    client: Client, box: Mailbox, worker: Account
) -> None:
    elsewhere = make_team(name="Payroll")
    case = make_case(service=make_service(team=elsewhere))
    make_grant(account=worker, role=make_role("cases.view"), team=elsewhere)
    asked = {"channel": "PHONE", "subject": "Tuesday", "result": "ADDED", "reference": case.reference}
    answer = client.post("/enquiries/contacts/new/", asked)
    assert answer.status_code == 422
    assert "You may look at this case, and not work on it." in answer.text
    assert not Contact.objects.exists()
    assert not case.entries.filter(kind=Entry.CALL).exists()


def test_what_to_bear_in_mind_is_shown_as_soon_as_the_caller_is_chosen(
    client: Client, box: Mailbox, worker: Account
) -> None:
    caller = make_person()
    CautionMarker.objects.create(
        person=caller, kind="Shouts", reason="Shouted", instruction="Two of us, never alone",
        placed_by=worker, placed_at=now(), expires_on=today() + dt.timedelta(days=30),
    )  # fmt: skip
    part = {"HX-Request": "true"}
    said = client.get("/enquiries/contacts/new/", {"person-key": caller.pk}, headers=part).text
    assert "Two of us, never alone" in said
    assert "<form" not in said
    for key in ("", "0", "nonsense", "9" * 30):
        assert not client.get("/enquiries/contacts/new/", {"person-key": key}, headers=part).text.strip()
    asked = {"channel": "PHONE", "result": "ANSWERED", "person": "them", "person-key": caller.pk}
    assert "Two of us, never alone" in client.post("/enquiries/contacts/new/", asked).text


def test_nobody_gets_in_touch_in_the_future(box: Mailbox, worker: Account) -> None:
    with pytest.raises(ReceivedLater):
        log_contact(
            channel="PHONE", result=Contact.ANSWERED, subject="x", team=box.team, by=worker, at=AT,
            received_at=later(minutes=1),
        )  # fmt: skip
    assert not Contact.objects.exists()


def test_signposting_a_message_answers_it_closes_the_case_and_is_counted_as_such(
    client: Client, box: Mailbox, worker: Account
) -> None:
    bring_in(box, mail(), at=AT - dt.timedelta(days=30))
    case, place = newest(), make_signpost()
    form = client.get(f"/enquiries/signposting/{case.reference}/?signpost={place.pk}").content.decode()
    assert "01632 960123" in form
    asked = {"signpost": place.pk, "text": "Dear Ffion,\n\nAdult Learning Wales, 01632 960123."}
    assert client.post(f"/enquiries/signposting/{case.reference}/", asked).status_code == 302
    case.refresh_from_db()
    assert (case.status, case.outcome) == (Case.CLOSED, "signposted")
    assert "Adult Learning Wales" in case.entries.get(kind=Entry.MAIL_OUT).text
    contact = Contact.objects.get()
    assert (contact.result, contact.signpost) == (Contact.SIGNPOSTED, place)
    assert clock_of(case).met_at is not None


def test_one_message_split_in_two_is_one_contact_and_both_answers_are_in_its_thread(
    box: Mailbox, worker: Account
) -> None:
    raw = with_files(
        ("form.pdf", b"%PDF-1.4\n"), text="A place? And who mends the projector?", message_id="<q@x.example>"
    )
    bring_in(box, raw)
    case = newest()
    asked = case.entries.get(kind=Entry.MAIL_IN)
    second = split_contact(
        case, entry=asked, service=make_service(team=box.team), title="Projector", by=worker, at=AT
    )
    contact = Contact.objects.get()
    assert {each.case for each in contact.led_to.all()} == {case, second}
    assert CaseLink.objects.get(case=case, other=second).kind == CaseLink.SPLIT
    assert [file.name for file in second.entries.get(kind=Entry.MAIL_IN).attached.all()] == ["form.pdf"]
    to = recipient_of(second)
    assert to is not None
    assert (to.address, to.message_id) == ("ffion@borth.example", "<q@x.example>")
    letters = {each: reply(each, text="Yes.", by=worker, at=AT) for each in (case, second)}
    assert {letter.in_reply_to for letter in letters.values()} == {"<q@x.example>"}
    for each, letter in letters.items():
        bring_in(box, mail("Thank you", in_reply_to=letter.message_id, from_=SENDER), at=later(hours=2))
        assert written_on() == each
    assert Contact.objects.filter(result=Contact.ADDED).count() == 2


def test_a_call_split_in_two_is_one_contact(box: Mailbox, worker: Account) -> None:
    person = make_person()
    contact = log_contact(
        channel="PHONE", result=Contact.CASE, subject="Two things", note="A place, and parking",
        team=box.team, by=worker, at=AT, received_at=AT, person=person, service=make_service(team=box.team),
    )  # fmt: skip
    case = newest()
    spoken = case.entries.get(kind=Entry.CALL)
    split_contact(
        case, entry=spoken, service=make_service(team=box.team), title="Parking", by=worker, at=later(hours=1)
    )
    assert contact.led_to.count() == 2
    assert Contact.objects.count() == 1


def test_what_closes_without_an_answer_is_still_a_contact(box: Mailbox, worker: Account) -> None:
    bring_in(box, mail())
    close_case(newest(), by=worker, at=AT, outcome="withdrawn")
    assert Contact.objects.get().result == Contact.CASE


def test_another_teams_contacts_are_not_listed(client: Client, box: Mailbox, worker: Account) -> None:
    bring_in(box, mail(subject="Ours"))
    bring_in(make_mailbox(), mail(subject="Theirs", from_="x@y.example"))
    html = client.get("/enquiries/contacts/").content.decode()
    assert "Ours" in html
    assert "Theirs" not in html
    client.force_login(make_worker(team=make_team()))
    assert "Ours" not in client.get("/enquiries/contacts/").content.decode()


def test_a_case_signposted_after_it_was_split_leaves_the_other_open(box: Mailbox, worker: Account) -> None:
    bring_in(box, mail("A place, and evening classes?"))
    case = newest()
    second = split_contact(
        case, entry=case.entries.get(kind=Entry.MAIL_IN), service=make_service(team=box.team),
        title="Classes", by=worker, at=AT,
    )  # fmt: skip
    place = make_signpost()
    signpost_case(second, signpost=place, text="Ask Adult Learning Wales.", by=worker, at=later(hours=1))
    case.refresh_from_db()
    assert case.status == Case.OPEN
    assert Contact.objects.get().result == Contact.CASE
    signpost_case(case, signpost=place, text="They do places too.", by=worker, at=later(hours=2))
    assert Contact.objects.get().result == Contact.SIGNPOSTED
