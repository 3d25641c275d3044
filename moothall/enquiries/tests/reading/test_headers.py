"""Subjects, people, identifiers and dates, written every way programs write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from moothall.enquiries.reading import Address, read_mail
from moothall.enquiries.reading import words as said

from .samples import make_mail


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("=?utf-8?B?VMW3?=", "Tŷ"),
        ("=?UTF-8?Q?Cais_am_d=C5=B7?=", "Cais am dŷ"),
        ("=?utf-8?Q?T=C5?= =?utf-8?Q?=B7?=", "Tŷ"),
        ("=?utf-8?Q?Un?=\r\n =?utf-8?Q?_dau?=", "Un dau"),
        ("Re: =?iso-8859-1?Q?Si=E2n?= and =?iso-8859-14?Q?t=FE?=", "Re: Siân and tŷ"),
        ("=?windows-1252?Q?=80_12?=", "€ 12"),
        ("=?iso-8859-1?Q?=80_12_=96?=", "€ 12 –"),
        ("=?utf-8*cy?Q?t=C5=B7?=", "tŷ"),
        ("=?utf-8?B?VMW3", "=?utf-8?B?VMW3"),
        ("=?utf-8?B?VMW?=", "TÅ"),
        ("=?no-such-set?Q?t=C5=B7?=", "tŷ"),
        ("=?utf-8?Q?How much?=", "How much"),
        ("a\r\n\tb", "a b"),
        ("one\0two", "onetwo"),
    ],
)
def test_a_subject_is_decoded(written: str, meant: str) -> None:
    assert read_mail(make_mail(subject=written)).subject == meant


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_letters_that_stand_unencoded_in_a_header_are_kept(charset: str) -> None:
    raw = make_mail(subject="X").replace(b"Subject: X", "Subject: Siân".encode(charset))
    assert read_mail(raw).subject == "Siân"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("nia@example.org", [("", "nia@example.org")]),
        ("Nia Rees <Nia@EXAMPLE.org>", [("Nia Rees", "Nia@example.org")]),
        ('"Rees, Nia" <nia@example.org>', [("Rees, Nia", "nia@example.org")]),
        ("=?utf-8?Q?Rees=2C_Si=C3=A2n?= <s@example.org>", [("Rees, Siân", "s@example.org")]),
        ("a@example.org, B <b@example.org>", [("", "a@example.org"), ("B", "b@example.org")]),
        ("a@example.org, A <A@example.org>", [("", "a@example.org")]),
        ("Desk: a@example.org, b@example.org;", [("", "a@example.org"), ("", "b@example.org")]),
        ("undisclosed-recipients:;", []),
        ("nobody", []),
        ("'Nia' <nia@example.org>", [("Nia", "nia@example.org")]),
        ("(" * 5000, []),
        ("<<nia@example.org>>", [("", "nia@example.org")]),
    ],
)
def test_people_are_read_from_a_header(written: str, meant: list[tuple[str, str]]) -> None:
    assert [(one.name, one.address) for one in read_mail(make_mail(to=written)).to] == meant


def test_the_sender_is_taken_from_sender_when_from_has_no_address() -> None:
    mail = read_mail(make_mail(**{"from": "Microsoft Exchange", "sender": "tom@example.org"}))
    assert mail.sender == Address("", "tom@example.org")


def test_an_answer_by_a_person_goes_to_reply_to_when_there_is_one() -> None:
    assert [one.key for one in read_mail(make_mail()).answer_to] == ["nia@example.org"]
    assert [one.key for one in read_mail(make_mail(reply_to="Web@x.org")).answer_to] == ["web@x.org"]
    assert read_mail(make_mail(**{"from": None})).answer_to == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<a@b>", "a@b"),
        ("  <a@b>  ", "a@b"),
        ("a@b", "a@b"),
        ("<[abc@microsoft.com]>", "[abc@microsoft.com]"),
        ("<no-at-sign>", "no-at-sign"),
        ("<a@b> (added by relay)", "a@b"),
        ("< a@b >", "a@b"),
        ("<AbC@Example.ORG>", "AbC@Example.ORG"),
        ("<<a@b>>", "a@b"),
        ("<>", None),
        ("", None),
    ],
)
def test_a_message_identifier_survives_its_writing(written: str, meant: str | None) -> None:
    assert read_mail(make_mail(message_id=written)).message_id == meant


def test_identifiers_too_long_to_keep_stay_distinct() -> None:
    long = "x" * 900
    first = read_mail(make_mail(message_id=f"<{long}1@b>")).message_id or ""
    second = read_mail(make_mail(message_id=f"<{long}2@b>")).message_id or ""
    assert first != second
    assert max(len(first), len(second)) <= 400


def test_references_run_from_in_reply_to_and_then_newest_first_each_once() -> None:
    mail = read_mail(
        make_mail(
            message_id="<e@x>",
            in_reply_to="Message from Tom of Tuesday <d@x>",
            references="<a@x> <b@x>\r\n <c@x> <d@x> <e@x>",
        )
    )
    assert mail.references == ("d@x", "c@x", "b@x", "a@x")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mon, 02 Mar 2026 09:00:00 +0000", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("2 Mar 2026 09:00:00 -0000", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("Mon, 2 Mar 2026 09:00", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        (
            "Wed 29 May 2019 06:09:22 PM EDT",
            datetime(2019, 5, 29, 18, 9, 22, tzinfo=timezone(timedelta(hours=-4))),
        ),
        ("Wed, 29 May 2019 12:09:22 AM +0100", datetime(2019, 5, 28, 23, 9, 22, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_in_its_zone(written: str, meant: datetime) -> None:
    mail = read_mail(make_mail(date=written))
    assert mail.sent_at == meant
    assert said.DATE_ABSURD not in mail.warnings


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 22 Dec 99999 08:34:56 -0400",
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "Mon, 31 Feb 2026 09:00:00 +0000",
        "Mon, 02 Mar 2026 25:00:00 +0000",
        "Mon, 02 Mar 2026 09:00:00 +9999",
        "yesterday",
    ],
)
def test_an_absurd_date_is_left_out_and_said(written: str) -> None:
    mail = read_mail(make_mail(date=written))
    assert mail.sent_at is None
    assert said.DATE_ABSURD in mail.warnings


def test_when_it_reached_us_is_read_from_the_stamp_of_the_last_server() -> None:
    stamps = (
        "from b by c; Mon, 2 Mar 2026 10:15:00 +0100\r\nReceived: from a by b; Sun, 1 Mar 2026 10:00:00 +0000"
    )
    assert read_mail(make_mail(received=stamps)).received_at == datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
    assert read_mail(make_mail(received="by nobody at no time")).received_at is None
    assert read_mail(make_mail()).received_at is None


def test_a_mail_without_a_date_is_no_matter_for_a_warning() -> None:
    assert read_mail(make_mail(date=None)).warnings == ()


@pytest.mark.parametrize(
    ("subject", "to", "found"),
    [
        ("Re: [LOD-26-00042] Course", "desk@peer.test", ("LOD-26-00042",)),
        ("lod-26-00042", "desk@peer.test", ("LOD-26-00042",)),
        ("LOD‑26‑00042", "desk@peer.test", ("LOD-26-00042",)),
        ("XLOD-26-00042-1 and AB12", "desk@peer.test", ()),
        ("Course", "desk+LOD-26-00042@peer.test", ("LOD-26-00042",)),
        ("HR-25-1234", "desk+LOD-26-00042@peer.test", ("LOD-26-00042", "HR-25-1234")),
    ],
)
def test_case_references_are_found_in_the_subject_and_the_address(
    subject: str, to: str, found: tuple[str, ...]
) -> None:
    mail = read_mail(make_mail(subject=subject, to=to), own_addresses=frozenset({"desk@peer.test"}))
    assert mail.case_references == found


def test_tags_of_other_peoples_addresses_are_not_ours() -> None:
    raw = make_mail(to="nia+LOD-26-00042@example.org", delivered_to="desk+abc@peer.test")
    assert read_mail(raw, own_addresses=frozenset({"Desk@peer.test"})).plus_tokens == ("abc",)
    assert read_mail(raw).plus_tokens == ("LOD-26-00042", "abc")


@pytest.mark.parametrize(
    "before",
    [b"\xef\xbb\xbf", b"\r\n\r\n", b"From nia Mon Mar  2 09:00:00 2026\n", b">From nia Mon Mar  2 2026\n"],
)
def test_what_programs_put_before_the_headers_is_passed_over(before: bytes) -> None:
    assert read_mail(before + make_mail()).subject == "A question"


def test_bare_carriage_returns_end_lines_when_nothing_else_does() -> None:
    mail = read_mail(make_mail("one\r\ntwo").replace(b"\r\n", b"\r"))
    assert (mail.subject, mail.text) == ("A question", "one\ntwo")
