"""Following what was asked: by a link, or signed in; nothing is shown that is not meant for whoever asked."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case, Entry, Service
from moothall.cases.rules.assigning import assign_case
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import StepDefinition, definition_of
from moothall.cases.rules.merging import merge_case
from moothall.cases.rules.opening import current_version
from moothall.cases.rules.services import save_service_version
from moothall.cases.rules.stepping import complete_step
from moothall.cases.rules.timeline import log_call, write_note
from moothall.cases.tests.make import make_case, make_step, make_worker
from moothall.core.clock import now
from moothall.core.signed_links import sign
from moothall.enquiries.models import Contact
from moothall.enquiries.rules.replying import reply
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person
from moothall.people.tests.pages import links, page, signed_in_as, words
from moothall.portal.models import FollowLink, Request
from moothall.portal.models.kinds import FOLLOW
from moothall.portal.rules.links import LINK_LASTS, make_link

from .make import address as address_of_form
from .make import make_public_service, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return send(Client(), make_public_service())


def address_of(link: FollowLink, name: str = "progress", **more: Any) -> str:
    return reverse(name, args=[sign(link.token, FOLLOW), *more.values()])


def link_to(case: Case) -> str:
    return address_of(FollowLink.objects.filter(case=case).latest("id"))


def colleague_on(case: Case) -> Account:
    return make_worker(team=case.team, name="Tomos Bielak")


def told_to_them(case: Case) -> str:
    return words(page(Client().get(link_to(case))))


def answered(case: Case, **changes: Any) -> Letter:
    """An answer that has left: it can be recalled no more."""
    given: dict[str, Any] = {
        "text": "There is a place on Tuesday.",
        "by": colleague_on(case),
        "at": now(),
    } | changes
    letter = reply(case, **given)
    Letter.objects.filter(pk=letter.pk).update(send_after=now() - dt.timedelta(minutes=1), state=Letter.SENT,
                                               sent_at=now())  # fmt: skip
    return letter


def test_they_see_what_they_asked_when_it_is_due_and_how_it_goes(case: Case) -> None:
    told = told_to_them(case)
    assert case.reference in told
    assert "Which course? First aid" in told
    assert "We will answer by" in told
    assert "We have your request" in told
    assert "Somebody is dealing with it not yet" in told
    assign_case(case, to=colleague_on(case), by=colleague_on(case), at=now())
    assert "Somebody is dealing with it now" in told_to_them(case)


def test_they_read_our_answer_once_it_has_left(case: Case) -> None:
    letter = reply(case, text="There is a place on Tuesday.", by=colleague_on(case), at=now())
    assert "There is a place" not in told_to_them(case)
    Letter.objects.filter(pk=letter.pk).update(send_after=now() - dt.timedelta(minutes=1))
    told = told_to_them(case)
    assert "There is a place on Tuesday." in told
    assert "We are waiting for you" in told


def test_nothing_is_shown_that_only_staff_should_read(case: Case) -> None:
    colleague, at = colleague_on(case), now()
    write_note(case, text="Quillon wrote a note", by=colleague, at=at)
    log_call(case, text="Quillon rang", by=colleague, at=at, person=case.requester)
    answered(case, text="Quillon to the department", to_address="minister@gov.example")
    assign_case(case, to=colleague, by=colleague, at=at)
    close_case(case, by=colleague, at=at, outcome="answered", reason="Quillon is the reason")
    told = told_to_them(case)
    assert "Quillon" not in told
    assert "Tomos Bielak" not in told


def test_what_others_write_on_the_case_is_not_theirs(case: Case) -> None:
    other = make_person(full_name="Somebody Else")
    Entry.objects.create(case=case, kind=Entry.MAIL_IN, at=now(), person=other, text="Quillon of another")
    assert "Quillon" not in told_to_them(case)


def test_steps_are_told_only_in_the_words_meant_for_them() -> None:
    steps = (
        make_step("look", plain="We look for it", plain_cy="Rydym yn chwilio"),
        make_step("secret", "look"),
    )
    case = send(Client(), _with_steps(*steps))
    told = told_to_them(case)
    assert "We look for it now" in told
    assert "Secret" not in told
    complete_step(case.steps.get(key="look"), by=colleague_on(case), at=now())
    assert "We look for it now" not in told_to_them(case)


def _with_steps(*steps: StepDefinition) -> Service:
    service = make_public_service()
    definition = definition_of(current_version(service))
    save_service_version(service, replace(definition, steps=steps), by=None, at=now())
    return service


def test_what_they_write_comes_back_to_the_office(case: Case) -> None:
    answered(case)
    case.refresh_from_db()
    assert case.waiting_on == Case.PERSON
    response = Client().post(link_to(case), {"text": "Tuesday is fine.", "once": "a"})
    assert response["Location"] == link_to(case)
    case.refresh_from_db()
    assert (case.waiting_on, case.status) == (Case.US, Case.OPEN)
    assert case.came_back_at is not None
    assert Contact.objects.filter(led_to__case=case, result=Contact.ADDED, channel="FORM").count() == 1
    assert "You wrote" in told_to_them(case)
    assert "Tuesday is fine." in told_to_them(case)


def test_a_message_sent_twice_is_one_message(case: Case) -> None:
    for _ in range(2):
        Client().post(link_to(case), {"text": "Hello?", "once": "the same"})
    assert case.entries.filter(text="Hello?").count() == 1


def test_a_message_opens_a_closed_case_again_but_not_one_long_closed(case: Case) -> None:
    close_case(case, by=colleague_on(case), at=now(), outcome="answered")
    Client().post(link_to(case), {"text": "One thing more."})
    case.refresh_from_db()
    assert not case.is_closed
    long_ago = now() - dt.timedelta(days=29)
    close_case(case, by=colleague_on(case), at=now(), outcome="answered")
    Case.objects.filter(pk=case.pk).update(closed_at=long_ago)
    assert "messages on it are not read any more" in told_to_them(case)
    refused = Client().post(link_to(case), {"text": "And now?"})
    assert "closed some time ago" in words(page(refused, 422))


def test_files_are_sent_and_had_back_by_the_link_alone(case: Case) -> None:
    file = SimpleUploadedFile("plan.txt", b"A plan", "text/plain")
    Client().post(link_to(case), {"text": "Here it is.", "attachments": [file]})
    tree = page(Client().get(link_to(case)))
    assert Client().get(links(tree)["plan.txt"]).getvalue() == b"A plan"
    note = write_note(case, text="x", by=colleague_on(case), at=now())
    kept = Entry.objects.filter(case=case, text="Here it is.").get().attached.get()
    kept.pk, kept.entry = None, note
    kept.save(force_insert=True)
    link = FollowLink.objects.filter(case=case).latest("id")
    assert Client().get(address_of(link, "progress_file", file=kept.pk)).status_code == 404


def test_a_refused_file_leaves_no_message(case: Case) -> None:
    bad = SimpleUploadedFile("bad.exe", b"MZ\x90\x00", "text/plain")
    refused = Client().post(link_to(case), {"text": "Here it is.", "attachments": [bad]})
    assert refused.status_code == 422
    assert not case.entries.filter(text="Here it is.").exists()


def test_a_link_ends_by_itself_and_a_newer_one_ends_it(case: Case) -> None:
    first = link_to(case)
    make_link(case, person=case.requester, sent_to="ffion@borth.example", at=now())
    assert "This link has ended" in words(page(Client().get(first), 410))
    FollowLink.objects.filter(case=case).update(expires_at=now(), made_at=now() - LINK_LASTS)
    assert Client().get(link_to(case)).status_code == 410
    assert Client().get(reverse("progress", args=["nobody.signed"])).status_code == 404


def test_a_new_link_goes_only_to_the_address_that_is_known(case: Case) -> None:
    before = Letter.objects.count()
    said = []
    for email in ("nobody@elsewhere.example", "FFION@borth.example"):
        given = {"reference": case.reference.lower(), "email": email}
        response = Client().post(reverse("send_link"), given, follow=True)
        said.append(words(page(response)))
    assert said[0] == said[1]
    assert Letter.objects.count() == before + 1
    assert Letter.objects.latest("id").to_address == "ffion@borth.example"


def test_of_a_merged_case_they_follow_the_one_that_goes_on(case: Case) -> None:
    into = make_case(service=case.service, requester=case.requester, title="The first time")
    merge_case(case, into=into, by=colleague_on(case), at=now())
    assert into.reference in told_to_them(case)
    other = make_case(service=case.service, requester=make_person(full_name="Other"), title="Quillon")
    Case.objects.filter(pk=case.pk).update(merged_into=other)
    assert "Quillon" not in told_to_them(case)


def test_staff_see_their_own_requests_and_nobody_elses() -> None:
    account = make_account(person=make_person(full_name="Owain Bello"))
    mine = make_case(title="My chair", requester=account.person)
    make_case(title="Quillon chair", requester=make_person(full_name="Other"))
    hidden = make_case(title="Quillon about me", requester=account.person, confidentiality=Case.SEALED)
    client = signed_in_as(account)
    told = words(page(client.get(reverse("own_requests"))))
    assert "My chair" in told
    assert "Quillon" not in told
    client.post(reverse("own_request", args=[mine.reference]), {"text": "Any news?"})
    assert mine.entries.filter(text="Any news?").exists()
    assert client.get(reverse("own_request", args=[hidden.reference])).status_code == 404


def test_the_list_of_ones_own_asks_as_often_for_many_as_for_few(django_assert_max_num_queries: Any) -> None:
    account = make_account(person=make_person(full_name="Owain Bello"))
    client = signed_in_as(account)
    for number in range(15):
        make_case(title=f"Chair {number}", requester=account.person)
    client.get(reverse("own_requests"))
    with django_assert_max_num_queries(9):
        client.get(reverse("own_requests"))


def test_an_account_without_a_person_is_told_why_there_is_nothing() -> None:
    told = words(page(signed_in_as(make_account()).get(reverse("own_requests"))))
    assert "not tied to a person" in told


def test_a_restricted_case_is_asked_for_and_followed_like_any_other() -> None:
    anybody = Client()
    case = send(anybody, make_public_service(confidentiality=Case.RESTRICTED))
    asked = Request.objects.get(case=case)
    assert case.reference in words(page(anybody.get(address_of_form(asked, "ask_sent"))))
    assert "We have your request" in told_to_them(case)
    anybody.post(link_to(case), {"text": "One thing more."})
    assert "One thing more." in told_to_them(case)
