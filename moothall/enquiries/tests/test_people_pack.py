"""The people services desk: it loads, speaks both languages, and its year has the rhythm of its desk."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from moothall.bookings.models import AppointmentKind
from moothall.cases.models import Case, CaseSearch, NamedSearch, Service
from moothall.cases.rules.definition import definition_of
from moothall.core.clock import in_london
from moothall.core.packs import Pack, load_pack
from moothall.enquiries.models import Contact, Mailbox
from moothall.enquiries.rules.demo.diary import Diary
from moothall.enquiries.rules.demo.office import read_office
from moothall.enquiries.rules.demo.rhythm import read_rhythm
from moothall.enquiries.rules.demo.samples import read_phrases, read_samples
from moothall.enquiries.rules.demo.year import Year
from moothall.enquiries.tests.test_learning_pack import english_only
from moothall.knowledge.models import Signpost
from moothall.letters.models import LetterTemplate, LetterText
from moothall.letters.rules.templates import warnings_about
from moothall.people.models import Account, ContactPoint, Person, PersonRole, Post, Role, Team
from moothall.people.rules.workforce import load_workforce
from moothall.workforce.models import Employment

AT = dt.datetime(2026, 11, 24, 11, 30, tzinfo=dt.UTC)
DESK = "people-services"
SCALE = 0.004
OF_OTHER_SAMPLES = {
    "student_officer", "council_vacancy", "police_constable", "transferee", "pcso", "special_constable",
    "apprentice", "volunteer_intern",
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Pack]:
    """A very small year, with few staff; loaded once for this file."""

    def few(doc: object, pack: Pack, progress: object) -> None:
        doc["people"] = 90  # type: ignore[index]
        load_workforce(doc, pack, progress)  # type: ignore[arg-type]

    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        patch("moothall.people.rules.pack.load_workforce", few),
        patch("moothall.enquiries.rules.demo.year.STANDINGS", ()),
    ):
        yield load_pack(DESK, at=AT, scale=SCALE, seed=7)
        transaction.set_rollback(True)


@pytest.fixture
def pack(loaded: Pack, django_db_blocker: DjangoDbBlocker) -> Iterator[Pack]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield loaded
        transaction.set_rollback(True)


def of_the_desk() -> list[Service]:
    teams = ["service-desk", "resourcing", "people-services", "employee-relations"]
    named = Service.objects.filter(desk=DESK, team__key__in=teams).order_by("key")
    return [service for service in named if definition_of(service.versions.get(current=True)).clocks]


def test_the_desk_has_its_services_mailboxes_letters_and_people(pack: Pack) -> None:
    assert {
        "pay-query", "leave-query", "absence-report", "fitness-statement", "medical-certificate",
        "details-change", "reference-request", "leaver-notice", "mover-notice", "vetting-query",
        "training-query", "desk-enquiry", "it-question",
    } <= {service.key for service in of_the_desk()}  # fmt: skip
    assert Mailbox.objects.get(key="people-desk").service.key == "desk-enquiry"
    assert Signpost.objects.filter(key="force-it").exists()
    assert not Team.objects.filter(lead=None, posts__isnull=False).exists()
    roles = {grant.role.key for account in Account.objects.all() for grant in account.grants.all()}
    assert {"coordinator", "lead", "team-manager", "head-of-service", "administrator"} <= roles


def test_complaints_have_two_stages_and_appointments_can_be_booked(pack: Pack) -> None:
    stages = {service.key: definition_of(service.versions.get(current=True)) for service in of_the_desk()}
    first, second = stages["desk-complaint"], stages["desk-complaint-review"]
    assert (first.complaint_stage, first.next_stage, second.complaint_stage) == (1, second.key, 2)
    assert AppointmentKind.objects.filter(team__key="service-desk").exists()


def test_whoever_leads_the_desk_keeps_its_articles_problems_and_results(pack: Pack) -> None:
    needed = {"knowledge.edit", "problems.manage", "satisfaction.view", "bookings.book"}
    for key in ("lead", "team-manager"):
        assert needed <= set(Role.objects.get(key=key).permissions)


def test_everything_people_outside_the_staff_read_is_there_in_welsh(pack: Pack) -> None:
    definitions = [definition_of(service.versions.get(current=True)) for service in of_the_desk()]
    assert [text for definition in definitions for text in english_only(definition)] == []
    assert not Post.objects.filter(title_cy="").exists()
    assert not LetterTemplate.objects.filter(name_cy="").exists()
    assert not Signpost.objects.filter(how_cy="").exists()
    warned = {text.template.key: warnings_about(text) for text in LetterText.objects.all()}
    assert {key: warnings for key, warnings in warned.items() if warnings} == {}


def test_every_letter_a_service_names_is_in_the_pack(pack: Pack) -> None:
    there = set(LetterTemplate.objects.values_list("key", flat=True))
    for service in of_the_desk():
        definition = definition_of(service.versions.get(current=True))
        steps = {letter for step in definition.steps for letter in step.letters}
        assert {*definition.letters, *steps, str(definition.acknowledgement)} <= there


def test_the_workforce_is_copied_and_more_only_for_a_larger_office(pack: Pack) -> None:
    made = PersonRole.objects.exclude(kind__key="staff").filter(organisation__kind="department")
    assert made.count() == 90
    assert made.filter(person__language="cy").exists()
    assert ContactPoint.objects.filter(value__endswith="@glannau-arian.example").count() >= 90
    addresses = ContactPoint.objects.filter(kind=ContactPoint.EMAIL).values_list("value", flat=True)
    assert all(address.isascii() for address in addresses)


def test_its_year_is_written_with_entries_clocks_words_and_contacts(pack: Pack) -> None:
    asked = Case.objects.filter(service__desk=DESK, parent_step=None)
    brought_in = asked.exclude(service__key__in=OF_OTHER_SAMPLES)
    assert brought_in.count() == round(36000 * SCALE)
    found = [*CaseSearch.objects.values_list("case", flat=True)]
    by_name = [*NamedSearch.objects.values_list("case", flat=True)]
    assert not Case.objects.exclude(confidentiality=Case.SEALED).exclude(pk__in=[*found, *by_name]).exists()
    assert set(Case.objects.filter(confidentiality=Case.RESTRICTED).values_list("pk", flat=True)) == set(
        by_name
    )
    assert Contact.objects.filter(led_to=None).exists()
    assert Case.objects.filter(status=Case.CLOSED, clocks__met_at__isnull=False).exists()
    kinds = set(PersonRole.objects.filter(person__cases__isnull=False).values_list("kind__key", flat=True))
    assert "officer" in kinds
    assert not Person.objects.filter(cases__isnull=False, roles__kind__key="staff").exists()


def test_everybody_who_works_for_the_force_has_a_staff_record(pack: Pack) -> None:
    working = PersonRole.objects.filter(organisation__kind="department").values("person")
    assert Employment.objects.filter(person__in=working).count() == 90
    assert not Person.objects.filter(pk__in=working, employments=None).exists()
    staff = Employment.objects.in_force(AT.date()).with_assignment(AT.date())
    assert all(each.main for each in staff)
    heads = [each for each in staff if each.main and each.main.manager is None]
    units = {each.main.unit_id for each in staff if each.main}
    assert len(heads) == len(units)
    assert staff.filter(workforce="police_officer").exists()
    for each in staff:
        assert each.main is not None
        assert each.main.manager is None or each.main.manager.ended_on is None


def test_a_second_loading_adds_no_second_year_and_nobody(pack: Pack) -> None:
    before = Case.objects.count(), Person.objects.count(), Contact.objects.count()
    with patch("moothall.people.rules.pack.load_workforce"):
        load_pack(DESK, at=AT + dt.timedelta(days=1), scale=SCALE)
    assert (Case.objects.count(), Person.objects.count(), Contact.objects.count()) == before


def test_a_year_has_thirty_six_thousand_contacts_and_peaks_of_nine_hundred_a_week(pack: Pack) -> None:
    rhythm = read_rhythm(pack.file("demo/year.yaml"), {service.key: 1 for service in of_the_desk()})
    diary = Diary(AT, rhythm)
    total = diary.weights[-1]
    shares = [after - before for before, after in zip([0.0, *diary.weights], diary.weights, strict=False)]
    weeks: Counter[tuple[int, int]] = Counter()
    for day, share in zip(diary.past, shares, strict=True):
        weeks[day.isocalendar()[:2]] += round(rhythm.cases * share / total)
    whole = [
        count for week, count in weeks.items() if sum(d.isocalendar()[:2] == week for d in diary.past) == 5
    ]
    assert sum(rhythm.services.values()) == rhythm.cases == 36000
    assert 670 <= sum(whole) / len(whole) <= 740
    assert 880 <= max(whole) <= 940


def test_each_day_is_the_same_whoever_writes_it(pack: Pack) -> None:
    year = another_year(pack)
    days = [day for day in year.days() if day.count]
    whole = [(each.at, each.sample.subject) for each in year._over_the_year()]
    by_day = [(each.at, each.sample.subject) for day in days for each in another_year(pack)._begun_on(day)]
    assert whole == by_day
    assert [in_london(at).date() for at, _subject in whole] == [
        day.day for day in days for _ in range(day.count)
    ]


def another_year(pack: Pack) -> Year:
    office = read_office(pack)
    phrases = pack.file("demo/phrases.yaml")
    assert phrases is not None
    samples = read_samples(pack, office.offered, office.signposts)
    return Year(replace(pack, seed=7), office, samples, read_phrases(phrases))
