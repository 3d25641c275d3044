"""The outbox: written down with the case, held for a moment, approved where asked, never changed twice."""

import datetime as dt
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from moothall.letters.models import Letter
from moothall.letters.rules import visibility
from moothall.letters.rules.outbox import (
    approve_letter,
    give_up_letter,
    recall_letter,
    refuse_letter,
    send_again,
    settle_maybe_sent,
)
from moothall.letters.rules.refusals import (
    AttachmentsTooLarge,
    BadAddress,
    ChannelNotSetUp,
    LetterRefused,
    NoRecipient,
    NotFilledIn,
    NotWaiting,
    NoWords,
    OwnLetter,
    TooLate,
)
from moothall.records.models import AuditEvent, Document

from .make import AT, LATER, make_account, make_letter, make_team, make_template

pytestmark = pytest.mark.django_db


def test_a_letter_is_kept_with_what_it_is_about_and_waits_fifteen_seconds() -> None:
    team, amina = make_team(), make_account()
    letter = make_letter(about=team, by=amina)
    assert Letter.objects.about("people.team", team.pk).get() == letter
    assert letter.state == Letter.QUEUED
    assert letter.send_after == AT + dt.timedelta(seconds=15)
    assert AuditEvent.objects.about("letters.letter", letter.pk).get().verb == "letters.queued"


def test_the_worker_is_asked_to_look_when_the_letter_may_leave() -> None:
    letter = make_letter()
    job = ProcrastinateJob.objects.get(task_name="letters.send_letters")
    assert job.scheduled_at == letter.send_after


def test_every_letter_has_its_own_message_id_from_the_senders_domain() -> None:
    first, second = make_letter(), make_letter(from_address="swyddfa@cyngor.example.wales")
    assert first.message_id != second.message_id
    assert first.message_id.startswith("<letter.")
    assert second.message_id.endswith("@cyngor.example.wales>")


def test_the_thread_keeps_only_message_ids_and_not_too_many() -> None:
    letter = make_letter(
        in_reply_to="<ask@x>\r\nBcc: everybody@example.com",
        references=["<first@x>", "not an id", *(f"<n{number}@x>" for number in range(40)), "<ask@x>"],
    )
    assert letter.in_reply_to == "<ask@x>"
    kept = letter.references.split()
    assert (kept[0], kept[-1], len(kept)) == ("<first@x>", "<ask@x>", 20)


def test_a_subject_can_carry_no_second_header() -> None:
    letter = make_letter(subject="Hello\r\nBcc: everybody@example.com", to_name="Siân\n<evil>")
    assert letter.subject == "Hello Bcc: everybody@example.com"
    assert letter.to_name == "Siân <evil>"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"to_address": ""}, NoRecipient),
        ({"to_address": "nobody"}, BadAddress),
        ({"to_address": "a@example.com, b@example.com"}, BadAddress),
        ({"to_address": "a@example.com\nBcc: b@example.com"}, BadAddress),
        ({"from_address": "office"}, BadAddress),
        ({"cc": ["a@example.com", "b"]}, BadAddress),
        ({"subject": "  "}, NoWords),
        ({"body": "\n"}, NoWords),
        ({"channel": "NOTIFY"}, ChannelNotSetUp),
        ({"channel": "PRINT", "to_address": " "}, NoRecipient),
    ],
)
def test_what_could_never_be_sent_is_refused(changes: dict[str, Any], refusal: type[LetterRefused]) -> None:
    with pytest.raises(refusal):
        make_letter(**changes)
    assert not Letter.objects.exists()


def test_attachments_that_no_server_would_take_are_refused() -> None:
    papers = Document.objects.create(
        sha256="0" * 64, name="papers.pdf", media_type="application/pdf", size=21 * 2**20, added_at=AT
    )
    with pytest.raises(AttachmentsTooLarge):
        make_letter(documents=[papers])


def test_a_letter_can_be_called_back_until_it_leaves() -> None:
    amina, letter = make_account(), make_letter()
    assert recall_letter(letter, by=amina, at=AT).state == Letter.CANCELLED
    with pytest.raises(TooLate, match="cannot be called back"):
        recall_letter(letter, by=amina, at=AT)


@pytest.mark.parametrize("state", [Letter.SENDING, Letter.SENT, Letter.MAYBE_SENT])
def test_a_letter_that_has_left_cannot_be_called_back(state: str) -> None:
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(state=state, sent_at=AT)
    with pytest.raises(TooLate):
        recall_letter(letter, by=make_account(), at=AT)


def test_a_letter_that_needs_approval_waits_for_a_second_person() -> None:
    writer, approver = make_account(), make_account()
    letter = make_letter(by=writer, approval_required=True)
    assert letter.state == Letter.FOR_APPROVAL
    assert not ProcrastinateJob.objects.exists()
    with pytest.raises(OwnLetter, match="somebody else has to approve"):
        approve_letter(letter, by=writer, at=LATER)
    approve_letter(letter, by=approver, at=LATER)
    assert (letter.state, letter.approved_by, letter.approved_at) == (Letter.QUEUED, approver, LATER)
    assert ProcrastinateJob.objects.count() == 1
    with pytest.raises(NotWaiting):
        approve_letter(letter, by=approver, at=LATER)


def test_a_template_can_demand_that_its_letters_are_approved() -> None:
    text = make_template(approval_required=True).texts.get()
    assert make_letter(text_version=text).state == Letter.FOR_APPROVAL


def test_a_gap_of_the_template_is_never_sent() -> None:
    text = make_template(body_en="Come on [day and time], see [our page](https://example.org).").texts.get()
    with pytest.raises(NotFilledIn, match=r"\[day and time\]"):
        make_letter(text_version=text, body="Come on [day and time].")
    make_letter(text_version=text, body="Come on Monday, see [our page](https://example.org).")
    make_letter(text_version=text, body="Come on Monday [not Tuesday].")


def test_an_approver_can_say_no_and_why() -> None:
    letter = make_letter(approval_required=True)
    refuse_letter(letter, by=make_account(), at=LATER, reason="The date is wrong.")
    assert (letter.state, letter.problem) == (Letter.CANCELLED, "The date is wrong.")


def test_a_letter_found_to_have_arrived_is_sent_at_the_time_it_was_handed_over() -> None:
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(state=Letter.MAYBE_SENT, claimed_at=AT)
    letter.refresh_from_db()
    settle_maybe_sent(letter, was_sent=True, by=make_account(), at=LATER)
    assert (letter.state, letter.sent_at) == (Letter.SENT, AT)
    with pytest.raises(NotWaiting):
        settle_maybe_sent(letter, was_sent=False, by=make_account(), at=LATER)


def test_a_letter_found_not_to_have_arrived_leaves_again_under_the_same_name() -> None:
    letter = make_letter()
    name = letter.message_id
    Letter.objects.filter(pk=letter.pk).update(state=Letter.MAYBE_SENT, attempts=3)
    settle_maybe_sent(letter, was_sent=False, by=make_account(), at=LATER)
    assert (letter.state, letter.send_after, letter.attempts) == (Letter.QUEUED, LATER, 0)
    assert letter.message_id == name


def test_a_failed_letter_can_go_to_a_corrected_address_or_be_given_up() -> None:
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(state=Letter.FAILED, problem="550 no such user")
    with pytest.raises(BadAddress):
        send_again(letter, by=make_account(), at=LATER, to_address="sian@")
    send_again(letter, by=make_account(), at=LATER, to_address="sian@example.net")
    letter.refresh_from_db()
    assert (letter.state, letter.to_address, letter.problem) == (Letter.QUEUED, "sian@example.net", "")
    Letter.objects.filter(pk=letter.pk).update(state=Letter.FAILED)
    assert give_up_letter(letter, by=make_account(), at=LATER).state == Letter.CANCELLED


def test_letters_are_seen_only_with_the_record_they_are_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visibility, "_registered", {})
    ours, theirs, amina = make_team(), make_team(), make_account()
    letter = make_letter(about=ours)
    make_letter(about=theirs)
    make_letter(about=make_account())
    assert not Letter.objects.visible_to(amina).exists()
    visibility.register("people.team", lambda account: [ours.pk] if account == amina else [])
    assert list(Letter.objects.visible_to(amina)) == [letter]
    assert not Letter.objects.visible_to(make_account()).exists()
