"""The case of a student: opened before they begin, its steps done as things are signed off."""

import pytest
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case, Entry, Service, Step
from moothall.cases.rules.definition import OutcomeDefinition, StepDefinition
from moothall.cases.tests.make import MANAGER, make_service
from moothall.people.tests.make import AT, make_account, make_team
from moothall.training.models import Cohort, Pathway, PathwayModule, SignOff, Student
from moothall.training.rules.pathways.case_steps import read_moments, say_moments
from moothall.training.rules.pathways.cohorts import tell_cohort
from moothall.training.rules.pathways.making import ItemPart, ModulePart, PathwayContent, add_pathway
from moothall.training.rules.pathways.refusals import NoSuchStep
from moothall.training.rules.pathways.signing import sign_off, take_back_sign_off
from moothall.training.rules.pathways.student_cases import BEFORE, go_on_with_cases
from moothall.training.rules.pathways.students import (
    confirm_student,
    leave_pathway,
    recourse,
    return_to_pathway,
)
from moothall.workforce.tests.make import make_skill

from .make import MONDAY, make_keeper
from .make_pathways import WEEK, make_planned

pytestmark = pytest.mark.django_db
MOMENTS = "begun: enrol; posted: post; confirmed: confirm=confirmed; left: resigned"
OUTCOMES = (OutcomeDefinition("confirmed", "Confirmed"), OutcomeDefinition("resigned", "Resigned"))


def make_student_service(**changes: str) -> Service:
    owner = make_team()
    done = (
        ("enrol", (), ()), ("law", ("enrol",), ("passed", "referred")), ("placed", ("enrol",), ()),
        ("post", ("law",), ()), ("tutor", ("post", "placed"), ("on_track",)),
        ("confirm", ("tutor",), ("confirmed",)),
    )  # fmt: skip
    steps = [
        StepDefinition(key, key.title(), owner=f"team:{owner.key}", target=5, after=after, outcomes=ends)
        for key, after, ends in done
    ]
    return make_service(*steps, team=owner, outcomes=OUTCOMES, clocks=(), subject="student", **changes)


def make_way(service: str) -> Pathway:
    modules = [
        ModulePart("Law", skill=make_skill(), items=[ItemPart("Powers", step="law=passed")]),
        ModulePart("Community", kind=PathwayModule.PLACEMENT, step="placed", items=[ItemPart("Report")]),
        ModulePart("Patrol", kind=PathwayModule.TUTORED, items=[ItemPart("Arrest")], step="tutor=on_track"),
    ]
    content = PathwayContent(modules, group_size=4, service=service, moments=read_moments(MOMENTS))
    return add_pathway(name=f"Way {service}", content=content, by=None, at=AT)


def begin(cohort: Cohort) -> tuple[Student, Case]:
    tell_cohort(cohort, by=None, at=AT)
    assert go_on_with_cases(today=MONDAY, at=AT) == cohort.students.count()
    student = cohort.students.in_full().order_by("pk")[0]
    return student, Case.objects.get(way_of_student__student=student)


def done(case: Case) -> list[str]:
    return sorted(case.steps.filter(state=Step.DONE).values_list("key", flat=True))


def sign(student: Student, number: int, week: int) -> SignOff:
    item = student.cohort.pathway.modules.get(number=number).items.get()
    day = MONDAY + week * WEEK
    return sign_off(student, item, result=SignOff.PASSED, by=make_keeper(), at=AT, today=day)


def test_a_case_is_opened_in_the_week_before_they_begin_and_once() -> None:
    service = make_student_service()
    cohort = make_planned(2, pathway=make_way(service.key))
    assert go_on_with_cases(today=MONDAY - BEFORE - WEEK, at=AT) == 0
    assert go_on_with_cases(today=MONDAY - BEFORE, at=AT) == 2
    assert go_on_with_cases(today=MONDAY - BEFORE, at=AT) == 0
    for case in Case.objects.filter(service=service):
        assert done(case) == []
        assert case.subject == Student.objects.get(studentcase__case=case).employment.person
    go_on_with_cases(today=MONDAY, at=AT)
    assert {tuple(done(each)) for each in Case.objects.filter(service=service)} == {("enrol",)}
    assert cohort.students.count() == 2


def test_an_office_without_the_service_has_no_cases() -> None:
    make_planned(2, pathway=make_way("no-such-service"))
    assert go_on_with_cases(today=MONDAY, at=AT) == 0


def test_steps_are_done_as_things_are_signed_off_and_modules_are_over() -> None:
    student, case = begin(make_planned(2, pathway=make_way(make_student_service().key)))
    assert done(case) == ["enrol"]
    sign(student, 1, 1)
    assert done(case) == ["enrol", "law", "post"]
    assert case.steps.get(key="law").outcome == "passed"
    sign(student, 2, 1)
    assert "placed" not in done(case)  # the module is not over
    go_on_with_cases(today=MONDAY + 9 * WEEK, at=AT)
    assert "placed" in done(case)
    sign(student, 3, 9)
    assert "tutor" in done(case)
    confirm_student(student, by=make_keeper(), at=AT, today=MONDAY + 9 * WEEK)
    assert done(case) == ["confirm", "enrol", "law", "placed", "post", "tutor"]


def test_what_is_taken_back_is_to_be_done_again() -> None:
    student, case = begin(make_planned(2, pathway=make_way(make_student_service().key)))
    signed = sign(student, 1, 1)
    take_back_sign_off(signed, by=make_keeper(), at=AT)
    assert case.steps.get(key="law").state == Step.READY
    assert "Powers: taken back." in case.entries.latest("pk").text


def test_going_back_is_noted_and_opens_the_steps_of_modules_to_come() -> None:
    pathway = make_way(make_student_service().key)
    student, case = begin(make_planned(2, pathway=pathway))
    sign(student, 1, 1)
    sign(student, 2, 9)
    assert "placed" in done(case)
    make_planned(2, pathway=pathway, starts_on=MONDAY + 12 * WEEK)
    module = pathway.modules.get(number=2)
    recourse(student, module=module, because="An operation", by=None, at=AT, today=MONDAY + 9 * WEEK)
    assert "placed" not in done(case)
    assert "law" in done(case)
    said = " ".join(case.entries.filter(kind=Entry.NOTE).values_list("text", flat=True))
    assert "Community is taken again" in said
    assert "operation" not in said


def test_whoever_leaves_has_their_case_closed_and_opened_when_they_are_back() -> None:
    student, case = begin(make_planned(2, pathway=make_way(make_student_service().key)))
    leave_pathway(student, because="Another career", on=MONDAY, by=None, at=AT)
    case.refresh_from_db()
    assert (case.status, case.outcome) == (Case.CLOSED, "resigned")
    return_to_pathway(student, by=make_keeper(), at=AT)
    case.refresh_from_db()
    assert not case.is_closed


def test_the_case_and_the_student_lead_to_each_other_for_whoever_may_see_both(client: Client) -> None:
    service = make_student_service()
    student, case = begin(make_planned(2, pathway=make_way(service.key)))
    client.force_login(make_account(*MANAGER, "training.manage", team=service.team))
    assert case.reference in client.get(reverse("student", args=[student.pk])).text
    page = client.get(reverse("case_page", args=[case.reference])).text
    assert reverse("student", args=[student.pk]) in page
    client.force_login(make_keeper())
    assert case.reference not in client.get(reverse("student", args=[student.pk])).text
    client.force_login(make_account(*MANAGER, team=service.team))
    assert (
        reverse("student", args=[student.pk])
        not in client.get(reverse("case_page", args=[case.reference])).text
    )


def test_a_step_that_the_service_does_not_have_is_refused() -> None:
    service = make_student_service()
    content = PathwayContent([ModulePart("Law", step="lore=passed")], service=service.key)
    with pytest.raises(NoSuchStep, match="lore"):
        add_pathway(name="Wrong", content=content, by=None, at=AT)
    with pytest.raises(ValueError, match="sometime"):
        read_moments("sometime: enrol")
    assert read_moments(say_moments(read_moments(MOMENTS))) == read_moments(MOMENTS)


def test_a_typed_pathway_keeps_its_service_and_steps(client: Client) -> None:
    service = make_student_service()
    client.force_login(make_keeper())
    form = {
        "name": "Student officer", "group_size": "20", "spare": "2", "rooms": "3", "most_minutes": "60",
        "service": service.key, "moments": MOMENTS,
        "modules": "Law; 2; taught; ; placed\n- Powers; assessment; 1; ; law=passed",
    }  # fmt: skip
    wrong = client.post(reverse("add_training_pathway"), form | {"moments": "never: enrol"})
    assert "Write each as begun" in wrong.text
    client.post(reverse("add_training_pathway"), form)
    pathway = Pathway.objects.get()
    page = client.get(reverse("change_training_pathway", args=[pathway.key])).text
    assert "- Powers; assessment; 1; ; law=passed" in page
    assert "Law; 2; taught; ; placed" in page
    assert MOMENTS in page
