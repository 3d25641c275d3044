"""Cases that belong together, and one that is split off another."""

import datetime as dt

import pytest
from django.db import transaction

from moothall.cases.models import Case, CaseLink, Entry
from moothall.cases.rules.access import set_confidentiality
from moothall.cases.rules.linking import LinkedAlready, SameCase, end_link, link_cases, split_case
from moothall.cases.rules.timeline import add_entry
from moothall.people.models import Account
from moothall.people.tests.make import make_person, make_team
from moothall.records.tests.make import make_document

from .make import AT, clock_of, later, make_case, make_manager, make_service, make_worker, verbs_about

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Account:
    return make_worker(team=make_team())


def test_two_cases_are_linked_once_whichever_way_round(worker: Account) -> None:
    case, other = make_case(), make_case()
    link_cases(case, other, kind=CaseLink.RELATED, by=worker, at=AT)
    for one, two in ((case, other), (other, case)):
        with pytest.raises(LinkedAlready):
            link_cases(one, two, kind=CaseLink.RELATED, by=worker, at=AT)
    link_cases(other, case, kind=CaseLink.DUPLICATE, by=worker, at=AT)
    assert CaseLink.objects.filter(ended_at=None).count() == 2


def test_a_case_is_not_linked_to_itself(worker: Account) -> None:
    case = make_case()
    with pytest.raises(SameCase):
        link_cases(case, Case.objects.get(pk=case.pk), kind=CaseLink.RELATED, by=worker, at=AT)


def test_a_link_that_was_ended_can_be_made_again(worker: Account) -> None:
    case, other = make_case(), make_case()
    link = link_cases(case, other, kind=CaseLink.RELATED, by=worker, at=AT)
    end_link(link, by=worker, at=later(hours=1))
    link.refresh_from_db()
    assert (link.ended_by, link.ended_at) == (worker, later(hours=1))
    link_cases(case, other, kind=CaseLink.RELATED, by=worker, at=later(hours=2))
    assert verbs_about(case) == ["cases.open", "cases.link", "cases.unlink", "cases.link"]


def make_asked(case: Case) -> Entry:
    """A message with a file that asks two things."""
    return add_entry(
        case, kind=Entry.MAIL_IN, at=later(days=-4), person=case.requester, subject="Two questions",
        text="May I have a place? And who mends the projector?", sender="Ffion <ffion@borth.example>",
        documents=[make_document(name="form.txt", at=AT)],
    )  # fmt: skip


def test_a_message_that_asks_two_things_becomes_two_cases_with_a_clock_each(worker: Account) -> None:
    person = make_person(language="cy")
    case = make_case(requester=person, language="cy", received_at=later(days=-4))
    asked = make_asked(case)
    new = split_case(case, entry=asked, service=make_service(), title="The projector", by=worker, at=AT)
    assert (new.title, new.requester, new.language) == ("The projector", person, "cy")
    assert (new.received_at, new.logged_at) == (asked.at, AT)
    assert clock_of(new).due_on == dt.date(2026, 12, 3)
    copy = new.entries.get(kind=Entry.MAIL_IN)
    assert (copy.text, copy.sender, copy.at) == (asked.text, asked.sender, asked.at)
    assert [file.name for file in copy.attached.all()] == ["form.txt"]
    assert case.entries.filter(kind=Entry.MAIL_IN).count() == 1
    assert CaseLink.objects.get(case=case, other=new).kind == CaseLink.SPLIT
    assert set(Case.objects.mentioning("projector")) == {case, new}


def test_what_is_split_off_a_restricted_case_is_seen_by_the_same_people(worker: Account) -> None:
    keeper = make_manager(team=make_team())
    case = make_case()
    set_confidentiality(case, level=Case.RESTRICTED, named=[worker], because="Private", by=keeper, at=AT)
    new = split_case(case, entry=make_asked(case), service=make_service(), title="B", by=keeper, at=AT)
    assert new.confidentiality == Case.RESTRICTED
    assert all(new in Case.objects.visible_to(each) for each in (worker, keeper))
    assert new not in Case.objects.visible_to(make_worker(team=new.team))


def test_a_split_that_fails_leaves_nothing_behind(worker: Account) -> None:
    case = make_case()
    service = make_service()
    service.retired_at = AT
    before = Case.objects.count()
    with pytest.raises(Exception, match="not offered"), transaction.atomic():
        split_case(case, entry=make_asked(case), service=service, title="B", by=worker, at=AT)
    assert Case.objects.count() == before
