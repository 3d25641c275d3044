"""The two kept mailbox files, read whole."""

import email
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from functools import cache

from moothall.enquiries.reading import Limits, MailKind, ReadMail, read_mail, show_difference
from moothall.enquiries.reading import words as said
from moothall.enquiries.reading.mail import Notes
from moothall.enquiries.reading.parts import Splitter

from .samples import every_mail, mailbox


@cache
def lists() -> tuple[ReadMail, ...]:
    return tuple(read_mail(raw) for raw in mailbox("public-lists"))


def test_the_public_lists_hold_307_messages_under_266_identifiers() -> None:
    mails = lists()
    assert len(mails) == 307
    assert len({mail.message_id for mail in mails}) == 266
    assert None not in {mail.message_id for mail in mails}


def test_of_the_41_copies_35_are_alike_and_the_rest_differ_in_what_they_say() -> None:
    mails = lists()
    assert len({(mail.message_id, mail.fingerprint) for mail in mails}) == 307 - 35
    assert len({(mail.message_id, mail.body_fingerprint) for mail in mails}) == 307 - 35


def test_a_copy_with_another_text_is_shown_by_its_difference() -> None:
    first, second = (mail for mail in lists() if mail.message_id == "87r2geywh9.fsf@tethera.net")
    assert first.body_fingerprint != second.body_fingerprint
    assert show_difference(first.text, second.text) == [" ", "-# body 1", "+# body 2"]


def test_every_list_mail_has_a_sender_a_date_and_words_or_files() -> None:
    mails = lists()
    assert all(mail.sender for mail in mails)
    assert sum(mail.sent_at is None for mail in mails) == 1
    assert sum(not (mail.text or mail.attachments) for mail in mails) == 6  # sent empty
    assert all(mail.new_text + mail.quoted_text == mail.text for mail in mails)


def test_mail_from_lists_is_known_as_such_and_gets_no_answer() -> None:
    kinds = Counter(mail.kind for mail in lists())
    assert kinds[MailKind.LIST] > 200
    assert not any(mail.may_answer for mail in lists() if mail.kind != MailKind.PERSON)


def test_no_letters_are_lost_in_the_public_lists() -> None:
    assert not any(said.LETTERS_LOST in mail.warnings for mail in lists())
    assert not any("\ufffd" in mail.text + mail.subject for mail in lists())


def test_all_eleven_awkward_mails_are_read() -> None:
    mails = [read_mail(raw) for raw in mailbox("awkward")]
    assert len(mails) == 11
    assert len({mail.message_id for mail in mails}) == 11
    assert [one.address for one in mails[0].cc] == ["bob@example.org", "charles@example.org"]
    assert mails[2].references == (mails[3].message_id,)
    assert mails[3].references == (mails[2].message_id,)
    assert sum(said.ENCRYPTED in mail.warnings for mail in mails) == 5
    assert sum(said.SEALED in mail.warnings for mail in mails) == 1
    assert mails[8].attachments[0].name == "0001-test-fixups.patch"
    assert mails[8].attachments[0].content.startswith(b"From fc88cba7f1f37b9cf3b296eace2422dd0e173502 ")


def leaves(message: Message) -> Iterator[Message]:
    """The parts the standard library finds."""
    if message.is_multipart() and message.get_content_maintype() != "message":
        for part in message.get_payload():
            assert isinstance(part, Message)
            yield from leaves(part)
    else:
        yield message


def test_parts_are_cut_where_the_standard_library_cuts_them() -> None:
    compared = 0
    for raw in every_mail():
        split = Splitter(raw, Limits(), Notes())
        theirs = list(leaves(email.message_from_bytes(raw)))
        assert len(split.leaves) == len(theirs)
        for part, their in zip(split.leaves, theirs, strict=True):
            assert part.media_type == their.get_content_type()
            if their.get_content_maintype() != "message":
                assert split.content(part) == their.get_payload(decode=True)
                compared += 1
    assert compared > 450
