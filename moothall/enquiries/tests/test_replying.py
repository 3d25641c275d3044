"""An answer: in their language, in their thread, out once, and what they write back finds its case."""

import datetime as dt
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message as Mail
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from moothall.cases.models import Case, Entry
from moothall.cases.rules.closing import close_case
from moothall.cases.tests.make import AT, clock_of, make_service, make_worker
from moothall.core.clock import now
from moothall.enquiries.models import Mailbox
from moothall.enquiries.rules.replying import recipient_of, reply
from moothall.letters.models import Letter
from moothall.letters.rules.posting import Post
from moothall.letters.rules.sending import send_next
from moothall.letters.tests.mail_server import MailServer, mail_server
from moothall.letters.tests.make import make_template
from moothall.people.models import Account, Person
from moothall.people.tests.make import make_team
from moothall.records.models import Document
from moothall.records.rules.documents import read_document

from .make import bring_in, mail, make_mailbox, newest, with_files, written_on

pytestmark = pytest.mark.django_db
CAME = AT - dt.timedelta(days=20)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def worker(client: Client, box: Mailbox) -> Account:
    account = make_worker(team=box.team)
    client.force_login(account)
    return account


def asked(box: Mailbox, raw: bytes | None = None, **headers: str) -> Case:
    bring_in(box, raw or mail(**headers), at=CAME)
    return newest()


def sent(client: Client, case: Case, **changed: object) -> int:
    """Send the reply form as the page offers it, with these changes; the status of the answer."""
    page = client.get(f"/enquiries/replies/{case.reference}/")
    given = {**page.context["form"].initial, "text": "There is a place.", "template": ""} | changed
    return client.post(f"/enquiries/replies/{case.reference}/", given).status_code


def posted(server: MailServer) -> Mail:
    """What left, once the worker has emptied the outbox."""
    with Post() as post:
        while send_next(post=post, clock=lambda: now() + dt.timedelta(minutes=1)):
            pass
    [message] = server.accepted
    return message


def body_of(message: Mail) -> str:
    text = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    content = text.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def test_a_reply_from_a_template_leaves_in_their_language_with_files_and_comes_back_to_its_case(
    client: Client, box: Mailbox, worker: Account, server: MailServer
) -> None:
    case = asked(
        box, subject="Lle ar y cwrs", message_id="<q2@borth.example>", references="<q1@borth.example>"
    )
    Person.objects.update(language="cy")
    template = make_template(body_cy="{person.greeting}\n\nMae gennych le.", subject_cy="Eich lle")
    page = f"/enquiries/replies/{case.reference}/?template={template.pk}"
    offered = client.get(page).context["form"].initial
    assert offered["language"] == "cy"
    assert "Mae gennych le." in offered["text"]
    file = SimpleUploadedFile("map.pdf", b"%PDF-1.4\nA map")
    status = client.post(
        f"/enquiries/replies/{case.reference}/",
        offered
        | {"template": template.pk, "attachments": [file], "cc": "lead@borth.example; x@borth.example"},
    ).status_code
    assert status == 302
    message = posted(server)
    assert message["To"] == "Ffion Adeyemi <ffion@borth.example>"
    assert sorted(server.recipients[0]) == ["ffion@borth.example", "lead@borth.example", "x@borth.example"]
    assert message["Content-Language"] == "cy"
    assert message["In-Reply-To"] == "<q2@borth.example>"
    assert message["References"].split() == ["<q1@borth.example>", "<q2@borth.example>"]
    name, _at, domain = box.address.partition("@")
    assert f"<{name}+{case.reference}@{domain}>" in message["From"]
    assert case.reference in str(make_header(decode_header(message["Subject"])))
    assert "Mae gennych le." in body_of(message)
    assert "map.pdf" in [part.get_filename() for part in message.walk()]
    assert "Auto-Submitted" not in message
    case.refresh_from_db()
    assert (case.status, case.waiting_on) == (Case.WAITING, Case.PERSON)
    assert clock_of(case).met_at is not None
    back = mail("Diolch!", in_reply_to=message["Message-ID"], subject=message["Subject"].replace("\n", " "))
    assert bring_in(box, back, at=now()) == {"added": 1}
    case.refresh_from_db()
    assert (case.status, case.waiting_on) == (Case.OPEN, Case.US)
    assert case.came_back_at is not None


@pytest.mark.parametrize("way", ["in_reply_to", "to", "subject"])
def test_what_they_write_back_finds_its_case_by_any_one_of_three_ways(
    box: Mailbox, worker: Account, way: str
) -> None:
    case = asked(box)
    letter = reply(case, text="Yes.", by=worker, at=CAME)
    by = {"in_reply_to": letter.message_id, "to": letter.from_address, "subject": f"Re: {letter.subject}"}
    assert bring_in(box, mail("Thank you", **{way: by[way]}), at=CAME) == {"added": 1}
    assert written_on() == case


@pytest.mark.parametrize(
    "changed",
    [
        {"to_address": "x@y.example\nBcc: all@y.example"},
        {"to_address": "not an address"},
        {"cc": "a@y.example, b@y.example\r\nBcc: c@y.example"},
        {"text": "  "},
        {"language": "xx"},
    ],
)
def test_what_would_go_astray_is_refused_and_nothing_leaves(
    client: Client, box: Mailbox, worker: Account, changed: dict[str, str]
) -> None:
    case = asked(box)
    assert sent(client, case, **changed) == 422
    assert not Letter.objects.exists()
    case.refresh_from_db()
    assert case.status == Case.OPEN


def test_no_header_is_smuggled_in_by_a_subject_or_a_name(
    client: Client, box: Mailbox, worker: Account, server: MailServer
) -> None:
    name = "=?utf-8?q?Mallory=0D=0ABcc:_all=40y.example?="
    case = asked(box, from_=f"{name} <m@y.example>", subject="=?utf-8?q?Hello=0D=0AX-Evil:_yes?=")
    assert sent(client, case, subject="Your place\r\nX-Evil: yes\r\n\r\n<p>words</p>") == 302
    message = posted(server)
    assert message["X-Evil"] is None
    assert message["Bcc"] is None
    assert server.recipients == [["m@y.example"]]
    assert "\n" not in Letter.objects.get().subject
    assert "\n" not in case.title


def test_a_name_with_accents_and_an_apostrophe_reaches_the_envelope(
    client: Client, box: Mailbox, worker: Account, server: MailServer
) -> None:
    name = "Ní Ó'Brien-Łukasiewicz, Siân"
    case = asked(box, from_="=?utf-8?b?TsOtIMOTJ0JyaWVuLcWBdWthc2lld2ljeiwgU2nDom4=?= <sian@y.example>")
    assert sent(client, case) == 302
    assert name in str(make_header(decode_header(posted(server)["To"])))
    assert Letter.objects.get().to_name == name


def test_a_reply_goes_where_they_asked_for_it_and_to_nobody_else_of_the_thread(
    box: Mailbox, worker: Account
) -> None:
    case = asked(box, reply_to="Ffion at home <home@borth.example>", cc="boss@borth.example")
    bring_in(box, mail("I agree", from_="boss@borth.example", to=f"x+{case.reference}@borth.example",
                       subject=case.reference), at=CAME)  # fmt: skip
    letter = reply(case, text="Yes.", by=worker, at=CAME)
    assert (letter.to_address, letter.cc) == ("home@borth.example", [])


def test_a_lead_who_is_handed_a_case_has_all_of_it_and_answers_from_their_own_mailbox(
    client: Client, box: Mailbox, worker: Account
) -> None:
    case = asked(box, with_files(("contract.pdf", b"%PDF-1.4\n"), text="May I see my contract?"))
    client.post(f"/cases/{case.reference}/notes/", {"text": "She has called twice."})
    before = list(case.entries.order_by("id").values_list("id", flat=True))
    hr = make_team(name="HR")
    lead = make_worker(team=hr)
    hr.lead = lead
    hr.save()
    theirs = make_mailbox(team=hr, address="hr@borth.example")
    handed = {"team": hr.pk, "because": "Contracts are yours."}
    assert client.post(f"/cases/{case.reference}/handing-over/", handed).status_code == 302
    case.refresh_from_db()
    assert (case.team, case.assignee, case.handed_because) == (hr, lead, "Contracts are yours.")
    assert set(before) < set(case.entries.values_list("id", flat=True))
    client.force_login(lead)
    html = client.get(f"/cases/{case.reference}/").content.decode()
    for words in ("May I see my contract?", "contract.pdf", "She has called twice.", "Contracts are yours."):
        assert words in html
    [attached] = case.entries.get(kind=Entry.MAIL_IN).attached.all()
    assert read_document(attached.document) == b"%PDF-1.4\n"
    assert case.reference in client.get("/").content.decode()
    assert sent(client, case) == 302
    letter = Letter.objects.get()
    assert letter.from_address == f"hr+{case.reference}@borth.example"
    assert letter.in_reply_to
    assert bring_in(theirs, mail("Thank you", to=letter.from_address), at=now()) == {"added": 1}


def test_a_team_without_a_mailbox_answers_from_where_the_message_came_in(
    box: Mailbox, worker: Account
) -> None:
    case = asked(box)
    Case.objects.filter(pk=case.pk).update(team=make_team(email="stores@borth.example"))
    case.refresh_from_db()
    letter = reply(case, text="Yes.", by=worker, at=CAME)
    assert letter.from_address.startswith(box.address.partition("@")[0] + "+")


def test_a_closed_case_that_is_answered_comes_back_in_my_work_with_its_reason(
    client: Client, box: Mailbox, worker: Account
) -> None:
    case = asked(box)
    client.post(f"/cases/{case.reference}/taking/")
    letter = reply(case, text="Yes.", by=worker, at=CAME)
    close_case(case, by=worker, at=CAME, outcome="answered")
    assert case.reference not in client.get("/").content.decode()
    bring_in(box, mail("One thing more", in_reply_to=letter.message_id), at=CAME + dt.timedelta(days=2))
    case.refresh_from_db()
    assert (case.status, case.assignee, case.outcome) == (Case.OPEN, worker, "")
    html = client.get("/").content.decode()
    [row] = [each for each in html.split("<tr ") if case.reference in each]
    assert "Came back" in row
    assert "They wrote again." in client.get(f"/cases/{case.reference}/").content.decode()


def test_mail_to_a_merged_reference_goes_to_the_case_that_was_kept_and_back_when_they_are_taken_apart(
    client: Client, box: Mailbox, worker: Account
) -> None:
    kept = asked(box, subject="First")
    merged = asked(box, subject="Second", from_="Ffion <ffion@borth.example>")
    link = {"reference": kept.reference, "kind": "MERGED"}
    assert client.post(f"/cases/{merged.reference}/links/", link).status_code == 302
    merged.refresh_from_db()
    assert merged.merged_into == kept
    name, _at, domain = box.address.partition("@")
    raw = mail("About the second", to=f"{name}+{merged.reference}@{domain}", subject="Re")
    assert bring_in(box, raw, at=now()) == {"added": 1}
    assert written_on() == kept
    made = merged.links.get()
    assert client.post(f"/cases/{merged.reference}/links/{made.pk}/ending/").status_code == 302
    merged.refresh_from_db()
    assert merged.status == Case.OPEN
    assert merged.entries.filter(kind=Entry.MAIL_IN).count() == 1
    again = mail(
        "Once more", to=f"{name}+{merged.reference}@{domain}", subject="Re", message_id="<n@x.example>"
    )
    assert bring_in(box, again, at=now()) == {"added": 1}
    assert written_on() == merged


def test_nobody_is_answered_who_left_no_address(client: Client, box: Mailbox, worker: Account) -> None:
    case = asked(box, from_="nobody")
    assert recipient_of(case) is None
    assert sent(client, case) == 422
    assert sent(client, case, to_address="found@borth.example") == 302


def test_the_letters_of_the_service_are_offered_first(client: Client, box: Mailbox, worker: Account) -> None:
    for key in ("anything", "places"):
        make_template(key=key, name=key.capitalize())
    box.service = make_service(team=box.team, letters=("places",))
    box.save()
    page = client.get(f"/enquiries/replies/{asked(box).reference}/").content.decode()
    groups = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', page)
    offered = [(heading, re.findall(r"<option[^>]*>([^<]+)", options)) for heading, options in groups]
    assert offered == [("For this service", ["Places"]), ("Other letters", ["Anything"])]


def test_a_refused_reply_leaves_no_file_behind(client: Client, box: Mailbox, worker: Account) -> None:
    case = asked(box)
    template = make_template(key="gap", body_en="Come on [day].", subject_en="Your place")
    file = SimpleUploadedFile("form.txt", b"The form", content_type="text/plain")
    status = sent(client, case, template=template.pk, text="Come on [day].", attachments=[file])
    assert (status, Document.objects.count(), Letter.objects.count()) == (422, 0, 0)


def test_a_reply_that_also_closes_the_case_closes_it(client: Client, box: Mailbox, worker: Account) -> None:
    case = asked(box)
    assert sent(client, case, then="CLOSE") == 302
    case.refresh_from_db()
    assert (case.status, case.outcome) == (Case.CLOSED, "answered")
