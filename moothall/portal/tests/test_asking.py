"""Asking: one question a page, kept for later, checked, and sent once."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case, Entry
from moothall.cases.rules.opening import NoSuchService
from moothall.core.clock import now
from moothall.enquiries.models import Contact
from moothall.letters.models import Letter
from moothall.people.models import Person
from moothall.people.tests.make import make_account, make_person
from moothall.people.tests.pages import links, page, signed_in_as, words
from moothall.portal.models import FollowLink, Request
from moothall.portal.rules import asking, sending

from .make import address, begin, fill_in, make_public_service, page_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def anybody() -> Client:
    return Client()


def test_what_can_be_asked_is_listed_and_found_by_its_words(anybody: Client) -> None:
    make_public_service()
    make_public_service(name="Meeting room", name_cy="Ystafell gyfarfod")
    make_public_service(name="Only for staff", audience="staff")
    make_public_service(name="Not online", audience="")
    told = words(page(anybody.get(reverse("ask_list"))))
    assert "Course booking" in told
    assert "Only for staff" not in told
    assert "Not online" not in told
    found = words(page(anybody.get(reverse("ask_list"), {"q": "ystafell"})))
    assert "Meeting room" in found
    assert "Course booking" not in found
    assert "Nothing fits “zebra”" in words(page(anybody.get(reverse("ask_list"), {"q": "zebra"})))


def test_the_list_asks_the_database_as_often_for_many_services_as_for_few(
    anybody: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_public_service(name=f"Service of many {number}")
    anybody.get(reverse("ask_list"))
    with django_assert_max_num_queries(4):
        anybody.get(reverse("ask_list"))


def test_a_service_for_staff_begins_only_for_those_who_sign_in(anybody: Client) -> None:
    service = make_public_service(audience="staff")
    assert anybody.get(reverse("ask_start", args=[service.key])).status_code == 410
    assert anybody.post(reverse("ask_start", args=[service.key])).status_code == 410
    staff = signed_in_as(make_account(person=make_person()))
    assert staff.get(reverse("ask_start", args=[service.key])).status_code == 200


def test_one_question_stands_on_a_page_and_leads_to_the_next(anybody: Client) -> None:
    asked = begin(anybody, make_public_service())
    first = page(anybody.get(page_of(asked, "course")))
    assert "Which course?" in words(first)
    assert "Preferred date" not in words(first)
    response = anybody.post(page_of(asked, "course"), {"course": "First aid"})
    assert response["Location"] == page_of(asked, "day")
    asked.refresh_from_db()
    assert asked.answers == {"course": "First aid"}
    assert asked.raw == {"course": {"course": "First aid"}}


def test_an_empty_answer_is_refused_only_where_one_is_needed(anybody: Client) -> None:
    asked = begin(anybody, make_public_service())
    refused = page(anybody.post(page_of(asked, "course"), {"course": ""}), 422)
    assert "There is a problem" in words(refused)
    assert anybody.post(page_of(asked, "day"), {}).status_code == 302


def test_the_whole_form_becomes_one_contact_and_one_case(anybody: Client) -> None:
    case = send(anybody, make_public_service())
    assert case.title == "Course booking: First aid"
    assert (case.channel, case.answers) == ("form", {"course": "First aid"})
    assert case.requester is not None
    assert case.requester.full_name == "Ffion Adeyemi"
    contact = Contact.objects.get(led_to__case=case)
    assert (contact.channel, contact.result) == ("FORM", Contact.CASE)
    entry = case.entries.get(kind=Entry.MAIL_IN)
    assert entry.text.startswith("Which course?\nFirst aid")


def test_who_asks_is_told_the_reference_and_sent_a_link(anybody: Client) -> None:
    case = send(anybody, make_public_service())
    letter = Letter.objects.get(about_id=case.pk, about_kind="cases.case")
    link = FollowLink.objects.get(case=case)
    assert letter.to_address == "ffion@borth.example"
    assert link.token in letter.body
    assert case.reference in words(page(anybody.get(address(Request.objects.get(case=case), "ask_sent"))))
    shown = case.entries.get(kind=Entry.MAIL_OUT)
    assert link.token not in shown.text
    assert case.clocks.filter(met_at=None).exists()


def test_a_form_filled_in_in_welsh_is_acknowledged_in_welsh(anybody: Client) -> None:
    anybody.defaults["HTTP_ACCEPT_LANGUAGE"] = "cy"
    case = send(anybody, make_public_service())
    assert case.language == "cy"
    assert case.title == "Archebu cwrs: First aid"
    assert "Diolch am eich cais" in Letter.objects.get(about_id=case.pk).body


def test_sent_twice_it_is_one_case(anybody: Client) -> None:
    asked = fill_in(anybody, make_public_service())
    for _ in range(3):
        response = anybody.post(address(asked))
        assert response["Location"] == address(asked, "ask_sent")
    assert Case.objects.count() == Contact.objects.count() == 1


def test_after_sending_no_answer_changes_in_another_window(anybody: Client) -> None:
    asked = fill_in(anybody, make_public_service())
    anybody.post(address(asked))
    response = anybody.post(page_of(asked, "course"), {"course": "Something else"})
    assert response["Location"] == address(asked, "ask_sent")
    asked.refresh_from_db()
    assert asked.answers == {"course": "First aid"}


def test_what_is_not_complete_is_not_sent(anybody: Client) -> None:
    asked = begin(anybody, make_public_service())
    assert anybody.post(address(asked))["Location"] == page_of(asked, "course")
    assert "Your answers so far" in words(page(anybody.get(address(asked))))
    asked.refresh_from_db()
    assert asked.is_draft


def test_an_answer_is_changed_from_the_page_that_shows_them_all(anybody: Client) -> None:
    asked = fill_in(anybody, make_public_service())
    tree = page(anybody.get(address(asked)))
    change = links(tree)["Change: Which course?"]
    assert change == f"{page_of(asked, 'course')}?change=1"
    assert anybody.post(change, {"course": "Manual handling"})["Location"] == address(asked)
    assert "Manual handling" in words(page(anybody.get(address(asked))))


def test_answers_are_kept_and_come_back_to_by_a_link_that_is_mailed(anybody: Client) -> None:
    asked = begin(anybody, make_public_service())
    anybody.post(page_of(asked, "course"), {"course": "First aid"})
    anybody.post(address(asked, "keep_answers"), {"email": "ffion@borth.example"})
    letter = Letter.objects.get(about_kind="portal.request")
    assert address(asked) in letter.body
    elsewhere = Client()
    assert "First aid" in words(page(elsewhere.get(address(asked))))


def test_a_link_that_nobody_signed_opens_nothing(anybody: Client) -> None:
    asked = begin(anybody, make_public_service())
    forged = address(asked).replace(asked.token[:4], "AAAA")
    assert anybody.get(forged).status_code == 404
    assert anybody.get(reverse("ask_check", args=[asked.token])).status_code == 404


def test_what_was_never_sent_is_thrown_away_when_its_time_is_over(anybody: Client) -> None:
    asked = begin(anybody, make_public_service())
    later = now() + asking.KEPT_FOR
    assert asking.forget_unsent(at=later - dt.timedelta(hours=1)) == 0
    assert asking.forget_unsent(at=later) == 1
    gone = anybody.get(address(asked))
    assert "not kept any more" in words(page(gone, 410))


def test_answers_are_thrown_away_when_whoever_gave_them_asks(anybody: Client) -> None:
    asked = fill_in(anybody, make_public_service())
    anybody.post(address(asked, "drop_answers"))
    assert not Request.objects.exists()


def test_files_go_through_the_gate_and_with_the_case(anybody: Client) -> None:
    asked = fill_in(anybody, make_public_service())
    upload = address(asked, "ask_files")
    anybody.post(upload, {"file": SimpleUploadedFile("plan.txt", b"A plan", "text/plain")})
    anybody.post(upload, {"file": SimpleUploadedFile("wrong.txt", b"Not this", "text/plain")})
    wrong = asked.files.get(name="wrong.txt")
    anybody.post(f"{upload}{wrong.pk}/removal/")
    refused = anybody.post(upload, {"file": SimpleUploadedFile("bad.exe", b"MZ\x90\x00", "text/plain")})
    assert refused.status_code == 422
    assert anybody.post(upload, {})["Location"] == page_of(asked, "day")
    anybody.post(address(asked))
    entry = Entry.objects.get(kind=Entry.MAIL_IN)
    assert [each.name for each in entry.attached.all()] == ["plan.txt"]


def test_somebody_without_an_address_is_shown_the_link(anybody: Client) -> None:
    case = send(anybody, make_public_service(), email="", phone="01632 960 001")
    assert not Letter.objects.exists()
    told = page(anybody.get(address(Request.objects.get(case=case), "ask_sent")))
    link = next(href for href in links(told).values() if "/ask/progress/" in href)
    assert anybody.get(link.partition("//")[2].partition("/")[2].join(["/", ""])).status_code == 200


def test_somebody_known_by_their_address_is_not_added_again_nor_changed(anybody: Client) -> None:
    known = make_person(full_name="Ffion Adeyemi-Rhys", emails=["ffion@borth.example"], language="cy")
    before = Person.objects.count()
    case = send(anybody, make_public_service(), phone="01632 960 002")
    assert case.requester == known
    assert Person.objects.count() == before
    assert not known.contact_points.filter(kind="PHONE").exists()


def test_who_signs_in_is_known_already(anybody: Client) -> None:
    account = make_account(person=make_person(full_name="Owain Bello"), name="Owain Bello")
    staff = signed_in_as(account)
    asked = begin(staff, make_public_service())
    staff.post(page_of(asked, "course"), {"course": "First aid"})
    assert staff.get(page_of(asked, "your-name")).status_code == 404
    staff.post(address(asked))
    case = Case.objects.get()
    assert (case.requester, case.logged_by) == (account.person, account)
    assert anybody.get(address(asked)).status_code == 404


def test_what_cannot_be_understood_yet_stays_kept_and_is_tried_again(anybody: Client) -> None:
    asked = fill_in(anybody, make_public_service())
    with patch.object(sending, "open_case", side_effect=NoSuchService):
        anybody.post(address(asked))
    asked.refresh_from_db()
    assert (asked.state, asked.case) == (Request.KEPT, None)
    assert "not offered any more" in asked.problem
    assert asked.number in words(page(anybody.get(address(asked, "ask_sent"))))
    assert sending.understand_what_was_kept(at=now() + dt.timedelta(minutes=2)) == 1
    assert sending.understand_what_was_kept(at=now() + dt.timedelta(minutes=3)) == 0
    asked.refresh_from_db()
    assert asked.state == Request.UNDERSTOOD


def test_sending_too_often_is_refused_with_the_hour_to_come_back(anybody: Client) -> None:
    service = make_public_service()
    start = reverse("ask_start", args=[service.key])
    answers = [anybody.post(start).status_code for _ in range(61)]
    assert answers[:60] == [302] * 60
    refused = anybody.post(start)
    assert refused.status_code == 429
    assert "Wait" in words(page(refused, 429))
