"""Telling people that we have their message."""

import datetime as dt

import pytest

from moothall.cases.models import Case, Entry
from moothall.cases.rules.definition import ClockDefinition
from moothall.cases.tests.make import AT, clock_of, later, make_service
from moothall.enquiries.models import Mailbox
from moothall.letters.models import Letter, LetterTemplate
from moothall.letters.rules.outbox import recall_letter
from moothall.people.tests.make import make_account, make_person

from .make import bring_in, mail, make_acknowledgement, make_mailbox, newest

pytestmark = pytest.mark.django_db
CLOCKS = (
    ClockDefinition("acknowledge", "Acknowledge", target=2, met_on="acknowledged"),
    ClockDefinition("answer", "Answer", target=10, met_on="answered"),
)


@pytest.fixture
def box() -> Mailbox:
    make_acknowledgement()
    return make_mailbox(service=make_service(clocks=CLOCKS))


def test_a_message_that_opens_a_case_is_acknowledged_in_its_thread(box: Mailbox) -> None:
    bring_in(box, mail(message_id="<one@borth.example>"), answer=True)
    case, letter = newest(), Letter.objects.get()
    assert (letter.to_address, letter.automatic, letter.person) == (
        "ffion@borth.example",
        True,
        case.requester,
    )
    assert (letter.in_reply_to, letter.references) == ("<one@borth.example>",) * 2
    assert case.reference in letter.subject
    assert case.reference in letter.from_address
    assert letter.body == "About A place on the course."
    entry = case.entries.get(kind=Entry.MAIL_OUT)
    assert entry.letter == letter


def test_an_acknowledgement_meets_its_clock_and_is_no_answer(box: Mailbox) -> None:
    bring_in(box, mail(), answer=True)
    case = newest()
    assert clock_of(case, "acknowledge").met_at == AT
    assert clock_of(case, "answer").met_at is None
    assert (case.first_answered_at, case.waiting_on) == (None, Case.US)


def test_an_acknowledgement_is_in_the_persons_language_else_in_that_of_the_message(box: Mailbox) -> None:
    make_person(emails=["ffion@borth.example"], language="cy")
    welsh = "Hoffwn wybod a oes lle ar y cwrs cymorth cyntaf yn yr hydref, os gwelwch yn dda."
    bring_in(
        box, mail(), mail(welsh, from_="dewi@borth.example"), mail(from_="amy@borth.example"), answer=True
    )
    languages = Letter.objects.order_by("id").values_list("language", flat=True)
    assert list(languages) == ["cy", "cy", "en"]


def test_only_what_opens_a_case_is_acknowledged(box: Mailbox) -> None:
    bring_in(box, mail(message_id="<one@x.example>"), answer=True)
    bring_in(box, mail(in_reply_to="<one@x.example>"), mail(message_id="<one@x.example>"), answer=True)
    assert Letter.objects.count() == 1


def test_old_mail_and_mailboxes_that_do_not_acknowledge_stay_silent(box: Mailbox) -> None:
    bring_in(box, mail())
    Mailbox.objects.update(acknowledge=False)
    box.refresh_from_db()
    bring_in(box, mail(), answer=True)
    assert not Letter.objects.exists()


def test_the_acknowledgement_goes_where_replies_are_wanted(box: Mailbox) -> None:
    bring_in(box, mail(reply_to="office@borth.example"), answer=True)
    assert Letter.objects.get().to_address == "office@borth.example"


def test_the_same_title_from_the_same_address_is_acknowledged_once_a_day(box: Mailbox) -> None:
    bring_in(box, mail("One"), mail("Two"), answer=True)
    assert Letter.objects.count() == 1
    bring_in(box, mail("Three"), answer=True, at=AT + dt.timedelta(days=2))
    assert Letter.objects.count() == 2


def test_each_address_gets_three_a_day_however_it_is_written(box: Mailbox) -> None:
    senders = [
        "ffion@borth.example",
        "FFION@BORTH.EXAMPLE",
        "Ffion <ffion@borth.example>",
        "ffion@BORTH.example",
    ]
    raws = [mail(from_=sender, subject=f"Question {number}") for number, sender in enumerate(senders)]
    bring_in(box, *raws, answer=True)
    assert Letter.objects.count() == 3
    bring_in(box, mail(), answer=True, at=later(days=2))
    assert Letter.objects.count() == 4


@pytest.mark.parametrize(
    "change",
    [
        {"subject_en": "{person.title}", "body_en": "x"},
        {"body_en": "Dear {person.title}"},
    ],
)
def test_a_template_that_cannot_be_filled_in_loses_no_message(change: dict[str, str]) -> None:
    make_acknowledgement(**change)
    assert bring_in(make_mailbox(), mail(), answer=True) == {"new_cases": 1}
    assert not Letter.objects.exists()
    entry = newest().entries.get(kind=Entry.MAIL_IN)
    assert any(words.startswith("Not acknowledged: ") for words in entry.detail["warnings"])


@pytest.mark.parametrize("sender", ["ffion@localhost", "a..b@borth.example", '"odd name"@borth.example'])
def test_an_address_no_letter_can_go_to_loses_no_message(box: Mailbox, sender: str) -> None:
    assert bring_in(box, mail(from_=sender), answer=True) == {"new_cases": 1}


def test_without_a_template_nothing_is_sent() -> None:
    assert not LetterTemplate.objects.exists()
    assert bring_in(make_mailbox(), mail(), answer=True) == {"new_cases": 1}
    assert not Letter.objects.exists()


def test_a_service_may_have_its_own_acknowledgement(box: Mailbox) -> None:
    make_acknowledgement("complaint-received", body_en="Your complaint about {case.title}.")
    special = make_mailbox(service=make_service(acknowledgement="complaint-received"))
    bring_in(special, mail(), answer=True)
    assert Letter.objects.get().body == "Your complaint about A place on the course."


def test_an_acknowledgement_that_is_recalled_meets_no_clock(box: Mailbox) -> None:
    bring_in(box, mail(), answer=True)
    case = newest()
    recall_letter(Letter.objects.get(), by=make_account(), at=AT)
    assert clock_of(case, "acknowledge").met_at is None
    case.refresh_from_db()
    assert case.due_on == clock_of(case, "acknowledge").due_on
