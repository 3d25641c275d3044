"""Applications are marked blind by two people, settled where marks are far apart, and shortlisted."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter

from moothall.cases.models import Step
from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.tests.make import make_service, make_step, states
from moothall.people.models import Account, Team
from moothall.people.tests.make import AT, make_account, make_team
from moothall.people.tests.pages import signed_in_as
from moothall.recruitment.models import Application, Campaign, Criterion, Marker, Sifted, SiftReason
from moothall.recruitment.rules import merit, shortlisting
from moothall.recruitment.rules.blinding import GONE, blind_file, blind_text, telling_words
from moothall.recruitment.rules.shortlist_refusals import (
    HandedInAlready,
    MarkerSeesNames,
    MarkEverything,
    MarkMissing,
    NamedAlready,
    NoReasons,
    NotClosed,
    NotToMark,
    ShortlistClosed,
    SpeakFirst,
)
from moothall.recruitment.rules.writing import send_file
from moothall.recruitment.tests.make import make_application, make_campaign, make_recruiter, make_route
from moothall.recruitment.tests.make_shortlist import make_reasons

pytestmark = pytest.mark.django_db
WORDS = ("Ysolde Bello", "Ysolde", "Bello")


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def by(team: Team) -> Account:
    return make_recruiter(team=team)


@pytest.fixture
def campaign(team: Team) -> Campaign:
    make_reasons()
    return make_campaign(team=team)


def make_marker(campaign: Campaign, by: Account) -> Marker:
    return shortlisting.name_marker(campaign, account=make_account(), by=by, at=AT)


def mark(marker: Marker, application: Application, *marks: int) -> None:
    criteria = merit.criteria_of(marker.campaign)
    given = {each.pk: (so_many, "Seen") for each, so_many in zip(criteria, marks, strict=True)}
    shortlisting.hand_in(marker, application=application.pk, marks=given, at=AT)


def outcomes() -> dict[int, tuple[str, str]]:
    rows = Sifted.objects.standing().select_related("reason")
    return {each.application_id: (each.outcome, each.reason.key) for each in rows}


def test_the_best_marks_are_met_and_everybody_has_a_reason(campaign: Campaign, by: Account) -> None:
    first, second = make_marker(campaign, by), make_marker(campaign, by)
    best, tied, also, low, weak = (make_application(campaign) for _ in range(5))
    for marker in (first, second):
        mark(marker, best, 4, 4)
        mark(marker, tied, 3, 2)
        mark(marker, also, 3, 2)
        mark(marker, low, 2, 0)
        mark(marker, weak, 1, 4)
    shortlisting.close_shortlist(campaign, places=2, least=2, by=by, at=AT)
    assert outcomes() == {
        best.pk: ("SHORTLISTED", "merit"), tied.pk: ("SHORTLISTED", "merit"), also.pk: ("SHORTLISTED", "tie"),
        low.pk: ("NOT", "below"), weak.pk: ("NOT", "essential"),
    }  # fmt: skip


def test_a_guaranteed_interview_is_beside_the_places(campaign: Campaign, by: Account) -> None:
    one, other = make_application(campaign), make_application(campaign)
    Application.objects.filter(pk=other.pk).update(guaranteed_interview=True)
    for marker in (make_marker(campaign, by), make_marker(campaign, by)):
        mark(marker, one, 4, 4)
        mark(marker, other, 2, 0)
    shortlisting.close_shortlist(campaign, places=1, least=2, by=by, at=AT)
    assert outcomes() == {one.pk: ("SHORTLISTED", "merit"), other.pk: ("SHORTLISTED", "guaranteed")}


def test_closing_finishes_the_step_and_opening_again_takes_it_back(campaign: Campaign, by: Account) -> None:
    one = make_application(campaign)
    for marker in (make_marker(campaign, by), make_marker(campaign, by)):
        mark(marker, one, 4, 4)
    shortlisting.close_shortlist(campaign, places=1, least=2, by=by, at=AT)
    step = Step.objects.get(case=one.case_id, key="sift")
    assert (step.state, step.outcome) == (Step.DONE, "met")
    assert shortlisting.reopen_shortlist(campaign, by=by, at=AT) == 1
    step.refresh_from_db()
    assert (step.state, outcomes()) == (Step.READY, {})
    with pytest.raises(NotClosed):
        shortlisting.reopen_shortlist(campaign, by=by, at=AT)


def test_whoever_is_not_shortlisted_is_through_with_it_and_opening_again_takes_that_back(
    team: Team, by: Account
) -> None:
    make_reasons()
    service = make_service(
        make_step("apply", owner="applicant"),
        make_step("sift", "apply", owner="recruitment", outcomes=("met", "not_met")),
        make_step("board", "sift", owner="panel"), team=team, clocks=(),
        outcomes=(OutcomeDefinition("rejected", "Rejected"),), leads={"sift": {"not_met": "rejected"}},
    )  # fmt: skip
    campaign = make_campaign(team=team, routes=[make_route(team=team, service=service)])
    one, other = make_application(campaign), make_application(campaign)
    for marker in (make_marker(campaign, by), make_marker(campaign, by)):
        mark(marker, one, 4, 4)
        mark(marker, other, 0, 0)
    shortlisting.close_shortlist(campaign, places=1, least=2, by=by, at=AT)
    other.case.refresh_from_db()
    assert (other.case.is_closed, other.case.outcome) == (True, "rejected")
    assert list(Application.objects.running()) == [one]
    assert shortlisting.reopen_shortlist(campaign, by=by, at=AT) == 2
    other.case.refresh_from_db()
    assert not other.case.is_closed
    assert states(other.case) == {"apply": Step.DONE, "sift": Step.READY, "board": Step.PENDING}


def test_marks_far_apart_are_settled_first(campaign: Campaign, by: Account) -> None:
    one, calm = make_application(campaign), Criterion.objects.get(profile=campaign.profile, key="calm")
    first, second = make_marker(campaign, by), make_marker(campaign, by)
    mark(first, one, 4, 3)
    with pytest.raises(MarkEverything):
        shortlisting.agree(one, criterion=calm.pk, mark=3, because="Spoken about", by=by, at=AT)
    mark(second, one, 1, 3)
    with pytest.raises(SpeakFirst):
        shortlisting.close_shortlist(campaign, places=1, least=2, by=by, at=AT)
    shortlisting.agree(one, criterion=calm.pk, mark=3, because="Spoken about", by=by, at=AT)
    [standing] = merit.standings(campaign, [one], least=2)
    assert (standing.total, standing.apart) == (Decimal("6.00"), [])
    shortlisting.close_shortlist(campaign, places=1, least=2, by=by, at=AT)
    with pytest.raises(ShortlistClosed):
        shortlisting.agree(one, criterion=calm.pk, mark=2, because="Again", by=by, at=AT)


def test_nothing_is_closed_before_two_have_marked_everything(campaign: Campaign, by: Account) -> None:
    one = make_application(campaign)
    first, second = make_marker(campaign, by), make_marker(campaign, by)
    mark(first, one, 4, 4)
    with pytest.raises(MarkEverything):
        shortlisting.close_shortlist(campaign, places=1, least=2, by=by, at=AT)
    mark(second, one, 4, 4)
    assert shortlisting.let_go_marker(second, by=by, at=AT)
    assert not shortlisting.let_go_marker(second, by=by, at=AT)
    with pytest.raises(MarkEverything):
        shortlisting.close_shortlist(campaign, places=1, least=2, by=by, at=AT)


def test_a_shortlist_needs_reasons_in_force(campaign: Campaign, by: Account) -> None:
    one = make_application(campaign)
    for marker in (make_marker(campaign, by), make_marker(campaign, by)):
        mark(marker, one, 4, 4)
    SiftReason.objects.update(until_on=dt.date(2026, 1, 2))
    with pytest.raises(NoReasons):
        shortlisting.close_shortlist(campaign, places=1, least=2, by=by, at=AT)


def test_whoever_can_see_names_does_not_mark(campaign: Campaign, by: Account) -> None:
    with pytest.raises(MarkerSeesNames):
        shortlisting.name_marker(campaign, account=by, by=by, at=AT)
    marker = make_marker(campaign, by)
    with pytest.raises(NamedAlready):
        shortlisting.name_marker(campaign, account=marker.account, by=by, at=AT)


def test_a_sheet_is_whole_handed_in_once_and_can_be_taken_back(campaign: Campaign, by: Account) -> None:
    one, marker = make_application(campaign), make_marker(campaign, by)
    with pytest.raises(MarkMissing):
        shortlisting.hand_in(marker, application=one.pk, marks={}, at=AT)
    mark(marker, one, 4, 4)
    with pytest.raises(HandedInAlready):
        mark(marker, one, 1, 1)
    assert shortlisting.take_back(marker, application=one.pk, at=AT)
    assert not shortlisting.take_back(marker, application=one.pk, at=AT)
    mark(marker, one, 1, 1)
    mark(make_marker(campaign, by), one, 1, 1)
    shortlisting.close_shortlist(campaign, places=1, least=2, by=by, at=AT)
    with pytest.raises(ShortlistClosed):
        shortlisting.take_back(marker, application=one.pk, at=AT)
    with pytest.raises(NotToMark):
        shortlisting.take_back(marker, application=0, at=AT)


def test_a_marker_reads_what_was_written_and_never_whose_it_is(campaign: Campaign, by: Account) -> None:
    one = make_application(campaign)
    one.answers.filter(criterion__key="calm").update(
        text="As YSOLDE would say, ring 07700 900123 or write to ysolde@post.example. Bello’s calm."
    )
    send_file(one, content=io.BytesIO(b"I am Ysolde Bello"), name="Ysolde Bello cv.txt", kind="cv",
              declared_type="text/plain", at=AT)  # fmt: skip
    marker, other = make_marker(campaign, by), make_marker(campaign, by)
    mark(other, one, 1, 1)
    client = signed_in_as(marker.account)
    pages = [
        reverse("my_marking"), reverse("marking", args=[marker.pk]),
        reverse("mark_application", args=[marker.pk, one.pk]),
        reverse("marking_file", args=[marker.pk, one.pk, one.files.get().pk]),
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        told = answer.content.decode() + str(answer.headers)
        assert answer.status_code == 200
        assert not any(word.lower() in told.lower() for word in ("Ysolde", "Bello", "900123")), page
    assert b"25-34" not in client.get(pages[2]).content  # what was said for monitoring


def test_marks_are_handed_in_on_the_page_and_shown_to_nobody_else(campaign: Campaign, by: Account) -> None:
    one, marker, other = make_application(campaign), make_marker(campaign, by), make_marker(campaign, by)
    client = signed_in_as(marker.account)
    page = reverse("mark_application", args=[marker.pk, one.pk])
    sent = {
        name: value
        for each in merit.criteria_of(campaign)
        for name, value in ((f"mark-{each.pk}", "3"), (f"why-{each.pk}", "Plainly said"))
    }
    assert client.post(page, {}).status_code == 422
    assert client.post(page, sent).status_code == 302
    assert b"Plainly said" in client.get(page).content
    own = reverse("mark_application", args=[other.pk, one.pk])
    assert b"Plainly said" not in signed_in_as(other.account).get(own).content
    assert signed_in_as(other.account).get(page).status_code == 404
    assert client.post(reverse("take_back_marks", args=[marker.pk, one.pk])).status_code == 302
    assert client.post(page, {}).status_code == 422


def test_the_desk_names_markers_settles_and_closes(campaign: Campaign, by: Account) -> None:
    one, client, colleague = make_application(campaign), signed_in_as(by), make_account()
    shortlist = reverse("shortlist", args=[campaign.pk])
    name = reverse("name_marker", args=[campaign.pk])
    assert client.post(name, {"account": "nobody@borth.example"}).status_code == 422
    assert client.post(name, {"account": colleague.email}).status_code == 302
    first, second = Marker.objects.get(), make_marker(campaign, by)
    calm = Criterion.objects.get(profile=campaign.profile, key="calm")
    settle = reverse("agree_mark", args=[one.pk, calm.pk])
    mark(first, one, 4, 4)
    before = client.get(settle).content
    assert first.account.name.encode() not in before
    assert b"Not everybody has handed in yet" in before
    mark(second, one, 1, 4)
    both = client.get(settle).content
    assert first.account.name.encode() in both
    assert second.account.name.encode() in both
    assert settle.encode() in client.get(shortlist).content
    assert client.post(settle, {"mark": "3", "because": "Spoken about"}).status_code == 302
    assert client.get(reverse("agree_mark", args=[one.pk, 0])).status_code == 404
    close = reverse("close_shortlist", args=[campaign.pk])
    assert client.post(close, {"places": "1", "least": "2"}).status_code == 302
    assert b"On the shortlist" in client.get(shortlist).content
    assert client.post(reverse("reopen_shortlist", args=[campaign.pk])).status_code == 302
    assert client.post(reverse("let_go_marker", args=[campaign.pk, first.pk])).status_code == 302
    assert client.post(reverse("let_go_marker", args=[campaign.pk, 0])).status_code == 404


def test_the_shortlist_asks_the_database_as_often_for_many(
    campaign: Campaign, by: Account, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, page = signed_in_as(by), reverse("shortlist", args=[campaign.pk])
    marker = make_marker(campaign, by)
    counts = []
    for many in (1, 4):
        for _ in range(many):
            mark(marker, make_application(campaign), 2, 2)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_words_that_tell_who_it_is_are_taken_out() -> None:
    said = "I, Ysolde Bello (ysolde@post.example, +44 7700 900123), led Bellows Ltd in 2019."
    assert blind_text(said, WORDS) == f"I, {GONE} ({GONE}, {GONE}), led Bellows Ltd in 2019."


def test_parts_of_a_name_tell_who_it_is(campaign: Campaign) -> None:
    assert {"Ysolde Bello", "Ysolde", "Bello"} <= set(telling_words(make_application(campaign)))


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("docProps/core.xml", "<x>Ysolde Bello</x>")
        made.writestr("docProps/app.xml", "<x>Bello Ltd</x>")
        made.writestr(
            "word/document.xml",
            '<w:p w:author="Bello"><w:r><w:t>Ysol</w:t></w:r><w:r><w:t>de led.</w:t></w:r></w:p>'
            '<w:p><w:r><w:t>Calm.</w:t></w:r></w:p><w:ins w:author="Ysolde Bello"/>',
        )
        made.writestr("word/media/image1.png", b"picture")
    return out.getvalue()


def test_a_word_document_loses_its_author_and_a_name_in_two_runs() -> None:
    made = blind_file(docx(), "Ysolde.docx", WORDS)
    assert made is not None
    with zipfile.ZipFile(io.BytesIO(made[1])) as bare:
        whole = b"".join(bare.read(name) for name in bare.namelist()).decode()
    assert "Calm." in whole
    assert not any(word in whole for word in ("Ysol", "Bello"))


def test_a_picture_says_neither_where_nor_by_whom() -> None:
    out, old = io.BytesIO(), Image.new("RGB", (4, 4), "red")
    exif = old.getexif()
    exif[0x013B] = "Ysolde Bello"
    old.save(out, "JPEG", exif=exif)
    assert b"Ysolde" in out.getvalue()
    made = blind_file(out.getvalue(), "me.jpg", WORDS)
    assert made is not None
    assert b"Ysolde" not in made[1]


def test_a_file_that_cannot_be_made_to_say_nothing_is_not_shown() -> None:
    empty, out = PdfWriter(), io.BytesIO()
    empty.add_blank_page(100, 100)
    empty.add_metadata({"/Author": "Ysolde Bello"})
    empty.write(out)
    for content, name in (
        (out.getvalue(), "scan.pdf"), (b"no", "a.pdf"), (b"no", "a.docx"), (b"no", "a.png"), (b"no", "a.odt"),
    ):  # fmt: skip
        assert blind_file(content, name, WORDS) is None
