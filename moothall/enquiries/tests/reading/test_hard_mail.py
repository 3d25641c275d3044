"""Each of the difficult mails, with what must come of it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from moothall.enquiries.reading import Address, MailKind, ReadMail, read_mail
from moothall.enquiries.reading import words as said

from .samples import MAIL, OWN, hard_mail

CUST_ONE = Address("Cust One", "cust1@load.example.org")
MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
LONG_SUBJECT = " ".join(["A very long subject"] * 40)


@dataclass(frozen=True)
class Expected:
    message_id: str | None
    text: str
    subject: str = "Bin enquiry"
    sender: Address = CUST_ONE
    sent_at: datetime | None = MARCH
    kind: MailKind = MailKind.PERSON
    why_not: str = ""
    references: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


EXPECTED = {
    "01": Expected("a1@cust.example", "My bin was missed on Tuesday."),
    "02": Expected("a1@cust.example", "My bin was missed on Tuesday."),
    "03": Expected(
        "a3@cust.example",
        "Mine too.",
        subject="Re: Bin enquiry",
        sender=Address("Cust One", "cust2@load.example.org"),
        references=("a1@cust.example",),
    ),
    "04": Expected(
        "a4@cust.example",
        "More on this.",
        subject="Re: Bin enquiry",
        references=("a1@cust.example", "zzz@x"),
    ),
    "05": Expected(
        "a5@cust.example",
        "I am away.",
        subject="Out of office: your message",
        sender=Address("Cust One", "cust3@load.example.org"),
        kind=MailKind.AUTO_REPLY,
        why_not=said.IS_AUTOMATIC,
    ),
    "06": Expected(
        "a6@mx.example",
        "User unknown",
        subject="Undelivered Mail Returned to Sender",
        sender=Address("Mail Delivery System", "MAILER-DAEMON@mx.example"),
        sent_at=None,
        kind=MailKind.BOUNCE,
        why_not=said.IS_BOUNCE,
        attachments=("attachment-1.txt", "hi.eml"),
    ),
    "07": Expected("a7@c", "The fee is € 12 – I’m unhappy"),
    "08": Expected("a8@c", "Caerffili – tŷ bach", warnings=(said.CHARSET_UNKNOWN,)),
    "09": Expected(
        "a9@c",
        "Dim Content-Type o gwbl.",
        subject="Cais am dŷ – help",
        sender=Address("Siân", "cust4@load.example.org"),
        sent_at=None,
    ),
    "10": Expected("a10@c", "Tŷ’r Cyffredin", warnings=(said.CHARSET_WRONG,)),
    "11": Expected("a11@c", "Helloclick\n\nx"),
    "12": Expected("[b378dfc50603435b@microsoft.com]", "hello"),
    "13": Expected(
        None, "hello", subject="no id", sender=Address("", "cust5@load.example.org"), sent_at=None
    ),
    "14": Expected("a14@c", "deep", warnings=(said.HTML_DEEP,)),
    "15": Expected(
        "a15@c",
        "inner",
        subject="nested",
        sender=Address("", "cust6@load.example.org"),
        sent_at=None,
        warnings=(said.TOO_DEEP,),
    ),
    "17": Expected("a17@c", "x", subject=LONG_SUBJECT),
    "18": Expected("a18@c", "beforeafter", warnings=(said.NULS,)),
    "19": Expected("a19@c", "", attachments=tuple(f"s{number}.pdf" for number in range(70))),
    "20": Expected("a20@c", "hi", attachments=("llythyr tŷ.pdf",)),
    "21": Expected("a21@c", ""),
    "22": Expected(
        "a22@c",
        "own address",
        subject="loop",
        sender=Address("Cust One", "desk@peer.test"),
        kind=MailKind.OWN,
        why_not=said.FROM_US,
    ),
    "23": Expected("a23@c", "FYI", attachments=("inner subject.eml",)),
}


def read(number: str) -> ReadMail:
    return read_mail(hard_mail(number), own_addresses=OWN)


def test_all_22_difficult_mails_have_an_expected_outcome() -> None:
    assert sorted(path.name[:2] for path in (MAIL / "hard").iterdir()) == sorted(EXPECTED)
    assert len(EXPECTED) == 22


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_a_difficult_mail_is_read_as_a_person_would_read_it(number: str) -> None:
    mail, expected = read(number), EXPECTED[number]
    found = Expected(
        message_id=mail.message_id,
        text=mail.text,
        subject=mail.subject,
        sender=mail.sender or Address("", ""),
        sent_at=mail.sent_at,
        kind=mail.kind,
        why_not=mail.why_not,
        references=mail.references,
        warnings=mail.warnings,
        attachments=tuple(one.name for one in mail.attachments),
    )
    assert found == expected
    assert mail.may_answer is (expected.why_not == "")
    assert mail.new_text + mail.quoted_text == mail.text


def test_the_same_mail_sent_again_has_the_same_fingerprints() -> None:
    first, second = read("01"), read("02")
    assert first.fingerprint == second.fingerprint
    assert first.body_fingerprint == second.body_fingerprint


def test_the_bounce_says_whom_it_failed_for() -> None:
    assert read("06").failed_recipients == ("x@y.example",)


def test_the_script_in_the_page_is_gone_and_its_words_are_kept() -> None:
    assert read("11").html == '<p>Hello<a rel="noopener noreferrer nofollow">click</a></p><div>x</div>'


def test_the_deep_page_is_shown_no_deeper_than_the_limit() -> None:
    html = read("14").html or ""
    assert html.count("<div>") == 250
    assert "deep" in html


def test_the_seventy_files_are_all_there_with_their_bytes() -> None:
    assert {(one.media_type, one.content) for one in read("19").attachments} == {
        ("application/pdf", b"%PDF-1.4\n")
    }


def test_the_forwarded_message_is_told_with_its_own_subject() -> None:
    (inner,) = read("23").forwarded
    assert (inner.subject, inner.message_id, inner.text) == ("inner subject", "inner@x", "inner text")
    assert inner.sender == Address("", "someone@else.example")
    assert read("23").attachments[inner.attachment].content.startswith(b"From: someone@else.example\r\n")
