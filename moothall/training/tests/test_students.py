"""Students: signed off by their tutor, late in words, back into a later group, out, and confirmed."""

import datetime as dt

import pytest

from moothall.credentials.models import CredentialKind
from moothall.letters.models import Letter
from moothall.people.tests.make import AT, make_account
from moothall.training.models import Attachment, PathwayModule, SignOff, Student
from moothall.training.rules.pathways.cohorts import join_cohort
from moothall.training.rules.pathways.making import (
    ItemPart,
    ModulePart,
    PathwayContent,
    add_pathway,
    change_pathway,
)
from moothall.training.rules.pathways.progress import Progress, read_progress
from moothall.training.rules.pathways.refusals import (
    LaterThanToday,
    NoLaterGroup,
    NotAllSignedOff,
    NotOnTheWay,
    NotYourselfSigned,
    NotYourStudent,
    OnTheWay,
    PathwayRunning,
    PathwayThere,
    ReasonWanted,
    TakenBackAlready,
    TutoredIsLast,
)
from moothall.training.rules.pathways.signing import sign_off, take_back_sign_off
from moothall.training.rules.pathways.students import (
    change_student,
    confirm_student,
    leave_pathway,
    recourse,
    return_to_pathway,
)
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, TODAY, account_of, make_course, make_keeper, make_place, make_session
from .make_pathways import (
    WEEK,
    join,
    make_cohort,
    make_district,
    make_host,
    make_pathway,
    make_planned,
    make_tutor_who_signs_in,
    plan,
    students_of,
)

pytestmark = pytest.mark.django_db
END = MONDAY + 30 * WEEK


def progress_of(student: Student, day: dt.date = TODAY) -> Progress:
    found = Student.objects.in_full().get(pk=student.pk)
    return read_progress([found], today=day)[student.pk]


def items_of(student: Student) -> list[int]:
    return [each.item.pk for each in progress_of(student).items]


def sign_everything(student: Student) -> None:
    for state in progress_of(student).items:
        sign_off(student, state.item, result=SignOff.PASSED, by=make_keeper(), at=AT, today=TODAY)


def test_progress_is_said_in_words_and_late_once_the_day_has_passed() -> None:
    [student, *_others] = students_of(make_planned())
    assert (progress_of(student).words, progress_of(student).count) == ("On time", "0 of 3 signed off")
    late = progress_of(student, END)
    assert (late.words, late.colour) == ("3 late", "red")
    due = [each.due_on for each in late.items]
    assert due == sorted(day for day in due if day)
    [unplanned] = join(make_cohort(), 1)
    assert progress_of(unplanned).words == "Not planned yet"


def test_the_tutor_signs_off_and_nobody_else_and_the_last_word_counts() -> None:
    account, _tutor = make_tutor_who_signs_in()
    [student, *_others] = students_of(make_planned())
    item = progress_of(student).items[0].item
    with pytest.raises(ReasonWanted):
        sign_off(student, item, result=SignOff.AGAIN, by=account, at=AT, today=TODAY)
    with pytest.raises(LaterThanToday):
        sign_off(student, item, result=SignOff.PASSED, by=account, at=AT, today=TODAY, seen_on=MONDAY)
    with pytest.raises(NotYourStudent):
        sign_off(student, item, result=SignOff.PASSED, by=make_account(), at=AT, today=TODAY)
    sign_off(student, item, result=SignOff.AGAIN, note="Too fast", by=account, at=AT, today=TODAY)
    assert progress_of(student).done == 0
    made = sign_off(student, item, result=SignOff.PASSED, by=account, at=AT, today=TODAY)
    assert progress_of(student).done == 1
    take_back_sign_off(made, by=account, at=AT)
    assert progress_of(student).done == 0
    with pytest.raises(TakenBackAlready):
        take_back_sign_off(made, by=account, at=AT)


def test_nobody_signs_off_what_they_can_do_themselves() -> None:
    cohort, keeper = make_cohort(), make_keeper()
    people = [make_employment(account=keeper)]
    [student] = join_cohort(cohort, people, district=make_district(), by=None, at=AT)
    item = progress_of(student).items[0].item
    with pytest.raises(NotYourselfSigned):
        sign_off(student, item, result=SignOff.PASSED, by=keeper, at=AT, today=TODAY)


def test_a_course_that_was_passed_counts() -> None:
    course = make_course()
    modules = [ModulePart("Law", items=[ItemPart("First aid", course=course)])]
    cohort = make_cohort(make_pathway(modules=modules))
    [student] = join(cohort, 1)
    place = make_place(make_session(course), student.employment)
    place.attended, place.result, place.result_on = True, place.PASSED, TODAY
    place.save()
    assert progress_of(student).items[0].by_course


def test_going_back_takes_the_next_group_keeps_what_is_signed_off_and_is_never_forgotten() -> None:
    pathway = make_pathway()
    cohort = make_planned(pathway=pathway)
    [student, *_others] = students_of(cohort)
    item = progress_of(student).items[0].item
    sign_off(student, item, result=SignOff.PASSED, by=make_keeper(), at=AT, today=TODAY)
    module = pathway.modules.get(number=1)
    with pytest.raises(NoLaterGroup):
        recourse(student, module=module, because="Ill", by=make_keeper(), at=AT, today=TODAY)
    later = make_planned(pathway=pathway, starts_on=MONDAY + 9 * WEEK)
    with pytest.raises(ReasonWanted):
        recourse(student, module=module, because=" ", by=make_keeper(), at=AT, today=TODAY)
    move = recourse(student, module=module, because="Ill", by=make_keeper(), at=AT, today=TODAY)
    student.refresh_from_db()
    assert student.cohort == later
    assert student.group is not None
    assert (move.from_cohort, move.to_cohort, move.because) == (cohort, later, "Ill")
    starts = {each.module_id: each.first_on for each in student.group.classes.all()}
    mine = Attachment.objects.filter(student=student)
    assert {each.module_id: each.first_on for each in mine} == {
        key: day for key, day in starts.items() if key != module.pk
    }
    assert progress_of(student).done == 1
    assert progress_of(student).moves == 1


def test_a_full_group_takes_nobody_back() -> None:
    pathway = make_pathway(group_size=2, spare=0)
    [student, *_others] = students_of(make_planned(2, pathway=pathway))
    make_planned(2, pathway=pathway, starts_on=MONDAY + 9 * WEEK)
    with pytest.raises(NoLaterGroup):
        recourse(
            student, module=pathway.modules.get(number=1), because="Ill", by=make_keeper(), at=AT, today=TODAY
        )


def test_whoever_leaves_frees_their_place_and_can_come_back() -> None:
    cohort = make_planned(1)
    [student] = students_of(cohort)
    by = make_keeper()
    with pytest.raises(ReasonWanted):
        leave_pathway(student, because="", on=TODAY, by=by, at=AT)
    leave_pathway(student, because="Another job", on=TODAY, by=by, at=AT)
    assert not Attachment.objects.standing().exists()
    assert progress_of(student).words == "Left"
    with pytest.raises(NotOnTheWay):
        leave_pathway(student, because="Another job", on=TODAY, by=by, at=AT)
    assert return_to_pathway(student, by=by, at=AT).is_on
    with pytest.raises(OnTheWay):
        return_to_pathway(student, by=by, at=AT)


def test_whoever_has_everything_signed_off_is_confirmed_holds_it_and_is_told() -> None:
    kind = CredentialKind.objects.create(key="constable", name="Constable", must_expire=False)
    cohort = make_cohort(make_pathway(grants=kind))
    people = [make_employment(account=make_account())]
    [student] = join_cohort(cohort, people, district=make_district(), by=None, at=AT)
    with pytest.raises(NotAllSignedOff, match="Powers explained"):
        confirm_student(student, by=make_keeper(), at=AT, today=TODAY)
    sign_everything(student)
    done = confirm_student(student, by=make_keeper(), at=AT, today=TODAY)
    assert done.credential is not None
    assert done.credential.kind == kind
    assert Letter.objects.get().to_address == account_of(done.employment).email


def test_who_moves_into_the_district_of_their_host_gets_another() -> None:
    host, other = make_host(), make_host()
    cohort = make_planned(1)
    [student] = students_of(cohort)
    mine = Attachment.objects.filter(student=student, module__kind=PathwayModule.PLACEMENT)
    there = mine.get().host
    assert there in (host, other)
    assert there is not None
    change_student(student, district=there.district, needs=(), by=make_keeper(), at=AT)
    assert mine.get().host == ({host, other} - {there}).pop()


def test_a_pathway_has_tutored_modules_last_and_changes_until_a_cohort_is_on_it() -> None:
    tutored = ModulePart("Patrol", kind=PathwayModule.TUTORED)
    with pytest.raises(TutoredIsLast):
        make_pathway(modules=[tutored, ModulePart("Law")])
    pathway = make_pathway()
    with pytest.raises(PathwayThere):
        add_pathway(name="X", key=pathway.key, content=PathwayContent([ModulePart("Law")]), by=None, at=AT)
    content = PathwayContent([ModulePart("Law"), tutored])
    change_pathway(pathway, name="New", name_cy="Newydd", content=content, by=make_keeper(), at=AT)
    assert pathway.modules.count() == 2
    make_cohort(pathway)
    with pytest.raises(PathwayRunning):
        change_pathway(pathway, name="New", name_cy="", content=content, by=make_keeper(), at=AT)


def test_planning_again_brings_no_second_row_for_anybody() -> None:
    cohort = make_planned()
    plan(cohort)
    assert Attachment.objects.count() == 8
