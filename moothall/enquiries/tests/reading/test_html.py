"""Formatted mail: safe to show, nothing fetched from elsewhere, readable as plain text."""

import base64

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.enquiries.reading import Limits, read_mail
from moothall.enquiries.reading import words as said
from moothall.enquiries.reading.html_bounds import bounded_html
from moothall.enquiries.reading.html_cleaning import Pictures, clean_html
from moothall.enquiries.reading.html_text import html_to_text
from moothall.enquiries.reading.mail import Notes

from .samples import make_mail, make_multipart, make_part, steps

TAGS = {
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
}
ATTRIBUTES = {
    "href",
    "title",
    "rel",
    "src",
    "alt",
    "width",
    "height",
    "start",
    "type",
    "border",
    "colspan",
    "rowspan",
    "align",
    "valign",
    "scope",
    "dir",
    "lang",
    "style",
}
VECTORS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)' / >",
    "<IMG SRC=\"jav\tascript:alert('XSS');\">",
    "<img src=javascript:alert(1)>",
    "<img src='http://tracker.example/pixel.gif' width=1 height=1>",
    "<img srcset='http://tracker.example/x 2x' alt=x>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<details open ontoggle=alert(1)>x</details>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a href='cid:x' onclick=alert(1)>x</a>",
    "<div style='width: expression(alert(1))'>x</div>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<div style=\"background-image: url('http://tracker.example/x')\">x</div>",
    "<div style='position:fixed;top:0;left:0;font-weight:bold'>x</div>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<style><!--</style><script>alert(1)//--></script>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<base href='http://evil.example/'>",
    "<form action='http://evil.example/'><input name=p><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<body onload=alert(1)>x",
    "<table background='javascript:alert(1)'><tr><td>x</table>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p title='--><script>alert(1)</script>'>x",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<xss onmouseover=alert(1)>x</xss>",
    "<a href='http://x.example' target=_top style='font-weight:bold;behavior:url(x)'>x</a>",
    "<textarea><script>alert(1)</script></textarea>",
    "<template><script>alert(1)</script></template>",
    "<select><style></select><script>alert(1)</script>",
    "<title></title><script>alert(1)</script>",
    "<a/href='javascript:alert(1)'/>x",
    "<img/src=x/onerror=alert(1)//",
    "<<script>alert(1)//<</script>",
    "<p/onclick=alert(1)>x",
    "<a href=\"x\"y=\"javascript:alert(1)\">x</a>",
    "<img alt='`><script>alert(1)</script>`'>",
    "\u0001<script>alert(1)</script>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
]  # fmt: skip


def clean(source: str, known: str = "") -> str:
    pictures = Pictures(frozenset(filter(None, [known])))
    return clean_html(source, pictures=pictures, limits=Limits(), notes=Notes())


def assert_harmless(html: str) -> None:
    """Judge cleaned HTML with another parser than the ones that cleaned it."""
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str) or element.tag in {"html", "head", "body"}:
            assert not element.attrib, html
            continue
        assert element.tag in TAGS, html
        assert set(element.attrib) <= ATTRIBUTES, html
        assert element.get("src", "cid:").startswith("cid:"), html
        assert element.get("href", "https:").startswith(("https:", "http:", "mailto:", "tel:", "cid:")), html
        assert "(" not in element.get("style", ""), html
        assert "position" not in element.get("style", ""), html


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_in_a_page_can_run_or_fetch(vector: str) -> None:
    assert_harmless(clean(f"<p>before</p>{vector}<p>after</p>"))


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_in_a_hostile_page_takes_the_mail_with_it(vector: str) -> None:
    mail = read_mail(make_mail(f"<p>before</p>{vector}", content_type="text/html; charset=utf-8"))
    assert mail.text.startswith("before")
    assert "<script" not in (mail.html or "")


PIECES = [
    "<",
    ">",
    "</",
    "/>",
    "'",
    '"',
    "=",
    " ",
    "x",
    "<!--",
    "-->",
    "&lt;",
    "<p",
    "<b",
    "<a href=",
    "<img src=",
]
MORE_PIECES = [
    "javascript:",
    "cid:x",
    "onerror=",
    "<table>",
    "<td>",
    "</td>",
    "<style>",
    "<svg",
    "style=",
    "\n",
    "<script>",
]


@settings(max_examples=150, deadline=None, database=None)
@given(st.lists(st.sampled_from(PIECES + MORE_PIECES), max_size=40).map("".join))
def test_no_mixture_of_tags_and_quotes_gets_through(source: str) -> None:
    assert_harmless(clean(source, known="x"))


def test_links_stay_and_say_nothing_about_where_they_were_clicked() -> None:
    assert clean('<a href="https://x.example/?a=1&amp;b=2">go</a>') == (
        '<a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow">go</a>'
    )


def test_remote_pictures_are_counted_and_leave_their_words() -> None:
    page = (
        '<img src="https://t.example/logo.png" alt="Our logo">'
        '<img src="https://t.example/open.gif" width="1" height="1" alt="">'
    )
    mail = read_mail(make_mail(page, content_type="text/html"))
    assert (mail.blocked_images, mail.html, mail.text) == (2, '<img alt="Our logo">', "[Our logo]")


def test_a_carried_picture_is_shown_from_its_attachment() -> None:
    page = make_part('<p>Look: <img src="cid:pic@x" alt="a map"></p>', "text/html")
    picture = make_part(b"\x89PNG\r\n\x1a\n0000", "image/png", content_id="<pic@x>")
    mail = read_mail(make_multipart(page, picture, kind="related"))
    (attachment,) = mail.attachments
    assert (attachment.content_id, attachment.inline, mail.blocked_images) == ("pic@x", True, 0)
    assert mail.html == '<p>Look: <img alt="a map" src="cid:pic@x"></p>'


def test_a_picture_that_did_not_come_along_leaves_its_words() -> None:
    assert clean('<img src="cid:gone" alt="a map">') == '<img alt="a map">'


def test_a_picture_written_into_the_page_becomes_an_attachment() -> None:
    data = base64.b64encode(b"\x89PNG\r\n\x1a\n0000").decode()
    page = f'<img src="data:image/png;base64,{data}"><img src="data:image/svg+xml;base64,PHN2Zz4=" alt="no">'
    mail = read_mail(make_mail(page, content_type="text/html"))
    (attachment,) = mail.attachments
    assert (attachment.name, attachment.media_type, attachment.inline) == ("picture-1.png", "image/png", True)
    assert mail.html == f'<img src="cid:{attachment.content_id}"><img alt="no">'


def test_a_page_becomes_readable_text() -> None:
    page = (
        "<style>p{}</style><p>Annwyl bawb,<br>Gŵyl &amp; <b>tŷ</b></p><ul><li>un<li>dau</ul>"
        "<blockquote>Before<p>that</p></blockquote><table><tr><td>a<td>b<tr><td>c</table>"
        '<pre>x  y\n  z</pre><a href="https://x.example/a">here</a> <a href="https://x.example/">x.example</a>'
    )
    assert html_to_text(clean(page)) == (
        "Annwyl bawb,\nGŵyl & tŷ\n\n• un\n• dau\n\n> Before\n>\n> that\n\na  b\nc\n\nx  y\n  z\n\n"
        "here <https://x.example/a> x.example"
    )


def test_plain_text_is_preferred_to_the_page_beside_it() -> None:
    mail = read_mail(
        make_multipart(make_part("Plain"), make_part("<p>Page</p>", "text/html"), kind="alternative")
    )
    assert (mail.text, mail.html) == ("Plain", "<p>Page</p>")


def test_the_page_is_the_text_when_the_plain_one_is_empty() -> None:
    mail = read_mail(
        make_multipart(make_part(" \r\n"), make_part("<p>Page</p>", "text/html"), kind="alternative")
    )
    assert mail.text == "Page"


def test_texts_one_after_the_other_are_all_shown() -> None:
    mail = read_mail(make_multipart(make_part("<p>Page</p>", "text/html"), make_part("a < b")))
    assert (mail.text, mail.html) == ("Page\n\na < b", "<p>Page</p>\n<pre>a &lt; b</pre>")


def no_picture(attributes: dict[str, str]) -> dict[str, str] | None:
    return attributes


@pytest.mark.parametrize(
    "unit", ["<div>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<b>", "<span>", "<p><b>"]
)
def test_no_page_comes_out_deeper_than_the_limit(unit: str) -> None:
    html, _ = bounded_html(unit * 5_000 + "deep", depth=250, picture=no_picture)
    depth = deepest = 0
    for tag in html.split("<")[1:]:
        depth += -1 if tag.startswith("/") else 1
        deepest = max(deepest, depth)
    assert deepest <= 250
    assert depth == 0
    assert "deep" in html


BURDENS = [
    "<p>" + "".join(f'<b lang="{number}">' for number in range(300)) + "<div>x</div>" * 300,
    "".join(f'<p><b lang="{number}">' for number in range(300)) + "<div>x</div>" * 300,
    "<table><b lang=a><tr><td>x" * 300,
    "<table><tr><td><b>" * 300 + "<tr></tr>text" * 300,
    "<a href=x>" * 600,
    "<div><a><p><b><table>" * 300,
    "<p><i><h1><i><p>" * 300,
]


@pytest.mark.parametrize("source", BURDENS)
def test_no_page_grows_by_being_cleaned(source: str) -> None:
    bounded, _ = bounded_html(source, depth=250, picture=no_picture)
    assert len(bounded) < 3 * len(source) + 100
    assert clean(source).count("<") < 2 * bounded.count("<") + 10


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<p>x",
        "<!--",
        "<script>",
        "<",
        "<a ",
        '<a "',
        "<b lang=x>",
        "<table><tr><td>",
        "</div>",
        "&lt;",
        "<li>x",
    ],
)
def test_the_work_on_a_page_grows_no_faster_than_the_page(unit: str) -> None:
    def work(times: int) -> int:
        return steps(lambda: html_to_text(clean(unit * times)))

    work(10)
    assert work(4_000) < 2.5 * work(2_000) + 500


def test_a_page_over_the_limits_is_cut_said_and_attached_whole() -> None:
    page = "<p>hello</p>" * 50
    for limits in (Limits(html_tags=20), Limits(html_chars=100)):
        mail = read_mail(make_mail(page, content_type="text/html"), limits=limits)
        assert said.HTML_CUT in mail.warnings
        assert mail.text.startswith("hello\n\nhello")
        assert len(mail.html or "") < len(page)
    assert mail.attachments == () or mail.attachments[0].content == page.encode()
