"""Contracts in Word: files that come in by version, and are filled in for somebody who is offered a job."""

import datetime as dt
import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.models import Entry
from moothall.core.clock import now, today
from moothall.people.models import Account, Team
from moothall.people.tests.make import AT, make_account, make_team
from moothall.people.tests.pages import page, signed_in_as, words
from moothall.records.rules.documents import read_document
from moothall.records.rules.refusals import CouldRun, UnpacksTooLarge
from moothall.recruitment.models import Applicant, Application, Contract, ContractTemplate, Offer
from moothall.recruitment.rules import contracts
from moothall.recruitment.rules.contract_refusals import (
    CannotBeFilled,
    ContractThere,
    Dangerous,
    NoContract,
    NotKnown,
    NotWord,
    OfferGone,
    UnknownFields,
)
from moothall.recruitment.rules.word_files import words_of

from .make import make_application, make_campaign, make_recruiter
from .make_contracts import ENGLISH, WELSH, changed, make_template, named, word_file

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
RELATIONS = b"</Relationships>"
OUTSIDE = (
    b'<Relationship Id="rId99" Type="http://x.example/%s" Target="%s" TargetMode="External"/></Relationships>'
)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def by(team: Team) -> Account:
    return make_recruiter(team=team)


def offered(team: Team, *, language: str = "en", **changes: Any) -> Offer:
    application = make_application(make_campaign(team=team))
    Application.objects.filter(pk=application.pk).update(language=language)
    given: dict[str, Any] = {
        "kind": Offer.CONDITIONAL, "job": "Clerk & driver", "job_cy": "Clerc", "grade": "D",
        "hours": Decimal(37), "pay": "£25,000 <a year>", "answer_by": AT.date() + 9 * DAY, "made_at": AT,
    }  # fmt: skip
    made = Offer.objects.create(application=application, **given | changes)
    return Offer.objects.in_full().get(pk=made.pk)


def uploaded(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("c.docx", word_file(text))


def said(contract: Contract) -> str:
    return "\n".join(words_of(read_document(contract.document)))


def test_a_contract_says_what_was_offered_to_whom_and_is_kept_with_the_application(
    team: Team, by: Account
) -> None:
    offer = offered(team)
    template = make_template(word_file(ENGLISH, footer="Grade {{ offer.grade }}", pieces=True))
    assert template.fields == ["person.name", "offer.job", "offer.pay", "offer.grade"]
    [made] = contracts.make_contract(offer, template=template, send=False, by=by, at=AT)
    name = offer.application.applicant.person.full_name
    assert said(made) == f"Contract of {name} as Clerk & driver, £25,000 <a year>"
    entry = Entry.objects.get(case=offer.application.case_id, attached__document=made.document)
    assert entry.kind == Entry.NOTE
    assert made.letter is None


def test_whoever_is_written_to_in_welsh_has_it_in_both_languages_and_gets_it_by_letter(
    team: Team, by: Account
) -> None:
    offer = offered(team, language="cy")
    template = make_template(welsh=word_file(WELSH))
    welsh, english = contracts.make_contract(offer, template=template, send=True, by=by, at=AT)
    assert "fel Clerc" in said(welsh)
    assert "as Clerk & driver" in said(english)
    letter = Contract.objects.get(pk=welsh.pk).letter
    assert letter is not None
    assert letter.language == "cy"
    assert {each.pk for each in letter.documents.all()} == {welsh.document_id, english.document_id}
    assert contracts.languages_for(offered(team), template) == ["en"]


def test_an_offer_has_one_contract_until_that_is_taken_back(team: Team, by: Account) -> None:
    offer, template = offered(team), make_template()
    [first] = contracts.make_contract(offer, template=template, send=False, by=by, at=AT)
    with pytest.raises(ContractThere):
        contracts.make_contract(offer, template=template, send=False, by=by, at=AT)
    contracts.take_back_contract(first, by=by, at=AT)
    with pytest.raises(NoContract):
        contracts.take_back_contract(first, by=by, at=AT)
    contracts.make_contract(offer, template=template, send=False, by=by, at=AT)
    Offer.objects.filter(pk=offer.pk).update(declined_at=AT)
    with pytest.raises(OfferGone):
        contracts.make_contract(offer, template=template, send=False, by=by, at=AT)


def test_what_is_not_known_is_named_and_what_may_be_empty_is_left_out(team: Team, by: Account) -> None:
    offer = offered(team)
    with pytest.raises(NotKnown, match=r"offer\.starts"):
        contracts.make_contract(
            offer, template=make_template(word_file("From {{ offer.starts }}")), send=False, by=by, at=AT
        )
    text = "Clerk{% if offer.starts %} from {{ offer.starts }}{% else %}, soon{% endif %}"
    template = make_template(word_file(text))
    [made] = contracts.make_contract(offer, template=template, send=False, by=by, at=AT)
    assert said(made) == "Clerk, soon"


def test_what_comes_from_a_record_is_never_read_as_a_field(team: Team, by: Account) -> None:
    offer = offered(team, job="{{ offer.grade }}{% if 1 %}")
    [made] = contracts.make_contract(
        offer, template=make_template(word_file("{{ offer.job }}")), send=False, by=by, at=AT
    )
    assert said(made) == "{{ offer.grade }}{% if 1 %}"


def test_a_version_counts_from_its_day_and_the_one_before_it_counts_again_without_it(by: Account) -> None:
    first = make_template(name="Staff", from_on=AT.date() - 9 * DAY)
    second = make_template(name="staff", from_on=AT.date() + 9 * DAY)
    assert (first.version, second.version, second.name) == (1, 2, "Staff")
    current = ContractTemplate.objects.current
    assert [list(current(AT.date() + days * DAY)) for days in (-20, 0, 9)] == [[], [first], [second]]
    contracts.retire_contract_template(second, by=by, at=AT)
    assert list(current(AT.date() + 9 * DAY)) == [first]
    contracts.restore_contract_template(second, by=by, at=AT)
    assert list(current(AT.date() + 9 * DAY)) == [second]


@pytest.mark.parametrize(
    ("text", "refusal", "named_in_it"),
    [
        ("{{ offer.salary }} {{ person.age }}", UnknownFields, r"offer\.salary, person\.age"),
        ("{{ name }}", UnknownFields, "name"),
        ("{% if person.age %}x{% endif %}", UnknownFields, r"person\.age"),
        ("{{ offer.job|upper }}", CannotBeFilled, "filter"),
        ("{{ offer.__class__.__mro__[1] }}", CannotBeFilled, "getitem"),
        ("{{ offer.job() }}", CannotBeFilled, "call"),
        ("{% for x in offer.job %}x{% endfor %}", CannotBeFilled, "for"),
        ("{% set x = 1 %}", CannotBeFilled, "assign"),
        ("{{ 9 ** 9 }}", CannotBeFilled, "pow"),
        ("{% include 'x' %}", CannotBeFilled, "include"),
        ("{{ offer.job", CannotBeFilled, "curly"),
        ("{{r offer.job }}", CannotBeFilled, "r"),
    ],
)  # fmt: skip
def test_a_file_that_is_more_than_fields_is_refused_by_name(
    text: str, refusal: type[Exception], named_in_it: str
) -> None:
    for content in (word_file(text), word_file("x", footer=text)):
        with pytest.raises(refusal, match=named_in_it):
            make_template(content)
    assert not ContractTemplate.objects.exists()


def test_an_unknown_field_of_the_welsh_file_is_refused_too() -> None:
    with pytest.raises(UnknownFields, match="Cymraeg"):
        make_template(welsh=word_file("{{ offer.salary }}"))


FETCHES = b"<w:instrText> INCLUDETEXT x </w:instrText>"


@pytest.mark.parametrize(
    ("parts", "replace"),
    [
        ({"word/embeddings/one.xlsx": b"x"}, {}),
        ({"word/activeX/one.xml": b"<x/>"}, {}),
        ({}, {RELATIONS: OUTSIDE % (b"attachedTemplate", b"https://x.example/t.dotx")}),
        ({}, {RELATIONS: OUTSIDE % (b"image", b"https://x.example/seen.png")}),
        ({}, {RELATIONS: OUTSIDE % (b"hyperlink", b"file://host/share")}),
        ({}, {b"<w:body>": b"<w:body><w:p><w:r>" + FETCHES + b"</w:r></w:p>"}),
        ({"word/more.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}, {}),
        ({"word/more.xml": b"<x"}, {}),
    ],
)
def test_a_file_that_runs_something_or_fetches_something_is_refused(
    parts: dict[str, bytes], replace: dict[bytes, bytes]
) -> None:
    with pytest.raises(Dangerous):
        make_template(changed(word_file("x"), parts, replace=replace))


def test_a_link_that_a_reader_clicks_on_is_let_in() -> None:
    link = OUTSIDE % (b"hyperlink", b"https://x.example/")
    assert make_template(changed(word_file("x"), {}, replace={RELATIONS: link})).pk


def test_macros_bombs_and_other_kinds_of_file_are_refused_at_the_gate(by: Account) -> None:
    with pytest.raises(CouldRun):
        make_template(changed(word_file("x"), {"word/vbaProject.bin": b"x"}))
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 60_000_000)
    with pytest.raises(UnpacksTooLarge):
        make_template(bomb.getvalue())
    given: dict[str, Any] = {"name": "X", "name_cy": "", "from_on": AT.date(), "by": by, "at": AT}
    with pytest.raises(NotWord):
        contracts.add_contract_template(file_en=named(b"plain", "contract.txt"), file_cy=None, **given)


def test_it_is_sent_in_looked_at_made_read_and_taken_back_on_pages(team: Team, by: Account) -> None:
    office = make_account("letters.templates")
    desk, offer = signed_in_as(office), offered(team, made_at=now())
    empty = words(page(desk.get(reverse("contract_templates"))))
    assert "No contract yet" in empty
    assert "{{ offer.job }}" in empty
    form = reverse("add_contract_template")
    typed: dict[str, Any] = {"name": "Staff", "from_on": today().strftime("%d/%m/%Y")}
    wrong = desk.post(form, typed | {"file_en": uploaded("{{ offer.salary }}")})
    assert wrong.status_code == 422
    assert "offer.salary" in wrong.text
    right = desk.post(form, typed | {"file_en": uploaded(ENGLISH)}, follow=True)
    assert "Counts today" in words(page(right))
    runner = signed_in_as(by)
    shown = reverse("application", args=[offer.application_id])
    address = reverse("make_contract", args=[offer.application_id, offer.pk])
    assert address in runner.get(shown).text
    chosen = {"template": str(ContractTemplate.objects.get().pk)}
    assert "as Clerk & driver" in words(page(runner.post(address, chosen | {"look": "1"})))
    assert not Contract.objects.exists()
    made = words(page(runner.post(address, chosen | {"make": "1"}, follow=True)))
    assert "kept with the application" in made
    contract = Contract.objects.get()
    file = runner.get(reverse("contract_file", args=[offer.application_id, contract.pk]))
    assert file["Content-Disposition"].startswith("attachment")
    assert "as Clerk & driver" in "\n".join(words_of(file.getvalue()))
    gone = runner.post(reverse("take_back_contract", args=[offer.application_id, contract.pk]), follow=True)
    assert "another can be made" in words(page(gone))


def test_the_list_of_contracts_asks_as_often_for_many_as_for_one(django_assert_num_queries: Any) -> None:
    desk = signed_in_as(make_account("letters.templates"))
    make_template()
    address = reverse("contract_templates")
    desk.get(address)
    with CaptureQueriesContext(connection) as few:
        desk.get(address)
    for _each in range(4):
        make_template(welsh=word_file(WELSH))
    with django_assert_num_queries(len(few)):
        desk.get(address)


def test_nobody_elsewhere_reads_a_contract(team: Team, by: Account) -> None:
    offer = offered(team)
    [made] = contracts.make_contract(offer, template=make_template(), send=False, by=by, at=AT)
    assert Applicant.objects.exists()
    elsewhere = signed_in_as(make_recruiter(team=make_team()))
    address = reverse("contract_file", args=[offer.application_id, made.pk])
    assert elsewhere.get(address).status_code == 404
