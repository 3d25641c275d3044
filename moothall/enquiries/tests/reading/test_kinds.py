"""Telling people's mail from automatic mail, and never answering the second."""

import pytest

from moothall.enquiries.reading import MailKind, read_mail
from moothall.enquiries.reading import words as said

from .samples import OWN, make_mail, make_multipart, make_part


@pytest.mark.parametrize(
    ("headers", "kind", "why_not"),
    [
        ({}, MailKind.PERSON, ""),
        ({"auto_submitted": "no"}, MailKind.PERSON, ""),
        ({"auto_submitted": "auto-replied"}, MailKind.AUTO_REPLY, said.IS_AUTOMATIC),
        ({"auto_submitted": "auto-replied; owner-email=x"}, MailKind.AUTO_REPLY, said.IS_AUTOMATIC),
        ({"auto_submitted": "auto-generated"}, MailKind.PERSON, said.IS_AUTOMATIC),
        ({"precedence": "auto_reply"}, MailKind.AUTO_REPLY, said.IS_AUTOMATIC),
        ({"x_autoreply": "yes"}, MailKind.AUTO_REPLY, said.IS_AUTOMATIC),
        ({"subject": "Automatic reply: Course"}, MailKind.AUTO_REPLY, said.IS_AUTOMATIC),
        ({"subject": "Ateb awtomatig: Cwrs"}, MailKind.AUTO_REPLY, said.IS_AUTOMATIC),
        ({"subject": "Allan o’r swyddfa: Cwrs"}, MailKind.AUTO_REPLY, said.IS_AUTOMATIC),
        ({"subject": "Out of office settings, please help"}, MailKind.PERSON, ""),
        ({"precedence": "list"}, MailKind.LIST, said.IS_LIST),
        ({"list_id": "<staff.example.org>"}, MailKind.LIST, said.IS_LIST),
        ({"precedence": "Bulk"}, MailKind.BULK, said.IS_BULK),
        ({"precedence": "junk"}, MailKind.BULK, said.IS_BULK),
        ({"list_unsubscribe": "<https://x.example/>"}, MailKind.BULK, said.IS_BULK),
        ({"x_auto_response_suppress": "All"}, MailKind.PERSON, said.ASKS_NO_REPLY),
        ({"x_auto_response_suppress": "None"}, MailKind.PERSON, ""),
        ({"x_loop": "desk@peer.test"}, MailKind.PERSON, said.LOOPED),
        ({"return_path": "<>"}, MailKind.PERSON, said.NO_RETURN),
        ({"return_path": "<nia@example.org>"}, MailKind.PERSON, ""),
        ({"return_path": "<list+bounces-12@example.org>"}, MailKind.PERSON, said.IS_AUTOMATIC),
        ({"from": "no-reply@example.org"}, MailKind.PERSON, said.NO_REPLY_SENDER),
        ({"from": "DoNotReply@example.org"}, MailKind.PERSON, said.NO_REPLY_SENDER),
        ({"from": "hr-noreply+x@example.org"}, MailKind.PERSON, said.NO_REPLY_SENDER),
        ({"from": "dim-ateb@example.org"}, MailKind.PERSON, said.NO_REPLY_SENDER),
        ({"from": "noreen@example.org"}, MailKind.PERSON, ""),
        ({"from": None}, MailKind.PERSON, said.NO_SENDER),
        ({"from": "postmaster@example.org"}, MailKind.DELIVERY_REPORT, said.IS_REPORT),
        ({"from": "Desk <DESK@peer.test>"}, MailKind.OWN, said.FROM_US),
        ({"from": "desk+LOD-26-00042@peer.test"}, MailKind.OWN, said.FROM_US),
        ({"x_moothall_letter": "17"}, MailKind.OWN, said.FROM_US),
    ],
)
def test_the_kind_of_a_mail_and_why_it_gets_no_automatic_answer(
    headers: dict[str, str | None], kind: MailKind, why_not: str
) -> None:
    mail = read_mail(make_mail(**headers), own_addresses=OWN)
    assert (mail.kind, mail.why_not, mail.may_answer) == (kind, why_not, not why_not)


def make_report(action: str, *, original: str = "Message-ID: <ours@peer.test>\r\n\r\nhi") -> bytes:
    status = (
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; Tom@Example.org\r\nAction: {action}\r\nStatus: 5.1.1\r\n\r\n"
        f"Original-Recipient: rfc822;<ana@example.org>\r\nAction: {action}\r\n"
    )
    return make_multipart(
        make_part("Could not be delivered."),
        make_part(status, "message/delivery-status"),
        make_part(original, "message/rfc822"),
        content_type='multipart/report; report-type=delivery-status; boundary="edge"',
        **{"from": "Mail System <MAILER-DAEMON@mx.example>"},
    )


def test_a_bounce_names_our_mail_and_everyone_it_did_not_reach() -> None:
    mail = read_mail(make_report("failed"))
    assert mail.kind == MailKind.BOUNCE
    assert mail.failed_recipients == ("tom@example.org", "ana@example.org")
    assert mail.original_message_id == "ours@peer.test"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_other_delivery_reports_fail_for_nobody(action: str) -> None:
    mail = read_mail(make_report(action))
    assert (mail.kind, mail.failed_recipients) == (MailKind.DELIVERY_REPORT, ())
    assert not mail.may_answer


def test_a_reading_receipt_is_a_report() -> None:
    receipt = "Original-Message-ID: <ours@peer.test>\r\nDisposition: manual-action/MDN-sent; displayed"
    raw = make_multipart(
        make_part("I have read it."),
        make_part(receipt, "message/disposition-notification"),
        content_type='multipart/report; report-type=disposition-notification; boundary="edge"',
    )
    mail = read_mail(raw)
    assert (mail.kind, mail.original_message_id) == (MailKind.DELIVERY_REPORT, "ours@peer.test")


def test_a_bounce_written_for_people_only_is_understood() -> None:
    body = (
        "Hi. I was not able to deliver your message to the following addresses.\n\n"
        "<tom@example.org>:\nNo such user. Ask help@example.org\n\n--- Below is a copy.\n\n"
        "Message-ID: <ours@peer.test>\nSubject: Course\n"
    )
    raw = make_mail(body, subject="failure notice", **{"from": "MAILER-DAEMON@mx.example"})
    mail = read_mail(raw, own_addresses=OWN)
    assert mail.kind == MailKind.BOUNCE
    assert mail.failed_recipients == ("tom@example.org",)
    assert mail.original_message_id == "ours@peer.test"


def test_the_header_that_names_failed_recipients_makes_a_bounce() -> None:
    mail = read_mail(make_mail(x_failed_recipients="tom@example.org, ana@example.org"))
    assert (mail.kind, mail.failed_recipients) == (MailKind.BOUNCE, ("tom@example.org", "ana@example.org"))


def test_a_bounce_that_a_person_passes_on_is_from_a_person() -> None:
    raw = make_multipart(make_part("What is this?"), make_part(make_report("failed"), "message/rfc822"))
    mail = read_mail(raw)
    assert (mail.kind, mail.may_answer, mail.failed_recipients) == (MailKind.PERSON, True, ())
