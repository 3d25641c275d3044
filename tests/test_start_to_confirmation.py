"""From an accepted offer to a confirmed officer, by the pages of all who have a part in it: staff records,
the training desk, the tutor and the student. Two apps have to do with it, so it stands with neither."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.credentials.models import Credential
from moothall.credentials.tests.make import make_kind as make_credential_kind
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_team
from moothall.people.tests.pages import page, signed_in_as, words
from moothall.recruitment.models import CheckKind, Offer
from moothall.recruitment.rules.check_cases import keep_clearance
from moothall.recruitment.tests.make_checks import make_checked
from moothall.training.models import Cohort, PathwayTutor, Student
from moothall.training.rules.pathways.beginners import lead_onto
from moothall.training.tests.make import make_keeper
from moothall.training.tests.make_pathways import (
    WEEK,
    furnish,
    make_cohort,
    make_district,
    make_pathway,
    make_tutor_who_signs_in,
)
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_post, make_unit

pytestmark = pytest.mark.django_db


def a_monday() -> dt.date:
    return today() - today().weekday() * WEEK / 7 + 4 * WEEK


def accepted() -> Offer:
    """Vetted until long after they are through; everything else is to be cleared yet."""
    application = make_checked(team=make_team())
    vetting = CheckKind.objects.get(key="vetting")
    CheckKind.objects.filter(pk=vetting.pk).update(credentials={"*": "vetting-rv"})
    make_credential_kind(key="vetting-rv", name="Recruitment vetting", second_check=True)
    keep_clearance(
        application, vetting, cleared=True, by=make_account(), at=now(), runs_out_on=today() + 500 * WEEK
    )
    return Offer.objects.create(
        application=application, kind=Offer.FINAL, job="Constable", grade="PC", hours=Decimal(40), pay="£1",
        made_at=now(), starts_on=a_monday(), answer_by=today() + WEEK, accepted_at=now(),
    )  # fmt: skip


def entered(records: Account, offer: Offer, district: str, number: str) -> None:
    post, unit = make_post(), make_unit()
    typed = {
        "number": number, "post": "Constable", "post-key": str(post.pk), "unit": "Response",
        "unit-key": str(unit.pk), "workforce": "police_officer", "ask_district": district,
    }  # fmt: skip
    address = reverse("enter_among_staff", args=[offer.application_id, offer.pk])
    desk = signed_in_as(records)
    assert "In which district do they live?" in words(page(desk.get(address)))
    assert desk.post(address, typed).status_code == 302


def in_a_cohort(desk: Client, cohort: Cohort, name: str) -> str:
    shown = words(page(desk.get(reverse("training_cohort", args=[cohort.pk]))))
    assert name in shown
    return shown


def test_a_student_goes_from_an_accepted_offer_to_confirmed_by_the_pages() -> None:
    offer, home = accepted(), make_district()
    name = offer.application.applicant.person.full_name
    keeper = make_keeper()
    pathway = make_pathway()
    lead_onto(pathway, routes=[offer.application.route.key], by=keeper, at=now())
    account, tutor = make_tutor_who_signs_in()
    furnish(pathway)
    cohort = make_cohort(pathway, starts_on=a_monday(), today=today(), at=now())
    desk = signed_in_as(keeper)
    assert "Not cleared yet" in in_a_cohort(desk, cohort, name)
    records = make_account("workforce.view", "workforce.edit", "cases.view")
    # entered by mistake with a wrong number, taken back, and entered again
    entered(records, offer, home.key, "W-1")
    back = reverse("take_back_start", args=[offer.application_id, offer.pk])
    assert signed_in_as(records).post(back).status_code == 302
    assert not Student.objects.exists()
    entered(records, offer, home.key, "S-1")
    person = Employment.objects.get(number="S-1").person
    held = Credential.objects.get(person=person, withdrawn_at=None)
    assert (held.kind.key, held.expires_on) == ("vetting-rv", today() + 500 * WEEK)
    student = Student.objects.get(employment__number="S-1")
    assert student.cohort == cohort
    in_a_cohort(desk, cohort, name)
    planned = desk.post(reverse("plan_training_cohort", args=[cohort.pk]), follow=True)
    assert "everybody has a group, a host and a tutor" in words(page(planned))
    told = desk.post(reverse("tell_training_cohort", args=[cohort.pk]), follow=True)
    assert "2 placements were told" in words(page(told))
    assert Letter.objects.exists()
    # neither is the start taken back any more, nor are they confirmed before everything is signed off
    assert signed_in_as(records).post(back).status_code == 409
    confirm = reverse("confirm_student", args=[student.pk])
    assert "not signed off yet" in desk.post(confirm, follow=True).text
    sign_everything_off(account, tutor, student)
    assert "onfirmed" in words(page(desk.post(confirm, follow=True)))
    student.refresh_from_db()
    assert student.state == Student.CONFIRMED
    assert Letter.objects.filter(person=person).exists()


def sign_everything_off(account: Account, tutor: PathwayTutor, student: Student) -> None:
    student.refresh_from_db()
    assert student.attachments.filter(tutor=tutor).exists()
    with_tutor = signed_in_as(account)
    assert student.employment.person.full_name in words(page(with_tutor.get(reverse("my_students"))))
    for module in student.cohort.pathway.modules.all():
        for item in module.items.all():
            address = reverse("sign_off_item", args=[student.pk, item.pk])
            assert with_tutor.post(address, {"result": "PASSED"}).status_code == 302
    assert "3 of 3 signed off" in words(page(with_tutor.get(reverse("student", args=[student.pk]))))
