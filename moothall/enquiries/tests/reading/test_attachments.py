"""Files in a mail: their names, their kinds and their bytes."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.enquiries.reading import Limits, read_mail, safe_name
from moothall.enquiries.reading import words as said

from .samples import hard_mail, make_mail, make_multipart, make_part

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def attached(content: bytes, content_type: str, disposition: str) -> bytes:
    return make_multipart(make_part("hi"), make_part(content, content_type, content_disposition=disposition))


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="form.pdf"', "form.pdf"),
        ("attachment; filename=my form.pdf", "my form.pdf"),
        ("attachment; filename*=utf-8''t%C5%B7.pdf", "tŷ.pdf"),
        ("attachment; filename*=iso-8859-1'cy'Si%E2n.pdf", "Siân.pdf"),
        ("attachment; filename*0*=utf-8''t%C5; filename*1*=%B7.pdf", "tŷ.pdf"),
        ("attachment; filename*0=long-; filename*1=name.pdf", "long-name.pdf"),
        ('attachment; filename="=?utf-8?Q?t=C5=B7.pdf?="', "tŷ.pdf"),
        ('attachment; filename="tŷ.pdf"', "tŷ.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ("attachment; filename*=utf-8''..%2F..%2Fetc%2Fpasswd", "passwd"),
        ('attachment; filename="C:\\\\Users\\\\nia\\\\form.pdf"', "form.pdf"),
        ('attachment; filename="a\u202efdp.exe"', "afdp.exe"),
        ('attachment; filename="form.pdf\t.exe "', "form.pdf .exe"),
        ('attachment; filename=".htaccess"', "htaccess"),
        ('attachment; filename="CON.txt"', "_CON.txt"),
        ('attachment; filename="a:b*c?.pdf"', "a_b_c_.pdf"),
        ('attachment; filename="..."', "attachment-1.pdf"),
        ("attachment", "attachment-1.pdf"),
        ("attachment; filename*=no-such-set''a%20b.pdf", "a b.pdf"),
        ("attachment; filename*0*=broken; filename*x=1", "broken"),
    ],
)
def test_the_name_of_a_file_is_read_and_made_safe(disposition: str, name: str) -> None:
    (file,) = read_mail(attached(b"%PDF-1.4", "application/pdf", disposition)).attachments
    assert (file.name, file.content) == (name, b"%PDF-1.4")


def test_files_of_one_name_get_distinct_names() -> None:
    files = [make_part(b"x", "text/csv", content_disposition="attachment; filename=a.csv") for _ in range(3)]
    assert [one.name for one in read_mail(make_multipart(*files)).attachments] == [
        "a.csv",
        "a-2.csv",
        "a-3.csv",
    ]


def test_a_very_long_name_keeps_its_ending() -> None:
    name = safe_name("ŷ" * 500 + ".docx", otherwise="x")
    assert name.endswith("ŷ.docx")
    assert len(name.encode()) <= 180


@settings(max_examples=200, deadline=None, database=None)
@given(st.one_of(st.text(max_size=300), st.text("./\\:\x00\u202e\u2044 aCON", max_size=30)))
def test_no_name_can_fool_a_file_system_or_an_eye(name: str) -> None:
    safe = safe_name(name, otherwise="attachment-1.bin")
    assert safe
    assert not set(safe) & set('/\\:*?"<>|\u2044\u2215')
    assert not any(unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for one in safe)
    assert not safe.startswith((".", " "))
    assert not safe.endswith((".", " "))
    assert len(safe.encode()) <= 180


@pytest.mark.parametrize(
    ("content", "declared", "name", "media_type", "warned"),
    [
        (b"%PDF-1.4", "application/pdf", "a.pdf", "application/pdf", False),
        (b"%PDF-1.4", "application/octet-stream", "a.pdf", "application/pdf", False),
        (PNG, "application/octet-stream", "a", "image/png", False),
        (PNG, "image/jpeg", "a.jpg", "image/jpeg", False),
        (b"MZ\x90\0\x03", "application/pdf", "a.pdf", "application/vnd.microsoft.portable-executable", True),
        (b"<html><script>", "image/png", "a.png", "text/html", True),
        (b" <SVG onload=x>", "image/png", "a.png", "image/svg+xml", True),
        (b"a,b\n1,2\n", "text/csv", "a.csv", "text/csv", False),
        ("ŷ,b\n".encode(), "application/octet-stream", "a.csv", "text/csv", False),
        (b"PK\x03\x04\x14\0\x06\0", "application/zip", "a.docx", "application/zip", False),
        (b"", "application/pdf", "a.pdf", "application/pdf", False),
        (b"\x01\x02\x03", "application/x-thing", "a.bin", "application/x-thing", False),
    ],
)
def test_a_file_is_what_its_bytes_say(
    content: bytes, declared: str, name: str, media_type: str, warned: bool
) -> None:
    mail = read_mail(attached(content, declared, f"attachment; filename={name}"))
    (file,) = mail.attachments
    assert (file.media_type, file.declared_type) == (media_type, declared)
    assert (said.TYPE_DIFFERS in mail.warnings) is warned


def test_base64_that_was_damaged_is_decoded_as_far_as_it_goes() -> None:
    part = make_part(b"JVBERi0xLjQ*K!!x", "application/pdf", content_transfer_encoding="base64")
    mail = read_mail(make_multipart(make_part("hi"), part))
    assert mail.attachments[0].content.startswith(b"%PDF-1.4\n")
    assert said.ENCODING_BROKEN in mail.warnings


def test_the_old_unix_encoding_is_decoded() -> None:
    body = b"begin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\n"
    part = make_part(body, "application/octet-stream; name=cat.txt", content_transfer_encoding="x-uuencode")
    assert read_mail(make_multipart(make_part("hi"), part)).attachments[0].content == b"Cat"


def test_a_text_with_a_name_is_a_file_and_one_without_is_text() -> None:
    named = make_part("named", "text/plain; name=notes.txt")
    mail = read_mail(make_multipart(make_part("one"), named, make_part("two")))
    assert (mail.text, [one.name for one in mail.attachments]) == ("one\n\ntwo", ["notes.txt"])


def test_a_mail_that_is_only_a_file_has_no_text() -> None:
    mail = read_mail(make_mail(b"%PDF-1.4", content_type="application/pdf; name=scan.pdf"))
    assert (mail.text, mail.attachments[0].name) == ("", "scan.pdf")


def test_forwarded_messages_are_opened_inside_each_other_to_a_depth() -> None:
    raw = make_mail("innermost", subject="Level 9")
    for level in range(8, -1, -1):
        raw = make_multipart(
            make_part(f"at {level}"), make_part(raw, "message/rfc822"), subject=f"Level {level}"
        )
        raw = raw.replace(b"edge", b"edge%d" % level)
    mail = read_mail(raw)
    assert [one.subject for one in mail.forwarded] == [f"Level {level}" for level in range(1, 6)]
    assert [one.text for one in mail.forwarded] == [f"at {level}" for level in range(1, 6)]
    assert said.FORWARDS_CUT in mail.warnings
    assert [one.name for one in mail.attachments] == ["Level 1.eml"]
    assert hard_mail("23") != raw


def test_a_forwarded_message_over_the_limit_on_files_is_not_listed() -> None:
    inner = make_part("From: ana@example.org\r\n\r\nhi", "message/rfc822")
    mail = read_mail(make_multipart(inner, inner, inner), limits=Limits(attachments=2))
    assert [one.attachment for one in mail.forwarded] == [0, 1]
    assert len(mail.attachments) == 2


def test_the_parts_of_a_digest_are_messages() -> None:
    part = b"\r\nFrom: ana@example.org\r\nSubject: In the digest\r\n\r\nhi"
    assert read_mail(make_multipart(part, kind="digest")).forwarded[0].subject == "In the digest"
