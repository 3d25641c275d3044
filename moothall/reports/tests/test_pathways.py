"""Figures of pathways: they add up, each leads to what it counts, and they say what progress says."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import today
from moothall.people.tests.make import AT, make_account
from moothall.reports.rules.pathways import (
    AGAIN,
    FIGURES,
    STUDENTS,
    WAITING,
    cohorts_counted,
    count_pathways,
    students_of,
)
from moothall.training.models import Cohort, PathwayItem, SignOff, Student
from moothall.training.rules.pathways.progress import read_progress
from moothall.training.rules.pathways.signing import sign_off, take_back_sign_off
from moothall.training.rules.pathways.students import leave_pathway, recourse
from moothall.training.rules.pathways.waiting import unsigned
from moothall.training.tests.make import MONDAY, TODAY, make_keeper
from moothall.training.tests.make_pathways import WEEK, join, make_cohort, make_planned

pytestmark = pytest.mark.django_db
LATER = MONDAY + 8 * WEEK
"""When all modules are over, and what is due in each has passed."""


def numbers_of(cohort: Cohort, on: dt.date) -> dict[str, int]:
    [line] = count_pathways([cohort], on=on)
    return {figure.key: number for figure, number in line.values}


def seen(student: Student, item: PathwayItem, on: dt.date, *, result: str = SignOff.PASSED) -> SignOff:
    return sign_off(student, item, result=result, by=make_keeper(), at=AT, today=on, seen_on=on, note="Seen")


def test_a_cohort_that_has_not_begun_has_everybody_on_time() -> None:
    cohort = make_planned(3)
    assert numbers_of(cohort, TODAY) == {
        "students": 3, "on_time": 3, "late": 0, "unplanned": 0, "left": 0, "confirmed": 0, "waiting": 0,
        "again": 0,
    }  # fmt: skip
    late_joiner = join(cohort, 1)
    assert numbers_of(cohort, TODAY)["unplanned"] == len(late_joiner) == 1


def test_every_figure_is_the_sum_of_its_rows_and_says_what_progress_says() -> None:
    cohort = make_planned(4)
    first, second, third, _fourth = students = list(cohort.students.order_by("pk"))
    items = list(PathwayItem.objects.filter(module__pathway=cohort.pathway).order_by("module__number"))
    for item in items:
        seen(first, item, LATER)
    taken_back = seen(second, items[0], LATER)
    take_back_sign_off(taken_back, by=make_keeper(), at=AT)
    seen(second, items[1], LATER, result=SignOff.AGAIN)
    leave_pathway(third, because="Another career", on=TODAY, by=None, at=AT)
    numbers = numbers_of(cohort, LATER)
    assert numbers == {
        "students": 4, "on_time": 1, "late": 2, "unplanned": 0, "left": 1, "confirmed": 0, "waiting": 6,
        "again": 0,
    }  # fmt: skip
    for figure in FIGURES:
        if figure.key not in (WAITING, AGAIN):
            assert len(students_of(figure, [cohort.pk], on=LATER)) == numbers[figure.key]
    parts = ("on_time", "late", "unplanned", "left", "confirmed")
    assert numbers[STUDENTS] == sum(numbers[key] for key in parts)
    things = unsigned([cohort.pk], on=LATER)
    assert len(things) == numbers[WAITING]
    assert [each.again for each in things].count(True) == 1
    said = read_progress(
        list(Student.objects.in_full().filter(pk__in=[each.pk for each in students])), today=LATER
    )
    late = {(pk, state.item.pk) for pk, each in said.items() for state in each.late}
    assert {(each.student_id, each.item_id) for each in things if each.is_late(LATER)} == late


def test_who_takes_a_module_again_counts_where_they_came_from() -> None:
    cohort = make_planned(2)
    make_planned(2, pathway=cohort.pathway, starts_on=MONDAY + 3 * WEEK)
    student = cohort.students.order_by("pk")[0]
    law = cohort.pathway.modules.get(number=1)
    move = recourse(student, module=law, because="Seven weeks off sick", by=None, at=AT, today=TODAY)
    assert numbers_of(cohort, TODAY)[AGAIN] == 1
    assert numbers_of(cohort, TODAY)[STUDENTS] == 1
    assert numbers_of(move.to_cohort, TODAY)[STUDENTS] == 3
    assert list(cohorts_counted(on=MONDAY + 400 * WEEK)) == [move.to_cohort, cohort]


def test_the_pages_lead_from_each_number_to_its_rows_in_as_many_queries(client: Client) -> None:
    client.force_login(make_account("training.manage"))
    address = reverse("pathway_figures")
    assert "No cohort is open yet" in client.get(address).text
    begun = today() - dt.timedelta(days=today().weekday()) - 12 * WEEK
    cohort = make_planned(2, starts_on=begun, today=begun)
    page = client.get(address).text
    rows = reverse("pathway_figure_rows", args=[WAITING])
    assert f"{rows}?cohort={cohort.pk}" in page
    assert page.count(cohort.name) > 1
    there = client.get(rows, {"cohort": cohort.pk}).text
    assert "Powers explained" in there
    assert "6 rows." in there
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    with CaptureQueriesContext(connection) as few_rows:
        client.get(rows)
    for _number in range(3):
        make_planned(3, pathway=cohort.pathway, starts_on=begun, today=begun)
    with CaptureQueriesContext(connection) as many:
        client.get(address, {"pathway": cohort.pathway.key})
    with CaptureQueriesContext(connection) as many_rows:
        client.get(rows)
    assert len(many) <= len(few) + 1  # the pathway that was chosen
    assert len(many_rows) == len(few_rows)
    for figure in FIGURES:
        assert client.get(reverse("pathway_figure_rows", args=[figure.key])).status_code == 200
    assert client.get(rows, {"cohort": 999_999}).status_code == 404


def test_they_leave_as_a_file_that_is_written_down(client: Client) -> None:
    client.force_login(make_account("training.manage"))
    cohort = make_cohort()
    answer = client.post(reverse("export_pathway_figures"), {"kind": "csv"})
    assert "pathways-" in answer["Content-Disposition"]
    assert cohort.name in answer.content.decode("utf-8-sig")
    assert client.post(reverse("export_pathway_figures"), {"kind": "exe"}).status_code == 404


def test_the_cohort_page_leads_to_its_figures(client: Client) -> None:
    client.force_login(make_account("training.manage"))
    cohort = make_planned(2)
    page = client.get(reverse("training_cohort", args=[cohort.pk])).text
    assert f"{reverse('pathway_figure_rows', args=['late'])}?cohort={cohort.pk}" in page
