"""The same message again, and messages that only look like it."""

import pytest

from moothall.cases.models import Case, Entry
from moothall.cases.rules.merging import merge_case
from moothall.cases.tests.make import AT, make_case, make_manager
from moothall.enquiries.models import Mailbox, Message, RawMessage
from moothall.enquiries.rules.keeping import bytes_of
from moothall.records.models import AuditEvent

from .make import bring_in, mail, make_mailbox, newest, with_files

pytestmark = pytest.mark.django_db


def kept() -> set[bytes]:
    return {bytes_of(raw) for raw in RawMessage.objects.all()}


def test_the_same_bytes_in_the_same_mailbox_are_kept_once(box: Mailbox) -> None:
    raw = mail()
    assert bring_in(box, raw, raw, raw) == {"new_cases": 1, "duplicates": 2}
    assert bring_in(box, raw) == {"duplicates": 1}
    assert (RawMessage.objects.count(), Message.objects.count()) == (1, 1)


def test_the_same_message_in_another_mailbox_joins_the_one_case(box: Mailbox) -> None:
    other = make_mailbox(key="other", address="hr@borth.example")
    raw = mail(message_id="<one@borth.example>", to="learning@borth.example, hr@borth.example")
    relayed = b"Received: by another way\r\n" + raw
    assert bring_in(box, raw) == {"new_cases": 1}
    assert bring_in(other, raw) == {"duplicates": 1}
    assert bring_in(other, relayed) == {"duplicates": 1}
    assert Case.objects.count() == 1
    assert kept() == {raw, relayed}
    copy = RawMessage.objects.filter(state=RawMessage.COPY).order_by("id")[0]
    assert (copy.copy_of, copy.mailbox) == (RawMessage.objects.get(mailbox=box), other)
    assert AuditEvent.objects.filter(verb="enquiries.copy", about_id=copy.pk).exists()


def test_a_copy_that_only_passed_a_mailing_list_differs_in_nothing(box: Mailbox) -> None:
    text = "Is there a place?"
    trailer = (
        "\n_______________________________________________\nA mailing list\nhttps://lists.example/listinfo"
    )
    first = mail(text, message_id="<one@x.example>")
    second = mail(text + trailer, message_id="<one@x.example>", subject="[staff] A place on the course")
    assert bring_in(box, first, second) == {"new_cases": 1, "duplicates": 1}
    assert not Entry.objects.filter(kind=Entry.DIFFERENCE).exists()


def test_a_copy_with_other_words_is_shown_on_the_case_and_somebody_is_told(box: Mailbox) -> None:
    bring_in(box, mail("One place, please.", message_id="<one@x.example>"))
    changed = mail("Two places, please.", message_id="<one@x.example>")
    assert bring_in(box, changed) == {"duplicates": 1}
    case = Case.objects.get()
    entry = case.entries.get(kind=Entry.DIFFERENCE)
    assert entry.detail["difference"] == ["-One place, please.", "+Two places, please."]
    assert entry.text.strip() == "Two places, please."
    assert case.came_back_at == AT
    assert changed in kept()
    assert list(Case.objects.mentioning('"two places"')) == [case]


def test_a_copy_with_other_words_in_the_same_batch_is_shown_too(box: Mailbox) -> None:
    name = {"message_id": "<one@x.example>"}
    assert bring_in(box, mail("One.", **name), mail("Two.", **name)) == {"new_cases": 1, "duplicates": 1}
    assert newest().entries.get(kind=Entry.DIFFERENCE).text.strip() == "Two."


def test_the_files_of_a_copy_with_other_words_are_kept_with_it(box: Mailbox) -> None:
    bring_in(box, mail("The form is below.", message_id="<one@x.example>"))
    bring_in(
        box,
        with_files(("form.txt", b"Name: Ffion"), text="The form is attached.", message_id="<one@x.example>"),
    )
    entry = Case.objects.get().entries.get(kind=Entry.DIFFERENCE)
    assert [file.name for file in entry.attached.all()] == ["form.txt"]


def test_another_senders_words_under_the_same_identifier_are_a_message_of_their_own(box: Mailbox) -> None:
    bring_in(box, mail("The heating is off.", message_id="<1@localhost>"))
    other = mail("My payslip is wrong.", message_id="<1@localhost>", from_="Idris <idris@borth.example>")
    assert bring_in(box, other) == {"new_cases": 1}
    assert {case.requester.full_name for case in Case.objects.all() if case.requester} == {
        "Ffion Adeyemi",
        "Idris",
    }
    assert bring_in(box, other) == {"duplicates": 1}


def test_messages_without_an_identifier_are_told_apart_by_what_they_say_and_when(box: Mailbox) -> None:
    raw = mail(message_id="")
    assert bring_in(box, raw, b"X-Moved: yes\r\n" + raw) == {"new_cases": 1, "duplicates": 1}
    assert bring_in(box, mail(message_id="", date="Tue, 24 Nov 2026 08:00:00 +0000")) == {"new_cases": 1}
    assert bring_in(box, mail("Other words", message_id="")) == {"new_cases": 1}
    other = make_mailbox(key="other", address="hr@borth.example")
    assert bring_in(other, raw) == {"duplicates": 1}


def test_messages_without_identifier_or_date_are_copies_only_when_every_byte_is(box: Mailbox) -> None:
    raw = mail(message_id="", date="")
    assert bring_in(box, raw, b"X-Other: yes\r\n" + raw) == {"new_cases": 2}
    assert bring_in(make_mailbox(key="other", address="hr@borth.example"), raw) == {"duplicates": 1}


def test_a_copy_of_a_message_on_a_merged_case_differs_on_the_standing_one(box: Mailbox) -> None:
    bring_in(box, mail("One.", message_id="<one@x.example>"))
    standing = make_case()
    merge_case(newest_of(box), into=standing, by=make_manager(team=box.team), at=AT)
    bring_in(box, mail("Two.", message_id="<one@x.example>"))
    assert standing.entries.filter(kind=Entry.DIFFERENCE).exists()


def newest_of(box: Mailbox) -> Case:
    return Case.objects.filter(service=box.service).order_by("-id")[0]
