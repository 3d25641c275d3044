"""Personal details: asked for by the person, decided by another, made once on their day."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.tests.make import make_service
from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.models import Account, ContactPoint
from moothall.people.rules.contact_points import add_contact_point
from moothall.people.tests.make import AT, make_account, make_person
from moothall.workforce.models import DetailChange, DetailKind, Employment, FileClass, PersonnelDocument
from moothall.workforce.rules.details.applying import ChangedSince, apply_what_is_due
from moothall.workforce.rules.details.asking import (
    DecidedAlready,
    NothingNew,
    OneWaits,
    PaperNeeded,
    ask_for_change,
    withdraw_change,
)
from moothall.workforce.rules.details.deciding import (
    NotYourOwn,
    approve_change,
    refuse_change,
    undo_approval,
)

from .make import make_employment
from .test_pages import KEEPS, browser, said

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def make_detail_kind(changes: str, way: str = DetailKind.APPROVAL) -> DetailKind:
    filed, _made = FileClass.objects.get_or_create(
        key="certificate", defaults={"name": "Certificate", "own_sees": True}
    )
    key = changes.lower().replace("_", "-")
    return DetailKind.objects.create(
        key=key, name=key.title(), changes=changes, way=way, report="Tell Vetting.",
        reported_by=["police_officer"], evidence_class=filed if way == DetailKind.EVIDENCE else None,
    )  # fmt: skip


@pytest.fixture
def somebody() -> tuple[Account, Employment]:
    account = make_account()
    person = make_person(full_name="Nia Old", given_name="Nia", family_name="Old")
    employment = make_employment(person, account=account, workforce="police_officer")
    add_contact_point(person, kind="EMAIL", value="nia@old.example", by=None, at=AT)
    return account, employment


def ask(
    employment: Employment, kind: DetailKind, after: str, account: Account, **more: object
) -> DetailChange:
    given = {"from_on": today(), "today": today()} | more
    return ask_for_change(employment, kind=kind, after=after, by=account, at=now(), **given)  # type: ignore[arg-type]


def test_what_needs_nobodys_word_is_changed_at_once(somebody: tuple[Account, Employment]) -> None:
    account, employment = somebody
    change = ask(employment, make_detail_kind("PHONE", DetailKind.AT_ONCE), "01632 960123", account)
    assert change.applied_at is not None
    assert ContactPoint.objects.get(person=employment.person, kind="PHONE").preferred
    letter = Letter.objects.get()
    assert "Tell Vetting." in letter.body
    with pytest.raises(NothingNew):
        ask(employment, change.kind, "01632 960123", account)


def test_an_address_waits_for_another_who_sees_old_and_new(somebody: tuple[Account, Employment]) -> None:
    account, employment = somebody
    add_contact_point(employment.person, kind="POST", value="1 Old Road\nAB1 2CD", by=None, at=AT)
    change = ask(employment, make_detail_kind("ADDRESS"), "2 New Road\nEF3 4GH", account)
    with pytest.raises(OneWaits):
        ask(employment, change.kind, "3 New Road\nEF3 4GH", account)
    keeper = make_account(*KEEPS)
    page = said(browser(keeper), "detail_change", change.pk)
    assert "1 Old Road" in page
    assert "2 New Road" in page
    browser(keeper).post(reverse("approve_detail_change", args=[change.pk]))
    point = ContactPoint.objects.get(person=employment.person, kind="POST", preferred=True)
    assert point.value.startswith("2 New Road")
    assert Letter.objects.count() == 1


def test_nobody_decides_on_their_own(somebody: tuple[Account, Employment]) -> None:
    account, employment = somebody
    change = ask(employment, make_detail_kind("ADDRESS"), "2 New Road\nEF3 4GH", account)
    with pytest.raises(NotYourOwn):
        approve_change(change, by=account, at=now(), today=today())
    with pytest.raises(IntegrityError), transaction.atomic():
        DetailChange.objects.filter(pk=change.pk).update(accepted=True, decided_at=now(), decided_by=account)


def test_a_name_needs_a_paper_that_goes_into_the_file(somebody: tuple[Account, Employment]) -> None:
    account, employment = somebody
    kind = make_detail_kind("NAME", DetailKind.EVIDENCE)
    with pytest.raises(PaperNeeded):
        ask(employment, kind, "Nia New", account)
    client = browser(account)
    paper = SimpleUploadedFile("certificate.pdf", PDF, content_type="application/pdf")
    sent = {"given_name": "Nia", "family_name": "New", "from_on": "today", "evidence": paper}
    client.post(reverse("change_my_detail", args=[kind.key]), sent)
    change = DetailChange.objects.get()
    approve_change(change, by=make_account(*KEEPS), at=now(), today=today())
    employment.person.refresh_from_db()
    assert (employment.person.full_name, employment.person.family_name) == ("Nia New", "New")
    assert PersonnelDocument.objects.get().employment == employment
    assert "Made" in said(client, "my_details")


def test_of_two_people_one_decides(somebody: tuple[Account, Employment]) -> None:
    account, employment = somebody
    change = ask(employment, make_detail_kind("ADDRESS"), "2 New Road\nEF3 4GH", account)
    refuse_change(change, because="No such road", by=make_account(), at=now())
    with pytest.raises(DecidedAlready):
        approve_change(change, by=make_account(), at=now(), today=today())
    assert "No such road" in said(browser(account), "my_details")


def test_a_change_for_a_later_day_is_made_on_it_once(somebody: tuple[Account, Employment]) -> None:
    account, employment = somebody
    day = today() + dt.timedelta(days=5)
    change = ask(employment, make_detail_kind("KNOWN_AS"), "Ninny", account, from_on=day)
    approve_change(change, by=make_account(), at=now(), today=today())
    assert apply_what_is_due(at=now(), today=day - dt.timedelta(days=1)) == 0
    assert apply_what_is_due(at=now(), today=day) == 1
    assert apply_what_is_due(at=now(), today=day) == 0
    employment.person.refresh_from_db()
    assert employment.person.known_as == "Ninny"
    assert Letter.objects.count() == 1


def test_an_approval_is_taken_back_where_nothing_changed_since(somebody: tuple[Account, Employment]) -> None:
    account, employment = somebody
    keeper = make_account()
    change = ask(employment, make_detail_kind("KNOWN_AS"), "Ninny", account)
    approve_change(change, by=keeper, at=now(), today=today())
    undo_approval(change, by=keeper, at=now())
    employment.person.refresh_from_db()
    assert employment.person.known_as == ""
    again = ask(employment, change.kind, "Nin", account)
    approve_change(again, by=keeper, at=now(), today=today())
    third = ask(employment, change.kind, "Ni", account)
    approve_change(third, by=keeper, at=now(), today=today())
    with pytest.raises(ChangedSince):
        undo_approval(again, by=keeper, at=now())


def test_a_change_of_mail_is_told_where_the_old_one_is_read(somebody: tuple[Account, Employment]) -> None:
    account, employment = somebody
    change = ask(employment, make_detail_kind("EMAIL"), "nia@new.example", account)
    approve_change(change, by=make_account(), at=now(), today=today())
    assert Letter.objects.get().to_address == "nia@old.example"


def test_a_case_is_opened_where_the_office_has_the_service(somebody: tuple[Account, Employment]) -> None:
    account, employment = somebody
    make_service(
        key="personal_change",
        name="Personal detail change",
        outcomes=(OutcomeDefinition("applied", "Applied"), OutcomeDefinition("refused", "Refused")),
    )
    change = ask(employment, make_detail_kind("ADDRESS"), "2 New Road\nEF3 4GH", account)
    assert change.case is not None
    assert "New Road" not in change.case.title
    withdraw_change(change, by=account, at=now())
    change.case.refresh_from_db()
    assert change.case.is_closed
    with pytest.raises(DecidedAlready):
        withdraw_change(change, by=account, at=now())


def test_the_list_asks_as_often_for_many_as_for_few() -> None:
    kind, client, counts = make_detail_kind("KNOWN_AS"), browser(make_account(*KEEPS)), []
    said(client, "detail_changes")
    for number in (2, 6):
        for _each in range(number):
            account = make_account()
            ask(make_employment(account=account), kind, "Other", account)
        with CaptureQueriesContext(connection) as asked:
            said(client, "detail_changes")
        counts.append(len(asked))
    assert counts[0] == counts[1]
