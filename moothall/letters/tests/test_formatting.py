"""Light formatting is read once and written as HTML, plain text and print; nothing else gets through."""

import pytest
from html5lib import HTMLParser
from hypothesis import given
from hypothesis import strategies as st

from moothall.letters.rules.formatting import plain_words, read, to_data, to_html, to_plain

BODY = """Dear Siân

Bring:
- your **pass**
- the form at [our pages](https://example.org/form),
  signed
Thank you.

See https://example.org/a?b=1&c=2."""


def test_a_body_is_paragraphs_lists_bold_and_links() -> None:
    assert to_html(BODY) == (
        "<p>Dear Siân</p>\n"
        "<p>Bring:</p>\n"
        "<ul><li>your <strong>pass</strong></li>"
        '<li>the form at <a href="https://example.org/form">our pages</a>, signed</li></ul>\n'
        "<p>Thank you.</p>\n"
        '<p>See <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.</p>'
    )


def test_plain_text_says_where_a_link_leads() -> None:
    assert to_plain(BODY) == (
        "Dear Siân\n\nBring:\n\n- your pass\n- the form at our pages (https://example.org/form), signed\n\n"
        "Thank you.\n\nSee https://example.org/a?b=1&c=2."
    )


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        '[click](https://x"onmouseover="alert(1))',
        "<img src=x onerror=alert(1)>",
        "**<b onclick=x>**",
        "[a](data:text/html;base64,xx)",
    ],
)
def test_no_mark_up_of_the_writer_gets_through(body: str) -> None:
    parsed = HTMLParser(strict=True).parseFragment(to_html(body))
    names = {element.tag.rpartition("}")[2] for element in parsed.iter() if isinstance(element.tag, str)}
    assert names <= {"DOCUMENT_FRAGMENT", "p", "strong", "ul", "li", "a", "br"}
    for element in parsed.iter():
        assert set(element.attrib) <= {"href"}
        assert element.attrib.get("href", "https:").startswith(("https:", "http:", "mailto:", "tel:"))


@given(st.text(alphabet=st.sampled_from("ab*[]()\\-<>&\n ŵ:/"), max_size=60))
def test_words_from_a_record_are_read_as_words_whatever_they_are(words: str) -> None:
    read_back = "".join(
        span.words
        for block in read("x" + plain_words(words.replace("\n", " ")))
        for line in block.lines
        for span in line
    )
    assert read_back.split() == ("x" + words).split()


@given(st.text(max_size=200))
def test_any_body_makes_html_that_a_strict_parser_accepts(body: str) -> None:
    printable = "".join(letter for letter in body if letter.isprintable() or letter == "\n")
    HTMLParser(strict=True).parseFragment(to_html(printable))
    to_plain(body)


def test_print_is_given_plain_data() -> None:
    assert to_data("One **two**\n\n- three") == [
        {
            "list": False,
            "lines": [
                [
                    {"words": "One ", "bold": False, "link": ""},
                    {"words": "two", "bold": True, "link": ""},
                ]
            ],
        },
        {"list": True, "lines": [[{"words": "three", "bold": False, "link": ""}]]},
    ]


def test_a_body_of_brackets_is_read_in_no_time() -> None:
    assert read("[" * 20_000 + "**" * 20_000)
