"""The pages of pathways: from nothing to a planned cohort, one's own way, a tutor's students."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.training.models import Cohort, Pathway, PathwayTutor, PlacementHost, SignOff, Student
from moothall.training.rules.pathways.cohorts import join_cohort, plan_cohort
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_skill

from .make import make_course, make_keeper
from .make_pathways import (
    WEEK,
    furnish,
    make_cohort,
    make_district,
    make_host,
    make_pathway,
    make_tutor,
    make_tutor_who_signs_in,
)

pytestmark = pytest.mark.django_db


def monday(weeks: int = 4) -> str:
    day = today()
    return (day - day.weekday() * WEEK / 7 + weeks * WEEK).strftime("%d/%m/%Y")


def cohort_now(size: int = 3, pathway: Pathway | None = None) -> Cohort:
    """Planned from today's day on, as pages look at it."""
    first = today() - today().weekday() * WEEK / 7 + 4 * WEEK
    cohort = make_cohort(pathway, starts_on=first, today=today(), at=now())
    grow(cohort, size)
    furnish(cohort.pathway)
    plan_cohort(cohort, by=None, at=now(), today=today())
    return cohort


def grow(cohort: Cohort, size: int, account: Account | None = None) -> list[Student]:
    people = [make_employment(account=account) for _n in range(size)]
    return join_cohort(cohort, people, district=make_district(), by=None, at=now())


def counted(client: Client, address: str) -> Callable[[], int]:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    return queries


def test_a_pathway_is_typed_a_cohort_opened_joined_planned_and_told(client: Client) -> None:
    skill, course = make_skill(), make_course()
    client.force_login(make_keeper())
    lines = (
        f"Law / Y gyfraith; 2; taught; {skill.key}\n- Powers; assessment; 1; {course.key}\nPatrol; 3; tutored"
    )
    form = {
        "name": "Student officer", "group_size": "20", "spare": "2", "rooms": "3", "most_minutes": "60",
        "modules": lines,
    }  # fmt: skip
    wrong = client.post(reverse("add_training_pathway"), form | {"modules": "- Powers"})
    assert wrong.status_code == 422
    assert "Line 1" in wrong.text
    page = client.post(reverse("add_training_pathway"), form, follow=True)
    assert "Powers" in page.text
    pathway = Pathway.objects.get()
    assert [each.weeks for each in pathway.modules.all()] == [2, 3]
    again = client.get(reverse("change_training_pathway", args=[pathway.key]))
    assert f"Law / Y gyfraith; 2; taught; {skill.key}" in again.text
    given = {"pathway": pathway.pk, "name": "2027/A", "starts_on": monday()}
    page = client.post(reverse("open_training_cohort"), given, follow=True)
    assert "Nobody is in this cohort yet" in page.text
    cohort = Cohort.objects.get()
    numbers = " ".join(make_employment().number for _n in range(3))
    address = reverse("join_training_cohort", args=[cohort.pk])
    page = client.post(address, {"numbers": numbers, "district": make_district().pk}, follow=True)
    assert "Not planned yet" in page.text
    furnish(pathway)
    page = client.post(reverse("plan_training_cohort", args=[cohort.pk]), follow=True)
    assert "Planned: everybody has" in page.text
    assert "Tell students and hosts" in page.text
    page = client.post(reverse("tell_training_cohort", args=[cohort.pk]), follow=True)
    assert "3 placements were told" in page.text
    assert "2027/A" in client.get(reverse("training_cohorts")).text


def test_a_tutor_signs_off_with_one_press_and_takes_it_back(client: Client) -> None:
    account, _tutor = make_tutor_who_signs_in()
    cohort = cohort_now(2)
    student = cohort.students.first()
    assert student is not None
    client.force_login(account)
    assert student.employment.person.full_name in client.get(reverse("my_students")).text
    page = client.get(reverse("student", args=[student.pk]))
    assert "Sign off" in page.text
    assert "Take a module again" not in page.text
    item = cohort.pathway.modules.get(number=1).items.get()
    address = reverse("sign_off_item", args=[student.pk, item.pk])
    page = client.post(address, {"result": "PASSED"}, follow=True)
    assert "1 of 3 signed off" in page.text
    signed = SignOff.objects.get()
    page = client.post(reverse("take_back_sign_off", args=[signed.pk]), follow=True)
    assert "0 of 3 signed off" in page.text
    client.force_login(make_employment_account())
    assert client.get(reverse("student", args=[student.pk])).status_code == 404
    assert client.post(address, {"result": "PASSED"}).status_code == 404


def make_employment_account() -> Account:
    account = make_account()
    make_employment(account=account)
    return account


def test_the_student_sees_their_own_way_in_their_language(client: Client) -> None:
    account = make_employment_account()
    client.force_login(account)
    assert "You are on no pathway" in client.get(reverse("my_pathway")).text
    cohort = make_cohort(starts_on=today() - today().weekday() * WEEK / 7 + 4 * WEEK, today=today())
    [student] = join_cohort(
        cohort, list(Employment.objects.of_account(account)), district=make_district(), by=None, at=now()
    )
    furnish(cohort.pathway)
    plan_cohort(cohort, by=None, at=now(), today=today())
    page = client.get(reverse("my_pathway")).text
    assert "Community" in page
    assert "Sign off" not in page
    account.language = "cy"
    account.save(update_fields=["language"])
    assert "Y gyfraith" in client.get(reverse("my_pathway")).text
    assert client.get(reverse("student", args=[student.pk])).status_code == 200


def test_hosts_and_tutors_are_kept_and_taken_out_and_put_back(client: Client) -> None:
    client.force_login(make_keeper())
    district = make_district()
    form = {"name": "Foodbank", "district": district.pk, "places": "3", "language": "en"}
    page = client.post(reverse("add_placement_host"), form, follow=True)
    assert "Foodbank" in page.text
    host = PlacementHost.objects.get()
    client.post(reverse("change_placement_host", args=[host.pk]), form | {"places": "5"})
    host.refresh_from_db()
    assert host.places == 5
    page = client.post(reverse("retire_placement_host", args=[host.pk]), follow=True)
    assert "Take nobody any more" in page.text
    client.post(reverse("retire_placement_host", args=[host.pk]))
    given = {"number": make_employment().number, "district": district.pk, "most": "2"}
    assert "tutor now" in client.post(reverse("add_pathway_tutor"), given, follow=True).text
    tutor = PathwayTutor.objects.get()
    client.post(reverse("stop_pathway_tutor", args=[tutor.pk]))
    assert "No tutor yet" in client.get(reverse("pathway_tutors")).text


def test_a_student_is_moved_leaves_returns_and_another_host_is_chosen(client: Client) -> None:
    cohort = cohort_now(2)
    student = cohort.students.first()
    assert student is not None
    client.force_login(make_keeper())
    address = reverse("recourse_student", args=[student.pk])
    module = cohort.pathway.modules.get(number=1)
    refused = client.post(address, {"module": module.pk, "because": "Ill"})
    assert "No later group" in refused.text
    end = {"on": today().strftime("%d/%m/%Y"), "because": "Another job"}
    page = client.post(reverse("end_studies", args=[student.pk]), end, follow=True)
    assert "Put them back on the way" in page.text
    client.post(reverse("return_to_pathway", args=[student.pk]))
    host = make_host()
    attachment = student.attachments.get(module__number=2)
    page = client.post(reverse("change_attachment", args=[attachment.pk]), {"taker": host.pk}, follow=True)
    assert host.name in page.text
    page = client.post(reverse("confirm_student", args=[student.pk]), follow=True)
    assert "not signed off yet" in page.text


def test_lists_take_as_many_queries_for_many_as_for_few(client: Client) -> None:
    pathway = make_pathway(group_size=50)
    cohort = cohort_now(1, pathway)
    client.force_login(make_keeper())
    names = ("training_cohorts", "placement_hosts", "pathway_tutors")
    pages = [counted(client, reverse(name)) for name in names]
    pages.append(counted(client, reverse("training_cohort", args=[cohort.pk])))
    for ask in pages:
        ask()
    few = [ask() for ask in pages]
    grow(cohort, 8)
    plan_cohort(cohort, by=None, at=now(), today=today())
    for _number in range(3):
        make_host()
        make_tutor()
        make_cohort(pathway)
    assert [ask() for ask in pages] == few


def test_my_students_take_as_many_queries_for_many_as_for_few(client: Client) -> None:
    account, _tutor = make_tutor_who_signs_in(most=20)
    cohort = cohort_now(1, make_pathway(group_size=50))
    client.force_login(account)
    ask = counted(client, reverse("my_students"))
    ask()
    few = ask()
    grow(cohort, 8)
    plan_cohort(cohort, by=None, at=now(), today=today())
    assert ask() == few
