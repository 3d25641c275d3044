"""Letters come out right whatever the mail says about them."""

import encodings.aliases

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.enquiries.reading import read_mail
from moothall.enquiries.reading import words as said
from moothall.enquiries.reading.charsets import decode_text, known_charset
from moothall.enquiries.reading.mail import Notes

from .samples import make_mail

WELSH = "Tŷ’r Cyffredin: ŵyl, gŵr, llŷn, âr, ê, î, ô, û – £5"


def decoded(data: bytes, label: str | None) -> tuple[str, tuple[str, ...]]:
    notes = Notes()
    return decode_text(data, label, notes), notes.as_tuple()


@pytest.mark.parametrize(
    ("label", "data", "text", "warnings"),
    [
        ("utf-8", WELSH.encode(), WELSH, ()),
        ("us-ascii", WELSH.encode(), WELSH, (said.CHARSET_WRONG,)),
        ("iso-8859-1", WELSH.encode(), WELSH, (said.CHARSET_WRONG,)),
        (None, WELSH.encode(), WELSH, ()),
        ("x-unknown", WELSH.encode(), WELSH, (said.CHARSET_UNKNOWN,)),
        ("utf-8", "Siân".encode("cp1252"), "Siân", (said.CHARSET_WRONG,)),
        ("utf-8", "Siân ".encode("cp1252") + "tŷ".encode(), "Siân tŷ", (said.CHARSET_WRONG,)),
        (None, "Siân – £5".encode("cp1252"), "Siân – £5", ()),
        ("iso-8859-1", b"\x80 12 \x96 I\x92m", "€ 12 – I’m", ()),
        ("iso-8859-14", "tŷ gŵyl".encode("iso-8859-14"), "tŷ gŵyl", ()),
        ("gb2312", "你好镕".encode("gb18030"), "你好镕", ()),
        ("ks_c_5601-1987", "안녕똠".encode("cp949"), "안녕똠", ()),
        ("iso-2022-jp", "日本".encode("iso-2022-jp"), "日本", ()),
        ("utf-7", "tŷ".encode("utf-7"), "tŷ", ()),
        ("utf-16", "tŷ".encode("utf-16"), "tŷ", ()),
        ('"UTF-8"', WELSH.encode(), WELSH, ()),
        ("koi8-r", "Привет".encode("koi8-r"), "Привет", ()),
        ("utf-8", b"\xef\xbb\xbfhello", "hello", ()),
        ("utf-8", b"a\0b\x07c\x0cd", "abc\nd", (said.NULS,)),
    ],
)
def test_text_is_decoded(label: str | None, data: bytes, text: str, warnings: tuple[str, ...]) -> None:
    assert decoded(data, label) == (text, warnings)


def test_a_text_in_no_known_letters_is_guessed_from_its_statistics() -> None:
    greek = "Καλημέρα σας, θα ήθελα να ρωτήσω για το μάθημα της Τρίτης. " * 4
    text, warnings = decoded(greek.encode("iso8859-7"), None)
    assert text == greek
    assert said.CHARSET_UNKNOWN in warnings


@pytest.mark.parametrize(
    "label",
    [
        "rot13",
        "zip",
        "hex",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "",
        "x" * 99,
    ],
)
def test_what_is_no_character_set_of_mail_is_not_used_as_one(label: str) -> None:
    assert known_charset(label) is None


CHARSETS = sorted(
    name for name in set(encodings.aliases.aliases.values()) if known_charset(name.replace("_", "-"))
)


@settings(max_examples=200, deadline=None, database=None)
@given(
    st.sampled_from(CHARSETS), st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), max_size=80)
)
def test_text_that_a_charset_can_write_comes_back_from_it(charset: str, text: str) -> None:
    wire = f"{text} – ŷ {text}".encode(charset, "ignore")
    meant = wire.decode(charset).replace("\ufeff", "")
    if known_charset(charset) != charset:
        return  # read as the wider set senders mean by it, which is tested by example above
    if charset in {"latin_1", "ascii", "cp1252", "iso8859_15", "cp1254"} and is_utf8(wire):
        return  # bytes that are also UTF-8 are taken for that
    found, _ = decoded(wire, charset)
    assert found == "".join(one for one in meant if not "\x7f" <= one <= "\x9f")


def is_utf8(data: bytes) -> bool:
    return not data.isascii() and "\ufffd" not in data.decode("utf-8", "replace")


@settings(max_examples=200, deadline=None, database=None)
@given(st.binary(max_size=200), st.sampled_from([*CHARSETS, None, "x-unknown", "us-ascii"]))
def test_any_bytes_in_any_charset_give_text_that_can_be_stored(data: bytes, charset: str | None) -> None:
    text, _ = decoded(data, charset)
    assert "\0" not in text
    assert "\r" not in text
    assert text.encode().decode() == text


def test_the_charset_of_a_page_may_stand_in_the_page() -> None:
    page = '<html><head><meta charset="iso-8859-14"></head><p>tŷ gŵyl</p>'.encode("iso-8859-14")
    assert read_mail(make_mail(page, content_type="text/html")).text == "tŷ gŵyl"


def test_soft_line_breaks_are_undone_where_the_mail_says_they_are_soft() -> None:
    body = "One long \r\nparagraph.\r\n\r\n> quoted \r\n> text\r\n-- \r\nNia\r\n"
    mail = read_mail(make_mail(body, content_type="text/plain; format=flowed"))
    assert mail.text == "One long paragraph.\n\n> quoted text\n-- \nNia"
    assert "One long \nparagraph" in read_mail(make_mail(body, content_type="text/plain")).text
